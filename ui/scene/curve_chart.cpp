// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/curve_chart.h"

#include "ui/scene/font_file.h"
#include "ui/scene/offscreen.h"

#include <vtkAxis.h>
#include <vtkBrush.h>
#include <vtkChartLegend.h>
#include <vtkChartXY.h>
#include <vtkContextActor.h>
#include <vtkContextScene.h>
#include <vtkDoubleArray.h>
#include <vtkFloatArray.h>
#include <vtkNew.h>
#include <vtkPen.h>
#include <vtkPlot.h>
#include <vtkPlotLine.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkStringArray.h>
#include <vtkTable.h>
#include <vtkTextProperty.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sulcus::scene {
namespace {

struct Look {
    std::array<double, 3> background, text, grid, axis;
};

Look lookOf(bool dark) {
    if (dark)
        return {{0.12, 0.13, 0.15}, {0.90, 0.91, 0.92}, {0.25, 0.27, 0.30}, {0.55, 0.57, 0.60}};
    return {{1.0, 1.0, 1.0}, {0.10, 0.11, 0.13}, {0.88, 0.89, 0.90}, {0.45, 0.46, 0.48}};
}

/// Brings a curve's colour to a contrast that its background needs: lighter on dark, darker on light.
std::array<double, 3> legible(const std::array<std::uint8_t, 3>& colour, bool dark) {
    std::array<double, 3> c{colour[0] / 255.0, colour[1] / 255.0, colour[2] / 255.0};
    const double brightness = 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2];
    const double goal = dark ? 0.5 : 0.55;
    if (dark && brightness < goal)
        for (double& channel : c)
            channel += (1.0 - channel) * (goal - brightness) / (1.0 - brightness);
    if (!dark && brightness > goal)
        for (double& channel : c)
            channel *= goal / brightness;
    return c;
}

/// Marks at 1, 2 or 5 times a power of ten, never between two whole numbers; at most eight or so.
void markWholeNumbers(vtkAxis* axis, double low, double high) {
    constexpr double kMost = 8.0;
    double step = 1.0;
    for (double power = 1.0; (high - low) / step > kMost; power *= 10.0)
        for (const double factor : {1.0, 2.0, 5.0})
            if ((high - low) / step > kMost)
                step = factor * power;
    vtkNew<vtkDoubleArray> places;
    vtkNew<vtkStringArray> names;
    for (double at = std::ceil(low / step) * step; at <= high + 1e-9; at += step) {
        places->InsertNextValue(at);
        names->InsertNextValue(std::to_string(std::llround(at)));
    }
    axis->SetCustomTickPositions(places, names);
}

} // namespace

struct CurveScene::Private {
    std::vector<CurvePanel> panels;
    ChartStyle style;
    double pixelRatio = 1.0;
    bool stale = true;
    int width = 0;
    int height = 0;
    vtkRenderWindow* window = nullptr;
    vtkNew<vtkRenderer> renderer;
    vtkNew<vtkContextActor> actor;
    std::vector<vtkSmartPointer<vtkChartXY>> charts;

    void applyFont(vtkTextProperty* property, double scale, bool bold = false) const {
        const Look look = lookOf(style.dark);
        if (style.fontFile.empty()) {
            property->SetFontFamilyToArial();
        } else {
            property->SetFontFamily(VTK_FONT_FILE);
            property->SetFontFile(style.fontFile.c_str());
        }
        property->SetFontSize(static_cast<int>(std::lround(style.fontSize * scale * pixelRatio)));
        property->SetBold(bold);
        property->SetItalic(0);
        property->SetColor(look.text[0], look.text[1], look.text[2]);
    }
    vtkSmartPointer<vtkChartXY> makeChart(const CurvePanel& panel) const;
    void rebuild();
};

vtkSmartPointer<vtkChartXY> CurveScene::Private::makeChart(const CurvePanel& panel) const {
    const Look look = lookOf(style.dark);
    auto chart = vtkSmartPointer<vtkChartXY>::New();
    chart->SetAutoSize(false);
    chart->SetInteractive(false);
    chart->SetTitle(panel.title);
    applyFont(chart->GetTitleProperties(), 1.15, true);
    chart->GetBackgroundBrush()->SetOpacity(0);

    double xLow = std::numeric_limits<double>::max();
    double xHigh = -xLow;
    double yLow = xLow;
    double yHigh = xHigh;
    bool named = false;
    for (const Curve& curve : panel.curves) {
        const std::size_t count = std::min(curve.x.size(), curve.y.size());
        vtkNew<vtkDoubleArray> x;
        x->SetName("x");
        vtkNew<vtkDoubleArray> y;
        y->SetName(curve.name.c_str());
        for (std::size_t n = 0; n < count; ++n) {
            const bool usable = std::isfinite(curve.y[n]) && (!panel.logarithmicY || curve.y[n] > 0.0);
            x->InsertNextValue(curve.x[n]);
            y->InsertNextValue(usable ? curve.y[n] : std::numeric_limits<double>::quiet_NaN());
            if (!usable)
                continue;
            xLow = std::min(xLow, curve.x[n]);
            xHigh = std::max(xHigh, curve.x[n]);
            yLow = std::min(yLow, curve.y[n]);
            yHigh = std::max(yHigh, curve.y[n]);
        }
        if (count == 0)
            continue;
        if (count == 1) { // VTK complains of a line of one point; twice the same point is a dot
            x->InsertNextValue(x->GetValue(0));
            y->InsertNextValue(y->GetValue(0));
        }
        vtkNew<vtkTable> table;
        table->AddColumn(x);
        table->AddColumn(y);
        vtkPlot* plot = chart->AddPlot(vtkChart::LINE);
        plot->SetInputData(table, 0, 1);
        plot->SetLabel(curve.name);
        const auto colour = legible(curve.colour, style.dark);
        vtkPen* pen = plot->GetPen();
        pen->SetColorF(colour[0], colour[1], colour[2], curve.faint ? 0.65 : 1.0);
        pen->SetWidth(static_cast<float>((curve.faint ? 1.0 : 2.0) * pixelRatio));
        pen->SetLineType(curve.dashed ? vtkPen::DASH_LINE : vtkPen::SOLID_LINE);
        plot->SetLegendVisibility(curve.inLegend);
        named |= curve.inLegend;
        if (count == 1 || curve.marked) // one point alone needs a mark to be seen
            if (auto* line = vtkPlotLine::SafeDownCast(plot))
                line->SetMarkerStyle(vtkPlotPoints::CIRCLE);
    }
    if (xLow > xHigh) {
        xLow = yLow = 0.0;
        xHigh = yHigh = 1.0;
    }
    if (xHigh - xLow < 1e-12)
        xHigh = xLow + 1.0;
    xLow = panel.xLow.value_or(xLow);
    xHigh = panel.xHigh.value_or(xHigh);
    const double room = 0.04 * (yHigh - yLow);
    yLow = panel.yLow.value_or(panel.logarithmicY ? yLow : yLow - room);
    yHigh = panel.yHigh.value_or(panel.logarithmicY ? yHigh : yHigh + room);
    if (!(yHigh - yLow > 1e-12))
        yHigh = yLow + 1.0;

    for (const int position : {vtkAxis::BOTTOM, vtkAxis::LEFT}) {
        vtkAxis* axis = chart->GetAxis(position);
        axis->SetTitle(position == vtkAxis::BOTTOM ? panel.xTitle : panel.yTitle);
        applyFont(axis->GetTitleProperties(), 1.0);
        applyFont(axis->GetLabelProperties(), 0.9);
        axis->GetPen()->SetColorF(look.axis[0], look.axis[1], look.axis[2]);
        axis->GetPen()->SetWidth(static_cast<float>(pixelRatio));
        axis->GetGridPen()->SetColorF(look.grid[0], look.grid[1], look.grid[2]);
        axis->GetGridPen()->SetWidth(static_cast<float>(pixelRatio));
        axis->SetBehavior(vtkAxis::FIXED);
        if (position == vtkAxis::LEFT && panel.logarithmicY)
            axis->SetLogScale(true);
        if (position == vtkAxis::BOTTOM && !panel.xTicks.empty()) {
            vtkNew<vtkDoubleArray> places;
            vtkNew<vtkStringArray> labels;
            for (const auto& [place, label] : panel.xTicks) {
                places->InsertNextValue(place);
                labels->InsertNextValue(label);
            }
            axis->SetCustomTickPositions(places, labels);
        }
        const bool logs = position == vtkAxis::LEFT && axis->GetLogScale();
        const double low = position == vtkAxis::BOTTOM ? xLow : yLow;
        const double high = position == vtkAxis::BOTTOM ? xHigh : yHigh;
        axis->SetUnscaledRange(logs ? std::max(low, 1e-12) : low, high);
        if (position == vtkAxis::BOTTOM && panel.wholeX)
            markWholeNumbers(axis, low, high);
    }
    chart->SetShowLegend(style.legend && named);
    vtkChartLegend* legend = chart->GetLegend();
    applyFont(legend->GetLabelProperties(), 0.9);
    legend->GetBrush()->SetColorF(look.background[0], look.background[1], look.background[2], 0.85);
    legend->GetPen()->SetColorF(look.grid[0], look.grid[1], look.grid[2]);
    legend->SetSymbolWidth(static_cast<int>(26 * pixelRatio));
    legend->SetPadding(static_cast<int>(5 * pixelRatio));
    legend->SetInline(true);
    // Where the curves are not: loss falls, so its room is above; Dice rises, so its room is below.
    double startLevel = 0.0;
    double endLevel = 0.0;
    for (const Curve& curve : panel.curves)
        if (!curve.y.empty() && std::isfinite(curve.y.front()) && std::isfinite(curve.y.back())) {
            startLevel += curve.y.front();
            endLevel += curve.y.back();
        }
    legend->SetHorizontalAlignment(vtkChartLegend::RIGHT);
    legend->SetVerticalAlignment(endLevel > startLevel ? vtkChartLegend::BOTTOM : vtkChartLegend::TOP);
    return chart;
}

void CurveScene::Private::rebuild() {
    vtkContextScene* scene = actor->GetScene();
    scene->ClearItems();
    charts.clear();
    const Look look = lookOf(style.dark);
    renderer->SetBackground(look.background[0], look.background[1], look.background[2]);
    if (panels.empty())
        return;
    const auto count = static_cast<int>(panels.size());
    // Panels near 3:2 are the most legible.
    int columns = 1;
    double best = 1e300;
    for (int c = 1; c <= count; ++c) {
        const int rows = (count + c - 1) / c;
        const double aspect = (static_cast<double>(width) / c) / std::max(1.0, static_cast<double>(height) / rows);
        const double misfit = std::abs(std::log(aspect / 1.5)) + 0.1 * (rows * c - count);
        if (misfit < best) {
            best = misfit;
            columns = c;
        }
    }
    const int rows = (count + columns - 1) / columns;
    const float panelWidth = static_cast<float>(width) / static_cast<float>(columns);
    const float panelHeight = static_cast<float>(height) / static_cast<float>(rows);
    const auto gap = static_cast<float>(4.0 * pixelRatio);
    for (int n = 0; n < count; ++n) {
        auto chart = makeChart(panels[static_cast<std::size_t>(n)]);
        const auto left = static_cast<float>(n % columns) * panelWidth;
        const auto bottom = static_cast<float>(rows - 1 - n / columns) * panelHeight;
        chart->SetSize(vtkRectf(left + gap, bottom + gap, panelWidth - 3 * gap, panelHeight - 2 * gap));
        scene->AddItem(chart);
        charts.push_back(chart);
    }
}

CurveScene::CurveScene() : d(std::make_unique<Private>()) { d->renderer->AddActor(d->actor); }

CurveScene::~CurveScene() { attach(nullptr); }

void CurveScene::attach(vtkRenderWindow* window) {
    if (d->window)
        d->window->RemoveRenderer(d->renderer);
    d->window = window;
    if (window)
        window->AddRenderer(d->renderer);
    d->actor->GetScene()->SetRenderer(d->renderer);
    d->stale = true;
}

void CurveScene::prepare(int width, int height) {
    const bool resized = width != d->width || height != d->height;
    if (!d->stale && !resized)
        return;
    d->width = std::max(1, width);
    d->height = std::max(1, height);
    d->rebuild();
    d->stale = false;
}

void CurveScene::setPanels(std::vector<CurvePanel> panels) {
    d->panels = std::move(panels);
    d->stale = true;
}

void CurveScene::setStyle(const ChartStyle& style) {
    d->style = style;
    d->style.fontFile = drawableFontFile(style.fontFile);
    d->stale = true;
}

void CurveScene::setPixelRatio(double devicePixelsPerLogical) {
    d->stale |= d->pixelRatio != devicePixelsPerLogical;
    d->pixelRatio = std::max(0.1, devicePixelsPerLogical);
}

bool CurveScene::needsRender() const { return d->stale; }

Result<Picture> renderCurvesPicture(const std::vector<CurvePanel>& panels, const ChartStyle& style, int width,
                                    int height, double pixelRatio) {
    constexpr int kSupersampling = 2;
    std::unique_ptr<CurveScene> scene;
    return renderPicture(
        width, height, kSupersampling,
        [&](vtkRenderWindow* window) {
            scene = std::make_unique<CurveScene>();
            scene->attach(window);
            scene->setPanels(panels);
            scene->setStyle(style);
            scene->setPixelRatio(pixelRatio * kSupersampling);
            scene->prepare(width * kSupersampling, height * kSupersampling);
        },
        [&] { scene.reset(); });
}

} // namespace sulcus::scene
