// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/deformable_registration.h"

#include "core/anatomy/midline.h"
#include "core/anatomy/registration_images.h"
#include "core/base/log.h"

#include <itkBSplineTransform.h>
#include <itkBSplineTransformParametersAdaptor.h>
#include <itkLBFGSBOptimizer.h>
#include <itkLinearInterpolateImageFunction.h>
#include <itkMattesMutualInformationImageToImageMetric.h>
#include <itkSingleValuedCostFunction.h>

#include <algorithm>
#include <cmath>

namespace sulcus::anatomy {

namespace {

using imaging::ContinuousIndex;
using imaging::Geometry;
using imaging::LabelMap;
using imaging::Volume;
using imaging::VoxelIndex;
using imaging::WorldPoint;

using Spline = itk::BSplineTransform<double, 3, 3>;
using SplineAdaptor = itk::BSplineTransformParametersAdaptor<Spline>;
using Metric = itk::MattesMutualInformationImageToImageMetric<FloatImage, FloatImage>;
using Interpolator = itk::LinearInterpolateImageFunction<FloatImage, double>;
using Optimizer = itk::LBFGSBOptimizer;

struct Level {
    double gridMm;
    double controlMm;
    unsigned evaluations;
    unsigned long samples;
};
constexpr std::array<Level, 2> kLevels{{{4.0, 48.0, 50, 30000}, {2.0, 24.0, 60, 80000}}};

/// Room around the template's grid, so that the brain of a case that is larger lies within the spline's reach.
constexpr double kMarginMm = 24.0;
/// A cubic B-spline whose control points move less than this share of their distance cannot fold (Choi & Lee 2000: 1 in
/// 2.48 for a single axis).
constexpr double kLargestMove = 0.40;
/// Weight of the mean squared second difference of neighbouring control points, in parts of their distance, against
/// mutual information in nats: enough to carry the bend smoothly through the tumour, where nothing speaks.
constexpr double kStiffness = 0.02;
/// Overlap is sampled every 4 mm; less than this is within its noise.
constexpr double kOverlapNoise = 0.002;
constexpr double kLargestRoundTripMm = 0.1;

/// Mutual information (negative, for the least is looked for) and the penalty on sharp bends. Ends the work when it is
/// cancelled: the optimizer asks here at least once per step.
class Cost : public itk::SingleValuedCostFunction {
public:
    using Self = Cost;
    using Pointer = itk::SmartPointer<Self>;
    itkNewMacro(Self)

        void set(Metric* metric, const Spline& spline, const TaskContext& task, unsigned evaluations) {
        m_metric = metric;
        m_task = &task;
        m_evaluations = evaluations;
        const auto size = spline.GetCoefficientImages()[0]->GetLargestPossibleRegion().GetSize();
        for (unsigned axis = 0; axis < 3; ++axis) {
            m_size[axis] = size[axis];
            m_spacing[axis] = spline.GetCoefficientImages()[0]->GetSpacing()[axis];
        }
    }

    unsigned int GetNumberOfParameters() const override { return m_metric->GetNumberOfParameters(); }
    MeasureType GetValue(const ParametersType& parameters) const override {
        DerivativeType ignored;
        MeasureType value{};
        GetValueAndDerivative(parameters, value, ignored);
        return value;
    }
    void GetDerivative(const ParametersType& parameters, DerivativeType& derivative) const override {
        MeasureType ignored{};
        GetValueAndDerivative(parameters, ignored, derivative);
    }
    void GetValueAndDerivative(const ParametersType& parameters, MeasureType& value,
                               DerivativeType& derivative) const override {
        if (m_task->cancelled())
            throw itk::ProcessAborted(__FILE__, __LINE__);
        m_metric->GetValueAndDerivative(parameters, value, derivative);
        addStiffness(parameters, value, derivative);
        ++m_done;
        m_task->report(std::min(1.0, static_cast<double>(m_done) / m_evaluations));
    }

private:
    void addStiffness(const ParametersType& parameters, MeasureType& value, DerivativeType& derivative) const {
        const std::size_t points = m_size[0] * m_size[1] * m_size[2];
        const std::array<std::size_t, 3> stride{1, m_size[0], m_size[0] * m_size[1]};
        const double weight = kStiffness / static_cast<double>(points);
        for (std::size_t component = 0; component < 3; ++component)
            for (std::size_t n = 0; n < points; ++n)
                for (std::size_t axis = 0; axis < 3; ++axis) {
                    const std::size_t at = n / stride[axis] % m_size[axis];
                    if (at == 0 || at + 1 == m_size[axis])
                        continue;
                    const auto here = static_cast<unsigned>(component * points + n);
                    const auto step = static_cast<unsigned>(stride[axis]);
                    const double bend =
                        (parameters[here - step] - 2.0 * parameters[here] + parameters[here + step]) / m_spacing[axis];
                    value += weight * bend * bend;
                    const double slope = 2.0 * weight * bend / m_spacing[axis];
                    derivative[here - step] += slope;
                    derivative[here] -= 2.0 * slope;
                    derivative[here + step] += slope;
                }
    }

    Metric::Pointer m_metric;
    const TaskContext* m_task = nullptr;
    unsigned m_evaluations = 1;
    mutable unsigned m_done = 0;
    std::array<std::size_t, 3> m_size{};
    std::array<double, 3> m_spacing{1, 1, 1};
};

/// The case brought to the template by the affine alone, on the template's blocks and the margin around them.
struct Brought {
    FloatImage::Pointer image;
    MaskImage::Pointer speaking;
};

Brought broughtToTemplate(const FloatImage& image, const MaskImage& speaking, const Geometry& of, const Geometry& onto,
                          const AffineTransform& toTemplate) {
    Brought brought{makeImage<FloatImage>(onto), makeImage<MaskImage>(onto)};
    const AffineTransform toCase = toTemplate.inverse();
    const float* const from = image.GetBufferPointer();
    std::size_t n = 0;
    for (int k = 0; k < onto.size[2]; ++k)
        for (int j = 0; j < onto.size[1]; ++j)
            for (int i = 0; i < onto.size[0]; ++i, ++n) {
                const WorldPoint p = toCase.apply(onto.worldFromIndex({double(i), double(j), double(k)}));
                const ContinuousIndex at = of.indexFromWorld(p);
                const VoxelIndex low{static_cast<int>(std::floor(at.i)), static_cast<int>(std::floor(at.j)),
                                     static_cast<int>(std::floor(at.k))};
                double value = 0.0;
                for (int c = 0; c < 2; ++c)
                    for (int b = 0; b < 2; ++b)
                        for (int a = 0; a < 2; ++a) {
                            const VoxelIndex v{low.i + a, low.j + b, low.k + c};
                            if (of.contains(v))
                                value += from[of.offset(v)] * std::abs(1 - a - (at.i - low.i)) *
                                         std::abs(1 - b - (at.j - low.j)) * std::abs(1 - c - (at.k - low.k));
                        }
                brought.image->GetBufferPointer()[n] = static_cast<float>(value);
                const VoxelIndex nearest = of.nearestVoxel(p);
                brought.speaking->GetBufferPointer()[n] =
                    !of.contains(nearest) || speaking.GetBufferPointer()[of.offset(nearest)] != 0;
            }
    return brought;
}

Geometry withMargin(const Geometry& g) {
    Geometry wide = g;
    ContinuousIndex first{0, 0, 0};
    double* const at[3] = {&first.i, &first.j, &first.k};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const int margin = static_cast<int>(std::lround(kMarginMm / g.spacing[axis]));
        wide.size[axis] += 2 * margin;
        *at[axis] = -margin;
    }
    const WorldPoint origin = g.worldFromIndex(first);
    wide.origin = {origin.x, origin.y, origin.z};
    return wide;
}

/// Where the spline is defined: the template's box and the margin, whole steps of a level's control points.
struct Domain {
    Spline::OriginType origin;
    Spline::PhysicalDimensionsType extent;
    Spline::MeshSizeType mesh;
    Spline::DirectionType direction;
};

Domain domainOf(const Geometry& brain, double controlMm) {
    Domain domain;
    domain.direction.SetIdentity();
    for (unsigned axis = 0; axis < 3; ++axis) {
        domain.origin[axis] = brain.origin[axis] - kMarginMm;
        const double reach = (brain.size[axis] - 1) * brain.spacing[axis] + 2.0 * kMarginMm;
        // One extent for all levels, a multiple of the coarsest, so that a finer grid can take over exactly.
        const auto coarse = std::ceil(reach / kLevels.front().controlMm);
        domain.extent[axis] = coarse * kLevels.front().controlMm;
        domain.mesh[axis] = static_cast<unsigned>(std::lround(domain.extent[axis] / controlMm));
    }
    return domain;
}

/// One level: the control points of `spline` move until the images agree.
void optimize(Spline& spline, const Level& level, FloatImage* fixed, MaskImage* fixedMask, const Brought& moving,
              const TaskContext& task) {
    auto metric = Metric::New();
    metric->SetFixedImage(fixed);
    metric->SetMovingImage(moving.image);
    metric->SetFixedImageRegion(fixed->GetLargestPossibleRegion());
    metric->SetFixedImageMask(maskObject(fixedMask));
    metric->SetMovingImageMask(maskObject(moving.speaking));
    metric->SetInterpolator(Interpolator::New());
    metric->SetTransform(&spline);
    metric->SetNumberOfHistogramBins(32);
    const unsigned char* const inside = fixedMask->GetBufferPointer();
    const auto voxels = static_cast<std::ptrdiff_t>(fixedMask->GetLargestPossibleRegion().GetNumberOfPixels());
    const auto available = static_cast<unsigned long>(voxels - std::count(inside, inside + voxels, 0));
    metric->SetNumberOfSpatialSamples(std::min(level.samples, available));
    metric->ReinitializeSeed(20240501);
    // One matrix of derivatives per control point would not fit; the weights of the samples do.
    metric->UseExplicitPDFDerivativesOff();
    metric->UseCachingOfBSplineWeightsOn();
    metric->Initialize();

    auto cost = Cost::New();
    cost->set(metric, spline, task, level.evaluations);
    auto optimizer = Optimizer::New();
    optimizer->SetCostFunction(cost);
    const unsigned count = spline.GetNumberOfParameters();
    Optimizer::BoundSelectionType selection(count);
    Optimizer::BoundValueType lower(count);
    Optimizer::BoundValueType upper(count);
    const unsigned points = count / 3;
    Spline::ParametersType start = spline.GetParameters();
    for (unsigned n = 0; n < count; ++n) {
        const double most = kLargestMove * spline.GetCoefficientImages()[0]->GetSpacing()[n / points];
        selection[n] = 2; // bounded on both sides
        lower[n] = -most;
        upper[n] = most;
        start[n] = std::clamp(start[n], -most, most);
    }
    optimizer->SetBoundSelection(selection);
    optimizer->SetLowerBound(lower);
    optimizer->SetUpperBound(upper);
    optimizer->SetCostFunctionConvergenceFactor(1e9); // ends when a step gains less than 2e-7
    optimizer->SetProjectedGradientTolerance(1e-7);
    optimizer->SetMaximumNumberOfIterations(level.evaluations);
    optimizer->SetMaximumNumberOfEvaluations(level.evaluations);
    optimizer->SetMaximumNumberOfCorrections(6);
    optimizer->SetInitialPosition(start);
    optimizer->StartOptimization();
    spline.SetParametersByValue(optimizer->GetCurrentPosition());
}

Deformation deformationOf(const Spline& spline) {
    const auto images = spline.GetCoefficientImages();
    Deformation d;
    const auto size = images[0]->GetLargestPossibleRegion().GetSize();
    for (unsigned axis = 0; axis < 3; ++axis) {
        d.size[axis] = static_cast<int>(size[axis]);
        d.origin[axis] = images[0]->GetOrigin()[axis];
        d.spacing[axis] = images[0]->GetSpacing()[axis];
    }
    d.u.resize(images[0]->GetLargestPossibleRegion().GetNumberOfPixels());
    for (std::size_t n = 0; n < d.u.size(); ++n)
        for (std::size_t axis = 0; axis < 3; ++axis)
            d.u[n][axis] = images[axis]->GetBufferPointer()[n];
    return d;
}

/// `visit(template point)` for the brain's voxels, every `step`.
template <typename Visit>
void eachOfBrain(const Volume& brain, int step, Visit visit) {
    const Geometry& g = brain.geometry;
    for (int k = 0; k < g.size[2]; k += step)
        for (int j = 0; j < g.size[1]; j += step)
            for (int i = 0; i < g.size[0]; i += step)
                if (brain.at({i, j, k}) > 0.0F)
                    visit(g.worldFromIndex({double(i), double(j), double(k)}));
}

double largestRoundTripMm(const Deformation& deformation, const Volume& brain) {
    double worst = 0.0;
    eachOfBrain(brain, 6, [&](WorldPoint p) {
        const auto back = deformation.undo(deformation.apply(p));
        worst = std::max(worst, back ? std::hypot(back->x - p.x, back->y - p.y, back->z - p.z) : 1e3);
    });
    return worst;
}

} // namespace

Result<Deformation> bendTowards(const Volume& volume, const LabelMap* tumour, bool stripped,
                                const AffineTransform& toTemplate, const Volume& brain, const TaskContext& task) {
    const Blocks caseBlocks(volume.geometry, kGridMm);
    const FloatImage::Pointer image = averaged(volume, caseBlocks);
    const MaskImage::Pointer speaking = speakingPart(tumour, caseBlocks);
    try {
        auto spline = Spline::New();
        constexpr std::array<double, kLevels.size() + 1> kParts{0.0, 0.3, 1.0};
        for (std::size_t l = 0; l < kLevels.size(); ++l) {
            const Level& level = kLevels[l];
            if (task.cancelled())
                return failCancelled();
            const Blocks blocks(brain.geometry, level.gridMm);
            const Brought brought =
                broughtToTemplate(*image, *speaking, caseBlocks.geometry, withMargin(blocks.geometry), toTemplate);
            const Domain domain = domainOf(brain.geometry, level.controlMm);
            if (l == 0) {
                spline->SetTransformDomainOrigin(domain.origin);
                spline->SetTransformDomainPhysicalDimensions(domain.extent);
                spline->SetTransformDomainMeshSize(domain.mesh);
                spline->SetTransformDomainDirection(domain.direction);
                spline->SetIdentity();
            } else {
                auto finer = SplineAdaptor::New();
                finer->SetTransform(spline);
                finer->SetRequiredTransformDomainOrigin(domain.origin);
                finer->SetRequiredTransformDomainPhysicalDimensions(domain.extent);
                finer->SetRequiredTransformDomainMeshSize(domain.mesh);
                finer->SetRequiredTransformDomainDirection(domain.direction);
                finer->AdaptTransformParameters();
            }
            const FloatImage::Pointer fixed = averaged(brain, blocks);
            const MaskImage::Pointer mask = templatePart(brain, blocks, stripped ? kBrainRimMm : 0.0);
            optimize(*spline, level, fixed, mask, brought, task.part(kParts[l], kParts[l + 1]));
        }
        return deformationOf(*spline);
    } catch (const itk::ProcessAborted&) {
        return failCancelled();
    } catch (const itk::ExceptionObject& e) {
        return fail(ErrorCode::Internal, "anatomy.registration_failed", {}, e.GetDescription());
    } catch (const std::exception& e) {
        return fail(ErrorCode::Internal, "anatomy.registration_failed", {}, e.what());
    }
}

double smallestStretch(const Deformation& deformation, const Atlas& atlas) {
    double least = 1e9;
    eachOfBrain(*atlas.brain(), 2,
                [&](WorldPoint p) { least = std::min(least, determinant(deformation.jacobian(p))); });
    return least;
}

TemplateAlignment withDeformation(const imaging::Case& imagingCase, const LabelMap* tumour,
                                  const TemplateAlignment& affine, const Deformation& deformation, const Atlas& atlas) {
    const auto refused = [&](Message why) {
        log(LogLevel::Info, "anatomy", "deformation refused: " + why.id);
        TemplateAlignment kept = affine;
        kept.notes.push_back(std::move(why));
        return kept;
    };
    const double least = smallestStretch(deformation, atlas);
    if (least <= 0.0 || largestRoundTripMm(deformation, *atlas.brain()) > kLargestRoundTripMm)
        return refused({"anatomy.deformation_folds"});

    TemplateAlignment bent = affine;
    bent.method = "deformable";
    bent.deformation = std::make_shared<const Deformation>(deformation);
    const Volume* const volume = structuralVolume(imagingCase);
    if (volume == nullptr)
        return affine;
    const Blocks fixedBlocks(atlas.brain()->geometry, kGridMm);
    const Blocks movingBlocks(volume->geometry, kGridMm);
    const FloatImage::Pointer fixed = averaged(*atlas.brain(), fixedBlocks);
    const FloatImage::Pointer moving = averaged(*volume, movingBlocks);
    const MaskImage::Pointer speaking = speakingPart(tumour, movingBlocks);
    const AffineTransform toCase = affine.toTemplate.inverse();
    const auto bits = [&](const ToCase& map) {
        return mutualInformation(*fixed, fixedBlocks.geometry, *moving, movingBlocks.geometry, *speaking, map);
    };
    const double before = bits([&](WorldPoint p) { return toCase.apply(p); });
    bent.mutualInformation = bits([&](WorldPoint p) { return toCase.apply(deformation.apply(p)); });
    const bool stripped = isSkullStripped(imagingCase);
    if (stripped)
        bent.brainDice = brainOverlap(imagingCase, atlas, bent);
    log(LogLevel::Info, "anatomy",
        "deformation: dice " + twoDigits(affine.brainDice) + " to " + twoDigits(bent.brainDice) + ", information " +
            twoDigits(before) + " to " + twoDigits(bent.mutualInformation) + " bits, least stretch " +
            twoDigits(least));
    if (bent.mutualInformation < before || (stripped && bent.brainDice < affine.brainDice - kOverlapNoise))
        return refused({"anatomy.deformation_no_better",
                        {{"dice", twoDigits(affine.brainDice)},
                         {"bent_dice", twoDigits(bent.brainDice)},
                         {"information", twoDigits(before)},
                         {"bent_information", twoDigits(bent.mutualInformation)}}});
    bent.reliable = isReliableFit(stripped, bent.brainDice, bent.mutualInformation);
    if (bent.reliable)
        std::erase_if(bent.notes, [](const Message& note) { return note.id == "anatomy.registration_weak"; });
    return bent;
}

Result<TemplateAlignment> registerDeformably(const imaging::Case& imagingCase, const LabelMap* tumour,
                                             const Atlas& atlas, const TaskContext& task) {
    auto affine = registerToTemplate(imagingCase, tumour, atlas, task.part(0.0, 0.3));
    if (!affine)
        return affine;
    task.report(0.3, "stage.bending");
    const Volume& volume = *structuralVolume(imagingCase); // registered above, so it is there
    auto deformation = bendTowards(volume, tumour, isSkullStripped(imagingCase), affine->toTemplate, *atlas.brain(),
                                   task.part(0.3, 0.95));
    if (!deformation && deformation.error().code == ErrorCode::Cancelled)
        return fail(std::move(deformation.error()));
    if (!deformation) {
        log(LogLevel::Warning, "anatomy", "deformation failed: " + deformation.error().context);
        affine->notes.push_back({"anatomy.deformation_failed"});
        return affine;
    }
    TemplateAlignment bent = withDeformation(imagingCase, tumour, *affine, *deformation, atlas);
    task.report(1.0);
    return bent;
}

} // namespace sulcus::anatomy
