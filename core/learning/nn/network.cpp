// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/network.h"

#include "core/learning/nn/ensemble.h"
#include "core/learning/nn/forerunners.h"
#include "core/learning/nn/unet.h"
#include "core/learning/nn/view_pool.h"

#include <torch/torch.h>

namespace sulcus::learning {

std::shared_ptr<Network> makeNetwork(const NetworkSpec& spec) {
    if (spec.architecture == "unet" && spec.task != "classification") {
        return std::make_shared<UNet>(parseUNetOptions(spec));
    }
    if (spec.architecture == "encoder-decoder" && spec.task == "segmentation-2d") {
        return std::make_shared<EncoderDecoder>(static_cast<int>(spec.inputs.size()),
                                                static_cast<int>(spec.outputs.size()));
    }
    if (spec.architecture == "vgg16" && spec.task == "classification") {
        return std::make_shared<Vgg16>(parseVgg16Options(spec));
    }
    if (spec.architecture == "view-pool" && spec.task == "classification") {
        return std::make_shared<ViewPool>(parseViewPoolOptions(spec));
    }
    if (spec.architecture == "ensemble") {
        return std::make_shared<Ensemble>(membersOf(spec));
    }
    throw FieldError("architecture",
                     "\"" + spec.architecture + "\" does not fit the task, or is not built from options");
}

std::int64_t parameterCount(const Network& network) {
    std::int64_t count = 0;
    for (const auto& parameter : network.parameters()) {
        count += parameter.numel();
    }
    return count;
}

} // namespace sulcus::learning
