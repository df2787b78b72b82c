// SPDX-License-Identifier: Apache-2.0
#include "core/learning/trainer.h"

#include "core/learning/nn/device.h"
#include "core/learning/run_folder.h"
#include "core/learning/trainer_run.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <system_error>

namespace sulcus::learning::training {

namespace {

/// What chooses the best epoch: the mean over the outputs that have a figure (an area needs both classes). Nothing
/// where none has.
std::optional<double> meanOfKnown(const std::vector<double>& figures) {
    double sum = 0.0;
    double known = 0.0;
    for (const double figure : figures) {
        if (std::isfinite(figure)) {
            sum += figure;
            known += 1.0;
        }
    }
    return known > 0.0 ? std::optional(sum / known) : std::nullopt;
}

} // namespace

double Run::seconds() const {
    return m_secondsBefore + std::chrono::duration<double>(Clock::now() - m_started).count();
}

void Run::tellStep(double loss, bool paused) const {
    if (!m_options.stepSeen) {
        return;
    }
    TrainingStep told;
    told.fold = fold();
    told.step = m_step;
    told.steps = m_plan.steps;
    told.loss = loss;
    told.paused = paused;
    if (m_step > m_stepAtStart) {
        told.secondsPerStep = (seconds() - m_secondsAtStart) / static_cast<double>(m_step - m_stepAtStart);
        told.secondsLeft = told.secondsPerStep * static_cast<double>(m_plan.steps - m_step);
    }
    m_options.stepSeen(told);
}

void Run::holdWhilePaused(const TaskContext& task) {
    if (!paused()) {
        return;
    }
    m_held = leaveCheckpoint();
    tellStep(m_sums.steps > 0 ? m_sums.loss / static_cast<double>(m_sums.steps) : 0.0, true);
    m_options.control->waitWhilePaused(task.stopToken());
    m_started = Clock::now();
}

Result<TrainingSummary> Run::train(const TrainingObserver& observer, const TaskContext& task) {
    TrainingSummary summary;
    for (const auto& output : m_plan.spec.outputs) {
        summary.outputs.push_back(output.name);
    }
    try {
        const InterruptionScope scope([&] { return task.cancelled() || (m_ready && stopping()); });
        if (auto ready = setUp(); !ready) {
            return fail(std::move(ready.error()));
        }
        summary.baseline = baseline();
    } catch (const Interrupted&) {
        // The loop below begins with the question what was asked for.
    }
    if (m_network) {
        summary.parameters = parameterCount(*m_network);
    }
    m_started = Clock::now();
    m_secondsAtStart = m_secondsBefore;
    m_stepAtStart = m_step;
    const auto interrupted = [&]() -> Result<TrainingSummary> {
        if (auto left = leaveCheckpoint(); !left) {
            return fail(std::move(left.error()));
        }
        return failCancelled();
    };
    if (task.cancelled()) {
        return interrupted();
    }
    // An epoch whose steps are done and whose validation is not: also after a cancel that fell into the validation.
    const auto validationDue = [&] {
        return m_sums.steps > 0 && (m_step % m_plan.stepsPerEpoch == 0 || m_step >= m_plan.steps);
    };
    while (m_step < m_plan.steps || validationDue()) {
        holdWhilePaused(task);
        if (!m_held) {
            return fail(m_held.error());
        }
        if (task.cancelled()) {
            return interrupted();
        }
        if (stopping()) {
            if (auto left = leaveCheckpoint(); !left) {
                return fail(std::move(left.error()));
            }
            summary.stopped = true;
            break;
        }
        if (!validationDue()) {
            const double lossBefore = m_sums.loss;
            if (auto stepped = oneStep(m_step, task); !stepped) {
                if (stepped.error().code == ErrorCode::Cancelled) {
                    continue; // paused, stopped or cancelled in its midst
                }
                return fail(std::move(stepped.error()));
            }
            ++m_step;
            m_unsaved = true;
            task.report(static_cast<double>(m_step) / static_cast<double>(m_plan.steps), "stage.training");
            tellStep(m_sums.loss - lossBefore, false);
            continue;
        }

        // Cancelled while validating: the checkpoint is that of the state before it, so that a resumed run validates
        // this epoch again.
        task.report(static_cast<double>(m_step) / static_cast<double>(m_plan.steps), "stage.validating");
        TaskContext silent(task.stopToken(), {});
        auto validated = validate(silent);
        if (!validated) {
            if (validated.error().code == ErrorCode::Cancelled) {
                continue;
            }
            return fail(std::move(validated.error()));
        }
        TrainingPoint point = std::move(*validated);
        point.fold = fold();
        point.epoch = ++m_epoch;
        point.step = m_step;
        point.steps = m_plan.steps;
        point.learningRate = learningRate(m_step - 1);
        const double steps = static_cast<double>(std::max<std::int64_t>(1, m_sums.steps));
        point.trainLoss = m_sums.loss / steps;
        point.trainMse = m_sums.mse / steps;
        for (const auto& drawn :
             m_classify ? classMetrics(m_sums.classes, m_plan.spec.outputs, 0) : std::vector<ClassMetrics>()) {
            point.trainDice.push_back(drawn.area.value_or(std::numeric_limits<double>::quiet_NaN()));
        }
        for (std::size_t o = 0; o < m_sums.dice.size() && !m_classify; ++o) {
            point.trainDice.push_back(m_sums.diceCount[o] > 0.0 ? m_sums.dice[o] / m_sums.diceCount[o]
                                                                : std::numeric_limits<double>::quiet_NaN());
        }
        const auto score = meanOfKnown(m_validation.empty() ? point.trainDice : point.validationDice);
        m_sums = EpochSums{0.0,
                           0.0,
                           0,
                           std::vector<double>(m_sums.dice.size(), 0.0),
                           std::vector<double>(m_sums.dice.size(), 0.0),
                           ClassScores(m_sums.dice.size())};
        // While no epoch has a score, the last one counts.
        point.best = score ? *score > m_best : m_best <= 0.0;
        if (point.best) {
            m_best = score.value_or(0.0);
            m_bestEpoch = m_epoch;
            m_plateau = 0;
        } else if (++m_plateau >= m_plan.plateauPatience && m_plan.schedule == "plateau") {
            m_plateauScale *= m_plan.plateauFactor;
            m_plateau = 0;
        }
        const double total = seconds();
        m_secondsBefore = total;
        m_started = Clock::now();
        point.seconds = total;
        m_unsaved = true;
        // The checkpoint to go on from comes after what it vouches for: whoever ends in between, by a kill or a full
        // disk, goes on from the epoch before, and this one is written again.
        if (auto saved = appendMetrics(point); !saved) {
            return fail(std::move(saved.error()));
        }
        if (point.best) {
            if (auto saved = saveCheckpoint("best.checkpoint"); !saved) {
                return fail(std::move(saved.error()));
            }
        }
        if (auto saved = leaveCheckpoint(); !saved) {
            return fail(std::move(saved.error()));
        }
        // The bundle is made of best.checkpoint whenever a resumed run ends without having written it.
        if (point.best && !m_options.bundle.empty()) {
            if (auto saved = saveBundle(point); !saved) {
                return fail(std::move(saved.error()));
            }
        }
        m_all.push_back(point);
        if (!m_validation.empty() && m_heldOut) {
            point.remark = whenValidationTurned(m_all);
        }
        if (m_picture) {
            if (auto saved = writePicture(*m_picture, m_options.runFolder / "samples"); !saved) {
                return fail(std::move(saved.error()));
            }
            if (m_options.pictureSeen) {
                m_options.pictureSeen(*m_picture);
            }
            m_picture.reset();
        }
        summary.points.push_back(point);
        if (observer) {
            observer(point);
        }
        if (m_plan.earlyStopping > 0 && m_epoch - m_bestEpoch >= m_plan.earlyStopping) {
            summary.stoppedEarly = true;
            break;
        }
    }
    if (auto kept = keepBest(summary.stopped, task); !kept) {
        return fail(std::move(kept.error()));
    }
    summary.score = scoreName();
    summary.bestDice = m_best;
    summary.bestEpoch = m_bestEpoch;
    summary.step = m_step;
    return summary;
}

} // namespace sulcus::learning::training

namespace sulcus::learning {

Result<TrainingSummary> train(const TrainingOptions& options, const TrainingObserver& observer,
                              const TaskContext& task) {
    auto plan = readPlan(options.plan);
    if (!plan) {
        return fail(std::move(plan.error()));
    }
    plan->steps = options.steps.value_or(plan->steps);
    plan->seed = options.seed.value_or(plan->seed);
    plan->learningRate = options.learningRate.value_or(plan->learningRate);
    if (auto known = checkFold(*plan, options.fold.value_or(plan->fold)); !known) {
        return fail(std::move(known.error()));
    }
    if (auto free = checkRunFolder(options); !free) {
        return fail(std::move(free.error()));
    }
    const auto planFile = options.plan.string();
    try {
        const auto device = chooseDevice(options.device);
        if (!device) {
            return fail(device.error());
        }
        RunLog log(options.runFolder);
        const auto machine =
            device->is_cuda() ? "GPU" : "processor, " + std::to_string(torch::get_num_threads()) + " threads";
        log.begins(*plan, options, machine + (training::runsMixed(*plan, *device) ? ", bfloat16" : ""));
        std::vector<std::string> outputs;
        for (const auto& output : plan->spec.outputs) {
            outputs.push_back(output.name);
        }
        auto summary = training::Run(std::move(*plan), options, *device)
                           .train(
                               [&](const TrainingPoint& point) {
                                   log.write(diaryLine(point, outputs));
                                   if (observer) {
                                       observer(point);
                                   }
                               },
                               task);
        log.ends(summary);
        return summary;
    } catch (const FieldError& error) {
        return fail(ErrorCode::Unreadable, "learning.json_field",
                    {{"file", planFile}, {"field", error.field}, {"problem", error.what()}});
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "learning.out_of_memory");
    } catch (const c10::Error& error) {
        return failFromTorch(error);
    }
}

} // namespace sulcus::learning
