// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/dicom_header.h"
#include "core/workflow/view_files.h"
#include "core/workflow/view_sets.h"
#include "core/workflow/view_table.h"

#include <algorithm>
#include <cctype>
#include <system_error>

namespace sulcus::workflow {

namespace fs = std::filesystem;

namespace {

// --- What a glance tells, on the GUI thread. ---

constexpr std::size_t kMostNames = 3000;            ///< of the folder that is asked about; names cost little
constexpr std::size_t kMostFolders = 200;           ///< such folders that are listed
constexpr std::size_t kMostWithout = 12;            ///< the same where no table speaks for them
constexpr int kMostLooks = 200;                     ///< files whose first bytes are read
constexpr std::size_t kTooMany = 16;                ///< pictures: more than one patient's with some left over
constexpr int kMostTables = 20;                     ///< CSV files that are tried
constexpr std::uintmax_t kLargestTable = 1U << 20U; ///< bytes

/// The pictures among the files, `kTooMany` at most; each look at a file is taken from `looks`.
std::vector<fs::path> somePictures(const std::vector<fs::path>& files, int& looks) {
    std::vector<fs::path> pictures;
    for (const auto& file : files) {
        auto picture = isPictureByName(file);
        if (!picture && looks > 0) {
            --looks;
            picture = imaging::looksLikeDicom(file);
        }
        if (picture.value_or(false))
            pictures.push_back(file);
        if (pictures.size() == kTooMany)
            break;
    }
    return pictures;
}

/// The first table among the files that can be read, else that cannot, if it is no larger than such tables are.
std::optional<ViewTable> smallTable(const std::vector<fs::path>& files) {
    int tries = kMostTables;
    std::optional<ViewTable> found;
    for (const auto& file : files) {
        if (lowered(file.extension().string()) != ".csv")
            continue;
        if (auto table = readViewTable(file, kLargestTable); table && (!found || table->amiss.empty()))
            found = std::move(table);
        if ((found && found->amiss.empty()) || --tries == 0)
            break;
    }
    return found;
}

std::optional<imaging::DicomHeader> dicomHeader(const fs::path& file) {
    if (!imaging::looksLikeDicom(file))
        return std::nullopt;
    auto header = imaging::readDicomHeader(file);
    return header ? std::optional(std::move(*header)) : std::nullopt;
}

/// DICOM slices of a volume.
bool isSlice(const fs::path& picture) {
    const auto header = dicomHeader(picture);
    return header && (header->modality == "CT" || header->modality == "MR" || header->modality == "PT" ||
                      header->modality == "NM");
}

/// "12_3" and "12-view3" name the patient and the view, "view_3" the view. "slice_3" may be anything.
bool namesAView(const fs::path& picture) {
    const auto stem = lowered(picture.stem().string());
    const auto view = endNumber(stem);
    if (!view || *view < 1 || *view > static_cast<long>(kViewsPerPatient))
        return false;
    const auto before = stem.substr(0, stem.find_last_not_of("0123456789") + 1); // npos + 1 = 0
    const auto name = before.substr(0, before.find_last_not_of("_-") + 1);
    const bool patientsNumber =
        !name.empty() && name.size() < before.size() && name.find_first_not_of("0123456789") == std::string::npos;
    const auto word = name.ends_with("view") ? name.size() - 4 : std::string::npos;
    return patientsNumber || word == 0 ||
           (word != std::string::npos && std::isalpha(static_cast<unsigned char>(name[word - 1])) == 0);
}

/// Nobody would mean anything else by these pictures.
bool surelyViews(const std::vector<fs::path>& pictures) {
    if (imaging::looksLikeDicom(pictures.front())) {
        // Runs of many frames are volumes by themselves, and so is what was reconstructed from a turn of the C-arm.
        const auto header = dicomHeader(pictures.front());
        return header && (header->modality == "XA" || header->modality == "RF") && header->frames <= 1 &&
               !header->position && !header->orientation;
    }
    return std::all_of(pictures.begin(), pictures.end(), namesAView) || picturesSaySynthetic(pictures);
}

bool hasLineBeside(const fs::path& folder) {
    std::error_code error;
    const auto own = fs::weakly_canonical(folder, error);
    const auto table = smallTable(namesIn(own.parent_path(), kMostNames).files);
    return table && table->lineFor(own.filename().string()) != nullptr;
}

/// Folders of patients beside a table; one that can be used, or that the table knows, is enough.
bool holdPatients(const std::vector<fs::path>& folders, const ViewTable& table, int& looks) {
    for (std::size_t n = 0; n < std::min(folders.size(), kMostFolders); ++n) {
        const auto pictures = somePictures(namesIn(folders[n], kMostNamesWithin).files, looks);
        const bool meant =
            pictures.size() == kViewsPerPatient || (!pictures.empty() && pictures.size() < kTooMany &&
                                                    table.lineFor(folders[n].filename().string()) != nullptr);
        if (meant && !isSlice(pictures.front()))
            return true;
    }
    return false;
}

/// Without a table the first dozen folders have to agree: a few pictures each, and views for sure; and beside them lies
/// nothing that could be meant instead.
bool holdPatientsAlone(const FolderNames& names, int& looks) {
    if (!std::all_of(names.files.begin(), names.files.end(),
                     [](const fs::path& file) { return isNote(file) || lowered(file.extension().string()) == ".csv"; }))
        return false;
    bool sure = false;
    for (std::size_t n = 0; n < std::min(names.folders.size(), kMostWithout); ++n) {
        const auto within = namesIn(names.folders[n], kMostNamesWithin);
        const auto pictures = somePictures(within.files, looks);
        if (within.files.empty() && within.folders.empty())
            continue;
        if (pictures.empty() || pictures.size() == kTooMany)
            return false;
        if (!sure && pictures.size() == kViewsPerPatient) {
            if (!surelyViews(pictures))
                return false;
            sure = true;
        }
    }
    return sure;
}

} // namespace

bool looksLikeViewSets(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return false;
    const auto held = holder(folder);
    const auto names = namesIn(held, kMostNames);
    const auto table = smallTable(names.files);
    int looks = kMostLooks;
    auto pictures = somePictures(names.files, looks);
    if (table && pictures.empty())
        pictures = somePictures(namesIn(held / "images", kMostNamesWithin).files, looks);
    if (!pictures.empty() && isSlice(pictures.front()))
        return false;
    if (!pictures.empty() && (table || pictures.size() == kViewsPerPatient))
        return true;
    if (pictures.size() > 1 && pictures.size() < kTooMany)
        return surelyViews(pictures) || hasLineBeside(held);
    return pictures.empty() && (table ? holdPatients(names.folders, *table, looks) : holdPatientsAlone(names, looks));
}

} // namespace sulcus::workflow
