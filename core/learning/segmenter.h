// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/learning/bundle.h"
#include "core/learning/field.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::learning {

/// Where a network runs. `Automatic` takes a CUDA device when LibTorch sees one, else the CPU.
enum class Device { Automatic, Cpu, Cuda };

struct SegmentationOptions {
    bool keepProbabilities = false;
    bool flipAveraging = false; ///< mean over mirror images along `NetworkSpec::mirrorAxes`; each axis doubles the time
    bool sidesKnown = true;     ///< false: the file does not say where left is, so no side is named
    bool spacingKnown = true;   ///< false: slices lie who knows how far apart, so 2-D networks judge each by itself
};

/// What a network made of one case. Same grid as the input field.
struct Segmentation {
    LabelField labels;                  ///< the bundle's label values (era 2017-2021 for BraTS: 1, 2, 4)
    std::optional<Field> probabilities; ///< [outputs, D, H, W] after sigmoid or softmax, when asked for
    double secondsPreprocess = 0.0;
    double secondsNetwork = 0.0;
    double secondsPostprocess = 0.0;
    double peakMb = 0.0; ///< peak resident memory of the process, MB
    std::string device;  ///< "cpu" or "cuda:0"
    std::vector<Message> warnings;
};

/// A loaded bundle, ready to run.
///
/// Thread: any worker; one `run` at a time per object (create another object for another thread).
class Segmenter {
public:
    /// Reads, validates (schema, hash) and builds the network. Errors: NotFound, Unreadable, Unsupported (each names
    /// the field).
    static Result<Segmenter> load(const std::filesystem::path& bundleFolder, Device device = Device::Automatic);

    Segmenter(Segmenter&&) noexcept;
    Segmenter& operator=(Segmenter&&) noexcept;
    ~Segmenter();

    const Bundle& bundle() const;

    /// Raw input -> labels on the same grid: normalise, crop to the foreground, resample to the bundle's spacing,
    /// sliding window, back to the input's grid, threshold or argmax, post-process.
    ///
    /// `image` channels are the bundle's inputs in their order (raw intensities, not normalised); `present[c]` is false
    /// when a sequence is missing (its values are then ignored). Cancel polled once per window. Errors: ShapeMismatch,
    /// OutOfMemory, Cancelled, InvalidInput (empty image).
    Result<Segmentation> run(const Field& image, const std::vector<bool>& present, const SegmentationOptions& options,
                             const TaskContext& task);

private:
    struct Impl;
    explicit Segmenter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Threads that Torch's operations use; set once at start of the program. 0 = number of cores.
void setComputeThreads(int count);

/// The devices LibTorch sees, "cpu" first.
std::vector<std::string> availableDevices();

} // namespace sulcus::learning
