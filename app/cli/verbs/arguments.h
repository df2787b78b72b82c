// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/verbs/verbs.h"
#include "core/clinic/cross_check.h"
#include "core/clinic/hospital.h"
#include "core/store/store.h"
#include "core/workflow/workflow.h"

#include <CLI/CLI.hpp>

#include <optional>

/// Arguments that several verbs share, and how they become values.
namespace sulcus::cli {

/// Adds a verb with the options that all have (--json, --models, --db, --progress).
CLI::App* addVerb(Verbs& verbs, const std::string& name, const std::string& description);

/// Refuses numbers below `least` in a sentence that a person can read.
CLI::Validator atLeast(double least);
/// The same for whole numbers, from `least` to `most` if there is a largest one.
CLI::Validator wholeNumber(long long least, std::optional<long long> most = std::nullopt);
/// The same for numbers of which 0 is not one.
CLI::Validator aboveZero();
/// Refuses a folder without a name.
CLI::Validator named();

struct DeviceArguments {
    std::string bundle = "brain-tumour";
    std::string device = "auto";
    bool flips = false;
};
void addDeviceOptions(CLI::App* verb, DeviceArguments& arguments);
/// Errors: a bundle that is not there.
Result<workflow::SegmentOptions> segmentOptions(const DeviceArguments& arguments, const Invocation& invocation);

/// --labels: which numbers a label map uses. Empty: detected.
void addLabelsOption(CLI::App* verb, std::string& labels, const std::string& description);
std::optional<imaging::LabelEra> eraOption(const std::string& labels);

struct ClinicArguments {
    std::vector<clinic::ReportedSymptom> symptoms;
    bool symptomsGiven = false;
    std::string handedness; ///< empty: not said
    std::string patient;
};
void addClinicOptions(CLI::App* verb, ClinicArguments& arguments);

struct HospitalArguments {
    std::string finding = "brain";
    std::string region;
    std::string city;
    std::string near;
    std::string country;
    bool child = false;
    bool seizures = false;
    int limit = 10;
};
void addHospitalOptions(CLI::App* verb, HospitalArguments& arguments);
struct HospitalQuestion {
    clinic::HospitalQuery query;
    std::string from; ///< where distances are measured from, in words
};
/// Errors: a city that the directory does not know.
Result<HospitalQuestion> hospitalQuestion(const HospitalArguments& arguments,
                                          const std::vector<clinic::Hospital>& hospitals);

void addAlignmentOption(CLI::App* verb, std::string& alignment);
workflow::Alignment alignmentOption(const std::string& alignment);

/// A case and a mask of it.
struct CaseAndMask {
    std::shared_ptr<const imaging::Case> imagingCase;
    imaging::LabelMapPtr mask;
    imaging::LabelEra era = imaging::LabelEra::Brats2021;
};
Result<CaseAndMask> openCaseAndMask(const std::filesystem::path& casePath, const std::filesystem::path& maskPath,
                                    const std::string& labels, const TaskContext& task);
/// Any label map. With `grid` a DICOM segmentation object is read onto it, and a map that fills the same box in another
/// order of axes is turned onto it.
Result<imaging::LabelMapPtr> openLabelMap(const std::filesystem::path& file,
                                          const std::optional<imaging::Geometry>& grid, const TaskContext& task);
/// Refuses a map that holds values which its numbering does not have: names them.
Result<void> checkLabels(const imaging::LabelMap& map, imaging::LabelEra era, const std::filesystem::path& file);

/// The knowledge tables and the hospital directory: of the person's database when there is one, else as shipped (then
/// no file is made).
struct Tables {
    std::shared_ptr<const clinic::Knowledge> knowledge;
    std::vector<clinic::Hospital> hospitals;
    std::unique_ptr<store::Store> store;
    bool stored = false; ///< `store` is the person's own database
};
Result<Tables> openTables(const Invocation& invocation);
/// The person's database, to write to; made if it does not exist yet. A verb that only asks takes `openTables`, which
/// also reads a file that cannot be written.
Result<Tables> openDatabase(const Invocation& invocation);

/// Symptoms, handedness and pseudonym: as given, else as the database has them for the patient.
struct ClinicValues {
    std::vector<clinic::ReportedSymptom> symptoms;
    clinic::Handedness handedness = clinic::Handedness::Unknown;
    std::string pseudonym;
    std::int64_t patientId = 0;
    std::string patientReason; ///< which patient was taken and why, in words
};
/// `strict`: a --patient that the database does not know is an error; else it is only a name for the page.
Result<ClinicValues> clinicValues(const ClinicArguments& arguments, const imaging::CaseFiles& files, Tables& tables,
                                  bool strict);

} // namespace sulcus::cli
