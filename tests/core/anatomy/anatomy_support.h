// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/registration.h"
#include "core/imaging/brats_space.h"
#include "core/imaging/case.h"

#include <cmath>
#include <filesystem>
#include <memory>
#include <numbers>

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

/// Turned, grown and shifted about a point.
inline AffineTransform planted(imaging::WorldPoint middle, double degrees, int axis, double shiftMm, double scale) {
    const double angle = degrees * std::numbers::pi / 180.0;
    const double c = scale * std::cos(angle);
    const double s = scale * std::sin(angle);
    AffineTransform t;
    t.matrix = axis == 0   ? std::array<double, 9>{scale, 0, 0, 0, c, -s, 0, s, c}
               : axis == 1 ? std::array<double, 9>{c, 0, s, 0, scale, 0, -s, 0, c}
                           : std::array<double, 9>{c, -s, 0, s, c, 0, 0, 0, scale};
    const imaging::WorldPoint moved = t.apply(middle);
    const double each = shiftMm / std::sqrt(3.0);
    t.offset = {middle.x - moved.x + each, middle.y - moved.y - each, middle.z - moved.z + each};
    return t;
}

} // namespace sulcus::anatomy::testing
