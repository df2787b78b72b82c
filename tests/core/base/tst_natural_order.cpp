// SPDX-License-Identifier: Apache-2.0
#include "core/base/natural_order.h"

#include <QTest>
#include <algorithm>
#include <string>
#include <vector>

using namespace sulcus;

class TestNaturalOrder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersCountAsNumbers() {
        const std::vector<std::string> ordered{"",       "2",      "10",      "case1_2",  "case1_10",
                                               "case02", "case10", "slice_9", "slice_010"};
        auto names = ordered;
        std::reverse(names.begin(), names.end());
        std::sort(names.begin(), names.end(), naturallyBefore);
        QCOMPARE(names, ordered);
    }

    void theOrderIsTotal() {
        QVERIFY(naturallyBefore("a01", "a1") != naturallyBefore("a1", "a01"));
        QVERIFY(!naturallyBefore("a1", "a1"));
        QVERIFY(naturallyBefore("a", "a1") && naturallyBefore("a0", "a1") && naturallyBefore("a9", "aa"));
        QVERIFY(naturallyBefore("x99999999999999999998", "x99999999999999999999")); // longer than any integer
    }
};

QTEST_APPLESS_MAIN(TestNaturalOrder)
#include "tst_natural_order.moc"
