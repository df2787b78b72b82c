// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/workbench.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace sulcus::widgets {

/// Where the pointer (or else the crosshair) is and what is there: mm, voxel, every sequence, label, region.
class StatusReadout : public QWidget {
    Q_OBJECT
public:
    explicit StatusReadout(session::Workbench& workbench, QWidget* parent = nullptr);
    QString text() const;
    QSize minimumSizeHint() const override;

private:
    void follow();
    session::Workbench& m_workbench;
    QLabel* m_place;
    QLabel* m_values;
    QLabel* m_what;
    QTimer m_redraw;
};

/// What runs beside the window: name, bar, remaining time, Cancel.
class JobStrip : public QWidget {
    Q_OBJECT
public:
    JobStrip(session::Workbench& workbench, QAction* cancel, QWidget* parent = nullptr);

private:
    void follow();
    session::Workbench& m_workbench;
    QLabel* m_text;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
};

} // namespace sulcus::widgets
