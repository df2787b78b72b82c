// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/train_folds.h"
#include "core/workflow/prepare.h"
#include "ui/session/job_runner.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::session {

/// What a person must know of a plan to choose it.
struct PlanFacts {
    std::filesystem::path file;
    std::string name;
    std::string task; ///< "segmentation-3d", "segmentation-2d", "classification"
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
    int folds = 0;
    std::int64_t steps = 0;
    std::int64_t stepsPerEpoch = 0;
};

/// Which part of the cases validates.
struct FoldChoice {
    enum class Kind { AsPlanned, One, All, NothingHeldOut } kind = Kind::AsPlanned;
    int fold = 0; ///< for One
};

struct TrainingRequest {
    std::filesystem::path plan;
    std::filesystem::path data;   ///< a prepared cache, or a folder of data that is prepared first
    std::filesystem::path output; ///< folder of the bundle; the run folder stands beside it with "-run" at its end
    std::filesystem::path from;   ///< a bundle whose weights to start from; empty: fresh weights
    learning::Device device = learning::Device::Automatic;
    FoldChoice folds;
    int threads = 0; ///< 0: one per core
    bool resume = false;
    std::optional<std::int64_t> steps; ///< instead of the plan's
    int pictureEvery = 5;              ///< epochs
};

/// What a training asks of the rest of the program. `app` fills it; tests fill it with functions of their own. Every
/// function but `plans` and `readPlan` runs on a worker.
struct TrainingServices {
    std::function<std::vector<PlanFacts>()> plans; ///< that ship with the program
    std::function<Result<PlanFacts>(const std::filesystem::path&)> readPlan;
    std::function<Result<workflow::PrepareSummary>(const workflow::PrepareOptions&, const TaskContext&)> prepare;
    std::function<Result<learning::TrainingSummary>(const learning::TrainingOptions&, const learning::TrainingObserver&,
                                                    const TaskContext&)>
        train;
    std::function<Result<learning::FoldsSummary>(const learning::TrainingOptions&, const std::vector<int>&,
                                                 const learning::TrainingObserver&, const TaskContext&)>
        trainFolds;
    /// Of a classification run that is through: its simplest rival on the held-out patients. May be empty.
    std::function<std::optional<learning::ClassMetrics>(const learning::TrainingOptions&, const TaskContext&)>
        darkestSpot;
    /// Points of a run that is resumed; empty when there are none.
    std::function<std::vector<learning::TrainingPoint>(const std::filesystem::path& runFolder)> earlierPoints;
    std::function<void(int threads)> setThreads;                                      ///< of the thread that calls it
    std::function<Result<learning::Bundle>(const std::filesystem::path&)> readBundle; ///< on the GUI thread
};

enum class TrainingPhase {
    Idle,
    Preparing, ///< the cache
    Training,
    Validating,
    Pausing, ///< asked for, the step at hand still runs
    Paused,
    Stopping, ///< with the best weights kept
    Leaving   ///< cancelled: the checkpoint is being written
};

/// One training as the window sees it: started, watched, paused, stopped.
///
/// It has a runner of its own, so that a run of hours neither holds up what the viewer computes nor ends with the key
/// that cancels the viewer's jobs. Thread: GUI.
class TrainingSession : public QObject {
    Q_OBJECT
public:
    explicit TrainingSession(TrainingServices services, JobRunner::Mode mode = JobRunner::Mode::Threaded,
                             QObject* parent = nullptr);
    ~TrainingSession() override;

    std::vector<PlanFacts> plans() const;
    Result<PlanFacts> readPlan(const std::filesystem::path& file) const;
    Result<learning::Bundle> readBundle(const std::filesystem::path& folder) const;

    /// The folder of a run: "<output>-run".
    static std::filesystem::path runFolder(const std::filesystem::path& output);
    /// Is there a checkpoint that this request could go on from?
    static bool canResume(const TrainingRequest& request);
    /// Does it go on, and with data that was prepared when its run began? Then `data` of the request plays no part.
    static bool resumesWithOwnData(const TrainingRequest& request);
    static bool isCache(const std::filesystem::path& folder);

    /// Empty when the request can be started, else the reason, translated.
    QString whyNot(const TrainingRequest& request) const;
    void start(const TrainingRequest& request);
    void pause();
    void resume();
    void stop();  ///< best weights and a checkpoint stay
    void leave(); ///< a checkpoint stays

    bool running() const { return !m_job.isNull(); }
    /// Why the viewer's own networks have to wait, translated; empty when they need not.
    QString whyNotSegment() const;
    TrainingPhase phase() const;
    double fraction() const; ///< 0..1 of the whole; after a stop as far as it came
    /// False: what is called validation are training cases, since nothing was held out.
    bool heldOut() const;
    const TrainingRequest& request() const { return m_request; }
    const PlanFacts& plan() const { return m_plan; }
    const std::vector<learning::TrainingPoint>& points() const { return m_points; } ///< of all folds, in order
    const learning::TrainingStep& step() const { return m_step; }
    /// Loss of the steps of the fold that runs, running mean; x in epochs, so that both stand on one axis. At most some
    /// thousand, older ones thinned out.
    struct StepLoss {
        double epoch = 0.0;
        double loss = 0.0;
    };
    const std::vector<StepLoss>& stepLosses() const { return m_stepLosses; }
    const std::optional<learning::TrainingPicture>& picture() const { return m_picture; }
    /// Newest sentence about the curve of the fold that runs.
    const std::optional<Message>& remark() const { return m_remark; }
    /// How the last training ended; empty before and while one runs.
    const std::optional<Message>& outcome() const { return m_outcome; }
    /// What the simplest rival scores on the same cases, once a classification is through; else empty.
    const std::optional<Message>& rival() const { return m_rival; }
    bool failed() const { return m_failed; }
    /// What was left out when the cache was made.
    const std::vector<workflow::LeftOut>& leftOut() const { return m_leftOut; }

Q_SIGNALS:
    void changed();  ///< phase, step or points; at most ten times a second
    void pictured(); ///< there is a new picture
    void finished(); ///< after `outcome` was set

private:
    struct Mailbox;
    void collect();
    void follow(const learning::TrainingStep& step);
    void joinCurve(int fold);
    double trainedShare() const;
    void end(const Result<Message>& outcome);

    TrainingServices m_services;
    TrainingRequest m_request;
    PlanFacts m_plan;
    std::vector<learning::TrainingPoint> m_points;
    learning::TrainingStep m_step;
    std::vector<StepLoss> m_stepLosses;
    int m_lossFold = -1;
    double m_runningLoss = 0.0;
    std::optional<learning::TrainingPicture> m_picture;
    std::optional<Message> m_remark;
    std::optional<Message> m_outcome;
    std::optional<Message> m_rival;
    std::vector<workflow::LeftOut> m_leftOut;
    bool m_failed = false;
    double m_endFraction = 0.0; ///< how far the last training came
    bool m_leaving = false;
    std::shared_ptr<Mailbox> m_mailbox;
    std::shared_ptr<learning::TrainingControl> m_control;
    QPointer<Job> m_job;
    QTimer m_beat;
    TrainingPhase m_shownPhase = TrainingPhase::Idle;
    double m_shownFraction = 0.0;
    JobRunner m_runner; // last: dies first, and with it the worker that fills the mailbox
};

} // namespace sulcus::session
