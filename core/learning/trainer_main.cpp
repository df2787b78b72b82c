// SPDX-License-Identifier: Apache-2.0
// sulcus-trainer: training on a machine that has LibTorch and a compiler and nothing else.
#include "core/learning/cache.h"
#include "core/learning/plan.h"
#include "core/learning/trainer.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace sulcus;

volatile std::sig_atomic_t interrupted = 0;

void noteSignal(int) { interrupted = 1; }

constexpr const char* kUsage =
    "Usage: sulcus-trainer prepare PLAN --list LIST.json -o CACHE [--replace]\n"
    "       sulcus-trainer train PLAN --cache CACHE --run FOLDER [-o BUNDLE] [--from BUNDLE] [--resume]\n"
    "                      [--device auto|cpu|cuda] [--threads N] [--steps N] [--fold N] [--seed N] [--rate X]\n"
    "A run stops within one step of Ctrl+C, leaves FOLDER/last.checkpoint and goes on with --resume.\n";

int usage(const std::string& problem) {
    std::fprintf(stderr, "%s\n%s", problem.c_str(), kUsage);
    return 2;
}

int reportFailure(const Error& error) {
    if (error.code == ErrorCode::Cancelled) {
        std::fprintf(stderr, "Stopped; the checkpoint is written.\n");
        return 130;
    }
    std::string line = error.message.id;
    for (const auto& [name, value] : error.message.parameters) {
        line += " " + name + "=\"" + value + "\"";
    }
    std::fprintf(stderr, "%s: %s%s%s\n", toString(error.code).c_str(), line.c_str(), error.context.empty() ? "" : " | ",
                 error.context.c_str());
    return 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.empty() || words[0] == "--help" || words[0] == "-h") {
        std::fputs(kUsage, words.empty() ? stderr : stdout);
        return words.empty() ? 2 : 0;
    }
    const std::set<std::string> flags{"--resume", "--replace"};
    std::map<std::string, std::string> named;
    std::vector<std::string> plain;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i].empty() || words[i][0] != '-') {
            plain.push_back(words[i]);
        } else if (flags.count(words[i]) > 0) {
            named[words[i]] = "yes";
        } else if (i + 1 < words.size()) {
            named[words[i]] = words[i + 1];
            ++i;
        } else {
            return usage(words[i] + " needs a value");
        }
    }
    if (plain.size() != 1) {
        return usage("Exactly one plan is needed.");
    }
    const auto value = [&](const char* name) { return named.count(name) > 0 ? named[name] : std::string(); };

    if (words[0] == "prepare") {
        if (value("--list").empty() || value("-o").empty()) {
            return usage("prepare needs --list and -o.");
        }
        const auto plan = learning::readPlan(plain[0]);
        if (!plan) {
            return reportFailure(plan.error());
        }
        const auto done =
            learning::prepareFromArrays(value("--list"), plan->spec, value("-o"), named.count("--replace") > 0);
        return done ? 0 : reportFailure(done.error());
    }
    if (words[0] != "train") {
        return usage("Unknown command \"" + words[0] + "\".");
    }
    if (value("--cache").empty() || value("--run").empty()) {
        return usage("train needs --cache and --run.");
    }
    learning::TrainingOptions options;
    options.plan = plain[0];
    options.cache = value("--cache");
    options.runFolder = value("--run");
    options.bundle = value("-o");
    options.from = value("--from");
    options.resume = named.count("--resume") > 0;
    const std::string device = value("--device");
    options.device = device == "cpu"    ? learning::Device::Cpu
                     : device == "cuda" ? learning::Device::Cuda
                                        : learning::Device::Automatic;
    if (!value("--steps").empty()) {
        options.steps = std::atoll(value("--steps").c_str());
    }
    if (!value("--fold").empty()) {
        options.fold = std::atoi(value("--fold").c_str());
    }
    if (!value("--seed").empty()) {
        options.seed = static_cast<std::uint64_t>(std::atoll(value("--seed").c_str()));
    }
    if (!value("--rate").empty()) {
        options.learningRate = std::atof(value("--rate").c_str());
    }
    learning::setComputeThreads(std::atoi(value("--threads").c_str()));

    std::signal(SIGINT, noteSignal);
    std::signal(SIGTERM, noteSignal);
    std::stop_source stop;
    // A signal handler may not touch a stop source, so the progress report, which comes once a step, passes the wish
    // on.
    const TaskContext task(stop.get_token(), [&](double, std::string_view) {
        if (interrupted != 0) {
            stop.request_stop();
        }
    });
    const auto printPoint = [](const learning::TrainingPoint& point) {
        std::printf("epoch %d step %lld/%lld rate %.2e loss %.4f train", point.epoch,
                    static_cast<long long>(point.step), static_cast<long long>(point.steps), point.learningRate,
                    point.trainLoss);
        for (const double dice : point.trainDice) {
            std::printf(" %.3f", dice);
        }
        std::printf(" | validation loss %.4f dice", point.validationLoss);
        for (const double dice : point.validationDice) {
            std::printf(" %.3f", dice);
        }
        std::printf(" %s %.0f s\n", point.best ? "*" : " ", point.seconds);
        std::fflush(stdout);
    };
    const auto summary = learning::train(options, printPoint, task);
    if (!summary) {
        return reportFailure(summary.error());
    }
    std::printf("done: best mean Dice %.4f in epoch %d, %lld parameters\n", summary->bestDice, summary->bestEpoch,
                static_cast<long long>(summary->parameters));
    return 0;
}
