// SPDX-License-Identifier: Apache-2.0
#include "ui/session/autosave.h"

#include "core/base/log.h"
#include "core/imaging/image_io.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace sulcus::session {

namespace fs = std::filesystem;

namespace {

constexpr int kEveryMilliseconds = 60'000;

QString path(const fs::path& file) { return QString::fromStdString(file.string()); }

/// The copy's name says nothing of the patient: a hash of what was opened.
QString keyOf(const StorageState& storage, const imaging::CaseFiles& files) {
    QCryptographicHash hash(QCryptographicHash::Sha1);
    std::error_code error;
    const fs::path whole = fs::absolute(storage.path, error);
    hash.addData(QByteArray::fromStdString(whole.string()));
    hash.addData(QByteArray::fromStdString('\n' + storage.caseId + '\n' + files.seriesUid.value_or("") + '\n' +
                                           std::to_string(files.timePoint)));
    return QString::fromLatin1(hash.result().toHex().left(20));
}

QJsonObject toJson(const MaskOrigin& origin, imaging::LabelEra era) {
    return {{"version", 1},
            {"saved_at", QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
            {"era", QString::fromStdString(imaging::toString(era))},
            {"bundle", QString::fromStdString(origin.bundleName)},
            {"bundle_version", QString::fromStdString(origin.bundleVersion)},
            {"weights", QString::fromStdString(origin.weightsSha256)},
            {"device", QString::fromStdString(origin.device)},
            {"seconds", origin.seconds},
            {"edited", origin.edited}};
}

bool writeFacts(const fs::path& file, const QJsonObject& facts) {
    QSaveFile out(path(file));
    return out.open(QIODevice::WriteOnly) && out.write(QJsonDocument(facts).toJson()) >= 0 && out.commit();
}

void removeFiles(const fs::path& mask, const fs::path& facts) {
    std::error_code ignored;
    // The facts go first: a mask without them is no copy.
    fs::remove(facts, ignored);
    fs::remove(mask, ignored);
}

} // namespace

Autosave::Autosave(Workbench& workbench, fs::path folder, QObject* parent)
    : QObject(parent),
      m_workbench(workbench),
      m_folder(std::move(folder)),
      m_void(std::make_shared<std::atomic<bool>>(false)) {
    if (m_folder.empty())
        return;
    auto& session = m_workbench.session();
    m_timer.setInterval(kEveryMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &Autosave::saveNow);
    connect(&session, &CaseSession::caseOpened, this, &Autosave::caseOpened);
    connect(&session, &CaseSession::caseClosed, this, [this] {
        discard();
        release();
    });
    connect(&session.storage(), &StateNotifier::changed, this, [this] {
        if (m_kept && !m_workbench.session().storage()->unsaved)
            discard();
    });
    connect(&m_workbench, &Workbench::aboutToSegment, this, &Autosave::saveNow);
}

// What is on disk stays: a program that ends without `discard` has crashed as far as the next one can tell.
Autosave::~Autosave() = default;

fs::path Autosave::folderBeside(const fs::path& database) {
    if (database.empty())
        return {};
    fs::path folder = database;
    folder += ".unsaved";
    return folder;
}

void Autosave::setInterval(int milliseconds) { m_timer.setInterval(milliseconds); }

fs::path Autosave::maskFile() const { return m_folder / (m_key.toStdString() + ".nii.gz"); }
fs::path Autosave::factsFile() const { return m_folder / (m_key.toStdString() + ".json"); }

void Autosave::release() {
    m_timer.stop();
    m_key.clear();
    m_kept.reset();
    m_found.reset();
    m_lock.reset();
}

void Autosave::caseOpened() {
    // Whoever opened this case was asked about the edits of the one before.
    if (!m_key.isEmpty())
        discard();
    release();
    auto& session = m_workbench.session();
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (error) {
        log(LogLevel::Warning, "autosave", "folder cannot be made: " + error.message());
        return;
    }
    m_key = keyOf(session.storage().value(), session.data()->imagingCase->files);
    m_lock = std::make_unique<QLockFile>(path(m_folder) + QLatin1Char('/') + m_key + QStringLiteral(".lock"));
    m_lock->setStaleLockTime(0);
    if (!m_lock->tryLock(0)) {
        release();
        Q_EMIT m_workbench.noted(NoteKind::Warning, Message{"session.case_open_elsewhere", {}});
        return;
    }
    m_timer.start();
    QFile facts(path(factsFile()));
    if (!fs::exists(maskFile(), error) || !facts.open(QIODevice::ReadOnly))
        return;
    const QJsonObject object = QJsonDocument::fromJson(facts.readAll()).object();
    const auto text = [&](const char* key) { return object[QLatin1String(key)].toString().toStdString(); };
    const auto era = imaging::eraFromString(text("era"));
    if (object[QStringLiteral("version")].toInt() != 1 || !era)
        return;
    m_found = UnsavedEdits{maskFile(),
                           QDateTime::fromString(object[QStringLiteral("saved_at")].toString(), Qt::ISODate),
                           *era,
                           {text("bundle"), text("bundle_version"), text("weights"), text("device"),
                            object[QStringLiteral("seconds")].toDouble(), object[QStringLiteral("edited")].toBool()}};
    // The case is announced first, then the question.
    QTimer::singleShot(0, this, [this] {
        if (m_found)
            Q_EMIT editsFound();
    });
}

void Autosave::saveNow() { saveThen(nullptr); }

void Autosave::saveThen(std::function<void()> done) {
    auto& session = m_workbench.session();
    const imaging::LabelMapPtr mask = session.data()->mask;
    // While an older copy waits for its answer it must not be overwritten.
    if (m_key.isEmpty() || m_found || !mask || mask == m_kept || !session.storage()->unsaved) {
        if (done)
            done();
        return;
    }
    const QJsonObject facts = toJson(session.data()->origin, session.data()->era);
    m_workbench.runner().submit<void>(
        Lane::Io, tr("Keeping a copy of the edits"),
        [mask, facts, maskFile = maskFile(), factsFile = factsFile(),
         unwanted = m_void](const TaskContext&) -> Result<void> {
            auto written = imaging::writeLabelMap(*mask, maskFile);
            if (written && !writeFacts(factsFile, facts))
                written = fail(ErrorCode::Unreadable, "session.autosave_failed", {{"file", factsFile.string()}});
            if (unwanted->load())
                removeFiles(maskFile, factsFile);
            return written;
        },
        this,
        [this, mask, unwanted = m_void, done = std::move(done)](Result<void> written) {
            if (written && !unwanted->load()) {
                m_kept = mask;
                Q_EMIT kept();
            } else if (!unwanted->load() && written.error().code != ErrorCode::Cancelled) {
                Q_EMIT m_workbench.noted(NoteKind::Warning,
                                         Message{"session.autosave_failed", {{"file", m_folder.string()}}});
            }
            if (done)
                done();
        });
}

void Autosave::discard() {
    if (m_key.isEmpty() || m_found)
        return;
    m_void->store(true);
    m_void = std::make_shared<std::atomic<bool>>(false);
    m_kept.reset();
    removeFiles(maskFile(), factsFile());
}

void Autosave::restore() {
    if (!m_found)
        return;
    const UnsavedEdits edits = *std::exchange(m_found, std::nullopt);
    const auto imagingCase = m_workbench.session().data()->imagingCase;
    m_workbench.runner().submit<imaging::LabelMapPtr>(
        Lane::Io, tr("Restoring the edits"),
        [edits, imagingCase](const TaskContext& task) -> Result<imaging::LabelMapPtr> {
            auto map = imaging::readLabelMap(edits.mask, task);
            if (!map)
                return fail(std::move(map.error()));
            if (map->geometry.size != imagingCase->geometry().size)
                return fail(ErrorCode::ShapeMismatch, "session.restore_other_grid");
            map->geometry = imagingCase->geometry();
            return std::make_shared<const imaging::LabelMap>(std::move(*map));
        },
        this,
        [this, edits, imagingCase](Result<imaging::LabelMapPtr> map) {
            if (m_workbench.session().data()->imagingCase != imagingCase)
                return;
            if (!map) {
                m_found = edits; // nothing is given up by a failure
                Q_EMIT m_workbench.noted(NoteKind::Problem, map.error().message);
                return;
            }
            m_kept = *map;
            m_workbench.session().changeMask(tr("Restore edits"), *map, edits.origin, edits.era);
        });
}

void Autosave::drop() {
    if (!m_found)
        return;
    m_found.reset();
    discard();
}

} // namespace sulcus::session
