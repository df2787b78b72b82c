// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QString>
#include <QStringList>

namespace sulcus::session {

/// The sentence for a message, in the language of the installed translator (English when none is). `{name}` places are
/// filled from the parameters. An id the catalogue lacks gives the id itself; a layout test keeps that from happening.
QString sentence(const Message& message);
QString sentence(const std::string& messageId);
bool hasSentence(const std::string& messageId);
QStringList messageIds();

} // namespace sulcus::session
