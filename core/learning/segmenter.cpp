// SPDX-License-Identifier: Apache-2.0
#include "core/learning/segmenter.h"

#include "core/learning/components.h"
#include "core/learning/input_checks.h"
#include "core/learning/interruption.h"
#include "core/learning/kept_memory.h"
#include "core/learning/nn/bundle_network.h"
#include "core/learning/nn/device.h"
#include "core/learning/nn/windows.h"
#include "core/learning/organ_shape.h"
#include "core/learning/preprocess.h"
#include "core/learning/slices.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

namespace sulcus::learning {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

} // namespace

struct Segmenter::Impl : BundleNetwork {
    explicit Impl(BundleNetwork loaded) : BundleNetwork(std::move(loaded)) {}

    /// The mean of the logits over the mirror images that the bundle allows, each mirrored back.
    torch::Tensor forwardMirrored(const torch::Tensor& input, bool asked, const TaskContext& task) {
        const auto& axes = file.spec.mirrorAxes;
        const std::size_t images = asked || file.spec.mirrorAlways ? std::size_t{1} << axes.size() : 1;
        const auto share = [&](std::size_t image) {
            const auto all = static_cast<double>(images);
            return task.part(static_cast<double>(image) / all, static_cast<double>(image + 1) / all);
        };
        auto sum = forward(input, share(0));
        for (std::size_t pattern = 1; pattern < images; ++pattern) {
            std::vector<std::int64_t> flips;
            for (std::size_t i = 0; i < axes.size(); ++i) {
                if ((pattern >> i) & 1) {
                    // Axis 2 is the width, the last of a tensor of either dimension.
                    flips.push_back(input.dim() - 3 + axes[i]);
                }
            }
            sum = sum + forward(input.flip(flips), share(pattern)).flip(flips);
        }
        return images == 1 ? sum : sum / static_cast<double>(images);
    }

    /// Logits on the cropped grid at the input's spacing.
    Result<Field> logits3d(PreparedImage& prepared, bool mirrored, const TaskContext& task);
    /// Labels of a stack of slices before clean-up, and their probabilities when `keep`.
    struct Slices {
        LabelField labels;
        std::optional<Field> probabilities;
    };
    Result<Slices> slices2d(const Field& image, const std::vector<bool>& present, const SegmentationOptions& options,
                            const TaskContext& task);
    Result<void> run2d(const Field& image, const std::vector<bool>& present, const SegmentationOptions& options,
                       Segmentation& result, const TaskContext& task);
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
    const Predictor predictor = [&](const torch::Tensor& batch, const TaskContext& share) {
        return forwardMirrored(batch, mirrored, share);
    };
    auto logits = inferSlidingWindow(tensor, predictor, windows, task);
    if (!logits) {
        return fail(std::move(logits.error()));
    }
    if (!isFinite(*logits)) {
        return failNotFinite(file.bundle.name);
    }
    Field field = toField(*logits, image.spacingMm);
    const auto& grid = prepared.croppedGrid;
    return resampledTo(field, grid.spacingMm, grid.depth, grid.height, grid.width);
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

/// A Gaussian along the first axis of [depth, plane], edges repeated.
void smoothAlongDepth(std::vector<float>& values, int depth, std::size_t plane, double deviation) {
    const int radius = std::max(1, static_cast<int>(std::ceil(2.5 * deviation)));
    std::vector<float> kernel;
    float sum = 0.0F;
    for (int k = -radius; k <= radius; ++k) {
        kernel.push_back(static_cast<float>(std::exp(-0.5 * k * k / (deviation * deviation))));
        sum += kernel.back();
    }
    std::vector<float> result(values.size(), 0.0F);
    for (int d = 0; d < depth; ++d) {
        float* to = result.data() + static_cast<std::size_t>(d) * plane;
        for (int k = -radius; k <= radius; ++k) {
            const float* from = values.data() + static_cast<std::size_t>(std::clamp(d + k, 0, depth - 1)) * plane;
            const float weight = kernel[static_cast<std::size_t>(k + radius)] / sum;
            for (std::size_t i = 0; i < plane; ++i) {
                to[i] += weight * from[i];
            }
        }
    }
    values = std::move(result);
}

/// The smallest box around the labels, one voxel wider where there is room, so that the border of the box is background
/// unless it is the border of the volume.
std::optional<VoxelBox> labelledBox(const LabelField& labels) {
    VoxelBox box;
    const std::array<int, 3> size{labels.depth, labels.height, labels.width};
    box.first = size;
    std::size_t i = 0;
    for (int d = 0; d < labels.depth; ++d) {
        for (int h = 0; h < labels.height; ++h) {
            for (int w = 0; w < labels.width; ++w, ++i) {
                if (labels.values[i] != 0) {
                    const std::array<int, 3> at{d, h, w};
                    for (std::size_t a = 0; a < 3; ++a) {
                        box.first[a] = std::min(box.first[a], at[a]);
                        box.last[a] = std::max(box.last[a], at[a] + 1);
                    }
                }
            }
        }
    }
    if (box.last[0] == 0) {
        return std::nullopt;
    }
    for (std::size_t a = 0; a < 3; ++a) {
        box.first[a] = std::max(0, box.first[a] - 1);
        box.last[a] = std::min(size[a], box.last[a] + 1);
    }
    return box;
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

/// What a missing input costs. Two MRI sequences show what no other does, which is worth more than a general word.
Message missingInput(const std::string& input) {
    if (input == "flair") {
        return {"learning.warn_flair_missing", {}};
    }
    if (input == "t1ce") {
        return {"learning.warn_t1ce_missing", {}};
    }
    return {"learning.warn_input_missing", {{"input", input}}};
}

} // namespace

Result<Segmenter::Impl::Slices> Segmenter::Impl::slices2d(const Field& image, const std::vector<bool>& present,
                                                          const SegmentationOptions& options, const TaskContext& task) {
    const auto& spec = file.spec;
    const bool mirrored = options.flipAveraging;
    const bool keep = options.keepProbabilities;
    const SliceReader reader(image, present, spec);
    const auto& grid = reader.grid();
    const auto outputs = static_cast<int>(spec.outputs.size());
    const auto smallPlane = static_cast<std::size_t>(grid.height) * static_cast<std::size_t>(grid.width);
    // Outputs stay on the network's small grid until each slice is labelled: a whole body at full size would need
    // gigabytes.
    std::vector<std::vector<float>> logits(static_cast<std::size_t>(outputs));
    for (auto& channel : logits) {
        channel.resize(smallPlane * static_cast<std::size_t>(image.depth));
    }
    bool finite = true;
    const auto put = [&](const torch::Tensor& values, int depth) {
        const auto plain = values.to(torch::kCPU).to(torch::kFloat32).contiguous();
        finite = finite && isFinite(plain);
        for (std::size_t o = 0; o < logits.size(); ++o) {
            std::copy_n(plain.data_ptr<float>() + o * smallPlane, smallPlane,
                        logits[o].begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(depth) * smallPlane));
        }
    };
    const auto tensorOf = [&](int depth) {
        auto slice = reader.slice(depth);
        return torch::from_blob(slice.values.data(), {slice.channels, slice.height, slice.width}).clone();
    };
    const TaskContext network = task.part(0.0, 0.85);
    constexpr int kBatch = 4;
    constexpr float kSurelyNot = -30.0F; // the logit of what the network was not shown
    const bool windows = !spec.spacingMm.empty();
    for (int first = 0; first < image.depth; first += kBatch) {
        if (task.cancelled()) {
            return failCancelled();
        }
        network.report(static_cast<double>(first) / image.depth);
        const int last = std::min(image.depth, first + kBatch);
        if (windows) {
            const WindowOptions how{spec.patch, spec.overlap, 2};
            const TaskContext quiet(task.stopToken(), {});
            for (int d = first; d < last; ++d) {
                auto made = inferSlidingWindow(
                    tensorOf(d).to(device),
                    [&](const torch::Tensor& batch, const TaskContext& share) {
                        return forwardMirrored(batch, mirrored, share);
                    },
                    how, quiet);
                if (!made) {
                    return fail(std::move(made.error()));
                }
                put(*made, d);
            }
            continue;
        }
        std::vector<torch::Tensor> batch;
        for (int d = first; d < last; ++d) {
            batch.push_back(tensorOf(d));
        }
        // LibTorch's convolutions leave their fast path with a batch of one.
        if (batch.size() == 1) {
            batch.push_back(batch.front());
        }
        const auto made = forwardMirrored(torch::stack(batch), mirrored, TaskContext());
        for (int d = first; d < last; ++d) {
            put(made[d - first], d);
        }
    }
    if (!finite) {
        return failNotFinite(file.bundle.name);
    }
    const double deviation = spec.postProcessing.smoothSlicesMm / image.spacingMm[2];
    if (options.spacingKnown && image.depth > 1 && deviation > 0.3) {
        for (auto& channel : logits) {
            smoothAlongDepth(channel, image.depth, smallPlane, deviation);
        }
    }

    Slices result;
    result.labels = {image.depth, image.height, image.width, image.spacingMm, {}};
    result.labels.values.reserve(image.voxelsPerChannel());
    if (keep) {
        result.probabilities = Field{outputs, image.depth, image.height, image.width, image.spacingMm, {}};
        result.probabilities->values.resize(static_cast<std::size_t>(outputs) * image.voxelsPerChannel());
    }
    const auto plane = static_cast<std::size_t>(image.height) * static_cast<std::size_t>(image.width);
    for (int d = 0; d < image.depth; ++d) {
        if (task.cancelled()) {
            return failCancelled();
        }
        task.report(0.85 + 0.15 * d / image.depth);
        Field small{outputs, 1, grid.height, grid.width, {1.0, 1.0, 1.0}, {}};
        for (const auto& channel : logits) {
            const auto from = channel.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(d) * smallPlane);
            small.values.insert(small.values.end(), from, from + static_cast<std::ptrdiff_t>(smallPlane));
        }
        Field back = sliceBack(small, grid, kSurelyNot);
        const auto labels = labelsOf(back, spec);
        result.labels.values.insert(result.labels.values.end(), labels.begin(), labels.end());
        if (keep) {
            toProbabilities(back, spec.nested);
            for (std::size_t o = 0; o < logits.size(); ++o) {
                std::copy_n(back.values.begin() + static_cast<std::ptrdiff_t>(o * plane), plane,
                            result.probabilities->values.begin() +
                                static_cast<std::ptrdiff_t>(o * image.voxelsPerChannel() +
                                                            static_cast<std::size_t>(d) * plane));
            }
        }
    }
    return result;
}

Result<void> Segmenter::Impl::run2d(const Field& image, const std::vector<bool>& present,
                                    const SegmentationOptions& options, Segmentation& result, const TaskContext& task) {
    const auto& spec = file.spec;
    const auto network0 = Clock::now();
    task.report(0.1, "stage.network");
    auto made = slices2d(image, present, options, task.part(0.1, 0.9));
    if (!made) {
        return fail(std::move(made.error()));
    }
    result.probabilities = std::move(made->probabilities);
    result.secondsNetwork = secondsSince(network0);

    const auto post0 = Clock::now();
    task.report(0.9, "stage.postprocessing");
    result.labels = std::move(made->labels);
    auto& labels = result.labels;
    const auto outer =
        std::find_if(spec.outputs.begin(), spec.outputs.end(), [](const auto& output) { return output.value != 0; });
    const auto value = static_cast<unsigned char>(outer == spec.outputs.end() ? 0 : outer->value);
    if (spec.postProcessing.airReachMm > 0.0 && value != 0) {
        meetAir(labels, image, value, spec.postProcessing);
    }
    if (task.cancelled()) {
        return failCancelled();
    }
    if (const auto box = labelledBox(labels)) {
        // Slices of who knows where may show several patients, so no piece of one answers for those of another.
        const int together = options.spacingKnown ? box->size(0) : 1;
        for (VoxelBox slices = *box; slices.first[0] < box->last[0]; slices.first[0] += together) {
            slices.last[0] = slices.first[0] + together;
            LabelField part = cropped(labels, slices);
            postProcess(part, spec);
            if (spec.postProcessing.sides.right != 0 && options.sidesKnown && value != 0) {
                nameSides(part, value, spec.postProcessing.sides);
            }
            paste(part.values, labels.values, 1, slices, labels.depth, labels.height, labels.width);
        }
    }
    result.secondsPostprocess = secondsSince(post0);
    return {};
}

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
            result.warnings.push_back(missingInput(spec.inputs[c]));
        }
    }
    if (spec.task == "segmentation-2d") {
        const auto [lowest, highest] = std::minmax_element(image.values.begin(), image.values.end());
        if (*lowest == *highest) {
            return fail(ErrorCode::InvalidInput, "learning.image_empty");
        }
        result.secondsPreprocess = secondsSince(started);
        if (auto done = run2d(image, present, options, result, task); !done) {
            return fail(std::move(done.error()));
        }
        result.peakMb = peakResidentMb();
        task.report(1.0);
        return result;
    }
    auto prepared = prepareImage(image, present, spec);
    if (!prepared) {
        return fail(ErrorCode::InvalidInput, "learning.image_empty");
    }
    result.secondsPreprocess = secondsSince(started);
    if (task.cancelled()) {
        return failCancelled();
    }

    const auto network0 = Clock::now();
    task.report(0.1, "stage.network");
    auto logits = logits3d(*prepared, options.flipAveraging, task.part(0.1, 0.9));
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
    auto loaded = loadBundleNetwork(bundleFolder, device);
    if (!loaded) {
        return fail(std::move(loaded.error()));
    }
    return Segmenter(std::make_unique<Impl>(std::move(*loaded)));
}

Result<Segmentation> Segmenter::run(const Field& image, const std::vector<bool>& present,
                                    const SegmentationOptions& options, const TaskContext& task) {
    InterruptionScope scope([&task] { return task.cancelled(); });
    const KeptMemory kept;
    try {
        return m_impl->run(image, present, options, task);
    } catch (const Interrupted&) {
        return failCancelled();
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "learning.out_of_memory");
    } catch (const c10::Error& error) {
        return failFromTorch(error);
    }
}

} // namespace sulcus::learning
