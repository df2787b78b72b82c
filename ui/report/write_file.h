// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <filesystem>
#include <utility>
#include <vector>

namespace sulcus::paint {

/// Writes files that belong together: all under temporary names in their folders first, renamed only when every one is
/// complete, the first of them last: once it is there, so are the others. A failure leaves what was there. Errors:
/// NotFound ("ui_report.folder_missing"), Unreadable ("ui_report.not_written").
Result<void> writeFiles(const std::vector<std::pair<std::filesystem::path, QByteArray>>& files);

} // namespace sulcus::paint
