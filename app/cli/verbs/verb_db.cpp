// SPDX-License-Identifier: Apache-2.0
#include "app/cli/text_table.h"
#include "app/cli/verbs/arguments.h"

#include <system_error>

namespace sulcus::cli {

namespace {

Result<std::unique_ptr<store::Store>> openExisting(const Invocation& invocation) {
    const auto& file = invocation.paths().database;
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return fail(ErrorCode::NotFound, "app.no_database", {{"file", file.string()}});
    return store::Store::open(file);
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
    auto store = openExisting(invocation);
    if (!store)
        return fail(std::move(store.error()));
    if (auto sound = (*store)->check(); !sound)
        return sound;
    const auto path = (*store)->path().string();
    const auto version = (*store)->schemaVersion();
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

    verbs.table.insert(inner.table.begin(), inner.table.end());
}

} // namespace sulcus::cli
