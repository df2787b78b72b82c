// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/registration_images.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace sulcus::anatomy {

using imaging::Geometry;
using imaging::LabelMap;
using imaging::Volume;
using imaging::VoxelIndex;
using imaging::WorldPoint;

namespace {

/// The tumour's rim is left out too.
constexpr double kTumourRimMm = 3.0;
/// Registered brains overlap by 0.91 and more where the case is sound.
constexpr double kReliableDice = 0.88;
// Bits. Real cases reach 0.20 (FLAIR) to 0.38 (T1); matching heads 0.40.
constexpr double kReliableInformation = 0.15;
constexpr double kReliableHeadInformation = 0.25;

/// Grows the non-zero part of a mask by `steps` voxels along each axis in turn.
void grow(MaskImage& mask, const Geometry& g, std::array<int, 3> steps) {
    unsigned char* const voxels = mask.GetBufferPointer();
    const std::array<std::size_t, 3> stride{1, static_cast<std::size_t>(g.size[0]),
                                            static_cast<std::size_t>(g.size[0]) * static_cast<std::size_t>(g.size[1])};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const std::vector<unsigned char> before(voxels, voxels + g.voxelCount());
        std::size_t n = 0;
        for (int k = 0; k < g.size[2]; ++k)
            for (int j = 0; j < g.size[1]; ++j)
                for (int i = 0; i < g.size[0]; ++i, ++n) {
                    const int at = axis == 0 ? i : axis == 1 ? j : k;
                    for (int s = 1; s <= steps[axis] && !voxels[n]; ++s)
                        voxels[n] = (at - s >= 0 && before[n - static_cast<std::size_t>(s) * stride[axis]]) ||
                                    (at + s < g.size[axis] && before[n + static_cast<std::size_t>(s) * stride[axis]]);
                }
    }
}

} // namespace

Blocks::Blocks(const Geometry& g, double mm) : geometry(g) {
    imaging::ContinuousIndex first{0, 0, 0};
    double* const at[3] = {&first.i, &first.j, &first.k};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        factor[axis] = std::clamp(static_cast<int>(mm / g.spacing[axis] + 0.25), 1, std::max(1, g.size[axis]));
        geometry.size[axis] = g.size[axis] / factor[axis];
        geometry.spacing[axis] = g.spacing[axis] * factor[axis];
        *at[axis] = (factor[axis] - 1) / 2.0;
    }
    const WorldPoint origin = g.worldFromIndex(first);
    geometry.origin = {origin.x, origin.y, origin.z};
}

FloatImage::Pointer averaged(const Volume& volume, const Blocks& blocks) {
    // Single bright voxels (some cases hold values of 32767) would squeeze the brain into one bin of the histogram.
    std::vector<float> sample;
    const std::size_t stride = std::max<std::size_t>(1, volume.voxels.size() / 200000);
    for (std::size_t n = 0; n < volume.voxels.size(); n += stride)
        if (volume.voxels[n] != 0.0F && std::isfinite(volume.voxels[n]))
            sample.push_back(volume.voxels[n]);
    float low = 0.0F;
    float high = 1.0F;
    if (!sample.empty()) {
        const auto at = [&](double share) {
            const auto nth =
                sample.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(sample.size() - 1));
            std::nth_element(sample.begin(), nth, sample.end());
            return *nth;
        };
        low = std::min(0.0F, at(0.005));
        high = at(0.995);
    }
    const float scale = high > low ? 1.0F / (high - low) : 1.0F;
    auto image = makeImage<FloatImage>(blocks.geometry);
    float* const out = image->GetBufferPointer();
    const float share = scale / static_cast<float>(blocks.factor[0] * blocks.factor[1] * blocks.factor[2]);
    blocks.each(volume.geometry, [&](std::size_t block, std::size_t voxel) {
        const float value = volume.voxels[voxel];
        out[block] += share * (std::isfinite(value) ? std::clamp(value, low, high) - low : 0.0F);
    });
    return image;
}

MaskImage::Pointer speakingPart(const LabelMap* tumour, const Blocks& blocks) {
    auto mask = makeImage<MaskImage>(blocks.geometry);
    unsigned char* const out = mask->GetBufferPointer();
    if (tumour != nullptr) {
        blocks.each(tumour->geometry,
                    [&](std::size_t block, std::size_t voxel) { out[block] |= tumour->voxels[voxel] != 0; });
        std::array<int, 3> steps{};
        for (std::size_t axis = 0; axis < 3; ++axis)
            steps[axis] = static_cast<int>(std::lround(kTumourRimMm / blocks.geometry.spacing[axis]));
        grow(*mask, blocks.geometry, steps);
    }
    for (std::size_t n = 0; n < blocks.geometry.voxelCount(); ++n)
        out[n] = out[n] == 0;
    return mask;
}

MaskImage::Pointer templatePart(const Volume& brain, const Blocks& blocks, double rimMm) {
    auto mask = makeImage<MaskImage>(blocks.geometry);
    unsigned char* const out = mask->GetBufferPointer();
    blocks.each(brain.geometry,
                [&](std::size_t block, std::size_t voxel) { out[block] |= brain.voxels[voxel] > 0.0F; });
    std::array<int, 3> steps{};
    for (std::size_t axis = 0; axis < 3; ++axis)
        steps[axis] = static_cast<int>(std::lround(rimMm / blocks.geometry.spacing[axis]));
    grow(*mask, blocks.geometry, steps);
    return mask;
}

MaskObject::Pointer maskObject(MaskImage* image) {
    auto object = MaskObject::New();
    object->SetImage(image);
    object->Update();
    return object;
}

double mutualInformation(const FloatImage& fixed, const Geometry& f, const FloatImage& moving, const Geometry& m,
                         const MaskImage& speaking, const ToCase& toCase) {
    constexpr int kBins = 32;
    std::vector<double> joint(kBins * kBins, 0.0);
    double count = 0.0;
    for (int k = 0; k < f.size[2]; k += 2)
        for (int j = 0; j < f.size[1]; j += 2)
            for (int i = 0; i < f.size[0]; i += 2) {
                const float a = fixed.GetBufferPointer()[f.offset({i, j, k})];
                if (a <= 0.0F)
                    continue;
                const VoxelIndex v = m.nearestVoxel(toCase(f.worldFromIndex({double(i), double(j), double(k)})));
                if (!m.contains(v) || speaking.GetBufferPointer()[m.offset(v)] == 0)
                    continue;
                const auto bin = [](float value) { return std::clamp(static_cast<int>(value * kBins), 0, kBins - 1); };
                joint[static_cast<std::size_t>(bin(a) * kBins + bin(moving.GetBufferPointer()[m.offset(v)]))] += 1.0;
                count += 1.0;
            }
    if (count < 1000.0)
        return 0.0;
    std::array<double, kBins> rows{};
    std::array<double, kBins> columns{};
    for (int a = 0; a < kBins; ++a)
        for (int b = 0; b < kBins; ++b) {
            rows[static_cast<std::size_t>(a)] += joint[static_cast<std::size_t>(a * kBins + b)] / count;
            columns[static_cast<std::size_t>(b)] += joint[static_cast<std::size_t>(a * kBins + b)] / count;
        }
    double bits = 0.0;
    for (int a = 0; a < kBins; ++a)
        for (int b = 0; b < kBins; ++b) {
            const double p = joint[static_cast<std::size_t>(a * kBins + b)] / count;
            if (p > 0.0)
                bits += p * std::log2(p / (rows[static_cast<std::size_t>(a)] * columns[static_cast<std::size_t>(b)]));
        }
    return bits;
}

bool isReliableFit(bool stripped, double brainDice, double bits) {
    return stripped ? brainDice >= kReliableDice && bits >= kReliableInformation : bits >= kReliableHeadInformation;
}

std::string twoDigits(double value) {
    char text[16];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

} // namespace sulcus::anatomy
