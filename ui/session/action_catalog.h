// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>
#include <functional>
#include <map>
#include <vector>

namespace sulcus::session {

/// What an action is, before it is a QAction.
struct ActionSpec {
    QString id;       ///< "case-open": lower case with hyphens; also the QAction's objectName
    QString category; ///< translated heading of the key sheet ("File")
    QString text;     ///< translated, with mnemonic
    QString tip;      ///< translated sentence; the key is added
    QString icon;     ///< name in resources/icons, may be empty
    QList<QKeySequence> keys = {};
    bool checkable = false;
    /// Why the action cannot be used now (translated); an empty string means that it can. Null: always.
    std::function<QString()> whyDisabled = nullptr;
};

/// An action's text without its mnemonic: "&Undo" -> "Undo", and "저장(&S)" -> "저장", as Korean menus write it.
QString withoutMnemonic(QString text);

/// Every action of the program, made once. Menus, tool bars, buttons, the key sheet and the tests look them up by id.
///
/// A disabled action keeps its reason in the tooltip. Thread: GUI.
class ActionCatalog : public QObject {
    Q_OBJECT
public:
    explicit ActionCatalog(QObject* parent = nullptr);
    ~ActionCatalog() override;

    /// Adding an id twice is a programmer's error.
    QAction* add(ActionSpec spec, std::function<void()> triggered);
    QAction* addCheckable(ActionSpec spec, bool checked, std::function<void(bool)> toggled);

    /// Null for an unknown id.
    QAction* find(const QString& id) const;
    /// The action; the id must exist.
    QAction* action(const QString& id) const;
    const ActionSpec& spec(const QString& id) const;
    /// In the order of their making.
    const std::vector<QString>& ids() const { return m_order; }

    /// Why it is disabled, empty when it is not.
    QString reason(const QString& id) const;
    /// Evaluates every condition again. Cheap; called on each change of state.
    void refresh();

    /// Replaces the keys of one action (and its tooltip). Gives the id that holds one of these keys already, else "".
    QString setKeys(const QString& id, const QList<QKeySequence>& keys);

Q_SIGNALS:
    void refreshed();

private:
    struct Entry;
    QString toolTip(const Entry& entry) const;
    std::map<QString, Entry> m_entries;
    std::vector<QString> m_order;
};

} // namespace sulcus::session
