// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_content.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <set>

namespace sulcus::report {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }
Json text(const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); }

template <typename Range>
Json list(const Range& range) {
    Json array = Json::array();
    for (const auto& item : range)
        array.push_back(item);
    return array;
}

Json point(const imaging::WorldPoint& p) { return Json::array({number(p.x), number(p.y), number(p.z)}); }
Json point(const imaging::ContinuousIndex& p) { return Json::array({number(p.i), number(p.j), number(p.k)}); }
Json point(const imaging::VoxelIndex& v) { return Json::array({v.i, v.j, v.k}); }

Json message(const Message& message, const SentenceMaker& sentence) {
    Json object;
    object["id"] = message.id;
    object["parameters"] = Json::object();
    for (const auto& [name, value] : message.parameters)
        object["parameters"][name] = value;
    object["text"] = sentence ? Json(sentence(message)) : Json(nullptr);
    return object;
}

Json messages(const std::vector<Message>& all, const SentenceMaker& sentence) {
    Json array = Json::array();
    for (const Message& one : all)
        array.push_back(message(one, sentence));
    return array;
}

std::string hexColour(const std::array<std::uint8_t, 3>& c) {
    char buffer[8];
    std::snprintf(buffer, sizeof buffer, "#%02x%02x%02x", c[0], c[1], c[2]);
    return buffer;
}

Json comparisonJson(const imaging::Comparison& comparison) {
    Json regions = Json::object();
    for (const auto& [target, region] : comparison.regions) {
        Json object;
        object["dice"] = number(region.dice);
        object["iou"] = number(region.iou);
        object["hd95_mm"] = number(region.hd95Mm);
        object["sensitivity"] = number(region.sensitivity);
        object["specificity"] = number(region.specificity);
        object["ml_prediction"] = number(region.mlPrediction);
        object["ml_truth"] = number(region.mlTruth);
        regions[imaging::toString(target)] = std::move(object);
    }
    Json object;
    object["regions"] = std::move(regions);
    object["accuracy"] = number(comparison.accuracy);
    return object;
}

Json sideJson(const anatomy::TargetLocation& target) {
    Json side;
    side["left"] = number(target.leftShare);
    side["right"] = number(target.rightShare);
    return side;
}

Json regionsJson(const std::vector<anatomy::RegionShare>& regions) {
    Json array = Json::array();
    for (const anatomy::RegionShare& region : regions) {
        Json object;
        object["code"] = anatomy::toString(region.region);
        object["side"] = sulcus::toString(region.side);
        object["ml"] = number(region.ml);
        object["share"] = number(region.share);
        object["share_of_region"] = number(region.shareOfRegion);
        object["approximate"] = region.approximate;
        array.push_back(std::move(object));
    }
    return array;
}

Json locationJson(const anatomy::Location& location, const SentenceMaker& sentence) {
    static const anatomy::TargetLocation kNowhere;
    // `whole()` needs a target; a location without any is still written, as nothing.
    const anatomy::TargetLocation& whole = location.targets.empty() ? kNowhere : location.whole();
    Json object;
    object["space"] = anatomy::toString(location.space);
    object["method"] = location.method;
    object["reliable"] = location.reliable;
    object["brain_dice"] = number(location.brainDice);
    object["side"] = sideJson(whole);
    object["crosses_midline"] = whole.crossesMidline;
    object["outside_share"] = number(whole.outsideShare);
    object["regions"] = regionsJson(whole.regions);
    object["targets"] = Json::object();
    for (const auto& [target, place] : location.targets) {
        Json one;
        one["ml"] = number(place.ml);
        one["side"] = sideJson(place);
        one["crosses_midline"] = place.crossesMidline;
        one["outside_share"] = number(place.outsideShare);
        one["regions"] = regionsJson(place.regions);
        object["targets"][imaging::toString(target)] = std::move(one);
    }
    object["components"] = Json::array();
    for (const anatomy::ComponentLocation& component : location.components) {
        Json one;
        one["ml"] = number(component.component.ml);
        one["voxels"] = component.component.voxelCount;
        one["first_voxel"] = point(component.component.first);
        one["last_voxel"] = point(component.component.last);
        one["centroid_voxel"] = point(component.component.centroid);
        one["centroid_world_mm"] = point(component.centroidWorld);
        one["centroid_template_mm"] = point(component.centroidTemplate);
        one["region"] = component.place ? Json(anatomy::toString(component.place->region)) : Json(nullptr);
        one["side"] = component.place ? Json(sulcus::toString(component.place->side)) : Json(nullptr);
        one["structure"] = component.place ? text(component.place->structure) : Json(nullptr);
        object["components"].push_back(std::move(one));
    }
    object["distances"] = Json::array();
    for (const anatomy::AreaDistance& distance : location.distances) {
        Json one;
        one["area"] = distance.areaId;
        one["side"] = sulcus::toString(distance.side);
        one["mm"] = number(distance.mm);
        one["approximate"] = distance.approximate;
        object["distances"].push_back(std::move(one));
    }
    object["notes"] = messages(location.notes, sentence);
    return object;
}

std::string fitName(clinic::LinkLine::SideFit fit) {
    switch (fit) {
    case clinic::LinkLine::SideFit::NoStatement:
        return "no_statement";
    case clinic::LinkLine::SideFit::Fits:
        return "fits";
    case clinic::LinkLine::SideFit::Contradicts:
        return "contradicts";
    }
    return "no_statement";
}

Json crossCheckJson(const clinic::CrossCheck& check, const SentenceMaker& sentence) {
    Json object;
    object["verdict"] = clinic::toString(check.verdict);
    object["main_region"] = check.mainRegion ? Json(anatomy::toString(*check.mainRegion)) : Json(nullptr);
    object["reasons"] = messages(check.reasons, sentence);
    object["unexplained"] = list(check.unexplained);
    object["expected"] = list(check.expected);
    object["regions"] = Json::array();
    for (const clinic::RankedRegion& region : check.ranked) {
        Json one;
        one["code"] = anatomy::toString(region.region);
        one["mask_share"] = number(region.maskShare);
        one["suggestion"] = clinic::toString(region.suggestion);
        one["strength_sum"] = region.strengthSum;
        one["score"] = number(region.score);
        object["regions"].push_back(std::move(one));
    }
    object["links"] = Json::array();
    for (const clinic::LinkLine& line : check.lines) {
        Json one;
        one["symptom"] = line.link.symptomId;
        one["region"] = line.link.region ? Json(anatomy::toString(*line.link.region)) : Json(nullptr);
        one["strength"] = line.link.strength;
        one["side_rule"] = clinic::toString(line.link.sideRule);
        one["symptom_side"] = sulcus::toString(line.symptomSide);
        one["points_to"] = sulcus::toString(line.pointsTo);
        one["in_mask"] = line.inMask;
        one["side_fit"] = fitName(line.sideFit);
        one["note"] = text(line.link.note);
        one["sources"] = list(line.link.sources);
        object["links"].push_back(std::move(one));
    }
    object["cautions"] = messages(check.cautions, sentence);
    return object;
}

/// World coordinate along the slice's normal: what a reader finds beside the picture.
Json sliceMm(const imaging::Geometry& geometry, const SliceFigure& figure) {
    if (!geometry.hasOrientation)
        return nullptr;
    const imaging::WorldPoint p =
        geometry.worldFromIndex({static_cast<double>(figure.centre.i), static_cast<double>(figure.centre.j),
                                 static_cast<double>(figure.centre.k)});
    switch (figure.plane) {
    case Plane::Axial:
        return number(p.z);
    case Plane::Sagittal:
        return number(p.x);
    case Plane::Coronal:
        return number(p.y);
    }
    return nullptr;
}

Json figuresJson(const ReportContent& content) {
    Json array = Json::array();
    for (const SliceFigure& figure : content.figures) {
        Json one;
        one["plane"] = toString(figure.plane);
        one["sequence"] = imaging::toString(figure.sequence);
        one["voxel"] = point(figure.centre);
        const bool has = content.imagingCase && !content.imagingCase->volumes.empty();
        if (has) {
            const imaging::Geometry& grid = content.imagingCase->geometry();
            const int normal = normalAxis(grid, figure.plane);
            one["slice"] = normal == 0 ? figure.centre.i : normal == 1 ? figure.centre.j : figure.centre.k;
            one["mm"] = sliceMm(grid, figure);
        } else {
            one["slice"] = nullptr;
            one["mm"] = nullptr;
        }
        array.push_back(std::move(one));
    }
    return array;
}

Json hospitalsJson(const ReportContent& content) {
    Json object;
    object["finding"] = toString(content.finding);
    object["from"] = text(content.hospitalsFrom);
    object["to_verify"] = true;
    object["list"] = Json::array();
    for (const clinic::RankedHospital& ranked : content.hospitals) {
        const clinic::Hospital& hospital = ranked.hospital;
        Json one;
        one["id"] = hospital.id;
        one["name"] = hospital.nameEn;
        one["name_local"] = text(hospital.nameLocal);
        one["city"] = text(hospital.city);
        one["region"] = text(hospital.region);
        one["country"] = text(hospital.country);
        one["km"] = number(ranked.km);
        one["matching"] = list(ranked.matching);
        one["departments"] = Json::array();
        for (const std::string& code : hospital.departments) {
            const auto verified = hospital.verified.find(code);
            Json department;
            department["code"] = code;
            department["verified"] = verified != hospital.verified.end() && verified->second;
            one["departments"].push_back(std::move(department));
        }
        one["website"] = text(hospital.website);
        one["score"] = number(ranked.score);
        object["list"].push_back(std::move(one));
    }
    return object;
}

Json sourcesJson(const ReportContent& content) {
    Json array = Json::array();
    if (!content.crossCheck)
        return array;
    std::set<std::string> keys;
    for (const clinic::LinkLine& line : content.crossCheck->lines)
        keys.insert(line.link.sources.begin(), line.link.sources.end());
    for (const std::string& key : keys) {
        Json one;
        one["key"] = key;
        one["title"] = key == "~" ? Json("textbook") : Json(nullptr);
        one["where"] = nullptr;
        if (content.knowledge)
            for (const clinic::KnowledgeSource& source : content.knowledge->sources)
                if (source.key == key) {
                    one["title"] = text(source.title);
                    one["where"] = text(source.where);
                }
        array.push_back(std::move(one));
    }
    return array;
}

/// Bytes that are not UTF-8 (a file name, say) become the replacement character: the twin is always valid JSON.
std::string dump(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

} // namespace

std::string toJson(const ReportContent& content, const SentenceMaker& sentence) {
    Json root;
    root["format"] = "sulcus.report";
    root["format_version"] = 1;
    root["program"] = {{"name", "Sulcus"}, {"version", content.provenance.programVersion}};
    root["purpose"] = "Education and research only. Not for diagnosis.";
    root["created_at"] = text(content.provenance.createdAt);
    root["case"] = content.caseId;
    root["patient"] = text(content.patientPseudonym);
    root["synthetic"] = content.synthetic;

    root["grid"] = nullptr;
    root["sequences"] = Json::array();
    if (content.imagingCase && !content.imagingCase->volumes.empty()) {
        const imaging::Geometry& grid = content.imagingCase->geometry();
        Json object;
        object["size"] = list(grid.size);
        object["spacing_mm"] = Json::array({number(grid.spacing[0]), number(grid.spacing[1]), number(grid.spacing[2])});
        object["oriented"] = grid.hasOrientation;
        root["grid"] = std::move(object);
        for (const imaging::CaseVolume& volume : content.imagingCase->volumes)
            root["sequences"].push_back(imaging::toString(volume.sequence));
    }

    root["label_era"] = imaging::toString(content.era);
    root["labels"] = Json::array();
    for (const LabelVolume& label : content.labels) {
        Json one;
        one["value"] = label.value;
        one["code"] = label.code;
        one["colour"] = hexColour(label.colour);
        one["ml"] = number(label.ml);
        root["labels"].push_back(std::move(one));
    }
    root["targets"] = Json::object();
    for (const auto& [target, ml] : content.targetMl)
        root["targets"][imaging::toString(target)] = {{"ml", number(ml)}};
    root["comparison"] = content.comparison ? comparisonJson(*content.comparison) : Json(nullptr);
    root["location"] = content.location ? locationJson(*content.location, sentence) : Json(nullptr);
    root["location_problem"] = content.locationProblem ? message(*content.locationProblem, sentence) : Json(nullptr);
    root["handedness"] = clinic::toString(content.handedness);
    root["symptoms"] = Json::array();
    for (const clinic::ReportedSymptom& symptom : content.symptoms) {
        const clinic::Symptom* const known = content.knowledge ? content.knowledge->symptom(symptom.id) : nullptr;
        Json one;
        one["id"] = symptom.id;
        one["side"] = sulcus::toString(symptom.side);
        one["name"] = known ? text(known->nameEn) : Json(nullptr);
        root["symptoms"].push_back(std::move(one));
    }
    root["cross_check"] = content.crossCheck ? crossCheckJson(*content.crossCheck, sentence) : Json(nullptr);
    root["sources"] = sourcesJson(content);
    root["hospitals"] = hospitalsJson(content);
    root["figures"] = figuresJson(content);
    root["warnings"] = messages(content.warnings, sentence);
    Json provenance;
    provenance["bundle"] = text(content.provenance.bundleName);
    provenance["bundle_version"] = text(content.provenance.bundleVersion);
    provenance["weights_sha256"] = text(content.provenance.weightsSha256);
    provenance["device"] = text(content.provenance.device);
    provenance["edited"] =
        content.provenance.readFromFile && !content.provenance.edited ? Json() : Json(content.provenance.edited);
    provenance["alignment_method"] = text(content.provenance.alignmentMethod);
    root["provenance"] = std::move(provenance);
    return dump(root);
}

std::string toJson(const imaging::Comparison& comparison) { return dump(comparisonJson(comparison)); }
std::string toJson(const anatomy::Location& location, const SentenceMaker& sentence) {
    return dump(locationJson(location, sentence));
}
std::string toJson(const clinic::CrossCheck& crossCheck, const SentenceMaker& sentence) {
    return dump(crossCheckJson(crossCheck, sentence));
}

} // namespace sulcus::report
