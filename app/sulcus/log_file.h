// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace sulcus::app {

/// Sends the program's log lines to a rotating file (three of a megabyte each, mode 0600) and warnings to stderr too.
/// A folder that cannot be written leaves stderr alone. Called once, before any worker starts.
void logToFile(const std::filesystem::path& file);

} // namespace sulcus::app
