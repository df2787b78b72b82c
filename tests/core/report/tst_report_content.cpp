// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_content.h"
#include "tests/core/report/report_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>
#include <limits>
#include <numeric>

using namespace sulcus;

namespace {

QJsonObject parsed(const std::string& text) {
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(text), &error);
    if (error.error != QJsonParseError::NoError)
        qWarning("%s", qPrintable(error.errorString()));
    return document.object();
}

/// Keys of the outermost object as they stand in the text (QJsonObject sorts them).
QStringList topKeys(const std::string& text) {
    QStringList keys;
    static const QRegularExpression line(QStringLiteral("^  \"([a-z_]+)\":"), QRegularExpression::MultilineOption);
    for (auto it = line.globalMatch(QString::fromStdString(text)); it.hasNext();)
        keys << it.next().captured(1);
    return keys;
}

const QStringList kKeys{"format",      "format_version", "program",   "purpose",          "created_at", "case",
                        "patient",     "synthetic",      "grid",      "sequences",        "label_era",  "labels",
                        "targets",     "comparison",     "location",  "location_problem", "handedness", "symptoms",
                        "cross_check", "sources",        "hospitals", "figures",          "warnings",   "provenance"};

imaging::LabelMap mapOf(std::array<int, 3> size, const std::vector<std::uint8_t>& voxels) {
    imaging::LabelMap map;
    map.geometry.size = size;
    map.geometry.spacing = {1.0, 2.0, 5.0};
    map.voxels = voxels;
    return map;
}

} // namespace

class TestReportContent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twinHasItsKeysInOrder();
    void emptyReportHasTheSameKeys();
    void everyVerbSpeaksWithTheTwinsKeys();
    void valuesThatDoNotExistAreNull();
    void twinIsTheSameEachTime();
    void sentencesComeOnlyFromTheSurface();
    void brokenTextStaysJson();
    void hospitalsKeepTheirMark();
    void labelVolumesCountVoxels();
    void unknownLabelsAreListed();
    void targetsAreNested();
    void figuresPassThroughTheLargestPiece();
    void figuresWithoutMaskPassThroughTheMiddle();
    void figuresShowWhatIsThere();
    void normalAxisFollowsTheHeader();
};

void TestReportContent::twinHasItsKeysInOrder() {
    const std::string text = report::toJson(test::fullContent());
    QCOMPARE(topKeys(text), kKeys);
    const QJsonObject root = parsed(text);
    QCOMPARE(root["format"].toString(), QString("sulcus.report"));
    QCOMPARE(root["case"].toString(), QString("phantom_001"));
    QCOMPARE(root["synthetic"].toBool(), true);
    QCOMPARE(root["purpose"].toString(), QString("Education and research only. Not for diagnosis."));
    const QJsonObject whole = root["comparison"].toObject()["regions"].toObject()["WT"].toObject();
    QCOMPARE(whole.keys(),
             QStringList({"dice", "hd95_mm", "iou", "ml_prediction", "ml_truth", "sensitivity", "specificity"}));
    const QJsonObject location = root["location"].toObject();
    QCOMPARE(location["space"].toString(), QString("sri24"));
    QCOMPARE(location["side"].toObject()["left"].toDouble(), 0.97);
    QCOMPARE(location["regions"].toArray().at(0).toObject()["code"].toString(), QString("FRO"));
    QVERIFY(location["targets"].toObject().contains("TC"));
    const QJsonObject check = root["cross_check"].toObject();
    QCOMPARE(check["verdict"].toString(), QString("agrees"));
    QCOMPARE(check["links"].toArray().at(0).toObject()["points_to"].toString(), QString("left"));
    QCOMPARE(root["symptoms"].toArray().at(0).toObject()["id"].toString(), QString("weakness"));
    QCOMPARE(root["figures"].toArray().size(), 3);
    QCOMPARE(root["sources"].toArray().last().toObject()["title"].toString(), QString("textbook"));
}

void TestReportContent::emptyReportHasTheSameKeys() {
    const std::string text = report::toJson(report::ReportContent());
    QCOMPARE(topKeys(text), kKeys);
    const QJsonObject root = parsed(text);
    for (const char* const key : {"comparison", "location", "location_problem", "cross_check", "grid", "patient"})
        QVERIFY2(root[QLatin1String(key)].isNull(), key);
    for (const char* const key : {"labels", "symptoms", "figures", "warnings", "sequences", "sources"})
        QVERIFY2(root[QLatin1String(key)].isArray(), key);
}

void TestReportContent::everyVerbSpeaksWithTheTwinsKeys() {
    const report::ReportContent content = test::fullContent();
    const QJsonObject root = parsed(report::toJson(content));
    QCOMPARE(parsed(report::toJson(*content.comparison)), root["comparison"].toObject());
    QCOMPARE(parsed(report::toJson(*content.location)), root["location"].toObject());
    QCOMPARE(parsed(report::toJson(*content.crossCheck)), root["cross_check"].toObject());
}

void TestReportContent::valuesThatDoNotExistAreNull() {
    report::ReportContent content = test::fullContent();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    content.comparison->accuracy = nan;
    content.comparison->regions[imaging::Target::TumourCore].dice = std::numeric_limits<double>::infinity();
    content.location->brainDice = nan;
    content.labels.front().ml = nan;
    content.hospitals.front().km = nan;
    const std::string text = report::toJson(content);
    QVERIFY(QString::fromStdString(text).contains(QStringLiteral("null")));
    QVERIFY(!QString::fromStdString(text).contains(
        QRegularExpression(QStringLiteral(":\\s*-?(nan|inf)"), QRegularExpression::CaseInsensitiveOption)));
    const QJsonObject regions = parsed(text)["comparison"].toObject()["regions"].toObject();
    QVERIFY(regions["ET"].toObject()["hd95_mm"].isNull());
    QVERIFY(regions["TC"].toObject()["dice"].isNull());
    QVERIFY(parsed(text)["comparison"].toObject()["accuracy"].isNull());
}

void TestReportContent::twinIsTheSameEachTime() {
    QCOMPARE(report::toJson(test::fullContent()), report::toJson(test::fullContent()));
}

void TestReportContent::sentencesComeOnlyFromTheSurface() {
    report::ReportContent content;
    content.warnings = {{"imaging.sequence_missing", {{"sequence", "t2"}}}};
    const QJsonObject bare = parsed(report::toJson(content))["warnings"].toArray().at(0).toObject();
    QVERIFY(bare["text"].isNull());
    QCOMPARE(bare["parameters"].toObject()["sequence"].toString(), QString("t2"));
    const QJsonObject said = parsed(report::toJson(content, [](const Message& m) { return "say " + m.id; }))["warnings"]
                                 .toArray()
                                 .at(0)
                                 .toObject();
    QCOMPARE(said["text"].toString(), QString("say imaging.sequence_missing"));
}

void TestReportContent::brokenTextStaysJson() {
    report::ReportContent content = test::fullContent();
    content.caseId = "case\xff\xfe \"quoted\"\n";
    QCOMPARE(topKeys(report::toJson(content)), kKeys);
    QVERIFY(!parsed(report::toJson(content)).isEmpty());
}

void TestReportContent::hospitalsKeepTheirMark() {
    const QJsonObject hospitals = parsed(report::toJson(test::fullContent()))["hospitals"].toObject();
    QVERIFY(hospitals["to_verify"].toBool());
    QCOMPARE(hospitals["from"].toString(), QString("Seoul"));
    const QJsonArray departments = hospitals["list"].toArray().at(1).toObject()["departments"].toArray();
    QVERIFY(departments.at(0).toObject()["verified"].toBool());
    QVERIFY(!departments.at(1).toObject()["verified"].toBool());
}

void TestReportContent::labelVolumesCountVoxels() {
    // Voxels of 10 cubic millimetres.
    const auto volumes = report::labelVolumes(mapOf({3, 2, 1}, {0, 1, 1, 2, 4, 4}), imaging::LabelEra::Brats2021);
    std::map<int, double> ml;
    for (const report::LabelVolume& volume : volumes)
        ml[volume.value] = volume.ml;
    QCOMPARE(ml.size(), std::size_t{3});
    QVERIFY(std::abs(ml[1] - 0.02) < 1e-12);
    QVERIFY(std::abs(ml[2] - 0.01) < 1e-12);
    QVERIFY(std::abs(ml[4] - 0.02) < 1e-12);
    // An empty BraTS label is said to be empty; a plain map lists what it holds.
    QCOMPARE(report::labelVolumes(mapOf({1, 1, 1}, {0}), imaging::LabelEra::Brats2021).size(), std::size_t{3});
    QVERIFY(report::labelVolumes(mapOf({1, 1, 1}, {0}), imaging::LabelEra::Plain).empty());
}

void TestReportContent::unknownLabelsAreListed() {
    const auto volumes = report::labelVolumes(mapOf({2, 1, 1}, {0, 77}), imaging::LabelEra::Plain);
    QCOMPARE(volumes.size(), std::size_t{1});
    QCOMPARE(volumes.front().code, std::string("label_77"));
}

void TestReportContent::targetsAreNested() {
    const auto ml = report::targetVolumes(mapOf({6, 1, 1}, {0, 1, 2, 2, 4, 4}), imaging::LabelEra::Brats2021);
    QVERIFY(std::abs(ml.at(imaging::Target::WholeTumour) - 0.05) < 1e-12);
    QVERIFY(std::abs(ml.at(imaging::Target::TumourCore) - 0.03) < 1e-12);
    QVERIFY(std::abs(ml.at(imaging::Target::EnhancingTumour) - 0.02) < 1e-12);
    const auto plain = report::targetVolumes(mapOf({2, 1, 1}, {0, 7}), imaging::LabelEra::Plain);
    QCOMPARE(plain.size(), std::size_t{1});
    QVERIFY(std::abs(plain.at(imaging::Target::Mask) - 0.01) < 1e-12);
}

void TestReportContent::figuresPassThroughTheLargestPiece() {
    const auto imagingCase = test::phantomCase(24);
    imaging::LabelMap mask;
    mask.geometry = imagingCase->geometry();
    mask.voxels.assign(mask.geometry.voxelCount(), 0);
    mask.voxels[mask.geometry.offset({2, 2, 2})] = 2;
    for (int i = 10; i < 14; ++i)
        mask.voxels[mask.geometry.offset({i, 15, 7})] = 2;
    const auto figures = report::figuresThroughLargest(*imagingCase, &mask, imaging::LabelEra::Brats2021);
    QCOMPARE(figures.size(), std::size_t{3});
    for (const report::SliceFigure& figure : figures) {
        QCOMPARE(figure.centre.j, 15);
        QCOMPARE(figure.centre.k, 7);
        QVERIFY(mask.at(figure.centre) != 0);
    }
    QVERIFY(figures[0].plane == report::Plane::Axial);
    QVERIFY(figures[1].plane == report::Plane::Sagittal);
    QVERIFY(figures[2].plane == report::Plane::Coronal);
}

void TestReportContent::figuresWithoutMaskPassThroughTheMiddle() {
    const auto imagingCase = test::phantomCase(24);
    const auto figures = report::figuresThroughLargest(*imagingCase, nullptr, imaging::LabelEra::Brats2021);
    QCOMPARE(figures.front().centre, (imaging::VoxelIndex{12, 12, 12}));
    QVERIFY(report::figuresThroughLargest({}, nullptr, imaging::LabelEra::Brats2021).empty());
}

void TestReportContent::figuresShowWhatIsThere() {
    auto imagingCase = test::phantomCase(16);
    auto figures = report::figuresThroughLargest(*imagingCase, nullptr, imaging::LabelEra::Brats2021);
    QVERIFY(figures[0].sequence == imaging::Sequence::Flair);
    QVERIFY(figures[2].sequence == imaging::Sequence::T1ce);
    std::erase_if(imagingCase->volumes, [](const auto& v) { return v.sequence != imaging::Sequence::T2; });
    figures = report::figuresThroughLargest(*imagingCase, nullptr, imaging::LabelEra::Brats2021);
    for (const report::SliceFigure& figure : figures)
        QVERIFY(figure.sequence == imaging::Sequence::T2);
}

void TestReportContent::normalAxisFollowsTheHeader() {
    imaging::Geometry grid;
    grid.size = {4, 5, 6};
    QCOMPARE(report::normalAxis(grid, report::Plane::Axial), 2);
    grid.direction = {0, 0, 1, 1, 0, 0, 0, 1, 0}; // i runs along y, j along z, k along x
    QCOMPARE(report::normalAxis(grid, report::Plane::Axial), 1);
    QCOMPARE(report::normalAxis(grid, report::Plane::Sagittal), 2);
    QCOMPARE(report::normalAxis(grid, report::Plane::Coronal), 0);
    grid.hasOrientation = false;
    QCOMPARE(report::normalAxis(grid, report::Plane::Axial), 2);
}

QTEST_GUILESS_MAIN(TestReportContent)
#include "tst_report_content.moc"
