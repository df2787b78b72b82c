// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/ui/session/fake_services.h"
#include "ui/session/job_runner.h"
#include "ui/session/settings.h"
#include "ui/session/workbench.h"
#include "ui/viewport/vtk_widget.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/view_area.h"

#include <QAction>
#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <memory>

namespace sulcus::test {

/// The real window over fakes, as wide as a small laptop: a case of phantoms, settings of its own, and, unless a file
/// is named, a database in memory. Tests speak to it by action ids and object names.
struct WindowDesk {
    std::shared_ptr<FakeWorld> world;
    QTemporaryDir folder;
    session::JobRunner runner;
    session::Workbench bench;
    session::Settings settings{folder.filePath(QStringLiteral("sulcus.ini"))};
    widgets::MainWindow window{bench, settings};

    explicit WindowDesk(std::shared_ptr<FakeWorld> fakes = std::make_shared<FakeWorld>(),
                        const std::filesystem::path& database = {})
        : WindowDesk(fakes, fakeServices(fakes), database) {}
    WindowDesk(std::shared_ptr<FakeWorld> fakes, session::Services services, const std::filesystem::path& database = {})
        : world(std::move(fakes)), bench(std::move(services), runner, database) {
        window.resize(1280, 800);
        window.show();
        bench.start();
    }

    session::CaseSession& session() { return bench.session(); }
    /// Nothing runs, and what is known of symptoms and regions has been read.
    bool idle() const { return runner.idle() && bench.knowledge() != nullptr; }
    void settle() { QTRY_VERIFY_WITH_TIMEOUT(idle(), 60000); }
    /// Waits until the action may be used: conditions are looked at on the next turn of the event loop.
    void trigger(const char* id) {
        QAction* const action = window.actions().action(QLatin1String(id));
        QTRY_VERIFY2(action->isEnabled(), id);
        action->trigger();
    }
    template <typename T>
    T* find(const char* name) {
        T* const found = window.findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("no widget %s", name);
        return found;
    }
    bool isShown(const char* name) { return find<QWidget>(name)->isVisible(); }
    /// The demo case, with the views on the screen.
    void openDemo() {
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        trigger("case-demo");
        QTRY_VERIFY(session().hasCase());
        settle();
        QTRY_VERIFY(window.views().isVisible());
    }
};

/// The main function of a test that shows windows.
template <typename Test>
int runWindowTest(int argc, char** argv) {
    viewport::VtkWidget::setDefaultFormat();
    QApplication application(argc, argv);
    widgets::Theme::instance().apply(widgets::ThemeKind::Dark);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace sulcus::test
