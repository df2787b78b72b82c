// SPDX-License-Identifier: Apache-2.0
#include "core/learning/bundle_file.h"
#include "core/learning/plan.h"
#include "core/learning/segmenter.h"
#include "tests/core/learning/phantom.h"

#include <QtTest>

using namespace sulcus;
using namespace sulcus::learning;

/// What lies under models/ in this repository.
class ShippedTest : public QObject {
    Q_OBJECT

    const std::filesystem::path m_models = std::filesystem::path(SULCUS_SOURCE_DIR) / "models";

private Q_SLOTS:
    void everyPlanIsValid() {
        int plans = 0;
        for (const auto& entry : std::filesystem::directory_iterator(m_models / "plans")) {
            const auto plan = readPlan(entry.path());
            QVERIFY2(plan.has_value(), plan ? "" : qPrintable(phantom::text(plan.error())));
            QCOMPARE(plan->name, entry.path().stem().string());
            ++plans;
        }
        QVERIFY(plans > 0);
    }

    void everyBundleLoadsHasACardAndStaysSmall() {
        std::vector<Error> broken;
        const auto bundles = listBundles(m_models, &broken);
        for (const auto& error : broken) {
            QFAIL(qPrintable(phantom::text(error)));
        }
        QVERIFY(!bundles.empty());
        for (const auto& bundle : bundles) {
            const auto loaded = Segmenter::load(bundle.folder, Device::Cpu);
            QVERIFY2(loaded.has_value(), loaded ? "" : qPrintable(phantom::text(loaded.error())));
            QCOMPARE(bundle.name, bundle.folder.filename().string());
            QVERIFY2(std::filesystem::exists(bundle.folder / "README.md"), bundle.name.c_str());
            for (const auto& file : std::filesystem::directory_iterator(bundle.folder)) {
                QVERIFY2(file.file_size() < 32U * 1024 * 1024, file.path().c_str());
            }
        }
    }

    void brainBundleTakesTheFourSequencesAndWritesBratsLabels() {
        const auto bundle = readBundle(m_models / "brain-tumour");
        QVERIFY(bundle.has_value());
        QCOMPARE(bundle->inputs, (std::vector<std::string>{"flair", "t1", "t1ce", "t2"}));
        QVERIFY(bundle->nestedOutputs);
        QCOMPARE(bundle->outputs.size(), 3U);
        std::vector<int> values;
        for (const auto& label : bundle->labels) {
            values.push_back(label.value);
        }
        QCOMPARE(values, (std::vector<int>{1, 2, 4}));
    }
};

QTEST_GUILESS_MAIN(ShippedTest)
#include "tst_shipped.moc"
