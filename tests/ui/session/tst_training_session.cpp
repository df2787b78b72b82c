// SPDX-License-Identifier: Apache-2.0
#include "ui/session/training_session.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <thread>

using namespace sulcus;
using namespace sulcus::session;

namespace {

/// What the fake services were asked, and how they answer.
struct World {
    int prepared = 0;
    std::filesystem::path cache;
    learning::TrainingOptions options;
    std::vector<int> folds;
    std::vector<learning::TrainingPoint> points;
    std::optional<Error> problem;
    bool untilStopped = false; ///< trains, and pauses when asked, until it is stopped or cancelled
};

TrainingServices fakeServices(const std::shared_ptr<World>& world) {
    TrainingServices services;
    services.readPlan = [](const std::filesystem::path& file) -> Result<PlanFacts> {
        if (file.filename() == "broken.json")
            return fail(ErrorCode::Unreadable, "learning.not_json", {{"file", file.string()}});
        PlanFacts facts;
        facts.file = file;
        facts.name = "fake";
        facts.outputs = {"WT"};
        facts.folds = 3;
        facts.steps = 10;
        facts.stepsPerEpoch = 2;
        return facts;
    };
    services.prepare = [world](const workflow::PrepareOptions& options,
                               const TaskContext&) -> Result<workflow::PrepareSummary> {
        ++world->prepared;
        workflow::PrepareSummary summary;
        summary.leftOut.push_back({"bad", Message{"workflow.case_without_truth", {{"case", "bad"}}}});
        world->cache = options.cache;
        return summary;
    };
    services.train = [world](const learning::TrainingOptions& options, const learning::TrainingObserver& observer,
                             const TaskContext& task) -> Result<learning::TrainingSummary> {
        world->options = options;
        world->cache = options.cache;
        if (world->problem)
            return fail(*world->problem);
        learning::TrainingStep step;
        step.steps = 10;
        do {
            ++step.step;
            step.loss = 1.0 / static_cast<double>(step.step);
            step.paused = options.control->paused();
            options.stepSeen(step);
            options.control->waitWhilePaused(task.stopToken());
            step.paused = false;
            if (task.cancelled())
                return failCancelled();
            std::this_thread::sleep_for(std::chrono::milliseconds(world->untilStopped ? 2 : 0));
        } while (world->untilStopped ? !options.control->stopping() : step.step < 4);
        for (const auto& point : world->points)
            observer(point);
        learning::TrainingSummary summary;
        summary.bestEpoch = 2;
        summary.bestDice = 0.75;
        summary.stopped = world->untilStopped;
        return summary;
    };
    services.trainFolds = [world](const learning::TrainingOptions&, const std::vector<int>& folds,
                                  const learning::TrainingObserver&,
                                  const TaskContext&) -> Result<learning::FoldsSummary> {
        world->folds = folds;
        learning::FoldsSummary summary;
        summary.folds.resize(folds.size());
        summary.meanDice = 0.5;
        return summary;
    };
    services.earlierPoints = [](const std::filesystem::path&) {
        learning::TrainingPoint point;
        point.epoch = 1;
        return std::vector<learning::TrainingPoint>{point};
    };
    return services;
}

} // namespace

class TestTrainingSession : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::filesystem::path path(const char* name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    TrainingRequest request() const {
        TrainingRequest made;
        made.plan = path("plan.json");
        made.data = path("data");
        made.output = path("out");
        return made;
    }

private Q_SLOTS:
    void initTestCase() {
        std::filesystem::create_directories(path("data"));
        std::filesystem::create_directories(path("cache"));
        std::ofstream(path("cache") / "index.json") << "{}";
    }

    void theRivalOfAClassificationIsSaid() {
        const auto world = std::make_shared<World>();
        auto services = fakeServices(world);
        int asked = 0;
        services.darkestSpot = [&asked](const learning::TrainingOptions&,
                                        const TaskContext&) -> std::optional<learning::ClassMetrics> {
            learning::ClassMetrics spot;
            spot.area = 0.612;
            return ++asked == 1 ? std::optional(spot) : std::nullopt;
        };
        TrainingSession session(services, JobRunner::Mode::Inline);
        session.start(request());
        QTRY_VERIFY(session.outcome().has_value());
        QVERIFY(session.rival().has_value());
        QCOMPARE(session.rival()->id, std::string("session.training_rival"));
        QCOMPARE(session.rival()->parameters.at("value"), std::string("0.612"));
        // A segmentation afterwards has none.
        session.start(request());
        QVERIFY(!session.outcome().has_value());
        QTRY_VERIFY(session.outcome().has_value());
        QVERIFY(!session.rival().has_value());
    }

    void whatIsMissingIsNamed() {
        const TrainingSession session(fakeServices(std::make_shared<World>()));
        TrainingRequest made;
        QVERIFY(session.whyNot(made).contains("plan"));
        made.plan = path("plan.json");
        QVERIFY(session.whyNot(made).contains("data"));
        made.data = path("nowhere");
        QVERIFY(session.whyNot(made).contains("exist"));
        made.data = path("data");
        QVERIFY(session.whyNot(made).contains("bundle"));
        made.output = path("out");
        QCOMPARE(session.whyNot(made), QString());
    }

    void aFolderThatHoldsAnotherTrainingIsNotTaken() {
        const TrainingSession session(fakeServices(std::make_shared<World>()));
        auto made = request();
        made.output = path("taken");
        const auto run = TrainingSession::runFolder(made.output);
        const auto touch = [](const std::filesystem::path& file) {
            std::filesystem::create_directories(file.parent_path());
            std::ofstream(file) << "x";
        };
        touch(made.output / "bundle.json");
        QVERIFY(session.whyNot(made).contains("bundle"));
        touch(run / "last.checkpoint");
        QVERIFY(session.whyNot(made).contains("go on"));
        made.folds.kind = FoldChoice::Kind::All;
        QVERIFY(session.whyNot(made).contains("one split"));
        made.resume = true; // of all folds there is nothing to go on from
        QVERIFY(session.whyNot(made).contains("one split"));
        std::filesystem::remove(run / "last.checkpoint");
        touch(run / "fold-0" / "last.checkpoint");
        QCOMPARE(session.whyNot(made), QString());
        made.folds.kind = FoldChoice::Kind::One;
        QVERIFY(session.whyNot(made).contains("all folds"));
    }

    void whoGoesOnKeepsTheDataOfTheRun() {
        const auto world = std::make_shared<World>();
        TrainingSession session(fakeServices(world));
        auto made = request();
        made.output = path("kept");
        const auto run = TrainingSession::runFolder(made.output);
        std::filesystem::create_directories(run / "cache");
        std::ofstream(run / "last.checkpoint") << "x";
        std::ofstream(run / "cache" / "index.json") << "{}";
        made.resume = true;
        made.data = path("cache"); // another one
        QVERIFY(TrainingSession::resumesWithOwnData(made));
        session.start(made);
        QTRY_VERIFY(!session.running());
        QCOMPARE(world->cache, run / "cache");
        QCOMPARE(world->prepared, 0);
        made.data.clear();
        QCOMPARE(session.whyNot(made), QString());
    }

    void aRunThatHasHadItsStepsSaysSo() {
        const auto world = std::make_shared<World>();
        auto services = fakeServices(world);
        services.train = [](const learning::TrainingOptions&, const learning::TrainingObserver&,
                            const TaskContext&) -> Result<learning::TrainingSummary> {
            learning::TrainingSummary summary;
            summary.step = 6;
            return summary;
        };
        TrainingSession session(services);
        auto made = request();
        made.resume = true;
        session.start(made);
        QTRY_VERIFY(!session.running());
        QCOMPARE(session.outcome()->id, std::string("session.training_nothing_left"));
        QCOMPARE(session.outcome()->parameters.at("steps"), std::string("6"));
    }

    void theBarOfAStoppedTrainingStaysWhereItWas() {
        const auto world = std::make_shared<World>();
        world->untilStopped = true;
        TrainingSession session(fakeServices(world));
        session.start(request());
        QTRY_VERIFY(session.step().step >= 1);
        session.stop();
        QTRY_VERIFY(!session.running());
        QCOMPARE(session.fraction(), static_cast<double>(session.step().step) / 10.0);
        world->untilStopped = false;
        session.start(request());
        QTRY_VERIFY(!session.running());
        QCOMPARE(session.fraction(), 1.0);
    }

    void nothingHeldOutIsKnown() {
        const auto world = std::make_shared<World>();
        world->points.resize(1);
        world->points[0].fold = -1;
        TrainingSession session(fakeServices(world));
        auto made = request();
        made.folds.kind = FoldChoice::Kind::NothingHeldOut;
        session.start(made);
        QVERIFY(!session.heldOut());
        QTRY_VERIFY(!session.running());
        QVERIFY(!session.heldOut());
        world->points[0].fold = 0;
        session.start(request());
        QTRY_VERIFY(!session.running());
        QVERIFY(session.heldOut());
    }

    void runFolderStandsBesideTheBundle() {
        QCOMPARE(TrainingSession::runFolder("/a/lung").string(), std::string("/a/lung-run"));
        QCOMPARE(TrainingSession::runFolder("/a/lung/").string(), std::string("/a/lung-run"));
    }

    void dataIsPreparedAndACacheIsTakenAsItIs() {
        const auto world = std::make_shared<World>();
        TrainingSession session(fakeServices(world));
        session.start(request());
        QTRY_VERIFY(!session.running());
        QCOMPARE(world->prepared, 1);
        QCOMPARE(world->cache, TrainingSession::runFolder(path("out")) / "cache");
        QCOMPARE(session.leftOut().size(), 1U);
        QCOMPARE(session.outcome()->id, std::string("session.training_done"));
        QCOMPARE(session.outcome()->parameters.at("score"), std::string("Dice"));
        QCOMPARE(session.outcome()->parameters.at("value"), std::string("0.750"));

        auto again = request();
        again.data = path("cache");
        session.start(again);
        QTRY_VERIFY(!session.running());
        QCOMPARE(world->prepared, 1);
        QCOMPARE(world->cache, path("cache"));
    }

    void allFoldsAreAskedFor() {
        const auto world = std::make_shared<World>();
        TrainingSession session(fakeServices(world));
        auto made = request();
        made.folds.kind = FoldChoice::Kind::All;
        session.start(made);
        QTRY_VERIFY(!session.running());
        QCOMPARE(world->folds, (std::vector<int>{0, 1, 2}));
        QCOMPARE(session.outcome()->id, std::string("session.folds_trained"));
    }

    void resumedCurveBeginsWithWhatWas() {
        const auto world = std::make_shared<World>();
        world->points.resize(1);
        world->points[0].epoch = 2;
        TrainingSession session(fakeServices(world));
        auto made = request();
        made.resume = true;
        session.start(made);
        QTRY_VERIFY(!session.running());
        QCOMPARE(session.points().size(), 2U);
        QCOMPARE(session.points()[0].epoch, 1);
        QCOMPARE(session.points()[1].epoch, 2);
        QCOMPARE(session.points()[0].fold, session.points()[1].fold); // one curve
        QVERIFY(world->options.resume);
        QCOMPARE(session.stepLosses().size(), 4U);
        QCOMPARE(session.stepLosses()[1].epoch, 1.0); // two steps are an epoch of this plan
    }

    void remarkIsThatOfTheLastEpoch() {
        const auto world = std::make_shared<World>();
        world->points.resize(2);
        world->points[1].remark = Message{"learning.validation_turned", {{"epoch", "1"}}};
        TrainingSession session(fakeServices(world));
        session.start(request());
        QTRY_VERIFY(!session.running());
        QVERIFY(session.remark().has_value());
        std::swap(world->points[0].remark, world->points[1].remark);
        session.start(request());
        QTRY_VERIFY(!session.running());
        QVERIFY(!session.remark().has_value());
    }

    void viewerWaitsWhileStepsRunButNotInAPause() {
        const auto world = std::make_shared<World>();
        world->untilStopped = true;
        TrainingSession session(fakeServices(world));
        QCOMPARE(session.whyNotSegment(), QString());
        session.start(request());
        QTRY_COMPARE(session.phase(), TrainingPhase::Training);
        QVERIFY(!session.whyNotSegment().isEmpty());
        session.pause();
        QTRY_COMPARE(session.phase(), TrainingPhase::Paused);
        QCOMPARE(session.whyNotSegment(), QString());
        session.resume();
        QTRY_COMPARE(session.phase(), TrainingPhase::Training);
        session.stop();
        QTRY_VERIFY(!session.running());
        QCOMPARE(session.outcome()->id, std::string("session.training_stopped"));
    }

    void leavingAPausedTrainingEndsIt() {
        const auto world = std::make_shared<World>();
        world->untilStopped = true;
        TrainingSession session(fakeServices(world));
        session.start(request());
        QTRY_COMPARE(session.phase(), TrainingPhase::Training);
        session.pause();
        QTRY_COMPARE(session.phase(), TrainingPhase::Paused);
        session.leave();
        QTRY_VERIFY(!session.running());
        QCOMPARE(session.outcome()->id, std::string("session.training_left"));
        QVERIFY(!session.failed());
    }

    void sessionThatDiesTakesItsTrainingAlong() {
        const auto world = std::make_shared<World>();
        world->untilStopped = true;
        auto session = std::make_unique<TrainingSession>(fakeServices(world));
        session->start(request());
        QTRY_COMPARE(session->phase(), TrainingPhase::Training);
        session->pause();
        session.reset(); // returns: the worker is joined though it waited
    }

    void failureIsTheOutcome() {
        const auto world = std::make_shared<World>();
        world->problem = Error{ErrorCode::OutOfMemory, Message{"learning.out_of_memory", {}}, {}};
        TrainingSession session(fakeServices(world));
        QSignalSpy finished(&session, &TrainingSession::finished);
        session.start(request());
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(session.failed());
        QCOMPARE(session.outcome()->id, std::string("learning.out_of_memory"));

        auto broken = request();
        broken.plan = path("broken.json");
        session.start(broken);
        QVERIFY(!session.running() && session.failed());
        QCOMPARE(session.outcome()->id, std::string("learning.not_json"));
    }
};

QTEST_GUILESS_MAIN(TestTrainingSession)
#include "tst_training_session.moc"
