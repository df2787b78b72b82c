// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/volume_scene.h"

#include "ui/scene/palette.h"
#include "ui/scene/ray_casting.h"
#include "ui/scene/slice_image.h"

#include <vtkActor.h>
#include <vtkAnnotatedCubeActor.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkCellPicker.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkImageProperty.h>
#include <vtkImageSlice.h>
#include <vtkImageSliceMapper.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkTextProperty.h>
#include <vtkTypeInt32Array.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>

namespace sulcus::scene {
namespace {

using imaging::ContinuousIndex;
using imaging::VoxelIndex;
using imaging::WorldPoint;

constexpr std::array<Plane, 3> kPlanes{Plane::Axial, Plane::Sagittal, Plane::Coronal};

/// A surface on the screen. Holds on to the numbers that VTK looks at in place.
class SurfaceActor {
public:
    SurfaceActor(vtkRenderer* renderer, SurfacePtr surface) : m_renderer(renderer), m_surface(std::move(surface)) {
        vtkNew<vtkFloatArray> coordinates;
        coordinates->SetNumberOfComponents(3);
        coordinates->SetArray(const_cast<float*>(m_surface->points.data()),
                              static_cast<vtkIdType>(m_surface->points.size()), 1);
        vtkNew<vtkFloatArray> normals;
        normals->SetNumberOfComponents(3);
        normals->SetArray(const_cast<float*>(m_surface->normals.data()),
                          static_cast<vtkIdType>(m_surface->normals.size()), 1);
        vtkNew<vtkPoints> points;
        points->SetData(coordinates);
        vtkNew<vtkTypeInt32Array> corners;
        corners->SetArray(const_cast<std::int32_t*>(m_surface->triangles.data()),
                          static_cast<vtkIdType>(m_surface->triangles.size()), 1);
        vtkNew<vtkCellArray> triangles;
        triangles->SetData(3, corners);
        vtkNew<vtkPolyData> data;
        data->SetPoints(points);
        data->SetPolys(triangles);
        data->GetPointData()->SetNormals(normals);
        m_mapper->SetInputData(data);
        m_mapper->ScalarVisibilityOff();
        m_actor->SetMapper(m_mapper);
        m_renderer->AddActor(m_actor);
    }
    ~SurfaceActor() { m_renderer->RemoveActor(m_actor); }
    SurfaceActor(const SurfaceActor&) = delete;
    SurfaceActor& operator=(const SurfaceActor&) = delete;

    const Surface& surface() const { return *m_surface; }
    vtkActor* actor() const { return m_actor; }
    void look(Rgb colour, double opacity, bool visible) {
        auto* property = m_actor->GetProperty();
        property->SetColor(colour[0] / 255.0, colour[1] / 255.0, colour[2] / 255.0);
        property->SetOpacity(opacity);
        property->SetAmbient(opacity < 1.0 ? 0.3 : 0.15);
        property->SetDiffuse(0.8);
        property->SetSpecular(opacity < 1.0 ? 0.1 : 0.25);
        property->SetSpecularPower(20.0);
        // The far side of a transparent surface would be blended in whatever order the triangles come.
        property->SetBackfaceCulling(opacity < 1.0);
        m_actor->SetVisibility(visible && opacity > 0.0);
    }

private:
    vtkRenderer* m_renderer;
    SurfacePtr m_surface;
    vtkNew<vtkPolyDataMapper> m_mapper;
    vtkNew<vtkActor> m_actor;
};

/// One slice of the volume, standing in the world.
struct SlicePlane {
    explicit SlicePlane(vtkRenderer* renderer) {
        mapper->SetInputData(data);
        mapper->BorderOn();
        prop->SetMapper(mapper);
        prop->GetProperty()->SetColorWindow(255.0);
        prop->GetProperty()->SetColorLevel(127.5);
        prop->GetProperty()->SetInterpolationTypeToLinear();
        prop->VisibilityOff();
        renderer->AddViewProp(prop);
    }
    void show(const imaging::Volume& volume, Plane plane, const WorldPoint& cursor, const DisplaySettings& display) {
        // Unmirrored: it is the camera here that decides what is left and right.
        const SliceFrame frame = sliceFrame(volume.geometry, plane, false);
        const int slice = frame.sliceOf(cursor);
        paintVolume(volume, frame, slice, display.windowWidth, display.windowLevel, display.invert,
                    colourTable(display.colourMap), image);
        // What is not patient is left out, or the black rectangles would hide what stands behind them.
        const float air = background(volume);
        cutValues(volume, frame, slice, values);
        for (std::size_t n = 0; n < values.size(); ++n)
            if (values[n] <= air)
                image.rgba[4 * n + 3] = 0;
        data->SetDimensions(image.columns, image.rows, 1);
        data->SetSpacing(frame.columnSpacing(), frame.rowSpacing(), 1.0);
        pixels->SetNumberOfComponents(4);
        pixels->SetArray(image.rgba.data(), static_cast<vtkIdType>(image.rgba.size()), 1);
        pixels->Modified();
        data->GetPointData()->SetScalars(pixels);
        data->Modified();
        const WorldPoint origin = frame.worldFromPlane({0, 0}, slice);
        const WorldPoint right = frame.worldFromPlane({1, 0}, slice);
        const WorldPoint up = frame.worldFromPlane({0, 1}, slice);
        const double u[3] = {right.x - origin.x, right.y - origin.y, right.z - origin.z};
        const double v[3] = {up.x - origin.x, up.y - origin.y, up.z - origin.z};
        const double o[3] = {origin.x, origin.y, origin.z};
        const double n[3] = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
        vtkNew<vtkMatrix4x4> matrix;
        for (int row = 0; row < 3; ++row) {
            matrix->SetElement(row, 0, u[row]);
            matrix->SetElement(row, 1, v[row]);
            matrix->SetElement(row, 2, n[row]);
            matrix->SetElement(row, 3, o[row]);
        }
        prop->SetUserMatrix(matrix);
        prop->VisibilityOn();
    }
    float background(const imaging::Volume& volume) {
        if (&volume != seen) {
            seen = &volume;
            limit = backgroundLimit(volume);
        }
        return limit;
    }
    const imaging::Volume* seen = nullptr; ///< whose limit is kept; never followed
    float limit = 0.0F;
    SliceImage image;
    std::vector<float> values;
    vtkNew<vtkUnsignedCharArray> pixels;
    vtkNew<vtkImageData> data;
    vtkNew<vtkImageSliceMapper> mapper;
    vtkNew<vtkImageSlice> prop;
};

/// Straight lines of several colours in the world.
struct WorldLines {
    explicit WorldLines(vtkRenderer* renderer) {
        colours->SetNumberOfComponents(3);
        data->SetPoints(points);
        mapper->SetInputData(data);
        mapper->SetScalarModeToUseCellData();
        mapper->SetColorModeToDefault();
        actor->SetMapper(mapper);
        actor->GetProperty()->LightingOff();
        actor->PickableOff();
        renderer->AddActor(actor);
    }
    void clear() {
        points->Reset();
        lines->Reset();
        colours->Reset();
    }
    void add(const WorldPoint& a, const WorldPoint& b, Rgb colour) {
        const vtkIdType ids[2] = {points->InsertNextPoint(a.x, a.y, a.z), points->InsertNextPoint(b.x, b.y, b.z)};
        lines->InsertNextCell(2, ids);
        colours->InsertNextTypedTuple(colour.data());
    }
    void finish(double width) {
        data->SetLines(lines);
        data->GetCellData()->SetScalars(colours);
        points->Modified();
        data->Modified();
        actor->GetProperty()->SetLineWidth(static_cast<float>(width));
        actor->SetVisibility(lines->GetNumberOfCells() > 0);
    }
    vtkNew<vtkPoints> points;
    vtkNew<vtkCellArray> lines;
    vtkNew<vtkUnsignedCharArray> colours;
    vtkNew<vtkPolyData> data;
    vtkNew<vtkPolyDataMapper> mapper;
    vtkNew<vtkActor> actor;
};

} // namespace

struct VolumeScene::Private {
    Private() {
        renderer->SetBackground(0.0, 0.0, 0.0);
        renderer->GetActiveCamera()->SetViewAngle(28.0);
        cube->SetXPlusFaceText("L");
        cube->SetXMinusFaceText("R");
        cube->SetYPlusFaceText("P");
        cube->SetYMinusFaceText("A");
        cube->SetZPlusFaceText("S");
        cube->SetZMinusFaceText("I");
        // The letters stand upright when seen from the front, the sides and the feet.
        cube->SetXFaceTextRotation(0.0);
        cube->SetYFaceTextRotation(0.0);
        cube->SetZFaceTextRotation(-90.0);
        cube->SetFaceTextScale(0.62);
        cube->SetTextEdgesVisibility(0);
        cube->GetCubeProperty()->SetColor(0.30, 0.33, 0.38);
        for (vtkProperty* face : {cube->GetXPlusFaceProperty(), cube->GetXMinusFaceProperty()})
            face->SetColor(0.55, 0.88, 0.60); // the sagittal plane's axis
        for (vtkProperty* face : {cube->GetYPlusFaceProperty(), cube->GetYMinusFaceProperty()})
            face->SetColor(0.60, 0.74, 1.0);
        for (vtkProperty* face : {cube->GetZPlusFaceProperty(), cube->GetZMinusFaceProperty()})
            face->SetColor(1.0, 0.58, 0.55);
        cube->PickableOff();
        marker->AddActor(cube);
        marker->SetLayer(1);
        marker->InteractiveOff();
        marker->SetViewport(0.0, 0.0, 0.2, 0.2);
        picker->SetTolerance(0.0005);
    }

    imaging::VolumePtr volume;
    SurfaceSet surfaces;
    SurfacePtr outer;
    imaging::VolumePtr rendered;
    bool interacting = false;
    imaging::LabelEra era = imaging::LabelEra::Brats2021;
    DisplaySettings display;
    WorldPoint cursor;
    std::vector<std::array<VoxelIndex, 2>> boxes;
    double pixelRatio = 1.0;
    Rgb background{0, 0, 0};
    bool stale = true;
    bool planesStale = true;
    bool surfacesStale = true;
    bool fitWanted = true;
    int width = 1;
    int height = 1;

    vtkRenderWindow* window = nullptr;
    vtkNew<vtkRenderer> renderer;
    vtkNew<vtkRenderer> marker;
    vtkNew<vtkAnnotatedCubeActor> cube;
    vtkNew<vtkCellPicker> picker;
    std::vector<std::unique_ptr<SurfaceActor>> surfaceActors;
    std::unique_ptr<SurfaceActor> outerActor;
    std::array<std::unique_ptr<SlicePlane>, 3> planes;
    std::unique_ptr<RayCasting> rays;
    WorldLines lines{renderer};

    /// Where the patient is: the outer surface, else the volume, else the mask.
    bool bounds(std::array<double, 3>& low, std::array<double, 3>& high) const;
    void makeActors();
    void updateLines();
    void applyFit();
};

bool VolumeScene::Private::bounds(std::array<double, 3>& low, std::array<double, 3>& high) const {
    low = {1e300, 1e300, 1e300};
    high = {-1e300, -1e300, -1e300};
    const auto include = [&](const std::array<double, 3>& point) {
        for (std::size_t w = 0; w < 3; ++w) {
            low[w] = std::min(low[w], point[w]);
            high[w] = std::max(high[w], point[w]);
        }
    };
    if (outer) {
        include(outer->first);
        include(outer->last);
    } else if (volume) {
        const auto& size = volume->geometry.size;
        for (int corner = 0; corner < 8; ++corner) {
            const WorldPoint p =
                volume->geometry.worldFromIndex({corner & 1 ? size[0] - 0.5 : -0.5, corner & 2 ? size[1] - 0.5 : -0.5,
                                                 corner & 4 ? size[2] - 0.5 : -0.5});
            include({p.x, p.y, p.z});
        }
    }
    if (!outer && !volume)
        for (const auto& surface : surfaces) {
            include(surface->first);
            include(surface->last);
        }
    return low[0] <= high[0];
}

void VolumeScene::Private::makeActors() {
    surfaceActors.clear();
    outerActor.reset();
    const auto styles = resolvedStyles(display, era);
    // Oedema lies around the enhancing rim and that around the core: the outer ones are veils, or nobody sees what is
    // inside; and they come after it, because transparent surfaces are blended in the order they come.
    const auto solidity = [&](const Surface& surface) {
        if (era == imaging::LabelEra::Plain || surfaces.size() < 2)
            return 1.0;
        return surface.label == 2 ? 0.32 : surface.label == imaging::enhancingValue(era) ? 0.7 : 1.0;
    };
    SurfaceSet ordered = surfaces;
    std::stable_sort(ordered.begin(), ordered.end(),
                     [&](const SurfacePtr& a, const SurfacePtr& b) { return solidity(*a) > solidity(*b); });
    for (const auto& surface : ordered) {
        if (surface->triangles.empty())
            continue;
        auto actor = std::make_unique<SurfaceActor>(renderer, surface);
        const LabelStyle& style = styles[surface->label];
        actor->look(style.colour, style.opacity * solidity(*surface), style.visible && display.maskVisible);
        surfaceActors.push_back(std::move(actor));
    }
    if (outer && !outer->triangles.empty()) {
        outerActor = std::make_unique<SurfaceActor>(renderer, outer);
        // Two veils over each other would show neither.
        outerActor->look({214, 206, 198}, display.brainOpacity,
                         display.brainVisible && display.rendering == RenderingPreset::Off);
        outerActor->actor()->PickableOff(); // a click goes through the veil
    }
}

void VolumeScene::Private::updateLines() {
    lines.clear();
    if (volume && display.crosshairVisible) {
        constexpr double kArm = 9.0; // mm
        const WorldPoint c = cursor;
        lines.add({c.x - kArm, c.y, c.z}, {c.x + kArm, c.y, c.z}, planeColour(Plane::Sagittal));
        lines.add({c.x, c.y - kArm, c.z}, {c.x, c.y + kArm, c.z}, planeColour(Plane::Coronal));
        lines.add({c.x, c.y, c.z - kArm}, {c.x, c.y, c.z + kArm}, planeColour(Plane::Axial));
    }
    if (volume && display.boxesVisible)
        for (const auto& box : boxes) {
            const auto corner = [&](int n) {
                return volume->geometry.worldFromIndex({n & 1 ? box[1].i + 0.5 : box[0].i - 0.5,
                                                        n & 2 ? box[1].j + 0.5 : box[0].j - 0.5,
                                                        n & 4 ? box[1].k + 0.5 : box[0].k - 0.5});
            };
            for (int n = 0; n < 8; ++n)
                for (const int bit : {1, 2, 4})
                    if (!(n & bit))
                        lines.add(corner(n), corner(n | bit), {255, 255, 255});
        }
    lines.finish(std::max(1.0, 1.5 * pixelRatio));
}

void VolumeScene::Private::applyFit() {
    std::array<double, 3> low{};
    std::array<double, 3> high{};
    if (!bounds(low, high))
        return;
    fitWanted = false;
    double centre[3];
    double radius = 0.0;
    for (std::size_t w = 0; w < 3; ++w) {
        centre[w] = (low[w] + high[w]) / 2.0;
        radius += (high[w] - low[w]) * (high[w] - low[w]) / 4.0;
    }
    radius = std::max(1.0, std::sqrt(radius));
    auto* camera = renderer->GetActiveCamera();
    double direction[3];
    camera->GetDirectionOfProjection(direction);
    // A box's corners are rarely filled, so its ball may stick out of the view a little.
    const double narrow = std::min(1.0, static_cast<double>(width) / std::max(1, height));
    const double half = camera->GetViewAngle() / 2.0 * 3.14159265358979323846 / 180.0;
    const double distance = 0.75 * radius / std::sin(std::atan(std::tan(half) * narrow));
    camera->SetFocalPoint(centre);
    camera->SetPosition(centre[0] - direction[0] * distance, centre[1] - direction[1] * distance,
                        centre[2] - direction[2] * distance);
}

VolumeScene::VolumeScene() : d(std::make_unique<Private>()) { lookFrom(ViewDirection::Oblique); }

VolumeScene::~VolumeScene() { attach(nullptr); }

void VolumeScene::attach(vtkRenderWindow* window) {
    if (d->window) {
        d->window->RemoveRenderer(d->marker);
        d->window->RemoveRenderer(d->renderer);
    }
    d->window = window;
    if (window) {
        window->SetNumberOfLayers(2);
        window->AddRenderer(d->renderer);
        window->AddRenderer(d->marker);
    }
    d->stale = d->planesStale = d->surfacesStale = true;
}

void VolumeScene::prepare(int width, int height) {
    d->width = std::max(1, width);
    d->height = std::max(1, height);
    if (d->surfacesStale)
        d->makeActors();
    if (d->planesStale) {
        for (std::size_t n = 0; n < kPlanes.size(); ++n) {
            const bool wanted = d->volume && d->display.slicePlanesVisible;
            if (wanted && !d->planes[n])
                d->planes[n] = std::make_unique<SlicePlane>(d->renderer);
            if (wanted)
                d->planes[n]->show(*d->volume, kPlanes[n], d->cursor, d->display);
            else if (d->planes[n])
                d->planes[n]->prop->VisibilityOff();
        }
    }
    const bool cast = d->rendered && d->display.rendering != RenderingPreset::Off;
    if (cast && !d->rays)
        d->rays = std::make_unique<RayCasting>(d->renderer);
    if (d->rays) {
        d->rays->setVolume(cast ? d->rendered : nullptr);
        d->rays->look(cast ? d->display.rendering : RenderingPreset::Off, d->display.windowWidth,
                      d->display.windowLevel);
        d->rays->setCoarse(d->interacting, d->pixelRatio);
    }
    d->updateLines();
    if (d->fitWanted)
        d->applyFit();
    d->renderer->SetBackground(d->background[0] / 255.0, d->background[1] / 255.0, d->background[2] / 255.0);
    d->renderer->ResetCameraClippingRange();
    // The cube: square, in the lower left corner, turned as the scene is.
    const double side = std::min({0.3 * d->width, 0.3 * d->height, 84.0 * d->pixelRatio});
    d->marker->SetViewport(0.0, 0.0, side / d->width, side / d->height);
    const bool oriented = d->display.lettersVisible && (!d->volume || d->volume->geometry.hasOrientation) &&
                          (d->volume || !d->surfaces.empty() || d->outer);
    d->cube->SetVisibility(oriented);
    auto* from = d->renderer->GetActiveCamera();
    auto* camera = d->marker->GetActiveCamera();
    double direction[3];
    from->GetDirectionOfProjection(direction);
    camera->SetFocalPoint(0, 0, 0);
    camera->SetPosition(-direction[0] * 4.4, -direction[1] * 4.4, -direction[2] * 4.4);
    camera->SetViewUp(from->GetViewUp());
    d->marker->ResetCameraClippingRange();
    d->stale = d->planesStale = d->surfacesStale = false;
}

void VolumeScene::setVolume(imaging::VolumePtr volume) {
    if (volume == d->volume)
        return;
    const bool sameSpace = volume && d->volume && imaging::sameGrid(volume->geometry, d->volume->geometry);
    d->volume = std::move(volume);
    d->fitWanted |= !sameSpace;
    d->planesStale = d->stale = true;
}

void VolumeScene::setMaskSurfaces(SurfaceSet surfaces, imaging::LabelEra era) {
    if (surfaces == d->surfaces && era == d->era)
        return;
    d->fitWanted |= !d->volume && !d->outer;
    d->surfaces = std::move(surfaces);
    d->era = era;
    d->surfacesStale = d->stale = true;
}

void VolumeScene::setOuterSurface(SurfacePtr surface) {
    if (surface == d->outer)
        return;
    d->fitWanted |= surface != nullptr;
    d->outer = std::move(surface);
    d->surfacesStale = d->stale = true;
}

void VolumeScene::setRendered(imaging::VolumePtr reduced) {
    d->stale |= reduced != d->rendered;
    d->rendered = std::move(reduced);
}

void VolumeScene::setInteracting(bool interacting) {
    d->stale |= interacting != d->interacting && d->rays != nullptr;
    d->interacting = interacting;
}

void VolumeScene::setDisplay(const DisplaySettings& settings) {
    if (settings == d->display)
        return;
    d->surfacesStale |= settings.labels != d->display.labels || settings.maskVisible != d->display.maskVisible ||
                        settings.brainVisible != d->display.brainVisible ||
                        settings.rendering != d->display.rendering || settings.brainOpacity != d->display.brainOpacity;
    d->display = settings;
    d->planesStale = d->stale = true;
}

const DisplaySettings& VolumeScene::display() const { return d->display; }

void VolumeScene::setCursor(WorldPoint point) {
    if (point.x == d->cursor.x && point.y == d->cursor.y && point.z == d->cursor.z)
        return;
    d->cursor = point;
    d->planesStale = d->stale = true;
}

void VolumeScene::setBoxes(std::vector<std::array<VoxelIndex, 2>> boxes) {
    if (boxes == d->boxes)
        return;
    d->boxes = std::move(boxes);
    d->stale = true;
}

void VolumeScene::setPixelRatio(double devicePixelsPerLogical) {
    d->stale |= d->pixelRatio != devicePixelsPerLogical;
    d->pixelRatio = std::max(0.1, devicePixelsPerLogical);
}

void VolumeScene::setBackground(std::array<std::uint8_t, 3> colour) {
    d->stale |= colour != d->background;
    d->background = colour;
}

void VolumeScene::lookFrom(ViewDirection direction) {
    std::array<double, 3> from{};
    std::array<double, 3> up{0, 0, 1};
    switch (direction) {
    case ViewDirection::Anterior:
        from = {0, -1, 0};
        break;
    case ViewDirection::Posterior:
        from = {0, 1, 0};
        break;
    case ViewDirection::Left:
        from = {1, 0, 0};
        break;
    case ViewDirection::Right:
        from = {-1, 0, 0};
        break;
    case ViewDirection::Superior:
        from = {0, 0, 1};
        up = {0, -1, 0};
        break;
    case ViewDirection::Inferior:
        from = {0, 0, -1};
        up = {0, -1, 0};
        break;
    case ViewDirection::Oblique:
        from = {0.55, -0.75, 0.37};
        break;
    }
    auto* camera = d->renderer->GetActiveCamera();
    camera->SetFocalPoint(0, 0, 0);
    camera->SetPosition(from.data());
    camera->SetViewUp(up.data());
    camera->OrthogonalizeViewUp();
    fit();
}

void VolumeScene::fit() { d->fitWanted = d->stale = true; }

void VolumeScene::rotateBy(double deltaX, double deltaY) {
    auto* camera = d->renderer->GetActiveCamera();
    const double degrees = 0.4 / d->pixelRatio;
    camera->Azimuth(-deltaX * degrees);
    camera->Elevation(deltaY * degrees);
    camera->OrthogonalizeViewUp();
    d->stale = true;
}

void VolumeScene::panBy(double deltaX, double deltaY) {
    auto* camera = d->renderer->GetActiveCamera();
    double focus[3];
    double position[3];
    double up[3];
    double ahead[3];
    camera->GetFocalPoint(focus);
    camera->GetPosition(position);
    camera->GetViewUp(up);
    camera->GetDirectionOfProjection(ahead);
    const double half = camera->GetViewAngle() / 2.0 * 3.14159265358979323846 / 180.0;
    const double mm = 2.0 * camera->GetDistance() * std::tan(half) / std::max(1, d->height);
    const double right[3] = {ahead[1] * up[2] - ahead[2] * up[1], ahead[2] * up[0] - ahead[0] * up[2],
                             ahead[0] * up[1] - ahead[1] * up[0]};
    for (int w = 0; w < 3; ++w) {
        const double move = (-deltaX * right[w] + deltaY * up[w]) * mm;
        focus[w] += move;
        position[w] += move;
    }
    camera->SetFocalPoint(focus);
    camera->SetPosition(position);
    d->stale = true;
}

void VolumeScene::zoomBy(double factor) {
    auto* camera = d->renderer->GetActiveCamera();
    const double distance = std::clamp(camera->GetDistance() / factor, 5.0, 5000.0);
    double focus[3];
    double ahead[3];
    camera->GetFocalPoint(focus);
    camera->GetDirectionOfProjection(ahead);
    camera->SetPosition(focus[0] - ahead[0] * distance, focus[1] - ahead[1] * distance, focus[2] - ahead[2] * distance);
    d->stale = true;
}

std::optional<WorldPoint> VolumeScene::pick(double displayX, double displayY) {
    if (!d->window)
        return std::nullopt;
    if (!d->picker->Pick(displayX, d->height - displayY, 0.0, d->renderer))
        return std::nullopt;
    const double* at = d->picker->GetPickPosition();
    return WorldPoint{at[0], at[1], at[2]};
}

bool VolumeScene::needsRender() const { return d->stale; }

} // namespace sulcus::scene
