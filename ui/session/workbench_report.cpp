// SPDX-License-Identifier: Apache-2.0
#include "ui/session/workbench.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

namespace sulcus::session {

namespace fs = std::filesystem;

namespace {

/// From where the query measures: a city of the directory, else degrees north and east; empty when it does not.
std::string measuredFrom(const clinic::HospitalQuery& query, const std::vector<clinic::Hospital>& directory) {
    if (!query.latitude || !query.longitude)
        return {};
    const auto there = std::find_if(directory.begin(), directory.end(), [&](const clinic::Hospital& hospital) {
        return hospital.latitude == *query.latitude && hospital.longitude == *query.longitude;
    });
    if (there != directory.end())
        return there->city;
    return QStringLiteral("%1, %2").arg(*query.latitude, 0, 'f', 2).arg(*query.longitude, 0, 'f', 2).toStdString();
}

} // namespace

QString Workbench::whyNoReport() const {
    if (!m_session.hasCase())
        return QCoreApplication::translate("Workbench", "Open a case first.");
    if (!m_session.hasMask())
        return QCoreApplication::translate("Workbench",
                                           "A report needs a mask: segment the case or read a mask first.");
    return {};
}

std::optional<workflow::ReportRequest> Workbench::reportRequest() const {
    auto& session = const_cast<CaseSession&>(m_session);
    const CaseData& data = session.data().value();
    if (!data.imagingCase || !data.mask)
        return std::nullopt;
    const FindingData& findings = session.findings().value();
    workflow::ReportRequest request;
    request.imagingCase = data.imagingCase;
    request.mask = data.mask;
    request.era = data.era;
    for (const auto& [value, ml] : data.labelMl)
        if (const learning::BundleLabel* const label = bundleLabel(value))
            request.labelNames.push_back({value, label->code, label->colour, 0.0});
    request.truth = data.imagingCase->truth;
    request.truthEra = data.imagingCase->files.era;
    request.location = findings.location;
    request.symptoms = findings.symptoms;
    request.handedness = findings.handedness;
    request.language = m_language;
    request.patientPseudonym = findings.patient.pseudonym;
    request.knowledge = m_knowledge;
    request.hospitals = m_directory;
    request.hospitalQuery = findings.hospitalQuery;
    request.hospitalQuery.limit = 5;
    request.hospitalsFrom = measuredFrom(findings.hospitalQuery, m_directory);
    request.provenance.programVersion = QCoreApplication::applicationVersion().toStdString();
    request.provenance.bundleName = data.origin.bundleName;
    request.provenance.bundleVersion = data.origin.bundleVersion;
    request.provenance.weightsSha256 = data.origin.weightsSha256;
    request.provenance.device = data.origin.device;
    request.provenance.edited = data.origin.edited;
    request.provenance.createdAt = utcNow();
    if (findings.location)
        request.provenance.alignmentMethod = findings.location->method;
    return request;
}

void Workbench::previewReport() {
    const auto request = reportRequest();
    if (!request || m_reportJob)
        return;
    m_reportJob = m_runner.submit<QImage>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Painting the report"),
        [services = m_services, request = *request](const TaskContext& task) -> Result<QImage> {
            auto content = services.makeReport(request, task.part(0.0, 0.5));
            if (!content)
                return fail(std::move(content.error()));
            return services.paintReport(*content, task.part(0.5, 1.0));
        },
        this,
        [this, mask = request->mask](Result<QImage> picture) {
            m_reportJob.clear();
            if (!picture) {
                noteError(picture.error());
                return;
            }
            if (m_session.data()->mask == mask)
                m_preview = std::move(*picture);
            Q_EMIT previewChanged();
        });
    Q_EMIT previewChanged();
}

void Workbench::exportReport(const fs::path& png) {
    const auto request = reportRequest();
    if (!request)
        return;
    m_runner.submit<void>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Writing the report"),
        [services = m_services, request = *request, png](const TaskContext& task) -> Result<void> {
            auto content = services.makeReport(request, task.part(0.0, 0.5));
            if (!content)
                return fail(std::move(content.error()));
            return services.writeReport(*content, png, task.part(0.5, 1.0));
        },
        this,
        [this, png, studyId = m_session.storage()->studyId](Result<void> written) {
            if (!written) {
                noteError(written.error(), NoteTopic::Write);
                return;
            }
            note(NoteKind::Info, {"session.report_written", {{"file", png.string()}}}, NoteTopic::Write);
            Q_EMIT reportWritten(QString::fromStdString(png.string()));
            if (studyId == 0)
                return;
            m_store.ask<std::int64_t>(
                QCoreApplication::translate("Workbench", "Remembering the report"),
                [studyId, path = png.string()](store::Store& store) {
                    return store.saveReport({0, studyId, path, utcNow()});
                },
                this,
                [this](Result<std::int64_t> saved) {
                    if (!saved)
                        noteError(saved.error(), NoteTopic::Write);
                });
        });
}

} // namespace sulcus::session
