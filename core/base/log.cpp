// SPDX-License-Identifier: Apache-2.0
#include "core/base/log.h"

#include <mutex>
#include <utility>

namespace sulcus {

namespace {
std::mutex g_mutex;
LogSink g_sink;
} // namespace

void setLogSink(LogSink sink) {
    const std::lock_guard lock(g_mutex);
    g_sink = std::move(sink);
}

void log(LogLevel level, std::string_view module, std::string_view line) {
    const std::lock_guard lock(g_mutex);
    if (g_sink)
        g_sink(level, module, line);
}

} // namespace sulcus
