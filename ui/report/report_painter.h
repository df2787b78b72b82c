// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/report/report_content.h"

#include <QImage>
#include <QRectF>
#include <QString>
#include <filesystem>
#include <vector>

namespace sulcus::paint {

/// How a report is set. Text goes through the installed translators (contexts "report" and "messages"); names that come
/// from the knowledge tables and the hospitals follow `language`.
struct ReportStyle {
    double dotsPerInch = 200.0; ///< a page is A4 portrait: 1654 x 2339 pixels at 200
    QString language = {};      ///< "ko" for Korean names; else English
    int mostSymptoms = 24;      ///< rows of the evidence table; what is left out is counted ("+ n more")
    int mostHospitals = 8;
    int mostRegions = 6;
    int mostDistances = 6;
    int mostWarnings = 8;
};

/// Where a text or picture came to lie; for tests and for links in a viewer.
struct PlacedItem {
    enum class Kind { Text, Picture };
    Kind kind = Kind::Text;
    int page = 0;
    QRectF box; ///< 1/200 inch from the page's top left; of a text, the ink's line boxes
    QString text;
    bool shortened = false; ///< ends in an ellipsis
};

struct PaintedReport {
    std::vector<QImage> pages; ///< all of one size
    std::vector<PlacedItem> items;
};

/// The report as A4 pages. Nothing is cut and nothing overlaps: long lists are counted out, and what does not fit goes
/// on overleaf. The slices are drawn from the case's volumes here, so no graphics driver is needed.
///
/// Thread: any worker while a QGuiApplication lives (platform `offscreen` will do); uses only its arguments.
/// Errors: ShapeMismatch ("ui_report.mask_grid_differs"), InvalidInput ("ui_report.resolution"), OutOfMemory, Internal
/// ("ui_report.no_application").
Result<PaintedReport> paintReportPages(const report::ReportContent& content, const ReportStyle& style = {});

/// The pages below each other in one picture; its height is a whole number of pages, so it can be cut for printing.
Result<QImage> paintReport(const report::ReportContent& content, const ReportStyle& style = {});

/// Writes the report to `file` and its JSON twin beside it (same name, ".json"). The extension says what: ".png" one
/// picture as of `paintReport`, with title, program version, time and "education and research only" as PNG text;
/// ".pdf" one page each. Both files are written under a temporary name and renamed when complete: a failure leaves
/// what was there. Errors: as above, and Unsupported ("ui_report.unknown_extension"), NotFound
/// ("ui_report.folder_missing"), Unreadable ("ui_report.not_written").
Result<void> writeReport(const report::ReportContent& content, const std::filesystem::path& file,
                         const ReportStyle& style = {});

/// Path of the JSON twin.
std::filesystem::path twinOf(const std::filesystem::path& file);

} // namespace sulcus::paint
