// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/chain.h"
#include "tests/core/workflow/phantom.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace sulcus;
using tests::Phantom;

class TestChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        auto opened = store::Store::openInMemory();
        QVERIFY(opened);
        m_store = std::move(*opened);
    }

    void anUnknownCaseHasNoPatient() {
        const auto context = workflow::patientOfCase(*m_store, caseAt("/cases/Nobody_1"));
        QVERIFY(context);
        QVERIFY(!context->patient);
        QVERIFY(context->symptoms.empty());
    }

    void anUnknownPseudonymIsNamed() {
        const auto context = workflow::patientOfCase(*m_store, caseAt("/cases/Nobody_1"), "P-404");
        QVERIFY(!context);
        QVERIFY(context.error().code == ErrorCode::NotFound);
        QCOMPARE(context.error().message.parameters.at("patient"), std::string("P-404"));
    }

    void theLatestVisitOfTheCasesPatientCounts() {
        const auto patient = addPatient("P-1");
        addVisit(patient, "2024-03-02", "headache");
        addVisit(patient, "2024-01-01", "vomiting");
        store::Study study;
        study.patientId = patient;
        study.caseId = "Case_1";
        study.path = "/cases/Case_1";
        study.openedAt = "2024-03-03T10:00:00Z";
        QVERIFY(m_store->saveStudy(study));
        const auto context = workflow::patientOfCase(*m_store, caseAt("/cases/Case_1"));
        QVERIFY(context && context->patient && context->visit);
        QVERIFY(context->tie == workflow::PatientTie::Place);
        QCOMPARE(context->patient->pseudonym, std::string("P-1"));
        QCOMPARE(context->visit->date, std::string("2024-03-02"));
        QCOMPARE(context->symptoms.size(), std::size_t{1});
        QCOMPARE(context->symptoms.front().id, std::string("headache"));
    }

    // Folder names repeat: other images under the same name are somebody else's until a person says otherwise.
    void aNameAloneNeverGivesAPatient() {
        store::Study study;
        study.patientId = addPatient("P-001");
        study.caseId = "A";
        study.path = "/demo/A";
        QVERIFY(m_store->saveStudy(study));
        const auto other = workflow::patientOfCase(*m_store, caseAt("/other/A"));
        QVERIFY(other && !other->patient && other->symptoms.empty());
        QVERIFY(other->namesake);
        QCOMPARE(other->namesake->pseudonym, std::string("P-001"));
        const auto named = workflow::patientOfCase(*m_store, caseAt("/other/A"), "P-001");
        QVERIFY(named && named->patient && named->tie == workflow::PatientTie::Named);
        // A pseudonym that is a folder's name is a name too.
        addPatient("Case_7");
        const auto seven = workflow::patientOfCase(*m_store, caseAt("/cases/Case_7"));
        QVERIFY(seven && !seven->patient && seven->namesake);
    }

    void aChainWithAMaskIsRecorded() {
        QTemporaryDir folder;
        workflow::Paths paths;
        paths.templates = folder.filePath("none").toStdString();
        paths.cache = folder.filePath("cache").toStdString();
        workflow::ChainRequest request;
        request.imagingCase = Phantom::makeCase();
        request.mask = std::make_shared<imaging::LabelMap>(Phantom::mask());
        request.programVersion = "1.2.3";
        const auto chain = workflow::runChain(request, paths, {});
        QVERIFY(chain);
        QVERIFY(!chain->segmentation);
        QCOMPARE(chain->content.caseId, std::string("Phantom_001"));
        QCOMPARE(chain->content.provenance.programVersion, std::string("1.2.3"));
        const auto patient = addPatient("P-2");
        QVERIFY(workflow::recordChain(*m_store, *chain, {"/out/mask.nii.gz", "/out/report.png"}, "{}", patient));
        const auto files = chain->imagingCase->files;
        const auto owner = m_store->ownerOfCase("Phantom_001", workflow::placeOf(files));
        QVERIFY(owner && owner->study);
        QCOMPARE(owner->study->patientId, patient);
        const auto recent = m_store->recentCases();
        QVERIFY(recent);
        QCOMPARE(recent->size(), std::size_t{1});
        // Once recorded, the case leads to its patient.
        const auto context = workflow::patientOfCase(*m_store, files);
        QVERIFY(context && context->patient);
    }

    void aMissingCaseIsTheChainsError() {
        workflow::ChainRequest request;
        request.casePath = "/no/such/case";
        const auto chain = workflow::runChain(request, {}, {});
        QVERIFY(!chain);
        QVERIFY(chain.error().code == ErrorCode::NotFound);
    }

    void aBundleSaysWhatItLooksFor() {
        learning::Bundle bundle;
        bundle.name = "brain-tumour";
        QVERIFY(workflow::findingOf(bundle) == clinic::Finding::BrainTumour);
        bundle.name = "lung-ct";
        QVERIFY(workflow::findingOf(bundle) == clinic::Finding::LungLesion);
        bundle.name = "abdomen";
        bundle.labels = {{1, "liver", "Liver", {}}};
        QVERIFY(workflow::findingOf(bundle) == clinic::Finding::LiverLesion);
    }

private:
    static imaging::CaseFiles caseAt(const std::filesystem::path& folder) {
        imaging::CaseFiles files;
        files.id = folder.filename().string();
        files.folder = folder;
        return files;
    }
    std::int64_t addPatient(const std::string& pseudonym) {
        store::Patient patient;
        patient.pseudonym = pseudonym;
        return m_store->savePatient(patient).value_or(0);
    }
    void addVisit(std::int64_t patient, const std::string& date, const std::string& symptom) {
        store::Visit visit;
        visit.patientId = patient;
        visit.date = date;
        store::VisitSymptom entered;
        entered.symptom = {symptom, Side::Unknown};
        QVERIFY(m_store->saveVisit(visit, {entered}));
    }

    std::unique_ptr<store::Store> m_store;
};

QTEST_GUILESS_MAIN(TestChain)
#include "tst_chain.moc"
