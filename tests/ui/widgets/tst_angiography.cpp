// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/widgets/window_desk.h"
#include "ui/session/angiography_session.h"
#include "ui/session/job_runner.h"
#include "ui/session/settings.h"
#include "ui/session/workbench.h"
#include "ui/widgets/angiography_panel.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace sulcus;
using namespace sulcus::session;
using namespace sulcus::widgets;

namespace {

/// Three patients; the second has an aneurysm of the MCA. The network says 90 % of every patient.
AngiographyServices fakeAngiography() {
    AngiographyServices services;
    services.recognises = [](const std::filesystem::path& path) { return path.filename() == "angio"; };
    services.find = [](const std::filesystem::path& path, const TaskContext&) -> Result<workflow::ViewSets> {
        if (path.filename() != "angio")
            return fail(ErrorCode::NotFound, "workflow.no_views", {{"folder", path.string()}});
        workflow::ViewSets sets;
        sets.synthetic = true;
        sets.columns = {"Aneurysm", "ICA", "MCA"};
        sets.leftOut.emplace_back("p9", Message{"workflow.views_not_eight", {{"name", "p9"}, {"views", "7"}}});
        for (int n = 1; n <= 3; ++n) {
            workflow::ViewSet set;
            set.name = "p" + std::to_string(n);
            set.views.resize(8);
            for (int v = 0; n == 2 && v < 8; ++v)
                set.angles.push_back({10.0 * v - 30.0, v == 0 ? std::optional(5.0) : std::nullopt});
            set.truth = {{"Aneurysm", n == 2}, {"ICA", false}, {"MCA", n == 2}};
            sets.sets.push_back(std::move(set));
        }
        return sets;
    };
    services.views = [](const workflow::ViewSet&, const TaskContext&) -> Result<std::vector<QImage>> {
        QImage view(32, 32, QImage::Format_Grayscale8);
        view.fill(150);
        return std::vector<QImage>(8, view);
    };
    services.classify = [](const workflow::ViewSet& set, const TaskContext&) -> Result<workflow::ClassifiedViews> {
        if (set.name == "p3")
            return fail(ErrorCode::NotFound, "app.no_classifier", {{"folder", "models"}});
        workflow::ClassifiedViews answer;
        answer.name = set.name;
        answer.outputs = {{"Aneurysm", 0.9, 0.5}, {"ICA", 0.1, 0.5}, {"MCA", 0.7, 0.5}};
        answer.bundleName = "angio-test";
        if (set.name == "p2")
            answer.warnings.push_back({"learning.warn_not_angiography", {{"count", "8"}, {"views", "8"}}});
        answer.bundleVersion = "1";
        learning::Field heat{1, 1, 8, 8, {1.0, 1.0, 1.0}, std::vector<float>(64, 0.0F)};
        heat.values[27] = 1.0F;
        answer.heatMaps.assign(8, heat);
        return answer;
    };
    services.syntheticAngles = {-67.5, -45.0, -22.5, 0.0, 22.5, 45.0, 67.5, 90.0};
    return services;
}

/// The same with what the table says of every patient, and with the network's answer.
AngiographyServices with(std::vector<std::string> columns, std::map<std::string, std::optional<bool>> truth,
                         std::vector<workflow::ClassifiedViews::Output> outputs) {
    auto services = fakeAngiography();
    services.find = [find = services.find, columns, truth](const std::filesystem::path& path, const TaskContext& task) {
        auto sets = find(path, task);
        if (sets) {
            sets->columns = columns;
            for (auto& set : sets->sets)
                set.truth = truth;
        }
        return sets;
    };
    services.classify = [classify = services.classify, outputs](const workflow::ViewSet& set, const TaskContext& task) {
        auto answer = classify(set, task);
        if (answer)
            answer->outputs = outputs;
        return answer;
    };
    return services;
}

struct Desk : test::WindowDesk {
    explicit Desk(const AngiographyServices& services = fakeAngiography()) {
        window.angiography().setServices(services);
        window.setFileChooser(
            [](FileQuestion, const QString&, const std::function<void(QString)>& chosen) { chosen("/data/angio"); });
    }
    void open() {
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        trigger("angio-open");
        QTRY_VERIFY(find<QWidget>("angiographyPanel")->isVisible());
        QTRY_VERIFY(!window.angiography().waiting());
        QTRY_COMPARE(window.angiography().views().size(), std::size_t{8});
    }
    /// Of the patient who is shown; an empty artery is not chosen.
    void answer(bool aneurysm, const QString& artery = {}) {
        trigger(aneurysm ? "angio-yes" : "angio-no");
        if (!artery.isEmpty())
            find<QComboBox>("angioLocation")->setCurrentText(artery);
        trigger("angio-answer");
        QTRY_VERIFY(result().contains(QStringLiteral("Network: ")));
    }
    QString result() { return find<QLabel>("angioResult")->text(); }
    QString score() { return find<QLabel>("angioScore")->text(); }
    /// The sentence stands in that colour, and is read out too.
    bool says(const QString& sentence, const QColor& colour) {
        return result().contains(QStringLiteral("<div style='color:%1'>%2</div>").arg(colour.name(), sentence)) &&
               find<QLabel>("angioResult")->accessibleName().contains(sentence);
    }
};

const auto& colours() { return Theme::instance().colours(); }

} // namespace

class TestAngiography : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeKind::Dark); }

    void eightTilesInTheOrderOfTheirAngles() {
        Desk desk;
        desk.open();
        for (int n = 1; n <= 8; ++n) {
            auto* const tile = desk.find<AngiographyTile>(qPrintable(QStringLiteral("angioTile_%1").arg(n)));
            QTRY_VERIFY(!tile->view().isNull());
            QVERIFY(tile->isVisible());
        }
        QCOMPARE(desk.find<AngiographyTile>("angioTile_1")->accessibleName(), QString("View 1  ·  RAO 67.5°"));
        QCOMPARE(desk.find<AngiographyTile>("angioTile_4")->accessibleName(), QString("View 4  ·  0°"));
        QVERIFY(desk.find<QLabel>("angioSynthetic")->isVisible());
        QVERIFY(desk.window.windowTitle().contains("synthetic"));
        QVERIFY(desk.find<QLabel>("angioPlace")->text().contains("Patient 1 of 3"));
        QVERIFY(desk.find<QLabel>("angioPlace")->text().contains("1 left out"));
    }

    void anglesOfTheFilesAndDoubtsAreShown() {
        Desk desk;
        desk.open();
        QVERIFY(!desk.find<QLabel>("angioWarning")->isVisible());
        desk.trigger("angio-next");
        // The files' own angles come before those of a synthetic set, and the warning before the student's answer.
        QTRY_COMPARE(desk.find<AngiographyTile>("angioTile_1")->accessibleName(),
                     QString("View 1  ·  RAO 30°, CRA 5°"));
        QCOMPARE(desk.find<AngiographyTile>("angioTile_8")->accessibleName(), QString("View 8  ·  LAO 40°"));
        QVERIFY(desk.find<AngiographyTile>("angioTile_1")->toolTip().contains("left and right anterior oblique"));
        QTRY_VERIFY(desk.find<QLabel>("angioWarning")->isVisible());
        QVERIFY(desk.find<QLabel>("angioWarning")->text().contains("do not look like angiography"));
        QVERIFY(desk.window.angiography().network() == nullptr);
    }

    void nothingIsToldBeforeTheStudentAnswers() {
        Desk desk;
        desk.open();
        QTRY_VERIFY(desk.result().contains("after yours"));
        QVERIFY(desk.window.angiography().network() == nullptr);
        QVERIFY(!desk.window.angiography().truth().has_value());
        QVERIFY(!desk.find<AngiographyTile>("angioTile_1")->hasHeat());
        QVERIFY(!desk.window.actions().action("angio-heat")->isEnabled());
        QVERIFY(!desk.window.actions().action("angio-answer")->isEnabled());
        QVERIFY(!desk.result().contains("90"));
        // Yes without a place is half an answer.
        desk.trigger("angio-yes");
        QTRY_VERIFY(desk.window.actions().action("angio-answer")->toolTip().contains("where you see it"));
        QVERIFY(!desk.window.actions().action("angio-answer")->isEnabled());
        auto* const location = desk.find<QComboBox>("angioLocation");
        QTRY_VERIFY(location->isEnabled());
        QCOMPARE(location->count(), 3);
        location->setCurrentText("MCA");
        desk.trigger("angio-answer");
        QTRY_VERIFY(desk.result().contains("90"));
        QVERIFY(desk.result().contains("no aneurysm"));
        QVERIFY(desk.result().contains("wrong"));
        QTRY_VERIFY(desk.find<AngiographyTile>("angioTile_1")->hasHeat());
        QVERIFY(desk.find<QLabel>("angioScore")->text().contains("you 0 of 1"));
        // An answer is an answer.
        QVERIFY(!desk.window.actions().action("angio-no")->isEnabled());
        desk.trigger("angio-heat");
        QTRY_VERIFY(!desk.find<AngiographyTile>("angioTile_1")->hasHeat());
    }

    void theRightArteryIsRight() {
        Desk desk;
        desk.open();
        desk.trigger("angio-next");
        desk.answer(true, "MCA");
        QVERIFY2(desk.says("Your answer is right, the artery too.", colours().good), qPrintable(desk.result()));
        QVERIFY(desk.says("The network is right, and its likeliest place, MCA, is the true one.", colours().good));
        QCOMPARE(desk.score(),
                 QString("So far: you 1 of 1 right, artery 1 of 1; the network 1 of 1 right, artery 1 of 1."));
    }

    void aWrongArteryIsNotCalledRight() {
        Desk desk;
        desk.open();
        desk.trigger("angio-next");
        desk.answer(true, "ICA");
        QVERIFY2(desk.says("Right: there is an aneurysm. The artery is MCA, you said ICA.", colours().warn),
                 qPrintable(desk.result()));
        QVERIFY(!desk.result().contains("Your answer is right"));
        QCOMPARE(desk.score(),
                 QString("So far: you 1 of 1 right, artery 0 of 1; the network 1 of 1 right, artery 1 of 1."));
        // The next patient has none: said so, it is right, and the network is wrong.
        desk.trigger("angio-previous");
        QTRY_VERIFY(!desk.window.angiography().waiting());
        desk.answer(false);
        QVERIFY(desk.says("Your answer is right.", colours().good));
        QVERIFY(desk.says("The network is wrong.", colours().bad));
        QCOMPARE(desk.score(),
                 QString("So far: you 2 of 2 right, artery 0 of 1; the network 1 of 2 right, artery 1 of 1."));
    }

    void aWrongAnswerIsWrong() {
        Desk desk;
        desk.open();
        desk.trigger("angio-next");
        desk.answer(false);
        QVERIFY2(desk.says("Your answer is wrong.", colours().bad), qPrintable(desk.result()));
        QCOMPARE(desk.score(), QString("So far: you 0 of 1 right; the network 1 of 1 right, artery 1 of 1."));
    }

    void theNetworksLikeliestPlaceIsJudgedToo() {
        Desk desk(with({"Aneurysm", "ICA", "MCA"}, {{"Aneurysm", true}, {"ICA", true}, {"MCA", true}, {"PCom", false}},
                       {{"Aneurysm", 0.9, 0.5}, {"ICA", 0.2, 0.5}, {"pcom", 0.4, 0.5}}));
        desk.open();
        desk.answer(true, "MCA");
        QVERIFY(desk.says("Your answer is right, the artery too.", colours().good));
        QVERIFY2(
            desk.says("The network is right that there is one, but its likeliest place, pcom, is not the true one.",
                      colours().warn),
            qPrintable(desk.result()));
        QVERIFY(desk.score().contains("the network 1 of 1 right, artery 0 of 1"));
    }

    void anArteryThatNobodyKnowsIsNoFault() {
        // The table says no more than that there is an aneurysm, and no arteries are on offer.
        {
            Desk desk(with({"Aneurysm"}, {{"Aneurysm", true}}, {{"Aneurysm", 0.9, 0.5}}));
            desk.open();
            desk.answer(true);
            QVERIFY2(desk.says("Right: there is an aneurysm. You named no artery.", colours().text),
                     qPrintable(desk.result()));
            QVERIFY(desk.says("The network is right that there is one.", colours().text));
            QCOMPARE(desk.score(), QString("So far: you 1 of 1 right; the network 1 of 1 right."));
        }
        // The arteries are on offer, and their cells are empty.
        {
            Desk desk(with({"Aneurysm", "ICA"}, {{"Aneurysm", true}, {"ICA", std::nullopt}}, {{"Aneurysm", 0.9, 0.5}}));
            desk.open();
            desk.answer(true, "ICA");
            QVERIFY(desk.says("Right: there is an aneurysm. The truth does not name its artery.", colours().text));
        }
        // All arteries of the table are known to be free.
        Desk desk(with({"Aneurysm", "ICA"}, {{"Aneurysm", true}, {"ICA", false}}, {{"Aneurysm", 0.9, 0.5}}));
        desk.open();
        desk.answer(true, "ICA");
        QVERIFY(desk.says("Right: there is an aneurysm, but not on ICA.", colours().warn));
    }

    void withoutATableTheTruthIsSaidToBeUnknown() {
        Desk desk(with({}, {}, {{"Aneurysm", 0.2, 0.5}}));
        desk.open();
        desk.answer(false);
        QVERIFY2(desk.result().contains("What is true is not known"), qPrintable(desk.result()));
        QVERIFY(!desk.result().contains("right"));
        QVERIFY(desk.score().isEmpty());
    }

    void aMenuTicksWhatTheButtonTurns() {
        Desk desk;
        desk.open();
        desk.answer(false);
        auto* const button = desk.find<QPushButton>("angioHeat");
        QAction* const action = desk.window.actions().action("angio-heat");
        for (const bool on : {true, false, true}) {
            QTRY_COMPARE(button->text(),
                         on ? QString("Hide where the network looked") : QString("Show where the network looked"));
            QCOMPARE(button->accessibleName(), button->text());
            QCOMPARE(action->isChecked(), on);
            QCOMPARE(action->text(), QString("Show where the network &looked"));
            desk.trigger("angio-heat");
        }
    }

    void panelsAndLayoutsOfACaseGiveTheirReason() {
        Desk desk;
        QVERIFY(QTest::qWaitForWindowExposed(&desk.window));
        auto& actions = desk.window.actions();
        const auto ids = {"panel-findings", "tab-symptoms",   "symptoms-search",     "layout-four",
                          "layout-single",  "display-mask",   "display-outline",     "display-crosshair",
                          "display-boxes",  "display-invert", "display-opacity-down"};
        for (const char* const id : ids)
            QVERIFY2(actions.action(id)->isEnabled(), id);
        QVERIFY(desk.isShown("findingsDock"));
        desk.open();
        for (const char* const id : ids) {
            QTRY_VERIFY2(!actions.action(id)->isEnabled(), id);
            QVERIFY2(actions.action(id)->toolTip().contains("close it first"), id);
        }
        QVERIFY(!desk.isShown("findingsDock"));
        // Not by another door either.
        desk.window.showTab(FindingsTab::Symptoms);
        actions.action("panel-findings")->setChecked(false);
        actions.action("panel-findings")->setChecked(true);
        QVERIFY(!desk.isShown("findingsDock"));
        desk.trigger("angio-close");
        QTRY_VERIFY(desk.isShown("findingsDock"));
        for (const char* const id : ids)
            QVERIFY2(actions.action(id)->isEnabled(), id);
    }

    void thePatientsFollowEachOther() {
        Desk desk;
        desk.open();
        QVERIFY(!desk.window.actions().action("angio-previous")->isEnabled());
        desk.trigger("angio-next");
        QTRY_VERIFY(desk.find<QLabel>("angioName")->text() == "p2" && !desk.window.angiography().waiting());
        desk.trigger("angio-yes");
        desk.find<QComboBox>("angioLocation")->setCurrentText("MCA");
        desk.trigger("angio-answer");
        QTRY_VERIFY(desk.result().contains("an aneurysm (MCA)"));
        QVERIFY(desk.find<QLabel>("angioScore")->text().contains("you 1 of 1"));
        desk.trigger("angio-next");
        QTRY_COMPARE(desk.find<QLabel>("angioName")->text(), QString("p3"));
        // Without a network the truth still comes.
        desk.trigger("angio-no");
        desk.trigger("angio-answer");
        QTRY_VERIFY(desk.result().contains("no network"));
        QVERIFY(desk.result().contains("Truth: no aneurysm"));
        QVERIFY(desk.says("Your answer is right.", colours().good));
        QVERIFY(!desk.window.actions().action("angio-next")->isEnabled());
        // Back: the earlier answer is kept.
        desk.trigger("angio-previous");
        QTRY_VERIFY(desk.result().contains("an aneurysm (MCA)"));
    }

    void oneThingIsOpenAtATime() {
        Desk desk;
        desk.open();
        desk.trigger("case-demo");
        QTRY_VERIFY(desk.bench.session().hasCase());
        QTRY_VERIFY(desk.find<QWidget>("viewArea")->isVisible());
        QVERIFY(!desk.window.angiography().isOpen());
        // A dropped or named folder finds the right door by itself.
        desk.window.setDiscardAnswer([] { return true; });
        QTRY_VERIFY(desk.runner.idle());
        desk.window.openCase("/data/angio");
        QTRY_VERIFY(desk.window.angiography().isOpen());
        QTRY_VERIFY(!desk.bench.session().hasCase());
        QTRY_VERIFY(desk.find<QWidget>("angiographyPanel")->isVisible());
        desk.trigger("angio-close");
        QTRY_VERIFY(desk.find<QWidget>("startPage")->isVisible());
    }

    void aFolderOfOtherThingsSaysSo() {
        Desk desk;
        QVERIFY(QTest::qWaitForWindowExposed(&desk.window));
        desk.window.setFileChooser(
            [](FileQuestion, const QString&, const std::function<void(QString)>& chosen) { chosen("/data/else"); });
        desk.trigger("angio-open");
        QTRY_VERIFY(desk.find<MessageBar>("messageBar")->text().contains("eight-view angiography"));
        QVERIFY(desk.find<QWidget>("startPage")->isVisible());
    }

    void heatIsClearWhereThereIsNone() {
        learning::Field heat{1, 1, 1, 3, {1.0, 1.0, 1.0}, {0.0F, 0.5F, 1.0F}};
        const QImage picture = heatPicture(heat);
        QCOMPARE(qAlpha(picture.pixel(0, 0)), 0);
        QVERIFY(qAlpha(picture.pixel(1, 0)) > 0);
        // Brighter for more, for eyes that tell no colours.
        QVERIFY(qGray(picture.pixel(2, 0)) > qGray(picture.pixel(1, 0)));
    }
};

QTEST_MAIN(TestAngiography)
#include "tst_angiography.moc"
