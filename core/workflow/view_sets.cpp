// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/view_sets.h"

#include "core/imaging/dicom_header.h"
#include "core/imaging/grey_image.h"
#include "core/imaging/image_io.h"
#include "core/workflow/dataset_layouts.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <numeric>
#include <set>
#include <system_error>

namespace sulcus::workflow {

namespace fs = std::filesystem;

namespace {

/// "view_10" after "view_9": runs of digits compare as numbers.
bool naturallyBefore(const std::string& a, const std::string& b) {
    std::size_t i = 0;
    std::size_t j = 0;
    const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    while (i < a.size() && j < b.size()) {
        if (digit(a[i]) && digit(b[j])) {
            std::size_t endA = i;
            std::size_t endB = j;
            while (endA < a.size() && digit(a[endA]))
                ++endA;
            while (endB < b.size() && digit(b[endB]))
                ++endB;
            while (i + 1 < endA && a[i] == '0')
                ++i;
            while (j + 1 < endB && b[j] == '0')
                ++j;
            const auto order =
                endA - i == endB - j ? a.compare(i, endA - i, b, j, endB - j) : (endA - i < endB - j ? -1 : 1);
            if (order != 0)
                return order < 0;
            i = endA;
            j = endB;
        } else if (a[i] != b[j]) {
            return a[i] < b[j];
        } else {
            ++i;
            ++j;
        }
    }
    return a.size() - i < b.size() - j;
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

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// Archives store DICOM under bare numbers (IM0001, 1.2.840.113619.2.5), so what has no picture's ending is told from
/// its first bytes. DICOMDIR is a list of files, no picture.
bool isPicture(const fs::path& file) {
    const auto ending = lowered(file.extension().string());
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return false;
    if (ending == ".png" || ending == ".jpg" || ending == ".jpeg" || ending == ".tif" || ending == ".tiff" ||
        ending == ".bmp" || ending == ".dcm")
        return true;
    const bool number = ending.size() > 1 && ending.find_first_not_of("0123456789", 1) == std::string::npos;
    return (ending.empty() || number || ending == ".ima" || ending == ".dicom") &&
           lowered(file.filename().string()) != "dicomdir" && imaging::looksLikeDicom(file);
}

std::vector<fs::path> picturesIn(const fs::path& folder) {
    auto entries = sortedEntries(folder);
    std::erase_if(entries, [](const fs::path& entry) { return !isPicture(entry); });
    return entries;
}

std::vector<std::string> cellsOf(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            cells.emplace_back();
        else if (c != '\r')
            cells.back() += c;
    }
    for (auto& cell : cells) {
        const auto first = cell.find_first_not_of(" \t");
        cell = first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(" \t") - first + 1);
    }
    return cells;
}

struct Line {
    std::string index;
    std::map<std::string, std::optional<bool>> truth;
    bool readable = true; ///< every cell is 0, 1 or empty
};

struct Table {
    fs::path file;
    std::vector<std::string> columns;
    std::vector<Line> lines;
};

std::optional<Table> readTable(const fs::path& file) {
    std::ifstream in(file);
    std::string text;
    if (!std::getline(in, text))
        return std::nullopt;
    if (text.starts_with("\xEF\xBB\xBF")) // a table saved by a spreadsheet
        text = text.substr(3);
    Table table;
    table.file = file;
    const auto head = cellsOf(text);
    std::size_t index = head.size();
    for (std::size_t n = 0; n < head.size(); ++n) {
        if (lowered(head[n]) == "index" && index == head.size())
            index = n;
        else
            table.columns.push_back(head[n]);
    }
    if (index == head.size())
        return std::nullopt;
    while (std::getline(in, text)) {
        const auto cells = cellsOf(text);
        if (index >= cells.size() || cells[index].empty())
            continue;
        Line line;
        line.index = cells[index];
        for (std::size_t n = 0; n < head.size(); ++n) {
            if (n == index)
                continue;
            const auto cell = n < cells.size() ? lowered(cells[n]) : std::string();
            auto& truth = line.truth[head[n]];
            if (cell == "1" || cell == "1.0" || cell == "yes" || cell == "true")
                truth = true;
            else if (cell == "0" || cell == "0.0" || cell == "no" || cell == "false")
                truth = false;
            else if (!cell.empty())
                line.readable = false;
        }
        table.lines.push_back(std::move(line));
    }
    return table;
}

std::optional<Table> tableIn(const fs::path& folder) {
    for (const auto& entry : sortedEntries(folder)) {
        if (lowered(entry.extension().string()) != ".csv")
            continue;
        if (auto table = readTable(entry))
            return table;
    }
    return std::nullopt;
}

bool saysSynthetic(const fs::path& folder) {
    std::ifstream in(folder / "README.txt");
    std::string text;
    std::getline(in, text);
    return lowered(text).find("synthetic") != std::string::npos;
}

/// Pictures of the demo carry the word in themselves, since a patient's folder may be copied away from its README.
bool picturesSaySynthetic(const std::vector<fs::path>& views) {
    return !views.empty() && std::all_of(views.begin(), views.end(), [](const fs::path& view) {
        const auto source = imaging::pictureSource(view);
        return source && lowered(*source).find("synthetic") != std::string::npos;
    });
}

/// The positioner's angles of DICOM files; empty when one of them has none.
std::vector<ViewAngle> anglesOf(const std::vector<fs::path>& views) {
    std::vector<ViewAngle> angles;
    for (const auto& view : views) {
        const auto header = imaging::looksLikeDicom(view) ? imaging::readDicomHeader(view) : failCancelled();
        if (!header || !header->primaryAngle)
            return {};
        angles.push_back({*header->primaryAngle, header->secondaryAngle});
    }
    return angles;
}

/// Puts the views of a patient in order, and notes what their files say of themselves.
void look(ViewSet& set, bool folderSaysSynthetic) {
    set.synthetic = folderSaysSynthetic || picturesSaySynthetic(set.views);
    const auto angles = anglesOf(set.views);
    std::vector<std::size_t> order(angles.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    // Equal angles (several runs, two planes) stay in the order of their names.
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto& first = angles[a];
        const auto& second = angles[b];
        return first.primary != second.primary ? first.primary < second.primary
                                               : first.secondary.value_or(0.0) < second.secondary.value_or(0.0);
    });
    const auto named = set.views;
    for (std::size_t n = 0; n < order.size(); ++n) {
        set.views[n] = named[order[n]];
        set.angles.push_back(angles[order[n]]);
    }
}

void lookAtAll(ViewSets& found, bool folderSaysSynthetic) {
    for (auto& set : found.sets)
        look(set, folderSaysSynthetic);
    found.synthetic =
        folderSaysSynthetic || (!found.sets.empty() && std::all_of(found.sets.begin(), found.sets.end(),
                                                                   [](const ViewSet& set) { return set.synthetic; }));
}

/// "patient_0012" -> 12; nothing when the name ends otherwise.
std::optional<long> endNumber(const std::string& name) {
    std::size_t first = name.size();
    while (first > 0 && std::isdigit(static_cast<unsigned char>(name[first - 1])) != 0)
        --first;
    if (first == name.size() || name.size() - first > 9)
        return std::nullopt;
    return std::stol(name.substr(first));
}

const Line* lineFor(const Table& table, const std::string& name) {
    for (const auto& line : table.lines) {
        if (line.index == name)
            return &line;
    }
    const auto number = endNumber(name);
    for (const auto& line : table.lines) {
        if (number && endNumber(line.index) == number)
            return &line;
    }
    return nullptr;
}

Message leftOutMessage(const char* reason, const std::string& name) { return Message{reason, {{"name", name}}}; }

Message notEight(const ViewSet& set) {
    return Message{"workflow.views_not_eight", {{"name", set.name}, {"views", std::to_string(set.views.size())}}};
}

/// "12_3" and "12-view3" -> "12"; empty when the stem has no such mark.
std::string runOf(const std::string& stem) {
    const auto mark = stem.find_last_of("_-");
    if (mark == std::string::npos || mark == 0)
        return {};
    const auto view = endNumber(stem);
    return view && *view >= 0 && *view <= static_cast<long>(kViewsPerPatient) ? stem.substr(0, mark) : std::string();
}

/// Pictures of all patients in one folder, as runs of eight.
std::vector<ViewSet> fileRuns(const fs::path& folder, const Table& table) {
    const auto pictures = picturesIn(folder);
    std::vector<ViewSet> sets;
    const bool named = std::all_of(pictures.begin(), pictures.end(),
                                   [](const fs::path& file) { return !runOf(file.stem().string()).empty(); });
    for (std::size_t n = 0; n < pictures.size(); ++n) {
        const auto run = named ? runOf(pictures[n].stem().string()) : std::to_string(n / kViewsPerPatient);
        if (sets.empty() || sets.back().name != run) {
            sets.emplace_back();
            sets.back().name = run;
            sets.back().folder = folder;
        }
        sets.back().views.push_back(pictures[n]);
    }
    // Without names the table's order says whose pictures these are.
    for (std::size_t n = 0; !named && n < sets.size(); ++n)
        sets[n].name = n < table.lines.size() ? table.lines[n].index : "run " + std::to_string(n + 1);
    return sets;
}

/// Joins sets with the table's lines; what does not fit is left out.
void join(ViewSets& result, std::vector<ViewSet> sets, const Table& table) {
    result.table = table.file;
    result.columns = table.columns;
    std::set<std::string> used;
    for (auto& set : sets) {
        const auto* line = lineFor(table, set.name);
        if (line != nullptr)
            used.insert(line->index);
        if (set.views.size() != kViewsPerPatient) {
            result.leftOut.emplace_back(set.name, notEight(set));
            continue;
        }
        const auto problem = line == nullptr   ? "workflow.views_without_line"
                             : !line->readable ? "workflow.views_line_unreadable"
                                               : nullptr;
        if (problem != nullptr) {
            result.leftOut.emplace_back(set.name, leftOutMessage(problem, set.name));
            continue;
        }
        set.name = line->index;
        set.truth = line->truth;
        result.sets.push_back(std::move(set));
    }
    for (const auto& line : table.lines) {
        if (used.count(line.index) == 0)
            result.leftOut.emplace_back(line.index, leftOutMessage("workflow.views_line_without_pictures", line.index));
    }
}

} // namespace

bool looksLikeViewSets(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return false;
    if (picturesIn(folder).size() == kViewsPerPatient && !tableIn(folder))
        return true;
    const auto table = tableIn(folder);
    if (!table)
        return false;
    if (!picturesIn(folder).empty() || !picturesIn(folder / "images").empty())
        return true;
    for (const auto& entry : sortedEntries(folder)) {
        if (fs::is_directory(entry, error))
            return picturesIn(entry).size() == kViewsPerPatient;
    }
    return false;
}

Result<ViewSets> findViewSets(const fs::path& folder) {
    std::error_code error;
    const auto nothing = [&] { return fail(ErrorCode::NotFound, "workflow.no_views", {{"folder", folder.string()}}); };
    if (!fs::is_directory(folder, error))
        return nothing();
    if (auto readable = checkReadable(folder); !readable)
        return fail(std::move(readable.error()));
    ViewSets result;
    auto table = tableIn(folder);
    const auto pictures = picturesIn(folder);
    if (!table && !pictures.empty() && pictures.size() != kViewsPerPatient)
        return fail(ErrorCode::InvalidInput, "workflow.views_wrong_number",
                    {{"folder", folder.string()}, {"views", std::to_string(pictures.size())}});
    if (!table && pictures.size() == kViewsPerPatient) {
        // A parent's name may end in a separator; the patient's own name is what counts.
        const auto own = fs::weakly_canonical(folder, error);
        ViewSet set;
        set.name = own.filename().string();
        set.folder = folder;
        set.views = pictures;
        const auto parent = own.parent_path();
        if (const auto around = tableIn(parent)) {
            if (const auto* line = lineFor(*around, set.name); line != nullptr && line->readable) {
                result.table = around->file;
                result.columns = around->columns;
                set.truth = line->truth;
            }
        }
        result.sets.push_back(std::move(set));
        lookAtAll(result, saysSynthetic(folder) || saysSynthetic(parent));
        return result;
    }
    std::vector<ViewSet> sets;
    if (table && !pictures.empty()) {
        sets = fileRuns(folder, *table);
    } else if (table && !picturesIn(folder / "images").empty()) {
        sets = fileRuns(folder / "images", *table);
    } else {
        for (const auto& entry : sortedEntries(folder)) {
            auto views = fs::is_directory(entry, error) ? picturesIn(entry) : std::vector<fs::path>();
            if (views.empty())
                continue;
            ViewSet set;
            set.name = entry.filename().string();
            set.folder = entry;
            set.views = std::move(views);
            sets.push_back(std::move(set));
        }
    }
    if (sets.empty())
        return nothing();
    if (table) {
        join(result, std::move(sets), *table);
    } else {
        for (auto& set : sets) {
            if (set.views.size() == kViewsPerPatient)
                result.sets.push_back(std::move(set));
            else
                result.leftOut.emplace_back(set.name, notEight(set));
        }
        if (result.sets.empty())
            return nothing();
    }
    lookAtAll(result, saysSynthetic(folder));
    return result;
}

Result<std::vector<learning::Field>> readViews(const ViewSet& set, const TaskContext& task) {
    std::vector<learning::Field> views;
    for (std::size_t n = 0; n < set.views.size(); ++n) {
        if (task.cancelled())
            return failCancelled();
        task.report(static_cast<double>(n) / static_cast<double>(set.views.size()), "stage.reading");
        auto volume = imaging::readVolume(set.views[n], TaskContext(task.stopToken(), {}));
        if (!volume)
            return fail(std::move(volume.error()));
        const auto& size = volume->geometry.size;
        if (size[2] != 1)
            return fail(ErrorCode::ShapeMismatch, "workflow.view_not_flat", {{"file", set.views[n].string()}});
        learning::Field view{1, 1, size[1], size[0], {1.0, 1.0, 1.0}, std::move(volume->voxels)};
        views.push_back(std::move(view));
    }
    return views;
}

} // namespace sulcus::workflow
