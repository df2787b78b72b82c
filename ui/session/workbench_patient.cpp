// SPDX-License-Identifier: Apache-2.0
#include "ui/session/workbench.h"

#include <QCoreApplication>
#include <QDate>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <utility>

namespace sulcus::session {

namespace {

/// The answer in few words, for the history of a study; ids only, no text about the person.
std::string shortAnswer(const clinic::CrossCheck& check) {
    const auto list = [](const std::vector<std::string>& ids) {
        QJsonArray array;
        for (const std::string& id : ids)
            array.append(QString::fromStdString(id));
        return array;
    };
    QJsonObject answer;
    answer[QStringLiteral("verdict")] = QString::fromStdString(clinic::toString(check.verdict));
    if (check.mainRegion)
        answer[QStringLiteral("main_region")] = QString::fromStdString(anatomy::toString(*check.mainRegion));
    answer[QStringLiteral("unexplained")] = list(check.unexplained);
    answer[QStringLiteral("expected")] = list(check.expected);
    return QJsonDocument(answer).toJson(QJsonDocument::Compact).toStdString();
}
/// Notes mask and verdict of a study, unless the latest stored ones say the same.
Result<void> storeAnswer(store::Store& store, const store::StoredSegmentation& segmentation,
                         const std::optional<store::StoredCrossCheck>& crossCheck) {
    auto earlier = store.segmentations(segmentation.studyId);
    if (!earlier)
        return fail(std::move(earlier.error()));
    const bool known = !earlier->empty() && earlier->back().mlPerTarget == segmentation.mlPerTarget &&
                       earlier->back().weightsSha256 == segmentation.weightsSha256 &&
                       earlier->back().edited == segmentation.edited && earlier->back().path == segmentation.path;
    if (!known)
        if (auto saved = store.saveSegmentation(segmentation); !saved)
            return fail(std::move(saved.error()));
    if (!crossCheck)
        return {};
    auto checks = store.crossChecks(segmentation.studyId);
    if (!checks)
        return fail(std::move(checks.error()));
    if (checks->empty() || checks->back().json != crossCheck->json)
        if (auto saved = store.saveCrossCheck(*crossCheck); !saved)
            return fail(std::move(saved.error()));
    return {};
}
/// The person's own day: before nine in the morning, Korea is a day ahead of UTC.
std::string today() { return QDate::currentDate().toString(Qt::ISODate).toStdString(); }

} // namespace

void Workbench::setSymptoms(std::vector<clinic::ReportedSymptom> symptoms) {
    if (symptoms == m_session.findings()->symptoms)
        return;
    m_patientUnsaved = true;
    m_session.findings().update([&](FindingData& findings) {
        findings.symptoms = std::move(symptoms);
        std::erase_if(findings.details, [&](const auto& entry) {
            return std::none_of(findings.symptoms.begin(), findings.symptoms.end(),
                                [&](const clinic::ReportedSymptom& symptom) { return symptom.id == entry.first; });
        });
    });
    crossCheck();
}

void Workbench::setSymptomDetail(const std::string& id, SymptomDetail detail) {
    const FindingData& now = m_session.findings().value();
    const bool chosen = std::any_of(now.symptoms.begin(), now.symptoms.end(),
                                    [&](const clinic::ReportedSymptom& symptom) { return symptom.id == id; });
    const auto known = now.details.find(id);
    if (!chosen || detail == (known == now.details.end() ? SymptomDetail{} : known->second))
        return;
    m_patientUnsaved = true;
    m_session.findings().update([&](FindingData& findings) {
        if (detail == SymptomDetail{})
            findings.details.erase(id);
        else
            findings.details[id] = std::move(detail);
    });
}

void Workbench::setHandedness(clinic::Handedness handedness) {
    if (handedness == m_session.findings()->handedness)
        return;
    m_patientUnsaved = true;
    m_session.findings().update([&](FindingData& findings) { findings.handedness = handedness; });
    crossCheck();
}

void Workbench::setPseudonym(const std::string& pseudonym) {
    if (pseudonym == m_session.findings()->patient.pseudonym)
        return;
    m_patientUnsaved = true;
    m_session.findings().update([&](FindingData& findings) { findings.patient.pseudonym = pseudonym; });
}

void Workbench::lookForPseudonym() {
    const std::string pseudonym = m_session.findings()->patient.pseudonym;
    if (pseudonym.empty() || m_session.findings()->patient.id != 0 || (m_offered && m_offered->pseudonym == pseudonym))
        return;
    m_store.ask<std::optional<store::Patient>>(
        QCoreApplication::translate("Workbench", "Looking for the patient"),
        [pseudonym](store::Store& store) { return store.findPatientByPseudonym(pseudonym); }, this,
        [this, pseudonym](Result<std::optional<store::Patient>> found) {
            const FindingData& now = m_session.findings().value();
            if (!found || !found->has_value() || now.patient.id != 0 || now.patient.pseudonym != pseudonym)
                return;
            m_offered = std::move(**found);
            Q_EMIT patientOffered();
        });
}

void Workbench::lookForPatient() {
    struct Found {
        std::optional<store::Patient> patient;
        std::optional<store::Patient> namesake;
        std::int64_t studyId = 0;
    };
    const StorageState storage = m_session.storage().value();
    const bool synthetic = m_session.data()->imagingCase->synthetic;
    m_store.ask<Found>(
        QCoreApplication::translate("Workbench", "Remembering the case"),
        [storage, synthetic](store::Store& store) -> Result<Found> {
            Found found;
            store::Study study;
            if (auto owner = store.ownerOfCase(storage.caseId, storage.path)) {
                found.patient = std::move(owner->patient);
                found.namesake = std::move(owner->namesake);
            }
            study.caseId = storage.caseId;
            study.path = storage.path.string();
            study.openedAt = utcNow();
            study.synthetic = synthetic;
            auto id = store.saveStudy(study);
            if (!id)
                return fail(std::move(id.error()));
            found.studyId = *id;
            return found;
        },
        this,
        [this, path = storage.path](Result<Found> found) {
            if (m_session.storage()->path != path)
                return;
            const bool chained = m_chain == ChainStep::Opening;
            if (chained)
                m_chain = ChainStep::Patient;
            if (!found) {
                noteError(found.error(), NoteTopic::Patient);
                chainOn();
                return;
            }
            m_session.storage().update([&](StorageState& state) { state.studyId = found->studyId; });
            if (found->patient) {
                if (chained) {
                    takePatient(*found->patient); // goes on when the symptoms are there
                } else if (m_session.findings()->patient.id != found->patient->id) {
                    m_offered = std::move(found->patient);
                    Q_EMIT patientOffered();
                }
            } else {
                // A name alone ties nobody to images: the person is told, and decides by typing the pseudonym.
                if (found->namesake)
                    Q_EMIT noted(NoteKind::Info,
                                 {"session.patient_of_same_name",
                                  {{"case", m_session.storage()->caseId}, {"patient", found->namesake->pseudonym}}});
                chainOn();
            }
            reloadRecent();
        });
}

void Workbench::takeOfferedPatient() {
    if (!m_offered)
        return;
    const store::Patient patient = *m_offered;
    m_offered.reset();
    takePatient(patient);
    Q_EMIT patientOffered();
}

void Workbench::dismissOfferedPatient() {
    m_offered.reset();
    Q_EMIT patientOffered();
}

void Workbench::takePatient(const store::Patient& patient) {
    struct Latest {
        std::vector<store::VisitSymptom> symptoms;
        store::Visit visit;
    };
    m_store.ask<Latest>(
        QCoreApplication::translate("Workbench", "Reading the patient"),
        [id = patient.id](store::Store& store) -> Result<Latest> {
            auto visits = store.visits(id);
            if (!visits)
                return fail(std::move(visits.error()));
            if (visits->empty())
                return Latest{};
            const auto latest =
                std::max_element(visits->begin(), visits->end(), [](const store::Visit& a, const store::Visit& b) {
                    return std::pair(a.date, a.id) < std::pair(b.date, b.id);
                });
            auto symptoms = store.symptoms(latest->id);
            if (!symptoms)
                return fail(std::move(symptoms.error()));
            return Latest{std::move(*symptoms), *latest};
        },
        this,
        [this, patient](Result<Latest> latest) {
            if (!latest) {
                noteError(latest.error(), NoteTopic::Patient);
                chainOn();
                return;
            }
            // What was ticked before the patient was recognised is of this patient too, and newer than what is stored.
            const bool entered =
                m_patientUnsaved && m_session.findings()->patient.id == 0 && !m_session.findings()->symptoms.empty();
            m_session.findings().update([&](FindingData& findings) {
                findings.patient = patient;
                if (!entered || findings.handedness == clinic::Handedness::Unknown)
                    findings.handedness = patient.handedness;
                if (!entered) {
                    findings.symptoms.clear();
                    findings.details.clear();
                }
                for (const store::VisitSymptom& entry : latest->symptoms) {
                    if (std::any_of(findings.symptoms.begin(), findings.symptoms.end(),
                                    [&](const clinic::ReportedSymptom& known) { return known.id == entry.symptom.id; }))
                        continue;
                    findings.symptoms.push_back(entry.symptom);
                    const SymptomDetail detail{entry.onset, entry.severity, entry.note};
                    if (detail != SymptomDetail{})
                        findings.details[entry.symptom.id] = detail;
                }
            });
            m_patientUnsaved = entered;
            if (!entered) {
                // What is read of an earlier day is the start of a new visit.
                forgetVisit();
                if (latest->visit.date == today())
                    m_visitId = latest->visit.id;
            }
            Q_EMIT patientChanged();
            crossCheck();
            chainOn();
        });
}

std::string Workbench::visitDate() const { return m_visitDate.empty() ? today() : m_visitDate; }

void Workbench::setVisitDate(const std::string& isoDay) {
    if (isoDay == visitDate())
        return;
    m_visitDate = isoDay;
    m_patientUnsaved = true;
    m_session.findings().update([](FindingData&) {});
}

void Workbench::newVisit() {
    forgetVisit();
    m_patientUnsaved = true;
    Q_EMIT patientChanged();
}

void Workbench::forgetVisit() {
    m_visitDate.clear();
    m_visitId = 0;
}

void Workbench::savePatient() {
    const FindingData findings = m_session.findings().value();
    if (findings.patient.pseudonym.empty()) {
        note(NoteKind::Problem, {"session.pseudonym_missing", {}}, NoteTopic::Patient);
        return;
    }
    const StorageState storage = m_session.storage().value();
    const bool hasCase = m_session.hasCase();
    const bool synthetic = hasCase && m_session.data()->imagingCase->synthetic;
    std::optional<store::StoredSegmentation> segmentation;
    std::optional<store::StoredCrossCheck> crossCheck;
    if (m_session.hasMask()) {
        const CaseData& data = m_session.data().value();
        segmentation.emplace();
        segmentation->path = storage.maskFile.string();
        segmentation->bundle = data.origin.bundleName;
        segmentation->bundleVersion = data.origin.bundleVersion;
        segmentation->weightsSha256 = data.origin.weightsSha256;
        segmentation->edited = data.origin.edited;
        segmentation->createdAt = utcNow();
        for (const auto& [target, ml] : data.targetMl)
            segmentation->mlPerTarget.emplace_back(imaging::toString(target), ml);
        std::sort(segmentation->mlPerTarget.begin(), segmentation->mlPerTarget.end());
        if (findings.crossCheck)
            crossCheck = {0, 0, clinic::toString(findings.crossCheck->verdict), shortAnswer(*findings.crossCheck),
                          utcNow()};
    }
    struct Saved {
        store::Patient patient;
        std::int64_t studyId = 0;
        std::int64_t visitId = 0;
    };
    m_store.ask<Saved>(
        QCoreApplication::translate("Workbench", "Saving the patient"),
        [findings, storage, hasCase, synthetic, segmentation, crossCheck, date = visitDate(),
         visitId = findings.patient.id == 0 ? 0 : m_visitId](store::Store& store) mutable -> Result<Saved> {
            store::Patient patient = findings.patient;
            patient.handedness = findings.handedness;
            // A known name whose record was never taken over: nothing that is stored may be lost by saving.
            bool notTaken = false;
            if (patient.id == 0) {
                auto same = store.findPatientByPseudonym(patient.pseudonym);
                if (!same)
                    return fail(std::move(same.error()));
                if (same->has_value()) {
                    notTaken = true;
                    store::Patient known = **same;
                    if (patient.handedness != clinic::Handedness::Unknown)
                        known.handedness = patient.handedness;
                    patient = known;
                }
            }
            auto id = store.savePatient(patient);
            if (!id)
                return fail(std::move(id.error()));
            patient.id = *id;
            store::Visit visit;
            visit.patientId = patient.id;
            visit.date = date;
            // One visit a day: saving twice corrects the first, and a visit at hand moves to the day that was set.
            auto visits = store.visits(patient.id);
            if (!visits)
                return fail(std::move(visits.error()));
            for (const store::Visit& earlier : *visits)
                if (earlier.id == visitId) {
                    visit = earlier;
                    visit.date = date;
                }
            for (const store::Visit& earlier : *visits)
                if (earlier.date == date)
                    visit = earlier;
            std::vector<store::VisitSymptom> rows;
            for (const clinic::ReportedSymptom& symptom : findings.symptoms) {
                const auto known = findings.details.find(symptom.id);
                const SymptomDetail detail = known == findings.details.end() ? SymptomDetail{} : known->second;
                rows.push_back({symptom, detail.onset, detail.severity, detail.note});
            }
            if (notTaken && visit.id != 0) {
                auto stored = store.symptoms(visit.id);
                if (!stored)
                    return fail(std::move(stored.error()));
                for (store::VisitSymptom& entry : *stored)
                    if (std::none_of(rows.begin(), rows.end(), [&](const store::VisitSymptom& row) {
                            return row.symptom.id == entry.symptom.id;
                        }))
                        rows.push_back(std::move(entry));
            }
            auto storedVisit = store.saveVisit(visit, rows);
            if (!storedVisit)
                return fail(std::move(storedVisit.error()));
            Saved saved{patient, 0, *storedVisit};
            if (hasCase) {
                store::Study study;
                study.patientId = patient.id;
                study.visitId = *storedVisit;
                study.caseId = storage.caseId;
                study.path = storage.path.string();
                study.openedAt = utcNow();
                study.synthetic = synthetic;
                // Images belong to the visit at which they were first saved, or their volumes would move in time.
                if (auto studies = store.studies(patient.id))
                    for (const store::Study& known : *studies)
                        if (known.id == storage.studyId && known.visitId != 0)
                            study.visitId = 0;
                auto studyId = store.saveStudy(study);
                if (!studyId)
                    return fail(std::move(studyId.error()));
                saved.studyId = *studyId;
                if (segmentation) {
                    segmentation->studyId = *studyId;
                    if (crossCheck)
                        crossCheck->studyId = *studyId;
                    if (auto stored = storeAnswer(store, *segmentation, crossCheck); !stored)
                        return fail(std::move(stored.error()));
                }
            }
            return saved;
        },
        this,
        [this, path = storage.path](Result<Saved> saved) {
            if (!saved) {
                noteError(saved.error(), NoteTopic::Patient);
                return;
            }
            m_session.findings().update([&](FindingData& data) { data.patient = saved->patient; });
            m_visitId = saved->visitId;
            if (saved->studyId != 0 && m_session.storage()->path == path)
                m_session.storage().update([&](StorageState& state) { state.studyId = saved->studyId; });
            m_patientUnsaved = false;
            note(NoteKind::Info, {"session.patient_saved", {}}, NoteTopic::Patient);
            Q_EMIT patientChanged();
        });
}

void Workbench::patientRemoved(std::int64_t id) {
    if (m_offered && m_offered->id == id)
        dismissOfferedPatient();
    if (id == 0 || m_session.findings()->patient.id != id)
        return;
    m_session.findings().update([](FindingData& findings) { findings.patient.id = 0; });
    m_visitId = 0;
    m_patientUnsaved = true;
    if (m_session.hasCase()) {
        // The study went with the patient.
        m_session.storage().update([](StorageState& state) { state.studyId = 0; });
        lookForPatient();
    }
    Q_EMIT patientChanged();
}

void Workbench::patientStored(const store::Patient& patient) {
    if (patient.id == 0 || m_session.findings()->patient.id != patient.id)
        return;
    m_session.findings().update([&](FindingData& findings) {
        findings.patient = patient;
        findings.handedness = patient.handedness;
    });
    Q_EMIT patientChanged();
    crossCheck();
}

void Workbench::clearPatient() {
    m_session.findings().update([](FindingData& findings) {
        findings.patient = {};
        findings.symptoms.clear();
        findings.details.clear();
        findings.handedness = clinic::Handedness::Unknown;
    });
    forgetVisit();
    m_patientUnsaved = false;
    Q_EMIT patientChanged();
    crossCheck();
}

} // namespace sulcus::session
