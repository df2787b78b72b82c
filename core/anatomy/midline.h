// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/registration.h"

#include <optional>

namespace sulcus::anatomy {

/// The plane about which a brain is most nearly its own mirror image: `normal` (unit, pointing to the patient's left in
/// LPS) dot p = `distance`, in mm of the case.
struct MidlinePlane {
    std::array<double, 3> normal{1, 0, 0};
    double distance = 0.0;
    /// Signed distance, positive on the left.
    double of(imaging::WorldPoint p) const { return normal[0] * p.x + normal[1] * p.y + normal[2] * p.z - distance; }
};

/// The volume of a case in which white matter, grey matter and fluid are most like the template's: T1, else T1 with
/// contrast, else what there is. Null when there is none.
const imaging::Volume* structuralVolume(const imaging::Case& imagingCase);

/// The plane that `toTemplate` sends to x = 0.
MidlinePlane midlineOf(const AffineTransform& toTemplate);

/// Looks near `start` (within 8 mm and 8 degrees) for the plane with the least squared difference between the volume
/// and its mirror image; voxels of `tumour` and their mirror images do not count (null: none). Empty when the search
/// ends at its bounds or the volume is blank. Some 50 ms.
std::optional<MidlinePlane> findMidline(const imaging::Volume& volume, const imaging::LabelMap* tumour,
                                        const MidlinePlane& start);

/// `toTemplate` changed so that `plane` goes to x = 0 and directions across it go to x alone; points of the plane keep
/// their y and z, the scale across stays. Which side a
/// voxel lies on is then said by the patient's own midline and not by that of the one brain that was the template.
AffineTransform withMidline(const AffineTransform& toTemplate, const MidlinePlane& plane);

} // namespace sulcus::anatomy
