// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/workbench.h"

#include <QDateTime>
#include <QLockFile>
#include <QObject>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <optional>

namespace sulcus::session {

/// What was entered of a patient and never saved: pseudonym, hand, day of the visit, symptoms with what was said of
/// them.
struct LeftFindings {
    QDateTime savedAt;
    store::Patient patient; ///< pseudonym alone
    clinic::Handedness handedness = clinic::Handedness::Unknown;
    std::string visitDate; ///< ISO day; empty: none was chosen
    std::vector<clinic::ReportedSymptom> symptoms;
    std::map<std::string, SymptomDetail> details;
};

/// Keeps a copy of the entered symptoms beside the database while they are not saved, as Autosave does for the mask: a
/// second after each change, and at once when the program is told to end. The copy goes when the patient is saved or
/// the entries are given up, so that one that is there at the start was left by a crash or a logout.
///
/// One program at a time keeps the copy; a second one keeps none. Thread: GUI (a kilobyte is written).
class FindingsDraft : public QObject {
    Q_OBJECT
public:
    /// `folder` empty: nothing is kept. Made when it is first needed.
    FindingsDraft(Workbench& workbench, std::filesystem::path folder, QObject* parent = nullptr);
    ~FindingsDraft() override;

    void saveNow();
    /// The person has given the entries up, or has saved them: the copy goes.
    void discard();

    /// Left by an earlier run and neither restored nor dropped yet; while it waits, nothing new is kept.
    const std::optional<LeftFindings>& found() const { return m_found; }
    void restore();
    void drop();

private:
    bool lock();
    void look();
    std::filesystem::path file() const;

    Workbench& m_workbench;
    std::filesystem::path m_folder;
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_timer;
    QByteArray m_kept; ///< what the file says, without its time
    std::optional<LeftFindings> m_found;
};

} // namespace sulcus::session
