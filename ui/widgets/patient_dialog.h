// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/patient_book.h"
#include "ui/session/workbench.h"
#include "ui/viewport/curve_view.h"

#include <QDialog>
#include <QTimer>
#include <set>

class QComboBox;
class QFrame;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTextBrowser;

namespace sulcus::widgets {

/// The x axis of volumes over time: Julian days from a little before the first to a little after the last. Dates stand
/// at the visits themselves, as many as fit side by side; a single visit stands in the middle. `days` is not empty.
void setDays(scene::CurvePanel& panel, const std::set<qint64>& days);

/// The patients of the database: found as one types, added, edited, removed (with what goes with them named, and a
/// while to take it back), their visits, and the volumes of their masks over time.
class PatientDialog : public QDialog {
    Q_OBJECT
public:
    explicit PatientDialog(session::Workbench& workbench, QWidget* parent = nullptr);

    session::PatientBook& book() { return m_book; }

private:
    QWidget* makeList();
    QWidget* makeForm();
    QWidget* makeChart();
    void fillList();
    void showChart();
    void restyle();
    void startNew();
    void save();
    void askRemoval();
    void followRemoval();
    store::Patient edited() const;
    void followEdits();

    session::Workbench& m_workbench;
    session::PatientBook m_book;
    QLineEdit* m_search;
    QListWidget* m_list;
    QLabel* m_count;
    QLineEdit* m_pseudonym;
    QLineEdit* m_name;
    QLineEdit* m_birthYear;
    QComboBox* m_sex;
    QComboBox* m_hand;
    QPlainTextEdit* m_note;
    QLabel* m_heading;
    QLabel* m_problem;
    QPushButton* m_save;
    QPushButton* m_remove;
    QPushButton* m_take;
    QTextBrowser* m_visits;
    viewport::CurveView* m_curves;
    QLabel* m_noCurves;
    QFrame* m_question;
    QLabel* m_questionText;
    QFrame* m_undoBar;
    QLabel* m_undoText;
    QTimer m_countDown;
    std::int64_t m_id = 0; ///< of the patient in the form; 0: a new one
};

} // namespace sulcus::widgets
