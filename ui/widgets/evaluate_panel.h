// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/evaluation_session.h"
#include "ui/session/workbench.h"

#include <QWidget>
#include <filesystem>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace sulcus::widgets {

class SegmentedChoice;

/// A bundle, cases with truth, and how well the one does on the others: a row a case, worst first, means with their
/// intervals above, each mean over its column. Of a bundle that classifies, a row a patient and the area under the ROC
/// curve of each output. Shows an EvaluationSession and how far it is; asks through the actions evaluation-add, -clear,
/// -run, -open and -csv.
class EvaluatePanel : public QWidget {
    Q_OBJECT
public:
    EvaluatePanel(session::EvaluationSession& evaluation, session::Workbench& workbench,
                  session::ActionCatalog& actions, QWidget* parent = nullptr);

    /// Folder of the bundle that is chosen; empty when there is none.
    std::filesystem::path bundle() const;
    void setBundle(const std::filesystem::path& folder);
    /// Bundles that classify, which the workbench does not list: they draw no masks.
    void setClassifiers(std::vector<learning::Bundle> bundles);
    void addClassifier(const learning::Bundle& bundle); ///< or puts it in the place of one in the same folder
    bool classifies() const;                            ///< the bundle that is chosen
    /// The row that is marked; null when there is none or it has no comparison.
    const workflow::EvaluationRow* chosenRow() const;
    /// The same after a bundle that classifies.
    const workflow::ClassEvaluationRow* chosenPatient() const;
    void chooseRow(int row); ///< of the table
    void chooseWorst();      ///< the worst case that was compared, unless a row is marked already
    /// A sentence in the status line, until the next one, the next evaluation or an empty list.
    void say(const QString& sentence);
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void choiceChanged(); ///< bundle or row
    void rowActivated();  ///< by double click or Enter

private:
    void fillBundles();
    void follow();
    void followJob();
    void forget();
    void mark();
    void fillTable();
    void fillMeans();
    void fillClassTable();
    void fillClassMeans();
    void setHeads(const QStringList& columns, const QString& first, const QStringList& last);
    void alignColumns();
    const learning::Bundle* chosenBundle() const;
    std::vector<imaging::Target> regions() const;
    QString statusText() const;
    QString outcomeText() const;

    std::vector<learning::Bundle> m_classifiers;
    bool m_picked = false; ///< a person, or the program for them, chose the bundle
    session::EvaluationSession& m_evaluation;
    session::Workbench& m_workbench;
    QComboBox* m_bundle;
    QLabel* m_cases;
    QLabel* m_meansTitle;
    QLabel* m_tableTitle;
    QLabel* m_legend;
    SegmentedChoice* m_measure;
    QTableWidget* m_means;
    QTableWidget* m_table;
    QLabel* m_status;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    QString m_said;
    std::vector<session::RowKey> m_keys;   ///< by row of the table
    std::optional<session::RowKey> m_mark; ///< of the row that is marked; survives that the table is filled anew
};

} // namespace sulcus::widgets
