// SPDX-License-Identifier: Apache-2.0
#include "core/learning/bundle_file.h"
#include "core/learning/interruption.h"
#include "core/learning/nn/tensor_file.h"
#include "core/learning/random.h"
#include "core/learning/run_folder.h"
#include "core/learning/trainer_run.h"

#include <torch/torch.h>

#include <algorithm>
#include <set>

namespace sulcus::learning::training {

namespace {

int repeatsOf(const std::string& name, const std::map<std::string, int>& repeats) {
    int times = 1;
    std::size_t longest = 0;
    for (const auto& [beginning, count] : repeats) {
        if (name.compare(0, beginning.size(), beginning) == 0 && beginning.size() >= longest) {
            longest = beginning.size();
            times = count;
        }
    }
    return times;
}

} // namespace

Result<void> Run::setUp() {
    // The networks come first: from here on there is something to leave a checkpoint of.
    if (auto built = build(); !built) {
        return built;
    }
    if (m_options.resume) {
        if (auto restored = restore(); !restored) {
            return restored;
        }
    }
    m_ready = true;
    m_unsaved = !m_options.resume;
    auto cache = readCache(m_options.cache, m_plan.spec);
    if (!cache) {
        return fail(std::move(cache.error()));
    }
    m_cache = std::move(*cache);
    if (auto parted = split(); !parted) {
        return parted;
    }
    if (auto made = makeRunFolder(); !made) {
        return made;
    }
    if (auto written = writeRunFiles(); !written) {
        return written;
    }
    if (m_options.resume) {
        if (auto before = readTrainingPoints(m_options.runFolder / "metrics.csv")) {
            m_all = std::move(*before);
        }
    }
    return {};
}

Result<void> Run::split() {
    std::set<std::string> held(m_plan.validationPatients.begin(), m_plan.validationPatients.end());
    const int fold = this->fold();
    std::set<std::string> patients;
    for (const auto& sample : m_cache.samples) {
        if (sample.wholeImage) {
            patients.insert(sample.patient);
        }
    }
    m_heldOut = fold >= 0;
    // A plan names the held-out patients of its own data; on other people's cases it validates on one fold instead of
    // on nobody.
    if (std::none_of(held.begin(), held.end(), [&](const auto& name) { return patients.count(name) > 0; })) {
        held.clear();
    }
    if (fold < 0) {
        held.clear();
    } else if (held.empty() || m_options.fold) {
        held.clear();
        std::vector<std::string> order(patients.begin(), patients.end());
        Random random(Random::key(m_plan.seed, 0x5eed));
        for (std::size_t i = order.size(); i > 1; --i) {
            std::swap(order[i - 1], order[random.below(i)]);
        }
        for (std::size_t i = static_cast<std::size_t>(fold); i < order.size();
             i += static_cast<std::size_t>(m_plan.folds)) {
            held.insert(order[i]);
        }
    }
    for (std::size_t i = 0; i < m_cache.samples.size(); ++i) {
        const auto& sample = m_cache.samples[i];
        const bool out = held.count(sample.patient) > 0;
        if (sample.wholeImage && (out || fold < 0)) {
            m_validation.push_back(i);
        }
        if (!out) {
            auto& drawn = sample.wholeImage ? m_whole : m_pieces;
            drawn.insert(drawn.end(), static_cast<std::size_t>(repeatsOf(sample.name, m_plan.repeats)), i);
        }
        m_foreground.push_back(foregroundIndex(sample.labels, m_plan.spec.outputs));
    }
    if (m_whole.empty() && m_pieces.empty()) {
        return fail(ErrorCode::InvalidInput, "learning.nothing_to_train_on", {{"folder", m_options.cache.string()}});
    }
    // Pictures show the case with the most to find.
    std::ptrdiff_t most = -1;
    for (const std::size_t index : m_validation) {
        pollInterruption();
        const auto& labels = m_cache.samples[index].labels.values;
        const auto found = std::count_if(labels.begin(), labels.end(), [](auto v) { return v != 0 && v != 255; });
        if (found > most) {
            most = found;
            m_pictured = index;
        }
    }
    return {};
}

std::vector<OtsuRival::Score> Run::baseline() const {
    if (m_classify || !m_heldOut) {
        return {};
    }
    OtsuRival rival(m_plan.spec.inputs, m_plan.spec.outputs);
    for (const std::size_t index : m_validation) {
        const auto& sample = m_cache.samples[index];
        rival.add(sample.image.values.data(), sample.labels.values.data(), sample.labels.values.size(),
                  m_plan.spec.normalisation.method == "zscore_nonzero");
    }
    return rival.scores();
}

Result<void> Run::build() {
    torch::manual_seed(m_plan.seed);
    m_network = makeNetwork(m_plan.spec);
    m_averaged = makeNetwork(m_plan.spec);
    if (!m_options.from.empty()) {
        const auto file = readBundleFile(m_options.from);
        if (!file) {
            return fail(file.error());
        }
        if (auto checked = checkWeights(*file); !checked) {
            return checked;
        }
        if (auto same = sameNetwork(file->spec, m_plan.spec, m_options.from); !same) {
            return same;
        }
        const auto path = m_options.from / file->weightsFile;
        auto weights = readTensors(path);
        if (!weights) {
            return fail(std::move(weights.error()));
        }
        // A bundle leaves the deep-supervision heads out; those start fresh.
        auto state = stateOf(*m_network);
        for (auto& [name, tensor] : weights->tensors) {
            state[name] = tensor;
        }
        if (auto loaded = loadState(*m_network, state, path); !loaded) {
            return loaded;
        }
    }
    pollInterruption();
    m_network->to(m_device);
    m_averaged->to(m_device);
    if (auto copied = loadState(*m_averaged, stateOf(*m_network), {}); !copied) {
        return copied;
    }
    m_averaged->eval();
    std::vector<std::pair<std::string, torch::Tensor>> parameters;
    for (const auto& item : m_network->named_parameters()) {
        parameters.emplace_back(item.key(), item.value());
    }
    m_optimiser = std::make_unique<Optimiser>(m_plan, std::move(parameters));
    m_sums.dice.assign(m_plan.spec.outputs.size(), 0.0);
    m_sums.diceCount = m_sums.dice;
    m_sums.classes = ClassScores(m_plan.spec.outputs.size());
    return {};
}

} // namespace sulcus::learning::training
