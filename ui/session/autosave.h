// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/workbench.h"

#include <QDateTime>
#include <QLockFile>
#include <QObject>
#include <QTimer>
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace sulcus::session {

/// Edits of the open case that an earlier run of the program did not live to save.
struct UnsavedEdits {
    std::filesystem::path mask;
    QDateTime savedAt;
    imaging::LabelEra era = imaging::LabelEra::Brats2021;
    MaskOrigin origin;
};

/// Keeps a copy of unsaved edits beside the database: every minute, and when something dangerous is about to happen.
/// The copy goes when the mask is saved or given up, so that one that is there when a case is opened was left by a
/// crash.
///
/// One program at a time keeps copies of a case; a second one says so and keeps none. Thread: GUI; files are written on
/// the Io lane.
class Autosave : public QObject {
    Q_OBJECT
public:
    /// `folder` empty: nothing is kept. Made when it is first needed.
    Autosave(Workbench& workbench, std::filesystem::path folder, QObject* parent = nullptr);
    ~Autosave() override;

    /// Where copies lie for a database file; empty for one in memory.
    static std::filesystem::path folderBeside(const std::filesystem::path& database);

    /// Keeps a copy now when there are edits that have none.
    void saveNow();
    /// The same, and then calls `done`: at once when there is nothing to keep, else when it is on disk or cannot be.
    void saveThen(std::function<void()> done);
    /// The person has given the edits up, or has saved them: the copy goes.
    void discard();

    /// Left by a crash and neither restored nor dropped yet.
    const std::optional<UnsavedEdits>& found() const { return m_found; }
    void restore(); ///< as a step that undo takes back; the copy stays until the mask is saved
    void drop();

    void setInterval(int milliseconds);

Q_SIGNALS:
    void editsFound();
    void kept(); ///< a copy is on disk

private:
    void caseOpened();
    void release();
    std::filesystem::path maskFile() const;
    std::filesystem::path factsFile() const;

    Workbench& m_workbench;
    std::filesystem::path m_folder;
    QString m_key; ///< of the open case; empty: none is kept
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_timer;
    imaging::LabelMapPtr m_kept; ///< the mask that the copy on disk holds
    std::optional<UnsavedEdits> m_found;
    std::shared_ptr<std::atomic<bool>> m_void; ///< tells writes under way that their copy is not wanted any more
};

} // namespace sulcus::session
