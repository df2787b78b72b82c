// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/learning/segmenter.h"

#include <c10/util/Exception.h>
#include <torch/types.h>

namespace sulcus::learning {

/// Errors: Unsupported (CUDA asked for, none there).
Result<torch::Device> chooseDevice(Device wanted);

/// Lower precision (bfloat16) for the operations that bear it, on CUDA.
void setAutocast(bool on);

/// Mixed precision while it lives, if `wanted`.
class AutocastScope {
public:
    explicit AutocastScope(bool wanted);
    ~AutocastScope();
    AutocastScope(const AutocastScope&) = delete;
    AutocastScope& operator=(const AutocastScope&) = delete;

private:
    bool m_wanted;
};

/// The one place where LibTorch's exceptions become errors: running out of memory is told apart from the rest.
tl::unexpected<Error> failFromTorch(const c10::Error& error);

/// Peak resident memory of the process, MB.
double peakResidentMb();

} // namespace sulcus::learning
