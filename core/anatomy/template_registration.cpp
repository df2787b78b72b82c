// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/midline.h"
#include "core/anatomy/registration_images.h"
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
#include <numbers>

namespace sulcus::anatomy {

namespace {

using imaging::Geometry;
using imaging::LabelMap;
using imaging::Volume;
using imaging::VoxelIndex;
using imaging::WorldPoint;

using Affine = itk::AffineTransform<double, 3>;
using Registration = itk::ImageRegistrationMethodv4<FloatImage, FloatImage, Affine>;
using Metric = itk::MattesMutualInformationImageToImageMetricv4<FloatImage, FloatImage>;
using Optimizer = itk::RegularStepGradientDescentOptimizerv4<double>;
using Scales = itk::RegistrationParameterScalesFromPhysicalShift<Metric>;

constexpr double kRefusedDice = 0.80;
// Bits.
constexpr double kRefusedInformation = 0.10;
constexpr double kRefusedHeadInformation = 0.15;

struct Level {
    unsigned shrink;
    double smoothing; ///< voxels of kGridMm
    unsigned iterations;
    double sampling;
};
constexpr std::array<Level, 3> kLevels{{{4, 2.0, 120, 1.0}, {2, 1.0, 80, 0.5}, {1, 0.0, 60, 0.08}}};

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
    Setup setup{Blocks(brain.geometry, kGridMm), Blocks(grid, kGridMm), {}, {}, {}, {}, isSkullStripped(imagingCase)};
    setup.fixed = averaged(brain, setup.fixedBlocks);
    setup.moving = averaged(*volume, setup.movingBlocks);
    setup.fixedMask = templatePart(brain, setup.fixedBlocks, setup.stripped ? kBrainRimMm : 0.0);
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
    alignment.mutualInformation =
        mutualInformation(*setup.fixed, setup.fixedBlocks.geometry, *setup.moving, setup.movingBlocks.geometry,
                          *setup.movingMask, [toCase = refined->inverse()](WorldPoint p) { return toCase.apply(p); });
    const double growth = determinant(refined->matrix);
    bool refused = growth < 0.4 || growth > 3.0 || alignment.mutualInformation < kRefusedInformation;
    if (setup.stripped) {
        alignment.brainDice = brainOverlap(imagingCase, atlas, *refined);
        refused = refused || alignment.brainDice < kRefusedDice;
    } else {
        refused = refused || alignment.mutualInformation < kRefusedHeadInformation;
        alignment.notes.push_back({"anatomy.skull_kept"});
    }
    alignment.reliable = isReliableFit(setup.stripped, alignment.brainDice, alignment.mutualInformation);
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
