// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/reading_actions.h"

#include "ui/session/window_presets.h"
#include "ui/widgets/parts.h"

#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <array>

namespace sulcus::widgets {

using session::ViewLayout;
using session::VolumeRendering;

namespace {

constexpr int kColourMaps = 4;
constexpr std::size_t kSequenceKeys = 4; ///< digits that choose a sequence of an MRI case
constexpr int kPresetKeys = 8;

} // namespace

QString colourMapName(session::ColourMap map) {
    switch (map) {
    case session::ColourMap::Hot:
        return ReadingActions::tr("Hot");
    case session::ColourMap::Viridis:
        return ReadingActions::tr("Viridis");
    case session::ColourMap::Bone:
        return ReadingActions::tr("Blue-grey");
    case session::ColourMap::Grey:
        break;
    }
    return ReadingActions::tr("Grey");
}

QString renderingName(VolumeRendering rendering) {
    switch (rendering) {
    case VolumeRendering::MriBrain:
        return ReadingActions::tr("Brain (MRI)");
    case VolumeRendering::CtBone:
        return ReadingActions::tr("Bone (CT)");
    case VolumeRendering::CtSoft:
        return ReadingActions::tr("Soft tissue (CT)");
    case VolumeRendering::CtLung:
        return ReadingActions::tr("Lung (CT)");
    case VolumeRendering::Off:
        break;
    }
    return ReadingActions::tr("Surfaces only");
}

ReadingActions::ReadingActions(session::ActionCatalog& actions, session::Workbench& workbench, Hooks hooks,
                               QObject* parent)
    : QObject(parent), m_actions(actions), m_workbench(workbench), m_hooks(std::move(hooks)) {
    addLayouts();
    addDisplay();
    addVolume();
    addCases();
    m_actions.add({"help-open",
                   tr("Help"),
                   tr("&Help pages"),
                   tr("Short pages about every part of the program"),
                   "help",
                   {QKeySequence("Shift+F1")},
                   false,
                   {}},
                  [this] { m_hooks.help(); });
    m_follow.setSingleShot(true);
    m_follow.setInterval(0);
    connect(&m_follow, &QTimer::timeout, this, &ReadingActions::follow);
    auto& session = m_workbench.session();
    for (session::StateNotifier* const state : {static_cast<session::StateNotifier*>(&session.data()),
                                                static_cast<session::StateNotifier*>(&session.display()),
                                                static_cast<session::StateNotifier*>(&session.view())})
        connect(state, &session::StateNotifier::changed, &m_follow, qOverload<>(&QTimer::start));
    follow();
}

void ReadingActions::addLayouts() {
    const QString view = tr("View");
    auto& state = m_workbench.session().view();
    const auto layout = [this, view, &state](const char* id, const QString& text, const QString& tip, const char* icon,
                                             const char* key, ViewLayout which) {
        m_actions.addCheckable(
            {QLatin1String(id), view, text, tip, QLatin1String(icon), {QKeySequence(QLatin1String(key))}, true, {}},
            false, [this, which, &state](bool on) {
                if (on && state->layout != which)
                    state.update([&](session::ViewState& now) { now.layout = which; });
                else
                    m_follow.start(); // a layout is left by choosing another one
            });
    };
    layout("layout-row", tr("&All sequences"), tr("Every sequence on one plane, moved together"), "layout-row",
           "Shift+F2", ViewLayout::Row);
    layout("layout-side", tr("Mask &beside truth"),
           tr("Mask on the left; on the right the truth, else the overlay, else the bare image"), "layout-side",
           "Shift+F3", ViewLayout::SideBySide);
    layout("layout-montage", tr("Many slices (&light box)"), tr("Slices of one plane at equal steps"), "layout-montage",
           "Shift+F4", ViewLayout::Montage);
    m_actions.addCheckable({"view-link-cursor",
                            view,
                            tr("&Linked crosshair"),
                            tr("Off: a click moves the slice of its own view alone"),
                            "link",
                            {QKeySequence("Ctrl+Alt+L")},
                            true,
                            {}},
                           state->cursorLinked, [&state](bool on) {
                               if (state->cursorLinked != on)
                                   state.update([&](session::ViewState& now) { now.cursorLinked = on; });
                           });
    m_actions.addCheckable({"view-link-zoom",
                            view,
                            tr("Linked &zoom"),
                            tr("Zoom and pan of one plane go for the others too"),
                            "link",
                            {QKeySequence("Ctrl+Alt+Z")},
                            true,
                            {}},
                           state->zoomLinked, [&state](bool on) {
                               if (state->zoomLinked != on)
                                   state.update([&](session::ViewState& now) { now.zoomLinked = on; });
                           });
    struct Grid {
        int columns;
        int rows;
    };
    for (const Grid grid : {Grid{3, 2}, Grid{4, 3}, Grid{5, 4}, Grid{6, 5}})
        m_actions.addCheckable({QStringLiteral("montage-%1x%2").arg(grid.columns).arg(grid.rows),
                                view,
                                tr("Light box of %1 × %2").arg(grid.columns).arg(grid.rows),
                                tr("Columns and rows of the light box"),
                                {},
                                {},
                                true,
                                {}},
                               false, [this, grid, &state](bool on) {
                                   if (on)
                                       state.update([&](session::ViewState& now) {
                                           now.montageColumns = grid.columns;
                                           now.montageRows = grid.rows;
                                           now.layout = ViewLayout::Montage;
                                       });
                                   else
                                       m_follow.start();
                               });
    for (const int step : {1, 2, 3, 5, 10})
        m_actions.addCheckable({QStringLiteral("montage-step-%1").arg(step),
                                view,
                                tr("Light box every %1 mm").arg(step),
                                tr("Distance between its slices"),
                                {},
                                {},
                                true,
                                {}},
                               false, [this, step, &state](bool on) {
                                   if (on)
                                       state.update([&](session::ViewState& now) {
                                           now.montageStepMm = step;
                                           now.layout = ViewLayout::Montage;
                                       });
                                   else
                                       m_follow.start();
                               });
}

void ReadingActions::addDisplay() {
    const QString view = tr("View");
    auto& session = m_workbench.session();
    auto& display = session.display();
    const auto needsCase = [&session] { return session.hasCase() ? QString() : tr("Open a case first."); };
    const auto needsOverlay = [&session] { return session.data()->overlay ? QString() : tr("No overlay is open."); };
    for (int n = 1; n <= kPresetKeys; ++n) {
        const QString text = static_cast<std::size_t>(n) <= kSequenceKeys ? tr("Sequence or CT window %1").arg(n)
                             : n == 5                                     ? tr("CT bone, or MRI window 1")
                                                                          : tr("MRI window %1").arg(n - 4);
        m_actions.add({QStringLiteral("preset-%1").arg(n),
                       view,
                       text,
                       tr("Of a CT the grey windows brain, lung, soft tissue, liver and bone; of an MRI the sequences, "
                          "then windows between percentiles of the brain"),
                       {},
                       {QKeySequence(QString::number(n))},
                       false,
                       needsCase},
                      [this, n] { preset(n); });
    }
    for (int n = 0; n < kColourMaps; ++n) {
        const auto map = static_cast<session::ColourMap>(n);
        m_actions.addCheckable({QStringLiteral("colours-%1").arg(n),
                                view,
                                tr("Colour map: %1").arg(colourMapName(map)),
                                tr("How grey values become colours"),
                                {},
                                {},
                                true,
                                {}},
                               n == 0, [this, map, &display](bool on) {
                                   if (on && display->colourMap != map)
                                       display.update([&](session::DisplayState& now) { now.colourMap = map; });
                                   else
                                       m_follow.start();
                               });
    }
    m_actions.add({"colours-next",
                   view,
                   tr("Next &colour map"),
                   tr("Grey, hot, viridis, blue-grey"),
                   "palette",
                   {QKeySequence("H")},
                   false,
                   needsCase},
                  [&display] {
                      display.update([](session::DisplayState& now) {
                          now.colourMap =
                              static_cast<session::ColourMap>((static_cast<int>(now.colourMap) + 1) % kColourMaps);
                      });
                  });
    m_actions.addCheckable(
        {"display-scale-bar", view, tr("Scale &bar"), tr("A length in millimetres"), {}, {}, true, {}},
        display->scaleBarVisible, [&display](bool on) {
            if (display->scaleBarVisible != on)
                display.update([&](session::DisplayState& now) { now.scaleBarVisible = on; });
        });
    m_actions.add({"probability-next",
                   view,
                   tr("Next &probability map"),
                   tr("What the network thought of each voxel, as colours; then none again"),
                   "probability",
                   {QKeySequence("Shift+P")},
                   false,
                   [this] {
                       return m_workbench.networkAnswer().probabilities.empty()
                                  ? tr("No probabilities are kept: segment the case first.")
                                  : QString();
                   }},
                  [this, &display] {
                      const int count = static_cast<int>(m_workbench.networkAnswer().probabilities.size());
                      display.update([&](session::DisplayState& now) {
                          now.probabilityOutput = now.probabilityOutput + 1 < count ? now.probabilityOutput + 1 : -1;
                      });
                  });
    m_actions.add({"overlay-open",
                   view,
                   tr("Lay a mask &over the case..."),
                   tr("A second mask of any size and spacing, as outlines; nothing is changed"),
                   "overlay",
                   {QKeySequence("Ctrl+Alt+I")},
                   false,
                   needsCase},
                  [this] { m_hooks.askOverlay(); });
    m_actions.addCheckable({"display-overlay",
                            view,
                            tr("Show the o&verlay"),
                            tr("The outlines of the second mask"),
                            "eye",
                            {QKeySequence("Shift+S")},
                            true,
                            needsOverlay},
                           true, [&display](bool on) {
                               if (display->overlayVisible != on)
                                   display.update([&](session::DisplayState& now) { now.overlayVisible = on; });
                           });
    m_actions.add({"overlay-remove",
                   view,
                   tr("Take the overlay a&way"),
                   tr("The file itself stays"),
                   "close",
                   {},
                   false,
                   needsOverlay},
                  [this] { m_workbench.openOverlay({}); });
}

void ReadingActions::addVolume() {
    const QString view = tr("View");
    auto& session = m_workbench.session();
    auto& display = session.display();
    const auto needsCase = [&session] { return session.hasCase() ? QString() : tr("Open a case first."); };
    m_actions.addCheckable(
        {"rendering-toggle",
         view,
         tr("Show the &voxels in 3-D"),
         tr("The image itself as a cloud: brain of an MRI, bone of a CT"),
         "cloud",
         {QKeySequence("Shift+R")},
         true,
         needsCase},
        false, [this, &session, &display](bool on) {
            if ((display->rendering != VolumeRendering::Off) == on)
                return;
            const bool ct = session.hasCase() && session.view()->shown == imaging::Sequence::Ct;
            display.update([&](session::DisplayState& now) {
                now.rendering = !on ? VolumeRendering::Off : ct ? VolumeRendering::CtBone : VolumeRendering::MriBrain;
            });
        });
    for (int n = 0; n < 5; ++n) {
        const auto rendering = static_cast<VolumeRendering>(n);
        m_actions.addCheckable({QStringLiteral("rendering-%1").arg(n),
                                view,
                                tr("3-D: %1").arg(renderingName(rendering)),
                                tr("What the 3-D view draws"),
                                {},
                                {},
                                true,
                                needsCase},
                               n == 0, [this, rendering, &display](bool on) {
                                   if (on && display->rendering != rendering)
                                       display.update([&](session::DisplayState& now) { now.rendering = rendering; });
                                   else
                                       m_follow.start();
                               });
    }
    m_actions.add({"volume-snapshot",
                   view,
                   tr("Save a picture of the &3-D view..."),
                   tr("As PNG"),
                   "camera",
                   {QKeySequence("Ctrl+Shift+3")},
                   false,
                   needsCase},
                  [this] { m_hooks.saveVolume(); });
}

void ReadingActions::addCases() {
    const QString file = tr("File");
    m_actions.add({"case-browse",
                   file,
                   tr("&Browse a dataset folder..."),
                   tr("All cases of a folder with pictures, to be read one after the other"),
                   "browse",
                   {QKeySequence("Ctrl+B")},
                   false,
                   {}},
                  [this] { m_hooks.browse(); });
    m_actions.add({"case-next",
                   file,
                   tr("&Next case"),
                   tr("Of the dataset folder that was browsed"),
                   "next",
                   {QKeySequence("N")},
                   false,
                   [this] { return m_hooks.whyNoCase(1); }},
                  [this] { m_hooks.stepCase(1); });
    m_actions.add({"case-previous",
                   file,
                   tr("&Previous case"),
                   tr("Of the dataset folder that was browsed"),
                   "previous",
                   {QKeySequence("P")},
                   false,
                   [this] { return m_hooks.whyNoCase(-1); }},
                  [this] { m_hooks.stepCase(-1); });
}

void ReadingActions::preset(int number) {
    auto& session = m_workbench.session();
    if (!session.hasCase())
        return;
    const imaging::Sequence shown = session.view()->shown;
    const auto& volumes = session.data()->imagingCase->volumes;
    const auto index = static_cast<std::size_t>(number - 1);
    if (shown == imaging::Sequence::Ct) {
        const imaging::VolumePtr ct = session.data()->imagingCase->find(shown);
        if (ct && index < session::ctPresets().size()) {
            const session::Window window = session::ctWindow(index, *ct);
            session.display().update([&](session::DisplayState& display) { display.windows[shown] = window; });
        }
        return;
    }
    if (index < kSequenceKeys) {
        if (index < volumes.size())
            session.view().update([&](session::ViewState& view) { view.shown = volumes[index].sequence; });
        return;
    }
    const std::size_t percentile = index - kSequenceKeys;
    const imaging::VolumePtr volume = session.data()->imagingCase->find(shown);
    if (volume && percentile < session::mriPresets().size()) {
        const session::Window window = session::percentileWindow(*volume, session::mriPresets()[percentile]);
        session.display().update([&](session::DisplayState& display) { display.windows[shown] = window; });
    }
}

void ReadingActions::setCheck(const char* id, bool on) { m_actions.action(QLatin1String(id))->setChecked(on); }

void ReadingActions::follow() {
    const session::ViewState& view = m_workbench.session().view().value();
    const session::DisplayState& display = m_workbench.session().display().value();
    setCheck("layout-row", view.layout == ViewLayout::Row);
    setCheck("layout-side", view.layout == ViewLayout::SideBySide);
    setCheck("layout-montage", view.layout == ViewLayout::Montage);
    setCheck("view-link-cursor", view.cursorLinked);
    setCheck("view-link-zoom", view.zoomLinked);
    setCheck("display-scale-bar", display.scaleBarVisible);
    setCheck("display-overlay", display.overlayVisible);
    setCheck("rendering-toggle", display.rendering != VolumeRendering::Off);
    for (int n = 0; n < kColourMaps; ++n)
        m_actions.action(QStringLiteral("colours-%1").arg(n))->setChecked(static_cast<int>(display.colourMap) == n);
    for (int n = 0; n < 5; ++n)
        m_actions.action(QStringLiteral("rendering-%1").arg(n))->setChecked(static_cast<int>(display.rendering) == n);
    // A check that only says what is: setting it must not send the light box onto the screen.
    for (const QString& id : m_actions.ids())
        if (id.startsWith(QLatin1String("montage-"))) {
            QAction* const action = m_actions.action(id);
            const QSignalBlocker block(action);
            const bool step = id == QStringLiteral("montage-step-%1").arg(view.montageStepMm);
            const bool grid = id == QStringLiteral("montage-%1x%2").arg(view.montageColumns).arg(view.montageRows);
            action->setChecked(step || grid);
        }
}

QMenu* ReadingActions::fill(QMenu* menu, std::initializer_list<const char*> ids) const {
    menu->setToolTipsVisible(true);
    for (const char* const id : ids) {
        if (id[0] == '-')
            menu->addSeparator();
        else
            menu->addAction(m_actions.action(QLatin1String(id)));
    }
    return menu;
}

QMenu* ReadingActions::makeLayoutMenu(QWidget* parent) {
    auto* const menu = new QMenu(tr("&Layout"), parent);
    menu->setObjectName(QStringLiteral("menuLayout"));
    fill(menu, {"layout-four", "layout-three", "layout-single", "layout-row", "layout-side", "layout-montage", "-",
                "large-axial", "large-sagittal", "large-coronal", "large-volume", "-", "view-link-cursor",
                "view-link-zoom", "-"});
    QMenu* const box = menu->addMenu(tr("Light &box"));
    box->setObjectName(QStringLiteral("menuLightBox"));
    fill(box, {"montage-3x2", "montage-4x3", "montage-5x4", "montage-6x5", "-", "montage-step-1", "montage-step-2",
               "montage-step-3", "montage-step-5", "montage-step-10"});
    return menu;
}

QToolButton* ReadingActions::makeLayoutButton(QWidget* parent) {
    auto* const button = new QToolButton(parent);
    setNamed(button, QStringLiteral("layoutButton"), tr("Layout of the views"));
    button->setToolTip(tr("Layout of the views"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setMenu(makeLayoutMenu(button));
    static constexpr std::array<const char*, session::kViewLayouts> kIds{
        "layout-four", "layout-three", "layout-single", "layout-row", "layout-side", "layout-montage"};
    const auto show = [this, button] {
        const auto layout = static_cast<std::size_t>(m_workbench.session().view()->layout);
        button->setIcon(m_actions.action(QLatin1String(kIds[layout]))->icon());
    };
    connect(&m_workbench.session().view(), &session::StateNotifier::changed, button, show);
    for (const char* const id : kIds)
        connect(m_actions.action(QLatin1String(id)), &QAction::changed, button, show); // a theme's icons
    show();
    return button;
}

QMenu* ReadingActions::makeDisplayMenu(QWidget* parent) {
    auto* const menu = new QMenu(tr("&Contrast and colours"), parent);
    menu->setObjectName(QStringLiteral("menuDisplay"));
    fill(menu, {"display-auto", "preset-1", "preset-2", "preset-3", "preset-4", "preset-5", "preset-6", "preset-7",
                "preset-8", "-", "display-invert", "display-interpolate", "-"});
    QMenu* const colours = menu->addMenu(tr("Colour &map"));
    fill(colours, {"colours-0", "colours-1", "colours-2", "colours-3", "-", "colours-next"});
    fill(menu, {"-", "probability-next", "-", "overlay-open", "display-overlay", "overlay-remove", "-",
                "display-scale-bar", "display-neurological", "display-reset"});
    return menu;
}

QMenu* ReadingActions::makeVolumeMenu(QWidget* parent) {
    auto* const menu = new QMenu(tr("&3-D view"), parent);
    menu->setObjectName(QStringLiteral("menuVolume"));
    fill(menu, {"display-brain", "display-planes", "-", "rendering-toggle", "rendering-0", "rendering-1", "rendering-2",
                "rendering-3", "rendering-4", "-", "volume-snapshot"});
    return menu;
}

} // namespace sulcus::widgets
