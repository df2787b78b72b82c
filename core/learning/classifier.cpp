// SPDX-License-Identifier: Apache-2.0
#include "core/learning/classifier.h"

#include "core/learning/nn/bundle_network.h"
#include "core/learning/nn/device.h"
#include "core/learning/view_images.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace sulcus::learning {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// A Gaussian blur along both axes of [N, 1, H, W]; zeros outside.
torch::Tensor blurred(const torch::Tensor& pictures, double deviation) {
    const auto reach = static_cast<std::int64_t>(std::ceil(3.0 * deviation));
    const auto at = torch::arange(-reach, reach + 1, pictures.options());
    auto line = torch::exp(-at * at / (2.0 * deviation * deviation));
    line = line / line.sum();
    const std::vector<std::int64_t> one{1, 1};
    const auto down = torch::conv2d(pictures, line.view({1, 1, -1, 1}), {}, one, std::vector<std::int64_t>{reach, 0});
    return torch::conv2d(down, line.view({1, 1, 1, -1}), {}, one, std::vector<std::int64_t>{0, reach});
}

/// Where one logit comes from, from its gradient with respect to the views [1, views, H, W]: [views, H, W], not
/// negative, 1 at its largest; all zeros where nothing speaks for it.
///
/// Taken at the input and not at the last feature maps: a strided network answers a spot wherever its last
/// convolution learned to, which in the shipped one is a whole cell of the coarse grid (4.6 mm) up and to one side.
torch::Tensor heatOf(const torch::Tensor& gradient, const torch::Tensor& views) {
    const torch::NoGradGuard guard;
    const auto pictures = views.detach()[0].unsqueeze(1);
    const auto side = static_cast<double>(std::min(pictures.size(2), pictures.size(3)));
    // What a pixel adds is what sets it off from its surroundings, a third of the picture wide: the plain grey of the
    // background is no evidence.
    const auto reach = std::max<std::int64_t>(1, std::llround(side / 6.0));
    const auto around = torch::avg_pool2d(pictures, 2 * reach + 1, 1, reach, false, false);
    auto heat = torch::relu(gradient[0].unsqueeze(1) * (pictures - around));
    // Single pixels become a spot that can be seen.
    heat = blurred(heat, 0.026 * side).squeeze(1);
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
    const bool heat = options.heatMaps && options.heatOutput < loaded.file.spec.outputs.size();
    const torch::AutoGradMode gradients(heat);
    auto input = torch::from_blob(prepared->values.data(), {1, prepared->channels, prepared->height, prepared->width});
    input.requires_grad_(heat);
    const auto logits = loaded.forward(input);
    const auto p = (loaded.file.spec.nested ? torch::sigmoid(logits.detach()) : torch::softmax(logits.detach(), 1))
                       .to(torch::kCPU, torch::kFloat64)
                       .contiguous();
    if (p.numel() != static_cast<std::int64_t>(loaded.file.spec.outputs.size())) {
        return fail(ErrorCode::ShapeMismatch, "learning.output_count", {{"bundle", loaded.file.bundle.name}});
    }
    if (!isFinite(p)) {
        return failNotFinite(loaded.file.bundle.name);
    }
    result.probabilities.assign(p.data_ptr<double>(), p.data_ptr<double>() + p.numel());
    // A person's own archive may have been exported without gradients.
    if (heat && logits.requires_grad()) {
        task.report(0.6, "stage.network");
        const auto gradient =
            torch::autograd::grad({logits[0][static_cast<std::int64_t>(options.heatOutput)]}, {input}).front();
        const auto maps = heatOf(gradient, input);
        for (std::size_t v = 0; v < views.size(); ++v) {
            result.heatMaps.push_back(toView(maps[static_cast<std::int64_t>(v)], views[v]));
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
