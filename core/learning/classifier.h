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
    /// the strongest spot of all views; empty unless asked for, and for a network that keeps no feature maps.
    std::vector<Field> heatMaps;
    bool heatPerView = false; ///< false: the network mixes the views first, so all views share one map
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
    /// Heat maps: the gradient of the output's logit weighs the feature maps of the last convolution, position by
    /// position, and their sum counts where it is positive. Source: Selvaraju et al. 2017, "Grad-CAM"; position by
    /// position: Draelos and Carin 2020. Cancel polled before the network
    /// runs. Errors: those of `prepareViews`, OutOfMemory, Cancelled.
    Result<Classification> run(const std::string& name, const std::vector<Field>& views,
                               const ClassificationOptions& options, const TaskContext& task);

private:
    struct Impl;
    explicit Classifier(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sulcus::learning
