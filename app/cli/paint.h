// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/report/report_content.h"
#include "ui/report/report_painter.h"

#include <filesystem>

namespace sulcus::cli {

/// Writes a report with the painter that the window uses. The QGuiApplication that fonts need lives only in here, on
/// the platform that wants no display.
Result<void> paintReport(const report::ReportContent& content, const std::filesystem::path& file);

} // namespace sulcus::cli
