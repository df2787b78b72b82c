// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/workbench.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QStandardItemModel;

namespace sulcus::widgets {

/// Hospitals that fit the place, best first. Entries are examples to verify, and it says so.
class HospitalsPanel : public QWidget {
    Q_OBJECT
public:
    explicit HospitalsPanel(session::Workbench& workbench, QWidget* parent = nullptr);

private:
    void fillPlaces();
    void ask();
    void follow();

    session::Workbench& m_workbench;
    QLabel* m_wanted;
    QComboBox* m_country;
    QComboBox* m_city;
    QLineEdit* m_search;
    QListView* m_list;
    QStandardItemModel* m_items;
    QLabel* m_count;
};

} // namespace sulcus::widgets
