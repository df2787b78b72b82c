// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/workbench.h"

#include <QFrame>
#include <QTimer>
#include <vector>

class QBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace sulcus::widgets {

/// One sentence above the views, never in the way of work. Warnings and problems stay until they are closed, or until
/// something of the same kind succeeds; a newer one stands before the older ones, which come back one after the other
/// as it is closed. Information goes by itself and never stands before a problem: `said` hands it to the status line
/// then.
class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);

    void show(session::NoteKind kind, const QString& text, session::NoteTopic topic = session::NoteTopic::General);
    /// A sentence with a button; stays until one of both is pressed. A later question takes the place of this one.
    void ask(const QString& text, const QString& button, std::function<void()> accepted,
             std::function<void()> dismissed);
    /// Something of this kind has succeeded: what went wrong with it before is no longer true.
    void settle(session::NoteTopic topic);
    /// Another case: nothing said before is about it.
    void clear();
    /// What stands in the bar; empty when nothing does.
    QString text() const;
    /// Sentences that wait to be closed, the shown one among them.
    int count() const { return static_cast<int>(m_entries.size()); }

Q_SIGNALS:
    /// Words for the status line: a success, or what found the bar taken.
    void said(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Entry {
        session::NoteKind kind = session::NoteKind::Info;
        session::NoteTopic topic = session::NoteTopic::General;
        QString text;
        QString button; ///< of a question; empty: none
        std::function<void()> accepted;
        std::function<void()> dismissed;
    };
    void push(Entry entry);
    void present();
    void close();
    void arrange();
    void restyle();

    std::vector<Entry> m_entries; ///< the last is shown
    QLabel* m_icon;
    QLabel* m_text;
    QLabel* m_count;
    QPushButton* m_button;
    QToolButton* m_close;
    QBoxLayout* m_body = nullptr; ///< the text, and its button beside or below it
    QTimer m_hide;
};

} // namespace sulcus::widgets
