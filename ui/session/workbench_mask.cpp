// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/dicom_seg/dicom_segmentation.h"
#include "ui/session/workbench.h"

#include <QCoreApplication>
#include <utility>

namespace sulcus::session {

namespace fs = std::filesystem;
using imaging::LabelMapPtr;

namespace {

// Edits come in bursts; place and measures follow when the hand rests.
constexpr int kFollowUpMilliseconds = 200;

} // namespace

void Workbench::importMask(const fs::path& file) {
    if (!m_session.hasCase())
        return;
    const auto imagingCase = m_session.data()->imagingCase;
    const std::string name = file.filename().string();
    m_runner.submit<LabelMapPtr>(
        Lane::Io, QCoreApplication::translate("Workbench", "Reading %1").arg(QString::fromStdString(name)),
        [services = m_services, imagingCase, file, name](const TaskContext& task) -> Result<LabelMapPtr> {
            auto map = imaging::isDicomSegmentation(file)
                           ? imaging::readSegmentationMask(file, imagingCase->geometry(), task)
                           : services.readMask(file, task);
            if (!map)
                return fail(std::move(map.error()));
            if (!imaging::sameGridIgnoringOrigin(map->geometry, imagingCase->geometry()))
                return fail(ErrorCode::ShapeMismatch, "session.mask_other_grid", {{"file", name}});
            map->geometry = imagingCase->geometry();
            return std::make_shared<const imaging::LabelMap>(std::move(*map));
        },
        this,
        [this, imagingCase, file](Result<LabelMapPtr> map) {
            if (!map) {
                noteError(map.error(), NoteTopic::Read);
                return;
            }
            if (m_session.data()->imagingCase != imagingCase)
                return;
            m_refineNext = true;
            m_session.changeMask(QCoreApplication::translate("Workbench", "Read mask"), *map, {});
            m_session.markSaved(file);
            Q_EMIT settled(NoteTopic::Read);
        });
}

void Workbench::openOverlay(const fs::path& file) {
    if (!m_session.hasCase())
        return;
    if (file.empty()) {
        m_session.data().update([](CaseData& data) {
            data.overlay.reset();
            data.overlayName.clear();
        });
        return;
    }
    const std::string name = file.filename().string();
    m_runner.submit<LabelMapPtr>(
        Lane::Io, QCoreApplication::translate("Workbench", "Reading %1").arg(QString::fromStdString(name)),
        [services = m_services, file,
         grid = m_session.data()->imagingCase->geometry()](const TaskContext& task) -> Result<LabelMapPtr> {
            auto map = imaging::isDicomSegmentation(file) ? imaging::readSegmentationMask(file, grid, task)
                                                          : services.readMask(file, task);
            if (!map)
                return fail(std::move(map.error()));
            return std::make_shared<const imaging::LabelMap>(std::move(*map));
        },
        this,
        [this, imagingCase = m_session.data()->imagingCase, name](Result<LabelMapPtr> map) {
            if (!map) {
                noteError(map.error(), NoteTopic::Read);
                return;
            }
            if (m_session.data()->imagingCase != imagingCase)
                return;
            m_session.display().update([](DisplayState& display) { display.overlayVisible = true; });
            m_session.data().update([&](CaseData& data) {
                data.overlay = std::move(*map);
                data.overlayName = name;
            });
            Q_EMIT settled(NoteTopic::Read);
        });
}

void Workbench::saveMask(const fs::path& file) {
    const LabelMapPtr mask = m_session.data()->mask;
    if (!mask)
        return;
    m_runner.submit<void>(
        Lane::Io, QCoreApplication::translate("Workbench", "Saving the mask"),
        [services = m_services, mask, file](const TaskContext&) { return services.writeMask(*mask, file); }, this,
        [this, mask, file](Result<void> written) {
            if (!written) {
                noteError(written.error(), NoteTopic::Write);
                return;
            }
            if (m_session.data()->mask == mask)
                m_session.markSaved(file);
            note(NoteKind::Info, {"session.mask_saved", {{"file", file.string()}}}, NoteTopic::Write);
        });
}

void Workbench::copyTruthToMask() {
    if (!m_session.hasTruth())
        return;
    m_refineNext = true;
    m_session.changeMask(QCoreApplication::translate("Workbench", "Copy truth to mask"),
                         m_session.data()->imagingCase->truth, {});
    centreOnMask();
}

void Workbench::scheduleMaskFollowUps() {
    m_preview = {};
    Q_EMIT previewChanged();
    m_followUp.start(m_refineNext ? 0 : kFollowUpMilliseconds);
}

void Workbench::followMask() {
    if (m_measureJob)
        m_measureJob->cancel();
    const LabelMapPtr mask = m_session.data()->mask;
    const auto imagingCase = m_session.data()->imagingCase;
    if (!mask || !imagingCase) {
        m_session.findings().update([](FindingData& findings) {
            findings.location.reset();
            findings.before.reset();
            findings.locationProblem.reset();
        });
        for (const QPointer<Job>& job : {m_locateJob, m_refineJob})
            if (job)
                job->cancel();
        crossCheck();
        Q_EMIT located();
        return;
    }
    // The place first: it takes milliseconds, and distances between surfaces may take seconds.
    locate();
    struct Measures {
        std::vector<imaging::Component> components;
        std::optional<imaging::Comparison> comparison;
    };
    const imaging::LabelEra era = m_session.data()->era;
    m_measureJob = m_runner.submit<Measures>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Measuring"),
        [services = m_services, mask, imagingCase, era](const TaskContext& task) -> Result<Measures> {
            Measures measures;
            const imaging::Target whole =
                era == imaging::LabelEra::Plain ? imaging::Target::Mask : imaging::Target::WholeTumour;
            measures.components = imaging::findComponents(
                *mask, [&](std::uint8_t value) { return imaging::belongsTo(value, whole, era); });
            if (imagingCase->truth && services.compare) {
                auto comparison = services.compare(*mask, era, *imagingCase->truth, imagingCase->files.era, task);
                if (comparison)
                    measures.comparison = std::move(*comparison);
                else if (comparison.error().code == ErrorCode::Cancelled)
                    return failCancelled();
            }
            return measures;
        },
        this,
        [this, mask](Result<Measures> measures) {
            if (!measures || m_session.data()->mask != mask)
                return;
            const bool first = m_session.data()->components.empty();
            m_session.data().update([&](CaseData& data) {
                data.components = std::move(measures->components);
                data.comparison = std::move(measures->comparison);
            });
            if (first && m_session.undoStack().index() > 0 && !m_session.data()->origin.edited)
                centreOnMask();
        });
}

void Workbench::centreOnMask() {
    const CaseData& data = m_session.data().value();
    if (!data.mask)
        return;
    if (!data.components.empty()) {
        const imaging::VoxelIndex inside = data.components.front().inside;
        const imaging::WorldPoint point = data.mask->geometry.worldFromIndex(
            {static_cast<double>(inside.i), static_cast<double>(inside.j), static_cast<double>(inside.k)});
        m_session.view().update([&](ViewState& view) { view.cursor = point; });
    }
}

} // namespace sulcus::session
