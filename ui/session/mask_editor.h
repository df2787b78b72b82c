// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/editing/label_delta.h"
#include "ui/session/state.h"
#include "ui/session/workbench.h"

#include <QObject>
#include <QPointer>
#include <bitset>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace sulcus::session {

/// What the left button does in a slice view.
enum class EditTool {
    Navigate, ///< moves the crosshair, as without any tool
    Brush,
    Eraser,
    Polygon, ///< clicks (or a drag) draw an outline; closing it fills it
    Flood,   ///< what is joined to the click and about as bright
    Relabel, ///< gives the piece under the click the active label
    Add,     ///< click to correct: takes in what the network nearly called tumour
    Remove,  ///< click to correct: takes away what the network was unsure of
    // Measuring; the mask stays as it is:
    Distance,
    Angle,
    Rectangle,
    Ellipse
};
bool changesMask(EditTool tool);
bool measures(EditTool tool);

/// Changes that need no pointer. All are about the active label unless they say so.
enum class EditOperation {
    FillRange, ///< a preview of every voxel inside the intensity range
    FillBetween,
    Smooth,
    FillHoles,
    KeepLargest,   ///< of the label, or of the whole mask
    RemoveIslands, ///< of the label, or of the whole mask
    Grow,
    Shrink,
    GrowFromSeeds, ///< all labels are seeds
    EraseLabel
};

/// The tools' settings. Lengths in mm, intensities in the unit of the sequence on view.
struct EditState {
    EditTool tool = EditTool::Navigate;
    std::uint8_t label = 1;   ///< what the tools paint
    std::bitset<256> locked;  ///< never overwritten; 0 keeps paint inside the mask
    double brushMm = 8.0;     ///< diameter
    bool ball = false;        ///< a 3-D brush; off: a disk in the slice
    bool onlyInRange = false; ///< brush, eraser, polygon and flood touch only voxels inside the range
    imaging::IntensityRange range;
    double tolerance = 0.0;    ///< of the flood, either side of the seed's intensity
    double reachMm = 40.0;     ///< of the flood
    bool floodInSlice = false; ///< the flood stays in its slice
    double correctionMm = 30.0;
    bool removeLabelOnly = false; ///< Remove denies the active label alone, not that there is tumour at all
    double smoothMm = 1.0;
    double islandMl = 0.1;
    double marginMm = 1.0;
    bool wholeMask = true; ///< KeepLargest and RemoveIslands look at all labels together
};

/// A press, a move or a release of the left button over a slice.
struct EditPointer {
    imaging::WorldPoint point;
    int sliceAxis = 2;    ///< grid axis that the view's slices lie across
    bool control = false; ///< turns brush and polygon into their erasing twin
    double closeMm = 3.0; ///< what the hand cannot tell apart at this zoom
};

/// What a flood or a range would change if it were accepted.
struct EditPreview {
    imaging::VoxelSet set;
    imaging::LabelMapPtr map; ///< non-zero where something would change
    QString name;
    double ml = 0.0;
};

/// The editing tools, without a window: pointer events and operations come in, named undo steps go to the session.
///
/// A stroke works on a copy of the mask (`stroke`), which views show in place of the mask until it is released; when
/// the mask changes meanwhile (undo, a network's answer) the stroke is dropped. Floods, ranges and operations run on
/// the Io lane, which is idle while a network holds the other one, and are dropped when the mask changed before they
/// came to their end. Thread: GUI.
class MaskEditor : public QObject {
    Q_OBJECT
public:
    explicit MaskEditor(Workbench& workbench, QObject* parent = nullptr);
    ~MaskEditor() override;

    State<EditState>& state() { return m_state; }
    const EditState& now() const { return m_state.value(); }
    void setTool(EditTool tool); ///< choosing a tool again keeps it
    void setLabel(std::uint8_t label);
    void stepLabel(int by); ///< to the next of `labels()`
    void setLocked(std::uint8_t label, bool locked);
    void scaleBrush(double steps); ///< a notch of the wheel: about a sixth larger or smaller

    /// Why it cannot be used now, translated; empty when it can.
    QString whyNot(EditTool tool) const;
    QString whyNot(EditOperation operation) const;
    /// Values that can be chosen as active label: the era's, those of the mask, and one more for a plain map.
    std::vector<std::uint8_t> labels() const;
    /// Name of a label in the person's language ("label 3" where the era has none).
    QString labelName(std::uint8_t value) const;

    void press(const EditPointer& pointer);
    void drag(const EditPointer& pointer);
    void release(const EditPointer& pointer);

    /// The mask under the running stroke; null when there is none.
    imaging::LabelMapPtr stroke() const { return m_stroke; }
    const std::optional<EditPreview>& preview() const { return m_preview; }
    /// Corners of the outline that is being drawn.
    const std::vector<imaging::WorldPoint>& corners() const { return m_corners; }
    /// Is there an outline or a preview that waits for accept or discard?
    bool pending() const { return m_preview.has_value() || !m_corners.empty(); }
    void accept();
    void discard();
    void removeCorner(); ///< takes the last corner back; without one, discards

    /// `sliceAxis`: for filling between slices.
    void apply(EditOperation operation, int sliceAxis = 2);
    /// Copies the chosen labels of the truth or of the network's answer into the mask.
    void copyFrom(const imaging::LabelMap& source, imaging::LabelEra era, const std::bitset<256>& chosen,
                  const QString& name);

Q_SIGNALS:
    void strokeChanged();  ///< begun, gone on, ended: `stroke` says what to show
    void previewChanged(); ///< preview or corners

private:
    imaging::EditRules rules() const;
    imaging::VolumePtr shownVolume() const;
    std::shared_ptr<imaging::LabelMap> copyOfMask() const;
    void commit(const QString& name, imaging::LabelMapPtr after);
    void paintSet(const QString& name, const imaging::VoxelSet& set, std::uint8_t label);
    void dab(const EditPointer& pointer, bool first);
    void closePolygon();
    void floodPreview();
    void showPreview(imaging::VoxelSet set, const QString& name);
    void clearPreview();
    void dropStroke();
    void correct(const EditPointer& pointer, bool add);
    void relabel(const EditPointer& pointer);
    void caseChanged();
    void sequenceChanged();

    Workbench& m_workbench;
    State<EditState> m_state;
    std::shared_ptr<imaging::LabelMap> m_stroke;
    imaging::LabelMapPtr m_base; ///< mask that the stroke began with
    QString m_strokeName;
    std::uint8_t m_strokeLabel = 0;
    imaging::WorldPoint m_last;
    std::optional<EditPreview> m_preview;
    std::vector<imaging::WorldPoint> m_corners;
    int m_cornerAxis = 2;
    int m_cornerSlice = 0;
    bool m_cornerErase = false;
    std::optional<EditPointer> m_flood; ///< where the flood under way began
    double m_floodWiden = 1.0;
    QPointer<Job> m_job;
    QPointer<Job> m_operation;
    imaging::Sequence m_sequence = imaging::Sequence::Other;
    std::map<imaging::Sequence, std::pair<imaging::IntensityRange, double>> m_kept; ///< range and tolerance by sequence
    bool m_committing = false;
};

} // namespace sulcus::session
