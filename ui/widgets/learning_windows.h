// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/evaluation_session.h"
#include "ui/session/settings.h"
#include "ui/session/training_session.h"
#include "ui/session/workbench.h"
#include "ui/widgets/training_panel.h"

#include <QObject>
#include <QPointer>
#include <filesystem>
#include <functional>
#include <string>

class QMessageBox;
class QToolButton;

namespace sulcus::widgets {

class EvaluatePanel;
class MainWindow;
class Tour;

/// The windows beside the main one in which networks are trained and evaluated, with their actions and their menu. They
/// hide when closed; what runs goes on, and the status line of the main window says so. The one that trains asks first
/// while it does, however it is closed.
class LearningWindows : public QObject {
    Q_OBJECT
public:
    /// Adds the menu and the actions to `window`, and keeps it from closing while a training runs.
    LearningWindows(MainWindow& window, session::Workbench& workbench, session::TrainingSession& training,
                    session::EvaluationSession& evaluation, session::Settings& settings);
    ~LearningWindows() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

    TrainingPanel& trainingPanel() { return *m_trainingPanel; }
    EvaluatePanel& evaluatePanel() { return *m_evaluatePanel; }
    QWidget& trainingWindow() { return *m_trainingWindow; }
    QWidget& evaluateWindow() { return *m_evaluateWindow; }
    /// Asks for folders and files; tests put their own in place of the dialogs.
    void setPathChooser(const TrainingPanel::PathChooser& chooser);
    /// Screens of both windows, dark and light, small and large: `training` is run for some epochs, then the open case
    /// is evaluated.
    void addToTour(Tour& tour, std::function<session::TrainingRequest()> training);
    /// Answers the question about a training that runs while the program is closed: true ends it. Empty: a dialog.
    void setCloseAnswer(std::function<bool()> answer) { m_closeAnswer = std::move(answer); }

private:
    void makeActions();
    void makeMenu();
    void makeIndicator();
    void follow();
    void refreshIcons();
    void show(QWidget* window);
    void closeTraining();
    bool closesUnasked() const;
    bool mayClose(const std::function<void()>& proceed);
    void endThen(const std::function<void()>& proceed);
    void useNewBundle();
    void addCases(const QString& folder);
    QString whyNotOpen() const;
    void openChosenRow();
    void choose(const QString& title, bool save, std::function<void(QString)> chosen);

    MainWindow& m_window;
    session::Workbench& m_workbench;
    session::TrainingSession& m_training;
    session::EvaluationSession& m_evaluation;
    session::Settings& m_settings;
    TrainingPanel* m_trainingPanel = nullptr;
    EvaluatePanel* m_evaluatePanel = nullptr;
    QWidget* m_trainingWindow = nullptr;
    QWidget* m_evaluateWindow = nullptr;
    QPointer<QToolButton> m_indicator;
    QPointer<QMessageBox> m_hideBox; ///< asks about the window of a training that runs
    TrainingPanel::PathChooser m_choosePath;
    std::function<bool()> m_closeAnswer;
    std::filesystem::path m_pendingCase; ///< being opened from the table of an evaluation
    std::filesystem::path m_pendingMask;
    imaging::Target m_pendingTarget = imaging::Target::WholeTumour; ///< the region that it did worst on
    std::string m_pendingPatient;                                   ///< likewise, of a bundle that classifies
};

} // namespace sulcus::widgets
