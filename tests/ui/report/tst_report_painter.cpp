// SPDX-License-Identifier: Apache-2.0
#include "core/store/shipped_tables.h"
#include "tests/core/report/report_fixture.h"
#include "ui/report/page.h"
#include "ui/report/report_painter.h"
#include "ui/report/slice_figure.h"
#include "ui/session/message_catalogue.h"

#include <QDir>
#include <QFile>
#include <QGlyphRun>
#include <QGuiApplication>
#include <QImageReader>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <QTextLayout>
#include <QTranslator>
#include <thread>

using namespace sulcus;
using paint::PlacedItem;

namespace {

/// Makes every text of the report longer, in another script.
class LongWords : public QTranslator {
public:
    QString translate(const char* context, const char* source, const char*, int) const override {
        if (qstrcmp(context, "report") != 0 && qstrcmp(context, "messages") != 0)
            return {};
        return QString::fromUtf8(source) + QString::fromUtf8(" 긴 번역 문장");
    }
    bool isEmpty() const override { return false; }
};

/// The first broken rule of the layout, or nothing.
QString brokenRule(const paint::PaintedReport& painted) {
    constexpr double kSlack = 0.75; // ink may round by a fraction of a unit
    const QRectF page(0, 0, 1654, 2339);
    for (const PlacedItem& item : painted.items) {
        const QString name = QStringLiteral("page %1, “%2”").arg(item.page + 1).arg(item.text.left(60));
        if (item.page < 0 || item.page >= static_cast<int>(painted.pages.size()))
            return name + QStringLiteral(": on no page");
        // Margins of 100 to the sides and 40 above and below.
        if (!page.adjusted(100 - kSlack, 40, -100 + kSlack, -40).contains(item.box))
            return name + QStringLiteral(": leaves the page's margins");
    }
    for (std::size_t a = 0; a < painted.items.size(); ++a)
        for (std::size_t b = a + 1; b < painted.items.size(); ++b) {
            const PlacedItem& one = painted.items[a];
            const PlacedItem& two = painted.items[b];
            if (one.page != two.page)
                continue;
            // Letters and scale bars lie in their pictures, whole.
            const bool mixed = one.kind != two.kind;
            if (mixed && (one.box.contains(two.box) || two.box.contains(one.box)))
                continue;
            const QRectF both = one.box & two.box;
            if (both.width() > kSlack && both.height() > kSlack)
                return QStringLiteral("page %1: “%2” overlaps “%3”")
                    .arg(one.page + 1)
                    .arg(one.text.left(60), two.text.left(60));
        }
    return {};
}

bool says(const paint::PaintedReport& painted, const QString& text) {
    return std::any_of(painted.items.begin(), painted.items.end(),
                       [&](const PlacedItem& item) { return item.text.contains(text); });
}

report::ReportContent fortySymptoms() {
    report::ReportContent content = test::fullContent();
    auto knowledge = std::make_shared<clinic::Knowledge>(*content.knowledge);
    for (int n = 0; n < 40; ++n) {
        const std::string id = "symptom_" + std::to_string(n);
        knowledge->symptoms.push_back(
            {id, "general", "Symptom number " + std::to_string(n) + " with a rather long name that needs two lines",
             ""});
        content.symptoms.push_back({id, Side::Left});
        for (int link = 0; link < 3; ++link)
            content.crossCheck->lines.push_back({{id,
                                                  anatomy::Region::Parietal,
                                                  2,
                                                  clinic::SideRule::Contralateral,
                                                  "a note of some length that says why",
                                                  {"E01", "E03", "E20"}},
                                                 Side::Left,
                                                 Side::Right,
                                                 false,
                                                 clinic::LinkLine::SideFit::Contradicts});
        content.crossCheck->unexplained.push_back(id);
        content.crossCheck->expected.push_back(id);
        content.crossCheck->reasons.push_back({"clinic.some_sides_contradict", {{"symptoms", id + ", " + id}}});
        content.warnings.push_back({"workflow.mask_origin_differs", {}});
    }
    content.knowledge = knowledge;
    return content;
}

report::ReportContent longNames() {
    report::ReportContent content = test::fullContent();
    const std::string endless(400, 'W');
    const std::string wordy = "A name of many words that goes on and on, and does not end where one would like it to, "
                              "and then goes on again for another line or two until the column is full";
    content.caseId = endless;
    content.patientPseudonym = endless;
    content.provenance.bundleName = endless;
    content.provenance.device = wordy;
    content.hospitalsFrom = wordy;
    for (auto& ranked : content.hospitals) {
        ranked.hospital.nameEn = wordy;
        ranked.hospital.nameLocal = endless;
        ranked.hospital.city = endless;
        ranked.matching.push_back(endless);
    }
    auto knowledge = std::make_shared<clinic::Knowledge>(*content.knowledge);
    for (auto& symptom : knowledge->symptoms)
        symptom.nameEn = wordy;
    for (auto& region : knowledge->regions)
        region.nameEn = wordy;
    knowledge->symptoms.front().nameEn = endless;
    content.knowledge = knowledge;
    content.labels.front().code = endless;
    for (auto& label : content.labels)
        label.code = wordy;
    content.warnings = {{wordy, {}}, {endless, {}}};
    content.location->distances.front().areaId = endless;
    return content;
}

report::ReportContent plainVolume(bool slice) {
    report::ReportContent content;
    auto imagingCase = std::make_shared<imaging::Case>();
    imagingCase->files.id = "scan";
    imagingCase->files.kind = imaging::CaseKind::SingleVolume;
    imagingCase->files.era = imaging::LabelEra::Plain;
    const auto volume = std::make_shared<imaging::Volume>();
    volume->geometry.size = {60, 40, slice ? 1 : 20};
    volume->geometry.spacing = {0.7, 0.7, 5.0};
    volume->geometry.isSlice = slice;
    volume->geometry.hasOrientation = !slice;
    volume->voxels.assign(volume->geometry.voxelCount(), -1000.0f);
    const auto mask = std::make_shared<imaging::LabelMap>();
    mask->geometry = volume->geometry;
    mask->voxels.assign(volume->voxels.size(), 0);
    for (std::size_t n = 0; n < volume->voxels.size(); n += 3) {
        volume->voxels[n] = 40.0f;
        mask->voxels[n] = static_cast<std::uint8_t>(n % 40);
    }
    imagingCase->volumes.push_back({slice ? imaging::Sequence::Other : imaging::Sequence::Ct, volume});
    content.imagingCase = imagingCase;
    content.mask = mask;
    content.era = imaging::LabelEra::Plain;
    content.caseId = "scan";
    content.finding = clinic::Finding::LungLesion;
    content.figures = report::figuresThroughLargest(*imagingCase, mask.get(), content.era);
    content.labels = report::labelVolumes(*mask, content.era);
    content.targetMl = report::targetVolumes(*mask, content.era);
    return content;
}

/// Glyph 0 is the box that stands for a character which no font has.
bool everyGlyphExists(const QString& text) {
    QTextLayout layout(text, paint::fontOf({}));
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine())
        line.setLineWidth(100000);
    layout.endLayout();
    for (const QGlyphRun& run : layout.glyphRuns())
        for (const quint32 glyph : run.glyphIndexes())
            if (glyph == 0)
                return false;
    return true;
}

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestReportPainter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsCutOrOverlaps_data();
    void nothingIsCutOrOverlaps();
    void longerTranslationsFit();
    void everyVerdictHasItsOwnLook();
    void verdictStandsOnTheFirstPage();
    void everyReasonIsPrinted();
    void everyPageSaysWhatItIsFor();
    void syntheticCasesSaySo();
    void listsThatAreShortenedSayHowMuch();
    void whatIsMissingIsSaid();
    void leftOfThePatientIsOnTheRight();
    void contoursLieWhereTheMaskIs();
    void greyRangeLeavesTheBackgroundOut();
    void paintingIsRepeatable();
    void worksOnAWorker();
    void tallPictureHoldsWholePages();
    void resolutionScalesThePage();
    void foreignMaskIsRefused();
    void koreanNamesAreUsed();
    void everyShippedNameHasItsGlyphs();
    void pngCarriesItsPurpose();
    void twinStandsBesideThePicture();
    void pdfIsWritten();
    void failureLeavesOldFiles();
    void unwritablePlacesGiveOneSentence_data();
    void unwritablePlacesGiveOneSentence();
};

void TestReportPainter::nothingIsCutOrOverlaps_data() {
    QTest::addColumn<report::ReportContent>("content");
    QTest::addColumn<QString>("language");
    QTest::newRow("everything") << test::fullContent() << QString();
    QTest::newRow("nothing") << report::ReportContent() << QString();
    QTest::newRow("forty symptoms") << fortySymptoms() << QString();
    QTest::newRow("long names") << longNames() << QString();
    QTest::newRow("Korean") << test::fullContent() << QStringLiteral("ko");
    report::ReportContent content = test::fullContent();
    content.location.reset();
    content.locationProblem = Message{"anatomy.mask_empty", {}};
    content.crossCheck.reset();
    QTest::newRow("no place") << content << QString();
    content = test::fullContent();
    content.comparison.reset();
    content.symptoms.clear();
    content.crossCheck.reset();
    QTest::newRow("no truth, no symptoms") << content << QString();
    content = test::fullContent();
    content.hospitals.clear();
    content.brain.reset();
    QTest::newRow("no hospitals, no brain") << content << QString();
    content = test::fullContent();
    content.mask.reset();
    content.labels.clear();
    content.targetMl.clear();
    content.comparison.reset();
    QTest::newRow("no mask") << content << QString();
    content = test::fullContent();
    content.location->reliable = false;
    content.location->targets[imaging::Target::WholeTumour].outsideShare = 0.2;
    content.location->notes.assign(9, {"anatomy.orientation_doubtful", {}});
    for (const anatomy::Region region : anatomy::allRegions())
        content.location->targets[imaging::Target::WholeTumour].regions.push_back(
            {region, Side::Both, 1.0, 0.1, 0.1, true});
    for (int n = 0; n < 30; ++n)
        content.location->distances.push_back({"optic_radiation", Side::Right, 1.5 * n, true});
    QTest::newRow("doubtful place") << content << QString();
    content = test::fullContent();
    for (int n = 0; n < 30; ++n)
        content.hospitals.push_back(content.hospitals.front());
    QTest::newRow("many hospitals") << content << QString();
    QTest::newRow("CT volume") << plainVolume(false) << QString();
    QTest::newRow("single image") << plainVolume(true) << QString();
    content = {};
    content.labels.assign(60, {7, "some_organ", {10, 200, 30}, 12.5});
    QTest::newRow("many labels") << content << QString();
}

void TestReportPainter::nothingIsCutOrOverlaps() {
    QFETCH(report::ReportContent, content);
    QFETCH(QString, language);
    paint::ReportStyle style;
    style.language = language;
    style.dotsPerInch = 50.0; // the layout is the same at any resolution
    const auto painted = paint::paintReportPages(content, style);
    QVERIFY(painted.has_value());
    QCOMPARE(brokenRule(*painted), QString());
    QVERIFY(painted->pages.size() <= 4);
}

void TestReportPainter::longerTranslationsFit() {
    LongWords translator;
    QCoreApplication::installTranslator(&translator);
    paint::ReportStyle style;
    style.dotsPerInch = 50.0;
    const auto full = paint::paintReportPages(test::fullContent(), style);
    const auto forty = paint::paintReportPages(fortySymptoms(), style);
    QCoreApplication::removeTranslator(&translator);
    QVERIFY(full.has_value());
    QVERIFY(says(*full, QString::fromUtf8("긴 번역")));
    QCOMPARE(brokenRule(*full), QString());
    QCOMPARE(brokenRule(*forty), QString());
}

void TestReportPainter::everyVerdictHasItsOwnLook() {
    std::vector<QImage> pages;
    for (const clinic::Verdict verdict :
         {clinic::Verdict::NothingAboutPlace, clinic::Verdict::AgreesWrongSide, clinic::Verdict::Agrees,
          clinic::Verdict::Partly, clinic::Verdict::NotExplained, clinic::Verdict::Weak}) {
        report::ReportContent content;
        content.symptoms = {{"weakness", Side::Right}};
        content.crossCheck = test::phantomCheck(verdict);
        paint::ReportStyle style;
        style.dotsPerInch = 50.0;
        const auto painted = paint::paintReportPages(content, style);
        QVERIFY(painted.has_value());
        QVERIFY(says(*painted, session::sentence(clinic::nameMessageId(verdict))));
        for (const QImage& other : pages)
            QVERIFY(other != painted->pages.front());
        pages.push_back(painted->pages.front());
    }
}

void TestReportPainter::verdictStandsOnTheFirstPage() {
    report::ReportContent content = test::fullContent();
    for (int n = 0; n < 10; ++n)
        content.crossCheck->reasons.push_back({"clinic.caution_pressure", {}});
    content.warnings.assign(3, {"workflow.mask_origin_differs", {}});
    const auto painted = paint::paintReportPages(content, {.dotsPerInch = 50.0});
    const QString verdict = session::sentence(clinic::nameMessageId(content.crossCheck->verdict));
    const auto item = std::find_if(painted->items.begin(), painted->items.end(),
                                   [&](const PlacedItem& one) { return one.text == verdict; });
    QVERIFY(item != painted->items.end());
    QCOMPARE(item->page, 0);
}

void TestReportPainter::everyReasonIsPrinted() {
    report::ReportContent content = test::fullContent();
    for (int n = 0; n < 14; ++n)
        content.crossCheck->reasons.push_back(
            {"clinic.outside_strong", {{"region", "region number " + std::to_string(n)}, {"symptoms", "headache"}}});
    const auto painted = paint::paintReportPages(content, {.dotsPerInch = 50.0});
    for (const Message& reason : content.crossCheck->reasons) {
        const QString sentence = session::sentence(reason);
        QCOMPARE(std::count_if(painted->items.begin(), painted->items.end(),
                               [&](const PlacedItem& item) { return item.text == sentence; }),
                 1);
    }
}

void TestReportPainter::everyPageSaysWhatItIsFor() {
    const auto painted = paint::paintReportPages(fortySymptoms(), {.dotsPerInch = 50.0});
    QVERIFY(painted->pages.size() > 1);
    for (int page = 0; page < static_cast<int>(painted->pages.size()); ++page)
        QVERIFY(std::any_of(painted->items.begin(), painted->items.end(), [&](const PlacedItem& item) {
            return item.page == page && item.box.top() > 2200 &&
                   item.text.contains(QStringLiteral("Education and research only. Not for diagnosis."));
        }));
}

void TestReportPainter::syntheticCasesSaySo() {
    report::ReportContent content = test::fullContent();
    QVERIFY(says(*paint::paintReportPages(content, {.dotsPerInch = 50.0}), QStringLiteral("SYNTHETIC CASE")));
    content.synthetic = false;
    QVERIFY(!says(*paint::paintReportPages(content, {.dotsPerInch = 50.0}), QStringLiteral("SYNTHETIC")));
}

void TestReportPainter::listsThatAreShortenedSayHowMuch() {
    // 40 symptoms with 3 links each and the 5 lines of the full content, in 24 rows.
    const auto painted = paint::paintReportPages(fortySymptoms(), {.dotsPerInch = 50.0});
    QVERIFY(says(*painted, QStringLiteral("+ 101 more")));
    report::ReportContent content = test::fullContent();
    for (int n = 0; n < 30; ++n)
        content.hospitals.push_back(content.hospitals.front());
    QVERIFY(says(*paint::paintReportPages(content, {.dotsPerInch = 50.0}), QStringLiteral("+ 25 more")));
}

void TestReportPainter::whatIsMissingIsSaid() {
    report::ReportContent content = test::fullContent();
    content.location.reset();
    content.crossCheck.reset();
    content.locationProblem = Message{"anatomy.mask_empty", {}};
    const auto painted = paint::paintReportPages(content, {.dotsPerInch = 50.0});
    QVERIFY(says(*painted, session::sentence("anatomy.mask_empty")));
    QVERIFY(says(*painted, QStringLiteral("could not be compared")));
    content = test::fullContent();
    content.symptoms.clear();
    content.crossCheck.reset();
    QVERIFY(says(*paint::paintReportPages(content, {.dotsPerInch = 50.0}), QStringLiteral("No symptoms were entered")));
}

void TestReportPainter::leftOfThePatientIsOnTheRight() {
    // One bright half of a ball: the patient's left.
    auto imagingCase = test::phantomCase(40);
    const auto volume = std::make_shared<imaging::Volume>(*imagingCase->volumes.front().volume);
    std::size_t n = 0;
    for (int k = 0; k < 40; ++k)
        for (int j = 0; j < 40; ++j)
            for (int i = 0; i < 40; ++i, ++n)
                if (volume->voxels[n] > 0.0f)
                    volume->voxels[n] = i >= 20 ? 1000.0f : 100.0f; // LPS: i grows to the left
    // The same brain stored the other way round must look the same.
    const auto mirrored = std::make_shared<imaging::Volume>(*volume);
    n = 0;
    for (int k = 0; k < 40; ++k)
        for (int j = 0; j < 40; ++j)
            for (int i = 0; i < 40; ++i, ++n)
                mirrored->voxels[n] = volume->at({39 - i, j, k});
    mirrored->geometry.direction[0] = -1.0;
    mirrored->geometry.origin[0] = -volume->geometry.origin[0];
    for (const auto& one : {volume, mirrored}) {
        imagingCase->volumes = {{imaging::Sequence::Flair, one}};
        report::ReportContent content;
        content.imagingCase = imagingCase;
        content.figures = {{report::Plane::Axial, imaging::Sequence::Flair, {20, 20, 20}},
                           {report::Plane::Coronal, imaging::Sequence::Flair, {20, 20, 20}}};
        const auto painted = paint::paintReportPages(content, {});
        int pictures = 0;
        for (const PlacedItem& item : painted->items) {
            if (item.kind != PlacedItem::Kind::Picture)
                continue;
            ++pictures;
            const QImage& page = painted->pages[static_cast<std::size_t>(item.page)];
            const QPointF centre = item.box.center();
            QVERIFY(qGray(page.pixel((centre + QPointF(60, 0)).toPoint())) > 200);
            QVERIFY(qGray(page.pixel((centre - QPointF(60, 0)).toPoint())) < 80);
            for (const PlacedItem& letter : painted->items) {
                if (letter.kind != PlacedItem::Kind::Text || !item.box.contains(letter.box))
                    continue;
                if (letter.text == QStringLiteral("L"))
                    QVERIFY(letter.box.left() > centre.x());
                if (letter.text == QStringLiteral("R"))
                    QVERIFY(letter.box.right() < centre.x());
            }
        }
        QCOMPARE(pictures, 2);
    }
}

void TestReportPainter::contoursLieWhereTheMaskIs() {
    report::ReportContent content = test::fullContent();
    content.comparison.reset();
    content.labels = {{2, "ED", {255, 0, 255}, 1.0}};
    content.brain.reset();
    const auto with = paint::paintReportPages(content, {});
    content.mask.reset();
    const auto without = paint::paintReportPages(content, {});
    const PlacedItem* axial = nullptr;
    for (const PlacedItem& item : with->items)
        if (axial == nullptr && item.kind == PlacedItem::Kind::Picture)
            axial = &item;
    QVERIFY(axial != nullptr);
    // The tumour is on the patient's left: all magenta pixels are in the right half of the axial picture.
    int right = 0;
    int left = 0;
    const QRect box = axial->box.toAlignedRect();
    for (int y = box.top(); y < box.bottom(); ++y)
        for (int x = box.left(); x < box.right(); ++x) {
            const QColor colour = with->pages.front().pixelColor(x, y);
            if (colour.red() > 200 && colour.blue() > 200 && colour.green() < 60)
                ++(x > box.center().x() ? right : left);
        }
    QVERIFY(right > 100);
    QCOMPARE(left, 0);
    QVERIFY(with->pages.front() != without->pages.front());
}

void TestReportPainter::greyRangeLeavesTheBackgroundOut() {
    imaging::Volume volume;
    volume.geometry.size = {100, 100, 1};
    volume.voxels.assign(10000, 0.0f);
    for (std::size_t n = 0; n < 1000; ++n)
        volume.voxels[n] = static_cast<float>(n + 1);
    volume.voxels[0] = 1.0e6f; // one outlier does not darken the rest
    const auto range = paint::greyRange(volume, imaging::Sequence::T1, clinic::Finding::BrainTumour);
    QVERIFY(range.high > 900.0f && range.high < 1001.0f);
    QVERIFY(range.low >= 0.0f && range.low < 120.0f);
    volume.voxels.assign(10000, 0.0f);
    const auto flat = paint::greyRange(volume, imaging::Sequence::T1, clinic::Finding::BrainTumour);
    QVERIFY(flat.high > flat.low);
    const auto lung = paint::greyRange(volume, imaging::Sequence::Ct, clinic::Finding::LungLesion);
    QCOMPARE(lung.high - lung.low, 1500.0f); // width 1500, level -600
    QCOMPARE((lung.high + lung.low) / 2.0f, -600.0f);
}

void TestReportPainter::paintingIsRepeatable() {
    const auto content = test::fullContent();
    QCOMPARE(*paint::paintReport(content, {.dotsPerInch = 80.0}), *paint::paintReport(content, {.dotsPerInch = 80.0}));
}

void TestReportPainter::worksOnAWorker() {
    const auto content = test::fullContent();
    const QImage here = *paint::paintReport(content, {.dotsPerInch = 80.0});
    QImage there;
    std::thread worker([&] { there = *paint::paintReport(content, {.dotsPerInch = 80.0}); });
    worker.join();
    QCOMPARE(there, here);
}

void TestReportPainter::tallPictureHoldsWholePages() {
    const auto content = fortySymptoms();
    const auto pages = paint::paintReportPages(content, {.dotsPerInch = 100.0});
    const auto tall = paint::paintReport(content, {.dotsPerInch = 100.0});
    const int height = pages->pages.front().height();
    QCOMPARE(tall->height(), height * static_cast<int>(pages->pages.size()));
    for (std::size_t n = 0; n < pages->pages.size(); ++n)
        QCOMPARE(tall->copy(0, static_cast<int>(n) * height, tall->width(), height), pages->pages[n]);
}

void TestReportPainter::resolutionScalesThePage() {
    QCOMPARE(paint::paintReportPages({}, {})->pages.front().size(), QSize(1654, 2339));
    QCOMPARE(paint::paintReportPages({}, {.dotsPerInch = 100.0})->pages.front().size(), QSize(827, 1170));
    const auto refused = paint::paintReportPages({}, {.dotsPerInch = 5000.0});
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().code == ErrorCode::InvalidInput);
}

void TestReportPainter::foreignMaskIsRefused() {
    report::ReportContent content = test::fullContent();
    const auto mask = std::make_shared<imaging::LabelMap>();
    mask->geometry.size = {3, 3, 3};
    mask->voxels.assign(27, 1);
    content.mask = mask;
    const auto painted = paint::paintReport(content);
    QVERIFY(!painted.has_value());
    QVERIFY(painted.error().code == ErrorCode::ShapeMismatch);
    QVERIFY(session::hasSentence(painted.error().message.id));
}

void TestReportPainter::koreanNamesAreUsed() {
    paint::ReportStyle style;
    style.dotsPerInch = 50.0;
    style.language = QStringLiteral("ko");
    const auto painted = paint::paintReportPages(test::fullContent(), style);
    QVERIFY(says(*painted, QString::fromUtf8("두통")));
    QVERIFY(says(*painted, QString::fromUtf8("이마엽")));
    QVERIFY(says(*painted, QString::fromUtf8("신경외과")));
}

void TestReportPainter::everyShippedNameHasItsGlyphs() {
    const clinic::Knowledge& knowledge = store::shippedKnowledge();
    QVERIFY(!knowledge.symptoms.empty());
    QString all;
    for (const clinic::Symptom& symptom : knowledge.symptoms)
        all += QString::fromStdString(symptom.nameEn + symptom.nameKo);
    for (const clinic::RegionFact& region : knowledge.regions)
        all += QString::fromStdString(region.nameEn + region.nameKo);
    for (const clinic::Department& department : knowledge.departments)
        all += QString::fromStdString(department.nameEn + department.nameKo);
    QVERIFY(everyGlyphExists(all));
    for (const clinic::Hospital& hospital : store::shippedHospitals())
        QVERIFY2(everyGlyphExists(QString::fromStdString(hospital.nameEn + hospital.city)), hospital.id.c_str());
}

void TestReportPainter::pngCarriesItsPurpose() {
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("report.png"));
    QVERIFY(paint::writeReport(test::fullContent(), file.toStdString(), {.dotsPerInch = 60.0}).has_value());
    QImageReader reader(file);
    QCOMPARE(reader.text(QStringLiteral("Disclaimer")),
             QStringLiteral("Education and research only. Not for diagnosis."));
    QCOMPARE(reader.text(QStringLiteral("Software")), QStringLiteral("Sulcus 0.1.0"));
    QCOMPARE(reader.text(QStringLiteral("Comment")), QStringLiteral("synthetic case"));
    QVERIFY(!reader.read().isNull());
    // No temporary file is left.
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList({"report.json", "report.png"}));
}

void TestReportPainter::twinStandsBesideThePicture() {
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QString::fromUtf8("보고서 é.png")).toStdString();
    QVERIFY(paint::writeReport(test::fullContent(), file, {.dotsPerInch = 60.0}).has_value());
    const QByteArray twin = bytesOf(QString::fromStdString(paint::twinOf(file).string()));
    const QJsonObject root = QJsonDocument::fromJson(twin).object();
    QCOMPARE(root["format"].toString(), QStringLiteral("sulcus.report"));
    const QJsonObject reason = root["cross_check"].toObject()["reasons"].toArray().at(0).toObject();
    QVERIFY(reason["text"].toString().contains(QStringLiteral("68")));
}

void TestReportPainter::pdfIsWritten() {
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("report.pdf"));
    QVERIFY(paint::writeReport(test::fullContent(), file.toStdString()).has_value());
    const QByteArray bytes = bytesOf(file);
    QVERIFY(bytes.startsWith("%PDF"));
    QVERIFY(bytes.size() > 20000);
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("report.json"))));
}

void TestReportPainter::failureLeavesOldFiles() {
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("report.png"));
    QVERIFY(paint::writeReport(test::fullContent(), file.toStdString(), {.dotsPerInch = 60.0}).has_value());
    const QByteArray picture = bytesOf(file);
    const QByteArray twin = bytesOf(folder.filePath(QStringLiteral("report.json")));
    report::ReportContent broken = test::fullContent();
    const auto mask = std::make_shared<imaging::LabelMap>();
    broken.mask = mask;
    QVERIFY(!paint::writeReport(broken, file.toStdString()).has_value());
    QCOMPARE(bytesOf(file), picture);
    QCOMPARE(bytesOf(folder.filePath(QStringLiteral("report.json"))), twin);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 2);
}

void TestReportPainter::unwritablePlacesGiveOneSentence_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("code");
    QTest::newRow("folder that does not exist")
        << QStringLiteral("no/such/folder/report.png") << static_cast<int>(ErrorCode::NotFound);
    QTest::newRow("file as a folder") << QStringLiteral("file/report.png") << static_cast<int>(ErrorCode::NotFound);
    QTest::newRow("a folder by that name") << QStringLiteral("folder.png") << static_cast<int>(ErrorCode::Unreadable);
    QTest::newRow("unknown ending") << QStringLiteral("report.docx") << static_cast<int>(ErrorCode::Unsupported);
    QTest::newRow("no ending") << QStringLiteral("report") << static_cast<int>(ErrorCode::Unsupported);
}

void TestReportPainter::unwritablePlacesGiveOneSentence() {
    QFETCH(QString, name);
    QFETCH(int, code);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("folder.png")));
    const auto written = paint::writeReport({}, folder.filePath(name).toStdString(), {.dotsPerInch = 60.0});
    QVERIFY(!written.has_value());
    QCOMPARE(static_cast<int>(written.error().code), code);
    const QString sentence = session::sentence(written.error().message);
    QVERIFY2(session::hasSentence(written.error().message.id), written.error().message.id.c_str());
    QVERIFY2(sentence.contains(folder.filePath(name)), qPrintable(sentence));
    QVERIFY(!sentence.contains(QLatin1Char('{')));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

QTEST_MAIN(TestReportPainter)
#include "tst_report_painter.moc"
