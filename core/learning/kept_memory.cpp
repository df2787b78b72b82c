// SPDX-License-Identifier: Apache-2.0
#include "core/learning/kept_memory.h"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

#include <mutex>

namespace sulcus::learning {

namespace {

std::mutex mutex;
int living = 0;

#if defined(__GLIBC__)
constexpr int kNeverGiveBack = 2'000'000'000;
// What glibc's own rule arrives at once blocks of 32 MiB have been freed; an explicit choice switches that rule off.
constexpr int kLargestKept = 32 << 20;
constexpr int kUsualMaps = 65536;
#endif

} // namespace

KeptMemory::KeptMemory() {
    const std::lock_guard guard(mutex);
    if (++living > 1) {
        return;
    }
#if defined(__GLIBC__)
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, kNeverGiveBack);
#endif
}

KeptMemory::~KeptMemory() {
    const std::lock_guard guard(mutex);
    if (--living > 0) {
        return;
    }
#if defined(__GLIBC__)
    mallopt(M_MMAP_MAX, kUsualMaps);
    mallopt(M_MMAP_THRESHOLD, kLargestKept);
    mallopt(M_TRIM_THRESHOLD, 2 * kLargestKept);
    malloc_trim(0);
#endif
}

} // namespace sulcus::learning
