// SPDX-License-Identifier: Apache-2.0
#include "core/learning/augment.h"

#include "core/learning/flat_augment.h"
#include "core/learning/interruption.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>
#include <utility>

namespace sulcus::learning {

namespace {

using Matrix = std::array<std::array<double, 3>, 3>; // rows and columns d, h, w

Matrix multiplied(const Matrix& a, const Matrix& b) {
    Matrix result{};
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
            for (std::size_t k = 0; k < 3; ++k) {
                result[i][j] += a[i][k] * b[k][j];
            }
        }
    }
    return result;
}

/// Rodrigues' formula.
Matrix rotation(std::array<double, 3> axis, double angle) {
    const double length = std::sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
    for (auto& part : axis) {
        part /= length;
    }
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    Matrix result{};
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
            result[i][j] = axis[i] * axis[j] * (1.0 - c) + (i == j ? c : 0.0);
        }
    }
    result[0][1] -= s * axis[2];
    result[0][2] += s * axis[1];
    result[1][0] += s * axis[2];
    result[1][2] -= s * axis[0];
    result[2][0] -= s * axis[1];
    result[2][1] += s * axis[0];
    return result;
}

/// From offsets in the piece (voxels of the sample's spacing) to offsets in the sample. Rotation happens in mm.
Matrix drawTransform(const CacheSample& sample, bool flat, const Augmentation& how, Random& random) {
    Matrix transform{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    if (random.chance(how.rotate)) {
        const double angle = random.uniform(-1.0, 1.0) * how.rotateDegrees * std::numbers::pi / 180.0;
        const std::array<double, 3> axis =
            flat ? std::array<double, 3>{1.0, 0.0, 0.0}
                 : std::array<double, 3>{random.normal(), random.normal(), random.normal()};
        transform = rotation(axis, angle);
    }
    if (random.chance(how.scale)) {
        // Uniform in the logarithm, so that shrinking and growing are equally likely.
        const double factor = std::exp(random.uniform(std::log(how.scaleLow), std::log(how.scaleHigh)));
        for (std::size_t i = 0; i < 3; ++i) {
            for (std::size_t j = flat ? 1 : 0; j < 3; ++j) {
                transform[i][j] /= i == 0 && flat ? 1.0 : factor;
            }
        }
    }
    for (const int axis : how.flipAxes) {
        if (random.chance(how.flip)) {
            Matrix mirror{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
            mirror[static_cast<std::size_t>(axis)][static_cast<std::size_t>(axis)] = -1.0;
            transform = multiplied(transform, mirror);
        }
    }
    const auto& mm = sample.image.spacingMm;
    const std::array<double, 3> spacing{mm[2], mm[1], mm[0]};
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
            transform[i][j] *= spacing[j] / spacing[i];
        }
    }
    return transform;
}

void blurAxis(std::vector<float>& values, const std::array<int, 3>& shape, int axis, const std::vector<float>& kernel) {
    const int radius = static_cast<int>(kernel.size() / 2);
    const int count = shape[static_cast<std::size_t>(axis)];
    int stride = 1;
    for (int a = 2; a > axis; --a) {
        stride *= shape[static_cast<std::size_t>(a)];
    }
    const int lines = static_cast<int>(values.size()) / count;
    std::vector<float> line(static_cast<std::size_t>(count));
    for (int l = 0; l < lines; ++l) {
        float* first = values.data() + (l / stride) * stride * count + l % stride;
        for (int i = 0; i < count; ++i) {
            line[static_cast<std::size_t>(i)] = first[i * stride];
        }
        for (int i = 0; i < count; ++i) {
            float sum = 0.0F;
            for (int k = -radius; k <= radius; ++k) {
                sum += kernel[static_cast<std::size_t>(k + radius)] *
                       line[static_cast<std::size_t>(std::clamp(i + k, 0, count - 1))];
            }
            first[i * stride] = sum;
        }
    }
}

void blur(std::vector<float>& values, const std::array<int, 3>& shape, double sigma) {
    const int radius = std::max(1, static_cast<int>(std::ceil(2.0 * sigma)));
    std::vector<float> kernel;
    float sum = 0.0F;
    for (int k = -radius; k <= radius; ++k) {
        kernel.push_back(static_cast<float>(std::exp(-0.5 * k * k / (sigma * sigma))));
        sum += kernel.back();
    }
    for (auto& weight : kernel) {
        weight /= sum;
    }
    for (int axis = 0; axis < 3; ++axis) {
        if (shape[static_cast<std::size_t>(axis)] > 1) {
            blurAxis(values, shape, axis, kernel);
        }
    }
}

/// Every second voxel of each axis repeats the one before it, then a light blur: the look of a thick-slice acquisition.
void coarsen(std::vector<float>& values, const std::array<int, 3>& shape, const std::array<bool, 3>& axes) {
    const auto at = [&](int d, int h, int w) { return static_cast<std::size_t>((d * shape[1] + h) * shape[2] + w); };
    for (int d = 0; d < shape[0]; ++d) {
        for (int h = 0; h < shape[1]; ++h) {
            for (int w = 0; w < shape[2]; ++w) {
                values[at(d, h, w)] = values[at(axes[0] ? d & ~1 : d, axes[1] ? h & ~1 : h, axes[2] ? w & ~1 : w)];
            }
        }
    }
    blur(values, shape, 0.6);
}

/// Maps the values by a curve through 0 of 16 straight pieces from -3 to 5, each of its own slope; the values beyond go
/// on with the slope at the end. Grey and white matter, oedema and fluid move apart or together, and their order stays.
void bend(std::vector<float>& values, double slope, Random& random) {
    constexpr int kPieces = 16;
    constexpr float kFrom = -3.0F;
    constexpr float kWidth = 0.5F;
    std::array<float, kPieces + 1> height{};
    const double limit = std::log(std::max(1.0, slope));
    // Neighbouring pieces resemble each other, or the steps would average out over the width of a tissue.
    double wanted = random.uniform(-limit, limit);
    for (std::size_t n = 0; n < kPieces; ++n) {
        if (n % 3 == 0) {
            wanted = random.uniform(-limit, limit);
        }
        height[n + 1] = height[n] + kWidth * static_cast<float>(std::exp(wanted));
    }
    const std::size_t zero = static_cast<std::size_t>(-kFrom / kWidth);
    const float shift = height[zero];
    for (auto& value : values) {
        const float at = (value - kFrom) / kWidth;
        const int n = std::clamp(static_cast<int>(std::floor(at)), 0, kPieces - 1);
        const auto low = static_cast<std::size_t>(n);
        value = height[low] + (at - static_cast<float>(n)) * (height[low + 1] - height[low]) - shift;
    }
}

/// Adds a polynomial of second degree over the piece. A receiver's unevenness multiplies raw values; after the z-score
/// of a brain, whose mean is about four deviations, nearly all of that is an addition.
void shade(std::vector<float>& values, const std::array<int, 3>& shape, double range, Random& random) {
    std::array<double, 3> linear{};
    std::array<double, 3> quadratic{};
    double sum = 0.0;
    for (std::size_t a = 0; a < 3; ++a) {
        linear[a] = random.uniform(-1.0, 1.0);
        quadratic[a] = random.uniform(-1.0, 1.0);
        sum += std::abs(linear[a]) + std::abs(quadratic[a]);
    }
    const double strength = random.uniform(0.2, 1.0) * range / std::max(sum, 1e-6);
    const auto line = [&](std::size_t a, int at) {
        const double x = shape[a] > 1 ? 2.0 * at / (shape[a] - 1) - 1.0 : 0.0;
        return strength * (linear[a] * x + quadratic[a] * (1.5 * x * x - 0.5));
    };
    std::size_t i = 0;
    for (int d = 0; d < shape[0]; ++d) {
        for (int h = 0; h < shape[1]; ++h) {
            const double row = line(0, d) + line(1, h);
            for (int w = 0; w < shape[2]; ++w, ++i) {
                values[i] += static_cast<float>(row + line(2, w));
            }
        }
    }
}

/// Every channel plus a small random share of each other one, the same shares at every voxel. No sequence is purely T1-
/// or T2-weighted, and scanners differ in how far: cortex brighter than white matter on one FLAIR is as bright on the
/// next.
void mixChannels(std::vector<float>& image, std::size_t count, double range, Random& random) {
    const std::size_t channels = image.size() / count;
    std::vector<float> shares(channels * channels, 0.0F);
    for (std::size_t to = 0; to < channels; ++to) {
        for (std::size_t from = 0; from < channels; ++from) {
            shares[to * channels + from] = to == from ? 1.0F : static_cast<float>(random.uniform(-range, range));
        }
    }
    std::vector<float> voxel(channels);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t c = 0; c < channels; ++c) {
            voxel[c] = image[c * count + i];
        }
        for (std::size_t to = 0; to < channels; ++to) {
            float sum = 0.0F;
            for (std::size_t from = 0; from < channels; ++from) {
                sum += shares[to * channels + from] * voxel[from];
            }
            image[to * count + i] = sum;
        }
    }
}

void recolour(float* values, std::size_t count, const std::vector<unsigned char>& inside,
              const std::array<int, 3>& shape, const Augmentation& how, Random& random) {
    std::vector<float> channel(values, values + count);
    if (how.window > 0.0 && random.chance(how.window)) {
        drawWindow(channel, how, random);
    }
    if (random.chance(how.blur)) {
        blur(channel, shape, random.uniform(0.4, how.blurSigma));
    }
    if (random.chance(how.lowResolution)) {
        coarsen(channel, shape, {random.chance(0.6), random.chance(0.4), random.chance(0.4)});
    }
    if (random.chance(how.gamma)) {
        const auto [low, high] = std::minmax_element(channel.begin(), channel.end());
        const float from = *low;
        const float range = *high - *low;
        const bool inverted = random.chance(0.25);
        const auto exponent =
            static_cast<float>(std::exp(random.uniform(std::log(how.gammaLow), std::log(how.gammaHigh))));
        if (range > 1e-6F) {
            for (auto& value : channel) {
                const float share = (value - from) / range;
                value = inverted ? from + range * (1.0F - std::pow(1.0F - share, exponent))
                                 : from + range * std::pow(share, exponent);
            }
        }
    }
    if (random.chance(how.curve)) {
        bend(channel, how.curveSlope, random);
    }
    if (random.chance(how.bias)) {
        shade(channel, shape, how.biasRange, random);
    }
    float factor = 1.0F;
    float offset = 0.0F;
    if (random.chance(how.contrast)) {
        factor = static_cast<float>(random.uniform(1.0 - how.contrastRange, 1.0 + how.contrastRange));
        offset = static_cast<float>(random.uniform(-how.brightnessRange, how.brightnessRange));
    }
    const bool noisy = random.chance(how.noise);
    const double deviation = noisy ? random.uniform(0.0, how.noiseDeviation) : 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        // Background stays exactly 0, as normalisation leaves it.
        if (inside[i] == 0 && how.keepBackground) {
            continue;
        }
        float value = channel[i] * factor + offset;
        if (noisy) {
            value += static_cast<float>(random.normal() * deviation);
        }
        values[i] = value;
    }
}

/// A piece before it is recoloured, and which of its voxels hold image (1) or background (0).
struct CutPiece {
    Piece piece;
    std::vector<unsigned char> inside;
};

CutPiece cutPiece(const CacheSample& sample, const std::array<double, 3>& centre, const std::array<int, 3>& shape,
                  const Augmentation& how, Random& random) {
    const int channels = sample.image.channels;
    const std::array<int, 3> size{sample.image.depth, sample.image.height, sample.image.width};
    const bool flat = shape[0] == 1;
    const Matrix m = drawTransform(sample, flat, how, random);
    const auto count =
        static_cast<std::size_t>(shape[0]) * static_cast<std::size_t>(shape[1]) * static_cast<std::size_t>(shape[2]);
    const std::size_t sourceCount = sample.image.voxelsPerChannel();
    Piece piece;
    piece.image.assign(static_cast<std::size_t>(channels) * count, 0.0F);
    piece.labels.assign(count, sample.wholeImage ? 0 : 255);
    std::vector<unsigned char> inside(count, 0);

    // The exact centre of a plain crop may fall between voxels; a whole-voxel shift keeps it free of interpolation.
    std::array<double, 3> origin = centre;
    for (std::size_t a = 0; a < 3; ++a) {
        const double half = (shape[a] - 1) / 2.0;
        origin[a] = std::round(centre[a] - half) + half;
        if (how.shift > 0.0 && !(flat && a == 0)) {
            origin[a] += random.uniform(-how.shift, how.shift) * shape[a];
        }
    }
    std::size_t target = 0;
    for (int d = 0; d < shape[0]; ++d) {
        const double od = d - (shape[0] - 1) / 2.0;
        for (int h = 0; h < shape[1]; ++h) {
            const double oh = h - (shape[1] - 1) / 2.0;
            for (int w = 0; w < shape[2]; ++w, ++target) {
                const double ow = w - (shape[2] - 1) / 2.0;
                std::array<int, 3> low{};
                std::array<float, 3> share{};
                std::array<int, 3> nearest{};
                bool outside = false;
                bool touches = true;
                for (std::size_t a = 0; a < 3; ++a) {
                    const double at = origin[a] + m[a][0] * od + m[a][1] * oh + m[a][2] * ow;
                    const double floored = std::floor(at + 1e-9);
                    low[a] = static_cast<int>(floored);
                    share[a] = static_cast<float>(std::max(0.0, at - floored));
                    nearest[a] = static_cast<int>(std::floor(at + 0.5));
                    outside = outside || nearest[a] < 0 || nearest[a] >= size[a];
                    touches = touches && low[a] >= -1 && low[a] < size[a];
                }
                if (!outside) {
                    piece.labels[target] = sample.labels.values[static_cast<std::size_t>(
                        (nearest[0] * size[1] + nearest[1]) * size[2] + nearest[2])];
                }
                if (!touches) {
                    continue;
                }
                std::array<std::size_t, 8> corner{};
                std::array<float, 8> weight{};
                int corners = 0;
                for (int n = 0; n < 8; ++n) {
                    const std::array<int, 3> step{n >> 2, (n >> 1) & 1, n & 1};
                    float product = 1.0F;
                    bool valid = true;
                    std::array<int, 3> at{};
                    for (std::size_t a = 0; a < 3; ++a) {
                        at[a] = low[a] + step[a];
                        product *= step[a] == 1 ? share[a] : 1.0F - share[a];
                        valid = valid && at[a] >= 0 && at[a] < size[a];
                    }
                    if (valid && product > 1e-6F) {
                        corner[static_cast<std::size_t>(corners)] =
                            static_cast<std::size_t>((at[0] * size[1] + at[1]) * size[2] + at[2]);
                        weight[static_cast<std::size_t>(corners)] = product;
                        ++corners;
                    }
                }
                for (int c = 0; c < channels; ++c) {
                    const float* source = sample.image.values.data() + static_cast<std::size_t>(c) * sourceCount;
                    float sum = 0.0F;
                    for (std::size_t n = 0; n < static_cast<std::size_t>(corners); ++n) {
                        sum += weight[n] * source[corner[n]];
                    }
                    piece.image[static_cast<std::size_t>(c) * count + target] = sum;
                    inside[target] = inside[target] != 0 || sum != 0.0F ? 1 : 0;
                }
            }
        }
    }
    return {std::move(piece), std::move(inside)};
}

/// Puts the donor's labelled tissue into the host where both show image, over a soft edge of about a voxel.
void transplant(CutPiece& host, const CutPiece& donor, const std::array<int, 3>& shape, double margin) {
    const std::size_t count = host.piece.labels.size();
    std::vector<float> share(count, 0.0F);
    for (std::size_t i = 0; i < count; ++i) {
        const auto label = donor.piece.labels[i];
        share[i] = label != 0 && label != 255 ? 1.0F : 0.0F;
    }
    // A blurred mask crosses lower thresholds farther out, so one blur gives the margin and the soft edge.
    blur(share, shape, 0.5 + 0.5 * margin);
    const auto edge = static_cast<float>(0.5 / (1.0 + margin));
    const std::size_t channels = host.piece.image.size() / count;
    for (std::size_t i = 0; i < count; ++i) {
        if (host.inside[i] == 0 || donor.inside[i] == 0 || host.piece.labels[i] == 255) {
            continue;
        }
        const float weight = std::clamp(share[i] / edge - 0.5F, 0.0F, 1.0F);
        if (weight <= 0.0F) {
            continue;
        }
        for (std::size_t c = 0; c < channels; ++c) {
            float& value = host.piece.image[c * count + i];
            value = weight * donor.piece.image[c * count + i] + (1.0F - weight) * value;
        }
        if (weight >= 0.5F && donor.piece.labels[i] != 255) {
            host.piece.labels[i] = donor.piece.labels[i];
        }
    }
}

/// Draws labelled tissue towards the mean of the unlabelled image, over a soft edge of about a voxel.
void fade(CutPiece& cut, const std::array<int, 3>& shape, double least, Random& random) {
    const auto& labels = cut.piece.labels;
    const std::size_t count = labels.size();
    std::vector<float> share(count, 0.0F);
    std::size_t unlabelled = 0;
    for (std::size_t i = 0; i < count; ++i) {
        share[i] = labels[i] != 0 && labels[i] != 255 ? 1.0F : 0.0F;
        unlabelled += labels[i] == 0 && cut.inside[i] != 0 ? 1 : 0;
    }
    blur(share, shape, 0.7);
    const std::size_t channels = cut.piece.image.size() / count;
    for (std::size_t c = 0; c < channels; ++c) {
        const auto lost = static_cast<float>(1.0 - random.uniform(least, 1.0));
        float* values = cut.piece.image.data() + c * count;
        double sum = 0.0;
        for (std::size_t i = 0; i < count; ++i) {
            sum += labels[i] == 0 && cut.inside[i] != 0 ? values[i] : 0.0;
        }
        // A piece full of lesion shows nothing of the rest, whose z-score is about 0.
        const float mean = 8 * unlabelled < count ? 0.0F : static_cast<float>(sum / static_cast<double>(unlabelled));
        for (std::size_t i = 0; i < count; ++i) {
            if (cut.inside[i] != 0) {
                values[i] -= lost * share[i] * (values[i] - mean);
            }
        }
    }
}

} // namespace

ForegroundIndex foregroundIndex(const LabelField& labels, const std::vector<OutputSpec>& outputs) {
    pollInterruption();
    ForegroundIndex index;
    for (const auto& output : outputs) {
        std::vector<int> voxels;
        for (std::size_t i = 0; i < labels.values.size(); ++i) {
            if (std::find(output.sources.begin(), output.sources.end(), labels.values[i]) != output.sources.end() &&
                labels.values[i] != 0) {
                voxels.push_back(static_cast<int>(i));
            }
        }
        index.voxels.push_back(std::move(voxels));
    }
    return index;
}

std::array<double, 3> drawCentre(const CacheSample& sample, const ForegroundIndex& foreground, double foregroundShare,
                                 const std::array<int, 3>& shape, Random& random) {
    const std::array<int, 3> size{sample.labels.depth, sample.labels.height, sample.labels.width};
    std::array<double, 3> centre{};
    const bool wanted = random.chance(foregroundShare);
    std::vector<const std::vector<int>*> choices;
    for (const auto& voxels : foreground.voxels) {
        if (!voxels.empty()) {
            choices.push_back(&voxels);
        }
    }
    if (wanted && !choices.empty()) {
        const auto& voxels = *choices[random.below(choices.size())];
        const int voxel = voxels[random.below(voxels.size())];
        centre = {static_cast<double>(voxel / (size[1] * size[2])), static_cast<double>(voxel / size[2] % size[1]),
                  static_cast<double>(voxel % size[2])};
        // Not always in the very middle of the piece.
        for (std::size_t a = 0; a < 3; ++a) {
            centre[a] += random.uniform(-0.25, 0.25) * (shape[a] - 1);
        }
    } else {
        for (std::size_t a = 0; a < 3; ++a) {
            const double slack = std::max(0, size[a] - shape[a]) / 2.0;
            centre[a] = (size[a] - 1) / 2.0 + random.uniform(-slack, slack);
        }
        return centre;
    }
    for (std::size_t a = 0; a < 3; ++a) {
        const double slack = std::max(0, size[a] - shape[a]) / 2.0;
        const double middle = (size[a] - 1) / 2.0;
        centre[a] = std::clamp(centre[a], middle - slack, middle + slack);
    }
    return centre;
}

std::vector<int> drawDropped(const Augmentation& how, int channels, Random& random) {
    std::size_t drops = random.chance(how.dropOne) ? 1 : 0;
    if (random.chance(how.dropTwo) && channels > 2) {
        drops = 2;
    }
    std::vector<int> dropped;
    if (channels < 2) {
        return dropped;
    }
    std::vector<double> weights(static_cast<std::size_t>(channels), 1.0);
    if (how.dropWeights.size() == weights.size()) {
        weights = how.dropWeights;
    }
    while (dropped.size() < drops) {
        const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
        if (total <= 0.0) {
            break;
        }
        double place = random.uniform(0.0, total);
        std::size_t c = 0;
        while (c + 1 < weights.size() && (weights[c] <= 0.0 || place >= weights[c])) {
            place -= weights[c];
            ++c;
        }
        dropped.push_back(static_cast<int>(c));
        weights[c] = 0.0;
    }
    return dropped;
}

Piece drawPiece(const CacheSample& given, const std::array<double, 3>& centre, const std::array<int, 3>& shape,
                const Augmentation& how, Random& random, const Donor& donor) {
    std::optional<CacheSample> mirrored;
    if (how.mirrorHalf > 0.0 && random.chance(how.mirrorHalf)) {
        mirrored = mirroredHalf(given);
    }
    const CacheSample& sample = mirrored ? *mirrored : given;
    pollInterruption();
    CutPiece cut = cutPiece(sample, centre, shape, how, random);
    if (donor.sample != nullptr && donor.sample->image.channels == sample.image.channels) {
        pollInterruption();
        const CutPiece other = cutPiece(*donor.sample, donor.centre, shape, how, random);
        transplant(cut, other, shape, random.uniform(0.0, 2.0));
    }
    if (how.fade > 0.0 && random.chance(how.fade)) {
        fade(cut, shape, how.fadeLeast, random);
    }
    Piece piece = std::move(cut.piece);
    const int channels = sample.image.channels;
    const std::size_t count = piece.labels.size();
    if (channels > 1 && how.mix > 0.0 && random.chance(how.mix)) {
        mixChannels(piece.image, count, how.mixRange, random);
    }
    for (int c = 0; c < channels; ++c) {
        pollInterruption();
        recolour(piece.image.data() + static_cast<std::size_t>(c) * count, count, cut.inside, shape, how, random);
    }
    for (const int c : drawDropped(how, channels, random)) {
        std::fill_n(piece.image.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(c) * count), count,
                    0.0F);
    }
    return piece;
}

Augmentation parseAugmentation(const JsonFields& fields) {
    Augmentation a;
    a.flip = fields.number("flip", 0.0, 1.0, a.flip);
    if (fields.has("flip_axes")) {
        a.flipAxes = fields.integers("flip_axes", 0, 2);
    }
    a.rotate = fields.number("rotate", 0.0, 1.0, a.rotate);
    a.rotateDegrees = fields.number("rotate_degrees", 0.0, 180.0, a.rotateDegrees);
    a.scale = fields.number("scale", 0.0, 1.0, a.scale);
    a.scaleLow = fields.number("scale_low", 0.1, 1.0, a.scaleLow);
    a.scaleHigh = fields.number("scale_high", 1.0, 10.0, a.scaleHigh);
    a.shift = fields.number("shift", 0.0, 1.0, a.shift);
    a.mirrorHalf = fields.number("mirror_half", 0.0, 1.0, a.mirrorHalf);
    a.window = fields.number("window", 0.0, 1.0, a.window);
    a.windowDarkest = fields.number("window_darkest", -10.0, 0.9, a.windowDarkest);
    a.windowDark = fields.number("window_dark", a.windowDarkest, 0.9, std::max(a.windowDarkest, a.windowDark));
    a.windowBright = fields.number("window_bright", a.windowDark + 0.05, 10.0, a.windowBright);
    a.windowBrightest = fields.number("window_brightest", a.windowBright, 10.0, a.windowBrightest);
    a.keepBackground = fields.flag("keep_background", a.keepBackground);
    a.contrast = fields.number("contrast", 0.0, 1.0, a.contrast);
    a.contrastRange = fields.number("contrast_range", 0.0, 0.95, a.contrastRange);
    a.brightnessRange = fields.number("brightness_range", 0.0, 10.0, a.brightnessRange);
    a.gamma = fields.number("gamma", 0.0, 1.0, a.gamma);
    a.gammaLow = fields.number("gamma_low", 0.1, 1.0, a.gammaLow);
    a.gammaHigh = fields.number("gamma_high", 1.0, 10.0, a.gammaHigh);
    a.curve = fields.number("curve", 0.0, 1.0, a.curve);
    a.curveSlope = fields.number("curve_slope", 1.0, 10.0, a.curveSlope);
    a.mix = fields.number("mix", 0.0, 1.0, a.mix);
    a.mixRange = fields.number("mix_range", 0.0, 1.0, a.mixRange);
    a.bias = fields.number("bias", 0.0, 1.0, a.bias);
    a.biasRange = fields.number("bias_range", 0.0, 10.0, a.biasRange);
    a.noise = fields.number("noise", 0.0, 1.0, a.noise);
    a.noiseDeviation = fields.number("noise_deviation", 0.0, 10.0, a.noiseDeviation);
    a.blur = fields.number("blur", 0.0, 1.0, a.blur);
    a.blurSigma = fields.number("blur_sigma", 0.4, 10.0, a.blurSigma);
    a.lowResolution = fields.number("low_resolution", 0.0, 1.0, a.lowResolution);
    a.fade = fields.number("fade", 0.0, 1.0, a.fade);
    a.fadeLeast = fields.number("fade_least", 0.0, 1.0, a.fadeLeast);
    a.transplant = fields.number("transplant", 0.0, 1.0, a.transplant);
    a.dropOne = fields.number("drop_one", 0.0, 1.0, a.dropOne);
    a.dropTwo = fields.number("drop_two", 0.0, 1.0, a.dropTwo);
    if (fields.has("drop_weights")) {
        a.dropWeights = fields.numbers("drop_weights", 0.0, 1000.0);
    }
    return a;
}

} // namespace sulcus::learning
