// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/main_window.h"

#include "ui/session/message_catalogue.h"
#include "ui/widgets/angiography_panel.h"
#include "ui/widgets/brain_explorer.h"
#include "ui/widgets/case_browser_page.h"
#include "ui/widgets/choice_dialog.h"
#include "ui/widgets/clinic_windows.h"
#include "ui/widgets/edit_tools.h"
#include "ui/widgets/exports.h"
#include "ui/widgets/help_window.h"
#include "ui/widgets/key_choices.h"
#include "ui/widgets/key_sheet.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/start_page.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/view_area.h"
#include "ui/widgets/wording.h"

#include <QApplication>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QUndoStack>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace sulcus::widgets {

using session::ViewKind;
using session::ViewLayout;

namespace {

// What the panels on the left need, in heights of a line.
constexpr int kImagesLines = 17;

// A width from a larger screen must not leave the views a strip.
constexpr double kMostLeft = 0.3;

constexpr int kSaidMilliseconds = 5000;

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
    m_findingsDraft =
        new session::FindingsDraft(m_workbench, session::Autosave::folderBeside(m_workbench.store().file()), this);
    if (m_findingsDraft->found())
        QTimer::singleShot(0, this, &MainWindow::offerFindings);
    m_leftWidth = m_settings.panelWidths().left;
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
    connect(&m_workbench, &session::Workbench::noted, this,
            [this](session::NoteKind kind, const Message& message, session::NoteTopic topic) {
                // A folder of case folders is no mistake: it is shown as a dataset.
                if (message.id == "imaging.cases_below" && message.parameters.contains("folder")) {
                    browse(QString::fromStdString(message.parameters.at("folder")));
                    return;
                }
                m_messages->show(kind, session::sentence(message), topic);
            });
    connect(&m_workbench, &session::Workbench::settled, m_messages, &MessageBar::settle);
    connect(m_messages, &MessageBar::said, this,
            [this](const QString& text) { statusBar()->showMessage(text, kSaidMilliseconds); });
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
        m_messages->show(session::NoteKind::Problem, session::sentence(message), session::NoteTopic::Open);
    });
    connect(&m_workbench, &session::Workbench::opened, this, [this] {
        m_browsing = false;
        m_savedTo.clear();
        m_messages->clear();
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
        m_messages->show(session::NoteKind::Problem, session::sentence(message), session::NoteTopic::Open);
    });
    // One thing at a time is open: a case or an angiography folder.
    connect(&m_angiography, &session::AngiographySession::opened, this, [this] {
        m_messages->clear();
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
    if (!left)
        m_leftWidth = leftWidth();
    for (QDockWidget* const dock : {m_imagesDock, m_editDock, m_measureDock})
        dock->setVisible(left);
    if (leftReturns) {
        // Docks that return get the width that they would like, half of a small screen; the person's, or the width that
        // their content needs, must be asked for once they are laid out.
        const int wanted = m_leftWidth > 0 ? m_leftWidth : fontMetrics().height() * kImagesLines;
        const int most = std::max(fontMetrics().height() * kImagesLines, static_cast<int>(kMostLeft * width()));
        QTimer::singleShot(
            0, this, [this, width = std::min(wanted, most)] { resizeDocks({m_imagesDock}, {width}, Qt::Horizontal); });
    }
    m_findingsDock->setVisible(!m_browsing && m_stack->currentWidget() != m_angiographyPanel &&
                               m_actions.action(QStringLiteral("panel-findings"))->isChecked());
    QString title = QStringLiteral("Sulcus");
    if (open) {
        title = QString::fromStdString(session.storage()->caseId);
        if (session.data()->imagingCase->synthetic)
            title += QStringLiteral(" ") + tr("(synthetic)");
        title += QStringLiteral("[*]"); // the desktop's own dash and the program's name follow
    }
    if (angiography)
        title =
            m_angiography.name() + (m_angiography.synthetic() ? QStringLiteral(" ") + tr("(synthetic)") : QString());
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

void MainWindow::showTab(FindingsTab tab) {
    m_actions.action(QStringLiteral("panel-findings"))->setChecked(true);
    // Beside an angiography there is no room for findings; they wait for what follows.
    m_findingsDock->setVisible(m_stack->currentWidget() != m_angiographyPanel);
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
