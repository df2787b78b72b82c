// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/sha256.h"
#include "core/learning/trainer.h"
#include "tests/core/learning/phantom.h"

#include <stop_token>

/// Training runs as the tests of segmentation and of classification make them.
namespace sulcus::learning::runs {

/// plan.json and cache of `root`, a run folder of its own with the bundle in it, on the CPU.
inline TrainingOptions optionsIn(const std::filesystem::path& root, const std::string& run) {
    TrainingOptions options;
    options.plan = root / "plan.json";
    options.cache = root / "cache";
    options.runFolder = root / run;
    options.bundle = root / run / "bundle";
    options.device = Device::Cpu;
    return options;
}

inline nlohmann::json withSteps(nlohmann::json plan, int steps, int stepsPerEpoch) {
    plan["training"]["steps"] = steps;
    plan["training"]["steps_per_epoch"] = stepsPerEpoch;
    return plan;
}

/// What two runs differ in, every point of the curve and every bit of the weights; empty: in nothing.
inline QString difference(const TrainingOptions& a, const TrainingOptions& b) {
    if (phantom::curve(a.runFolder) != phantom::curve(b.runFolder)) {
        return QStringLiteral("the curves differ");
    }
    const auto one = sha256OfFile(a.bundle / "weights.safetensors");
    const auto other = sha256OfFile(b.bundle / "weights.safetensors");
    return one && other && *one == *other ? QString() : QStringLiteral("the weights differ");
}

/// Trains twelve steps of `plan` in epochs of four in one go (run folder "whole") and again ("broken"), cancelled in
/// the second epoch and resumed. What the two differ in.
inline QString differenceOfResumed(const nlohmann::json& plan, const std::filesystem::path& root) {
    phantom::writeText(root / "short.json", withSteps(plan, 12, 4).dump());
    auto whole = optionsIn(root, "whole");
    whole.plan = root / "short.json";
    if (const auto trained = train(whole, {}, TaskContext()); !trained) {
        return phantom::text(trained.error());
    }
    auto broken = optionsIn(root, "broken");
    broken.plan = whole.plan;
    std::stop_source stop;
    const TaskContext task(stop.get_token(), [&](double fraction, std::string_view) {
        if (fraction > 5.5 / 12.0) {
            stop.request_stop();
        }
    });
    const auto cancelled = train(broken, {}, task);
    if (cancelled || cancelled.error().code != ErrorCode::Cancelled) {
        return QStringLiteral("it was not cancelled");
    }
    if (phantom::curve(broken.runFolder).size() != 2) {
        return QStringLiteral("it was not cancelled in the second epoch");
    }
    broken.resume = true;
    if (const auto trained = train(broken, {}, TaskContext()); !trained) {
        return phantom::text(trained.error());
    }
    return difference(broken, whole);
}

} // namespace sulcus::learning::runs
