// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/case.h"

#include "core/base/natural_order.h"
#include "core/imaging/case_list.h"
#include "core/imaging/dicom_header.h"
#include "core/imaging/folder_volume.h"
#include "core/imaging/image_io.h"
#include "core/imaging/resample.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <set>
#include <thread>

namespace sulcus::imaging {

namespace {

namespace fs = std::filesystem;

/// "FLAIR", "T1ce": as people write it.
std::string writtenName(Sequence sequence) {
    std::string name = toString(sequence);
    const std::size_t capitals = sequence == Sequence::T1ce ? 1 : name.size();
    std::transform(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(capitals), name.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return name;
}

constexpr std::array<Sequence, 4> kBratsSequences{Sequence::Flair, Sequence::T1, Sequence::T1ce, Sequence::T2};

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// File name without the endings of image files.
std::string bareName(const fs::path& file) {
    std::string name = file.filename().string();
    const std::string low = lowered(name);
    for (const std::string ending : {".nii.gz", ".img.gz", ".hdr.gz"}) {
        if (low.ends_with(ending)) {
            return name.substr(0, name.size() - ending.size());
        }
    }
    return hasImageExtension(file) ? file.stem().string() : name;
}

/// What the end of a BraTS file name means.
struct Suffix {
    const char* text;
    std::optional<Sequence> sequence; ///< empty: the truth
    LabelEra era;
};

constexpr std::array<Suffix, 22> kSuffixes{{
    {"_flair", Sequence::Flair, LabelEra::Brats2021}, {"_t1", Sequence::T1, LabelEra::Brats2021},
    {"_t1ce", Sequence::T1ce, LabelEra::Brats2021},   {"_t1gd", Sequence::T1ce, LabelEra::Brats2021},
    {"_t2", Sequence::T2, LabelEra::Brats2021},       {"_seg", std::nullopt, LabelEra::Brats2021},
    {"_segm", std::nullopt, LabelEra::Brats2021},     {"_tumor_segmentation", std::nullopt, LabelEra::Brats2021},
    {"_t1c", Sequence::T1ce, LabelEra::Brats2021},    {"_t2f", Sequence::Flair, LabelEra::Brats2023},
    {"_t1n", Sequence::T1, LabelEra::Brats2023},      {"_t2w", Sequence::T2, LabelEra::Brats2023},
    {"-t2f", Sequence::Flair, LabelEra::Brats2023},   {"-t1n", Sequence::T1, LabelEra::Brats2023},
    {"-t1c", Sequence::T1ce, LabelEra::Brats2023},    {"-t2w", Sequence::T2, LabelEra::Brats2023},
    {"-seg", std::nullopt, LabelEra::Brats2023},      {"-flair", Sequence::Flair, LabelEra::Brats2021},
    {"-t1", Sequence::T1, LabelEra::Brats2021},       {"-t1ce", Sequence::T1ce, LabelEra::Brats2021},
    {"-t2", Sequence::T2, LabelEra::Brats2021},       {"-t1gd", Sequence::T1ce, LabelEra::Brats2021},
}};

const Suffix* suffixOf(const fs::path& file) {
    const std::string name = lowered(file.filename().string());
    if (!name.ends_with(".nii") && !name.ends_with(".nii.gz")) {
        return nullptr;
    }
    const std::string bare = lowered(bareName(file));
    for (const Suffix& s : kSuffixes) {
        // A case must have a name before its suffix, or any file called "_t1.nii" would be one.
        if (bare.ends_with(s.text) && bare.size() > std::string_view(s.text).size()) {
            return &s;
        }
    }
    return nullptr;
}

bool isSequence(const fs::path& file) {
    const Suffix* const s = suffixOf(file);
    return s != nullptr && s->sequence;
}

std::string caseName(const fs::path& file, const Suffix& s) {
    const std::string bare = bareName(file);
    return bare.substr(0, bare.size() - std::string_view(s.text).size());
}

std::vector<fs::path> filesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, failed)) {
        if (entry.is_regular_file(failed) && !entry.path().filename().string().starts_with('.')) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// The mask that lies beside an image under the names that data sets use: IMG_x with MASK_x, x_orig with x_liver, x_ct
/// with x_lungmask, 2d_images/x with 2d_masks/x.
std::optional<fs::path> maskBeside(const fs::path& file) {
    const std::string name = file.filename().string();
    const auto there = [](const fs::path& mask) -> std::optional<fs::path> {
        std::error_code failed;
        return fs::is_regular_file(mask, failed) ? std::optional(mask) : std::nullopt;
    };
    const auto renamed = [&](const std::string& from, const std::string& to) -> std::optional<fs::path> {
        const auto at = name.rfind(from);
        if (at == std::string::npos) {
            return std::nullopt;
        }
        return there(file.parent_path() / (name.substr(0, at) + to + name.substr(at + from.size())));
    };
    if (name.starts_with("IMG_")) {
        return renamed("IMG_", "MASK_");
    }
    for (const auto& [from, to] : {std::pair{"_orig.", "_liver."}, std::pair{"_ct.", "_lungmask."}}) {
        if (auto mask = renamed(from, to)) {
            return mask;
        }
    }
    if (file.parent_path().filename() == "2d_images") {
        return there(file.parent_path().parent_path() / "2d_masks" / name);
    }
    return std::nullopt;
}

CaseFiles singleVolume(const fs::path& file) {
    CaseFiles found;
    found.kind = CaseKind::SingleVolume;
    found.id = bareName(file);
    found.folder = file.parent_path();
    found.era = LabelEra::Plain;
    const Suffix* s = suffixOf(file);
    found.volumes[s != nullptr && s->sequence ? *s->sequence : Sequence::Other] = file;
    found.truth = maskBeside(file);
    return found;
}

/// Of a sequence that is there twice (.nii and .nii.gz) the unpacked one is read: same voxels, less work.
void keep(std::map<Sequence, fs::path>& volumes, Sequence sequence, const fs::path& file) {
    const auto [at, fresh] = volumes.try_emplace(sequence, file);
    if (!fresh && file.extension() == ".nii") {
        at->second = file;
    }
}

/// The truth of a case: named as its sequences are or else, like the one of BraTS20_Training_355
/// (W39_1998.09.19_Segm.nii), the only `_segm`. A `_seg` of another name is somebody's prediction.
std::optional<fs::path> truthOf(const std::string& name, const std::vector<fs::path>& truths) {
    std::optional<fs::path> found;
    std::vector<fs::path> strangers;
    for (const fs::path& file : truths) {
        if (caseName(file, *suffixOf(file)) != name) {
            if (lowered(bareName(file)).ends_with("_segm")) {
                strangers.push_back(file);
            }
        } else if (!found || file.extension() == ".nii") {
            found = file;
        }
    }
    return !found && strangers.size() == 1 ? strangers.front() : found;
}

std::size_t casesBelow(const fs::path& folder) {
    std::size_t count = 0;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, failed)) {
        if (!entry.is_directory(failed)) {
            continue;
        }
        const auto files = filesIn(entry.path());
        count += std::any_of(files.begin(), files.end(), isSequence) ? 1 : 0;
    }
    return count;
}

/// Sentences speak of files by their last part; the folder is known.
std::string shortName(const fs::path& file) { return file.filename().string(); }

Error gridMismatch(const fs::path& a, const Geometry& ga, const fs::path& b, const Geometry& gb) {
    if (ga.size == gb.size) {
        return Error{
            ErrorCode::ShapeMismatch,
            {"imaging.other_grid", {{"file", shortName(b)}, {"other", shortName(a)}, {"size", toString(ga.size)}}}};
    }
    return Error{ErrorCode::ShapeMismatch,
                 {"imaging.other_size",
                  {{"file", shortName(b)},
                   {"size", toString(gb.size)},
                   {"other", shortName(a)},
                   {"otherSize", toString(ga.size)}}}};
}

std::string spacingText(const Geometry& g) {
    std::string text;
    for (const double mm : g.spacing) {
        std::array<char, 32> digits{};
        std::snprintf(digits.data(), digits.size(), "%.6g", mm);
        text += (text.empty() ? "" : " x ") + std::string(digits.data());
    }
    return text;
}

std::string axesText(const Geometry& g) { return {g.axisLetter(0), g.axisLetter(1), g.axisLetter(2)}; }

/// Why a truth cannot be laid on the grid of `image`. Axes that say where they point are sorted before they are
/// compared, since their order alone is no reason.
Message truthMismatch(const fs::path& image, const Geometry& grid, const fs::path& file, const Geometry& truth) {
    Message why{"imaging.truth_other_place", {{"file", shortName(file)}, {"other", shortName(image)}}};
    const bool sorted = grid.hasOrientation && truth.hasOrientation;
    const Geometry a = sorted ? lpsGeometry(grid) : grid;
    const Geometry b = sorted ? lpsGeometry(truth) : truth;
    Geometry turned = b;
    turned.direction = a.direction;
    if (a.size != b.size && grid.size != truth.size) {
        why.id = "imaging.truth_other_grid";
        why.parameters["size"] = toString(truth.size);
        why.parameters["otherSize"] = toString(grid.size);
    } else if (a.size == b.size && !sameGridIgnoringOrigin(a, turned)) {
        why.id = "imaging.truth_other_spacing";
        why.parameters["spacing"] = spacingText(b);
        why.parameters["otherSpacing"] = spacingText(a);
    } else if (!sameGridIgnoringOrigin(a, b)) {
        why.id = "imaging.truth_other_direction";
    } else {
        why.parameters["axes"] = axesText(truth);
        why.parameters["otherAxes"] = axesText(grid);
    }
    return why;
}

/// A folder as one volume: the wanted or else the largest DICOM series, or a stack of pictures.
Result<Volume> readFolder(const fs::path& folder, const CaseFiles& files, const TaskContext& task) {
    if (isSliceStack(folder)) {
        return readSliceStack(folder, task);
    }
    const auto series = findDicomSeries(folder, TaskContext(task.stopToken(), {}));
    if (!series) {
        return fail(series.error());
    }
    auto wanted = series->begin();
    if (files.seriesUid) {
        wanted = std::find_if(series->begin(), series->end(), [&](const DicomSeries& s) {
            return s.uid == *files.seriesUid && s.part == files.seriesPart;
        });
        if (wanted == series->end()) {
            return fail(ErrorCode::NotFound, "imaging.no_series", {{"folder", folder.string()}});
        }
    }
    auto volume = readDicomSeries(*wanted, task);
    if (volume && !files.seriesUid && series->size() > 1) {
        volume->warnings.push_back({"imaging.largest_series",
                                    {{"folder", folder.filename().string()},
                                     {"count", std::to_string(series->size())},
                                     {"series", wanted->description}}});
    }
    return volume;
}

/// A CT looks like one: air at -1000 HU somewhere, nothing far below except the padding scanners write.
bool looksLikeHounsfield(const Volume& volume) {
    std::size_t air = 0;
    float lowest = 0.0F;
    for (const float v : volume.voxels) {
        air += v > -1100.0F && v < -800.0F ? 1U : 0U;
        lowest = std::min(lowest, v);
    }
    return lowest <= -900.0F && lowest >= -8192.0F && air > volume.voxels.size() / 200;
}

} // namespace

std::string toString(Sequence sequence) {
    switch (sequence) {
    case Sequence::Flair:
        return "flair";
    case Sequence::T1:
        return "t1";
    case Sequence::T1ce:
        return "t1ce";
    case Sequence::T2:
        return "t2";
    case Sequence::Ct:
        return "ct";
    case Sequence::Other:
        break;
    }
    return "other";
}

std::optional<Sequence> sequenceFromString(std::string_view text) {
    for (const Sequence s :
         {Sequence::Flair, Sequence::T1, Sequence::T1ce, Sequence::T2, Sequence::Ct, Sequence::Other}) {
        if (toString(s) == text) {
            return s;
        }
    }
    return std::nullopt;
}

Result<CaseFiles> findCase(const fs::path& given) {
    std::error_code failed;
    // A trailing slash would leave the folder without a name.
    const fs::path path = given.has_filename() ? given : given.parent_path();
    const auto status = fs::status(path, failed);
    if (!fs::exists(status)) {
        return fail(ErrorCode::NotFound, "imaging.path_missing", {{"path", given.string()}});
    }
    if (fs::is_regular_file(status)) {
        return singleVolume(path);
    }
    if (!fs::is_directory(status)) {
        return fail(ErrorCode::Unsupported, "imaging.not_an_image", {{"file", given.string()}});
    }

    CaseFiles found;
    found.folder = path;
    found.id = fs::absolute(path).lexically_normal().filename().string();
    std::set<std::string> names;
    std::vector<fs::path> truths;
    std::vector<fs::path> images;
    std::vector<fs::path> own;
    int old = 0;
    int recent = 0;
    const auto files = filesIn(path);
    for (const fs::path& file : files) {
        const Suffix* s = suffixOf(file);
        if (s == nullptr) {
            if (hasImageExtension(file) && lowered(file.extension().string()) != ".img" && !looksLikeDicom(file)) {
                (isOwnOutput(file) ? own : images).push_back(file);
            }
        } else if (s->sequence) {
            names.insert(caseName(file, *s));
            (s->era == LabelEra::Brats2023 ? recent : old)++;
            keep(found.volumes, *s->sequence, file);
        } else {
            truths.push_back(file);
        }
    }
    if (names.size() > 1) {
        return fail(ErrorCode::Unsupported, "imaging.several_cases",
                    {{"folder", path.string()}, {"count", std::to_string(names.size())}});
    }
    if (!found.volumes.empty()) {
        found.era = recent > old ? LabelEra::Brats2023 : LabelEra::Brats2021;
        found.truth = truthOf(*names.begin(), truths);
        for (const Sequence s : kBratsSequences) {
            if (!found.volumes.contains(s)) {
                found.missing.push_back(s);
            }
        }
        return found;
    }
    CaseFiles whole;
    whole.kind = CaseKind::SingleVolume;
    whole.id = found.id;
    whole.folder = path;
    whole.era = LabelEra::Plain;
    whole.volumes[Sequence::Other] = path;
    const bool dicom =
        std::any_of(files.begin(), files.end(), [](const fs::path& file) { return looksLikeDicom(file); });
    // First of all: beside the files of a scanner, which need no ending, lie previews and what was saved from them.
    if (dicom && holdsDicom(path)) {
        return whole;
    }
    if (images.empty() && !truths.empty()) {
        return fail(ErrorCode::NotFound, "imaging.only_truth",
                    {{"folder", path.string()}, {"file", shortName(truths.front())}});
    }
    if (images.empty()) {
        images = std::move(own);
    }
    if (images.size() == 1) {
        CaseFiles one = singleVolume(images.front());
        one.folder = path;
        return one;
    }
    if (isSliceStack(path)) {
        return whole;
    }
    if (images.size() > 1) {
        return fail(ErrorCode::Unsupported, "imaging.several_images",
                    {{"folder", path.string()}, {"count", std::to_string(images.size())}});
    }
    if (const std::size_t below = casesBelow(path); below > 0) {
        return fail(ErrorCode::NotFound, "imaging.cases_below",
                    {{"folder", path.string()}, {"count", std::to_string(below)}});
    }
    if (dicom || holdsDicom(path)) {
        return whole;
    }
    return fail(ErrorCode::NotFound, "imaging.no_case", {{"folder", path.string()}});
}

namespace {

constexpr int kListDepth = 4;

/// Lists `folder` itself and what is below it.
void listInto(std::vector<ListedCase>& cases, const fs::path& folder, const fs::path& relative, int depth,
              const TaskContext& task) {
    if (task.cancelled())
        return;
    ListedCase listed;
    std::optional<std::string> name;
    std::vector<fs::path> truths;
    std::vector<fs::path> below;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, failed)) {
        const std::string file = entry.path().filename().string();
        if (file.starts_with('.'))
            continue;
        if (entry.is_directory(failed)) {
            below.push_back(entry.path());
            continue;
        }
        if (const Suffix* const suffix = suffixOf(entry.path())) {
            if (suffix->sequence)
                name = caseName(entry.path(), *suffix);
            else
                truths.push_back(entry.path());
        }
        const std::string bare = lowered(bareName(entry.path()));
        listed.hasMask |= bare.ends_with("_mask") && hasImageExtension(entry.path());
        listed.hasReport |= lowered(file).ends_with("_report.png");
    }
    if (name) {
        listed.hasTruth = truthOf(*name, truths).has_value();
        listed.path = folder;
        listed.id = folder.filename().string();
        listed.group = relative.has_parent_path() ? relative.parent_path().generic_string() : std::string();
        cases.push_back(std::move(listed));
        return;
    }
    if (depth == 0)
        return;
    for (const fs::path& next : below)
        listInto(cases, next, relative / next.filename(), depth - 1, task);
}

} // namespace

Result<std::vector<ListedCase>> listCases(const fs::path& given, const TaskContext& task) {
    std::error_code failed;
    const fs::path folder = given.has_filename() ? given : given.parent_path();
    if (!fs::is_directory(folder, failed))
        return fail(ErrorCode::NotFound, "imaging.path_missing", {{"path", given.string()}});
    std::vector<ListedCase> cases;
    listInto(cases, folder, {}, kListDepth, task);
    if (task.cancelled())
        return failCancelled();
    if (cases.empty())
        return fail(ErrorCode::NotFound, "imaging.no_cases_below", {{"folder", folder.string()}});
    std::sort(cases.begin(), cases.end(), [](const ListedCase& a, const ListedCase& b) {
        return a.group != b.group ? naturallyBefore(a.group, b.group) : naturallyBefore(a.id, b.id);
    });
    return cases;
}

VolumePtr Case::find(Sequence sequence) const {
    for (const CaseVolume& v : volumes) {
        if (v.sequence == sequence) {
            return v.volume;
        }
    }
    return nullptr;
}

Result<Case> readCase(const CaseFiles& files, const TaskContext& task) {
    if (files.volumes.empty()) {
        return fail(ErrorCode::NotFound, "imaging.no_case", {{"folder", files.folder.string()}});
    }
    struct Slot {
        Sequence sequence = Sequence::Other;
        fs::path file;
        bool isTruth = false;
        std::optional<Result<Volume>> volume;
        std::optional<Result<LabelMap>> truth;
        std::atomic<double> fraction = 0.0;
    };
    // Sequence's order is the order of display.
    std::vector<std::unique_ptr<Slot>> slots;
    for (const auto& [sequence, file] : files.volumes) {
        slots.push_back(std::make_unique<Slot>());
        slots.back()->sequence = sequence;
        slots.back()->file = file;
    }
    if (files.truth) {
        slots.push_back(std::make_unique<Slot>());
        slots.back()->file = *files.truth;
        slots.back()->isTruth = true;
    }

    task.report(0.0, "stage.reading");
    std::atomic<std::size_t> next = 0;
    const auto total = [&] {
        double sum = 0.0;
        for (const auto& s : slots) {
            sum += s->fraction.load();
        }
        return sum / static_cast<double>(slots.size());
    };
    const auto work = [&] {
        for (std::size_t n = next++; n < slots.size(); n = next++) {
            Slot& slot = *slots[n];
            const TaskContext step(task.stopToken(), [&](double fraction, std::string_view) {
                slot.fraction = fraction;
                task.report(total(), "stage.reading");
            });
            if (task.cancelled()) {
                return;
            }
            if (slot.isTruth) {
                slot.truth = readLabelMap(slot.file, step);
            } else {
                slot.volume = fs::is_directory(slot.file) ? readFolder(slot.file, files, step)
                                                          : readVolume(slot.file, {.timePoint = files.timePoint}, step);
            }
        }
    };
    {
        // Unpacking is what takes the time, so one thread per file up to what the machine has.
        const std::size_t count = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, slots.size());
        std::vector<std::jthread> threads;
        for (std::size_t n = 1; n < count; ++n) {
            threads.emplace_back(work);
        }
        work();
    }
    if (task.cancelled()) {
        return failCancelled();
    }

    Case opened;
    opened.files = files;
    const fs::path* first = nullptr;
    for (const auto& slot : slots) {
        if (slot->isTruth) {
            continue;
        }
        if (!*slot->volume) {
            return fail(std::move(slot->volume->error()));
        }
        Volume volume = std::move(**slot->volume);
        if (first != nullptr) {
            const Geometry& grid = opened.geometry();
            if (!sameGridIgnoringOrigin(grid, volume.geometry)) {
                return fail(gridMismatch(*first, grid, slot->file, volume.geometry));
            }
            if (!sameGrid(grid, volume.geometry)) {
                opened.warnings.push_back(
                    {"imaging.other_origin", {{"file", shortName(slot->file)}, {"other", shortName(*first)}}});
            }
            // One grid for all, or two views of one voxel would differ by rounding in the headers.
            volume.geometry = grid;
        } else {
            first = &slot->file;
        }
        opened.warnings.insert(opened.warnings.end(), volume.warnings.begin(), volume.warnings.end());
        opened.synthetic = opened.synthetic || lowered(volume.description).find("synthetic") != std::string::npos;
        Sequence sequence = slot->sequence;
        if (sequence == Sequence::Other &&
            (volume.modality == "CT" || (volume.modality.empty() && looksLikeHounsfield(volume)))) {
            sequence = Sequence::Ct;
        }
        opened.volumes.push_back({sequence, std::make_shared<const Volume>(std::move(volume))});
    }
    for (const auto& slot : slots) {
        if (!slot->isTruth) {
            continue;
        }
        // A case is worth opening without its truth, so nothing about the truth is an error.
        if (!*slot->truth) {
            opened.warnings.push_back({"imaging.truth_unreadable", {{"file", shortName(slot->file)}}});
            continue;
        }
        LabelMap truth = std::move(**slot->truth);
        if (!sameGridIgnoringOrigin(opened.geometry(), truth.geometry) && !turnOnto(truth, opened.geometry())) {
            opened.warnings.push_back(truthMismatch(*first, opened.geometry(), slot->file, truth.geometry));
            continue;
        }
        if (!sameGrid(opened.geometry(), truth.geometry)) {
            opened.warnings.push_back(
                {"imaging.other_origin", {{"file", shortName(slot->file)}, {"other", shortName(*first)}}});
        }
        truth.geometry = opened.geometry();
        const auto era = detectEra(truth);
        if (files.kind == CaseKind::BratsMri && era && *era != LabelEra::Plain && *era != opened.files.era) {
            if (opened.files.era == LabelEra::Brats2023) {
                // A cavity without enhancing tumour looks like the old scheme.
                opened.warnings.push_back({"imaging.cavity_or_enhancing", {{"file", shortName(slot->file)}}});
            } else {
                opened.files.era = *era;
                opened.warnings.push_back({"imaging.era_by_labels", {{"file", shortName(slot->file)}}});
            }
        }
        opened.truth = std::make_shared<const LabelMap>(std::move(truth));
    }
    if (files.kind == CaseKind::BratsMri) {
        for (const Sequence s : files.missing) {
            opened.warnings.push_back({"imaging.sequence_missing", {{"sequence", writtenName(s)}, {"case", files.id}}});
        }
    }
    task.report(1.0, "stage.reading");
    return opened;
}

} // namespace sulcus::imaging
