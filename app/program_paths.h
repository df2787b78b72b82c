// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/workflow/workflow.h"

#include <filesystem>
#include <string>
#include <vector>

namespace sulcus::app {

/// "0.1.0"
std::string programVersion();

/// What a person may say about places; empty means: find it.
struct PathOptions {
    std::filesystem::path models;   ///< `--models`
    std::filesystem::path database; ///< `--db`
};

/// Where the program's own files are. Nothing is created and nothing need exist.
///
/// models     the option, SULCUS_MODELS, the source tree's `models` for a program in `build/<preset>/bin`, else
///            `../share/sulcus/models` beside the program
/// templates  SULCUS_TEMPLATES, else /usr/share/mricron/templates
/// database   the option, SULCUS_DB, else `sulcus/sulcus.db` under XDG_DATA_HOME (~/.local/share)
/// cache      `sulcus` under XDG_CACHE_HOME (~/.cache), else under the folder for temporary files
workflow::Paths findPaths(const PathOptions& options = {});

/// The folder of a bundle, given as a folder that holds bundle.json or by the name of a folder in `paths.models`.
/// Errors: NotFound ("app.bundle_missing": names the bundles that are there).
Result<std::filesystem::path> findBundle(const std::string& nameOrFolder, const workflow::Paths& paths);

/// Names of the folders in `paths.models` that hold a bundle.json, sorted.
std::vector<std::string> bundleNames(const workflow::Paths& paths);

} // namespace sulcus::app
