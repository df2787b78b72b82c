// SPDX-License-Identifier: Apache-2.0
#include "app/sulcus/learning_services.h"

#include "core/imaging/image_io.h"
#include "core/learning/darkest_spot.h"
#include "core/learning/plan.h"
#include "core/workflow/classify.h"
#include "core/workflow/view_sets.h"
#include "ui/report/curves.h"
#include "ui/report/triptych.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <system_error>

namespace sulcus::app {

namespace fs = std::filesystem;

namespace {

Result<session::PlanFacts> planFacts(const fs::path& file) {
    const auto plan = learning::readPlan(file);
    if (!plan)
        return fail(plan.error());
    session::PlanFacts facts;
    facts.file = file;
    facts.name = plan->name;
    facts.task = plan->spec.task;
    facts.inputs = plan->spec.inputs;
    for (const auto& output : plan->spec.outputs)
        facts.outputs.push_back(output.name);
    facts.folds = plan->folds;
    facts.steps = plan->steps;
    facts.stepsPerEpoch = plan->stepsPerEpoch;
    return facts;
}

/// The run folder gets the same pictures as that of a run from the command line. A picture that cannot be written is
/// left out: its numbers are there.
void paintPictures(learning::TrainingOptions& options, bool folds) {
    options.pictureSeen = [seen = options.pictureSeen, run = options.runFolder,
                           folds](const learning::TrainingPicture& picture) {
        const auto folder = folds ? run / ("fold-" + std::to_string(picture.fold)) : run;
        (void)paint::writeTriptych(picture, folder / "samples" / (learning::pictureStem(picture) + ".png"));
        if (seen)
            seen(picture);
    };
}

void paintCurves(const fs::path& run) {
    std::error_code error;
    if (fs::exists(run / "metrics.csv", error))
        (void)paint::writeCurves(run / "metrics.csv", run / "curves.png");
}

} // namespace

session::TrainingServices trainingServices(const workflow::Paths& paths) {
    session::TrainingServices services;
    services.plans = [folder = paths.models / "plans"] {
        std::vector<session::PlanFacts> plans;
        std::error_code error;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
            if (entry->path().extension() == ".json")
                if (auto facts = planFacts(entry->path()))
                    plans.push_back(std::move(*facts));
        std::sort(plans.begin(), plans.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
        return plans;
    };
    services.readPlan = planFacts;
    services.prepare = workflow::prepare;
    services.train = [](learning::TrainingOptions options, const learning::TrainingObserver& observer,
                        const TaskContext& task) {
        paintPictures(options, false);
        auto summary = learning::train(options, observer, task);
        paintCurves(options.runFolder);
        return summary;
    };
    services.trainFolds = [](learning::TrainingOptions options, const std::vector<int>& folds,
                             const learning::TrainingObserver& observer, const TaskContext& task) {
        paintPictures(options, true);
        auto summary = learning::trainFolds(options, folds, observer, task);
        for (const int fold : folds)
            paintCurves(options.runFolder / ("fold-" + std::to_string(fold)));
        return summary;
    };
    services.darkestSpot = learning::darkestSpotOfRun;
    services.earlierPoints = [](const fs::path& run) {
        return learning::readTrainingPoints(run / "metrics.csv").value_or(std::vector<learning::TrainingPoint>{});
    };
    services.readBundle = learning::readBundle;
    services.setThreads = learning::setComputeThreads;
    return services;
}

session::EvaluationServices evaluationServices() {
    session::EvaluationServices services;
    services.evaluate = workflow::evaluate;
    services.summarise = workflow::summarise;
    services.toCsv = [](const workflow::Evaluation& evaluation) { return workflow::toCsv(evaluation); };
    services.writeMask = imaging::writeLabelMap;
    services.casesIn = workflow::casesIn;
    services.holdsViews = workflow::looksLikeViewSets;
    services.evaluateClasses = workflow::evaluateClasses;
    services.classesToCsv = [](const workflow::ClassEvaluation& evaluation) { return workflow::toCsv(evaluation); };
    return services;
}

std::vector<learning::Bundle> classifiers(const workflow::Paths& paths) {
    auto bundles = learning::listBundles(paths.models);
    std::erase_if(bundles, [](const learning::Bundle& bundle) { return bundle.task != "classification"; });
    return bundles;
}

session::TrainingRequest tourTraining(const workflow::Paths& paths, const fs::path& scratch,
                                      const fs::path& caseFolder) {
    session::TrainingRequest request;
    request.plan = scratch / "tour.json";
    request.data = caseFolder.parent_path();
    request.output = scratch / "bundle";
    request.device = learning::Device::Cpu;
    request.folds.kind = session::FoldChoice::Kind::NothingHeldOut;
    request.pictureEvery = 1;
    std::error_code error;
    fs::create_directories(scratch, error);
    std::ifstream shipped(paths.models / "plans" / "brain-tumour.json");
    auto plan = nlohmann::ordered_json::parse(shipped, nullptr, false);
    if (!plan.is_object())
        return request;
    plan["name"] = "tour";
    plan["architecture_options"]["channels"] = {8, 16, 24};
    plan["patch"] = plan["training"]["batch"]["patch"] = {32, 32, 32};
    plan["overlap"] = 0.25;
    plan["spacing_mm"] = {3.0, 3.0, 3.0};
    plan["training"]["piece_every"] = 0;
    plan["training"]["batch"]["foreground_share"] = 1.0;
    plan["training"]["optimiser"]["learning_rate"] = 0.01;
    plan["training"]["optimiser"]["average_decay"] = 0.8;
    plan["training"]["steps"] = 120;
    plan["training"]["steps_per_epoch"] = 6;
    plan["training"]["validation"]["patients"] = nlohmann::json::array();
    std::ofstream(request.plan) << plan.dump(1);
    return request;
}

} // namespace sulcus::app
