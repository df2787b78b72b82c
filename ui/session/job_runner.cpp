// SPDX-License-Identifier: Apache-2.0
#include "ui/session/job_runner.h"

#include <QTimer>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace sulcus::session {

namespace {
constexpr int kPollMilliseconds = 50;
using Clock = std::chrono::steady_clock;
} // namespace

/// What the worker and the GUI thread both hold. The worker never touches the Job itself.
struct Job::Shared {
    std::stop_source stop;
    std::function<void(const TaskContext&)> work;
    std::atomic<bool> started{false};
    std::mutex mutex; // guards the three below
    double fraction = 0.0;
    std::string stage;
    Clock::time_point startedAt;
};

Job::Job(JobRunner* runner, Lane lane, QString title)
    : QObject(runner),
      m_runner(runner),
      m_lane(lane),
      m_title(std::move(title)),
      m_shared(std::make_shared<Shared>()) {}

Job::~Job() = default;

void Job::cancel() { m_runner->cancel(this); }

struct JobRunner::LaneThread {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<std::shared_ptr<Job::Shared>> queue;
    std::jthread thread;
};

namespace {

/// Runs one job's work; the context writes progress where the poll finds it.
template <typename Shared>
void runWork(const std::shared_ptr<Shared>& shared) {
    {
        const std::lock_guard lock(shared->mutex);
        shared->startedAt = Clock::now();
    }
    shared->started = true;
    const TaskContext context(shared->stop.get_token(),
                              [weak = std::weak_ptr<Shared>(shared)](double fraction, std::string_view stage) {
                                  const std::shared_ptr<Shared> target = weak.lock();
                                  if (!target)
                                      return;
                                  const std::lock_guard lock(target->mutex);
                                  target->fraction = fraction;
                                  if (!stage.empty())
                                      target->stage = stage;
                              });
    shared->work(context);
    shared->work = nullptr; // what the work captured may be large
}

} // namespace

JobRunner::JobRunner(Mode mode, QObject* parent) : QObject(parent), m_mode(mode), m_poll(new QTimer(this)) {
    m_poll->setInterval(kPollMilliseconds);
    connect(m_poll, &QTimer::timeout, this, &JobRunner::poll);
    for (int i = 0; i < 3; ++i) {
        auto lane = std::make_unique<LaneThread>();
        if (mode == Mode::Threaded) {
            LaneThread* const state = lane.get();
            lane->thread = std::jthread([this, state](const std::stop_token& token) {
                for (;;) {
                    std::shared_ptr<Job::Shared> next;
                    {
                        std::unique_lock lock(state->mutex);
                        if (!state->wake.wait(lock, token, [state] { return !state->queue.empty(); }))
                            return;
                        next = std::move(state->queue.front());
                        state->queue.pop_front();
                    }
                    runWork(next);
                    QMetaObject::invokeMethod(
                        this, [this, next] { finish(next); }, Qt::QueuedConnection);
                }
            });
        }
        m_lanes.push_back(std::move(lane));
    }
}

JobRunner::~JobRunner() {
    for (Job* const job : m_jobs)
        job->m_shared->stop.request_stop();
    for (const auto& lane : m_lanes) {
        {
            const std::lock_guard lock(lane->mutex);
            lane->queue.clear();
        }
        lane->thread.request_stop();
        if (lane->thread.joinable())
            lane->thread.join();
    }
    // Answers that are still owed. A handler that submits again lands at the end of the list and is answered too.
    m_lanes.clear();
    while (!m_jobs.empty()) {
        m_jobs.front()->m_shared->stop.request_stop();
        finish(m_jobs.front());
    }
}

std::vector<Job*> JobRunner::jobs() const { return m_jobs; }

void JobRunner::cancelAll() {
    for (Job* const job : std::vector<Job*>(m_jobs))
        cancel(job);
}

Job* JobRunner::submitErased(Lane lane, const QString& title, std::function<void(const TaskContext&)> work,
                             QObject* guard, std::function<void(bool)> deliver) {
    Q_ASSERT(guard != nullptr);
    auto* const job = new Job(this, lane, title);
    job->m_shared->work = std::move(work);
    job->m_deliver = std::move(deliver);
    job->m_guard = guard;
    m_jobs.push_back(job);
    // A dead guard cancels; `finish` sees the empty pointer and drops the answer.
    connect(guard, &QObject::destroyed, job, [job] { job->cancel(); });
    if (!m_lanes.empty()) {
        LaneThread& target = *m_lanes[static_cast<std::size_t>(lane)];
        {
            const std::lock_guard lock(target.mutex);
            target.queue.push_back(job->m_shared);
        }
        if (m_mode == Mode::Threaded)
            target.wake.notify_one();
        else
            QMetaObject::invokeMethod(
                this, [this, lane] { runInline(lane); }, Qt::QueuedConnection);
        if (!m_poll->isActive())
            m_poll->start();
    }
    Q_EMIT jobAdded(job);
    Q_EMIT changed();
    return job;
}

void JobRunner::runInline(Lane lane) {
    LaneThread& source = *m_lanes[static_cast<std::size_t>(lane)];
    std::shared_ptr<Job::Shared> next;
    {
        const std::lock_guard lock(source.mutex);
        if (source.queue.empty())
            return;
        next = std::move(source.queue.front());
        source.queue.pop_front();
    }
    runWork(next);
    finish(next);
}

void JobRunner::cancel(Job* job) {
    if (job->m_state == JobState::Cancelling || job->m_state == JobState::Done)
        return;
    job->m_shared->stop.request_stop();
    job->m_state = JobState::Cancelling;
    bool queued = false;
    if (!m_lanes.empty()) {
        LaneThread& lane = *m_lanes[static_cast<std::size_t>(job->m_lane)];
        const std::lock_guard lock(lane.mutex);
        queued = std::erase(lane.queue, job->m_shared) > 0;
    }
    if (queued)
        QMetaObject::invokeMethod(
            this, [this, shared = job->m_shared] { finish(shared); }, Qt::QueuedConnection);
    Q_EMIT job->changed();
    Q_EMIT changed();
}

void JobRunner::poll() {
    bool any = false;
    for (Job* const job : std::vector<Job*>(m_jobs)) { // a handler of `changed` may add jobs
        bool moved = false;
        if (job->m_shared->started && job->m_state == JobState::Queued) {
            job->m_state = JobState::Running;
            moved = true;
        }
        if (job->m_shared->started) {
            const std::lock_guard lock(job->m_shared->mutex);
            const QString stage = QString::fromStdString(job->m_shared->stage);
            const double elapsed = std::chrono::duration<double>(Clock::now() - job->m_shared->startedAt).count();
            job->m_remaining.update(job->m_shared->fraction, elapsed);
            if (job->m_fraction != job->m_shared->fraction || job->m_stage != stage) {
                job->m_fraction = job->m_shared->fraction;
                job->m_stage = stage;
                moved = true;
            }
        }
        if (moved) {
            any = true;
            Q_EMIT job->changed();
        }
    }
    if (any)
        Q_EMIT changed();
}

void JobRunner::finish(const std::shared_ptr<Job::Shared>& shared) {
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(), [&](Job* job) { return job->m_shared == shared; });
    if (found != m_jobs.end())
        finish(*found);
}

void JobRunner::finish(Job* job) {
    std::erase(m_jobs, job);
    if (m_jobs.empty())
        m_poll->stop();
    job->m_state = JobState::Done;
    const bool guardLives = !job->m_guard.isNull();
    const auto deliver = std::exchange(job->m_deliver, nullptr);
    if (guardLives && deliver)
        deliver(job->m_shared->stop.stop_requested());
    Q_EMIT job->finished();
    Q_EMIT jobFinished(job);
    Q_EMIT changed();
    job->deleteLater();
}

} // namespace sulcus::session
