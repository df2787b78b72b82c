// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "ui/session/remaining_time.h"

#include <QObject>
#include <QPointer>
#include <QString>

class QTimer;
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <vector>

namespace sulcus::session {

/// Where work runs. One thread each, so that jobs of one lane never overlap.
enum class Lane {
    Compute, ///< networks, registration, measuring
    Io,      ///< reading and writing files
    Store    ///< the database: owns its connection
};

enum class JobState { Queued, Running, Cancelling, Done };

class JobRunner;

/// One piece of background work as the window sees it. Owned by its runner and deleted after `finished`: keep a
/// QPointer. Thread: GUI.
class Job : public QObject {
    Q_OBJECT
public:
    Lane lane() const { return m_lane; }
    JobState state() const { return m_state; }
    const QString& title() const { return m_title; }
    double fraction() const { return m_fraction; }   ///< 0..1
    const QString& stage() const { return m_stage; } ///< message id of the step, may be empty
    std::optional<double> remainingSeconds() const { return m_remaining.seconds(); }
    /// A request: a queued job ends at once, a running one at its next look at the context.
    void cancel();

Q_SIGNALS:
    void changed();  ///< state, fraction or stage
    void finished(); ///< after `then` was run or dropped

private:
    friend class JobRunner;
    struct Shared;
    Job(JobRunner* runner, Lane lane, QString title);
    ~Job() override;

    JobRunner* m_runner;
    Lane m_lane;
    QString m_title;
    JobState m_state = JobState::Queued;
    double m_fraction = 0.0;
    QString m_stage;
    RemainingTime m_remaining;
    std::shared_ptr<Shared> m_shared;
    std::function<void(bool cancelled)> m_deliver;
    QPointer<QObject> m_guard;
};

/// Runs work beside the GUI thread and brings the answer back. Six promises:
///
///  1. `then` runs exactly once, on the GUI thread, with a value, an error or Cancelled.
///  2. If `guard` died, `then` is dropped, and the work is still cancelled and joined.
///  3. Cancel is a request: Queued -> Running -> Cancelling -> Done. A cancelled job answers Cancelled even if its work
///     came to an end meanwhile: who pressed Cancel wants nothing changed.
///  4. Nothing thrown by work escapes the worker (OutOfMemory for bad_alloc, Internal for the rest).
///  5. Destroying the runner requests stop and waits.
///  6. Progress is latest-wins: `changed` comes at most twenty times a second however often work reports.
///
/// Work must only touch what it was given by value or as shared_ptr<const T>.
class JobRunner : public QObject {
    Q_OBJECT
public:
    enum class Mode {
        Threaded,
        Inline ///< for tests: work runs on the GUI thread at the next turn of the event loop
    };
    explicit JobRunner(Mode mode = Mode::Threaded, QObject* parent = nullptr);
    ~JobRunner() override;

    /// `guard` must not be null; usually the object that `then` touches.
    template <typename T>
    Job* submit(Lane lane, const QString& title, std::function<Result<T>(const TaskContext&)> work, QObject* guard,
                std::function<void(Result<T>)> then) {
        auto slot = std::make_shared<std::optional<Result<T>>>();
        auto run = [slot, work = std::move(work)](const TaskContext& task) {
            try {
                slot->emplace(work(task));
            } catch (const std::bad_alloc&) {
                slot->emplace(fail(ErrorCode::OutOfMemory, "session.out_of_memory"));
            } catch (const std::exception& error) {
                slot->emplace(fail(ErrorCode::Internal, "session.job_failed", {}, error.what()));
            } catch (...) {
                slot->emplace(fail(ErrorCode::Internal, "session.job_failed"));
            }
        };
        auto deliver = [slot, then = std::move(then)](bool cancelled) {
            if (cancelled || !slot->has_value())
                slot->emplace(failCancelled());
            then(std::move(**slot));
        };
        return submitErased(lane, title, std::move(run), guard, std::move(deliver));
    }

    /// Queued or running, oldest first.
    std::vector<Job*> jobs() const;
    bool idle() const { return m_jobs.empty(); }
    void cancelAll();

Q_SIGNALS:
    void jobAdded(sulcus::session::Job* job);
    void jobFinished(sulcus::session::Job* job);
    void changed(); ///< some job was added, moved on or finished

private:
    friend class Job;
    struct LaneThread;
    Job* submitErased(Lane lane, const QString& title, std::function<void(const TaskContext&)> work, QObject* guard,
                      std::function<void(bool)> deliver);
    void cancel(Job* job);
    void runInline(Lane lane);
    void poll();
    void finish(const std::shared_ptr<Job::Shared>& shared);
    void finish(Job* job);

    Mode m_mode;
    std::vector<std::unique_ptr<LaneThread>> m_lanes;
    std::vector<Job*> m_jobs;
    QTimer* m_poll = nullptr;
};

} // namespace sulcus::session
