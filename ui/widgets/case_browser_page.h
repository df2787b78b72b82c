// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/case_browser.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStandardItemModel;

namespace sulcus::widgets {

class SegmentedChoice;

/// The cases of a dataset folder as pictures with their names and what is there of each: truth, mask, report.
class CaseBrowserPage : public QWidget {
    Q_OBJECT
public:
    CaseBrowserPage(session::CaseBrowser& browser, QWidget* parent = nullptr);
    void focusFilter();

Q_SIGNALS:
    void caseChosen(int index);
    void folderWanted(); ///< another folder
    void closed();       ///< back to where the person came from

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void follow(int index);
    void wantVisible();

    session::CaseBrowser& m_browser;
    QLabel* m_title;
    QLabel* m_count;
    QLineEdit* m_filter;
    SegmentedChoice* m_which;
    QListView* m_list;
    QStandardItemModel* m_items;
    QTimer m_visible;
    std::vector<int> m_rows; ///< index of the case in each row
};

} // namespace sulcus::widgets
