// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPointF>
#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

namespace sulcus::widgets {

/// Positions on a plain chart of longitude and latitude: no coast, no network. Wheel and drag zoom and move; a click
/// chooses the nearest dot.
class HospitalMap : public QWidget {
    Q_OBJECT
public:
    struct Dot {
        QString id;
        QString name;
        double latitude = 0.0; ///< degrees
        double longitude = 0.0;
        int rank = 0; ///< 1 is best; 0: none
        bool fits = true;
    };
    explicit HospitalMap(QWidget* parent = nullptr);

    /// Shows the dots and, when they are others than before, all of them. `from`: where distances are measured from,
    /// latitude and longitude.
    void setDots(std::vector<Dot> dots, std::optional<QPointF> from);
    const std::vector<Dot>& dots() const { return m_dots; }
    void setChosen(const QString& id);
    void showAll();
    /// Widget position of a place.
    QPointF positionOf(double latitude, double longitude) const;

Q_SIGNALS:
    void chosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    const Dot* dotAt(QPointF position) const;

    std::vector<Dot> m_dots;
    std::optional<QPointF> m_from;
    QString m_chosen;
    QPointF m_centre{127.5, 36.5};  ///< longitude, latitude
    double m_pixelsPerDegree = 4.0; ///< of latitude
    bool m_all = true;              ///< everything in sight until a person zooms
    std::optional<QPointF> m_pressed;
    bool m_dragged = false;
};

} // namespace sulcus::widgets
