// SPDX-License-Identifier: Apache-2.0
#include "app/cli/paint.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/arguments.h"
#include "app/cli/verbs/print.h"
#include "core/learning/bundle.h"

#include <system_error>

namespace sulcus::cli {

namespace fs = std::filesystem;

namespace {

/// Of runs of `sulcus-trainer` and of the window too, which leave the CSV and the pictures' pixels.
Result<void> runCurves(const std::string& folder, const std::string& output, Invocation& invocation) {
    const fs::path run = folder;
    std::error_code code;
    if (!fs::is_regular_file(run / "metrics.csv", code))
        return fail(ErrorCode::NotFound, "app.no_metrics", {{"folder", folder}});
    const auto picture = output.empty() ? run / "curves.png" : fs::path(output);
    if (auto ready = invocation.prepareOutput(picture); !ready)
        return ready;
    const PaintSession painter;
    if (auto painted = painter.curves(run / "metrics.csv", picture); !painted)
        return painted;
    if (invocation.json())
        invocation.print(Json{{"curves", picture.string()}});
    else
        invocation.print(line("Curves", picture.string()));
    return {};
}

Result<void> runSeal(const std::string& folder, Invocation& invocation) {
    if (auto sealed = learning::sealBundle(folder); !sealed)
        return sealed;
    if (invocation.json())
        invocation.print(Json{{"bundle", folder}});
    else
        invocation.print(line("Sealed", folder));
    return {};
}

} // namespace

void addCurves(Verbs& verbs) {
    auto* verb = addVerb(verbs, "curves", "Draw the curves of a training's run folder");
    auto folder = std::make_shared<std::string>();
    auto output = std::make_shared<std::string>();
    verb->add_option("RUN", *folder, "Run folder with metrics.csv")->required();
    verb->add_option("-o,--output", *output, "Picture to write; default: curves.png in the run folder");
    verbs.table[verb] = [folder, output](Invocation& invocation) { return runCurves(*folder, *output, invocation); };
}

void addSeal(Verbs& verbs) {
    auto* verb = addVerb(verbs, "seal", "Accept a bundle.json that was edited by hand: check it and sign its fields");
    auto folder = std::make_shared<std::string>();
    verb->add_option("BUNDLE", *folder, "Folder of the bundle")->required();
    verbs.table[verb] = [folder](Invocation& invocation) { return runSeal(*folder, invocation); };
}

} // namespace sulcus::cli
