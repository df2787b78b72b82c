// SPDX-License-Identifier: Apache-2.0
#include "tests/layout/layout_rules.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <sstream>

namespace sulcus::layout {

namespace fs = std::filesystem;

namespace {

struct Line {
    int number = 0;
    std::string text;
};

std::vector<Line> linesOf(const fs::path& file) {
    std::vector<Line> lines;
    std::ifstream in(file);
    std::string text;
    for (int number = 1; std::getline(in, text); ++number)
        lines.push_back({number, text});
    return lines;
}

std::string at(const fs::path& root, const fs::path& file, int line) {
    return fs::relative(file, root).generic_string() + ":" + std::to_string(line) + ": ";
}

/// Layers from the bottom up. A layer may include itself and what is listed for it.
const std::map<std::string, std::set<std::string>>& allowedLayers() {
    static const std::set<std::string> core{"core/base",   "core/imaging", "core/learning", "core/anatomy",
                                            "core/clinic", "core/store",   "core/report",   "core/workflow"};
    static const auto with = [](std::set<std::string> base, std::initializer_list<std::string> more) {
        base.insert(more);
        return base;
    };
    static const std::map<std::string, std::set<std::string>> layers{
        {"core/base", {}},
        {"core/imaging", {"core/base"}},
        {"core/learning", {"core/base"}},
        {"core/anatomy", {"core/base", "core/imaging"}},
        {"core/clinic", {"core/base", "core/anatomy"}},
        {"core/store", {"core/base", "core/anatomy", "core/clinic"}},
        {"core/report", {"core/base", "core/imaging", "core/anatomy", "core/clinic"}},
        {"core/workflow", core},
        {"ui/session", core},
        {"ui/scene", {"core/base", "core/imaging", "core/anatomy"}},
        {"ui/viewport", {"core/base", "core/imaging", "core/anatomy", "ui/scene"}},
        {"ui/report", with(core, {"ui/session", "ui/scene"})},
        {"ui/widgets", with(core, {"ui/session", "ui/scene", "ui/viewport", "ui/report"})},
        {"app", with(core, {"ui/session", "ui/scene", "ui/viewport", "ui/report", "ui/widgets"})},
    };
    return layers;
}

std::optional<std::string> layerOf(const std::string& path) {
    for (const auto& [layer, allowed] : allowedLayers())
        if (path.rfind(layer + "/", 0) == 0)
            return layer;
    return std::nullopt;
}

/// A family of third-party headers and the layers that may see them.
struct Family {
    std::string name;
    std::regex header;
    std::set<std::string> owners;
};

const std::vector<Family>& families() {
    static const std::set<std::string> qtGui{"ui/session", "ui/viewport", "ui/report", "ui/widgets", "app"};
    static const std::vector<Family> all{
        {"ITK", std::regex("^itk[A-Z].*\\.h(xx)?$|^gdcm.*|^nifti.*|^dcmtk/.*"), {"core/imaging", "core/anatomy"}},
        {"LibTorch", std::regex("^(torch|ATen|c10|caffe2)/.*"), {"core/learning"}},
        {"SQLite", std::regex("^sqlite3?.*|^SQLiteCpp/.*"), {"core/store"}},
        {"VTK", std::regex("^vtk[A-Z].*\\.h$|^EGL/.*"), {"ui/scene", "ui/viewport"}},
        {"Qt Widgets",
         std::regex("^Q(Widget|MainWindow|Dialog|Dock|Label|PushButton|ToolButton|ToolBar|Menu|Layout|BoxLayout|"
                    "VBoxLayout|HBoxLayout|GridLayout|FormLayout|Application|Table|Tree|List(View|Widget)|Splitter|"
                    "ComboBox|CheckBox|RadioButton|LineEdit|TextEdit|SpinBox|DoubleSpinBox|Slider|TabWidget|"
                    "GroupBox|ScrollArea|Style|StatusBar|ProgressBar|FileDialog|MessageBox|Frame|Action(Group)?Widget)"
                    "(\\b|[A-Z]).*"),
         {"ui/viewport", "ui/widgets", "app"}},
        {"Qt", std::regex("^Q[A-Z].*|^Qt.*"), qtGui},
        {"CLI11", std::regex("^CLI/.*"), {"app"}},
    };
    return all;
}

struct Include {
    int line = 0;
    std::string path;
    bool project = false; ///< in quotes and found below the root
};

std::vector<Include> includesOf(const fs::path& root, const fs::path& file) {
    static const std::regex pattern(R"re(^\s*#\s*include\s*(["<])([^">]+)[">])re");
    std::vector<Include> includes;
    for (const Line& line : linesOf(file)) {
        std::smatch match;
        if (!std::regex_search(line.text, match, pattern))
            continue;
        const std::string path = match[2];
        includes.push_back({line.number, path, match[1] == "\"" && fs::exists(root / path)});
    }
    return includes;
}

/// Third-party headers that a project file reaches, with the chain's first hop.
void collectThirdParty(const fs::path& root, const std::string& file, std::set<std::string>& seen,
                       std::set<std::string>& reached) {
    if (!seen.insert(file).second)
        return;
    for (const Include& include : includesOf(root, root / file)) {
        if (include.project)
            collectThirdParty(root, include.path, seen, reached);
        else
            reached.insert(include.path);
    }
}

bool isSource(const fs::path& file) { return file.extension() == ".h" || file.extension() == ".cpp"; }

} // namespace

std::vector<fs::path> sourceFiles(const fs::path& root) {
    std::vector<fs::path> files;
    for (const char* const top : {"app", "core", "ui", "tests"}) {
        if (!fs::exists(root / top))
            continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / top))
            if (entry.is_regular_file() && isSource(entry.path()))
                files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

Violations checkLayers(const fs::path& root) {
    Violations violations;
    for (const fs::path& file : sourceFiles(root)) {
        const std::string relative = fs::relative(file, root).generic_string();
        const std::optional<std::string> layer = layerOf(relative);
        if (!layer) {
            if (relative.rfind("tests/", 0) != 0)
                violations.push_back(at(root, file, 1) + "lies in no layer of the architecture");
            continue;
        }
        for (const Include& include : includesOf(root, file)) {
            const std::optional<std::string> other = layerOf(include.path);
            if (other && *other != *layer && !allowedLayers().at(*layer).contains(*other))
                violations.push_back(at(root, file, include.line) + *layer + " must not know " + include.path);
            if (include.path.rfind("tests/", 0) == 0)
                violations.push_back(at(root, file, include.line) + "a source includes a test: " + include.path);
        }
    }
    return violations;
}

Violations checkThirdParty(const fs::path& root) {
    Violations violations;
    for (const fs::path& file : sourceFiles(root)) {
        const std::string relative = fs::relative(file, root).generic_string();
        const std::optional<std::string> layer = layerOf(relative);
        if (!layer)
            continue;
        std::set<std::string> seen;
        std::set<std::string> reached;
        collectThirdParty(root, relative, seen, reached);
        for (const std::string& header : reached) {
            for (const Family& family : families()) {
                if (!std::regex_match(header, family.header))
                    continue;
                if (!family.owners.contains(*layer))
                    violations.push_back(at(root, file, 1) + *layer + " reaches <" + header + "> of " + family.name);
                break; // families are listed from the most to the least specific
            }
        }
    }
    return violations;
}

Violations checkStyle(const fs::path& root) {
    Violations violations;
    static const std::regex unfinished("\\b(TODO|FIXME|XXX)\\b");
    for (const fs::path& file : sourceFiles(root)) {
        const std::vector<Line> lines = linesOf(file);
        const bool header = file.extension() == ".h";
        if (lines.empty() || lines.front().text != "// SPDX-License-Identifier: Apache-2.0")
            violations.push_back(at(root, file, 1) + "the first line must be the SPDX line");
        if (header && std::none_of(lines.begin(), lines.end(), [](const Line& l) { return l.text == "#pragma once"; }))
            violations.push_back(at(root, file, 1) + "a header without #pragma once");
        const bool rulesThemselves = file.filename() == "layout_rules.cpp" || file.filename() == "tst_layout.cpp";
        const bool test = fs::relative(file, root).generic_string().rfind("tests/", 0) == 0;
        for (const Line& line : lines) {
            if (header && line.text.rfind("using namespace", 0) == 0)
                violations.push_back(at(root, file, line.number) + "using namespace in a header");
            if (rulesThemselves)
                continue;
            if (!test && line.text.find("processEvents(") != std::string::npos)
                violations.push_back(at(root, file, line.number) + "processEvents hides a blocking call");
            if (std::regex_search(line.text, unfinished))
                violations.push_back(at(root, file, line.number) + "unfinished work belongs in an issue");
        }
    }
    return violations;
}

Violations checkTopLevel(const fs::path& root) {
    static const std::set<std::string> allowed{
        "app",          "core",    "ui",     "resources",         "models",        "tests",       "packaging",
        "README.md",    "LICENSE", ".git",   "CONTRIBUTING.md",   "CHANGELOG.md",  ".gitignore",  "CMakeLists.txt",
        "build",        ".ci",     ".cache", "CMakePresets.json", ".clang-format", ".clang-tidy", ".gitattributes",
        ".editorconfig"};
    Violations violations;
    for (const auto& entry : fs::directory_iterator(root)) {
        const std::string name = entry.path().filename().string();
        if (!allowed.contains(name))
            violations.push_back(name + ":1: does not belong at the top of the tree");
    }
    return violations;
}

Violations checkFiles(const fs::path& root) {
    static const std::regex image(".*\\.(nii|nii\\.gz|dcm|mha|mhd|nrrd|npy|npz|npy\\.gz)$");
    constexpr std::uintmax_t kLargest = 32u * 1024u * 1024u;
    Violations violations;
    for (const char* const top : {"app", "core", "ui", "resources", "models", "tests", "packaging"}) {
        if (!fs::exists(root / top))
            continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            if (!entry.is_regular_file())
                continue;
            const std::string relative = fs::relative(entry.path(), root).generic_string();
            if (std::regex_match(relative, image) && relative.rfind("tests/data/", 0) != 0)
                violations.push_back(relative + ":1: image data outside tests/data");
            if (entry.file_size() > kLargest)
                violations.push_back(relative + ":1: larger than 32 MiB");
        }
    }
    return violations;
}

Violations checkMessages(const fs::path& root, const std::set<std::string>& known) {
    std::set<std::string> prefixes{"stage"};
    for (const std::string& id : known)
        prefixes.insert(id.substr(0, id.find('.')));
    static const std::regex literal("\"([a-z_]+)\\.([a-z0-9_]+)\"");
    // Values that look like ids but are file names, JSON paths and the like carry one of these endings.
    static const std::set<std::string> endings{"json", "csv", "png",    "sql", "h",    "cpp", "md",
                                               "log",  "txt", "sqlite", "db",  "inc",  "gz",  "nii",
                                               "ts",   "qm",  "svg",    "bin", "conf", "ini", "sulcus"};
    Violations violations;
    for (const fs::path& file : sourceFiles(root)) {
        const std::string relative = fs::relative(file, root).generic_string();
        if (relative.rfind("tests/", 0) == 0)
            continue;
        for (const Line& line : linesOf(file)) {
            for (std::sregex_iterator it(line.text.begin(), line.text.end(), literal), end; it != end; ++it) {
                const std::string prefix = (*it)[1];
                const std::string rest = (*it)[2];
                const std::string id = prefix + "." + rest;
                if (prefixes.contains(prefix) && !endings.contains(rest) && !known.contains(id))
                    violations.push_back(at(root, file, line.number) + "no sentence for message \"" + id + "\"");
            }
        }
    }
    return violations;
}

} // namespace sulcus::layout
