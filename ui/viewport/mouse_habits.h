// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/scene/slice_scene.h"

#include <QMouseEvent>
#include <QPointF>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace sulcus::viewport {

/// What every view of slices makes of a mouse: a hand that knows one of them knows the others. Logical pixels.

/// A press of a button and the way that the pointer went since.
struct Press {
    Qt::MouseButton button = Qt::NoButton;
    QPointF from;
    QPointF last;
    bool dragged = false; ///< false: still a click, however the hand trembles
    double startWidth = 1.0;
    double startLevel = 0.5;

    void begin(const QMouseEvent& event, const scene::DisplaySettings& display) {
        button = event.button();
        from = last = event.position();
        dragged = false;
        startWidth = display.windowWidth;
        startLevel = display.windowLevel;
    }
    /// Returns the step since the last move.
    QPointF moveTo(QPointF position) {
        constexpr double kClickSlack = 4.0;
        const QPointF step = position - last;
        last = position;
        dragged |= std::hypot(position.x() - from.x(), position.y() - from.y()) > kClickSlack;
        return step;
    }
    /// The grey window that the drag has come to. The width of the view is worth two windows, so that one drag reaches
    /// what one wants whatever the units are; downwards is a higher level, darker.
    scene::DisplaySettings window(scene::DisplaySettings display, int viewWidth) const {
        constexpr int kNarrowest = 200;
        const double unit = 2.0 * std::max(startWidth, 1e-6) / std::max(kNarrowest, viewWidth);
        display.windowWidth = std::max(startWidth * 0.01, startWidth + (last.x() - from.x()) * unit);
        display.windowLevel = startLevel + (last.y() - from.y()) * unit;
        return display;
    }
};

/// With Alt, and on some platforms with Shift, the wheel turns sideways.
inline int wheelAngle(const QWheelEvent& event) {
    return event.angleDelta().y() != 0 ? event.angleDelta().y() : event.angleDelta().x();
}

/// Whole notches of a wheel; touchpads send small parts of one.
class WheelNotches {
public:
    int take(int angle) {
        constexpr int kNotch = 120; // eighths of a degree
        m_rest += angle;
        const int whole = m_rest / kNotch;
        m_rest -= whole * kNotch;
        return whole;
    }

private:
    int m_rest = 0;
};

inline double wheelZoom(int angle) { return std::exp(angle / 120.0 * 0.18); }
inline double dragZoom(double down) { return std::exp(-down * 0.008); }

} // namespace sulcus::viewport
