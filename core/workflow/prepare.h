// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::workflow {

struct PrepareOptions {
    std::filesystem::path plan;              ///< models/plans/<name>.json
    std::vector<std::filesystem::path> data; ///< folders; see `findDataset` for their layouts
    /// Images that show nothing of what is learnt, of which a 2-D plan takes every slice with empty labels: files,
    /// folders of a DICOM series, sets of slices ("image_u8.npy.gz"). Their names begin "empty_".
    std::vector<std::filesystem::path> empty;
    std::filesystem::path cache; ///< folder to fill
    /// Cases, pairs and slices with a smaller labelled share (0..1) are left out; empty: as the plan says. Of a volume
    /// the share is that of the box round its values that are not zero, which is what a cache keeps of it.
    std::optional<double> smallestShare;
    double mostMb = 0.0;                         ///< stop when the cache has grown to this; 0 = no limit
    std::map<std::string, std::string> patients; ///< case name -> patient, where the name does not say it
    bool replace = false;                        ///< of a cache that is there already
};

struct PreparedSample {
    std::string name;
    std::string patient;
    std::string layout;
};

struct LeftOut {
    std::string name;
    Message reason;
};

struct PrepareSummary {
    std::vector<PreparedSample> samples;
    std::vector<LeftOut> leftOut;
    double mb = 0.0; ///< of the cache, 10^6 bytes
};

/// Fills a training cache from folders of data: reads, reorients to LPS, normalises and resamples as the plan says.
///
/// A 2-D plan takes the axial slices of each volume, as the header says where axial is, one sample each, and leaves out
/// slices under the minimum labelled share one by one.
///
/// Left out, each with its reason: a case without truth, a labelled share under the minimum, an image that stands in
/// twice (same bytes, or a picture of the same look that was packed again), another number of channels than the plan's
/// inputs, a slice for a 3-D plan, an empty or unreadable image. A BraTS truth of 2023+ is renumbered to that of 2021,
/// in which plans speak. Masks of 0 and 255 are read as 0 and 1. Cancelled or failed: the unfinished cache is removed,
/// and one that was to be replaced stays.
///
/// The plan's "preparation.sources" (models/README.md) say what is done with one source of data: kept aside, renamed,
/// thinned out, copied into Hounsfield units.
///
/// A plan of the task "classification" reads folders of eight-view angiography (`findViewSets`); an output of the plan
/// finds its column in the table by name, upper and lower case alike.
///
/// Thread: any worker. Cancel polled within an item. Errors: those of the plan, `findDataset` and the cache;
/// InvalidInput (nothing was left to learn from; "workflow.patients_match_nothing": `patients` names no case of the
/// data).
Result<PrepareSummary> prepare(const PrepareOptions& options, const TaskContext& task);

/// Reads a CSV for `PrepareOptions::patients`: a heading with the words "name" and "patient" says which column is
/// which, else the first is the name and the second the patient. Errors: NotFound, Unreadable (no line), InvalidInput
/// ("workflow.patients_line_empty": a name without a patient, by line).
Result<std::map<std::string, std::string>> readPatients(const std::filesystem::path& file);

/// Does a table of patients speak of these cases at all? One that names none of them, by a misspelling, would leave a
/// patient's images on both sides of a split. Errors: InvalidInput ("workflow.patients_match_nothing").
Result<void> checkPatients(const std::map<std::string, std::string>& patients, const std::vector<std::string>& names);

} // namespace sulcus::workflow
