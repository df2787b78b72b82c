// SPDX-License-Identifier: Apache-2.0
#include "core/learning/segmenter.h"

#include "core/learning/bundle_file.h"
#include "core/learning/components.h"
#include "core/learning/input_checks.h"
#include "core/learning/nn/device.h"
#include "core/learning/nn/network.h"
#include "core/learning/nn/tensor_file.h"
#include "core/learning/nn/windows.h"
#include "core/learning/preprocess.h"

#include <torch/script.h>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

namespace sulcus::learning {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// A slice brought to the network's size: the longer side fits, the rest is padding at the end of the shorter one.
struct SliceFit {
    int height = 0;
    int width = 0;
    double ratio = 1.0; ///< source voxels per network voxel
};

SliceFit fitSlice(int height, int width, const std::vector<int>& patch) {
    SliceFit fit;
    fit.ratio = std::max(static_cast<double>(height) / patch[0], static_cast<double>(width) / patch[1]);
    fit.height = std::clamp(static_cast<int>(std::lround(height / fit.ratio)), 1, patch[0]);
    fit.width = std::clamp(static_cast<int>(std::lround(width / fit.ratio)), 1, patch[1]);
    return fit;
}

} // namespace

struct Segmenter::Impl {
    BundleFile file;
    torch::Device device = torch::kCPU;
    std::shared_ptr<Network> network;
    std::optional<torch::jit::Module> script;

    torch::Tensor forward(const torch::Tensor& input) {
        const torch::Tensor moved = input.to(device);
        if (script) {
            return script->forward({moved}).toTensor();
        }
        return network->forward(moved).front();
    }

    /// The mean of the logits over mirror images, each mirrored back.
    torch::Tensor forwardMirrored(const torch::Tensor& input, bool mirrored) {
        if (!mirrored) {
            return forward(input);
        }
        const std::int64_t axes = input.dim() - 2;
        torch::Tensor sum;
        for (std::int64_t pattern = 0; pattern < (std::int64_t{1} << axes); ++pattern) {
            std::vector<std::int64_t> flips;
            for (std::int64_t axis = 0; axis < axes; ++axis) {
                if ((pattern >> axis) & 1) {
                    flips.push_back(2 + axis);
                }
            }
            auto logits = forward(flips.empty() ? input : input.flip(flips));
            logits = flips.empty() ? logits : logits.flip(flips);
            sum = sum.defined() ? sum + logits : logits;
        }
        return sum / static_cast<double>(std::int64_t{1} << axes);
    }

    /// Logits on the cropped grid at the input's spacing.
    Result<Field> logits3d(PreparedImage& prepared, bool mirrored, const TaskContext& task);
    Result<Field> logits2d(PreparedImage& prepared, bool mirrored, const TaskContext& task);
    Result<Segmentation> run(const Field& image, std::vector<bool> present, const SegmentationOptions& options,
                             const TaskContext& task);
};

namespace {

Field toField(const torch::Tensor& logits, const std::array<double, 3>& spacingMm) {
    const auto values = logits.to(torch::kCPU).to(torch::kFloat32).contiguous();
    Field field{static_cast<int>(values.size(0)),
                static_cast<int>(values.size(1)),
                static_cast<int>(values.size(2)),
                static_cast<int>(values.size(3)),
                spacingMm,
                {}};
    field.values.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    return field;
}

} // namespace

Result<Field> Segmenter::Impl::logits3d(PreparedImage& prepared, bool mirrored, const TaskContext& task) {
    auto& image = prepared.image;
    const auto tensor =
        torch::from_blob(image.values.data(), {image.channels, image.depth, image.height, image.width}).to(device);
    const WindowOptions windows{file.spec.patch, file.spec.overlap, 2};
    const Predictor predictor = [&](const torch::Tensor& batch) { return forwardMirrored(batch, mirrored); };
    auto logits = inferSlidingWindow(tensor, predictor, windows, task);
    if (!logits) {
        return fail(std::move(logits.error()));
    }
    Field field = toField(*logits, image.spacingMm);
    const auto& grid = prepared.croppedGrid;
    return resampledTo(field, grid.spacingMm, grid.depth, grid.height, grid.width);
}

Result<Field> Segmenter::Impl::logits2d(PreparedImage& prepared, bool mirrored, const TaskContext& task) {
    const auto& image = prepared.image;
    const auto outputs = static_cast<int>(file.spec.outputs.size());
    Field result{outputs, image.depth, image.height, image.width, image.spacingMm, {}};
    const std::size_t plane = static_cast<std::size_t>(image.height) * static_cast<std::size_t>(image.width);
    const std::size_t count = image.voxelsPerChannel();
    result.values.resize(static_cast<std::size_t>(outputs) * count);
    const auto& patch = file.spec.patch;
    const SliceFit fit = fitSlice(image.height, image.width, patch);
    // Unit spacing in the slice, so that the resampling runs on voxel counts.
    const std::array<double, 3> small{fit.ratio, fit.ratio, 1.0};
    constexpr int kBatch = 4;
    for (int first = 0; first < image.depth; first += kBatch) {
        if (task.cancelled()) {
            return failCancelled();
        }
        task.report(static_cast<double>(first) / image.depth);
        const int last = std::min(image.depth, first + kBatch);
        auto batch = torch::zeros({last - first, image.channels, patch[0], patch[1]});
        for (int d = first; d < last; ++d) {
            Field slice{image.channels, 1, image.height, image.width, {1.0, 1.0, 1.0}, {}};
            for (int c = 0; c < image.channels; ++c) {
                const auto from =
                    image.values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(c) * count +
                                                                       static_cast<std::size_t>(d) * plane);
                slice.values.insert(slice.values.end(), from, from + static_cast<std::ptrdiff_t>(plane));
            }
            const auto& method = file.spec.normalisation.method;
            if (method == "minmax" || method == "zscore" || method == "zscore_nonzero") {
                normalise(slice, file.spec.normalisation, {});
            }
            Field reduced = resampledTo(slice, small, 1, fit.height, fit.width);
            batch[d - first]
                .narrow(1, 0, fit.height)
                .narrow(2, 0, fit.width)
                .copy_(torch::from_blob(reduced.values.data(), {image.channels, fit.height, fit.width}));
        }
        const auto logits = forwardMirrored(batch, mirrored).to(torch::kCPU).to(torch::kFloat32);
        for (int d = first; d < last; ++d) {
            const auto part = logits[d - first].narrow(1, 0, fit.height).narrow(2, 0, fit.width).unsqueeze(1);
            const Field back = resampledTo(toField(part, small), {1.0, 1.0, 1.0}, 1, image.height, image.width);
            for (int o = 0; o < outputs; ++o) {
                std::copy_n(back.values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(o) * plane),
                            plane,
                            result.values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(o) * count +
                                                                                static_cast<std::size_t>(d) * plane));
            }
        }
    }
    return result;
}

namespace {

/// Label values of logits [outputs, voxels].
std::vector<unsigned char> labelsOf(const Field& logits, const NetworkSpec& spec) {
    const std::size_t count = logits.voxelsPerChannel();
    std::vector<unsigned char> labels(count, 0);
    const std::size_t outputs = spec.outputs.size();
    if (!spec.nested) {
        for (std::size_t i = 0; i < count; ++i) {
            std::size_t best = 0;
            for (std::size_t o = 1; o < outputs; ++o) {
                if (logits.values[o * count + i] > logits.values[best * count + i]) {
                    best = o;
                }
            }
            labels[i] = static_cast<unsigned char>(spec.outputs[best].value);
        }
        return labels;
    }
    for (std::size_t o = 0; o < outputs; ++o) {
        // sigmoid(x) > p exactly where x > log(p / (1 - p)).
        const double p = std::clamp(spec.outputs[o].threshold, 1e-6, 1.0 - 1e-6);
        const auto limit = static_cast<float>(std::log(p / (1.0 - p)));
        const float* row = logits.values.data() + o * count;
        for (std::size_t i = 0; i < count; ++i) {
            // An inner region counts only where the one around it holds.
            const bool around = o == 0 || labels[i] == static_cast<unsigned char>(spec.outputs[o - 1].value);
            if (around && row[i] > limit) {
                labels[i] = static_cast<unsigned char>(spec.outputs[o].value);
            }
        }
    }
    return labels;
}

void toProbabilities(Field& logits, bool nested) {
    const std::size_t count = logits.voxelsPerChannel();
    const auto outputs = static_cast<std::size_t>(logits.channels);
    if (nested) {
        for (auto& value : logits.values) {
            value = 1.0F / (1.0F + std::exp(-value));
        }
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        float highest = logits.values[i];
        for (std::size_t o = 1; o < outputs; ++o) {
            highest = std::max(highest, logits.values[o * count + i]);
        }
        float sum = 0.0F;
        for (std::size_t o = 0; o < outputs; ++o) {
            auto& value = logits.values[o * count + i];
            value = std::exp(value - highest);
            sum += value;
        }
        for (std::size_t o = 0; o < outputs; ++o) {
            logits.values[o * count + i] /= sum;
        }
    }
}

/// Copies a cropped grid into the whole one; `full` is filled with the background already.
template <typename T>
void paste(const std::vector<T>& part, std::vector<T>& full, int channels, const VoxelBox& box, int depth, int height,
           int width) {
    auto from = part.begin();
    for (int c = 0; c < channels; ++c) {
        for (int d = box.first[0]; d < box.last[0]; ++d) {
            for (int h = box.first[1]; h < box.last[1]; ++h) {
                const auto row = ((static_cast<std::ptrdiff_t>(c) * depth + d) * height + h) * width + box.first[2];
                std::copy_n(from, box.size(2), full.begin() + row);
                from += box.size(2);
            }
        }
    }
}

} // namespace

Result<Segmentation> Segmenter::Impl::run(const Field& image, std::vector<bool> present,
                                          const SegmentationOptions& options, const TaskContext& task) {
    const auto& spec = file.spec;
    const std::size_t channels = spec.inputs.size();
    if (present.empty()) {
        present.assign(channels, true);
    }
    if (image.channels != static_cast<int>(channels) || present.size() != channels || image.depth < 1 ||
        image.height < 1 || image.width < 1 || image.values.size() != channels * image.voxelsPerChannel()) {
        return fail(ErrorCode::ShapeMismatch, "learning.input_shape",
                    {{"bundle", file.bundle.name}, {"channels", std::to_string(channels)}});
    }
    if (spec.task == "classification") {
        return fail(ErrorCode::Unsupported, "learning.not_a_segmentation", {{"bundle", file.bundle.name}});
    }
    for (std::size_t c = 0; c < channels; ++c) {
        if (!present[c] && spec.missingInput == "refuse") {
            return fail(ErrorCode::InvalidInput, "learning.input_missing",
                        {{"bundle", file.bundle.name}, {"input", spec.inputs[c]}});
        }
    }
    if (task.cancelled()) {
        return failCancelled();
    }
    const torch::NoGradGuard guard;
    Segmentation result;
    result.device = device.is_cuda() ? "cuda:0" : "cpu";
    const auto started = Clock::now();
    task.report(0.0, "stage.preparing");
    result.warnings = checkInput(image, present, spec);
    for (std::size_t c = 0; c < channels; ++c) {
        if (!present[c]) {
            result.warnings.push_back({"learning.warn_input_missing", {{"input", spec.inputs[c]}}});
        }
    }
    std::optional<PreparedImage> prepared;
    if (spec.task == "segmentation-3d") {
        prepared = prepareImage(image, present, spec);
    } else {
        // Slices keep their whole extent: the network's size is a matter of the picture, not of the body in it. What is
        // normalised per slice is done there.
        PreparedImage whole;
        whole.image = image;
        whole.box.last = {image.depth, image.height, image.width};
        const auto& method = spec.normalisation.method;
        if (foregroundBox(image)) {
            if (method == "window" || method == "ct_or_window") {
                normalise(whole.image, spec.normalisation, present);
            }
            prepared = std::move(whole);
        }
    }
    if (!prepared) {
        return fail(ErrorCode::InvalidInput, "learning.image_empty", {{"case", file.bundle.name}});
    }
    result.secondsPreprocess = secondsSince(started);
    if (task.cancelled()) {
        return failCancelled();
    }

    const auto network0 = Clock::now();
    task.report(0.1, "stage.network");
    auto logits = spec.task == "segmentation-3d" ? logits3d(*prepared, options.flipAveraging, task.part(0.1, 0.9))
                                                 : logits2d(*prepared, options.flipAveraging, task.part(0.1, 0.9));
    if (!logits) {
        return fail(std::move(logits.error()));
    }
    result.secondsNetwork = secondsSince(network0);

    const auto post0 = Clock::now();
    task.report(0.9, "stage.postprocessing");
    LabelField part{logits->depth, logits->height, logits->width, image.spacingMm, labelsOf(*logits, spec)};
    if (task.cancelled()) {
        return failCancelled();
    }
    postProcess(part, spec);
    result.labels = LabelField{image.depth, image.height, image.width, image.spacingMm,
                               std::vector<unsigned char>(image.voxelsPerChannel(), 0)};
    paste(part.values, result.labels.values, 1, prepared->box, image.depth, image.height, image.width);
    if (std::all_of(part.values.begin(), part.values.end(), [](unsigned char value) { return value == 0; })) {
        result.warnings.push_back({"learning.warn_nothing_found", {{"bundle", file.bundle.name}}});
    }
    if (options.keepProbabilities) {
        toProbabilities(*logits, spec.nested);
        Field full{logits->channels, image.depth, image.height, image.width, image.spacingMm, {}};
        const std::size_t count = image.voxelsPerChannel();
        full.values.assign(static_cast<std::size_t>(full.channels) * count, 0.0F);
        if (!spec.nested) {
            // Outside the crop there is background, the first class, for sure.
            std::fill_n(full.values.begin(), count, 1.0F);
        }
        paste(logits->values, full.values, full.channels, prepared->box, image.depth, image.height, image.width);
        result.probabilities = std::move(full);
    }
    result.secondsPostprocess = secondsSince(post0);
    result.peakMb = peakResidentMb();
    task.report(1.0);
    return result;
}

Segmenter::Segmenter(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
Segmenter::~Segmenter() = default;

const Bundle& Segmenter::bundle() const { return m_impl->file.bundle; }

Result<Segmenter> Segmenter::load(const std::filesystem::path& bundleFolder, Device device) {
    auto file = readBundleFile(bundleFolder);
    if (!file) {
        return fail(std::move(file.error()));
    }
    if (auto checked = checkWeights(*file); !checked) {
        return fail(std::move(checked.error()));
    }
    const auto weightsPath = bundleFolder / file->weightsFile;
    try {
        auto impl = std::make_unique<Impl>();
        const auto chosen = chooseDevice(device);
        if (!chosen) {
            return fail(chosen.error());
        }
        impl->device = *chosen;
        if (file->spec.architecture == "torchscript") {
            impl->script = torch::jit::load(weightsPath.string(), *chosen);
            impl->script->eval();
        } else {
            auto weights = readTensors(weightsPath);
            if (!weights) {
                return fail(std::move(weights.error()));
            }
            impl->network = makeNetwork(file->spec);
            if (auto loaded = loadState(*impl->network, weights->tensors, weightsPath); !loaded) {
                return fail(std::move(loaded.error()));
            }
            impl->network->to(*chosen);
            impl->network->eval();
            const auto granularity = impl->network->granularity();
            for (const int size : file->spec.patch) {
                if (size % granularity != 0) {
                    throw FieldError("patch", "must be divisible by " + std::to_string(granularity));
                }
            }
        }
        impl->file = std::move(*file);
        return Segmenter(std::move(impl));
    } catch (const FieldError& error) {
        return fail(
            ErrorCode::Unreadable, "learning.bundle_field",
            {{"file", (bundleFolder / "bundle.json").string()}, {"field", error.field}, {"problem", error.what()}});
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "learning.out_of_memory");
    } catch (const c10::Error& error) {
        return fail(ErrorCode::Unreadable, "learning.weights_unreadable", {{"file", weightsPath.string()}},
                    error.what_without_backtrace());
    }
}

Result<Segmentation> Segmenter::run(const Field& image, const std::vector<bool>& present,
                                    const SegmentationOptions& options, const TaskContext& task) {
    try {
        return m_impl->run(image, present, options, task);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "learning.out_of_memory");
    } catch (const c10::Error& error) {
        return failFromTorch(error);
    }
}

} // namespace sulcus::learning
