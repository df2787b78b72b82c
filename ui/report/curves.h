// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QImage>
#include <QString>
#include <filesystem>
#include <string>
#include <vector>

namespace sulcus::scene {
struct CurvePanel;
}

namespace sulcus::paint {

/// One column of a table of metrics; `values` beside `Metrics::steps`, NaN where the cell is empty or no number.
struct MetricColumn {
    std::string name;
    std::vector<double> values;
};

/// A training's progress: one row per epoch (or iteration).
struct Metrics {
    std::string stepName; ///< "epoch", "iteration", "step" or "row"
    std::vector<double> steps;
    std::vector<MetricColumn> columns;
};

/// Reads a comma-separated table with one heading line. The steps are the first column called "epoch", "iteration" or
/// "step", else the rows' numbers. Rows with too few cells (a training that runs or was killed) are left out. Errors:
/// NotFound ("ui_report.curves_missing"), Unreadable ("ui_report.curves_no_table": no heading or no row).
Result<Metrics> readMetrics(const std::filesystem::path& csv);

/// The panels of a table: losses, overlaps and other scores from 0 to 1, squared errors, and the learning rate on a
/// logarithmic axis, whichever it has; times, counts and flags are left out. Columns named "train..." are dashed,
/// others solid; one quantity (loss, Dice of one region) has one colour. For the window's live chart as well.
std::vector<scene::CurvePanel> curvePanels(const Metrics& metrics);

struct CurvesStyle {
    QString title = {}; ///< usually the bundle's name; empty: none
    int width = 1800;   ///< pixels
};

/// Panels side by side on white, with the title and the best validation score above. Errors: InvalidInput
/// ("ui_report.curves_nothing_to_draw"), those of ui/scene/offscreen.h, Internal ("ui_report.no_application").
/// Thread: any worker while a QGuiApplication lives.
Result<QImage> paintCurves(const Metrics& metrics, const CurvesStyle& style = {});

/// Reads, paints and writes in one go; the PNG appears under its name when it is complete. Errors: as above, NotFound
/// ("ui_report.folder_missing"), Unreadable ("ui_report.not_written").
Result<void> writeCurves(const std::filesystem::path& csv, const std::filesystem::path& png,
                         const CurvesStyle& style = {});

} // namespace sulcus::paint
