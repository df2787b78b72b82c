// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QImage>
#include <filesystem>

namespace sulcus::learning {
struct TrainingPicture;
}

namespace sulcus::paint {

struct TriptychStyle {
    int width = 1200;  ///< pixels
    bool dark = false; ///< for the window's dark theme; files are white
};

/// Input, truth and prediction of a validation slice side by side, with the case's name, epoch and Dice above and the
/// labels' colours below. Fills are half transparent with a full outline, so that the anatomy stays visible. Empty for
/// a picture without pixels. Thread: any worker while a QGuiApplication lives.
QImage paintTriptych(const learning::TrainingPicture& picture, const TriptychStyle& style = {});

/// The same as a PNG. Errors: NotFound ("ui_report.folder_missing"), Unreadable ("ui_report.not_written").
Result<void> writeTriptych(const learning::TrainingPicture& picture, const std::filesystem::path& png);

} // namespace sulcus::paint
