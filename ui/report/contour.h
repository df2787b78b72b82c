// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPainterPath>
#include <functional>

namespace sulcus::paint {

/// Outlines of the pixels for which `inside(column, row)` holds, in pixel coordinates with pixel centres on integers:
/// closed lines half-way between inside and outside centres (marching squares; diagonal neighbours stay apart), with
/// the corners of the grid rounded by one step of Chaikin's scheme (Chaikin 1974), which moves no point by more than
/// a quarter of a pixel.
QPainterPath contour(int columns, int rows, const std::function<bool(int, int)>& inside);

} // namespace sulcus::paint
