// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/workbench.h"

#include <QWidget>
#include <string>

class QLabel;
class QLineEdit;

namespace sulcus::widgets {

class SegmentedChoice;

/// Severity, onset and note of the one chosen symptom that the checklist stands on.
class SymptomDetailRow : public QWidget {
    Q_OBJECT
public:
    explicit SymptomDetailRow(session::Workbench& workbench, QWidget* parent = nullptr);

    /// Shows a symptom; hides itself for one that is not chosen, and for an empty id.
    void showSymptom(const std::string& symptomId);
    const std::string& symptomId() const { return m_id; }
    void setSeverity(int severity);

    /// "severe, since May, note" in the program's language; empty when there is nothing to say.
    static QString summary(const session::SymptomDetail& detail);

private:
    void follow();
    session::SymptomDetail detail() const;
    void store();

    session::Workbench& m_workbench;
    std::string m_id;
    QLabel* m_title;
    SegmentedChoice* m_severity;
    QLineEdit* m_onset;
    QLineEdit* m_note;
};

} // namespace sulcus::widgets
