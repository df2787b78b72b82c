// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/clinic_windows.h"

#include "ui/widgets/brain_explorer.h"
#include "ui/widgets/hospital_dialog.h"
#include "ui/widgets/patient_dialog.h"
#include "ui/widgets/patient_form.h"

#include <QMainWindow>

namespace sulcus::widgets {

ClinicWindows::ClinicWindows(session::Workbench& workbench, session::ActionCatalog& actions, QMainWindow& window)
    : QObject(&window), m_workbench(workbench), m_actions(actions), m_window(window) {
    using Keys = QList<QKeySequence>;
    const QString findings = tr("Findings");
    const auto needsTables = [this] {
        return m_workbench.knowledge() ? QString() : tr("The database is being opened.");
    };
    m_actions.add({"case-open-chain",
                   tr("File"),
                   tr("Open and &check a case..."),
                   tr("Opens a folder, segments, takes the stored symptoms, finds place, verdict and hospitals"),
                   "chain",
                   Keys{QKeySequence("Ctrl+Alt+O")},
                   false,
                   {}},
                  [this] {
                      if (askFolder)
                          askFolder([this](const QString& path) { m_workbench.runChain(path.toStdString()); });
                  });
    m_actions.add({"patient-book", findings, tr("&Patients..."),
                   tr("Find, add, edit and delete patients; visits and volumes over time"), "symptoms",
                   Keys{QKeySequence("Ctrl+Shift+B")}, false, needsTables},
                  [this] { raise<PatientDialog>(m_patients); });
    m_actions.add({"patient-form", findings, tr("&Form for the patient..."),
                   tr("Large plain questions in Korean or English, filled in before the visit"), "question",
                   Keys{QKeySequence("Ctrl+Shift+Q")}, false, needsTables},
                  [this] { raise<PatientForm>(m_form); });
    m_actions.add({"patient-clear",
                   findings,
                   tr("&Next patient"),
                   tr("Empties pseudonym, writing hand and symptoms"),
                   {},
                   {},
                   false,
                   [this] {
                       const session::FindingData& now = m_workbench.session().findings().value();
                       return now.symptoms.empty() && now.patient.pseudonym.empty() ? tr("The form is empty.")
                                                                                    : QString();
                   }},
                  [this] { m_workbench.clearPatient(); });
    m_actions.addCheckable({"brain-explore",
                            findings,
                            tr("&Brain and symptoms"),
                            tr("A 3-D brain in which the regions of the symptoms light up; needs no case"),
                            "cube",
                            Keys{QKeySequence("Ctrl+5")},
                            true,
                            {}},
                           false, [this](bool) { Q_EMIT exploringChanged(); });
    m_actions.add({"hospital-directory", findings, tr("Hospital &directory..."),
                   tr("Add, edit and delete hospitals; read them from a CSV file"), "hospital",
                   Keys{QKeySequence("Ctrl+Shift+H")}, false, needsTables},
                  [this] { raise<HospitalDialog>(m_hospitals); });
}

BrainExplorer* ClinicWindows::explorer() {
    if (!m_explorer)
        m_explorer = new BrainExplorer(m_workbench, m_actions, &m_window);
    return m_explorer;
}

bool ClinicWindows::exploring() const { return m_actions.action(QStringLiteral("brain-explore"))->isChecked(); }

std::initializer_list<const char*> ClinicWindows::menuIds() {
    static constexpr std::initializer_list<const char*> ids{
        "-", "patient-book", "patient-form", "patient-clear", "brain-explore", "hospital-directory"};
    return ids;
}

template <typename Dialog>
void ClinicWindows::raise(QPointer<QWidget>& slot) {
    if (!slot)
        slot = new Dialog(m_workbench, &m_window);
    slot->show();
    slot->raise();
    slot->activateWindow();
}

} // namespace sulcus::widgets
