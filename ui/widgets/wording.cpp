// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/wording.h"

#include "ui/session/message_catalogue.h"
#include "ui/session/plain_words.h"

#include <QCoreApplication>
#include <cmath>
#include <optional>

namespace sulcus::widgets {

namespace {
QString tr(const char* text) { return QCoreApplication::translate("wording", text); }
bool g_korean = false;
} // namespace

bool speaksKorean() { return g_korean; }
void setSpeaksKorean(bool korean) { g_korean = korean; }

QString sequenceShortName(imaging::Sequence sequence) {
    const QString code = session::sequenceCode(sequence);
    return code.isEmpty() ? tr("Image") : code;
}

QString sequenceName(imaging::Sequence sequence) {
    return sequence == imaging::Sequence::T1ce ? tr("T1 with contrast") : sequenceShortName(sequence);
}

QString sequenceTip(imaging::Sequence sequence) {
    switch (sequence) {
    case imaging::Sequence::Flair:
        return tr("FLAIR: water is dark, oedema is bright");
    case imaging::Sequence::T1:
        return tr("T1: anatomy; fluid is dark");
    case imaging::Sequence::T1ce:
        return tr("T1 after contrast agent: the enhancing tumour is bright");
    case imaging::Sequence::T2:
        return tr("T2: fluid and oedema are bright");
    case imaging::Sequence::Ct:
        return tr("CT, in Hounsfield units");
    case imaging::Sequence::Other:
        break;
    }
    return tr("The image of this case");
}

QString targetName(imaging::Target target) {
    switch (target) {
    case imaging::Target::WholeTumour:
        return tr("Whole tumour");
    case imaging::Target::TumourCore:
        return tr("Tumour core");
    case imaging::Target::EnhancingTumour:
        return tr("Enhancing tumour");
    case imaging::Target::Mask:
        break;
    }
    return tr("Mask");
}

QString sideName(Side side) {
    const QString word = session::sideWord(side);
    return word.isEmpty() ? tr("side unknown") : word;
}

QString regionName(anatomy::Region region) { return session::sentence(anatomy::nameMessageId(region)); }

QString regionName(anatomy::Region region, Side side) {
    QString name = regionName(region);
    if (side == Side::Left)
        return tr("%1, left").arg(name);
    if (side == Side::Right)
        return tr("%1, right").arg(name);
    return name;
}

Side suggestedSide(const std::vector<clinic::SuggestedPlace>& places, anatomy::Region region) {
    std::optional<Side> side;
    for (const clinic::SuggestedPlace& place : places) {
        if (place.region != region)
            continue;
        if (side && *side != place.side)
            return Side::Both;
        side = place.side;
    }
    return side == Side::Left || side == Side::Right ? *side : Side::Both;
}

QString placeName(const anatomy::Place& place) { return regionName(place.region, place.side); }

QString symptomName(const clinic::Knowledge& knowledge, const std::string& id) {
    const clinic::Symptom* const symptom = knowledge.symptom(id);
    if (symptom == nullptr)
        return QString::fromStdString(id);
    return QString::fromStdString(g_korean && !symptom->nameKo.empty() ? symptom->nameKo : symptom->nameEn);
}

QString symptomGroupName(const std::string& group) {
    if (group == "general")
        return tr("General");
    if (group == "seizure")
        return tr("Seizures");
    if (group == "motor")
        return tr("Movement, balance");
    if (group == "sensory")
        return tr("Feeling");
    if (group == "language")
        return tr("Speech, language");
    if (group == "vision")
        return tr("Sight");
    if (group == "nerve")
        return tr("Face, hearing, swallowing");
    if (group == "cognition")
        return tr("Memory, thinking");
    if (group == "behaviour")
        return tr("Mood, behaviour");
    if (group == "endocrine")
        return tr("Hormones, thirst, growth");
    if (group == "autonomic")
        return tr("Body functions");
    return QString::fromStdString(group);
}

QString departmentName(const std::string& code) {
    if (code == "NS")
        return tr("Neurosurgery");
    if (code == "NO")
        return tr("Neuro-oncology");
    if (code == "SB")
        return tr("Skull base and pituitary");
    if (code == "PN")
        return tr("Paediatric neurosurgery");
    if (code == "EP")
        return tr("Epilepsy surgery");
    if (code == "NV")
        return tr("Neurovascular");
    if (code == "TH")
        return tr("Thoracic");
    if (code == "HB")
        return tr("Liver and bile");
    if (code == "RT")
        return tr("Radiosurgery or proton therapy");
    return QString::fromStdString(code);
}

QString countryName(const std::string& code) { return session::countryWord(code); }

QString millilitres(double ml) { return tr("%1 ml").arg(ml, 0, 'f', ml < 10.0 ? 2 : 1); }

QString deviceName(const std::string& device) {
    return device.starts_with("cuda") ? tr("the graphics card") : tr("the processor");
}

QString percent(double share) {
    const double value = share * 100.0;
    return tr("%1 %").arg(value, 0, 'f', value > 0.0 && value < 1.0 ? 1 : 0);
}

QString duration(double seconds) {
    if (seconds < 1.5)
        return tr("about a second");
    if (seconds < 90.0)
        return tr("about %1 s").arg(std::lround(seconds));
    return tr("about %1 min").arg(std::lround(seconds / 60.0));
}

QString verdictTitle(clinic::Verdict verdict) { return session::sentence("verdict." + clinic::toString(verdict)); }

QString verdictMeaning(clinic::Verdict verdict) {
    switch (verdict) {
    case clinic::Verdict::NothingAboutPlace:
        return tr("None of the chosen symptoms points to a region of the brain.");
    case clinic::Verdict::AgreesWrongSide:
        return tr("The main region fits, but every symptom with a side points to the other half of the brain.");
    case clinic::Verdict::Agrees:
        return tr("The region with the largest part of the mask is strongly suggested by the symptoms.");
    case clinic::Verdict::Partly:
        return tr("A smaller part of the mask fits, or the main region fits weakly.");
    case clinic::Verdict::NotExplained:
        return tr("The symptoms point to a region outside the mask. Look again, there and at the mask.");
    case clinic::Verdict::Weak:
        return tr("Some links exist, but none is strong enough to decide.");
    }
    return {};
}

} // namespace sulcus::widgets
