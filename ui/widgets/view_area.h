// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/workbench.h"
#include "ui/viewport/slice_view.h"
#include "ui/viewport/volume_view.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <array>
#include <memory>

class QGridLayout;

namespace sulcus::widgets {

/// The four views of a case, linked: axial top left, sagittal top right, coronal bottom left, 3-D bottom right. They
/// follow the session's state on the next turn of the event loop and write back what the mouse does.
class ViewArea : public QWidget {
    Q_OBJECT
public:
    explicit ViewArea(session::Workbench& workbench, QWidget* parent = nullptr);

    viewport::SliceView* slice(session::ViewKind kind) const;
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

private:
    void schedule();
    void sync();
    void arrange();
    void buildMaskSurfaces();
    void buildBrainSurface();
    void toggleLarge(session::ViewKind kind);
    scene::DisplaySettings settings() const;

    session::Workbench& m_workbench;
    QGridLayout* m_grid;
    std::array<viewport::SliceView*, 3> m_slices{};
    viewport::VolumeView* m_volume;
    QTimer m_sync;
    QTimer m_surfaceDelay;
    session::ViewKind m_active = session::ViewKind::Axial;
    std::optional<std::pair<session::ViewLayout, session::ViewKind>> m_arranged;
    session::ViewLayout m_before = session::ViewLayout::Four;
    imaging::LabelMapPtr m_stroke;
    imaging::LabelMapPtr m_surfaceMask;
    std::shared_ptr<const imaging::Case> m_surfaceCase;
    QPointer<session::Job> m_surfaceJob;
    QPointer<session::Job> m_brainJob;
};

} // namespace sulcus::widgets
