// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/mask_editor.h"
#include "ui/session/measurements.h"
#include "ui/viewport/slice_view.h"

#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTimer>
#include <vector>

namespace sulcus::widgets {

class ViewArea;

/// The editing and measuring tools in the window: their actions, and the road from the mouse in the slice views to
/// `MaskEditor` and `Measurements` and back to outlines, rings and previews in the views.
class EditTools : public QObject {
    Q_OBJECT
public:
    /// Adds the actions.
    EditTools(session::Workbench& workbench, session::ActionCatalog& actions, QObject* parent = nullptr);
    ~EditTools() override;

    /// To be called once the views exist and the actions belong to the window.
    void attach(ViewArea& views);

    session::MaskEditor& editor() { return m_editor; }
    session::Measurements& measurements() { return m_measurements; }

    /// Ids for the menus; "-" is a separator.
    static std::vector<const char*> toolMenu();
    static std::vector<const char*> labelMenu();
    static std::vector<const char*> maskMenu();
    static std::vector<const char*> measureMenu();

private:
    void makeActions();
    void follow();
    void connectViews();
    void annotate();
    std::vector<scene::Annotation> annotationsFor(const viewport::SliceView* view) const;
    session::EditPointer pointerIn(const viewport::SliceView* view, imaging::WorldPoint point,
                                   Qt::KeyboardModifiers modifiers) const;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void jump(int by);
    void copyLabels();

    session::Workbench& m_workbench;
    session::ActionCatalog& m_actions;
    session::MaskEditor m_editor;
    session::Measurements m_measurements;
    ViewArea* m_views = nullptr;
    QSet<const viewport::SliceView*> m_known;
    QPointer<viewport::SliceView> m_hand; ///< the view under the pointer
    imaging::WorldPoint m_point;          ///< there
    QTimer m_follow;
    QTimer m_annotate;
};

/// A measurement as text: "23.4 mm", "45°", "412 mm² · 103 ± 12".
QString measurementText(const session::Measurement& measurement);

} // namespace sulcus::widgets
