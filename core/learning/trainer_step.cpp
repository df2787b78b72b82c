// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/backward_polls.h"
#include "core/learning/nn/device.h"
#include "core/learning/nn/losses.h"
#include "core/learning/nn/tensor_file.h"
#include "core/learning/random.h"
#include "core/learning/trainer_run.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace sulcus::learning::training {

namespace {

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

torch::Tensor halved(const torch::Tensor& tensor) {
    return tensor.dim() == 5 ? torch::avg_pool3d(tensor, 2) : torch::avg_pool2d(tensor, 2);
}

} // namespace

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
        pollInterruption();
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

Result<void> Run::oneStep(std::int64_t step, const TaskContext& task) {
    // Batch normalisation moves its running statistics in the forward pass; weights, optimiser, averages and sums
    // change only after the last poll.
    std::vector<std::pair<torch::Tensor, torch::Tensor>> buffers;
    for (const auto& buffer : m_network->buffers()) {
        buffers.emplace_back(buffer, buffer.clone());
    }
    InterruptionScope scope([&] { return task.cancelled() || stopping() || paused(); });
    try {
        return learn(step, scope);
    } catch (const std::exception&) {
        if (!scope.happened()) {
            throw;
        }
    }
    const torch::NoGradGuard guard;
    for (auto& [buffer, before] : buffers) {
        buffer.copy_(before);
    }
    m_optimiser->clearGradients();
    return failCancelled();
}

Result<void> Run::learn(std::int64_t step, InterruptionScope& scope) {
    // Dropout is the only thing that draws from Torch's generator; seeding it here keeps a resumed run on the same
    // numbers.
    torch::manual_seed(Random::key(m_plan.seed, static_cast<std::uint64_t>(step) + 1, 0xd0) >> 1);
    m_network->train();
    const Batch batch = draw(step);
    std::vector<torch::Tensor> outputs;
    {
        const AutocastScope mixed(mixedPrecision(), m_device);
        outputs = m_network->forward(batch.image);
    }
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
    // What is told of the step is found before it is taken: nothing after the update may ask whether to go on.
    const auto logits = outputs.front().detach().to(torch::kFloat32);
    const auto overlaps =
        m_classify ? std::vector<Overlap>() : overlapOf(logits, batch.target, batch.mask, m_plan.spec.nested);
    LossPlan squares;
    squares.name = "mse";
    const double mse = lossOf(squares, logits, batch.target, batch.mask, m_plan.spec.nested).item<double>();
    pollInBackward(loss, scope);
    loss.backward();
    scope.poll();
    m_optimiser->clip(m_plan.gradientClip);
    m_optimiser->update(learningRate(step), step + 1);
    m_optimiser->clearGradients();
    average();

    if (m_classify) {
        addScores(m_sums.classes, logits, batch.target);
    }
    for (std::size_t o = 0; o < overlaps.size(); ++o) {
        if (overlaps[o].truth > 0.0) {
            m_sums.dice[o] += overlaps[o].dice();
            m_sums.diceCount[o] += 1.0;
        }
    }
    m_sums.mse += mse;
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

} // namespace sulcus::learning::training
