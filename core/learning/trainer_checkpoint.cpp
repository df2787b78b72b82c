// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/tensor_file.h"
#include "core/learning/sha256.h"
#include "core/learning/trainer_run.h"

#include <torch/torch.h>

#include <algorithm>

namespace sulcus::learning::training {

namespace {

/// Digest of what makes a curve: the plan without its texts, its number of steps and its learning rate, and the seed.
/// Which cases are held out stands in split.json.
std::string recipeOf(const TrainingPlan& plan) {
    auto recipe = plan.source;
    for (const char* text : {"version", "intended_use", "training_data", "licence", "preparation"}) {
        recipe.erase(text);
    }
    if (recipe.contains("training")) {
        auto& training = recipe["training"];
        for (const char* free : {"steps", "validation", "seed"}) {
            training.erase(free);
        }
        if (training.contains("optimiser")) {
            training["optimiser"].erase("learning_rate");
        }
    }
    recipe["seed"] = plan.seed;
    return sha256(recipe.dump());
}

} // namespace

Result<void> Run::saveCheckpoint(const char* name) {
    TensorFile file;
    const auto add = [&](const std::string& prefix, const std::map<std::string, torch::Tensor>& state) {
        for (const auto& [key, tensor] : state) {
            file.tensors[prefix + key] = tensor;
        }
    };
    add("network.", stateOf(*m_network));
    // Without averaging it is the network once more.
    if (m_plan.averageDecay > 0.0) {
        add("averaged.", stateOf(*m_averaged));
    }
    add("optimiser.", m_optimiser->state());
    // Sums go in as numbers of full precision: JSON text would do for most doubles, a tensor does for all.
    file.tensors["numbers"] = torch::tensor(
        std::vector<double>{m_best, m_plateauScale, m_secondsBefore, m_sums.loss, m_sums.mse}, torch::kFloat64);
    file.tensors["dice"] = torch::tensor(m_sums.dice, torch::kFloat64);
    file.tensors["dice_count"] = torch::tensor(m_sums.diceCount, torch::kFloat64);
    if (m_classify) {
        std::vector<double> drawn;
        for (std::size_t o = 0; o < m_sums.classes.score.size(); ++o) {
            drawn.insert(drawn.end(), m_sums.classes.score[o].begin(), m_sums.classes.score[o].end());
            drawn.insert(drawn.end(), m_sums.classes.truth[o].begin(), m_sums.classes.truth[o].end());
        }
        file.tensors["classes"] = torch::tensor(drawn, torch::kFloat64);
    }
    file.about = {{"schema_version", 1},  {"plan", m_plan.name},       {"step", m_step},
                  {"epoch", m_epoch},     {"steps", m_plan.steps},     {"best_epoch", m_bestEpoch},
                  {"plateau", m_plateau}, {"sum_steps", m_sums.steps}, {"recipe", recipeOf(m_plan)}};
    return writeTensors(m_options.runFolder / name, file);
}

Result<void> Run::leaveCheckpoint() {
    m_secondsBefore = seconds();
    m_started = Clock::now();
    if (!m_unsaved) {
        return {};
    }
    if (auto made = makeRunFolder(); !made) {
        return made;
    }
    if (auto saved = saveCheckpoint("last.checkpoint"); !saved) {
        return saved;
    }
    m_unsaved = false;
    return {};
}

Result<void> Run::restore() {
    const auto path = m_options.runFolder / "last.checkpoint";
    auto file = readTensors(path);
    if (!file) {
        return fail(std::move(file.error()));
    }
    const auto otherPlan = [&] {
        return fail(ErrorCode::ShapeMismatch, "learning.checkpoint_other_plan", {{"file", path.string()}});
    };
    // Checkpoints of older versions do not name their recipe.
    if (const auto recipe = file->about.find("recipe");
        recipe != file->about.end() && *recipe != nlohmann::json(recipeOf(m_plan))) {
        return otherPlan();
    }
    std::map<std::string, torch::Tensor> network;
    std::map<std::string, torch::Tensor> averaged;
    std::map<std::string, torch::Tensor> optimiser;
    const auto take = [](const std::string& name, const std::string& prefix, const torch::Tensor& tensor,
                         auto& target) {
        if (name.compare(0, prefix.size(), prefix) == 0) {
            target[name.substr(prefix.size())] = tensor;
        }
    };
    for (const auto& [name, tensor] : file->tensors) {
        take(name, "network.", tensor, network);
        take(name, "averaged.", tensor, averaged);
        take(name, "optimiser.", tensor, optimiser);
    }
    if (!loadState(*m_network, network, path)) {
        return otherPlan();
    }
    if (auto loaded = loadState(*m_averaged, m_plan.averageDecay > 0.0 ? averaged : network, path); !loaded) {
        return loaded;
    }
    const auto numbers = file->tensors.find("numbers");
    const auto dice = file->tensors.find("dice");
    const auto count = file->tensors.find("dice_count");
    const auto outputs = static_cast<std::int64_t>(m_plan.spec.outputs.size());
    const auto holds = [&](const auto& entry, std::int64_t many) {
        return entry != file->tensors.end() && entry->second.numel() == many &&
               entry->second.scalar_type() == torch::kFloat64;
    };
    if (!m_optimiser->restore(optimiser) || !holds(numbers, 5) || !holds(dice, outputs) || !holds(count, outputs)) {
        return otherPlan();
    }
    const double* values = numbers->second.data_ptr<double>();
    m_best = values[0];
    m_plateauScale = values[1];
    m_secondsBefore = values[2];
    m_sums.loss = values[3];
    m_sums.mse = values[4];
    for (std::int64_t o = 0; o < outputs; ++o) {
        m_sums.dice[static_cast<std::size_t>(o)] = dice->second[o].item<double>();
        m_sums.diceCount[static_cast<std::size_t>(o)] = count->second[o].item<double>();
    }
    if (const auto classes = file->tensors.find("classes"); m_classify && classes != file->tensors.end()) {
        if (classes->second.scalar_type() != torch::kFloat64 || classes->second.numel() % (2 * outputs) != 0) {
            return otherPlan();
        }
        // Per output the scores, then as many truths.
        const double* drawn = classes->second.data_ptr<double>();
        const auto patients = static_cast<std::size_t>(classes->second.numel() / (2 * outputs));
        for (std::size_t o = 0; o < m_sums.classes.score.size(); ++o, drawn += 2 * patients) {
            m_sums.classes.score[o].assign(drawn, drawn + patients);
            m_sums.classes.truth[o].assign(drawn + patients, drawn + 2 * patients);
        }
    }
    try {
        m_step = file->about.at("step").get<std::int64_t>();
        m_epoch = file->about.at("epoch").get<int>();
        m_bestEpoch = file->about.at("best_epoch").get<int>();
        m_plateau = file->about.at("plateau").get<int>();
        m_sums.steps = file->about.at("sum_steps").get<std::int64_t>();
        if (m_step < 0 || m_epoch < 0 || m_bestEpoch < 0 || m_bestEpoch > m_epoch || m_sums.steps < 0) {
            return fail(ErrorCode::Unreadable, "learning.weights_unreadable", {{"file", path.string()}},
                        "a count below zero");
        }
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::Unreadable, "learning.weights_unreadable", {{"file", path.string()}}, error.what());
    }
    return {};
}

Result<void> Run::keepBest(bool stopped, const TaskContext& task) {
    if (m_options.bundle.empty() || m_bundleWritten) {
        return {};
    }
    // Not written by this call: the run ended within its first epoch, or the best one was before it was resumed. What
    // lies in the folder may be of another run, or half of this one: it is made anew.
    if (m_bestEpoch > 0) {
        const auto path = m_options.runFolder / "best.checkpoint";
        auto file = readTensors(path);
        if (!file) {
            return fail(std::move(file.error()));
        }
        std::map<std::string, torch::Tensor> averaged;
        const std::string prefix = m_plan.averageDecay > 0.0 ? "averaged." : "network.";
        for (const auto& [name, tensor] : file->tensors) {
            if (name.compare(0, prefix.size(), prefix) == 0) {
                averaged[name.substr(prefix.size())] = tensor;
            }
        }
        if (auto loaded = loadState(*m_averaged, averaged, path); !loaded) {
            return loaded;
        }
    }
    const auto known = std::find_if(m_all.begin(), m_all.end(),
                                    [this](const TrainingPoint& point) { return point.epoch == m_bestEpoch; });
    if (known != m_all.end()) {
        return saveBundle(*known);
    }
    // Who stops does not wait for a validation: the bundle then says nothing of how good it is.
    auto point = stopped ? Result<TrainingPoint>(TrainingPoint()) : validate(TaskContext(task.stopToken(), {}));
    if (!point) {
        return fail(std::move(point.error()));
    }
    return saveBundle(*point);
}

} // namespace sulcus::learning::training
