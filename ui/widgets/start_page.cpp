// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/start_page.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QVBoxLayout>

namespace sulcus::widgets {

StartPage::StartPage(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_workbench(workbench) {
    setNamed(this, QStringLiteral("startPage"), tr("Start"));
    auto* const outer = new QVBoxLayout(this);
    outer->setContentsMargins(24, 24, 24, 24);
    outer->addStretch(2);

    auto* const column = new QWidget(this);
    column->setMaximumWidth(620);
    auto* const layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);

    auto* const top = new QHBoxLayout;
    top->setSpacing(18);
    m_logo = new QLabel(column);
    m_logo->setFixedSize(72, 72);
    top->addWidget(m_logo);
    auto* const words = new QVBoxLayout;
    words->setSpacing(2);
    auto* const name = new QLabel(QStringLiteral("Sulcus"), column);
    name->setProperty("role", "hero");
    words->addWidget(name);
    auto* const what = makeMuted(tr("Segment a brain tumour, find its place, compare it with the symptoms."), column);
    words->addWidget(what);
    top->addLayout(words, 1);
    layout->addLayout(top);
    layout->addSpacing(22);

    auto* const buttons = new QGridLayout;
    buttons->setSpacing(10);
    int place = 0;
    for (const auto& [id, objectName, primary] :
         {std::tuple{"case-open", "startOpen", true}, std::tuple{"case-demo", "startDemo", false},
          std::tuple{"case-open-file", "startOpenFile", false}, std::tuple{"case-browse", "startBrowse", false}}) {
        QPushButton* const button =
            makeActionButton(actions.action(QLatin1String(id)), QLatin1String(objectName), primary, column);
        button->setMinimumHeight(42);
        buttons->addWidget(button, place / 2, place % 2);
        ++place;
    }
    buttons->setColumnStretch(0, 1);
    buttons->setColumnStretch(1, 1);
    layout->addLayout(buttons);

    m_drop = makeMuted(tr("or drop a case folder or an image file anywhere in this window."), column);
    m_drop->setAlignment(Qt::AlignCenter);
    m_drop->setObjectName(QStringLiteral("dropTarget"));
    m_drop->setMinimumHeight(46);
    layout->addWidget(m_drop);
    layout->addSpacing(14);

    m_recentHeading = makeHeading(tr("Recent cases"), column);
    layout->addWidget(m_recentHeading);
    m_recent = new QListWidget(column);
    setNamed(m_recent, QStringLiteral("recentCases"), tr("Recent cases"));
    m_recent->setFrameShape(QFrame::NoFrame);
    m_recent->setUniformItemSizes(true);
    m_recent->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_recent->setTextElideMode(Qt::ElideMiddle);
    m_recent->setMinimumHeight(120);
    m_recent->setMaximumHeight(230);
    layout->addWidget(m_recent);
    connect(m_recent, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { m_workbench.openCase(item->data(Qt::UserRole).toString().toStdString()); });
    connect(m_recent, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { m_workbench.openCase(item->data(Qt::UserRole).toString().toStdString()); });

    auto* const middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(column, 8);
    middle->addStretch(1);
    outer->addLayout(middle);
    outer->addStretch(3);
    auto* const note = makeMuted(tr("%1. Everything stays on this computer.").arg(educationNote()), this);
    note->setAlignment(Qt::AlignCenter);
    outer->addWidget(note);

    connect(&m_workbench, &session::Workbench::recentChanged, this, &StartPage::fillRecent);
    connect(&Theme::instance(), &Theme::changed, this, &StartPage::restyle);
    fillRecent();
    restyle();
}

void StartPage::fillRecent() {
    m_recent->clear();
    const auto& cases = m_workbench.recentCases();
    for (const store::RecentCase& entry : cases) {
        const QDateTime when = QDateTime::fromString(QString::fromStdString(entry.openedAt), Qt::ISODate).toLocalTime();
        QString text = QString::fromStdString(entry.caseId);
        if (entry.synthetic)
            text += tr("  (synthetic)");
        if (when.isValid())
            text += QStringLiteral("   ·   ") + QLocale().toString(when, QLocale::ShortFormat);
        auto* const item = new QListWidgetItem(
            Theme::instance().icon(QStringLiteral("recent"), Theme::instance().colours().muted), text, m_recent);
        item->setData(Qt::UserRole, QString::fromStdString(entry.path));
        item->setToolTip(QString::fromStdString(entry.path));
    }
    m_recent->setVisible(!cases.empty());
    m_recentHeading->setVisible(!cases.empty());
    m_recent->setFixedHeight(static_cast<int>(std::min<std::size_t>(cases.size(), 7)) * (fontMetrics().height() + 13) +
                             6);
}

void StartPage::setDropHighlighted(bool on) {
    const ThemeColours& c = Theme::instance().colours();
    m_drop->setStyleSheet(QStringLiteral("border: 1px dashed %1; border-radius: 8px; color: %2;")
                              .arg((on ? c.accent : c.border).name(), (on ? c.accent : c.muted).name()));
}

void StartPage::restyle() {
    m_logo->setPixmap(Theme::instance().pixmap(QStringLiteral("sulcus"), 72, Qt::white, devicePixelRatioF()));
    m_recent->setStyleSheet(QStringLiteral(
        "QListWidget { background: transparent; } QListWidget::item { padding: 6px 8px; border-radius: 6px; }"));
    setDropHighlighted(false);
    fillRecent();
}

} // namespace sulcus::widgets
