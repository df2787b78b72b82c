// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/clinic_windows.h"
#include "ui/widgets/display_panel.h"
#include "ui/widgets/edit_panel.h"
#include "ui/widgets/edit_tools.h"
#include "ui/widgets/hospitals_panel.h"
#include "ui/widgets/images_panel.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/measure_panel.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/reading_actions.h"
#include "ui/widgets/report_panel.h"
#include "ui/widgets/status_readout.h"
#include "ui/widgets/symptoms_panel.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/verdict_panel.h"
#include "ui/widgets/view_area.h"
#include "ui/widgets/wording.h"

#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QStackedWidget>
#include <QStatusBar>
#include <QStyle>
#include <QTabBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace sulcus::widgets {

namespace {

// Wide enough for four thumbnails, and for a verdict; in heights of a line, so that a larger font fits too.
constexpr int kImagesLines = 17;
constexpr int kFindingsLines = 22;
// A width from a larger screen must not leave the views a strip.
constexpr double kMostRight = 0.4;

} // namespace

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
         {"angio-open", "-", "angio-yes", "angio-no", "angio-answer", "-", "angio-heat", "-", "angio-next",
          "angio-previous", "-", "angio-close"});
    QMenu* const findings = fill(tr("F&indings"), "menuFindings",
                                 {"tab-symptoms", "tab-verdict", "tab-hospitals", "tab-report", "-", "symptoms-search",
                                  "patient-save", "visit-new", "place-refine", "place-bend", "report-preview"});
    for (const char* const id : ClinicWindows::menuIds())
        if (id[0] == '-')
            findings->addSeparator();
        else
            findings->addAction(m_actions.action(QLatin1String(id)));
    fill(tr("&Help"), "menuHelp", {"help-open", "help-keys", "help-about"});
}

void MainWindow::makeToolBar() {
    auto* const bar = addToolBar(tr("Tools"));
    m_toolBar = bar;
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
    m_noteAction = bar->addWidget(m_note);
    for (const char* const id : {"help-keys", "app-light", "panel-findings"})
        bar->addAction(m_actions.action(QLatin1String(id)));
    bar->toggleViewAction()->setVisible(false);
    setContextMenuPolicy(Qt::NoContextMenu);
}

// The note is always on the screen; what does not fit into the tool bar would be cut at its end, for widgets in a bar
// have no place in its overflow menu.
void MainWindow::fitToolBar() {
    auto* const chain =
        qobject_cast<QToolButton*>(m_toolBar->widgetForAction(m_actions.action(QStringLiteral("chain-run"))));
    int tools = 2 * m_toolBar->style()->pixelMetric(QStyle::PM_ToolBarFrameWidth, nullptr, m_toolBar) + 12;
    for (QAction* const action : m_toolBar->actions())
        if (const QWidget* const widget = m_toolBar->widgetForAction(action);
            widget != nullptr && action != m_noteAction && action->isVisible())
            tools += widget->sizeHint().width() + std::max(0, m_toolBar->layout()->spacing());
    const int note = m_note->sizeHint().width();
    const bool room = tools + note <= width();
    m_noteAction->setVisible(room);
    m_noteBelow->setVisible(!room);
    if (chain != nullptr) {
        // Its words are the first to go.
        const int words = chain->fontMetrics().horizontalAdvance(chain->text()) + 8;
        const bool worded = chain->toolButtonStyle() == Qt::ToolButtonTextBesideIcon;
        const int bare = worded ? tools - words : tools;
        const auto style = bare + words <= width() ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly;
        if (chain->toolButtonStyle() != style)
            chain->setToolButtonStyle(style);
    }
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    if (m_noteBelow != nullptr)
        fitToolBar();
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
    m_noteBelow = makeMuted(educationNote(), this);
    m_noteBelow->setWordWrap(false);
    m_noteBelow->setObjectName(QStringLiteral("educationNoteBelow"));
    m_noteBelow->hide();
    statusBar()->addPermanentWidget(m_noteBelow);
    statusBar()->addPermanentWidget(new JobStrip(m_workbench, m_actions.action(QStringLiteral("job-cancel")), this));
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

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (std::exchange(m_shown, true))
        return;
    if (const int right = m_settings.panelWidths().right; right > 0)
        QTimer::singleShot(0, this, [this, right] {
            const int most = std::max(fontMetrics().height() * kFindingsLines, static_cast<int>(kMostRight * width()));
            resizeDocks({m_findingsDock}, {std::min(right, most)}, Qt::Horizontal);
        });
}

int MainWindow::leftWidth() const {
    // Tabs behind the one in front have a width of long ago.
    for (const QDockWidget* const dock : {m_imagesDock, m_editDock, m_measureDock})
        if (!dock->visibleRegion().isEmpty())
            return dock->width();
    return m_leftWidth;
}

} // namespace sulcus::widgets
