// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/ray_casting.h"

#include "core/imaging/ct_units.h"

#include <vtkColorTransferFunction.h>
#include <vtkFixedPointVolumeRayCastMapper.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkPiecewiseFunction.h>
#include <vtkPointData.h>
#include <vtkRenderer.h>
#include <vtkVolume.h>
#include <vtkVolumeProperty.h>

#include <algorithm>
#include <array>
#include <span>

namespace sulcus::scene {
namespace {

/// One point of a transfer function: a value, its colour and how much of the light it stops per millimetre or so.
struct Stop {
    double value;
    double red, green, blue;
    double opacity;
};

// Bone begins where no soft tissue reaches (150 HU); the marrow is warmer than the compact bone.
constexpr std::array<Stop, 5> kBone{{{120, 0.60, 0.35, 0.25, 0.0},
                                     {200, 0.75, 0.52, 0.38, 0.06},
                                     {400, 0.92, 0.82, 0.66, 0.35},
                                     {900, 1.00, 0.97, 0.90, 0.75},
                                     {2500, 1.00, 1.00, 1.00, 0.95}}};
// Skin and muscle as a veil, bone through it.
constexpr std::array<Stop, 6> kSoft{{{-220, 0.85, 0.70, 0.50, 0.0},
                                     {-60, 0.88, 0.68, 0.52, 0.02},
                                     {30, 0.80, 0.38, 0.32, 0.07},
                                     {120, 0.86, 0.42, 0.36, 0.16},
                                     {280, 0.95, 0.86, 0.72, 0.50},
                                     {1500, 1.00, 1.00, 0.96, 0.90}}};
// Air in lung tissue is light blue; outside air and soft tissue are clear, dense bone stays as a hint of where one is.
constexpr std::array<Stop, 7> kLung{{{-990, 0.25, 0.45, 0.75, 0.0},
                                     {-930, 0.30, 0.55, 0.85, 0.03},
                                     {-780, 0.55, 0.75, 0.95, 0.07},
                                     {-600, 0.85, 0.85, 0.90, 0.05},
                                     {-420, 0.90, 0.70, 0.65, 0.0},
                                     {250, 0.95, 0.90, 0.80, 0.0},
                                     {1200, 1.00, 1.00, 0.95, 0.12}}};

} // namespace

struct RayCasting::Private {
    vtkRenderer* renderer = nullptr;
    imaging::VolumePtr volume;
    RenderingPreset preset = RenderingPreset::Off;
    double width = 0.0;
    double level = 0.0;
    double water = 0.0; ///< what the volume's numbers say where Hounsfield units say 0
    vtkNew<vtkFloatArray> values;
    vtkNew<vtkImageData> data;
    vtkNew<vtkFixedPointVolumeRayCastMapper> mapper;
    vtkNew<vtkColorTransferFunction> colours;
    vtkNew<vtkPiecewiseFunction> opacity;
    vtkNew<vtkVolume> prop;

    void fill(std::span<const Stop> stops, double zero) {
        colours->RemoveAllPoints();
        opacity->RemoveAllPoints();
        for (const Stop& stop : stops) {
            colours->AddRGBPoint(stop.value + zero, stop.red, stop.green, stop.blue);
            opacity->AddPoint(stop.value + zero, stop.opacity);
        }
    }
};

RayCasting::RayCasting(vtkRenderer* renderer) : d(std::make_unique<Private>()) {
    d->renderer = renderer;
    d->mapper->SetAutoAdjustSampleDistances(0);
    d->mapper->SetInputData(d->data);
    auto* property = d->prop->GetProperty();
    property->SetColor(d->colours);
    property->SetScalarOpacity(d->opacity);
    property->SetInterpolationTypeToLinear();
    property->ShadeOn();
    property->SetAmbient(0.35);
    property->SetDiffuse(0.7);
    property->SetSpecular(0.15);
    d->prop->SetMapper(d->mapper);
    d->prop->PickableOff();
    d->prop->VisibilityOff();
    renderer->AddVolume(d->prop);
}

RayCasting::~RayCasting() { d->renderer->RemoveVolume(d->prop); }

void RayCasting::setVolume(imaging::VolumePtr volume) {
    if (volume == d->volume)
        return;
    d->volume = std::move(volume);
    if (!d->volume) {
        d->prop->VisibilityOff();
        return;
    }
    d->water = imaging::waterOf(*d->volume);
    d->preset = RenderingPreset::Off; // the functions must be made anew for another volume
    const imaging::Geometry& g = d->volume->geometry;
    d->data->SetDimensions(g.size[0], g.size[1], g.size[2]);
    d->data->SetSpacing(g.spacing[0], g.spacing[1], g.spacing[2]);
    // VTK only looks at the numbers; the volume outlives the picture because this object holds on to it.
    d->values->SetArray(const_cast<float*>(d->volume->voxels.data()), static_cast<vtkIdType>(d->volume->voxels.size()),
                        1);
    d->values->Modified();
    d->data->GetPointData()->SetScalars(d->values);
    d->data->Modified();
    vtkNew<vtkMatrix4x4> matrix;
    for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 3; ++column)
            matrix->SetElement(row, column, g.direction[static_cast<std::size_t>(3 * row + column)]);
        matrix->SetElement(row, 3, g.origin[static_cast<std::size_t>(row)]);
    }
    d->prop->SetUserMatrix(matrix);
    const double finest = std::min({g.spacing[0], g.spacing[1], g.spacing[2]});
    d->mapper->SetSampleDistance(static_cast<float>(finest));
    d->prop->GetProperty()->SetScalarOpacityUnitDistance(1.6);
    d->prop->VisibilityOn();
}

void RayCasting::look(RenderingPreset preset, double windowWidth, double windowLevel) {
    d->prop->SetVisibility(preset != RenderingPreset::Off && d->volume);
    // Touching the functions makes the mapper build its tables again.
    if (preset == d->preset && windowWidth == d->width && windowLevel == d->level)
        return;
    d->preset = preset;
    d->width = windowWidth;
    d->level = windowLevel;
    switch (preset) {
    case RenderingPreset::Off:
        break;
    case RenderingPreset::CtBone:
        d->fill(kBone, d->water);
        break;
    case RenderingPreset::CtSoft:
        d->fill(kSoft, d->water);
        break;
    case RenderingPreset::CtLung:
        d->fill(kLung, d->water);
        break;
    case RenderingPreset::MriBrain: {
        // MRI has no units: the grey window says where this sequence's tissue lies.
        const double low = windowLevel - windowWidth / 2.0;
        const auto at = [&](double share) { return low + share * windowWidth; };
        d->fill(std::array<Stop, 5>{{{at(0.12), 0.30, 0.18, 0.16, 0.0},
                                     {at(0.30), 0.62, 0.45, 0.40, 0.03},
                                     {at(0.55), 0.84, 0.74, 0.66, 0.12},
                                     {at(0.85), 0.98, 0.94, 0.88, 0.35},
                                     {at(1.10), 1.00, 1.00, 1.00, 0.65}}},
                0.0);
        break;
    }
    }
}

void RayCasting::setCoarse(bool coarse, double pixelRatio) {
    d->mapper->SetImageSampleDistance(static_cast<float>((coarse ? 3.0 : 1.0) * std::max(1.0, pixelRatio)));
}

} // namespace sulcus::scene
