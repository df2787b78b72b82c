// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/atlas.h"
#include "core/imaging/brats_space.h"
#include "core/imaging/case.h"

#include <filesystem>
#include <memory>

namespace sulcus::anatomy::testing {

inline const std::filesystem::path kTemplates = "/usr/share/mricron/templates";
inline const std::filesystem::path kCache = std::filesystem::path(SULCUS_BINARY_DIR) / "tests" / "atlas-cache";
inline const std::filesystem::path kData =
    std::filesystem::path(SULCUS_SOURCE_DIR) / ".." / "shared" / "data" / "brain";

inline bool templatesInstalled() { return std::filesystem::exists(kTemplates / "aal.nii.gz"); }

/// The atlas of this machine, from the cache that all tests share. Null when it cannot be had.
inline std::shared_ptr<const Atlas> atlas() {
    static const std::shared_ptr<const Atlas> shared = [] {
        auto loaded = Atlas::load(kTemplates, kCache, TaskContext{});
        return loaded ? *loaded : nullptr;
    }();
    return shared;
}

/// A point as books give it (MNI: right, anterior, superior) in template space (LPS mm).
inline imaging::WorldPoint mni(double right, double anterior, double superior) { return {-right, -anterior, superior}; }

/// A label map on the BraTS grid with every voxel 0.
inline imaging::LabelMap emptyBratsMask() {
    imaging::LabelMap mask;
    mask.geometry = imaging::bratsGeometry();
    mask.voxels.assign(mask.geometry.voxelCount(), 0);
    return mask;
}

} // namespace sulcus::anatomy::testing
