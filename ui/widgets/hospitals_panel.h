// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/workbench.h"

#include <QPointF>
#include <QWidget>
#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QStandardItemModel;
class QToolButton;

namespace sulcus::widgets {

class HospitalMap;

/// Hospitals that fit the place, best first. Entries are examples to verify, and it says so.
class HospitalsPanel : public QWidget {
    Q_OBJECT
public:
    HospitalsPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent = nullptr);

    /// "37.57, 126.98" as degrees north and east; empty for anything else.
    int cityRow() const; ///< of the city that the typed text begins or holds; -1: none
    static std::optional<QPointF> coordinatesFrom(const QString& text);

private:
    void fillPlaces();
    void ask();
    void follow();

    session::Workbench& m_workbench;
    QLabel* m_wanted;
    QComboBox* m_finding;
    QCheckBox* m_child;
    QComboBox* m_country;
    QComboBox* m_city;
    QLineEdit* m_search;
    QListView* m_list;
    HospitalMap* m_map;
    QToolButton* m_mapButton;
    QStandardItemModel* m_items;
    QLabel* m_count;
};

} // namespace sulcus::widgets
