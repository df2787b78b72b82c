// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/angiography_panel.h"
#include "ui/widgets/brain_explorer.h"
#include "ui/widgets/clinic_windows.h"
#include "ui/widgets/edit_tools.h"
#include "ui/widgets/exports.h"
#include "ui/widgets/key_choices.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/reading_actions.h"
#include "ui/widgets/symptoms_panel.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/view_area.h"

#include <QDockWidget>
#include <QStackedWidget>
#include <algorithm>
#include <utility>

namespace sulcus::widgets {

using session::ViewKind;
using session::ViewLayout;

namespace {

constexpr double kOpacityStep = 0.1;

} // namespace

void MainWindow::makeActions() {
    using Keys = QList<QKeySequence>;
    const auto needsCase = [this] { return m_workbench.session().hasCase() ? QString() : tr("Open a case first."); };
    const auto needsMask = [this] {
        return m_workbench.session().hasMask() ? QString() : tr("There is no mask yet: segment the case first.");
    };
    const auto needsTruth = [this] {
        return m_workbench.session().hasTruth() ? QString() : tr("This case came without a truth.");
    };
    const auto notInAngiography = [this] {
        return m_stack != nullptr && m_stack->currentWidget() == m_angiographyPanel
                   ? tr("An angiography has a layout of its own, no mask and no findings: close it first.")
                   : QString();
    };
    const auto whyNotSegment = [this] {
        const QString why = m_workbench.whyNotSegment();
        return why.isEmpty() && m_segmentBlock ? m_segmentBlock() : why;
    };
    auto& state = m_workbench.session();
    const QString file = tr("File");
    const QString edit = tr("Edit");
    const QString view = tr("View");
    const QString segment = tr("Segment");
    const QString findings = tr("Findings");
    const QString help = tr("Help");

    m_actions.add({"case-open",
                   file,
                   tr("&Open a case folder..."),
                   tr("A BraTS folder with FLAIR, T1, T1 contrast and T2, or one with the slices of a DICOM series"),
                   "open",
                   Keys{QKeySequence::Open},
                   false,
                   {}},
                  [this] {
                      chooseFile(FileQuestion::OpenFolder, m_settings.lastFolder(),
                                 [this](const QString& path) { openCase(path); });
                  });
    m_actions.add({"case-open-file",
                   file,
                   tr("Open an image &file..."),
                   tr("One volume: NIfTI, NRRD, MetaImage, DICOM"),
                   "file",
                   Keys{QKeySequence("Ctrl+Shift+O")},
                   false,
                   {}},
                  [this] {
                      chooseFile(FileQuestion::OpenImage, m_settings.lastFolder(),
                                 [this](const QString& path) { openCase(path); });
                  });
    m_actions.add({"angio-open",
                   file,
                   tr("Open an an&giography folder..."),
                   tr("One patient's eight views, or patients' folders with a table"),
                   "open",
                   {},
                   false,
                   {}},
                  [this] {
                      chooseFile(FileQuestion::OpenAngiography, m_settings.lastFolder(), [this](const QString& path) {
                          withoutLosing([this, path] { m_angiography.open(path.toStdString()); });
                      });
                  });
    AngiographyPanel::addActions(m_angiography, m_actions);
    m_actions.add({"case-demo",
                   file,
                   tr("Open the &demo case"),
                   tr("A synthetic brain with a tumour, made on this computer"),
                   "demo",
                   Keys{QKeySequence("Ctrl+D")},
                   false,
                   {}},
                  [this] { withoutLosing([this] { m_workbench.openDemo(); }); });
    m_actions.add({"case-close", file, tr("&Close the case"), tr("Back to the start page"), "close",
                   Keys{QKeySequence::Close}, false, needsCase},
                  [this] { withoutLosing([this] { m_workbench.closeCase(); }); });
    m_actions.add({"mask-import", file, tr("&Read a mask..."), tr("A label map on the grid of this case"), "import",
                   Keys{QKeySequence("Ctrl+I")}, false, needsCase},
                  [this] {
                      chooseFile(FileQuestion::OpenMask, m_settings.lastFolder(),
                                 [this](const QString& path) { m_workbench.importMask(path.toStdString()); });
                  });
    m_actions.add({"mask-save", file, tr("&Save the mask..."),
                   tr("As NIfTI, NRRD or MetaImage on the grid of this case"), "save", Keys{QKeySequence::Save}, false,
                   needsMask},
                  [this] {
                      chooseFile(FileQuestion::SaveMask, suggestedFile(QStringLiteral("_mask.nii.gz")),
                                 [this](const QString& path) { m_workbench.saveMask(path.toStdString()); });
                  });
    m_actions.add({"report-export", file, tr("&Export the report..."),
                   tr("Writes a PNG picture and a JSON file with the same facts"), "export",
                   Keys{QKeySequence("Ctrl+E")}, false, [this] { return m_workbench.whyNoReport(); }},
                  [this] {
                      chooseFile(FileQuestion::SaveReport, suggestedFile(QStringLiteral("_report.png")),
                                 [this](const QString& path) { m_workbench.exportReport(path.toStdString()); });
                  });
    m_actions.add({"view-snapshot", file, tr("Save a &picture of the views..."), tr("What the views show, as PNG"),
                   "camera", Keys{QKeySequence("Ctrl+Shift+P")}, false, needsCase},
                  [this] { savePicture(m_views->snapshot(), QStringLiteral("_views.png")); });
    m_actions.add({"app-quit", file, tr("&Quit"), tr("End Sulcus"), "quit", Keys{QKeySequence("Ctrl+Q")}, false, {}},
                  [this] { close(); });

    m_actions.add({"edit-undo", edit, tr("&Undo"), tr("Takes the last change of the mask back"), "undo",
                   Keys{QKeySequence::Undo}, false,
                   [&state] { return state.canUndo() ? QString() : tr("Nothing to undo."); }},
                  [&state] { state.undo(); });
    m_actions.add({"edit-redo", edit, tr("&Redo"), tr("Does the change again"), "redo",
                   Keys{QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")}, false,
                   [&state] { return state.canRedo() ? QString() : tr("Nothing to redo."); }},
                  [&state] { state.redo(); });
    m_actions.add({"mask-from-truth",
                   edit,
                   tr("Take the &truth as mask"),
                   tr("To study a case without a network; can be undone"),
                   "compare",
                   {},
                   false,
                   needsTruth},
                  [this] { m_workbench.copyTruthToMask(); });

    const auto layout = [this, view, notInAngiography](const char* id, const QString& text, const QString& tip,
                                                       const char* icon, const char* key, ViewLayout which) {
        m_actions.addCheckable({QLatin1String(id), view, text, tip, QLatin1String(icon),
                                Keys{QKeySequence(QLatin1String(key))}, true, notInAngiography},
                               false, [this, which](bool on) {
                                   auto& area = m_workbench.session().view();
                                   if (on && area->layout != which)
                                       area.update([&](session::ViewState& now) { now.layout = which; });
                                   else
                                       m_follow.start(); // a layout is left by choosing another one
                               });
    };
    layout("layout-four", tr("&Four views"), tr("Axial, sagittal, coronal and 3-D"), "layout-four", "F2",
           ViewLayout::Four);
    layout("layout-three", tr("One &large view and three"), tr("One view large, the others beside it"), "layout-three",
           "F3", ViewLayout::OneAndThree);
    layout("layout-single", tr("&One view"), tr("Double-click a view does the same"), "layout-single", "F4",
           ViewLayout::Single);
    m_actions.add({"large-axial",
                   view,
                   tr("&Axial large"),
                   tr("The axial view becomes the large one"),
                   {},
                   Keys{QKeySequence("Alt+1")},
                   false,
                   needsCase},
                  [this] { largeView(ViewKind::Axial); });
    m_actions.add({"large-sagittal",
                   view,
                   tr("&Sagittal large"),
                   tr("The sagittal view becomes the large one"),
                   {},
                   Keys{QKeySequence("Alt+2")},
                   false,
                   needsCase},
                  [this] { largeView(ViewKind::Sagittal); });
    m_actions.add({"large-coronal",
                   view,
                   tr("&Coronal large"),
                   tr("The coronal view becomes the large one"),
                   {},
                   Keys{QKeySequence("Alt+3")},
                   false,
                   needsCase},
                  [this] { largeView(ViewKind::Coronal); });
    m_actions.add({"large-volume",
                   view,
                   tr("&3-D large"),
                   tr("The 3-D view becomes the large one"),
                   {},
                   Keys{QKeySequence("Alt+4")},
                   false,
                   needsCase},
                  [this] { largeView(ViewKind::Volume); });
    m_actions.add({"slice-next",
                   view,
                   tr("&Next slice"),
                   tr("In the view that was clicked last"),
                   {},
                   Keys{QKeySequence(Qt::Key_PageUp)},
                   false,
                   needsCase},
                  [this] { m_views->step(1); });
    m_actions.add({"slice-previous",
                   view,
                   tr("&Previous slice"),
                   tr("In the view that was clicked last"),
                   {},
                   Keys{QKeySequence(Qt::Key_PageDown)},
                   false,
                   needsCase},
                  [this] { m_views->step(-1); });
    m_actions.add({"view-fit", view, tr("&Fit"), tr("The whole of the patient in every view"), "fit",
                   Keys{QKeySequence("Ctrl+F")}, false, needsCase},
                  [this] { m_views->fitAll(); });
    m_actions.add({"view-centre", view, tr("Centre on the &tumour"),
                   tr("Moves the crosshair to the middle of the largest piece"), "target", Keys{QKeySequence("C")},
                   false, needsMask},
                  [this] {
                      m_workbench.centreOnMask();
                      m_views->centreAll();
                  });
    const auto display = [this, view, &state, notInAngiography](const char* id, const QString& text, const QString& tip,
                                                                const char* icon, const Keys& keys,
                                                                bool session::DisplayState::*member) {
        m_actions.addCheckable({QLatin1String(id), view, text, tip, QLatin1String(icon), keys, true, notInAngiography},
                               state.display().value().*member, [&state, member](bool on) {
                                   if (state.display().value().*member != on)
                                       state.display().update([&](session::DisplayState& now) { now.*member = on; });
                               });
    };
    display("display-mask", tr("Show the &mask"), tr("Hide it to see the anatomy beneath"), "mask",
            Keys{QKeySequence("S"), QKeySequence("G")}, &session::DisplayState::maskVisible);
    display("display-outline", tr("&Outline instead of fill"), tr("Outlines leave the anatomy free"), "outline",
            Keys{QKeySequence("O")}, &session::DisplayState::outline);
    m_actions.add({"display-opacity-down",
                   view,
                   tr("Mask &fainter"),
                   tr("Less opacity"),
                   {},
                   Keys{QKeySequence("A")},
                   false,
                   notInAngiography},
                  [&state] {
                      state.display().update([](session::DisplayState& now) {
                          now.maskOpacity = std::max(0.0, now.maskOpacity - kOpacityStep);
                      });
                  });
    m_actions.add({"display-opacity-up",
                   view,
                   tr("Mask &stronger"),
                   tr("More opacity"),
                   {},
                   Keys{QKeySequence("D")},
                   false,
                   notInAngiography},
                  [&state] {
                      state.display().update([](session::DisplayState& now) {
                          now.maskOpacity = std::min(1.0, now.maskOpacity + kOpacityStep);
                      });
                  });
    display("display-crosshair", tr("&Crosshair"), tr("Where the three planes meet"), "crosshair",
            Keys{QKeySequence("X")}, &session::DisplayState::crosshairVisible);
    display("display-boxes", tr("&Boxes"), tr("A box round every piece of the mask"), "boxes", Keys{QKeySequence("B")},
            &session::DisplayState::boxesVisible);
    display("display-invert", tr("&Invert grey"), tr("Black becomes white"), "invert", Keys{QKeySequence("I")},
            &session::DisplayState::invert);
    display("display-interpolate", tr("S&mooth voxels"), tr("Off shows every voxel as a square"), {}, {},
            &session::DisplayState::interpolate);
    display("display-neurological", tr("Patient's left on the &left"), tr("Off: radiological, as seen from the feet"),
            "sides", Keys{QKeySequence("Ctrl+Shift+L")}, &session::DisplayState::neurological);
    display("display-brain", tr("Transparent &brain in 3-D"), tr("The outer surface around the tumour"), "cube",
            Keys{QKeySequence("T")}, &session::DisplayState::brainSurface);
    display("display-planes", tr("&Slices in 3-D"), tr("The three planes inside the 3-D view"), {},
            Keys{QKeySequence("Shift+T")}, &session::DisplayState::slicesIn3d);
    m_actions.add({"display-auto", view, tr("&Automatic contrast"), tr("Window and level from the brain's own values"),
                   "contrast", Keys{QKeySequence("Ctrl+J"), QKeySequence("0")}, false, needsCase},
                  [&state] {
                      const imaging::Sequence shown = state.view()->shown;
                      const imaging::VolumePtr volume = state.data()->imagingCase->find(shown);
                      if (volume)
                          state.display().update([&](session::DisplayState& now) {
                              now.windows[shown] = session::automaticWindow(*volume, shown);
                          });
                  });
    m_actions.add({"display-reset", view, tr("&Reset the display"),
                   tr("Automatic contrast, whole slices, default colours"), "reset", Keys{QKeySequence("Ctrl+Shift+J")},
                   false, needsCase},
                  [this, &state] {
                      state.display().update([&](session::DisplayState& now) {
                          for (const imaging::CaseVolume& entry : state.data()->imagingCase->volumes)
                              now.windows[entry.sequence] = session::automaticWindow(*entry.volume, entry.sequence);
                          now.labels = session::defaultLooks(state.data()->era, now.palette);
                          now.invert = false;
                          now.colourMap = session::ColourMap::Grey;
                          now.probabilityOutput = -1;
                          now.maskVisible = true;
                          now.maskOpacity = session::DisplayState{}.maskOpacity;
                          now.compare = session::CompareMode::Mask;
                      });
                      m_views->fitAll();
                  });
    m_actions.addCheckable({"panel-images", view, tr("Panel: &images"), tr("Sequences, network and labels"),
                            "panel-left", Keys{QKeySequence("F7")}, true, needsCase},
                           true, [this](bool on) {
                               if (on)
                                   m_imagesDock->raise();
                               m_follow.start();
                           });
    const auto leftPanel = [this, view, needsCase](const char* id, const QString& text, const QString& tip,
                                                   const char* icon, const char* key, QDockWidget* MainWindow::*dock) {
        m_actions.add({QLatin1String(id), view, text, tip, QLatin1String(icon), Keys{QKeySequence(QLatin1String(key))},
                       false, needsCase},
                      [this, dock] {
                          m_actions.action(QStringLiteral("panel-images"))->setChecked(true);
                          (this->*dock)->show();
                          (this->*dock)->raise();
                      });
    };
    leftPanel("panel-edit", tr("Panel: &edit"), tr("Tools, labels and operations for the mask"), "edit", "Shift+F7",
              &MainWindow::m_editDock);
    leftPanel("panel-measure", tr("Panel: &measure"), tr("Pieces of the mask, and measuring by hand"), "ruler",
              "Ctrl+F7", &MainWindow::m_measureDock);
    m_actions.addCheckable(
        {"panel-findings", view, tr("Panel: &findings"), tr("Symptoms, verdict, hospitals, report"), "panel-right",
         Keys{QKeySequence("F8")}, true, notInAngiography},
        true, [this](bool on) { m_findingsDock->setVisible(on && m_stack->currentWidget() != m_angiographyPanel); });
    m_actions.addCheckable({"app-light",
                            view,
                            tr("&Light theme"),
                            tr("Dark is better for reading images"),
                            "theme",
                            Keys{QKeySequence("Ctrl+T")},
                            true,
                            {}},
                           !m_settings.darkTheme(), [this](bool on) {
                               m_settings.setDarkTheme(!on);
                               Theme::instance().apply(on ? ThemeKind::Light : ThemeKind::Dark);
                           });
    const auto language = [&](const char* id, const QString& name, const QString& code) {
        m_actions.add({id, view, name, tr("The window speaks this language from the next start on"), {}, {}, false, {}},
                      [this, code] {
                          m_settings.setLanguage(code);
                          m_messages->show(
                              session::NoteKind::Info,
                              code == QLatin1String("ko")
                                  ? QStringLiteral("다음에 시작할 때부터 창이 한국어로 나옵니다.")
                                  : QStringLiteral("The window will be in English from the next start on."));
                      });
    };
    language("language-english", QStringLiteral("&English"), QStringLiteral("en"));
    language("language-korean", QStringLiteral("한국어(&K)"), QStringLiteral("ko"));
    m_actions.addCheckable(
        {"app-full-screen", view, tr("F&ull screen"), tr("Hide the desktop"), {}, Keys{QKeySequence("F11")}, true, {}},
        false, [this](bool on) { on ? showFullScreen() : showNormal(); });

    m_actions.add({"segment-run", segment, tr("&Segment"), tr("Runs the chosen network on this case; can be undone"),
                   "segment", Keys{QKeySequence("Ctrl+R"), QKeySequence("Ctrl+Return")}, false, whyNotSegment},
                  [this] { m_workbench.segment(); });
    m_actions.add({"chain-run", segment, tr("Segment, place and &check"),
                   tr("Segments, takes the stored symptoms, finds the place and opens the verdict with hospitals"),
                   "chain", Keys{QKeySequence("Ctrl+Shift+R")}, false, whyNotSegment},
                  [this] { m_workbench.runChain({}); });
    m_actions.add({"job-cancel", segment, tr("&Cancel"), tr("Stops what runs beside the window"), "cancel",
                   Keys{QKeySequence(Qt::Key_Escape)}, false,
                   [this] { return m_workbench.runner().idle() ? tr("Nothing is running.") : QString(); }},
                  [this] { m_workbench.runner().cancelAll(); });

    const auto tab = [this, findings, notInAngiography](const char* id, const QString& text, const QString& tip,
                                                        const char* icon, const char* key, FindingsTab which) {
        m_actions.add({QLatin1String(id), findings, text, tip, QLatin1String(icon),
                       Keys{QKeySequence(QLatin1String(key))}, false, notInAngiography},
                      [this, which] { showTab(which); });
    };
    tab("tab-symptoms", tr("&Symptoms"), tr("Patient and checklist"), "symptoms", "Ctrl+1", FindingsTab::Symptoms);
    tab("tab-verdict", tr("Place and &verdict"), tr("Where the mask lies and whether the symptoms agree"), "verdict",
        "Ctrl+2", FindingsTab::Verdict);
    tab("tab-hospitals", tr("&Hospitals"), tr("Where to go with this place"), "hospital", "Ctrl+3",
        FindingsTab::Hospitals);
    tab("tab-report", tr("&Report"), tr("The report before it is written"), "report", "Ctrl+4", FindingsTab::Report);
    m_actions.add({"symptoms-search", findings, tr("Search s&ymptoms"), tr("Puts the cursor into the search"), "search",
                   Keys{QKeySequence("Ctrl+K")}, false, notInAngiography},
                  [this] {
                      showTab(FindingsTab::Symptoms);
                      m_symptoms->focusSearch();
                  });
    m_actions.add({"patient-save", findings, tr("Save &patient"),
                   tr("Pseudonym, writing hand and symptoms go into the database on this computer"), "save",
                   Keys{QKeySequence("Ctrl+Shift+S")}, false,
                   [this] {
                       return m_workbench.session().findings()->patient.pseudonym.empty()
                                  ? tr("Give the patient a pseudonym first.")
                                  : QString();
                   }},
                  [this] { m_workbench.savePatient(); });
    m_actions.add({"visit-new",
                   findings,
                   tr("&New visit"),
                   tr("The next save writes a further visit of this patient; choose its day"),
                   "plus",
                   {},
                   false,
                   [this] {
                       return m_workbench.session().findings()->patient.id == 0
                                  ? tr("Save the patient first: that is the first visit.")
                                  : QString();
                   }},
                  [this] {
                      m_workbench.newVisit();
                      showTab(FindingsTab::Symptoms);
                  });
    const auto whyNoPlace = [this, needsMask] {
        return m_workbench.locating()         ? tr("The place is being found.")
               : !m_workbench.comparesPlace() ? tr("Place and symptoms are compared for brain cases only.")
                                              : needsMask();
    };
    m_actions.add({"place-refine", findings, tr("&Refine the place"),
                   tr("Registers this case to the brain template: some seconds, more exact"), "refine",
                   Keys{QKeySequence("Ctrl+L")}, false, whyNoPlace},
                  [this] { m_workbench.refinePlace(); });
    m_actions.add(
        {"place-bend", findings, tr("Refine &more closely"),
         tr("Registers this case and bends the template to its brain: up to a minute, refused where it fits no better"),
         "refine", Keys{QKeySequence("Ctrl+Shift+D")}, false, whyNoPlace},
        [this] { m_workbench.refinePlace(workflow::Alignment::Deformable); });
    m_actions.add(
        {"report-preview", findings, tr("&Preview the report"), tr("Paints the report here without writing it"), "eye",
         Keys{QKeySequence("Ctrl+P")}, false,
         [this] { return m_workbench.reporting() ? tr("The report is being painted.") : m_workbench.whyNoReport(); }},
        [this] {
            showTab(FindingsTab::Report);
            m_workbench.previewReport();
        });

    m_clinic = new ClinicWindows(m_workbench, m_actions, *this);
    m_clinic->askFolder = [this](std::function<void(QString)> chosen) {
        chooseFile(FileQuestion::OpenFolder, m_settings.lastFolder(),
                   [this, chosen = std::move(chosen)](const QString& path) {
                       withoutLosing([chosen, path] { chosen(path); });
                   });
    };
    connect(m_clinic, &ClinicWindows::exploringChanged, this, [this] {
        if (m_stack->indexOf(m_clinic->explorer()) < 0)
            m_stack->addWidget(m_clinic->explorer());
        if (m_clinic->exploring())
            showTab(FindingsTab::Symptoms);
        m_follow.start();
    });

    m_actions.add({"help-keys",
                   help,
                   tr("&Keys and actions"),
                   tr("Everything that can be done, searchable"),
                   "keys",
                   Keys{QKeySequence(Qt::Key_F1), QKeySequence("?")},
                   false,
                   {}},
                  [this] { showKeys(); });
    m_actions.add(
        {"help-about", help, tr("&About Sulcus"), tr("What it is, and what it is not"), "info", {}, false, {}},
        [this] { showAbout(); });

    m_editTools = new EditTools(m_workbench, m_actions, this);
    m_exports = new Exports(
        m_workbench, m_actions, m_editTools->editor(),
        [this](FileQuestion question, const QString& ending, std::function<void(QString)> chosen) {
            chooseFile(question, ending.isEmpty() ? m_settings.lastFolder() : suggestedFile(ending), std::move(chosen));
        },
        this);

    makeReadingActions();
    applyKeys(m_actions, m_settings.keys());
    // Once more when everybody who adds actions of their own has done so.
    QTimer::singleShot(0, this, [this] { applyKeys(m_actions, m_settings.keys()); });
    for (const QString& id : m_actions.ids()) {
        QAction* const action = m_actions.action(id);
        action->setShortcutContext(Qt::WindowShortcut);
        addAction(action);
    }
    m_actions.action(QStringLiteral("app-quit"))->setMenuRole(QAction::QuitRole);
}

void MainWindow::makeReadingActions() {
    ReadingActions::Hooks hooks;
    hooks.askOverlay = [this] {
        chooseFile(FileQuestion::OpenOverlay, m_settings.lastFolder(),
                   [this](const QString& path) { m_workbench.openOverlay(path.toStdString()); });
    };
    hooks.saveVolume = [this] { savePicture(m_views->volume()->snapshot(), QStringLiteral("_3d.png")); };
    hooks.stepCase = [this](int step) { withoutLosing([this, step] { m_browser.step(step); }); };
    hooks.whyNoCase = [this](int step) {
        if (m_browser.entries().empty())
            return tr("Browse a dataset folder first.");
        return m_browser.stepTarget(step) >= 0 ? QString()
               : step > 0                      ? tr("This is the last case.")
                                               : tr("This is the first case.");
    };
    hooks.browse = [this] { browse(); };
    hooks.help = [this] { showHelp(); };
    m_reading = new ReadingActions(m_actions, m_workbench, std::move(hooks), this);
}

} // namespace sulcus::widgets
