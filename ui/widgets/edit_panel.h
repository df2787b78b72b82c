// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/mask_editor.h"

#include <QWidget>
#include <map>

class QCheckBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QSlider;
class QStackedWidget;
class QToolButton;

namespace sulcus::widgets {

/// The editing tools with their settings, the labels with their locks, and the operations. Everything here is also an
/// action or a setting of `MaskEditor`; the panel shows its state.
class EditPanel : public QWidget {
    Q_OBJECT
public:
    EditPanel(session::MaskEditor& editor, session::Workbench& workbench, session::ActionCatalog& actions,
              QWidget* parent = nullptr);

private:
    struct Row {
        QToolButton* choose = nullptr;
        QToolButton* lock = nullptr;
    };
    QWidget* makeTools();
    QWidget* makeOptions();
    QWidget* makeRange();
    QWidget* makeLabels();
    QWidget* makeOperations();
    QDoubleSpinBox* spin(const QString& name, const QString& accessible, double low, double high, double step,
                         const QString& unit, double session::EditState::*member);
    void rebuildLabels();
    void follow();
    void followPreview();
    void setRange(bool low, double value);

    session::MaskEditor& m_editor;
    session::Workbench& m_workbench;
    session::ActionCatalog& m_actions;
    QLabel* m_hint = nullptr;
    QWidget* m_brush = nullptr;
    QWidget* m_flood = nullptr;
    QWidget* m_correct = nullptr;
    QSlider* m_size = nullptr;
    QWidget* m_preview = nullptr;
    QLabel* m_previewText = nullptr;
    QDoubleSpinBox* m_low = nullptr;
    QDoubleSpinBox* m_high = nullptr;
    QCheckBox* m_onlyRange = nullptr;
    QCheckBox* m_ball = nullptr;
    QCheckBox* m_inSlice = nullptr;
    QCheckBox* m_labelOnly = nullptr;
    QCheckBox* m_whole = nullptr;
    QGridLayout* m_rows = nullptr;
    std::map<std::uint8_t, Row> m_row;
    std::string m_maker; ///< bundle whose label names the rows carry
    std::map<QDoubleSpinBox*, double session::EditState::*> m_spins;
};

} // namespace sulcus::widgets
