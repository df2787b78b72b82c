// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/report/report_content.h"
#include "ui/report/report_painter.h"

#include <filesystem>
#include <memory>

namespace sulcus::cli {

/// Pictures with the painters that the window uses. The QGuiApplication that fonts need lives only in here, on the
/// platform that wants no display.
Result<void> paintReport(const report::ReportContent& content, const std::filesystem::path& file);

/// A training's curves from its table of metrics.
Result<void> paintCurves(const std::filesystem::path& metrics, const std::filesystem::path& file);

/// The axial slice with the largest part of a mask, grey, with the mask's outline.
struct BoundaryPicture {
    std::shared_ptr<const imaging::Case> imagingCase;
    imaging::LabelMapPtr mask;
    std::filesystem::path file; ///< .png
};
/// Errors: Unreadable ("app.cannot_write").
Result<void> paintBoundaries(const BoundaryPicture& picture);

} // namespace sulcus::cli
