// SPDX-License-Identifier: Apache-2.0
#include "app/cli/paint.h"

#include <QGuiApplication>

namespace sulcus::cli {

Result<void> paintReport(const report::ReportContent& content, const std::filesystem::path& file) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    int argumentCount = 1;
    char name[] = "sulcus-cli";
    char* arguments[] = {name, nullptr};
    const QGuiApplication application(argumentCount, arguments);
    return paint::writeReport(content, file);
}

} // namespace sulcus::cli
