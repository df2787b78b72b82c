// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/evaluate_panel.h"

#include "ui/scene/palette.h"
#include "ui/session/message_catalogue.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QAction>
#include <QComboBox>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <numeric>

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
        made->horizontalHeader()->setHighlightSections(false);
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
    bottom->addWidget(m_legend, 1);
    column->addLayout(bottom);
    auto* const foot = new QHBoxLayout;
    m_status = makeMuted({}, this);
    setNamed(m_status, QStringLiteral("evaluationStatus"), tr("State of the evaluation"));
    foot->addWidget(m_status, 1);
    auto* const note = makeEducationNote(this);
    note->setWordWrap(false);
    foot->addWidget(note);
    column->addLayout(foot);

    connect(m_measure, &SegmentedChoice::chosen, this, &EvaluatePanel::follow);
    connect(m_bundle, &QComboBox::activated, this, [this] { m_picked = true; });
    connect(m_bundle, &QComboBox::currentIndexChanged, this, &EvaluatePanel::follow);
    connect(m_bundle, &QComboBox::currentIndexChanged, this, &EvaluatePanel::choiceChanged);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &EvaluatePanel::choiceChanged);
    connect(m_table, &QTableWidget::cellActivated, this, &EvaluatePanel::rowActivated);
    connect(&m_evaluation, &session::EvaluationSession::changed, this, &EvaluatePanel::follow);
    connect(&m_evaluation, &session::EvaluationSession::casesChanged, this, &EvaluatePanel::follow);
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
    Q_EMIT choiceChanged();
}

const workflow::EvaluationRow* EvaluatePanel::chosenRow() const {
    const auto chosen = m_table->selectionModel() ? m_table->selectionModel()->selectedRows() : QModelIndexList{};
    if (m_evaluation.classes() || chosen.isEmpty() || static_cast<std::size_t>(chosen.front().row()) >= m_order.size())
        return nullptr;
    const auto& row = m_evaluation.evaluation().rows[m_order[static_cast<std::size_t>(chosen.front().row())]];
    return row.comparison ? &row : nullptr;
}

bool EvaluatePanel::classifies() const { return m_bundle->currentData(kClassifiesRole).toBool(); }

const workflow::ClassEvaluationRow* EvaluatePanel::chosenPatient() const {
    const auto chosen = m_table->selectionModel() ? m_table->selectionModel()->selectedRows() : QModelIndexList{};
    const auto& classes = m_evaluation.classes();
    if (!classes || chosen.isEmpty() || static_cast<std::size_t>(chosen.front().row()) >= classes->rows.size())
        return nullptr;
    const auto& row = classes->rows[static_cast<std::size_t>(chosen.front().row())];
    return row.answer ? &row : nullptr;
}

void EvaluatePanel::chooseRow(int row) { m_table->selectRow(row); }

void EvaluatePanel::chooseWorst() {
    if (chosenRow() != nullptr || chosenPatient() != nullptr)
        return;
    if (const auto& classes = m_evaluation.classes()) {
        const auto worst = std::find_if(classes->rows.begin(), classes->rows.end(),
                                        [](const auto& row) { return row.answer.has_value(); });
        if (worst != classes->rows.end())
            chooseRow(static_cast<int>(worst - classes->rows.begin()));
        return;
    }
    for (std::size_t n = 0; n < m_order.size(); ++n)
        if (m_evaluation.evaluation().rows[m_order[n]].comparison) {
            chooseRow(static_cast<int>(n));
            return;
        }
}

QString EvaluatePanel::statusText() const {
    if (m_evaluation.problem())
        return session::sentence(*m_evaluation.problem());
    const auto done = m_evaluation.evaluation().rows.size();
    if (const auto& classes = m_evaluation.classes())
        return (classes->synthetic ? tr("Synthetic pictures: no patient is shown.") + QLatin1Char(' ') : QString()) +
               tr("%1 on %2. Intervals: bootstrap draws over patients. The darkest spot of the views alone: %3.")
                   .arg(QStringLiteral("%1 %2").arg(QString::fromStdString(classes->bundleName),
                                                    QString::fromStdString(classes->bundleVersion)),
                        QString::fromStdString(classes->device), areaText(classes->baseline));
    if (m_evaluation.running() && done == 0 && classifies())
        return tr("%1 % done").arg(std::lround(100.0 * m_evaluation.fraction()));
    if (m_evaluation.running())
        return tr("%1 of %2 cases").arg(done).arg(m_evaluation.cases().size());
    if (done == 0)
        return classifies() ? tr("The folder of patients needs its table (CSV) with a column Index and one for each "
                                 "output.")
                            : tr("Each case needs its truth beside its images.");
    return tr("%1 on %2. Intervals: 2000 bootstrap draws over cases.")
        .arg(QStringLiteral("%1 %2").arg(QString::fromStdString(m_evaluation.evaluation().bundleName),
                                         QString::fromStdString(m_evaluation.evaluation().bundleVersion)),
             QString::fromStdString(m_evaluation.evaluation().device));
}

void EvaluatePanel::follow() {
    const auto& cases = m_evaluation.cases();
    QStringList names;
    for (const fs::path& path : cases)
        names << QString::fromStdString(path.filename().string());
    m_cases->setText(cases.empty() ? tr("No cases yet. Add a case folder, or a folder that holds case folders.")
                                   : tr("Cases to evaluate: %1").arg(cases.size()));
    m_cases->setToolTip(names.mid(0, 40).join(QLatin1Char('\n')));
    m_status->setText(statusText());
    const bool classes = m_evaluation.classes() || (!m_evaluation.hasTable() && classifies());
    m_measure->setVisible(!classes);
    m_legend->setVisible(!classes);
    m_meansTitle->setText(classes ? tr("Area under the ROC curve and 95 % interval") : tr("Mean and 95 % interval"));
    m_tableTitle->setText(classes ? tr("Patients, worst answer first") : tr("Cases, worst first"));
    if (m_evaluation.classes()) {
        fillClassMeans();
        fillClassTable();
    } else {
        fillMeans();
        fillTable();
    }
}

void EvaluatePanel::fillMeans() {
    const auto measure = static_cast<Measure>(m_measure->value());
    const auto& means = m_evaluation.evaluation().means;
    m_means->clear();
    m_means->setRowCount(1);
    m_means->setColumnCount(static_cast<int>(means.size()) + 1);
    std::size_t compared = 0;
    for (const auto& row : m_evaluation.evaluation().rows)
        compared += row.comparison ? 1 : 0;
    QStringList heads{QString()};
    m_means->setItem(0, 0, cell(tr("Mean of %1").arg(compared), false));
    int column = 1;
    for (const auto& [target, regionMeans] : means) {
        heads << targetName(target);
        const auto& interval = workflow::valueOf(regionMeans, measure);
        m_means->setItem(0, column,
                         cell(!interval ? QStringLiteral("–")
                              : interval->cases < 2 // one case has no interval
                                  ? number(interval->mean, measure)
                                  : QStringLiteral("%1 (%2 – %3)")
                                        .arg(number(interval->mean, measure), number(interval->low, measure),
                                             number(interval->high, measure)),
                              true));
        ++column;
    }
    m_means->setHorizontalHeaderLabels(heads);
    for (int n = 1; n < m_means->columnCount(); ++n)
        m_means->horizontalHeaderItem(n)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_means->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
}

void EvaluatePanel::fillClassMeans() {
    const auto& classes = *m_evaluation.classes();
    m_means->clear();
    m_means->setRowCount(1);
    m_means->setColumnCount(static_cast<int>(classes.metrics.size()) + 1);
    const auto answered =
        std::count_if(classes.rows.begin(), classes.rows.end(), [](const auto& row) { return row.answer.has_value(); });
    QStringList heads{QString()};
    m_means->setItem(0, 0, cell(tr("%1 patients").arg(answered), false));
    for (std::size_t n = 0; n < classes.metrics.size(); ++n) {
        const auto& metrics = classes.metrics[n];
        heads << QString::fromStdString(metrics.output);
        auto* const made = cell(areaText(metrics), true);
        made->setToolTip(tr("%1 with, %2 without").arg(metrics.positives).arg(metrics.negatives));
        m_means->setItem(0, static_cast<int>(n) + 1, made);
    }
    m_means->setHorizontalHeaderLabels(heads);
    for (int n = 1; n < m_means->columnCount(); ++n)
        m_means->horizontalHeaderItem(n)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_means->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
}

void EvaluatePanel::fillClassTable() {
    const auto& classes = *m_evaluation.classes();
    std::string chosen;
    if (const auto* const row = chosenPatient())
        chosen = row->name;
    const QSignalBlocker blocker(m_table);
    m_table->clear();
    m_table->clearSpans();
    const int outputs = static_cast<int>(classes.metrics.size());
    const int columns = outputs + 2;
    m_table->setColumnCount(columns);
    m_table->setRowCount(static_cast<int>(classes.rows.size()));
    QStringList heads{tr("Patient")};
    for (const auto& metrics : classes.metrics)
        heads << QString::fromStdString(metrics.output);
    heads << tr("Truth");
    m_table->setHorizontalHeaderLabels(heads);
    m_table->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int n = 1; n < columns; ++n)
        m_table->horizontalHeaderItem(n)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (int n = 0; n < m_table->rowCount(); ++n) {
        const auto& row = classes.rows[static_cast<std::size_t>(n)];
        m_table->setItem(n, 0, cell(QString::fromStdString(row.name), false));
        if (!row.answer) {
            auto* const problem = cell(row.problem ? session::sentence(row.problem->message) : QString(), false);
            problem->setForeground(Theme::instance().colours().bad);
            problem->setToolTip(problem->text());
            m_table->setItem(n, 1, problem);
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
        if (row.name == chosen)
            m_table->selectRow(n);
    }
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
}

void EvaluatePanel::fillTable() {
    const auto measure = static_cast<Measure>(m_measure->value());
    const auto& evaluation = m_evaluation.evaluation();
    std::string chosenCase;
    if (const auto* const row = chosenRow())
        chosenCase = row->path.string();
    m_order.resize(evaluation.rows.size());
    std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    std::stable_sort(m_order.begin(), m_order.end(), [&](std::size_t a, std::size_t b) {
        return goodness(evaluation.rows[a], measure) < goodness(evaluation.rows[b], measure);
    });
    std::vector<imaging::Target> targets;
    for (const auto& [target, means] : evaluation.means)
        targets.push_back(target);

    const QSignalBlocker blocker(m_table);
    m_table->clear();
    m_table->clearSpans();
    const int columns = static_cast<int>(targets.size()) + 3;
    m_table->setColumnCount(columns);
    m_table->setRowCount(static_cast<int>(m_order.size()));
    QStringList heads{tr("Case")};
    for (const imaging::Target target : targets)
        heads << targetName(target);
    heads << tr("Mean") << tr("Seconds");
    m_table->setHorizontalHeaderLabels(heads);
    m_table->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int n = 1; n < columns; ++n)
        m_table->horizontalHeaderItem(n)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (int n = 0; n < static_cast<int>(m_order.size()); ++n) {
        const workflow::EvaluationRow& row = evaluation.rows[m_order[static_cast<std::size_t>(n)]];
        auto* const name = cell(QString::fromStdString(row.caseId), false);
        name->setToolTip(QString::fromStdString(row.path.string()));
        m_table->setItem(n, 0, name);
        if (!row.comparison) {
            auto* const problem = cell(row.problem ? session::sentence(row.problem->message) : QString(), false);
            problem->setForeground(Theme::instance().colours().bad);
            problem->setToolTip(problem->text());
            m_table->setItem(n, 1, problem);
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
        m_table->setItem(n, columns - 2, cell(number(workflow::meanOf(*row.comparison, measure), measure), true));
        m_table->setItem(n, columns - 1, cell(QString::number(row.seconds, 'f', 1), true));
        if (row.path.string() == chosenCase)
            m_table->selectRow(n);
    }
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(columns - 1, QHeaderView::ResizeToContents);
}

} // namespace sulcus::widgets
