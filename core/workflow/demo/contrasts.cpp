// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/demo/contrasts.h"

#include "core/imaging/distance.h"

#include <algorithm>
#include <cmath>

namespace sulcus::workflow {

using imaging::VoxelIndex;

namespace {

/// Looks of one contrast, in standard deviations of the brain around its mean. Tissue and label values are the middle
/// of what thirteen BraTS cases showed; those of fluid and of thin things are pure, before partial volume dilutes them.
struct Looks {
    float csf = 0.0F;
    float grey = 0.0F;
    float white = 0.0F;
    float core = 0.0F;
    float coreSpread = 0.0F;
    float oedema = 0.0F;
    float rim = 0.0F;
    float rimSpread = 0.0F;
    float lesion = 0.0F;
    float vessel = 0.0F;
    float choroid = 0.0F;
    float thalamus = 0.0F; ///< added to what the tissue gives
    float pallidum = 0.0F; ///< likewise
    float texture = 0.0F;  ///< spread of what is left inside one tissue
    float noise = 0.0F;
    int throughBlur = 0; ///< passes of a blur across slices: FLAIR and T2 are often acquired thick
    float middle = 0.0F; ///< raw mean and standard deviation of the written numbers
    float spread = 1.0F;
};

constexpr Looks kFlair{.csf = -2.0F,
                       .grey = 0.25F,
                       .white = -0.10F,
                       .core = 1.0F,
                       .coreSpread = 0.6F,
                       .oedema = 1.95F,
                       .rim = 1.75F,
                       .rimSpread = 0.4F,
                       .lesion = 1.9F,
                       .vessel = -0.5F,
                       .choroid = 0.6F,
                       .thalamus = -0.1F,
                       .pallidum = -0.4F,
                       .texture = 0.38F,
                       .noise = 0.12F,
                       .throughBlur = 2,
                       .middle = 310.0F,
                       .spread = 92.0F};
constexpr Looks kT1{.csf = -2.3F,
                    .grey = -0.45F,
                    .white = 0.95F,
                    .core = -1.1F,
                    .coreSpread = 0.25F,
                    .oedema = -0.15F,
                    .rim = -0.25F,
                    .rimSpread = 0.3F,
                    .lesion = -0.4F,
                    .vessel = 0.3F,
                    .choroid = -0.2F,
                    .thalamus = 0.35F,
                    .pallidum = 0.5F,
                    .texture = 0.22F,
                    .noise = 0.08F,
                    .throughBlur = 0,
                    .middle = 420.0F,
                    .spread = 105.0F};
constexpr Looks kT1ce{.csf = -1.9F,
                      .grey = -0.30F,
                      .white = 0.55F,
                      .core = -0.75F,
                      .coreSpread = 0.4F,
                      .oedema = -0.30F,
                      .rim = 2.75F,
                      .rimSpread = 0.9F,
                      .lesion = -0.3F,
                      .vessel = 4.6F,
                      .choroid = 3.2F,
                      .thalamus = 0.25F,
                      .pallidum = 0.3F,
                      .texture = 0.25F,
                      .noise = 0.09F,
                      .throughBlur = 0,
                      .middle = 400.0F,
                      .spread = 118.0F};
constexpr Looks kT2{.csf = 3.4F,
                    .grey = 0.05F,
                    .white = -0.70F,
                    .core = 3.2F,
                    .coreSpread = 0.6F,
                    .oedema = 1.75F,
                    .rim = 1.7F,
                    .rimSpread = 0.35F,
                    .lesion = 1.0F,
                    .vessel = -1.0F,
                    .choroid = 1.2F,
                    .thalamus = -0.2F,
                    .pallidum = -0.5F,
                    .texture = 0.26F,
                    .noise = 0.08F,
                    .throughBlur = 1,
                    .middle = 360.0F,
                    .spread = 125.0F};

const Looks& looksOf(Contrast contrast) {
    switch (contrast) {
    case Contrast::Flair:
        return kFlair;
    case Contrast::T1:
        return kT1;
    case Contrast::T1ce:
        return kT1ce;
    case Contrast::T2:
        break;
    }
    return kT2;
}

struct Walk {
    const Brain& brain;

    template <typename Row>
    void rows(Row&& row) const {
        for (int k = brain.first.k; k <= brain.last.k; ++k) {
            for (int j = brain.first.j; j <= brain.last.j; ++j) {
                row(j, k, brain.grid.offset({0, j, k}));
            }
        }
    }
};

/// One pass of (1 2 1)/4 along an axis, inside the brain's box; outside counts as the voxel itself, so edges do not
/// darken.
void blur(const Brain& brain, std::vector<float>& values, int axis) {
    const std::vector<float> before = values;
    const std::ptrdiff_t step =
        axis == 0
            ? 1
            : (axis == 1 ? brain.grid.size[0] : static_cast<std::ptrdiff_t>(brain.grid.size[0]) * brain.grid.size[1]);
    Walk{brain}.rows([&](int, int, std::size_t start) {
        for (int i = brain.first.i; i <= brain.last.i; ++i) {
            const std::size_t n = start + static_cast<std::size_t>(i);
            if (brain.inside[n] == 0) {
                continue;
            }
            const auto lower = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(n) - step);
            const auto upper = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(n) + step);
            const float a = brain.inside[lower] != 0 ? before[lower] : before[n];
            const float b = brain.inside[upper] != 0 ? before[upper] : before[n];
            values[n] = 0.25F * a + 0.5F * before[n] + 0.25F * b;
        }
    });
}

std::vector<float> shareOf(const Brain& brain, const Tumour& tumour, std::uint8_t label, int passes) {
    std::vector<float> share(tumour.labels.size());
    std::transform(tumour.labels.begin(), tumour.labels.end(), share.begin(),
                   [&](std::uint8_t l) { return l == label ? 1.0F : 0.0F; });
    for (int pass = 0; pass < passes; ++pass) {
        for (int axis = 0; axis < 3; ++axis) {
            blur(brain, share, axis);
        }
    }
    return share;
}

float ramp(float v, float from, float to) { return std::clamp((v - from) / (to - from), 0.0F, 1.0F); }

} // namespace

Distractors makeDistractors(const Brain& brain, const Tumour& tumour, Dice& dice) {
    Distractors d;
    const std::size_t count = brain.inside.size();
    d.lesion.assign(count, 0.0F);
    d.vessel.assign(count, 0.0F);
    d.choroid.assign(count, 0.0F);

    std::vector<std::uint8_t> sick(count);
    std::vector<std::uint8_t> ventricle(count);
    for (std::size_t n = 0; n < count; ++n) {
        sick[n] = tumour.labels[n] != 0 ? 1 : 0;
        ventricle[n] = brain.inside[n] != 0 && brain.csf[n] > 0.6F && brain.depth[n] > 22.0F ? 1 : 0;
    }
    const auto toTumour = imaging::squaredDistances(sick, brain.grid.size, brain.grid.spacing);
    const auto toVentricle = imaging::squaredDistances(ventricle, brain.grid.size, brain.grid.spacing);

    // White matter lesions as older people have them: small, beside the ventricles and under the cortex, clear of the
    // tumour.
    const int wanted = dice.whole(8, 20);
    for (int made = 0, tries = 0; made < wanted && tries < 60000; ++tries) {
        const VoxelIndex c{dice.whole(brain.first.i, brain.last.i), dice.whole(brain.first.j, brain.last.j),
                           dice.whole(brain.first.k, brain.last.k)};
        const std::size_t at = brain.grid.offset(c);
        const bool near = toVentricle[at] < 144.0F;
        if (brain.inside[at] == 0 || brain.white[at] < 0.8F || toTumour[at] < 200.0F || brain.depth[at] < 8.0F ||
            c.k < brain.first.k + 45 || (!near && dice.uniform() < 0.6)) {
            continue;
        }
        ++made;
        const double a = dice.uniform(1.3, 3.4);
        const double b = a * dice.uniform(0.7, 1.8);
        const double h = a * dice.uniform(0.7, 1.4);
        const double strength = dice.uniform(0.5, 1.0);
        for (int k = -7; k <= 7; ++k) {
            for (int j = -7; j <= 7; ++j) {
                for (int i = -7; i <= 7; ++i) {
                    const VoxelIndex v{c.i + i, c.j + j, c.k + k};
                    if (!brain.grid.contains(v)) {
                        continue;
                    }
                    const double r = std::sqrt(i * i / (a * a) + j * j / (b * b) + k * k / (h * h));
                    const auto share = static_cast<float>(strength * std::clamp(1.6 - r, 0.0, 1.0));
                    const std::size_t n = brain.grid.offset(v);
                    d.lesion[n] = std::max(d.lesion[n], share * brain.white[n]);
                }
            }
        }
    }

    // Vessels: where two smooth fields are both near zero they draw curves through space. Kept to fluid and cortex.
    const SmoothField one(brain.grid.size, 8.0, dice.bits());
    const SmoothField two(brain.grid.size, 8.0, dice.bits());
    const SmoothField patches(brain.grid.size, 10.0, dice.bits());
    const SmoothField tufts(brain.grid.size, 4.0, dice.bits());
    const auto width = static_cast<std::size_t>(brain.grid.size[0]);
    std::vector<float> a(width);
    std::vector<float> b(width);
    std::vector<float> c(width);
    std::vector<float> t(width);
    constexpr float kMiddle = 119.0F; ///< the midline's i on the BraTS grid
    Walk{brain}.rows([&](int j, int k, std::size_t start) {
        one.row(j, k, brain.first.i, brain.last.i, a.data());
        two.row(j, k, brain.first.i, brain.last.i, b.data());
        patches.row(j, k, brain.first.i, brain.last.i, c.data());
        tufts.row(j, k, brain.first.i, brain.last.i, t.data());
        for (int i = brain.first.i; i <= brain.last.i; ++i) {
            const auto x = static_cast<std::size_t>(i);
            const std::size_t n = start + x;
            if (brain.inside[n] == 0) {
                continue;
            }
            const float shallow = 1.0F - ramp(brain.depth[n], 14.0F, 26.0F);
            const float tube = 1.0F - ramp(std::sqrt(a[x] * a[x] + b[x] * b[x]), 0.10F, 0.22F);
            const float wet = ramp(brain.csf[n] + 0.5F * brain.grey[n], 0.35F, 0.75F);
            // Membranes: the dura's inner side shines in patches, the sinus along the midline of the vault.
            const float membrane = (1.0F - ramp(brain.depth[n], 1.0F, 3.0F)) * ramp(c[x], 0.4F, 1.6F);
            const float vault = ramp(static_cast<float>(k), 85.0F, 105.0F) * (1.0F - ramp(brain.depth[n], 2.0F, 5.0F)) *
                                (1.0F - ramp(std::abs(static_cast<float>(i) - kMiddle), 2.5F, 5.0F));
            d.vessel[n] = std::max({shallow * tube * wet, 0.7F * membrane, vault});
            if (toVentricle[n] < 1.0F && k < 100) {
                d.choroid[n] = ramp(t[x], 1.1F, 1.7F);
            }
        }
    });
    return d;
}

imaging::Volume makeContrast(Contrast contrast, const Brain& brain, const Tumour& tumour,
                             const Distractors& distractors, std::uint64_t seed) {
    const Looks& looks = looksOf(contrast);
    const std::size_t count = brain.inside.size();
    const auto width = static_cast<std::size_t>(brain.grid.size[0]);
    std::vector<float> z(count, 0.0F);

    // Radiologists draw a line through a soft edge: the tissue changes over two or three voxels.
    const std::vector<float> core = shareOf(brain, tumour, 1, 1);
    const std::vector<float> rim = shareOf(brain, tumour, 4, 1);
    const std::vector<float> oedema = shareOf(brain, tumour, 2, 2);

    {
        const SmoothField grain(brain.grid.size, 3.5, seed ^ 0x21);
        const SmoothField patch(brain.grid.size, 11.0, seed ^ 0x22);
        const SmoothField tumourGrain(brain.grid.size, 4.5, seed ^ 0x23);
        std::vector<float> g(width);
        std::vector<float> p(width);
        std::vector<float> t(width);
        Walk{brain}.rows([&](int j, int k, std::size_t start) {
            grain.row(j, k, brain.first.i, brain.last.i, g.data());
            patch.row(j, k, brain.first.i, brain.last.i, p.data());
            tumourGrain.row(j, k, brain.first.i, brain.last.i, t.data());
            for (int i = brain.first.i; i <= brain.last.i; ++i) {
                const auto x = static_cast<std::size_t>(i);
                const std::size_t n = start + x;
                if (brain.inside[n] == 0) {
                    continue;
                }
                float v = brain.csf[n] * looks.csf + brain.grey[n] * looks.grey + brain.white[n] * looks.white;
                const int region = brain.region[n];
                v += region == 77 || region == 78 ? looks.thalamus : 0.0F;
                v += region == 75 || region == 76 ? looks.pallidum : 0.0F;
                v += looks.texture * (0.7F * g[x] + 0.7F * p[x]) * (1.0F - 0.5F * brain.csf[n]);
                const auto mix = [&v](float share, float to) { v += std::clamp(share, 0.0F, 1.0F) * (to - v); };
                mix(distractors.lesion[n], looks.lesion);
                // The oedema thins out towards its edge and is fainter in what cortex it covers.
                const float strength =
                    (1.05F - 0.35F * std::min(tumour.reach[n], 1.0F)) * (1.0F - 0.35F * brain.grey[n]);
                mix(oedema[n] * strength, looks.oedema + 0.3F * t[x]);
                mix(core[n], looks.core + looks.coreSpread * t[x]);
                mix(rim[n], looks.rim + looks.rimSpread * t[x]);
                mix(distractors.choroid[n], looks.choroid);
                // Vessels inside the tumour would be part of its texture.
                mix(distractors.vessel[n] * (1.0F - core[n] - rim[n]), looks.vessel);
                z[n] = v;
            }
        });
    }
    for (int pass = 0; pass < looks.throughBlur; ++pass) {
        blur(brain, z, 2);
    }

    double sum = 0.0;
    double squares = 0.0;
    double inside = 0.0;
    for (std::size_t n = 0; n < count; ++n) {
        if (brain.inside[n] != 0) {
            sum += z[n];
            squares += static_cast<double>(z[n]) * z[n];
            inside += 1.0;
        }
    }
    const double mean = sum / inside;
    const double deviation = std::sqrt(std::max(squares / inside - mean * mean, 1e-6));

    // Scanner: a smooth coil profile, then noise in both channels of the signal, whose length is the picture (Rice;
    // Gudbjartsson & Patz 1995). Half of the noise is as coarse as two voxels, since BraTS images were resampled.
    imaging::Volume volume;
    volume.geometry = brain.grid;
    volume.voxels.assign(count, 0.0F);
    const SmoothField bias(brain.grid.size, 75.0, seed ^ 0x31);
    const SmoothField real(brain.grid.size, 1.6, seed ^ 0x32);
    const SmoothField imaginary(brain.grid.size, 1.6, seed ^ 0x33);
    std::vector<float> f(width);
    std::vector<float> re(width);
    std::vector<float> im(width);
    Walk{brain}.rows([&](int j, int k, std::size_t start) {
        bias.row(j, k, brain.first.i, brain.last.i, f.data());
        real.row(j, k, brain.first.i, brain.last.i, re.data());
        imaginary.row(j, k, brain.first.i, brain.last.i, im.data());
        for (int i = brain.first.i; i <= brain.last.i; ++i) {
            const auto x = static_cast<std::size_t>(i);
            const std::size_t n = start + x;
            if (brain.inside[n] == 0) {
                continue;
            }
            const float clean = looks.middle + looks.spread * static_cast<float>((z[n] - mean) / deviation);
            const float signal = std::max(clean, 4.0F) * (1.0F + 0.035F * std::clamp(f[x], -2.5F, 2.5F));
            const float scale = looks.noise * looks.spread;
            const float a = signal + scale * (0.8F * re[x] + 0.6F * hashedNormal(seed ^ 0x34, n));
            const float b = scale * (0.8F * im[x] + 0.6F * hashedNormal(seed ^ 0x35, n));
            volume.voxels[n] = std::max(1.0F, std::round(std::sqrt(a * a + b * b)));
        }
    });
    return volume;
}

} // namespace sulcus::workflow
