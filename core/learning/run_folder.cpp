// SPDX-License-Identifier: Apache-2.0
#include "core/learning/run_folder.h"

#include "core/learning/bundle_file.h"

#include <cmath>
#include <ctime>
#include <fstream>
#include <iomanip>
#include <sstream>
#include <system_error>

namespace sulcus::learning {

namespace fs = std::filesystem;

namespace {

bool holdsRun(const fs::path& folder) {
    std::error_code code;
    return fs::exists(folder / "last.checkpoint", code);
}

std::string rounded(double value) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(4) << value;
    return text.str();
}

} // namespace

Result<void> checkRunFolder(const TrainingOptions& options, bool folds) {
    if (options.resume || options.replace) {
        return {};
    }
    if (holdsRun(folds ? options.runFolder / "fold-0" : options.runFolder)) {
        return fail(ErrorCode::InvalidInput, "learning.run_exists", {{"folder", options.runFolder.string()}});
    }
    if (!options.bundle.empty() && holdsBundle(options.bundle)) {
        return fail(ErrorCode::InvalidInput, "learning.bundle_exists", {{"folder", options.bundle.string()}});
    }
    return {};
}

Result<void> sameNetwork(const NetworkSpec& bundle, const NetworkSpec& plan, const fs::path& folder) {
    const auto differs = [&](const std::string& field) {
        return fail(ErrorCode::InvalidInput, "learning.from_other_network",
                    {{"folder", folder.string()}, {"field", field}});
    };
    if (bundle.architecture != plan.architecture) {
        return differs("architecture");
    }
    if (const auto option = differingOption(bundle, plan); !option.empty()) {
        return differs("architecture_options." + option);
    }
    if (bundle.inputs != plan.inputs) {
        return differs("inputs");
    }
    if (bundle.outputs.size() != plan.outputs.size()) {
        return differs("outputs");
    }
    return {};
}

RunLog::RunLog(fs::path runFolder) : m_folder(std::move(runFolder)) {}

void RunLog::write(const std::string& line) {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    std::ostringstream stamped;
    stamped << std::put_time(&local, "%Y-%m-%d %H:%M:%S") << "  " << line << '\n';
    m_waiting += stamped.str();
    std::error_code code;
    if (fs::is_directory(m_folder, code)) {
        std::ofstream(m_folder / "run.log", std::ios::app) << m_waiting;
        m_waiting.clear();
    }
}

void RunLog::begins(const TrainingPlan& plan, const TrainingOptions& options, const std::string& device) {
    write((options.resume ? "goes on: " : "begins: ") + plan.name + " " + plan.version + ", seed " +
          std::to_string(plan.seed) + ", " + std::to_string(plan.steps) + " steps on " + device + ", cache " +
          options.cache.string() +
          (options.from.empty() ? std::string() : ", from the weights in " + options.from.string()));
}

void RunLog::ends(const Result<TrainingSummary>& summary) {
    if (!summary) {
        write(summary.error().code == ErrorCode::Cancelled ? "cancelled, with a checkpoint"
                                                           : "failed: " + summary.error().message.id);
        return;
    }
    for (const auto& rival : summary->baseline) {
        write("Otsu's threshold of " + rival.input + " alone on the held-out cases: " + rival.output + " Dice " +
              rounded(rival.dice));
    }
    write((summary->stopped        ? "stopped at step "
           : summary->stoppedEarly ? "ended early at step "
                                   : "ends at step ") +
          std::to_string(summary->step) + "; best mean " + summary->score + " " + rounded(summary->bestDice) +
          " in epoch " + std::to_string(summary->bestEpoch));
}

std::string diaryLine(const TrainingPoint& point, const std::vector<std::string>& outputs) {
    std::ostringstream text;
    text << "epoch " << point.epoch << ", step " << point.step << " of " << point.steps << ", learning rate "
         << std::setprecision(3) << point.learningRate << std::fixed << std::setprecision(4) << ", training loss "
         << point.trainLoss << ", validation loss " << point.validationLoss << ", " << point.score;
    for (std::size_t o = 0; o < point.validationDice.size() && o < outputs.size(); ++o) {
        text << ' ' << outputs[o] << ' ';
        if (std::isfinite(point.validationDice[o])) {
            text << std::setprecision(3) << point.validationDice[o];
        } else {
            text << '-';
        }
    }
    text << std::setprecision(0) << ", " << point.seconds << " s" << (point.best ? ", best so far" : "");
    return text.str();
}

} // namespace sulcus::learning
