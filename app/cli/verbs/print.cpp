// SPDX-License-Identifier: Apache-2.0
#include "app/cli/verbs/print.h"

#include "app/cli/text_table.h"

#include <map>

namespace sulcus::cli {

namespace {

std::string suggestionWord(clinic::Suggestion suggestion) {
    switch (suggestion) {
    case clinic::Suggestion::Strong:
        return "strong";
    case clinic::Suggestion::Weak:
        return "weak";
    case clinic::Suggestion::None:
        break;
    }
    return "-";
}

std::string symptomName(const std::string& id, const clinic::Knowledge& knowledge) {
    const auto* symptom = knowledge.symptom(id);
    return symptom == nullptr ? id : symptom->nameEn;
}

} // namespace

std::string placeName(anatomy::Region region, Side side) {
    auto name = sentence(anatomy::nameMessageId(region));
    if (side == Side::Left || side == Side::Right)
        name += ", " + toString(side);
    return name;
}

std::string warningsText(const std::vector<Message>& warnings) {
    std::string text;
    for (const auto& warning : warnings)
        text += line("Note", sentence(warning));
    return text;
}

std::string notesText(const std::vector<CaseNotes>& cases) {
    struct Note {
        std::string id;
        std::string first;
        std::string words;
        std::size_t others = 0;
    };
    std::vector<Note> notes;
    std::map<std::string, std::size_t> known;
    for (const auto& [name, warnings] : cases) {
        for (const auto& warning : warnings) {
            auto words = sentence(warning);
            const auto [at, fresh] = known.try_emplace(words, notes.size());
            if (fresh)
                notes.push_back({warning.id, name, std::move(words)});
            else
                ++notes[at->second].others;
        }
    }
    std::string text;
    std::map<std::string, std::size_t> ofKind;
    std::size_t more = 0;
    for (const auto& note : notes) {
        constexpr std::size_t kShownOfKind = 3;
        if (++ofKind[note.id] > kShownOfKind)
            ++more;
        else
            text +=
                line("Note", note.first + (note.others == 0 ? "" : " and " + std::to_string(note.others) + " more") +
                                 ": " + note.words);
    }
    if (more > 0)
        text += line("Note", std::to_string(more) + " more like these");
    return text;
}

std::string comparisonText(const imaging::Comparison& comparison) {
    TextTable table({"Region", "Dice", "IoU", "HD95 mm", "Sensitivity", "Specificity", "ml here", "ml truth"});
    for (const auto& [target, region] : comparison.regions)
        table.add({imaging::toString(target), decimal(region.dice, 4), decimal(region.iou, 4),
                   decimal(region.hd95Mm, 2), decimal(region.sensitivity, 4), decimal(region.specificity, 4),
                   decimal(region.mlPrediction, 2), decimal(region.mlTruth, 2)});
    return table.text() + "\nAccuracy  " + decimal(comparison.accuracy, 5) + " of all voxels\n";
}

std::string locationText(const anatomy::Location& location) {
    const auto& whole = location.whole();
    std::string text;
    text += line("Space", anatomy::toString(location.space) + ", " + location.method + " transform, brain overlap " +
                              decimal(location.brainDice, 2) + (location.reliable ? "" : " (a hint only)"));
    text += line("Volume", decimal(whole.ml, 1) + " ml");
    text += line("Side", percent(whole.leftShare) + " left, " + percent(whole.rightShare) + " right" +
                             (whole.crossesMidline ? ", crosses the midline" : ""));
    TextTable regions({"Region", "ml", "of mask", "of region"});
    for (const auto& region : whole.regions)
        regions.add({placeName(region.region, region.side), decimal(region.ml, 1), percent(region.share),
                     percent(region.shareOfRegion)});
    text.append("\n").append(regions.text());
    if (!location.components.empty()) {
        TextTable pieces({"Piece", "ml", "centre voxel", "place"}, {0, 2, 3});
        std::size_t shown = 0;
        for (const auto& piece : location.components) {
            constexpr std::size_t kShownPieces = 5;
            if (shown == kShownPieces)
                break;
            ++shown;
            const auto& c = piece.component.centroid;
            pieces.add({std::to_string(shown), decimal(piece.component.ml, 2),
                        decimal(c.i, 0) + " " + decimal(c.j, 0) + " " + decimal(c.k, 0),
                        piece.place ? placeName(piece.place->region, piece.place->side) : "-"});
        }
        text.append("\n").append(std::to_string(location.components.size()));
        text += (location.components.size() == 1 ? " piece\n" : " pieces, largest first\n") + pieces.text();
    }
    if (!location.notes.empty())
        text.append("\n").append(warningsText(location.notes));
    return text;
}

std::string crossCheckText(const clinic::CrossCheck& check, const clinic::Knowledge& knowledge) {
    const bool asked = std::none_of(check.reasons.begin(), check.reasons.end(),
                                    [](const Message& reason) { return reason.id == "clinic.no_symptoms"; });
    std::string text =
        line("Verdict", asked ? sentence(clinic::nameMessageId(check.verdict)) : sentence("verdict.no_symptoms"));
    for (const auto& reason : check.reasons)
        text += line("", sentence(reason));
    const auto names = [&](const std::vector<std::string>& ids) {
        std::string joined;
        for (const auto& id : ids)
            joined += (joined.empty() ? "" : "; ") + symptomName(id, knowledge);
        return joined.empty() ? std::string("none") : joined;
    };
    text += line("Unexplained", names(check.unexplained));
    text += line("Expected", names(check.expected));
    TextTable regions({"Region", "of mask", "suggested", "strength"}, {0, 2});
    for (const auto& region : check.ranked)
        regions.add({placeName(region.region, Side::Unknown), percent(region.maskShare),
                     suggestionWord(region.suggestion), std::to_string(region.strengthSum)});
    if (!regions.empty())
        text.append("\n").append(regions.text());
    TextTable links({"Symptom", "region", "strength", "side rule", "in mask", "sources"}, {0, 1, 3, 4, 5});
    for (const auto& used : check.lines) {
        std::string sources;
        for (const auto& key : used.link.sources)
            sources += (sources.empty() ? "" : ", ") + (key == "~" ? std::string("textbook") : key);
        links.add({symptomName(used.link.symptomId, knowledge),
                   used.link.region ? anatomy::toString(*used.link.region) : "any", std::to_string(used.link.strength),
                   clinic::toString(used.link.sideRule), used.inMask ? "yes" : "no", sources});
    }
    if (!links.empty())
        text.append("\n").append(links.text());
    text += "\n";
    for (const auto& caution : check.cautions)
        text += sentence(caution) + "\n";
    return text;
}

std::string hospitalsText(const std::vector<clinic::RankedHospital>& hospitals, const std::string& from) {
    TextTable table({"Hospital", "city", "country", "km", "departments"}, {0, 1, 2, 4});
    for (const auto& ranked : hospitals) {
        std::string departments;
        for (const auto& code : ranked.matching) {
            const auto mark = ranked.hospital.verified.find(code);
            const bool verified = mark != ranked.hospital.verified.end() && mark->second;
            departments += (departments.empty() ? "" : " ") + code + (verified ? "" : "?");
        }
        table.add({ranked.hospital.nameEn, ranked.hospital.city, ranked.hospital.country, decimal(ranked.km, 0),
                   departments});
    }
    std::string text = table.text();
    if (!from.empty())
        text += "\nDistances from " + from + ".\n";
    return text + "\n" + sentence("app.hospitals_to_verify") + "\n";
}

} // namespace sulcus::cli
