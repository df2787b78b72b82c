// SPDX-License-Identifier: Apache-2.0
#include "app/cli/text_table.h"
#include "app/cli/verbs/arguments.h"
#include "core/store/exchange.h"

#include <system_error>

namespace sulcus::cli {

namespace {

Result<std::unique_ptr<store::Store>> openExisting(const Invocation& invocation) {
    const auto& file = invocation.paths().database;
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return fail(ErrorCode::NotFound, "app.no_database", {{"file", file.string()}});
    // A file without a byte would become a database by being opened.
    if (std::filesystem::is_regular_file(file, error) && std::filesystem::file_size(file, error) == 0)
        return fail(ErrorCode::Unreadable, "store.file_empty", {{"file", file.string()}});
    store::OpenOptions options;
    options.readOnly = store::OpenOptions::ReadOnly::IfNeeded;
    return store::Store::open(file, options);
}

Result<void> runPath(Invocation& invocation) {
    const auto& file = invocation.paths().database;
    std::error_code error;
    const bool exists = std::filesystem::exists(file, error);
    if (invocation.json())
        invocation.print(Json{{"path", file.string()}, {"exists", exists}});
    else
        invocation.print(file.string() + (exists ? "" : " (does not exist yet)"));
    return {};
}

Result<void> runCheck(Invocation& invocation) {
    const auto& file = invocation.paths().database;
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return fail(ErrorCode::NotFound, "app.no_database", {{"file", file.string()}});
    auto found = store::Store::inspect(file);
    if (!found)
        return fail(std::move(found.error()));
    const auto path = file.string();
    const int version = *found;
    if (invocation.json())
        invocation.print(Json{{"path", path}, {"schema_version", version}, {"ok", true}});
    else
        invocation.print(path + ": sound, schema " + std::to_string(version));
    return {};
}

Result<void> runBackup(const std::string& file, Invocation& invocation) {
    auto store = openExisting(invocation);
    if (!store)
        return fail(std::move(store.error()));
    if (auto ready = invocation.prepareOutput(file); !ready)
        return ready;
    if (auto written = (*store)->backup(file); !written)
        return written;
    if (invocation.json())
        invocation.print(Json{{"path", (*store)->path().string()}, {"backup", file}});
    else
        invocation.print(line("Backup", file));
    return {};
}

Result<void> runRestore(const std::string& file, Invocation& invocation) {
    const auto& path = invocation.paths().database;
    if (auto ready = invocation.prepareOutput(path); !ready)
        return ready;
    if (auto restored = store::Store::restore(file, path); !restored)
        return restored;
    if (invocation.json())
        invocation.print(Json{{"path", path.string()}, {"restored_from", file}});
    else
        invocation.print(line("Database", path.string()) + line("Restored", "from " + file));
    return {};
}

struct ImportArguments {
    std::vector<std::string> files;
    std::string table;
    bool update = false;
};

bool isArchive(const std::filesystem::path& file) { return file.extension() != ".csv"; }

Result<store::ImportReport> importOne(store::Store& store, const std::string& file, const ImportArguments& arguments,
                                      const TaskContext& task) {
    std::optional<store::Table> table = store::tableFromString(arguments.table);
    if (!table && isArchive(file))
        return store::importArchive(store, file, task);
    if (!table) {
        auto recognised = store::recogniseCsv(file);
        if (!recognised)
            return fail(std::move(recognised.error()));
        if (!*recognised)
            return fail(ErrorCode::InvalidInput, "app.table_unknown", {{"file", file}});
        table = **recognised;
    }
    store::ImportOptions options;
    options.update = arguments.update;
    return store::importCsv(store, *table, file, options, task);
}

Result<void> runImport(const ImportArguments& arguments, Invocation& invocation) {
    if (auto ready = invocation.prepareOutput(invocation.paths().database); !ready)
        return ready;
    auto store = store::Store::open(invocation.paths().database);
    if (!store)
        return fail(std::move(store.error()));
    Json files = Json::array();
    std::string text;
    std::string reasons;
    std::size_t refusedLines = 0;
    std::size_t takenLines = 0;
    for (std::size_t n = 0; n < arguments.files.size(); ++n) {
        const auto& file = arguments.files[n];
        const auto share = 1.0 / static_cast<double>(arguments.files.size());
        const auto from = share * static_cast<double>(n);
        auto report = importOne(**store, file, arguments, invocation.task().part(from, from + share));
        if (!report)
            return fail(std::move(report.error()));
        const auto kind = isArchive(file) && arguments.table.empty() ? "archive" : store::toString(report->table);
        Json refused = Json::array();
        refusedLines += report->refused.size();
        takenLines += report->added + report->updated + report->unchanged;
        text += line(kind, std::to_string(report->added) + " added, " + std::to_string(report->updated) + " changed, " +
                               std::to_string(report->unchanged) + " as before, " +
                               std::to_string(report->refused.size()) + " refused");
        for (const auto& one : report->refused) {
            refused.push_back({{"line", one.line}, {"reason", sentence(one.reason)}});
            reasons += file + ", line " + std::to_string(one.line) + ": " + sentence(one.reason) + "\n";
        }
        files.push_back({{"file", file},
                         {"table", kind},
                         {"added", report->added},
                         {"updated", report->updated},
                         {"unchanged", report->unchanged},
                         {"refused", std::move(refused)},
                         {"ignored_columns", report->ignoredColumns}});
    }
    if (invocation.json())
        invocation.print(Json{{"path", (*store)->path().string()}, {"files", std::move(files)}});
    else
        invocation.print(text);
    if (refusedLines > 0) {
        invocation.complain(reasons);
        return fail(ErrorCode::InvalidInput, "app.import_refused",
                    {{"refused", std::to_string(refusedLines)}, {"taken", std::to_string(takenLines)}});
    }
    return {};
}

struct ExportArguments {
    std::string target;
    std::string table;
};

Result<void> runExport(const ExportArguments& arguments, Invocation& invocation) {
    auto store = openExisting(invocation);
    if (!store)
        return fail(std::move(store.error()));
    const std::filesystem::path target = arguments.target;
    std::vector<std::filesystem::path> written;
    const auto exportTable = [&](store::Table table, const std::filesystem::path& file) -> Result<void> {
        if (auto ready = invocation.prepareOutput(file); !ready)
            return ready;
        written.push_back(file);
        return store::exportCsv(**store, table, file, invocation.task());
    };
    Result<void> outcome;
    if (const auto table = store::tableFromString(arguments.table)) {
        outcome = exportTable(*table, target);
    } else if (target.has_extension()) {
        if (auto ready = invocation.prepareOutput(target); !ready)
            return ready;
        written.push_back(target);
        outcome = store::exportArchive(**store, target, invocation.task());
    } else {
        for (const auto each :
             {store::Table::Patients, store::Table::Symptoms, store::Table::Hospitals, store::Table::Studies}) {
            outcome = exportTable(each, target / (store::toString(each) + ".csv"));
            if (!outcome)
                break;
        }
    }
    if (!outcome)
        return outcome;
    Json files = Json::array();
    std::string text;
    for (const auto& file : written) {
        files.push_back(file.string());
        text += line("Written", file.string());
    }
    if (invocation.json())
        invocation.print(Json{{"path", (*store)->path().string()}, {"files", std::move(files)}});
    else
        invocation.print(text);
    return {};
}

} // namespace

void addDb(Verbs& verbs) {
    auto* group = verbs.root.add_subcommand("db", "Look after the database of patients, symptoms and hospitals");
    group->require_subcommand(1);
    Verbs inner{*group, verbs.common, {}};

    auto* path = addVerb(inner, "path", "Say where the database is");
    inner.table[path] = [](Invocation& invocation) { return runPath(invocation); };
    auto* check = addVerb(inner, "check", "Check that the database is sound");
    inner.table[check] = [](Invocation& invocation) { return runCheck(invocation); };

    auto* backup = addVerb(inner, "backup", "Copy the database to a file while it may be in use");
    auto backupFile = std::make_shared<std::string>();
    backup->add_option("FILE", *backupFile, "File to write")->required();
    inner.table[backup] = [backupFile](Invocation& invocation) { return runBackup(*backupFile, invocation); };

    auto* restore = addVerb(inner, "restore", "Put a backup in the database's place; what was there is kept beside it");
    auto restoreFile = std::make_shared<std::string>();
    restore->add_option("FILE", *restoreFile, "Backup to restore")->required();
    inner.table[restore] = [restoreFile](Invocation& invocation) { return runRestore(*restoreFile, invocation); };

    const auto tables = CLI::IsMember({"patients", "symptoms", "hospitals", "studies"});
    auto* import = addVerb(inner, "import", "Take over tables (CSV) or an archive of another database");
    auto imported = std::make_shared<ImportArguments>();
    import->add_option("FILE", imported->files, "CSV tables or archives (.sulcus)")->required();
    import->add_option("--table", imported->table, "What the files hold; default: told from their columns")
        ->check(CLI::IsMember({"patients", "symptoms", "hospitals"}));
    import->add_flag("--update", imported->update, "Change patients and hospitals that exist with other values");
    inner.table[import] = [imported](Invocation& invocation) { return runImport(*imported, invocation); };

    auto* exporting = addVerb(inner, "export", "Write an archive, one table, or all tables");
    auto exported = std::make_shared<ExportArguments>();
    exporting->add_option("TARGET", exported->target, "Archive (.sulcus), or a folder for all tables as CSV")
        ->required();
    exporting->add_option("--table", exported->table, "Write this table alone, as CSV, to TARGET")->check(tables);
    inner.table[exporting] = [exported](Invocation& invocation) { return runExport(*exported, invocation); };

    verbs.table.insert(inner.table.begin(), inner.table.end());
}

} // namespace sulcus::cli
