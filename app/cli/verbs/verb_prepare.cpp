// SPDX-License-Identifier: Apache-2.0
#include "app/cli/text_table.h"
#include "app/cli/verbs/print.h"
#include "app/cli/verbs/training_data.h"

namespace sulcus::cli {

namespace fs = std::filesystem;

namespace {

struct PrepareArguments {
    std::string plan;
    std::string cache;
    bool replace = false;
    DataArguments data;
};

Result<void> runPrepare(const PrepareArguments& arguments, Invocation& invocation) {
    auto plan = findPlan(arguments.plan, invocation.paths());
    if (!plan)
        return fail(std::move(plan.error()));
    if (auto ready = invocation.prepareOutput(fs::path(arguments.cache) / "index.json"); !ready)
        return ready;
    auto summary = prepareCache(*plan, arguments.data, arguments.cache, arguments.replace, invocation.task());
    if (!summary)
        return fail(std::move(summary.error()));
    if (invocation.json()) {
        Json samples = Json::array();
        for (const auto& sample : summary->samples)
            samples.push_back({{"name", sample.name}, {"patient", sample.patient}, {"layout", sample.layout}});
        Json leftOut = Json::array();
        for (const auto& one : summary->leftOut)
            leftOut.push_back({{"name", one.name}, {"reason", sentence(one.reason)}});
        invocation.print(Json{{"plan", plan->string()},
                              {"cache", arguments.cache},
                              {"samples", std::move(samples)},
                              {"left_out", std::move(leftOut)},
                              {"mb", summary->mb}});
        return {};
    }
    invocation.print(
        line("Prepared", samplesText(*summary) + ", " + decimal(summary->mb, 1) + " MB in " + arguments.cache) +
        leftOutText(*summary));
    return {};
}

} // namespace

void addPrepare(Verbs& verbs) {
    auto* verb = addVerb(verbs, "prepare", "Fill a training cache from folders of data, as a plan says");
    auto arguments = std::make_shared<PrepareArguments>();
    verb->add_option("PLAN", arguments->plan, "Name of a plan in models/plans, or a plan file")->required();
    verb->add_option("--data", arguments->data.data, "Folders of training data")->required();
    verb->add_option("-o,--output", arguments->cache, "Folder of the cache")->required()->check(named());
    verb->add_flag("--replace", arguments->replace, "Replace a cache that is there");
    addDataOptions(verb, arguments->data);
    verbs.table[verb] = [arguments](Invocation& invocation) { return runPrepare(*arguments, invocation); };
}

} // namespace sulcus::cli
