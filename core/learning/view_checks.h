// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/learning/field.h"

#include <string>
#include <vector>

namespace sulcus::learning {

/// Signs that the pictures of a patient ([1, 1, H, W] each, raw grey values) are no angiography, as warnings for a
/// person: slices of a CT or MRI, photographs, pictures with bright vessels. A warning never stops a run.
///
/// A view of an angiography has thin dark lines on a brighter ground. It is told by two statistics over a disc within
/// the picture (outside the field of a round image intensifier there is nothing):
///  - what lies darker than its surroundings by no more than a vessel's width weighs more than what lies brighter;
///  - once such lines are filled, little is as dark as they were. Slices are dark wherever there is air.
/// The numbers behind it stand in the source. `learning.warn_not_angiography` when half of the views or more fail.
/// `learning.warn_same_views` when views equal another one in every pixel.
std::vector<Message> checkViews(const std::vector<Field>& views);

/// Did a network learn from made-up pictures alone? So says what `Bundle::trainingData` begins with: "Synthetic only:
/// 1200 made-up patients ...".
bool trainedOnSyntheticAlone(const std::string& trainingData);

} // namespace sulcus::learning
