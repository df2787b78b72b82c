// SPDX-License-Identifier: Apache-2.0
#include "app/cli/paint.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/print.h"
#include "app/cli/verbs/training_data.h"
#include "app/program_paths.h"
#include "core/learning/darkest_spot.h"
#include "core/learning/plan.h"
#include "core/learning/run_folder.h"
#include "core/learning/train_folds.h"
#include "core/learning/trainer.h"

#include <functional>
#include <system_error>

namespace sulcus::cli {

namespace fs = std::filesystem;

namespace {

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

/// What a cancelled training left to go on from: its checkpoint, or that of one of its folds.
Message interrupted(const fs::path& run) {
    std::error_code error;
    bool checkpoint = fs::exists(run / "last.checkpoint", error);
    for (fs::directory_iterator entry(run, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code unknown;
        checkpoint = checkpoint || fs::exists(entry->path() / "last.checkpoint", unknown);
    }
    return {checkpoint ? "app.train_interrupted" : "app.train_interrupted_early", {{"folder", run.string()}}};
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

/// One `train`: what is wrong with the request is said before data is read for minutes and a folder is made.
class Training {
public:
    Training(const TrainArguments& arguments, Invocation& invocation)
        : m_arguments(arguments), m_invocation(invocation) {}

    Result<void> run() {
        if (auto ready = readRequest(); !ready)
            return ready;
        std::error_code error;
        m_ownRun = !fs::exists(m_options.runFolder, error);
        for (const auto& file : {m_options.runFolder / "metrics.csv", m_options.bundle / "bundle.json"}) {
            if (auto ready = m_invocation.prepareOutput(file); !ready)
                return ready;
        }
        if (auto ready = prepareData(); !ready)
            return ready;
        learning::setComputeThreads(m_arguments.threads);
        // The checkpoint of a large network takes longer to write than the program otherwise waits.
        m_invocation.allowSlowStop();
        return m_arguments.allFolds ? trainAll() : trainOne();
    }

private:
    Result<void> readRequest() {
        auto plan = findPlan(m_arguments.plan, m_invocation.paths());
        if (!plan)
            return fail(std::move(plan.error()));
        const auto read = learning::readPlan(*plan);
        if (!read)
            return fail(read.error());
        if (m_arguments.fold) {
            if (auto known = learning::checkFold(*read, *m_arguments.fold); !known)
                return known;
        }
        for (const auto& output : read->spec.outputs)
            m_outputs.push_back(output.name);
        if (!m_arguments.from.empty()) {
            auto found = app::findBundle(m_arguments.from, m_invocation.paths());
            if (!found)
                return fail(std::move(found.error()));
            m_options.from = std::move(*found);
        }
        m_options.plan = std::move(*plan);
        m_options.bundle = bundleFolder(m_arguments.bundle);
        m_options.runFolder =
            m_arguments.run.empty() ? fs::path(m_options.bundle.string() + "-run") : fs::path(m_arguments.run);
        m_options.cache = m_arguments.cache.empty() ? m_options.runFolder / "cache" : fs::path(m_arguments.cache);
        m_options.resume = m_arguments.resume;
        m_options.replace = m_arguments.replace;
        m_options.device = m_arguments.device == "cpu"    ? learning::Device::Cpu
                           : m_arguments.device == "cuda" ? learning::Device::Cuda
                                                          : learning::Device::Automatic;
        m_options.steps = m_arguments.steps;
        m_options.fold = m_arguments.fold;
        m_options.seed = m_arguments.seed;
        m_options.learningRate = m_arguments.rate;
        m_options.pictureEvery = m_arguments.pictureEvery;
        m_options.pictureSeen = [this](const learning::TrainingPicture& picture) { m_pictures.push_back(picture); };
        if (auto free = learning::checkRunFolder(m_options, m_arguments.allFolds); !free)
            return free;
        const auto& cache = m_options.cache;
        std::error_code error;
        m_cacheExists = fs::exists(cache / "index.json", error);
        const bool dataGiven = !m_arguments.data.data.empty();
        if (!m_cacheExists && !dataGiven)
            return fail(ErrorCode::InvalidInput, "app.train_needs_data", {{"cache", cache.string()}});
        if (m_cacheExists && dataGiven && !m_arguments.resume && !m_arguments.cache.empty())
            return fail(ErrorCode::InvalidInput, "app.train_cache_and_data", {{"cache", cache.string()}});
        return {};
    }

    /// Fills the cache, unless there is one to train on. The run's own cache is of an earlier run's data, unless that
    /// run goes on.
    Result<void> prepareData() {
        if (m_cacheExists && (m_arguments.resume || m_arguments.data.data.empty()))
            return {};
        const auto& cache = m_options.cache;
        if (auto ready = m_invocation.prepareOutput(cache / "index.json"); !ready)
            return ready;
        m_prepared = 0.1;
        auto summary = prepareCache(m_options.plan, m_arguments.data, cache, m_cacheExists,
                                    m_invocation.task().part(0.0, m_prepared));
        if (!summary)
            return fail(std::move(summary.error()));
        if (!m_invocation.json())
            m_invocation.print(line("Prepared", samplesText(*summary)) + leftOutText(*summary));
        learning::RunLog diary(m_options.runFolder);
        diary.write("prepared " + samplesText(*summary) + " in " + cache.string());
        for (const auto& one : summary->leftOut)
            diary.write("left out: " + sentence(one.reason));
        return {};
    }

    learning::TrainingObserver observer() {
        return [this](const learning::TrainingPoint& point) {
            m_epochSeen = true;
            if (!m_invocation.json())
                m_invocation.print(epochText(point, m_outputs));
        };
    }

    /// Also of a run that was interrupted: pictures and curves tell how far it came. False: there was nothing to draw,
    /// or it could not be written.
    bool paint() const {
        if (!m_epochSeen && !m_arguments.resume)
            return false;
        const auto& folder = m_options.runFolder;
        const PaintSession painter;
        for (const auto& picture : m_pictures) {
            const auto run = m_arguments.allFolds ? folder / ("fold-" + std::to_string(picture.fold)) : folder;
            if (!painter.triptych(picture, run / "samples" / (learning::pictureStem(picture) + ".png")))
                return false;
        }
        if (!m_arguments.allFolds)
            return painter.curves(folder / "metrics.csv", folder / "curves.png").has_value();
        std::error_code error;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
            const auto metrics = entry->path() / "metrics.csv";
            std::error_code unknown;
            if (fs::exists(metrics, unknown) && !painter.curves(metrics, entry->path() / "curves.png"))
                return false;
        }
        return true;
    }

    Result<void> failed(Error error) {
        if (error.code == ErrorCode::Cancelled)
            m_invocation.complain(sentence(interrupted(m_options.runFolder)) + "\n");
        return fail(std::move(error));
    }

    Result<void> trainAll();
    Result<void> trainOne();

    const TrainArguments& m_arguments;
    Invocation& m_invocation;
    learning::TrainingOptions m_options;
    std::vector<std::string> m_outputs;
    std::vector<learning::TrainingPicture> m_pictures;
    bool m_cacheExists = false;
    bool m_ownRun = false;    ///< the run folder is made by this training
    bool m_epochSeen = false; ///< something can be drawn
    double m_prepared = 0.0;  ///< share of the progress that preparing took
};

Result<void> Training::trainAll() {
    auto folds = learning::foldsOf(m_options.plan);
    if (!folds)
        return fail(std::move(folds.error()));
    auto summary = learning::trainFolds(m_options, *folds, observer(), m_invocation.task().part(m_prepared, 1.0));
    paint();
    if (!summary)
        return failed(std::move(summary.error()));
    if (m_invocation.json()) {
        Json list = Json::array();
        for (const auto& fold : summary->folds)
            list.push_back({{"fold", fold.fold},
                            {"best_epoch", fold.bestEpoch},
                            {"best_dice", fold.bestDice},
                            {"outputs_dice", fold.outputsDice},
                            {"otsu", otsuJson(fold.baseline)},
                            {"darkest_spot", spotJson(fold.darkestSpot)}});
        m_invocation.print(Json{{"plan", m_options.plan.string()},
                                {"bundle", m_options.bundle.string()},
                                {"run_folder", m_options.runFolder.string()},
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
    m_invocation.print(text + line("Mean", decimal(summary->meanDice, 4) + " ± " + decimal(summary->deviation, 4)) +
                       line("Bundle", m_options.bundle.string() + " (fold " + std::to_string(summary->bestFold) + ")") +
                       line("Run folder", m_options.runFolder.string()));
    return {};
}

Result<void> Training::trainOne() {
    auto summary = learning::train(m_options, observer(), m_invocation.task().part(m_prepared, 1.0));
    const auto curves = m_options.runFolder / "curves.png";
    const bool painted = paint();
    if (!summary) {
        if (m_ownRun)
            removeDiary(m_options.runFolder);
        return failed(std::move(summary.error()));
    }
    const auto spot = learning::darkestSpotOfRun(m_options, m_invocation.task());
    if (m_invocation.json()) {
        m_invocation.print(Json{{"plan", m_options.plan.string()},
                                {"bundle", m_options.bundle.string()},
                                {"run_folder", m_options.runFolder.string()},
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
    m_invocation.print(
        line("Best", "mean " + scoreText(summary->score) + " " + decimal(summary->bestDice, 4) + " at epoch " +
                         std::to_string(summary->bestEpoch)) +
        (summary->baseline.empty() ? std::string()
                                   : line("Otsu", otsuText(summary->baseline) + ", on the same held-out cases")) +
        (spot ? line("Darkest spot", spotText(*spot) + ", alone on the same held-out patients") : std::string()) +
        line("Bundle", m_options.bundle.string()) + line("Run folder", m_options.runFolder.string()) +
        (painted ? line("Curves", curves.string()) : std::string()));
    return {};
}

} // namespace

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
    verb->add_option("--steps", arguments->steps, "Steps instead of the plan's")->check(wholeNumber(1));
    auto* fold = verb->add_option("--fold", arguments->fold, "Fold that validates instead of the plan's; -1: none")
                     ->check(wholeNumber(-1));
    verb->add_flag("--all-folds", arguments->allFolds,
                   "Train each fold of the plan in turn; the best becomes the bundle")
        ->excludes(fold);
    verb->add_option("--picture-every", arguments->pictureEvery,
                     "Epochs between two pictures of a validation slice in the run folder; 0: none")
        ->check(wholeNumber(0))
        ->capture_default_str();
    verb->add_option("--threads", arguments->threads, "Processor threads; 0: one per core")
        ->check(wholeNumber(0))
        ->capture_default_str();
    verb->add_option("--seed", arguments->seed, "Seed instead of the plan's")->check(wholeNumber(0));
    verb->add_option("--rate", arguments->rate, "Learning rate instead of the plan's")->check(aboveZero());
    addDataOptions(verb, arguments->data);
    verbs.table[verb] = [arguments](Invocation& invocation) { return Training(*arguments, invocation).run(); };
}

} // namespace sulcus::cli
