// SPDX-License-Identifier: Apache-2.0
#include "core/clinic/cross_check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <utility>

namespace sulcus::clinic {

namespace {

using anatomy::Region;

// A share that arithmetic left a hair below its limit still counts.
constexpr double kShareSlack = 1e-9;

constexpr std::array kVerdicts{
    std::pair{Verdict::NothingAboutPlace, std::string_view("nothing_about_place")},
    std::pair{Verdict::AgreesWrongSide, std::string_view("agrees_wrong_side")},
    std::pair{Verdict::Agrees, std::string_view("agrees")},
    std::pair{Verdict::Partly, std::string_view("partly")},
    std::pair{Verdict::NotExplained, std::string_view("not_explained")},
    std::pair{Verdict::Weak, std::string_view("weak")},
};

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string percent(double share) {
    char text[16];
    std::snprintf(text, sizeof text, "%.0f", 100.0 * share);
    return text;
}

/// What the symptoms say of one region.
struct Support {
    int strongest = 0;
    int links2 = 0; ///< of strength 2 or more
    int sum = 0;
    std::vector<std::string> symptomIds; ///< strongest first

    Suggestion suggestion() const {
        if (strongest >= 3 || links2 >= 2)
            return Suggestion::Strong;
        return strongest >= 1 ? Suggestion::Weak : Suggestion::None;
    }
};

Side joined(Side a, Side b) {
    if (a == Side::Unknown)
        return b;
    if (b == Side::Unknown || a == b)
        return a;
    return Side::Both;
}

/// Known symptoms, each once, in the order of entry.
std::vector<ReportedSymptom> chosenSymptoms(const std::vector<ReportedSymptom>& reported, const Knowledge& knowledge) {
    std::vector<ReportedSymptom> result;
    for (const ReportedSymptom& symptom : reported) {
        if (knowledge.symptom(symptom.id) == nullptr)
            continue;
        const auto earlier = std::find_if(result.begin(), result.end(),
                                          [&](const ReportedSymptom& other) { return other.id == symptom.id; });
        if (earlier == result.end())
            result.push_back(symptom);
        else
            earlier->side = joined(earlier->side, symptom.side);
    }
    return result;
}

bool givesPlace(const SymptomLink& link) { return link.region.has_value() && link.strength >= 1; }

/// Every link of the chosen symptoms, strongest first, else in order of entry.
std::vector<LinkLine> linkLines(const std::vector<ReportedSymptom>& chosen, Handedness handedness,
                                const Knowledge& knowledge) {
    std::vector<LinkLine> lines;
    for (const ReportedSymptom& symptom : chosen)
        for (SymptomLink& link : knowledge.linksOf(symptom.id)) {
            LinkLine line;
            line.pointsTo = link.strength >= 1 ? pointsTo(link.sideRule, symptom.side, handedness) : Side::Unknown;
            line.link = std::move(link);
            line.symptomSide = symptom.side;
            lines.push_back(std::move(line));
        }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const LinkLine& a, const LinkLine& b) { return a.link.strength > b.link.strength; });
    return lines;
}

std::map<Region, Support> supportOf(const std::vector<LinkLine>& lines) {
    std::map<Region, Support> result;
    for (const LinkLine& line : lines) {
        if (!givesPlace(line.link))
            continue;
        Support& support = result[*line.link.region];
        support.strongest = std::max(support.strongest, line.link.strength);
        support.links2 += line.link.strength >= 2 ? 1 : 0;
        support.sum += line.link.strength;
        support.symptomIds.push_back(line.link.symptomId);
    }
    return result;
}

Suggestion suggestionOf(const std::map<Region, Support>& support, Region region) {
    const auto found = support.find(region);
    return found == support.end() ? Suggestion::None : found->second.suggestion();
}

double rankScore(double maskShare, const Support& support) {
    const double s = support.sum / (support.sum + 3.0);
    const Suggestion suggestion = support.suggestion();
    const double suggested = suggestion == Suggestion::Strong ? 0.6 + 0.4 * s
                             : suggestion == Suggestion::Weak ? 0.5 * s
                                                              : 0.0;
    return 0.5 * maskShare + 0.5 * suggested;
}

std::vector<RankedRegion> rankRegions(const std::map<Region, double>& shares,
                                      const std::map<Region, Support>& support) {
    std::vector<RankedRegion> result;
    for (const Region region : anatomy::allRegions()) {
        const auto share = shares.find(region);
        const auto supported = support.find(region);
        if (share == shares.end() && supported == support.end())
            continue;
        const Support evidence = supported == support.end() ? Support{} : supported->second;
        RankedRegion row;
        row.region = region;
        row.maskShare = share == shares.end() ? 0.0 : share->second;
        row.suggestion = evidence.suggestion();
        row.strengthSum = evidence.sum;
        row.score = rankScore(row.maskShare, evidence);
        result.push_back(row);
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const RankedRegion& a, const RankedRegion& b) { return a.score > b.score; });
    return result;
}

std::string namesOf(const std::vector<std::string>& ids, const Knowledge& knowledge, Language language) {
    std::string names;
    for (const std::string& id : ids) {
        const Symptom* symptom = knowledge.symptom(id);
        const std::string& name =
            symptom == nullptr ? id : (language == Language::Korean ? symptom->nameKo : symptom->nameEn);
        names += (names.empty() ? "" : "; ") + name;
    }
    return names;
}

std::vector<Message> allCautions() {
    return {Message{"clinic.caution_silent_areas"}, Message{"clinic.caution_pressure"},
            Message{"clinic.caution_shared_tasks"}, Message{"clinic.caution_strengths"},
            Message{"clinic.caution_education"}};
}

/// A sign of one hemisphere is not to be expected when the mask lies on the other.
bool fitsHemisphere(const SymptomLink& link, Side maskSide, Handedness handedness) {
    if (link.sideRule != SideRule::Dominant && link.sideRule != SideRule::NonDominant)
        return true;
    return pointsTo(link.sideRule, Side::Unknown, handedness) != opposite(maskSide);
}

} // namespace

std::string toString(Handedness handedness) {
    switch (handedness) {
    case Handedness::Right:
        return "right";
    case Handedness::Left:
        return "left";
    case Handedness::Unknown:
        break;
    }
    return "unknown";
}

std::optional<Handedness> handednessFromString(std::string_view text) {
    for (const Handedness value : {Handedness::Unknown, Handedness::Right, Handedness::Left})
        if (toString(value) == text)
            return value;
    return std::nullopt;
}

std::string toString(Verdict verdict) {
    for (const auto& [value, name] : kVerdicts)
        if (value == verdict)
            return std::string(name);
    return "weak";
}

std::optional<Verdict> verdictFromString(std::string_view text) {
    for (const auto& [value, name] : kVerdicts)
        if (name == text)
            return value;
    return std::nullopt;
}

std::string nameMessageId(Verdict verdict) {
    switch (verdict) {
    case Verdict::NothingAboutPlace:
        return "verdict.nothing_about_place";
    case Verdict::AgreesWrongSide:
        return "verdict.agrees_wrong_side";
    case Verdict::Agrees:
        return "verdict.agrees";
    case Verdict::Partly:
        return "verdict.partly";
    case Verdict::NotExplained:
        return "verdict.not_explained";
    case Verdict::Weak:
        break;
    }
    return "verdict.weak";
}

std::string toString(Suggestion suggestion) {
    switch (suggestion) {
    case Suggestion::Strong:
        return "strong";
    case Suggestion::Weak:
        return "weak";
    case Suggestion::None:
        break;
    }
    return "none";
}

std::string toString(const ReportedSymptom& symptom) {
    return symptom.side == Side::Unknown ? symptom.id : symptom.id + ':' + toString(symptom.side);
}

Side pointsTo(SideRule rule, Side symptomSide, Handedness handedness) {
    // Writing with the right hand (and not knowing) puts language on the left.
    const Side dominant = handedness == Handedness::Left ? Side::Right : Side::Left;
    const Side named = symptomSide == Side::Left || symptomSide == Side::Right ? symptomSide : Side::Unknown;
    switch (rule) {
    case SideRule::Contralateral:
        return opposite(named);
    case SideRule::Ipsilateral:
    case SideRule::Crossed:
        return named;
    case SideRule::Dominant:
        return dominant;
    case SideRule::NonDominant:
        return opposite(dominant);
    case SideRule::None:
    case SideRule::Bilateral:
        break;
    }
    return Side::Unknown;
}

CrossCheck crossCheck(const CrossCheckInput& input, const Knowledge& knowledge) {
    CrossCheck result;
    result.cautions = allCautions();

    // The mask's regions.
    std::map<Region, double> shares;
    for (const MaskRegion& part : input.wholeTumour)
        if (std::isfinite(part.share) && part.share > 0.0)
            shares[part.region] += part.share;
    std::set<Region> maskRegions;
    for (const auto& [region, share] : shares) {
        if (share >= kRegionShare - kShareSlack)
            maskRegions.insert(region);
        if (!result.mainRegion || share > shares.at(*result.mainRegion) + kShareSlack)
            result.mainRegion = region;
    }
    if (result.mainRegion)
        maskRegions.insert(*result.mainRegion);
    if (input.leftShare >= kSideShare - kShareSlack)
        result.maskSide = Side::Left;
    else if (input.rightShare >= kSideShare - kShareSlack)
        result.maskSide = Side::Right;
    else if (!shares.empty() || input.leftShare > 0.0 || input.rightShare > 0.0)
        result.maskSide = Side::Both;
    const bool oneSided = result.maskSide == Side::Left || result.maskSide == Side::Right;

    // What the symptoms say.
    const std::vector<ReportedSymptom> chosen = chosenSymptoms(input.symptoms, knowledge);
    result.lines = linkLines(chosen, input.handedness, knowledge);
    for (LinkLine& line : result.lines) {
        line.inMask = line.link.region && maskRegions.contains(*line.link.region);
        if (oneSided && line.pointsTo != Side::Unknown)
            line.sideFit = line.pointsTo == result.maskSide ? LinkLine::SideFit::Fits : LinkLine::SideFit::Contradicts;
    }
    std::stable_sort(result.lines.begin(), result.lines.end(), [](const LinkLine& a, const LinkLine& b) {
        return std::pair(-a.link.strength, !a.inMask) < std::pair(-b.link.strength, !b.inMask);
    });
    const std::map<Region, Support> support = supportOf(result.lines);
    result.ranked = rankRegions(shares, support);

    // Lists that stand whatever the verdict.
    std::set<std::string> chosenIds;
    for (const ReportedSymptom& symptom : chosen) {
        chosenIds.insert(symptom.id);
        bool place = false;
        bool explained = false;
        bool contradicted = false;
        for (const LinkLine& line : result.lines) {
            if (line.link.symptomId != symptom.id)
                continue;
            place = place || givesPlace(line.link);
            explained = explained || !line.link.region || (givesPlace(line.link) && line.inMask);
            contradicted =
                contradicted || (line.sideFit == LinkLine::SideFit::Contradicts && (line.inMask || !line.link.region));
        }
        if (place && !explained)
            result.unexplained.push_back(symptom.id);
        if (contradicted)
            result.contradicted.push_back(symptom.id);
    }
    if (result.mainRegion)
        for (const SymptomLink& link : knowledge.links)
            if (link.region == result.mainRegion && link.strength >= 3 && !chosenIds.contains(link.symptomId) &&
                (!oneSided || fitsHemisphere(link, result.maskSide, input.handedness)))
                result.expected.push_back(link.symptomId);

    // The verdict: first rule that holds.
    const Suggestion mainSuggestion = result.mainRegion ? suggestionOf(support, *result.mainRegion) : Suggestion::None;
    int sidedLinks = 0;
    int againstMask = 0;
    for (const LinkLine& line : result.lines) {
        const bool concernsMain = !line.link.region || line.link.region == result.mainRegion;
        if (!concernsMain || line.pointsTo == Side::Unknown)
            continue;
        ++sidedLinks;
        againstMask += line.sideFit == LinkLine::SideFit::Contradicts ? 1 : 0;
    }
    std::vector<Region> strongElsewhereInMask;
    std::vector<Region> strongOutside;
    bool anyInsideSuggested = false;
    for (const auto& [region, evidence] : support) {
        const bool inside = maskRegions.contains(region);
        anyInsideSuggested = anyInsideSuggested || inside;
        if (evidence.suggestion() != Suggestion::Strong || region == result.mainRegion)
            continue;
        (inside ? strongElsewhereInMask : strongOutside).push_back(region);
    }

    if (support.empty())
        result.verdict = Verdict::NothingAboutPlace;
    else if (mainSuggestion == Suggestion::Strong && oneSided && sidedLinks > 0 && againstMask == sidedLinks)
        result.verdict = Verdict::AgreesWrongSide;
    else if (mainSuggestion == Suggestion::Strong)
        result.verdict = Verdict::Agrees;
    else if (!strongElsewhereInMask.empty() || mainSuggestion == Suggestion::Weak)
        result.verdict = Verdict::Partly;
    else if (!strongOutside.empty() && !anyInsideSuggested)
        result.verdict = Verdict::NotExplained;
    else
        result.verdict = Verdict::Weak;

    // Why.
    const auto say = [&](std::string id, std::map<std::string, std::string> parameters = {}) {
        result.reasons.push_back(Message{std::move(id), std::move(parameters)});
    };
    const auto name = [](Region region) { return anatomy::nameMessageId(region); };
    const auto symptomNames = [&](Region region) {
        return namesOf(support.at(region).symptomIds, knowledge, input.language);
    };
    if (result.mainRegion)
        say("clinic.main_region",
            {{"region", name(*result.mainRegion)}, {"percent", percent(shares.at(*result.mainRegion))}});
    else
        say("clinic.no_mask_region");
    std::map<Region, double> coreShares;
    for (const MaskRegion& part : input.core)
        if (std::isfinite(part.share) && part.share > 0.0)
            coreShares[part.region] += part.share;
    const auto coreMain = std::max_element(coreShares.begin(), coreShares.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
    if (coreMain != coreShares.end() && coreMain->first != result.mainRegion)
        say("clinic.core_elsewhere", {{"region", name(coreMain->first)}, {"percent", percent(coreMain->second)}});
    if (result.maskSide == Side::Left)
        say("clinic.mask_left", {{"percent", percent(input.leftShare)}});
    else if (result.maskSide == Side::Right)
        say("clinic.mask_right", {{"percent", percent(input.rightShare)}});
    else if (result.maskSide == Side::Both)
        say("clinic.mask_both_sides", {{"left", percent(input.leftShare)}, {"right", percent(input.rightShare)}});

    if (chosen.empty())
        say("clinic.no_symptoms");
    else if (support.empty())
        say("clinic.nothing_about_place");
    else if (result.mainRegion) {
        if (mainSuggestion == Suggestion::Strong)
            say("clinic.main_strong",
                {{"region", name(*result.mainRegion)}, {"symptoms", symptomNames(*result.mainRegion)}});
        else if (mainSuggestion == Suggestion::Weak)
            say("clinic.main_weak",
                {{"region", name(*result.mainRegion)}, {"symptoms", symptomNames(*result.mainRegion)}});
        else
            say("clinic.main_not_suggested", {{"region", name(*result.mainRegion)}});
    }
    if (result.verdict == Verdict::AgreesWrongSide)
        say("clinic.all_sides_contradict");
    else if (!result.contradicted.empty())
        say("clinic.some_sides_contradict", {{"symptoms", namesOf(result.contradicted, knowledge, input.language)}});
    for (const Region region : strongElsewhereInMask)
        say("clinic.other_mask_region_strong", {{"region", name(region)}, {"symptoms", symptomNames(region)}});
    for (const auto& [region, evidence] : support)
        if (evidence.suggestion() == Suggestion::Weak && maskRegions.contains(region) && region != result.mainRegion)
            say("clinic.other_mask_region_weak", {{"region", name(region)}, {"symptoms", symptomNames(region)}});
    for (const Region region : strongOutside)
        say("clinic.outside_strong", {{"region", name(region)}, {"symptoms", symptomNames(region)}});
    if (result.verdict == Verdict::Weak)
        say("clinic.hints_only");
    if (input.handedness == Handedness::Unknown && !chosen.empty())
        say("clinic.handedness_unknown");
    return result;
}

std::vector<std::string> unknownSymptoms(const std::vector<ReportedSymptom>& symptoms, const Knowledge& knowledge) {
    std::vector<std::string> result;
    for (const ReportedSymptom& symptom : symptoms)
        if (knowledge.symptom(symptom.id) == nullptr)
            result.push_back(symptom.id);
    return result;
}

std::optional<ReportedSymptom> parseReportedSymptom(std::string_view text) {
    text = trimmed(text);
    const std::size_t colon = text.find(':');
    ReportedSymptom result;
    result.id = std::string(trimmed(text.substr(0, colon)));
    if (result.id.empty())
        return std::nullopt;
    if (colon != std::string_view::npos) {
        const std::optional<Side> side = sideFromString(trimmed(text.substr(colon + 1)));
        if (!side)
            return std::nullopt;
        result.side = *side;
    }
    return result;
}

std::optional<std::vector<ReportedSymptom>> parseReportedSymptoms(std::string_view text) {
    std::vector<ReportedSymptom> result;
    text = trimmed(text);
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::optional<ReportedSymptom> symptom = parseReportedSymptom(text.substr(0, comma));
        if (!symptom)
            return std::nullopt;
        result.push_back(*symptom);
        if (comma == std::string_view::npos)
            break;
        text = text.substr(comma + 1);
        if (trimmed(text).empty())
            return std::nullopt;
    }
    return result;
}

std::vector<RankedRegion> suggestedRegions(const std::vector<ReportedSymptom>& symptoms, const Knowledge& knowledge) {
    const std::vector<LinkLine> lines = linkLines(chosenSymptoms(symptoms, knowledge), Handedness::Unknown, knowledge);
    return rankRegions({}, supportOf(lines));
}

std::vector<SuggestedPlace> suggestedPlaces(const std::vector<ReportedSymptom>& symptoms, Handedness handedness,
                                            const Knowledge& knowledge) {
    const std::vector<LinkLine> lines = linkLines(chosenSymptoms(symptoms, knowledge), handedness, knowledge);
    std::vector<SuggestedPlace> result;
    for (const RankedRegion& row : rankRegions({}, supportOf(lines))) {
        Side side = Side::Unknown;
        for (const LinkLine& line : lines)
            if (line.link.region == row.region)
                side = joined(side, line.pointsTo);
        result.push_back({row.region, side == Side::Unknown ? Side::Both : side, row.suggestion, row.strengthSum});
    }
    return result;
}

} // namespace sulcus::clinic
