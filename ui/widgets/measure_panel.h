// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/measurements.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QTreeWidget;

namespace sulcus::widgets {

/// Every piece of the mask with its volume and diameters (a click goes there), and what was measured by hand.
class MeasurePanel : public QWidget {
    Q_OBJECT
public:
    MeasurePanel(session::Measurements& measurements, session::Workbench& workbench, session::ActionCatalog& actions,
                 QWidget* parent = nullptr);

Q_SIGNALS:
    void jumped(); ///< the cursor is at another piece

private:
    void followPieces();
    void followList();

    session::Measurements& m_measurements;
    session::Workbench& m_workbench;
    session::ActionCatalog& m_actions;
    QComboBox* m_target;
    QTreeWidget* m_pieces;
    QLabel* m_summary;
    QTreeWidget* m_list;
    QLabel* m_empty;
    bool m_following = false;
};

} // namespace sulcus::widgets
