// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/case_list.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace sulcus;
namespace fs = std::filesystem;

namespace {

/// Names alone count, so the files may be empty.
void makeCase(const fs::path& folder, const std::string& id, bool truth, const std::vector<std::string>& extra = {}) {
    fs::create_directories(folder / id);
    for (const char* const suffix : {"_flair", "_t1", "_t1ce", "_t2"})
        std::ofstream(folder / id / (id + suffix + ".nii.gz"));
    if (truth)
        std::ofstream(folder / id / (id + "_seg.nii.gz"));
    for (const std::string& name : extra)
        std::ofstream(folder / id / (id + name));
}

} // namespace

class TestCaseList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void groupsNamesAndFlagsAreTold() {
        QTemporaryDir dir;
        const fs::path root = dir.path().toStdString();
        makeCase(root / "HGG", "case10", true, {"_mask.nii.gz", "_report.png"});
        makeCase(root / "HGG", "case2", false);
        makeCase(root / "LGG", "a", true);
        fs::create_directories(root / "notes");
        std::ofstream(root / "notes" / "readme.txt");
        const auto cases = imaging::listCases(root, {});
        QVERIFY(cases.has_value());
        QCOMPARE(cases->size(), std::size_t{3});
        QCOMPARE((*cases)[0].id, std::string("case2")); // as a person counts
        QCOMPARE((*cases)[1].id, std::string("case10"));
        QCOMPARE((*cases)[1].group, std::string("HGG"));
        QVERIFY((*cases)[1].hasTruth && (*cases)[1].hasMask && (*cases)[1].hasReport);
        QVERIFY(!(*cases)[0].hasTruth && !(*cases)[0].hasMask && !(*cases)[0].hasReport);
        QCOMPARE((*cases)[2].group, std::string("LGG"));
    }

    void aPredictionIsNoTruth() {
        QTemporaryDir dir;
        const fs::path root = dir.path().toStdString();
        makeCase(root, "one", false);
        std::ofstream(root / "one" / "pred_seg.nii.gz");
        makeCase(root, "two", false);
        std::ofstream(root / "two" / "W39_Segm.nii");
        const auto cases = imaging::listCases(root, {});
        QVERIFY(cases.has_value());
        QVERIFY(!cases->front().hasTruth);
        QVERIFY(cases->back().hasTruth);
    }

    void aCaseItselfIsTheOnlyEntry() {
        QTemporaryDir dir;
        const fs::path root = dir.path().toStdString();
        makeCase(root, "one", true);
        const auto cases = imaging::listCases(root / "one", {});
        QVERIFY(cases.has_value());
        QCOMPARE(cases->size(), std::size_t{1});
        QCOMPARE(cases->front().id, std::string("one"));
    }

    void hundredsAreListedAtOnce() {
        QTemporaryDir dir;
        const fs::path root = dir.path().toStdString();
        for (int n = 0; n < 300; ++n)
            makeCase(root, "BraTS_" + std::to_string(n), n % 2 == 0);
        QElapsedTimer clock;
        clock.start();
        const auto cases = imaging::listCases(root, {});
        QVERIFY(cases.has_value());
        QCOMPARE(cases->size(), std::size_t{300});
        QCOMPARE((*cases)[299].id, std::string("BraTS_299"));
        // Names alone: some ten milliseconds; the bound leaves room for a busy machine.
        QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
    }

    void whatHoldsNoCaseIsRefusedByName() {
        QTemporaryDir dir;
        const auto nothing = imaging::listCases(dir.path().toStdString(), {});
        QVERIFY(!nothing.has_value());
        QCOMPARE(nothing.error().message.id, std::string("imaging.no_cases_below"));
        const auto missing = imaging::listCases("/nowhere/at/all", {});
        QVERIFY(!missing.has_value());
        QCOMPARE(missing.error().message.id, std::string("imaging.path_missing"));
    }

    void cancelIsHeard() {
        QTemporaryDir dir;
        const fs::path root = dir.path().toStdString();
        makeCase(root, "one", true);
        std::stop_source stop;
        stop.request_stop();
        const auto cases = imaging::listCases(root, TaskContext(stop.get_token(), {}));
        QVERIFY(!cases.has_value());
        QVERIFY(cases.error().code == ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestCaseList)
#include "tst_case_list.moc"
