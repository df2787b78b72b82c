// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/workbench.h"

#include <QObject>
#include <QPointer>
#include <functional>

class QMainWindow;

namespace sulcus::widgets {

class BrainExplorer;

/// The windows and pages about patients, symptoms and hospitals beside the case: their actions, and one of each at a
/// time.
class ClinicWindows : public QObject {
    Q_OBJECT
public:
    /// Adds its actions to the catalogue.
    ClinicWindows(session::Workbench& workbench, session::ActionCatalog& actions, QMainWindow& window);

    /// The page that takes the place of the views while `brain-explore` is on; made when first shown.
    BrainExplorer* explorer();
    bool exploring() const;
    /// Asks for a case folder, then hands it to its argument.
    std::function<void(std::function<void(QString)>)> askFolder;
    /// Ids for the menu of findings, "-" between groups.
    static std::initializer_list<const char*> menuIds();

Q_SIGNALS:
    void exploringChanged();

private:
    template <typename Dialog>
    void raise(QPointer<QWidget>& slot);

    session::Workbench& m_workbench;
    session::ActionCatalog& m_actions;
    QMainWindow& m_window;
    QPointer<BrainExplorer> m_explorer;
    QPointer<QWidget> m_patients;
    QPointer<QWidget> m_form;
    QPointer<QWidget> m_hospitals;
};

} // namespace sulcus::widgets
