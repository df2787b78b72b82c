// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/workbench.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QFrame;
class QLabel;
class QPushButton;
class QTextBrowser;

namespace sulcus::widgets {

class BrainPainter;

/// Where the mask lies, whether the symptoms agree, and why.
class VerdictPanel : public QWidget {
    Q_OBJECT
public:
    VerdictPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void follow();
    QString placeHtml() const;
    QString changeHtml() const;
    QString hospitalsHtml() const;
    void followPicture();
    QString linksHtml() const;

    session::Workbench& m_workbench;
    QFrame* m_card;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_meaning;
    QTextBrowser* m_text;
    QPushButton* m_refine;
    QPushButton* m_bend;
    QAction* m_toHospitals;
    BrainPainter* m_painter;
    QTimer m_redraw;
};

} // namespace sulcus::widgets
