// SPDX-License-Identifier: Apache-2.0
#include "ui/session/case_state.h"

#include "core/imaging/ct_units.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace sulcus::session {

namespace {

constexpr int kThumbnailPixels = 96;

/// Every n-th voxel is plenty for a percentile: about half a million values.
std::vector<float> sampleNonZero(const imaging::Volume& volume) {
    constexpr std::size_t kWanted = 500'000;
    const std::size_t step = std::max<std::size_t>(1, volume.voxels.size() / kWanted);
    std::vector<float> values;
    values.reserve(volume.voxels.size() / step + 1);
    for (std::size_t n = 0; n < volume.voxels.size(); n += step) {
        const float value = volume.voxels[n];
        if (value != 0.0F && std::isfinite(value))
            values.push_back(value);
    }
    return values;
}

float percentile(std::vector<float>& values, double fraction) {
    const auto at = static_cast<std::ptrdiff_t>(fraction * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

/// Middle slice across the axis that runs head to foot, nose up and the patient's left on the right, like the views.
QImage thumbnail(const imaging::Volume& volume, const Window& window) {
    const imaging::Geometry& g = volume.geometry;
    std::array<int, 3> axis{0, 1, 2}; // array axes of left-right, front-back, head-foot
    for (int a = 0; a < 3; ++a) {
        const char letter = g.axisLetter(a);
        if (letter == 'L' || letter == 'R')
            axis[0] = a;
        else if (letter == 'A' || letter == 'P')
            axis[1] = a;
        else
            axis[2] = a;
    }
    const auto count = [&](int w) { return g.size[static_cast<std::size_t>(axis[static_cast<std::size_t>(w)])]; };
    const auto length = [&](int w) {
        return count(w) * g.spacing[static_cast<std::size_t>(axis[static_cast<std::size_t>(w)])];
    };
    if (count(0) < 1 || count(1) < 1 || count(2) < 1)
        return {};
    const double extent = std::max(length(0), length(1));
    QImage image(kThumbnailPixels, kThumbnailPixels, QImage::Format_Grayscale8);
    image.fill(0);
    const bool leftGrows = g.axisLetter(axis[0]) == 'L' || !g.hasOrientation;
    const bool backGrows = g.axisLetter(axis[1]) == 'P' || !g.hasOrientation;
    const double low = window.level - window.width / 2.0;
    for (int y = 0; y < kThumbnailPixels; ++y) {
        for (int x = 0; x < kThumbnailPixels; ++x) {
            const double mmX = ((x + 0.5) / kThumbnailPixels - 0.5) * extent + length(0) / 2.0;
            const double mmY = ((y + 0.5) / kThumbnailPixels - 0.5) * extent + length(1) / 2.0;
            int a = static_cast<int>(std::floor(mmX / length(0) * count(0)));
            int b = static_cast<int>(std::floor(mmY / length(1) * count(1)));
            if (a < 0 || b < 0 || a >= count(0) || b >= count(1))
                continue;
            if (!leftGrows)
                a = count(0) - 1 - a;
            if (!backGrows)
                b = count(1) - 1 - b;
            std::array<int, 3> index{};
            index[static_cast<std::size_t>(axis[0])] = a;
            index[static_cast<std::size_t>(axis[1])] = b;
            index[static_cast<std::size_t>(axis[2])] = count(2) / 2;
            const double grey = (volume.at({index[0], index[1], index[2]}) - low) / window.width * 255.0;
            image.scanLine(y)[x] = static_cast<uchar>(std::clamp(grey, 0.0, 255.0));
        }
    }
    return image;
}

Window ctPreset(std::string_view id) {
    const auto& presets = ctPresets();
    const auto found =
        std::find_if(presets.begin(), presets.end(), [&](const WindowPreset& preset) { return preset.id == id; });
    return found == presets.end() ? presets.front().window : found->window;
}

} // namespace

Window automaticWindow(const imaging::Volume& volume, imaging::Sequence sequence) {
    if (sequence == imaging::Sequence::Ct) {
        const imaging::CtRegion region = imaging::guessCtRegion(volume);
        Window window = ctPreset(region == imaging::CtRegion::Chest     ? "lung"
                                 : region == imaging::CtRegion::Abdomen ? "soft"
                                                                        : "brain");
        window.level += imaging::waterOf(volume);
        return window;
    }
    std::vector<float> values = sampleNonZero(volume);
    if (values.size() < 2)
        return {1.0, 0.5};
    const double low = percentile(values, 0.01);
    const double high = percentile(values, 0.99);
    // Negative values are not background in every MRI (z-scored files), but for the usual ones black is zero.
    const double from = low > 0.0 ? std::min(low, 0.1 * high) : low;
    return {std::max(high - from, 1e-6), (high + from) / 2.0};
}

CaseLook lookAt(const imaging::Case& imagingCase) {
    CaseLook look;
    for (const imaging::CaseVolume& entry : imagingCase.volumes) {
        const Window window = automaticWindow(*entry.volume, entry.sequence);
        look.windows[entry.sequence] = window;
        look.thumbnails[entry.sequence] = thumbnail(*entry.volume, window);
        if (entry.sequence == imaging::Sequence::Ct && look.ctRegion == imaging::CtRegion::Unknown)
            look.ctRegion = imaging::guessCtRegion(*entry.volume);
        else if (entry.sequence == imaging::Sequence::Other)
            look.ctRegion = imaging::guessPictureRegion(*entry.volume);
    }
    return look;
}

const std::vector<WindowPreset>& ctPresets() {
    static const std::vector<WindowPreset> presets{
        {"brain", "preset.brain", {80.0, 40.0}},  {"lung", "preset.lung", {1500.0, -600.0}},
        {"soft", "preset.soft", {400.0, 40.0}},   {"liver", "preset.liver", {150.0, 90.0}},
        {"bone", "preset.bone", {2500.0, 480.0}},
    };
    return presets;
}

int ctPresetIndex(const Window& window) {
    const auto& presets = ctPresets();
    const auto found = std::find_if(presets.begin(), presets.end(),
                                    [&](const WindowPreset& preset) { return preset.window == window; });
    return found == presets.end() ? -1 : static_cast<int>(found - presets.begin());
}

std::map<std::uint8_t, LabelLook> defaultLooks(imaging::LabelEra era, Palette palette) {
    std::map<std::uint8_t, LabelLook> looks;
    for (const imaging::LabelDefinition& label : imaging::labelDefinitions(era)) {
        LabelLook look;
        look.colour = label.colour;
        if (palette == Palette::ClassicBrats && era != imaging::LabelEra::Plain) {
            if (label.code == "NCR")
                look.colour = {230, 40, 40};
            else if (label.code == "ED")
                look.colour = {50, 190, 70};
            else if (label.code == "ET")
                look.colour = {250, 220, 60};
        }
        looks[label.value] = look;
    }
    return looks;
}

std::map<std::uint8_t, std::size_t> countLabels(const imaging::LabelMap& map) {
    // Four histograms side by side: a run of equal labels would otherwise wait for its own counter.
    std::array<std::array<std::size_t, 256>, 4> counts{};
    const std::size_t size = map.voxels.size();
    std::size_t n = 0;
    for (; n + 4 <= size; n += 4)
        for (std::size_t lane = 0; lane < 4; ++lane)
            ++counts[lane][map.voxels[n + lane]];
    for (; n < size; ++n)
        ++counts[0][map.voxels[n]];
    std::map<std::uint8_t, std::size_t> result;
    for (std::size_t value = 1; value < 256; ++value) {
        const std::size_t sum = counts[0][value] + counts[1][value] + counts[2][value] + counts[3][value];
        if (sum > 0)
            result[static_cast<std::uint8_t>(value)] = sum;
    }
    return result;
}

} // namespace sulcus::session
