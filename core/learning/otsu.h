// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/spec.h"

#include <cstddef>
#include <string>
#include <vector>

namespace sulcus::learning {

/// The number that divides values into two groups of least spread, among 256 equal steps of their range; what is not
/// finite is passed over. Equal values: that value. Source: Otsu 1979.
float otsuThreshold(const std::vector<float>& values);

/// The simplest rival of a segmentation network: everything brighter, or darker, than Otsu's threshold of the case
/// itself. It is given the choice of the input and the side with the truth in hand, which a network never has.
class OtsuRival {
public:
    OtsuRival(std::vector<std::string> inputs, std::vector<OutputSpec> outputs);

    /// One case: `image` [inputs][voxels], `labels` [voxels] with 255 = unknown. With `onlyNonZero` a voxel of value 0
    /// is background: it takes no part in the threshold and is never marked (skull-stripped MRI). Asks
    /// `pollInterruption` for each input.
    void add(const float* image, const unsigned char* labels, std::size_t voxels, bool onlyNonZero);

    struct Score {
        std::string output;
        std::string input;
        bool bright = true;
        double dice = 0.0; ///< mean over the cases of the best input and side
    };
    /// One an output; empty before a case was added.
    std::vector<Score> scores() const;

private:
    std::vector<std::string> m_inputs;
    std::vector<OutputSpec> m_outputs;
    std::vector<double> m_sums; ///< [output][input][dark, bright]
    std::size_t m_cases = 0;
};

} // namespace sulcus::learning
