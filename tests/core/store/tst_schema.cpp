// SPDX-License-Identifier: Apache-2.0
#include "core/store/shipped_tables.h"
#include "core/store/store.h"

#include <sys/stat.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <fstream>
#include <iterator>
#include <thread>

using namespace sulcus;
using namespace sulcus::store;
namespace fs = std::filesystem;

namespace {

const fs::path kFixtures = fs::path(SULCUS_SOURCE_DIR) / "tests" / "data" / "store";

std::string bytesOf(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void overwrite(const fs::path& file, std::streamoff at, const std::string& bytes) {
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekp(at);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

int modeOf(const fs::path& file) {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 ? static_cast<int>(status.st_mode & 0777) : -1;
}

int newest() { return shippedMigrations().back().number; }

OpenOptions upTo(int version) {
    OpenOptions options;
    options.busyTimeout = std::chrono::milliseconds(50);
    options.migrations.emplace();
    for (const Migration& migration : shippedMigrations())
        if (migration.number <= version)
            options.migrations->push_back(migration);
    return options;
}

OpenOptions impatient() {
    OpenOptions options;
    options.busyTimeout = std::chrono::milliseconds(50);
    return options;
}

Patient patientOf(const char* pseudonym) {
    Patient patient;
    patient.pseudonym = pseudonym;
    return patient;
}

} // namespace

class TestSchema : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    fs::path inFolder(const char* name) const { return fs::path(m_folder->path().toStdString()) / name; }

    fs::path fixture(int version) const {
        const fs::path copy = inFolder("fixture.sqlite");
        fs::copy_file(kFixtures / ("v" + std::to_string(version) + ".sqlite"), copy,
                      fs::copy_options::overwrite_existing);
        fs::permissions(copy, fs::perms::owner_read | fs::perms::owner_write);
        return copy;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }

    void freshFileHasTheNewestSchemaAndIsPrivate() {
        const fs::path file = inFolder("new/folder/환자.sqlite");
        auto store = Store::open(file);
        QVERIFY(store.has_value());
        QCOMPARE((*store)->schemaVersion(), newest());
        QVERIFY(!(*store)->upgradeBackup());
        QVERIFY((*store)->savePatient(patientOf("P1")).has_value());
        QCOMPARE(modeOf(file), 0600);
        QCOMPARE(modeOf(file.string() + "-wal"), 0600);
        QCOMPARE(modeOf(file.string() + "-shm"), 0600);
        QCOMPARE((*store)->knowledge()->symptoms.size(), shippedKnowledge().symptoms.size());
        QCOMPARE((*store)->hospitals()->size(), shippedHospitals().size());
        QVERIFY((*store)->check().has_value());
    }

    void modeIsTightenedWhenOthersCouldRead() {
        const fs::path file = inFolder("loose.sqlite");
        QVERIFY(Store::open(file).has_value());
        fs::permissions(file, fs::perms::all);
        QVERIFY(Store::open(file).has_value());
        QCOMPARE(modeOf(file), 0600);
    }

    void currentFileOpensAsItIs() {
        const fs::path file = inFolder("current.sqlite");
        {
            auto store = Store::open(file);
            QVERIFY((*store)->savePatient(patientOf("P1")).has_value());
        }
        const std::string before = bytesOf(file);
        {
            auto store = Store::open(file);
            QVERIFY(store.has_value());
            QVERIFY(!(*store)->upgradeBackup());
            QCOMPARE((*store)->patientCount().value(), std::size_t{1});
        }
        QVERIFY(bytesOf(file) == before);
    }

    void anEmptyFileBecomesADatabase() {
        const fs::path file = inFolder("empty.sqlite");
        std::ofstream(file).close();
        auto store = Store::open(file);
        QVERIFY(store.has_value());
        QCOMPARE((*store)->schemaVersion(), newest());
        QCOMPARE(modeOf(file), 0600);
    }

    void aCheckChangesNothing() {
        const fs::path empty = inFolder("zero.sqlite");
        std::ofstream(empty).close();
        QCOMPARE(Store::inspect(empty).error().message.id, std::string("store.file_empty"));
        QCOMPARE(fs::file_size(empty), std::uintmax_t{0});
        QCOMPARE(Store::inspect(inFolder("none")).error().message.id, std::string("store.file_missing"));
        const fs::path old = fixture(1);
        const std::string before = bytesOf(old);
        QCOMPARE(Store::inspect(old).value(), 1);
        QVERIFY(bytesOf(old) == before);
        QVERIFY(!fs::exists(old.string() + "-wal") && !fs::exists(old.string() + "-shm"));
        // Also of one that is in use, whose newest rows lie in the log.
        const fs::path live = inFolder("live #1.sqlite");
        auto store = Store::open(live);
        QVERIFY((*store)->savePatient(patientOf("P1")).has_value());
        QCOMPARE(Store::inspect(live).value(), newest());
    }

    void aFileThatIsOnlyReadIsReadWhole_data() { olderFilesAreUpgradedAndKeepTheirRows_data(); }
    void aFileThatIsOnlyReadIsReadWhole() {
        QFETCH(int, version);
        const fs::path file = fixture(version);
        const std::string before = bytesOf(file);
        OpenOptions reading;
        reading.readOnly = OpenOptions::ReadOnly::Always;
        {
            auto store = Store::open(file, reading);
            QVERIFY2(store.has_value(), store ? "" : store.error().context.c_str());
            QVERIFY((*store)->isReadOnly());
            QCOMPARE((*store)->patientCount().value(), std::size_t{2});
            QCOMPARE((*store)->knowledge()->symptoms.size(), shippedKnowledge().symptoms.size());
            const auto refused = (*store)->savePatient(patientOf("P1"));
            QCOMPARE(refused.error().message.id, std::string("store.read_only"));
            QVERIFY((*store)->backup(inFolder("copy.sqlite")).has_value());
        }
        QVERIFY(bytesOf(file) == before);
        QCOMPARE(std::distance(fs::directory_iterator(m_folder->path().toStdString()), fs::directory_iterator()),
                 std::ptrdiff_t{2});
    }

    void aDamagedBackupIsNotRestored() {
        const fs::path file = inFolder("live.sqlite");
        {
            auto store = Store::open(file);
            QVERIFY((*store)->savePatient(patientOf("P1")).has_value());
        }
        const fs::path backup = fixture(newest());
        fs::resize_file(backup, fs::file_size(backup) / 2);
        QCOMPARE(Store::restore(backup, file).error().message.id, std::string("store.backup_damaged"));
        QCOMPARE((*Store::open(file))->patientCount().value(), std::size_t{1});
    }

    void everyPublishedVersionHasAFixture() {
        for (const Migration& migration : shippedMigrations())
            QVERIFY2(fs::exists(kFixtures / ("v" + std::to_string(migration.number) + ".sqlite")),
                     migration.name.c_str());
    }

    void olderFilesAreUpgradedAndKeepTheirRows_data() {
        QTest::addColumn<int>("version");
        for (const Migration& migration : shippedMigrations())
            QTest::addRow("v%d", migration.number) << migration.number;
    }

    void olderFilesAreUpgradedAndKeepTheirRows() {
        QFETCH(int, version);
        const fs::path file = fixture(version);
        auto store = Store::open(file);
        QVERIFY(store.has_value());
        QCOMPARE((*store)->schemaVersion(), newest());
        QVERIFY((*store)->check().has_value());

        const auto patient = (*store)->findPatientByPseudonym("fix-001").value();
        QVERIFY(patient.has_value());
        QCOMPARE(patient->name, std::string("Fixture One"));
        const auto record = (*store)->patientRecord(patient->id).value();
        QCOMPARE(record.visits.size(), std::size_t{2});
        QCOMPARE(record.visits.back().symptoms.front().symptom.id, std::string("weakness_one_side"));
        QCOMPARE(record.studies.size(), std::size_t{1});
        QCOMPARE(record.studies.front().segmentations.front().mlPerTarget.size(), std::size_t{2});
        QCOMPARE(record.studies.front().crossChecks.size(), std::size_t{1});
        QCOMPARE(record.studies.front().reports.size(), std::size_t{1});
        QCOMPARE((*store)->recentCases().value().size(), std::size_t{2});

        if (version == newest()) {
            QVERIFY(!(*store)->upgradeBackup());
            return;
        }
        const fs::path backup = (*store)->upgradeBackup().value();
        QCOMPARE(backup.string(), file.string() + ".v" + std::to_string(version) + ".bak");
        QCOMPARE(modeOf(backup), 0600);
        auto old = Store::open(backup, upTo(version));
        QVERIFY(old.has_value());
        QCOMPARE((*old)->schemaVersion(), version);
        QCOMPARE((*old)->patientCount().value(), std::size_t{2});
    }

    void refreshedKnowledgeKeepsWhatAPersonChanged() {
        auto store = Store::open(fixture(1));
        const auto knowledge = (*store)->knowledge().value();
        QCOMPARE(knowledge.symptoms.size(), shippedKnowledge().symptoms.size());
        QVERIFY(knowledge.symptom("old_symptom") == nullptr);
        const auto hospitals = (*store)->hospitals().value();
        const auto find = [&](const char* id) {
            return std::find_if(hospitals.begin(), hospitals.end(),
                                [&](const clinic::Hospital& hospital) { return hospital.id == id; });
        };
        QVERIFY(find("xx-withdrawn") == hospitals.end());
        QVERIFY(find("kr-amc") == hospitals.end());
        QCOMPARE(find("kr-snuh")->nameEn, std::string("Renamed by a person"));
        QVERIFY(find("kr-snuh")->editedByUser);
        QCOMPARE(find("own-clinic")->departments, (std::vector<std::string>{"NS", "RT"}));
        QVERIFY(find("own-clinic")->verified.at("NS"));
        QCOMPARE(hospitals.size(), shippedHospitals().size()); // one own more, one removed
    }

    void knowledgeFromTheDatabaseIsTheShippedOne() {
        auto store = Store::openInMemory();
        const auto knowledge = (*store)->knowledge().value();
        const auto& shipped = shippedKnowledge();
        QCOMPARE(knowledge.links.size(), shipped.links.size());
        for (std::size_t i = 0; i < shipped.links.size(); ++i) {
            QCOMPARE(knowledge.links[i].symptomId, shipped.links[i].symptomId);
            QVERIFY(knowledge.links[i].region == shipped.links[i].region);
            QCOMPARE(knowledge.links[i].strength, shipped.links[i].strength);
            QVERIFY(knowledge.links[i].sideRule == shipped.links[i].sideRule);
            QCOMPARE(knowledge.links[i].note, shipped.links[i].note);
            QCOMPARE(knowledge.links[i].sources, shipped.links[i].sources);
        }
        for (std::size_t i = 0; i < shipped.symptoms.size(); ++i) {
            QCOMPARE(knowledge.symptoms[i].id, shipped.symptoms[i].id);
            QCOMPARE(knowledge.symptoms[i].nameKo, shipped.symptoms[i].nameKo);
            QCOMPARE(knowledge.symptoms[i].questionKo, shipped.symptoms[i].questionKo);
        }
        for (std::size_t i = 0; i < shipped.regions.size(); ++i) {
            QVERIFY(knowledge.regions[i].region == shipped.regions[i].region);
            QCOMPARE(knowledge.regions[i].sources, shipped.regions[i].sources);
            QCOMPARE(knowledge.regions[i].tumourKo, shipped.regions[i].tumourKo);
        }
        QCOMPARE(knowledge.facts.size(), shipped.facts.size());
        for (std::size_t i = 0; i < shipped.facts.size(); ++i) {
            QCOMPARE(knowledge.facts[i].id, shipped.facts[i].id);
            QCOMPARE(knowledge.facts[i].symptomId, shipped.facts[i].symptomId);
            QCOMPARE(knowledge.facts[i].sources, shipped.facts[i].sources);
        }
        QCOMPARE(knowledge.sources.size(), shipped.sources.size());
        QCOMPARE(knowledge.groups.size(), shipped.groups.size());
        QCOMPARE(knowledge.departments.size(), shipped.departments.size());
        const auto hospitals = (*store)->hospitals().value();
        for (std::size_t i = 0; i < shippedHospitals().size(); ++i) {
            QCOMPARE(hospitals[i].id, shippedHospitals()[i].id);
            QCOMPARE(hospitals[i].departments, shippedHospitals()[i].departments);
            QVERIFY(hospitals[i].verified == shippedHospitals()[i].verified);
        }
    }

    void newerFilesAreRefusedAndUntouched() {
        const fs::path file = inFolder("newer.sqlite");
        OpenOptions future = upTo(newest());
        future.migrations->push_back({newest() + 1, "future", "CREATE TABLE future (a INTEGER)"});
        QVERIFY(Store::open(file, future).has_value());
        const std::string before = bytesOf(file);
        const auto refused = Store::open(file);
        QVERIFY(refused.error().code == ErrorCode::StoreIncompatible);
        QCOMPARE(refused.error().message.id, std::string("store.newer_schema"));
        QCOMPARE(refused.error().message.parameters.at("found"), std::to_string(newest() + 1));
        QCOMPARE(refused.error().message.parameters.at("known"), std::to_string(newest()));
        QVERIFY(bytesOf(file) == before);
    }

    void whatIsNoDatabaseIsRefused() {
        const fs::path file = inFolder("letter.sqlite");
        const std::string letter(5000, 'x');
        std::ofstream(file) << letter;
        const auto refused = Store::open(file);
        QVERIFY(refused.error().code == ErrorCode::Unreadable);
        QCOMPARE(refused.error().message.id, std::string("store.not_a_database"));
        QCOMPARE(bytesOf(file), letter);
        QVERIFY(Store::open(m_folder->path().toStdString()).error().code == ErrorCode::Unreadable);
    }

    void anotherProgramsDatabaseIsRefusedAndUntouched() {
        const fs::path file = fixture(newest());
        overwrite(file, 68, "ABCD"); // the application id
        const std::string before = bytesOf(file);
        const auto refused = Store::open(file);
        QVERIFY(refused.error().code == ErrorCode::Unreadable);
        QCOMPARE(refused.error().message.id, std::string("store.not_ours"));
        QVERIFY(bytesOf(file) == before);
    }

    void damageIsFoundAtOpeningOrByTheCheck() {
        const fs::path file = fixture(newest());
        const auto size = static_cast<std::streamoff>(fs::file_size(file));
        for (std::streamoff page = 4096; page < size; page += 4096)
            overwrite(file, page, std::string(200, '\x5a'));
        auto store = Store::open(file);
        const Error error = store ? (*store)->check().error() : store.error();
        QVERIFY(error.code == ErrorCode::Unreadable);
    }

    void aFileCutShortIsFound() {
        const fs::path file = fixture(newest());
        fs::resize_file(file, fs::file_size(file) / 2);
        auto store = Store::open(file);
        const Error error = store ? (*store)->check().error() : store.error();
        QVERIFY(error.code == ErrorCode::Unreadable);
    }

    void severalMayOpenAFileAtOnce_data() {
        QTest::addColumn<int>("version");
        QTest::newRow("fresh") << 0;
        QTest::newRow("to be upgraded") << 1;
    }

    void severalMayOpenAFileAtOnce() {
        QFETCH(int, version);
        const fs::path file = version == 0 ? inFolder("race.sqlite") : fixture(version);
        const std::size_t before = version == 0 ? 0 : 2;
        OpenOptions patient;
        patient.busyTimeout = std::chrono::seconds(30);
        std::vector<std::string> problems(6);
        {
            std::vector<std::jthread> threads;
            for (std::size_t i = 0; i < problems.size(); ++i)
                threads.emplace_back([&, i] {
                    auto store = Store::open(file, patient);
                    if (!store) {
                        problems[i] = store.error().message.id + ' ' + store.error().context;
                        return;
                    }
                    for (int row = 0; row < 5; ++row) {
                        const std::string name = "P" + std::to_string(i) + '-' + std::to_string(row);
                        if (auto saved = (*store)->savePatient(patientOf(name.c_str())); !saved)
                            problems[i] = saved.error().message.id + ' ' + saved.error().context;
                    }
                });
        }
        for (const std::string& problem : problems)
            QVERIFY2(problem.empty(), problem.c_str());
        auto store = Store::open(file);
        QCOMPARE((*store)->patientCount().value(), std::size_t{before + 30});
        QVERIFY((*store)->check().has_value());
    }

    void aWriterWaitsThenSaysLocked() {
        const fs::path file = inFolder("shared.sqlite");
        auto first = Store::open(file);
        auto second = Store::open(file, impatient());
        QVERIFY(second.has_value());
        QVERIFY((*first)
                    ->inTransaction([&]() -> Result<void> {
                        const auto refused = (*second)->savePatient(patientOf("P1"));
                        if (refused || refused.error().code != ErrorCode::StoreLocked)
                            return fail(ErrorCode::Internal, "store.failed");
                        // Reading goes on meanwhile.
                        if (!(*second)->patientCount())
                            return fail(ErrorCode::Internal, "store.failed");
                        return {};
                    })
                    .has_value());
        QVERIFY((*second)->savePatient(patientOf("P1")).has_value());
    }

    void anUpgradeWaitsThenSaysLocked() {
        const fs::path file = fixture(1);
        auto holder = Store::open(file, upTo(1));
        QVERIFY(holder.has_value());
        ErrorCode seen = ErrorCode::Internal;
        QVERIFY((*holder)
                    ->inTransaction([&]() -> Result<void> {
                        const auto refused = Store::open(file, impatient());
                        if (!refused)
                            seen = refused.error().code;
                        return {};
                    })
                    .has_value());
        QVERIFY(seen == ErrorCode::StoreLocked);
    }

    void aFolderThatCannotBeWrittenIsSaid() {
        // Not even the superuser creates files here.
        for (const char* place : {"/proc/sulcus.sqlite", "/proc/sulcus/new.sqlite"}) {
            const auto refused = Store::open(place);
            QVERIFY(refused.error().code == ErrorCode::Unreadable);
            QCOMPARE(refused.error().message.id, std::string("store.not_writable"));
        }
        if (::geteuid() == 0)
            return;
        const fs::path file = fixture(1);
        fs::permissions(m_folder->path().toStdString(), fs::perms::owner_read | fs::perms::owner_exec);
        const auto refused = Store::open(file);
        fs::permissions(m_folder->path().toStdString(), fs::perms::owner_all);
        QVERIFY(refused.error().code == ErrorCode::Unreadable);
    }

    void aFailingMigrationLeavesTheFileAsItWas_data() {
        QTest::addColumn<QString>("sql");
        QTest::newRow("syntax at the end") << "CREATE TABLE extra (a INTEGER); DELETE FROM patient; SELECT nonsense;";
        QTest::newRow("constraint")
            << "DELETE FROM visit; INSERT INTO patient (pseudonym, pseudonym_key) VALUES ('', '');";
        QTest::newRow("foreign key")
            << "DELETE FROM visit_symptom; INSERT INTO visit (patient_id, date) VALUES (99, 'x');";
    }

    void aFailingMigrationLeavesTheFileAsItWas() {
        QFETCH(QString, sql);
        const fs::path file = fixture(newest());
        OpenOptions broken = upTo(newest());
        broken.migrations->push_back({newest() + 1, "broken", sql.toStdString()});
        const auto refused = Store::open(file, broken);
        QVERIFY(refused.error().code == ErrorCode::Internal);
        QCOMPARE(refused.error().message.id, std::string("store.migration_failed"));
        auto store = Store::open(file);
        QVERIFY(store.has_value());
        QCOMPARE((*store)->schemaVersion(), newest());
        QCOMPARE((*store)->patientCount().value(), std::size_t{2});
        const auto record = (*store)->patientRecord(1).value();
        QCOMPARE(record.visits.size(), std::size_t{2});
        QCOMPARE(record.visits.front().symptoms.size(), std::size_t{1});
        // The table that the failed step made is gone too.
        store->reset();
        OpenOptions again = upTo(newest());
        again.migrations->push_back({newest() + 1, "again", "CREATE TABLE extra (a INTEGER)"});
        QVERIFY(Store::open(file, again).has_value());
    }

    void backupAndRestoreGiveBackTheSameRows() {
        const fs::path file = inFolder("live.sqlite");
        const fs::path copy = inFolder("copy.sqlite");
        {
            auto store = Store::open(file);
            QVERIFY((*store)->savePatient(patientOf("P1")).has_value());
            QVERIFY((*store)->backup(copy).has_value());
            QCOMPARE(modeOf(copy), 0600);
            QVERIFY(!fs::exists(copy.string() + "-wal"));
            QVERIFY((*store)->backup(file).error().code == ErrorCode::InvalidInput);
            QVERIFY((*store)->backup("/proc/backup.sqlite").error().code == ErrorCode::Unreadable);
            QVERIFY((*store)->savePatient(patientOf("P2")).has_value());
        }
        QVERIFY(Store::restore(copy, file).has_value());
        auto store = Store::open(file);
        QCOMPARE((*store)->patientCount().value(), std::size_t{1});
        auto before = Store::open(file.string() + ".before-restore");
        QCOMPARE((*before)->patientCount().value(), std::size_t{2});
    }

    void restoreReplacesADamagedFileAndKeepsIt() {
        const fs::path file = inFolder("live.sqlite");
        std::ofstream(file) << "SQLite format 3" << '\0' << std::string(4000, 'x');
        QVERIFY(Store::restore(fixture(1), file).has_value());
        QVERIFY(fs::exists(file.string() + ".damaged"));
        auto store = Store::open(file);
        QCOMPARE((*store)->patientCount().value(), std::size_t{2});
        QCOMPARE(modeOf(file), 0600);
    }

    void restoreRefusesWhatIsNoBackup() {
        const fs::path file = inFolder("live.sqlite");
        {
            auto store = Store::open(file);
            QVERIFY((*store)->savePatient(patientOf("P1")).has_value());
        }
        const std::string before = bytesOf(file);
        QVERIFY(Store::restore(inFolder("absent.sqlite"), file).error().code == ErrorCode::NotFound);
        std::ofstream(inFolder("letter.txt")) << std::string(5000, 'x');
        QVERIFY(Store::restore(inFolder("letter.txt"), file).error().code == ErrorCode::Unreadable);
        const fs::path foreign = fixture(1);
        overwrite(foreign, 68, "ABCD");
        QCOMPARE(Store::restore(foreign, file).error().message.id, std::string("store.not_ours"));
        OpenOptions future = upTo(newest());
        future.migrations->push_back({newest() + 1, "future", "CREATE TABLE future (a INTEGER)"});
        QVERIFY(Store::open(inFolder("future.sqlite"), future).has_value());
        QVERIFY(Store::restore(inFolder("future.sqlite"), file).error().code == ErrorCode::StoreIncompatible);
        QVERIFY(Store::restore(file, file).error().code == ErrorCode::InvalidInput);
        QVERIFY(bytesOf(file) == before);
    }

    void restoreWaitsForAWriter() {
        const fs::path file = inFolder("live.sqlite");
        auto holder = Store::open(file);
        ErrorCode seen = ErrorCode::Internal;
        QVERIFY((*holder)
                    ->inTransaction([&]() -> Result<void> {
                        const auto refused = Store::restore(fixture(1), file, std::chrono::milliseconds(50));
                        if (!refused)
                            seen = refused.error().code;
                        return {};
                    })
                    .has_value());
        QVERIFY(seen == ErrorCode::StoreLocked);
    }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
