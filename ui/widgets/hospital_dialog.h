// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/hospital_book.h"
#include "ui/session/workbench.h"

#include <QDialog>
#include <map>
#include <string>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace sulcus::widgets {

class HospitalMap;

/// The hospital directory to edit: find, add, change, delete, bring a shipped entry back, read and write CSV files.
/// What a file's refused lines were is listed, line by line.
class HospitalDialog : public QDialog {
    Q_OBJECT
public:
    explicit HospitalDialog(session::Workbench& workbench, QWidget* parent = nullptr);

    session::HospitalBook& book() { return m_book; }
    void choose(const QString& id);

private:
    QWidget* makeList();
    QWidget* makeForm();
    void fillList();
    void present(const clinic::Hospital* hospital);
    clinic::Hospital edited() const;
    void save();
    void remove();
    void followEdits();
    void askFile(bool write);
    void showImport();

    session::Workbench& m_workbench;
    session::HospitalBook m_book;
    std::string m_id; ///< of the hospital in the form; empty: a new one
    QLineEdit* m_search;
    QListWidget* m_list;
    QLabel* m_count;
    HospitalMap* m_map;
    QLineEdit* m_name;
    QLineEdit* m_local;
    QLineEdit* m_city;
    QLineEdit* m_region;
    QLineEdit* m_country;
    QLineEdit* m_website;
    QDoubleSpinBox* m_latitude;
    QDoubleSpinBox* m_longitude;
    QCheckBox* m_tertiary;
    QCheckBox* m_children;
    std::map<std::string, std::pair<QCheckBox*, QCheckBox*>> m_departments; ///< code -> has it, page seen
    QLabel* m_origin;
    QLabel* m_problem;
    QPushButton* m_save;
    QPushButton* m_remove;
    QPushButton* m_reset;
    QPlainTextEdit* m_report;
};

} // namespace sulcus::widgets
