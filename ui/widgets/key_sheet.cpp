// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/key_sheet.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <map>

namespace sulcus::widgets {

KeySheet::KeySheet(session::ActionCatalog& actions, QWidget* parent) : QDialog(parent), m_actions(actions) {
    setNamed(this, QStringLiteral("keySheet"), tr("Keys and actions"));
    setWindowTitle(tr("Keys and actions"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 12);
    layout->setSpacing(10);
    m_search = new QLineEdit(this);
    m_search->setPlaceholderText(tr("Search: undo, opacity, report..."));
    m_search->setClearButtonEnabled(true);
    setNamed(m_search, QStringLiteral("keySearch"), tr("Search actions"));
    m_search->installEventFilter(this);
    layout->addWidget(m_search);
    m_list = new QTreeWidget(this);
    setNamed(m_list, QStringLiteral("keyList"), tr("Actions and keys"));
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(10);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    layout->addWidget(m_list, 1);
    layout->addWidget(makeMuted(tr("Return runs the chosen action. Every action is also in the menus."), this));
    connect(m_search, &QLineEdit::textChanged, this, &KeySheet::fill);
    connect(m_list, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        QAction* const action = m_actions.find(item->data(0, Qt::UserRole).toString());
        if (action == nullptr || !action->isEnabled())
            return;
        close();
        action->trigger();
    });
    resize(560, 620);
    fill();
}

void KeySheet::fill() {
    m_list->clear();
    const ThemeColours& c = Theme::instance().colours();
    const QStringList words = m_search->text().simplified().toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const auto hit = [&](const QString& text) {
        return std::all_of(words.begin(), words.end(),
                           [&](const QString& word) { return text.toLower().contains(word); });
    };
    QTreeWidgetItem* first = nullptr;
    std::map<QString, QTreeWidgetItem*> groups;
    const auto groupOf = [&](const QString& name) {
        QTreeWidgetItem*& group = groups[name];
        if (group == nullptr) {
            group = new QTreeWidgetItem(m_list, {name});
            group->setFlags(Qt::ItemIsEnabled);
            QFont font = m_list->font();
            font.setBold(true);
            group->setFont(0, font);
            group->setForeground(0, c.accent);
            group->setExpanded(true);
        }
        return group;
    };
    for (const QString& id : m_actions.ids()) {
        const session::ActionSpec& spec = m_actions.spec(id);
        QAction* const action = m_actions.action(id);
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts())
            keys << key.toString(QKeySequence::NativeText);
        const QString text = session::withoutMnemonic(action->text());
        if (!hit(text + QLatin1Char(' ') + spec.tip + QLatin1Char(' ') + spec.category + QLatin1Char(' ') +
                 keys.join(QLatin1Char(' '))))
            continue;
        auto* const item = new QTreeWidgetItem(groupOf(spec.category), {text, keys.join(QStringLiteral("  "))});
        item->setData(0, Qt::UserRole, id);
        const QString reason = m_actions.reason(id);
        item->setToolTip(0, reason.isEmpty() ? spec.tip : spec.tip + QStringLiteral("\n") + reason);
        if (!action->isEnabled())
            item->setForeground(0, c.muted);
        item->setIcon(0, Theme::instance().icon(spec.icon, action->isEnabled() ? c.text : c.muted));
        item->setForeground(1, c.muted);
        if (first == nullptr)
            first = item;
    }
    const std::pair<QString, QString> gestures[] = {
        {tr("Step through slices"), tr("wheel, Up, Down")},
        {tr("Move the crosshair"), tr("click or drag")},
        {tr("Window and level"), tr("Ctrl + drag")},
        {tr("Zoom"), tr("right drag, Ctrl + wheel")},
        {tr("Pan"), tr("middle drag")},
        {tr("Crosshair follows the pointer"), tr("Shift + move")},
        {tr("Maximise a view"), tr("double-click")},
        {tr("Turn the 3-D view"), tr("drag")},
    };
    const QString mouse = tr("Mouse in the views");
    for (const auto& [what, how] : gestures)
        if (hit(what + QLatin1Char(' ') + how + QLatin1Char(' ') + mouse)) {
            auto* const item = new QTreeWidgetItem(groupOf(mouse), {what, how});
            item->setForeground(1, c.muted);
        }
    if (first != nullptr && !words.isEmpty())
        m_list->setCurrentItem(first);
}

bool KeySheet::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down) {
            m_list->setFocus();
            return true;
        }
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_list->currentItem() != nullptr) {
            Q_EMIT m_list->itemActivated(m_list->currentItem(), 0);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace sulcus::widgets
