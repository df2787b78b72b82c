// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/workbench.h"

#include <QDialog>
#include <map>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace sulcus::widgets {

/// The form that a patient fills in before the visit: one page per part of the body's work, questions in plain words
/// and large letters, in Korean or English whatever the program speaks. Nothing is kept until the last page says so.
/// Arrow keys move between questions, Space ticks, L, R and B choose the side, Return goes to the next page.
class PatientForm : public QDialog {
    Q_OBJECT
public:
    explicit PatientForm(session::Workbench& workbench, QWidget* parent = nullptr);

    bool korean() const { return m_korean; }
    void setKorean(bool korean);
    int page() const { return m_page; }
    int pages() const; ///< questions' pages and the last one
    void setPage(int page);
    const std::vector<clinic::ReportedSymptom>& answers() const { return m_answers; }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void fillQuestions(const clinic::SymptomGroup& group);
    void fillSummary();
    void showPage(QWidget* page);
    void tick(const std::string& id, bool on);
    void chooseSide(const std::string& id, Side side);
    bool chosen(const std::string& id) const;
    void finish();
    QString in(const char* english, const char* korean) const;
    QString nameOf(const clinic::Symptom& symptom) const;
    QString questionOf(const clinic::Symptom& symptom) const;

    session::Workbench& m_workbench;
    bool m_korean = false;
    int m_page = 0;
    std::vector<clinic::ReportedSymptom> m_answers;
    std::map<std::string, session::SymptomDetail> m_details;
    clinic::Handedness m_hand = clinic::Handedness::Unknown;
    QLabel* m_heading;
    QLabel* m_help;
    QProgressBar* m_progress;
    QScrollArea* m_scroll;
    QPushButton* m_language[2];
    QPushButton* m_back;
    QPushButton* m_next;
    std::vector<QPushButton*> m_questions;
};

} // namespace sulcus::widgets
