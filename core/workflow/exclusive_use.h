// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/task_context.h"

#include <chrono>
#include <mutex>

namespace sulcus::workflow {

/// Waits for a mutex without losing sight of Cancel. The lock owns nothing when the task was cancelled first.
inline std::unique_lock<std::timed_mutex> lockUnlessCancelled(std::timed_mutex& mutex, const TaskContext& task) {
    std::unique_lock lock(mutex, std::defer_lock);
    while (!task.cancelled() && !lock.try_lock_for(std::chrono::milliseconds(50))) {
    }
    return lock;
}

} // namespace sulcus::workflow
