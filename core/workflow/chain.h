// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/bundle.h"
#include "core/store/store.h"
#include "core/workflow/workflow.h"

/// One action from a folder to a report: open -> segment -> the patient's stored symptoms -> verdict -> hospitals ->
/// report. The database is touched in two short steps (`patientOfCase`, `recordChain`) so that the window runs them on
/// its Store lane and the long middle (`runChain`) on the Compute lane.
namespace sulcus::workflow {

/// How a case came to its patient.
enum class PatientTie {
    None,
    Named, ///< a person named the pseudonym
    Place  ///< the database ties the case at this place on disk to the patient
};

/// What the database knows of the patient to whom a case belongs.
struct PatientContext {
    std::optional<store::Patient> patient;
    PatientTie tie = PatientTie::None;
    std::optional<store::Patient> namesake;        ///< as store::CaseOwner has it: to ask, never to take
    std::optional<store::Visit> visit;             ///< the latest
    std::vector<clinic::ReportedSymptom> symptoms; ///< of that visit
};

/// Where the database looks for a case: its folder, or the file of a single volume.
std::filesystem::path placeOf(const imaging::CaseFiles& files);

/// The patient that `pseudonym` names, or, when it is empty, the one to whom the case at this place belongs. The name
/// of a case alone never gives a patient. An unknown case is an empty context; an unknown pseudonym is NotFound.
/// Thread: the one that owns the store.
Result<PatientContext> patientOfCase(store::Store& store, const imaging::CaseFiles& files,
                                     const std::string& pseudonym = {});

struct ChainRequest {
    std::filesystem::path casePath;                   ///< opened when `imagingCase` is null
    std::shared_ptr<const imaging::Case> imagingCase; ///< an already opened case
    imaging::LabelMapPtr mask;                        ///< null: segment
    imaging::LabelEra maskEra = imaging::LabelEra::Brats2021;
    SegmentOptions segmentation; ///< `era` is replaced by the case's own when `eraOfCase`
    bool eraOfCase = true;
    std::vector<clinic::ReportedSymptom> symptoms;
    clinic::Handedness handedness = clinic::Handedness::Unknown;
    std::string patientPseudonym;
    std::shared_ptr<const clinic::Knowledge> knowledge;
    std::vector<clinic::Hospital> hospitals;
    clinic::HospitalQuery hospitalQuery;
    std::string hospitalsFrom; ///< where distances are measured from, as a person would say it
    Alignment alignment = Alignment::Automatic;
    std::string programVersion;
    std::string createdAt; ///< ISO 8601 UTC; empty: now
};

struct ChainResult {
    std::shared_ptr<const imaging::Case> imagingCase;
    std::optional<SegmentationResult> segmentation; ///< empty when a mask was given
    report::ReportContent content;                  ///< mask, place, verdict, hospitals
};

/// Thread: any worker. Errors: those of `openCase`, `segment` and `makeReport`.
Result<ChainResult> runChain(const ChainRequest& request, const Paths& paths, const TaskContext& task);

/// Files that a surface wrote for a chain; empty paths were not written.
struct ChainFiles {
    std::filesystem::path mask;
    std::filesystem::path report;
};

/// Notes study, segmentation, cross-check and report in the database. `crossCheckJson` is the whole answer.
/// Thread: the one that owns the store.
Result<void> recordChain(store::Store& store, const ChainResult& chain, const ChainFiles& files,
                         const std::string& crossCheckJson, std::int64_t patientId = 0);

/// What a bundle looks for, by its name and outputs: lung, liver, aneurysm; else a brain tumour.
clinic::Finding findingOf(const learning::Bundle& bundle);

/// Now as ISO 8601 UTC, "2024-05-01T12:00:00Z".
std::string nowUtc();

} // namespace sulcus::workflow
