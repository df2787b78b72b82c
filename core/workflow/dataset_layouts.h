// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace sulcus::workflow {

/// One image with its labels, as it lies in a folder of training data.
struct DatasetItem {
    enum class Kind {
        BratsCase, ///< a case folder with four sequences and a truth; `image` is the folder
        Pair,      ///< two image files
        ArraySet   ///< two NumPy files of many slices or patches, `index` a CSV or empty
    };
    Kind kind = Kind::Pair;
    std::string layout; ///< "brats", "image-mask-pairs", "orig-liver", "numpy"
    std::string name;
    std::string patient; ///< of a BraTS case or pair; an array set names patients row by row
    std::filesystem::path image;
    std::filesystem::path label;
    std::filesystem::path index;
};

/// What a folder holds to learn from, told by names alone:
///  - a BraTS case folder, or a folder of them;
///  - `2d_images/X.tif` with `2d_masks/X.tif`, and `3d_images/IMG_X.nii.gz` with `3d_images/MASK_X.nii.gz`;
///  - `X_orig.nii.gz` with `X_liver.nii.gz`, and `X_ct.nii.gz` with `X_lungmask.nii.gz`;
///  - `[X_]image_u8.npy.gz` with `[X_]label_u8.npy.gz` and, if there is one, `[X_]index.csv`.
/// Sorted by name. Errors: NotFound (no such folder; nothing in it to learn from: says which layouts are known),
/// Unreadable (the folder may not be read).
Result<std::vector<DatasetItem>> findDataset(const std::filesystem::path& folder);

/// May the folder be listed? Errors: InvalidInput ("workflow.not_a_folder"), Unreadable ("workflow.folder_unreadable"):
/// it exists and may not.
Result<void> checkReadable(const std::filesystem::path& folder);

/// The patient of a slice or file: the name without a trailing slice mark ("ID_0000_Z_0142" -> "ID_0000").
std::string patientOfName(const std::string& name);

} // namespace sulcus::workflow
