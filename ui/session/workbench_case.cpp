// SPDX-License-Identifier: Apache-2.0
#include "ui/session/workbench.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <utility>

namespace sulcus::session {

namespace fs = std::filesystem;

namespace {

/// A case with its first look, made together on the Io lane.
struct OpenedCase {
    Services::CasePtr imagingCase;
    CaseLook look;
    std::vector<OpenChoice> choices = {}; ///< instead of a case: the path holds several things
};

Result<OpenedCase> withLook(Result<Services::CasePtr> imagingCase) {
    if (!imagingCase)
        return fail(std::move(imagingCase.error()));
    OpenedCase opened{std::move(*imagingCase), {}};
    opened.look = lookAt(*opened.imagingCase);
    return opened;
}

} // namespace

void Workbench::openCase(const fs::path& path) {
    endChain();
    if (takeReadAhead(path))
        return;
    if (m_openJob)
        m_openJob->cancel();
    const QString name = QFileInfo(QString::fromStdString(path.string())).fileName();
    m_openJob = m_runner.submit<OpenedCase>(
        Lane::Io, QCoreApplication::translate("Workbench", "Opening %1").arg(name),
        [services = m_services, path](const TaskContext& task) -> Result<OpenedCase> {
            // What cannot be looked into is left to the reader, which has a sentence for it.
            if (services.choices)
                if (auto choices = services.choices(path, task.part(0.0, 0.2)); choices && choices->size() > 1)
                    return OpenedCase{nullptr, {}, std::move(*choices)};
            auto imagingCase = services.openCase(path, task.part(services.choices ? 0.2 : 0.0, 0.9));
            if (!imagingCase)
                return fail(std::move(imagingCase.error()));
            OpenedCase opened{std::move(*imagingCase), {}};
            opened.look = lookAt(*opened.imagingCase);
            task.report(1.0);
            return opened;
        },
        this,
        [this](Result<OpenedCase> opened) {
            if (!opened) {
                noteError(opened.error(), NoteTopic::Open);
                return;
            }
            if (!opened->imagingCase) {
                Q_EMIT choiceNeeded(opened->choices);
                return;
            }
            adopt(std::move(opened->imagingCase), std::move(opened->look));
        });
}

void Workbench::openChoice(const OpenChoice& choice) {
    if (m_openJob)
        m_openJob->cancel();
    m_openJob = m_runner.submit<OpenedCase>(
        Lane::Io, QCoreApplication::translate("Workbench", "Opening %1").arg(QString::fromStdString(choice.files.id)),
        [services = m_services, files = choice.files](const TaskContext& task) -> Result<OpenedCase> {
            return withLook(services.openFiles(files, task.part(0.0, 0.9)));
        },
        this,
        [this](Result<OpenedCase> opened) {
            if (!opened) {
                noteError(opened.error(), NoteTopic::Open);
                return;
            }
            adopt(std::move(opened->imagingCase), std::move(opened->look));
        });
}

void Workbench::readAhead(const fs::path& path) {
    if (path == m_aheadPath)
        return;
    if (m_aheadJob)
        m_aheadJob->cancel();
    m_aheadCase.reset();
    m_aheadPath = path;
    if (path.empty())
        return;
    m_aheadJob = m_runner.submit<OpenedCase>(
        Lane::Io, QCoreApplication::translate("Workbench", "Reading the next case"),
        [services = m_services, path](const TaskContext& task) -> Result<OpenedCase> {
            return withLook(services.openCase(path, task));
        },
        this,
        [this, path](Result<OpenedCase> opened) {
            if (path != m_aheadPath)
                return;
            if (opened) {
                m_aheadCase = std::move(opened->imagingCase);
                m_aheadLook = std::move(opened->look);
            } else {
                m_aheadPath.clear();
            }
        });
}

bool Workbench::hasReadAhead(const fs::path& path) const { return m_aheadCase && path == m_aheadPath; }

bool Workbench::takeReadAhead(const fs::path& path) {
    const bool ready = hasReadAhead(path);
    // A reading under way would only hold the lane: the opening reads the file that the person wants.
    if (m_aheadJob)
        m_aheadJob->cancel();
    const Services::CasePtr ahead = std::exchange(m_aheadCase, nullptr);
    m_aheadPath.clear();
    if (!ready)
        return false;
    if (m_openJob)
        m_openJob->cancel();
    // On the next turn, as any other opening: whoever asked may still have to note that they wait for it.
    QTimer::singleShot(0, this, [this, ahead, look = std::move(m_aheadLook)] { adopt(ahead, look); });
    return true;
}

void Workbench::openDemo() {
    endChain();
    if (m_openJob)
        m_openJob->cancel();
    m_openJob = m_runner.submit<OpenedCase>(
        Lane::Io, QCoreApplication::translate("Workbench", "Preparing the demo case"),
        [services = m_services](const TaskContext& task) -> Result<OpenedCase> {
            auto folder = services.demoCase(task.part(0.0, 0.7));
            if (!folder)
                return fail(std::move(folder.error()));
            return withLook(services.openCase(*folder, task.part(0.7, 0.95)));
        },
        this,
        [this](Result<OpenedCase> opened) {
            if (!opened) {
                noteError(opened.error(), NoteTopic::Open);
                return;
            }
            adopt(std::move(opened->imagingCase), std::move(opened->look));
        });
}

void Workbench::adopt(Services::CasePtr imagingCase, CaseLook look) {
    if (m_chain != ChainStep::Opening)
        endChain();
    const bool kept = !m_session.hasCase() && m_patientUnsaved;
    m_refused = false;
    for (const QPointer<Job>& job : {m_segmentJob, m_locateJob, m_refineJob, m_measureJob, m_reportJob})
        if (job)
            job->cancel();
    m_followUp.stop();
    m_placement.reset();
    m_refineNext = false;
    m_preview = {};
    m_offered.reset();
    m_patientUnsaved = kept;
    if (!kept)
        forgetVisit();
    m_answer = {};
    m_thumbnails = look.thumbnails;
    m_ctRegion = look.ctRegion;
    m_session.open(imagingCase, look);
    pickBundle();
    // A chest is not opened to look for neurosurgeons.
    for (const learning::Bundle& bundle : m_bundles)
        if (bundle.folder == m_bundle && m_services.findingOf)
            m_session.findings().update(
                [&](FindingData& findings) { findings.hospitalQuery.finding = m_services.findingOf(bundle); });
    rankHospitals();
    Q_EMIT patientChanged();
    Q_EMIT previewChanged();
    Q_EMIT opened();
    // After the window has put the words about the case before away.
    for (const Message& warning : imagingCase->warnings)
        // A network that has answered says itself, and closer, what it missed.
        note(NoteKind::Warning, warning,
             warning.id == "imaging.sequence_missing" ? NoteTopic::Segment : NoteTopic::General);
    lookForPatient();
    if (!m_services.placeInAtlas)
        return;
    m_runner.submit<AtlasPlacement>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Placing the case in the atlas"),
        [services = m_services, imagingCase](const TaskContext& task) {
            return services.placeInAtlas(*imagingCase, task);
        },
        this,
        [this, imagingCase](Result<AtlasPlacement> placement) {
            // Without an atlas the regions stay unnamed; locating a mask says why.
            if (!placement)
                return;
            if (!m_atlas) {
                m_atlas = placement->atlas;
                Q_EMIT atlasReady();
            }
            if (m_session.data()->imagingCase == imagingCase && !m_placement) {
                m_placement = std::move(*placement);
                m_session.view().update([](ViewState&) {});
            }
        });
}

void Workbench::closeCase() {
    endChain();
    for (const QPointer<Job>& job : {m_openJob, m_segmentJob, m_locateJob, m_refineJob, m_measureJob, m_reportJob})
        if (job)
            job->cancel();
    m_followUp.stop();
    m_placement.reset();
    m_refineNext = false;
    m_offered.reset();
    m_preview = {};
    m_answer = {};
    forgetVisit();
    m_session.close();
    rankHospitals();
    reloadRecent();
    Q_EMIT patientChanged();
    Q_EMIT previewChanged();
}

} // namespace sulcus::session
