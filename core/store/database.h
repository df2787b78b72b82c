// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/store/store.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include <filesystem>
#include <memory>
#include <new>
#include <optional>
#include <string>

/// The connection beneath Store: opening, migrating, copying. Internal to core/store, the only module that knows
/// SQLite.
namespace sulcus::store {

/// The error for a SQLite failure. The library's text is left out on purpose, as it can quote values.
Error sqliteError(int extendedCode, const char* step, const std::filesystem::path& file);

/// Runs `work` and turns what SQLite throws into an error.
template <typename Work>
auto guarded(const char* step, const std::filesystem::path& file, Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (const SQLite::Exception& exception) {
        return fail(sqliteError(exception.getExtendedErrorCode() > 0 ? exception.getExtendedErrorCode()
                                                                     : exception.getErrorCode(),
                                step, file));
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "store.out_of_memory", {{"file", file.string()}}, step);
    }
}

struct OpenedDatabase {
    std::unique_ptr<SQLite::Database> database;
    int schemaVersion = 0;
    std::optional<std::filesystem::path> upgradeBackup;
};

Result<OpenedDatabase> openDatabase(const std::filesystem::path& file, const OpenOptions& options);
Result<OpenedDatabase> openMemoryDatabase();
/// A copy in memory of a file that is only read, brought to the program's schema.
Result<OpenedDatabase> openCopyInMemory(const std::filesystem::path& file, const OpenOptions& options);
/// May the file be written, with the companions that SQLite lays beside it? True for one that does not exist yet.
bool isWritable(const std::filesystem::path& file);
/// See Store::inspect.
Result<int> inspectDatabase(const std::filesystem::path& file);

Result<void> copyDatabase(SQLite::Database& from, const std::filesystem::path& to);
Result<void> restoreDatabase(const std::filesystem::path& backup, const std::filesystem::path& file,
                             std::chrono::milliseconds busyTimeout);

/// Rows that break integrity or a foreign key.
std::size_t countFaults(SQLite::Database& database);

/// BEGIN IMMEDIATE, or a savepoint inside another; rolled back unless committed.
class Scope {
public:
    Scope(SQLite::Database& database, int& depth);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    void commit();

private:
    SQLite::Database& m_database;
    int& m_depth;
    bool m_outermost;
    bool m_done = false;
};

} // namespace sulcus::store
