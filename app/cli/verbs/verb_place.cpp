// SPDX-License-Identifier: Apache-2.0
#include "app/cli/text_table.h"
#include "app/cli/verbs/arguments.h"
#include "app/cli/verbs/print.h"
#include "core/report/report_content.h"
#include "core/workflow/answer_json.h"

namespace sulcus::cli {

namespace {

const report::SentenceMaker kSentence = [](const Message& message) { return sentence(message); };

struct LocateArguments {
    std::string casePath;
    std::string mask;
    std::string labels;
    std::string alignment = "auto";
};

void addPlaceOptions(CLI::App* verb, LocateArguments& arguments) {
    verb->add_option("CASE", arguments.casePath, "Folder of a case, or a single volume file")->required();
    verb->add_option("--mask", arguments.mask, "Label map on the case's grid")->required();
    addLabelsOption(verb, arguments.labels, "Numbering of the mask; default: detected");
    addAlignmentOption(verb, arguments.alignment);
}

Json locationJson(const anatomy::Location& location) {
    auto json = Json::parse(report::toJson(location, kSentence));
    const auto& regions = location.whole().regions;
    json["main_region"] = regions.empty() ? Json(nullptr) : Json(anatomy::toString(regions.front().region));
    json["ml"] = location.whole().ml;
    return json;
}

struct Located {
    CaseAndMask opened;
    anatomy::Location location;
};

Result<Located> locateFrom(const LocateArguments& arguments, Invocation& invocation) {
    auto opened =
        openCaseAndMask(arguments.casePath, arguments.mask, arguments.labels, invocation.task().part(0.0, 0.5));
    if (!opened)
        return fail(std::move(opened.error()));
    auto location = workflow::locateMask(*opened->imagingCase, *opened->mask, opened->era, invocation.paths(),
                                         alignmentOption(arguments.alignment), invocation.task().part(0.5, 1.0));
    if (!location)
        return fail(std::move(location.error()));
    return Located{std::move(*opened), std::move(*location)};
}

Result<void> runLocate(const LocateArguments& arguments, Invocation& invocation) {
    auto located = locateFrom(arguments, invocation);
    if (!located)
        return fail(std::move(located.error()));
    const auto& imagingCase = *located->opened.imagingCase;
    if (invocation.json()) {
        Json json{{"case", imagingCase.files.id},
                  {"synthetic", imagingCase.synthetic},
                  {"labels", imaging::toString(located->opened.era)}};
        json.update(locationJson(located->location));
        invocation.print(json);
        return {};
    }
    invocation.print(line("Case", imagingCase.files.id + (imagingCase.synthetic ? " (synthetic)" : "")) +
                     locationText(located->location) + warningsText(imagingCase.warnings));
    invocation.printPurpose();
    return {};
}

struct CrossCheckArguments {
    LocateArguments place;
    ClinicArguments clinic;
};

Result<void> runCrossCheck(const CrossCheckArguments& arguments, Invocation& invocation) {
    auto tables = openTables(invocation);
    if (!tables)
        return fail(std::move(tables.error()));
    auto files = imaging::findCase(arguments.place.casePath);
    if (!files)
        return fail(std::move(files.error()));
    auto values = clinicValues(arguments.clinic, *files, *tables, true);
    if (!values)
        return fail(std::move(values.error()));
    // Before the slow part: a misspelt symptom shows at once.
    if (auto known = workflow::checkSymptoms(values->symptoms, *tables->knowledge); !known)
        return known;
    auto located = locateFrom(arguments.place, invocation);
    if (!located)
        return fail(std::move(located.error()));
    auto check =
        workflow::crossCheckLocation(located->location, values->symptoms, values->handedness, *tables->knowledge);
    if (!check)
        return fail(std::move(check.error()));
    const auto& imagingCase = *located->opened.imagingCase;
    if (invocation.json()) {
        Json symptoms = Json::array();
        for (const auto& symptom : values->symptoms)
            symptoms.push_back({{"id", symptom.id}, {"side", toString(symptom.side)}});
        Json json{{"case", imagingCase.files.id},
                  {"synthetic", imagingCase.synthetic},
                  {"handedness", clinic::toString(values->handedness)},
                  {"symptoms", std::move(symptoms)}};
        json.update(Json::parse(report::toJson(*check, kSentence)));
        json["location"] = locationJson(located->location);
        invocation.print(json);
        return {};
    }
    const auto& whole = located->location.whole();
    std::string text = line("Case", imagingCase.files.id + (imagingCase.synthetic ? " (synthetic)" : "")) +
                       line("Patient", values->patientReason);
    if (!whole.regions.empty())
        text += line("Main place", placeName(whole.regions.front().region, whole.regions.front().side) + " (" +
                                       percent(whole.regions.front().share) + " of the mask)");
    // The verdict's own cautions end with the line on education and research.
    invocation.print(text + crossCheckText(*check, *tables->knowledge));
    return {};
}

Result<void> runHospitals(const HospitalArguments& arguments, Invocation& invocation) {
    auto tables = openTables(invocation);
    if (!tables)
        return fail(std::move(tables.error()));
    auto question = hospitalQuestion(arguments, tables->hospitals);
    if (!question)
        return fail(std::move(question.error()));
    const auto ranked = clinic::rankHospitals(tables->hospitals, question->query);
    if (invocation.json()) {
        const auto& query = question->query;
        invocation.print(Json{{"finding", report::toString(query.finding)},
                              {"region", query.mainRegion ? Json(anatomy::toString(*query.mainRegion)) : Json(nullptr)},
                              {"wanted", clinic::wantedDepartments(query)},
                              {"from", question->from.empty() ? Json(nullptr) : Json(question->from)},
                              {"to_verify", true},
                              {"hospitals", Json::parse(workflow::toJson(ranked))}});
        return {};
    }
    invocation.print(hospitalsText(ranked, question->from));
    return {};
}

Result<void> runSymptoms(Invocation& invocation) {
    auto tables = openTables(invocation);
    if (!tables)
        return fail(std::move(tables.error()));
    const auto& knowledge = *tables->knowledge;
    Json rows = Json::array();
    TextTable table({"Symptom", "name", "group"}, {0, 1, 2});
    for (const auto& symptom : knowledge.symptoms) {
        rows.push_back(
            {{"id", symptom.id}, {"name_en", symptom.nameEn}, {"name_ko", symptom.nameKo}, {"group", symptom.group}});
        table.add({symptom.id, symptom.nameEn, symptom.group});
    }
    if (invocation.json())
        invocation.print(Json{{"symptoms", std::move(rows)}});
    else
        invocation.print(table.text());
    return {};
}

} // namespace

void addSymptoms(Verbs& verbs) {
    auto* verb = addVerb(verbs, "symptoms", "List the symptoms that --symptoms takes");
    verbs.table[verb] = [](Invocation& invocation) { return runSymptoms(invocation); };
}

void addLocate(Verbs& verbs) {
    auto* verb = addVerb(verbs, "locate", "Say where in the brain a mask lies");
    auto arguments = std::make_shared<LocateArguments>();
    addPlaceOptions(verb, *arguments);
    verbs.table[verb] = [arguments](Invocation& invocation) { return runLocate(*arguments, invocation); };
}

void addCrossCheck(Verbs& verbs) {
    auto* verb = addVerb(verbs, "cross-check", "Compare a mask's place with what the symptoms suggest");
    auto arguments = std::make_shared<CrossCheckArguments>();
    addPlaceOptions(verb, arguments->place);
    addClinicOptions(verb, arguments->clinic);
    verbs.table[verb] = [arguments](Invocation& invocation) { return runCrossCheck(*arguments, invocation); };
}

void addHospitals(Verbs& verbs) {
    auto* verb = addVerb(verbs, "hospitals", "List hospitals that fit a finding");
    auto arguments = std::make_shared<HospitalArguments>();
    verb->add_option("--finding", arguments->finding, "What was found")
        ->check(CLI::IsMember({"brain", "lung", "liver", "aneurysm"}))
        ->capture_default_str();
    verb->add_option("--region", arguments->region, "Main region of a brain tumour, by code (FRO, SEL, ...)")
        ->check([](const std::string& code) {
            if (anatomy::regionFromString(code))
                return std::string();
            std::string problem = "\"" + code + "\" is no region code; there are:";
            for (const anatomy::Region region : anatomy::allRegions())
                problem += " " + anatomy::toString(region);
            return problem;
        });
    verb->add_flag("--seizures", arguments->seizures, "The patient has seizures");
    addHospitalOptions(verb, *arguments);
    verbs.table[verb] = [arguments](Invocation& invocation) { return runHospitals(*arguments, invocation); };
}

} // namespace sulcus::cli
