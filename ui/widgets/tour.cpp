// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tour.h"

#include "ui/widgets/brain_explorer.h"
#include "ui/widgets/edit_tools.h"
#include "ui/widgets/key_sheet.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/view_area.h"

#include <QAction>
#include <QDialog>
#include <QDir>

namespace sulcus::widgets {

namespace {
constexpr int kTickMilliseconds = 60;
// A picture is taken after so many quiet ticks: the views draw in the turns of the event loop between them.
constexpr int kQuietTicks = 5;
constexpr qint64 kPatienceMilliseconds = 180'000;
} // namespace

Tour::Tour(MainWindow& window, session::Workbench& workbench, QString folder, std::function<void()> startCase,
           const QString& angiography, QObject* parent)
    : QObject(parent), m_window(window), m_workbench(workbench), m_folder(std::move(folder)) {
    m_timer.setInterval(kTickMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &Tour::tick);
    if (!angiography.isEmpty() && m_window.angiography().recognises(angiography.toStdString()))
        makeAngiographySteps(angiography);
    else
        makeSteps(std::move(startCase));
}

void Tour::makeAngiographySteps(const QString& folder) {
    auto& angiography = m_window.angiography();
    const auto add = [this](const char* name, std::function<void()> begin) {
        m_steps.push_back({QLatin1String(name), std::move(begin), nullptr, nullptr});
    };
    add("", [this] { m_window.resize(1280, 800); });
    add("angiography", [this, folder] { m_window.openCase(folder); });
    add("angiography-answering", [&angiography] {
        angiography.setAneurysm(true);
        angiography.setLocation(angiography.locations().value(0));
    });
    add("angiography-answered", [&angiography] { angiography.giveAnswer(); });
    const auto heat = [this] { m_window.actions().action(QStringLiteral("angio-heat"))->trigger(); };
    add("angiography-without-heat", heat);
    add("angiography-light", [heat] {
        heat();
        Theme::instance().apply(ThemeKind::Light);
    });
    add("angiography-wide-light", [this] { m_window.resize(1920, 1080); });
    add("angiography-wide", [] { Theme::instance().apply(ThemeKind::Dark); });
}

void Tour::start() {
    QDir().mkpath(m_folder);
    m_clock.start();
    m_timer.start();
}

void Tour::makeSteps(std::function<void()> startCase) {
    const auto trigger = [this](const char* id) {
        return [this, id] { m_window.actions().action(QLatin1String(id))->trigger(); };
    };
    const auto size = [this](int width, int height) {
        return [this, width, height] { m_window.resize(width, height); };
    };
    auto& session = m_workbench.session();
    add("", size(1280, 800));
    add(
        "start", [] {}, [this] { return m_workbench.knowledge() != nullptr; });
    add("case", std::move(startCase), [&session] { return session.hasCase(); });
    add("segmenting", trigger("segment-run"), [this, &session] {
        session::Job* const job = m_workbench.segmentJob();
        return session.hasMask() || (job != nullptr && job->fraction() > 0.2) || m_workbench.runner().idle();
    });
    add(
        "segmented", [] {}, [this] { return !m_workbench.segmenting(); });
    add("", [this, &session] {
        // Without a network the tour goes on with the truth.
        if (!session.hasMask())
            m_workbench.copyTruthToMask();
    });
    add("symptoms", [this] {
        m_window.showTab(FindingsTab::Symptoms);
        m_workbench.setPseudonym("P-017");
        m_workbench.setHandedness(clinic::Handedness::Right);
        m_workbench.setSymptoms(
            {{"weakness_one_side", Side::Left}, {"seizure_motor", Side::Left}, {"headache", Side::Unknown}});
    });
    add("verdict", [this] { m_window.showTab(FindingsTab::Verdict); });
    add("hospitals", [this] { m_window.showTab(FindingsTab::Hospitals); });
    add("report", trigger("report-preview"), [this] { return !m_workbench.reporting(); });
    const auto closeDialogs = [this] {
        for (QDialog* const dialog : m_window.findChildren<QDialog*>())
            dialog->close();
    };
    add("", trigger("patient-save"));
    add("patients", trigger("patient-book"));
    add("", closeDialogs);
    add("patient-form", trigger("patient-form"));
    add("", closeDialogs);
    add("hospital-directory", trigger("hospital-directory"));
    add("", closeDialogs);
    add("brain", trigger("brain-explore"), [this] {
        const auto* const explorer = m_window.findChild<BrainExplorer*>();
        return explorer != nullptr && explorer->built() && m_workbench.runner().idle();
    });
    add("", trigger("brain-explore"));
    add("layout-three", trigger("layout-three"));
    add("layout-single", trigger("layout-single"));
    add("outline", [this] {
        m_window.actions().action(QStringLiteral("layout-four"))->trigger();
        m_window.actions().action(QStringLiteral("display-outline"))->trigger();
    });
    add("difference", [this] {
        m_window.actions().action(QStringLiteral("display-outline"))->trigger();
        m_workbench.session().display().update(
            [](session::DisplayState& display) { display.compare = session::CompareMode::Difference; });
    });
    add("edit", [this, &session] {
        session.display().update([](session::DisplayState& display) { display.compare = session::CompareMode::Mask; });
        m_window.actions().action(QStringLiteral("panel-edit"))->trigger();
        m_window.actions().action(QStringLiteral("tool-flood"))->trigger();
        session::MaskEditor& editor = m_window.editTools().editor();
        editor.state().update([](session::EditState& state) { state.reachMm = 15.0; });
        const session::EditPointer here{session.view()->cursor, 2, false, 1.0};
        editor.press(here);
        editor.release(here);
    });
    add("measure", [this] {
        m_window.editTools().editor().discard();
        m_window.actions().action(QStringLiteral("tool-navigate"))->trigger();
        m_window.actions().action(QStringLiteral("panel-measure"))->trigger();
        m_window.actions().action(QStringLiteral("piece-next"))->trigger();
    });
    addReadingSteps();
    add("panels-hidden", [this] {
        m_workbench.session().display().update(
            [](session::DisplayState& display) { display.compare = session::CompareMode::Mask; });
        m_window.actions().action(QStringLiteral("panel-images"))->setChecked(false);
        m_window.actions().action(QStringLiteral("panel-findings"))->setChecked(false);
    });
    add("keys", [this] {
        m_window.actions().action(QStringLiteral("panel-images"))->setChecked(true);
        m_window.actions().action(QStringLiteral("panel-findings"))->setChecked(true);
        m_window.actions().action(QStringLiteral("help-keys"))->trigger();
    });
    add("problem", [this] {
        if (auto* const keys = m_window.findChild<KeySheet*>())
            keys->close();
        m_workbench.importMask("/nowhere/mask.nii.gz");
    });
    add("light", [this] {
        m_window.showTab(FindingsTab::Verdict);
        Theme::instance().apply(ThemeKind::Light);
    });
    add("wide-light", size(1920, 1080));
    add("wide", [] { Theme::instance().apply(ThemeKind::Dark); });
    add("wide-hospitals", [this] { m_window.showTab(FindingsTab::Hospitals); });
    add("wide-report", [this] { m_window.showTab(FindingsTab::Report); });
    add("wide-symptoms", [this] { m_window.showTab(FindingsTab::Symptoms); });
}

void Tour::add(const char* name, std::function<void()> begin, std::function<bool()> ready) {
    addScreen(QLatin1String(name), std::move(begin), std::move(ready));
}

void Tour::addScreen(const QString& name, std::function<void()> begin, std::function<bool()> ready,
                     std::function<QWidget*()> shown) {
    m_steps.push_back({name, std::move(begin), std::move(ready), std::move(shown)});
}

void Tour::tick() {
    if (m_next >= m_steps.size()) {
        m_timer.stop();
        Q_EMIT finished(m_pictures, true);
        return;
    }
    const Step& step = m_steps[m_next];
    if (!m_begun) {
        m_begun = true;
        m_settled = 0;
        step.begin();
        return;
    }
    const bool ready = step.ready ? step.ready() : m_workbench.runner().idle();
    m_settled = ready ? m_settled + 1 : 0;
    if (m_clock.elapsed() > kPatienceMilliseconds) {
        m_timer.stop();
        Q_EMIT finished(m_pictures, false);
        return;
    }
    // A step that ends by itself (a running job) is caught at once.
    if (m_settled < (step.name == QLatin1String("segmenting") ? 1 : kQuietTicks))
        return;
    if (!step.name.isEmpty()) {
        ++m_pictures;
        const QString file =
            QStringLiteral("%1/%2-%3.png").arg(m_folder).arg(m_pictures, 2, 10, QLatin1Char('0')).arg(step.name);
        QPixmap picture = m_window.grab();
        for (QDialog* const dialog : m_window.findChildren<QDialog*>())
            if (dialog->isVisible())
                picture = dialog->grab();
        if (QWidget* const window = step.shown ? step.shown() : nullptr)
            picture = window->grab();
        picture.save(file);
    }
    m_begun = false;
    ++m_next;
    m_clock.restart();
}

} // namespace sulcus::widgets
