// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/case_fit.h"

#include <algorithm>

namespace sulcus::workflow {

imaging::VolumePtr volumeFor(const imaging::Case& imagingCase, const std::vector<std::string>& inputs,
                             const std::string& input) {
    if (const auto sequence = imaging::sequenceFromString(input)) {
        if (auto volume = imagingCase.find(*sequence))
            return volume;
    }
    const bool single = imagingCase.files.kind == imaging::CaseKind::SingleVolume && imagingCase.volumes.size() == 1;
    if (single && inputs.size() == 1)
        return imagingCase.volumes.front().volume;
    return nullptr;
}

bool fitsCase(const std::vector<std::string>& inputs, const imaging::Case& imagingCase) {
    return std::any_of(inputs.begin(), inputs.end(),
                       [&](const std::string& input) { return volumeFor(imagingCase, inputs, input) != nullptr; });
}

} // namespace sulcus::workflow
