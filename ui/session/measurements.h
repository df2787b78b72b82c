// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/measure.h"
#include "ui/session/mask_editor.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <optional>
#include <vector>

namespace sulcus::session {

/// Something a person drew to measure it. Distances and angles are those of space; rectangle and ellipse lie in one
/// slice of the sequence that was on view.
struct Measurement {
    EditTool kind = EditTool::Distance;
    std::vector<imaging::WorldPoint> points; ///< 2, or 3 for an angle (the corner is the second)
    int sliceAxis = 2;
    double value = 0.0; ///< mm, degrees, or the mean intensity
    imaging::RegionStatistics region;
    imaging::Sequence sequence = imaging::Sequence::Other; ///< of a region's intensities
};

/// One piece of the mask, measured.
struct MeasuredPiece {
    imaging::Component component;
    imaging::Diameters diameters;
};

/// What was measured on the open case: by hand with the tools, and every piece of the mask by itself. Nothing here is
/// part of the case; it goes when the case is closed. Thread: GUI.
class Measurements : public QObject {
    Q_OBJECT
public:
    explicit Measurements(Workbench& workbench, QObject* parent = nullptr);
    ~Measurements() override;

    const std::vector<Measurement>& list() const { return m_list; }
    /// The one being drawn; empty when none is.
    const std::optional<Measurement>& drawing() const { return m_drawing; }

    /// `tool` is one that measures. Press begins, drag goes on, release ends; an angle takes one more click for its
    /// second arm and follows `hover` until then.
    void press(EditTool tool, const EditPointer& pointer);
    void drag(const EditPointer& pointer);
    void hover(const EditPointer& pointer);
    void release(const EditPointer& pointer);
    void cancel(); ///< gives up what is being drawn
    void remove(std::size_t index);
    void removeLast();
    void clear();

    /// Pieces of the mask, largest first, at most `kMostPieces`; follow the mask by themselves.
    const std::vector<MeasuredPiece>& pieces() const { return m_pieces; }
    std::size_t pieceCount() const { return m_pieceCount; } ///< all of them, also those beyond the list
    imaging::Target target() const { return m_target; }
    void setTarget(imaging::Target target); ///< which region's pieces
    bool measuring() const { return !m_job.isNull(); }
    /// Moves the cursor to a piece, onto the slice of its longest diameter.
    void jumpTo(std::size_t piece);
    std::optional<std::size_t> chosenPiece() const { return m_chosen; }

    static constexpr std::size_t kMostPieces = 60;

Q_SIGNALS:
    void changed();       ///< list or drawing
    void piecesChanged(); ///< pieces, target or the chosen one

private:
    void finish();
    void evaluate(Measurement& measurement) const;
    void measurePieces();

    Workbench& m_workbench;
    std::vector<Measurement> m_list;
    std::optional<Measurement> m_drawing;
    bool m_secondArm = false;
    std::vector<MeasuredPiece> m_pieces;
    std::size_t m_pieceCount = 0;
    imaging::Target m_target = imaging::Target::WholeTumour;
    std::optional<std::size_t> m_chosen;
    QTimer m_later;
    QPointer<Job> m_job;
};

} // namespace sulcus::session
