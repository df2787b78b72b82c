// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/location.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/clinic/cross_check.h"
#include "core/clinic/hospital.h"
#include "core/imaging/case.h"
#include "core/imaging/comparison.h"
#include "core/report/report_content.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

/// Use cases: what the window and the command line both call. Each is a function over values; each runs on any worker.
namespace sulcus::workflow {

/// Where the program's own files are; found once by `app` (build tree, installed, or given by option).
struct Paths {
    std::filesystem::path models;    ///< folder of bundles
    std::filesystem::path templates; ///< mricron-data's templates
    std::filesystem::path cache;     ///< writable; atlas cache, thumbnails
    std::filesystem::path database;  ///< SQLite file
};

enum class DeviceChoice { Automatic, Cpu, Cuda };

struct SegmentOptions {
    std::filesystem::path bundle; ///< folder of the bundle
    DeviceChoice device = DeviceChoice::Automatic;
    bool keepProbabilities = false;
    bool flipAveraging = false;
    imaging::LabelEra era = imaging::LabelEra::Brats2021; ///< numbering of the result
};

struct SegmentationResult {
    imaging::LabelMapPtr mask; ///< on the case's own grid
    imaging::LabelEra era = imaging::LabelEra::Brats2021;
    struct LabelCount {
        std::uint8_t value = 0;
        std::string code;
        std::size_t voxels = 0;
        double ml = 0.0;
    };
    std::vector<LabelCount> labels;
    std::map<imaging::Target, double> targetMl;
    struct Seconds {
        double load = 0.0; ///< bundle
        double preprocess = 0.0;
        double network = 0.0;
        double postprocess = 0.0;
        double total = 0.0;
    } seconds;
    double peakMb = 0.0;
    std::string device;
    std::string bundleName;
    std::string bundleVersion;
    std::string weightsSha256;
    std::vector<imaging::VolumePtr> probabilities; ///< one per network output when kept, on the case's grid
    std::vector<std::string> probabilityNames;     ///< "WT", "TC", "ET"
    std::vector<Message> warnings;
};

/// Finds and reads a case (folder or single file). Thread: any worker. Errors: those of `imaging::findCase` and
/// `imaging::readCase`.
Result<std::shared_ptr<const imaging::Case>> openCase(const std::filesystem::path& path, const TaskContext& task);

/// Runs a bundle on a case. A loaded network is kept for the next call with the same bundle and device (thread-safe:
/// two calls that need the same network take turns).
///
/// The volumes go to the network reoriented to LPS and come back on the case's own grid. A sequence that the case lacks
/// is passed as missing and named in the warnings. A bundle whose outputs are BraTS regions gives labels in
/// `options.era` (Plain counts as Brats2021); any other bundle gives its own label values and the era Plain.
/// Cancel polled per window. Errors: InvalidInput (the case has none of the bundle's inputs; not a segmentation
/// bundle), and those of `learning::Segmenter`.
Result<SegmentationResult> segment(const imaging::Case& imagingCase, const SegmentOptions& options,
                                   const TaskContext& task);

/// Atlas of this process, loaded once (thread-safe). Cancel polled while waiting for another thread's load.
Result<std::shared_ptr<const anatomy::Atlas>> atlas(const Paths& paths, const TaskContext& task);

enum class Alignment {
    Fixed,
    Registered,
    Automatic, ///< fixed when reliable, else registered
    Deformable ///< registered, then bent; the registration alone, with a note, where the bend is refused
};

/// Where a mask lies in the template. Errors: ShapeMismatch (mask and case differ in size, spacing or direction),
/// InvalidInput (empty mask), and those of the atlas and the registration.
Result<anatomy::Location> locateMask(const imaging::Case& imagingCase, const imaging::LabelMap& mask,
                                     imaging::LabelEra era, const Paths& paths, Alignment alignment,
                                     const TaskContext& task);

/// Verdict for a located mask. Errors: InvalidInput for an unknown symptom (names it and the nearest known ids).
Result<clinic::CrossCheck> crossCheckLocation(const anatomy::Location& location,
                                              const std::vector<clinic::ReportedSymptom>& symptoms,
                                              clinic::Handedness handedness, const clinic::Knowledge& knowledge,
                                              clinic::Language language = clinic::Language::English);

/// InvalidInput ("workflow.symptom_unknown": names it and the nearest known ids) unless all symptoms are known.
Result<void> checkSymptoms(const std::vector<clinic::ReportedSymptom>& symptoms, const clinic::Knowledge& knowledge);

struct ReportRequest {
    std::shared_ptr<const imaging::Case> imagingCase;
    imaging::LabelMapPtr mask;
    imaging::LabelEra era = imaging::LabelEra::Brats2021;
    imaging::LabelMapPtr truth; ///< null: none
    imaging::LabelEra truthEra = imaging::LabelEra::Brats2021;
    std::optional<anatomy::Location> location; ///< computed when empty
    std::vector<clinic::ReportedSymptom> symptoms;
    clinic::Handedness handedness = clinic::Handedness::Unknown;
    std::string patientPseudonym;
    std::shared_ptr<const clinic::Knowledge> knowledge;
    std::vector<clinic::Hospital> hospitals; ///< the directory; ranked here
    clinic::HospitalQuery hospitalQuery;     ///< an empty mainRegion and `seizures` are filled in from what is found
    std::string hospitalsFrom;               ///< where distances are measured from, as a person would say it
    report::Provenance provenance;
    Alignment alignment = Alignment::Automatic;
    std::vector<report::LabelVolume> labelNames; ///< codes and colours of a Plain map's values (ml is ignored)
    clinic::Language language = clinic::Language::English; ///< of the symptoms' names in the verdict's reasons
};

/// Gathers what a report says. A place that cannot be found is a line of the report, not a failure.
/// Errors: ShapeMismatch (mask or truth on another grid), InvalidInput (no case or mask; unknown symptom), Cancelled.
Result<report::ReportContent> makeReport(const ReportRequest& request, const Paths& paths, const TaskContext& task);

} // namespace sulcus::workflow
