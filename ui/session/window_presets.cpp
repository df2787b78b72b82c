// SPDX-License-Identifier: Apache-2.0
#include "ui/session/window_presets.h"

#include "core/imaging/ct_units.h"

#include <algorithm>
#include <cmath>

namespace sulcus::session {

const std::vector<PercentilePreset>& mriPresets() {
    static const std::vector<PercentilePreset> presets{
        {"preset.mri_full", 0.01, 0.99},
        {"preset.mri_contrast", 0.10, 0.95},
        {"preset.mri_bright", 0.50, 0.999},
        {"preset.mri_dark", 0.002, 0.70},
    };
    return presets;
}

Window ctWindow(std::size_t preset, const imaging::Volume& ct) {
    Window window = ctPresets().at(preset).window;
    window.level += imaging::waterOf(ct);
    return window;
}

Window percentileWindow(const imaging::Volume& volume, const PercentilePreset& preset) {
    constexpr std::size_t kWanted = 500'000;
    const std::size_t step = std::max<std::size_t>(1, volume.voxels.size() / kWanted);
    std::vector<float> values;
    values.reserve(volume.voxels.size() / step + 1);
    for (std::size_t n = 0; n < volume.voxels.size(); n += step) {
        const float value = volume.voxels[n];
        if (value != 0.0F && std::isfinite(value))
            values.push_back(value);
    }
    if (values.size() < 2)
        return {1.0, 0.5};
    const auto percentile = [&](double share) {
        const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
        std::nth_element(values.begin(), values.begin() + at, values.end());
        return static_cast<double>(values[static_cast<std::size_t>(at)]);
    };
    const double low = percentile(preset.low);
    const double high = percentile(preset.high);
    return {std::max(high - low, 1e-6), (high + low) / 2.0};
}

} // namespace sulcus::session
