// SPDX-License-Identifier: Apache-2.0
#include "ui/session/case_session.h"

namespace sulcus::session {

namespace {

/// Where a mask came from, and how its labels are numbered.
struct Provenance {
    MaskOrigin origin;
    imaging::LabelEra era;
};

/// A mask change that also restores the provenance of the mask.
class OriginMaskCommand final : public MaskCommand {
public:
    using SetOrigin = std::function<void(const Provenance&)>;
    OriginMaskCommand(const QString& name, imaging::LabelMapPtr before, imaging::LabelMapPtr after, Provenance from,
                      Provenance to, Current current, Apply apply, SetOrigin setOrigin)
        : MaskCommand(name, std::move(before), std::move(after), std::move(current), std::move(apply)),
          m_from(std::move(from)),
          m_to(std::move(to)),
          m_setOrigin(std::move(setOrigin)) {}

    void undo() override {
        if (isObsolete())
            return;
        m_setOrigin(m_from);
        MaskCommand::undo();
    }
    void redo() override {
        m_setOrigin(m_to);
        MaskCommand::redo();
    }

private:
    Provenance m_from;
    Provenance m_to;
    SetOrigin m_setOrigin;
};

} // namespace

CaseSession::CaseSession(QObject* parent) : QObject(parent) {
    m_undo.setUndoLimit(kUndoDepth);
    connect(&m_undo, &QUndoStack::cleanChanged, this, [this](bool clean) {
        if (hasCase())
            m_storage.update([&](StorageState& storage) { storage.unsaved = !clean; });
    });
}

CaseSession::~CaseSession() {
    m_undo.disconnect(this);
    m_undo.clear();
}

void CaseSession::open(std::shared_ptr<const imaging::Case> imagingCase, const CaseLook& look) {
    const bool hadCase = hasCase();
    m_undo.clear();
    const imaging::CaseFiles& files = imagingCase->files;
    m_storage.set({files.kind == imaging::CaseKind::SingleVolume && !files.volumes.empty()
                       ? files.volumes.begin()->second
                       : files.folder,
                   files.id,
                   {},
                   0,
                   false});
    CaseData data;
    data.imagingCase = imagingCase;
    data.era = files.kind == imaging::CaseKind::SingleVolume ? imaging::LabelEra::Plain : files.era;
    const imaging::Geometry& grid = imagingCase->geometry();
    m_display.update([&](DisplayState& display) {
        display.windows = look.windows;
        display.labels = defaultLooks(data.era, display.palette);
        display.compare = CompareMode::Mask;
        display.invert = false;
        display.maskVisible = true;
    });
    m_view.update([&](ViewState& view) {
        view.shown = imagingCase->volumes.front().sequence;
        view.cursor =
            grid.worldFromIndex({(grid.size[0] - 1) / 2.0, (grid.size[1] - 1) / 2.0, (grid.size[2] - 1) / 2.0});
        view.hovered.reset();
    });
    FindingData findings;
    findings.hospitalQuery = m_findings->hospitalQuery;
    if (!hadCase) {
        // What was entered before any case was open (the form is filled in before the visit) is about this one.
        findings.patient = m_findings->patient;
        findings.symptoms = m_findings->symptoms;
        findings.details = m_findings->details;
        findings.handedness = m_findings->handedness;
    }
    m_findings.set(std::move(findings));
    m_data.set(std::move(data));
    Q_EMIT caseOpened();
}

void CaseSession::close() {
    m_undo.clear();
    m_storage.set({});
    m_findings.set({});
    m_data.set({});
    Q_EMIT caseClosed();
}

void CaseSession::changeMask(const QString& name, imaging::LabelMapPtr after, const MaskOrigin& origin,
                             std::optional<imaging::LabelEra> era) {
    Q_ASSERT(hasCase() && after && after->voxels.size() == geometry().voxelCount());
    if (m_data->mask && m_data->mask->voxels == after->voxels)
        return;
    m_undo.push(new OriginMaskCommand(
        name, m_data->mask, std::move(after), {m_data->origin, m_data->era}, {origin, era.value_or(m_data->era)},
        [this] { return m_data->mask; }, [this](imaging::LabelMapPtr mask) { applyMask(std::move(mask)); },
        [this](const Provenance& to) {
            m_data.update([&](CaseData& data) {
                data.origin = to.origin;
                data.era = to.era;
            });
        }));
    trimUndo();
}

void CaseSession::applyMask(imaging::LabelMapPtr mask) {
    m_data.update([&](CaseData& data) {
        data.mask = std::move(mask);
        data.labelMl.clear();
        data.targetMl.clear();
        // Both belong to the mask before; the workbench computes them anew.
        data.comparison.reset();
        data.components.clear();
        if (!data.mask)
            return;
        using imaging::Target;
        const std::vector<Target> targets =
            data.era == imaging::LabelEra::Plain
                ? std::vector<Target>{Target::Mask}
                : std::vector<Target>{Target::WholeTumour, Target::TumourCore, Target::EnhancingTumour};
        for (const Target target : targets)
            data.targetMl[target] = 0.0;
        const double voxelMl = data.mask->geometry.voxelMl();
        for (const auto& [value, count] : countLabels(*data.mask)) {
            const double ml = static_cast<double>(count) * voxelMl;
            data.labelMl[value] = ml;
            for (const Target target : targets)
                if (imaging::belongsTo(value, target, data.era))
                    data.targetMl[target] += ml;
        }
    });
    Q_EMIT maskChanged();
}

bool CaseSession::canUndo() const { return m_undo.canUndo() && !m_undo.command(m_undo.index() - 1)->isObsolete(); }

void CaseSession::undo() {
    if (canUndo())
        m_undo.undo();
}

void CaseSession::redo() { m_undo.redo(); }

void CaseSession::markSaved(const std::filesystem::path& maskFile) {
    m_undo.setClean();
    m_storage.update([&](StorageState& storage) {
        storage.maskFile = maskFile;
        storage.unsaved = false;
    });
}

std::size_t CaseSession::undoBytesUsed() const {
    std::size_t sum = 0;
    for (int n = 0; n < m_undo.count(); ++n)
        sum += static_cast<const MaskCommand*>(m_undo.command(n))->bytes();
    return sum;
}

void CaseSession::trimUndo() {
    std::size_t used = undoBytesUsed();
    for (int n = 0; n + 1 < m_undo.count() && used > m_undoBytes; ++n) {
        // QUndoStack owns its commands and hands them out as const; forgetting is the one change made from outside.
        auto* const command = static_cast<MaskCommand*>(const_cast<QUndoCommand*>(m_undo.command(n)));
        used -= command->bytes();
        command->forget();
    }
}

std::uint8_t CaseSession::labelAt(imaging::WorldPoint point) const {
    if (!m_data->mask)
        return 0;
    const imaging::VoxelIndex voxel = m_data->mask->geometry.nearestVoxel(point);
    return m_data->mask->geometry.contains(voxel) ? m_data->mask->at(voxel) : std::uint8_t{0};
}

} // namespace sulcus::session
