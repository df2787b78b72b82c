// SPDX-License-Identifier: Apache-2.0
#include "ui/session/message_catalogue.h"

#include <QCoreApplication>
#include <QHash>

namespace sulcus::session {

namespace {

// QT_TRANSLATE_NOOP marks each English sentence for lupdate; the context is "messages" throughout.
const QHash<QString, const char*>& catalogue() {
    static const QHash<QString, const char*> entries{
#define SULCUS_MESSAGE(id, text) {QStringLiteral(id), QT_TRANSLATE_NOOP("messages", text)},
#include "ui/session/messages/all.inc"
#undef SULCUS_MESSAGE
    };
    return entries;
}

} // namespace

QString sentence(const Message& message) {
    const char* const source = catalogue().value(QString::fromStdString(message.id), nullptr);
    if (source == nullptr)
        return QString::fromStdString(message.id);
    QString text = QCoreApplication::translate("messages", source);
    for (const auto& [name, value] : message.parameters) {
        // A value may itself be an id of the catalogue ("region.fro"): core names things, this makes the words.
        const QString plain = QString::fromStdString(value);
        const QString words = catalogue().contains(plain) ? sentence(value) : plain;
        text.replace(QLatin1Char('{') + QString::fromStdString(name) + QLatin1Char('}'), words);
    }
    return text;
}

QString sentence(const std::string& messageId) { return sentence(Message{messageId, {}}); }

bool hasSentence(const std::string& messageId) { return catalogue().contains(QString::fromStdString(messageId)); }

QStringList messageIds() {
    QStringList ids = catalogue().keys();
    ids.sort();
    return ids;
}

} // namespace sulcus::session
