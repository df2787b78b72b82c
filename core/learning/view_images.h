// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/learning/field.h"
#include "core/learning/spec.h"

#include <vector>

namespace sulcus::learning {

/// Spreads the grey values of one picture evenly over 0..255, as the angiography forerunner did: value v becomes
/// 255 (n(v) - n(lowest)) / (N - n(lowest)), n(v) = pixels of v or less. Values outside 0..255 (12-bit frames) are
/// first scaled to it; a picture of one value stays as it is. Source: Gonzalez and Woods, "Digital Image Processing",
/// 3.3.
void equaliseHistogram(std::vector<float>& values);

/// A picture [C, 1, H, W] of another size, by Keys' cubic convolution (a = -0.5). Shrinking widens the kernel by the
/// same factor, so that thin vessels fade instead of breaking up. Edges repeat. Source: Keys 1981.
Field resizedCubic(const Field& image, int height, int width);

/// What a classification network sees of one patient: each view ([1, 1, H, W], raw grey values, any size) equalised if
/// the spec says so, brought to the spec's `patch` and normalised; the views stacked as channels [views, 1, H, W].
/// The only way into a cache and into inference. Errors: ShapeMismatch ("learning.view_count": not as many views as
/// the spec has inputs), InvalidInput ("learning.image_empty": a view of one grey value, or of no pixels).
Result<Field> prepareViews(const std::string& name, const std::vector<Field>& views, const NetworkSpec& spec);

} // namespace sulcus::learning
