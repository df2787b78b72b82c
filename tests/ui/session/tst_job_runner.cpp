// SPDX-License-Identifier: Apache-2.0
#include "ui/session/job_runner.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

using namespace sulcus;
using namespace sulcus::session;

Q_DECLARE_METATYPE(sulcus::session::JobRunner::Mode)

namespace {

/// Work that lasts until it is cancelled. `started` tells when it runs.
Result<int> waitForCancel(const TaskContext& task, std::atomic<bool>& started) {
    started = true;
    while (!task.cancelled())
        std::this_thread::yield();
    return 7; // a result that came too late
}

} // namespace

/// The six promises of JobRunner; those that need no second thread also on the inline runner.
class TestJobRunner : public QObject {
    Q_OBJECT
    static void bothModes() {
        QTest::addColumn<JobRunner::Mode>("mode");
        QTest::newRow("threaded") << JobRunner::Mode::Threaded;
        QTest::newRow("inline") << JobRunner::Mode::Inline;
    }
private Q_SLOTS:
    void thenRunsOnceOnTheGuiThreadWithTheValue_data() { bothModes(); }
    void thenRunsOnceOnTheGuiThreadWithTheValue() {
        QFETCH(JobRunner::Mode, mode);
        JobRunner runner(mode);
        QObject guard;
        int calls = 0;
        int value = 0;
        QThread* thread = nullptr;
        runner.submit<int>(
            Lane::Io, "answer", [](const TaskContext&) -> Result<int> { return 42; }, &guard,
            [&](Result<int> result) {
                ++calls;
                value = *result;
                thread = QThread::currentThread();
            });
        QCOMPARE(calls, 0); // never inside submit
        QTRY_COMPARE(calls, 1);
        QTRY_VERIFY(runner.idle());
        QCOMPARE(value, 42);
        QCOMPARE(thread, QThread::currentThread());
        QCOMPARE(calls, 1);
    }

    void errorsArriveAsErrors_data() { bothModes(); }
    void errorsArriveAsErrors() {
        QFETCH(JobRunner::Mode, mode);
        JobRunner runner(mode);
        QObject guard;
        std::optional<ErrorCode> code;
        runner.submit<int>(
            Lane::Store, "fails",
            [](const TaskContext&) -> Result<int> { return fail(ErrorCode::NotFound, "imaging.file_missing"); }, &guard,
            [&](Result<int> result) { code = result.error().code; });
        QTRY_VERIFY(code.has_value());
        QVERIFY(*code == ErrorCode::NotFound);
    }

    void voidResultsWork_data() { bothModes(); }
    void voidResultsWork() {
        QFETCH(JobRunner::Mode, mode);
        JobRunner runner(mode);
        QObject guard;
        bool done = false;
        runner.submit<void>(
            Lane::Io, "void", [](const TaskContext&) -> Result<void> { return {}; }, &guard,
            [&](Result<void> result) { done = result.has_value(); });
        QTRY_VERIFY(done);
    }

    void aDeadGuardDropsTheAnswerAndCancelsTheWork() {
        JobRunner runner;
        auto guard = std::make_unique<QObject>();
        std::atomic<bool> started{false};
        std::atomic<bool> left{false};
        bool called = false;
        runner.submit<int>(
            Lane::Compute, "guarded",
            [&](const TaskContext& task) {
                auto result = waitForCancel(task, started);
                left = true;
                return result;
            },
            guard.get(), [&](Result<int>) { called = true; });
        QTRY_VERIFY(started);
        guard.reset();
        QTRY_VERIFY(runner.idle());
        QVERIFY(left); // cancelled and run to its end
        QVERIFY(!called);
    }

    void aQueuedJobWithADeadGuardNeverRuns_data() { bothModes(); }
    void aQueuedJobWithADeadGuardNeverRuns() {
        QFETCH(JobRunner::Mode, mode);
        JobRunner runner(mode);
        auto guard = std::make_unique<QObject>();
        QObject other;
        std::atomic<bool> started{false};
        std::atomic<bool> ran{false};
        bool called = false;
        Job* blocker = nullptr;
        if (mode == JobRunner::Mode::Threaded) {
            blocker = runner.submit<int>(
                Lane::Io, "blocker", [&](const TaskContext& task) { return waitForCancel(task, started); }, &other,
                [](Result<int>) {});
            QTRY_VERIFY(started);
        }
        runner.submit<int>(
            Lane::Io, "queued",
            [&](const TaskContext&) -> Result<int> {
                ran = true;
                return 1;
            },
            guard.get(), [&](Result<int>) { called = true; });
        guard.reset();
        if (blocker != nullptr)
            blocker->cancel();
        QTRY_VERIFY(runner.idle());
        QVERIFY(!ran);
        QVERIFY(!called);
    }

    void cancelWalksThroughItsStates() {
        JobRunner runner;
        QObject guard;
        std::atomic<bool> started{false};
        std::optional<Result<int>> answer;
        QPointer<Job> job = runner.submit<int>(
            Lane::Compute, "cancel me", [&](const TaskContext& task) { return waitForCancel(task, started); }, &guard,
            [&](Result<int> result) { answer = std::move(result); });
        QCOMPARE(job->state(), JobState::Queued);
        QTRY_COMPARE(job->state(), JobState::Running);
        QSignalSpy finished(job, &Job::finished);
        QElapsedTimer clock;
        clock.start();
        job->cancel();
        QCOMPARE(job->state(), JobState::Cancelling);
        job->cancel(); // twice is once
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(clock.elapsed() < 1000);
        QVERIFY(answer.has_value());
        // The work returned 7 after the request; who pressed Cancel gets Cancelled.
        QVERIFY(!answer->has_value());
        QVERIFY(answer->error().code == ErrorCode::Cancelled);
    }

    void aQueuedJobEndsAtOnceWhenCancelled_data() { bothModes(); }
    void aQueuedJobEndsAtOnceWhenCancelled() {
        QFETCH(JobRunner::Mode, mode);
        JobRunner runner(mode);
        QObject guard;
        std::atomic<bool> started{false};
        bool ran = false;
        std::optional<ErrorCode> code;
        Job* blocker = nullptr;
        if (mode == JobRunner::Mode::Threaded) {
            blocker = runner.submit<int>(
                Lane::Io, "blocker", [&](const TaskContext& task) { return waitForCancel(task, started); }, &guard,
                [](Result<int>) {});
            QTRY_VERIFY(started);
        }
        Job* const queued = runner.submit<int>(
            Lane::Io, "queued",
            [&](const TaskContext&) -> Result<int> {
                ran = true;
                return 1;
            },
            &guard, [&](Result<int> result) { code = result ? ErrorCode::Internal : result.error().code; });
        queued->cancel();
        QTRY_VERIFY(code.has_value()); // while the blocker still runs
        QVERIFY(*code == ErrorCode::Cancelled);
        QVERIFY(!ran);
        if (blocker != nullptr) {
            QCOMPARE(runner.jobs().size(), std::size_t{1});
            blocker->cancel();
        }
        QTRY_VERIFY(runner.idle());
    }

    void nothingThrownEscapes_data() { bothModes(); }
    void nothingThrownEscapes() {
        QFETCH(JobRunner::Mode, mode);
        JobRunner runner(mode);
        QObject guard;
        std::vector<ErrorCode> codes;
        const auto keep = [&](Result<int> result) { codes.push_back(result.error().code); };
        runner.submit<int>(
            Lane::Io, "throws", [](const TaskContext&) -> Result<int> { throw std::runtime_error("boom"); }, &guard,
            keep);
        runner.submit<int>(
            Lane::Io, "throws int", [](const TaskContext&) -> Result<int> { throw 3; }, &guard, keep);
        runner.submit<int>(
            Lane::Io, "no memory", [](const TaskContext&) -> Result<int> { throw std::bad_alloc(); }, &guard, keep);
        QTRY_COMPARE(codes.size(), std::size_t{3});
        QVERIFY(codes[0] == ErrorCode::Internal);
        QVERIFY(codes[1] == ErrorCode::Internal);
        QVERIFY(codes[2] == ErrorCode::OutOfMemory);
        bool alive = false; // the lane survived
        runner.submit<int>(
            Lane::Io, "after", [](const TaskContext&) -> Result<int> { return 1; }, &guard,
            [&](Result<int> result) { alive = result.has_value(); });
        QTRY_VERIFY(alive);
    }

    void destroyingTheRunnerStopsWaitsAndAnswers() {
        std::atomic<bool> started{false};
        std::atomic<bool> left{false};
        QObject guard;
        int cancelled = 0;
        {
            JobRunner runner;
            runner.submit<int>(
                Lane::Compute, "runs",
                [&](const TaskContext& task) {
                    auto result = waitForCancel(task, started);
                    left = true;
                    return result;
                },
                &guard, [&](Result<int> result) { cancelled += result ? 0 : 1; });
            runner.submit<int>(
                Lane::Compute, "waits", [](const TaskContext&) -> Result<int> { return 1; }, &guard,
                [&](Result<int> result) { cancelled += result ? 0 : 1; });
            QTRY_VERIFY(started);
        }
        QVERIFY(left);
        QCOMPARE(cancelled, 2);
    }

    void aHundredThousandReportsCauseAHandfulOfSignals() {
        JobRunner runner;
        QObject guard;
        bool done = false;
        QPointer<Job> job = runner.submit<int>(
            Lane::Compute, "talks a lot",
            [](const TaskContext& task) -> Result<int> {
                for (int n = 0; n < 100'000; ++n)
                    task.report(n / 100'000.0, "stage.reading");
                return 1;
            },
            &guard, [&](Result<int>) { done = true; });
        QSignalSpy changed(job, &Job::changed);
        QElapsedTimer clock;
        clock.start();
        QTRY_VERIFY(done);
        // Twenty a second at most, and a few for the states.
        QVERIFY2(changed.count() <= 5 + clock.elapsed() / 50, qPrintable(QString::number(changed.count())));
    }

    void jobsOfOneLaneRunInOrderAndNeverTogether_data() { bothModes(); }
    void jobsOfOneLaneRunInOrderAndNeverTogether() {
        QFETCH(JobRunner::Mode, mode);
        JobRunner runner(mode);
        QObject guard;
        std::vector<int> order;
        std::atomic<int> inside{0};
        std::atomic<bool> overlapped{false};
        for (int n = 0; n < 50; ++n)
            runner.submit<int>(
                Lane::Store, "n",
                [&, n](const TaskContext&) -> Result<int> {
                    if (++inside != 1)
                        overlapped = true;
                    std::this_thread::yield();
                    --inside;
                    return n;
                },
                &guard, [&](Result<int> result) { order.push_back(*result); });
        QTRY_COMPARE(order.size(), std::size_t{50});
        QVERIFY(!overlapped);
        QVERIFY(std::is_sorted(order.begin(), order.end()));
    }

    void remainingTimeFollowsASteadyJob() {
        RemainingTime remaining;
        remaining.update(0.001, 0.2);
        QVERIFY(!remaining.seconds()); // too early to say
        for (int n = 1; n <= 50; ++n)
            remaining.update(n / 100.0, n * 0.4);
        QVERIFY(remaining.seconds().has_value());
        QVERIFY(std::abs(*remaining.seconds() - 20.0) < 1.0); // half done after 20 s
        remaining.update(1.0, 40.0);
        QCOMPARE(*remaining.seconds(), 0.0);
    }

    void remainingTimeRecoversFromASlowStart() {
        RemainingTime remaining;
        double elapsed = 0.0;
        for (double f = 0.0; f < 0.1; f += 0.01)
            remaining.update(f, elapsed += 1.0);
        for (double f = 0.1; f < 0.6; f += 0.01)
            remaining.update(f, elapsed += 0.1);
        QVERIFY(*remaining.seconds() < 10.0); // 0.4 to go at 0.1 per second
    }
};

QTEST_GUILESS_MAIN(TestJobRunner)
#include "tst_job_runner.moc"
