// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/dataset_layouts.h"

#include "core/imaging/case.h"

#include <algorithm>
#include <optional>
#include <system_error>

namespace sulcus::workflow {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> entriesOf(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        entries.push_back(entry->path());
    std::sort(entries.begin(), entries.end());
    return entries;
}

// "a.nii.gz" -> "a"
std::string stemOf(const fs::path& file) {
    auto name = file.filename().string();
    for (const std::string_view ending : {".nii.gz", ".npy.gz", ".nii", ".tiff", ".tif", ".png", ".npy"}) {
        if (name.size() > ending.size() && name.ends_with(ending))
            return name.substr(0, name.size() - ending.size());
    }
    return name;
}

bool isFile(const fs::path& file) {
    std::error_code error;
    return fs::is_regular_file(file, error);
}

DatasetItem pair(const std::string& layout, const std::string& name, const fs::path& image, const fs::path& label) {
    DatasetItem item;
    item.layout = layout;
    item.name = name;
    item.patient = patientOfName(name);
    item.image = image;
    item.label = label;
    return item;
}

// The partner of `file` when `from` in its name becomes `to`; nothing when the name lacks `from` or there is no such
// file.
std::optional<fs::path> partner(const fs::path& file, const std::string& from, const std::string& to) {
    auto name = file.filename().string();
    const auto at = name.rfind(from);
    if (at == std::string::npos)
        return std::nullopt;
    name.replace(at, from.size(), to);
    const auto other = file.parent_path() / name;
    return isFile(other) ? std::optional(other) : std::nullopt;
}

void addTiffPairs(const fs::path& folder, std::vector<DatasetItem>& items) {
    for (const auto& image : entriesOf(folder / "2d_images")) {
        const auto mask = folder / "2d_masks" / image.filename();
        if (isFile(mask))
            items.push_back(pair("image-mask-pairs", stemOf(image), image, mask));
    }
}

void addFilePairs(const fs::path& folder, std::vector<DatasetItem>& items) {
    for (const auto& file : entriesOf(folder)) {
        if (!isFile(file))
            continue;
        const auto name = file.filename().string();
        const auto stem = stemOf(file);
        if (name.starts_with("IMG_")) {
            if (const auto mask = partner(file, "IMG_", "MASK_"))
                items.push_back(pair("image-mask-pairs", stem.substr(4), file, *mask));
        } else if (stem.ends_with("_orig")) {
            if (const auto mask = partner(file, "_orig.", "_liver."))
                items.push_back(pair("orig-liver", stem.substr(0, stem.size() - 5), file, *mask));
        } else if (stem.ends_with("_ct")) {
            if (const auto mask = partner(file, "_ct.", "_lungmask."))
                items.push_back(pair("image-mask-pairs", stem.substr(0, stem.size() - 3), file, *mask));
        } else if (stem.ends_with("image_u8")) {
            if (const auto label = partner(file, "image_u8.", "label_u8.")) {
                auto item = pair("numpy", stem.substr(0, stem.size() - 8), file, *label);
                item.kind = DatasetItem::Kind::ArraySet;
                item.name = item.name.empty() ? folder.filename().string() : item.name.substr(0, item.name.size() - 1);
                const auto index = folder / (stem.substr(0, stem.size() - 8) + "index.csv");
                if (isFile(index))
                    item.index = index;
                items.push_back(item);
            }
        }
    }
}

bool addBratsCase(const fs::path& folder, std::vector<DatasetItem>& items) {
    const auto files = imaging::findCase(folder);
    if (!files || files->kind != imaging::CaseKind::BratsMri)
        return false;
    DatasetItem item;
    item.kind = DatasetItem::Kind::BratsCase;
    item.layout = "brats";
    item.name = files->id;
    item.patient = files->id;
    item.image = folder;
    items.push_back(item);
    return true;
}

} // namespace

std::string patientOfName(const std::string& name) {
    const auto mark = name.find("_Z_");
    return mark == std::string::npos ? name : name.substr(0, mark);
}

Result<void> checkReadable(const fs::path& folder) {
    std::error_code error;
    std::error_code ignored;
    if (fs::exists(folder, ignored) && !fs::is_directory(folder, ignored))
        return fail(ErrorCode::InvalidInput, "workflow.not_a_folder", {{"file", folder.string()}});
    const fs::directory_iterator entries(folder, error);
    if (error && fs::exists(folder, ignored))
        return fail(ErrorCode::Unreadable, "workflow.folder_unreadable", {{"folder", folder.string()}},
                    error.message());
    return {};
}

Result<std::vector<DatasetItem>> findDataset(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return fail(ErrorCode::NotFound, "workflow.data_folder_missing", {{"folder", folder.string()}});
    if (auto readable = checkReadable(folder); !readable)
        return fail(std::move(readable.error()));
    std::vector<DatasetItem> items;
    if (!addBratsCase(folder, items)) {
        addTiffPairs(folder, items);
        addFilePairs(folder / "3d_images", items);
        addFilePairs(folder, items);
        for (const auto& entry : entriesOf(folder)) {
            const auto name = entry.filename().string();
            if (fs::is_directory(entry, error) && name != "2d_images" && name != "2d_masks" && name != "3d_images")
                addBratsCase(entry, items);
        }
    }
    if (items.empty())
        return fail(ErrorCode::NotFound, "workflow.data_folder_empty", {{"folder", folder.string()}});
    return items;
}

} // namespace sulcus::workflow
