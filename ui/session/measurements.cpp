// SPDX-License-Identifier: Apache-2.0
#include "ui/session/measurements.h"

#include <algorithm>

namespace sulcus::session {

namespace {
// Pieces are measured once the hand rests; a stroke a second must not queue up work.
constexpr int kPiecesMilliseconds = 300;
} // namespace

Measurements::Measurements(Workbench& workbench, QObject* parent) : QObject(parent), m_workbench(workbench) {
    auto& session = m_workbench.session();
    m_later.setSingleShot(true);
    m_later.setInterval(kPiecesMilliseconds);
    connect(&m_later, &QTimer::timeout, this, &Measurements::measurePieces);
    const auto fresh = [this] {
        m_list.clear();
        m_drawing.reset();
        m_secondArm = false;
        m_pieces.clear();
        m_pieceCount = 0;
        m_chosen.reset();
        Q_EMIT changed();
        Q_EMIT piecesChanged();
    };
    connect(&session, &CaseSession::caseOpened, this, fresh);
    connect(&session, &CaseSession::caseClosed, this, fresh);
    connect(&session, &CaseSession::maskChanged, &m_later, qOverload<>(&QTimer::start));
}

Measurements::~Measurements() = default;

void Measurements::press(EditTool tool, const EditPointer& pointer) {
    if (!m_workbench.session().hasCase() || !measures(tool))
        return;
    if (m_drawing && m_secondArm) {
        m_drawing->points[2] = pointer.point;
        finish();
        return;
    }
    m_drawing = Measurement{};
    m_drawing->kind = tool;
    m_drawing->sliceAxis = pointer.sliceAxis;
    m_drawing->points = {pointer.point, pointer.point};
    m_drawing->sequence = m_workbench.session().view()->shown;
    evaluate(*m_drawing);
    Q_EMIT changed();
}

void Measurements::drag(const EditPointer& pointer) {
    if (!m_drawing || m_secondArm)
        return;
    m_drawing->points[1] = pointer.point;
    evaluate(*m_drawing);
    Q_EMIT changed();
}

void Measurements::hover(const EditPointer& pointer) {
    if (!m_drawing || !m_secondArm)
        return;
    m_drawing->points[2] = pointer.point;
    evaluate(*m_drawing);
    Q_EMIT changed();
}

void Measurements::release(const EditPointer& pointer) {
    if (!m_drawing || m_secondArm)
        return;
    m_drawing->points[1] = pointer.point;
    // A click that went nowhere measures nothing.
    if (imaging::distanceMm(m_drawing->points[0], m_drawing->points[1]) < pointer.closeMm / 4.0) {
        cancel();
        return;
    }
    if (m_drawing->kind == EditTool::Angle) {
        m_secondArm = true;
        m_drawing->points.push_back(pointer.point);
        evaluate(*m_drawing);
        Q_EMIT changed();
        return;
    }
    finish();
}

void Measurements::finish() {
    evaluate(*m_drawing);
    m_list.push_back(std::move(*m_drawing));
    m_drawing.reset();
    m_secondArm = false;
    Q_EMIT changed();
}

void Measurements::cancel() {
    if (!m_drawing)
        return;
    m_drawing.reset();
    m_secondArm = false;
    Q_EMIT changed();
}

void Measurements::remove(std::size_t index) {
    if (index >= m_list.size())
        return;
    m_list.erase(m_list.begin() + static_cast<std::ptrdiff_t>(index));
    Q_EMIT changed();
}

void Measurements::removeLast() {
    if (m_drawing)
        cancel();
    else if (!m_list.empty())
        remove(m_list.size() - 1);
}

void Measurements::clear() {
    cancel();
    if (m_list.empty())
        return;
    m_list.clear();
    Q_EMIT changed();
}

void Measurements::evaluate(Measurement& measurement) const {
    const auto& p = measurement.points;
    switch (measurement.kind) {
    case EditTool::Distance:
        measurement.value = imaging::distanceMm(p[0], p[1]);
        break;
    case EditTool::Angle:
        measurement.value = p.size() > 2 ? imaging::angleDegrees(p[0], p[1], p[2]) : 0.0;
        break;
    default: {
        const imaging::VolumePtr volume = m_workbench.session().data()->imagingCase->find(measurement.sequence);
        if (volume)
            measurement.region = imaging::regionStatistics(*volume, p[0], p[1], measurement.sliceAxis,
                                                           measurement.kind == EditTool::Ellipse);
        measurement.value = measurement.region.mean;
        break;
    }
    }
}

void Measurements::setTarget(imaging::Target target) {
    if (target == m_target)
        return;
    m_target = target;
    m_chosen.reset();
    measurePieces();
}

void Measurements::measurePieces() {
    if (m_job)
        m_job->cancel();
    auto& session = m_workbench.session();
    const imaging::LabelMapPtr mask = session.data()->mask;
    if (!mask) {
        m_pieces.clear();
        m_pieceCount = 0;
        m_chosen.reset();
        Q_EMIT piecesChanged();
        return;
    }
    struct Found {
        std::vector<MeasuredPiece> pieces;
        std::size_t count = 0;
    };
    const imaging::LabelEra era = session.data()->era;
    const imaging::Target target = era == imaging::LabelEra::Plain ? imaging::Target::Mask : m_target;
    m_job = m_workbench.runner().submit<Found>(
        Lane::Compute, tr("Measuring diameters"),
        [mask, era, target](const TaskContext& task) -> Result<Found> {
            const imaging::ComponentMap map = imaging::labelComponents(
                *mask, [&](std::uint8_t value) { return imaging::belongsTo(value, target, era); });
            Found found;
            found.count = map.components.size();
            for (std::size_t n = 0; n < std::min(kMostPieces, map.components.size()); ++n) {
                if (task.cancelled())
                    return failCancelled();
                found.pieces.push_back(
                    {map.components[n], imaging::measureComponent(mask->geometry, map.ids, map.components[n],
                                                                  static_cast<std::int32_t>(n))});
            }
            return found;
        },
        this,
        [this, mask](Result<Found> found) {
            m_job.clear();
            if (!found || m_workbench.session().data()->mask != mask)
                return;
            m_pieces = std::move(found->pieces);
            m_pieceCount = found->count;
            m_chosen.reset();
            Q_EMIT piecesChanged();
        });
}

void Measurements::jumpTo(std::size_t piece) {
    if (piece >= m_pieces.size())
        return;
    m_chosen = piece;
    const MeasuredPiece& chosen = m_pieces[piece];
    auto& session = m_workbench.session();
    const imaging::Geometry& grid = session.geometry();
    const imaging::VoxelIndex inside = chosen.component.inside;
    imaging::WorldPoint point = grid.worldFromIndex(
        {static_cast<double>(inside.i), static_cast<double>(inside.j), static_cast<double>(inside.k)});
    const imaging::Segment& longest = chosen.diameters.longest;
    // The middle of the longest diameter: its slice shows both lines.
    if (longest.mm > 0.0)
        point = {(longest.from.x + longest.to.x) / 2.0, (longest.from.y + longest.to.y) / 2.0,
                 (longest.from.z + longest.to.z) / 2.0};
    session.view().update([&](ViewState& view) { view.cursor = point; });
    Q_EMIT piecesChanged();
}

} // namespace sulcus::session
