// SPDX-License-Identifier: Apache-2.0
#pragma once

// Inside of core/anatomy: what an Atlas consists of, and the steps that make, keep and read it.

#include "core/anatomy/atlas.h"

#include <cstdint>

namespace sulcus::anatomy {

struct AtlasData {
    imaging::VolumePtr brain;
    imaging::LabelMap placeMap;   ///< inside the brain (and the boxes) only
    imaging::LabelMap nearestMap; ///< the same, grown outwards by kReachMm
    imaging::LabelMap areaMap;
    std::vector<Place> places;
    std::vector<NamedArea> areas;
};

/// How far outside the template's brain a point is still given to the nearest place: brains differ by a centimetre and
/// more at the surface, and a tumour at the cortex must not fall off the map.
inline constexpr double kReachMm = 15.0;

/// The template files the atlas is made of.
struct TemplateFiles {
    std::filesystem::path brain;
    std::filesystem::path structures;
    std::filesystem::path structureNames;
    std::filesystem::path tracts;
    std::filesystem::path cytoarchitecture;
    std::vector<std::filesystem::path> all() const {
        return {brain, structures, structureNames, tracts, cytoarchitecture};
    }
};
TemplateFiles templateFiles(const std::filesystem::path& folder);

/// Seconds of work. Errors: Unreadable, NotFound, Cancelled.
Result<AtlasData> buildAtlas(const TemplateFiles& files, const TaskContext& task);

/// Fingerprint of the contents of the template files; a cache of another fingerprint is not used.
Result<std::uint64_t> fingerprint(const TemplateFiles& files);
std::filesystem::path cacheFile(const std::filesystem::path& cacheFolder);
/// Empty when there is no cache, or when it is of another version or fingerprint, or damaged.
std::optional<AtlasData> readAtlasCache(const std::filesystem::path& file, std::uint64_t sourceFingerprint);
/// Writes to a temporary name, then renames. False when the folder cannot be written.
bool writeAtlasCache(const AtlasData& data, const std::filesystem::path& file, std::uint64_t sourceFingerprint);

} // namespace sulcus::anatomy
