// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/workbench.h"

#include <QImage>
#include <QObject>
#include <QString>
#include <deque>
#include <filesystem>
#include <set>
#include <vector>

namespace sulcus::session {

/// Which cases of a dataset are shown.
enum class CaseFilter { All, Segmented, NotSegmented, WithTruth, WithReport };

/// The cases of a dataset folder: listed at once, their pictures made one by one on the Io lane as they are asked for.
/// Knows which case is next and has it read ahead.
///
/// A case counts as segmented, or as reported, when the file lies beside its images or the database remembers one.
/// Thread: GUI.
class CaseBrowser : public QObject {
    Q_OBJECT
public:
    struct Entry {
        imaging::ListedCase listed;
        QImage thumbnail;    ///< null: not made yet, or it cannot be
        bool failed = false; ///< the picture could not be made
    };

    explicit CaseBrowser(Workbench& workbench, QObject* parent = nullptr);

    /// Lists a folder; `listed` or `failed` follows.
    void openFolder(const std::filesystem::path& folder);
    const std::filesystem::path& folder() const { return m_folder; }
    bool listing() const { return !m_listJob.isNull(); }
    const std::vector<Entry>& entries() const { return m_entries; }

    /// Indices into `entries` whose name or group holds `words` and that pass the filter.
    std::vector<int> find(const QString& words, CaseFilter filter) const;

    /// Wants pictures of these, in this order; earlier wishes that were not begun are dropped.
    void wantThumbnails(const std::vector<int>& indices);

    /// Index of the case that is open; -1: none of them.
    int current() const;
    /// Index that a step from the open case leads to; -1: none. With no case of the list open, the first.
    int stepTarget(int step) const;
    void open(int index);
    void step(int step);

Q_SIGNALS:
    void listed();
    void failed(const sulcus::Message& message);
    void thumbnailChanged(int index);
    void flagsChanged(); ///< segmented or reported

private:
    void makeNextThumbnail();
    void askDatabase();
    void readAheadOfCurrent();

    Workbench& m_workbench;
    std::filesystem::path m_folder;
    std::vector<Entry> m_entries;
    std::deque<int> m_wanted;
    QPointer<Job> m_listJob;
    QPointer<Job> m_thumbnailJob;
    int m_generation = 0; ///< of the list: answers of an older one are dropped
};

} // namespace sulcus::session
