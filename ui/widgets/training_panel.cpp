// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/training_panel.h"

#include "ui/report/triptych.h"
#include "ui/scene/palette.h"
#include "ui/session/message_catalogue.h"
#include "ui/viewport/curve_view.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <thread>

namespace sulcus::widgets {

namespace fs = std::filesystem;
using session::FoldChoice;
using session::TrainingPhase;

namespace {

constexpr int kFieldLines = 19; // width of the left column, in heights of a line
constexpr int kStepsDrawnMilliseconds = 1000;
constexpr int kOtherFile = -2;    // data of "Other..." entries
constexpr int kFreshWeights = -1; // of the weights to start from
constexpr int kNothingHeldOut = -1;
constexpr int kAllFolds = -2;
constexpr int kPlannedFold = -3;

fs::path pathOf(const QLineEdit* field) { return field->text().trimmed().toStdString(); }

QString textOf(const fs::path& path) { return QString::fromStdString(path.string()); }

QString joined(const std::vector<std::string>& words) {
    QStringList list;
    for (const std::string& word : words)
        list << QString::fromStdString(word);
    return list.join(QStringLiteral(", "));
}

std::string text(const QString& words) { return words.toStdString(); }

/// What the second chart shows: overlap of masks, or the area under the ROC curve of a network that draws none.
QString scoreName(bool classifies) { return classifies ? QStringLiteral("AUC") : QStringLiteral("Dice"); }

/// VTK's own font knows Latin letters alone.
std::string chartFont() { return speaksKorean() ? "/usr/share/fonts/truetype/nanum/NanumGothic.ttf" : std::string(); }

} // namespace

QString timeLeft(double seconds) {
    if (seconds < 5400.0)
        return duration(seconds);
    const int minutes = static_cast<int>(std::lround(seconds / 60.0));
    return TrainingPanel::tr("about %1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

TrainingPanel::TrainingPanel(session::TrainingSession& training, session::Workbench& workbench,
                             session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_training(training), m_workbench(workbench) {
    setNamed(this, QStringLiteral("trainingPanel"), tr("Train a network"));
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeFields(actions));
    layout->addWidget(makeView(actions), 1);
    fillPlans();
    fillBundles();
    fillDevices();
    connect(&m_training, &session::TrainingSession::changed, this, &TrainingPanel::follow);
    connect(&m_training, &session::TrainingSession::pictured, this, &TrainingPanel::drawPicture);
    connect(&m_workbench, &session::Workbench::bundlesChanged, this, [this] {
        fillBundles();
        fillDevices();
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_drawnPoints = 0;
        drawCurves();
        drawPicture();
        follow();
    });
    follow();
}

// Fields
// ---------------------------------------------------------------------------------------------------------------

QWidget* TrainingPanel::makeFields(session::ActionCatalog& actions) {
    auto* const content = new QWidget;
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(6);
    const auto heading = [&](const QString& text) {
        if (column->count() > 0)
            column->addSpacing(6);
        column->addWidget(makeHeading(text, content));
    };
    const auto combo = [&](const char* name, const QString& accessibleName) {
        auto* const made = new QComboBox(content);
        setNamed(made, QLatin1String(name), accessibleName);
        // The longest entry does not widen the column.
        made->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        made->setMinimumContentsLength(12);
        column->addWidget(made);
        m_fields.push_back(made);
        return made;
    };

    heading(tr("Plan"));
    m_plan = combo("trainingPlan", tr("Plan"));
    m_planNote = makeMuted({}, content);
    column->addWidget(m_planNote);
    heading(tr("Data"));
    m_data = makePath("trainingData", tr("Folder of data or prepared cache"), tr("Choose a folder of data"), column);
    m_dataNote = makeMuted({}, content);
    column->addWidget(m_dataNote);
    heading(tr("Write the bundle to"));
    m_output = makePath("trainingOutput", tr("Folder of the bundle"), tr("Choose a folder for the bundle"), column);
    m_resume = new QCheckBox(tr("Go on from the last checkpoint"), content);
    setNamed(m_resume, QStringLiteral("trainingResume"), tr("Go on from the last checkpoint"));
    m_resume->setToolTip(tr("The curve goes on where the earlier run ended"));
    column->addWidget(m_resume);
    m_resumeNote = makeMuted({}, content);
    m_resumeNote->setObjectName(QStringLiteral("trainingResumeNote"));
    column->addWidget(m_resumeNote);
    m_fields.push_back(m_resume);
    heading(tr("Start from"));
    m_from = combo("trainingFrom", tr("Weights to start from"));
    heading(tr("Validation"));
    m_folds = combo("trainingFolds", tr("Fold that validates"));
    heading(tr("Computing"));
    m_device = combo("trainingDevice", tr("Device"));

    auto* const numbers = new QFormLayout;
    numbers->setContentsMargins(0, 2, 0, 0);
    numbers->setVerticalSpacing(6);
    const auto spin = [&](const char* name, const QString& label, const QString& tip, int most, const QString& zero) {
        auto* const made = new QSpinBox(content);
        setNamed(made, QLatin1String(name), label);
        made->setRange(0, most);
        made->setSpecialValueText(zero);
        made->setToolTip(tip);
        numbers->addRow(label, made);
        m_fields.push_back(made);
        return made;
    };
    m_threads = spin("trainingThreads", tr("Threads"), tr("Processor cores that training may use"),
                     std::max(1, static_cast<int>(std::thread::hardware_concurrency())), tr("all cores"));
    m_steps =
        spin("trainingSteps", tr("Steps"), tr("Fewer or more steps than the plan has"), 10'000'000, tr("as planned"));
    m_steps->setSingleStep(100);
    m_pictureEvery = spin("trainingPictureEvery", tr("Epochs per picture"),
                          tr("A picture of a validation slice, input, truth and prediction, after so many epochs"),
                          1000, tr("never"));
    m_pictureEvery->setValue(session::TrainingRequest{}.pictureEvery);
    column->addLayout(numbers);
    column->addStretch(1);

    auto* const scroll = new PanelScroll(content);
    setNamed(scroll, QStringLiteral("trainingFields"), tr("What to train"));

    auto* const side = new QWidget(this);
    side->setProperty("panel", true);
    side->setFixedWidth(fontMetrics().height() * kFieldLines);
    auto* const sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->setSpacing(0);
    sideLayout->addWidget(scroll, 1);
    sideLayout->addWidget(makeLine(side));
    auto* const buttons = new QVBoxLayout;
    buttons->setContentsMargins(14, 10, 14, 10);
    buttons->setSpacing(8);
    buttons->addWidget(makeActionButton(actions.action(QStringLiteral("training-start")),
                                        QStringLiteral("trainingStart"), true, side));
    auto* const pair = new QHBoxLayout;
    pair->setSpacing(8);
    pair->addWidget(makeActionButton(actions.action(QStringLiteral("training-pause")), QStringLiteral("trainingPause"),
                                     false, side));
    pair->addWidget(
        makeActionButton(actions.action(QStringLiteral("training-stop")), QStringLiteral("trainingStop"), false, side));
    buttons->addLayout(pair);
    sideLayout->addLayout(buttons);

    connect(m_plan, &QComboBox::activated, this, [this](int index) {
        if (m_plan->itemData(index).toInt() == kOtherFile) {
            m_plan->setCurrentIndex(0);
            choose(tr("Choose a plan"), false, [this](const QString& path) {
                if (auto plan = m_training.readPlan(path.toStdString()))
                    addPlan(*plan);
                else
                    m_planNote->setText(session::sentence(plan.error().message));
            });
        }
    });
    connect(m_plan, &QComboBox::currentIndexChanged, this, [this] {
        fillFolds();
        followFields();
        if (m_picture != nullptr && !m_training.picture())
            drawPicture();
    });
    connect(m_from, &QComboBox::activated, this, [this](int index) {
        if (m_from->itemData(index).toInt() == kOtherFile) {
            m_from->setCurrentIndex(0);
            chooseFrom();
        }
    });
    connect(m_resume, &QCheckBox::toggled, this, &TrainingPanel::followFields);
    for (QLineEdit* const field : {m_data, m_output})
        connect(field, &QLineEdit::textChanged, this, &TrainingPanel::followFields);
    connect(m_folds, &QComboBox::currentIndexChanged, this, &TrainingPanel::followFields);
    connect(m_device, &QComboBox::activated, this, [this] { m_deviceChosen = true; });
    return side;
}

QLineEdit* TrainingPanel::makePath(const char* name, const QString& accessibleName, const QString& title,
                                   QVBoxLayout* into) {
    auto* const row = new QHBoxLayout;
    row->setSpacing(6);
    auto* const field = new QLineEdit(this);
    setNamed(field, QLatin1String(name), accessibleName);
    auto* const button = new QToolButton(this);
    setNamed(button, QLatin1String(name) + QStringLiteral("Choose"), title);
    button->setToolTip(title);
    button->setIcon(Theme::instance().icon(QStringLiteral("open")));
    connect(&Theme::instance(), &Theme::changed, button,
            [button] { button->setIcon(Theme::instance().icon(QStringLiteral("open"))); });
    connect(button, &QToolButton::clicked, this,
            [this, title, field] { choose(title, true, [field](const QString& path) { field->setText(path); }); });
    row->addWidget(field, 1);
    row->addWidget(button);
    into->addLayout(row);
    m_fields.push_back(field);
    m_fields.push_back(button);
    return field;
}

void TrainingPanel::choose(const QString& title, bool folder, std::function<void(QString)> chosen) {
    if (m_choosePath) {
        m_choosePath(title, folder, std::move(chosen));
        return;
    }
    auto* const dialog = new QFileDialog(this, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (!folder)
        dialog->setNameFilter(tr("Plans (*.json)"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [chosen = std::move(chosen)](const QString& path) { chosen(path); });
    dialog->open();
}

void TrainingPanel::chooseFrom() {
    choose(tr("Choose a bundle"), true, [this](const QString& path) { setFrom(path); });
}

void TrainingPanel::setFrom(const QString& folder) {
    if (folder.isEmpty()) {
        m_from->setCurrentIndex(0);
        return;
    }
    if (m_from->findData(folder) < 0)
        m_from->insertItem(m_from->count() - 1, folder, folder);
    m_from->setCurrentIndex(m_from->findData(folder));
    m_from->setToolTip(folder);
}

bool TrainingPanel::canResume() const { return session::TrainingSession::canResume(request()); }

void TrainingPanel::setResume(bool on) { m_resume->setChecked(on); }

void TrainingPanel::fillPlans() {
    const QSignalBlocker blocker(m_plan);
    m_plans = m_training.plans();
    m_plan->clear();
    for (std::size_t n = 0; n < m_plans.size(); ++n)
        m_plan->addItem(QString::fromStdString(m_plans[n].name), static_cast<int>(n));
    m_plan->addItem(tr("Another plan..."), kOtherFile);
    m_plan->setCurrentIndex(0);
    fillFolds();
}

void TrainingPanel::addPlan(const session::PlanFacts& plan) {
    m_plans.push_back(plan);
    m_plan->insertItem(m_plan->count() - 1, QString::fromStdString(plan.name), static_cast<int>(m_plans.size()) - 1);
    m_plan->setCurrentIndex(m_plan->count() - 2);
}

const session::PlanFacts* TrainingPanel::plan() const {
    const int index = m_plan->currentData().toInt();
    return m_plan->currentIndex() >= 0 && index >= 0 && index < static_cast<int>(m_plans.size())
               ? &m_plans[static_cast<std::size_t>(index)]
               : nullptr;
}

void TrainingPanel::fillBundles() {
    const QString chosen = m_from->currentData().toString();
    const QSignalBlocker blocker(m_from);
    m_from->clear();
    m_from->addItem(tr("Fresh weights"), kFreshWeights);
    for (const learning::Bundle& bundle : m_workbench.bundles())
        m_from->addItem(
            QStringLiteral("%1 %2").arg(QString::fromStdString(bundle.name), QString::fromStdString(bundle.version)),
            textOf(bundle.folder));
    m_from->addItem(tr("Another bundle..."), kOtherFile);
    // A folder from outside the list stays chosen when the list is made anew.
    setFrom(chosen);
}

void TrainingPanel::fillFolds() {
    const QVariant chosen = m_folds->currentData();
    const QSignalBlocker blocker(m_folds);
    m_folds->clear();
    m_folds->addItem(tr("The plan's own split"), kPlannedFold);
    if (const session::PlanFacts* const facts = plan()) {
        m_folds->addItem(tr("All %1 folds, one after the other").arg(facts->folds), kAllFolds);
        for (int fold = 0; fold < facts->folds; ++fold)
            m_folds->addItem(tr("Fold %1").arg(fold), fold);
    }
    m_folds->addItem(tr("Hold nothing out"), kNothingHeldOut);
    m_folds->setCurrentIndex(std::max(0, chosen.isValid() ? m_folds->findData(chosen) : 0));
}

void TrainingPanel::fillDevices() {
    const int chosen = m_device->currentData().toInt();
    const QSignalBlocker blocker(m_device);
    m_device->clear();
    const auto& devices = m_workbench.devices();
    const bool cuda =
        std::any_of(devices.begin(), devices.end(), [](const std::string& name) { return name.rfind("cuda", 0) == 0; });
    if (cuda) {
        m_device->addItem(tr("Automatic: the graphics card"), static_cast<int>(learning::Device::Automatic));
        m_device->addItem(tr("Graphics card (CUDA)"), static_cast<int>(learning::Device::Cuda));
    }
    m_device->addItem(tr("Processor"), static_cast<int>(learning::Device::Cpu));
    m_device->setToolTip(cuda ? QString() : tr("LibTorch sees no CUDA device on this computer."));
    // The list of devices comes later than the panel: only what the person chose is kept.
    m_device->setCurrentIndex(m_deviceChosen ? std::max(0, m_device->findData(chosen)) : 0);
}

session::TrainingRequest TrainingPanel::request() const {
    session::TrainingRequest request;
    if (const session::PlanFacts* const facts = plan())
        request.plan = facts->file;
    request.data = pathOf(m_data);
    request.output = pathOf(m_output);
    if (m_from->currentData().typeId() == QMetaType::QString)
        request.from = m_from->currentData().toString().toStdString();
    request.device = static_cast<learning::Device>(m_device->currentData().toInt());
    const int fold = m_folds->currentData().toInt();
    request.folds.kind = fold == kPlannedFold      ? FoldChoice::Kind::AsPlanned
                         : fold == kAllFolds       ? FoldChoice::Kind::All
                         : fold == kNothingHeldOut ? FoldChoice::Kind::NothingHeldOut
                                                   : FoldChoice::Kind::One;
    request.folds.fold = std::max(0, fold);
    request.threads = m_threads->value();
    if (m_steps->value() > 0)
        request.steps = m_steps->value();
    request.pictureEvery = m_pictureEvery->value();
    request.resume = m_resume->isChecked() && session::TrainingSession::canResume(request);
    return request;
}

void TrainingPanel::setRequest(const session::TrainingRequest& request) {
    int index = -1;
    for (int n = 0; n < m_plan->count(); ++n) {
        const int which = m_plan->itemData(n).toInt();
        if (which >= 0 && m_plans[static_cast<std::size_t>(which)].file == request.plan)
            index = n;
    }
    if (index >= 0)
        m_plan->setCurrentIndex(index);
    else if (const auto facts = m_training.readPlan(request.plan))
        addPlan(*facts);
    m_data->setText(textOf(request.data));
    m_output->setText(textOf(request.output));
    const int fold = request.folds.kind == FoldChoice::Kind::AsPlanned        ? kPlannedFold
                     : request.folds.kind == FoldChoice::Kind::All            ? kAllFolds
                     : request.folds.kind == FoldChoice::Kind::NothingHeldOut ? kNothingHeldOut
                                                                              : request.folds.fold;
    m_folds->setCurrentIndex(std::max(0, m_folds->findData(fold)));
    const int device = m_device->findData(static_cast<int>(request.device));
    m_device->setCurrentIndex(std::max(0, device));
    m_deviceChosen = device >= 0;
    m_threads->setValue(request.threads);
    m_steps->setValue(static_cast<int>(request.steps.value_or(0)));
    m_pictureEvery->setValue(request.pictureEvery);
    setFrom(textOf(request.from));
    m_resume->setChecked(request.resume);
}

void TrainingPanel::followFields() {
    if (const session::PlanFacts* const facts = plan()) {
        QString note = facts->task == "segmentation-3d"   ? tr("Segments volumes")
                       : facts->task == "segmentation-2d" ? tr("Segments slices")
                                                          : tr("Classifies");
        note += tr(": from %1 to %2. %3 steps, validated every %4.")
                    .arg(joined(facts->inputs), joined(facts->outputs))
                    .arg(facts->steps)
                    .arg(facts->stepsPerEpoch);
        m_planNote->setText(note);
        m_noCurves->setText(tr("Loss appears here after the first steps, %1 after the first epoch: training dashed, "
                               "validation solid.")
                                .arg(scoreName(facts->task == "classification")));
        if (m_output->text().isEmpty())
            m_output->setPlaceholderText(tr("a new folder, such as %1").arg(QString::fromStdString(facts->name)));
    }
    m_data->setToolTip(m_data->text()); // a long path does not fit
    m_output->setToolTip(m_output->text());
    const bool resumable = canResume();
    if (resumable && !m_resumable && !m_training.running()) {
        // Going on loses nothing; it is what a person who comes back to a folder wants.
        const QSignalBlocker quiet(m_resume);
        m_resume->setChecked(true);
    }
    m_resumable = resumable && !m_training.running();
    m_resume->setVisible(resumable);
    m_resumeNote->setText(
        m_resume->isChecked()
            ? tr("Weights and curve go on from the checkpoint. The number of steps is the total, earlier ones "
                 "included.")
            : tr("This folder holds an earlier run. Tick to go on with it, or choose another folder."));
    m_resumeNote->setVisible(resumable && !m_training.running());
    const fs::path data = pathOf(m_data);
    std::error_code code;
    const bool ownData = session::TrainingSession::resumesWithOwnData(request());
    m_data->setEnabled(!m_training.running() && !ownData);
    m_dataNote->setText(ownData        ? tr("Goes on with the data that was prepared for the earlier run.")
                        : data.empty() ? tr("A folder in one of the known layouts, or a cache "
                                            "from “sulcus-cli prepare”.")
                        : session::TrainingSession::isCache(data) ? tr("A prepared cache: training starts at once.")
                        : fs::is_directory(data, code)
                            ? tr("A folder of data: it is prepared first, beside the bundle.")
                            : tr("This folder does not exist."));
    m_from->setEnabled(!m_training.running() && !(resumable && m_resume->isChecked()));
    Q_EMIT requestChanged();
}

// View
// -----------------------------------------------------------------------------------------------------------------

QWidget* TrainingPanel::makeView(session::ActionCatalog& actions) {
    auto* const view = new QWidget(this);
    auto* const column = new QVBoxLayout(view);
    column->setContentsMargins(16, 12, 16, 10);
    column->setSpacing(8);
    auto* const head = new QHBoxLayout;
    m_phase = makeHeading({}, view);
    setNamed(m_phase, QStringLiteral("trainingPhase"), tr("State of the training"));
    // Both share the room, so that a longer text has it before the next layout.
    head->addWidget(m_phase, 1);
    m_progressText = makeMuted({}, view);
    m_progressText->setWordWrap(false);
    setNamed(m_progressText, QStringLiteral("trainingProgressText"), tr("Progress"));
    m_progressText->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    head->addWidget(m_progressText, 2);
    column->addLayout(head);
    m_progress = new QProgressBar(view);
    setNamed(m_progress, QStringLiteral("trainingProgress"), tr("Progress"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    column->addWidget(m_progress);
    m_remark = new QLabel(view);
    setNamed(m_remark, QStringLiteral("trainingRemark"), tr("Remark"));
    m_remark->setWordWrap(true);
    m_remark->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* const said = new QHBoxLayout;
    said->setSpacing(10);
    said->addWidget(m_remark, 1);
    m_use =
        makeActionButton(actions.action(QStringLiteral("training-use")), QStringLiteral("trainingUse"), false, view);
    said->addWidget(m_use);
    column->addLayout(said);

    m_charts = new QStackedWidget(view);
    m_noCurves = makeMuted({}, m_charts);
    m_noCurves->setAlignment(Qt::AlignCenter);
    m_charts->addWidget(m_noCurves);
    m_curves = new viewport::CurveView(m_charts);
    setNamed(m_curves, QStringLiteral("trainingCurves"), tr("Curves of loss and score"));
    m_charts->addWidget(m_curves);
    column->addWidget(m_charts, 5);
    m_figures = makeMuted({}, view);
    setNamed(m_figures, QStringLiteral("trainingFigures"), tr("Figures of the last epoch"));
    column->addWidget(m_figures);
    m_picture = new QLabel(view);
    setNamed(m_picture, QStringLiteral("trainingPicture"), tr("Input, truth and prediction of a validation slice"));
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setMinimumHeight(120);
    m_picture->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_picture->installEventFilter(this);
    column->addWidget(m_picture, 4);
    auto* const foot = new QHBoxLayout;
    foot->addWidget(makeEducationNote(view), 1);
    m_leftOut = makeMuted({}, view);
    m_leftOut->setWordWrap(false);
    setNamed(m_leftOut, QStringLiteral("trainingLeftOut"), tr("Cases left out"));
    foot->addWidget(m_leftOut);
    column->addLayout(foot);
    return view;
}

QString TrainingPanel::phaseText() const {
    switch (m_training.phase()) {
    case TrainingPhase::Preparing:
        return tr("Preparing the data");
    case TrainingPhase::Training:
        return tr("Training");
    case TrainingPhase::Validating:
        return tr("Validating");
    case TrainingPhase::Pausing:
        return tr("Pausing after this step");
    case TrainingPhase::Paused:
        return tr("Paused: a checkpoint has been written");
    case TrainingPhase::Stopping:
        return tr("Stopping, keeping the best weights");
    case TrainingPhase::Leaving:
        return tr("Writing the checkpoint");
    case TrainingPhase::Idle:
        break;
    }
    return m_training.outcome() ? m_training.failed() ? tr("Training failed") : tr("Training ended")
                                : tr("Train a network");
}

QString TrainingPanel::stepText() const {
    const learning::TrainingStep& step = m_training.step();
    if (step.steps == 0)
        return {};
    QStringList parts;
    if (m_training.request().folds.kind == FoldChoice::Kind::All)
        parts << tr("fold %1 (of 0 to %2)").arg(step.fold).arg(m_training.plan().folds - 1);
    parts << tr("step %1 of %2").arg(step.step).arg(step.steps);
    if (!step.paused)
        parts << tr("loss %1").arg(step.loss, 0, 'f', 3);
    if (m_training.running() && step.secondsLeft)
        parts << tr("%1 left").arg(timeLeft(*step.secondsLeft));
    return parts.join(QStringLiteral(" · "));
}

void TrainingPanel::follow() {
    const bool running = m_training.running();
    for (QWidget* const field : m_fields)
        field->setEnabled(!running);
    m_phase->setText(phaseText());
    m_progressText->setText(stepText());
    m_progress->setValue(static_cast<int>(std::lround(m_training.fraction() * 1000.0)));

    const ThemeColours& colours = Theme::instance().colours();
    QString remark;
    QColor colour = colours.text;
    if (m_training.outcome()) {
        remark = session::sentence(*m_training.outcome());
        if (m_training.rival())
            remark += QLatin1Char('\n') + session::sentence(*m_training.rival());
        colour = m_training.failed() ? colours.bad : colours.good;
    } else if (m_training.remark()) {
        remark = session::sentence(*m_training.remark());
        colour = colours.warn;
    }
    m_remark->setText(remark);
    m_remark->setVisible(!remark.isEmpty());
    m_use->setVisible(m_training.outcome() && !m_training.failed());
    m_remark->setStyleSheet(QStringLiteral("color: %1").arg(colour.name()));

    QString figures;
    if (!m_training.points().empty()) {
        const learning::TrainingPoint& last = m_training.points().back();
        const auto dice = [&](const std::vector<double>& values) {
            QStringList list;
            for (std::size_t n = 0; n < values.size(); ++n) {
                const std::string name = n < m_training.plan().outputs.size() ? m_training.plan().outputs[n] : "";
                list << QStringLiteral("%1 %2").arg(QString::fromStdString(name),
                                                    std::isfinite(values[n]) ? QString::number(values[n], 'f', 3)
                                                                             : QStringLiteral("–"));
            }
            return list.join(QStringLiteral(", "));
        };
        const QString all = m_training.heldOut()
                                ? tr("Epoch %1: %2 in validation %3; in training %4")
                                : tr("Epoch %1: %2 on whole training cases %3; in training %4. Nothing was held out, "
                                     "so this does not say how it does on new cases.");
        figures =
            all.arg(last.epoch).arg(scoreName(last.score == "auc"), dice(last.validationDice), dice(last.trainDice));
    }
    m_figures->setText(figures);
    m_figures->setVisible(!figures.isEmpty());
    QStringList left;
    for (const workflow::LeftOut& one : m_training.leftOut())
        left << session::sentence(one.reason);
    m_leftOut->setText(left.isEmpty() ? QString() : tr("Left out: %1").arg(left.size()));
    m_leftOut->setToolTip(left.join(QLatin1Char('\n')));
    // Epochs are drawn as they come, steps between them once in a while.
    const bool stepped = m_training.step().step != m_drawnStep &&
                         (!m_drawnAt.isValid() || m_drawnAt.elapsed() > kStepsDrawnMilliseconds);
    if (m_training.points().size() != m_drawnPoints || stepped || m_training.stepLosses().empty())
        drawCurves();
    if (!m_training.picture())
        drawPicture();
    followFields();
}

void TrainingPanel::drawCurves() {
    static constexpr std::array<scene::Rgb, 6> kColours{scene::kBlue,   scene::kVermilion,     scene::kBluishGreen,
                                                        scene::kOrange, scene::kReddishPurple, scene::kSkyBlue};
    const auto& points = m_training.points();
    const auto& steps = m_training.stepLosses();
    m_drawnPoints = points.size();
    m_drawnStep = m_training.step().step;
    m_drawnAt.start();
    m_charts->setCurrentIndex(points.empty() && steps.size() < 2 ? 0 : 1);
    if (points.empty() && steps.size() < 2)
        return;
    const int now = steps.empty() ? points.back().fold : m_training.step().fold;
    scene::CurvePanel loss;
    loss.title = text(tr("Loss"));
    loss.xTitle = text(tr("Epoch"));
    loss.wholeX = true;
    scene::CurvePanel dice;
    dice.title = text(scoreName(m_training.plan().task == "classification"));
    dice.xTitle = loss.xTitle;
    dice.wholeX = true;
    dice.yLow = 0.0;
    dice.yHigh = 1.0;
    // Folds that are through stay in sight, pale; the one at work is drawn last and alone stands in the legend.
    std::vector<int> folds;
    for (const auto& point : points)
        if (point.fold != now && std::find(folds.begin(), folds.end(), point.fold) == folds.end())
            folds.push_back(point.fold);
    folds.push_back(now);
    for (const int fold : folds) {
        const auto add = [&](scene::CurvePanel& panel, const QString& name, const scene::Rgb& colour, bool dashed,
                             const std::function<double(const learning::TrainingPoint&)>& value) {
            scene::Curve curve;
            curve.name = text(name);
            curve.colour = colour;
            curve.dashed = dashed;
            curve.faint = fold != now;
            // Which line is dashed stands in the legend of the loss: there are two, here two for each region.
            curve.inLegend = fold == now && (&panel == &loss || !dashed);
            bool any = false;
            for (const auto& point : points)
                if (point.fold == fold) {
                    curve.x.push_back(point.epoch);
                    curve.y.push_back(value(point));
                    any |= std::isfinite(curve.y.back());
                }
            if (any)
                panel.curves.push_back(std::move(curve));
        };
        add(loss, tr("training"), scene::kBlue, true, [](const auto& point) { return point.trainLoss; });
        add(loss, m_training.heldOut() ? tr("validation") : tr("training, whole cases"), scene::kBlue, false,
            [](const auto& point) { return point.validationLoss; });
        for (std::size_t o = 0; o < m_training.plan().outputs.size(); ++o) {
            const QString name = QString::fromStdString(m_training.plan().outputs[o]);
            const auto at = [o](const std::vector<double>& values) {
                return o < values.size() ? values[o] : std::numeric_limits<double>::quiet_NaN();
            };
            const auto& colour = kColours[o % kColours.size()];
            add(dice, name, colour, true, [at](const auto& point) { return at(point.trainDice); });
            add(dice, name, colour, false, [at](const auto& point) { return at(point.validationDice); });
        }
    }
    if (steps.size() >= 2) {
        scene::Curve live;
        live.name = text(tr("steps"));
        live.colour = scene::kSkyBlue;
        live.faint = true;
        for (const auto& step : steps) {
            live.x.push_back(step.epoch);
            live.y.push_back(step.loss);
        }
        loss.curves.insert(loss.curves.begin(), std::move(live));
    }
    scene::ChartStyle style;
    style.dark = Theme::instance().kind() == ThemeKind::Dark;
    style.fontFile = chartFont();
    m_curves->setStyle(style);
    m_curves->setPanels({loss, dice});
}

void TrainingPanel::drawPicture() {
    // A network that says yes or no has no mask to show: the curves take the room.
    const bool begun = m_training.running() || !m_training.points().empty();
    const session::PlanFacts* const chosen = plan();
    m_picture->setVisible((begun || chosen == nullptr ? m_training.plan() : *chosen).task != "classification");
    if (!m_training.picture()) {
        m_picture->setPixmap({});
        m_picture->setText(!m_training.running() && begun ? QString()
                           : m_training.heldOut()
                               ? tr("A validation slice with truth and prediction appears here.")
                               : tr("A slice of a training case with truth and prediction appears here."));
        return;
    }
    const double ratio = devicePixelRatioF();
    const QSize room = m_picture->size() * ratio;
    paint::TriptychStyle style;
    style.dark = Theme::instance().kind() == ThemeKind::Dark;
    style.width = std::max(300, room.width());
    QImage page = paint::paintTriptych(*m_training.picture(), style);
    // Three square tiles are often taller than the room: painted narrower, so that letters keep their size.
    for (int n = 0; n < 3 && page.height() > room.height() && style.width > 300; ++n) {
        style.width = std::max(300, style.width * room.height() / page.height());
        page = paint::paintTriptych(*m_training.picture(), style);
    }
    page.setDevicePixelRatio(ratio);
    m_picture->setPixmap(QPixmap::fromImage(page));
}

bool TrainingPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_picture && event->type() == QEvent::Resize)
        drawPicture();
    return QWidget::eventFilter(watched, event);
}

} // namespace sulcus::widgets
