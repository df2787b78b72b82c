// SPDX-License-Identifier: Apache-2.0
#include "ui/session/training_session.h"

#include "core/base/log.h"

#include <QCoreApplication>
#include <system_error>

namespace sulcus::session {

namespace fs = std::filesystem;

namespace {

constexpr double kPreparingShare = 0.05;
constexpr int kBeatMilliseconds = 100;
constexpr double kNewLossWeight = 0.1; // of a step in the running mean: one batch differs much from the next
constexpr std::size_t kMostLosses = 4000;

QString translate(const char* text) { return QCoreApplication::translate("TrainingSession", text); }

std::string scoreName(const std::string& score) { return score == "auc" ? "AUC" : "Dice"; }

Message trained(const char* id, const fs::path& bundle, const learning::TrainingSummary& summary) {
    return {id,
            {{"folder", bundle.string()},
             {"score", scoreName(summary.score)},
             {"value", QString::number(summary.bestDice, 'f', 3).toStdString()},
             {"epoch", std::to_string(summary.bestEpoch)}}};
}

std::optional<Message> rivalOf(const std::optional<double>& area) {
    if (!area)
        return std::nullopt;
    return Message{"session.training_rival", {{"value", QString::number(*area, 'f', 3).toStdString()}}};
}

/// Mean over the folds that have an area.
std::optional<double> meanArea(const std::vector<learning::FoldResult>& folds) {
    double sum = 0.0;
    int count = 0;
    for (const auto& fold : folds) {
        if (fold.darkestSpot && fold.darkestSpot->area) {
            sum += *fold.darkestSpot->area;
            ++count;
        }
    }
    return count > 0 ? std::optional<double>(sum / count) : std::nullopt;
}

} // namespace

/// What the worker leaves and the GUI thread takes; the worker knows nothing of the session but this.
struct TrainingSession::Mailbox {
    std::mutex mutex; // guards all below
    std::vector<learning::TrainingPoint> points;
    std::vector<learning::TrainingStep> steps;
    std::optional<learning::TrainingPicture> picture;
    std::vector<workflow::LeftOut> leftOut;
    std::optional<Message> rival;
    bool trained = false; ///< there was a step or an epoch
};

TrainingSession::TrainingSession(TrainingServices services, JobRunner::Mode mode, QObject* parent)
    : QObject(parent),
      m_services(std::move(services)),
      m_mailbox(std::make_shared<Mailbox>()),
      m_control(std::make_shared<learning::TrainingControl>()),
      m_runner(mode) {
    // Not the runner's own signal: that one is silent while a job makes no progress, and a paused training makes none.
    m_beat.setInterval(kBeatMilliseconds);
    connect(&m_beat, &QTimer::timeout, this, &TrainingSession::collect);
}

TrainingSession::~TrainingSession() = default;

std::vector<PlanFacts> TrainingSession::plans() const {
    return m_services.plans ? m_services.plans() : std::vector<PlanFacts>{};
}

Result<PlanFacts> TrainingSession::readPlan(const fs::path& file) const { return m_services.readPlan(file); }

Result<learning::Bundle> TrainingSession::readBundle(const fs::path& folder) const {
    return m_services.readBundle(folder);
}

fs::path TrainingSession::runFolder(const fs::path& output) {
    fs::path run = output;
    if (!run.has_filename()) // "out/" is the folder out
        run = run.parent_path();
    run += "-run";
    return run;
}

bool TrainingSession::isCache(const fs::path& folder) {
    std::error_code code;
    return !folder.empty() && fs::is_regular_file(folder / "index.json", code);
}

bool TrainingSession::canResume(const TrainingRequest& request) {
    if (request.output.empty())
        return false;
    std::error_code code;
    const fs::path run = runFolder(request.output);
    if (request.folds.kind == FoldChoice::Kind::All)
        return fs::exists(run / "fold-0" / "last.checkpoint", code);
    return fs::exists(run / "last.checkpoint", code);
}

bool TrainingSession::resumesWithOwnData(const TrainingRequest& request) {
    return request.resume && canResume(request) && isCache(runFolder(request.output) / "cache");
}

QString TrainingSession::whyNot(const TrainingRequest& request) const {
    std::error_code code;
    if (running())
        return translate("A network is being trained.");
    if (request.plan.empty())
        return translate("Choose a plan.");
    if (!resumesWithOwnData(request)) {
        if (request.data.empty())
            return translate("Choose a folder of data or a prepared cache.");
        if (!fs::is_directory(request.data, code))
            return translate("The folder of data does not exist.");
    }
    if (request.output.empty())
        return translate("Choose a folder for the bundle.");
    if (canResume(request))
        return request.resume
                   ? QString()
                   : translate("That folder holds an earlier training: go on with it, or choose another folder.");
    // One fold cannot be gone on with as all of them, nor all as one.
    const fs::path run = runFolder(request.output);
    if (fs::exists(run / "last.checkpoint", code))
        return translate("That folder holds an earlier training of one split: choose another folder for all folds.");
    if (fs::exists(run / "fold-0", code))
        return translate("That folder holds an earlier training of all folds: choose another folder.");
    if (fs::exists(request.output / "bundle.json", code))
        return translate("That folder holds a bundle: choose another folder.");
    return {};
}

void TrainingSession::start(const TrainingRequest& request) {
    if (!whyNot(request).isEmpty())
        return;
    auto plan = m_services.readPlan(request.plan);
    m_points.clear();
    m_step = {};
    m_stepLosses.clear();
    m_picture.reset();
    m_remark.reset();
    m_outcome.reset();
    m_rival.reset();
    m_leftOut.clear();
    m_failed = false;
    m_endFraction = 0.0;
    m_leaving = false;
    m_request = request;
    if (!plan) {
        end(fail(std::move(plan.error())));
        return;
    }
    m_plan = std::move(*plan);
    m_mailbox = std::make_shared<Mailbox>();
    m_control = std::make_shared<learning::TrainingControl>();
    if (request.resume && m_services.earlierPoints) {
        const fs::path run = runFolder(request.output);
        const bool all = request.folds.kind == FoldChoice::Kind::All;
        for (int fold = 0; fold < (all ? m_plan.folds : 1); ++fold) {
            auto earlier = m_services.earlierPoints(all ? run / ("fold-" + std::to_string(fold)) : run);
            for (auto& point : earlier)
                point.fold = all ? fold : point.fold;
            m_points.insert(m_points.end(), earlier.begin(), earlier.end());
        }
    }

    learning::TrainingOptions options;
    options.plan = request.plan;
    options.runFolder = runFolder(request.output);
    options.bundle = request.output;
    options.from = request.from;
    options.device = request.device;
    options.resume = request.resume;
    options.steps = request.steps;
    options.pictureEvery = request.pictureEvery;
    options.control = m_control;
    if (request.folds.kind == FoldChoice::Kind::One)
        options.fold = request.folds.fold;
    else if (request.folds.kind == FoldChoice::Kind::NothingHeldOut)
        options.fold = -1;
    options.stepSeen = [box = m_mailbox](const learning::TrainingStep& step) {
        const std::lock_guard lock(box->mutex);
        box->steps.push_back(step);
        box->trained |= !step.paused;
    };
    options.pictureSeen = [box = m_mailbox](const learning::TrainingPicture& picture) {
        const std::lock_guard lock(box->mutex);
        box->picture = picture;
    };
    const bool all = request.folds.kind == FoldChoice::Kind::All;
    std::vector<int> folds;
    for (int fold = 0; all && fold < m_plan.folds; ++fold)
        folds.push_back(fold);

    m_job = m_runner.submit<Message>(
        Lane::Compute, translate("Training"),
        [services = m_services, request, options, folds, box = m_mailbox](const TaskContext& task) -> Result<Message> {
            auto how = options;
            const bool prepared = isCache(request.data) && !resumesWithOwnData(request);
            how.cache = prepared ? request.data : how.runFolder / "cache";
            double from = 0.0;
            if (!prepared && !(request.resume && isCache(how.cache))) {
                from = kPreparingShare;
                std::error_code code;
                fs::create_directories(how.runFolder, code);
                workflow::PrepareOptions preparation;
                preparation.plan = request.plan;
                preparation.data = {request.data};
                preparation.cache = how.cache;
                preparation.replace = true; // of an earlier run in this folder
                auto made = services.prepare(preparation, task.part(0.0, from));
                if (!made)
                    return fail(std::move(made.error()));
                const std::lock_guard lock(box->mutex);
                box->leftOut = std::move(made->leftOut);
            }
            if (services.setThreads)
                services.setThreads(request.threads);
            const auto observer = [box](const learning::TrainingPoint& point) {
                const std::lock_guard lock(box->mutex);
                box->points.push_back(point);
                box->trained = true;
            };
            if (!folds.empty()) {
                const auto summary = services.trainFolds(how, folds, observer, task.part(from, 1.0));
                if (!summary)
                    return fail(summary.error());
                {
                    const std::lock_guard lock(box->mutex);
                    box->rival = rivalOf(meanArea(summary->folds));
                }
                return Message{summary->stopped ? "session.folds_stopped" : "session.folds_trained",
                               {{"folder", request.output.string()},
                                {"folds", std::to_string(summary->folds.size())},
                                {"score", scoreName(summary->score)},
                                {"value", QString::number(summary->meanDice, 'f', 3).toStdString()},
                                {"deviation", QString::number(summary->deviation, 'f', 3).toStdString()}}};
            }
            const auto summary = services.train(how, observer, task.part(from, 1.0));
            if (!summary)
                return fail(summary.error());
            const auto nothingTrained = [&] {
                const std::lock_guard lock(box->mutex);
                return !box->trained;
            };
            if (request.resume && !summary->stopped && nothingTrained())
                return Message{"session.training_nothing_left",
                               {{"folder", how.runFolder.string()}, {"steps", std::to_string(summary->step)}}};
            if (summary->stopped && summary->bestEpoch == 0)
                return Message{"session.training_stopped_early", {{"folder", request.output.string()}}};
            if (services.darkestSpot) {
                const auto spot = services.darkestSpot(how, task);
                const std::lock_guard lock(box->mutex);
                box->rival = rivalOf(spot ? spot->area : std::nullopt);
            }
            return trained(summary->stopped        ? "session.training_stopped"
                           : summary->stoppedEarly ? "session.training_levelled_off"
                                                   : "session.training_done",
                           request.output, *summary);
        },
        this,
        [this](Result<Message> outcome) {
            m_beat.stop();
            collect();
            const bool cutShort = m_leaving || m_control->stopping() || !outcome;
            m_endFraction = cutShort ? trainedShare() : 1.0;
            m_job.clear();
            end(outcome);
        });
    m_beat.start();
    Q_EMIT changed();
}

void TrainingSession::end(const Result<Message>& outcome) {
    if (outcome) {
        m_outcome = *outcome;
    } else if (outcome.error().code == ErrorCode::Cancelled) {
        m_outcome = Message{"session.training_left", {{"folder", runFolder(m_request.output).string()}}};
    } else {
        m_failed = true;
        m_outcome = outcome.error().message;
        log(LogLevel::Warning, "training",
            outcome.error().message.id + (outcome.error().context.empty() ? "" : ": " + outcome.error().context));
    }
    Q_EMIT changed();
    Q_EMIT finished();
}

void TrainingSession::pause() {
    if (running())
        m_control->pause();
    Q_EMIT changed();
}

void TrainingSession::resume() {
    m_control->resume();
    Q_EMIT changed();
}

void TrainingSession::stop() {
    if (!running())
        return;
    // While the cache is made there is nothing to keep.
    if (phase() == TrainingPhase::Preparing) {
        leave();
        return;
    }
    m_control->stop();
    Q_EMIT changed();
}

void TrainingSession::leave() {
    if (!running())
        return;
    m_leaving = true;
    m_job->cancel();
    Q_EMIT changed();
}

QString TrainingSession::whyNotSegment() const {
    if (!running() || phase() == TrainingPhase::Paused)
        return {};
    return translate("A network is being trained: pause the training to segment.");
}

TrainingPhase TrainingSession::phase() const {
    if (!running())
        return TrainingPhase::Idle;
    if (m_leaving)
        return TrainingPhase::Leaving;
    if (m_control->stopping())
        return TrainingPhase::Stopping;
    const bool begun = m_step.steps > 0;
    if (m_control->paused())
        return begun && m_step.paused ? TrainingPhase::Paused : TrainingPhase::Pausing;
    const QString& stage = m_job->stage();
    if (stage == QLatin1String("stage.validating"))
        return TrainingPhase::Validating;
    return begun || stage == QLatin1String("stage.training") ? TrainingPhase::Training : TrainingPhase::Preparing;
}

double TrainingSession::fraction() const { return running() ? m_job->fraction() : m_endFraction; }

double TrainingSession::trainedShare() const {
    if (m_step.steps <= 0)
        return 0.0;
    const double share = static_cast<double>(m_step.step) / static_cast<double>(m_step.steps);
    return m_request.folds.kind == FoldChoice::Kind::All && m_plan.folds > 0 ? (m_step.fold + share) / m_plan.folds
                                                                             : share;
}

bool TrainingSession::heldOut() const {
    return m_points.empty() ? m_request.folds.kind != FoldChoice::Kind::NothingHeldOut : m_points.back().fold >= 0;
}

/// The table of an earlier run does not say which fold it was: of one split, all points are of the fold that runs now.
void TrainingSession::joinCurve(int fold) {
    if (m_request.folds.kind == FoldChoice::Kind::All)
        return;
    for (auto& point : m_points)
        point.fold = fold;
}

void TrainingSession::follow(const learning::TrainingStep& step) {
    m_step = step;
    joinCurve(step.fold);
    if (step.paused || m_plan.stepsPerEpoch <= 0)
        return;
    if (step.fold != m_lossFold || m_stepLosses.empty()) {
        m_stepLosses.clear();
        m_lossFold = step.fold;
        m_runningLoss = step.loss;
    }
    m_runningLoss += kNewLossWeight * (step.loss - m_runningLoss);
    m_stepLosses.push_back({static_cast<double>(step.step) / static_cast<double>(m_plan.stepsPerEpoch), m_runningLoss});
    if (m_stepLosses.size() > kMostLosses) {
        std::size_t kept = 0;
        for (std::size_t n = 1; n < m_stepLosses.size(); n += 2)
            m_stepLosses[kept++] = m_stepLosses[n];
        m_stepLosses.resize(kept);
    }
}

void TrainingSession::collect() {
    bool newPicture = false;
    bool news = false;
    {
        const std::lock_guard lock(m_mailbox->mutex);
        news = !m_mailbox->steps.empty() || !m_mailbox->points.empty() || !m_mailbox->leftOut.empty();
        for (const auto& step : m_mailbox->steps)
            follow(step);
        m_mailbox->steps.clear();
        for (auto& point : m_mailbox->points) {
            // A sentence that no longer holds goes; another fold begins without one.
            m_remark = point.remark;
            m_points.push_back(std::move(point));
        }
        m_mailbox->points.clear();
        if (m_mailbox->picture) {
            m_picture = std::move(m_mailbox->picture);
            m_mailbox->picture.reset();
            newPicture = true;
        }
        if (!m_mailbox->leftOut.empty())
            m_leftOut = std::move(m_mailbox->leftOut);
        m_mailbox->leftOut.clear();
        if (m_mailbox->rival)
            m_rival = std::move(m_mailbox->rival);
        m_mailbox->rival.reset();
    }
    if (news || phase() != m_shownPhase || fraction() != m_shownFraction) {
        m_shownPhase = phase();
        m_shownFraction = fraction();
        Q_EMIT changed();
    }
    if (newPicture)
        Q_EMIT pictured();
}

} // namespace sulcus::session
