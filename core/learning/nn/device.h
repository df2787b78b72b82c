// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/learning/segmenter.h"

#include <c10/util/Exception.h>
#include <torch/types.h>

#include <string>

namespace sulcus::learning {

/// Errors: Unsupported (CUDA asked for, none there).
Result<torch::Device> chooseDevice(Device wanted);

/// Whether the processor multiplies bfloat16 numbers by itself (AVX-512 BF16). Others imitate it, many times slower.
bool processorHasBfloat16();

/// Mixed precision while it lives, if `wanted`: bfloat16 on `device` for the operations that bear it (convolutions,
/// dense layers), float32 for the rest and for the weights themselves. One at a time in a thread.
class AutocastScope {
public:
    AutocastScope(bool wanted, const torch::Device& device);
    ~AutocastScope();
    AutocastScope(const AutocastScope&) = delete;
    AutocastScope& operator=(const AutocastScope&) = delete;

private:
    bool m_wanted;
    bool m_cuda;
};

/// The one place where LibTorch's exceptions become errors: running out of memory is told apart from the rest.
tl::unexpected<Error> failFromTorch(const c10::Error& error);

/// A network answered with what are no numbers: its weights are damaged, or the image is none that it was made for.
tl::unexpected<Error> failNotFinite(const std::string& bundle);

/// Peak resident memory of the process, MB.
double peakResidentMb();

} // namespace sulcus::learning
