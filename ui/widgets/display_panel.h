// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/workbench.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSlider;
class QToolButton;

namespace sulcus::widgets {

/// How the images look: grey window, colour map, probability map, overlay, 3-D. Folded to one line until wanted.
class DisplayPanel : public QWidget {
    Q_OBJECT
public:
    DisplayPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent = nullptr);

    bool isOpen() const;
    void setOpen(bool open);

private:
    void fillPresets();
    void follow();

    session::Workbench& m_workbench;
    session::ActionCatalog& m_actions;
    QToolButton* m_header;
    QWidget* m_body;
    QComboBox* m_preset;
    QDoubleSpinBox* m_width;
    QDoubleSpinBox* m_level;
    QComboBox* m_colours;
    QComboBox* m_probability;
    QSlider* m_probabilityOpacity;
    QLabel* m_overlay;
    QToolButton* m_overlayEye;
    QToolButton* m_overlayRemove;
    QComboBox* m_rendering;
    imaging::Sequence m_presetsFor = imaging::Sequence::Other;
    QTimer m_follow;
};

} // namespace sulcus::widgets
