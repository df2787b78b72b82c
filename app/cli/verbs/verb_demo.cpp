// SPDX-License-Identifier: Apache-2.0
#include "app/cli/text_table.h"
#include "app/cli/verbs/arguments.h"
#include "core/workflow/angiography/synthetic_angiography.h"
#include "core/workflow/demo/demo_case.h"
#include "core/workflow/demo/whole_folder.h"

#include <limits>

namespace sulcus::cli {

namespace {

struct DemoArguments {
    std::string folder;
    unsigned seed = 1;
    bool angiography = false;
    int patients = 20;
    bool replace = false;
};

/// Eight-view angiography of made-up patients, for the `angio-vgg16` plan: no labelled set may be shipped.
Result<void> runAngiography(const std::filesystem::path& folder, const DemoArguments& arguments,
                            Invocation& invocation) {
    workflow::SyntheticAngiographyOptions options;
    options.patients = arguments.patients;
    options.seed = arguments.seed;
    workflow::WholeFolder whole(folder);
    if (auto begun = whole.begin(); !begun)
        return begun;
    if (auto written = workflow::writeSyntheticAngiography(whole.making(), options, invocation.task()); !written)
        return written;
    if (auto finished = whole.finish(); !finished)
        return finished;
    const std::string table = (folder / "labels.csv").string();
    if (invocation.json()) {
        invocation.print(Json{{"case", folder.filename().string()},
                              {"folder", folder.string()},
                              {"seed", arguments.seed},
                              {"synthetic", true},
                              {"files", Json::array({table})},
                              {"truth", table}});
        return {};
    }
    invocation.print(line("Patients", std::to_string(arguments.patients) + " (synthetic, eight views each)") +
                     line("Folder", folder.string()) + line("Table", table));
    invocation.printPurpose();
    return {};
}

Result<void> runDemo(const DemoArguments& arguments, Invocation& invocation) {
    // The folder's own name becomes the case's name, so "somewhere/" and "." mean a named folder too.
    if (arguments.folder.empty())
        return fail(ErrorCode::InvalidInput, "app.demo_folder_empty", {});
    auto folder = std::filesystem::absolute(arguments.folder).lexically_normal();
    if (folder.filename().empty())
        folder = folder.parent_path();
    // A folder's name decides the files' names, so a real case of that name would be written over.
    std::error_code ignored;
    if (!arguments.replace && std::filesystem::is_directory(folder, ignored) &&
        !std::filesystem::is_empty(folder, ignored))
        return fail(ErrorCode::InvalidInput, "app.demo_folder_taken", {{"folder", folder.string()}});
    // The case is made beside its place, under a name as long as this one.
    auto beside = folder;
    beside += ".new";
    if (auto ready = invocation.prepareOutput(beside); !ready) {
        ready.error().message.parameters["file"] = folder.string();
        return ready;
    }
    if (arguments.angiography)
        return runAngiography(folder, arguments, invocation);
    auto written = workflow::writeDemoCase(folder, arguments.seed, invocation.paths().templates, invocation.task());
    if (!written)
        return written;
    auto files = imaging::findCase(folder);
    if (!files)
        return fail(std::move(files.error()));
    if (invocation.json()) {
        Json list = Json::array();
        for (const auto& [sequence, file] : files->volumes)
            list.push_back(file.string());
        invocation.print(Json{{"case", files->id},
                              {"folder", folder.string()},
                              {"seed", arguments.seed},
                              {"synthetic", true},
                              {"files", std::move(list)},
                              {"truth", files->truth ? Json(files->truth->string()) : Json(nullptr)}});
        return {};
    }
    invocation.print(line("Case", files->id + " (synthetic, seed " + std::to_string(arguments.seed) + ")") +
                     line("Folder", folder.string()));
    invocation.printPurpose();
    return {};
}

} // namespace

void addDemo(Verbs& verbs) {
    auto* verb = addVerb(verbs, "demo", "Write a made-up BraTS case from the installed brain template");
    auto arguments = std::make_shared<DemoArguments>();
    verb->add_option("DIR", arguments->folder, "Folder of the new case; its name becomes the case's name")->required();
    verb->add_flag("--replace", arguments->replace, "Write into a folder that holds files already");
    verb->add_option("--seed", arguments->seed, "The same seed gives the same case")
        ->check(wholeNumber(0, std::numeric_limits<unsigned>::max()))
        ->capture_default_str();
    auto* angiography = verb->add_flag("--angiography", arguments->angiography,
                                       "Write patients of eight-view cerebral angiography instead of a tumour case");
    verb->add_option("-n,--patients", arguments->patients, "How many patients (with --angiography)")
        ->check(wholeNumber(1, 100000))
        ->needs(angiography)
        ->capture_default_str();
    verbs.table[verb] = [arguments](Invocation& invocation) { return runDemo(*arguments, invocation); };
}

} // namespace sulcus::cli
