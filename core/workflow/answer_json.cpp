// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/answer_json.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace sulcus::workflow {

namespace {

using Json = nlohmann::ordered_json;

// Six decimals: a voxel of a millilitre, a micrometre; more is noise that hides the answer.
Json number(double value) {
    if (!std::isfinite(value))
        return nullptr;
    return std::round(value * 1e6) / 1e6;
}

Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json sentences(const std::vector<Message>& messages, const SentenceMaker& sentence) {
    Json list = Json::array();
    for (const auto& message : messages)
        list.push_back(sentence ? sentence(message) : message.id);
    return list;
}

Json voxel(imaging::VoxelIndex v) { return Json::array({v.i, v.j, v.k}); }
Json point(imaging::WorldPoint p) { return Json::array({number(p.x), number(p.y), number(p.z)}); }

Json comparisonJson(const imaging::Comparison& comparison) {
    Json regions = Json::object();
    for (const auto& [target, region] : comparison.regions)
        regions[imaging::toString(target)] = {{"dice", number(region.dice)},
                                              {"iou", number(region.iou)},
                                              {"hd95_mm", number(region.hd95Mm)},
                                              {"sensitivity", number(region.sensitivity)},
                                              {"specificity", number(region.specificity)},
                                              {"ml_prediction", number(region.mlPrediction)},
                                              {"ml_truth", number(region.mlTruth)}};
    return {{"regions", std::move(regions)}, {"accuracy", number(comparison.accuracy)}};
}

Json sideJson(const anatomy::TargetLocation& target) {
    return {{"left", number(target.leftShare)},
            {"right", number(target.rightShare)},
            {"crosses_midline", target.crossesMidline}};
}

Json regionsJson(const anatomy::TargetLocation& target) {
    Json list = Json::array();
    for (const auto& region : target.regions)
        list.push_back({{"code", anatomy::toString(region.region)},
                        {"side", toString(region.side)},
                        {"ml", number(region.ml)},
                        {"share", number(region.share)},
                        {"share_of_region", number(region.shareOfRegion)},
                        {"approximate", region.approximate}});
    return list;
}

Json intervalJson(const std::optional<MeanInterval>& interval) {
    if (!interval)
        return nullptr;
    return {{"mean", number(interval->mean)},
            {"low", number(interval->low)},
            {"high", number(interval->high)},
            {"cases", interval->cases}};
}

std::string text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

} // namespace

std::string toJson(const imaging::Comparison& comparison) { return text(comparisonJson(comparison)); }

std::string toJson(const SegmentationResult& result, const SentenceMaker& sentence) {
    Json labels = Json::array();
    for (const auto& label : result.labels)
        labels.push_back(
            {{"value", label.value}, {"code", label.code}, {"voxels", label.voxels}, {"ml", number(label.ml)}});
    Json targets = Json::object();
    for (const auto& [target, ml] : result.targetMl)
        targets[imaging::toString(target)] = {{"ml", number(ml)}};
    const auto& s = result.seconds;
    return text(
        {{"bundle",
          {{"name", result.bundleName}, {"version", result.bundleVersion}, {"weights_sha256", result.weightsSha256}}},
         {"era", imaging::toString(result.era)},
         {"labels", std::move(labels)},
         {"targets", std::move(targets)},
         {"seconds",
          {{"load", number(s.load)},
           {"preprocess", number(s.preprocess)},
           {"network", number(s.network)},
           {"postprocess", number(s.postprocess)},
           {"total", number(s.total)}}},
         {"peak_mb", number(result.peakMb)},
         {"device", result.device},
         {"warnings", sentences(result.warnings, sentence)}});
}

std::string toJson(const anatomy::Location& location, const SentenceMaker& sentence) {
    const auto& whole = location.whole();
    Json targets = Json::object();
    for (const auto& [target, place] : location.targets)
        targets[imaging::toString(target)] = {{"ml", number(place.ml)},
                                              {"side", sideJson(place)},
                                              {"outside_share", number(place.outsideShare)},
                                              {"regions", regionsJson(place)}};
    Json components = Json::array();
    for (const auto& piece : location.components) {
        Json place = nullptr;
        if (piece.place)
            place = {{"code", anatomy::toString(piece.place->region)},
                     {"side", toString(piece.place->side)},
                     {"structure", piece.place->structure}};
        const auto& c = piece.component;
        components.push_back({{"voxels", c.voxelCount},
                              {"ml", number(c.ml)},
                              {"box", {{"first", voxel(c.first)}, {"last", voxel(c.last)}}},
                              {"centroid_voxel", {number(c.centroid.i), number(c.centroid.j), number(c.centroid.k)}},
                              {"centroid_lps_mm", point(piece.centroidWorld)},
                              {"centroid_template_mm", point(piece.centroidTemplate)},
                              {"place", std::move(place)}});
    }
    Json distances = Json::array();
    for (const auto& area : location.distances)
        distances.push_back({{"area", area.areaId},
                             {"side", toString(area.side)},
                             {"mm", number(area.mm)},
                             {"approximate", area.approximate}});
    const Json mainRegion =
        whole.regions.empty() ? Json(nullptr) : Json(anatomy::toString(whole.regions.front().region));
    return text({{"space", anatomy::toString(location.space)},
                 {"method", location.method},
                 {"reliable", location.reliable},
                 {"brain_dice", number(location.brainDice)},
                 {"ml", number(whole.ml)},
                 {"side", sideJson(whole)},
                 {"main_region", mainRegion},
                 {"regions", regionsJson(whole)},
                 {"targets", std::move(targets)},
                 {"components", std::move(components)},
                 {"distances", std::move(distances)},
                 {"notes", sentences(location.notes, sentence)}});
}

std::string toJson(const clinic::CrossCheck& check, const SentenceMaker& sentence) {
    const auto suggestion = [](clinic::Suggestion s) {
        return s == clinic::Suggestion::Strong ? "strong" : s == clinic::Suggestion::Weak ? "weak" : "none";
    };
    const auto sideFit = [](clinic::LinkLine::SideFit fit) {
        return fit == clinic::LinkLine::SideFit::Fits          ? "fits"
               : fit == clinic::LinkLine::SideFit::Contradicts ? "contradicts"
                                                               : "no_statement";
    };
    Json lines = Json::array();
    for (const auto& line : check.lines)
        lines.push_back({{"symptom", line.link.symptomId},
                         {"region", line.link.region ? Json(anatomy::toString(*line.link.region)) : Json(nullptr)},
                         {"strength", line.link.strength},
                         {"side_rule", clinic::toString(line.link.sideRule)},
                         {"symptom_side", toString(line.symptomSide)},
                         {"points_to", toString(line.pointsTo)},
                         {"in_mask", line.inMask},
                         {"side_fit", sideFit(line.sideFit)},
                         {"note", line.link.note},
                         {"sources", line.link.sources}});
    Json ranked = Json::array();
    for (const auto& region : check.ranked)
        ranked.push_back({{"code", anatomy::toString(region.region)},
                          {"mask_share", number(region.maskShare)},
                          {"suggestion", suggestion(region.suggestion)},
                          {"strength_sum", region.strengthSum},
                          {"score", number(region.score)}});
    const Json mainRegion = check.mainRegion ? Json(anatomy::toString(*check.mainRegion)) : Json(nullptr);
    return text({{"verdict", clinic::toString(check.verdict)},
                 {"main_region", mainRegion},
                 {"reasons", sentences(check.reasons, sentence)},
                 {"unexplained", check.unexplained},
                 {"expected", check.expected},
                 {"ranked", std::move(ranked)},
                 {"lines", std::move(lines)},
                 {"cautions", sentences(check.cautions, sentence)}});
}

std::string toJson(const std::vector<clinic::RankedHospital>& hospitals) {
    Json list = Json::array();
    for (const auto& ranked : hospitals) {
        const auto& h = ranked.hospital;
        Json verified = Json::object();
        for (const auto& department : h.departments) {
            const auto mark = h.verified.find(department);
            verified[department] = mark != h.verified.end() && mark->second;
        }
        list.push_back({{"id", h.id},
                        {"name", h.nameEn},
                        {"name_local", h.nameLocal},
                        {"city", h.city},
                        {"region", h.region},
                        {"country", h.country},
                        {"latitude", number(h.latitude)},
                        {"longitude", number(h.longitude)},
                        {"departments", h.departments},
                        {"matching", ranked.matching},
                        {"verified", std::move(verified)},
                        {"website", h.website},
                        {"km", number(ranked.km)},
                        {"score", number(ranked.score)}});
    }
    return text(list);
}

std::string toJson(const Evaluation& evaluation, const SentenceMaker& sentence) {
    Json rows = Json::array();
    for (const auto& row : evaluation.rows) {
        Json entry =
            row.comparison ? comparisonJson(*row.comparison) : Json{{"regions", Json::object()}, {"accuracy", nullptr}};
        entry["case"] = row.caseId;
        entry["seconds"] = number(row.seconds);
        entry["problem"] =
            row.problem ? Json(sentence ? sentence(row.problem->message) : row.problem->message.id) : Json(nullptr);
        entry["warnings"] = sentences(row.warnings, sentence);
        rows.push_back(std::move(entry));
    }
    Json means = Json::object();
    for (const auto& [target, mean] : evaluation.means)
        means[imaging::toString(target)] = {{"dice", intervalJson(mean.dice)},
                                            {"iou", intervalJson(mean.iou)},
                                            {"hd95_mm", intervalJson(mean.hd95Mm)},
                                            {"sensitivity", intervalJson(mean.sensitivity)},
                                            {"specificity", intervalJson(mean.specificity)}};
    return text({{"bundle",
                  {{"name", evaluation.bundleName},
                   {"version", evaluation.bundleVersion},
                   {"weights_sha256", evaluation.weightsSha256}}},
                 {"device", evaluation.device},
                 {"cases", std::move(rows)},
                 {"mean", std::move(means)}});
}

} // namespace sulcus::workflow
