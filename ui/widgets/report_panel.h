// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/workbench.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;

namespace sulcus::widgets {

/// The report as it will be written, and the button that writes it.
class ReportPanel : public QWidget {
    Q_OBJECT
public:
    ReportPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();
    void fitPicture();

    session::Workbench& m_workbench;
    QPushButton* m_export;
    QPushButton* m_preview;
    QLabel* m_state;
    QLabel* m_picture;
    QScrollArea* m_scroll;
};

} // namespace sulcus::widgets
