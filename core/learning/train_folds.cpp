// SPDX-License-Identifier: Apache-2.0
#include "core/learning/train_folds.h"

#include "core/learning/darkest_spot.h"
#include "core/learning/plan.h"
#include "core/learning/run_folder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>
#include <set>
#include <system_error>

namespace sulcus::learning {

namespace fs = std::filesystem;

namespace {

/// A copy that is never seen half: both files are whole on the disk before either takes its place.
Result<void> copyBundle(const fs::path& from, const fs::path& to) {
    std::error_code code;
    fs::create_directories(to, code);
    const auto names = {std::string("weights.safetensors"), std::string("bundle.json")};
    for (const auto& name : names) {
        fs::copy_file(from / name, to / (name + ".part"), fs::copy_options::overwrite_existing, code);
        if (code) {
            break;
        }
    }
    for (const auto& name : names) {
        if (!code) {
            fs::rename(to / (name + ".part"), to / name, code);
        }
    }
    if (code) {
        std::error_code ignored;
        for (const auto& name : names) {
            fs::remove(to / (name + ".part"), ignored);
        }
        return fail(ErrorCode::Unreadable, "learning.file_not_written", {{"file", (to / "bundle.json").string()}},
                    code.message());
    }
    return {};
}

/// Folds beyond the number of patients would hold out nobody, which is known before the first one has been trained.
Result<void> enoughPatients(const TrainingOptions& options, std::size_t folds) {
    std::ifstream stream(options.cache / "index.json");
    const auto index = nlohmann::json::parse(stream, nullptr, false);
    std::set<std::string> patients;
    if (index.is_object() && index.contains("samples") && index["samples"].is_array()) {
        for (const auto& sample : index["samples"]) {
            if (sample.is_object() && sample.value("whole_image", true) && sample.contains("patient") &&
                sample["patient"].is_string()) {
                patients.insert(sample["patient"].get<std::string>());
            }
        }
    }
    // A cache that cannot be read is the trainer's to refuse.
    if (patients.empty() || patients.size() >= folds) {
        return {};
    }
    return fail(ErrorCode::InvalidInput, "learning.folds_too_many",
                {{"folds", std::to_string(folds)}, {"patients", std::to_string(patients.size())}});
}

Result<void> writeTable(const FoldsSummary& summary, const fs::path& file) {
    std::ofstream stream(file, std::ios::trunc);
    stream.precision(6);
    stream << "fold,best_epoch," << summary.score;
    for (const auto& output : summary.outputs) {
        stream << ',' << summary.score << '_' << output;
    }
    const bool rival = !summary.folds.empty() && !summary.folds.front().baseline.empty();
    for (const auto& output : summary.outputs) {
        stream << (rival ? ",otsu_" + output : std::string());
    }
    const bool spot = std::any_of(summary.folds.begin(), summary.folds.end(),
                                  [](const FoldResult& fold) { return fold.darkestSpot.has_value(); });
    stream << (spot ? ",darkest_spot_auc_" + summary.outputs.front() : std::string());
    stream << '\n';
    for (const auto& fold : summary.folds) {
        stream << fold.fold << ',' << fold.bestEpoch << ',' << fold.bestDice;
        for (const double dice : fold.outputsDice) {
            stream << ',';
            if (std::isfinite(dice)) {
                stream << dice;
            }
        }
        for (const auto& score : fold.baseline) {
            stream << ',' << score.dice;
        }
        if (spot) {
            stream << ',';
            if (fold.darkestSpot && fold.darkestSpot->area) {
                stream << *fold.darkestSpot->area;
            }
        }
        stream << '\n';
    }
    stream.close();
    if (!stream) {
        return fail(ErrorCode::Unreadable, "learning.file_not_written", {{"file", file.string()}});
    }
    return {};
}

} // namespace

Result<std::vector<int>> foldsOf(const fs::path& file) {
    const auto plan = readPlan(file);
    if (!plan) {
        return fail(plan.error());
    }
    std::vector<int> folds(static_cast<std::size_t>(plan->folds));
    std::iota(folds.begin(), folds.end(), 0);
    return folds;
}

Result<FoldsSummary> trainFolds(const TrainingOptions& options, const std::vector<int>& folds,
                                const TrainingObserver& observer, const TaskContext& task) {
    if (auto free = checkRunFolder(options, true); !free) {
        return fail(std::move(free.error()));
    }
    if (auto enough = enoughPatients(options, folds.size()); !enough) {
        return fail(std::move(enough.error()));
    }
    FoldsSummary summary;
    double best = -1.0;
    const auto count = static_cast<double>(folds.size());
    for (std::size_t n = 0; n < folds.size(); ++n) {
        const auto later = static_cast<double>(folds.size() - n - 1);
        TrainingOptions one = options;
        one.fold = folds[n];
        one.runFolder = options.runFolder / ("fold-" + std::to_string(folds[n]));
        one.bundle = one.runFolder / "bundle";
        std::error_code code;
        one.resume = options.resume && fs::exists(one.runFolder / "last.checkpoint", code);
        one.replace = true; // The folds' folders are this run's own: it was asked above.
        if (options.stepSeen) {
            one.stepSeen = [&options, later](const TrainingStep& step) {
                TrainingStep seen = step;
                if (seen.secondsLeft) {
                    *seen.secondsLeft += later * static_cast<double>(step.steps) * step.secondsPerStep;
                }
                options.stepSeen(seen);
            };
        }
        auto trained =
            train(one, observer, task.part(static_cast<double>(n) / count, static_cast<double>(n + 1) / count));
        if (!trained) {
            return fail(std::move(trained.error()));
        }
        summary.outputs = trained->outputs;
        summary.score = trained->score;
        FoldResult result{folds[n], trained->bestEpoch, trained->bestDice,
                          {},       trained->baseline,  darkestSpotOfRun(one, task)};
        if (const auto points = readTrainingPoints(one.runFolder / "metrics.csv")) {
            for (const auto& point : *points) {
                if (point.epoch == trained->bestEpoch) {
                    result.outputsDice = point.validationDice;
                }
            }
        }
        if (result.bestDice > best || summary.bestFold < 0) {
            summary.bestFold = folds[n];
            best = result.bestDice;
            if (!options.bundle.empty()) {
                if (auto copied = copyBundle(one.bundle, options.bundle); !copied) {
                    return fail(std::move(copied.error()));
                }
            }
        }
        summary.folds.push_back(std::move(result));
        if (auto written = writeTable(summary, options.runFolder / "folds.csv"); !written) {
            return fail(std::move(written.error()));
        }
        if (trained->stopped) {
            summary.stopped = true;
            break;
        }
    }
    double sum = 0.0;
    double squares = 0.0;
    for (const auto& fold : summary.folds) {
        sum += fold.bestDice;
    }
    const auto done = static_cast<double>(summary.folds.size());
    summary.meanDice = done > 0.0 ? sum / done : 0.0;
    for (const auto& fold : summary.folds) {
        squares += (fold.bestDice - summary.meanDice) * (fold.bestDice - summary.meanDice);
    }
    summary.deviation = done > 1.0 ? std::sqrt(squares / (done - 1.0)) : 0.0;
    return summary;
}

} // namespace sulcus::learning
