// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/workbench.h"
#include "ui/viewport/montage_view.h"
#include "ui/viewport/slice_view.h"
#include "ui/viewport/volume_view.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <array>
#include <memory>
#include <tuple>
#include <vector>

class QGridLayout;

namespace sulcus::widgets {

/// The views of a case, linked. Four: axial top left, sagittal top right, coronal bottom left, 3-D bottom right; other
/// layouts show one of them large, every sequence on one plane, mask against truth, or many slices. They follow the
/// session's state on the next turn of the event loop and write back what the mouse does.
class ViewArea : public QWidget {
    Q_OBJECT
public:
    explicit ViewArea(session::Workbench& workbench, QWidget* parent = nullptr);

    /// One of the three planes; null for the 3-D view.
    viewport::SliceView* slice(session::ViewKind kind) const;
    /// Every slice view that a layout may show, made once: the three planes, then four that stand side by side. Whoever
    /// draws or edits in slices does so in all of them.
    const std::vector<viewport::SliceView*>& sliceViews() const { return m_slices; }
    viewport::MontageView* montage() const { return m_montage; }
    viewport::VolumeView* volume() const { return m_volume; }
    void fitAll();
    void centreAll();
    /// The view with the keyboard, or the large one.
    session::ViewKind activeView() const { return m_active; }
    /// Turns the slices of the active view.
    void step(int slices);
    /// A mask under a stroke, shown in place of the session's until null is shown. `by` is the view that the hand is
    /// in: while the stroke goes on it alone is drawn anew; null: all of them.
    void showStroke(imaging::LabelMapPtr stroke, viewport::SliceView* by);
    /// The views as they stand, in one picture.
    QImage snapshot();

Q_SIGNALS:
    void menuRequested(QPoint globalPosition);
    void surfacesBuilt();
    void masksShown(); ///< a view shows another mask than before: a new one, the truth, or none

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void schedule();
    void sync();
    void arrange();
    /// What the 3-D view's surfaces are made from.
    struct SurfaceSource {
        imaging::LabelMapPtr mask;
        imaging::LabelEra era = imaging::LabelEra::Brats2021;
        imaging::LabelMapPtr truth; ///< not null: the difference from it, of one region
        imaging::LabelEra truthEra = imaging::LabelEra::Brats2021;
        imaging::Target target = imaging::Target::Mask;
        bool operator==(const SurfaceSource&) const = default;
    };
    SurfaceSource surfaceSource() const;
    bool showsDifference() const;
    imaging::Target comparedTarget() const;
    void buildMaskSurfaces();
    void buildBrainSurface();
    void buildRendered();
    void toggleLarge(session::ViewKind kind);
    void connectSlice(viewport::SliceView* view);
    void shareFraming(viewport::SliceView* from, const scene::Framing& framing);
    /// What "fit" means: the patient without the empty border that stripping and padding leave.
    scene::Framing wholeOf(scene::Plane plane) const;
    scene::Plane tilePlane() const;
    /// Display of one sequence's images.
    scene::DisplaySettings settings(imaging::Sequence sequence) const;
    /// What stands side by side in this layout; sequences of the row.
    std::vector<imaging::Sequence> rowSequences() const;

    static constexpr std::size_t kPlanes = 3;
    static constexpr std::size_t kTiles = 4;

    session::Workbench& m_workbench;
    QGridLayout* m_grid;
    std::vector<viewport::SliceView*> m_slices;
    std::vector<imaging::Sequence> m_sequences; ///< that each of them shows
    QStringList m_planeNames;
    viewport::VolumeView* m_volume;
    viewport::MontageView* m_montage;
    QTimer m_sync;
    QTimer m_surfaceDelay;
    session::ViewKind m_active = session::ViewKind::Axial;
    viewport::SliceView* m_activeSlice = nullptr;
    std::optional<std::tuple<session::ViewLayout, session::ViewKind, std::size_t, bool>> m_arranged;
    session::ViewLayout m_before = session::ViewLayout::Four;
    std::optional<std::pair<viewport::SliceView*, imaging::WorldPoint>> m_moved; ///< by whom the cursor was moved last
    std::optional<std::array<imaging::VoxelIndex, 2>> m_content; ///< voxels of the case that are not background
    bool m_sharing = false;
    bool m_drawsCaptions = true; ///< false: no font with the language's letters was found
    imaging::LabelMapPtr m_stroke;
    SurfaceSource m_surfaceSource;
    bool m_surfacesDiffer = false; ///< the surfaces on show are those of a difference
    std::shared_ptr<const imaging::Case> m_surfaceCase;
    imaging::VolumePtr m_renderedOf;
    QPointer<session::Job> m_surfaceJob;
    QPointer<session::Job> m_brainJob;
    QPointer<session::Job> m_renderJob;
};

} // namespace sulcus::widgets
