// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// Which files of a folder are pictures of an angiography, and what their names and folders' names say. Used by
// `findViewSets` and `looksLikeViewSets`.
namespace sulcus::workflow {

/// ASCII letters in lower case.
std::string lowered(std::string text);

/// The visible entries of a folder, "view_10" after "view_9"; none when it cannot be listed.
std::vector<std::filesystem::path> sortedEntries(const std::filesystem::path& folder);

/// Archives store DICOM under bare numbers (IM0001, 1.2.840.113619.2.5), so what has no picture's ending is told from
/// its first bytes. DICOMDIR is a list of files, no picture. Nothing where the name does not decide.
std::optional<bool> isPictureByName(const std::filesystem::path& file);

/// The pictures among a folder's `sortedEntries`; reads the first bytes of those whose names do not decide.
std::vector<std::filesystem::path> picturesIn(const std::filesystem::path& folder);

/// Pictures of the demo carry the word in themselves, since a patient's folder may be copied away from its README.
bool picturesSaySynthetic(const std::vector<std::filesystem::path>& views);

/// "patient_0012" -> 12; nothing when the name ends otherwise, or in more than nine digits.
std::optional<long> endNumber(const std::string& name);

/// While a folder holds nothing but one folder (and notes such as a README or DICOMDIR), that one counts, two levels
/// down at most.
std::filesystem::path holder(const std::filesystem::path& folder);

struct FolderNames {
    std::vector<std::filesystem::path> files;
    std::vector<std::filesystem::path> folders;
};

/// At most `most` visible entries of a folder, as the disk has them.
FolderNames namesIn(const std::filesystem::path& folder, std::size_t most);

/// What accompanies the one folder of an archive and is nothing to open.
bool isNote(const std::filesystem::path& file);

/// The largest number of names that are read of a folder within another.
constexpr std::size_t kMostNamesWithin = 64;

} // namespace sulcus::workflow
