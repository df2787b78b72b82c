// SPDX-License-Identifier: Apache-2.0
#include "core/learning/trainer.h"

#include "core/learning/bundle_file.h"
#include "core/learning/cache.h"
#include "core/learning/class_metrics.h"
#include "core/learning/nn/device.h"
#include "core/learning/nn/losses.h"
#include "core/learning/nn/network.h"
#include "core/learning/nn/optimiser.h"
#include "core/learning/nn/tensor_file.h"
#include "core/learning/nn/windows.h"
#include "core/learning/plan.h"
#include "core/learning/random.h"
#include "core/learning/sha256.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <set>
#include <sstream>
#include <system_error>

namespace sulcus::learning {

namespace {

using json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

/// One batch on the device: image [N, C, ...], target [N, outputs, ...], mask [N, 1, ...] (1 = truth known).
struct Batch {
    torch::Tensor image;
    torch::Tensor target;
    torch::Tensor mask;
};

/// Regions or classes of a label map [n] as rows [outputs, n].
torch::Tensor targetOf(const std::vector<unsigned char>& labels, const NetworkSpec& spec) {
    const auto count = static_cast<std::int64_t>(labels.size());
    const auto outputs = static_cast<std::int64_t>(spec.outputs.size());
    auto target = torch::zeros({outputs, count});
    for (std::int64_t o = 0; o < outputs; ++o) {
        bool member[256] = {};
        for (const int value : spec.outputs[static_cast<std::size_t>(o)].sources) {
            member[value] = true;
        }
        float* row = target.data_ptr<float>() + o * count;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            row[i] = member[labels[i]] ? 1.0F : 0.0F;
        }
    }
    return target;
}

torch::Tensor maskOf(const std::vector<unsigned char>& labels) {
    auto mask = torch::ones({1, static_cast<std::int64_t>(labels.size())});
    float* row = mask.data_ptr<float>();
    for (std::size_t i = 0; i < labels.size(); ++i) {
        row[i] = labels[i] == 255 ? 0.0F : 1.0F;
    }
    return mask;
}

/// What is true of a patient, as target [outputs]; an output that is not known counts as absent.
torch::Tensor classesOf(const CacheSample& sample) {
    auto target = torch::zeros({static_cast<std::int64_t>(sample.classes.size())});
    for (std::size_t o = 0; o < sample.classes.size(); ++o) {
        target[static_cast<std::int64_t>(o)] = sample.classes[o] == 1 ? 1.0F : 0.0F;
    }
    return target;
}

/// Adds a batch of logits [N, outputs] with their targets.
void addScores(ClassScores& scores, const torch::Tensor& logits, const torch::Tensor& target) {
    const auto p = torch::sigmoid(logits.detach()).to(torch::kCPU, torch::kFloat64).contiguous();
    const auto t = target.to(torch::kCPU, torch::kFloat32).contiguous();
    for (std::int64_t n = 0; n < p.size(0); ++n) {
        for (std::int64_t o = 0; o < p.size(1); ++o) {
            scores.score[static_cast<std::size_t>(o)].push_back(p.data_ptr<double>()[n * p.size(1) + o]);
            scores.truth[static_cast<std::size_t>(o)].push_back(t.data_ptr<float>()[n * p.size(1) + o] > 0.5F ? 1 : 0);
        }
    }
}

/// [N, C, d, h, w] with N = a * b * c becomes [1, C, a d, b h, c w].
torch::Tensor tiled(const torch::Tensor& batch, const std::array<int, 3>& tiles) {
    return batch.view({tiles[0], tiles[1], tiles[2], batch.size(1), batch.size(2), batch.size(3), batch.size(4)})
        .permute({3, 0, 4, 1, 5, 2, 6})
        .reshape({1, batch.size(1), tiles[0] * batch.size(2), tiles[1] * batch.size(3), tiles[2] * batch.size(4)});
}

std::vector<std::int64_t> spatial(const std::array<int, 3>& shape, bool flat) {
    return flat ? std::vector<std::int64_t>{shape[1], shape[2]}
                : std::vector<std::int64_t>{shape[0], shape[1], shape[2]};
}

/// Exact overlap counts of one case or batch, per output.
struct Overlap {
    double both = 0.0;
    double predicted = 0.0;
    double truth = 0.0;
    double dice() const { return predicted + truth > 0.0 ? 2.0 * both / (predicted + truth) : 1.0; }
};

std::vector<Overlap> overlapOf(const torch::Tensor& logits, const torch::Tensor& target, const torch::Tensor& mask,
                               bool nested) {
    const torch::NoGradGuard guard;
    torch::Tensor predicted;
    if (nested) {
        predicted = (logits > 0).to(torch::kFloat32);
    } else {
        predicted = torch::zeros_like(target).scatter_(1, logits.argmax(1, true), 1.0);
    }
    predicted = predicted * mask;
    const auto truth = target * mask;
    std::vector<std::int64_t> axes{0};
    for (std::int64_t axis = 2; axis < logits.dim(); ++axis) {
        axes.push_back(axis);
    }
    const auto numbers = torch::stack({(predicted * truth).sum(axes), predicted.sum(axes), truth.sum(axes)}).cpu();
    std::vector<Overlap> result;
    for (std::int64_t o = 0; o < target.size(1); ++o) {
        result.push_back({numbers[0][o].item<double>(), numbers[1][o].item<double>(), numbers[2][o].item<double>()});
    }
    return result;
}

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

torch::Tensor halved(const torch::Tensor& tensor) {
    return tensor.dim() == 5 ? torch::avg_pool3d(tensor, 2) : torch::avg_pool2d(tensor, 2);
}

/// Sums since the epoch began; they travel in the checkpoint, so that a resumed epoch reports the same means.
struct EpochSums {
    double loss = 0.0;
    double mse = 0.0;
    std::int64_t steps = 0;
    std::vector<double> dice;
    std::vector<double> diceCount;
    ClassScores classes; ///< classification
};

class Run {
public:
    Run(TrainingPlan plan, Cache cache, const TrainingOptions& options, torch::Device device)
        : m_plan(std::move(plan)),
          m_cache(std::move(cache)),
          m_options(options),
          m_device(device),
          m_flat(m_plan.spec.task != "segmentation-3d"),
          m_classify(m_plan.spec.task == "classification") {}

    Result<TrainingSummary> train(const TrainingObserver& observer, const TaskContext& task);

private:
    Result<void> split();
    std::vector<OtsuRival::Score> baseline() const;
    Result<void> build();
    Result<void> restore();
    Result<void> saveCheckpoint(const char* name);
    Result<void> saveBundle(const TrainingPoint& point);
    Result<void> writeRunFiles();
    Result<void> appendMetrics(const TrainingPoint& point);
    Result<void> keepBest(const TaskContext& task);
    void takePicture(const CacheSample& sample, const torch::Tensor& logits, const std::vector<Overlap>& overlaps);
    double seconds() const;
    void holdWhilePaused(const TaskContext& task);
    void tellStep(double loss, bool paused) const;
    int fold() const { return m_options.fold.value_or(m_plan.fold); }
    Batch draw(std::int64_t step) const;
    double learningRate(std::int64_t step) const;
    Result<void> oneStep(std::int64_t step);
    void average();
    Result<TrainingPoint> validate(const TaskContext& task);
    Result<TrainingPoint> validateClasses(const TaskContext& task);
    std::string scoreName() const { return m_classify ? "auc" : "dice"; }
    void autocast(bool on) const;

    TrainingPlan m_plan;
    Cache m_cache;
    TrainingOptions m_options;
    torch::Device m_device;
    bool m_flat;
    bool m_classify;

    std::vector<std::size_t> m_whole;  ///< training samples that are whole images
    std::vector<std::size_t> m_pieces; ///< training samples that are pieces
    std::vector<std::size_t> m_validation;
    bool m_heldOut = true; ///< false: validation runs on training cases
    std::vector<ForegroundIndex> m_foreground;

    std::shared_ptr<Network> m_network;
    std::shared_ptr<Network> m_averaged;
    std::unique_ptr<Optimiser> m_optimiser;

    std::int64_t m_step = 0;
    int m_epoch = 0;
    double m_best = -1.0;
    int m_bestEpoch = 0;
    int m_plateau = 0;
    double m_plateauScale = 1.0;
    double m_secondsBefore = 0.0;
    Clock::time_point m_started = Clock::now();
    double m_secondsAtStart = 0.0;    ///< of this call, for the pace
    std::int64_t m_stepAtStart = 0;   ///< of this call
    std::vector<TrainingPoint> m_all; ///< of the run, earlier calls included
    std::size_t m_pictured = 0;       ///< sample that pictures show
    std::optional<TrainingPicture> m_picture;
    Result<void> m_held; ///< what became of the checkpoint that a pause leaves
    EpochSums m_sums;
};

/// Labels as a mask would have them: each voxel gets the value of the innermost output that holds.
void paintOutput(std::vector<std::uint8_t>& values, const torch::Tensor& member, int value) {
    const auto held = member.to(torch::kCPU).contiguous();
    const bool* inside = held.data_ptr<bool>();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (inside[i]) {
            values[i] = static_cast<std::uint8_t>(value);
        }
    }
}

Result<void> Run::split() {
    std::set<std::string> held(m_plan.validationPatients.begin(), m_plan.validationPatients.end());
    const int fold = this->fold();
    if (fold >= m_plan.folds) {
        return fail(ErrorCode::InvalidInput, "learning.fold_unknown",
                    {{"fold", std::to_string(fold)}, {"last", std::to_string(m_plan.folds - 1)}});
    }
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

void Run::autocast(bool on) const {
    if (!m_device.is_cuda() || !m_plan.mixedPrecision) {
        return;
    }
    setAutocast(on);
}

Batch Run::draw(std::int64_t step) const {
    const bool usePieces =
        m_whole.empty() || (m_plan.pieceEvery > 0 && !m_pieces.empty() && (step + 1) % m_plan.pieceEvery == 0);
    const auto& samples = usePieces ? m_pieces : m_whole;
    const BatchPlan& how = usePieces && m_plan.pieceEvery > 0 ? m_plan.pieceBatch : m_plan.batch;
    const auto channels = static_cast<std::int64_t>(m_plan.spec.inputs.size());
    std::vector<torch::Tensor> images;
    std::vector<torch::Tensor> targets;
    std::vector<torch::Tensor> masks;
    // Samples laid side by side become one image, which is one patient as far as its sequences go: what is dropped is
    // dropped for all of them.
    Augmentation augmentation = m_plan.augmentation;
    std::vector<int> dropped;
    if (how.tiles != std::array<int, 3>{1, 1, 1}) {
        Random shared(Random::key(m_plan.seed, static_cast<std::uint64_t>(step) + 1, 0xd1));
        dropped = drawDropped(augmentation, static_cast<int>(channels), shared);
        augmentation.dropOne = augmentation.dropTwo = 0.0;
    }
    for (int n = 0; n < how.size; ++n) {
        Random random(Random::key(m_plan.seed, static_cast<std::uint64_t>(step) + 1, static_cast<std::uint64_t>(n)));
        const std::size_t index = samples[random.below(samples.size())];
        const auto& sample = m_cache.samples[index];
        auto centre = drawCentre(sample, m_foreground[index], how.foregroundShare, how.patch, random);
        if (m_flat && sample.labels.depth == 1) {
            centre[0] = 0.0;
        }
        Donor donor;
        if (sample.wholeImage && m_whole.size() > 1 && random.chance(m_plan.augmentation.transplant)) {
            const std::size_t other = m_whole[random.below(m_whole.size())];
            donor.sample = &m_cache.samples[other];
            donor.centre = drawCentre(*donor.sample, m_foreground[other], 1.0, how.patch, random);
        }
        auto piece = drawPiece(sample, centre, how.patch, augmentation, random, donor);
        const auto shape = spatial(how.patch, m_flat);
        auto imageShape = shape;
        imageShape.insert(imageShape.begin(), channels);
        images.push_back(torch::from_blob(piece.image.data(), imageShape).clone());
        for (const int c : dropped) {
            images.back().select(0, c).zero_();
        }
        if (m_classify) {
            targets.push_back(classesOf(sample));
            masks.push_back(torch::ones({1}));
            continue;
        }
        auto targetShape = shape;
        targetShape.insert(targetShape.begin(), static_cast<std::int64_t>(m_plan.spec.outputs.size()));
        targets.push_back(targetOf(piece.labels, m_plan.spec).view(targetShape));
        auto maskShape = shape;
        maskShape.insert(maskShape.begin(), 1);
        masks.push_back(maskOf(piece.labels).view(maskShape));
    }
    Batch batch{torch::stack(images), torch::stack(targets), torch::stack(masks)};
    if (how.tiles != std::array<int, 3>{1, 1, 1}) {
        batch = {tiled(batch.image, how.tiles), tiled(batch.target, how.tiles), tiled(batch.mask, how.tiles)};
    }
    return {batch.image.to(m_device), batch.target.to(m_device), batch.mask.to(m_device)};
}

double Run::learningRate(std::int64_t step) const {
    double rate = m_plan.learningRate;
    if (m_plan.schedule == "polynomial") {
        rate *= std::pow(1.0 - static_cast<double>(step) / static_cast<double>(m_plan.steps), m_plan.schedulePower);
    } else if (m_plan.schedule == "plateau") {
        rate = std::max(rate * m_plateauScale, std::min(rate, m_plan.smallestLearningRate));
    }
    if (step < m_plan.warmUpSteps) {
        rate *= static_cast<double>(step + 1) / static_cast<double>(m_plan.warmUpSteps + 1);
    }
    return rate;
}

Result<void> Run::oneStep(std::int64_t step) {
    // Dropout is the only thing that draws from Torch's generator; seeding it here keeps a resumed run on the same
    // numbers.
    torch::manual_seed(Random::key(m_plan.seed, static_cast<std::uint64_t>(step) + 1, 0xd0) >> 1);
    m_network->train();
    const Batch batch = draw(step);
    autocast(true);
    auto outputs = m_network->forward(batch.image);
    autocast(false);
    torch::Tensor loss;
    auto target = batch.target;
    auto mask = batch.mask;
    double weightSum = 0.0;
    for (std::size_t level = 0; level < outputs.size(); ++level) {
        if (level > 0) {
            target = halved(target);
            mask = (halved(mask) > 0.999).to(torch::kFloat32);
        }
        const double weight = level < m_plan.deepSupervisionWeights.size() ? m_plan.deepSupervisionWeights[level] : 0.0;
        if (weight > 0.0) {
            auto part =
                lossOf(m_plan.losses, outputs[level].to(torch::kFloat32), target, mask, m_plan.spec.nested) * weight;
            loss = loss.defined() ? loss + part : part;
            weightSum += weight;
        }
    }
    loss = loss / weightSum;
    const double value = loss.item<double>();
    if (!std::isfinite(value)) {
        return fail(ErrorCode::InvalidInput, "learning.loss_diverged", {{"step", std::to_string(step)}});
    }
    loss.backward();
    m_optimiser->clip(m_plan.gradientClip);
    m_optimiser->update(learningRate(step), step + 1);
    m_optimiser->clearGradients();
    average();

    const auto logits = outputs.front().detach().to(torch::kFloat32);
    if (m_classify) {
        addScores(m_sums.classes, logits, batch.target);
    } else {
        const auto overlaps = overlapOf(logits, batch.target, batch.mask, m_plan.spec.nested);
        for (std::size_t o = 0; o < overlaps.size(); ++o) {
            if (overlaps[o].truth > 0.0) {
                m_sums.dice[o] += overlaps[o].dice();
                m_sums.diceCount[o] += 1.0;
            }
        }
    }
    const torch::NoGradGuard guard;
    LossPlan mse;
    mse.name = "mse";
    m_sums.mse += lossOf(mse, logits, batch.target, batch.mask, m_plan.spec.nested).item<double>();
    m_sums.loss += value;
    ++m_sums.steps;
    return {};
}

void Run::average() {
    const torch::NoGradGuard guard;
    // Young averages follow faster, or the first epochs would be validated on the random start.
    const double decay =
        std::min(m_plan.averageDecay, (1.0 + static_cast<double>(m_step)) / (10.0 + static_cast<double>(m_step)));
    auto averaged = stateOf(*m_averaged);
    for (const auto& [name, tensor] : stateOf(*m_network)) {
        auto& target = averaged.at(name);
        if (m_plan.averageDecay > 0.0) {
            target.mul_(decay).add_(tensor, 1.0 - decay);
        } else {
            target.copy_(tensor);
        }
    }
}

Result<TrainingPoint> Run::validate(const TaskContext& task) {
    if (m_classify) {
        return validateClasses(task);
    }
    const torch::NoGradGuard guard;
    m_averaged->eval();
    TrainingPoint point;
    const auto outputs = m_plan.spec.outputs.size();
    point.validationDice.assign(outputs, 0.0);
    double cases = 0.0;
    for (const std::size_t index : m_validation) {
        const auto& sample = m_cache.samples[index];
        const auto& image = sample.image;
        auto tensor = torch::from_blob(const_cast<float*>(image.values.data()),
                                       {image.channels, image.depth, image.height, image.width})
                          .to(m_device);
        const WindowOptions windows{m_plan.spec.patch, m_plan.spec.overlap, m_device.is_cuda() ? 8 : 2};
        const Predictor predictor = [&](const torch::Tensor& input) {
            holdWhilePaused(task);
            autocast(true);
            auto logits = m_averaged->forward(input).front();
            autocast(false);
            return logits;
        };
        torch::Tensor logits;
        if (m_flat) {
            std::vector<torch::Tensor> slices;
            for (int d = 0; d < image.depth; ++d) {
                auto slice = inferSlidingWindow(tensor.select(1, d), predictor, windows, task);
                if (!slice) {
                    return fail(std::move(slice.error()));
                }
                slices.push_back(std::move(*slice));
            }
            logits = torch::stack(slices, 1);
        } else {
            auto result = inferSlidingWindow(tensor, predictor, windows, task);
            if (!result) {
                return fail(std::move(result.error()));
            }
            logits = std::move(*result);
        }
        logits = logits.unsqueeze(0);
        const std::vector<std::int64_t> shape{1, -1, image.depth, image.height, image.width};
        const auto target = targetOf(sample.labels.values, m_plan.spec).view(shape).to(m_device);
        const auto mask = maskOf(sample.labels.values).view(shape).to(m_device);
        point.validationLoss += lossOf(m_plan.losses, logits, target, mask, m_plan.spec.nested).item<double>();
        const auto overlaps = overlapOf(logits, target, mask, m_plan.spec.nested);
        for (std::size_t o = 0; o < outputs; ++o) {
            point.validationDice[o] += overlaps[o].dice();
        }
        if (index == m_pictured) {
            takePicture(sample, logits, overlaps);
        }
        cases += 1.0;
    }
    if (cases > 0.0) {
        point.validationLoss /= cases;
        for (auto& dice : point.validationDice) {
            dice /= cases;
        }
    }
    return point;
}

void Run::takePicture(const CacheSample& sample, const torch::Tensor& logits, const std::vector<Overlap>& overlaps) {
    m_picture.reset();
    const int epoch = m_epoch + 1;
    const bool due =
        m_options.pictureEvery > 0 && (epoch == 1 || epoch % m_options.pictureEvery == 0 || m_step >= m_plan.steps);
    if (!due) {
        return;
    }
    const auto& image = sample.image;
    TrainingPicture picture;
    picture.fold = fold();
    picture.epoch = epoch;
    picture.name = sample.name;
    picture.width = image.width;
    picture.height = image.height;
    picture.pixelAspect = image.spacingMm[0] > 0.0 ? image.spacingMm[1] / image.spacingMm[0] : 1.0;
    picture.labels = m_plan.spec.labels;
    for (const auto& overlap : overlaps) {
        picture.dice.push_back(overlap.dice());
    }
    const auto area = static_cast<std::ptrdiff_t>(image.width) * image.height;
    std::ptrdiff_t most = -1;
    for (int d = 0; d < image.depth; ++d) {
        const auto from = sample.labels.values.begin() + d * area;
        const auto found = std::count_if(from, from + area, [](auto v) { return v != 0 && v != 255; });
        if (found > most || (found == most && found == 0 && d <= image.depth / 2)) {
            most = found;
            picture.slice = d;
        }
    }
    const auto* greys = image.values.data() + picture.slice * area;
    // Behind a skull-stripped brain stand zeros, which normalising leaves in the middle of the greys: drawn black, they
    // set the brain off.
    const bool stripped = m_plan.spec.normalisation.method == "zscore_nonzero";
    std::vector<float> sorted;
    std::copy_if(greys, greys + area, std::back_inserter(sorted), [&](float v) { return !stripped || v != 0.0F; });
    sorted.resize(std::max<std::size_t>(sorted.size(), 1));
    std::sort(sorted.begin(), sorted.end());
    const auto last = static_cast<double>(sorted.size() - 1);
    const float low = sorted[static_cast<std::size_t>(0.005 * last)];
    const float high = sorted[static_cast<std::size_t>(0.995 * last)];
    for (std::ptrdiff_t i = 0; i < area; ++i) {
        if (stripped && greys[i] == 0.0F) {
            picture.input.push_back(0);
            continue;
        }
        const float share = std::clamp((greys[i] - low) / std::max(high - low, 1e-6F), 0.0F, 1.0F);
        picture.input.push_back(static_cast<std::uint8_t>(std::lround(share * 255.0F)));
    }
    const auto& spec = m_plan.spec;
    const auto slice = logits.select(0, 0).select(1, picture.slice);
    picture.truth.assign(static_cast<std::size_t>(area), 0);
    picture.prediction.assign(static_cast<std::size_t>(area), 0);
    const auto winner = spec.nested ? torch::Tensor() : slice.argmax(0);
    for (std::size_t o = 0; o < spec.outputs.size(); ++o) {
        const auto& output = spec.outputs[o];
        const auto at = static_cast<std::int64_t>(o);
        paintOutput(picture.prediction, spec.nested ? slice.select(0, at) > 0 : winner == at, output.value);
        for (std::ptrdiff_t i = 0; i < area; ++i) {
            const int value = sample.labels.values[static_cast<std::size_t>(picture.slice * area + i)];
            if (std::find(output.sources.begin(), output.sources.end(), value) != output.sources.end()) {
                picture.truth[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(output.value);
            }
        }
    }
    m_picture = std::move(picture);
}

double Run::seconds() const {
    return m_secondsBefore + std::chrono::duration<double>(Clock::now() - m_started).count();
}

void Run::tellStep(double loss, bool paused) const {
    if (!m_options.stepSeen) {
        return;
    }
    TrainingStep told;
    told.fold = fold();
    told.step = m_step;
    told.steps = m_plan.steps;
    told.loss = loss;
    told.paused = paused;
    if (m_step > m_stepAtStart) {
        told.secondsPerStep = (seconds() - m_secondsAtStart) / static_cast<double>(m_step - m_stepAtStart);
        told.secondsLeft = told.secondsPerStep * static_cast<double>(m_plan.steps - m_step);
    }
    m_options.stepSeen(told);
}

void Run::holdWhilePaused(const TaskContext& task) {
    if (!m_options.control || !m_options.control->paused()) {
        return;
    }
    m_secondsBefore = seconds();
    m_started = Clock::now();
    m_held = saveCheckpoint("last.checkpoint");
    tellStep(m_sums.steps > 0 ? m_sums.loss / static_cast<double>(m_sums.steps) : 0.0, true);
    m_options.control->waitWhilePaused(task.stopToken());
    m_started = Clock::now();
}

Result<void> Run::keepBest(const TaskContext& task) {
    std::error_code code;
    if (m_options.bundle.empty() ||
        (m_bestEpoch > 0 && std::filesystem::exists(m_options.bundle / "bundle.json", code))) {
        return {};
    }
    // No bundle yet: the run ended within its first epoch, or it was resumed with another folder for the bundle.
    if (m_bestEpoch > 0) {
        const auto path = m_options.runFolder / "best.checkpoint";
        auto file = readTensors(path);
        if (!file) {
            return fail(std::move(file.error()));
        }
        std::map<std::string, torch::Tensor> averaged;
        const std::string prefix = "averaged.";
        for (const auto& [name, tensor] : file->tensors) {
            if (name.compare(0, prefix.size(), prefix) == 0) {
                averaged[name.substr(prefix.size())] = tensor;
            }
        }
        if (auto loaded = loadState(*m_averaged, averaged, path); !loaded) {
            return loaded;
        }
    }
    auto point = validate(TaskContext(task.stopToken(), {}));
    if (!point) {
        return fail(std::move(point.error()));
    }
    return saveBundle(*point);
}

Result<TrainingPoint> Run::validateClasses(const TaskContext& task) {
    const torch::NoGradGuard guard;
    m_averaged->eval();
    TrainingPoint point;
    point.score = scoreName();
    ClassScores scores(m_plan.spec.outputs.size());
    constexpr std::size_t kBatch = 8;
    for (std::size_t first = 0; first < m_validation.size(); first += kBatch) {
        if (task.cancelled()) {
            return failCancelled();
        }
        const std::size_t last = std::min(m_validation.size(), first + kBatch);
        std::vector<torch::Tensor> images;
        std::vector<torch::Tensor> targets;
        for (std::size_t n = first; n < last; ++n) {
            const auto& sample = m_cache.samples[m_validation[n]];
            const auto& image = sample.image;
            images.push_back(
                torch::from_blob(const_cast<float*>(image.values.data()), {image.channels, image.height, image.width}));
            targets.push_back(classesOf(sample));
        }
        const auto target = torch::stack(targets);
        autocast(true);
        auto logits = m_averaged->forward(torch::stack(images).to(m_device)).front();
        autocast(false);
        logits = logits.to(torch::kCPU, torch::kFloat32);
        point.validationLoss += lossOf(m_plan.losses, logits, target, {}, m_plan.spec.nested).item<double>() *
                                static_cast<double>(last - first) / static_cast<double>(m_validation.size());
        addScores(scores, logits, target);
    }
    point.validationClasses = classMetrics(scores, m_plan.spec.outputs, 0);
    for (const auto& metrics : point.validationClasses) {
        point.validationDice.push_back(metrics.area.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return point;
}

Result<void> Run::saveCheckpoint(const char* name) {
    TensorFile file;
    const auto add = [&](const std::string& prefix, const std::map<std::string, torch::Tensor>& state) {
        for (const auto& [key, tensor] : state) {
            file.tensors[prefix + key] = tensor;
        }
    };
    add("network.", stateOf(*m_network));
    add("averaged.", stateOf(*m_averaged));
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
    file.about = {{"schema_version", 1},  {"plan", m_plan.name},      {"step", m_step},
                  {"epoch", m_epoch},     {"steps", m_plan.steps},    {"best_epoch", m_bestEpoch},
                  {"plateau", m_plateau}, {"sum_steps", m_sums.steps}};
    return writeTensors(m_options.runFolder / name, file);
}

Result<void> Run::restore() {
    const auto path = m_options.runFolder / "last.checkpoint";
    auto file = readTensors(path);
    if (!file) {
        return fail(std::move(file.error()));
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
    if (auto loaded = loadState(*m_network, network, path); !loaded) {
        return loaded;
    }
    if (auto loaded = loadState(*m_averaged, averaged, path); !loaded) {
        return loaded;
    }
    const auto numbers = file->tensors.find("numbers");
    const auto dice = file->tensors.find("dice");
    const auto count = file->tensors.find("dice_count");
    const auto outputs = static_cast<std::int64_t>(m_plan.spec.outputs.size());
    if (!m_optimiser->restore(optimiser) || numbers == file->tensors.end() || numbers->second.numel() != 5 ||
        dice == file->tensors.end() || dice->second.numel() != outputs || count == file->tensors.end() ||
        count->second.numel() != outputs) {
        return fail(ErrorCode::ShapeMismatch, "learning.checkpoint_other_plan", {{"file", path.string()}});
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
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::Unreadable, "learning.weights_unreadable", {{"file", path.string()}}, error.what());
    }
    return {};
}

Result<void> Run::saveBundle(const TrainingPoint& point) {
    std::error_code code;
    std::filesystem::create_directories(m_options.bundle, code);
    BundleFile file;
    file.bundle.folder = m_options.bundle;
    file.bundle.name = m_plan.name;
    file.bundle.version = m_plan.version;
    file.bundle.intendedUse = m_plan.intendedUse;
    file.bundle.trainingData = m_plan.trainingData;
    file.bundle.licence = m_plan.licence;
    file.spec = m_plan.spec;
    // The extra heads serve training alone.
    if (file.spec.options.contains("deep_supervision")) {
        file.spec.options["deep_supervision"] = false;
    }
    file.weightsFile = "weights.safetensors";
    TensorFile weights;
    const auto shipped = makeNetwork(file.spec);
    const auto wanted = stateOf(*shipped);
    for (const auto& [name, tensor] : stateOf(*m_averaged)) {
        if (wanted.count(name) > 0) {
            weights.tensors[name] = tensor.to(torch::kCPU).to(torch::kFloat16);
            file.parameters += tensor.numel();
        }
    }
    if (auto written = writeTensors(m_options.bundle / file.weightsFile, weights); !written) {
        return written;
    }
    auto hash = sha256OfFile(m_options.bundle / file.weightsFile);
    if (!hash) {
        return fail(std::move(hash.error()));
    }
    file.bundle.weightsSha256 = *hash;
    file.costMachine = "not measured";
    if (!m_validation.empty()) {
        json values;
        for (std::size_t o = 0; o < m_plan.spec.outputs.size(); ++o) {
            if (std::isfinite(point.validationDice[o])) {
                values[point.score + "_" + m_plan.spec.outputs[o].name] =
                    std::round(point.validationDice[o] * 1e4) / 1e4;
            }
        }
        file.metrics.push_back(json{{"on", m_heldOut ? "cases held out of the training run, network grid"
                                                     : "the training cases themselves, network grid"},
                                    {"cases", m_validation.size()},
                                    {"values", values}});
    }
    return writeBundleFile(file);
}

Result<void> Run::writeRunFiles() {
    const auto put = [&](const char* name, const std::string& text) -> Result<void> {
        std::ofstream stream(m_options.runFolder / name, std::ios::trunc);
        stream << text;
        stream.close();
        if (!stream) {
            return fail(ErrorCode::Unreadable, "learning.file_not_written",
                        {{"file", (m_options.runFolder / name).string()}});
        }
        return {};
    };
    json splits;
    for (const auto& [name, samples] : {std::pair{"train_whole", &m_whole}, std::pair{"train_pieces", &m_pieces},
                                        std::pair{"validation", &m_validation}}) {
        splits[name] = json::array();
        for (const std::size_t index : *samples) {
            splits[name].push_back(m_cache.samples[index].name);
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

Result<TrainingSummary> Run::train(const TrainingObserver& observer, const TaskContext& task) {
    if (auto done = split(); !done) {
        return fail(std::move(done.error()));
    }
    if (auto done = build(); !done) {
        return fail(std::move(done.error()));
    }
    if (m_options.resume) {
        if (auto done = restore(); !done) {
            return fail(std::move(done.error()));
        }
    }
    if (auto done = writeRunFiles(); !done) {
        return fail(std::move(done.error()));
    }
    TrainingSummary summary;
    for (const auto& output : m_plan.spec.outputs) {
        summary.outputs.push_back(output.name);
    }
    summary.parameters = parameterCount(*m_network);
    summary.baseline = baseline();
    m_started = Clock::now();
    m_secondsAtStart = m_secondsBefore;
    m_stepAtStart = m_step;
    if (m_options.resume) {
        if (auto before = readTrainingPoints(m_options.runFolder / "metrics.csv")) {
            m_all = std::move(*before);
        }
    }
    const auto interrupted = [&]() -> Result<TrainingSummary> {
        m_secondsBefore = seconds();
        if (auto saved = saveCheckpoint("last.checkpoint"); !saved) {
            return fail(std::move(saved.error()));
        }
        return failCancelled();
    };
    // An epoch whose steps are done and whose validation is not: also after a cancel that fell into the validation.
    const auto validationDue = [&] {
        return m_sums.steps > 0 && (m_step % m_plan.stepsPerEpoch == 0 || m_step >= m_plan.steps);
    };
    while (m_step < m_plan.steps || validationDue()) {
        holdWhilePaused(task);
        if (!m_held) {
            return fail(m_held.error());
        }
        if (task.cancelled()) {
            return interrupted();
        }
        if (m_options.control && m_options.control->stopping()) {
            m_secondsBefore = seconds();
            m_started = Clock::now();
            if (auto saved = saveCheckpoint("last.checkpoint"); !saved) {
                return fail(std::move(saved.error()));
            }
            summary.stopped = true;
            break;
        }
        if (!validationDue()) {
            const double lossBefore = m_sums.loss;
            if (auto stepped = oneStep(m_step); !stepped) {
                return fail(std::move(stepped.error()));
            }
            ++m_step;
            task.report(static_cast<double>(m_step) / static_cast<double>(m_plan.steps), "stage.training");
            tellStep(m_sums.loss - lossBefore, false);
            continue;
        }

        // Cancelled while validating: the checkpoint is that of the state before it, so that a resumed run validates
        // this epoch again.
        task.report(static_cast<double>(m_step) / static_cast<double>(m_plan.steps), "stage.validating");
        TaskContext silent(task.stopToken(), {});
        auto validated = validate(silent);
        if (!validated) {
            if (validated.error().code == ErrorCode::Cancelled) {
                return interrupted();
            }
            return fail(std::move(validated.error()));
        }
        TrainingPoint point = std::move(*validated);
        point.fold = fold();
        point.epoch = ++m_epoch;
        point.step = m_step;
        point.steps = m_plan.steps;
        point.learningRate = learningRate(m_step - 1);
        const double steps = static_cast<double>(std::max<std::int64_t>(1, m_sums.steps));
        point.trainLoss = m_sums.loss / steps;
        point.trainMse = m_sums.mse / steps;
        double mean = 0.0;
        const auto drawn =
            m_classify ? classMetrics(m_sums.classes, m_plan.spec.outputs, 0) : std::vector<ClassMetrics>();
        double known = 0.0;
        for (std::size_t o = 0; o < drawn.size(); ++o) {
            point.trainDice.push_back(drawn[o].area.value_or(std::numeric_limits<double>::quiet_NaN()));
            const double score = m_validation.empty() ? point.trainDice[o] : point.validationDice[o];
            // An output of one class only has no area and no say.
            mean += std::isfinite(score) ? score : 0.0;
            known += std::isfinite(score) ? 1.0 : 0.0;
        }
        mean /= std::max(1.0, known);
        for (std::size_t o = 0; o < m_sums.dice.size() && !m_classify; ++o) {
            point.trainDice.push_back(m_sums.diceCount[o] > 0.0 ? m_sums.dice[o] / m_sums.diceCount[o]
                                                                : std::numeric_limits<double>::quiet_NaN());
            // With nothing held out, the training Dice decides.
            mean += (m_validation.empty() ? (m_sums.diceCount[o] > 0.0 ? point.trainDice[o] : 0.0)
                                          : point.validationDice[o]) /
                    static_cast<double>(m_sums.dice.size());
        }
        m_sums = EpochSums{0.0,
                           0.0,
                           0,
                           std::vector<double>(m_sums.dice.size(), 0.0),
                           std::vector<double>(m_sums.dice.size(), 0.0),
                           ClassScores(m_sums.dice.size())};
        point.best = mean > m_best;
        if (point.best) {
            m_best = mean;
            m_bestEpoch = m_epoch;
            m_plateau = 0;
        } else if (++m_plateau >= m_plan.plateauPatience && m_plan.schedule == "plateau") {
            m_plateauScale *= m_plan.plateauFactor;
            m_plateau = 0;
        }
        const double total = seconds();
        m_secondsBefore = total;
        m_started = Clock::now();
        point.seconds = total;
        if (auto saved = saveCheckpoint("last.checkpoint"); !saved) {
            return fail(std::move(saved.error()));
        }
        if (auto saved = appendMetrics(point); !saved) {
            return fail(std::move(saved.error()));
        }
        if (point.best) {
            if (auto saved = saveCheckpoint("best.checkpoint"); !saved) {
                return fail(std::move(saved.error()));
            }
            if (!m_options.bundle.empty()) {
                if (auto saved = saveBundle(point); !saved) {
                    return fail(std::move(saved.error()));
                }
            }
        }
        m_all.push_back(point);
        if (!m_validation.empty() && m_heldOut) {
            point.remark = whenValidationTurned(m_all);
        }
        if (m_picture) {
            if (auto saved = writePicture(*m_picture, m_options.runFolder / "samples"); !saved) {
                return fail(std::move(saved.error()));
            }
            if (m_options.pictureSeen) {
                m_options.pictureSeen(*m_picture);
            }
            m_picture.reset();
        }
        summary.points.push_back(point);
        if (observer) {
            observer(point);
        }
        if (m_plan.earlyStopping > 0 && m_epoch - m_bestEpoch >= m_plan.earlyStopping) {
            summary.stoppedEarly = true;
            break;
        }
    }
    if (auto kept = keepBest(task); !kept) {
        return fail(std::move(kept.error()));
    }
    summary.score = scoreName();
    summary.bestDice = m_best;
    summary.bestEpoch = m_bestEpoch;
    summary.step = m_step;
    return summary;
}

} // namespace

Result<TrainingSummary> train(const TrainingOptions& options, const TrainingObserver& observer,
                              const TaskContext& task) {
    auto plan = readPlan(options.plan);
    if (!plan) {
        return fail(std::move(plan.error()));
    }
    plan->steps = options.steps.value_or(plan->steps);
    plan->seed = options.seed.value_or(plan->seed);
    plan->learningRate = options.learningRate.value_or(plan->learningRate);
    auto cache = readCache(options.cache, plan->spec);
    if (!cache) {
        return fail(std::move(cache.error()));
    }
    std::error_code code;
    std::filesystem::create_directories(options.runFolder, code);
    if (code) {
        return fail(ErrorCode::Unreadable, "learning.file_not_written", {{"file", options.runFolder.string()}},
                    code.message());
    }
    const auto planFile = options.plan.string();
    try {
        const auto device = chooseDevice(options.device);
        if (!device) {
            return fail(device.error());
        }
        return Run(std::move(*plan), std::move(*cache), options, *device).train(observer, task);
    } catch (const FieldError& error) {
        return fail(ErrorCode::Unreadable, "learning.json_field",
                    {{"file", planFile}, {"field", error.field}, {"problem", error.what()}});
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "learning.out_of_memory");
    } catch (const c10::Error& error) {
        return failFromTorch(error);
    }
}

} // namespace sulcus::learning
