// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/workbench.h"

#include <QWidget>

class QLabel;
class QListWidget;

namespace sulcus::widgets {

/// What the window shows while no case is open: the ways in.
class StartPage : public QWidget {
    Q_OBJECT
public:
    StartPage(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent = nullptr);
    void setDropHighlighted(bool on);
    QSize minimumSizeHint() const override { return {320, 320}; }

private:
    void fillRecent();
    void restyle();

    session::Workbench& m_workbench;
    QLabel* m_logo;
    QLabel* m_recentHeading;
    QListWidget* m_recent;
    QLabel* m_drop;
};

} // namespace sulcus::widgets
