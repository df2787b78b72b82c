// SPDX-License-Identifier: Apache-2.0
#include "core/learning/trainer_run.h"

#include <torch/torch.h>

namespace sulcus::learning::training {

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

} // namespace sulcus::learning::training
