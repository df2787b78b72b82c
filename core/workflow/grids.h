// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/imaging/case.h"

#include <string>

namespace sulcus::workflow {

/// ShapeMismatch with `messageId` unless `grid` has the case's size, spacing and direction (the origin may differ).
/// Parameters of the message: size, case, case_size.
Result<void> checkSameGrid(const imaging::Geometry& grid, const imaging::Case& imagingCase, const char* messageId);

/// "240 x 240 x 155 voxels of 1 x 1 x 1 mm"
std::string describeGrid(const imaging::Geometry& geometry);

} // namespace sulcus::workflow
