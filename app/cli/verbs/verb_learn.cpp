// SPDX-License-Identifier: Apache-2.0
#include "app/cli/paint.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/arguments.h"
#include "app/cli/verbs/print.h"
#include "app/program_paths.h"
#include "core/imaging/image_io.h"
#include "core/learning/bundle.h"
#include "core/learning/darkest_spot.h"
#include "core/learning/plan.h"
#include "core/learning/run_folder.h"
#include "core/learning/train_folds.h"
#include "core/learning/trainer.h"
#include "core/workflow/dataset_layouts.h"
#include "core/workflow/evaluate.h"
#include "core/workflow/prepare.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <system_error>

namespace sulcus::cli {

namespace fs = std::filesystem;

namespace {

struct DataArguments {
    std::vector<std::string> data;
    std::vector<std::string> empty;
    std::string patients;
    std::optional<double> smallestPercent;
    double mostMb = 0.0;
};

/// Refuse what is not a whole number of at least `least`, or not a number above 0, in a sentence: the library would
/// print the largest number that there is.
CLI::Validator wholeAtLeast(std::int64_t least) {
    const auto words = std::to_string(least);
    return CLI::Validator(
        [least, words](std::string& text) {
            std::int64_t value = 0;
            const auto end = text.data() + text.size();
            const auto read = std::from_chars(text.data(), end, value);
            return read.ec == std::errc() && read.ptr == end && value >= least
                       ? std::string()
                       : "\"" + text + "\" is not a whole number of at least " + words;
        },
        "WHOLE>=" + words);
}

CLI::Validator positive() {
    return CLI::Validator(
        [](std::string& text) {
            double value = 0.0;
            return CLI::detail::lexical_cast(text, value) && std::isfinite(value) && value > 0.0
                       ? std::string()
                       : "\"" + text + "\" is not a number above 0";
        },
        "NUMBER>0");
}

CLI::Validator named() {
    return CLI::Validator([](std::string& text) { return text.empty() ? "the name is empty" : std::string(); },
                          "FOLDER");
}

void addDataOptions(CLI::App* verb, DataArguments& arguments) {
    verb->add_option("--min-share", arguments.smallestPercent,
                     "Leave out what has less than this share of labelled voxels, in percent; default: the plan's")
        ->check(CLI::Range(0.0, 100.0));
    verb->add_option("--empty", arguments.empty,
                     "Images that show nothing of what is learnt, for 2-D plans: files, DICOM folders, sets of slices");
    verb->add_option("--patients", arguments.patients, "Table name,patient for splits by patient (CSV)");
    verb->add_option("--max-mb", arguments.mostMb, "Largest cache in MB; 0: no limit")
        ->check(atLeast(0))
        ->capture_default_str();
}

Result<fs::path> findPlan(const std::string& nameOrFile, const workflow::Paths& paths) {
    std::error_code error;
    if (fs::is_regular_file(nameOrFile, error))
        return fs::path(nameOrFile);
    const auto named = paths.models / "plans" / (nameOrFile + ".json");
    if (fs::is_regular_file(named, error))
        return named;
    std::set<std::string> names;
    for (fs::directory_iterator entry(paths.models / "plans", error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() == ".json")
            names.insert(entry->path().stem().string());
    }
    if (names.empty())
        return fail(ErrorCode::NotFound, "app.no_plans",
                    {{"plan", nameOrFile}, {"folder", (paths.models / "plans").string()}});
    std::string known;
    for (const auto& name : names)
        known += (known.empty() ? "" : ", ") + name;
    return fail(ErrorCode::NotFound, "app.plan_missing", {{"plan", nameOrFile}, {"known", known}});
}

Result<workflow::PrepareSummary> prepareCache(const fs::path& plan, const DataArguments& arguments,
                                              const fs::path& cache, bool replace, const TaskContext& task) {
    workflow::PrepareOptions options;
    options.plan = plan;
    options.data.assign(arguments.data.begin(), arguments.data.end());
    options.empty.assign(arguments.empty.begin(), arguments.empty.end());
    options.cache = cache;
    if (arguments.smallestPercent)
        options.smallestShare = *arguments.smallestPercent / 100.0;
    options.mostMb = arguments.mostMb;
    options.replace = replace;
    if (!arguments.patients.empty()) {
        auto patients = workflow::readPatients(arguments.patients);
        if (!patients)
            return fail(std::move(patients.error()));
        options.patients = std::move(*patients);
    }
    return workflow::prepare(options, task);
}

/// The first few of each reason by name, then how many more.
std::string leftOutText(const workflow::PrepareSummary& summary) {
    constexpr int kNamed = 5;
    std::map<std::string, int> times;
    std::string text;
    for (const auto& one : summary.leftOut) {
        if (++times[one.reason.id] <= kNamed)
            text += line("Left out", sentence(one.reason));
    }
    for (const auto& [reason, count] : times) {
        if (count > kNamed)
            text +=
                line("Left out",
                     "and " + std::to_string(count - kNamed) + " more like " +
                         sentence(std::find_if(summary.leftOut.begin(), summary.leftOut.end(), [&](const auto& one) {
                                      return one.reason.id == reason;
                                  })->reason));
    }
    return text;
}

std::string samplesText(const workflow::PrepareSummary& summary) {
    return std::to_string(summary.samples.size()) + (summary.samples.size() == 1 ? " sample" : " samples");
}

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

struct TrainArguments {
    std::string plan;
    std::string bundle;
    std::string cache;
    std::string run;
    std::string from;
    std::string device = "auto";
    bool resume = false;
    bool replace = false;
    std::optional<std::int64_t> steps;
    std::optional<int> fold;
    std::optional<std::uint64_t> seed;
    std::optional<double> rate;
    bool allFolds = false;
    int pictureEvery = 5;
    int threads = 0;
    DataArguments data;
};

std::string scoreText(const std::string& score) { return score == "auc" ? "AUC" : "Dice"; }

std::string epochText(const learning::TrainingPoint& point, const std::vector<std::string>& outputs) {
    std::string dice;
    for (std::size_t n = 0; n < point.validationDice.size(); ++n)
        dice += " " + (n < outputs.size() ? outputs[n] + " " : std::string()) + decimal(point.validationDice[n], 3);
    const std::string remark = point.remark ? "\n" + sentence(*point.remark) : std::string();
    return (point.fold >= 0 ? "fold " + std::to_string(point.fold) + "  " : std::string()) + "epoch " +
           std::to_string(point.epoch) + "  step " + std::to_string(point.step) + "/" + std::to_string(point.steps) +
           "  loss " + decimal(point.trainLoss, 4) + "  validation " + decimal(point.validationLoss, 4) + "  " +
           scoreText(point.score) + dice + (point.best ? "  best" : "") + remark;
}

Json otsuJson(const std::vector<learning::OtsuRival::Score>& scores) {
    Json list = Json::array();
    for (const auto& score : scores)
        list.push_back({{"output", score.output},
                        {"input", score.input},
                        {"side", score.bright ? "bright" : "dark"},
                        {"dice", score.dice}});
    return list;
}

std::string otsuText(const std::vector<learning::OtsuRival::Score>& scores) {
    std::string text;
    for (const auto& score : scores)
        text += (text.empty() ? "Dice " : ", ") + score.output + " " + decimal(score.dice, 3) + " (" + score.input +
                (score.bright ? ", bright)" : ", dark)");
    return text;
}

Json spotJson(const std::optional<learning::ClassMetrics>& spot) {
    if (!spot)
        return nullptr;
    const auto orNull = [](const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); };
    const auto& interval = spot->areaInterval;
    return Json{{"output", spot->output},
                {"positives", spot->positives},
                {"negatives", spot->negatives},
                {"area",
                 {{"auc", orNull(spot->area)},
                  {"low", interval ? Json(interval->low) : Json(nullptr)},
                  {"high", interval ? Json(interval->high) : Json(nullptr)}}}};
}

std::string spotText(const learning::ClassMetrics& spot) {
    if (!spot.area)
        return "not known: the held-out patients are all of one kind";
    const auto& interval = spot.areaInterval;
    return spot.output + " AUC " + decimal(*spot.area, 3) +
           (interval ? " [" + decimal(interval->low, 3) + ", " + decimal(interval->high, 3) + "]" : std::string());
}

Result<void> runFolds(const learning::TrainingOptions& options, Invocation& invocation,
                      const learning::TrainingObserver& observer, const std::function<bool(const fs::path&)>& paint,
                      double start) {
    auto folds = learning::foldsOf(options.plan);
    if (!folds)
        return fail(std::move(folds.error()));
    auto summary = learning::trainFolds(options, *folds, observer, invocation.task().part(start, 1.0));
    paint(options.runFolder);
    if (!summary) {
        if (summary.error().code == ErrorCode::Cancelled)
            invocation.complain(sentence({"app.train_interrupted", {{"folder", options.runFolder.string()}}}) + "\n");
        return fail(std::move(summary.error()));
    }
    if (invocation.json()) {
        Json list = Json::array();
        for (const auto& fold : summary->folds)
            list.push_back({{"fold", fold.fold},
                            {"best_epoch", fold.bestEpoch},
                            {"best_dice", fold.bestDice},
                            {"outputs_dice", fold.outputsDice},
                            {"otsu", otsuJson(fold.baseline)},
                            {"darkest_spot", spotJson(fold.darkestSpot)}});
        invocation.print(Json{{"plan", options.plan.string()},
                              {"bundle", options.bundle.string()},
                              {"run_folder", options.runFolder.string()},
                              {"outputs", summary->outputs},
                              {"score", summary->score},
                              {"folds", std::move(list)},
                              {"best_fold", summary->bestFold},
                              {"mean_dice", summary->meanDice},
                              {"deviation", summary->deviation}});
        return {};
    }
    std::string text;
    for (const auto& fold : summary->folds)
        text += line("Fold " + std::to_string(fold.fold),
                     "mean " + scoreText(summary->score) + " " + decimal(fold.bestDice, 4) + " at epoch " +
                         std::to_string(fold.bestEpoch) +
                         (fold.baseline.empty() ? "" : "; Otsu's threshold alone: " + otsuText(fold.baseline)) +
                         (fold.darkestSpot ? "; the darkest spot alone: " + spotText(*fold.darkestSpot) : ""));
    invocation.print(text + line("Mean", decimal(summary->meanDice, 4) + " ± " + decimal(summary->deviation, 4)) +
                     line("Bundle", options.bundle.string() + " (fold " + std::to_string(summary->bestFold) + ")") +
                     line("Run folder", options.runFolder.string()));
    return {};
}

/// The bundle's folder by its own name, so that "-run" can be put behind it: "out/" is the folder out, "." the one that
/// the program was started in.
fs::path bundleFolder(const std::string& given) {
    fs::path folder = given;
    std::error_code error;
    const auto last = folder.has_filename() ? folder.filename() : folder.parent_path().filename();
    if (last == "." || last == "..")
        folder = fs::weakly_canonical(folder, error);
    return folder.has_filename() ? folder : folder.parent_path();
}

/// Removes the diary of a training that never began, where there is nothing else in the run folder that was made for
/// it.
void removeDiary(const fs::path& run) {
    std::error_code error;
    std::vector<fs::path> entries;
    for (fs::directory_iterator entry(run, error), end; !error && entry != end; entry.increment(error))
        entries.push_back(entry->path());
    if (!error && entries == std::vector{run / "run.log"})
        fs::remove(entries.front(), error);
}

Result<void> runTrain(const TrainArguments& arguments, Invocation& invocation) {
    auto plan = findPlan(arguments.plan, invocation.paths());
    if (!plan)
        return fail(std::move(plan.error()));
    // Whatever can be wrong with the request is said before data is read for minutes and a folder is made.
    const auto read = learning::readPlan(*plan);
    if (!read)
        return fail(read.error());
    if (arguments.fold) {
        if (auto known = learning::checkFold(*read, *arguments.fold); !known)
            return known;
    }
    std::vector<std::string> outputs;
    for (const auto& output : read->spec.outputs)
        outputs.push_back(output.name);
    fs::path from;
    if (!arguments.from.empty()) {
        auto found = app::findBundle(arguments.from, invocation.paths());
        if (!found)
            return fail(std::move(found.error()));
        from = std::move(*found);
    }
    const fs::path bundle = bundleFolder(arguments.bundle);
    const fs::path run = arguments.run.empty() ? fs::path(bundle.string() + "-run") : fs::path(arguments.run);
    const fs::path cache = arguments.cache.empty() ? run / "cache" : fs::path(arguments.cache);
    learning::TrainingOptions options;
    options.plan = *plan;
    options.cache = cache;
    options.runFolder = run;
    options.bundle = bundle;
    options.from = from;
    options.resume = arguments.resume;
    options.replace = arguments.replace;
    if (auto free = learning::checkRunFolder(options, arguments.allFolds); !free)
        return free;
    std::error_code error;
    double start = 0.0;
    const bool exists = fs::exists(cache / "index.json", error);
    const bool dataGiven = !arguments.data.data.empty();
    if (!exists && !dataGiven)
        return fail(ErrorCode::InvalidInput, "app.train_needs_data", {{"cache", cache.string()}});
    if (exists && dataGiven && !arguments.resume && !arguments.cache.empty())
        return fail(ErrorCode::InvalidInput, "app.train_cache_and_data", {{"cache", cache.string()}});
    // The run's own cache is of an earlier run's data, unless that run goes on.
    const bool prepared = exists && (arguments.resume || !dataGiven);
    const bool ownRun = !fs::exists(run, error);
    if (auto ready = invocation.prepareOutput(run / "metrics.csv"); !ready)
        return ready;
    if (auto ready = invocation.prepareOutput(bundle / "bundle.json"); !ready)
        return ready;
    if (!prepared) {
        if (auto ready = invocation.prepareOutput(cache / "index.json"); !ready)
            return ready;
        start = 0.1;
        auto summary = prepareCache(*plan, arguments.data, cache, exists, invocation.task().part(0.0, start));
        if (!summary)
            return fail(std::move(summary.error()));
        if (!invocation.json())
            invocation.print(line("Prepared", samplesText(*summary)) + leftOutText(*summary));
        learning::RunLog diary(run);
        diary.write("prepared " + samplesText(*summary) + " in " + cache.string());
        for (const auto& one : summary->leftOut)
            diary.write("left out: " + sentence(one.reason));
    }
    options.device = arguments.device == "cpu"    ? learning::Device::Cpu
                     : arguments.device == "cuda" ? learning::Device::Cuda
                                                  : learning::Device::Automatic;
    options.steps = arguments.steps;
    options.fold = arguments.fold;
    options.seed = arguments.seed;
    options.learningRate = arguments.rate;
    options.pictureEvery = arguments.pictureEvery;
    std::vector<learning::TrainingPicture> pictures;
    options.pictureSeen = [&](const learning::TrainingPicture& picture) { pictures.push_back(picture); };
    learning::setComputeThreads(arguments.threads);
    // The checkpoint of a large network takes longer to write than the program otherwise waits.
    invocation.allowSlowStop();
    const bool tell = !invocation.json();
    bool drawable = arguments.resume;
    const auto observer = [&](const learning::TrainingPoint& point) {
        drawable = true;
        if (tell)
            invocation.print(epochText(point, outputs));
    };
    // Also of a run that was interrupted: pictures and curves tell how far it came.
    const auto paint = [&](const fs::path& folder) {
        if (!drawable)
            return false;
        const PaintSession painter;
        for (const auto& picture : pictures) {
            const auto samples = (arguments.allFolds ? folder / ("fold-" + std::to_string(picture.fold)) : folder) /
                                 "samples" / (learning::pictureStem(picture) + ".png");
            if (auto painted = painter.triptych(picture, samples); !painted)
                return false;
        }
        if (!arguments.allFolds)
            return painter.curves(folder / "metrics.csv", folder / "curves.png").has_value();
        std::error_code code;
        for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
            const auto metrics = entry->path() / "metrics.csv";
            if (fs::exists(metrics, code) && !painter.curves(metrics, entry->path() / "curves.png"))
                return false;
        }
        return true;
    };
    if (arguments.allFolds)
        return runFolds(options, invocation, observer, paint, start);
    auto summary = learning::train(options, observer, invocation.task().part(start, 1.0));
    const auto curves = run / "curves.png";
    const bool painted = paint(run);
    if (!summary) {
        if (ownRun)
            removeDiary(run);
        if (summary.error().code == ErrorCode::Cancelled)
            invocation.complain(sentence({"app.train_interrupted", {{"folder", run.string()}}}) + "\n");
        return fail(std::move(summary.error()));
    }
    const auto spot = learning::darkestSpotOfRun(options, invocation.task());
    if (invocation.json()) {
        invocation.print(Json{{"plan", plan->string()},
                              {"bundle", bundle.string()},
                              {"run_folder", run.string()},
                              {"parameters", summary->parameters},
                              {"steps", summary->step},
                              {"best_epoch", summary->bestEpoch},
                              {"score", summary->score},
                              {"best_score", summary->bestDice},
                              {"best_dice", summary->score == "dice" ? Json(summary->bestDice) : Json(nullptr)},
                              {"stopped_early", summary->stoppedEarly},
                              {"outputs", summary->outputs},
                              {"otsu", otsuJson(summary->baseline)},
                              {"darkest_spot", spotJson(spot)},
                              {"curves", painted ? Json(curves.string()) : Json(nullptr)}});
        return {};
    }
    invocation.print(
        line("Best", "mean " + scoreText(summary->score) + " " + decimal(summary->bestDice, 4) + " at epoch " +
                         std::to_string(summary->bestEpoch)) +
        (summary->baseline.empty() ? std::string()
                                   : line("Otsu", otsuText(summary->baseline) + ", on the same held-out cases")) +
        (spot ? line("Darkest spot", spotText(*spot) + ", alone on the same held-out patients") : std::string()) +
        line("Bundle", bundle.string()) + line("Run folder", run.string()) +
        (painted ? line("Curves", curves.string()) : std::string()));
    return {};
}

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
        invocation.print(text);
        invocation.printPurpose();
    }
    if (done == 0)
        return fail(ErrorCode::InvalidInput, "app.nothing_evaluated");
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

void addTrain(Verbs& verbs) {
    auto* verb = addVerb(verbs, "train", "Train a plan's network and write a bundle");
    auto arguments = std::make_shared<TrainArguments>();
    verb->add_option("PLAN", arguments->plan, "Name of a plan in models/plans, or a plan file")->required();
    verb->add_option(
        "--data", arguments->data.data,
        "Folders of training data, prepared before the training; with --resume only when there is no cache");
    verb->add_option("-o,--output", arguments->bundle, "Folder of the bundle to write")->required()->check(named());
    verb->add_option("--cache", arguments->cache, "Prepared cache; default: in the run folder");
    verb->add_option("--run", arguments->run, "Run folder: plan, split, metrics, checkpoints; default: BUNDLE-run");
    verb->add_option("--from", arguments->from, "Start from the weights of this bundle");
    verb->add_flag("--resume", arguments->resume, "Go on from the run folder's last checkpoint");
    verb->add_flag("--replace", arguments->replace, "Write over an earlier run or bundle in these folders");
    verb->add_option("--device", arguments->device, "Where to train")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
        ->capture_default_str();
    verb->add_option("--steps", arguments->steps, "Steps instead of the plan's")->check(wholeAtLeast(1));
    auto* fold = verb->add_option("--fold", arguments->fold, "Fold that validates instead of the plan's; -1: none")
                     ->check(wholeAtLeast(-1));
    verb->add_flag("--all-folds", arguments->allFolds,
                   "Train each fold of the plan in turn; the best becomes the bundle")
        ->excludes(fold);
    verb->add_option("--picture-every", arguments->pictureEvery,
                     "Epochs between two pictures of a validation slice in the run folder; 0: none")
        ->check(wholeAtLeast(0))
        ->capture_default_str();
    verb->add_option("--threads", arguments->threads, "Processor threads; 0: one per core")
        ->check(wholeAtLeast(0))
        ->capture_default_str();
    verb->add_option("--seed", arguments->seed, "Seed instead of the plan's")->check(wholeAtLeast(0));
    verb->add_option("--rate", arguments->rate, "Learning rate instead of the plan's")->check(positive());
    addDataOptions(verb, arguments->data);
    verbs.table[verb] = [arguments](Invocation& invocation) { return runTrain(*arguments, invocation); };
}

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
