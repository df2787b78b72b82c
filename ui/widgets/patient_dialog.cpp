// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/patient_dialog.h"

#include "ui/session/message_catalogue.h"
#include "ui/widgets/directory_parts.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/symptom_detail_row.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QComboBox>
#include <QDate>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <algorithm>
#include <map>
#include <set>

namespace sulcus::widgets {

namespace {

constexpr int kIdRole = Qt::UserRole;

std::array<std::uint8_t, 3> colourOf(const std::string& target) {
    if (target == "TC")
        return {213, 94, 0};
    if (target == "ET")
        return {240, 228, 66};
    return {86, 180, 233};
}

} // namespace

void setDays(scene::CurvePanel& panel, const std::set<qint64>& days) {
    constexpr double kShareOfLabel = 0.24; // of the axis: ten characters where the plot is at its narrowest
    const auto first = static_cast<double>(*days.begin());
    const auto last = static_cast<double>(*days.rbegin());
    const double room = std::max(2.0, 0.14 * (last - first));
    panel.xLow = first - room;
    panel.xHigh = last + room;
    const double apart = kShareOfLabel * (*panel.xHigh - *panel.xLow);
    const auto name = [&](double day) {
        panel.xTicks.emplace_back(day,
                                  QDate::fromJulianDay(static_cast<qint64>(day)).toString(Qt::ISODate).toStdString());
    };
    name(first);
    for (const qint64 day : days)
        if (const auto at = static_cast<double>(day); at - panel.xTicks.back().first >= apart && last - at >= apart)
            name(at);
    if (last - panel.xTicks.back().first >= apart)
        name(last);
}

PatientDialog::PatientDialog(session::Workbench& workbench, QWidget* parent)
    : QDialog(parent), m_workbench(workbench), m_book(workbench.store()) {
    const auto [layout, split] = makeDirectoryFrame(*this, QStringLiteral("patientDialog"), tr("Patients"));
    split->addWidget(makeList());
    split->addWidget(makeForm());
    split->addWidget(makeChart());
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 3);
    split->setStretchFactor(2, 5);

    // One strip for the question before a removal, one for the while after it; neither hides the patients.
    m_question = new QFrame(this);
    m_question->setObjectName(QStringLiteral("removalQuestion"));
    auto* const question = new QHBoxLayout(m_question);
    question->setContentsMargins(12, 8, 8, 8);
    m_questionText = new QLabel(m_question);
    m_questionText->setWordWrap(true);
    m_questionText->setObjectName(QStringLiteral("removalText"));
    question->addWidget(m_questionText, 1);
    auto* const keep = makeNamedButton({"removalKeep", tr("Keep the patient"), tr("Keep")}, m_question);
    auto* const remove = makeNamedButton({"removalConfirm", tr("Delete the patient"), tr("Delete")}, m_question);
    question->addWidget(keep);
    question->addWidget(remove);
    m_question->hide();
    layout->addWidget(m_question);
    m_undoBar = new QFrame(this);
    m_undoBar->setObjectName(QStringLiteral("undoBar"));
    auto* const undo = new QHBoxLayout(m_undoBar);
    undo->setContentsMargins(12, 8, 8, 8);
    m_undoText = new QLabel(m_undoBar);
    m_undoText->setObjectName(QStringLiteral("undoText"));
    undo->addWidget(m_undoText, 1);
    auto* const back = makeNamedButton({"undoRemoval", tr("Bring the patient back"), tr("Undo")}, m_undoBar);
    undo->addWidget(back);
    m_undoBar->hide();
    layout->addWidget(m_undoBar);
    layout->addWidget(
        makeMuted(tr("Patients live in the database on this computer alone. Use a pseudonym, not a name."), this));

    connect(keep, &QPushButton::clicked, m_question, &QWidget::hide);
    connect(remove, &QPushButton::clicked, this, [this] {
        m_question->hide();
        m_book.remove(m_id);
    });
    connect(back, &QPushButton::clicked, &m_book, &session::PatientBook::undoRemoval);
    connect(&m_book, &session::PatientBook::resultsChanged, this, &PatientDialog::fillList);
    connect(&m_book, &session::PatientBook::chartChanged, this, &PatientDialog::showChart);
    connect(&m_book, &session::PatientBook::removalChanged, this, &PatientDialog::followRemoval);
    connect(&m_book, &session::PatientBook::stored, &m_workbench, &session::Workbench::patientStored);
    connect(&m_book, &session::PatientBook::removed, this, [this](std::int64_t id) {
        m_workbench.patientRemoved(id);
        if (id == m_id)
            startNew();
    });
    connect(&m_book, &session::PatientBook::failed, this,
            [this](const Message& message) { showProblem(*m_problem, message); });
    connect(&m_workbench, &session::Workbench::patientChanged, this, [this] {
        // A save in the main window changes what stands here.
        m_book.search(m_book.searched());
        if (m_book.chart())
            m_book.open(m_book.chart()->patient.id);
    });
    m_countDown.setInterval(250);
    connect(&m_countDown, &QTimer::timeout, this, &PatientDialog::followRemoval);
    connect(&Theme::instance(), &Theme::changed, this, &PatientDialog::restyle);
    finishDirectory(*this, {1180, 720});
    restyle();
    startNew();
    m_book.search({});
    if (const std::int64_t id = m_workbench.session().findings()->patient.id; id != 0)
        m_book.open(id);
    m_search->setFocus();
}

QWidget* PatientDialog::makeList() {
    const auto [side, column, search, list] =
        makeSearchColumn(this, {"patientSearch", tr("Find a patient"), tr("Pseudonym or name")},
                         {"patientList", tr("Patients found")}, 1);
    m_search = search;
    m_search->setToolTip(tr("Finds by the beginning of the pseudonym or of a name"));
    m_list = list;
    m_list->setUniformItemSizes(true);
    m_list->setMinimumWidth(190);
    m_count = makeMuted({}, side);
    m_count->setObjectName(QStringLiteral("patientCount"));
    column->addWidget(m_count);
    auto* const add = makeNamedButton({"patientNew", tr("New patient"), tr("New patient")}, side);
    column->addWidget(add);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) { m_book.search(text); });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (m_list->count() > 0)
            m_list->setCurrentRow(0);
    });
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (item != nullptr)
            m_book.open(item->data(kIdRole).toLongLong());
    });
    connect(add, &QPushButton::clicked, this, [this] {
        m_book.open(0);
        startNew();
        // A pseudonym by default: the next free number, to be changed at will.
        QString code;
        const auto taken = [&] {
            return std::any_of(m_book.results().begin(), m_book.results().end(),
                               [&](const store::Patient& p) { return p.pseudonym == code.toStdString(); });
        };
        for (std::size_t n = m_book.total() + 1; code.isEmpty() || taken(); ++n)
            code = QStringLiteral("P-%1").arg(n, 3, 10, QLatin1Char('0'));
        m_pseudonym->setText(code);
        m_pseudonym->selectAll();
        m_pseudonym->setFocus();
    });
    return side;
}

QWidget* PatientDialog::makeForm() {
    auto* const side = new QWidget(this);
    auto* const column = new QVBoxLayout(side);
    column->setContentsMargins(8, 0, 8, 0);
    column->setSpacing(8);
    m_heading = makeHeading({}, side);
    m_heading->setObjectName(QStringLiteral("patientHeading"));
    column->addWidget(m_heading);
    auto* const form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->setVerticalSpacing(4);
    m_pseudonym = new QLineEdit(side);
    m_pseudonym->setPlaceholderText(tr("A code, e.g. P-017"));
    setNamed(m_pseudonym, QStringLiteral("chartPseudonym"), tr("Pseudonym"));
    form->addRow(tr("Pseudonym"), m_pseudonym);
    m_birthYear = new QLineEdit(side);
    m_birthYear->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("\\d{0,4}")), side));
    m_birthYear->setPlaceholderText(tr("e.g. 1961"));
    setNamed(m_birthYear, QStringLiteral("chartBirthYear"), tr("Year of birth"));
    m_sex = new QComboBox(side);
    setNamed(m_sex, QStringLiteral("chartSex"), tr("Sex"));
    m_sex->addItem(tr("not said"), QString());
    m_sex->addItem(tr("female"), QStringLiteral("female"));
    m_sex->addItem(tr("male"), QStringLiteral("male"));
    m_sex->addItem(tr("other"), QStringLiteral("other"));
    m_hand = new QComboBox(side);
    setNamed(m_hand, QStringLiteral("chartHand"), tr("Writing hand"));
    m_hand->addItem(tr("unknown"), static_cast<int>(clinic::Handedness::Unknown));
    m_hand->addItem(tr("left"), static_cast<int>(clinic::Handedness::Left));
    m_hand->addItem(tr("right"), static_cast<int>(clinic::Handedness::Right));
    form->addRow(tr("Year of birth"), m_birthYear);
    form->addRow(tr("Sex"), m_sex);
    form->addRow(tr("Writing hand"), m_hand);
    m_name = new QLineEdit(side);
    m_name->setPlaceholderText(tr("Better left empty"));
    m_name->setToolTip(tr("Stays in the database and is never put into a report. A pseudonym is enough."));
    setNamed(m_name, QStringLiteral("chartName"), tr("Name (better left empty)"));
    form->addRow(tr("Name"), m_name);
    m_note = new QPlainTextEdit(side);
    m_note->setTabChangesFocus(true);
    m_note->setMaximumHeight(78);
    setNamed(m_note, QStringLiteral("chartNote"), tr("Note"));
    form->addRow(tr("Note"), m_note);
    column->addLayout(form);
    m_problem = makeProblemLine("chartProblem", side);
    column->addWidget(m_problem);
    column->addStretch(1);
    auto* const buttons = new QHBoxLayout;
    m_save = makeNamedButton({"chartSave", tr("Save the patient"), tr("Save")}, side);
    m_save->setProperty("primary", true);
    m_remove = makeNamedButton({"chartRemove", tr("Delete the patient"), tr("Delete...")}, side);
    buttons->addWidget(m_save, 1);
    m_remove->setMinimumHeight(m_save->sizeHint().height());
    buttons->addWidget(m_remove);
    column->addLayout(buttons);
    m_take =
        makeNamedButton({"chartTake", tr("Use this patient in the main window"), tr("Use in the main window")}, side);
    m_take->setToolTip(tr("Takes this patient and the symptoms of the latest visit"));
    column->addWidget(m_take);
    connect(m_save, &QPushButton::clicked, this, &PatientDialog::save);
    connect(m_remove, &QPushButton::clicked, this, &PatientDialog::askRemoval);
    connect(m_take, &QPushButton::clicked, this, [this] {
        if (m_book.chart())
            m_workbench.takePatient(m_book.chart()->patient);
    });
    for (QLineEdit* const field : {m_pseudonym, m_name, m_birthYear}) {
        connect(field, &QLineEdit::textChanged, this, &PatientDialog::followEdits);
        connect(field, &QLineEdit::returnPressed, this, &PatientDialog::save);
    }
    for (QComboBox* const box : {m_sex, m_hand})
        connect(box, &QComboBox::currentIndexChanged, this, &PatientDialog::followEdits);
    connect(m_note, &QPlainTextEdit::textChanged, this, &PatientDialog::followEdits);
    return side;
}

QWidget* PatientDialog::makeChart() {
    auto* const side = new QWidget(this);
    auto* const column = new QVBoxLayout(side);
    column->setContentsMargins(6, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(makeHeading(tr("Volumes over time"), side));
    m_curves = new viewport::CurveView(side);
    setNamed(m_curves, QStringLiteral("volumeCurves"), tr("Volumes of the masks over time"));
    m_curves->setMinimumSize(260, 170);
    column->addWidget(m_curves, 3);
    m_noCurves = makeMuted(tr("Nothing measured yet. Open a case, segment it and save the patient: each examination "
                              "becomes a point of this plot."),
                           side);
    m_noCurves->setObjectName(QStringLiteral("noVolumes"));
    m_noCurves->setAlignment(Qt::AlignTop);
    column->addWidget(m_noCurves, 3);
    column->addWidget(makeHeading(tr("Visits"), side));
    m_visits = new QTextBrowser(side);
    setNamed(m_visits, QStringLiteral("visitList"), tr("Visits with their symptoms"));
    m_visits->setFrameShape(QFrame::NoFrame);
    m_visits->setOpenLinks(false);
    connect(m_visits, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (const QString text = link.toString(); text.startsWith(QLatin1String("remove:")))
            m_book.removeVisit(text.mid(7).toLongLong());
    });
    column->addWidget(m_visits, 4);
    return side;
}

void PatientDialog::restyle() {
    const ThemeColours& c = Theme::instance().colours();
    const auto strip = [&](const char* name, const QColor& edge) {
        return QStringLiteral("#%1 { background: %2; border: 1px solid %3; border-left: 5px solid %4; border-radius: "
                              "8px; }")
            .arg(QLatin1String(name), c.raised.name(), c.border.name(), edge.name());
    };
    m_question->setStyleSheet(strip("removalQuestion", c.bad));
    m_undoBar->setStyleSheet(strip("undoBar", c.accent));
    showChart();
}

void PatientDialog::fillList() {
    const QSignalBlocker block(m_list);
    m_list->clear();
    for (const store::Patient& patient : m_book.results()) {
        QString text = QString::fromStdString(patient.pseudonym);
        if (!patient.name.empty())
            text += QStringLiteral("  ·  ") + QString::fromStdString(patient.name);
        auto* const item = new QListWidgetItem(text, m_list);
        item->setData(kIdRole, static_cast<qlonglong>(patient.id));
        if (patient.id == m_id)
            m_list->setCurrentItem(item);
    }
    m_count->setText(tr("%1 shown of %2").arg(m_book.results().size()).arg(m_book.total()));
}

void PatientDialog::startNew() {
    m_id = 0;
    const QSignalBlocker block(m_list);
    m_list->clearSelection();
    m_list->setCurrentItem(nullptr);
    for (QLineEdit* const field : {m_pseudonym, m_name, m_birthYear})
        field->clear();
    m_sex->setCurrentIndex(0);
    m_hand->setCurrentIndex(0);
    m_note->clear();
    m_problem->hide();
    m_question->hide();
    m_heading->setText(tr("New patient"));
    followEdits();
}

void PatientDialog::showChart() {
    const auto& chart = m_book.chart();
    const ThemeColours& c = Theme::instance().colours();
    m_question->hide();
    if (!chart) {
        m_visits->setHtml({});
        m_curves->setVisible(false);
        m_noCurves->setVisible(true);
        followEdits();
        return;
    }
    m_problem->hide();
    const store::Patient& patient = chart->patient;
    m_id = patient.id;
    m_heading->setText(QString::fromStdString(patient.pseudonym));
    m_pseudonym->setText(QString::fromStdString(patient.pseudonym));
    m_name->setText(QString::fromStdString(patient.name));
    m_birthYear->setText(QString::fromStdString(patient.birthYear));
    m_sex->setCurrentIndex(std::max(0, m_sex->findData(QString::fromStdString(patient.sex))));
    m_hand->setCurrentIndex(std::max(0, m_hand->findData(static_cast<int>(patient.handedness))));
    m_note->setPlainText(QString::fromStdString(patient.note));
    {
        const QSignalBlocker block(m_list);
        for (int n = 0; n < m_list->count(); ++n)
            if (m_list->item(n)->data(kIdRole).toLongLong() == m_id)
                m_list->setCurrentRow(n);
    }

    const auto& knowledge = m_workbench.knowledge();
    QString html;
    for (const store::VisitRecord& visit : chart->visits) {
        QStringList symptoms;
        for (const store::VisitSymptom& entry : visit.symptoms) {
            QString text =
                (knowledge ? symptomName(*knowledge, entry.symptom.id) : QString::fromStdString(entry.symptom.id))
                    .toHtmlEscaped();
            QStringList more;
            if (entry.symptom.side != Side::Unknown)
                more << sideName(entry.symptom.side);
            if (const QString detail = SymptomDetailRow::summary({entry.onset, entry.severity, entry.note});
                !detail.isEmpty())
                more << detail;
            if (!more.isEmpty())
                text += QStringLiteral(" <span style='color:%1'>(%2)</span>")
                            .arg(c.muted.name(), more.join(QStringLiteral(", ")).toHtmlEscaped());
            symptoms << text;
        }
        html += QStringLiteral("<p style='margin-bottom:8px'><b>%1</b> &nbsp;<a href='remove:%2' style='color:%3'>%4"
                               "</a><br/>%5</p>")
                    .arg(QString::fromStdString(visit.visit.date).toHtmlEscaped())
                    .arg(visit.visit.id)
                    .arg(c.muted.name(), tr("delete visit"),
                         symptoms.isEmpty() ? tr("no symptoms") : symptoms.join(QStringLiteral("<br/>")));
    }
    if (!chart->studies.empty()) {
        QStringList cases;
        for (const store::Study& study : chart->studies)
            cases << QString::fromStdString(study.caseId).toHtmlEscaped();
        html += QStringLiteral("<p><span style='color:%1'>%2</span> %3</p>")
                    .arg(c.muted.name(), tr("Cases:"), cases.join(QStringLiteral(", ")));
    }
    m_visits->setHtml(html.isEmpty() ? tr("No visit yet. Save symptoms in the main window.") : html);

    scene::CurvePanel panel;
    panel.xTitle = tr("Date").toStdString();
    panel.yTitle = tr("ml").toStdString();
    panel.yLow = 0.0;
    std::map<std::string, scene::Curve> curves;
    std::set<qint64> days;
    for (const store::VolumePoint& point : chart->volumes) {
        const QDate day = QDate::fromString(QString::fromStdString(point.date).left(10), Qt::ISODate);
        if (!point.latestOfStudy || !day.isValid())
            continue;
        days.insert(day.toJulianDay());
        for (const auto& [target, ml] : point.mlPerTarget) {
            scene::Curve& curve = curves[target];
            curve.name = target;
            curve.colour = colourOf(target);
            curve.marked = true;
            curve.x.push_back(static_cast<double>(day.toJulianDay()));
            curve.y.push_back(ml);
        }
    }
    for (auto& [target, curve] : curves)
        panel.curves.push_back(std::move(curve));
    if (!days.empty())
        setDays(panel, days);
    m_curves->setVisible(!curves.empty());
    m_noCurves->setVisible(curves.empty());
    if (!curves.empty()) {
        scene::ChartStyle style;
        style.dark = Theme::instance().kind() == ThemeKind::Dark;
        m_curves->setStyle(style);
        m_curves->setPanels({panel});
    }
    followEdits();
}

store::Patient PatientDialog::edited() const {
    store::Patient patient;
    if (m_book.chart() && m_id != 0)
        patient = m_book.chart()->patient;
    patient.id = m_id;
    patient.pseudonym = m_pseudonym->text().trimmed().toStdString();
    patient.name = m_name->text().trimmed().toStdString();
    patient.birthYear = m_birthYear->text().toStdString();
    patient.sex = m_sex->currentData().toString().toStdString();
    patient.handedness = static_cast<clinic::Handedness>(m_hand->currentData().toInt());
    patient.note = m_note->toPlainText().toStdString();
    return patient;
}

void PatientDialog::followEdits() {
    const bool named = !m_pseudonym->text().trimmed().isEmpty();
    const int born = m_birthYear->text().toInt();
    const bool year = m_birthYear->text().isEmpty() || (born >= 1890 && born <= QDate::currentDate().year());
    m_save->setEnabled(named && year);
    m_save->setToolTip(!named ? tr("Give the patient a pseudonym first.")
                       : year ? QString()
                              : tr("The year of birth must lie between 1890 and this year."));
    m_remove->setEnabled(m_id != 0);
    m_take->setEnabled(m_id != 0);
}

void PatientDialog::save() {
    m_problem->hide();
    if (m_save->isEnabled())
        m_book.save(edited());
}

void PatientDialog::askRemoval() {
    if (!m_book.chart())
        return;
    const store::RemovalSummary& goes = m_book.chart()->goesWith;
    QStringList what;
    const auto add = [&what](std::size_t count, const QString& words) {
        if (count > 0)
            what << words.arg(count);
    };
    add(goes.visits, tr("visits: %1"));
    add(goes.symptoms, tr("symptoms: %1"));
    add(goes.studies, tr("studies: %1"));
    add(goes.segmentations, tr("measured masks: %1"));
    add(goes.crossChecks, tr("verdicts: %1"));
    add(goes.reports, tr("reports: %1"));
    QString text = tr("Delete patient %1?").arg(QString::fromStdString(m_book.chart()->patient.pseudonym));
    text += QLatin1Char(' ') + (what.isEmpty() ? tr("Nothing else goes with it.")
                                               : tr("This goes with it: %1.").arg(what.join(QStringLiteral(", "))));
    if (!goes.filesThatStay.empty())
        text += QLatin1Char(' ') + tr("Files on disk stay: %1.").arg(goes.filesThatStay.size());
    m_questionText->setText(text);
    m_question->show();
    m_question->findChild<QPushButton*>(QStringLiteral("removalKeep"))->setFocus();
}

void PatientDialog::followRemoval() {
    const bool open = m_book.canUndoRemoval();
    m_undoBar->setVisible(open);
    if (!open) {
        m_countDown.stop();
        return;
    }
    if (!m_countDown.isActive())
        m_countDown.start();
    m_undoText->setText(tr("Patient %1 was deleted. Final in %2 s.")
                            .arg(m_book.removedPseudonym())
                            .arg((m_book.undoMillisecondsLeft() + 999) / 1000));
}

} // namespace sulcus::widgets
