// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/workbench.h"

#include <QWidget>
#include <map>

class QComboBox;
class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QSlider;
class QToolButton;
class QVBoxLayout;

namespace sulcus::widgets {

class SegmentedChoice;

/// Which sequence is on view, and its grey window.
class SequencesPanel : public QWidget {
    Q_OBJECT
public:
    SequencesPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent = nullptr);

private:
    void rebuild();
    void follow();

    session::Workbench& m_workbench;
    session::ActionCatalog& m_actions;
    QLabel* m_caseName;
    QLabel* m_badge;
    QLabel* m_facts;
    QGridLayout* m_grid;
    std::map<imaging::Sequence, QToolButton*> m_buttons;
    QWidget* m_presetRow;
    QComboBox* m_presets;
    QLabel* m_window;
};

/// One clear button, which network, where, how far, and Cancel.
class SegmentPanel : public QWidget {
    Q_OBJECT
public:
    SegmentPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent = nullptr);

private:
    void fillBundles();
    void follow();
    void followJob();

    session::Workbench& m_workbench;
    QPushButton* m_run;
    QComboBox* m_bundle;
    QComboBox* m_device;
    QWidget* m_progress;
    QProgressBar* m_bar;
    QLabel* m_stage;
    QPushButton* m_cancel;
    QLabel* m_result;
};

/// The mask's labels: colour, visibility, opacity, ml; Dice with a truth.
class LabelsPanel : public QWidget {
    Q_OBJECT
public:
    LabelsPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent = nullptr);

private:
    struct Row {
        QToolButton* eye = nullptr;
        QToolButton* swatch = nullptr;
        QLabel* name = nullptr;
        QLabel* ml = nullptr;
    };
    void rebuild();
    void follow();
    void showLook(std::uint8_t label);

    session::Workbench& m_workbench;
    QGridLayout* m_rows;
    std::map<std::uint8_t, Row> m_row;
    imaging::LabelEra m_era = imaging::LabelEra::Plain;
    std::string m_maker; ///< bundle whose label names the rows carry
    QWidget* m_controls;
    QSlider* m_opacity;
    QLabel* m_opacityText;
    SegmentedChoice* m_compare;
    SegmentedChoice* m_compareTarget; ///< region whose difference shows
    QWidget* m_compareRow;
    QLabel* m_legend;
    QComboBox* m_palette;
    QLabel* m_targets;
    QLabel* m_empty;
};

} // namespace sulcus::widgets
