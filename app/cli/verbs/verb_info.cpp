// SPDX-License-Identifier: Apache-2.0
#include "app/cli/text_table.h"
#include "app/cli/verbs/arguments.h"
#include "app/cli/verbs/print.h"
#include "core/anatomy/registration.h"
#include "core/learning/bundle_file.h"
#include "core/workflow/answer_json.h"
#include "core/workflow/case_facts.h"

namespace sulcus::cli {

namespace {

Json list3(const auto& values) { return Json::array({values[0], values[1], values[2]}); }

Result<void> runInfo(const std::string& path, Invocation& invocation) {
    auto opened = workflow::openCase(path, invocation.task().part(0.0, 0.7));
    if (!opened)
        return fail(std::move(opened.error()));
    const auto& imagingCase = **opened;
    auto facts = workflow::caseFacts(imagingCase, invocation.paths(), invocation.task().part(0.7, 1.0));
    if (!facts)
        return fail(std::move(facts.error()));
    const auto& files = imagingCase.files;
    const auto& grid = imagingCase.geometry();
    const bool brats = files.kind == imaging::CaseKind::BratsMri;
    auto warnings = imagingCase.warnings;
    warnings.insert(warnings.end(), facts->warnings.begin(), facts->warnings.end());
    const auto fileOf = [&](imaging::Sequence sequence) {
        const auto found = files.volumes.find(sequence);
        return found == files.volumes.end() ? std::string() : found->second.string();
    };

    if (invocation.json()) {
        Json sequences = Json::array();
        for (const auto& s : facts->sequences)
            sequences.push_back({{"sequence", imaging::toString(s.sequence)},
                                 {"file", fileOf(s.sequence)},
                                 {"minimum", s.minimum},
                                 {"maximum", s.maximum},
                                 {"percentile_1", s.percentile1},
                                 {"percentile_99", s.percentile99},
                                 {"mean", s.mean},
                                 {"foreground_share", s.foregroundShare}});
        Json missing = Json::array();
        for (const auto sequence : files.missing)
            missing.push_back(imaging::toString(sequence));
        Json truth = nullptr;
        if (imagingCase.truth) {
            Json labels = Json::array();
            for (const auto& label : facts->truthLabels)
                labels.push_back({{"value", label.value}, {"code", label.code}, {"ml", label.ml}});
            truth = {{"file", files.truth ? files.truth->string() : ""},
                     {"era", imaging::toString(facts->truthEra)},
                     {"labels", std::move(labels)}};
        }
        invocation.print(
            Json{{"case", files.id},
                 {"kind", brats ? "brats-mri" : "single-volume"},
                 {"synthetic", imagingCase.synthetic},
                 {"labels", imaging::toString(files.era)},
                 {"grid",
                  {{"size", list3(grid.size)},
                   {"spacing_mm", list3(grid.spacing)},
                   {"origin_lps_mm", list3(grid.origin)},
                   {"orientation", facts->orientation.empty() ? Json(nullptr) : Json(facts->orientation)},
                   {"voxel_ml", grid.voxelMl()}}},
                 {"space", anatomy::toString(facts->space)},
                 {"sequences", std::move(sequences)},
                 {"missing", std::move(missing)},
                 {"truth", std::move(truth)},
                 {"warnings", Json::parse(workflow::toJson(warnings, [](const Message& m) { return sentence(m); }))}});
        return {};
    }

    std::string text = line("Case", files.id + (imagingCase.synthetic ? " (synthetic)" : ""));
    text += line("Kind", brats ? "BraTS MRI, names of " +
                                     std::string(files.era == imaging::LabelEra::Brats2023 ? "2023 on" : "2017-2021")
                               : "single volume");
    std::string size;
    std::string spacing;
    for (int axis = 0; axis < 3; ++axis) {
        const auto a = static_cast<std::size_t>(axis);
        size += (axis == 0 ? "" : " x ") + std::to_string(grid.size[a]);
        spacing += (axis == 0 ? "" : " x ") + decimal(grid.spacing[a], 3);
    }
    text += line("Grid", size + " voxels of " + spacing + " mm");
    text += line("Orientation", facts->orientation.empty() ? "not stated in the file: left and right are not known"
                                                           : facts->orientation + " (where i, j and k grow towards)");
    text += line("Space", anatomy::toString(facts->space));
    TextTable table({"Sequence", "minimum", "1 %", "mean", "99 %", "maximum", "not zero"});
    for (const auto& s : facts->sequences)
        table.add({imaging::toString(s.sequence), decimal(s.minimum, 1), decimal(s.percentile1, 1), decimal(s.mean, 1),
                   decimal(s.percentile99, 1), decimal(s.maximum, 1), percent(s.foregroundShare)});
    text += "\n" + table.text() + "\n";
    if (imagingCase.truth) {
        std::string truth;
        for (const auto& label : facts->truthLabels)
            truth += (truth.empty() ? "" : ", ") + label.code + " " + decimal(label.ml, 1) + " ml";
        text += line("Truth", truth + " (" + imaging::toString(facts->truthEra) + ")");
    } else {
        text += line("Truth", "none");
    }
    text += warningsText(warnings);
    invocation.print(text);
    return {};
}

/// Empty when a bundle's weights are there and whole; else the sentence that says what is wrong.
std::string problemOf(const learning::Bundle& bundle) {
    const auto file = learning::readBundleFile(bundle.folder);
    if (!file)
        return sentence(file.error().message);
    const auto whole = learning::checkWeights(*file);
    return whole ? std::string() : sentence(whole.error().message);
}

Result<void> runBundles(Invocation& invocation) {
    std::vector<Error> broken;
    const auto bundles = learning::listBundles(invocation.paths().models, &broken);
    Json rows = Json::array();
    TextTable table({"Bundle", "version", "task", "inputs", "spacing mm", "folder"}, {0, 1, 2, 3, 4, 5});
    std::string problems;
    for (const auto& bundle : bundles) {
        if (invocation.task().cancelled())
            return failCancelled();
        const auto problem = problemOf(bundle);
        Json outputs = Json::array();
        for (const auto& output : bundle.outputs)
            outputs.push_back(output.name);
        rows.push_back({{"name", bundle.name},
                        {"version", bundle.version},
                        {"task", bundle.task},
                        {"architecture", bundle.architecture},
                        {"inputs", bundle.inputs},
                        {"outputs", std::move(outputs)},
                        {"spacing_mm", bundle.spacingMm},
                        {"weights_sha256", bundle.weightsSha256},
                        {"intended_use", bundle.intendedUse},
                        {"licence", bundle.licence},
                        {"folder", bundle.folder.string()},
                        {"loads", problem.empty()},
                        {"problem", problem.empty() ? Json(nullptr) : Json(problem)}});
        std::string inputs;
        for (const auto& input : bundle.inputs)
            inputs += (inputs.empty() ? "" : " ") + input;
        std::string spacing;
        for (const auto mm : bundle.spacingMm)
            spacing += (spacing.empty() ? "" : " x ") + decimal(mm, 2);
        const auto folder = bundle.folder.filename().string();
        table.add({bundle.name, bundle.version, bundle.task, inputs, spacing.empty() ? "as given" : spacing,
                   folder + (problem.empty() ? "" : " (does not load)")});
        if (!problem.empty())
            problems += line("Broken", folder + ": " + problem);
    }
    Json unread = Json::array();
    for (const auto& error : broken) {
        unread.push_back(sentence(error.message));
        problems += line("Broken", sentence(error.message));
    }
    const auto folder = invocation.paths().models.string();
    if (invocation.json()) {
        invocation.print(Json{{"folder", folder}, {"bundles", std::move(rows)}, {"broken", std::move(unread)}});
        return {};
    }
    invocation.print((table.empty() ? "No bundle in " + folder + "\n" : line("Folder", folder) + "\n" + table.text()) +
                     (problems.empty() ? "" : "\n" + problems));
    return {};
}

} // namespace

void addInfo(Verbs& verbs) {
    auto* verb = addVerb(verbs, "info", "Say what a case holds");
    auto path = std::make_shared<std::string>();
    verb->add_option("CASE", *path, "Folder of a case, or a single volume file")->required();
    verbs.table[verb] = [path](Invocation& invocation) { return runInfo(*path, invocation); };
}

void addBundles(Verbs& verbs) {
    auto* verb = addVerb(verbs, "bundles", "List the network bundles");
    verbs.table[verb] = [](Invocation& invocation) { return runBundles(invocation); };
}

} // namespace sulcus::cli
