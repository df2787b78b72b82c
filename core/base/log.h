// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace sulcus {

enum class LogLevel { Debug, Info, Warning, Error };

/// Where log lines go. Process-wide; set once in `app` before any worker starts. Thread: the sink is called from any
/// thread and must be thread-safe. The default sink drops everything, so that tests stay quiet.
using LogSink = std::function<void(LogLevel, std::string_view module, std::string_view line)>;
void setLogSink(LogSink sink);

/// Writes one line. Never pass a patient's name, identifier, note or symptom text: a test watches for it.
void log(LogLevel level, std::string_view module, std::string_view line);

} // namespace sulcus
