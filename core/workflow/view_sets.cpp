// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/view_sets.h"

#include "core/imaging/dicom_header.h"
#include "core/imaging/grey_image.h"
#include "core/imaging/image_io.h"
#include "core/workflow/dataset_layouts.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <numeric>
#include <set>
#include <system_error>
#include <tuple>

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
/// its first bytes. DICOMDIR is a list of files, no picture. Nothing where the name does not decide.
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

bool isPicture(const fs::path& file) {
    std::error_code error;
    const auto named = isPictureByName(file);
    return named.value_or(true) && fs::is_regular_file(file, error) && (named || imaging::looksLikeDicom(file));
}

std::vector<fs::path> picturesIn(const fs::path& folder) {
    auto entries = sortedEntries(folder);
    std::erase_if(entries, [](const fs::path& entry) { return !isPicture(entry); });
    return entries;
}

constexpr std::uintmax_t kMostBytes = 64U << 20U; ///< of a table; a larger CSV is something else
constexpr char kSeparators[] = {',', ';', '\t'};

/// With the line ends of every system: LF, CR LF, CR.
std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines(1);
    for (std::size_t n = 0; n < text.size(); ++n) {
        if (text[n] == '\n' || text[n] == '\r')
            lines.emplace_back();
        else
            lines.back() += text[n];
        if (text[n] == '\r' && n + 1 < text.size() && text[n + 1] == '\n')
            ++n;
    }
    return lines;
}

std::vector<std::string> cellsOf(const std::string& line, char separator) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == separator && !quoted)
            cells.emplace_back();
        else
            cells.back() += c;
    }
    for (auto& cell : cells) {
        const auto first = cell.find_first_not_of(" \t");
        cell = first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(" \t") - first + 1);
    }
    return cells;
}

/// Place of the first column of that name in any case; the number of columns when there is none.
std::size_t columnIn(const std::vector<std::string>& head, const std::string& name) {
    const auto named = [&](const std::string& cell) { return lowered(cell) == name; };
    return static_cast<std::size_t>(std::find_if(head.begin(), head.end(), named) - head.begin());
}

std::optional<bool> truthOf(const std::string& cell) {
    const auto said = lowered(cell);
    if (said == "1" || said == "1.0" || said == "yes" || said == "true")
        return true;
    if (said == "0" || said == "0.0" || said == "no" || said == "false")
        return false;
    return std::nullopt;
}

struct Line {
    std::string index;
    std::map<std::string, std::optional<bool>> truth;
    bool readable = true;      ///< every cell of the table's columns is 0, 1 or empty
    bool contradicted = false; ///< by another line of the same index
};

struct Table {
    fs::path file;
    /// Those that speak of 0 and 1: half their filled cells do, or they are called Aneurysm. Not Age or Comment.
    std::vector<std::string> columns;
    std::vector<Line> lines; ///< one for each index
    /// Message id of what keeps a file that is surely meant as the table from being read; then there are no lines.
    std::string amiss;
};

using Rows = std::vector<std::vector<std::string>>;

/// Does the column say 0 or 1 of the patients?
bool isTruth(const Rows& rows, std::size_t column, const std::string& name) {
    std::size_t filled = 0;
    std::size_t truths = 0;
    for (const auto& cells : rows) {
        if (column < cells.size() && !cells[column].empty()) {
            ++filled;
            truths += truthOf(cells[column]) ? 1 : 0;
        }
    }
    return 2 * truths >= filled || lowered(name) == "aneurysm";
}

void addLine(Table& table, std::map<std::string, std::size_t>& places, Line line) {
    const auto [place, isNew] = places.emplace(line.index, table.lines.size());
    if (isNew) {
        table.lines.push_back(std::move(line));
        return;
    }
    auto& first = table.lines[place->second];
    first.readable = first.readable && line.readable;
    first.contradicted = first.contradicted || first.truth != line.truth;
}

/// Nothing where the file is no table of patients.
std::optional<Table> readTable(const fs::path& file) {
    std::error_code error;
    if (fs::file_size(file, error) > kMostBytes || error)
        return std::nullopt;
    std::ifstream in(file, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const bool wide = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
                      text.substr(0, 64).find('\0') != std::string::npos; // UTF-16
    if (wide)
        std::erase(text, '\0');
    for (const char* const mark : {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"}) { // of a spreadsheet
        if (text.starts_with(mark))
            text.erase(0, std::string(mark).size());
    }
    const auto lines = linesOf(text);
    Table table;
    table.file = file;
    char separator = ',';
    bool hasIndex = false;
    bool hasAneurysm = false;
    for (const char c : kSeparators) {
        const auto head = cellsOf(lines.front(), c);
        hasAneurysm = hasAneurysm || columnIn(head, "aneurysm") < head.size();
        if (!hasIndex && columnIn(head, "index") < head.size()) {
            hasIndex = true;
            separator = c;
        }
    }
    if (wide || !hasIndex) {
        if (!hasIndex && !hasAneurysm)
            return std::nullopt;
        table.amiss = wide ? "workflow.views_table_wide" : "workflow.views_table_no_index";
        return table;
    }
    const auto head = cellsOf(lines.front(), separator);
    const auto index = columnIn(head, "index");
    Rows rows;
    for (std::size_t n = 1; n < lines.size(); ++n) {
        auto cells = cellsOf(lines[n], separator);
        if (index < cells.size() && !cells[index].empty())
            rows.push_back(std::move(cells));
    }
    std::vector<std::size_t> truths;
    for (std::size_t n = 0; n < head.size(); ++n) {
        if (n != index && isTruth(rows, n, head[n])) {
            truths.push_back(n);
            table.columns.push_back(head[n]);
        }
    }
    std::map<std::string, std::size_t> places;
    for (const auto& cells : rows) {
        Line line;
        line.index = cells[index];
        for (const auto n : truths) {
            const auto cell = n < cells.size() ? cells[n] : std::string();
            const auto truth = truthOf(cell);
            line.truth[head[n]] = truth;
            line.readable = line.readable && (truth || cell.empty());
        }
        addLine(table, places, std::move(line));
    }
    return table;
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

/// What stands before the number at the end, without signs and the words that every patient may be called by:
/// "siteA_patient_0012" -> "sitea".
std::string wordsBefore(const std::string& name) {
    static const std::set<std::string> general{"patient", "p", "pat", "case", "subject"};
    std::string words;
    std::string word;
    for (const char c : lowered(name.substr(0, name.find_last_not_of("0123456789") + 1)) + '_') { // npos + 1 = 0
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || byte >= 0x80) { // letters of other scripts are letters, too
            word += c;
            continue;
        }
        if (general.count(word) == 0)
            words += word;
        word.clear();
    }
    return words;
}

/// The line of the very name, else of the number at its end: where no other set (`names` are all of them) and no other
/// line has that number, and the words before it do not speak against it.
const Line* lineFor(const Table& table, const std::string& name, const std::vector<std::string>& names) {
    for (const auto& line : table.lines) {
        if (line.index == name)
            return &line;
    }
    const auto number = endNumber(name);
    const auto alike = [&](const std::string& other) { return endNumber(other) == number; };
    if (!number || std::count_if(names.begin(), names.end(), alike) > 1)
        return nullptr;
    const Line* only = nullptr;
    for (const auto& line : table.lines) {
        if (!alike(line.index))
            continue;
        if (only != nullptr)
            return nullptr;
        only = &line;
    }
    if (only == nullptr)
        return nullptr;
    const auto own = wordsBefore(name);
    const auto its = wordsBefore(only->index);
    return own.empty() || its.empty() || own == its ? only : nullptr;
}

/// The table of a folder: of several the one that can be read and says 0 or 1, knows the most sets and says the most
/// of them. Sets without names of their own count as known when there are eight pictures for each line.
std::optional<Table> tableIn(const fs::path& folder, const std::vector<std::string>& names, std::size_t pictures) {
    using Worth = std::tuple<bool, bool, std::size_t, std::size_t>;
    std::optional<Table> best;
    Worth most;
    for (const auto& entry : sortedEntries(folder)) {
        if (lowered(entry.extension().string()) != ".csv")
            continue;
        auto table = readTable(entry);
        if (!table)
            continue;
        std::size_t known = names.empty() && table->lines.size() * kViewsPerPatient == pictures ? 1 : 0;
        for (const auto& name : names)
            known += lineFor(*table, name, names) != nullptr ? 1 : 0;
        const Worth worth{table->amiss.empty(), !table->columns.empty(), known, table->columns.size()};
        if (!best || worth > most) {
            best = std::move(table);
            most = worth;
        }
    }
    return best;
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
                                         const Table& table) {
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
Message withoutLine(const Table& table, const std::string& name) {
    const auto number = endNumber(name);
    for (const auto& line : table.lines) {
        if (number && endNumber(line.index) == number)
            return Message{"workflow.views_line_unsure", {{"name", name}, {"line", line.index}}};
    }
    return leftOutMessage("workflow.views_without_line", name);
}

/// Joins sets with the table's lines; what does not fit is left out.
void join(ViewSets& result, std::vector<ViewSet> sets, const Table& table) {
    result.table = table.file;
    result.columns = table.columns;
    const auto names = namesOf(sets);
    std::set<std::string> used;
    for (auto& set : sets) {
        const auto* line = lineFor(table, set.name, names);
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

// --- What a glance tells, on the GUI thread. ---

constexpr std::size_t kMostNames = 3000;            ///< of the folder that is asked about; names cost little
constexpr std::size_t kMostWithin = 64;             ///< names of a folder within it
constexpr std::size_t kMostFolders = 200;           ///< such folders that are listed
constexpr std::size_t kMostWithout = 12;            ///< the same where no table speaks for them
constexpr int kMostLooks = 200;                     ///< files whose first bytes are read
constexpr std::size_t kTooMany = 16;                ///< pictures: more than one patient's with some left over
constexpr int kMostTables = 20;                     ///< CSV files that are tried
constexpr std::uintmax_t kLargestTable = 1U << 20U; ///< bytes

struct Names {
    std::vector<fs::path> files;
    std::vector<fs::path> folders;
};

Names namesIn(const fs::path& folder, std::size_t most) {
    Names names;
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
std::optional<Table> smallTable(const std::vector<fs::path>& files) {
    int tries = kMostTables;
    std::optional<Table> found;
    for (const auto& file : files) {
        std::error_code error;
        if (lowered(file.extension().string()) != ".csv" || fs::file_size(file, error) > kLargestTable || error)
            continue;
        if (auto table = readTable(file); table && (!found || table->amiss.empty()))
            found = std::move(table);
        if ((found && found->amiss.empty()) || --tries == 0)
            break;
    }
    return found;
}

/// What accompanies the one folder of an archive and is nothing to open.
bool isNote(const fs::path& file) {
    static const std::set<std::string> endings{".txt", ".md", ".html", ".htm", ".pdf", ".xml", ".inf", ".json", ".url"};
    static const std::set<std::string> names{"dicomdir", "readme", "license", "licence", "version"};
    return endings.count(lowered(file.extension().string())) > 0 || names.count(lowered(file.filename().string())) > 0;
}

/// While a folder holds nothing but one folder, that one counts.
fs::path holder(const fs::path& folder) {
    fs::path held = folder;
    for (int level = 0; level < 2; ++level) {
        const auto names = namesIn(held, kMostWithin);
        if (names.folders.size() != 1 || !std::all_of(names.files.begin(), names.files.end(), isNote))
            break;
        held = names.folders.front();
    }
    return held;
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
    return table && lineFor(*table, own.filename().string(), {}) != nullptr;
}

/// Folders of patients beside a table; one that can be used, or that the table knows, is enough.
bool holdPatients(const std::vector<fs::path>& folders, const Table& table, int& looks) {
    for (std::size_t n = 0; n < std::min(folders.size(), kMostFolders); ++n) {
        const auto pictures = somePictures(namesIn(folders[n], kMostWithin).files, looks);
        const bool meant =
            pictures.size() == kViewsPerPatient || (!pictures.empty() && pictures.size() < kTooMany &&
                                                    lineFor(table, folders[n].filename().string(), {}) != nullptr);
        if (meant && !isSlice(pictures.front()))
            return true;
    }
    return false;
}

/// Without a table the first dozen folders have to agree: a few pictures each, and views for sure; and beside them lies
/// nothing that could be meant instead.
bool holdPatientsAlone(const Names& names, int& looks) {
    if (!std::all_of(names.files.begin(), names.files.end(),
                     [](const fs::path& file) { return isNote(file) || lowered(file.extension().string()) == ".csv"; }))
        return false;
    bool sure = false;
    for (std::size_t n = 0; n < std::min(names.folders.size(), kMostWithout); ++n) {
        const auto within = namesIn(names.folders[n], kMostWithin);
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
        pictures = somePictures(namesIn(held / "images", kMostWithin).files, looks);
    if (!pictures.empty() && isSlice(pictures.front()))
        return false;
    if (!pictures.empty() && (table || pictures.size() == kViewsPerPatient))
        return true;
    if (pictures.size() > 1 && pictures.size() < kTooMany)
        return surelyViews(pictures) || hasLineBeside(held);
    return pictures.empty() && (table ? holdPatients(names.folders, *table, looks) : holdPatientsAlone(names, looks));
}

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
        std::vector<std::string> names{set.name};
        const auto number = endNumber(set.name);
        for (const auto& entry : number ? sortedEntries(parent) : std::vector<fs::path>()) {
            const auto name = entry.filename().string();
            if (name != set.name && endNumber(name) == number && fs::is_directory(entry, error) &&
                !picturesIn(entry).empty())
                names.push_back(name); // of another patient
        }
        if (const auto around = tableIn(parent, names, 0)) {
            const auto* line = lineFor(*around, set.name, names);
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
