// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/main_window.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>
#include <functional>
#include <vector>

namespace sulcus::widgets {

/// Walks through every screen of the program on the demo case and writes each as PNG: `sulcus --tour DIR`.
///
/// Nothing waits: each step starts something, and the next begins when the step's condition holds and nothing runs.
class Tour : public QObject {
    Q_OBJECT
public:
    /// `startCase` opens the case that the tour shows; an angiography folder, when the window recognises `angiography`
    /// as one, gets a tour of its own.
    Tour(MainWindow& window, session::Workbench& workbench, QString folder, std::function<void()> startCase,
         const QString& angiography = {}, QObject* parent = nullptr);
    void start();
    /// Another screen after those there are; `shown` is the window of its own that the picture is of, null for the main
    /// one, and is only looked at when the picture is taken.
    void addScreen(const QString& name, std::function<void()> begin, std::function<bool()> ready = nullptr,
                   std::function<QWidget*()> shown = nullptr);

Q_SIGNALS:
    void finished(int pictures, bool complete);

private:
    struct Step {
        QString name; ///< of the picture, without number; empty: no picture
        std::function<void()> begin;
        std::function<bool()> ready;     ///< null: when nothing runs
        std::function<QWidget*()> shown; ///< null: the main window
    };
    void makeSteps(std::function<void()> startCase);
    void addReadingSteps(); ///< layouts, display, 3-D, dataset, help (tour_reading.cpp)
    void add(const char* name, std::function<void()> begin, std::function<bool()> ready = nullptr);
    void makeAngiographySteps(const QString& folder);
    void tick();

    MainWindow& m_window;
    session::Workbench& m_workbench;
    QString m_folder;
    std::vector<Step> m_steps;
    std::size_t m_next = 0;
    bool m_begun = false;
    int m_settled = 0;
    int m_pictures = 0;
    QElapsedTimer m_clock;
    QTimer m_timer;
};

} // namespace sulcus::widgets
