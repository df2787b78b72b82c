// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/training_session.h"
#include "ui/session/workbench.h"

#include <QElapsedTimer>
#include <QWidget>
#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QVBoxLayout;

namespace sulcus::viewport {
class CurveView;
}

namespace sulcus::widgets {

/// Choosing a plan, data and device at the left; live curves, a validation slice and the time left at the right.
///
/// It shows a TrainingSession and asks it through the actions training-start, -pause, -stop and -use, which the
/// catalogue must hold; training-resume and training-from, which fill fields here, may come later.
class TrainingPanel : public QWidget {
    Q_OBJECT
public:
    /// Asks for a folder or file and hands the answer on; tests put their own in place of the dialog.
    using PathChooser = std::function<void(const QString& title, bool folder, std::function<void(QString)> chosen)>;

    TrainingPanel(session::TrainingSession& training, session::Workbench& workbench, session::ActionCatalog& actions,
                  QWidget* parent = nullptr);

    /// What the fields say.
    session::TrainingRequest request() const;
    void setRequest(const session::TrainingRequest& request);
    /// Whether the fields name a run that left a checkpoint.
    bool canResume() const;
    void setResume(bool on);
    /// Asks for the bundle whose weights to start from; it joins the list.
    void chooseFrom();
    void setPathChooser(PathChooser chooser) { m_choosePath = std::move(chooser); }

Q_SIGNALS:
    void requestChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeFields(session::ActionCatalog& actions);
    QWidget* makeView(session::ActionCatalog& actions);
    QLineEdit* makePath(const char* name, const QString& accessibleName, const QString& title, QVBoxLayout* into);
    void choose(const QString& title, bool folder, std::function<void(QString)> chosen);
    void fillPlans();
    void fillBundles();
    void fillFolds();
    void fillDevices();
    void setFrom(const QString& folder);
    void addPlan(const session::PlanFacts& plan);
    const session::PlanFacts* plan() const;
    void follow();
    void followFields();
    void drawCurves();
    void drawPicture();
    QString phaseText() const;
    QString stepText() const;

    session::TrainingSession& m_training;
    session::Workbench& m_workbench;
    PathChooser m_choosePath;
    std::vector<session::PlanFacts> m_plans;
    QComboBox* m_plan = nullptr;
    QLabel* m_planNote = nullptr;
    QLineEdit* m_data = nullptr;
    QLabel* m_dataNote = nullptr;
    QLineEdit* m_output = nullptr;
    QCheckBox* m_resume = nullptr;
    QLabel* m_resumeNote = nullptr;
    bool m_resumable = false; ///< the folder held a run when the fields were last looked at
    QComboBox* m_from = nullptr;
    QComboBox* m_folds = nullptr;
    QComboBox* m_device = nullptr;
    QSpinBox* m_threads = nullptr;
    QSpinBox* m_steps = nullptr;
    QSpinBox* m_pictureEvery = nullptr;
    std::vector<QWidget*> m_fields; ///< locked while a training runs
    QLabel* m_phase = nullptr;
    QLabel* m_progressText = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_figures = nullptr;
    QLabel* m_remark = nullptr;
    QPushButton* m_use = nullptr;
    QLabel* m_leftOut = nullptr;
    QLabel* m_noCurves = nullptr;
    QStackedWidget* m_charts = nullptr;
    viewport::CurveView* m_curves = nullptr;
    QLabel* m_picture = nullptr;
    std::size_t m_drawnPoints = 0;
    std::int64_t m_drawnStep = 0;
    QElapsedTimer m_drawnAt;
    bool m_deviceChosen = false;
};

/// "about 2 h 10 min", "about 40 s".
QString timeLeft(double seconds);

} // namespace sulcus::widgets
