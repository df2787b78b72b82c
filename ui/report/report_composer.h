// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_content.h"
#include "ui/report/page.h"
#include "ui/report/report_painter.h"

#include <memory>

namespace sulcus::paint {

/// A report set on pages. `content` and `style` must live as long as it does. Needs a QGuiApplication, for fonts.
class ComposedReport {
public:
    ComposedReport(const report::ReportContent& content, const ReportStyle& style);
    ~ComposedReport();

    const Canvas& canvas() const;
    const Flow::Sheet& sheet() const;

private:
    class Composer;
    std::unique_ptr<Composer> m_composer;
};

} // namespace sulcus::paint
