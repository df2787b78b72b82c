// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/grids.h"

#include <cmath>
#include <sstream>

namespace sulcus::workflow {

std::string describeGrid(const imaging::Geometry& geometry) {
    std::ostringstream text;
    text.precision(4);
    const auto& n = geometry.size;
    const auto& mm = geometry.spacing;
    text << n[0] << " x " << n[1] << " x " << n[2] << " voxels of " << mm[0] << " x " << mm[1] << " x " << mm[2]
         << " mm";
    return text.str();
}

Result<void> checkSameGrid(const imaging::Geometry& grid, const imaging::Case& imagingCase, const char* messageId) {
    if (imaging::sameGridIgnoringOrigin(grid, imagingCase.geometry()))
        return {};
    return fail(ErrorCode::ShapeMismatch, messageId,
                {{"size", describeGrid(grid)},
                 {"case", imagingCase.files.id},
                 {"case_size", describeGrid(imagingCase.geometry())}});
}

} // namespace sulcus::workflow
