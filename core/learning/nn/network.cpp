// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/network.h"

#include "core/learning/nn/unet.h"

#include <torch/torch.h>

namespace sulcus::learning {

std::shared_ptr<Network> makeNetwork(const NetworkSpec& spec) {
    if (spec.architecture == "unet") {
        return std::make_shared<UNet>(parseUNetOptions(spec));
    }
    throw FieldError("architecture", "\"" + spec.architecture + "\" is not an architecture that is built from options");
}

std::int64_t parameterCount(const Network& network) {
    std::int64_t count = 0;
    for (const auto& parameter : network.parameters()) {
        count += parameter.numel();
    }
    return count;
}

} // namespace sulcus::learning
