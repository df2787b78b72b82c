// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace sulcus::learning {

/// An array of numbers as NumPy stores it, C order (last axis fastest), values converted to float.
struct NumberArray {
    std::vector<std::size_t> shape;
    std::vector<float> values;
};

/// Reads `.npy` and gzipped `.npy.gz`: little-endian bool, (u)int8/16/32, float32/64, C order.
/// Errors: NotFound, Unreadable (not NumPy, cut short), Unsupported (type or Fortran order).
/// Source: NumPy enhancement proposal 1, the .npy format.
Result<NumberArray> readNpy(const std::filesystem::path& file);

} // namespace sulcus::learning
