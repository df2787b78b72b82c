// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/image_io.h"

#include "core/imaging/itk_codec.h"
#include "core/imaging/nifti_codec.h"
#include "core/imaging/probe.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>

namespace sulcus::imaging {

namespace {

namespace fs = std::filesystem;

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

enum class Codec { Nifti, Itk };
struct Format {
    Codec codec = Codec::Nifti;
    ItkFormat itk = ItkFormat::Nrrd;
};

/// Which reader a file is for, by what is in it: a wrong ending is common, a wrong signature is not.
Result<Format> formatOf(const fs::path& file) {
    std::error_code failed;
    const auto status = fs::status(file, failed);
    if (!fs::exists(status)) {
        return fail(ErrorCode::NotFound, "imaging.file_missing", {{"file", file.string()}});
    }
    if (fs::is_directory(status)) {
        return fail(ErrorCode::Unreadable, "imaging.is_a_folder", {{"file", file.string()}});
    }
    if (!fs::is_regular_file(status)) {
        return fail(ErrorCode::Unreadable, "imaging.not_an_image", {{"file", file.string()}}, "not a regular file");
    }
    if (fs::file_size(file, failed) == 0 && !failed) {
        return fail(ErrorCode::Unreadable, "imaging.file_empty", {{"file", file.string()}});
    }
    if (::access(file.c_str(), R_OK) != 0) {
        return fail(ErrorCode::Unreadable, "imaging.no_permission", {{"file", file.string()}});
    }
    if (const auto itk = itkFormatOf(file)) {
        return Format{Codec::Itk, *itk};
    }
    if (looksLikeNifti(file)) {
        return Format{};
    }
    const std::string low = lowered(file.filename().string());
    if (low.ends_with(".img") || low.ends_with(".img.gz")) {
        const std::size_t dot = low.rfind(".img");
        return fail(ErrorCode::NotFound, "imaging.pair_missing",
                    {{"file", file.string()}, {"partner", file.filename().string().substr(0, dot) + ".hdr"}});
    }
    return fail(ErrorCode::Unreadable, "imaging.not_an_image", {{"file", file.string()}});
}

/// What is no number becomes background: 0, or air where values as low as a CT's are.
void clearNonNumbers(Volume& volume, const fs::path& file) {
    constexpr float kCtBelow = -200.0F;
    std::size_t count = 0;
    float lowest = kCtBelow;
    for (const float v : volume.voxels) {
        if (std::isfinite(v)) {
            lowest = std::min(lowest, v);
        } else {
            ++count;
        }
    }
    if (count == 0) {
        return;
    }
    const float background = lowest < kCtBelow ? lowest : 0.0F;
    std::replace_if(
        volume.voxels.begin(), volume.voxels.end(), [](float v) { return !std::isfinite(v); }, background);
    volume.warnings.push_back({"imaging.not_numbers",
                               {{"file", file.filename().string()},
                                {"count", std::to_string(count)},
                                {"value", std::to_string(std::lround(background))}}});
}

/// The bytes go to a name beside the target, which is replaced only once they are all there.
template <typename Image>
Result<void> writeAside(const Image& image, const fs::path& file) {
    const std::string name = file.filename().string();
    constexpr std::array<std::string_view, 4> kEndings{".nii.gz", ".nii", ".nrrd", ".mha"};
    const auto ending =
        std::find_if(kEndings.begin(), kEndings.end(), [&](std::string_view e) { return name.ends_with(e); });
    if (ending == kEndings.end()) {
        return fail(ErrorCode::Unsupported, "imaging.write_format_unknown", {{"file", file.string()}});
    }
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (!fs::is_directory(folder)) {
        return fail(ErrorCode::NotFound, "imaging.folder_missing", {{"folder", folder.string()}});
    }
    const std::string stem = name.substr(0, name.size() - ending->size());
    const fs::path aside = folder / ("." + stem + ".part-" + std::to_string(::getpid()) + std::string(*ending));
    std::error_code failed;
    if (auto written = writeItk(image, aside); !written) {
        fs::remove(aside, failed);
        Error error = std::move(written.error());
        error.message = {"imaging.write_failed", {{"file", file.string()}}};
        return fail(std::move(error));
    }
    fs::rename(aside, file, failed);
    if (failed) {
        const std::string why = failed.message();
        fs::remove(aside, failed);
        return fail(ErrorCode::Unreadable, "imaging.write_failed", {{"file", file.string()}}, why);
    }
    return {};
}

} // namespace

bool hasImageExtension(const fs::path& file) {
    constexpr std::array<std::string_view, 18> kEndings{".nii",  ".nii.gz", ".hdr",  ".img", ".hdr.gz", ".img.gz",
                                                        ".nrrd", ".nhdr",   ".mha",  ".mhd", ".dcm",    ".ima",
                                                        ".png",  ".tif",    ".tiff", ".jpg", ".jpeg",   ".bmp"};
    const std::string low = lowered(file.filename().string());
    return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view e) { return low.ends_with(e); });
}

Result<ImageHeader> readHeader(const fs::path& file) {
    const auto format = formatOf(file);
    if (!format) {
        return fail(format.error());
    }
    return format->codec == Codec::Nifti ? readNiftiHeader(file) : readItkHeader(file, format->itk);
}

Result<Volume> readVolume(const fs::path& file, const TaskContext& task) { return readVolume(file, {}, task); }

Result<Volume> readVolume(const fs::path& file, const ReadOptions& options, const TaskContext& task) {
    const auto format = formatOf(file);
    if (!format) {
        return fail(format.error());
    }
    if (format->codec == Codec::Itk) {
        if (auto safe = probeFiles(std::span(&file, 1), task); !safe) {
            return fail(std::move(safe.error()));
        }
    }
    auto volume =
        format->codec == Codec::Nifti ? readNifti(file, options, task) : readItk(file, format->itk, options, task);
    if (!volume) {
        return fail(std::move(volume.error()));
    }
    clearNonNumbers(*volume, file);
    return volume;
}

Result<LabelMap> readLabelMap(const fs::path& file, const TaskContext& task) {
    auto volume = readVolume(file, task);
    if (!volume) {
        return fail(std::move(volume.error()));
    }
    LabelMap map;
    map.geometry = volume->geometry;
    map.description = volume->description;
    map.voxels.resize(volume->voxels.size());
    for (std::size_t n = 0; n < map.voxels.size(); ++n) {
        const float value = volume->voxels[n];
        // Scale factors in a header leave whole labels a hair off.
        const float whole = std::round(value);
        if (whole < 0.0F || whole > 255.0F || std::abs(value - whole) > 1e-3F) {
            return fail(ErrorCode::Unreadable, "imaging.not_a_label_map", {{"file", file.string()}},
                        "value " + std::to_string(value));
        }
        map.voxels[n] = static_cast<std::uint8_t>(whole);
    }
    return map;
}

Result<void> writeLabelMap(const LabelMap& map, const fs::path& file) { return writeAside(map, file); }
Result<void> writeVolume(const Volume& volume, const fs::path& file) { return writeAside(volume, file); }

} // namespace sulcus::imaging
