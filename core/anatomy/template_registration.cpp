// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/midline.h"
#include "core/anatomy/registration.h"
#include "core/base/log.h"

#include <itkAffineTransform.h>
#include <itkCommand.h>
#include <itkImage.h>
#include <itkImageMaskSpatialObject.h>
#include <itkImageRegistrationMethodv4.h>
#include <itkMattesMutualInformationImageToImageMetricv4.h>
#include <itkRegistrationParameterScalesFromPhysicalShift.h>
#include <itkRegularStepGradientDescentOptimizerv4.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

namespace sulcus::anatomy {

namespace {

using imaging::Geometry;
using imaging::LabelMap;
using imaging::Volume;
using imaging::VoxelIndex;
using imaging::WorldPoint;

using FloatImage = itk::Image<float, 3>;
using MaskImage = itk::Image<unsigned char, 3>;
using MaskObject = itk::ImageMaskSpatialObject<3>;
using Affine = itk::AffineTransform<double, 3>;
using Registration = itk::ImageRegistrationMethodv4<FloatImage, FloatImage, Affine>;
using Metric = itk::MattesMutualInformationImageToImageMetricv4<FloatImage, FloatImage>;
using Optimizer = itk::RegularStepGradientDescentOptimizerv4<double>;
using Scales = itk::RegistrationParameterScalesFromPhysicalShift<Metric>;

/// Finer than this the affine gains nothing, and it costs eight times the time.
constexpr double kGridMm = 2.0;
/// Registered brains overlap by 0.91 and more where the case is sound.
constexpr double kReliableDice = 0.88;
constexpr double kRefusedDice = 0.80;
// Bits. Real cases reach 0.20 (FLAIR) to 0.38 (T1).
constexpr double kRefusedInformation = 0.10;
constexpr double kReliableInformation = 0.15;
// A head with its skull has no outline of the brain to check, so more is asked: matching heads reach 0.40.
constexpr double kRefusedHeadInformation = 0.15;
constexpr double kReliableHeadInformation = 0.25;
/// The tumour's rim is left out too, and in skull-stripped cases a rim of background is taken in: the outline guides.
constexpr double kTumourRimMm = 3.0;
constexpr int kBrainRimVoxels = 3;

struct Level {
    unsigned shrink;
    double smoothing; ///< voxels of kGridMm
    unsigned iterations;
    double sampling;
};
constexpr std::array<Level, 3> kLevels{{{4, 2.0, 120, 1.0}, {2, 1.0, 80, 0.5}, {1, 0.0, 60, 0.08}}};

/// A volume averaged over blocks of voxels, so that its grid is near kGridMm.
struct Blocks {
    std::array<int, 3> factor{1, 1, 1};
    Geometry geometry;

    explicit Blocks(const Geometry& g) : geometry(g) {
        imaging::ContinuousIndex first{0, 0, 0};
        double* const at[3] = {&first.i, &first.j, &first.k};
        for (std::size_t axis = 0; axis < 3; ++axis) {
            factor[axis] = std::clamp(static_cast<int>(kGridMm / g.spacing[axis] + 0.25), 1, std::max(1, g.size[axis]));
            geometry.size[axis] = g.size[axis] / factor[axis];
            geometry.spacing[axis] = g.spacing[axis] * factor[axis];
            *at[axis] = (factor[axis] - 1) / 2.0;
        }
        const WorldPoint origin = g.worldFromIndex(first);
        geometry.origin = {origin.x, origin.y, origin.z};
    }

    /// Calls `visit(block offset, voxel offset)` for each voxel that lies in a block.
    template <typename Visit>
    void each(const Geometry& g, Visit visit) const {
        for (int k = 0; k < geometry.size[2] * factor[2]; ++k)
            for (int j = 0; j < geometry.size[1] * factor[1]; ++j) {
                const std::size_t row = geometry.offset({0, j / factor[1], k / factor[2]});
                const std::size_t from = g.offset({0, j, k});
                for (int i = 0; i < geometry.size[0] * factor[0]; ++i)
                    visit(row + static_cast<std::size_t>(i / factor[0]), from + static_cast<std::size_t>(i));
            }
    }
};

template <typename Image>
typename Image::Pointer makeImage(const Geometry& g) {
    auto image = Image::New();
    typename Image::RegionType region;
    typename Image::SpacingType spacing;
    typename Image::PointType origin;
    typename Image::DirectionType direction;
    for (unsigned axis = 0; axis < 3; ++axis) {
        region.SetSize(axis, static_cast<itk::SizeValueType>(g.size[axis]));
        spacing[axis] = g.spacing[axis];
        origin[axis] = g.origin[axis];
        for (unsigned column = 0; column < 3; ++column)
            direction[axis][column] = g.direction[3 * axis + column];
    }
    image->SetRegions(region);
    image->SetSpacing(spacing);
    image->SetOrigin(origin);
    image->SetDirection(direction);
    image->Allocate(true);
    return image;
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

/// 1 where the case may speak: everywhere but in the tumour and its rim.
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

MaskImage::Pointer templatePart(const Volume& brain, const Blocks& blocks, bool withRim) {
    auto mask = makeImage<MaskImage>(blocks.geometry);
    unsigned char* const out = mask->GetBufferPointer();
    blocks.each(brain.geometry,
                [&](std::size_t block, std::size_t voxel) { out[block] |= brain.voxels[voxel] > 0.0F; });
    if (withRim)
        grow(*mask, blocks.geometry, {kBrainRimVoxels, kBrainRimVoxels, kBrainRimVoxels});
    return mask;
}

MaskObject::Pointer maskObject(MaskImage* image) {
    auto object = MaskObject::New();
    object->SetImage(image);
    object->Update();
    return object;
}

/// y = scale * rotation * (x - from) + to, angles about x, y and z in radians.
AffineTransform turnedAbout(WorldPoint from, WorldPoint to, double scale, std::array<double, 3> angle) {
    const double cx = std::cos(angle[0]), sx = std::sin(angle[0]);
    const double cy = std::cos(angle[1]), sy = std::sin(angle[1]);
    const double cz = std::cos(angle[2]), sz = std::sin(angle[2]);
    AffineTransform t;
    t.matrix = {cz * cy,
                cz * sy * sx - sz * cx,
                cz * sy * cx + sz * sx,
                sz * cy,
                sz * sy * sx + cz * cx,
                sz * sy * cx - cz * sx,
                -sy,
                cy * sx,
                cy * cx};
    for (double& m : t.matrix)
        m *= scale;
    const WorldPoint moved = t.apply(from);
    t.offset = {to.x - moved.x, to.y - moved.y, to.z - moved.z};
    return t;
}

struct Outline {
    WorldPoint centre;
    double ml = 0.0;
};

/// Centre of mass and volume of what is brighter than `above`; of a head, its upper 150 mm alone (below lies the neck).
Outline outlineOf(const FloatImage& image, const Geometry& g, float above, bool upperPartOnly) {
    const float* const voxels = image.GetBufferPointer();
    double top = -1e9;
    std::size_t n = 0;
    const auto visit = [&](auto use) {
        n = 0;
        for (int k = 0; k < g.size[2]; ++k)
            for (int j = 0; j < g.size[1]; ++j)
                for (int i = 0; i < g.size[0]; ++i, ++n)
                    if (voxels[n] > above)
                        use(g.worldFromIndex({double(i), double(j), double(k)}));
    };
    if (upperPartOnly)
        visit([&](WorldPoint p) { top = std::max(top, p.z); });
    double count = 0.0;
    WorldPoint sum;
    visit([&](WorldPoint p) {
        if (upperPartOnly && p.z < top - 150.0)
            return;
        sum = {sum.x + p.x, sum.y + p.y, sum.z + p.z};
        count += 1.0;
    });
    if (count == 0.0)
        return {};
    return {{sum.x / count, sum.y / count, sum.z / count}, count * g.voxelMl()};
}

/// Overlap of the two outlines on every fourth block: enough to choose a start.
double coarseOverlap(const FloatImage& fixed, const Geometry& f, const FloatImage& moving, const Geometry& m,
                     const AffineTransform& toTemplate) {
    const AffineTransform toCase = toTemplate.inverse();
    const float* const a = fixed.GetBufferPointer();
    const float* const b = moving.GetBufferPointer();
    int both = 0;
    int sum = 0;
    constexpr int kStep = 4;
    for (int k = -kStep * 2; k < f.size[2] + kStep * 2; k += kStep)
        for (int j = -kStep * 2; j < f.size[1] + kStep * 2; j += kStep)
            for (int i = -kStep * 2; i < f.size[0] + kStep * 2; i += kStep) {
                const bool inTemplate = f.contains({i, j, k}) && a[f.offset({i, j, k})] > 0.0F;
                const VoxelIndex v = m.nearestVoxel(toCase.apply(f.worldFromIndex({double(i), double(j), double(k)})));
                const bool inCase = m.contains(v) && b[m.offset(v)] > 0.0F;
                both += inTemplate && inCase;
                sum += inTemplate + inCase;
            }
    return sum == 0 ? 0.0 : 2.0 * both / sum;
}

/// Mutual information in bits of the two images over the template's brain, the tumour left out; 32 x 32 bins.
double mutualInformation(const FloatImage& fixed, const Geometry& f, const FloatImage& moving, const Geometry& m,
                         const MaskImage& speaking, const AffineTransform& toTemplate) {
    constexpr int kBins = 32;
    std::vector<double> joint(kBins * kBins, 0.0);
    const AffineTransform toCase = toTemplate.inverse();
    double count = 0.0;
    for (int k = 0; k < f.size[2]; k += 2)
        for (int j = 0; j < f.size[1]; j += 2)
            for (int i = 0; i < f.size[0]; i += 2) {
                const float a = fixed.GetBufferPointer()[f.offset({i, j, k})];
                if (a <= 0.0F)
                    continue;
                const VoxelIndex v = m.nearestVoxel(toCase.apply(f.worldFromIndex({double(i), double(j), double(k)})));
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

std::string twoDigits(double value) {
    char text[16];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

double determinant(const AffineTransform& t) {
    const auto& m = t.matrix;
    return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
}

/// Everything one registration needs, on the coarse grids.
struct Setup {
    Blocks fixedBlocks;
    Blocks movingBlocks;
    FloatImage::Pointer fixed;
    FloatImage::Pointer moving;
    MaskImage::Pointer fixedMask;
    MaskImage::Pointer movingMask;
    bool stripped = true;
};

/// The best of: the fixed transform; the brains' centres of mass brought together, with a few turns of the head.
AffineTransform startOf(const Setup& s, const TemplateAlignment& fixedGuess, const TaskContext& task) {
    const Geometry& f = s.fixedBlocks.geometry;
    const Geometry& m = s.movingBlocks.geometry;
    const Outline brain = outlineOf(*s.fixed, f, 0.0F, false);
    const bool haveGuess = fixedGuess.method == "fixed";
    if (!s.stripped) {
        if (haveGuess)
            return fixedGuess.toTemplate;
        const Outline head = outlineOf(*s.moving, m, 0.15F, true);
        // The middle of a head's upper part lies a little in front of and below the middle of the brain.
        return turnedAbout(head.centre, {brain.centre.x, brain.centre.y - 5.0, brain.centre.z - 12.0}, 1.0, {});
    }
    const auto overlap = [&](const AffineTransform& t) { return coarseOverlap(*s.fixed, f, *s.moving, m, t); };
    const Outline ours = outlineOf(*s.moving, m, 0.0F, false);
    const double scale = ours.ml > 0.0 ? std::cbrt(brain.ml / ours.ml) : 1.0;
    AffineTransform best = haveGuess ? fixedGuess.toTemplate : turnedAbout(ours.centre, brain.centre, scale, {});
    // The usual pose is preferred: a turn must earn its place.
    double bestOverlap = overlap(best) + 0.02;
    const double step = 8.0 * std::numbers::pi / 180.0;
    for (int a = -2; a <= 3; ++a)
        for (int b = -2; b <= 2; ++b)
            for (int c = -2; c <= 2 && !task.cancelled(); ++c) {
                const AffineTransform turned =
                    turnedAbout(ours.centre, brain.centre, scale, {a * step, b * step, c * step});
                const double reached = overlap(turned);
                if (reached > bestOverlap) {
                    bestOverlap = reached;
                    best = turned;
                }
            }
    return best;
}

/// Runs ITK from `start` (case -> template) and returns the refined transform.
Result<AffineTransform> refine(const Setup& s, const AffineTransform& start, const TaskContext& task) {
    const AffineTransform toCase = start.inverse();
    auto affine = Affine::New();
    Affine::InputPointType centre; // of the template's brain: turning about it keeps shifts and turns apart
    centre[0] = 0.0;
    centre[1] = 17.0;
    centre[2] = 8.0;
    Affine::MatrixType matrix;
    Affine::OutputVectorType offset;
    for (unsigned row = 0; row < 3; ++row) {
        offset[row] = toCase.offset[row];
        for (unsigned column = 0; column < 3; ++column)
            matrix[row][column] = toCase.matrix[3 * row + column];
    }
    affine->SetCenter(centre);
    affine->SetMatrix(matrix);
    affine->SetOffset(offset);

    auto metric = Metric::New();
    metric->SetNumberOfHistogramBins(32);
    metric->SetUseFixedImageGradientFilter(false);
    metric->SetUseMovingImageGradientFilter(false);
    metric->SetFixedImageMask(maskObject(s.fixedMask));
    metric->SetMovingImageMask(maskObject(s.movingMask));

    auto scales = Scales::New();
    scales->SetMetric(metric);
    auto optimizer = Optimizer::New();
    optimizer->SetScalesEstimator(scales);
    optimizer->SetDoEstimateLearningRateOnce(true);
    optimizer->SetDoEstimateLearningRateAtEachIteration(false);
    optimizer->SetRelaxationFactor(0.6);
    optimizer->SetMinimumStepLength(0.002);
    optimizer->SetReturnBestParametersAndValue(true);

    auto registration = Registration::New();
    registration->SetFixedImage(s.fixed);
    registration->SetMovingImage(s.moving);
    registration->SetMetric(metric);
    registration->SetOptimizer(optimizer);
    registration->SetInitialTransform(affine);
    registration->InPlaceOn();
    registration->SetNumberOfLevels(kLevels.size());
    Registration::ShrinkFactorsArrayType shrink(kLevels.size());
    Registration::SmoothingSigmasArrayType smoothing(kLevels.size());
    Registration::MetricSamplingPercentageArrayType sampling(kLevels.size());
    unsigned total = 0;
    for (unsigned l = 0; l < kLevels.size(); ++l) {
        shrink[l] = kLevels[l].shrink;
        smoothing[l] = kLevels[l].smoothing;
        sampling[l] = kLevels[l].sampling;
        total += kLevels[l].iterations;
    }
    registration->SetShrinkFactorsPerLevel(shrink);
    registration->SetSmoothingSigmasPerLevel(smoothing);
    registration->SmoothingSigmasAreSpecifiedInPhysicalUnitsOff();
    registration->SetMetricSamplingStrategy(Registration::MetricSamplingStrategyEnum::REGULAR);
    registration->SetMetricSamplingPercentagePerLevel(sampling);
    registration->MetricSamplingReinitializeSeed(20240501);

    unsigned done = 0;
    const unsigned long levelTag =
        registration->AddObserver(itk::MultiResolutionIterationEvent(), [&](const itk::EventObject&) {
            optimizer->SetNumberOfIterations(kLevels[registration->GetCurrentLevel()].iterations);
        });
    const unsigned long stepTag = optimizer->AddObserver(itk::IterationEvent(), [&](const itk::EventObject&) {
        if (task.cancelled())
            throw itk::ProcessAborted(__FILE__, __LINE__);
        task.report(std::min(1.0, static_cast<double>(++done) / total));
    });
    try {
        registration->Update();
    } catch (const itk::ProcessAborted&) {
        return failCancelled();
    } catch (const itk::ExceptionObject& e) {
        return fail(ErrorCode::Internal, "anatomy.registration_failed", {}, e.GetDescription());
    } catch (const std::exception& e) {
        return fail(ErrorCode::Internal, "anatomy.registration_failed", {}, e.what());
    }
    registration->RemoveObserver(levelTag);
    optimizer->RemoveObserver(stepTag);

    AffineTransform refined;
    for (unsigned row = 0; row < 3; ++row) {
        refined.offset[row] = affine->GetOffset()[row];
        for (unsigned column = 0; column < 3; ++column)
            refined.matrix[3 * row + column] = affine->GetMatrix()[row][column];
    }
    return refined.inverse();
}

} // namespace

Result<TemplateAlignment> registerToTemplate(const imaging::Case& imagingCase, const LabelMap* tumour,
                                             const Atlas& atlas, const TaskContext& task) {
    task.report(0.0, "stage.registering");
    const Volume* const volume = structuralVolume(imagingCase);
    if (volume == nullptr)
        return fail(ErrorCode::Unsupported, "anatomy.registration_no_volume");
    const Geometry& grid = volume->geometry;
    if (!grid.hasOrientation)
        return fail(ErrorCode::Unsupported, "anatomy.no_orientation");
    if (grid.isSlice || *std::min_element(grid.size.begin(), grid.size.end()) < 8)
        return fail(ErrorCode::Unsupported, "anatomy.single_slice");
    if (tumour != nullptr && tumour->geometry.size != grid.size)
        return fail(ErrorCode::ShapeMismatch, "anatomy.mask_grid_differs");

    const TemplateAlignment fixedGuess = fixedAlignment(imagingCase, atlas);
    const Volume& brain = *atlas.brain();
    Setup setup{Blocks(brain.geometry), Blocks(grid), {}, {}, {}, {}, isSkullStripped(imagingCase)};
    setup.fixed = averaged(brain, setup.fixedBlocks);
    setup.moving = averaged(*volume, setup.movingBlocks);
    setup.fixedMask = templatePart(brain, setup.fixedBlocks, setup.stripped);
    setup.movingMask = speakingPart(tumour, setup.movingBlocks);
    if (task.cancelled())
        return failCancelled();
    const AffineTransform start = startOf(setup, fixedGuess, task);
    task.report(0.1);
    auto refined = refine(setup, start, task.part(0.1, 0.95));
    if (!refined)
        return fail(std::move(refined.error()));

    if (const auto midline = findMidline(*volume, tumour, midlineOf(*refined)))
        *refined = withMidline(*refined, *midline);

    TemplateAlignment alignment;
    alignment.space = fixedGuess.space == Space::Unknown ? Space::Native : fixedGuess.space;
    alignment.method = "registered";
    alignment.toTemplate = *refined;
    alignment.mutualInformation = mutualInformation(*setup.fixed, setup.fixedBlocks.geometry, *setup.moving,
                                                    setup.movingBlocks.geometry, *setup.movingMask, *refined);
    const double growth = determinant(*refined);
    bool refused = growth < 0.4 || growth > 3.0 || alignment.mutualInformation < kRefusedInformation;
    if (setup.stripped) {
        alignment.brainDice = brainOverlap(imagingCase, atlas, *refined);
        refused = refused || alignment.brainDice < kRefusedDice;
        alignment.reliable =
            alignment.brainDice >= kReliableDice && alignment.mutualInformation >= kReliableInformation;
    } else {
        refused = refused || alignment.mutualInformation < kRefusedHeadInformation;
        alignment.reliable = alignment.mutualInformation >= kReliableHeadInformation;
        alignment.notes.push_back({"anatomy.skull_kept"});
    }
    log(LogLevel::Info, "anatomy",
        "registered: dice " + twoDigits(alignment.brainDice) + ", information " +
            twoDigits(alignment.mutualInformation) + " bits, volume ratio " + twoDigits(growth));
    if (refused)
        return fail(
            ErrorCode::Unsupported, "anatomy.registration_refused",
            {{"dice", twoDigits(alignment.brainDice)}, {"information", twoDigits(alignment.mutualInformation)}});
    if (!alignment.reliable)
        alignment.notes.push_back({"anatomy.registration_weak", {{"dice", twoDigits(alignment.brainDice)}}});
    task.report(1.0);
    return alignment;
}

} // namespace sulcus::anatomy
