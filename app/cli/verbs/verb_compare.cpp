// SPDX-License-Identifier: Apache-2.0
#include "app/cli/text_table.h"
#include "app/cli/verbs/arguments.h"
#include "app/cli/verbs/classes.h"
#include "app/cli/verbs/print.h"
#include "core/imaging/dicom_seg/dicom_segmentation.h"
#include "core/report/report_content.h"
#include "core/workflow/answer_json.h"
#include "core/workflow/dataset_layouts.h"
#include "core/workflow/evaluate.h"
#include "core/workflow/label_eras.h"

#include <algorithm>

namespace sulcus::cli {

namespace {

struct CompareArguments {
    std::string mask;
    std::string truth;
    std::string scheme = "auto";
    std::string labels;
};

Result<void> runCompare(const CompareArguments& arguments, Invocation& invocation) {
    // A DICOM segmentation holds no slice without a label, so it is read onto the grid of the other file.
    const bool maskNeedsGrid = imaging::isDicomSegmentation(arguments.mask);
    const auto& firstFile = maskNeedsGrid ? arguments.truth : arguments.mask;
    const auto& secondFile = maskNeedsGrid ? arguments.mask : arguments.truth;
    auto first = openLabelMap(firstFile, std::nullopt, invocation.task().part(0.0, 0.2));
    if (!first)
        return fail(std::move(first.error()));
    auto second = openLabelMap(secondFile, (*first)->geometry, invocation.task().part(0.2, 0.4));
    if (!second)
        return fail(std::move(second.error()));
    const auto& mask = maskNeedsGrid ? second : first;
    const auto& truth = maskNeedsGrid ? first : second;
    // A file without BraTS numbers has no regions to tell apart.
    const bool binary =
        arguments.scheme == "binary" || (arguments.scheme == "auto" && arguments.labels.empty() &&
                                         (workflow::detectEra(**mask, arguments.mask) == imaging::LabelEra::Plain ||
                                          workflow::detectEra(**truth, arguments.truth) == imaging::LabelEra::Plain));
    const auto eraOf = [&](const imaging::LabelMap& map, const std::string& file) {
        if (binary)
            return imaging::LabelEra::Plain;
        const auto era = eraOption(arguments.labels).value_or(workflow::detectEra(map, file));
        // The person asked for BraTS regions; without BraTS numbers there the default numbering is read.
        return era == imaging::LabelEra::Plain ? imaging::LabelEra::Brats2021 : era;
    };
    const auto maskEra = eraOf(**mask, arguments.mask);
    const auto truthEra = eraOf(**truth, arguments.truth);
    for (const auto& [map, era, file] :
         {std::tuple(*mask, maskEra, arguments.mask), std::tuple(*truth, truthEra, arguments.truth)})
        if (auto known = checkLabels(*map, era, file);
            !known && eraOption(arguments.labels) != imaging::LabelEra::Plain)
            return known;
    auto comparison =
        imaging::compareLabelMaps(**mask, maskEra, **truth, truthEra,
                                  binary ? imaging::ComparisonScheme::Binary : imaging::ComparisonScheme::Brats,
                                  invocation.task().part(0.4, 1.0));
    if (!comparison)
        return fail(std::move(comparison.error()));
    if (invocation.json()) {
        Json json{{"scheme", binary ? "binary" : "brats"},
                  {"mask", arguments.mask},
                  {"truth", arguments.truth},
                  {"mask_labels", imaging::toString(maskEra)},
                  {"truth_labels", imaging::toString(truthEra)}};
        json.update(Json::parse(report::toJson(*comparison)));
        invocation.print(json);
        return {};
    }
    invocation.print(comparisonText(*comparison));
    invocation.printPurpose();
    return {};
}

struct EvaluateArguments {
    std::vector<std::string> cases;
    std::string jsonFile;
    std::string csvFile;
    std::vector<std::string> patients;
    DeviceArguments device;
};

/// " (121 of 123)" where a mean leaves out cases that have no value: a missed structure has no distance.
std::string ofCases(const std::optional<workflow::MeanInterval>& some,
                    const std::optional<workflow::MeanInterval>& all) {
    if (!some || !all || some->cases == all->cases)
        return {};
    return " (" + std::to_string(some->cases) + " of " + std::to_string(all->cases) + ")";
}

std::string intervalText(const std::optional<workflow::MeanInterval>& interval, int digits) {
    if (!interval)
        return "-";
    if (interval->cases < 2) // of one case there is no interval
        return decimal(interval->mean, digits);
    return decimal(interval->mean, digits) + " [" + decimal(interval->low, digits) + ", " +
           decimal(interval->high, digits) + "]";
}

/// Has the folder images with masks beside them? A stack of slices with masks is many cases, not one without truth.
bool holdsPairs(const std::string& folder) {
    const auto items = workflow::findDataset(folder);
    return items && std::any_of(items->begin(), items->end(),
                                [](const auto& item) { return item.kind == workflow::DatasetItem::Kind::Pair; });
}

/// Folders that are no case themselves stand for the cases in them.
std::vector<std::filesystem::path> casesOf(const std::vector<std::string>& given) {
    std::vector<std::filesystem::path> cases;
    for (const auto& one : given) {
        std::error_code code;
        auto found = std::filesystem::is_directory(one, code) && (!imaging::findCase(one) || holdsPairs(one))
                         ? workflow::casesIn(one)
                         : std::vector<std::filesystem::path>{};
        if (found.empty())
            found.emplace_back(one);
        cases.insert(cases.end(), found.begin(), found.end());
    }
    return cases;
}

std::string evaluationText(const workflow::Evaluation& evaluation) {
    std::string text = line("Bundle", evaluation.bundleName + " " + evaluation.bundleVersion +
                                          (evaluation.device.empty() ? std::string() : " on " + evaluation.device)) +
                       "\n";
    TextTable table({"Case, worst first", "region", "Dice", "IoU", "HD95 mm", "Sensitivity", "Specificity", "seconds"},
                    {0, 1});
    std::string problems;
    std::vector<CaseNotes> notes;
    for (const auto& row : evaluation.rows) {
        notes.push_back({row.caseId, row.warnings});
        if (row.problem)
            problems += line("Left out", row.caseId + ": " + sentence(row.problem->message));
        if (!row.comparison)
            continue;
        bool first = true;
        for (const auto& [target, region] : row.comparison->regions) {
            table.add({first ? row.caseId : "", imaging::toString(target), decimal(region.dice, 3),
                       decimal(region.iou, 3), decimal(region.hd95Mm, 1), decimal(region.sensitivity, 3),
                       decimal(region.specificity, 4), first ? decimal(row.seconds, 1) : ""});
            first = false;
        }
    }
    if (!table.empty())
        text += table.text() + "\n";
    text += problems + notesText(notes);
    TextTable means({"Mean [95 % interval]", "Dice", "IoU", "HD95 mm", "Sensitivity"}, {0, 1, 2, 3, 4});
    for (const auto& [target, mean] : evaluation.means)
        means.add({imaging::toString(target), intervalText(mean.dice, 3), intervalText(mean.iou, 3),
                   intervalText(mean.hd95Mm, 1) + ofCases(mean.hd95Mm, mean.dice), intervalText(mean.sensitivity, 3)});
    for (const auto& score : evaluation.baseline)
        means.add(
            {score.output + ", Otsu's threshold of " + score.input + " alone", decimal(score.dice, 3), "-", "-", "-"});
    if (!means.empty())
        text += means.text();
    return text;
}

Result<void> runEvaluate(const EvaluateArguments& arguments, bool json, Invocation& invocation) {
    auto options = segmentOptions(arguments.device, invocation);
    if (!options)
        return fail(std::move(options.error()));
    for (const auto& file : {arguments.jsonFile, arguments.csvFile}) {
        if (file.empty())
            continue;
        if (auto ready = invocation.prepareOutput(file); !ready)
            return ready;
    }
    if (const auto bundle = learning::readBundle(options->bundle); bundle && bundle->task == "classification")
        return runClassEvaluation(arguments.cases, *options, json, arguments.jsonFile, arguments.csvFile, invocation);
    auto evaluation = workflow::evaluatePatients(
        casesOf(arguments.cases), {arguments.patients.begin(), arguments.patients.end()}, *options, invocation.task());
    if (!evaluation)
        return fail(std::move(evaluation.error()));
    const auto answer = workflow::toJson(*evaluation, [](const Message& m) { return sentence(m); });
    if (!arguments.jsonFile.empty()) {
        if (auto written = invocation.writeText(arguments.jsonFile, answer + "\n"); !written)
            return written;
    }
    if (!arguments.csvFile.empty()) {
        if (auto written = invocation.writeText(arguments.csvFile, workflow::toCsv(*evaluation)); !written)
            return written;
    }
    if (json && arguments.jsonFile.empty()) {
        invocation.print(answer);
    } else {
        invocation.print(evaluationText(*evaluation));
        invocation.printPurpose();
    }
    const bool nothing = std::all_of(evaluation->rows.begin(), evaluation->rows.end(),
                                     [](const workflow::EvaluationRow& row) { return !row.comparison; });
    if (nothing)
        return fail(ErrorCode::InvalidInput, "app.nothing_evaluated");
    return {};
}

} // namespace

void addCompare(Verbs& verbs) {
    auto* verb = addVerb(verbs, "compare", "Compare a mask with the truth");
    auto arguments = std::make_shared<CompareArguments>();
    verb->add_option("MASK", arguments->mask, "Label map to judge")->required();
    verb->add_option("TRUTH", arguments->truth, "Label map to judge it by")->required();
    verb->add_option("--scheme", arguments->scheme,
                     "brats: regions WT, TC, ET; binary: all voxels that are not zero, as one region; auto: binary "
                     "where one of the files has no BraTS numbers")
        ->check(CLI::IsMember({"auto", "brats", "binary"}))
        ->capture_default_str();
    addLabelsOption(verb, arguments->labels, "Numbering of both files: 2021 or 2023; default: detected for each");
    verbs.table[verb] = [arguments](Invocation& invocation) { return runCompare(*arguments, invocation); };
}

void addEvaluate(Verbs& verbs) {
    // Here --json may name a file, so this verb cannot take the flag that the others share.
    auto* verb =
        verbs.root.add_subcommand("evaluate", "Run a bundle on cases that have a truth, and tabulate how well");
    auto arguments = std::make_shared<EvaluateArguments>();
    verb->add_option("CASE", arguments->cases,
                     "Folders of cases, images with their mask beside them, or sets of slices (image_u8.npy.gz); of a "
                     "classification bundle, folders of patients with a table")
        ->required();
    auto* json = verb->add_option_function<std::vector<std::string>>(
                         "--json",
                         [arguments](const std::vector<std::string>& values) {
                             // CLI11 gives the next word to an option that may take one: a word that is no .json file
                             // was meant as a case.
                             for (const auto& value : values) {
                                 if (value.ends_with(".json"))
                                     arguments->jsonFile = value;
                                 else if (!value.empty())
                                     arguments->cases.push_back(value);
                             }
                         },
                         "Answer as JSON on stdout, or in FILE.json when one is named")
                     ->expected(0, 1)
                     ->type_name("[FILE.json]");
    verb->add_option("--only-patients", arguments->patients, "Of a set of slices, only these patients (from its index)")
        ->delimiter(',')
        ->allow_extra_args(false);
    verb->add_option("--csv", arguments->csvFile, "Also write the table as CSV");
    addDeviceOptions(verb, arguments->device);
    verb->add_option("--models", verbs.common.models, "Folder of the network bundles");
    verb->add_flag("--progress", verbs.common.progress, "Show progress on stderr even when it is no terminal");
    verbs.table[verb] = [arguments, json](Invocation& invocation) {
        return runEvaluate(*arguments, json->count() > 0, invocation);
    };
}

} // namespace sulcus::cli
