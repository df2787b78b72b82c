// SPDX-License-Identifier: Apache-2.0
#include "app/program_paths.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>

namespace sulcus::app {

namespace fs = std::filesystem;

namespace {

fs::path fromEnvironment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? fs::path() : fs::path(value);
}

fs::path programFolder() {
    std::error_code error;
    const auto program = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::current_path(error) : program.parent_path();
}

// XDG Base Directory Specification 0.8: a relative path in the variable is to be ignored.
fs::path xdgFolder(const char* variable, const char* belowHome) {
    if (const auto stated = fromEnvironment(variable); stated.is_absolute())
        return stated / "sulcus";
    if (const auto home = fromEnvironment("HOME"); !home.empty())
        return home / belowHome / "sulcus";
    std::error_code error;
    auto temporary = fs::temp_directory_path(error);
    return (error ? fs::path("/tmp") : temporary) / "sulcus";
}

fs::path findModels() {
    if (auto stated = fromEnvironment("SULCUS_MODELS"); !stated.empty())
        return stated;
    std::error_code error;
    const auto folder = programFolder();
    // build/<preset>/bin -> the source tree, told from any other place by its CMake file.
    const auto tree = folder.parent_path().parent_path().parent_path();
    if (fs::exists(tree / "CMakeLists.txt", error) && fs::is_directory(tree / "models", error))
        return tree / "models";
    return folder.parent_path() / "share" / "sulcus" / "models";
}

bool isBundle(const fs::path& folder) {
    std::error_code error;
    return fs::is_regular_file(folder / "bundle.json", error);
}

} // namespace

std::string programVersion() { return SULCUS_VERSION; }

workflow::Paths findPaths(const PathOptions& options) {
    workflow::Paths paths;
    paths.models = options.models.empty() ? findModels() : options.models;
    paths.templates = fromEnvironment("SULCUS_TEMPLATES");
    if (paths.templates.empty())
        paths.templates = "/usr/share/mricron/templates";
    paths.cache = xdgFolder("XDG_CACHE_HOME", ".cache");
    paths.database = options.database.empty() ? fromEnvironment("SULCUS_DB") : options.database;
    if (paths.database.empty())
        paths.database = xdgFolder("XDG_DATA_HOME", ".local/share") / "sulcus.db";
    return paths;
}

std::vector<std::string> bundleNames(const workflow::Paths& paths) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(paths.models, error), end; !error && entry != end; entry.increment(error)) {
        if (isBundle(entry->path()))
            names.push_back(entry->path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<fs::path> findBundle(const std::string& nameOrFolder, const workflow::Paths& paths) {
    if (isBundle(nameOrFolder))
        return fs::path(nameOrFolder);
    const bool plainName = !nameOrFolder.empty() && nameOrFolder.find('/') == std::string::npos;
    if (plainName && isBundle(paths.models / nameOrFolder))
        return paths.models / nameOrFolder;
    std::string known;
    for (const auto& name : bundleNames(paths))
        known += (known.empty() ? "" : ", ") + name;
    if (known.empty())
        return fail(ErrorCode::NotFound, "app.no_bundles",
                    {{"bundle", nameOrFolder}, {"folder", paths.models.string()}});
    return fail(ErrorCode::NotFound, "app.bundle_missing",
                {{"bundle", nameOrFolder}, {"folder", paths.models.string()}, {"known", known}});
}

} // namespace sulcus::app
