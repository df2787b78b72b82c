// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/task_context.h"

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

namespace sulcus::cli {

/// One line on stderr that is overwritten: "  42 %  Segmenting  0:12 left". Thread: `show` from any.
class ProgressLine {
public:
    explicit ProgressLine(bool enabled) : m_enabled(enabled) {}
    ~ProgressLine() { clear(); }

    TaskContext::ProgressSink sink();
    void show(double fraction, std::string_view stage);
    /// Takes the line away, before other text is written.
    void clear();

private:
    using Clock = std::chrono::steady_clock;
    const bool m_enabled;
    std::mutex m_mutex;
    bool m_visible = false;
    std::string m_stage;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_lastShown;
};

} // namespace sulcus::cli
