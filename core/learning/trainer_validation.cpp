// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/device.h"
#include "core/learning/nn/losses.h"
#include "core/learning/nn/windows.h"
#include "core/learning/trainer_run.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace sulcus::learning::training {

namespace {

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

} // namespace

Result<TrainingPoint> Run::validate(const TaskContext& task) {
    // Nothing is lost by waiting in the middle of a validation, whereas beginning again would cost all of it.
    InterruptionScope scope([&] {
        holdWhilePaused(task);
        return task.cancelled() || stopping();
    });
    try {
        return m_classify ? validateClasses() : validateCases(task);
    } catch (const Interrupted&) {
        return failCancelled();
    }
}

Result<TrainingPoint> Run::validateCases(const TaskContext& task) {
    const torch::NoGradGuard guard;
    m_averaged->eval();
    TrainingPoint point;
    const auto outputs = m_plan.spec.outputs.size();
    point.validationDice.assign(outputs, 0.0);
    double cases = 0.0;
    for (const std::size_t index : m_validation) {
        pollInterruption();
        const auto& sample = m_cache.samples[index];
        const auto& image = sample.image;
        auto tensor = torch::from_blob(const_cast<float*>(image.values.data()),
                                       {image.channels, image.depth, image.height, image.width})
                          .to(m_device);
        const WindowOptions windows{m_plan.spec.patch, m_plan.spec.overlap, m_device.is_cuda() ? 8 : 2};
        const Predictor predictor = [&](const torch::Tensor& input, const TaskContext&) {
            const AutocastScope mixed(mixedPrecision(), m_device);
            return m_averaged->forward(input).front();
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

Result<TrainingPoint> Run::validateClasses() {
    const torch::NoGradGuard guard;
    m_averaged->eval();
    TrainingPoint point;
    point.score = scoreName();
    ClassScores scores(m_plan.spec.outputs.size());
    constexpr std::size_t kBatch = 8;
    for (std::size_t first = 0; first < m_validation.size(); first += kBatch) {
        pollInterruption();
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
        torch::Tensor logits;
        {
            const AutocastScope mixed(mixedPrecision(), m_device);
            logits = m_averaged->forward(torch::stack(images).to(m_device)).front();
        }
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

} // namespace sulcus::learning::training
