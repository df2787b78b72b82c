// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"

#include <QDialog>

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace sulcus::widgets {

/// Every action with its present key, searchable; Return runs the chosen one. Mouse gestures of the views stand below.
/// The key of the chosen action can be changed: a key that belongs to another action is named before it is taken.
class KeySheet : public QDialog {
    Q_OBJECT
public:
    KeySheet(session::ActionCatalog& actions, QWidget* parent = nullptr);

    /// Shows and searches for `text`.
    void search(const QString& text);

Q_SIGNALS:
    void keysChanged(); ///< to be remembered
    void helpWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    QString chosen() const; ///< id of the chosen action; empty: none
    void followChoice();
    void askKey();
    void setKey();

    session::ActionCatalog& m_actions;
    QLineEdit* m_search;
    QTreeWidget* m_list;
    QLabel* m_keyName;
    QKeySequenceEdit* m_keyEdit;
    QPushButton* m_keySet;
    QPushButton* m_keyReset;
    QLabel* m_conflict;
    QString m_shown; ///< the action whose key is being looked at
};

} // namespace sulcus::widgets
