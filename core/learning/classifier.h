// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/learning/bundle.h"
#include "core/learning/field.h"
#include "core/learning/segmenter.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace sulcus::learning {

struct ClassificationOptions {
    bool heatMaps = false;
    std::size_t heatOutput = 0; ///< the output whose evidence the maps show
};

/// What a network says of one patient.
struct Classification {
    std::vector<double> probabilities; ///< per output of the bundle, 0..1
    /// Where the evidence for `heatOutput` lies, one picture a view on the view's own grid [1, 1, H, W], 0..1 with 1
    /// the strongest spot of all views; empty unless asked for, and for an archive without gradients.
    std::vector<Field> heatMaps;
    double secondsPreprocess = 0.0;
    double secondsNetwork = 0.0;
    double peakMb = 0.0; ///< peak resident memory of the process, MB
    std::string device;  ///< "cpu" or "cuda:0"
};

/// A loaded classification bundle, ready to run. Beside `Segmenter`, for bundles that draw no masks.
///
/// Thread: any worker; one `run` at a time per object.
class Classifier {
public:
    /// Errors: those of `Segmenter::load`; Unsupported ("learning.not_a_classification").
    static Result<Classifier> load(const std::filesystem::path& bundleFolder, Device device = Device::Automatic);

    Classifier(Classifier&&) noexcept;
    Classifier& operator=(Classifier&&) noexcept;
    ~Classifier();

    const Bundle& bundle() const;

    /// The views of one patient in the order of the bundle's inputs, raw grey values, any size ([1, 1, H, W] each).
    ///
    /// Heat maps: the gradient of the output's logit with respect to each pixel weighs how far the pixel departs from
    /// the mean of its surroundings; what speaks for the output is blurred to spots. Source: Shrikumar et al. 2016,
    /// "Not just a black box" (gradient times input). Cancel polled before the network runs. Errors: those of
    /// `prepareViews`, OutOfMemory, Cancelled.
    Result<Classification> run(const std::string& name, const std::vector<Field>& views,
                               const ClassificationOptions& options, const TaskContext& task);

private:
    struct Impl;
    explicit Classifier(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sulcus::learning
