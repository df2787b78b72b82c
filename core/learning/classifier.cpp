// SPDX-License-Identifier: Apache-2.0
#include "core/learning/classifier.h"

#include "core/learning/nn/bundle_network.h"
#include "core/learning/nn/device.h"
#include "core/learning/view_images.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>

namespace sulcus::learning {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Where one logit comes from: [views or 1, h, w], not negative, 1 at its largest. All zeros where nothing speaks for
/// it. Each position's own gradient weighs it: the mean gradient of a whole map, as in the first Grad-CAM, says nothing
/// of a network that pools by maximum, whose gradient lies at a few positions.
torch::Tensor heatOf(const torch::Tensor& logit, const torch::Tensor& features) {
    logit.backward();
    const torch::NoGradGuard guard;
    auto heat = torch::relu((features.grad() * features.detach()).sum(1, true));
    // Evidence of one position becomes a spot that can be seen.
    const auto line = torch::tensor({1.0, 2.0, 1.0}, heat.options()) / 4.0;
    heat = torch::conv2d(heat, line.view({1, 1, 3, 1}) * line.view({1, 1, 1, 3}), {}, 1, 1).squeeze(1);
    return heat / heat.max().clamp_min(1e-12);
}

Field toView(const torch::Tensor& heat, const Field& view) {
    const auto values = heat.to(torch::kCPU, torch::kFloat32).contiguous();
    Field small{1, 1, static_cast<int>(values.size(0)), static_cast<int>(values.size(1)), {1.0, 1.0, 1.0}, {}};
    small.values.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    Field full = resizedCubic(small, view.height, view.width);
    full.spacingMm = view.spacingMm;
    // Cubic interpolation overshoots a little.
    for (auto& value : full.values) {
        value = std::clamp(value, 0.0F, 1.0F);
    }
    return full;
}

} // namespace

struct Classifier::Impl {
    BundleNetwork loaded;

    Result<Classification> run(const std::string& name, const std::vector<Field>& views,
                               const ClassificationOptions& options, const TaskContext& task);
};

Result<Classification> Classifier::Impl::run(const std::string& name, const std::vector<Field>& views,
                                             const ClassificationOptions& options, const TaskContext& task) {
    if (task.cancelled()) {
        return failCancelled();
    }
    Classification result;
    result.device = loaded.device.is_cuda() ? "cuda:0" : "cpu";
    auto started = Clock::now();
    task.report(0.0, "stage.preparing");
    auto prepared = prepareViews(name, views, loaded.file.spec);
    if (!prepared) {
        return fail(std::move(prepared.error()));
    }
    result.secondsPreprocess = secondsSince(started);
    if (task.cancelled()) {
        return failCancelled();
    }
    task.report(0.3, "stage.network");
    started = Clock::now();
    const bool heat = options.heatMaps && loaded.network && options.heatOutput < loaded.file.spec.outputs.size();
    const torch::AutoGradMode gradients(heat);
    const auto input =
        torch::from_blob(prepared->values.data(), {1, prepared->channels, prepared->height, prepared->width});
    const auto logits = loaded.forward(input);
    const auto p = (loaded.file.spec.nested ? torch::sigmoid(logits.detach()) : torch::softmax(logits.detach(), 1))
                       .to(torch::kCPU, torch::kFloat64)
                       .contiguous();
    if (p.numel() != static_cast<std::int64_t>(loaded.file.spec.outputs.size())) {
        return fail(ErrorCode::ShapeMismatch, "learning.output_count", {{"bundle", loaded.file.bundle.name}});
    }
    result.probabilities.assign(p.data_ptr<double>(), p.data_ptr<double>() + p.numel());
    if (heat && loaded.network->features().defined()) {
        task.report(0.6, "stage.network");
        const auto maps = heatOf(logits[0][static_cast<std::int64_t>(options.heatOutput)], loaded.network->features());
        loaded.network->zero_grad();
        result.heatPerView = maps.size(0) == static_cast<std::int64_t>(views.size());
        for (std::size_t v = 0; v < views.size(); ++v) {
            result.heatMaps.push_back(
                toView(maps[result.heatPerView ? static_cast<std::int64_t>(v) : std::int64_t{0}], views[v]));
        }
    }
    result.secondsNetwork = secondsSince(started);
    result.peakMb = peakResidentMb();
    task.report(1.0);
    return result;
}

Classifier::Classifier(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Classifier::Classifier(Classifier&&) noexcept = default;
Classifier& Classifier::operator=(Classifier&&) noexcept = default;
Classifier::~Classifier() = default;

const Bundle& Classifier::bundle() const { return m_impl->loaded.file.bundle; }

Result<Classifier> Classifier::load(const std::filesystem::path& bundleFolder, Device device) {
    auto loaded = loadBundleNetwork(bundleFolder, device);
    if (!loaded) {
        return fail(std::move(loaded.error()));
    }
    if (loaded->file.spec.task != "classification") {
        return fail(ErrorCode::Unsupported, "learning.not_a_classification", {{"bundle", loaded->file.bundle.name}});
    }
    auto impl = std::make_unique<Impl>();
    impl->loaded = std::move(*loaded);
    return Classifier(std::move(impl));
}

Result<Classification> Classifier::run(const std::string& name, const std::vector<Field>& views,
                                       const ClassificationOptions& options, const TaskContext& task) {
    try {
        return m_impl->run(name, views, options, task);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "learning.out_of_memory");
    } catch (const c10::Error& error) {
        return failFromTorch(error);
    }
}

} // namespace sulcus::learning
