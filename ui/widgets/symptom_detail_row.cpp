// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/symptom_detail_row.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/wording.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace sulcus::widgets {

SymptomDetailRow::SymptomDetailRow(session::Workbench& workbench, QWidget* parent)
    : QWidget(parent), m_workbench(workbench) {
    setNamed(this, QStringLiteral("symptomDetail"), tr("More about the symptom"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_title = makeMuted({}, this);
    m_title->setObjectName(QStringLiteral("symptomDetailTitle"));
    layout->addWidget(m_title);
    m_severity = new SegmentedChoice(QStringLiteral("symptomSeverity"), tr("Severity"), this);
    m_severity->addChoice(tr("not said"), 0, tr("Severity not said  [0]"));
    m_severity->addChoice(tr("mild"), 1, tr("Mild  [1]"));
    m_severity->addChoice(tr("moderate"), 2, tr("Moderate  [2]"));
    m_severity->addChoice(tr("severe"), 3, tr("Severe  [3]"));
    layout->addWidget(m_severity);
    auto* const fields = new QHBoxLayout;
    fields->setSpacing(6);
    m_onset = new QLineEdit(this);
    m_onset->setPlaceholderText(tr("Since, e.g. 2024-05 or two weeks"));
    m_onset->setToolTip(tr("When it began: a day or free words"));
    m_onset->setMaxLength(120);
    setNamed(m_onset, QStringLiteral("symptomOnset"), tr("Since when"));
    m_note = new QLineEdit(this);
    m_note->setPlaceholderText(tr("Note"));
    m_note->setToolTip(tr("Anything else about this symptom. No names."));
    m_note->setMaxLength(500);
    setNamed(m_note, QStringLiteral("symptomNote"), tr("Note about the symptom"));
    fields->addWidget(m_onset, 1);
    fields->addWidget(m_note, 1);
    layout->addLayout(fields);

    connect(m_severity, &SegmentedChoice::chosen, this, &SymptomDetailRow::store);
    for (QLineEdit* const field : {m_onset, m_note})
        connect(field, &QLineEdit::textEdited, this, &SymptomDetailRow::store);
    connect(&m_workbench.session().findings(), &session::StateNotifier::changed, this, &SymptomDetailRow::follow);
    setVisible(false);
}

void SymptomDetailRow::showSymptom(const std::string& symptomId) {
    m_id = symptomId;
    follow();
}

void SymptomDetailRow::setSeverity(int severity) {
    if (m_id.empty())
        return;
    session::SymptomDetail now = detail();
    now.severity = severity;
    m_workbench.setSymptomDetail(m_id, std::move(now));
}

session::SymptomDetail SymptomDetailRow::detail() const {
    const auto& details = m_workbench.session().findings()->details;
    const auto known = details.find(m_id);
    return known == details.end() ? session::SymptomDetail{} : known->second;
}

void SymptomDetailRow::follow() {
    const session::FindingData& findings = m_workbench.session().findings().value();
    const bool chosen = std::any_of(findings.symptoms.begin(), findings.symptoms.end(),
                                    [&](const clinic::ReportedSymptom& symptom) { return symptom.id == m_id; });
    setVisible(chosen && m_workbench.knowledge() != nullptr);
    if (!chosen || !m_workbench.knowledge())
        return;
    m_title->setText(symptomName(*m_workbench.knowledge(), m_id));
    const session::SymptomDetail now = detail();
    m_severity->setValue(now.severity);
    const auto put = [](QLineEdit* field, const std::string& text) {
        const QString words = QString::fromStdString(text);
        if (field->text() == words)
            return;
        const QSignalBlocker block(field);
        field->setText(words);
    };
    put(m_onset, now.onset);
    put(m_note, now.note);
}

void SymptomDetailRow::store() {
    m_workbench.setSymptomDetail(
        m_id, {m_onset->text().toStdString(), std::max(0, m_severity->value()), m_note->text().toStdString()});
}

QString SymptomDetailRow::summary(const session::SymptomDetail& detail) {
    QStringList parts;
    if (detail.severity == 1)
        parts << tr("mild");
    if (detail.severity == 2)
        parts << tr("moderate");
    if (detail.severity == 3)
        parts << tr("severe");
    if (!detail.onset.empty())
        parts << tr("since %1").arg(QString::fromStdString(detail.onset));
    if (!detail.note.empty())
        parts << QString::fromStdString(detail.note);
    return parts.join(QStringLiteral(" · "));
}

} // namespace sulcus::widgets
