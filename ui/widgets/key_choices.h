// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"

#include <QStringList>
#include <map>

/// Keys that the person gave to actions, as the settings file holds them.
namespace sulcus::widgets {

/// Actions whose keys are not those they came with, in QKeySequence's portable text.
std::map<QString, QStringList> chosenKeys(const session::ActionCatalog& actions);

/// Puts remembered keys in place. An action of the program's own that holds one of them loses it: the person's choice
/// counts. Unknown ids (of another version) are passed over.
void applyKeys(session::ActionCatalog& actions, const std::map<QString, QStringList>& chosen);

/// The action that holds `key`, other than `id`; empty: nobody.
QString holderOfKey(const session::ActionCatalog& actions, const QKeySequence& key, const QString& id);

/// Gives `key` to an action as its only one, and takes it from whoever holds it. An empty key: none.
void giveKey(session::ActionCatalog& actions, const QString& id, const QKeySequence& key);

/// The keys that actions came with: of one action (taking them from others), or of all.
void resetKey(session::ActionCatalog& actions, const QString& id);
void resetKeys(session::ActionCatalog& actions);

/// "Ctrl+Z", for sentences; empty without a key.
QString keyText(const session::ActionCatalog& actions, const char* id);

} // namespace sulcus::widgets
