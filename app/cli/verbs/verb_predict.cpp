// SPDX-License-Identifier: Apache-2.0
#include "app/cli/paint.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/print.h"
#include "app/cli/verbs/training_data.h"
#include "core/imaging/image_io.h"
#include "core/learning/bundle.h"
#include "core/workflow/answer_json.h"
#include "core/workflow/dataset_layouts.h"
#include "core/workflow/evaluate.h"

#include <set>

namespace sulcus::cli {

namespace fs = std::filesystem;

namespace {

struct PredictArguments {
    std::string folder;
    std::string output;
    DeviceArguments device;
};

/// What a case's files are to be called. Where another case took its name already, the way to it from the folder tells
/// them apart: A/s.png and B/s.png, s.png and s.PNG.
std::string nameOfFiles(const std::string& name, const fs::path& path, const fs::path& folder,
                        std::set<std::string>& taken) {
    if (taken.insert(name).second)
        return name;
    std::string way;
    for (const auto& part : path.lexically_relative(folder))
        way += (way.empty() ? "" : "_") + part.string();
    auto free = way;
    for (int n = 2; !taken.insert(free).second; ++n)
        free = way + "-" + std::to_string(n);
    return free;
}

Result<void> runPredict(const PredictArguments& arguments, Invocation& invocation) {
    auto options = segmentOptions(arguments.device, invocation);
    if (!options) {
        if (options.error().code == ErrorCode::NotFound && findPlan(arguments.device.bundle, invocation.paths()))
            return fail(ErrorCode::NotFound, "app.plan_has_no_bundle", {{"plan", arguments.device.bundle}});
        return fail(std::move(options.error()));
    }
    if (const auto bundle = learning::readBundle(options->bundle); bundle && bundle->task == "classification")
        return fail(ErrorCode::InvalidInput, "app.predict_classifies", {{"bundle", arguments.device.bundle}});
    if (auto readable = workflow::checkReadable(arguments.folder); !readable)
        return readable;
    const auto cases = workflow::casesIn(arguments.folder);
    if (cases.empty())
        return fail(ErrorCode::NotFound, "app.nothing_to_predict", {{"folder", arguments.folder}});
    const fs::path out = arguments.output;
    if (auto ready = invocation.prepareOutput(out / "mask.nii.gz"); !ready)
        return ready;
    Json files = Json::array();
    std::string text;
    std::vector<CaseNotes> notes;
    std::size_t done = 0;
    std::set<std::string> taken;
    const PaintSession painter;
    for (std::size_t n = 0; n < cases.size(); ++n) {
        const auto share = 1.0 / static_cast<double>(cases.size());
        const auto task = invocation.task().part(share * static_cast<double>(n), share * static_cast<double>(n + 1));
        auto opened = workflow::openCase(cases[n], task.part(0.0, 0.2));
        Result<workflow::SegmentationResult> made = opened ? workflow::segment(**opened, *options, task.part(0.2, 1.0))
                                                           : Result<workflow::SegmentationResult>(fail(opened.error()));
        if (invocation.task().cancelled() || (!made && made.error().code == ErrorCode::Cancelled))
            return failCancelled();
        const auto name = opened ? (*opened)->files.id : cases[n].filename().string();
        Json entry{{"name", name}, {"mask", nullptr}, {"boundaries", nullptr}, {"problem", nullptr}};
        auto warnings = opened ? (*opened)->warnings : std::vector<Message>{};
        if (made)
            warnings.insert(warnings.end(), made->warnings.begin(), made->warnings.end());
        entry["warnings"] = Json::parse(workflow::toJson(warnings, [](const Message& m) { return sentence(m); }));
        notes.push_back({name, std::move(warnings)});
        if (!made) {
            entry["problem"] = sentence(made.error().message);
            text += line("Left out", name + ": " + sentence(made.error().message));
        } else {
            const auto files = nameOfFiles(name, cases[n], arguments.folder, taken);
            const auto mask = out / (files + "_mask.nii.gz");
            if (auto written = imaging::writeLabelMap(*made->mask, mask); !written)
                return written;
            const auto picture = out / (files + "_boundaries.png");
            if (auto painted = painter.boundaries(**opened, *made->mask, picture); !painted)
                return painted;
            entry["mask"] = mask.string();
            entry["boundaries"] = picture.string();
            text += line("Mask", mask.string()) + line("Boundaries", picture.string());
            ++done;
        }
        files.push_back(std::move(entry));
    }
    if (invocation.json()) {
        invocation.print(Json{{"bundle", options->bundle.string()}, {"folder", out.string()}, {"files", files}});
    } else {
        invocation.print(text + notesText(notes));
        invocation.printPurpose();
    }
    if (done == 0)
        return fail(ErrorCode::InvalidInput, "app.nothing_evaluated");
    return {};
}

} // namespace

void addPredict(Verbs& verbs) {
    auto* verb = addVerb(verbs, "predict", "Write masks and boundary pictures for a folder without truth");
    auto arguments = std::make_shared<PredictArguments>();
    verb->add_option("PLAN", arguments->device.bundle,
                     "The bundle that the plan was trained into, by folder, or a shipped one by name")
        ->required();
    verb->add_option("DIR", arguments->folder, "Folder of cases or of images")->required();
    verb->add_option("-o,--output", arguments->output, "Folder to write to")->required();
    verb->add_option("--device", arguments->device.device, "Where the network runs")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
        ->capture_default_str();
    verbs.table[verb] = [arguments](Invocation& invocation) { return runPredict(*arguments, invocation); };
}

} // namespace sulcus::cli
