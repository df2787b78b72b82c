// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/program_paths.h"
#include "app/sulcus/learning_services.h"
#include "app/sulcus/window_services.h"
#include "ui/session/settings.h"
#include "ui/widgets/evaluate_panel.h"
#include "ui/widgets/learning_windows.h"
#include "ui/widgets/main_window.h"

#include <QAction>
#include <QTemporaryDir>
#include <QTest>

/// The program's window with its windows for training and evaluation, on the real services and the shipped bundles.
namespace sulcus::tests {

using session::EvaluationSession;
using session::JobRunner;
using session::Settings;
using session::TrainingSession;
using session::Workbench;
using widgets::LearningWindows;
using widgets::MainWindow;

constexpr int kDeskPatience = 120'000; // below the five minutes after which Qt Test ends a function

struct Desk {
    workflow::Paths paths;
    JobRunner runner;
    Workbench bench;
    Settings settings;
    TrainingSession training;
    EvaluationSession evaluation;
    MainWindow window;
    LearningWindows learningWindows;

    explicit Desk(const QTemporaryDir& folder)
        : paths(pathsIn(folder)),
          bench(app::windowServices(paths, QStringLiteral("en")), runner, {}),
          settings(folder.filePath("sulcus.ini")),
          training(app::trainingServices(paths)),
          evaluation(app::evaluationServices(), runner),
          window(bench, settings),
          learningWindows(window, bench, training, evaluation, settings) {
        window.angiography().setServices(app::angiographyServices(paths));
        learningWindows.evaluatePanel().setClassifiers(app::classifiers(paths));
        window.show();
        bench.start();
    }
    static workflow::Paths pathsIn(const QTemporaryDir& folder) {
        app::PathOptions options;
        options.models = SULCUS_SOURCE_DIR "/models";
        auto paths = app::findPaths(options);
        paths.cache = folder.filePath("cache").toStdString();
        return paths;
    }
    void trigger(const char* id) {
        QAction* const action = window.actions().action(QLatin1String(id));
        QTRY_VERIFY2_WITH_TIMEOUT(action->isEnabled(), qPrintable(action->toolTip()), kDeskPatience);
        action->trigger();
    }
    template <typename T>
    T* find(const char* name) {
        T* const found = learningWindows.trainingWindow().findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("no widget %s", name);
        return found;
    }
};

} // namespace sulcus::tests
