// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/answer_json.h"

#include "core/workflow/slice_areas.h"

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

Json messageJson(const Message& message, const SentenceMaker& sentence) {
    Json parameters = Json::object();
    for (const auto& [name, value] : message.parameters)
        parameters[name] = value;
    return {{"id", message.id},
            {"parameters", std::move(parameters)},
            {"text", sentence ? Json(sentence(message)) : Json(nullptr)}};
}

Json messagesJson(const std::vector<Message>& messages, const SentenceMaker& sentence) {
    Json list = Json::array();
    for (const auto& message : messages)
        list.push_back(messageJson(message, sentence));
    return list;
}

Json textOrNull(const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); }

Json intervalJson(const std::optional<MeanInterval>& interval) {
    if (!interval)
        return nullptr;
    return {{"mean", number(interval->mean)},
            {"low", number(interval->low)},
            {"high", number(interval->high)},
            {"cases", interval->cases}};
}

bool isBrats(imaging::LabelEra era) { return era != imaging::LabelEra::Plain; }

// Slices without any label say nothing and stay out.
Json areasJson(const SegmentationResult& result) {
    Json list = Json::array();
    for (const auto& slice : sliceAreas(*result.mask)) {
        Json areas = Json::object();
        for (const auto& label : result.labels) {
            if (label.voxels != 0)
                areas[label.code] = number(slice.cm2[label.value]);
        }
        list.push_back({{"slice", slice.slice}, {"z_mm", number(slice.zMm)}, {"cm2", std::move(areas)}});
    }
    return list;
}

Json classifiedJson(const ClassifiedViews& answer, const SentenceMaker& sentence) {
    Json outputs = Json::array();
    for (const auto& output : answer.outputs)
        outputs.push_back({{"name", output.name},
                           {"probability", number(output.probability)},
                           {"threshold", number(output.threshold)},
                           {"positive", output.positive()}});
    Json truth = Json::object();
    for (const auto& [name, value] : answer.truth)
        truth[name] = value ? Json(*value) : Json(nullptr);
    return {{"case", answer.name},
            {"synthetic", answer.synthetic},
            {"warnings", messagesJson(answer.warnings, sentence)},
            {"outputs", std::move(outputs)},
            {"truth", std::move(truth)},
            {"seconds", number(answer.seconds)},
            {"problem", nullptr}};
}

Json areaJson(const learning::ClassMetrics& metrics) {
    const auto& interval = metrics.areaInterval;
    return {{"auc", number(metrics.area)},
            {"low", interval ? number(interval->low) : Json(nullptr)},
            {"high", interval ? number(interval->high) : Json(nullptr)}};
}

std::string text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

} // namespace

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
         {"slice_areas", result.mask && !isBrats(result.era) ? areasJson(result) : Json(nullptr)},
         {"seconds",
          {{"load", number(s.load)},
           {"preprocess", number(s.preprocess)},
           {"network", number(s.network)},
           {"postprocess", number(s.postprocess)},
           {"total", number(s.total)}}},
         {"peak_mb", number(result.peakMb)},
         {"device", result.device},
         {"warnings", messagesJson(result.warnings, sentence)}});
}

std::string toJson(const std::vector<clinic::RankedHospital>& hospitals) {
    Json list = Json::array();
    for (const auto& ranked : hospitals) {
        const auto& h = ranked.hospital;
        Json departments = Json::array();
        for (const auto& code : h.departments) {
            const auto mark = h.verified.find(code);
            departments.push_back({{"code", code}, {"verified", mark != h.verified.end() && mark->second}});
        }
        list.push_back({{"id", h.id},
                        {"name", h.nameEn},
                        {"name_local", textOrNull(h.nameLocal)},
                        {"city", textOrNull(h.city)},
                        {"region", textOrNull(h.region)},
                        {"country", textOrNull(h.country)},
                        {"latitude", number(h.latitude)},
                        {"longitude", number(h.longitude)},
                        {"km", number(ranked.km)},
                        {"matching", ranked.matching},
                        {"departments", std::move(departments)},
                        {"website", textOrNull(h.website)},
                        {"score", number(ranked.score)}});
    }
    return text(list);
}

std::string toJson(const Evaluation& evaluation, const SentenceMaker& sentence) {
    Json rows = Json::array();
    for (const auto& row : evaluation.rows) {
        Json entry = row.comparison ? Json::parse(report::toJson(*row.comparison))
                                    : Json{{"regions", Json::object()}, {"accuracy", nullptr}};
        entry["case"] = row.caseId;
        entry["seconds"] = number(row.seconds);
        entry["problem"] = row.problem ? messageJson(row.problem->message, sentence) : Json(nullptr);
        entry["warnings"] = messagesJson(row.warnings, sentence);
        rows.push_back(std::move(entry));
    }
    Json means = Json::object();
    for (const auto& [target, mean] : evaluation.means)
        means[imaging::toString(target)] = {{"dice", intervalJson(mean.dice)},
                                            {"iou", intervalJson(mean.iou)},
                                            {"hd95_mm", intervalJson(mean.hd95Mm)},
                                            {"sensitivity", intervalJson(mean.sensitivity)},
                                            {"specificity", intervalJson(mean.specificity)}};
    Json otsu = Json::array();
    for (const auto& score : evaluation.baseline)
        otsu.push_back({{"region", score.output},
                        {"input", score.input},
                        {"side", score.bright ? "bright" : "dark"},
                        {"dice", score.dice}});
    return text({{"bundle",
                  {{"name", evaluation.bundleName},
                   {"version", evaluation.bundleVersion},
                   {"weights_sha256", evaluation.weightsSha256}}},
                 {"device", evaluation.device},
                 {"cases", std::move(rows)},
                 {"mean", std::move(means)},
                 {"otsu", std::move(otsu)}});
}

std::string toJson(const ClassifiedViews& answer, const SentenceMaker& sentence) {
    return text(classifiedJson(answer, sentence));
}

std::string toJson(const ClassEvaluation& evaluation, const SentenceMaker& sentence) {
    Json rows = Json::array();
    for (const auto& row : evaluation.rows) {
        Json entry = row.answer ? classifiedJson(*row.answer, sentence)
                                : Json{{"case", row.name},          {"synthetic", evaluation.synthetic},
                                       {"warnings", Json::array()}, {"outputs", Json::array()},
                                       {"truth", Json::object()},   {"seconds", 0.0},
                                       {"problem", nullptr}};
        if (row.problem)
            entry["problem"] = messageJson(row.problem->message, sentence);
        rows.push_back(std::move(entry));
    }
    Json metrics = Json::object();
    for (const auto& output : evaluation.metrics)
        metrics[output.output] = {{"positives", output.positives},
                                  {"negatives", output.negatives},
                                  {"accuracy", number(output.accuracy)},
                                  {"sensitivity", number(output.sensitivity)},
                                  {"specificity", number(output.specificity)},
                                  {"area", areaJson(output)}};
    return text({{"bundle",
                  {{"name", evaluation.bundleName},
                   {"version", evaluation.bundleVersion},
                   {"weights_sha256", evaluation.weightsSha256}}},
                 {"device", evaluation.device},
                 {"synthetic", evaluation.synthetic},
                 {"patients", std::move(rows)},
                 {"metrics", std::move(metrics)},
                 {"baseline", {{"name", evaluation.baseline.output}, {"area", areaJson(evaluation.baseline)}}}});
}

std::string toJson(const std::vector<Message>& messages, const SentenceMaker& sentence) {
    return text(messagesJson(messages, sentence));
}

} // namespace sulcus::workflow
