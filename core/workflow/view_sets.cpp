// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/view_sets.h"

#include "core/imaging/dicom_header.h"
#include "core/imaging/grey_image.h"
#include "core/imaging/image_io.h"
#include "core/workflow/dataset_layouts.h"
#include "core/workflow/view_files.h"
#include "core/workflow/view_table.h"

#include <algorithm>
#include <fstream>
#include <numeric>
#include <set>
#include <system_error>

namespace sulcus::workflow {

namespace fs = std::filesystem;

namespace {

bool saysSynthetic(const fs::path& folder) {
    std::ifstream in(folder / "README.txt");
    std::string text;
    std::getline(in, text);
    return lowered(text).find("synthetic") != std::string::npos;
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

/// Pictures of all patients in one folder, by the patients in their names; empty when one of them names none.
std::vector<ViewSet> namedRuns(const fs::path& folder, const std::vector<fs::path>& pictures) {
    std::vector<ViewSet> sets;
    for (const auto& picture : pictures) {
        const auto run = runOf(picture.stem().string());
        if (run.empty())
            return {};
        if (sets.empty() || sets.back().name != run) {
            sets.emplace_back();
            sets.back().name = run;
            sets.back().folder = folder;
        }
        sets.back().views.push_back(picture);
    }
    return sets;
}

/// The same without such names: the table's order says whose pictures these are, so that none may be missing.
Result<std::vector<ViewSet>> runsByOrder(const fs::path& folder, const std::vector<fs::path>& pictures,
                                         const ViewTable& table) {
    if (pictures.size() != table.lines.size() * kViewsPerPatient)
        return fail(ErrorCode::InvalidInput, "workflow.views_not_eight_a_line",
                    {{"folder", folder.string()},
                     {"views", std::to_string(pictures.size())},
                     {"file", table.file.string()},
                     {"lines", std::to_string(table.lines.size())}});
    std::vector<ViewSet> sets(table.lines.size());
    for (std::size_t n = 0; n < pictures.size(); ++n) {
        auto& set = sets[n / kViewsPerPatient];
        set.name = table.lines[n / kViewsPerPatient].index;
        set.folder = folder;
        set.views.push_back(pictures[n]);
    }
    return sets;
}

/// Folders within the folder that hold pictures.
std::vector<ViewSet> patientFolders(const fs::path& folder) {
    std::vector<ViewSet> sets;
    std::error_code error;
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
    return sets;
}

std::vector<std::string> namesOf(const std::vector<ViewSet>& sets) {
    std::vector<std::string> names;
    for (const auto& set : sets)
        names.push_back(set.name);
    return names;
}

/// A set that no line is meant for.
Message withoutLine(const ViewTable& table, const std::string& name) {
    const auto number = endNumber(name);
    for (const auto& line : table.lines) {
        if (number && endNumber(line.index) == number)
            return Message{"workflow.views_line_unsure", {{"name", name}, {"line", line.index}}};
    }
    return leftOutMessage("workflow.views_without_line", name);
}

/// Joins sets with the table's lines; what does not fit is left out.
void join(ViewSets& result, std::vector<ViewSet> sets, const ViewTable& table) {
    result.table = table.file;
    result.columns = table.columns;
    const auto names = namesOf(sets);
    std::set<std::string> used;
    for (auto& set : sets) {
        const auto* line = table.lineFor(set.name, names);
        const bool taken = line != nullptr && !used.insert(line->index).second;
        if (set.views.size() != kViewsPerPatient) {
            result.leftOut.emplace_back(set.name, notEight(set));
            continue;
        }
        if (line == nullptr) {
            result.leftOut.emplace_back(set.name, withoutLine(table, set.name));
            continue;
        }
        const auto problem = taken                ? "workflow.views_line_taken"
                             : line->contradicted ? "workflow.views_line_contradicted"
                             : !line->readable    ? "workflow.views_line_unreadable"
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

/// Eight pictures without a table among them: the table and the README beside the folder are looked at.
ViewSets onePatient(const fs::path& folder, const std::vector<fs::path>& pictures) {
    ViewSets result;
    std::error_code error;
    // A parent's name may end in a separator; the patient's own name is what counts.
    const auto own = fs::weakly_canonical(folder, error);
    const auto parent = own.parent_path();
    ViewSet set;
    set.name = own.filename().string();
    set.folder = folder;
    set.views = pictures;
    std::vector<std::string> names{set.name};
    const auto number = endNumber(set.name);
    for (const auto& entry : number ? sortedEntries(parent) : std::vector<fs::path>()) {
        const auto name = entry.filename().string();
        if (name != set.name && endNumber(name) == number && fs::is_directory(entry, error) &&
            !picturesIn(entry).empty())
            names.push_back(name); // of another patient
    }
    if (const auto around = tableIn(parent, names, 0)) {
        const auto* line = around->lineFor(set.name, names);
        if (line != nullptr && line->readable && !line->contradicted) {
            result.table = around->file;
            result.columns = around->columns;
            set.truth = line->truth;
        }
    }
    result.sets.push_back(std::move(set));
    lookAtAll(result, saysSynthetic(folder) || saysSynthetic(parent));
    return result;
}

} // namespace

bool sameColumn(const std::string& column, const std::string& output) { return lowered(column) == lowered(output); }

Result<ViewSets> findViewSets(const fs::path& given) {
    std::error_code error;
    const auto nothing = [&] { return fail(ErrorCode::NotFound, "workflow.no_views", {{"folder", given.string()}}); };
    if (!fs::is_directory(given, error))
        return nothing();
    if (auto readable = checkReadable(given); !readable)
        return fail(std::move(readable.error()));
    const auto folder = holder(given);
    ViewSets result;
    const auto pictures = picturesIn(folder);
    // Pictures of all patients, as soon as a table says so.
    const auto runFolder = pictures.empty() ? folder / "images" : folder;
    const auto runs = pictures.empty() ? picturesIn(runFolder) : pictures;
    auto sets = runs.empty() ? patientFolders(folder) : namedRuns(runFolder, runs);
    if (sets.empty() && runs.empty())
        return nothing();
    const auto table = tableIn(folder, namesOf(sets), runs.size());
    if (table && !table->amiss.empty())
        return fail(ErrorCode::InvalidInput, table->amiss, {{"file", table->file.string()}});
    if (!table && !pictures.empty()) {
        if (pictures.size() == kViewsPerPatient)
            return onePatient(folder, pictures);
        return fail(ErrorCode::InvalidInput, "workflow.views_wrong_number",
                    {{"folder", folder.string()}, {"views", std::to_string(pictures.size())}});
    }
    if (table) {
        if (sets.empty()) {
            auto ordered = runsByOrder(runFolder, runs, *table);
            if (!ordered)
                return fail(std::move(ordered.error()));
            sets = std::move(*ordered);
        }
        join(result, std::move(sets), *table);
    } else {
        if (!runs.empty())
            sets = patientFolders(folder); // "images" is one of them
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
