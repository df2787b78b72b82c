// SPDX-License-Identifier: Apache-2.0
#include "ui/session/findings_draft.h"

#include "core/base/log.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <utility>

namespace sulcus::session {

namespace fs = std::filesystem;

namespace {

constexpr int kRestMilliseconds = 1000; // of the hand, before what it entered is kept
constexpr int kVersion = 1;

QString text(const std::string& words) { return QString::fromStdString(words); }

QJsonObject toJson(const FindingData& findings, const std::string& visitDate) {
    QJsonArray symptoms;
    for (const clinic::ReportedSymptom& symptom : findings.symptoms) {
        QJsonObject entry{{"symptom", text(clinic::toString(symptom))}};
        const auto known = findings.details.find(symptom.id);
        if (known != findings.details.end()) {
            entry["onset"] = text(known->second.onset);
            entry["severity"] = known->second.severity;
            entry["note"] = text(known->second.note);
        }
        symptoms.append(entry);
    }
    return {{"version", kVersion},
            {"pseudonym", text(findings.patient.pseudonym)},
            {"handedness", text(clinic::toString(findings.handedness))},
            {"visit", text(visitDate)},
            {"symptoms", symptoms}};
}

std::optional<LeftFindings> fromJson(const QJsonObject& object) {
    if (object["version"].toInt() != kVersion)
        return std::nullopt;
    const auto words = [](const QJsonValue& value) { return value.toString().toStdString(); };
    LeftFindings left;
    left.savedAt = QDateTime::fromString(object["saved_at"].toString(), Qt::ISODate);
    left.patient.pseudonym = words(object["pseudonym"]);
    left.handedness = clinic::handednessFromString(words(object["handedness"])).value_or(clinic::Handedness::Unknown);
    left.visitDate = words(object["visit"]);
    const QJsonArray symptoms = object["symptoms"].toArray();
    for (const QJsonValue& value : symptoms) {
        const QJsonObject entry = value.toObject();
        const auto symptom = clinic::parseReportedSymptom(words(entry["symptom"]));
        if (!symptom)
            continue;
        left.symptoms.push_back(*symptom);
        const SymptomDetail detail{words(entry["onset"]), entry["severity"].toInt(), words(entry["note"])};
        if (detail != SymptomDetail{})
            left.details[symptom->id] = detail;
    }
    if (left.patient.pseudonym.empty() && left.symptoms.empty())
        return std::nullopt;
    return left;
}

} // namespace

FindingsDraft::FindingsDraft(Workbench& workbench, fs::path folder, QObject* parent)
    : QObject(parent), m_workbench(workbench), m_folder(std::move(folder)) {
    if (m_folder.empty())
        return;
    m_timer.setSingleShot(true);
    m_timer.setInterval(kRestMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &FindingsDraft::saveNow);
    const auto later = [this] { m_timer.start(); };
    connect(&m_workbench.session().findings(), &StateNotifier::changed, this, later);
    connect(&m_workbench, &Workbench::patientChanged, this, later);
    look();
}

// What is on disk stays, as with Autosave.
FindingsDraft::~FindingsDraft() = default;

fs::path FindingsDraft::file() const { return m_folder / "findings.json"; }

bool FindingsDraft::lock() {
    if (m_lock)
        return m_lock->isLocked();
    m_lock = std::make_unique<QLockFile>(text((m_folder / "findings.lock").string()));
    m_lock->setStaleLockTime(0);
    return m_lock->tryLock(0);
}

void FindingsDraft::look() {
    std::error_code error;
    if (!fs::exists(file(), error) || !lock())
        return;
    QFile in(text(file().string()));
    if (in.open(QIODevice::ReadOnly))
        m_found = fromJson(QJsonDocument::fromJson(in.readAll()).object());
}

void FindingsDraft::saveNow() {
    if (m_folder.empty() || m_found)
        return;
    m_timer.stop();
    const FindingData& findings = m_workbench.session().findings().value();
    if (!m_workbench.patientUnsaved() || (findings.patient.pseudonym.empty() && findings.symptoms.empty())) {
        discard();
        return;
    }
    QJsonObject object = toJson(findings, m_workbench.visitDate());
    const QByteArray words = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (words == m_kept)
        return;
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (error || !lock()) {
        log(LogLevel::Warning, "findings draft", error ? error.message() : "kept by another program");
        return;
    }
    object["saved_at"] = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    QSaveFile out(text(file().string()));
    if (!out.open(QIODevice::WriteOnly) || out.write(QJsonDocument(object).toJson()) < 0 || !out.commit()) {
        log(LogLevel::Warning, "findings draft", "not written");
        return;
    }
    // It says who complains of what: nobody else's business.
    QFile::setPermissions(text(file().string()), QFile::ReadOwner | QFile::WriteOwner);
    m_kept = words;
}

void FindingsDraft::discard() {
    if (m_kept.isEmpty() || m_found)
        return;
    m_timer.stop();
    m_kept.clear();
    std::error_code ignored;
    fs::remove(file(), ignored);
}

void FindingsDraft::restore() {
    if (!m_found)
        return;
    const LeftFindings left = *std::exchange(m_found, std::nullopt);
    m_kept = "restored"; // the file goes when this is saved or given up
    m_workbench.setHandedness(left.handedness);
    m_workbench.setSymptoms(left.symptoms);
    for (const auto& [id, detail] : left.details)
        m_workbench.setSymptomDetail(id, detail);
    m_workbench.setPseudonym(left.patient.pseudonym);
    if (!left.visitDate.empty())
        m_workbench.setVisitDate(left.visitDate);
    Q_EMIT m_workbench.patientChanged();
    m_workbench.lookForPseudonym();
}

void FindingsDraft::drop() {
    if (!std::exchange(m_found, std::nullopt))
        return;
    m_kept = "dropped";
    discard();
}

} // namespace sulcus::session
