// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"

#include <QDialog>

class QLineEdit;
class QTreeWidget;

namespace sulcus::widgets {

/// Every action with its key, searchable; Return runs the chosen one. Mouse gestures of the views stand below.
class KeySheet : public QDialog {
    Q_OBJECT
public:
    KeySheet(session::ActionCatalog& actions, QWidget* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();

    session::ActionCatalog& m_actions;
    QLineEdit* m_search;
    QTreeWidget* m_list;
};

} // namespace sulcus::widgets
