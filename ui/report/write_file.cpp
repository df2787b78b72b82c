// SPDX-License-Identifier: Apache-2.0
#include "ui/report/write_file.h"

#include <QFileInfo>
#include <QSaveFile>
#include <memory>

namespace sulcus::paint {

Result<void> writeFiles(const std::vector<std::pair<std::filesystem::path, QByteArray>>& files) {
    std::vector<std::unique_ptr<QSaveFile>> targets;
    for (const auto& [path, bytes] : files) {
        const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
        if (!QFileInfo(QString::fromStdString(folder.string())).isDir())
            return fail(ErrorCode::NotFound, "ui_report.folder_missing",
                        {{"file", path.string()}, {"folder", folder.string()}});
        auto target = std::make_unique<QSaveFile>(QString::fromStdString(path.string()));
        if (!target->open(QIODevice::WriteOnly) || target->write(bytes) != bytes.size() || !target->flush())
            return fail(ErrorCode::Unreadable, "ui_report.not_written",
                        {{"file", path.string()}, {"reason", target->errorString().toStdString()}});
        targets.push_back(std::move(target));
    }
    for (auto target = targets.rbegin(); target != targets.rend(); ++target)
        if (!(*target)->commit())
            return fail(
                ErrorCode::Unreadable, "ui_report.not_written",
                {{"file", (*target)->fileName().toStdString()}, {"reason", (*target)->errorString().toStdString()}});
    return {};
}

} // namespace sulcus::paint
