// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/store_service.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <cstdint>
#include <optional>
#include <vector>

namespace sulcus::session {

/// One patient with everything a chart of them shows.
struct PatientChart {
    store::Patient patient;
    std::vector<store::VisitRecord> visits; ///< newest first
    std::vector<store::Study> studies;
    std::vector<store::VolumePoint> volumes; ///< oldest first
    store::RemovalSummary goesWith;          ///< what a removal would take along
};

/// The patients of the database as a person leafs through them: a live search, one patient open, changes, and a removal
/// that can be taken back for a while. Every question goes to the Store lane; nothing here waits. Thread: GUI.
class PatientBook : public QObject {
    Q_OBJECT
public:
    explicit PatientBook(StoreService& store, QObject* parent = nullptr);

    /// Pseudonyms and names that begin with `text`; an empty text gives the newest. Of several questions on the way
    /// only the last is answered.
    void search(const QString& text);
    const QString& searched() const { return m_text; }
    const std::vector<store::Patient>& results() const { return m_results; }
    std::size_t total() const { return m_total; } ///< patients in the database

    /// Opens the chart of a patient; 0 closes it.
    void open(std::int64_t id);
    const std::optional<PatientChart>& chart() const { return m_chart; }

    /// Adds (id 0) or changes a patient; `stored` follows, or `failed`.
    void save(const store::Patient& patient);
    /// Takes a visit with its symptoms away.
    void removeVisit(std::int64_t visitId);

    /// Removes a patient with all that goes with them. For `undoMilliseconds` the removal can be taken back; then, or
    /// with the next removal, or when the book is closed, it is final.
    void remove(std::int64_t id);
    void undoRemoval();
    bool canUndoRemoval() const { return m_removed.has_value(); }
    QString removedPseudonym() const;
    int undoMilliseconds() const { return m_undoTimer.interval(); }
    int undoMillisecondsLeft() const { return m_undoTimer.remainingTime(); }
    void setUndoMilliseconds(int milliseconds) { m_undoTimer.setInterval(milliseconds); }

Q_SIGNALS:
    void resultsChanged();
    void chartChanged();
    void removalChanged(); ///< a removal can be taken back now, or no longer
    void stored(const sulcus::store::Patient& patient);
    void removed(std::int64_t id);
    void failed(const sulcus::Message& message);

private:
    void refresh();

    StoreService& m_store;
    QString m_text;
    std::uint64_t m_question = 0;
    std::uint64_t m_chartQuestion = 0;
    std::vector<store::Patient> m_results;
    std::size_t m_total = 0;
    std::optional<PatientChart> m_chart;
    std::optional<store::PatientRecord> m_removed;
    QTimer m_undoTimer;
};

} // namespace sulcus::session
