// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/workflow.h"

namespace sulcus::workflow {

Result<std::shared_ptr<const imaging::Case>> openCase(const std::filesystem::path& path, const TaskContext& task) {
    task.report(0.0, "stage.reading");
    auto files = imaging::findCase(path);
    if (!files)
        return fail(std::move(files.error()));
    if (task.cancelled())
        return failCancelled();
    auto opened = imaging::readCase(*files, task);
    if (!opened)
        return fail(std::move(opened.error()));
    return std::make_shared<const imaging::Case>(std::move(*opened));
}

} // namespace sulcus::workflow
