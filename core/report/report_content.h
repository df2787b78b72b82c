// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/location.h"
#include "core/base/error.h"
#include "core/clinic/cross_check.h"
#include "core/clinic/hospital.h"
#include "core/imaging/case.h"
#include "core/imaging/comparison.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::report {

enum class Plane { Axial, Sagittal, Coronal };

/// A slice to be drawn with the mask's contours.
struct SliceFigure {
    Plane plane = Plane::Axial;
    imaging::Sequence sequence = imaging::Sequence::Flair;
    imaging::VoxelIndex centre; ///< the slice goes through this voxel of the case's grid
};

/// Where the mask came from.
struct Provenance {
    std::string programVersion;
    std::string bundleName; ///< empty: the mask was given, not made here
    std::string bundleVersion;
    std::string weightsSha256;
    std::string device;
    bool edited = false;
    std::string createdAt; ///< ISO 8601 UTC
    std::string alignmentMethod;
};

struct LabelVolume {
    std::uint8_t value = 0;
    std::string code;
    std::array<std::uint8_t, 3> colour{};
    double ml = 0.0;
};

/// Everything a report says, as values; how it looks is ui/report's matter.
struct ReportContent {
    std::shared_ptr<const imaging::Case> imagingCase;
    imaging::LabelMapPtr mask;
    imaging::LabelEra era = imaging::LabelEra::Brats2021;
    std::string caseId;
    std::string patientPseudonym; ///< empty: none given
    bool synthetic = false;

    std::vector<SliceFigure> figures; ///< axial, sagittal, coronal through the largest component
    std::vector<LabelVolume> labels;
    std::map<imaging::Target, double> targetMl;
    std::optional<imaging::Comparison> comparison; ///< when a truth was given
    std::optional<anatomy::Location> location;
    std::optional<Message> locationProblem; ///< why there is no place
    std::vector<clinic::ReportedSymptom> symptoms;
    clinic::Handedness handedness = clinic::Handedness::Unknown;
    std::optional<clinic::CrossCheck> crossCheck;
    std::shared_ptr<const clinic::Knowledge> knowledge; ///< names and sources for what the lists mention
    std::vector<clinic::RankedHospital> hospitals;
    std::vector<Message> warnings;
    Provenance provenance;
};

/// The twin of the picture, for programs. Keys are described in resources/schema/cli.schema.json.
std::string toJson(const ReportContent& content);

} // namespace sulcus::report
