// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/key_choices.h"

namespace sulcus::widgets {

std::map<QString, QStringList> chosenKeys(const session::ActionCatalog& actions) {
    std::map<QString, QStringList> chosen;
    for (const QString& id : actions.ids()) {
        const QList<QKeySequence> now = actions.action(id)->shortcuts();
        // QAction leaves empty keys out, so they must not make a difference here.
        QList<QKeySequence> own = actions.spec(id).keys;
        own.removeAll(QKeySequence());
        if (now == own)
            continue;
        QStringList keys;
        for (const QKeySequence& key : now)
            keys << key.toString(QKeySequence::PortableText);
        chosen[id] = keys;
    }
    return chosen;
}

QString holderOfKey(const session::ActionCatalog& actions, const QKeySequence& key, const QString& id) {
    if (key.isEmpty())
        return {};
    for (const QString& other : actions.ids())
        if (other != id && actions.action(other)->shortcuts().contains(key))
            return other;
    return {};
}

namespace {

void take(session::ActionCatalog& actions, const QKeySequence& key, const QString& id) {
    const QString holder = holderOfKey(actions, key, id);
    if (holder.isEmpty())
        return;
    QList<QKeySequence> left = actions.action(holder)->shortcuts();
    left.removeAll(key);
    actions.setKeys(holder, left);
}

} // namespace

void applyKeys(session::ActionCatalog& actions, const std::map<QString, QStringList>& chosen) {
    // First away with all that changes: two actions may have swapped their keys.
    for (const auto& [id, keys] : chosen)
        if (actions.find(id) != nullptr)
            actions.setKeys(id, {});
    for (const auto& [id, keys] : chosen) {
        if (actions.find(id) == nullptr)
            continue;
        QList<QKeySequence> wanted;
        for (const QString& text : keys)
            if (const QKeySequence key = QKeySequence::fromString(text, QKeySequence::PortableText); !key.isEmpty())
                wanted << key;
        for (const QKeySequence& key : wanted)
            take(actions, key, id);
        actions.setKeys(id, wanted);
    }
}

void giveKey(session::ActionCatalog& actions, const QString& id, const QKeySequence& key) {
    if (key.isEmpty()) {
        actions.setKeys(id, {});
        return;
    }
    take(actions, key, id);
    actions.setKeys(id, {key});
}

void resetKey(session::ActionCatalog& actions, const QString& id) {
    const QList<QKeySequence> own = actions.spec(id).keys;
    for (const QKeySequence& key : own)
        take(actions, key, id);
    actions.setKeys(id, own);
}

void resetKeys(session::ActionCatalog& actions) {
    for (const QString& id : actions.ids())
        actions.setKeys(id, {});
    for (const QString& id : actions.ids())
        actions.setKeys(id, actions.spec(id).keys);
}

QString keyText(const session::ActionCatalog& actions, const char* id) {
    return actions.action(QLatin1String(id))->shortcut().toString(QKeySequence::NativeText);
}

} // namespace sulcus::widgets
