// SPDX-License-Identifier: Apache-2.0
#include "core/learning/darkest_spot.h"

#include "core/learning/cache.h"
#include "core/learning/interruption.h"
#include "core/learning/plan.h"
#include "core/learning/run_folder.h"
#include "core/learning/view_images.h"

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <limits>
#include <set>
#include <sstream>
#include <string>

namespace sulcus::learning {

namespace {

std::set<std::string> namesIn(const nlohmann::json& split, const char* part) {
    std::set<std::string> names;
    if (const auto list = split.find(part); list != split.end() && list->is_array()) {
        for (const auto& name : *list) {
            if (name.is_string()) {
                names.insert(name.get<std::string>());
            }
        }
    }
    return names;
}

/// The samples that validated and were not trained on; empty when nobody was held out.
std::set<std::string> heldOut(const std::filesystem::path& runFolder) {
    std::ifstream stream(runFolder / "split.json");
    const auto split = nlohmann::json::parse(stream, nullptr, false);
    if (!split.is_object()) {
        return {};
    }
    auto names = namesIn(split, "validation");
    const auto trained = namesIn(split, "train_whole");
    const bool apart =
        std::none_of(names.begin(), names.end(), [&](const std::string& name) { return trained.count(name) > 0; });
    return apart ? names : std::set<std::string>();
}

/// The channels of a prepared patient as views.
std::vector<Field> viewsOf(const Field& stacked) {
    std::vector<Field> views;
    const auto count = static_cast<std::ptrdiff_t>(stacked.voxelsPerChannel());
    for (std::ptrdiff_t c = 0; c < stacked.channels; ++c) {
        views.push_back({1,
                         1,
                         stacked.height,
                         stacked.width,
                         stacked.spacingMm,
                         {stacked.values.begin() + c * count, stacked.values.begin() + (c + 1) * count}});
    }
    return views;
}

std::optional<ClassMetrics> measured(const TrainingOptions& options) {
    const auto plan = readPlan(options.plan);
    if (!plan || plan->spec.task != "classification") {
        return std::nullopt;
    }
    const auto wanted = heldOut(options.runFolder);
    if (wanted.empty()) {
        return std::nullopt;
    }
    const auto cache = readCache(options.cache, plan->spec);
    if (!cache) {
        return std::nullopt;
    }
    ClassScores scores(1);
    for (const auto& sample : cache->samples) {
        pollInterruption();
        if (wanted.count(sample.name) > 0 && !sample.classes.empty()) {
            scores.score[0].push_back(darkestSpot(viewsOf(sample.image)));
            scores.truth[0].push_back(sample.classes.front());
        }
    }
    return classMetrics(scores, {OutputSpec{plan->spec.outputs.front().name, {}, 0, 0.0}}).front();
}

} // namespace

double darkestSpot(const std::vector<Field>& views) {
    constexpr int kSide = 112;
    constexpr int kReach = 2;
    double darkest = std::numeric_limits<double>::infinity();
    for (const auto& view : views) {
        const auto small = resizedCubic(view, kSide, kSide);
        for (int y = kReach; y < kSide - kReach; ++y) {
            for (int x = kReach; x < kSide - kReach; ++x) {
                double sum = 0.0;
                for (int dy = -kReach; dy <= kReach; ++dy) {
                    for (int dx = -kReach; dx <= kReach; ++dx) {
                        sum += static_cast<double>(small.values[static_cast<std::size_t>((y + dy) * kSide + x + dx)]);
                    }
                }
                darkest = std::min(darkest, sum / ((2 * kReach + 1) * (2 * kReach + 1)));
            }
        }
    }
    return -darkest;
}

std::optional<ClassMetrics> darkestSpotOfRun(const TrainingOptions& options, const TaskContext& task) {
    std::optional<ClassMetrics> metrics;
    try {
        const InterruptionScope scope([&task] { return task.cancelled(); });
        metrics = measured(options);
    } catch (const Interrupted&) {
        return std::nullopt;
    }
    if (metrics && metrics->area) {
        std::ostringstream line;
        line << std::fixed << std::setprecision(4)
             << "the darkest spot alone on the held-out patients: " << metrics->output << " AUC " << *metrics->area;
        RunLog(options.runFolder).write(line.str());
    }
    return metrics;
}

} // namespace sulcus::learning
