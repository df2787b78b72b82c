// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/label_scheme.h"
#include "core/imaging/volume.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sulcus::imaging {

/// One MRI contrast, or what else a volume of a case is.
enum class Sequence { Flair, T1, T1ce, T2, Ct, Other };
std::string toString(Sequence sequence); ///< "flair", "t1", "t1ce", "t2", "ct", "other"
std::optional<Sequence> sequenceFromString(std::string_view text);

enum class CaseKind { BratsMri, SingleVolume };

/// What a folder (or file) holds, found by names alone; nothing is read yet.
struct CaseFiles {
    std::string id;               ///< folder or file name without extensions
    std::filesystem::path folder; ///< of the case; of a single file, its parent
    CaseKind kind = CaseKind::BratsMri;
    LabelEra era = LabelEra::Brats2021;                ///< by the naming convention
    std::map<Sequence, std::filesystem::path> volumes; ///< files; a folder for a DICOM series or a stack of pictures
    std::optional<std::filesystem::path> truth;
    std::vector<Sequence> missing;        ///< of the four, for a BraTS case
    std::optional<std::string> seriesUid; ///< which DICOM series of a folder to read; the largest when empty
    int seriesPart = 0;                   ///< which part of that series (DicomSeries::part)
    int timePoint = 0;                    ///< which volume of a 4-D file (single volumes only)
};

/// Recognises 2017-2021 (`_flair _t1 _t1ce _t2 _seg`) and 2023+ (`-t2f -t1n -t1c -t2w -seg`) names, either with `_` or
/// `-`, T1ce as `t1c` and `t1gd`, too, `.nii` and `.nii.gz`; the truth bears the sequences' name or is the only
/// `_segm`. A single image file becomes a SingleVolume, with its mask as the truth when one lies beside it under the
/// names of the known data sets (IMG_x and MASK_x, x_orig and x_liver, x_ct and x_lungmask, 2d_images and 2d_masks).
/// DICOM is looked for first, and where no image lies in the folder itself four levels deep; what Sulcus saved there
/// (masks, reports, views) is no image of the case. Errors: NotFound (no such path, or no image in it: says which names
/// are expected), Unsupported.
Result<CaseFiles> findCase(const std::filesystem::path& path);

struct CaseVolume {
    Sequence sequence = Sequence::Other;
    VolumePtr volume;
};

/// An opened case. All volumes share one grid.
struct Case {
    CaseFiles files;
    std::vector<CaseVolume> volumes; ///< in the order flair, t1, t1ce, t2 for BraTS; missing ones are absent
    LabelMapPtr truth;               ///< null when there is none
    bool synthetic = false;          ///< a demo case: said wherever it is shown
    std::vector<Message> warnings;   ///< missing sequence, differing origin, ...

    const Geometry& geometry() const { return volumes.front().volume->geometry; }
    VolumePtr find(Sequence sequence) const; ///< null when absent
};

/// Reads all volumes in parallel. A truth that lies elsewhere (same size, spacing, direction) is accepted with a
/// warning; one in another order of axes over the same box is turned. Thread: any worker. Cancel: between files.
/// Errors: NotFound, Unreadable, ShapeMismatch (names both files and their sizes), Unsupported, OutOfMemory (names the
/// size), Cancelled.
Result<Case> readCase(const CaseFiles& files, const TaskContext& task);

} // namespace sulcus::imaging
