// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/palette.h"

#include "core/imaging/label_scheme.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace sulcus::scene {
namespace {

std::uint8_t toByte(double value) { return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0))); }

/// `stops` spread evenly over 256 entries, straight lines between.
std::array<Rgb, 256> throughStops(std::span<const Rgb> stops) {
    std::array<Rgb, 256> table{};
    for (std::size_t n = 0; n < table.size(); ++n) {
        const double at = static_cast<double>(n) / 255.0 * static_cast<double>(stops.size() - 1);
        const auto low = std::min(static_cast<std::size_t>(at), stops.size() - 2);
        const double part = at - static_cast<double>(low);
        for (std::size_t c = 0; c < 3; ++c)
            table[n][c] = toByte(stops[low][c] * (1.0 - part) + stops[low + 1][c] * part);
    }
    return table;
}

} // namespace

std::map<std::uint8_t, LabelStyle> defaultLabelStyles(imaging::LabelEra era) {
    std::map<std::uint8_t, LabelStyle> styles;
    for (const auto& definition : imaging::labelDefinitions(era))
        styles[definition.value] = LabelStyle{definition.colour, 1.0, true};
    return styles;
}

std::map<std::uint8_t, LabelStyle> classicLabelStyles(imaging::LabelEra era) {
    auto styles = defaultLabelStyles(era);
    if (era == imaging::LabelEra::Plain)
        return styles;
    styles[1].colour = {255, 0, 0};
    styles[2].colour = {0, 200, 0};
    if (era == imaging::LabelEra::Brats2023)
        styles[4].colour = {60, 120, 255};
    styles[imaging::enhancingValue(era)].colour = {255, 255, 0};
    return styles;
}

Rgb anyLabelColour(std::uint8_t label) {
    static constexpr std::array<Rgb, 7> kCycle{kVermilion,     kSkyBlue, kYellow, kBluishGreen,
                                               kReddishPurple, kOrange,  kBlue};
    if (label == 0)
        return {0, 0, 0};
    const unsigned turn = (label - 1u) / kCycle.size();
    Rgb colour = kCycle[(label - 1u) % kCycle.size()];
    if (turn == 0)
        return colour;
    // Every further turn goes towards white or black, alternately and ever further.
    const double strength = std::min(0.7, 0.25 * static_cast<double>((turn + 1) / 2));
    const double goal = turn % 2 == 1 ? 255.0 : 0.0;
    for (auto& channel : colour)
        channel = toByte(channel + (goal - channel) * strength);
    return colour;
}

std::array<LabelStyle, 256> resolvedStyles(const DisplaySettings& settings, imaging::LabelEra era) {
    std::array<LabelStyle, 256> styles{};
    for (std::size_t label = 1; label < styles.size(); ++label)
        styles[label].colour = anyLabelColour(static_cast<std::uint8_t>(label));
    for (const auto& [label, style] : defaultLabelStyles(era))
        styles[label] = style;
    for (const auto& [label, style] : settings.labels)
        styles[label] = style;
    styles[0].visible = false;
    return styles;
}

std::array<LabelStyle, 256> overlayStyles() {
    static constexpr std::array<Rgb, 4> kCycle{kReddishPurple, kBluishGreen, Rgb{255, 255, 255}, kOrange};
    std::array<LabelStyle, 256> styles{};
    for (std::size_t label = 1; label < styles.size(); ++label)
        styles[label].colour = kCycle[(label - 1) % kCycle.size()];
    styles[0].visible = false;
    return styles;
}

Rgb planeColour(Plane plane) {
    switch (plane) {
    case Plane::Axial:
        return {226, 72, 72};
    case Plane::Sagittal:
        return {72, 190, 92};
    case Plane::Coronal:
        break;
    }
    return {84, 134, 255};
}

std::array<Rgb, 256> colourTable(ColourMap map) {
    static constexpr std::array<Rgb, 2> kGrey{{{0, 0, 0}, {255, 255, 255}}};
    static constexpr std::array<Rgb, 4> kHot{{{0, 0, 0}, {230, 0, 0}, {255, 210, 0}, {255, 255, 255}}};
    static constexpr std::array<Rgb, 4> kBone{{{0, 0, 0}, {84, 84, 116}, {168, 198, 198}, {255, 255, 255}}};
    // Nine points of the perceptually even map "viridis" (van der Walt, Smith 2015, CC0).
    static constexpr std::array<Rgb, 9> kViridis{{{68, 1, 84},
                                                  {71, 44, 122},
                                                  {59, 81, 139},
                                                  {44, 113, 142},
                                                  {33, 144, 141},
                                                  {39, 173, 129},
                                                  {92, 200, 99},
                                                  {170, 220, 50},
                                                  {253, 231, 37}}};
    switch (map) {
    case ColourMap::Hot:
        return throughStops(kHot);
    case ColourMap::Viridis:
        return throughStops(kViridis);
    case ColourMap::Bone:
        return throughStops(kBone);
    case ColourMap::Grey:
        break;
    }
    return throughStops(kGrey);
}

} // namespace sulcus::scene
