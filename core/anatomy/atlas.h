// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/region.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/volume.h"

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::anatomy {

/// A place in the atlas: region, side, and the finer label of the source atlas where there is one.
struct Place {
    Region region = Region::Frontal;
    Side side = Side::Unknown; ///< Left or Right; Both for midline structures
    std::string structure;     ///< source label ("Precentral_L"), empty where the gap was filled
    bool filled = false;       ///< taken from the nearest label
};

/// An area that a student must know before a knife comes near it. Both come from atlas labels of many healthy brains:
/// where the function lies in one patient only a functional examination tells.
struct NamedArea {
    std::string id;            ///< "motor_strip", "broca", "wernicke", "internal_capsule", "optic_radiation"
    Side side = Side::Unknown; ///< Left or Right
    bool approximate = false;  ///< cut out of a larger label by position
};

/// The outer voxels of a named area, or of one region on one side, in template space.
struct AreaSurface {
    std::string areaId; ///< id of the named area, or a region code
    Side side = Side::Unknown;
    bool approximate = false;
    bool isRegion = false;
    std::vector<std::array<float, 3>> points; ///< LPS mm
};

/// Regions of the brain in template space (the ch2 template of mricron-data, MNI, LPS mm, 1 mm grid).
///
/// Immutable once loaded; share it as shared_ptr<const Atlas> between threads.
class Atlas {
public:
    /// Builds from AAL, JHU and ch2bet under `templates` (usually /usr/share/mricron/templates), or reads the cache
    /// that an earlier build left in `cacheFolder`. Errors: NotFound (names the Debian package to install), Unreadable,
    /// Cancelled.
    static Result<std::shared_ptr<const Atlas>> load(const std::filesystem::path& templates,
                                                     const std::filesystem::path& cacheFolder, const TaskContext& task);
    ~Atlas();

    /// 181x217x181 voxels of 1 mm, axes to Left, Posterior, Superior.
    const imaging::Geometry& geometry() const;
    /// The skull-stripped T1 template on `geometry()`.
    imaging::VolumePtr brain() const;
    /// Place at a point of template space (LPS mm); empty outside the brain.
    std::optional<Place> at(imaging::WorldPoint templatePoint) const;
    /// As `at`, but a point up to 15 mm outside the brain gets the nearest place of its own side.
    std::optional<Place> nearest(imaging::WorldPoint templatePoint) const;
    /// Volume of a region on one side in the template, ml (Side::Both = the whole region).
    double regionMl(Region region, Side side) const;
    /// One byte per template voxel: 0 outside, else index into `places()` + 1. For surfaces and tints.
    const imaging::LabelMap& placeMap() const;
    const std::vector<Place>& places() const;
    /// As `placeMap`, grown outwards by up to 15 mm.
    const imaging::LabelMap& nearestMap() const;
    /// One byte per template voxel: 0, else index into `areas()` + 1.
    const imaging::LabelMap& areaMap() const;
    const std::vector<NamedArea>& areas() const;
    /// Surfaces of all areas and regions, made on first use (some 50 ms). Thread-safe.
    const std::vector<AreaSurface>& surfaces() const;

private:
    struct Impl;
    explicit Atlas(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sulcus::anatomy
