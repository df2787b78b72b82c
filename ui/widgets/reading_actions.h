// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/workbench.h"

#include <QObject>
#include <QTimer>
#include <functional>

class QMenu;
class QToolButton;
class QWidget;

namespace sulcus::widgets {

/// The actions of reading images: further layouts, links between views, colour maps, overlays, probabilities, 3-D.
/// Keeps their check marks in step with the session.
class ReadingActions : public QObject {
    Q_OBJECT
public:
    struct Hooks {
        std::function<void()> askOverlay;  ///< the person chooses a mask file to lay over the case
        std::function<void()> saveVolume;  ///< a picture of the 3-D view
        std::function<void(int)> stepCase; ///< +1 next, -1 previous case of the dataset
        std::function<QString(int)> whyNoCase;
        std::function<void()> browse;
        std::function<void()> help;
    };
    ReadingActions(session::ActionCatalog& actions, session::Workbench& workbench, Hooks hooks,
                   QObject* parent = nullptr);

    /// Layouts, which plane is large, and what is linked.
    QMenu* makeLayoutMenu(QWidget* parent);
    /// A button with that menu and the icon of the present layout.
    QToolButton* makeLayoutButton(QWidget* parent);
    /// Grey window, colour map, probabilities, overlay.
    QMenu* makeDisplayMenu(QWidget* parent);
    /// The 3-D view.
    QMenu* makeVolumeMenu(QWidget* parent);

    /// Does what a digit does: of a CT the n-th grey window; of an MRI the n-th sequence (1 to 4) or window (5 to 8).
    void preset(int number);

private:
    void addLayouts();
    void addDisplay();
    void addVolume();
    void addCases();
    void follow();
    void setCheck(const char* id, bool on);
    QMenu* fill(QMenu* menu, std::initializer_list<const char*> ids) const;

    session::ActionCatalog& m_actions;
    session::Workbench& m_workbench;
    Hooks m_hooks;
    QTimer m_follow;
};

/// Name of a colour map, a way to draw voxels, a probability map; for menus and the display panel.
QString colourMapName(session::ColourMap map);
QString renderingName(session::VolumeRendering rendering);

} // namespace sulcus::widgets
