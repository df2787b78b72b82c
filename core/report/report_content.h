// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/location.h"
#include "core/base/error.h"
#include "core/clinic/cross_check.h"
#include "core/clinic/hospital.h"
#include "core/imaging/case.h"
#include "core/imaging/comparison.h"
#include "core/report/brain_views.h"

#include <array>
#include <functional>
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
    bool readFromFile = false; ///< then nobody knows whether it was edited before that
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
    std::shared_ptr<const BrainViews> brain;            ///< of `brainViews(atlas)`; null: no brain picture is drawn
    std::vector<clinic::RankedHospital> hospitals;
    clinic::Finding finding = clinic::Finding::BrainTumour; ///< what the hospitals were ranked for
    std::string hospitalsFrom; ///< where distances are measured from, as a person would say it; empty: not said
    std::vector<Message> warnings;
    Provenance provenance;
};

/// Volumes per label of `mask`, in the scheme's display order; values that the scheme lacks follow, coded "label_7".
/// Labels of a BraTS scheme are listed even when empty (0 ml), those of a plain map only when present.
std::vector<LabelVolume> labelVolumes(const imaging::LabelMap& mask, imaging::LabelEra era);

/// WT, TC and ET for the BraTS eras, Mask for a plain map; ml.
std::map<imaging::Target, double> targetVolumes(const imaging::LabelMap& mask, imaging::LabelEra era);

/// Axial, sagittal and coronal slices through the largest component of the whole tumour (of the mask for a plain map),
/// each showing the sequence that serves it best of those at hand: FLAIR, and T1ce in the coronal picture. Through the
/// middle of the grid when the mask is empty or null. Empty only when the case has no volume; a one-slice image gives
/// one picture.
std::vector<SliceFigure> figuresThroughLargest(const imaging::Case& imagingCase, const imaging::LabelMap* mask,
                                               imaging::LabelEra era);

/// Which array axis (0..2) is normal to `plane`, by the grid's own orientation; a grid without one is taken as stored
/// (axis 2 normal to the axial plane, 0 to the sagittal, 1 to the coronal).
int normalAxis(const imaging::Geometry& geometry, Plane plane);

/// "axial", "sagittal", "coronal".
std::string toString(Plane plane);
/// "brain_tumour", "lung_lesion", "liver_lesion", "aneurysm".
std::string toString(clinic::Finding finding);

/// The twin of the picture, for programs: one JSON object, UTF-8, two spaces of indent, keys always in this order and
/// always present. What does not exist is null (never NaN, never left out); an empty list is []. A MESSAGE is
/// {"id", "parameters": {name: text}, "text"}, text being null unless `sentence` is given.
///
/// format               "sulcus.report"
/// format_version       1
/// program              {"name", "version"}
/// purpose              "Education and research only. Not for diagnosis."
/// created_at           ISO 8601 UTC | null
/// case                 id
/// patient              pseudonym | null
/// synthetic            true | false
/// grid                 {"size": [3], "spacing_mm": [3], "oriented"} | null (no case)
/// sequences            ["flair", ...]
/// label_era            "brats2021" | "brats2023" | "plain"
/// labels               [{"value", "code", "colour": "#rrggbb", "ml"}]
/// targets              {"WT": {"ml"}, ...}
/// comparison           COMPARISON | null: {"regions": {"WT": {"dice", "iou", "hd95_mm", "sensitivity", "specificity",
///                      "ml_prediction", "ml_truth"}}, "accuracy"}
/// location             LOCATION | null: {"space", "method", "reliable", "brain_dice", "side": {"left", "right"},
///                      "crosses_midline", "outside_share", "regions": [REGION], "targets": {"WT": {"ml", "side",
///                      "crosses_midline", "outside_share", "regions"}}, "components": [{"ml", "voxels",
///                      "first_voxel": [3], "last_voxel": [3], "centroid_voxel": [3], "centroid_world_mm": [3],
///                      "centroid_template_mm": [3], "region" | null, "side" | null, "structure" | null}],
///                      "distances": [{"area", "side", "mm", "approximate"}], "notes": [MESSAGE]};
///                      REGION is {"code", "side", "ml", "share", "share_of_region", "approximate"}
/// location_problem     MESSAGE | null
/// handedness           "unknown" | "right" | "left"
/// symptoms             [{"id", "side", "name" | null}]
/// cross_check          CROSS_CHECK | null: {"verdict", "main_region" | null, "reasons": [MESSAGE], "unexplained":
/// [id],
///                      "expected": [id], "regions": [{"code", "mask_share", "suggestion": "none"|"weak"|"strong",
///                      "strength_sum", "score"}], "links": [{"symptom", "region" | null, "strength", "side_rule",
///                      "symptom_side", "points_to", "in_mask", "side_fit": "no_statement"|"fits"|"contradicts",
///                      "note", "sources": [key]}], "cautions": [MESSAGE]}
/// sources              [{"key", "title", "where"}] of every key that cross_check.links names, by key
/// hospitals            {"finding", "from" | null, "to_verify": true, "list": [{"id", "name", "name_local", "city",
///                      "region", "country", "km" | null, "matching": [code], "departments": [{"code", "verified"}],
///                      "website" | null, "score"}]}
/// figures              [{"plane", "sequence", "voxel": [3], "slice": index along the normal, "mm": world | null}]
/// warnings             [MESSAGE]
/// provenance           {"bundle" | null, "bundle_version" | null, "weights_sha256" | null, "device" | null,
///                      "edited" | null (a mask that was read from a file), "alignment_method" | null}
using SentenceMaker = std::function<std::string(const Message&)>;
std::string toJson(const ReportContent& content, const SentenceMaker& sentence = {});

/// Parts of the twin by themselves (objects as described above), so that every verb speaks with the same keys.
std::string toJson(const imaging::Comparison& comparison);
std::string toJson(const anatomy::Location& location, const SentenceMaker& sentence = {});
std::string toJson(const clinic::CrossCheck& crossCheck, const SentenceMaker& sentence = {});

} // namespace sulcus::report
