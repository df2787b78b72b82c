// SPDX-License-Identifier: Apache-2.0
#include "ui/session/action_catalog.h"

#include <QRegularExpression>

namespace sulcus::session {

QString withoutMnemonic(QString text) {
    static const QRegularExpression bracketed(QStringLiteral("\\(&.\\)"));
    return text.remove(bracketed).remove(QLatin1Char('&'));
}

struct ActionCatalog::Entry {
    ActionSpec spec;
    QAction* action = nullptr;
    QString reason;
};

ActionCatalog::ActionCatalog(QObject* parent) : QObject(parent) {}
ActionCatalog::~ActionCatalog() = default;

QAction* ActionCatalog::add(ActionSpec spec, std::function<void()> triggered) {
    Q_ASSERT(!m_entries.contains(spec.id));
    auto* const action = new QAction(spec.text, this);
    action->setObjectName(spec.id);
    action->setIconText(withoutMnemonic(spec.text));
    action->setShortcuts(spec.keys);
    action->setCheckable(spec.checkable);
    action->setAutoRepeat(true);
    if (triggered)
        connect(action, &QAction::triggered, this, [triggered = std::move(triggered)] { triggered(); });
    const QString id = spec.id;
    m_order.push_back(id);
    Entry& entry = m_entries.emplace(id, Entry{std::move(spec), action, {}}).first->second;
    action->setToolTip(toolTip(entry));
    action->setStatusTip(entry.spec.tip);
    return action;
}

QAction* ActionCatalog::addCheckable(ActionSpec spec, bool checked, std::function<void(bool)> toggled) {
    spec.checkable = true;
    QAction* const action = add(std::move(spec), nullptr);
    action->setChecked(checked);
    connect(action, &QAction::toggled, this, [toggled = std::move(toggled)](bool on) { toggled(on); });
    return action;
}

QAction* ActionCatalog::find(const QString& id) const {
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : found->second.action;
}

QAction* ActionCatalog::action(const QString& id) const {
    QAction* const found = find(id);
    Q_ASSERT_X(found != nullptr, "ActionCatalog::action", qPrintable(id));
    return found;
}

const ActionSpec& ActionCatalog::spec(const QString& id) const { return m_entries.at(id).spec; }

QString ActionCatalog::reason(const QString& id) const {
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? QString() : found->second.reason;
}

void ActionCatalog::refresh() {
    for (auto& [id, entry] : m_entries) {
        if (!entry.spec.whyDisabled)
            continue;
        const QString reason = entry.spec.whyDisabled();
        entry.action->setEnabled(reason.isEmpty());
        if (reason == entry.reason)
            continue;
        entry.reason = reason;
        entry.action->setToolTip(toolTip(entry));
    }
    Q_EMIT refreshed();
}

QString ActionCatalog::setKeys(const QString& id, const QList<QKeySequence>& keys) {
    for (const auto& [otherId, other] : m_entries) {
        if (otherId == id)
            continue;
        for (const QKeySequence& key : keys)
            if (other.action->shortcuts().contains(key))
                return otherId;
    }
    Entry& entry = m_entries.at(id);
    entry.action->setShortcuts(keys);
    entry.action->setToolTip(toolTip(entry));
    return {};
}

QString ActionCatalog::toolTip(const Entry& entry) const {
    QString text = QStringLiteral("<b>%1</b>").arg(withoutMnemonic(entry.spec.text).toHtmlEscaped());
    const QKeySequence key = entry.action->shortcut();
    if (!key.isEmpty())
        text +=
            QStringLiteral("&nbsp;&nbsp;<code>%1</code>").arg(key.toString(QKeySequence::NativeText).toHtmlEscaped());
    if (!entry.spec.tip.isEmpty())
        text += QStringLiteral("<br/>") + entry.spec.tip.toHtmlEscaped();
    if (!entry.reason.isEmpty())
        text += QStringLiteral("<br/><i>") + entry.reason.toHtmlEscaped() + QStringLiteral("</i>");
    return text;
}

} // namespace sulcus::session
