// SPDX-License-Identifier: Apache-2.0
#include "ui/session/patient_book.h"

#include <QCoreApplication>
#include <algorithm>

namespace sulcus::session {

namespace {

// Long enough to read what went and to reach for the button.
constexpr int kUndoMilliseconds = 10'000;
constexpr int kMostResults = 200;

QString words(const char* text) { return QCoreApplication::translate("PatientBook", text); }

struct Found {
    std::vector<store::Patient> patients;
    std::size_t total = 0;
};

Result<PatientChart> chartOf(store::Store& store, std::int64_t id) {
    PatientChart chart;
    auto record = store.patientRecord(id);
    if (!record)
        return fail(std::move(record.error()));
    chart.patient = std::move(record->patient);
    chart.visits = std::move(record->visits);
    std::sort(chart.visits.begin(), chart.visits.end(), [](const auto& a, const auto& b) {
        return std::pair(a.visit.date, a.visit.id) > std::pair(b.visit.date, b.visit.id);
    });
    for (store::StudyRecord& study : record->studies)
        chart.studies.push_back(std::move(study.study));
    auto volumes = store.volumeHistory(id);
    if (!volumes)
        return fail(std::move(volumes.error()));
    chart.volumes = std::move(*volumes);
    auto goesWith = store.whatGoesWith(id);
    if (!goesWith)
        return fail(std::move(goesWith.error()));
    chart.goesWith = std::move(*goesWith);
    return chart;
}

} // namespace

PatientBook::PatientBook(StoreService& store, QObject* parent) : QObject(parent), m_store(store) {
    m_undoTimer.setSingleShot(true);
    m_undoTimer.setInterval(kUndoMilliseconds);
    connect(&m_undoTimer, &QTimer::timeout, this, [this] {
        m_removed.reset();
        Q_EMIT removalChanged();
    });
}

void PatientBook::search(const QString& text) {
    m_text = text;
    const std::uint64_t question = ++m_question;
    m_store.ask<Found>(
        words("Searching patients"),
        [text = text.trimmed().toStdString()](store::Store& store) -> Result<Found> {
            auto patients = store.searchPatients(text, kMostResults);
            if (!patients)
                return fail(std::move(patients.error()));
            auto total = store.patientCount();
            if (!total)
                return fail(std::move(total.error()));
            return Found{std::move(*patients), *total};
        },
        this,
        [this, question](Result<Found> found) {
            if (question != m_question)
                return;
            if (!found) {
                Q_EMIT failed(found.error().message);
                return;
            }
            m_results = std::move(found->patients);
            m_total = found->total;
            Q_EMIT resultsChanged();
        });
}

void PatientBook::open(std::int64_t id) {
    const std::uint64_t question = ++m_chartQuestion;
    if (id == 0) {
        m_chart.reset();
        Q_EMIT chartChanged();
        return;
    }
    m_store.ask<PatientChart>(
        words("Reading the patient"), [id](store::Store& store) { return chartOf(store, id); }, this,
        [this, question](Result<PatientChart> chart) {
            if (question != m_chartQuestion)
                return;
            if (!chart) {
                m_chart.reset();
                Q_EMIT chartChanged();
                Q_EMIT failed(chart.error().message);
                return;
            }
            m_chart = std::move(*chart);
            Q_EMIT chartChanged();
        });
}

void PatientBook::refresh() { search(m_text); }

void PatientBook::save(const store::Patient& patient) {
    m_store.ask<store::Patient>(
        words("Saving the patient"),
        [patient](store::Store& store) -> Result<store::Patient> {
            auto id = store.savePatient(patient);
            if (!id)
                return fail(std::move(id.error()));
            return store.patient(*id);
        },
        this,
        [this](Result<store::Patient> saved) {
            if (!saved) {
                Q_EMIT failed(saved.error().message);
                return;
            }
            refresh();
            open(saved->id);
            Q_EMIT stored(*saved);
        });
}

void PatientBook::removeVisit(std::int64_t visitId) {
    m_store.ask<void>(
        words("Removing a visit"), [visitId](store::Store& store) { return store.removeVisit(visitId); }, this,
        [this](Result<void> gone) {
            if (!gone)
                Q_EMIT failed(gone.error().message);
            if (m_chart)
                open(m_chart->patient.id);
        });
}

void PatientBook::remove(std::int64_t id) {
    m_store.ask<store::PatientRecord>(
        words("Removing the patient"), [id](store::Store& store) { return store.takePatientOut(id); }, this,
        [this, id](Result<store::PatientRecord> record) {
            if (!record) {
                Q_EMIT failed(record.error().message);
                return;
            }
            m_removed = std::move(*record);
            m_undoTimer.start();
            if (m_chart && m_chart->patient.id == id)
                open(0);
            refresh();
            Q_EMIT removed(id);
            Q_EMIT removalChanged();
        });
}

void PatientBook::undoRemoval() {
    if (!m_removed)
        return;
    m_undoTimer.stop();
    m_store.ask<std::int64_t>(
        words("Bringing the patient back"),
        [record = *m_removed](store::Store& store) { return store.restoreRemovedPatient(record); }, this,
        [this](Result<std::int64_t> id) {
            if (!id) {
                Q_EMIT failed(id.error().message);
                return;
            }
            refresh();
            open(*id);
        });
    m_removed.reset();
    Q_EMIT removalChanged();
}

QString PatientBook::removedPseudonym() const {
    return m_removed ? QString::fromStdString(m_removed->patient.pseudonym) : QString();
}

} // namespace sulcus::session
