// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/registration.h"
#include "core/imaging/components.h"
#include "core/imaging/label_scheme.h"

#include <map>
#include <string>
#include <vector>

namespace sulcus::anatomy {

/// One region's part of a mask.
struct RegionShare {
    Region region = Region::Frontal;
    Side side = Side::Unknown;
    double ml = 0.0;            ///< of the mask inside the region
    double share = 0.0;         ///< of the mask, 0..1
    double shareOfRegion = 0.0; ///< of the region, 0..1 (template volumes)
    bool approximate = false;
};

/// Where one target (WT, TC, ET or any mask) lies.
struct TargetLocation {
    double ml = 0.0;
    double leftShare = 0.0; ///< of the mask left of the template's midline plane, 0..1
    double rightShare = 0.0;
    bool crossesMidline = false;      ///< at least 5 % on either side
    double outsideShare = 0.0;        ///< of the mask that fell outside the atlas' brain; counted to the nearest region
    std::vector<RegionShare> regions; ///< largest first
};

struct ComponentLocation {
    imaging::Component component;
    imaging::WorldPoint centroidWorld;    ///< LPS mm of the case
    imaging::WorldPoint centroidTemplate; ///< LPS mm of the template
    std::optional<Place> place;           ///< at the centroid's nearest mask voxel
};

/// Shortest distance from the whole tumour's surface to a named area, in mm of the case.
struct AreaDistance {
    std::string areaId; ///< "motor_strip", "broca", "wernicke", "internal_capsule", "optic_radiation", or a region code
    Side side = Side::Unknown;
    double mm = 0.0; ///< 0: touched or invaded
    bool approximate = false;
};

struct Location {
    Space space = Space::Unknown;
    std::string method; ///< "fixed", "registered" or "deformable"
    double brainDice = 0.0;
    bool reliable = false;
    std::map<imaging::Target, TargetLocation> targets; ///< WT, TC, ET for BraTS eras; Mask for Plain
    std::vector<ComponentLocation> components;         ///< of the whole tumour, largest first
    std::vector<AreaDistance> distances;               ///< nearest first
    std::vector<Message> notes;

    /// WT if present, else Mask.
    const TargetLocation& whole() const;
};

/// Thread: any worker. Errors: InvalidInput (empty mask: "anatomy.mask_empty"), Unsupported (no alignment), Cancelled.
Result<Location> locate(const imaging::LabelMap& mask, imaging::LabelEra era, const TemplateAlignment& alignment,
                        const Atlas& atlas, const TaskContext& task);

} // namespace sulcus::anatomy
