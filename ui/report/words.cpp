// SPDX-License-Identifier: Apache-2.0
#include "ui/report/words.h"

#include "ui/session/message_catalogue.h"
#include "ui/session/plain_words.h"

#include <QCoreApplication>
#include <cmath>

namespace sulcus::paint {

namespace {

QString capitalised(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

QString translate(const char* context, const char* text) { return QCoreApplication::translate(context, text); }

QString decimal(double value, int digits) {
    if (!std::isfinite(value))
        return QString(QChar(0x2013));
    QString text = QString::number(value, 'f', digits);
    if (text.startsWith(QLatin1Char('-')))
        text = text.toDouble() == 0.0 ? text.mid(1) : QChar(0x2212) + text.mid(1);
    return text;
}

QString decimal(const std::optional<double>& value, int digits) {
    return value ? decimal(*value, digits) : QString(QChar(0x2013));
}

QString percent(double share) {
    if (!std::isfinite(share))
        return QString(QChar(0x2013));
    const double value = 100.0 * share;
    if (value > 0.0 && value < 1.0)
        return QStringLiteral("< 1 %");
    return QString::number(std::lround(value)) + QStringLiteral(" %");
}

QString millilitres(double ml) {
    if (ml > 0.0 && ml < 0.05)
        return QStringLiteral("< 0.1"); // a few voxels are not nothing
    return decimal(ml, ml < 1000.0 ? 1 : 0);
}

QString planeName(report::Plane plane) {
    switch (plane) {
    case report::Plane::Axial:
        return translate("report", "Axial");
    case report::Plane::Sagittal:
        return translate("report", "Sagittal");
    case report::Plane::Coronal:
        return translate("report", "Coronal");
    }
    return {};
}

QString sequenceName(imaging::Sequence sequence) {
    const QString code = session::sequenceCode(sequence);
    return code.isEmpty() ? translate("report", "Image") : code;
}

QString sideName(Side side) { return session::sideWord(side); }

QString targetName(imaging::Target target) {
    switch (target) {
    case imaging::Target::WholeTumour:
        return translate("report", "Whole tumour (WT)");
    case imaging::Target::TumourCore:
        return translate("report", "Tumour core (TC)");
    case imaging::Target::EnhancingTumour:
        return translate("report", "Enhancing tumour (ET)");
    case imaging::Target::Mask:
        return translate("report", "Whole mask");
    }
    return {};
}

QString labelName(const report::LabelVolume& label, imaging::LabelEra era) {
    for (const imaging::LabelDefinition& definition : imaging::labelDefinitions(era))
        if (definition.value == label.value && definition.code == label.code &&
            session::hasSentence(definition.messageId))
            return session::sentence(definition.messageId);
    // A code of a bundle or plain map: "lung_left" reads "Lung left".
    QString text = QString::fromStdString(label.code);
    text.replace(QLatin1Char('_'), QLatin1Char(' '));
    return text.isEmpty() ? translate("report", "Label %1").arg(label.value) : capitalised(text);
}

QString regionName(anatomy::Region region, const report::ReportContent& content, const QString& language) {
    const bool korean = language.startsWith(QLatin1String("ko"));
    if (content.knowledge)
        for (const clinic::RegionFact& fact : content.knowledge->regions)
            if (fact.region == region && !(korean ? fact.nameKo : fact.nameEn).empty())
                return QString::fromStdString(korean ? fact.nameKo : fact.nameEn);
    const std::string id = anatomy::nameMessageId(region);
    if (session::hasSentence(id))
        return session::sentence(id);
    return QString::fromStdString(anatomy::toString(region));
}

QString regionName(anatomy::Region region, Side side, const report::ReportContent& content, const QString& language) {
    const QString name = capitalised(regionName(region, content, language));
    if (side != Side::Left && side != Side::Right)
        return name;
    return translate("report", "%1, %2").arg(name, sideName(side));
}

QString areaName(const anatomy::AreaDistance& distance, const report::ReportContent& content, const QString& language) {
    const std::string& id = distance.areaId;
    QString name;
    if (session::hasSentence("area." + id))
        name = session::sentence("area." + id);
    else if (const auto region = anatomy::regionFromString(id))
        name = capitalised(regionName(*region, content, language));
    else
        name = capitalised(QString::fromStdString(id).replace(QLatin1Char('_'), QLatin1Char(' ')));
    if (distance.side == Side::Left || distance.side == Side::Right)
        name = translate("report", "%1, %2").arg(name, sideName(distance.side));
    return name;
}

QString symptomName(const std::string& id, const report::ReportContent& content, const QString& language) {
    const clinic::Symptom* const symptom = content.knowledge ? content.knowledge->symptom(id) : nullptr;
    if (symptom != nullptr) {
        if (language.startsWith(QLatin1String("ko")) && !symptom->nameKo.empty())
            return QString::fromStdString(symptom->nameKo);
        if (!symptom->nameEn.empty())
            return QString::fromStdString(symptom->nameEn);
    }
    return QString::fromStdString(id);
}

QString departmentName(const std::string& code, const report::ReportContent& content, const QString& language) {
    const clinic::Department* const department = content.knowledge ? content.knowledge->department(code) : nullptr;
    if (department != nullptr) {
        const bool korean = language.startsWith(QLatin1String("ko")) && !department->nameKo.empty();
        if (const std::string& name = korean ? department->nameKo : department->nameEn; !name.empty())
            return capitalised(QString::fromStdString(name));
    }
    return QString::fromStdString(code);
}

QString findingName(clinic::Finding finding) {
    switch (finding) {
    case clinic::Finding::BrainTumour:
        return translate("report", "Brain tumour");
    case clinic::Finding::LungLesion:
        return translate("report", "Lung lesion");
    case clinic::Finding::LiverLesion:
        return translate("report", "Liver lesion");
    case clinic::Finding::Aneurysm:
        return translate("report", "Aneurysm");
    }
    return {};
}

QString handednessName(clinic::Handedness handedness) {
    switch (handedness) {
    case clinic::Handedness::Right:
        return translate("report", "right-handed");
    case clinic::Handedness::Left:
        return translate("report", "left-handed");
    case clinic::Handedness::Unknown:
        break;
    }
    return translate("report", "handedness not known (counted as right-handed)");
}

} // namespace sulcus::paint
