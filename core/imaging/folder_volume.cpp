// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/folder_volume.h"

#include "core/base/natural_order.h"
#include "core/imaging/dicom_header.h"
#include "core/imaging/image_io.h"
#include "core/imaging/itk_codec.h"
#include "core/imaging/probe.h"
#include "core/imaging/volume_memory.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>
#include <string_view>

namespace sulcus::imaging {

namespace {

namespace fs = std::filesystem;
using Vector = std::array<double, 3>;

constexpr int kDeepestFolder = 4;
constexpr double kSamePlaceMm = 1e-2;
constexpr double kUnevenShare = 0.02;
constexpr double kTiltDegrees = 0.5;
constexpr double kRoundingVoxels = 1e-3;
constexpr double kLargestSide = 1 << 16;

double dot(const Vector& a, const Vector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
Vector cross(const Vector& a, const Vector& b) {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}
Vector minus(const Vector& a, const Vector& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
double length(const Vector& a) { return std::sqrt(dot(a, a)); }

struct Slice {
    fs::path file;
    DicomHeader header;
    double along = 0.0; ///< mm along the normal
};

/// The unit vectors of a slice's rows and columns, empty when the header has none or nonsense.
std::optional<std::array<Vector, 3>> axesOf(const DicomHeader& h) {
    if (!h.orientation) {
        return std::nullopt;
    }
    const auto& o = *h.orientation;
    Vector row{o[0], o[1], o[2]};
    Vector column{o[3], o[4], o[5]};
    const double lr = length(row);
    const double lc = length(column);
    if (lr < 0.5 || lc < 0.5 || std::abs(dot(row, column)) > 0.01 * lr * lc) {
        return std::nullopt;
    }
    for (std::size_t n = 0; n < 3; ++n) {
        row[n] /= lr;
        column[n] /= lc;
    }
    return std::array<Vector, 3>{row, column, cross(row, column)};
}

bool placed(const std::vector<Slice>& slices) {
    return axesOf(slices.front().header).has_value() &&
           std::all_of(slices.begin(), slices.end(), [](const Slice& s) { return s.header.position.has_value(); });
}

void sortSlices(std::vector<Slice>& slices) {
    if (placed(slices)) {
        const Vector normal = (*axesOf(slices.front().header))[2];
        for (Slice& s : slices) {
            s.along = dot(*s.header.position, normal);
        }
    }
    std::stable_sort(slices.begin(), slices.end(), [](const Slice& a, const Slice& b) {
        if (std::abs(a.along - b.along) > kSamePlaceMm) {
            return a.along < b.along;
        }
        return a.header.instanceNumber < b.header.instanceNumber;
    });
}

/// One slice per position: the first of each.
std::vector<Slice> firstPhase(const std::vector<Slice>& sorted) {
    if (!placed(sorted)) {
        return sorted;
    }
    std::vector<Slice> one;
    for (const Slice& s : sorted) {
        if (one.empty() || s.along - one.back().along > kSamePlaceMm) {
            one.push_back(s);
        }
    }
    return one;
}

double usualGap(const std::vector<Slice>& slices) {
    std::vector<double> gaps;
    for (std::size_t n = 1; n < slices.size(); ++n) {
        gaps.push_back(slices[n].along - slices[n - 1].along);
    }
    if (gaps.empty()) {
        return 0.0;
    }
    std::nth_element(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2), gaps.end());
    return gaps[gaps.size() / 2];
}

bool isUneven(const std::vector<Slice>& slices, double gap) {
    for (std::size_t n = 1; n < slices.size(); ++n) {
        if (std::abs(slices[n].along - slices[n - 1].along - gap) > kUnevenShare * gap) {
            return true;
        }
    }
    return false;
}

double tiltOf(const std::vector<Slice>& slices) {
    if (slices.size() < 2 || !placed(slices)) {
        return 0.0;
    }
    const Vector normal = (*axesOf(slices.front().header))[2];
    const Vector way = minus(*slices.back().header.position, *slices.front().header.position);
    const double cosine = std::clamp(dot(way, normal) / std::max(length(way), 1e-9), -1.0, 1.0);
    return std::acos(cosine) * 180.0 / std::numbers::pi;
}

DicomSeries describe(std::vector<Slice> slices, int part) {
    sortSlices(slices);
    const DicomHeader& h = slices.front().header;
    DicomSeries s;
    s.uid = h.seriesUid;
    s.part = part;
    s.description = h.seriesDescription;
    s.modality = h.modality;
    s.number = h.seriesNumber;
    const std::vector<Slice> one = firstPhase(slices);
    s.phases = static_cast<int>((slices.size() + one.size() - 1) / one.size());
    for (const Slice& slice : slices) {
        s.files.push_back(slice.file);
    }
    s.size = {h.columns, h.rows, static_cast<int>(one.size()) * (one.size() == 1 ? h.frames : 1)};
    const std::array<double, 2> inPlane = h.pixelSpacing.value_or(std::array<double, 2>{1.0, 1.0});
    const double gap = usualGap(one);
    s.spacing = {inPlane[1], inPlane[0], gap > 0.0 ? gap : h.sliceThickness.value_or(1.0)};
    s.uneven = gap > 0.0 && isUneven(one, gap);
    const double tilt = tiltOf(one);
    s.tiltDegrees = tilt > kTiltDegrees ? tilt : 0.0;
    return s;
}

/// A picture moved by a part of a voxel onto a grid of its own size or larger; what comes in from outside is `fill`.
std::vector<float> shiftPicture(const std::vector<float>& before, std::array<int, 2> size, std::array<int, 2> grown,
                                std::array<double, 2> shift, float fill) {
    const auto at = [&](int i, int j) {
        return i < 0 || j < 0 || i >= size[0] || j >= size[1]
                   ? fill
                   : before[static_cast<std::size_t>(j) * static_cast<std::size_t>(size[0]) +
                            static_cast<std::size_t>(i)];
    };
    std::vector<float> picture;
    picture.reserve(static_cast<std::size_t>(grown[0]) * static_cast<std::size_t>(grown[1]));
    for (int j = 0; j < grown[1]; ++j) {
        const double y = j - shift[1];
        const int y0 = static_cast<int>(std::floor(y));
        const auto fy = static_cast<float>(y - y0);
        for (int i = 0; i < grown[0]; ++i) {
            const double x = i - shift[0];
            const int x0 = static_cast<int>(std::floor(x));
            const auto fx = static_cast<float>(x - x0);
            const float upper = at(x0, y0) + fx * (at(x0 + 1, y0) - at(x0, y0));
            const float lower = at(x0, y0 + 1) + fx * (at(x0 + 1, y0 + 1) - at(x0, y0 + 1));
            picture.push_back(upper + fy * (lower - upper));
        }
    }
    return picture;
}

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool isPicture(const fs::path& file) {
    const std::string ending = lowered(file.extension().string());
    for (const char* known : {".png", ".tif", ".tiff", ".jpg", ".jpeg", ".bmp"}) {
        if (ending == known) {
            return true;
        }
    }
    return false;
}

/// What lies in a folder itself, by the names of the files and the first bytes of those that are no pictures by name.
struct PictureFolder {
    std::vector<fs::path> pictures; ///< in natural order
    bool others = false;            ///< images of other kinds
    bool dicom = false;
};

PictureFolder picturesIn(const fs::path& folder) {
    PictureFolder images;
    PictureFolder own;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, failed)) {
        const fs::path& file = entry.path();
        if (!entry.is_regular_file(failed) || file.filename().string().starts_with('.')) {
            continue;
        }
        PictureFolder& to = isOwnOutput(file) ? own : images;
        if (isPicture(file)) {
            to.pictures.push_back(file);
        } else if (looksLikeDicom(file)) {
            to.dicom = true;
        } else if (hasImageExtension(file)) {
            to.others = true;
        }
    }
    // A folder of nothing but masks is looked at as it is.
    if (images.pictures.empty() && !images.others && !images.dicom) {
        images = std::move(own);
    }
    std::sort(images.pictures.begin(), images.pictures.end(), [](const fs::path& a, const fs::path& b) {
        return naturallyBefore(a.filename().string(), b.filename().string());
    });
    return images;
}

/// Calls `visit` with every file of a folder and of those in it until it returns true. Hidden folders are passed over.
template <typename Visit>
bool anyFileBelow(const fs::path& folder, Visit&& visit) {
    std::error_code failed;
    for (auto it = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, failed);
         it != fs::recursive_directory_iterator(); it.increment(failed)) {
        if (it.depth() >= kDeepestFolder || it->path().filename().string().starts_with('.')) {
            it.disable_recursion_pending();
        }
        if (it->is_regular_file(failed) && visit(it->path())) {
            return true;
        }
    }
    return false;
}

/// The header of a DICOM picture, empty for all other files.
std::optional<DicomHeader> pictureHeader(const fs::path& file) {
    if (!looksLikeDicom(file)) {
        return std::nullopt;
    }
    auto header = readDicomHeader(file);
    if (!header || !checkDicomPicture(file, *header)) {
        return std::nullopt;
    }
    return std::move(*header);
}

} // namespace

Result<std::vector<DicomSeries>> findDicomSeries(const fs::path& folder, const TaskContext& task) {
    std::error_code failed;
    if (!fs::is_directory(folder, failed)) {
        return fail(ErrorCode::NotFound, "imaging.folder_missing", {{"folder", folder.string()}});
    }
    std::vector<fs::path> files;
    anyFileBelow(folder, [&](const fs::path& file) {
        files.push_back(file);
        return false;
    });
    std::sort(files.begin(), files.end());

    // The key holds everything that slices of one volume must share.
    std::map<std::string, std::map<std::string, std::vector<Slice>>> groups;
    for (std::size_t n = 0; n < files.size(); ++n) {
        if (task.cancelled()) {
            return failCancelled();
        }
        task.report(static_cast<double>(n) / static_cast<double>(files.size()), "stage.listing");
        auto header = pictureHeader(files[n]);
        if (!header) {
            continue;
        }
        std::string key = std::to_string(header->rows) + "x" + std::to_string(header->columns);
        if (header->orientation) {
            for (const double v : *header->orientation) {
                key += "/" + std::to_string(std::lround(v * 1000.0));
            }
        }
        if (header->frames > 1) {
            key += "/" + files[n].string(); // a multi-frame file is a volume by itself
        }
        groups[header->seriesUid][key].push_back({files[n], std::move(*header)});
    }
    std::vector<DicomSeries> found;
    for (auto& [uid, parts] : groups) {
        int part = 0;
        for (auto& [key, slices] : parts) {
            found.push_back(describe(std::move(slices), part++));
        }
    }
    if (found.empty()) {
        return fail(ErrorCode::NotFound, "imaging.no_series", {{"folder", folder.string()}});
    }
    std::stable_sort(found.begin(), found.end(), [](const DicomSeries& a, const DicomSeries& b) {
        return a.size[2] != b.size[2] ? a.size[2] > b.size[2] : a.number < b.number;
    });
    task.report(1.0, "stage.listing");
    return found;
}

Result<Volume> readDicomSeries(const DicomSeries& series, const TaskContext& task) {
    std::vector<Slice> slices;
    for (const fs::path& file : series.files) {
        auto header = readDicomHeader(file);
        if (!header) {
            return fail(std::move(header.error()));
        }
        if (auto shown = checkDicomPicture(file, *header); !shown) {
            return fail(std::move(shown.error()));
        }
        slices.push_back({file, std::move(*header)});
    }
    if (slices.empty()) {
        return fail(ErrorCode::NotFound, "imaging.no_series", {{"folder", ""}});
    }
    if (slices.size() == 1) {
        return readVolume(slices.front().file, task);
    }
    if (auto safe = probeFiles(series.files, task); !safe) {
        return fail(std::move(safe.error()));
    }
    sortSlices(slices);
    const std::size_t all = slices.size();
    slices = firstPhase(slices);

    const DicomHeader& first = slices.front().header;
    const std::string name =
        series.description.empty() ? slices.front().file.parent_path().filename().string() : series.description;
    Volume volume;
    volume.modality = first.modality;
    Geometry& g = volume.geometry;
    const bool hasPlaces = placed(slices);
    const std::array<double, 2> inPlane = first.pixelSpacing.value_or(std::array<double, 2>{1.0, 1.0});
    const double gap = hasPlaces ? usualGap(slices) : 0.0;
    g.spacing = {inPlane[1], inPlane[0], gap > 0.0 ? gap : first.sliceThickness.value_or(1.0)};
    const bool uneven = gap > 0.0 && isUneven(slices, gap);
    const double extent = slices.back().along - slices.front().along;
    const int depth = uneven ? static_cast<int>(std::lround(extent / gap)) + 1 : static_cast<int>(slices.size());
    g.size = {first.columns, first.rows, depth};
    g.isSlice = depth == 1;
    g.hasOrientation = hasPlaces;
    if (const auto axes = axesOf(first); axes && hasPlaces) {
        for (std::size_t row = 0; row < 3; ++row) {
            for (std::size_t column = 0; column < 3; ++column) {
                g.direction[row * 3 + column] = (*axes)[column][row];
            }
        }
        g.origin = *first.position;
    } else {
        volume.warnings.push_back({"imaging.no_orientation", {{"file", name}}});
    }
    if (!first.pixelSpacing) {
        volume.warnings.push_back({"imaging.spacing_missing", {{"file", name}}});
    }
    if (all > slices.size()) {
        volume.warnings.push_back(
            {"imaging.one_of_several",
             {{"file", name}, {"count", std::to_string((all + slices.size() - 1) / slices.size())}, {"shown", "1"}}});
    }
    const double tilt = tiltOf(slices);
    const bool tilted = tilt > kTiltDegrees;
    const auto oneDigit = [](double v) {
        std::string text = std::to_string(std::round(v * 10.0) / 10.0);
        return text.substr(0, text.find('.') + 2);
    };
    if (tilted) {
        volume.warnings.push_back({"imaging.gantry_tilt", {{"file", name}, {"degrees", oneDigit(tilt)}}});
    }
    if (uneven) {
        double widest = 0.0;
        for (std::size_t n = 1; n < slices.size(); ++n) {
            widest = std::max(widest, slices[n].along - slices[n - 1].along);
        }
        volume.warnings.push_back(
            {"imaging.slices_uneven", {{"file", name}, {"usual", oneDigit(gap)}, {"widest", oneDigit(widest)}}});
    }

    std::vector<std::array<double, 2>> shifts(slices.size()); // of each slice along i and j, in voxels
    if (tilted) {
        const auto axes = *axesOf(first);
        for (std::size_t axis = 0; axis < 2; ++axis) {
            double low = 0.0;
            double high = 0.0;
            for (std::size_t n = 0; n < slices.size(); ++n) {
                shifts[n][axis] = dot(minus(*slices[n].header.position, *first.position), axes[axis]) / g.spacing[axis];
                low = std::min(low, shifts[n][axis]);
                high = std::max(high, shifts[n][axis]);
            }
            // The grid grows until it holds every slice where it lies.
            low = std::floor(low + kRoundingVoxels);
            high = std::ceil(high - kRoundingVoxels);
            if (!(high - low < kLargestSide)) {
                return fail(ErrorCode::Unreadable, "imaging.header_damaged", {{"file", slices.back().file.string()}},
                            "positions of the slices");
            }
            g.size[axis] += static_cast<int>(high - low);
            for (std::size_t n = 0; n < slices.size(); ++n) {
                shifts[n][axis] -= low;
            }
            for (std::size_t row = 0; row < 3; ++row) {
                g.origin[row] += low * g.spacing[axis] * axes[axis][row];
            }
        }
    }
    const std::size_t plane = static_cast<std::size_t>(g.size[0]) * static_cast<std::size_t>(g.size[1]);
    if (auto fits = checkFitsMemory(slices.front().file.parent_path(), toString(g.size),
                                    (g.voxelCount() + (uneven ? plane * slices.size() : 0)) * sizeof(float));
        !fits) {
        return fail(std::move(fits.error()));
    }
    std::vector<float> stack;
    stack.reserve(plane * slices.size());
    for (std::size_t n = 0; n < slices.size(); ++n) {
        if (task.cancelled()) {
            return failCancelled();
        }
        task.report(static_cast<double>(n) / static_cast<double>(slices.size()), "stage.reading");
        auto picture = readDicomPixels(slices[n].file);
        if (!picture) {
            return fail(std::move(picture.error()));
        }
        if (picture->size() != static_cast<std::size_t>(first.columns) * static_cast<std::size_t>(first.rows)) {
            return fail(ErrorCode::ShapeMismatch, "imaging.slice_other_size", {{"file", slices[n].file.string()}});
        }
        if (tilted) {
            const float fill = *std::min_element(picture->begin(), picture->end());
            *picture = shiftPicture(*picture, {first.columns, first.rows}, {g.size[0], g.size[1]}, shifts[n], fill);
        }
        stack.insert(stack.end(), picture->begin(), picture->end());
    }
    if (!uneven) {
        volume.voxels = std::move(stack);
        return volume;
    }
    volume.voxels.resize(g.voxelCount());
    std::size_t below = 0;
    for (int k = 0; k < depth; ++k) {
        const double along = slices.front().along + k * gap;
        while (below + 2 < slices.size() && slices[below + 1].along <= along) {
            ++below;
        }
        const double span = slices[below + 1].along - slices[below].along;
        const auto share = static_cast<float>(std::clamp((along - slices[below].along) / span, 0.0, 1.0));
        const float* a = stack.data() + below * plane;
        const float* b = a + plane;
        float* to = volume.voxels.data() + static_cast<std::size_t>(k) * plane;
        for (std::size_t n = 0; n < plane; ++n) {
            to[n] = a[n] + share * (b[n] - a[n]);
        }
    }
    return volume;
}

Result<Volume> readDicomThumbnail(const DicomSeries& series) {
    if (series.files.empty()) {
        return fail(ErrorCode::NotFound, "imaging.no_series", {{"folder", ""}});
    }
    return readVolume(series.files[series.files.size() / 2], TaskContext());
}

bool holdsDicom(const fs::path& folder) {
    return anyFileBelow(folder, [](const fs::path& file) { return pictureHeader(file).has_value(); });
}

bool isOwnOutput(const fs::path& file) {
    const std::string name = lowered(file.filename().string());
    if (name == "report.png") {
        return true;
    }
    for (const char* ending : {"_report.png", "_boundaries.png", "_views.png", "_view.png", "_3d.png"}) {
        if (name.ends_with(ending)) {
            return true;
        }
    }
    fs::path bare(name);
    if (bare.extension() == ".gz") {
        bare = bare.stem();
    }
    const std::string stem = bare.stem().string();
    const bool mask = stem == "mask" || stem.starts_with("mask_") || stem.ends_with("_mask") || stem.ends_with("_seg");
    return hasImageExtension(file) && mask;
}

bool isSliceStack(const fs::path& folder) {
    const PictureFolder in = picturesIn(folder);
    return in.pictures.size() >= 2 && !in.others && !(in.dicom && holdsDicom(folder));
}

Result<Volume> readSliceStack(const fs::path& folder, const TaskContext& task) {
    const std::vector<fs::path> pictures = picturesIn(folder).pictures;
    if (pictures.empty()) {
        return fail(ErrorCode::NotFound, "imaging.no_case", {{"folder", folder.string()}});
    }
    Volume volume;
    for (std::size_t n = 0; n < pictures.size(); ++n) {
        if (task.cancelled()) {
            return failCancelled();
        }
        task.report(static_cast<double>(n) / static_cast<double>(pictures.size()), "stage.reading");
        auto one = readVolume(pictures[n], TaskContext(task.stopToken(), {}));
        if (!one) {
            return fail(std::move(one.error()));
        }
        if (n == 0) {
            volume.geometry = one->geometry;
            volume.geometry.size[2] = static_cast<int>(pictures.size());
            volume.geometry.spacing[2] = 1.0;
            volume.geometry.isSlice = pictures.size() == 1;
            if (auto fits = checkFitsMemory(folder, toString(volume.geometry.size),
                                            volume.geometry.voxelCount() * sizeof(float));
                !fits) {
                return fail(std::move(fits.error()));
            }
            volume.voxels.reserve(volume.geometry.voxelCount());
        } else if (one->geometry.size[0] != volume.geometry.size[0] ||
                   one->geometry.size[1] != volume.geometry.size[1] || one->geometry.size[2] != 1) {
            return fail(ErrorCode::ShapeMismatch, "imaging.slice_other_size", {{"file", pictures[n].string()}});
        }
        volume.voxels.insert(volume.voxels.end(), one->voxels.begin(), one->voxels.end());
    }
    const std::string name = folder.filename().string();
    volume.warnings.push_back({"imaging.no_orientation", {{"file", name}}});
    volume.warnings.push_back({"imaging.spacing_missing", {{"file", name}}});
    return volume;
}

} // namespace sulcus::imaging
