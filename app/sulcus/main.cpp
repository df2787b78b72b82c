// SPDX-License-Identifier: Apache-2.0
#include "app/program_paths.h"
#include "app/sulcus/end_signals.h"
#include "app/sulcus/learning_services.h"
#include "app/sulcus/log_file.h"
#include "app/sulcus/window_services.h"
#include "core/base/log.h"
#include "core/learning/segmenter.h"
#include "ui/session/job_runner.h"
#include "ui/session/settings.h"
#include "ui/session/workbench.h"
#include "ui/viewport/vtk_widget.h"
#include "ui/widgets/evaluate_panel.h"
#include "ui/widgets/learning_windows.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tour.h"
#include "ui/widgets/wording.h"

#include <CLI/CLI.hpp>

#include <QApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTemporaryDir>
#include <QTranslator>
#include <iostream>
#include <optional>
#include <thread>

using namespace sulcus;

namespace {

struct Arguments {
    std::string caseFolder;
    bool demo = false;
    std::string models;
    std::string database;
    std::string language;
    std::string tour;
    int threads = 0;
};

/// The translators that a language needs; English needs none.
void installTranslators(QApplication& application, const QString& language) {
    if (language != QLatin1String("ko"))
        return;
    QLocale::setDefault(QLocale(QLocale::Korean, QLocale::SouthKorea));
    auto* const own = new QTranslator(&application);
    if (own->load(QStringLiteral(":/translations/sulcus_ko.qm")))
        QApplication::installTranslator(own);
    auto* const qt = new QTranslator(&application);
    if (qt->load(QStringLiteral("qtbase_ko"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(qt);
    widgets::setSpeaksKorean(true);
}

} // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    CLI::App parser{"Sulcus: segment a brain tumour, find its place, compare it with the symptoms.\n"
                    "Education and research only, not for diagnosis."};
    parser.add_option("case", arguments.caseFolder, "BraTS case folder, image file or angiography folder to open");
    parser.add_flag("--demo", arguments.demo, "Open the demo case (synthetic; made on first use)");
    parser.add_option("--models", arguments.models, "Folder of network bundles");
    parser.add_option("--db", arguments.database, "Database file");
    parser.add_option("--language", arguments.language, "Language of the window: en or ko");
    parser.add_option("--threads", arguments.threads, "Threads for networks (0: one per core)")
        ->check(CLI::NonNegativeNumber);
    parser.add_option("--tour", arguments.tour, "Write every screen as PNG into this folder, then end");
    parser.set_version_flag("--version", app::programVersion());
    try {
        parser.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = parser.exit(error);
        return status == 0 ? 0 : 2;
    }

    viewport::VtkWidget::setDefaultFormat();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("sulcus"));
    QApplication::setApplicationDisplayName(QStringLiteral("Sulcus"));
    QApplication::setApplicationVersion(QString::fromStdString(app::programVersion()));

    app::PathOptions options;
    options.models = arguments.models;
    options.database = arguments.database;
    // A tour shows the program as it comes, and leaves no trace in the person's own database and settings.
    std::optional<QTemporaryDir> scratch;
    QString settingsFile;
    if (!arguments.tour.empty()) {
        scratch.emplace();
        options.database = scratch->filePath(QStringLiteral("tour.db")).toStdString();
        settingsFile = scratch->filePath(QStringLiteral("tour.ini"));
    }
    const workflow::Paths paths = app::findPaths(options);
    std::error_code ignored;
    std::filesystem::create_directories(paths.database.parent_path(), ignored);
    app::logToFile(paths.database.parent_path() / "sulcus.log");
    log(LogLevel::Info, "app", "Sulcus " + app::programVersion() + " starts");
    learning::setComputeThreads(arguments.threads > 0 ? arguments.threads
                                                      : static_cast<int>(std::thread::hardware_concurrency()));

    session::Settings settings(settingsFile);
    QString language = arguments.language.empty() ? settings.language() : QString::fromStdString(arguments.language);
    if (language.isEmpty())
        language = QLocale::system().language() == QLocale::Korean ? QStringLiteral("ko") : QStringLiteral("en");
    widgets::loadResources();
    installTranslators(application, language);
    widgets::Theme::instance().apply(settings.darkTheme() ? widgets::ThemeKind::Dark : widgets::ThemeKind::Light);

    session::JobRunner runner;
    session::Workbench workbench(app::windowServices(paths, language), runner, paths.database);
    workbench.setLanguage(language == QLatin1String("ko") ? clinic::Language::Korean : clinic::Language::English);
    session::TrainingSession training(app::trainingServices(paths));
    session::EvaluationSession evaluation(app::evaluationServices(), runner);
    widgets::MainWindow window(workbench, settings);
    widgets::LearningWindows learningWindows(window, workbench, training, evaluation, settings);
    learningWindows.evaluatePanel().setClassifiers(app::classifiers(paths));
    window.angiography().setServices(app::angiographyServices(paths));
    app::EndSignals ending;
    QObject::connect(&ending, &app::EndSignals::asked, &window, [&window](int number) {
        log(LogLevel::Info, "app", "told to end by signal " + std::to_string(number));
        window.endQuietly();
    });
    window.show();
    workbench.start();

    const std::string caseFolder = arguments.caseFolder;
    if (!arguments.tour.empty()) {
        window.setDiscardAnswer([] { return true; });
        auto* const tour = new widgets::Tour(
            window, workbench, QString::fromStdString(arguments.tour),
            [&workbench, caseFolder] {
                if (caseFolder.empty())
                    workbench.openDemo();
                else
                    workbench.openCase(caseFolder);
            },
            QString::fromStdString(caseFolder), &window);
        QObject::connect(tour, &widgets::Tour::finished, &application, [](int pictures, bool complete) {
            std::cout << pictures << " pictures\n";
            QApplication::exit(complete ? 0 : 1);
        });
        learningWindows.addToTour(*tour, [&] {
            return app::tourTraining(paths, scratch->filePath(QStringLiteral("training")).toStdString(),
                                     workbench.session().storage()->path);
        });
        tour->start();
    } else if (!caseFolder.empty()) {
        window.openCase(QString::fromStdString(caseFolder));
    } else if (arguments.demo) {
        workbench.openDemo();
    }
    const int status = QApplication::exec();
    log(LogLevel::Info, "app", "Sulcus ends");
    return status;
}
