// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/report/report_content.h"
#include "ui/report/report_painter.h"

#include <filesystem>
#include <memory>

namespace sulcus::learning {
struct TrainingPicture;
}

namespace sulcus::cli {

/// Pictures with the painters that the window uses. Fonts need a QGuiApplication: it lives as long as this object, on
/// the platform that wants no display. Made in the main thread, one at a time.
class PaintSession {
public:
    PaintSession();
    ~PaintSession();
    PaintSession(const PaintSession&) = delete;
    PaintSession& operator=(const PaintSession&) = delete;

    Result<void> report(const report::ReportContent& content, const std::filesystem::path& file) const;

    /// A training's curves from its table of metrics.
    Result<void> curves(const std::filesystem::path& metrics, const std::filesystem::path& file) const;

    /// Input, truth and prediction of a training's validation slice side by side, as .png.
    Result<void> triptych(const learning::TrainingPicture& picture, const std::filesystem::path& file) const;

    /// The axial slice with the largest part of a mask, grey, with the mask's outline, as .png. Errors: Unreadable
    /// ("app.cannot_write").
    Result<void> boundaries(const imaging::Case& imagingCase, const imaging::LabelMap& mask,
                            const std::filesystem::path& file) const;

private:
    struct Application;
    std::unique_ptr<Application> m_application;
};

} // namespace sulcus::cli
