// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/evaluate_panel.h"

#include "ui/scene/palette.h"
#include "ui/session/message_catalogue.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

namespace sulcus::widgets {

namespace fs = std::filesystem;
using workflow::Measure;

namespace {

constexpr int kClassifiesRole = Qt::UserRole + 1;

/// "0.973 (0.941 – 0.994)"; a dash where there is no area.
QString areaText(const learning::ClassMetrics& metrics) {
    if (!metrics.area)
        return QStringLiteral("–");
    const QString area = QString::number(*metrics.area, 'f', 3);
    return metrics.areaInterval ? QStringLiteral("%1 (%2 – %3)")
                                      .arg(area, QString::number(metrics.areaInterval->low, 'f', 3),
                                           QString::number(metrics.areaInterval->high, 'f', 3))
                                : area;
}

std::optional<bool> truthOf(const workflow::ClassifiedViews& answer, const std::string& output) {
    const auto found = answer.truth.find(output);
    return found == answer.truth.end() ? std::nullopt : found->second;
}

QString number(const std::optional<double>& value, Measure measure) {
    if (!value)
        return QStringLiteral("–");
    return QString::number(*value, 'f', measure == Measure::Hd95Mm ? 1 : 3);
}

/// Sorting key, the worst smallest: cases without a comparison, then those without a value, then by value.
double goodness(const workflow::EvaluationRow& row, Measure measure) {
    constexpr double kNone = -1e9;
    if (!row.comparison)
        return 2.0 * kNone;
    const auto value = workflow::meanOf(*row.comparison, measure);
    if (!value)
        return kNone;
    return measure == Measure::Hd95Mm ? -*value : *value;
}

QTableWidgetItem* cell(const QString& text, bool figure) {
    auto* const item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
    if (figure)
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

QTableWidgetItem* problemCell(const std::optional<Error>& error) {
    auto* const item = cell(error ? session::sentence(error->message) : QString(), false);
    item->setForeground(Theme::instance().colours().bad);
    item->setToolTip(item->text());
    return item;
}

/// What a column needs for its words, its head included.
int neededWidth(const QTableWidget* table, int column) {
    const QAbstractItemView* const view = table; // where the hint is public
    return std::max(view->sizeHintForColumn(column), table->horizontalHeader()->sectionSizeHint(column));
}

QString swatch(const scene::Rgb& colour, const QString& name) {
    return QStringLiteral("<span style=\"color:%1\">■</span> %2")
        .arg(QColor(colour[0], colour[1], colour[2]).name(), name);
}

} // namespace

EvaluatePanel::EvaluatePanel(session::EvaluationSession& evaluation, session::Workbench& workbench,
                             session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_evaluation(evaluation), m_workbench(workbench) {
    setNamed(this, QStringLiteral("evaluatePanel"), tr("Evaluate a network"));
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 10);
    column->setSpacing(10);

    auto* const top = new QHBoxLayout;
    top->setSpacing(8);
    m_bundle = new QComboBox(this);
    setNamed(m_bundle, QStringLiteral("evaluationBundle"), tr("Bundle to evaluate"));
    m_bundle->setMinimumContentsLength(18);
    top->addWidget(m_bundle);
    const auto button = [&](const char* action, const char* name, bool primary) {
        auto* const made = makeActionButton(actions.action(QLatin1String(action)), QLatin1String(name), primary, this);
        top->addWidget(made);
        return made;
    };
    button("evaluation-add", "evaluationAdd", false);
    button("evaluation-clear", "evaluationClear", false);
    top->addStretch(1);
    button("evaluation-csv", "evaluationCsv", false);
    button("evaluation-run", "evaluationRun", true);
    column->addLayout(top);
    m_cases = makeMuted({}, this);
    setNamed(m_cases, QStringLiteral("evaluationCases"), tr("Cases"));
    column->addWidget(m_cases);

    m_measure = new SegmentedChoice(QStringLiteral("evaluationMeasure"), tr("Measure"), this);
    m_measure->addChoice(QStringLiteral("Dice"), static_cast<int>(Measure::Dice), tr("Overlap, 1 is perfect"));
    m_measure->addChoice(QStringLiteral("IoU"), static_cast<int>(Measure::Iou), tr("Intersection over union"));
    m_measure->addChoice(tr("HD95, mm"), static_cast<int>(Measure::Hd95Mm),
                         tr("Distance of the outlines that 95 % of their points keep, 0 is perfect"));
    m_measure->addChoice(tr("Sensitivity"), static_cast<int>(Measure::Sensitivity),
                         tr("Share of the truth that was found"));
    m_measure->addChoice(tr("Specificity"), static_cast<int>(Measure::Specificity),
                         tr("Share of the healthy voxels that were left unmarked"));
    m_measure->setValue(static_cast<int>(Measure::Dice));
    auto* const measures = new QHBoxLayout;
    measures->addWidget(m_measure);
    measures->addStretch(1);
    column->addLayout(measures);

    const auto table = [this](const char* name, const QString& accessibleName) {
        auto* const made = new QTableWidget(this);
        setNamed(made, QLatin1String(name), accessibleName);
        made->verticalHeader()->hide();
        made->setShowGrid(false);
        // Cells keep three pixels from their edges whatever a style sheet says: so do the headers above them.
        made->setStyleSheet(QStringLiteral("QHeaderView::section { padding: 5px 3px; }"));
        made->setWordWrap(false);
        made->setFrameShape(QFrame::NoFrame);
        made->setSelectionBehavior(QAbstractItemView::SelectRows);
        made->setSelectionMode(QAbstractItemView::SingleSelection);
        made->setEditTriggers(QAbstractItemView::NoEditTriggers);
        made->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        made->horizontalHeader()->setHighlightSections(false);
        made->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed); // `alignColumns` gives the widths
        made->horizontalHeader()->setMinimumSectionSize(16);
        made->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 12);
        return made;
    };
    m_meansTitle = makeHeading(tr("Mean and 95 % interval"), this);
    column->addWidget(m_meansTitle);
    m_means = table("evaluationMeans", tr("Mean and 95 % interval"));
    m_means->setSelectionMode(QAbstractItemView::NoSelection);
    m_means->setFocusPolicy(Qt::NoFocus);
    m_means->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_means->setFixedHeight(2 * (fontMetrics().height() + 14));
    column->addWidget(m_means);
    m_tableTitle = makeHeading(tr("Cases, worst first"), this);
    column->addWidget(m_tableTitle);
    m_table = table("evaluationTable", tr("Cases, worst first"));
    column->addWidget(m_table, 1);
    m_table->viewport()->installEventFilter(this);

    auto* const bottom = new QHBoxLayout;
    bottom->setSpacing(12);
    bottom->addWidget(makeActionButton(actions.action(QStringLiteral("evaluation-open")),
                                       QStringLiteral("evaluationOpen"), false, this));
    m_legend = new QLabel(tr("The case opens with %1, %2 and %3.")
                              .arg(swatch(scene::kAgreeColour, tr("agreement")),
                                   swatch(scene::kFalsePositiveColour, tr("false positives")),
                                   swatch(scene::kFalseNegativeColour, tr("false negatives"))),
                          this);
    m_legend->setTextFormat(Qt::RichText);
    m_legend->setProperty("role", "muted");
    bottom->addWidget(m_legend);
    bottom->addStretch(1); // the legend is not always there
    column->addLayout(bottom);
    auto* const foot = new QHBoxLayout;
    foot->setSpacing(12);
    m_status = makeMuted({}, this);
    setNamed(m_status, QStringLiteral("evaluationStatus"), tr("State of the evaluation"));
    foot->addWidget(m_status, 1);
    m_bar = new QProgressBar(this);
    setNamed(m_bar, QStringLiteral("evaluationBar"), tr("Progress"));
    m_bar->setFixedWidth(180);
    m_bar->setTextVisible(false);
    foot->addWidget(m_bar);
    m_cancel = new QPushButton(tr("Cancel"), this);
    setNamed(m_cancel, QStringLiteral("evaluationCancel"), tr("Cancel the evaluation"));
    connect(m_cancel, &QPushButton::clicked, &m_evaluation, &session::EvaluationSession::cancel);
    foot->addWidget(m_cancel);
    auto* const note = makeEducationNote(this);
    note->setWordWrap(false);
    foot->addWidget(note);
    column->addLayout(foot);

    connect(m_measure, &SegmentedChoice::chosen, this, &EvaluatePanel::follow);
    connect(m_bundle, &QComboBox::activated, this, [this] { m_picked = true; });
    connect(m_bundle, &QComboBox::currentIndexChanged, this, &EvaluatePanel::follow);
    connect(m_bundle, &QComboBox::currentIndexChanged, this, &EvaluatePanel::choiceChanged);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &EvaluatePanel::mark);
    connect(m_table, &QTableWidget::cellActivated, this, &EvaluatePanel::rowActivated);
    connect(&m_evaluation, &session::EvaluationSession::changed, this, &EvaluatePanel::follow);
    connect(&m_evaluation, &session::EvaluationSession::casesChanged, this, &EvaluatePanel::follow);
    connect(&m_evaluation, &session::EvaluationSession::cleared, this, &EvaluatePanel::forget);
    connect(&m_workbench, &session::Workbench::bundlesChanged, this, &EvaluatePanel::fillBundles);
    fillBundles();
    follow();
}

fs::path EvaluatePanel::bundle() const { return m_bundle->currentData().toString().toStdString(); }

void EvaluatePanel::setBundle(const fs::path& folder) {
    const int index = m_bundle->findData(QString::fromStdString(folder.string()));
    if (index < 0)
        return;
    m_picked = true;
    m_bundle->setCurrentIndex(index);
}

void EvaluatePanel::setClassifiers(std::vector<learning::Bundle> bundles) {
    m_classifiers = std::move(bundles);
    fillBundles();
}

void EvaluatePanel::addClassifier(const learning::Bundle& bundle) {
    std::erase_if(m_classifiers, [&](const learning::Bundle& other) { return other.folder == bundle.folder; });
    m_classifiers.push_back(bundle);
    fillBundles();
}

void EvaluatePanel::fillBundles() {
    // Until a person picks one, it is the network that segments: the lists come one after the other.
    const QVariant chosen =
        m_picked ? m_bundle->currentData() : QVariant(QString::fromStdString(m_workbench.chosenBundle().string()));
    {
        const QSignalBlocker blocker(m_bundle);
        m_bundle->clear();
        auto bundles = m_workbench.bundles();
        bundles.insert(bundles.end(), m_classifiers.begin(), m_classifiers.end());
        for (const learning::Bundle& bundle : bundles) {
            m_bundle->addItem(QStringLiteral("%1 %2").arg(QString::fromStdString(bundle.name),
                                                          QString::fromStdString(bundle.version)),
                              QString::fromStdString(bundle.folder.string()));
            m_bundle->setItemData(m_bundle->count() - 1, bundle.task == "classification", kClassifiesRole);
        }
        m_bundle->setCurrentIndex(std::max(0, m_bundle->findData(chosen)));
    }
    follow(); // the heads of an empty table are those of the bundle
    Q_EMIT choiceChanged();
}

const learning::Bundle* EvaluatePanel::chosenBundle() const {
    const fs::path folder = bundle();
    for (const auto* const list : {&m_workbench.bundles(), &std::as_const(m_classifiers)})
        for (const learning::Bundle& one : *list)
            if (one.folder == folder)
                return &one;
    return nullptr;
}

void EvaluatePanel::mark() {
    const auto chosen = m_table->selectionModel()->selectedRows();
    m_mark.reset();
    if (!chosen.isEmpty() && chosen.front().row() < std::ssize(m_keys))
        m_mark = m_keys[static_cast<std::size_t>(chosen.front().row())];
    Q_EMIT choiceChanged();
}

void EvaluatePanel::forget() {
    m_mark.reset();
    m_keys.clear();
    m_said.clear();
    const QSignalBlocker blocker(m_table);
    m_table->setRowCount(0);
    m_means->setRowCount(0);
}

void EvaluatePanel::say(const QString& sentence) {
    m_said = sentence;
    m_status->setText(statusText());
}

const workflow::EvaluationRow* EvaluatePanel::chosenRow() const {
    if (!m_mark || m_evaluation.classes())
        return nullptr;
    const auto& rows = m_evaluation.evaluation().rows;
    const auto row =
        std::find_if(rows.begin(), rows.end(), [this](const auto& one) { return session::keyOf(one) == *m_mark; });
    return row != rows.end() && row->comparison ? &*row : nullptr;
}

bool EvaluatePanel::classifies() const { return m_bundle->currentData(kClassifiesRole).toBool(); }

const workflow::ClassEvaluationRow* EvaluatePanel::chosenPatient() const {
    const auto& classes = m_evaluation.classes();
    if (!m_mark || !classes)
        return nullptr;
    const auto row = std::find_if(classes->rows.begin(), classes->rows.end(),
                                  [this](const auto& one) { return session::keyOf(one) == *m_mark; });
    return row != classes->rows.end() && row->answer ? &*row : nullptr;
}

void EvaluatePanel::chooseRow(int row) { m_table->selectRow(row); }

void EvaluatePanel::chooseWorst() {
    if (chosenRow() != nullptr || chosenPatient() != nullptr)
        return;
    const auto before = m_mark;
    for (std::size_t n = 0; n < m_keys.size(); ++n) {
        m_mark = m_keys[n];
        if (chosenRow() != nullptr || chosenPatient() != nullptr) {
            chooseRow(static_cast<int>(n));
            return;
        }
    }
    m_mark = before;
}

QString EvaluatePanel::statusText() const {
    if (m_evaluation.stopping())
        return tr("Stopping...");
    if (m_evaluation.running()) {
        // Not "3 of 4": a path may stand for many slices, a folder for many patients.
        const auto done = m_evaluation.evaluation().rows.size();
        const auto percent = std::lround(100.0 * m_evaluation.fraction());
        return done == 0 ? tr("%1 % done").arg(percent) : tr("%1 % done, cases so far: %2").arg(percent).arg(done);
    }
    return m_said.isEmpty() ? outcomeText() : m_said;
}

QString EvaluatePanel::outcomeText() const {
    if (m_evaluation.problem())
        return session::sentence(*m_evaluation.problem());
    if (m_evaluation.stopped())
        return m_evaluation.hasTable() ? tr("The evaluation was stopped. The table holds the cases that were done.")
                                       : tr("The evaluation was stopped.");
    const auto bundleText = [](const auto& evaluation) {
        return QStringLiteral("%1 %2").arg(QString::fromStdString(evaluation.bundleName),
                                           QString::fromStdString(evaluation.bundleVersion));
    };
    if (const auto& classes = m_evaluation.classes()) {
        if (std::none_of(classes->rows.begin(), classes->rows.end(),
                         [](const auto& row) { return row.answer.has_value(); }))
            return tr("%1: none of the patients could be classified.").arg(bundleText(*classes));
        return (classes->synthetic ? tr("Synthetic pictures: no patient is shown.") + QLatin1Char(' ') : QString()) +
               tr("%1 on %2. Intervals: bootstrap draws over patients. Simply taking the darkest spot of the views has "
                  "an area of %3.")
                   .arg(bundleText(*classes), deviceName(classes->device), areaText(classes->baseline));
    }
    const auto& evaluation = m_evaluation.evaluation();
    if (evaluation.rows.empty())
        return classifies() ? tr("The folder of patients needs its table (CSV) with a column Index and one for each "
                                 "output.")
                            : tr("Each case needs its truth beside its images.");
    if (std::none_of(evaluation.rows.begin(), evaluation.rows.end(),
                     [](const auto& row) { return row.comparison.has_value(); }))
        return tr("%1: none of the cases could be compared.").arg(bundleText(evaluation));
    return tr("%1 on %2. Intervals: 2000 bootstrap draws over cases.")
        .arg(bundleText(evaluation), deviceName(evaluation.device));
}

void EvaluatePanel::follow() {
    const auto& cases = m_evaluation.cases();
    QStringList names;
    for (const fs::path& path : cases)
        names << QString::fromStdString(path.filename().string());
    m_cases->setText(cases.empty() ? tr("No cases yet. Add a case folder, or a folder that holds case folders.")
                                   : tr("Files and folders to evaluate: %1").arg(cases.size()));
    m_cases->setToolTip(names.mid(0, 40).join(QLatin1Char('\n')));
    followJob();
    const bool classes = m_evaluation.classes() || (!m_evaluation.hasTable() && classifies());
    m_measure->setVisible(!classes);
    m_legend->setVisible(!classes);
    m_meansTitle->setText(classes ? tr("Area under the ROC curve and 95 % interval") : tr("Mean and 95 % interval"));
    m_tableTitle->setText(classes ? tr("Patients, worst answer first") : tr("Cases, worst first"));
    {
        // What is marked stays so while the table is filled anew.
        const QSignalBlocker blocker(m_table);
        m_means->clear();
        m_table->clear();
        m_table->clearSpans();
        m_keys.clear();
        if (classes) {
            fillClassMeans();
            fillClassTable();
        } else {
            fillMeans();
            fillTable();
        }
    }
    alignColumns();
}

void EvaluatePanel::followJob() {
    m_status->setText(statusText());
    m_bar->setVisible(m_evaluation.running());
    m_cancel->setVisible(m_evaluation.running());
    m_cancel->setEnabled(!m_evaluation.stopping());
    m_bar->setRange(0, m_evaluation.fraction() > 0.0 ? 1000 : 0);
    m_bar->setValue(static_cast<int>(std::lround(m_evaluation.fraction() * 1000.0)));
}

/// The regions that were compared; before that, those of the bundle.
std::vector<imaging::Target> EvaluatePanel::regions() const {
    std::set<imaging::Target> targets;
    for (const auto& [target, means] : m_evaluation.evaluation().means)
        targets.insert(target);
    if (const learning::Bundle* const bundle = targets.empty() ? chosenBundle() : nullptr)
        for (const auto& output : bundle->outputs)
            targets.insert(imaging::targetFromString(output.name).value_or(imaging::Target::Mask));
    return {targets.begin(), targets.end()};
}

/// Both tables get the same columns; where only the cases have something to say, the means say nothing.
void EvaluatePanel::setHeads(const QStringList& columns, const QString& first, const QStringList& last) {
    QStringList silent;
    for (qsizetype n = 0; n < last.size(); ++n)
        silent << QString();
    const auto put = [](QTableWidget* table, const QStringList& heads) {
        table->setColumnCount(static_cast<int>(heads.size()));
        table->setHorizontalHeaderLabels(heads);
        for (int n = 0; n < table->columnCount(); ++n)
            table->horizontalHeaderItem(n)->setTextAlignment((n == 0 ? Qt::AlignLeft : Qt::AlignRight) |
                                                             Qt::AlignVCenter);
    };
    put(m_means, QStringList{QString()} + columns + silent);
    put(m_table, QStringList{first} + columns + last);
}

/// One geometry for both tables: a mean stands above its values whether or not the cases need a scroll bar.
void EvaluatePanel::alignColumns() {
    const int columns = m_table->columnCount();
    if (columns < 2 || m_means->columnCount() != columns)
        return;
    constexpr int kAir = 8;
    const int whole = m_table->viewport()->width();
    const int last = std::min(neededWidth(m_table, columns - 1) + kAir, whole / 3);
    const int rest = whole - last;
    const int middle = columns - 2;
    int wanted = 0; // the means with their intervals are what takes most room
    for (int n = 1; n + 1 < columns; ++n)
        wanted = std::max(wanted, neededWidth(m_means, n) + kAir);
    const int named =
        std::min(std::max(neededWidth(m_table, 0), neededWidth(m_means, 0)) + kAir, middle == 0 ? rest : rest / 3);
    const int share = rest / (middle + 1);
    const int first = std::max(named, share >= wanted ? share : rest - middle * wanted);
    const int each = middle == 0 ? 0 : (rest - first) / middle;
    for (auto* const table : {m_means, m_table}) {
        table->setColumnWidth(0, rest - middle * each);
        for (int n = 1; n <= middle; ++n)
            table->setColumnWidth(n, each);
        table->setColumnWidth(columns - 1, last);
    }
}

bool EvaluatePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        alignColumns();
    return QWidget::eventFilter(watched, event);
}

void EvaluatePanel::fillMeans() {
    const auto measure = static_cast<Measure>(m_measure->value());
    const auto& evaluation = m_evaluation.evaluation();
    const auto targets = regions();
    QStringList heads;
    for (const imaging::Target target : targets)
        heads << targetName(target);
    // Of one region the mean over the regions says nothing new.
    setHeads(heads, tr("Case"),
             targets.size() > 1 ? QStringList{tr("Mean"), tr("Seconds")} : QStringList{tr("Seconds")});
    const auto compared = std::count_if(evaluation.rows.begin(), evaluation.rows.end(),
                                        [](const auto& row) { return row.comparison.has_value(); });
    m_means->setRowCount(compared > 0 ? 1 : 0);
    if (compared == 0)
        return;
    m_means->setItem(0, 0, cell(tr("Mean of %1").arg(compared), false));
    for (std::size_t n = 0; n < targets.size(); ++n) {
        const auto found = evaluation.means.find(targets[n]);
        if (found == evaluation.means.end())
            continue;
        const auto& interval = workflow::valueOf(found->second, measure);
        m_means->setItem(0, static_cast<int>(n) + 1,
                         cell(!interval ? QStringLiteral("–")
                              : interval->cases < 2 // one case has no interval
                                  ? number(interval->mean, measure)
                                  : QStringLiteral("%1 (%2 – %3)")
                                        .arg(number(interval->mean, measure), number(interval->low, measure),
                                             number(interval->high, measure)),
                              true));
    }
}

void EvaluatePanel::fillClassMeans() {
    const auto& classes = m_evaluation.classes();
    QStringList heads;
    if (classes)
        for (const auto& metrics : classes->metrics)
            heads << QString::fromStdString(metrics.output);
    else if (const learning::Bundle* const bundle = chosenBundle())
        for (const auto& output : bundle->outputs)
            heads << QString::fromStdString(output.name);
    setHeads(heads, tr("Patient"), {tr("Truth")});
    m_means->setRowCount(classes ? 1 : 0);
    if (!classes)
        return;
    const auto answered = std::count_if(classes->rows.begin(), classes->rows.end(),
                                        [](const auto& row) { return row.answer.has_value(); });
    m_means->setItem(0, 0, cell(tr("%1 patients").arg(answered), false));
    for (std::size_t n = 0; n < classes->metrics.size(); ++n) {
        const auto& metrics = classes->metrics[n];
        auto* const made = cell(areaText(metrics), true);
        made->setToolTip(tr("%1 with, %2 without").arg(metrics.positives).arg(metrics.negatives));
        m_means->setItem(0, static_cast<int>(n) + 1, made);
    }
}

void EvaluatePanel::fillClassTable() {
    const auto& classes = m_evaluation.classes();
    const int columns = m_table->columnCount();
    m_table->setRowCount(classes ? static_cast<int>(classes->rows.size()) : 0);
    for (int n = 0; n < m_table->rowCount(); ++n) {
        const auto& row = classes->rows[static_cast<std::size_t>(n)];
        m_keys.push_back(session::keyOf(row));
        m_table->setItem(n, 0, cell(QString::fromStdString(row.name), false));
        if (m_keys.back() == m_mark)
            m_table->selectRow(n);
        if (!row.answer) {
            m_table->setItem(n, 1, problemCell(row.problem));
            if (columns > 2)
                m_table->setSpan(n, 1, 1, columns - 1);
            continue;
        }
        QStringList places;
        for (std::size_t o = 0; o < row.answer->outputs.size(); ++o) {
            const auto& output = row.answer->outputs[o];
            auto* const made = cell(QString::number(output.probability, 'f', 3), true);
            const auto truth = truthOf(*row.answer, output.name);
            // The answer alone is right or wrong; a place is one of several guesses.
            if (o == 0 && truth && *truth != output.positive())
                made->setForeground(Theme::instance().colours().bad);
            if (o > 0 && truth.value_or(false))
                places << QString::fromStdString(output.name);
            m_table->setItem(n, static_cast<int>(o) + 1, made);
        }
        const auto truth = truthOf(*row.answer, row.answer->outputs.front().name);
        const QString said = !truth                        ? QStringLiteral("–")
                             : *truth && !places.isEmpty() ? tr("yes (%1)").arg(places.join(QStringLiteral(", ")))
                             : *truth                      ? tr("yes")
                                                           : tr("no");
        m_table->setItem(n, columns - 1, cell(said, true));
    }
}

void EvaluatePanel::fillTable() {
    const auto measure = static_cast<Measure>(m_measure->value());
    const auto& rows = m_evaluation.evaluation().rows;
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return goodness(rows[a], measure) < goodness(rows[b], measure);
    });
    const auto targets = regions();
    const int columns = m_table->columnCount();
    m_table->setRowCount(static_cast<int>(order.size()));
    for (int n = 0; n < m_table->rowCount(); ++n) {
        const workflow::EvaluationRow& row = rows[order[static_cast<std::size_t>(n)]];
        m_keys.push_back(session::keyOf(row));
        auto* const name = cell(QString::fromStdString(row.caseId), false);
        name->setToolTip(QString::fromStdString(row.path.string()));
        m_table->setItem(n, 0, name);
        if (m_keys.back() == m_mark)
            m_table->selectRow(n);
        if (!row.comparison) {
            m_table->setItem(n, 1, problemCell(row.problem));
            if (columns > 2)
                m_table->setSpan(n, 1, 1, columns - 1);
            continue;
        }
        for (std::size_t t = 0; t < targets.size(); ++t) {
            const auto region = row.comparison->regions.find(targets[t]);
            m_table->setItem(
                n, static_cast<int>(t) + 1,
                cell(number(region == row.comparison->regions.end() ? std::nullopt
                                                                    : workflow::valueOf(region->second, measure),
                            measure),
                     true));
        }
        if (targets.size() > 1)
            m_table->setItem(n, columns - 2, cell(number(workflow::meanOf(*row.comparison, measure), measure), true));
        m_table->setItem(n, columns - 1, cell(QString::number(row.seconds, 'f', 1), true));
    }
}

} // namespace sulcus::widgets
