// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/choice_dialog.h"
#include "ui/widgets/display_panel.h"
#include "ui/widgets/help_window.h"
#include "ui/widgets/tour.h"

#include <QAction>
#include <QDockWidget>

namespace sulcus::widgets {

void Tour::addReadingSteps() {
    const auto trigger = [this](const char* id) {
        return [this, id] { m_window.actions().action(QLatin1String(id))->trigger(); };
    };
    auto& session = m_workbench.session();
    add("layout-row", [this, &session] {
        if (auto* const dock = m_window.findChild<QDockWidget*>(QStringLiteral("imagesDock")))
            dock->raise();
        session.display().update([](session::DisplayState& display) { display.compare = session::CompareMode::Mask; });
        m_window.actions().action(QStringLiteral("layout-row"))->trigger();
    });
    add("layout-side", trigger("layout-side"));
    add("layout-montage", trigger("layout-montage"));
    add("display", [this, &session] {
        m_window.actions().action(QStringLiteral("layout-four"))->trigger();
        if (auto* const panel = m_window.findChild<DisplayPanel*>())
            panel->setOpen(true);
        session.display().update([](session::DisplayState& display) {
            display.colourMap = session::ColourMap::Hot;
            display.maskVisible = false;
        });
    });
    add("probability", [&session] {
        session.display().update([](session::DisplayState& display) {
            display.colourMap = session::ColourMap::Grey;
            display.probabilityOutput = 0;
        });
    });
    add("overlay", [this, &session] {
        session.display().update([](session::DisplayState& display) {
            display.probabilityOutput = -1;
            display.maskVisible = true;
        });
        // The truth of the same case, as any second mask.
        const auto truth = session.data()->imagingCase->files.truth;
        if (truth)
            m_workbench.openOverlay(*truth);
    });
    add("cloud", [this, &session] {
        m_workbench.openOverlay({});
        session.view().update([](session::ViewState& view) {
            view.layout = session::ViewLayout::OneAndThree;
            view.large = session::ViewKind::Volume;
        });
        session.display().update(
            [](session::DisplayState& display) { display.rendering = session::VolumeRendering::MriBrain; });
    });
    add("dataset", [this, &session] {
        session.display().update(
            [](session::DisplayState& display) { display.rendering = session::VolumeRendering::Off; });
        session.view().update([](session::ViewState& view) {
            view.layout = session::ViewLayout::Four;
            view.large = session::ViewKind::Axial;
        });
        if (auto* const panel = m_window.findChild<DisplayPanel*>())
            panel->setOpen(false);
        m_window.browse(QString::fromStdString(session.storage()->path.parent_path().string()));
    });
    add("help", [this] {
        m_window.actions().action(QStringLiteral("case-browse"))->trigger();
        m_window.showHelp(QStringLiteral("viewing"));
    });
    add("choice", [this] {
        if (auto* const help = m_window.findChild<HelpWindow*>())
            help->close();
        // Two series as a scanner's folder would have them.
        std::vector<session::OpenChoice> choices(2);
        choices[0].files.seriesUid = "1";
        choices[0].title = QStringLiteral("HEAD 1.0 H60s");
        choices[0].modality = QStringLiteral("CT");
        choices[0].number = 3;
        choices[0].size = {512, 512, 180};
        choices[0].spacing = {0.45, 0.45, 1.0};
        choices[0].tiltDegrees = 12.0;
        choices[1] = choices[0];
        choices[1].title = QStringLiteral("HEAD 5.0 H31s");
        choices[1].number = 2;
        choices[1].size = {512, 512, 34};
        choices[1].spacing = {0.45, 0.45, 5.0};
        choices[1].tiltDegrees = 0.0;
        choices[1].uneven = true;
        const auto& pictures = m_workbench.thumbnails();
        for (auto& choice : choices)
            if (!pictures.empty())
                choice.thumbnail = pictures.begin()->second;
        (new ChoiceDialog(choices, &m_window))->open();
    });
    add("", [this] {
        if (auto* const dialog = m_window.findChild<ChoiceDialog*>())
            dialog->reject();
    });
}

} // namespace sulcus::widgets
