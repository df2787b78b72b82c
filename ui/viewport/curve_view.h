// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/scene/curve_chart.h"
#include "ui/viewport/vtk_widget.h"

#include <memory>
#include <vector>

namespace sulcus::viewport {

/// Training curves in the window.
class CurveView : public VtkWidget {
    Q_OBJECT
public:
    explicit CurveView(QWidget* parent = nullptr);
    ~CurveView() override;
    void setPanels(std::vector<scene::CurvePanel> panels);
    void setStyle(const scene::ChartStyle& style);

protected:
    void prepareScene(int width, int height) override;

private:
    std::unique_ptr<scene::CurveScene> m_scene;
};

} // namespace sulcus::viewport
