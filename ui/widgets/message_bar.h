// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/workbench.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;
class QToolButton;

namespace sulcus::widgets {

/// One sentence above the views, never in the way of work: information goes by itself, warnings and problems stay until
/// closed. A newer problem takes the place of an older sentence; information never replaces a problem.
class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);

    void show(session::NoteKind kind, const QString& text);
    /// A sentence with a button; stays until one of both is pressed.
    void ask(const QString& text, const QString& button, std::function<void()> accepted,
             std::function<void()> dismissed);
    QString text() const;

private:
    void present(session::NoteKind kind, const QString& text);
    void dismiss();
    void restyle();

    session::NoteKind m_kind = session::NoteKind::Info;
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_button;
    QToolButton* m_close;
    QTimer m_hide;
    std::function<void()> m_accepted;
    std::function<void()> m_dismissed;
};

} // namespace sulcus::widgets
