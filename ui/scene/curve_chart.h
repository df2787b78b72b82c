// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "ui/scene/picture.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class vtkRenderWindow;

namespace sulcus::scene {

/// One line of a chart. Points whose value is not finite are left out and the line is broken there.
struct Curve {
    std::string name;
    std::vector<double> x;
    std::vector<double> y;
    std::array<std::uint8_t, 3> colour{0, 114, 178};
    bool dashed = false; ///< training dashed, validation solid, say
    bool faint = false;  ///< thin and pale: single folds beside their mean
    bool inLegend = true;
    bool marked = false; ///< a dot at each point: few measurements, say visits
};

/// One pair of axes.
struct CurvePanel {
    std::string title;
    std::string xTitle;
    std::string yTitle;
    std::vector<Curve> curves;
    std::optional<double> yLow; ///< fixed end of the axis; empty: from the data
    std::optional<double> yHigh;
    bool logarithmicY = false;
    bool wholeX = false;        ///< marks of the x axis stand at whole numbers only: epochs, steps
    std::optional<double> xLow; ///< likewise fixed, or from the data
    std::optional<double> xHigh;
    std::vector<std::pair<double, std::string>> xTicks; ///< what stands at the x axis (days, say); empty: numbers
};

struct ChartStyle {
    bool dark = true;
    std::string fontFile; ///< for scripts that VTK's own font lacks; empty: VTK's own
    double fontSize = 12.0;
    bool legend = true;
};

/// Panels side by side (or below each other where the window is taller than wide) in a VTK window. Thread: the one that
/// owns the window.
class CurveScene {
public:
    CurveScene();
    ~CurveScene();
    CurveScene(const CurveScene&) = delete;
    CurveScene& operator=(const CurveScene&) = delete;

    void attach(vtkRenderWindow* window);
    void prepare(int width, int height);
    void setPanels(std::vector<CurvePanel> panels);
    void setStyle(const ChartStyle& style);
    void setPixelRatio(double devicePixelsPerLogical);
    bool needsRender() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The same without a window; thread and errors as in offscreen.h.
Result<Picture> renderCurvesPicture(const std::vector<CurvePanel>& panels, const ChartStyle& style, int width,
                                    int height, double pixelRatio = 1.0);

} // namespace sulcus::scene
