// SPDX-License-Identifier: Apache-2.0
#include "core/base/log.h"
#include "core/base/result.h"
#include "core/base/side.h"

#include <QTest>
#include <string>

using namespace sulcus;

namespace {
Result<int> half(int number) {
    if (number % 2 != 0)
        return fail(ErrorCode::InvalidInput, "base.cancelled", {{"number", std::to_string(number)}}, "half");
    return number / 2;
}
} // namespace

class TestValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void resultHoldsAValueOrTheReason() {
        QCOMPARE(half(4).value(), 2);
        const Result<int> odd = half(3);
        QVERIFY(!odd);
        QVERIFY(odd.error().code == ErrorCode::InvalidInput);
        QCOMPARE(odd.error().message.parameters.at("number"), std::string("3"));
    }

    void cancelIsACodeOfItsOwn() {
        const Result<int> cancelled = failCancelled();
        QVERIFY(cancelled.error().code == ErrorCode::Cancelled);
        QCOMPARE(toString(ErrorCode::Cancelled), std::string("cancelled"));
    }

    void everyCodeHasAName() {
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code)
            QVERIFY(!toString(static_cast<ErrorCode>(code)).empty());
    }

    void sidesRoundTripAndMirror() {
        for (const Side side : {Side::Unknown, Side::Left, Side::Right, Side::Both}) {
            QVERIFY(sideFromString(toString(side)) == side);
            QVERIFY(opposite(opposite(side)) == side);
        }
        QVERIFY(opposite(Side::Left) == Side::Right);
        QVERIFY(!sideFromString("links"));
    }

    void logReachesTheSinkThatIsSet() {
        std::string line;
        setLogSink([&](LogLevel, std::string_view module, std::string_view text) {
            line = std::string(module) + ": " + std::string(text);
        });
        log(LogLevel::Info, "base", "hello");
        setLogSink({});
        log(LogLevel::Info, "base", "nobody hears this");
        QCOMPARE(line, std::string("base: hello"));
    }
};

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
