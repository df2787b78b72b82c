// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/slice_scene.h"

#include "ui/scene/difference.h"
#include "ui/scene/font_file.h"
#include "ui/scene/palette.h"
#include "ui/scene/slice_image.h"

#include <vtkActor.h>
#include <vtkActor2D.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkImageProperty.h>
#include <vtkImageSlice.h>
#include <vtkImageSliceMapper.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkProperty.h>
#include <vtkProperty2D.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace sulcus::scene {
namespace {

using imaging::ContinuousIndex;
using imaging::VoxelIndex;
using imaging::WorldPoint;

constexpr double kMinZoom = 0.2;
constexpr double kMaxZoom = 60.0;
constexpr double kFitShare = 0.94; ///< of the view that a fitted slice takes: room for the letters
constexpr double kPi = 3.14159265358979323846;

/// A slice image as a textured rectangle at depth `z` of the plane's own coordinates. Layers are drawn in the order
/// they were made and blend over each other; VTK's translucent pass would cost two more sweeps over the whole view.
class ImageLayer {
public:
    ImageLayer(vtkRenderer* renderer, double z) : m_z(z) {
        m_mapper->SetInputData(m_data);
        m_mapper->BorderOn(); // to the edge of the outer voxels, not to their centres
        m_slice->SetMapper(m_mapper);
        m_slice->PickableOff();
        m_slice->VisibilityOff();
        auto* property = m_slice->GetProperty();
        property->SetColorWindow(255.0); // pixels are colours already
        property->SetColorLevel(127.5);
        property->SetInterpolationTypeToNearest();
        renderer->AddViewProp(m_slice);
    }

    SliceImage image;

    void show(const SliceFrame& frame) { show(frame, 0, 0, image.columns, image.rows, image.rgba); }

    /// The smallest rectangle that holds every pixel with a colour: a mask covers little of a slice, and blending the
    /// rest costs as much as drawing it.
    void showFilledPart(const SliceFrame& frame) {
        int left = image.columns;
        int right = -1;
        int bottom = image.rows;
        int top = -1;
        for (int row = 0; row < image.rows; ++row)
            for (int column = 0; column < image.columns; ++column)
                if (image.pixel(column, row)[3] != 0) {
                    left = std::min(left, column);
                    right = std::max(right, column);
                    bottom = std::min(bottom, row);
                    top = row;
                }
        if (right < left) {
            hide();
            return;
        }
        const int columns = right - left + 1;
        const int rows = top - bottom + 1;
        m_part.resize(4 * static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
        for (int row = 0; row < rows; ++row)
            std::copy_n(image.pixel(left, bottom + row), 4 * static_cast<std::size_t>(columns),
                        m_part.data() + 4 * static_cast<std::size_t>(row) * static_cast<std::size_t>(columns));
        show(frame, left, bottom, columns, rows, m_part);
    }
    void hide() { m_slice->VisibilityOff(); }
    void interpolate(bool on) {
        on ? m_slice->GetProperty()->SetInterpolationTypeToLinear()
           : m_slice->GetProperty()->SetInterpolationTypeToNearest();
    }

private:
    void show(const SliceFrame& frame, int column, int row, int columns, int rows, std::vector<std::uint8_t>& rgba) {
        m_data->SetDimensions(columns, rows, 1);
        m_data->SetSpacing(frame.columnSpacing(), frame.rowSpacing(), 1.0);
        m_data->SetOrigin(column * frame.columnSpacing(), row * frame.rowSpacing(), m_z);
        m_pixels->SetNumberOfComponents(4);
        m_pixels->SetArray(rgba.data(), static_cast<vtkIdType>(rgba.size()), 1);
        m_pixels->Modified();
        m_data->GetPointData()->SetScalars(m_pixels);
        m_data->Modified();
        m_slice->VisibilityOn();
    }

    double m_z;
    std::vector<std::uint8_t> m_part;
    vtkNew<vtkUnsignedCharArray> m_pixels;
    vtkNew<vtkImageData> m_data;
    vtkNew<vtkImageSliceMapper> m_mapper;
    vtkNew<vtkImageSlice> m_slice;
};

/// Coloured lines or quads in pixels (origin lower left).
class FlatShapes {
public:
    explicit FlatShapes(vtkRenderer* renderer) {
        m_data->SetPoints(m_points);
        m_colours->SetNumberOfComponents(4);
        m_mapper->SetInputData(m_data);
        m_mapper->SetScalarModeToUseCellData();
        m_mapper->SetColorModeToDefault();
        m_actor->SetMapper(m_mapper);
        m_actor->PickableOff();
        renderer->AddViewProp(m_actor);
    }
    void clear() {
        m_points->Reset();
        m_lines->Reset();
        m_quads->Reset();
        m_lineColours.clear();
        m_quadColours.clear();
    }
    void line(double x0, double y0, double x1, double y1, Rgb colour, double alpha = 1.0) {
        const vtkIdType ids[2] = {m_points->InsertNextPoint(x0, y0, 0.0), m_points->InsertNextPoint(x1, y1, 0.0)};
        m_lines->InsertNextCell(2, ids);
        m_lineColours.push_back(withAlpha(colour, alpha));
    }
    void quad(double x0, double y0, double x1, double y1, Rgb colour, double alpha = 1.0) {
        const vtkIdType ids[4] = {m_points->InsertNextPoint(x0, y0, 0.0), m_points->InsertNextPoint(x1, y0, 0.0),
                                  m_points->InsertNextPoint(x1, y1, 0.0), m_points->InsertNextPoint(x0, y1, 0.0)};
        m_quads->InsertNextCell(4, ids);
        m_quadColours.push_back(withAlpha(colour, alpha));
    }
    void finish(double lineWidth) {
        m_data->SetLines(m_lines);
        m_data->SetPolys(m_quads);
        m_colours->Reset();
        for (const auto& colour : m_lineColours) // cell data runs lines first, then polygons
            m_colours->InsertNextTypedTuple(colour.data());
        for (const auto& colour : m_quadColours)
            m_colours->InsertNextTypedTuple(colour.data());
        m_data->GetCellData()->SetScalars(m_colours);
        m_points->Modified();
        m_data->Modified();
        m_actor->GetProperty()->SetLineWidth(static_cast<float>(lineWidth));
        m_actor->SetVisibility(m_lineColours.empty() && m_quadColours.empty() ? 0 : 1);
    }

private:
    static std::array<std::uint8_t, 4> withAlpha(Rgb colour, double alpha) {
        return {colour[0], colour[1], colour[2], static_cast<std::uint8_t>(std::lround(alpha * 255.0))};
    }
    std::vector<std::array<std::uint8_t, 4>> m_lineColours;
    std::vector<std::array<std::uint8_t, 4>> m_quadColours;
    vtkNew<vtkPoints> m_points;
    vtkNew<vtkCellArray> m_lines;
    vtkNew<vtkCellArray> m_quads;
    vtkNew<vtkUnsignedCharArray> m_colours;
    vtkNew<vtkPolyData> m_data;
    vtkNew<vtkPolyDataMapper2D> m_mapper;
    vtkNew<vtkActor2D> m_actor;
};

/// The outlines of a label map's slice, in world millimetres of the plane.
class OutlineLayer {
public:
    OutlineLayer(vtkRenderer* renderer, double z) : m_z(z) {
        m_mapper->SetInputData(m_data);
        m_mapper->SetScalarModeToUseCellData();
        m_mapper->SetColorModeToDefault();
        m_actor->SetMapper(m_mapper);
        m_actor->GetProperty()->LightingOff();
        m_actor->PickableOff();
        m_actor->VisibilityOff();
        renderer->AddViewProp(m_actor);
    }
    void hide() { m_actor->VisibilityOff(); }
    void width(double pixels) { m_actor->GetProperty()->SetLineWidth(static_cast<float>(std::max(1.0, pixels))); }
    void show(const SliceLabels& labels, const SliceFrame& frame, const std::array<LabelStyle, 256>& styles) {
        traceOutlines(labels, frame, styles, m_pieces);
        if (m_pieces.empty()) {
            hide();
            return;
        }
        vtkNew<vtkPoints> points;
        vtkNew<vtkCellArray> lines;
        vtkNew<vtkUnsignedCharArray> colours;
        colours->SetNumberOfComponents(4);
        points->SetDataTypeToFloat();
        points->SetNumberOfPoints(static_cast<vtkIdType>(2 * m_pieces.size()));
        vtkIdType next = 0;
        for (const OutlinePiece& piece : m_pieces) {
            points->SetPoint(next, piece.x0, piece.y0, m_z);
            points->SetPoint(next + 1, piece.x1, piece.y1, m_z);
            const vtkIdType ids[2] = {next, next + 1};
            lines->InsertNextCell(2, ids);
            next += 2;
            const LabelStyle& style = styles[piece.label];
            const std::uint8_t colour[4] = {style.colour[0], style.colour[1], style.colour[2], 255};
            colours->InsertNextTypedTuple(colour);
        }
        m_data->SetPoints(points);
        m_data->SetLines(lines);
        m_data->GetCellData()->SetScalars(colours);
        m_data->Modified();
        m_actor->VisibilityOn();
    }

private:
    double m_z;
    std::vector<OutlinePiece> m_pieces;
    vtkNew<vtkPolyData> m_data;
    vtkNew<vtkPolyDataMapper> m_mapper;
    vtkNew<vtkActor> m_actor;
};

enum class Anchor { TopLeft, Top, Bottom, Left, Right, BottomLeft, Middle };

/// A line of text with a dark shadow, legible over any image.
class Label {
public:
    explicit Label(vtkRenderer* renderer) {
        m_actor->SetTextScaleModeToNone();
        m_actor->GetPositionCoordinate()->SetCoordinateSystemToViewport();
        m_actor->PickableOff();
        m_actor->VisibilityOff();
        auto* property = m_actor->GetTextProperty();
        property->SetFontFamilyToArial();
        property->ShadowOn();
        property->SetShadowOffset(1, -1);
        renderer->AddViewProp(m_actor);
    }
    /// A dark ground behind the letters: for words that lie amid bright image or a pale mask.
    void darken() {
        m_actor->GetTextProperty()->SetBackgroundColor(0.0, 0.0, 0.0);
        m_actor->GetTextProperty()->SetBackgroundOpacity(0.6);
    }
    void hide() { m_actor->VisibilityOff(); }
    void show(const std::string& text, double x, double y, Anchor anchor, double size, bool bold, Rgb colour,
              const std::string& fontFile = {}) {
        if (text.empty()) {
            hide();
            return;
        }
        auto* property = m_actor->GetTextProperty();
        property->SetFontSize(static_cast<int>(std::lround(size)));
        property->SetBold(bold);
        property->SetColor(colour[0] / 255.0, colour[1] / 255.0, colour[2] / 255.0);
        if (fontFile.empty()) {
            property->SetFontFamilyToArial();
        } else {
            property->SetFontFamily(VTK_FONT_FILE);
            property->SetFontFile(fontFile.c_str());
        }
        switch (anchor) {
        case Anchor::TopLeft:
        case Anchor::Left:
        case Anchor::BottomLeft:
            property->SetJustificationToLeft();
            break;
        case Anchor::Right:
            property->SetJustificationToRight();
            break;
        default:
            property->SetJustificationToCentered();
        }
        switch (anchor) {
        case Anchor::TopLeft:
        case Anchor::Top:
            property->SetVerticalJustificationToTop();
            break;
        case Anchor::Bottom:
        case Anchor::BottomLeft:
            property->SetVerticalJustificationToBottom();
            break;
        default:
            property->SetVerticalJustificationToCentered();
        }
        if (m_text != text) {
            m_text = text;
            m_actor->SetInput(text.c_str());
        }
        m_actor->SetPosition(std::round(x), std::round(y));
        m_actor->VisibilityOn();
    }

private:
    std::string m_text;
    vtkNew<vtkTextActor> m_actor;
};

std::string millimetres(double length) {
    char text[32];
    std::snprintf(text, sizeof text, "%g mm", length);
    return text;
}

/// The roundest length (1, 2 or 5 times a power of ten) not above `mm`.
double roundLength(double mm) {
    const double decade = std::pow(10.0, std::floor(std::log10(std::max(mm, 1e-6))));
    const double digit = mm / decade;
    return (digit >= 5.0 ? 5.0 : digit >= 2.0 ? 2.0 : 1.0) * decade;
}

double along(const ContinuousIndex& index, int axis) { return axis == 0 ? index.i : axis == 1 ? index.j : index.k; }
int along(const VoxelIndex& index, int axis) { return axis == 0 ? index.i : axis == 1 ? index.j : index.k; }

Rgb rgb(const std::array<std::uint8_t, 3>& colour) { return {colour[0], colour[1], colour[2]}; }

} // namespace

struct SliceScene::Private {
    explicit Private(Plane p) : plane(p) {
        renderer->GetActiveCamera()->ParallelProjectionOn();
        renderer->SetBackground(0.0, 0.0, 0.0);
    }

    Plane plane;
    imaging::VolumePtr volume;
    imaging::LabelMapPtr mask;
    imaging::LabelEra era = imaging::LabelEra::Brats2021;
    imaging::LabelMapPtr truth;
    imaging::LabelEra truthEra = imaging::LabelEra::Brats2021;
    imaging::Target target = imaging::Target::Mask;
    imaging::VolumePtr probability;
    std::string probabilityName;
    imaging::LabelMapPtr second;
    imaging::LabelMapPtr preview;
    Rgb previewColour = kReddishPurple;
    std::vector<Annotation> annotations;
    std::vector<std::array<VoxelIndex, 2>> boxes;
    DisplaySettings display;
    WorldPoint cursor;
    Framing framing;
    std::string caption;
    std::string fontFile;
    double pixelRatio = 1.0;
    Rgb background{0, 0, 0};
    bool highlighted = false;

    SliceFrame frame;
    int width = 1;
    int height = 1;

    bool baseStale = true;
    bool overlayStale = true;
    bool secondStale = true;
    bool probabilityStale = true;
    bool previewStale = true;
    bool stale = true; ///< anything at all

    vtkRenderWindow* window = nullptr;
    vtkNew<vtkRenderer> renderer;
    ImageLayer base{renderer, 0.0};
    ImageLayer heat{renderer, 0.1};
    ImageLayer overlay{renderer, 0.2};
    ImageLayer hint{renderer, 0.3};
    OutlineLayer secondContour{renderer, 0.35};
    OutlineLayer contour{renderer, 0.4};
    FlatShapes thinShapes{renderer};  ///< crosshair, boxes, colour bar
    FlatShapes frameShapes{renderer}; ///< frame, scale bar
    std::vector<std::unique_ptr<FlatShapes>> annotationShapes;
    Label leftLabel{renderer}, rightLabel{renderer}, topLabel{renderer}, bottomLabel{renderer};
    Label captionLabel{renderer}, scaleLabel{renderer}, heatLow{renderer}, heatHigh{renderer}, heatName{renderer};
    std::vector<std::unique_ptr<Label>> annotationLabels;
    SliceLabels labels;
    SliceLabels truthLabels;
    std::vector<float> values;

    void everythingStale() { baseStale = overlayStale = secondStale = probabilityStale = previewStale = stale = true; }

    double fitMmPerPixel() const {
        return std::max({frame.columns() * frame.columnSpacing() / (kFitShare * std::max(1, width)),
                         frame.rows() * frame.rowSpacing() / (kFitShare * std::max(1, height)), 1e-9});
    }
    double mmPerPixel() const { return fitMmPerPixel() / framing.zoom; }
    PlanePoint middle() const {
        if (framing.centre)
            return frame.planeFromWorld(*framing.centre);
        return {(frame.columns() - 1) * frame.columnSpacing() / 2.0, (frame.rows() - 1) * frame.rowSpacing() / 2.0};
    }
    void setMiddle(PlanePoint point) { framing.centre = frame.worldFromPlane(point, frame.sliceOf(cursor)); }
    PlanePoint planeFromDisplay(double x, double y) const {
        const PlanePoint centre = middle();
        const double mm = mmPerPixel();
        return {centre.x + (x - width / 2.0) * mm, centre.y - (y - height / 2.0) * mm};
    }
    /// VTK pixels: origin lower left.
    std::array<double, 2> pixelFromPlane(PlanePoint point) const {
        const PlanePoint centre = middle();
        const double mm = mmPerPixel();
        return {width / 2.0 + (point.x - centre.x) / mm, height / 2.0 + (point.y - centre.y) / mm};
    }
    int slice() const { return frame.sliceOf(cursor); }

    // Letters of a small tile must leave room for what they are about.
    double letterSize() const { return (std::min(width, height) < 240.0 * pixelRatio ? 11.0 : 15.0) * pixelRatio; }
    double margin() const { return 8.0 * pixelRatio; }
    // In a narrow tile the upper letter would stand in the caption: there left and right must do.
    bool hasUpperLetters() const { return width >= 180.0 * pixelRatio; }

    void reframe() {
        if (volume)
            frame = sliceFrame(volume->geometry, plane, display.neurological);
    }

    void updateBase();
    void updateOverlay();
    void updateSecond();
    void updateProbability();
    void updatePreview();
    void updateDecorations();
    void drawAnnotations();
    void drawCrosshair();
    void drawBoxes();
    void drawColourBar();
};

SliceScene::SliceScene(Plane plane) : d(std::make_unique<Private>(plane)) {}

SliceScene::~SliceScene() { attach(nullptr); }

void SliceScene::attach(vtkRenderWindow* window) {
    if (d->window)
        d->window->RemoveRenderer(d->renderer);
    d->window = window;
    if (window)
        window->AddRenderer(d->renderer);
    d->everythingStale();
}

void SliceScene::setViewport(double left, double bottom, double right, double top) {
    d->renderer->SetViewport(left, bottom, right, top);
    d->stale = true;
}

void SliceScene::prepare(int width, int height) {
    d->width = std::max(1, width);
    d->height = std::max(1, height);
    if (d->volume && d->baseStale)
        d->updateBase();
    if (d->overlayStale)
        d->updateOverlay();
    if (d->secondStale)
        d->updateSecond();
    if (d->probabilityStale)
        d->updateProbability();
    if (d->previewStale)
        d->updatePreview();
    d->updateDecorations();
    if (d->volume) {
        auto* camera = d->renderer->GetActiveCamera();
        const PlanePoint centre = d->middle();
        camera->SetFocalPoint(centre.x, centre.y, 0.0);
        camera->SetPosition(centre.x, centre.y, 10.0);
        camera->SetViewUp(0.0, 1.0, 0.0);
        camera->SetClippingRange(1.0, 20.0);
        camera->SetParallelScale(d->height * d->mmPerPixel() / 2.0);
    }
    d->renderer->SetBackground(d->background[0] / 255.0, d->background[1] / 255.0, d->background[2] / 255.0);
    d->baseStale = d->overlayStale = d->secondStale = d->probabilityStale = d->previewStale = d->stale = false;
}

Plane SliceScene::plane() const { return d->plane; }

void SliceScene::setPlane(Plane plane) {
    if (plane == d->plane)
        return;
    d->plane = plane;
    d->reframe();
    d->everythingStale();
}

void SliceScene::setVolume(imaging::VolumePtr volume) {
    if (volume == d->volume)
        return;
    d->volume = std::move(volume);
    d->reframe();
    if (!d->volume)
        d->base.hide();
    d->everythingStale();
}

void SliceScene::setMask(imaging::LabelMapPtr mask, imaging::LabelEra era) {
    if (mask == d->mask && era == d->era)
        return;
    d->mask = std::move(mask);
    d->era = era;
    d->overlayStale = d->stale = true;
}

imaging::LabelMapPtr SliceScene::mask() const { return d->mask; }

void SliceScene::maskEdited() { d->overlayStale = d->stale = true; }

void SliceScene::setComparison(imaging::LabelMapPtr truth, imaging::LabelEra truthEra, imaging::Target target) {
    if (truth == d->truth && truthEra == d->truthEra && target == d->target)
        return;
    d->truth = std::move(truth);
    d->truthEra = truthEra;
    d->target = target;
    d->overlayStale = d->stale = true;
}

void SliceScene::setProbability(imaging::VolumePtr probability, std::string name) {
    if (probability == d->probability && name == d->probabilityName)
        return;
    d->probability = std::move(probability);
    d->probabilityName = std::move(name);
    d->probabilityStale = d->stale = true;
}

void SliceScene::setOverlay(imaging::LabelMapPtr overlay) {
    if (overlay == d->second)
        return;
    d->second = std::move(overlay);
    d->secondStale = d->stale = true;
}

void SliceScene::setPreview(imaging::LabelMapPtr preview, std::array<std::uint8_t, 3> colour) {
    if (preview == d->preview && colour == d->previewColour)
        return;
    d->preview = std::move(preview);
    d->previewColour = colour;
    d->previewStale = d->stale = true;
}

void SliceScene::setAnnotations(std::vector<Annotation> annotations) {
    if (annotations.empty() && d->annotations.empty())
        return;
    d->annotations = std::move(annotations);
    d->stale = true;
}

void SliceScene::setBoxes(std::vector<std::array<VoxelIndex, 2>> boxes) {
    if (boxes == d->boxes)
        return;
    d->boxes = std::move(boxes);
    d->stale = true;
}

void SliceScene::setDisplay(const DisplaySettings& settings) {
    if (settings == d->display)
        return;
    const DisplaySettings old = d->display;
    d->display = settings;
    d->stale = true;
    d->overlayStale |= old.maskOpacity != settings.maskOpacity || old.maskVisible != settings.maskVisible ||
                       old.maskStyle != settings.maskStyle || old.labels != settings.labels;
    d->secondStale |= old.overlayVisible != settings.overlayVisible;
    d->probabilityStale |= old.probabilityOpacity != settings.probabilityOpacity;
    d->baseStale |= old.windowWidth != settings.windowWidth || old.windowLevel != settings.windowLevel ||
                    old.invert != settings.invert || old.interpolate != settings.interpolate ||
                    old.colourMap != settings.colourMap;
    if (old.neurological != settings.neurological) {
        d->reframe();
        d->everythingStale();
    }
}

const DisplaySettings& SliceScene::display() const { return d->display; }

void SliceScene::setCursor(WorldPoint point) {
    const WorldPoint old = d->cursor;
    if (old.x == point.x && old.y == point.y && old.z == point.z)
        return;
    const int oldSlice = d->volume ? d->slice() : 0;
    d->cursor = point;
    if (d->volume && oldSlice != d->slice())
        d->everythingStale();
    d->stale = true;
}

WorldPoint SliceScene::cursor() const { return d->cursor; }

void SliceScene::setFraming(const Framing& framing) {
    d->framing = framing;
    d->framing.zoom = std::clamp(framing.zoom, kMinZoom, kMaxZoom);
    d->stale = true;
}

Framing SliceScene::framing() const { return d->framing; }

void SliceScene::fit() { setFraming({}); }

void SliceScene::zoomAt(double factor, double displayX, double displayY) {
    if (!d->volume || !(factor > 0.0))
        return;
    const PlanePoint held = d->planeFromDisplay(displayX, displayY);
    PlanePoint centre = d->middle();
    const double before = d->framing.zoom;
    const double after = std::clamp(before * factor, kMinZoom, kMaxZoom);
    const double keep = before / after;
    centre = {held.x + (centre.x - held.x) * keep, held.y + (centre.y - held.y) * keep};
    d->framing.zoom = after;
    d->setMiddle(centre);
    d->stale = true;
}

void SliceScene::panBy(double deltaX, double deltaY) {
    if (!d->volume)
        return;
    const double mm = d->mmPerPixel();
    PlanePoint centre = d->middle();
    // The slice's middle stays somewhere in the view, so that nobody loses the image.
    const double wide = (d->frame.columns() - 1) * d->frame.columnSpacing();
    const double high = (d->frame.rows() - 1) * d->frame.rowSpacing();
    centre.x = std::clamp(centre.x - deltaX * mm, 0.0, wide);
    centre.y = std::clamp(centre.y + deltaY * mm, 0.0, high);
    d->setMiddle(centre);
    d->stale = true;
}

void SliceScene::setCaption(std::string caption) {
    d->stale |= caption != d->caption;
    d->caption = std::move(caption);
}

void SliceScene::setPixelRatio(double devicePixelsPerLogical) {
    d->stale |= d->pixelRatio != devicePixelsPerLogical;
    d->pixelRatio = std::max(0.1, devicePixelsPerLogical);
}

void SliceScene::setFontFile(std::string path) {
    std::string drawable = drawableFontFile(path);
    d->stale |= drawable != d->fontFile;
    d->fontFile = std::move(drawable);
}

void SliceScene::setBackground(std::array<std::uint8_t, 3> colour) {
    d->stale |= colour != d->background;
    d->background = colour;
}

void SliceScene::setHighlighted(bool highlighted) {
    d->stale |= highlighted != d->highlighted;
    d->highlighted = highlighted;
}

bool SliceScene::hasVolume() const { return d->volume != nullptr; }
const SliceFrame& SliceScene::frame() const { return d->frame; }
int SliceScene::slice() const { return d->volume ? d->slice() : 0; }
int SliceScene::sliceCount() const { return d->volume ? d->frame.sliceCount() : 0; }

WorldPoint SliceScene::worldFromDisplay(double displayX, double displayY) const {
    if (!d->volume)
        return d->cursor;
    return d->frame.worldFromPlane(d->planeFromDisplay(displayX, displayY), d->slice());
}

std::array<double, 2> SliceScene::displayFromWorld(WorldPoint point) const {
    if (!d->volume)
        return {0.0, 0.0};
    const auto pixel = d->pixelFromPlane(d->frame.planeFromWorld(point));
    return {pixel[0], d->height - pixel[1]};
}

bool SliceScene::insideVolume(WorldPoint point) const {
    return d->volume && d->volume->geometry.contains(d->volume->geometry.nearestVoxel(point));
}

double SliceScene::mmPerPixel() const { return d->mmPerPixel(); }
bool SliceScene::needsRender() const { return d->stale; }

void SliceScene::Private::updateBase() {
    paintVolume(*volume, frame, slice(), display.windowWidth, display.windowLevel, display.invert,
                colourTable(display.colourMap), base.image);
    base.interpolate(display.interpolate);
    base.show(frame);
}

void SliceScene::Private::updateOverlay() {
    overlay.hide();
    contour.hide();
    const bool comparing = truth != nullptr;
    if (!volume || !display.maskVisible || (!mask && !comparing))
        return;
    auto styles = resolvedStyles(display, era);
    if (mask)
        cutLabels(*mask, frame, slice(), labels);
    else
        labels.assign(static_cast<std::size_t>(frame.columns()) * static_cast<std::size_t>(frame.rows()), 0);
    if (comparing) {
        cutLabels(*truth, frame, slice(), truthLabels);
        const Difference difference(target, era, truthEra);
        for (std::size_t n = 0; n < labels.size(); ++n)
            labels[n] = difference.of(labels[n], truthLabels[n]);
        for (auto& style : styles)
            style.visible = false;
        for (const auto& [value, style] : Difference::styles())
            styles[value] = style;
    }
    if (display.maskStyle == MaskStyle::Fill) {
        paintLabels(labels, frame, styles, display.maskOpacity, overlay.image);
        overlay.showFilledPart(frame);
        return;
    }
    contour.show(labels, frame, styles);
}

void SliceScene::Private::updateSecond() {
    secondContour.hide();
    if (!volume || !second || !display.overlayVisible)
        return;
    cutLabels(*second, frame, slice(), truthLabels);
    secondContour.show(truthLabels, frame, overlayStyles());
}

void SliceScene::Private::updateProbability() {
    heat.hide();
    if (!volume || !probability)
        return;
    cutValues(*probability, frame, slice(), values);
    heat.image.resize(frame.columns(), frame.rows());
    static const auto kTable = colourTable(ColourMap::Viridis);
    std::uint8_t* out = heat.image.rgba.data();
    for (const float value : values) {
        const double share = value > 0.0F ? std::min(1.0, static_cast<double>(value)) : 0.0;
        const Rgb& colour = kTable[static_cast<std::size_t>(share * 255.0 + 0.5)];
        std::copy(colour.begin(), colour.end(), out);
        // Faint answers fade out, and the faintest vanish, instead of tinting all that the network looked at.
        const double alpha = share < 0.02 ? 0.0 : display.probabilityOpacity * std::min(1.0, share / 0.25);
        out[3] = static_cast<std::uint8_t>(std::lround(255.0 * alpha));
        out += 4;
    }
    heat.showFilledPart(frame);
}

void SliceScene::Private::updatePreview() {
    hint.hide();
    if (!volume || !preview)
        return;
    cutLabels(*preview, frame, slice(), truthLabels);
    std::array<LabelStyle, 256> styles{};
    for (std::size_t label = 1; label < styles.size(); ++label)
        styles[label].colour = previewColour;
    styles[0].visible = false;
    paintLabels(truthLabels, frame, styles, 0.6, hint.image);
    hint.showFilledPart(frame);
}

void SliceScene::Private::drawCrosshair() {
    if (!display.crosshairVisible)
        return;
    const auto at = pixelFromPlane(frame.planeFromWorld(cursor));
    // A gap keeps the voxel itself in sight.
    const double gap = 9.0 * pixelRatio;
    const double x = std::floor(at[0]) + 0.5;
    const double y = std::floor(at[1]) + 0.5;
    // A line takes the colour of the plane that it stands for.
    const Rgb across = planeColour(plane == Plane::Axial ? Plane::Coronal : Plane::Axial);
    const Rgb upright = planeColour(plane == Plane::Sagittal ? Plane::Coronal : Plane::Sagittal);
    constexpr double kAlpha = 0.85;
    // The lines end before a letter that stands in their way. An oblique grid has several letters on one edge.
    const auto letters = frame.letters();
    const double size = letterSize();
    const double reach = margin() + 4.0 * pixelRatio;
    const auto wide = [&](const std::string& letter) { return 0.85 * size * static_cast<double>(letter.size()); };
    const bool meetsSides = display.lettersVisible && std::abs(y - height / 2.0) < 0.8 * size;
    const bool meetsUpper =
        display.lettersVisible && hasUpperLetters() &&
        std::abs(x - width / 2.0) < 0.5 * std::max(wide(letters.top), wide(letters.bottom)) + gap / 2.0;
    const double left = meetsSides && !letters.left.empty() ? reach + wide(letters.left) : 0.0;
    const double right = width - (meetsSides && !letters.right.empty() ? reach + wide(letters.right) : 0.0);
    const double low = meetsUpper && !letters.bottom.empty() ? reach + 1.1 * size : 0.0;
    const double high = height - (meetsUpper && !letters.top.empty() ? reach + 1.1 * size : 0.0);
    const auto piece = [&](double x0, double y0, double x1, double y1, Rgb colour) {
        if ((x0 < x1 && y0 == y1) || (x0 == x1 && y0 < y1))
            thinShapes.line(x0, y0, x1, y1, colour, kAlpha);
    };
    if (y >= 0 && y <= height) {
        piece(left, y, std::min(x - gap, right), y, across);
        piece(std::max(x + gap, left), y, right, y, across);
    }
    if (x >= 0 && x <= width) {
        piece(x, low, x, std::min(y - gap, high), upright);
        piece(x, std::max(y + gap, low), x, high, upright);
    }
}

void SliceScene::Private::drawBoxes() {
    if (!display.boxesVisible)
        return;
    const int current = slice();
    for (const auto& box : boxes) {
        if (current < along(box[0], frame.axisNormal) || current > along(box[1], frame.axisNormal))
            continue;
        const auto corner = [&](const VoxelIndex& voxel, double side) {
            const ContinuousIndex index{voxel.i + side, voxel.j + side, voxel.k + side};
            return pixelFromPlane(frame.planeFromWorld(frame.geometry.worldFromIndex(index)));
        };
        const auto a = corner(box[0], -0.5);
        const auto b = corner(box[1], 0.5);
        const Rgb colour{255, 255, 255};
        thinShapes.line(a[0], a[1], b[0], a[1], colour);
        thinShapes.line(b[0], a[1], b[0], b[1], colour);
        thinShapes.line(b[0], b[1], a[0], b[1], colour);
        thinShapes.line(a[0], b[1], a[0], a[1], colour);
    }
}

void SliceScene::Private::drawColourBar() {
    heatLow.hide();
    heatHigh.hide();
    heatName.hide();
    if (!probability)
        return;
    static const auto kTable = colourTable(ColourMap::Viridis);
    const double barWidth = 10.0 * pixelRatio;
    const double x = width - 14.0 * pixelRatio - barWidth;
    const double low = 0.62 * height;
    const double high = 0.92 * height;
    constexpr int kSteps = 64;
    for (int n = 0; n < kSteps; ++n)
        thinShapes.quad(x, low + (high - low) * n / kSteps, x + barWidth, low + (high - low) * (n + 1) / kSteps,
                        kTable[static_cast<std::size_t>(n * 255 / (kSteps - 1))]);
    const double size = 11.0 * pixelRatio;
    heatLow.show("0", x - 4.0 * pixelRatio, low, Anchor::Right, size, false, {235, 235, 235});
    heatHigh.show("1", x - 4.0 * pixelRatio, high, Anchor::Right, size, false, {235, 235, 235});
    heatName.show(probabilityName, x + barWidth, high + 9.0 * pixelRatio, Anchor::Right, size, true, {235, 235, 235});
}

void SliceScene::Private::drawAnnotations() {
    while (annotationShapes.size() < annotations.size()) {
        annotationShapes.push_back(std::make_unique<FlatShapes>(renderer));
        annotationLabels.push_back(std::make_unique<Label>(renderer));
        annotationLabels.back()->darken();
    }
    for (auto& label : annotationLabels)
        label->hide();
    for (auto& shapes : annotationShapes) {
        shapes->clear();
        shapes->finish(1.0);
    }
    if (!volume)
        return;
    const int current = slice();
    for (std::size_t n = 0; n < annotations.size(); ++n) {
        const Annotation& note = annotations[n];
        const auto onSlice = [&](const WorldPoint& point) {
            return std::abs(along(frame.geometry.indexFromWorld(point), frame.axisNormal) - current) <= 0.5 + 1e-6;
        };
        if (note.points.empty() || (!note.everySlice && !std::all_of(note.points.begin(), note.points.end(), onSlice)))
            continue;
        std::vector<std::array<double, 2>> path;
        for (const auto& point : note.points)
            path.push_back(pixelFromPlane(frame.planeFromWorld(point)));
        auto& shapes = *annotationShapes[n];
        const Rgb colour = rgb(note.colour);
        bool closed = note.kind == Annotation::Kind::Polygon;
        const auto round = [&](double x, double y, double rx, double ry) {
            constexpr int kSides = 64;
            path.clear();
            for (int side = 0; side < kSides; ++side) {
                const double angle = 2.0 * kPi * side / kSides;
                path.push_back({x + rx * std::cos(angle), y + ry * std::sin(angle)});
            }
            closed = true;
        };
        const auto first = path.front();
        const auto last = path.back();
        switch (note.kind) {
        case Annotation::Kind::Circle: {
            const double radius = note.radiusMm / mmPerPixel();
            round(first[0], first[1], radius, radius);
            break;
        }
        case Annotation::Kind::Ellipse:
            round((first[0] + last[0]) / 2, (first[1] + last[1]) / 2, std::abs(first[0] - last[0]) / 2,
                  std::abs(first[1] - last[1]) / 2);
            break;
        case Annotation::Kind::Rectangle:
            path = {first, {last[0], first[1]}, last, {first[0], last[1]}};
            closed = true;
            break;
        case Annotation::Kind::Marker: {
            const double arm = 5.0 * pixelRatio;
            shapes.line(first[0] - arm, first[1], first[0] + arm, first[1], colour);
            shapes.line(first[0], first[1] - arm, first[0], first[1] + arm, colour);
            path.clear();
            break;
        }
        default:
            break;
        }
        for (std::size_t p = 1; p < path.size(); ++p)
            shapes.line(path[p - 1][0], path[p - 1][1], path[p][0], path[p][1], colour);
        if (closed && path.size() > 2)
            shapes.line(path.back()[0], path.back()[1], path.front()[0], path.front()[1], colour);
        shapes.finish(note.lineWidth * pixelRatio);
        const double aside = note.kind == Annotation::Kind::Circle ? note.radiusMm / mmPerPixel() : 0.0;
        annotationLabels[n]->show(note.text, last[0] + aside + 7.0 * pixelRatio, last[1] - 3.0 * pixelRatio,
                                  Anchor::Left, 12.0 * pixelRatio, false, colour, fontFile);
    }
}

void SliceScene::Private::updateDecorations() {
    const Rgb kText{240, 240, 240};
    const Rgb colour = planeColour(plane);
    thinShapes.clear();
    frameShapes.clear();
    const double lineWidth = std::max(1.0, std::round((highlighted ? 2.0 : 1.0) * pixelRatio));
    if (display.frameVisible) {
        const double edge = lineWidth / 2.0;
        frameShapes.line(0, edge, width, edge, colour);
        frameShapes.line(0, height - edge, width, height - edge, colour);
        frameShapes.line(edge, 0, edge, height, colour);
        frameShapes.line(width - edge, 0, width - edge, height, colour);
    }
    for (Label* label : {&leftLabel, &rightLabel, &topLabel, &bottomLabel, &captionLabel, &scaleLabel})
        label->hide();
    const double margin = this->margin();
    contour.width(1.6 * pixelRatio);
    secondContour.width(2.0 * pixelRatio);
    if (volume) {
        drawCrosshair();
        drawBoxes();
        if (display.lettersVisible) {
            const auto letters = frame.letters();
            const double size = letterSize();
            const Rgb yellow{255, 221, 128};
            leftLabel.show(letters.left, margin, height / 2.0, Anchor::Left, size, true, yellow);
            rightLabel.show(letters.right, width - margin, height / 2.0, Anchor::Right, size, true, yellow);
            if (hasUpperLetters()) {
                topLabel.show(letters.top, width / 2.0, height - margin, Anchor::Top, size, true, yellow);
                bottomLabel.show(letters.bottom, width / 2.0, margin, Anchor::Bottom, size, true, yellow);
            }
        }
        if (display.scaleBarVisible) {
            const double mm = mmPerPixel();
            const double length = roundLength(0.25 * width * mm);
            const double pixels = length / mm;
            const double y = margin + 3.0 * pixelRatio;
            const double x = margin + 2.0 * pixelRatio;
            const double tick = 3.0 * pixelRatio;
            const double half = std::max(1.0, pixelRatio) / 2.0;
            // Light bar with a dark edge, in pieces that do not overlap: flat shapes share one depth.
            const Rgb dark{0, 0, 0};
            const double edge = pixelRatio;
            frameShapes.quad(x + half, y - half, x + pixels - half, y + half, kText);
            frameShapes.quad(x + half, y - half - edge, x + pixels - half, y - half, dark);
            frameShapes.quad(x - half, y - tick, x + half, y + tick, kText);
            frameShapes.quad(x - half - edge, y - tick, x - half, y + tick, dark);
            frameShapes.quad(x + pixels - half, y - tick, x + pixels + half, y + tick, kText);
            frameShapes.quad(x + pixels + half, y - tick, x + pixels + half + edge, y + tick, dark);
            scaleLabel.show(millimetres(length), x, y + tick + 3.0 * pixelRatio, Anchor::BottomLeft, 11.0 * pixelRatio,
                            false, kText);
        }
    }
    if (display.captionVisible) {
        std::string text = caption.empty() ? planeName(plane) : caption;
        if (volume)
            text += " " + std::to_string(slice() + 1) + "/" + std::to_string(frame.sliceCount());
        captionLabel.show(text, margin, height - margin, Anchor::TopLeft, 12.0 * pixelRatio, false, kText, fontFile);
    }
    drawColourBar();
    drawAnnotations();
    thinShapes.finish(std::max(1.0, std::round(pixelRatio)));
    frameShapes.finish(lineWidth);
}

} // namespace sulcus::scene
