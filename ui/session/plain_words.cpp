// SPDX-License-Identifier: Apache-2.0
#include "ui/session/plain_words.h"

#include "ui/session/message_catalogue.h"

#include <QCoreApplication>
#include <QLocale>

namespace sulcus::session {

QString sequenceCode(imaging::Sequence sequence) {
    switch (sequence) {
    case imaging::Sequence::Flair:
        return QStringLiteral("FLAIR");
    case imaging::Sequence::T1:
        return QStringLiteral("T1");
    case imaging::Sequence::T1ce:
        return QStringLiteral("T1ce");
    case imaging::Sequence::T2:
        return QStringLiteral("T2");
    case imaging::Sequence::Ct:
        return QStringLiteral("CT");
    case imaging::Sequence::Other:
        break;
    }
    return {};
}

QString sideWord(Side side) {
    switch (side) {
    case Side::Left:
        return QCoreApplication::translate("wording", "left");
    case Side::Right:
        return QCoreApplication::translate("wording", "right");
    case Side::Both:
        return QCoreApplication::translate("wording", "both sides");
    case Side::Unknown:
        break;
    }
    return {};
}

QString countryWord(const std::string& code) {
    const QString text = QString::fromStdString(code);
    const QLocale::Territory territory = QLocale::codeToTerritory(text);
    if (territory == QLocale::AnyTerritory)
        return text;
    if (territory == QLocale::SouthKorea)
        return QCoreApplication::translate("wording", "South Korea");
    return QLocale::territoryToString(territory);
}

QString labelWord(const learning::BundleLabel& label) {
    const std::string id = "label." + QString::fromStdString(label.code).toLower().toStdString();
    return hasSentence(id) ? sentence(id) : QString::fromStdString(label.name);
}

} // namespace sulcus::session
