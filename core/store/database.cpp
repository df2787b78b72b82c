// SPDX-License-Identifier: Apache-2.0
#include "core/store/database.h"

#include "core/base/log.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <thread>

namespace sulcus::store {

namespace {

namespace fs = std::filesystem;

// "SULC": lets a file be told from any other program's database.
constexpr int kApplicationId = 0x53554C43;
constexpr std::string_view kSqliteMagic{"SQLite format 3\0", 16};

auto failNotWritable(const fs::path& file, std::string context) {
    return fail(ErrorCode::Unreadable, "store.not_writable",
                {{"file", file.string()}, {"folder", file.parent_path().string()}}, std::move(context));
}

auto failNotADatabase(const fs::path& file, const char* context) {
    return fail(ErrorCode::Unreadable, "store.not_a_database", {{"file", file.string()}}, context);
}

int readPragma(SQLite::Database& database, const char* pragma) { return database.execAndGet(pragma).getInt(); }

/// A neighbour's name that no other thread or process uses.
fs::path scratchNameFor(const fs::path& file) {
    static std::atomic<int> counter{0};
    return file.string() + '.' + std::to_string(::getpid()) + '-' + std::to_string(++counter) + ".part";
}

/// Creates an empty file for its owner alone, so that there is no moment in which others could read it. The companions
/// that SQLite makes (-wal, -shm) take the mode of the database file.
Result<void> createPrivateFile(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0 && errno == EEXIST)
        return {}; // another process was faster, and made it the same way
    if (descriptor < 0)
        return failNotWritable(file, std::string("create: ") + std::strerror(errno));
    ::close(descriptor);
    return {};
}

/// The right kind of file, and its first bytes.
Result<void> checkSignature(const fs::path& file) {
    std::error_code failure;
    if (!fs::is_regular_file(file, failure))
        return failNotADatabase(file, "not a regular file");
    if (fs::file_size(file, failure) > 0) {
        std::array<char, 16> head{};
        std::ifstream stream(file, std::ios::binary);
        stream.read(head.data(), head.size());
        if (std::string_view(head.data(), static_cast<std::size_t>(stream.gcount())) != kSqliteMagic)
            return failNotADatabase(file, "first bytes");
    }
    return {};
}

/// Existing files: their kind, and their mode.
Result<void> checkExistingFile(const fs::path& file) {
    if (Result<void> right = checkSignature(file); !right)
        return right;
    for (const char* suffix : {"", "-wal", "-shm"}) {
        const fs::path part = file.string() + suffix;
        struct stat status {};
        if (::stat(part.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0 &&
            ::chmod(part.c_str(), S_IRUSR | S_IWUSR) != 0)
            log(LogLevel::Warning, "store", "the database file is readable by others and its mode cannot be changed");
    }
    return {};
}

/// Is this one of ours, and of a version that this program knows?
Result<int> identify(SQLite::Database& database, const fs::path& file, int newestKnown) {
    // One view of the three, as another process may be creating the tables just now.
    SQLite::Transaction view(database);
    const int version = readPragma(database, "PRAGMA user_version");
    const int application = readPragma(database, "PRAGMA application_id");
    const bool empty = database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    if (application != kApplicationId && !(application == 0 && version == 0 && empty))
        return fail(ErrorCode::Unreadable, "store.not_ours", {{"file", file.string()}});
    if (version > newestKnown)
        return fail(
            ErrorCode::StoreIncompatible, "store.newer_schema",
            {{"file", file.string()}, {"found", std::to_string(version)}, {"known", std::to_string(newestKnown)}});
    return version;
}

/// Readers and one writer side by side. SQLite does not wait by itself when two connections switch a new file at once.
void useWriteAheadLog(SQLite::Database& database, std::chrono::milliseconds busyTimeout) {
    const auto deadline = std::chrono::steady_clock::now() + busyTimeout;
    while (true) {
        try {
            database.exec("PRAGMA journal_mode = WAL");
            return;
        } catch (const SQLite::Exception& exception) {
            if (exception.getErrorCode() != SQLITE_BUSY || std::chrono::steady_clock::now() >= deadline)
                throw;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }
}

/// Runs what is missing, inside the caller's transaction.
Result<void> applyMigrations(SQLite::Database& database, const std::vector<const Migration*>& migrations,
                             const fs::path& file) {
    for (const Migration* migration : migrations) {
        const auto failed = [&](const char* context) {
            return fail(ErrorCode::Internal, "store.migration_failed",
                        {{"file", file.string()}, {"step", migration->name}}, context);
        };
        // Another process may have got here first.
        if (readPragma(database, "PRAGMA user_version") >= migration->number)
            continue;
        try {
            database.exec(migration->sql);
            if (SQLite::Statement(database, "PRAGMA foreign_key_check").executeStep())
                return failed("foreign keys");
            database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
            database.exec("PRAGMA user_version = " + std::to_string(migration->number));
        } catch (const SQLite::Exception& exception) {
            const int code = exception.getErrorCode();
            if (code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_FULL || code == SQLITE_READONLY)
                throw;
            return failed(sqlite3_errstr(exception.getExtendedErrorCode()));
        }
    }
    return {};
}

/// A new file gets its whole schema in one transaction, so that nobody meets it half made; an older file takes one
/// transaction a step.
Result<void> migrate(SQLite::Database& database, const std::vector<Migration>& migrations, int version,
                     const fs::path& file) {
    std::vector<std::vector<const Migration*>> transactions;
    for (const Migration& migration : migrations) {
        if (migration.number <= version)
            continue;
        if (transactions.empty() || version > 0)
            transactions.emplace_back();
        transactions.back().push_back(&migration);
    }
    for (const std::vector<const Migration*>& steps : transactions) {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        if (Result<void> done = applyMigrations(database, steps, file); !done)
            return done;
        transaction.commit();
    }
    return {};
}

/// Copy beside the file before its schema is raised; empty if another process raised it meanwhile.
Result<std::optional<fs::path>> backUpBeforeUpgrade(SQLite::Database& database, const fs::path& file, int version) {
    const fs::path backup = file.string() + ".v" + std::to_string(version) + ".bak";
    const fs::path fresh = scratchNameFor(backup);
    if (Result<void> copied = copyDatabase(database, fresh); !copied)
        return fail(std::move(copied.error()));
    const int copiedVersion =
        readPragma(*std::make_unique<SQLite::Database>(fresh.string(), SQLite::OPEN_READONLY), "PRAGMA user_version");
    std::error_code failure;
    if (copiedVersion != version) {
        fs::remove(fresh, failure);
        return std::optional<fs::path>();
    }
    fs::rename(fresh, backup, failure);
    if (failure)
        return failNotWritable(backup, "rename: " + failure.message());
    return std::optional(backup);
}

Result<OpenedDatabase> prepare(std::unique_ptr<SQLite::Database> database, const fs::path& file,
                               const OpenOptions& options, bool inMemory) {
    OpenedDatabase opened;
    database->setBusyTimeout(static_cast<int>(options.busyTimeout.count()));
    sqlite3_extended_result_codes(database->getHandle(), 1);
    const std::vector<Migration>& migrations = options.migrations ? *options.migrations : shippedMigrations();
    const int newest = migrations.empty() ? 0 : migrations.back().number;

    Result<int> version = identify(*database, file, newest);
    if (!version)
        return fail(std::move(version.error()));

    if (!inMemory)
        useWriteAheadLog(*database, options.busyTimeout);
    database->exec("PRAGMA synchronous = FULL");
    // What a patient told does not linger: not in freed pages, not in temporary files.
    database->exec("PRAGMA secure_delete = ON");
    database->exec("PRAGMA temp_store = MEMORY");
    database->exec("PRAGMA trusted_schema = OFF");

    if (!inMemory && *version > 0 && *version < newest) {
        Result<std::optional<fs::path>> backup = backUpBeforeUpgrade(*database, file, *version);
        if (!backup)
            return fail(std::move(backup.error()));
        opened.upgradeBackup = std::move(*backup);
    }
    // A migration may rebuild a table that others refer to; the keys are checked at its end.
    database->exec("PRAGMA foreign_keys = OFF");
    if (Result<void> done = migrate(*database, migrations, *version, file); !done)
        return fail(std::move(done.error()));
    database->exec("PRAGMA foreign_keys = ON");
    opened.schemaVersion = readPragma(*database, "PRAGMA user_version");
    if (*version != opened.schemaVersion)
        log(LogLevel::Info, "store",
            "schema " + std::to_string(*version) + " -> " + std::to_string(opened.schemaVersion));
    opened.database = std::move(database);
    return opened;
}

bool hasBytes(const fs::path& file) {
    std::error_code failure;
    return fs::exists(file, failure) && fs::file_size(file, failure) > 0 && !failure;
}

/// A file name as SQLite's URI takes it.
std::string uriOf(const fs::path& file) {
    std::string uri = "file:";
    std::error_code failure;
    for (const char c : fs::absolute(file, failure).string()) {
        if (c == '%' || c == '?' || c == '#') {
            std::array<char, 4> coded{};
            std::snprintf(coded.data(), coded.size(), "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
            uri += coded.data();
        } else {
            uri += c;
        }
    }
    return uri;
}

/// Opens an existing file of this program for reading alone, whatever the folder's rights are.
Result<std::unique_ptr<SQLite::Database>> openForReading(const fs::path& file) {
    std::error_code failure;
    if (!fs::exists(file, failure))
        return fail(ErrorCode::NotFound, "store.file_missing", {{"file", file.string()}});
    if (fs::is_regular_file(file, failure) && fs::file_size(file, failure) == 0)
        return fail(ErrorCode::Unreadable, "store.file_empty", {{"file", file.string()}});
    if (Result<void> right = checkSignature(file); !right)
        return fail(std::move(right.error()));
    // With a log beside it somebody may be writing, so the usual locks are taken. Without one the file is all there is,
    // and SQLite, told so, lays nothing beside it.
    const bool alone = !hasBytes(file.string() + "-wal") && !hasBytes(file.string() + "-journal");
    auto database = std::make_unique<SQLite::Database>(uriOf(file) + (alone ? "?immutable=1" : ""),
                                                       SQLite::OPEN_READONLY | SQLite::OPEN_URI);
    database->setBusyTimeout(static_cast<int>(OpenOptions().busyTimeout.count()));
    sqlite3_extended_result_codes(database->getHandle(), 1);
    if (Result<int> version = identify(*database, file, shippedMigrations().back().number); !version)
        return fail(std::move(version.error()));
    return database;
}

/// Opens a backup for reading and makes sure that it may take the place of the database.
Result<std::unique_ptr<SQLite::Database>> openBackup(const fs::path& file) {
    auto database = openForReading(file);
    if (!database)
        return database;
    if (const std::size_t faults = countFaults(**database); faults > 0)
        return fail(ErrorCode::Unreadable, "store.backup_damaged", {{"file", file.string()}},
                    std::to_string(faults) + " faults");
    return database;
}

/// Keeps what a restore is about to replace. A file that SQLite cannot read is moved aside.
Result<void> setAside(const fs::path& file, std::chrono::milliseconds busyTimeout) {
    std::error_code failure;
    if (!fs::exists(file, failure) || fs::file_size(file, failure) == 0)
        return {};
    ErrorCode problem = ErrorCode::Unreadable;
    try {
        SQLite::Database present(file.string(), SQLite::OPEN_READWRITE);
        present.setBusyTimeout(static_cast<int>(busyTimeout.count()));
        present.exec("PRAGMA schema_version");
        if (countFaults(present) == 0) {
            // Nobody else may be writing while its place is taken.
            const SQLite::Transaction exclusive(present, SQLite::TransactionBehavior::EXCLUSIVE);
        }
        Result<void> copied = copyDatabase(present, file.string() + ".before-restore");
        if (copied || copied.error().code == ErrorCode::StoreLocked)
            return copied;
        problem = copied.error().code;
    } catch (const SQLite::Exception& exception) {
        const int code = exception.getErrorCode();
        if (code != SQLITE_NOTADB && code != SQLITE_CORRUPT)
            throw;
    }
    if (problem != ErrorCode::Unreadable)
        return fail(ErrorCode::Internal, "store.failed", {{"file", file.string()}}, "set aside");
    fs::rename(file, file.string() + ".damaged", failure);
    if (failure)
        return failNotWritable(file, "rename: " + failure.message());
    fs::remove(file.string() + "-wal", failure);
    fs::remove(file.string() + "-shm", failure);
    return {};
}

} // namespace

Error sqliteError(int extendedCode, const char* step, const fs::path& file) {
    std::string context =
        std::string(step) + ": " + sqlite3_errstr(extendedCode) + " (" + std::to_string(extendedCode) + ')';
    const std::map<std::string, std::string> place{{"file", file.string()}};
    switch (extendedCode & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::StoreLocked, {"store.locked", place}, std::move(context)};
    case SQLITE_NOTADB:
        return {ErrorCode::Unreadable, {"store.not_a_database", place}, std::move(context)};
    case SQLITE_CORRUPT:
        return {ErrorCode::Unreadable, {"store.corrupt", place}, std::move(context)};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorCode::Unreadable,
                {"store.not_writable", {{"file", file.string()}, {"folder", file.parent_path().string()}}},
                std::move(context)};
    case SQLITE_FULL:
        return {ErrorCode::Unreadable, {"store.disk_full", place}, std::move(context)};
    case SQLITE_NOMEM:
        return {ErrorCode::OutOfMemory, {"store.out_of_memory", place}, std::move(context)};
    default:
        return {ErrorCode::Internal, {"store.failed", place}, std::move(context)};
    }
}

std::size_t countFaults(SQLite::Database& database) {
    std::size_t faults = 0;
    SQLite::Statement integrity(database, "PRAGMA integrity_check(100)");
    while (integrity.executeStep())
        if (integrity.getColumn(0).getString() != "ok")
            ++faults;
    SQLite::Statement keys(database, "PRAGMA foreign_key_check");
    while (keys.executeStep())
        ++faults;
    return faults;
}

Result<void> copyDatabase(SQLite::Database& from, const fs::path& to) {
    const fs::path part = scratchNameFor(to);
    std::error_code failure;
    if (Result<void> created = createPrivateFile(part); !created)
        return created;
    Result<void> copied = guarded("copy", to, [&]() -> Result<void> {
        SQLite::Database target(part.string(), SQLite::OPEN_READWRITE);
        SQLite::Backup backup(target, from);
        if (const int code = backup.executeStep(-1); code != SQLITE_DONE)
            return fail(sqliteError(code, "copy", to));
        return {};
    });
    if (copied)
        // One file that needs no companions, wherever it is carried.
        copied = guarded("copy", to, [&]() -> Result<void> {
            SQLite::Database target(part.string(), SQLite::OPEN_READWRITE);
            target.exec("PRAGMA journal_mode = DELETE");
            return {};
        });
    if (copied) {
        fs::rename(part, to, failure);
        if (failure)
            copied = failNotWritable(to, "rename: " + failure.message());
    }
    if (!copied)
        fs::remove(part, failure);
    return copied;
}

Result<OpenedDatabase> openDatabase(const fs::path& file, const OpenOptions& options) {
    std::error_code failure;
    const fs::path folder = file.parent_path();
    if (!folder.empty() && !fs::exists(folder, failure)) {
        fs::create_directories(folder, failure);
        if (failure)
            return failNotWritable(file, "create folder: " + failure.message());
        fs::permissions(folder, fs::perms::owner_all, failure);
    }
    if (Result<void> ready = fs::exists(file, failure) ? checkExistingFile(file) : createPrivateFile(file); !ready)
        return fail(std::move(ready.error()));
    return guarded("open", file, [&]() -> Result<OpenedDatabase> {
        return prepare(std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE), file, options, false);
    });
}

Result<OpenedDatabase> openMemoryDatabase() {
    return guarded("open", ":memory:", [&]() -> Result<OpenedDatabase> {
        return prepare(std::make_unique<SQLite::Database>(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE),
                       ":memory:", {}, true);
    });
}

bool isWritable(const fs::path& file) {
    std::error_code failure;
    if (!fs::exists(file, failure))
        return true;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    return ::access(file.c_str(), W_OK) == 0 && ::access(folder.c_str(), W_OK) == 0;
}

Result<OpenedDatabase> openCopyInMemory(const fs::path& file, const OpenOptions& options) {
    return guarded("read", file, [&]() -> Result<OpenedDatabase> {
        auto source = openForReading(file);
        if (!source)
            return fail(std::move(source.error()));
        auto memory = std::make_unique<SQLite::Database>(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Backup copy(*memory, **source);
        if (const int code = copy.executeStep(-1); code != SQLITE_DONE)
            return fail(sqliteError(code, "read", file));
        return prepare(std::move(memory), file, options, true);
    });
}

Result<int> inspectDatabase(const fs::path& file) {
    return guarded("check", file, [&]() -> Result<int> {
        auto database = openForReading(file);
        if (!database)
            return fail(std::move(database.error()));
        if (const std::size_t faults = countFaults(**database); faults > 0)
            return fail(ErrorCode::Unreadable, "store.damaged",
                        {{"file", file.string()}, {"faults", std::to_string(faults)}});
        const int version = readPragma(**database, "PRAGMA user_version");
        // Tables that nobody has made yet are no database of this program.
        if (version == 0)
            return fail(ErrorCode::Unreadable, "store.not_ours", {{"file", file.string()}});
        return version;
    });
}

Result<void> restoreDatabase(const fs::path& backup, const fs::path& file, std::chrono::milliseconds busyTimeout) {
    std::error_code failure;
    if (fs::equivalent(backup, file, failure) && !failure)
        return fail(ErrorCode::InvalidInput, "store.restore_onto_itself", {{"file", file.string()}});
    return guarded("restore", file, [&]() -> Result<void> {
        auto source = guarded("restore", backup, [&] { return openBackup(backup); });
        if (!source) {
            // What is said of a damaged database would be wrong of a backup, which is neither replaced nor kept.
            if (source.error().message.id == "store.corrupt")
                source.error().message.id = "store.backup_damaged";
            return fail(std::move(source.error()));
        }
        if (Result<void> kept = setAside(file, busyTimeout); !kept)
            return kept;
        if (!fs::exists(file, failure))
            if (Result<void> created = createPrivateFile(file); !created)
                return created;
        SQLite::Database target(file.string(), SQLite::OPEN_READWRITE);
        target.setBusyTimeout(static_cast<int>(busyTimeout.count()));
        SQLite::Backup copy(target, **source);
        if (const int code = copy.executeStep(-1); code != SQLITE_DONE)
            return fail(sqliteError(code, "restore", file));
        return {};
    });
}

Scope::Scope(SQLite::Database& database, int& depth) : m_database(database), m_depth(depth), m_outermost(depth == 0) {
    // IMMEDIATE: a writer that must wait waits here, and never half-way.
    m_database.exec(m_outermost ? "BEGIN IMMEDIATE" : "SAVEPOINT nested");
    ++m_depth;
}

Scope::~Scope() {
    --m_depth;
    if (m_done)
        return;
    m_database.tryExec(m_outermost ? "ROLLBACK" : "ROLLBACK TO nested");
    if (!m_outermost)
        m_database.tryExec("RELEASE nested");
}

void Scope::commit() {
    m_database.exec(m_outermost ? "COMMIT" : "RELEASE nested");
    m_done = true;
}

} // namespace sulcus::store
