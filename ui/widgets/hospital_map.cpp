// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/hospital_map.h"

#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace sulcus::widgets {

namespace {

constexpr double kDotRadius = 4.0;
constexpr double kReach = 12.0; // pixels from a dot that still mean it
constexpr double kMargin = 22.0;
constexpr double kMostPixelsPerDegree = 4000.0; // some 30 m per pixel
constexpr double kLeastPixelsPerDegree = 0.6;

/// Degrees of longitude are shorter away from the equator; one factor for the whole picture keeps it simple.
double squeeze(double latitude) { return std::max(0.2, std::cos(latitude * std::numbers::pi / 180.0)); }

/// Lines every so many degrees, so that a handful stands in the picture.
double lineStep(double degreesInSight) {
    for (const double step : {0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0})
        if (degreesInSight / step <= 6.0)
            return step;
    return 60.0;
}

QString degrees(double value, QChar positive, QChar negative) {
    const double size = std::abs(value);
    return QString::number(size, 'f', size == std::floor(size) ? 0 : 2) + QChar(0xB0) +
           (value == 0.0 ? QString() : QString(value > 0.0 ? positive : negative));
}

} // namespace

HospitalMap::HospitalMap(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("hospitalMap"));
    setAccessibleName(tr("Positions of the hospitals"));
    setMinimumSize(160, 120);
    setMouseTracking(true);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void HospitalMap::setDots(std::vector<Dot> dots, std::optional<QPointF> from) {
    const auto same = [](const Dot& a, const Dot& b) { return a.id == b.id; };
    const bool others = dots.size() != m_dots.size() || from != m_from ||
                        !std::is_permutation(dots.begin(), dots.end(), m_dots.begin(), m_dots.end(), same);
    m_dots = std::move(dots);
    m_from = from;
    if (others)
        showAll();
    update();
}

void HospitalMap::setChosen(const QString& id) {
    m_chosen = id;
    update();
}

void HospitalMap::showAll() {
    m_all = true;
    double west = 180.0;
    double east = -180.0;
    double south = 90.0;
    double north = -90.0;
    const auto take = [&](double latitude, double longitude) {
        west = std::min(west, longitude);
        east = std::max(east, longitude);
        south = std::min(south, latitude);
        north = std::max(north, latitude);
    };
    for (const Dot& dot : m_dots)
        take(dot.latitude, dot.longitude);
    if (m_from)
        take(m_from->x(), m_from->y());
    if (west > east)
        return;
    m_centre = {(west + east) / 2.0, (south + north) / 2.0};
    const double wide = std::max(0.02, (east - west) * squeeze(m_centre.y()));
    const double high = std::max(0.02, north - south);
    m_pixelsPerDegree = std::clamp(std::min((width() - 2.0 * kMargin) / wide, (height() - 2.0 * kMargin) / high),
                                   kLeastPixelsPerDegree, kMostPixelsPerDegree);
    update();
}

QPointF HospitalMap::positionOf(double latitude, double longitude) const {
    return {width() / 2.0 + (longitude - m_centre.x()) * squeeze(m_centre.y()) * m_pixelsPerDegree,
            height() / 2.0 - (latitude - m_centre.y()) * m_pixelsPerDegree};
}

void HospitalMap::paintEvent(QPaintEvent*) {
    const ThemeColours& c = Theme::instance().colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(c.border, 1.0));
    painter.setBrush(c.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setClipRect(rect().adjusted(1, 1, -1, -1));

    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() - 2.0));
    painter.setFont(small);
    const QFontMetricsF letters(small);
    const double highDegrees = height() / m_pixelsPerDegree;
    const double wideDegrees = width() / (m_pixelsPerDegree * squeeze(m_centre.y()));
    const double step = lineStep(std::max(highDegrees, wideDegrees));
    // The earth ends at its poles and at the 180th meridian, the widget need not.
    const double north = std::min(90.0, m_centre.y() + highDegrees / 2.0);
    const double east = std::min(180.0, m_centre.x() + wideDegrees / 2.0);
    for (double at = std::ceil(std::max(-90.0, m_centre.y() - highDegrees / 2.0) / step) * step; at <= north;
         at += step) {
        const double y = positionOf(at, 0.0).y();
        painter.setPen(QPen(c.border, 1.0, Qt::DotLine));
        painter.drawLine(QPointF(0, y), QPointF(width(), y));
        // The lowest row belongs to the meridians' names, and half a name says nothing.
        if (y - 2 - letters.ascent() < 2.0 || y + letters.descent() > height() - 4.0 - letters.ascent())
            continue;
        painter.setPen(c.muted);
        painter.drawText(QPointF(4, y - 2), degrees(at, 'N', 'S'));
    }
    for (double at = std::ceil(std::max(-180.0, m_centre.x() - wideDegrees / 2.0) / step) * step; at <= east;
         at += step) {
        const double x = positionOf(0.0, at).x();
        painter.setPen(QPen(c.border, 1.0, Qt::DotLine));
        painter.drawLine(QPointF(x, 0), QPointF(x, height()));
        const QString name = degrees(at, 'E', 'W');
        if (x < 1.0 || x + 3 + letters.horizontalAdvance(name) > width() - 2.0)
            continue;
        painter.setPen(c.muted);
        painter.drawText(QPointF(x + 3, height() - 4), name);
    }

    // The best last, so that it lies on top.
    std::vector<const Dot*> order;
    for (const Dot& dot : m_dots)
        order.push_back(&dot);
    std::stable_sort(order.begin(), order.end(), [](const Dot* a, const Dot* b) {
        return (a->rank == 0 ? 1 << 20 : a->rank) > (b->rank == 0 ? 1 << 20 : b->rank);
    });
    for (const Dot* const dot : order) {
        const QPointF at = positionOf(dot->latitude, dot->longitude);
        const bool best = dot->rank > 0 && dot->rank <= 5;
        painter.setPen(QPen(c.panel, 1.0));
        painter.setBrush(dot->fits ? (best ? c.accent : c.good) : c.muted);
        const double radius = best ? kDotRadius + 1.5 : kDotRadius;
        painter.drawEllipse(at, radius, radius);
        if (dot->id == m_chosen) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(c.text, 2.0));
            painter.drawEllipse(at, radius + 4.0, radius + 4.0);
        }
        if (best) {
            painter.setPen(c.text);
            painter.drawText(at + QPointF(radius + 3.0, 4.0), QString::number(dot->rank));
        }
    }
    if (m_from) {
        const QPointF at = positionOf(m_from->x(), m_from->y());
        painter.setPen(QPen(c.warn, 2.4));
        painter.drawLine(at + QPointF(-7, 0), at + QPointF(7, 0));
        painter.drawLine(at + QPointF(0, -7), at + QPointF(0, 7));
    }
}

void HospitalMap::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (m_all)
        showAll();
}

void HospitalMap::wheelEvent(QWheelEvent* event) {
    const double factor = std::pow(1.2, event->angleDelta().y() / 120.0);
    // What lies under the pointer stays there.
    const QPointF away = event->position() - QPointF(width() / 2.0, height() / 2.0);
    const double before = m_pixelsPerDegree;
    m_pixelsPerDegree = std::clamp(m_pixelsPerDegree * factor, kLeastPixelsPerDegree, kMostPixelsPerDegree);
    const double change = 1.0 / before - 1.0 / m_pixelsPerDegree;
    m_centre += QPointF(away.x() * change / squeeze(m_centre.y()), -away.y() * change);
    m_all = false;
    update();
    event->accept();
}

void HospitalMap::mousePressEvent(QMouseEvent* event) {
    m_pressed = event->position();
    m_dragged = false;
}

void HospitalMap::mouseMoveEvent(QMouseEvent* event) {
    if (!m_pressed) {
        setCursor(dotAt(event->position()) != nullptr ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    const QPointF moved = event->position() - *m_pressed;
    if (!m_dragged && moved.manhattanLength() < 4.0)
        return;
    m_dragged = true;
    m_all = false;
    m_centre -= QPointF(moved.x() / (m_pixelsPerDegree * squeeze(m_centre.y())), -moved.y() / m_pixelsPerDegree);
    m_pressed = event->position();
    update();
}

void HospitalMap::mouseReleaseEvent(QMouseEvent* event) {
    m_pressed.reset();
    if (m_dragged)
        return;
    if (const Dot* const dot = dotAt(event->position())) {
        setChosen(dot->id);
        Q_EMIT chosen(dot->id);
    }
}

void HospitalMap::mouseDoubleClickEvent(QMouseEvent*) { showAll(); }

const HospitalMap::Dot* HospitalMap::dotAt(QPointF position) const {
    const Dot* nearest = nullptr;
    double least = kReach;
    for (const Dot& dot : m_dots) {
        const QPointF away = positionOf(dot.latitude, dot.longitude) - position;
        const double distance = std::hypot(away.x(), away.y());
        if (distance < least) {
            least = distance;
            nearest = &dot;
        }
    }
    return nearest;
}

bool HospitalMap::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* const help = static_cast<QHelpEvent*>(event);
        if (const Dot* const dot = dotAt(help->pos()))
            QToolTip::showText(help->globalPos(), dot->name, this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace sulcus::widgets
