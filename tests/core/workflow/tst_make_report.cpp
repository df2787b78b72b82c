// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/workflow.h"
#include "tests/core/workflow/phantom.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace sulcus;
using imaging::LabelEra;
using imaging::Target;
using tests::Phantom;

namespace {

clinic::Knowledge knowledge() {
    clinic::Knowledge tables;
    tables.symptoms.push_back({"speech", "speech", "Speech trouble", "말"});
    clinic::SymptomLink link;
    link.symptomId = "speech";
    link.region = anatomy::Region::Frontal;
    link.strength = 3;
    tables.links.push_back(link);
    return tables;
}

anatomy::Location frontal() {
    anatomy::Location location;
    location.method = "fixed";
    auto& whole = location.targets[Target::WholeTumour];
    whole.leftShare = 1.0;
    anatomy::RegionShare share;
    share.region = anatomy::Region::Frontal;
    share.side = Side::Left;
    share.share = 1.0;
    whole.regions.push_back(share);
    return location;
}

} // namespace

class TestMakeReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_paths.templates = m_folder.filePath("no-templates").toStdString();
        m_paths.cache = m_folder.filePath("cache").toStdString();
    }

    void aPlaceThatCannotBeFoundIsALine() {
        const auto content = workflow::makeReport(request(), m_paths, {});
        QVERIFY(content);
        QVERIFY(!content->location);
        QVERIFY(content->locationProblem);
        QVERIFY(!content->crossCheck);
        QCOMPARE(content->figures.size(), std::size_t{3});
        QCOMPARE(content->labels.size(), std::size_t{3});
    }

    void figuresGoThroughTheMask() {
        const auto content = workflow::makeReport(request(), m_paths, {});
        for (const auto& figure : content->figures)
            QVERIFY(content->mask->at(figure.centre) != 0);
    }

    void aGivenPlaceLeadsToVerdictAndHospitals() {
        auto asked = request();
        asked.location = frontal();
        asked.symptoms = {{"speech", Side::Unknown}};
        clinic::Hospital fits;
        fits.id = "fits";
        fits.nameEn = "Fits";
        fits.departments = {"NO", "NS"};
        clinic::Hospital other;
        other.id = "other";
        other.nameEn = "Other";
        other.departments = {"HB"};
        asked.hospitals = {other, fits};
        const auto content = workflow::makeReport(asked, m_paths, {});
        QVERIFY(content);
        QVERIFY(content->crossCheck);
        QVERIFY(content->crossCheck->verdict == clinic::Verdict::Agrees);
        QVERIFY(!content->hospitals.empty());
        QCOMPARE(content->hospitals.front().hospital.id, std::string("fits"));
        QCOMPARE(content->provenance.alignmentMethod, std::string("fixed"));
    }

    void reasonsNameSymptomsInTheLanguageAskedFor() {
        auto asked = request();
        asked.location = frontal();
        asked.symptoms = {{"speech", Side::Unknown}};
        for (const auto& [language, name] : {std::pair{clinic::Language::English, std::string("Speech trouble")},
                                             std::pair{clinic::Language::Korean, std::string("말")}}) {
            asked.language = language;
            const auto content = workflow::makeReport(asked, m_paths, {});
            QVERIFY(content && content->crossCheck);
            const auto& reasons = content->crossCheck->reasons;
            QVERIFY(std::any_of(reasons.begin(), reasons.end(), [&](const Message& reason) {
                const auto symptoms = reason.parameters.find("symptoms");
                return symptoms != reason.parameters.end() && symptoms->second.find(name) != std::string::npos;
            }));
        }
    }

    void aTruthOfAnotherEraComparesAsTheSameTumour() {
        auto asked = request();
        asked.truth = std::make_shared<imaging::LabelMap>(Phantom::mask(3));
        asked.truthEra = LabelEra::Brats2023;
        const auto content = workflow::makeReport(asked, m_paths, {});
        QVERIFY(content && content->comparison);
        for (const auto target : {Target::WholeTumour, Target::TumourCore, Target::EnhancingTumour})
            QCOMPARE(*content->comparison->regions.at(target).dice, 1.0);
    }

    void anUnknownSymptomIsRefusedByName() {
        auto asked = request();
        asked.location = frontal();
        asked.symptoms = {{"speach", Side::Unknown}};
        const auto content = workflow::makeReport(asked, m_paths, {});
        QVERIFY(!content);
        QCOMPARE(content.error().message.id, std::string("workflow.symptom_unknown"));
        QCOMPARE(content.error().message.parameters.at("symptom"), std::string("speach"));
        QVERIFY(content.error().message.parameters.at("nearest").find("speech") != std::string::npos);
    }

    void aMaskOfAnotherGridIsRefused() {
        auto asked = request();
        auto other = Phantom::mask();
        other.geometry.spacing[0] = 1.0;
        asked.mask = std::make_shared<imaging::LabelMap>(other);
        const auto content = workflow::makeReport(asked, m_paths, {});
        QVERIFY(!content);
        QVERIFY(content.error().code == ErrorCode::ShapeMismatch);
    }

    void anEmptyMaskStillMakesAReport() {
        auto asked = request();
        auto empty = Phantom::mask();
        std::fill(empty.voxels.begin(), empty.voxels.end(), std::uint8_t{0});
        asked.mask = std::make_shared<imaging::LabelMap>(empty);
        const auto content = workflow::makeReport(asked, m_paths, {});
        QVERIFY(content);
        QVERIFY(std::any_of(content->warnings.begin(), content->warnings.end(),
                            [](const Message& one) { return one.id == "workflow.report_of_empty_mask"; }));
        QVERIFY(content->hospitals.empty());
        QCOMPARE(content->figures.size(), std::size_t{3});
    }

    void aPlainMapTakesTheBundlesNames() {
        auto asked = request();
        asked.era = LabelEra::Plain;
        asked.hospitalQuery.finding = clinic::Finding::LungLesion;
        asked.labelNames = {{2, "lung", {1, 2, 3}, 0.0}};
        const auto content = workflow::makeReport(asked, m_paths, {});
        QVERIFY(content);
        QVERIFY(!content->locationProblem); // no brain is looked for in a chest
        bool found = false;
        for (const auto& label : content->labels)
            found = found || (label.value == 2 && label.code == "lung");
        QVERIFY(found);
        QVERIFY(content->targetMl.contains(Target::Mask));
    }

    void withoutCaseOrMaskThereIsNoReport() {
        auto asked = request();
        asked.mask = nullptr;
        QVERIFY(!workflow::makeReport(asked, m_paths, {}));
        asked = request();
        asked.imagingCase = nullptr;
        QVERIFY(!workflow::makeReport(asked, m_paths, {}));
    }

    void cancelEndsIt() {
        std::stop_source stop;
        stop.request_stop();
        const auto content = workflow::makeReport(request(), m_paths, TaskContext(stop.get_token(), {}));
        QVERIFY(!content);
        QVERIFY(content.error().code == ErrorCode::Cancelled);
    }

private:
    workflow::ReportRequest request() const {
        workflow::ReportRequest asked;
        asked.imagingCase = Phantom::makeCase();
        asked.mask = std::make_shared<imaging::LabelMap>(Phantom::mask());
        asked.knowledge = std::make_shared<clinic::Knowledge>(knowledge());
        return asked;
    }

    QTemporaryDir m_folder;
    workflow::Paths m_paths;
};

QTEST_GUILESS_MAIN(TestMakeReport)
#include "tst_make_report.moc"
