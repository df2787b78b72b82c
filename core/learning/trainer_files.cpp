// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/bundle_network.h"
#include "core/learning/trainer_run.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>
#include <system_error>

namespace sulcus::learning::training {

namespace {

/// Extra heads serve training alone.
void leaveOutExtraHeads(nlohmann::json& options) {
    if (options.contains("deep_supervision")) {
        options["deep_supervision"] = false;
    }
    if (options.contains("members")) {
        for (auto& member : options["members"]) {
            leaveOutExtraHeads(member["architecture_options"]);
        }
    }
}

} // namespace

std::string Run::trainedOn() const {
    std::set<std::string> patients;
    for (const auto* group : {&m_whole, &m_pieces}) {
        for (const std::size_t index : *group) {
            patients.insert(m_cache.samples[index].patient);
        }
    }
    return " This training: " + std::to_string(std::set(m_whole.begin(), m_whole.end()).size()) + " images and " +
           std::to_string(std::set(m_pieces.begin(), m_pieces.end()).size()) + " patches of " +
           std::to_string(patients.size()) + " patients, " + std::to_string(m_heldOut ? m_validation.size() : 0) +
           " images held out.";
}

Result<void> Run::saveBundle(const TrainingPoint& point) {
    std::error_code code;
    std::filesystem::create_directories(m_options.bundle, code);
    BundleFile file;
    file.bundle.folder = m_options.bundle;
    file.bundle.name = m_plan.name;
    file.bundle.version = m_plan.version;
    file.bundle.intendedUse = m_plan.intendedUse;
    file.bundle.trainingData = m_plan.trainingData + trainedOn();
    file.bundle.licence = m_plan.licence;
    file.spec = m_plan.spec;
    leaveOutExtraHeads(file.spec.options);
    file.weightsFile = "weights.safetensors";
    TensorFile weights;
    const auto shipped = makeNetwork(file.spec);
    const auto wanted = stateOf(*shipped);
    for (const auto& [name, tensor] : stateOf(*m_averaged)) {
        if (wanted.count(name) > 0) {
            weights.tensors[name] = toShipped(tensor);
            file.parameters += tensor.numel();
        }
    }
    file.costMachine = "not measured";
    if (!m_validation.empty() && point.validationDice.size() == m_plan.spec.outputs.size()) {
        auto values = nlohmann::ordered_json::object();
        for (std::size_t o = 0; o < m_plan.spec.outputs.size(); ++o) {
            if (std::isfinite(point.validationDice[o])) {
                values[point.score + "_" + m_plan.spec.outputs[o].name] =
                    std::round(point.validationDice[o] * 1e4) / 1e4;
            }
        }
        file.metrics.push_back(
            nlohmann::ordered_json{{"on", m_heldOut ? "cases held out of the training run, network grid"
                                                    : "the training cases themselves, network grid"},
                                   {"cases", m_validation.size()},
                                   {"values", values}});
    }
    auto written = writeBundle(file, weights);
    m_bundleWritten = written.has_value();
    return written;
}

Result<void> Run::makeRunFolder() {
    std::error_code code;
    std::filesystem::create_directories(m_options.runFolder, code);
    if (code) {
        return fail(ErrorCode::Unreadable, "learning.file_not_written", {{"file", m_options.runFolder.string()}},
                    code.message());
    }
    if (!m_lock && !m_lock.emplace(m_options.runFolder / "run.log").held()) {
        m_lock.reset();
        return fail(ErrorCode::InvalidInput, "learning.run_busy", {{"folder", m_options.runFolder.string()}});
    }
    return {};
}

Result<void> Run::writeRunFiles() {
    const auto put = [&](const std::string& name, const std::string& text) -> Result<void> {
        const auto part = m_options.runFolder / (name + ".part");
        std::ofstream stream(part, std::ios::trunc);
        stream << text;
        stream.close();
        std::error_code code;
        if (stream) {
            std::filesystem::rename(part, m_options.runFolder / name, code);
        }
        if (!stream || code) {
            std::filesystem::remove(part, code);
            return fail(ErrorCode::Unreadable, "learning.file_not_written",
                        {{"file", (m_options.runFolder / name).string()}});
        }
        return {};
    };
    nlohmann::ordered_json splits;
    for (const auto& [name, samples] : {std::pair{"train_whole", &m_whole}, std::pair{"train_pieces", &m_pieces},
                                        std::pair{"validation", &m_validation}}) {
        splits[name] = nlohmann::ordered_json::array();
        for (const std::size_t index : *samples) {
            splits[name].push_back(m_cache.samples[index].name);
        }
    }
    // Going on with other held-out cases would compare scores of different cases, and validate on what was learnt.
    if (m_options.resume) {
        std::ifstream earlier(m_options.runFolder / "split.json");
        const auto before = nlohmann::ordered_json::parse(earlier, nullptr, false);
        if (!before.is_discarded() && before != splits) {
            return fail(ErrorCode::InvalidInput, "learning.checkpoint_other_split",
                        {{"folder", m_options.runFolder.string()}});
        }
    }
    if (auto written = put("plan.json", m_plan.source.dump(2) + "\n"); !written) {
        return written;
    }
    if (auto written = put("split.json", splits.dump(1) + "\n"); !written) {
        return written;
    }
    // A resumed run keeps the lines up to its checkpoint and no later ones.
    std::string kept;
    std::ifstream old(m_options.runFolder / "metrics.csv");
    std::string line;
    if (m_options.resume && std::getline(old, line)) {
        kept = line + "\n";
        while (std::getline(old, line) && std::atoi(line.c_str()) <= m_epoch) {
            kept += line + "\n";
        }
    }
    if (kept.empty()) {
        std::ostringstream head;
        head << "epoch,step,learning_rate,train_loss,train_mse";
        for (const auto& output : m_plan.spec.outputs) {
            head << ",train_" << scoreName() << '_' << output.name;
        }
        head << ",validation_loss";
        for (const auto& output : m_plan.spec.outputs) {
            head << ",validation_" << scoreName() << '_' << output.name;
        }
        for (const auto& output : m_plan.spec.outputs) {
            if (m_classify) {
                head << ",validation_accuracy_" << output.name << ",validation_sensitivity_" << output.name
                     << ",validation_specificity_" << output.name;
            }
        }
        kept = head.str() + ",seconds,best\n";
    }
    return put("metrics.csv", kept);
}

Result<void> Run::appendMetrics(const TrainingPoint& point) {
    std::ofstream stream(m_options.runFolder / "metrics.csv", std::ios::app);
    stream.precision(9);
    const auto number = [&](double value) {
        stream << ',';
        if (std::isfinite(value)) {
            stream << value;
        }
    };
    stream << point.epoch << ',' << point.step;
    number(point.learningRate);
    number(point.trainLoss);
    number(point.trainMse);
    std::for_each(point.trainDice.begin(), point.trainDice.end(), number);
    number(point.validationLoss);
    std::for_each(point.validationDice.begin(), point.validationDice.end(), number);
    for (const auto& metrics : point.validationClasses) {
        for (const auto& share : {metrics.accuracy, metrics.sensitivity, metrics.specificity}) {
            number(share.value_or(std::numeric_limits<double>::quiet_NaN()));
        }
    }
    number(std::round(point.seconds * 10.0) / 10.0);
    stream << ',' << (point.best ? 1 : 0) << '\n';
    stream.close();
    if (!stream) {
        return fail(ErrorCode::Unreadable, "learning.file_not_written",
                    {{"file", (m_options.runFolder / "metrics.csv").string()}});
    }
    return {};
}

} // namespace sulcus::learning::training
