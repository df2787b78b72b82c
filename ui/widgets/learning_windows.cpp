// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/learning_windows.h"

#include "ui/session/message_catalogue.h"
#include "ui/widgets/evaluate_panel.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tour.h"

#include <QAction>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

namespace sulcus::widgets {

namespace fs = std::filesystem;
using session::TrainingPhase;

namespace {

/// A window of its own that only holds a panel.
QWidget* makeWindow(MainWindow& owner, const char* name, const QString& title, QWidget* panel) {
    // Owned by the main window but not kept above it: the person puts them side by side.
    auto* const window = new QWidget(nullptr, Qt::Window);
    QObject::connect(&owner, &QObject::destroyed, window, &QObject::deleteLater);
    setNamed(window, QLatin1String(name), title);
    window->setWindowTitle(title);
    window->setWindowIcon(owner.windowIcon());
    auto* const layout = new QVBoxLayout(window);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(panel);
    window->resize(1180, 740);
    return window;
}

void closeOnEscape(QWidget* window, QObject* context, const std::function<void()>& close) {
    auto* const escape = new QShortcut(QKeySequence(Qt::Key_Escape), window);
    QObject::connect(escape, &QShortcut::activated, context, close);
}

} // namespace

LearningWindows::LearningWindows(MainWindow& window, session::Workbench& workbench, session::TrainingSession& training,
                                 session::EvaluationSession& evaluation, session::Settings& settings)
    : m_window(window), m_workbench(workbench), m_training(training), m_evaluation(evaluation), m_settings(settings) {
    makeActions();
    m_trainingPanel = new TrainingPanel(m_training, m_workbench, m_window.actions());
    m_trainingWindow = makeWindow(m_window, "trainingWindow", tr("Train a network"), m_trainingPanel);
    m_evaluatePanel = new EvaluatePanel(m_evaluation, m_workbench, m_window.actions());
    m_evaluateWindow = makeWindow(m_window, "evaluateWindow", tr("Evaluate a network"), m_evaluatePanel);
    // Their keys work in the windows that show them.
    for (const char* const id : {"training-start", "training-pause", "training-stop"})
        m_trainingWindow->addAction(m_window.actions().action(QLatin1String(id)));
    for (QWidget* const each : {m_trainingWindow, m_evaluateWindow})
        each->addActions({m_window.actions().action(QStringLiteral("learn-train")),
                          m_window.actions().action(QStringLiteral("learn-evaluate"))});
    m_trainingWindow->installEventFilter(this);
    closeOnEscape(m_trainingWindow, this, [this] { closeTraining(); });
    closeOnEscape(m_evaluateWindow, this, [this] { m_evaluateWindow->hide(); });
    makeMenu();
    makeIndicator();
    refreshIcons();

    m_window.setSegmentBlock([this] { return m_training.whyNotSegment(); });
    m_window.setCloseGuard([this](const std::function<void()>& proceed) { return mayClose(proceed); });
    const auto refresh = [this] { m_window.actions().refresh(); };
    connect(&m_training, &session::TrainingSession::changed, this, &LearningWindows::follow);
    connect(&m_training, &session::TrainingSession::finished, this, [this] {
        if (m_training.outcome() && !m_trainingWindow->isVisible())
            Q_EMIT m_workbench.noted(m_training.failed() ? session::NoteKind::Problem : session::NoteKind::Info,
                                     *m_training.outcome());
    });
    connect(m_trainingPanel, &TrainingPanel::requestChanged, this, refresh);
    connect(&m_evaluation, &session::EvaluationSession::changed, this, refresh);
    connect(&m_evaluation, &session::EvaluationSession::casesChanged, this, refresh);
    connect(m_evaluatePanel, &EvaluatePanel::choiceChanged, this, refresh);
    connect(&m_evaluation, &session::EvaluationSession::finished, this, [this, refresh] {
        m_evaluatePanel->chooseWorst();
        refresh();
    });
    connect(m_evaluatePanel, &EvaluatePanel::rowActivated, this,
            [this] { m_window.actions().action(QStringLiteral("evaluation-open"))->trigger(); });
    connect(&Theme::instance(), &Theme::changed, this, &LearningWindows::refreshIcons);
    connect(&m_workbench, &session::Workbench::opened, this, [this] {
        if (!m_pendingMask.empty() &&
            m_workbench.session().storage()->path.lexically_normal() == m_pendingCase.lexically_normal())
            m_workbench.importMask(m_pendingMask);
        else
            m_pendingMask.clear();
    });
    connect(&m_workbench.session(), &session::CaseSession::maskChanged, this, [this] {
        if (m_pendingMask.empty())
            return;
        m_pendingMask.clear();
        m_workbench.session().display().update([this](session::DisplayState& display) {
            display.compare = session::CompareMode::Difference;
            display.compareTarget = m_pendingTarget;
        });
        m_workbench.centreOnMask();
    });
    connect(&m_window.angiography(), &session::AngiographySession::opened, this, [this] {
        if (const int patient = m_window.angiography().find(m_pendingPatient);
            !m_pendingPatient.empty() && patient >= 0)
            m_window.angiography().go(patient);
        m_pendingPatient.clear();
    });
    follow();
}

LearningWindows::~LearningWindows() {
    m_training.disconnect(this);
    m_evaluation.disconnect(this);
    m_window.setSegmentBlock(nullptr);
    m_window.setCloseGuard(nullptr);
    delete m_trainingWindow;
    delete m_evaluateWindow;
}

void LearningWindows::makeActions() {
    auto& actions = m_window.actions();
    const QString learning = tr("Learning");
    actions.add({"learn-train",
                 learning,
                 tr("&Train a network..."),
                 tr("Plan, data and device; curves, pictures and the time left"),
                 "train",
                 {QKeySequence("Ctrl+Alt+T")},
                 false,
                 {}},
                [this] { show(m_trainingWindow); });
    actions.add({"learn-evaluate",
                 learning,
                 tr("&Evaluate a network..."),
                 tr("How well a bundle does on cases with a truth"),
                 "evaluate",
                 {QKeySequence("Ctrl+Alt+E")},
                 false,
                 {}},
                [this] { show(m_evaluateWindow); });
    actions.add({"training-start",
                 learning,
                 tr("&Start training"),
                 tr("Trains beside the viewer"),
                 "segment",
                 {},
                 false,
                 [this] { return m_trainingPanel ? m_training.whyNot(m_trainingPanel->request()) : QString(); }},
                [this] {
                    m_settings.setLastFolder(
                        QString::fromStdString(m_trainingPanel->request().output.parent_path().string()));
                    m_training.start(m_trainingPanel->request());
                });
    actions.add({"training-resume",
                 learning,
                 tr("&Go on from the last checkpoint"),
                 tr("Takes an earlier training up where it ended: same plan, same data, one curve"),
                 "play",
                 {},
                 false,
                 [this] {
                     const QString why =
                         m_trainingPanel ? m_training.whyNot(m_trainingPanel->request()) : tr("Choose a plan.");
                     return !why.isEmpty() ? why
                            : m_trainingPanel->canResume()
                                ? QString()
                                : tr("The folder of the bundle has no checkpoint beside it.");
                 }},
                [this] {
                    m_trainingPanel->setResume(true);
                    m_training.start(m_trainingPanel->request());
                });
    actions.add({"training-from",
                 learning,
                 tr("Start from a &bundle..."),
                 tr("The next training begins with the weights of a trained network"),
                 "open",
                 {},
                 false,
                 [this] { return m_training.running() ? tr("A network is being trained.") : QString(); }},
                [this] {
                    show(m_trainingWindow);
                    m_trainingPanel->chooseFrom();
                });
    actions.add({"training-pause",
                 learning,
                 tr("&Pause"),
                 tr("Halts after the step at hand and writes a checkpoint; press again to go on"),
                 "pause",
                 {},
                 false,
                 [this] {
                     const TrainingPhase phase = m_training.phase();
                     return phase == TrainingPhase::Idle ? tr("No training is running.")
                            : phase == TrainingPhase::Stopping || phase == TrainingPhase::Leaving
                                ? tr("The training is ending.")
                                : QString();
                 }},
                [this] {
                    const TrainingPhase phase = m_training.phase();
                    if (phase == TrainingPhase::Paused || phase == TrainingPhase::Pausing)
                        m_training.resume();
                    else
                        m_training.pause();
                });
    actions.add({"training-stop",
                 learning,
                 tr("S&top, keep the best"),
                 tr("Ends after the step at hand; the best weights become the bundle, a checkpoint stays"),
                 "cancel",
                 {},
                 false,
                 [this] {
                     const TrainingPhase phase = m_training.phase();
                     return phase == TrainingPhase::Idle ? tr("No training is running.")
                            : phase == TrainingPhase::Stopping || phase == TrainingPhase::Leaving
                                ? tr("The training is ending.")
                                : QString();
                 }},
                [this] { m_training.stop(); });
    actions.add({"training-use",
                 learning,
                 tr("&Use the new bundle"),
                 tr("The bundle that was trained becomes the one that segments"),
                 "ok",
                 {},
                 false,
                 [this] {
                     std::error_code code;
                     const fs::path folder = m_training.request().output;
                     return !m_training.running() && !folder.empty() && fs::exists(folder / "bundle.json", code)
                                ? QString()
                                : tr("There is no newly trained bundle.");
                 }},
                [this] { useNewBundle(); });

    actions.add(
        {"evaluation-add",
         learning,
         tr("&Add cases..."),
         tr("A case folder, a folder that holds case folders, or angiography patients with their table"),
         "open",
         {},
         false,
         [this] { return m_evaluation.running() ? tr("An evaluation is running.") : QString(); }},
        [this] { choose(tr("Choose a folder of cases"), false, [this](const QString& path) { addCases(path); }); });
    actions.add({"evaluation-clear",
                 learning,
                 tr("&Clear the cases"),
                 tr("Empties the list and the table"),
                 "close",
                 {},
                 false,
                 [this] {
                     return m_evaluation.running()         ? tr("An evaluation is running.")
                            : m_evaluation.cases().empty() ? tr("There are no cases.")
                                                           : QString();
                 }},
                [this] { m_evaluation.clearCases(); });
    actions.add({"evaluation-run",
                 learning,
                 tr("&Run the evaluation"),
                 tr("Segments every case and compares it with its truth"),
                 "segment",
                 {},
                 false,
                 [this] {
                     if (m_evaluation.running())
                         return tr("An evaluation is running.");
                     if (m_evaluation.cases().empty())
                         return tr("Add cases first.");
                     if (!m_evaluatePanel || m_evaluatePanel->bundle().empty())
                         return tr("Choose a bundle first.");
                     const auto& cases = m_evaluation.cases();
                     const auto views = std::count_if(cases.begin(), cases.end(), [this](const fs::path& path) {
                         return m_evaluation.holdsViews(path);
                     });
                     if (m_evaluatePanel->classifies() && views == 0)
                         return tr("This bundle classifies: add a folder of patients with eight views each.");
                     if (!m_evaluatePanel->classifies() && views > 0)
                         return tr("This bundle segments: clear the list, then add cases with masks.");
                     return m_training.whyNotSegment();
                 }},
                [this] {
                    if (m_evaluatePanel->classifies())
                        m_evaluation.startClasses(m_evaluatePanel->bundle(), m_workbench.device());
                    else
                        m_evaluation.start(m_evaluatePanel->bundle(), m_workbench.device());
                });
    actions.add({"evaluation-open",
                 learning,
                 tr("&Open the marked case"),
                 tr("A case in the viewer with false positives and false negatives; a patient in the angiography view"),
                 "compare",
                 {},
                 false,
                 [this] { return whyNotOpen(); }},
                [this] { openChosenRow(); });
    actions.add({"evaluation-csv",
                 learning,
                 tr("Save as C&SV..."),
                 tr("Every case, region and measure, with the means"),
                 "save",
                 {},
                 false,
                 [this] { return m_evaluation.hasTable() ? QString() : tr("There is no table yet."); }},
                [this] {
                    choose(tr("Save the table"), true, [this](const QString& path) {
                        if (const auto written = m_evaluation.writeCsv(path.toStdString()); !written)
                            Q_EMIT m_workbench.noted(session::NoteKind::Problem, written.error().message,
                                                     session::NoteTopic::Write);
                        else
                            Q_EMIT m_workbench.settled(session::NoteTopic::Write);
                    });
                });
    for (const char* const id : {"learn-train", "learn-evaluate", "training-start", "training-resume", "training-from",
                                 "training-pause", "training-stop", "training-use", "evaluation-add",
                                 "evaluation-clear", "evaluation-run", "evaluation-open", "evaluation-csv"}) {
        QAction* const action = actions.action(QLatin1String(id));
        action->setShortcutContext(Qt::WindowShortcut);
        m_window.addAction(action);
    }
}

void LearningWindows::makeMenu() {
    auto* const menu = new QMenu(tr("&Learn"), &m_window);
    menu->setObjectName(QStringLiteral("menuLearn"));
    menu->setToolTipsVisible(true);
    for (const char* const id : {"learn-train", "training-from", "training-resume", "training-pause", "training-stop",
                                 "training-use", "-", "learn-evaluate", "evaluation-open"}) {
        if (id[0] == '-')
            menu->addSeparator();
        else
            menu->addAction(m_window.actions().action(QLatin1String(id)));
    }
    auto* const help = m_window.menuBar()->findChild<QMenu*>(QStringLiteral("menuHelp"));
    m_window.menuBar()->insertMenu(help != nullptr ? help->menuAction() : nullptr, menu);
}

void LearningWindows::makeIndicator() {
    m_indicator = new QToolButton(&m_window);
    setNamed(m_indicator, QStringLiteral("trainingIndicator"), tr("Training"));
    m_indicator->setToolTip(tr("Shows the training"));
    m_indicator->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_indicator, &QToolButton::clicked, this, [this] { show(m_trainingWindow); });
    m_window.statusBar()->addPermanentWidget(m_indicator);
    m_indicator->hide();
}

void LearningWindows::show(QWidget* window) {
    window->show();
    window->raise();
    window->activateWindow();
    m_window.actions().refresh();
}

void LearningWindows::follow() {
    const TrainingPhase phase = m_training.phase();
    const bool held = phase == TrainingPhase::Paused || phase == TrainingPhase::Pausing;
    QAction* const pause = m_window.actions().action(QStringLiteral("training-pause"));
    const QString text = held ? tr("&Go on") : tr("&Pause");
    if (pause->text() != text) {
        pause->setText(text);
        refreshIcons();
    }
    if (m_indicator) {
        const auto& left = m_training.step().secondsLeft;
        const QString percent = QStringLiteral("%1 %").arg(std::lround(m_training.fraction() * 100.0));
        m_indicator->setText(held                  ? tr("Training paused at %1").arg(percent)
                             : left && *left > 0.0 ? tr("Training %1, %2 left").arg(percent, timeLeft(*left))
                                                   : tr("Training %1").arg(percent));
        m_indicator->setVisible(m_training.running());
    }
    m_window.actions().refresh();
}

void LearningWindows::refreshIcons() {
    auto& actions = m_window.actions();
    const ThemeColours& colours = Theme::instance().colours();
    for (const QString& id : actions.ids())
        if (id.startsWith(QLatin1String("learn-")) || id.startsWith(QLatin1String("training-")) ||
            id.startsWith(QLatin1String("evaluation-")))
            actions.action(id)->setIcon(Theme::instance().icon(actions.spec(id).icon));
    const TrainingPhase phase = m_training.phase();
    if (phase == TrainingPhase::Paused || phase == TrainingPhase::Pausing)
        actions.action(QStringLiteral("training-pause"))->setIcon(Theme::instance().icon(QStringLiteral("play")));
    for (const char* const id : {"training-start", "evaluation-run"})
        actions.action(QLatin1String(id))->setIcon(Theme::instance().icon(QStringLiteral("segment"), colours.onAccent));
    if (m_indicator)
        m_indicator->setIcon(Theme::instance().icon(QStringLiteral("train"), colours.accent));
}

void LearningWindows::setPathChooser(const TrainingPanel::PathChooser& chooser) {
    m_choosePath = chooser;
    m_trainingPanel->setPathChooser(chooser);
}

void LearningWindows::choose(const QString& title, bool save, std::function<void(QString)> chosen) {
    if (m_choosePath) {
        m_choosePath(title, !save, std::move(chosen));
        return;
    }
    auto* const dialog = new QFileDialog(m_evaluateWindow, title, m_settings.lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (save) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setNameFilter(tr("Table (*.csv)"));
        dialog->setDefaultSuffix(QStringLiteral("csv"));
        dialog->selectFile(QStringLiteral("evaluation.csv"));
    } else {
        dialog->setFileMode(QFileDialog::Directory);
    }
    connect(dialog, &QFileDialog::fileSelected, this, [this, chosen = std::move(chosen)](const QString& path) {
        m_settings.setLastFolder(QFileInfo(path).absolutePath());
        chosen(path);
    });
    dialog->open();
}

void LearningWindows::addToTour(Tour& tour, std::function<session::TrainingRequest()> training) {
    const auto trainingWindow = [this] { return m_trainingWindow; };
    const auto evaluateWindow = [this] { return m_evaluateWindow; };
    const auto resize = [this](int width, int height) {
        return [this, width, height] {
            m_trainingWindow->resize(width, height);
            m_evaluateWindow->resize(width, height);
        };
    };
    const auto theme = [](ThemeKind kind) { return [kind] { Theme::instance().apply(kind); }; };
    tour.addScreen(
        QStringLiteral("training-choose"),
        [this, training, resize] {
            show(m_trainingWindow);
            resize(1280, 800)();
            m_trainingPanel->setRequest(training());
        },
        nullptr, trainingWindow);
    tour.addScreen(
        QStringLiteral("training-runs"), [this] { m_training.start(m_trainingPanel->request()); },
        [this] { return m_training.points().size() >= 8 || !m_training.running(); }, trainingWindow);
    tour.addScreen(
        QStringLiteral("training-paused"), [this] { m_training.pause(); },
        [this] { return m_training.phase() == TrainingPhase::Paused || !m_training.running(); }, trainingWindow);
    tour.addScreen(QStringLiteral("training-light"), theme(ThemeKind::Light), nullptr, trainingWindow);
    tour.addScreen(QStringLiteral("training-wide-light"), resize(1920, 1080), nullptr, trainingWindow);
    tour.addScreen(QStringLiteral("training-wide"), theme(ThemeKind::Dark), nullptr, trainingWindow);
    tour.addScreen(
        QStringLiteral("training-stopped"),
        [this, resize] {
            resize(1280, 800)();
            m_training.stop();
        },
        [this] { return !m_training.running(); }, trainingWindow);
    tour.addScreen(
        QStringLiteral("evaluation-choose"),
        [this] {
            m_trainingWindow->hide();
            show(m_evaluateWindow);
            m_evaluation.addCases(m_workbench.session().storage()->path);
        },
        nullptr, evaluateWindow);
    tour.addScreen(
        QStringLiteral("evaluation"),
        [this] {
            if (QAction* const run = m_window.actions().action(QStringLiteral("evaluation-run")); run->isEnabled())
                run->trigger();
        },
        nullptr, evaluateWindow);
    tour.addScreen(QStringLiteral("evaluation-light"), theme(ThemeKind::Light), nullptr, evaluateWindow);
    tour.addScreen(QStringLiteral("evaluation-wide-light"), resize(1920, 1080), nullptr, evaluateWindow);
    tour.addScreen(QStringLiteral("evaluation-wide"), theme(ThemeKind::Dark), nullptr, evaluateWindow);
    tour.addScreen(QStringLiteral("evaluation-opened"), [this] {
        if (QAction* const open = m_window.actions().action(QStringLiteral("evaluation-open")); open->isEnabled())
            open->trigger();
        m_evaluateWindow->hide();
    });
}

// Ends
// -----------------------------------------------------------------------------------------------------------------

bool LearningWindows::closesUnasked() const {
    const TrainingPhase phase = m_training.phase();
    return !m_training.running() || m_window.endsQuietly() || phase == TrainingPhase::Stopping ||
           phase == TrainingPhase::Leaving;
}

bool LearningWindows::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_trainingWindow || event->type() != QEvent::Close || closesUnasked())
        return QObject::eventFilter(watched, event);
    event->ignore(); // the answer hides it
    closeTraining();
    return true;
}

void LearningWindows::closeTraining() {
    if (closesUnasked()) {
        m_trainingWindow->hide();
        return;
    }
    if (m_hideBox && m_hideBox->isVisible()) {
        m_hideBox->raise();
        return;
    }
    const TrainingPhase phase = m_training.phase();
    const bool held = phase == TrainingPhase::Paused || phase == TrainingPhase::Pausing;
    auto* const box = new QMessageBox(QMessageBox::Question, tr("A network is being trained"),
                                      held ? tr("The training stays paused when this window is closed.")
                                           : tr("The training goes on when this window is closed."),
                                      QMessageBox::NoButton, m_trainingWindow);
    m_hideBox = box;
    box->setObjectName(QStringLiteral("trainingHideBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("The status line of the main window shows how far it is, and brings this window back."));
    QPushButton* const hide = box->addButton(tr("Close the window"), QMessageBox::AcceptRole);
    QPushButton* const back = box->addButton(tr("Keep it open"), QMessageBox::RejectRole);
    box->setDefaultButton(hide);
    box->setEscapeButton(back);
    connect(hide, &QPushButton::clicked, m_trainingWindow, &QWidget::hide);
    box->open();
}

bool LearningWindows::mayClose(const std::function<void()>& proceed) {
    if (!m_training.running()) {
        m_trainingWindow->hide();
        m_evaluateWindow->hide();
        return true;
    }
    if (m_training.phase() == TrainingPhase::Leaving || m_training.phase() == TrainingPhase::Stopping)
        return false; // asked already; the program ends when the weights are written
    if (m_window.endsQuietly()) {
        endThen(proceed);
        return false;
    }
    if (m_closeAnswer) {
        if (m_closeAnswer())
            endThen(proceed);
        return false;
    }
    auto* const box =
        new QMessageBox(QMessageBox::Question, tr("A network is being trained"),
                        tr("Training would end when Sulcus is closed."), QMessageBox::NoButton, &m_window);
    box->setObjectName(QStringLiteral("trainingCloseBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("The best weights so far stay in the bundle. A checkpoint stays beside them, from which "
                               "the training can go on another day."));
    QPushButton* const end = box->addButton(tr("Leave a checkpoint and close"), QMessageBox::AcceptRole);
    QPushButton* const on = box->addButton(tr("Go on training"), QMessageBox::RejectRole);
    box->setDefaultButton(on);
    box->setEscapeButton(on);
    connect(end, &QPushButton::clicked, this, [this, proceed] { endThen(proceed); });
    box->open();
    return false;
}

void LearningWindows::endThen(const std::function<void()>& proceed) {
    connect(
        &m_training, &session::TrainingSession::finished, this,
        [this, proceed] {
            m_trainingWindow->hide();
            m_evaluateWindow->hide();
            proceed();
        },
        Qt::SingleShotConnection);
    m_training.stop();
}

void LearningWindows::useNewBundle() {
    const auto bundle = m_training.readBundle(m_training.request().output);
    if (!bundle) {
        Q_EMIT m_workbench.noted(session::NoteKind::Problem, bundle.error().message);
        return;
    }
    const bool classifies = bundle->task == "classification"; // it draws no masks: "Segment" has no use for it
    if (classifies) {
        m_evaluatePanel->addClassifier(*bundle);
    } else {
        m_workbench.addBundle(*bundle);
        m_workbench.chooseBundle(bundle->folder);
    }
    m_evaluatePanel->setBundle(bundle->folder);
    Q_EMIT m_workbench.noted(
        session::NoteKind::Info,
        Message{classifies ? "session.classifier_used" : "session.bundle_used", {{"name", bundle->name}}});
}

void LearningWindows::addCases(const QString& folder) {
    const auto cases = m_evaluation.addCases(folder.toStdString());
    const QString name = QDir(folder).dirName();
    m_evaluatePanel->say(cases.found == 0   ? tr("No case with images was found in “%1”.").arg(name)
                         : cases.added == 0 ? tr("The cases of “%1” are in the list already.").arg(name)
                                            : QString());
}

QString LearningWindows::whyNotOpen() const {
    if (m_evaluation.classes())
        return m_evaluatePanel && m_evaluatePanel->chosenPatient() != nullptr ? QString()
                                                                              : tr("Mark a patient of the table.");
    const auto* const row = m_evaluatePanel ? m_evaluatePanel->chosenRow() : nullptr;
    if (row != nullptr && row->slice)
        return tr("This is a slice of a set of arrays, which the viewer does not open.");
    return row == nullptr || m_evaluation.maskOf(*row).empty() ? tr("Mark a case of the table that was compared.")
                                                               : QString();
}

void LearningWindows::openChosenRow() {
    if (const auto* const patient = m_evaluatePanel->chosenPatient()) {
        // The whole folder opens, so that the patients before and after it can be turned to; the student still answers
        // before the network's answer shows.
        const auto& cases = m_evaluation.cases();
        const fs::path own = patient->answer->folder;
        const fs::path parent = own.parent_path();
        const auto named = [&](const fs::path& folder) {
            return std::find_if(cases.begin(), cases.end(), [&](const fs::path& path) {
                       return path.lexically_normal() == folder.lexically_normal() ||
                              (path / "").lexically_normal() == (folder / "").lexically_normal();
                   }) != cases.end();
        };
        m_pendingPatient = patient->name;
        m_window.show();
        m_window.raise();
        m_window.activateWindow();
        m_window.openCase(QString::fromStdString((named(parent) ? parent : own).string()));
        return;
    }
    const workflow::EvaluationRow* const row = m_evaluatePanel->chosenRow();
    if (row == nullptr)
        return;
    m_pendingCase = row->path;
    m_pendingMask = m_evaluation.maskOf(*row);
    double worst = std::numeric_limits<double>::infinity();
    for (const auto& [target, region] : row->comparison->regions) {
        const auto dice = workflow::valueOf(region, workflow::Measure::Dice);
        if (target != imaging::Target::Mask && dice && *dice < worst) {
            worst = *dice;
            m_pendingTarget = target;
        }
    }
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
    m_window.openCase(QString::fromStdString(row->path.string()));
}

} // namespace sulcus::widgets
