// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/main_window.h"

#include "ui/session/message_catalogue.h"
#include "ui/widgets/angiography_panel.h"
#include "ui/widgets/brain_explorer.h"
#include "ui/widgets/case_browser_page.h"
#include "ui/widgets/choice_dialog.h"
#include "ui/widgets/clinic_windows.h"
#include "ui/widgets/display_panel.h"
#include "ui/widgets/edit_panel.h"
#include "ui/widgets/edit_tools.h"
#include "ui/widgets/exports.h"
#include "ui/widgets/help_window.h"
#include "ui/widgets/hospitals_panel.h"
#include "ui/widgets/images_panel.h"
#include "ui/widgets/key_choices.h"
#include "ui/widgets/key_sheet.h"
#include "ui/widgets/measure_panel.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/reading_actions.h"
#include "ui/widgets/report_panel.h"
#include "ui/widgets/start_page.h"
#include "ui/widgets/status_readout.h"
#include "ui/widgets/symptoms_panel.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/verdict_panel.h"
#include "ui/widgets/view_area.h"
#include "ui/widgets/wording.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTabBar>
#include <QToolBar>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace sulcus::widgets {

using session::ViewKind;
using session::ViewLayout;

namespace {

constexpr double kOpacityStep = 0.1;
// Wide enough for four thumbnails, and for a verdict; in heights of a line, so that a larger font fits too.
constexpr int kImagesLines = 17;
constexpr const char* kWidthProperty = "keptWidth"; ///< of the docks on the left while they are hidden
constexpr int kFindingsLines = 22;

QString pathIn(const QMimeData* data) {
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

} // namespace

MainWindow::MainWindow(session::Workbench& workbench, session::Settings& settings, QWidget* parent)
    : QMainWindow(parent),
      m_workbench(workbench),
      m_settings(settings),
      m_angiography(workbench.runner()),
      m_browser(workbench) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Sulcus"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/sulcus.svg")));
    setAcceptDrops(true);
    setDockNestingEnabled(false);
    m_follow.setSingleShot(true);
    m_follow.setInterval(0);
    connect(&m_follow, &QTimer::timeout, this, &MainWindow::follow);

    {
        session::DisplayState display = m_workbench.session().display().value();
        session::ViewState view = m_workbench.session().view().value();
        m_settings.read(display, view);
        m_workbench.session().display().set(display);
        m_workbench.session().view().set(view);
    }
    makeActions();

    auto* const central = new QWidget(this);
    auto* const layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_messages = new MessageBar(central);
    layout->addWidget(m_messages);
    m_stack = new QStackedWidget(central);
    m_start = new StartPage(m_workbench, m_actions, m_stack);
    m_views = new ViewArea(m_workbench, m_stack);
    m_stack->addWidget(m_start);
    m_stack->addWidget(m_views);
    m_browserPage = new CaseBrowserPage(m_browser, m_stack);
    m_stack->addWidget(m_browserPage);
    m_angiographyPanel = new AngiographyPanel(m_angiography, m_actions, m_stack);
    m_stack->addWidget(m_angiographyPanel);
    // A stack is as wide as its widest page, shown or not: only the shown one may keep the window from 1280 pixels.
    const auto onlyTheShownPageCounts = [this] {
        for (int page = 0; page < m_stack->count(); ++page) {
            const auto policy = page == m_stack->currentIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored;
            m_stack->widget(page)->setSizePolicy(policy, policy);
        }
    };
    connect(m_stack, &QStackedWidget::currentChanged, this, onlyTheShownPageCounts);
    onlyTheShownPageCounts();
    layout->addWidget(m_stack, 1);
    setCentralWidget(central);

    makeDocks();
    makeMenus();
    makeToolBar();
    makeStatusBar();
    m_editTools->attach(*m_views);
    m_exports->attach(*m_views);
    m_autosave = new session::Autosave(m_workbench, session::Autosave::folderBeside(m_workbench.store().file()), this);
    connect(m_autosave, &session::Autosave::editsFound, this, &MainWindow::offerEdits);
    connectWorkbench();
    connectAngiography();
    connect(m_views, &ViewArea::menuRequested, this, [this](QPoint position) {
        auto* const menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (const char* const id :
             {"view-centre", "view-fit", "-", "display-mask", "display-outline", "display-boxes", "display-crosshair",
              "-", "display-auto", "display-invert", "-", "view-snapshot"}) {
            if (id[0] == '-')
                menu->addSeparator();
            else
                menu->addAction(m_actions.action(QLatin1String(id)));
        }
        menu->popup(position);
    });
    connect(&Theme::instance(), &Theme::changed, this, &MainWindow::refreshIcons);
    refreshIcons();

    // On a small screen the frame would push the status bar below the edge.
    const QSize room = screen() != nullptr ? screen()->availableSize() : QSize(1280, 800);
    resize(QSize(1280, 800).boundedTo(room));
    if (room.width() < 1300 || room.height() < 860)
        setWindowState(windowState() | Qt::WindowMaximized);
    if (const QByteArray geometry = m_settings.windowGeometry(); !geometry.isEmpty())
        restoreGeometry(geometry);
    follow();
}

MainWindow::~MainWindow() {
    // Children that die cancel their jobs, and the runner says so: by then the timers of this window are gone.
    m_workbench.disconnect(this);
    m_workbench.runner().disconnect(this);
    Theme::instance().disconnect(this);
}

// Actions
// --------------------------------------------------------------------------------------------------------------

void MainWindow::makeActions() {
    using Keys = QList<QKeySequence>;
    const auto needsCase = [this] { return m_workbench.session().hasCase() ? QString() : tr("Open a case first."); };
    const auto needsMask = [this] {
        return m_workbench.session().hasMask() ? QString() : tr("There is no mask yet: segment the case first.");
    };
    const auto needsTruth = [this] {
        return m_workbench.session().hasTruth() ? QString() : tr("This case came without a truth.");
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
                   tr("&Open a BraTS folder..."),
                   tr("A folder with FLAIR, T1, T1 contrast and T2"),
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

    const auto layout = [this, view](const char* id, const QString& text, const QString& tip, const char* icon,
                                     const char* key, ViewLayout which) {
        m_actions.addCheckable(
            {QLatin1String(id), view, text, tip, QLatin1String(icon), Keys{QKeySequence(QLatin1String(key))}, true, {}},
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
    const auto display = [this, view, &state](const char* id, const QString& text, const QString& tip, const char* icon,
                                              const Keys& keys, bool session::DisplayState::*member,
                                              const std::function<QString()>& why) {
        m_actions.addCheckable({QLatin1String(id), view, text, tip, QLatin1String(icon), keys, true, why},
                               state.display().value().*member, [&state, member](bool on) {
                                   if (state.display().value().*member != on)
                                       state.display().update([&](session::DisplayState& now) { now.*member = on; });
                               });
    };
    display("display-mask", tr("Show the &mask"), tr("Hide it to see the anatomy beneath"), "mask",
            Keys{QKeySequence("S"), QKeySequence("G")}, &session::DisplayState::maskVisible, nullptr);
    display("display-outline", tr("&Outline instead of fill"), tr("Outlines leave the anatomy free"), "outline",
            Keys{QKeySequence("O")}, &session::DisplayState::outline, nullptr);
    m_actions.add({"display-opacity-down",
                   view,
                   tr("Mask &fainter"),
                   tr("Less opacity"),
                   {},
                   Keys{QKeySequence("A")},
                   false,
                   nullptr},
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
                   nullptr},
                  [&state] {
                      state.display().update([](session::DisplayState& now) {
                          now.maskOpacity = std::min(1.0, now.maskOpacity + kOpacityStep);
                      });
                  });
    display("display-crosshair", tr("&Crosshair"), tr("Where the three planes meet"), "crosshair",
            Keys{QKeySequence("X")}, &session::DisplayState::crosshairVisible, nullptr);
    display("display-boxes", tr("&Boxes"), tr("A box round every piece of the mask"), "boxes", Keys{QKeySequence("B")},
            &session::DisplayState::boxesVisible, nullptr);
    display("display-invert", tr("&Invert grey"), tr("Black becomes white"), "invert", Keys{QKeySequence("I")},
            &session::DisplayState::invert, nullptr);
    display("display-interpolate", tr("S&mooth voxels"), tr("Off shows every voxel as a square"), {}, {},
            &session::DisplayState::interpolate, nullptr);
    display("display-neurological", tr("Patient's left on the &left"), tr("Off: radiological, as seen from the feet"),
            "sides", Keys{QKeySequence("Ctrl+Shift+L")}, &session::DisplayState::neurological, nullptr);
    display("display-brain", tr("Transparent &brain in 3-D"), tr("The outer surface around the tumour"), "cube",
            Keys{QKeySequence("T")}, &session::DisplayState::brainSurface, nullptr);
    display("display-planes", tr("&Slices in 3-D"), tr("The three planes inside the 3-D view"), {},
            Keys{QKeySequence("Shift+T")}, &session::DisplayState::slicesIn3d, nullptr);
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
    m_actions.addCheckable({"panel-findings",
                            view,
                            tr("Panel: &findings"),
                            tr("Symptoms, verdict, hospitals, report"),
                            "panel-right",
                            Keys{QKeySequence("F8")},
                            true,
                            {}},
                           true, [this](bool on) { m_findingsDock->setVisible(on); });
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

    const auto tab = [this, findings](const char* id, const QString& text, const QString& tip, const char* icon,
                                      const char* key, FindingsTab which) {
        m_actions.add({QLatin1String(id),
                       findings,
                       text,
                       tip,
                       QLatin1String(icon),
                       Keys{QKeySequence(QLatin1String(key))},
                       false,
                       {}},
                      [this, which] { showTab(which); });
    };
    tab("tab-symptoms", tr("&Symptoms"), tr("Patient and checklist"), "symptoms", "Ctrl+1", FindingsTab::Symptoms);
    tab("tab-verdict", tr("Place and &verdict"), tr("Where the mask lies and whether the symptoms agree"), "verdict",
        "Ctrl+2", FindingsTab::Verdict);
    tab("tab-hospitals", tr("&Hospitals"), tr("Where to go with this place"), "hospital", "Ctrl+3",
        FindingsTab::Hospitals);
    tab("tab-report", tr("&Report"), tr("The report before it is written"), "report", "Ctrl+4", FindingsTab::Report);
    m_actions.add({"symptoms-search",
                   findings,
                   tr("Search s&ymptoms"),
                   tr("Puts the cursor into the search"),
                   "search",
                   Keys{QKeySequence("Ctrl+K")},
                   false,
                   {}},
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
    m_actions.add(
        {"place-refine", findings, tr("&Refine the place"),
         tr("Registers this case to the brain template: some seconds, more exact"), "refine",
         Keys{QKeySequence("Ctrl+L")}, false,
         [this, needsMask] { return m_workbench.locating() ? tr("The place is being found.") : needsMask(); }},
        [this] { m_workbench.refinePlace(); });
    m_actions.add(
        {"place-bend", findings, tr("Refine &more closely"),
         tr("Registers this case and bends the template to its brain: up to a minute, refused where it fits no better"),
         "refine", Keys{QKeySequence("Ctrl+Shift+D")}, false,
         [this, needsMask] { return m_workbench.locating() ? tr("The place is being found.") : needsMask(); }},
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

void MainWindow::makeMenus() {
    const auto fill = [this](const QString& title, const char* name, const std::vector<const char*>& ids) {
        QMenu* const menu = menuBar()->addMenu(title);
        menu->setObjectName(QLatin1String(name));
        menu->setToolTipsVisible(true);
        for (const char* const id : ids) {
            if (id[0] == '-')
                menu->addSeparator();
            else
                menu->addAction(m_actions.action(QLatin1String(id)));
        }
        return menu;
    };
    fill(tr("&File"), "menuFile",
         {"case-open",
          "case-open-file",
          "angio-open",
          "case-browse",
          "case-demo",
          "case-open-chain",
          "-",
          "case-next",
          "case-previous",
          "-",
          "mask-import",
          "mask-save",
          "-",
          "report-export",
          "export-surfaces",
          "export-segmentation",
          "-",
          "view-snapshot",
          "view-snapshot-active",
          "export-slices",
          "-",
          "case-close",
          "app-quit"});
    QMenu* const edit =
        fill(tr("&Edit"), "menuEdit", {"edit-undo", "edit-redo", "-", "edit-accept", "edit-discard", "-"});
    // One long list would be taller than a small screen.
    for (const auto& [title, ids] :
         {std::pair{tr("&Tool"), EditTools::toolMenu()}, std::pair{tr("&Label and brush"), EditTools::labelMenu()},
          std::pair{tr("&Whole mask"), EditTools::maskMenu()}}) {
        QMenu* const part = edit->addMenu(title);
        part->setToolTipsVisible(true);
        for (const char* const id : ids)
            part->addAction(m_actions.action(QLatin1String(id)));
    }
    edit->addSeparator();
    for (const char* const id : {"mask-from-truth", "mask-copy-labels"})
        edit->addAction(m_actions.action(QLatin1String(id)));
    fill(tr("&Measure"), "menuMeasure", EditTools::measureMenu());
    QMenu* const view =
        fill(tr("&View"), "menuView",
             {"view-fit", "view-centre", "slice-next", "slice-previous", "-", "display-mask", "display-outline",
              "display-opacity-down", "display-opacity-up", "display-boxes", "display-crosshair", "-", "panel-images",
              "panel-edit", "panel-measure", "panel-findings", "app-light", "app-full-screen"});
    QAction* const first = view->actions().front();
    view->insertMenu(first, m_reading->makeLayoutMenu(view));
    view->insertMenu(first, m_reading->makeDisplayMenu(view));
    view->insertMenu(first, m_reading->makeVolumeMenu(view));
    view->insertSeparator(first);
    // Both names in both languages: whoever cannot read the one finds the other.
    QMenu* const languages = view->addMenu(QStringLiteral("Language · 언어"));
    languages->setObjectName(QStringLiteral("menuLanguage"));
    for (const char* const id : {"language-english", "language-korean"})
        languages->addAction(m_actions.action(QLatin1String(id)));
    fill(tr("&Segment"), "menuSegment", {"segment-run", "chain-run", "-", "job-cancel"});
    fill(tr("An&giography"), "menuAngiography",
         {"angio-yes", "angio-no", "angio-answer", "-", "angio-heat", "-", "angio-next", "angio-previous", "-",
          "angio-close"});
    QMenu* const findings = fill(tr("F&indings"), "menuFindings",
                                 {"tab-symptoms", "tab-verdict", "tab-hospitals", "tab-report", "-", "symptoms-search",
                                  "patient-save", "place-refine", "place-bend", "report-preview"});
    for (const char* const id : ClinicWindows::menuIds())
        if (id[0] == '-')
            findings->addSeparator();
        else
            findings->addAction(m_actions.action(QLatin1String(id)));
    fill(tr("&Help"), "menuHelp", {"help-open", "help-keys", "help-about"});
}

void MainWindow::makeToolBar() {
    auto* const bar = addToolBar(tr("Tools"));
    setNamed(bar, QStringLiteral("toolBar"), tr("Tools"));
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setIconSize(QSize(19, 19));
    bar->setToolButtonStyle(Qt::ToolButtonIconOnly);
    for (const char* const id : {"panel-images",
                                 "-",
                                 "case-open",
                                 "mask-save",
                                 "-",
                                 "edit-undo",
                                 "edit-redo",
                                 "tool-brush",
                                 "measure-distance",
                                 "-",
                                 "layout",
                                 "view-fit",
                                 "view-centre",
                                 "-",
                                 "display-mask",
                                 "display-outline",
                                 "display-crosshair",
                                 "display-neurological",
                                 "-",
                                 "chain-run"}) {
        if (id[0] == '-')
            bar->addSeparator();
        else if (QLatin1String(id) == QLatin1String("layout"))
            bar->addWidget(m_reading->makeLayoutButton(bar));
        else
            bar->addAction(m_actions.action(QLatin1String(id)));
    }
    if (auto* const chain =
            qobject_cast<QToolButton*>(bar->widgetForAction(m_actions.action(QStringLiteral("chain-run")))))
        chain->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* const spacer = new QWidget(bar);
    spacer->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(spacer);
    m_note = makeMuted(educationNote(), bar);
    m_note->setWordWrap(false);
    m_note->setObjectName(QStringLiteral("educationNote"));
    m_note->setContentsMargins(0, 0, 10, 0);
    bar->addWidget(m_note);
    for (const char* const id : {"help-keys", "app-light", "panel-findings"})
        bar->addAction(m_actions.action(QLatin1String(id)));
    bar->toggleViewAction()->setVisible(false);
    setContextMenuPolicy(Qt::NoContextMenu);
}

void MainWindow::makeDocks() {
    const int line = fontMetrics().height();
    const auto dock = [this](const char* name, const QString& title, Qt::DockWidgetArea area, QWidget* content,
                             int width) {
        auto* const made = new QDockWidget(title, this);
        setNamed(made, QLatin1String(name), title);
        made->setFeatures(QDockWidget::NoDockWidgetFeatures);
        made->setTitleBarWidget(new QWidget(made));
        made->setWidget(content);
        addDockWidget(area, made);
        resizeDocks({made}, {width}, Qt::Horizontal);
        return made;
    };
    auto* const images = new QWidget;
    auto* const column = new QVBoxLayout(images);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new SequencesPanel(m_workbench, m_actions, images));
    column->addWidget(makeLine(images));
    column->addWidget(new DisplayPanel(m_workbench, m_actions, images));
    column->addWidget(makeLine(images));
    column->addWidget(new SegmentPanel(m_workbench, m_actions, images));
    column->addWidget(makeLine(images));
    column->addWidget(new LabelsPanel(m_workbench, m_actions, images));
    column->addStretch(1);
    auto* const scroll = new PanelScroll(images);
    setNamed(scroll, QStringLiteral("imagesPanel"), tr("Images"));
    m_imagesDock = dock("imagesDock", tr("Images"), Qt::LeftDockWidgetArea, scroll, line * kImagesLines);
    scroll->setMinimumWidth(line * kImagesLines);
    auto* const edit = new PanelScroll(new EditPanel(m_editTools->editor(), m_workbench, m_actions));
    m_editDock = dock("editDock", tr("Edit"), Qt::LeftDockWidgetArea, edit, line * kImagesLines);
    auto* const measure = new MeasurePanel(m_editTools->measurements(), m_workbench, m_actions);
    measure->setProperty("panel", true);
    m_measureDock = dock("measureDock", tr("Measure"), Qt::LeftDockWidgetArea, measure, line * kImagesLines);
    setTabPosition(Qt::LeftDockWidgetArea, QTabWidget::North);
    tabifyDockWidget(m_imagesDock, m_editDock);
    tabifyDockWidget(m_editDock, m_measureDock);
    m_imagesDock->raise();
    connect(measure, &MeasurePanel::jumped, this, [this] { m_views->centreAll(); });

    auto* const findings = new QWidget;
    findings->setProperty("panel", true);
    auto* const pages = new QVBoxLayout(findings);
    pages->setContentsMargins(0, 0, 0, 0);
    pages->setSpacing(0);
    m_tabs = new QTabBar(findings);
    setNamed(m_tabs, QStringLiteral("findingsTabs"), tr("Findings"));
    m_tabs->setExpanding(true);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabPages = new QStackedWidget(findings);
    m_symptoms = new SymptomsPanel(m_workbench, m_actions, m_tabPages);
    const std::pair<QWidget*, QString> tabs[] = {
        {m_symptoms, tr("Symptoms")},
        {new VerdictPanel(m_workbench, m_actions, m_tabPages), tr("Verdict")},
        {new HospitalsPanel(m_workbench, m_actions, m_tabPages), tr("Hospitals")},
        {new ReportPanel(m_workbench, m_actions, m_tabPages), tr("Report")},
    };
    for (const auto& [page, title] : tabs) {
        m_tabs->addTab(title);
        m_tabPages->addWidget(page);
    }
    connect(m_tabs, &QTabBar::currentChanged, m_tabPages, &QStackedWidget::setCurrentIndex);
    pages->addWidget(m_tabs);
    pages->addWidget(makeLine(findings));
    pages->addWidget(m_tabPages, 1);
    findings->setMinimumWidth(line * kFindingsLines);
    m_findingsDock =
        dock("findingsDock", tr("Findings"), Qt::RightDockWidgetArea, findings, line * (kFindingsLines + 1));
}

void MainWindow::makeStatusBar() {
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(new StatusReadout(m_workbench, this), 1);
    statusBar()->addPermanentWidget(new JobStrip(m_workbench, m_actions.action(QStringLiteral("job-cancel")), this));
}

// Workbench
// ------------------------------------------------------------------------------------------------------------

void MainWindow::connectWorkbench() {
    auto& session = m_workbench.session();
    const auto later = [this] { m_follow.start(); };
    for (session::StateNotifier* const state : {static_cast<session::StateNotifier*>(&session.data()),
                                                static_cast<session::StateNotifier*>(&session.findings()),
                                                static_cast<session::StateNotifier*>(&session.display()),
                                                static_cast<session::StateNotifier*>(&session.view()),
                                                static_cast<session::StateNotifier*>(&session.storage())})
        connect(state, &session::StateNotifier::changed, this, later);
    connect(&session.undoStack(), &QUndoStack::indexChanged, this, later);
    connect(&m_workbench.runner(), &session::JobRunner::changed, this, later);
    connect(&m_workbench, &session::Workbench::bundlesChanged, this, later);
    connect(&m_workbench, &session::Workbench::previewChanged, this, later);
    connect(&m_workbench, &session::Workbench::noted, this, [this](session::NoteKind kind, const Message& message) {
        // A folder of case folders is no mistake: it is shown as a dataset.
        if (message.id == "imaging.cases_below" && message.parameters.contains("folder")) {
            browse(QString::fromStdString(message.parameters.at("folder")));
            return;
        }
        m_messages->show(kind, session::sentence(message));
    });
    connect(&m_workbench, &session::Workbench::choiceNeeded, this, &MainWindow::choose);
    connect(m_browserPage, &CaseBrowserPage::caseChosen, this,
            [this](int index) { withoutLosing([this, index] { m_browser.open(index); }); });
    connect(m_browserPage, &CaseBrowserPage::closed, this, [this] { showBrowser(false); });
    connect(m_browserPage, &CaseBrowserPage::folderWanted, this, [this] {
        chooseFile(FileQuestion::OpenDataset, m_settings.datasetFolder(),
                   [this](const QString& path) { browse(path); });
    });
    connect(&m_browser, &session::CaseBrowser::listed, this, [this] { showBrowser(true); });
    connect(&m_browser, &session::CaseBrowser::failed, this, [this](const Message& message) {
        m_messages->show(session::NoteKind::Problem, session::sentence(message));
    });
    connect(&m_workbench, &session::Workbench::opened, this, [this] {
        m_browsing = false;
        m_savedTo.clear();
        m_messages->hide();
        m_actions.action(QStringLiteral("brain-explore"))->setChecked(false);
        m_settings.setLastFolder(QString::fromStdString(m_workbench.session().storage()->path.parent_path().string()));
        m_views->slice(ViewKind::Axial)->setFocus();
    });
    connect(&m_workbench, &session::Workbench::patientOffered, this, [this] {
        if (!m_workbench.offeredPatient())
            return;
        m_messages->ask(
            tr("Patient %1 is in the database.").arg(QString::fromStdString(m_workbench.offeredPatient()->pseudonym)),
            tr("Take patient and symptoms"), [this] { m_workbench.takeOfferedPatient(); },
            [this] { m_workbench.dismissOfferedPatient(); });
    });
    connect(&m_workbench, &session::Workbench::chainFinished, this, [this] { showTab(FindingsTab::Verdict); });
}

void MainWindow::connectAngiography() {
    connect(&m_angiography, &session::AngiographySession::changed, this, [this] { m_follow.start(); });
    connect(&m_angiography, &session::AngiographySession::failed, this, [this](const Message& message) {
        m_messages->show(session::NoteKind::Problem, session::sentence(message));
    });
    // One thing at a time is open: a case or an angiography folder.
    connect(&m_angiography, &session::AngiographySession::opened, this, [this] {
        m_messages->hide();
        if (m_workbench.session().hasCase())
            m_workbench.closeCase();
        m_angiographyPanel->setFocus();
    });
    connect(&m_workbench, &session::Workbench::opened, &m_angiography, &session::AngiographySession::close);
}

void MainWindow::follow() {
    auto& session = m_workbench.session();
    const bool open = session.hasCase();
    const bool angiography = !open && m_angiography.isOpen();
    m_stack->setCurrentWidget(m_browsing              ? static_cast<QWidget*>(m_browserPage)
                              : m_clinic->exploring() ? static_cast<QWidget*>(m_clinic->explorer())
                              : open                  ? static_cast<QWidget*>(m_views)
                              : angiography           ? static_cast<QWidget*>(m_angiographyPanel)
                                                      : static_cast<QWidget*>(m_start));
    const bool left = open && !m_browsing && m_actions.action(QStringLiteral("panel-images"))->isChecked();
    const bool leftReturns = left && m_imagesDock->isHidden();
    for (QDockWidget* const dock : {m_imagesDock, m_editDock, m_measureDock}) {
        if (!left && !dock->visibleRegion().isEmpty())
            m_imagesDock->setProperty(kWidthProperty, dock->width());
        dock->setVisible(left);
    }
    if (leftReturns) {
        // Docks that return get the width that they would like, half of a small screen; the person's, or the width that
        // their content needs, must be asked for once they are laid out.
        const QVariant kept = m_imagesDock->property(kWidthProperty);
        const int width = kept.isValid() ? kept.toInt() : fontMetrics().height() * kImagesLines;
        QTimer::singleShot(0, this, [this, width] { resizeDocks({m_imagesDock}, {width}, Qt::Horizontal); });
    }
    m_findingsDock->setVisible(!m_browsing && !angiography &&
                               m_actions.action(QStringLiteral("panel-findings"))->isChecked());
    QString title = QStringLiteral("Sulcus");
    if (open) {
        title = QString::fromStdString(session.storage()->caseId);
        if (session.data()->imagingCase->synthetic)
            title += QStringLiteral(" ") + tr("(synthetic)");
        title += QStringLiteral("[*] – Sulcus");
    }
    if (angiography)
        title = m_angiography.name() +
                (m_angiography.synthetic() ? QStringLiteral(" ") + tr("(synthetic)") : QString()) +
                QStringLiteral(" – Sulcus");
    setWindowTitle(title);
    setWindowModified(open && session.storage()->unsaved);
    const session::DisplayState& display = session.display().value();
    const std::pair<const char*, bool> checks[] = {
        {"display-mask", display.maskVisible},
        {"display-outline", display.outline},
        {"display-crosshair", display.crosshairVisible},
        {"display-boxes", display.boxesVisible},
        {"display-invert", display.invert},
        {"display-interpolate", display.interpolate},
        {"display-neurological", display.neurological},
        {"display-brain", display.brainSurface},
        {"display-planes", display.slicesIn3d},
        {"layout-four", session.view()->layout == ViewLayout::Four},
        {"layout-three", session.view()->layout == ViewLayout::OneAndThree},
        {"layout-single", session.view()->layout == ViewLayout::Single},
    };
    for (const auto& [id, on] : checks)
        m_actions.action(QLatin1String(id))->setChecked(on);
    QAction* const undo = m_actions.action(QStringLiteral("edit-undo"));
    undo->setText(session.canUndo() ? tr("&Undo: %1").arg(session.undoName()) : tr("&Undo"));
    QAction* const redo = m_actions.action(QStringLiteral("edit-redo"));
    redo->setText(session.canRedo() ? tr("&Redo: %1").arg(session.redoName()) : tr("&Redo"));
    m_actions.refresh();
}

void MainWindow::refreshIcons() {
    for (const QString& id : m_actions.ids())
        m_actions.action(id)->setIcon(Theme::instance().icon(m_actions.spec(id).icon));
    // The one action that leads through the whole job carries the accent.
    m_actions.action(QStringLiteral("chain-run"))
        ->setIcon(Theme::instance().icon(QStringLiteral("chain"), Theme::instance().colours().accent));
    m_actions.action(QStringLiteral("segment-run"))
        ->setIcon(Theme::instance().icon(QStringLiteral("segment"), Theme::instance().colours().onAccent));
    m_actions.action(QStringLiteral("report-export"))
        ->setIcon(Theme::instance().icon(QStringLiteral("export"), Theme::instance().colours().onAccent));
    m_actions.action(QStringLiteral("case-open"))->setIcon(Theme::instance().icon(QStringLiteral("open")));
}

void MainWindow::showTab(FindingsTab tab) {
    m_actions.action(QStringLiteral("panel-findings"))->setChecked(true);
    m_findingsDock->show();
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void MainWindow::openCase(const QString& path) {
    withoutLosing([this, path] {
        if (m_angiography.recognises(path.toStdString()))
            m_angiography.open(path.toStdString());
        else
            m_workbench.openCase(path.toStdString());
    });
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

void MainWindow::savePicture(const QImage& picture, const QString& ending) {
    chooseFile(FileQuestion::SavePicture, suggestedFile(ending), [this, picture](const QString& path) {
        if (picture.save(path))
            m_messages->show(session::NoteKind::Info, tr("Picture saved to %1").arg(path));
        else
            m_messages->show(session::NoteKind::Problem,
                             tr("The picture could not be written to %1. Choose another folder.").arg(path));
    });
}

void MainWindow::browse(const QString& folder) {
    if (!folder.isEmpty()) {
        m_settings.setDatasetFolder(folder);
        m_browser.openFolder(folder.toStdString());
    } else if (!m_browser.entries().empty()) {
        showBrowser(!m_browsing);
    } else {
        const QString last = m_settings.datasetFolder();
        chooseFile(FileQuestion::OpenDataset, last.isEmpty() ? m_settings.lastFolder() : last,
                   [this](const QString& path) { browse(path); });
    }
}

void MainWindow::showBrowser(bool shown) {
    m_browsing = shown;
    follow();
    if (shown)
        m_browserPage->focusFilter();
}

void MainWindow::choose(const std::vector<session::OpenChoice>& choices) {
    auto* const dialog = new ChoiceDialog(choices, this);
    connect(dialog, &ChoiceDialog::chosen, this,
            [this](const session::OpenChoice& choice) { m_workbench.openChoice(choice); });
    dialog->open();
}

void MainWindow::showHelp(const QString& page) {
    if (!m_help) {
        m_help = new HelpWindow(m_actions, this);
        m_help->setAttribute(Qt::WA_DeleteOnClose);
    }
    if (!page.isEmpty())
        m_help->showPage(page);
    m_help->show();
    m_help->raise();
    m_help->activateWindow();
}

void MainWindow::largeView(ViewKind kind) {
    m_workbench.session().view().update([&](session::ViewState& view) {
        view.large = kind;
        // A plane can be chosen for layouts of slices alone; the 3-D view has none.
        const bool slices = view.layout == ViewLayout::Row || view.layout == ViewLayout::SideBySide ||
                            view.layout == ViewLayout::Montage;
        if (view.layout == ViewLayout::Four || (slices && kind == ViewKind::Volume))
            view.layout = ViewLayout::OneAndThree;
    });
}

void MainWindow::showKeys() {
    if (!m_keys) {
        m_keys = new KeySheet(m_actions, this);
        m_keys->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_keys, &KeySheet::keysChanged, this, [this] {
            m_settings.setKeys(chosenKeys(m_actions));
            m_actions.refresh();
        });
        connect(m_keys, &KeySheet::helpWanted, this, [this] { showHelp(); });
    }
    m_keys->show();
    m_keys->raise();
    m_keys->activateWindow();
}

void MainWindow::showAbout() {
    auto* const box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("aboutBox"));
    box->setWindowTitle(tr("About Sulcus"));
    box->setIconPixmap(Theme::instance().pixmap(QStringLiteral("sulcus"), 72, Qt::white, devicePixelRatioF()));
    box->setTextFormat(Qt::RichText);
    box->setText(QStringLiteral("<h3>Sulcus %1</h3>").arg(QApplication::applicationVersion()) +
                 tr("<p>A segmentation workstation for students of radiology: it marks a brain tumour, finds its "
                    "place, and compares the place with the symptoms.</p>"
                    "<p><b>%1.</b> Nothing leaves this computer.</p><p>Apache-2.0. Built with Qt, VTK, ITK, LibTorch "
                    "and SQLite.</p>")
                     .arg(educationNote()));
    box->open();
}

// Files
// ----------------------------------------------------------------------------------------------------------------

QString MainWindow::saveFolder() const {
    if (!m_savedTo.isEmpty())
        return m_savedTo;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString elsewhere = QDir(documents).exists() ? documents : QDir::homePath();
    if (!m_workbench.session().hasCase())
        return elsewhere;
    // Beside the images, unless they lie where a person would not look, or may not write.
    const QFileInfo path(QString::fromStdString(m_workbench.session().storage()->path.string()));
    const QString beside = path.isDir() ? path.absoluteFilePath() : path.absolutePath();
    const QString cache = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation);
    return beside.startsWith(cache) || !QFileInfo(beside).isWritable() ? elsewhere : beside;
}

QString MainWindow::suggestedFile(const QString& ending) const {
    return QDir(saveFolder())
        .filePath(QString::fromStdString(m_workbench.session().data()->imagingCase
                                             ? m_workbench.session().storage()->caseId
                                             : std::string("sulcus")) +
                  ending);
}

void MainWindow::chooseFile(FileQuestion question, const QString& suggestion, std::function<void(QString)> chosen) {
    if (m_chooseFile) {
        m_chooseFile(question, suggestion, std::move(chosen));
        return;
    }
    auto* const dialog = new QFileDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QString images =
        tr("Images (*.nii *.nii.gz *.hdr *.nrrd *.nhdr *.mha *.mhd *.dcm *.png *.tif *.tiff);;All files (*)");
    const bool save = question == FileQuestion::SaveMask || question == FileQuestion::SaveReport ||
                      question == FileQuestion::SavePicture || question == FileQuestion::SaveSurfaces ||
                      question == FileQuestion::SaveSegmentation;
    dialog->setAcceptMode(save ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    switch (question) {
    case FileQuestion::OpenFolder:
        dialog->setWindowTitle(tr("Open a BraTS folder"));
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly, false);
        break;
    case FileQuestion::OpenAngiography:
        dialog->setWindowTitle(tr("Open an angiography folder"));
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly, false);
        break;
    case FileQuestion::OpenImage:
        dialog->setWindowTitle(tr("Open an image file"));
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilter(images);
        break;
    case FileQuestion::OpenMask:
        dialog->setWindowTitle(tr("Read a mask"));
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilter(images);
        break;
    case FileQuestion::OpenOverlay:
        dialog->setWindowTitle(tr("Lay a mask over the case"));
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilter(images);
        break;
    case FileQuestion::OpenDataset:
        dialog->setWindowTitle(tr("Browse a dataset folder"));
        dialog->setFileMode(QFileDialog::Directory);
        break;
    case FileQuestion::SaveMask:
        dialog->setWindowTitle(tr("Save the mask"));
        dialog->setNameFilter(tr("Label map (*.nii.gz *.nii *.nrrd *.mha)"));
        break;
    case FileQuestion::SaveReport:
        dialog->setWindowTitle(tr("Export the report"));
        dialog->setNameFilter(tr("Picture (*.png)"));
        dialog->setDefaultSuffix(QStringLiteral("png"));
        break;
    case FileQuestion::SaveSurfaces:
        dialog->setWindowTitle(tr("Export surfaces"));
        dialog->setNameFilter(tr("Surface (*.stl *.ply)"));
        dialog->setDefaultSuffix(QStringLiteral("stl"));
        break;
    case FileQuestion::SaveSegmentation:
        dialog->setWindowTitle(tr("Export a DICOM segmentation"));
        dialog->setNameFilter(tr("DICOM segmentation (*.dcm)"));
        dialog->setDefaultSuffix(QStringLiteral("dcm"));
        break;
    case FileQuestion::SlicesFolder:
        dialog->setWindowTitle(tr("Folder for the pictures of all slices"));
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        break;
    case FileQuestion::SavePicture:
        dialog->setWindowTitle(tr("Save a picture of the views"));
        dialog->setNameFilter(tr("Picture (*.png)"));
        dialog->setDefaultSuffix(QStringLiteral("png"));
        break;
    }
    const QFileInfo hint(suggestion);
    dialog->setDirectory(save ? hint.absolutePath() : suggestion);
    if (save)
        dialog->selectFile(hint.fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this, save, chosen = std::move(chosen)](const QString& path) {
        // What is saved elsewhere does not move the place where images are looked for.
        if (save)
            m_savedTo = QFileInfo(path).absolutePath();
        else
            m_settings.setLastFolder(QFileInfo(path).absolutePath());
        chosen(path);
    });
    dialog->open();
}

QString MainWindow::unsavedWork() const {
    QStringList what;
    if (m_workbench.session().hasCase() && const_cast<session::CaseSession&>(m_workbench.session()).storage()->unsaved)
        what << tr("the mask");
    const session::FindingData& findings = const_cast<session::CaseSession&>(m_workbench.session()).findings().value();
    if (m_workbench.patientUnsaved() && (!findings.patient.pseudonym.empty() || !findings.symptoms.empty()))
        what << tr("the patient's symptoms");
    return what.join(tr(" and "));
}

void MainWindow::withoutLosing(const std::function<void()>& proceed) {
    const QString what = unsavedWork();
    // What was entered before the first case goes with it: opening one loses nothing.
    if (what.isEmpty() || (!m_workbench.session().hasCase() && !m_ending)) {
        proceed();
        return;
    }
    m_autosave->saveNow(); // while the question stands
    if (m_discardAnswer) {
        if (m_discardAnswer())
            proceed();
        return;
    }
    auto* const box = new QMessageBox(QMessageBox::Question, tr("Unsaved work"),
                                      tr("Changes of %1 are not saved.").arg(what), QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("unsavedBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("Go on and lose them?"));
    QPushButton* const discard = box->addButton(tr("Do not save"), QMessageBox::DestructiveRole);
    QPushButton* const back = box->addButton(tr("Back"), QMessageBox::RejectRole);
    box->setDefaultButton(back);
    box->setEscapeButton(back);
    if (m_workbench.session().hasCase() && m_workbench.session().storage()->unsaved &&
        m_workbench.session().hasMask()) {
        QPushButton* const save = box->addButton(tr("Save the mask..."), QMessageBox::AcceptRole);
        save->setObjectName(QStringLiteral("saveAndGoOn"));
        box->setDefaultButton(save);
        connect(save, &QPushButton::clicked, this, [this, proceed] { saveThen(proceed); });
    }
    connect(discard, &QPushButton::clicked, this, [proceed] { proceed(); });
    box->open();
}

void MainWindow::saveThen(const std::function<void()>& proceed) {
    chooseFile(
        FileQuestion::SaveMask, suggestedFile(QStringLiteral("_mask.nii.gz")), [this, proceed](const QString& path) {
            // Goes on once the mask is in its file; a failure is said in the bar and ends the matter.
            auto* const once = new QObject(this);
            connect(&m_workbench.session().storage(), &session::StateNotifier::changed, once, [this, once, proceed] {
                if (m_workbench.session().storage()->unsaved)
                    return;
                delete once;
                QTimer::singleShot(0, this, [this, proceed] { withoutLosing(proceed); });
            });
            connect(&m_workbench, &session::Workbench::noted, once, [once](session::NoteKind kind, const Message&) {
                if (kind == session::NoteKind::Problem)
                    once->deleteLater();
            });
            m_workbench.saveMask(path.toStdString());
        });
}

void MainWindow::offerEdits() {
    const auto& found = m_autosave->found();
    if (!found)
        return;
    auto* const box = new QMessageBox(QMessageBox::Question, tr("Unsaved edits"),
                                      tr("Edits of this case from %1 were never saved.")
                                          .arg(QLocale().toString(found->savedAt.toLocalTime(), QLocale::ShortFormat)),
                                      QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("restoreBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("Sulcus ended without saving them, but kept a copy."));
    QPushButton* const restore = box->addButton(tr("Restore them"), QMessageBox::AcceptRole);
    restore->setObjectName(QStringLiteral("restoreEdits"));
    QPushButton* const drop = box->addButton(tr("Delete them"), QMessageBox::DestructiveRole);
    drop->setObjectName(QStringLiteral("dropEdits"));
    box->setDefaultButton(restore);
    connect(restore, &QPushButton::clicked, m_autosave, &session::Autosave::restore);
    connect(drop, &QPushButton::clicked, m_autosave, &session::Autosave::drop);
    connect(&m_workbench.session(), &session::CaseSession::caseClosed, box, &QWidget::close);
    connect(&m_workbench.session(), &session::CaseSession::caseOpened, box, &QWidget::close);
    box->open();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!m_closing && !unsavedWork().isEmpty()) {
        event->ignore();
        m_ending = true;
        // Qt takes no second close while the first is being answered.
        withoutLosing([this] {
            QTimer::singleShot(0, this, [this] {
                m_closing = true;
                close();
            });
        });
        m_ending = false;
        return;
    }
    if (m_closeGuard && !m_closeGuard([this] {
            m_closing = true;
            close();
        })) {
        m_closing = false;
        event->ignore();
        return;
    }
    m_settings.setWindow(saveGeometry(), {});
    m_settings.write(m_workbench.session().display().value(), m_workbench.session().view().value());
    m_autosave->discard(); // saved, or given up by the answer above
    m_workbench.runner().cancelAll();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (pathIn(event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    m_start->setDropHighlighted(true);
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) { m_start->setDropHighlighted(false); }

void MainWindow::dropEvent(QDropEvent* event) {
    m_start->setDropHighlighted(false);
    const QString path = pathIn(event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    openCase(path);
}

} // namespace sulcus::widgets
