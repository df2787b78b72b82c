// SPDX-License-Identifier: Apache-2.0
#include "ui/session/mask_editor.h"

#include "core/imaging/editing/correction.h"
#include "core/imaging/editing/grow.h"
#include "core/imaging/editing/shapes.h"
#include "ui/session/message_catalogue.h"

#include <algorithm>
#include <cmath>

namespace sulcus::session {

using imaging::LabelMap;
using imaging::LabelMapPtr;
using imaging::VoxelIndex;
using imaging::VoxelSet;
using imaging::WorldPoint;

namespace {

constexpr double kSmallestBrushMm = 0.2;
constexpr double kLargestBrushMm = 120.0;
constexpr double kBrushStep = 1.15;
/// Dragging this far from the seed doubles the flood's tolerance.
constexpr double kFloodDoubleMm = 10.0;

double distance(const WorldPoint& a, const WorldPoint& b) { return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z); }

int sliceAlong(const imaging::Geometry& grid, const WorldPoint& point, int axis) {
    const VoxelIndex v = grid.nearestVoxel(point);
    return axis == 0 ? v.i : axis == 1 ? v.j : v.k;
}

bool isLabel(std::uint8_t value) { return value != 0; }

} // namespace

bool changesMask(EditTool tool) { return tool != EditTool::Navigate && !measures(tool); }

bool measures(EditTool tool) {
    return tool == EditTool::Distance || tool == EditTool::Angle || tool == EditTool::Rectangle ||
           tool == EditTool::Ellipse;
}

MaskEditor::MaskEditor(Workbench& workbench, QObject* parent) : QObject(parent), m_workbench(workbench) {
    auto& session = m_workbench.session();
    connect(&session, &CaseSession::caseOpened, this, &MaskEditor::caseChanged);
    connect(&session, &CaseSession::caseClosed, this, &MaskEditor::caseChanged);
    connect(&session, &CaseSession::maskChanged, this, [this] {
        if (m_stroke && !m_committing)
            dropStroke();
        if (m_preview && !m_committing)
            clearPreview();
        m_state.update([](EditState&) {}); // what can be done depends on the mask
    });
    connect(&session.view(), &StateNotifier::changed, this, &MaskEditor::sequenceChanged);
    connect(&m_workbench, &Workbench::segmented, this, [this] { m_state.update([](EditState&) {}); });
}

MaskEditor::~MaskEditor() = default;

void MaskEditor::caseChanged() {
    if (m_job)
        m_job->cancel();
    if (m_operation)
        m_operation->cancel();
    m_stroke.reset();
    m_base.reset();
    m_corners.clear();
    m_preview.reset();
    m_flood.reset();
    m_kept.clear();
    m_sequence = imaging::Sequence::Other;
    m_state.update([&](EditState& state) {
        state.tool = EditTool::Navigate;
        state.locked.reset();
        state.onlyInRange = false;
        const auto values = labels();
        if (!values.empty() && std::find(values.begin(), values.end(), state.label) == values.end())
            state.label = values.front();
    });
    if (m_workbench.session().hasCase()) {
        m_sequence = m_workbench.session().view()->shown;
        m_kept.clear();
        const auto window = m_workbench.session().display()->windows.find(m_sequence);
        if (window != m_workbench.session().display()->windows.end())
            m_state.update([&](EditState& state) {
                const double half = window->second.width / 2.0;
                state.range = {static_cast<float>(window->second.level),
                               static_cast<float>(window->second.level + half)};
                state.tolerance = window->second.width * 0.1;
            });
    }
    Q_EMIT strokeChanged();
    Q_EMIT previewChanged();
}

void MaskEditor::sequenceChanged() {
    auto& session = m_workbench.session();
    if (!session.hasCase() || session.view()->shown == m_sequence)
        return;
    // Intensities of one contrast mean nothing in another: each keeps its own range.
    m_kept[m_sequence] = {now().range, now().tolerance};
    m_sequence = session.view()->shown;
    std::pair<imaging::IntensityRange, double> values{{0.0F, 1.0F}, 0.1};
    if (const auto kept = m_kept.find(m_sequence); kept != m_kept.end()) {
        values = kept->second;
    } else if (const auto window = session.display()->windows.find(m_sequence);
               window != session.display()->windows.end()) {
        const double half = window->second.width / 2.0;
        values = {{static_cast<float>(window->second.level), static_cast<float>(window->second.level + half)},
                  window->second.width * 0.1};
    }
    clearPreview();
    m_state.update([&](EditState& state) {
        state.range = values.first;
        state.tolerance = values.second;
    });
}

// Settings
// -------------------------------------------------------------------------------------------------------------

void MaskEditor::setTool(EditTool tool) {
    if (tool == now().tool || !whyNot(tool).isEmpty())
        return;
    dropStroke();
    discard();
    m_state.update([&](EditState& state) { state.tool = tool; });
    if (changesMask(tool))
        m_workbench.session().display().update([](DisplayState& display) {
            // Whoever edits must see what is edited.
            display.maskVisible = true;
            display.compare = CompareMode::Mask;
        });
}

void MaskEditor::setLabel(std::uint8_t label) {
    if (label != now().label)
        m_state.update([&](EditState& state) { state.label = label; });
    if (m_preview)
        showPreview(m_preview->set, m_preview->name);
}

void MaskEditor::stepLabel(int by) {
    const auto values = labels();
    if (values.empty())
        return;
    const auto at = std::find(values.begin(), values.end(), now().label);
    const int count = static_cast<int>(values.size());
    const int index = at == values.end() ? 0 : static_cast<int>(at - values.begin());
    setLabel(values[static_cast<std::size_t>(((index + by) % count + count) % count)]);
}

void MaskEditor::setLocked(std::uint8_t label, bool locked) {
    m_state.update([&](EditState& state) { state.locked.set(label, locked); });
    if (m_preview)
        showPreview(m_preview->set, m_preview->name);
}

void MaskEditor::scaleBrush(double steps) {
    m_state.update([&](EditState& state) {
        state.brushMm = std::clamp(state.brushMm * std::pow(kBrushStep, steps), kSmallestBrushMm, kLargestBrushMm);
    });
}

QString MaskEditor::whyNot(EditTool tool) const {
    auto& session = m_workbench.session();
    if (tool == EditTool::Navigate)
        return {};
    if (!session.hasCase())
        return tr("Open a case first.");
    if (tool == EditTool::Relabel && !session.hasMask())
        return tr("There is no mask yet: segment the case or paint one.");
    if ((tool == EditTool::Add || tool == EditTool::Remove) && m_workbench.networkAnswer().probabilities.empty())
        return m_workbench.networkAnswer().mask
                   ? tr("This case is too large to keep what the network was unsure of.")
                   : tr("Segment the case first: corrections use what the network was unsure of.");
    return {};
}

QString MaskEditor::whyNot(EditOperation operation) const {
    auto& session = m_workbench.session();
    if (!session.hasCase())
        return tr("Open a case first.");
    if (m_operation)
        return tr("Another change is being computed.");
    if (operation != EditOperation::FillRange && !session.hasMask())
        return tr("There is no mask yet: segment the case or paint one.");
    const bool whole =
        now().wholeMask && (operation == EditOperation::KeepLargest || operation == EditOperation::RemoveIslands);
    const bool all = operation == EditOperation::FillRange || operation == EditOperation::GrowFromSeeds || whole;
    if (!all && !session.data()->labelMl.contains(now().label))
        return tr("Nothing has the active label yet (%1).").arg(labelName(now().label));
    return {};
}

std::vector<std::uint8_t> MaskEditor::labels() const {
    auto& session = m_workbench.session();
    std::vector<std::uint8_t> values;
    if (!session.hasCase())
        return values;
    const imaging::LabelEra era = session.data()->era;
    if (era != imaging::LabelEra::Plain)
        for (const imaging::LabelDefinition& label : imaging::labelDefinitions(era))
            values.push_back(label.value);
    std::uint8_t largest = 0;
    for (const auto& [value, ml] : session.data()->labelMl) {
        largest = std::max(largest, value);
        if (std::find(values.begin(), values.end(), value) == values.end())
            values.push_back(value);
    }
    if (era == imaging::LabelEra::Plain) {
        if (std::find(values.begin(), values.end(), std::uint8_t{1}) == values.end())
            values.insert(values.begin(), 1);
        largest = std::max<std::uint8_t>(largest, 1);
        if (largest < 255)
            values.push_back(static_cast<std::uint8_t>(largest + 1));
    }
    return values;
}

QString MaskEditor::labelName(std::uint8_t value) const { return m_workbench.labelName(value); }

// Changing the mask
// ----------------------------------------------------------------------------------------------------

imaging::VolumePtr MaskEditor::shownVolume() const {
    auto& session = m_workbench.session();
    return session.hasCase() ? session.data()->imagingCase->find(session.view()->shown) : nullptr;
}

imaging::EditRules MaskEditor::rules() const {
    imaging::EditRules rules;
    rules.locked = now().locked;
    if (now().onlyInRange) {
        const imaging::VolumePtr volume = shownVolume();
        if (volume && volume->voxels.size() == m_workbench.session().geometry().voxelCount()) {
            rules.only = now().range;
            rules.volume = volume.get();
        }
    }
    return rules;
}

std::shared_ptr<LabelMap> MaskEditor::copyOfMask() const {
    auto& session = m_workbench.session();
    if (session.hasMask())
        return std::make_shared<LabelMap>(*session.data()->mask);
    auto blank = std::make_shared<LabelMap>();
    blank->geometry = session.geometry();
    blank->voxels.assign(blank->geometry.voxelCount(), 0);
    return blank;
}

void MaskEditor::commit(const QString& name, LabelMapPtr after) {
    auto& session = m_workbench.session();
    MaskOrigin origin = session.data()->origin;
    origin.edited = true;
    const int before = session.undoStack().index();
    const int count = session.undoStack().count();
    m_committing = true;
    session.changeMask(name, std::move(after), origin);
    m_committing = false;
    if (session.undoStack().index() == before && session.undoStack().count() == count)
        Q_EMIT m_workbench.noted(NoteKind::Info, Message{"editing.nothing_changed", {}});
}

void MaskEditor::paintSet(const QString& name, const VoxelSet& set, std::uint8_t label) {
    const std::shared_ptr<LabelMap> after = copyOfMask();
    imaging::paint(*after, set, label, rules()).apply(*after);
    commit(name, after);
}

// Pointer
// --------------------------------------------------------------------------------------------------------------

void MaskEditor::press(const EditPointer& pointer) {
    auto& session = m_workbench.session();
    if (!session.hasCase() || !whyNot(now().tool).isEmpty())
        return;
    const imaging::Geometry& grid = session.geometry();
    const bool inside = grid.contains(grid.nearestVoxel(pointer.point));
    switch (now().tool) {
    case EditTool::Brush:
    case EditTool::Eraser: {
        const bool erase = (now().tool == EditTool::Eraser) != pointer.control;
        m_base = session.data()->mask;
        m_stroke = copyOfMask();
        m_strokeLabel = erase ? std::uint8_t{0} : now().label;
        m_strokeName = erase ? tr("Erase") : tr("Paint %1").arg(labelName(now().label));
        dab(pointer, true);
        break;
    }
    case EditTool::Polygon: {
        const int slice = sliceAlong(grid, pointer.point, pointer.sliceAxis);
        if (!m_corners.empty() && (pointer.sliceAxis != m_cornerAxis || slice != m_cornerSlice))
            m_corners.clear();
        if (m_corners.empty()) {
            m_cornerAxis = pointer.sliceAxis;
            m_cornerSlice = slice;
            m_cornerErase = pointer.control;
        } else if (m_corners.size() >= 3 && (distance(m_corners.front(), pointer.point) <= pointer.closeMm ||
                                             distance(m_corners.back(), pointer.point) <= pointer.closeMm / 2.0)) {
            closePolygon();
            break;
        }
        m_corners.push_back(pointer.point);
        Q_EMIT previewChanged();
        break;
    }
    case EditTool::Flood:
        if (!inside)
            break;
        // A click on what is shown already says yes to it.
        if (m_preview && m_preview->set.contains(grid.nearestVoxel(pointer.point))) {
            accept();
            break;
        }
        m_flood = pointer;
        m_floodWiden = 1.0;
        floodPreview();
        break;
    case EditTool::Relabel:
        if (inside)
            relabel(pointer);
        break;
    case EditTool::Add:
    case EditTool::Remove:
        if (inside)
            correct(pointer, (now().tool == EditTool::Add) != pointer.control);
        break;
    default:
        break;
    }
}

void MaskEditor::drag(const EditPointer& pointer) {
    if (m_stroke) {
        dab(pointer, false);
    } else if (now().tool == EditTool::Polygon && !m_corners.empty() &&
               distance(m_corners.back(), pointer.point) >= pointer.closeMm / 2.0) {
        m_corners.push_back(pointer.point);
        Q_EMIT previewChanged();
    } else if (now().tool == EditTool::Flood && m_flood) {
        const double widen = 1.0 + distance(m_flood->point, pointer.point) / kFloodDoubleMm;
        if (std::abs(widen - m_floodWiden) < 0.02)
            return;
        m_floodWiden = widen;
        floodPreview();
    }
}

void MaskEditor::release(const EditPointer&) {
    if (m_stroke) {
        // The stroke's map becomes the mask: from here on nobody writes into it.
        const LabelMapPtr after = std::exchange(m_stroke, nullptr);
        m_base.reset();
        commit(m_strokeName, after);
        Q_EMIT strokeChanged();
    }
    if (m_flood) {
        m_flood.reset();
        // The tolerance that the drag came to stays, so that the next click begins where this one ended.
        if (m_floodWiden > 1.05)
            m_state.update([&](EditState& state) { state.tolerance *= m_floodWiden; });
        m_floodWiden = 1.0;
    }
}

void MaskEditor::dab(const EditPointer& pointer, bool first) {
    const VoxelSet set =
        imaging::brush(m_stroke->geometry, first ? pointer.point : m_last, pointer.point, now().brushMm / 2.0,
                       now().ball ? std::nullopt : std::optional(pointer.sliceAxis));
    imaging::paint(*m_stroke, set, m_strokeLabel, rules()).apply(*m_stroke);
    m_last = pointer.point;
    Q_EMIT strokeChanged();
}

void MaskEditor::dropStroke() {
    if (!m_stroke)
        return;
    m_stroke.reset();
    m_base.reset();
    Q_EMIT strokeChanged();
}

void MaskEditor::closePolygon() {
    const std::vector<WorldPoint> corners = std::exchange(m_corners, {});
    if (corners.size() >= 3) {
        const VoxelSet set = imaging::polygon(m_workbench.session().geometry(), corners, m_cornerAxis, m_cornerSlice);
        if (m_cornerErase)
            paintSet(tr("Erase polygon"), set, 0);
        else
            paintSet(tr("Polygon %1").arg(labelName(now().label)), set, now().label);
    }
    Q_EMIT previewChanged();
}

void MaskEditor::relabel(const EditPointer& pointer) {
    auto& session = m_workbench.session();
    const LabelMap& mask = *session.data()->mask;
    const VoxelSet piece = imaging::pieceAt(mask, mask.geometry.nearestVoxel(pointer.point), false);
    if (piece.inside.empty()) {
        Q_EMIT m_workbench.noted(NoteKind::Info, Message{"editing.click_on_mask", {}});
        return;
    }
    // A piece is chosen by its label alone: an intensity range has no say.
    imaging::EditRules lockedOnly;
    lockedOnly.locked = now().locked;
    const std::shared_ptr<LabelMap> after = copyOfMask();
    imaging::paint(*after, piece, now().label, lockedOnly).apply(*after);
    commit(tr("Relabel as %1").arg(labelName(now().label)), after);
}

void MaskEditor::correct(const EditPointer& pointer, bool add) {
    auto& session = m_workbench.session();
    const NetworkAnswer& answer = m_workbench.networkAnswer();
    const imaging::LabelEra era = session.data()->era;
    const std::shared_ptr<LabelMap> after = copyOfMask();
    const VoxelIndex click = after->geometry.nearestVoxel(pointer.point);
    // BraTS networks answer with nested regions; any other with one.
    const imaging::Volume* whole = answer.probability("WT");
    const imaging::Volume* const core = answer.probability("TC");
    const imaging::Volume* const enhancing = answer.probability("ET");
    const bool brats = era != imaging::LabelEra::Plain && whole != nullptr && core != nullptr && enhancing != nullptr;
    if (!brats)
        whole = answer.probabilities.front().get();
    if (whole->voxels.size() != after->voxels.size())
        return;
    imaging::CorrectionOptions options;
    options.reachMm = now().correctionMm;
    imaging::EditRules lockedOnly;
    lockedOnly.locked = now().locked;
    if (!add) {
        if (after->at(click) == 0) {
            Q_EMIT m_workbench.noted(NoteKind::Info, Message{"editing.click_on_mask", {}});
            return;
        }
        if (now().removeLabelOnly) {
            if (after->at(click) != now().label) {
                Q_EMIT m_workbench.noted(NoteKind::Info, Message{"editing.click_on_label", {}});
                return;
            }
            // What the voxels become is the next region outwards that the network saw there.
            const std::uint8_t label = now().label;
            const bool isEnhancing = brats && label == imaging::enhancingValue(era);
            const bool isCore = brats && imaging::belongsTo(label, imaging::Target::TumourCore, era);
            options.onlyLabel = label;
            const VoxelSet region = imaging::regionToRemove(isEnhancing ? *enhancing
                                                            : isCore    ? *core
                                                                        : *whole,
                                                            *after, click, options);
            imaging::LabelDelta delta;
            if (!lockedOnly.locked.test(label))
                imaging::forEachVoxel(region, [&](VoxelIndex v) {
                    const std::size_t offset = after->geometry.offset(v);
                    if (after->voxels[offset] == label)
                        delta.append(offset, label,
                                     isEnhancing && core->voxels[offset] >= 0.5F ? std::uint8_t{1}
                                     : isCore && whole->voxels[offset] >= 0.5F   ? std::uint8_t{2}
                                                                                 : std::uint8_t{0});
                });
            delta.apply(*after);
            commit(tr("Correct: not %1").arg(labelName(label)), after);
            return;
        }
        const VoxelSet region = imaging::regionToRemove(*whole, *after, click, options);
        imaging::paint(*after, region, 0, lockedOnly).apply(*after);
        commit(tr("Correct: not tumour"), after);
        return;
    }
    if (after->at(click) == 0) {
        // Something the network missed: it comes in with the labels that the network would give inside it.
        const VoxelSet region = imaging::regionToAdd(*whole, click, options);
        if (region.empty()) {
            Q_EMIT m_workbench.noted(NoteKind::Info, Message{"editing.network_sees_nothing", {}});
            return;
        }
        imaging::LabelDelta delta;
        imaging::forEachVoxel(region, [&](VoxelIndex v) {
            const std::size_t offset = after->geometry.offset(v);
            if (after->voxels[offset] != 0 || lockedOnly.locked.test(0))
                return;
            std::uint8_t label = now().label;
            if (brats)
                label = core->voxels[offset] < 0.5F        ? std::uint8_t{2}
                        : enhancing->voxels[offset] < 0.5F ? std::uint8_t{1}
                                                           : imaging::enhancingValue(era);
            delta.append(offset, 0, label);
        });
        delta.apply(*after);
        commit(tr("Correct: tumour"), after);
        return;
    }
    // Inside the mask the click asks for more of the active label.
    const imaging::Volume* const chosen = !brats                                        ? whole
                                          : now().label == imaging::enhancingValue(era) ? enhancing
                                          : imaging::belongsTo(now().label, imaging::Target::TumourCore, era) ? core
                                                                                                              : whole;
    const VoxelSet region = imaging::regionToAdd(*chosen, click, options);
    if (region.empty()) {
        Q_EMIT m_workbench.noted(NoteKind::Info, Message{"editing.network_sees_nothing", {}});
        return;
    }
    imaging::LabelDelta delta;
    imaging::forEachVoxel(region, [&](VoxelIndex v) {
        const std::size_t offset = after->geometry.offset(v);
        if (after->voxels[offset] != 0 && !lockedOnly.locked.test(after->voxels[offset]))
            delta.append(offset, after->voxels[offset], now().label);
    });
    delta.apply(*after);
    commit(tr("Correct: %1").arg(labelName(now().label)), after);
}

// Previews
// -------------------------------------------------------------------------------------------------------------

void MaskEditor::floodPreview() {
    const imaging::VolumePtr volume = shownVolume();
    if (!volume || !m_flood)
        return;
    if (m_job)
        m_job->cancel();
    imaging::FloodOptions options;
    options.tolerance = now().tolerance * m_floodWiden;
    options.reachMm = now().reachMm;
    if (now().floodInSlice)
        options.sliceAxis = m_flood->sliceAxis;
    const VoxelIndex seed = volume->geometry.nearestVoxel(m_flood->point);
    m_job = m_workbench.runner().submit<VoxelSet>(
        Lane::Io, tr("Flooding"),
        [volume, seed, options](const TaskContext& task) { return imaging::flood(*volume, seed, options, task); }, this,
        [this](Result<VoxelSet> set) {
            if (set && now().tool == EditTool::Flood)
                showPreview(std::move(*set), tr("Flood %1").arg(labelName(now().label)));
        });
}

void MaskEditor::showPreview(VoxelSet set, const QString& name) {
    auto& session = m_workbench.session();
    if (!session.hasCase())
        return;
    EditPreview preview;
    auto map = std::make_shared<LabelMap>();
    map->geometry = session.geometry();
    map->voxels.assign(map->geometry.voxelCount(), 0);
    const LabelMapPtr mask = session.hasMask() ? session.data()->mask : LabelMapPtr(map);
    const imaging::LabelDelta delta = imaging::paint(*mask, set, now().label, rules());
    for (const imaging::LabelDelta::Run& run : delta.runs())
        std::fill_n(map->voxels.begin() + static_cast<std::ptrdiff_t>(run.offset), run.count, std::uint8_t{1});
    preview.ml = static_cast<double>(delta.voxelCount()) * map->geometry.voxelMl();
    preview.map = std::move(map);
    preview.set = std::move(set);
    preview.name = name;
    m_preview = std::move(preview);
    Q_EMIT previewChanged();
}

void MaskEditor::clearPreview() {
    if (m_job)
        m_job->cancel();
    m_flood.reset();
    if (!m_preview)
        return;
    m_preview.reset();
    Q_EMIT previewChanged();
}

void MaskEditor::accept() {
    if (!m_corners.empty()) {
        closePolygon();
        return;
    }
    if (!m_preview)
        return;
    const EditPreview preview = *std::exchange(m_preview, std::nullopt);
    m_flood.reset();
    paintSet(preview.name, preview.set, now().label);
    Q_EMIT previewChanged();
}

void MaskEditor::discard() {
    if (!m_corners.empty()) {
        m_corners.clear();
        Q_EMIT previewChanged();
    }
    clearPreview();
}

void MaskEditor::removeCorner() {
    if (m_corners.empty()) {
        discard();
        return;
    }
    m_corners.pop_back();
    Q_EMIT previewChanged();
}

// Operations
// -----------------------------------------------------------------------------------------------------------

void MaskEditor::apply(EditOperation operation, int sliceAxis) {
    if (!whyNot(operation).isEmpty())
        return;
    dropStroke();
    discard();
    const imaging::VolumePtr volume = shownVolume();
    const EditState settings = now();
    if (operation == EditOperation::FillRange) {
        m_operation = m_workbench.runner().submit<VoxelSet>(
            Lane::Io, tr("Looking for the range"),
            [volume, range = settings.range](const TaskContext&) -> Result<VoxelSet> {
                return imaging::withinRange(*volume, range);
            },
            this,
            [this](Result<VoxelSet> set) {
                m_operation.clear();
                if (set)
                    showPreview(std::move(*set), tr("Fill range with %1").arg(labelName(now().label)));
                m_state.update([](EditState&) {});
            });
        m_state.update([](EditState&) {});
        return;
    }
    const LabelMapPtr mask = m_workbench.session().data()->mask;
    const QString label = labelName(settings.label);
    QString name;
    switch (operation) {
    case EditOperation::FillRange:
        break;
    case EditOperation::FillBetween:
        name = tr("Fill between slices: %1").arg(label);
        break;
    case EditOperation::Smooth:
        name = tr("Smooth %1").arg(label);
        break;
    case EditOperation::FillHoles:
        name = tr("Fill holes of %1").arg(label);
        break;
    case EditOperation::KeepLargest:
        name = settings.wholeMask ? tr("Keep the largest piece") : tr("Keep the largest piece of %1").arg(label);
        break;
    case EditOperation::RemoveIslands:
        name = tr("Remove islands");
        break;
    case EditOperation::Grow:
        name = tr("Grow %1").arg(label);
        break;
    case EditOperation::Shrink:
        name = tr("Shrink %1").arg(label);
        break;
    case EditOperation::GrowFromSeeds:
        name = tr("Grow from seeds");
        break;
    case EditOperation::EraseLabel:
        name = tr("Erase %1").arg(label);
        break;
    }
    imaging::EditRules lockedOnly;
    lockedOnly.locked = settings.locked;
    m_operation = m_workbench.runner().submit<LabelMapPtr>(
        Lane::Io, name,
        [mask, volume, settings, lockedOnly, operation, sliceAxis](const TaskContext& task) -> Result<LabelMapPtr> {
            const auto own = [&](std::uint8_t value) { return value == settings.label; };
            auto after = std::make_shared<LabelMap>(*mask);
            const auto replace = [&](const VoxelSet& set) {
                imaging::replaceLabel(*mask, set, settings.label, lockedOnly).apply(*after);
            };
            const auto add = [&](const VoxelSet& set) {
                imaging::paint(*mask, set, settings.label, lockedOnly).apply(*after);
            };
            switch (operation) {
            case EditOperation::FillRange:
                break;
            case EditOperation::FillBetween:
                add(imaging::fillBetweenSlices(*mask, settings.label, sliceAxis));
                break;
            case EditOperation::Smooth:
                replace(imaging::smooth(imaging::voxelsOf(*mask, own), mask->geometry, settings.smoothMm));
                break;
            case EditOperation::FillHoles:
                add(imaging::fillHoles(imaging::voxelsOf(*mask, own)));
                break;
            case EditOperation::KeepLargest:
            case EditOperation::RemoveIslands: {
                const VoxelSet all =
                    settings.wholeMask ? imaging::voxelsOf(*mask, isLabel) : imaging::voxelsOf(*mask, own);
                const VoxelSet kept = operation == EditOperation::KeepLargest
                                          ? imaging::keepLargest(all)
                                          : imaging::removeIslands(all, mask->geometry, settings.islandMl);
                imaging::paint(*mask, imaging::subtract(all, kept), 0, lockedOnly).apply(*after);
                break;
            }
            case EditOperation::Grow:
                add(imaging::growBy(imaging::voxelsOf(*mask, own), mask->geometry, settings.marginMm));
                break;
            case EditOperation::Shrink:
                replace(imaging::growBy(imaging::voxelsOf(*mask, own), mask->geometry, -settings.marginMm));
                break;
            case EditOperation::GrowFromSeeds: {
                auto grown = imaging::growFromSeeds(*volume, *mask, {}, task);
                if (!grown)
                    return fail(std::move(grown.error()));
                std::bitset<256> all;
                all.set();
                imaging::copyLabels(*mask, *grown, all, lockedOnly).apply(*after);
                break;
            }
            case EditOperation::EraseLabel:
                imaging::paint(*mask, imaging::voxelsOf(*mask, own), 0, lockedOnly).apply(*after);
                break;
            }
            return LabelMapPtr(std::move(after));
        },
        this,
        [this, mask, name](Result<LabelMapPtr> after) {
            m_operation.clear();
            m_state.update([](EditState&) {});
            if (!after) {
                Q_EMIT m_workbench.noted(after.error().code == ErrorCode::Cancelled ? NoteKind::Info
                                                                                    : NoteKind::Problem,
                                         after.error().message);
                return;
            }
            if (m_workbench.session().data()->mask != mask) {
                Q_EMIT m_workbench.noted(NoteKind::Warning, Message{"editing.mask_moved_on", {}});
                return;
            }
            commit(name, *after);
        });
    m_state.update([](EditState&) {});
}

void MaskEditor::copyFrom(const LabelMap& source, imaging::LabelEra era, const std::bitset<256>& chosen,
                          const QString& name) {
    auto& session = m_workbench.session();
    if (!session.hasCase() || source.voxels.size() != session.geometry().voxelCount())
        return;
    dropStroke();
    discard();
    imaging::EditRules lockedOnly;
    lockedOnly.locked = now().locked;
    const std::shared_ptr<LabelMap> after = copyOfMask();
    const bool translate = era != session.data()->era;
    const LabelMap& from = source;
    imaging::copyLabels(*after, translate ? imaging::convertEra(from, era, session.data()->era) : from, chosen,
                        lockedOnly)
        .apply(*after);
    commit(name, after);
}

} // namespace sulcus::session
