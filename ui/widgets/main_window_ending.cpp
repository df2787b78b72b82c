// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/main_window.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <utility>

namespace sulcus::widgets {

namespace {

constexpr int kPatienceMilliseconds = 5000; // with a slow disk, when the program is told to end

} // namespace

QString MainWindow::unsavedWork() const {
    QStringList what;
    if (m_workbench.session().hasCase() && const_cast<session::CaseSession&>(m_workbench.session()).storage()->unsaved)
        what << tr("the mask");
    const session::FindingData& findings = const_cast<session::CaseSession&>(m_workbench.session()).findings().value();
    if (m_workbench.patientUnsaved() && (!findings.patient.pseudonym.empty() || !findings.symptoms.empty()))
        what << tr("the patient's symptoms");
    return what.join(tr(" and "));
}

void MainWindow::withoutLosing(const std::function<void()>& proceed) {
    const QString what = unsavedWork();
    // What was entered before the first case goes with it: opening one loses nothing.
    if (what.isEmpty() || (!m_workbench.session().hasCase() && !m_ending)) {
        proceed();
        return;
    }
    m_autosave->saveNow(); // while the question stands
    if (m_discardAnswer) {
        if (m_discardAnswer())
            proceed();
        return;
    }
    auto* const box = new QMessageBox(QMessageBox::Question, tr("Unsaved work"),
                                      tr("Changes of %1 are not saved.").arg(what), QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("unsavedBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("Go on and lose them?"));
    QPushButton* const discard = box->addButton(tr("Do not save"), QMessageBox::DestructiveRole);
    QPushButton* const back = box->addButton(tr("Back"), QMessageBox::RejectRole);
    box->setDefaultButton(back);
    box->setEscapeButton(back);
    if (m_workbench.session().hasCase() && m_workbench.session().storage()->unsaved &&
        m_workbench.session().hasMask()) {
        QPushButton* const save = box->addButton(tr("Save the mask..."), QMessageBox::AcceptRole);
        save->setObjectName(QStringLiteral("saveAndGoOn"));
        box->setDefaultButton(save);
        connect(save, &QPushButton::clicked, this, [this, proceed] { saveThen(proceed); });
    }
    connect(discard, &QPushButton::clicked, this, [proceed] { proceed(); });
    box->open();
}

void MainWindow::saveThen(const std::function<void()>& proceed) {
    chooseFile(
        FileQuestion::SaveMask, suggestedFile(QStringLiteral("_mask.nii.gz")), [this, proceed](const QString& path) {
            // Goes on once the mask is in its file; a failure is said in the bar and ends the matter.
            auto* const once = new QObject(this);
            connect(&m_workbench.session().storage(), &session::StateNotifier::changed, once, [this, once, proceed] {
                if (m_workbench.session().storage()->unsaved)
                    return;
                delete once;
                QTimer::singleShot(0, this, [this, proceed] { withoutLosing(proceed); });
            });
            connect(&m_workbench, &session::Workbench::noted, once, [once](session::NoteKind kind, const Message&) {
                if (kind == session::NoteKind::Problem)
                    once->deleteLater();
            });
            m_workbench.saveMask(path.toStdString());
        });
}

void MainWindow::offerEdits() {
    const auto& found = m_autosave->found();
    if (!found)
        return;
    QMessageBox* const box = offerLeft(
        "restoreBox", tr("Unsaved edits"),
        tr("Edits of this case from %1 were never saved.")
            .arg(QLocale().toString(found->savedAt.toLocalTime(), QLocale::ShortFormat)),
        [this] { m_autosave->restore(); }, [this] { m_autosave->drop(); });
    connect(&m_workbench.session(), &session::CaseSession::caseClosed, box, &QWidget::close);
    connect(&m_workbench.session(), &session::CaseSession::caseOpened, box, &QWidget::close);
}

void MainWindow::offerFindings() {
    const auto& found = m_findingsDraft->found();
    if (!found || m_quiet)
        return;
    const QString when = QLocale().toString(found->savedAt.toLocalTime(), QLocale::ShortFormat);
    const QString who = QString::fromStdString(found->patient.pseudonym);
    offerLeft(
        "restoreFindingsBox", tr("Unsaved symptoms"),
        who.isEmpty() ? tr("Symptoms entered on %1 were never saved (%2 chosen).").arg(when).arg(found->symptoms.size())
                      : tr("Symptoms of %3 entered on %1 were never saved (%2 chosen).")
                            .arg(when)
                            .arg(found->symptoms.size())
                            .arg(who),
        [this] {
            m_findingsDraft->restore();
            showTab(FindingsTab::Symptoms);
        },
        [this] { m_findingsDraft->drop(); });
}

QMessageBox* MainWindow::offerLeft(const char* name, const QString& title, const QString& text,
                                   const std::function<void()>& restore, const std::function<void()>& drop) {
    auto* const box = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::NoButton, this);
    box->setObjectName(QLatin1String(name));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        tr("Sulcus ended without saving them, but kept a copy. “Later” leaves the copy for the next "
           "start; until then no newer copy is made."));
    QPushButton* const back = box->addButton(tr("Restore them"), QMessageBox::AcceptRole);
    back->setObjectName(QStringLiteral("restoreEdits"));
    QPushButton* const away = box->addButton(tr("Delete them"), QMessageBox::DestructiveRole);
    away->setObjectName(QStringLiteral("dropEdits"));
    QPushButton* const later = box->addButton(tr("Later"), QMessageBox::RejectRole);
    later->setObjectName(QStringLiteral("keepEdits"));
    box->setDefaultButton(back);
    box->setEscapeButton(later);
    connect(back, &QPushButton::clicked, this, restore);
    connect(away, &QPushButton::clicked, this, drop);
    box->open();
    return box;
}

void MainWindow::keepHabits() {
    m_settings.setWindowGeometry(saveGeometry());
    const bool right = m_findingsDock->isVisible();
    m_settings.setPanelWidths({leftWidth(), right ? m_findingsDock->width() : m_settings.panelWidths().right});
    m_settings.write(m_workbench.session().display().value(), m_workbench.session().view().value());
    m_settings.flush();
}

void MainWindow::endQuietly() {
    if (std::exchange(m_quiet, true))
        return;
    keepHabits();
    m_findingsDraft->saveNow();
    // What still runs would only hold up the copy of the mask.
    m_workbench.runner().cancelAll();
    const auto end = [this] {
        m_closing = true;
        close();
    };
    QTimer::singleShot(kPatienceMilliseconds, this, end);
    m_autosave->saveThen([this, end] { QTimer::singleShot(0, this, end); });
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!m_closing && !unsavedWork().isEmpty()) {
        event->ignore();
        m_ending = true;
        // Qt takes no second close while the first is being answered.
        withoutLosing([this] {
            QTimer::singleShot(0, this, [this] {
                m_closing = true;
                close();
            });
        });
        m_ending = false;
        return;
    }
    if (m_closeGuard && !m_closeGuard([this] {
            m_closing = true;
            close();
        })) {
        m_closing = false;
        event->ignore();
        return;
    }
    keepHabits();
    if (!m_quiet) {
        // Saved, or given up by the answer above.
        m_autosave->discard();
        m_findingsDraft->discard();
    }
    m_workbench.runner().cancelAll();
    QMainWindow::closeEvent(event);
}

} // namespace sulcus::widgets
