// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"

#include <QDialog>
#include <QStringList>

class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace sulcus::widgets {

/// Names of the help pages, in the order of reading.
const QStringList& helpPages();

/// A page in the language of the program (English where a translation is missing), with `{key:ID}` replaced by the
/// present key of an action and `{action:ID}` by its text.
QString helpPage(const QString& page, const session::ActionCatalog& actions);

/// The help pages, searchable. They name the keys as they are now.
class HelpWindow : public QDialog {
    Q_OBJECT
public:
    explicit HelpWindow(session::ActionCatalog& actions, QWidget* parent = nullptr);
    void showPage(const QString& page);
    QString page() const { return m_page; }

private:
    void fill();
    void restyle();

    session::ActionCatalog& m_actions;
    QString m_page;
    QLineEdit* m_search;
    QListWidget* m_list;
    QTextBrowser* m_text;
};

} // namespace sulcus::widgets
