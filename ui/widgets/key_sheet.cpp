// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/key_sheet.h"

#include "ui/widgets/key_choices.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
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
    auto* const keyRow = new QHBoxLayout;
    keyRow->setSpacing(6);
    m_keyName = makeMuted({}, this);
    m_keyName->setWordWrap(false);
    m_keyName->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_keyName->setObjectName(QStringLiteral("keyName"));
    keyRow->addWidget(m_keyName, 1);
    m_keyEdit = new QKeySequenceEdit(this);
    setNamed(m_keyEdit, QStringLiteral("keyEdit"), tr("New key"));
    m_keyEdit->setToolTip(tr("Click here and press the new key"));
    if (auto* const line = m_keyEdit->findChild<QLineEdit*>())
        setNamed(line, QStringLiteral("keyEditLine"), tr("New key"));
    keyRow->addWidget(m_keyEdit);
    const auto button = [&](const char* name, const QString& text, const QString& tip) {
        auto* const made = new QPushButton(text, this);
        setNamed(made, QLatin1String(name), text);
        made->setToolTip(tip);
        made->setAutoDefault(false);
        return made;
    };
    m_keySet = button("keySet", tr("Set"), tr("Gives this key to the chosen action"));
    keyRow->addWidget(m_keySet);
    m_keyReset = button("keyReset", tr("Reset"), tr("The key that the chosen action came with"));
    keyRow->addWidget(m_keyReset);
    layout->addLayout(keyRow);
    m_conflict = new QLabel(this);
    m_conflict->setObjectName(QStringLiteral("keyConflict"));
    m_conflict->setWordWrap(true);
    m_conflict->hide();
    layout->addWidget(m_conflict);
    auto* const foot = new QHBoxLayout;
    foot->addWidget(makeMuted(tr("Return runs the chosen action. Every action is also in the menus."), this), 1);
    QPushButton* const all = button("keyResetAll", tr("Reset all keys"), tr("Every action gets the keys it came with"));
    all->setProperty("flat", true);
    foot->addWidget(all);
    QPushButton* const help = button("keyHelp", tr("Help pages"), tr("Short pages about every part of the program"));
    help->setProperty("flat", true);
    foot->addWidget(help);
    layout->addLayout(foot);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &KeySheet::followChoice);
    connect(m_keyEdit, &QKeySequenceEdit::keySequenceChanged, this, &KeySheet::askKey);
    connect(m_keySet, &QPushButton::clicked, this, &KeySheet::setKey);
    connect(m_keyReset, &QPushButton::clicked, this, [this] {
        resetKey(m_actions, m_shown);
        Q_EMIT keysChanged();
        fill();
    });
    connect(all, &QPushButton::clicked, this, [this] {
        resetKeys(m_actions);
        Q_EMIT keysChanged();
        fill();
    });
    connect(help, &QPushButton::clicked, this, &KeySheet::helpWanted);
    connect(m_search, &QLineEdit::textChanged, this, &KeySheet::fill);
    connect(m_list, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        QAction* const action = m_actions.find(item->data(0, Qt::UserRole).toString());
        if (action == nullptr || !action->isEnabled())
            return;
        close();
        action->trigger();
    });
    resize(600, 660);
    fill();
}

void KeySheet::search(const QString& text) { m_search->setText(text); }

QString KeySheet::chosen() const {
    return m_list->currentItem() == nullptr ? QString() : m_list->currentItem()->data(0, Qt::UserRole).toString();
}

void KeySheet::followChoice() {
    m_shown = chosen();
    const bool any = m_actions.find(m_shown) != nullptr;
    for (QWidget* const widget :
         {static_cast<QWidget*>(m_keyEdit), static_cast<QWidget*>(m_keySet), static_cast<QWidget*>(m_keyReset)})
        widget->setEnabled(any);
    m_keyName->setText(any ? tr("Key of “%1”").arg(session::withoutMnemonic(m_actions.action(m_shown)->text()))
                           : tr("Choose an action to change its key."));
    const QSignalBlocker block(m_keyEdit);
    m_keyEdit->setKeySequence(any ? m_actions.action(m_shown)->shortcut() : QKeySequence());
    m_conflict->hide();
}

void KeySheet::askKey() {
    const QString holder = holderOfKey(m_actions, m_keyEdit->keySequence(), m_shown);
    m_conflict->setVisible(!holder.isEmpty());
    if (holder.isEmpty())
        return;
    m_conflict->setText(tr("%1 belongs to “%2”. “Set” takes it from there.")
                            .arg(m_keyEdit->keySequence().toString(QKeySequence::NativeText),
                                 session::withoutMnemonic(m_actions.action(holder)->text())));
    QPalette palette = m_conflict->palette();
    palette.setColor(QPalette::WindowText, Theme::instance().colours().warn);
    m_conflict->setPalette(palette);
}

void KeySheet::setKey() {
    if (m_actions.find(m_shown) == nullptr)
        return;
    giveKey(m_actions, m_shown, m_keyEdit->keySequence());
    Q_EMIT keysChanged();
    fill();
}

void KeySheet::fill() {
    const QString keep = m_shown;
    QTreeWidgetItem* kept = nullptr;
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
        if (id == keep)
            kept = item;
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
    if (kept != nullptr)
        m_list->setCurrentItem(kept);
    else if (first != nullptr && !words.isEmpty())
        m_list->setCurrentItem(first);
    followChoice();
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
