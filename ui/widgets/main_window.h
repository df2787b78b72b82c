// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/angiography_session.h"
#include "ui/session/autosave.h"
#include "ui/session/case_browser.h"
#include "ui/session/findings_draft.h"
#include "ui/session/settings.h"
#include "ui/session/workbench.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>
#include <functional>

class QDockWidget;
class QLabel;
class QMessageBox;
class QStackedWidget;
class QTabBar;
class QToolBar;

namespace sulcus::widgets {

class AngiographyPanel;
class ClinicWindows;
class CaseBrowserPage;
class EditTools;
class Exports;
class HelpWindow;
class KeySheet;
class MessageBar;
class ReadingActions;
class StartPage;
class SymptomsPanel;
class ViewArea;

/// Asks for a file or folder and hands the answer on; nothing happens when the person cancels. Tests put their own in
/// place of the dialogs.
enum class FileQuestion {
    OpenFolder,
    OpenAngiography,
    OpenImage,
    OpenMask,
    SaveMask,
    SaveReport,
    SavePicture,
    SaveSurfaces,
    SaveSegmentation,
    SlicesFolder,
    OpenOverlay,
    OpenDataset
};
using FileChooser =
    std::function<void(FileQuestion question, const QString& suggestion, std::function<void(QString)> chosen)>;

enum class FindingsTab { Symptoms, Verdict, Hospitals, Report };

/// The window: start page or views, panels at both sides, one message bar, one status line. It shows the workbench's
/// state and asks it for things; nothing here computes or waits.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(session::Workbench& workbench, session::Settings& settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    session::ActionCatalog& actions() { return m_actions; }
    ViewArea& views() { return *m_views; }
    EditTools& editTools() { return *m_editTools; }
    session::Autosave& autosave() { return *m_autosave; }
    session::AngiographySession& angiography() { return m_angiography; }
    void setFileChooser(FileChooser chooser) { m_chooseFile = std::move(chooser); }
    /// Answers the question about unsaved work: true goes on without saving. Empty: the dialog asks.
    void setDiscardAnswer(std::function<bool()> answer) { m_discardAnswer = std::move(answer); }
    /// Why segmenting has to wait for something outside the workbench, translated; empty when it need not.
    void setSegmentBlock(std::function<QString()> why) { m_segmentBlock = std::move(why); }
    /// Asked when the window is about to close: false keeps it open, and the guard may call `proceed` later to close
    /// it after all.
    void setCloseGuard(std::function<bool(const std::function<void()>& proceed)> guard) {
        m_closeGuard = std::move(guard);
    }
    /// Ends the program without a question: settings are written, and copies of unsaved edits and symptoms stay for the
    /// next start to offer. For signals, when nobody may be there to answer.
    void endQuietly();
    bool endsQuietly() const { return m_quiet; }
    void showTab(FindingsTab tab);
    /// Opens after asking about unsaved work.
    void openCase(const QString& path);
    session::CaseBrowser& browser() { return m_browser; }
    /// Lists a dataset folder and shows it; empty: the one browsed last, or the person is asked.
    void browse(const QString& folder = {});
    void showHelp(const QString& page = {});

protected:
    void closeEvent(QCloseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeActions();
    void makeMenus();
    void makeToolBar();
    void fitToolBar();
    void makeDocks();
    void makeStatusBar();
    void connectWorkbench();
    void connectAngiography();
    void follow();
    void refreshIcons();
    void withoutLosing(const std::function<void()>& proceed);
    void chooseFile(FileQuestion question, const QString& suggestion, std::function<void(QString)> chosen);
    void makeReadingActions();
    void savePicture(const QImage& picture, const QString& ending);
    void showBrowser(bool shown);
    void choose(const std::vector<session::OpenChoice>& choices);
    void largeView(session::ViewKind kind);
    void showKeys();
    void showAbout();
    /// Where a file of this case goes first: where the last one went, else beside its images, else the documents.
    QString saveFolder() const;
    QString suggestedFile(const QString& ending) const;
    QString unsavedWork() const;
    void saveThen(const std::function<void()>& proceed);
    void offerEdits();
    void offerFindings();
    QMessageBox* offerLeft(const char* name, const QString& title, const QString& text,
                           const std::function<void()>& restore, const std::function<void()>& drop);
    void keepHabits();
    int leftWidth() const;

    session::Workbench& m_workbench;
    session::Settings& m_settings;
    session::ActionCatalog m_actions;
    session::AngiographySession m_angiography;
    AngiographyPanel* m_angiographyPanel = nullptr;
    session::CaseBrowser m_browser;
    ReadingActions* m_reading = nullptr;
    CaseBrowserPage* m_browserPage = nullptr;
    bool m_browsing = false;
    QPointer<HelpWindow> m_help;
    QStackedWidget* m_stack = nullptr;
    StartPage* m_start = nullptr;
    ViewArea* m_views = nullptr;
    MessageBar* m_messages = nullptr;
    QDockWidget* m_imagesDock = nullptr;
    QDockWidget* m_findingsDock = nullptr;
    int m_leftWidth = 0; ///< of the panels on the left when they were last seen; 0: never
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_tabPages = nullptr;
    SymptomsPanel* m_symptoms = nullptr;
    ClinicWindows* m_clinic = nullptr;
    EditTools* m_editTools = nullptr;
    Exports* m_exports = nullptr;
    session::Autosave* m_autosave = nullptr;
    session::FindingsDraft* m_findingsDraft = nullptr;
    QDockWidget* m_editDock = nullptr;
    QDockWidget* m_measureDock = nullptr;
    QToolBar* m_toolBar = nullptr;
    QLabel* m_note = nullptr;
    QAction* m_noteAction = nullptr;
    QLabel* m_noteBelow = nullptr; ///< the same note in the status line, when the tool bar has no room for it
    QPointer<KeySheet> m_keys;
    FileChooser m_chooseFile;
    std::function<bool()> m_discardAnswer;
    std::function<QString()> m_segmentBlock;
    std::function<bool(const std::function<void()>&)> m_closeGuard;
    QTimer m_follow;
    bool m_closing = false;
    bool m_quiet = false;
    bool m_shown = false;
    QString m_savedTo;     ///< folder of the last file saved of this case
    bool m_ending = false; ///< the question about unsaved work is asked because the window is to close
};

} // namespace sulcus::widgets
