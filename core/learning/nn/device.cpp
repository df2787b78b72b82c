// SPDX-License-Identifier: Apache-2.0
#include "core/learning/nn/device.h"

#include <ATen/autocast_mode.h>
#include <sys/resource.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <algorithm>
#include <string_view>
#include <thread>

namespace sulcus::learning {

Result<torch::Device> chooseDevice(Device wanted) {
    const bool available = torch::cuda::is_available();
    if (wanted == Device::Cuda && !available) {
        return fail(ErrorCode::Unsupported, "learning.no_cuda");
    }
    if (wanted == Device::Cpu || !available) {
        return torch::Device(torch::kCPU);
    }
    return torch::Device(torch::kCUDA, 0);
}

namespace {

void setAutocast(bool on, bool cuda) {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    const auto device = cuda ? at::kCUDA : at::kCPU;
    at::autocast::set_autocast_enabled(device, on);
    at::autocast::set_autocast_dtype(device, at::kBFloat16);
#else
    if (cuda) {
        at::autocast::set_enabled(on);
        at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
    } else {
        at::autocast::set_cpu_enabled(on);
        at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
    }
#endif
    if (!on) {
        at::autocast::clear_cache();
    }
}

} // namespace

bool processorHasBfloat16() {
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
    return __builtin_cpu_supports("avx512bf16") != 0;
#else
    return false;
#endif
}

AutocastScope::AutocastScope(bool wanted, const torch::Device& device) : m_wanted(wanted), m_cuda(device.is_cuda()) {
    if (m_wanted) {
        setAutocast(true, m_cuda);
    }
}

AutocastScope::~AutocastScope() {
    if (m_wanted) {
        setAutocast(false, m_cuda);
    }
}

tl::unexpected<Error> failFromTorch(const c10::Error& error) {
    const std::string text = error.what_without_backtrace();
    const bool memory = text.find("out of memory") != std::string::npos ||
                        text.find("not enough memory") != std::string::npos ||
                        text.find("can't allocate") != std::string::npos;
    if (memory) {
        return fail(ErrorCode::OutOfMemory, "learning.out_of_memory", {}, text);
    }
    return fail(ErrorCode::Internal, "learning.internal", {}, text);
}

tl::unexpected<Error> failNotFinite(const std::string& bundle) {
    return fail(ErrorCode::Unreadable, "learning.answer_not_finite", {{"bundle", bundle}});
}

double peakResidentMb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void setComputeThreads(int count) {
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    torch::set_num_threads(count > 0 ? count : cores);
}

std::vector<std::string> availableDevices() {
    std::vector<std::string> names{"cpu"};
    for (std::size_t i = 0; i < torch::cuda::device_count(); ++i) {
        names.push_back("cuda:" + std::to_string(i));
    }
    return names;
}

} // namespace sulcus::learning
