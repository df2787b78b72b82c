// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QSize>
#include <QString>

class QDialog;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSplitter;
class QVBoxLayout;
class QWidget;

/// What the windows that keep a list beside a form share: patients, hospitals.
namespace sulcus::widgets {

/// Name, title, margins, and a splitter that takes the room; what follows goes below it.
struct DirectoryFrame {
    QVBoxLayout* layout;
    QSplitter* split;
};
DirectoryFrame makeDirectoryFrame(QDialog& dialog, const QString& objectName, const QString& title);

/// Called once all is in it: no button takes the Return key, and the window fits its parent (if it has one).
void finishDirectory(QDialog& dialog, QSize wanted);

/// Object name and words of a control.
struct Wording {
    const char* objectName;
    QString accessibleName;
    QString text = {}; ///< placeholder of a line, text of a button
};

/// A search line above a list that scrolls down alone.
struct SearchColumn {
    QWidget* side;
    QVBoxLayout* column;
    QLineEdit* search;
    QListWidget* list;
};
SearchColumn makeSearchColumn(QWidget* parent, const Wording& search, const Wording& list, int listStretch);

QPushButton* makeNamedButton(const Wording& words, QWidget* parent);

/// A line in the colour of trouble, hidden until there is some.
QLabel* makeProblemLine(const char* objectName, QWidget* parent);
void showProblem(QLabel& line, const Message& message);

} // namespace sulcus::widgets
