// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/view_files.h"

#include "core/base/natural_order.h"
#include "core/imaging/dicom_header.h"
#include "core/imaging/grey_image.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <system_error>

namespace sulcus::workflow {

namespace fs = std::filesystem;

namespace {

bool isPicture(const fs::path& file) {
    std::error_code error;
    const auto named = isPictureByName(file);
    return named.value_or(true) && fs::is_regular_file(file, error) && (named || imaging::looksLikeDicom(file));
}

} // namespace

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

std::vector<fs::path> sortedEntries(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (!entry->path().filename().string().starts_with('.'))
            entries.push_back(entry->path());
    }
    std::sort(entries.begin(), entries.end(), [](const fs::path& a, const fs::path& b) {
        return naturallyBefore(a.filename().string(), b.filename().string());
    });
    return entries;
}

std::optional<bool> isPictureByName(const fs::path& file) {
    const auto ending = lowered(file.extension().string());
    if (ending == ".png" || ending == ".jpg" || ending == ".jpeg" || ending == ".tif" || ending == ".tiff" ||
        ending == ".bmp" || ending == ".dcm")
        return true;
    const bool number = ending.size() > 1 && ending.find_first_not_of("0123456789", 1) == std::string::npos;
    const bool perhaps = (ending.empty() || number || ending == ".ima" || ending == ".dicom") &&
                         lowered(file.filename().string()) != "dicomdir";
    return perhaps ? std::nullopt : std::optional(false);
}

std::vector<fs::path> picturesIn(const fs::path& folder) {
    auto entries = sortedEntries(folder);
    std::erase_if(entries, [](const fs::path& entry) { return !isPicture(entry); });
    return entries;
}

std::optional<long> endNumber(const std::string& name) {
    std::size_t first = name.size();
    while (first > 0 && std::isdigit(static_cast<unsigned char>(name[first - 1])) != 0)
        --first;
    if (first == name.size() || name.size() - first > 9)
        return std::nullopt;
    return std::stol(name.substr(first));
}

FolderNames namesIn(const fs::path& folder, std::size_t most) {
    FolderNames names;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end && most > 0;
         entry.increment(error), --most) {
        if (entry->path().filename().string().starts_with('.'))
            continue;
        std::error_code unknown;
        if (entry->is_directory(unknown))
            names.folders.push_back(entry->path());
        else if (entry->is_regular_file(unknown))
            names.files.push_back(entry->path());
    }
    return names;
}

bool isNote(const fs::path& file) {
    static const std::set<std::string> endings{".txt", ".md", ".html", ".htm", ".pdf", ".xml", ".inf", ".json", ".url"};
    static const std::set<std::string> names{"dicomdir", "readme", "license", "licence", "version"};
    return endings.count(lowered(file.extension().string())) > 0 || names.count(lowered(file.filename().string())) > 0;
}

fs::path holder(const fs::path& folder) {
    fs::path held = folder;
    for (int level = 0; level < 2; ++level) {
        const auto names = namesIn(held, kMostNamesWithin);
        if (names.folders.size() != 1 || !std::all_of(names.files.begin(), names.files.end(), isNote))
            break;
        held = names.folders.front();
    }
    return held;
}

bool picturesSaySynthetic(const std::vector<fs::path>& views) {
    return !views.empty() && std::all_of(views.begin(), views.end(), [](const fs::path& view) {
        const auto source = imaging::pictureSource(view);
        return source && lowered(*source).find("synthetic") != std::string::npos;
    });
}

} // namespace sulcus::workflow
