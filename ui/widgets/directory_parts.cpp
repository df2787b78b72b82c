// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/directory_parts.h"

#include "ui/session/message_catalogue.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace sulcus::widgets {

DirectoryFrame makeDirectoryFrame(QDialog& dialog, const QString& objectName, const QString& title) {
    setNamed(&dialog, objectName, title);
    dialog.setWindowTitle(title);
    dialog.setAttribute(Qt::WA_DeleteOnClose);
    auto* const layout = new QVBoxLayout(&dialog);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(8);
    auto* const split = new QSplitter(Qt::Horizontal, &dialog);
    split->setChildrenCollapsible(false);
    layout->addWidget(split, 1);
    return {layout, split};
}

void finishDirectory(QDialog& dialog, QSize wanted) {
    for (QPushButton* const button : dialog.findChildren<QPushButton*>())
        button->setAutoDefault(false);
    if (const QWidget* const parent = dialog.parentWidget())
        wanted = wanted.boundedTo(parent->size() - QSize(60, 60));
    dialog.resize(wanted);
}

SearchColumn makeSearchColumn(QWidget* parent, const Wording& search, const Wording& list, int listStretch) {
    SearchColumn made{};
    made.side = new QWidget(parent);
    made.column = new QVBoxLayout(made.side);
    made.column->setContentsMargins(0, 0, 8, 0);
    made.column->setSpacing(6);
    made.search = new QLineEdit(made.side);
    made.search->setPlaceholderText(search.text);
    made.search->setClearButtonEnabled(true);
    setNamed(made.search, QLatin1String(search.objectName), search.accessibleName);
    made.column->addWidget(made.search);
    made.list = new QListWidget(made.side);
    setNamed(made.list, QLatin1String(list.objectName), list.accessibleName);
    made.list->setFrameShape(QFrame::NoFrame);
    made.list->setTextElideMode(Qt::ElideRight);
    made.list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    made.column->addWidget(made.list, listStretch);
    return made;
}

QPushButton* makeNamedButton(const Wording& words, QWidget* parent) {
    auto* const button = new QPushButton(words.text, parent);
    setNamed(button, QLatin1String(words.objectName), words.accessibleName);
    return button;
}

QLabel* makeProblemLine(const char* objectName, QWidget* parent) {
    auto* const line = new QLabel(parent);
    line->setWordWrap(true);
    line->setObjectName(QLatin1String(objectName));
    line->hide();
    return line;
}

void showProblem(QLabel& line, const Message& message) {
    line.setText(session::sentence(message));
    line.setStyleSheet(QStringLiteral("color: %1").arg(Theme::instance().colours().bad.name()));
    line.show();
}

} // namespace sulcus::widgets
