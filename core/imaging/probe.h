// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"

#include <chrono>
#include <filesystem>
#include <span>

namespace sulcus::imaging {

/// The small program that reads files on trial in a process of its own. By default the `sulcus-probe` beside the
/// running program; an empty path turns probing off. `patience` is the processor time it may take, beside half a second
/// a file; a slow disk takes none. Process-wide; set before any worker starts.
void setProbeProgram(std::filesystem::path program, std::chrono::milliseconds patience = std::chrono::seconds(20));

/// Reads the files in a child process first, since some files end the process that reads them inside ITK or GDCM
/// without an exception. Where there is no probe program, every file passes.
///
/// Thread: any worker. Cancel: polled ten times a second; the child is then killed.
/// Errors: Unreadable ("imaging.reader_died", "imaging.reader_slow": the child died or lost patience), Cancelled. What
/// the child refuses in good order passes: the caller meets the same refusal with its reason.
Result<void> probeFiles(std::span<const std::filesystem::path> files, const TaskContext& task);

} // namespace sulcus::imaging
