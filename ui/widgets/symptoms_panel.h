// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/workbench.h"

#include <QTreeWidget>
#include <QWidget>
#include <map>
#include <set>

class QDateEdit;
class QLabel;
class QLineEdit;
class QPushButton;

namespace sulcus::widgets {

class BrainPainter;
class SegmentedChoice;
class SymptomDetailRow;

/// The checklist itself: groups of symptoms, a box to tick, a side where the side matters. Space ticks, L, R, B and U
/// set the side, 0 to 3 the severity.
class SymptomTree : public QTreeWidget {
    Q_OBJECT
public:
    explicit SymptomTree(QWidget* parent = nullptr);

Q_SIGNALS:
    void sideKeyPressed(QTreeWidgetItem* item, sulcus::Side side);
    void severityKeyPressed(QTreeWidgetItem* item, int severity);
    void searchKeyPressed(const QString& text); ///< a letter typed in the list goes back to the search

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
};

/// Who the patient is (a pseudonym) and what they complain of.
class SymptomsPanel : public QWidget {
    Q_OBJECT
public:
    SymptomsPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent = nullptr);

    void focusSearch();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fill();
    void filter();
    void follow();
    void followPicture();
    void readPatient();
    void setSide(const std::string& id, Side side);
    void toggled(QTreeWidgetItem* item);
    bool sideMatters(const std::string& id) const;

    session::Workbench& m_workbench;
    QLineEdit* m_pseudonym;
    QLabel* m_patientNote;
    QDateEdit* m_visit;
    SegmentedChoice* m_hand;
    QLineEdit* m_search;
    QLabel* m_noneFound;
    QLabel* m_count;
    QPushButton* m_clear;
    SymptomTree* m_tree;
    QLabel* m_suggested;
    SymptomDetailRow* m_detail;
    BrainPainter* m_painter;
    QLabel* m_picture;
    std::map<std::string, QTreeWidgetItem*> m_items;
    bool m_filling = false;
};

} // namespace sulcus::widgets
