// SPDX-License-Identifier: Apache-2.0
// sulcus-trainer: training on a machine that has LibTorch and a compiler and nothing else.
#include "core/learning/bundle_file.h"
#include "core/learning/cache.h"
#include "core/learning/combine.h"
#include "core/learning/darkest_spot.h"
#include "core/learning/kept_memory.h"
#include "core/learning/overlap_metrics.h"
#include "core/learning/plan.h"
#include "core/learning/segmenter.h"
#include "core/learning/spec.h"
#include "core/learning/trainer.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace sulcus;

volatile std::sig_atomic_t interrupted = 0;

void noteSignal(int) { interrupted = 1; }

constexpr const char* kUsage =
    "Usage: sulcus-trainer prepare PLAN --list LIST.json -o CACHE [--replace]\n"
    "       sulcus-trainer train PLAN --cache CACHE --run FOLDER [-o BUNDLE] [--from BUNDLE] [--resume]\n"
    "                      [--device auto|cpu|cuda] [--threads N] [--steps N] [--fold N] [--seed N] [--rate X]\n"
    "       sulcus-trainer evaluate BUNDLE --list LIST.json [--drop INPUT] [--flips] [--threads N] [--device ...]\n"
    "       sulcus-trainer average BUNDLE BUNDLE... -o BUNDLE\n"
    "       sulcus-trainer join BUNDLE BUNDLE... -o BUNDLE\n"
    "A run stops at Ctrl+C, leaves FOLDER/last.checkpoint and goes on with --resume.\n";

int usage(const std::string& problem) {
    std::fprintf(stderr, "%s\n%s", problem.c_str(), kUsage);
    return 2;
}

int reportFailure(const Error& error) {
    std::string line = error.message.id;
    for (const auto& [name, value] : error.message.parameters) {
        line += " " + name + "=\"" + value + "\"";
    }
    std::fprintf(stderr, "%s: %s%s%s\n", toString(error.code).c_str(), line.c_str(), error.context.empty() ? "" : " | ",
                 error.context.c_str());
    return 1;
}

learning::Device deviceFrom(const std::string& text) {
    return text == "cpu"    ? learning::Device::Cpu
           : text == "cuda" ? learning::Device::Cuda
                            : learning::Device::Automatic;
}

/// One line a case on standard output: Dice of each output and the seconds; then the means.
int evaluate(const std::string& bundle, const std::string& list, const std::string& drop, bool flips,
             learning::Device device) {
    const auto file = learning::readBundleFile(bundle);
    if (!file) {
        return reportFailure(file.error());
    }
    auto segmenter = learning::Segmenter::load(bundle, device);
    if (!segmenter) {
        return reportFailure(segmenter.error());
    }
    const auto& spec = file->spec;
    std::vector<bool> present(spec.inputs.size(), true);
    for (std::size_t c = 0; c < spec.inputs.size(); ++c) {
        present[c] = spec.inputs[c] != drop;
    }
    if (!drop.empty() && std::find(spec.inputs.begin(), spec.inputs.end(), drop) == spec.inputs.end()) {
        return usage("--drop names no input of the bundle: \"" + drop + "\".");
    }
    std::vector<double> sums(spec.outputs.size(), 0.0);
    double cases = 0.0;
    learning::SegmentationOptions options;
    options.flipAveraging = flips;
    const auto visited = learning::forEachArrayCase(list, [&](learning::ArrayCase&& found) -> Result<void> {
        const auto result = segmenter->run(found.image, present, options, TaskContext());
        if (!result) {
            return tl::unexpected<Error>(result.error());
        }
        std::printf("%-26s", found.name.c_str());
        for (std::size_t o = 0; o < spec.outputs.size(); ++o) {
            const double value = learning::dice(
                learning::confusion(result->labels.values, found.labels.values, spec.outputs[o].sources));
            sums[o] += value;
            std::printf(" %s %.4f", spec.outputs[o].name.c_str(), value);
        }
        std::printf("  preprocess %.2f network %.2f postprocess %.2f s, peak %.0f MB", result->secondsPreprocess,
                    result->secondsNetwork, result->secondsPostprocess, result->peakMb);
        for (const auto& warning : result->warnings) {
            std::printf(" [%s]", warning.id.c_str());
        }
        std::printf("\n");
        std::fflush(stdout);
        cases += 1.0;
        return {};
    });
    if (!visited) {
        return reportFailure(visited.error());
    }
    std::printf("%-26s", "mean");
    for (std::size_t o = 0; o < spec.outputs.size(); ++o) {
        std::printf(" %s %.4f", spec.outputs[o].name.c_str(), cases > 0.0 ? sums[o] / cases : 0.0);
    }
    std::printf("\n");
    return 0;
}

/// What each command takes.
const std::map<std::string, std::set<std::string>> kOptions{
    {"prepare", {"--list", "-o", "--replace"}},
    {"train",
     {"--cache", "--run", "-o", "--from", "--resume", "--device", "--threads", "--steps", "--fold", "--seed",
      "--rate"}},
    {"average", {"-o"}},
    {"join", {"-o"}},
    {"evaluate", {"--list", "--drop", "--flips", "--threads", "--device"}}};

/// Options that are whole numbers, with the least and the most that makes sense.
const std::map<std::string, std::pair<long long, long long>> kWhole{{"--threads", {0, 4096}},
                                                                    {"--steps", {1, 1'000'000'000}},
                                                                    {"--fold", {-1, 1000}},
                                                                    {"--seed", {0, 1'000'000'000'000'000'000}}};

/// Why an option cannot have this value; empty when it can.
std::string problemOf(const std::string& name, const std::string& text) {
    if (name == "--device") {
        return text == "auto" || text == "cpu" || text == "cuda" ? "" : "is auto, cpu or cuda";
    }
    const auto* const end = text.data() + text.size();
    if (const auto found = kWhole.find(name); found != kWhole.end()) {
        const auto [least, most] = found->second;
        long long number = 0;
        const auto read = std::from_chars(text.data(), end, number);
        return read.ec == std::errc() && read.ptr == end && number >= least && number <= most
                   ? ""
                   : "is a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    }
    if (name == "--rate") {
        double number = 0.0;
        const auto read = std::from_chars(text.data(), end, number);
        return read.ec == std::errc() && read.ptr == end && number > 0.0 && std::isfinite(number)
                   ? ""
                   : "is a number above 0";
    }
    return {};
}

int run(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.empty() || words[0] == "--help" || words[0] == "-h") {
        std::fputs(kUsage, words.empty() ? stderr : stdout);
        return words.empty() ? 2 : 0;
    }
    const auto command = kOptions.find(words[0]);
    if (command == kOptions.end()) {
        return usage("Unknown command \"" + words[0] + "\".");
    }
    const std::set<std::string> flags{"--resume", "--replace", "--flips"};
    std::map<std::string, std::string> named;
    std::vector<std::string> plain;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i].empty()) {
            return usage("An empty name stands among the arguments.");
        }
        if (words[i] == "--help" || words[i] == "-h") {
            std::fputs(kUsage, stdout);
            return 0;
        }
        if (words[i][0] != '-') {
            plain.push_back(words[i]);
        } else if (command->second.count(words[i]) == 0) {
            return usage(words[0] + " has no option " + words[i] + ".");
        } else if (flags.count(words[i]) > 0) {
            named[words[i]] = "yes";
        } else if (i + 1 < words.size()) {
            named[words[i]] = words[i + 1];
            ++i;
        } else {
            return usage(words[i] + " needs a value.");
        }
    }
    if (words[0] == "average" || words[0] == "join") {
        if (plain.size() < 2 || named["-o"].empty()) {
            return usage(words[0] + " needs two bundles or more, and -o.");
        }
        if (words[0] == "join" && plain.size() > 8) {
            return usage("join takes at most eight bundles.");
        }
        const auto combine = words[0] == "join" ? learning::joinBundles : learning::averageBundles;
        const auto done = combine({plain.begin(), plain.end()}, named["-o"]);
        return done ? 0 : reportFailure(done.error());
    }
    if (plain.size() != 1) {
        return usage("Exactly one plan or bundle is needed.");
    }
    const auto value = [&](const char* name) { return named.count(name) > 0 ? named[name] : std::string(); };
    for (const auto& [name, text] : named) {
        if (const auto problem = problemOf(name, text); !problem.empty()) {
            return usage(name + " " + problem + ", not \"" + text + "\".");
        }
    }

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
    // Measured on `brain-unet3d`, 48^3, one thread: 0.9 times the processor time, 1.1 times the memory.
    const learning::KeptMemory kept;
    learning::setComputeThreads(std::atoi(value("--threads").c_str()));
    if (words[0] == "evaluate") {
        if (value("--list").empty()) {
            return usage("evaluate needs --list.");
        }
        return evaluate(plain[0], value("--list"), value("--drop"), named.count("--flips") > 0,
                        deviceFrom(value("--device")));
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
    options.device = deviceFrom(value("--device"));
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
    std::signal(SIGINT, noteSignal);
    std::signal(SIGTERM, noteSignal);
    std::stop_source stop;
    // A signal handler may not touch a stop source: a thread looks for its note and passes the wish on.
    const std::jthread listener([&stop](const std::stop_token& done) {
        while (!done.stop_requested() && interrupted == 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        if (interrupted != 0) {
            stop.request_stop();
        }
    });
    const TaskContext task(stop.get_token(), {});
    const auto printPoint = [](const learning::TrainingPoint& point) {
        std::printf("epoch %d step %lld/%lld rate %.2e loss %.4f train", point.epoch,
                    static_cast<long long>(point.step), static_cast<long long>(point.steps), point.learningRate,
                    point.trainLoss);
        for (const double dice : point.trainDice) {
            std::printf(" %.3f", dice);
        }
        std::printf(" | validation loss %.4f %s", point.validationLoss, point.score.c_str());
        for (const double dice : point.validationDice) {
            std::printf(" %.3f", dice);
        }
        std::printf(" %s %.0f s\n", point.best ? "*" : " ", point.seconds);
        if (point.remark) {
            std::printf("  %s", point.remark->id.c_str());
            for (const auto& [name, value] : point.remark->parameters) {
                std::printf(" %s=%s", name.c_str(), value.c_str());
            }
            std::printf("\n");
        }
        std::fflush(stdout);
    };
    const auto summary = learning::train(options, printPoint, task);
    if (!summary && summary.error().code == ErrorCode::Cancelled) {
        const auto checkpoint = options.runFolder / "last.checkpoint";
        std::error_code code;
        std::fprintf(stderr,
                     std::filesystem::exists(checkpoint, code) ? "Stopped; go on from %s with --resume.\n"
                                                               : "Stopped before there was a %s.\n",
                     checkpoint.c_str());
        return 130;
    }
    if (!summary) {
        return reportFailure(summary.error());
    }
    std::printf("done: best mean %s %.4f in epoch %d, %lld parameters\n", summary->score.c_str(), summary->bestDice,
                summary->bestEpoch, static_cast<long long>(summary->parameters));
    for (const auto& rival : summary->baseline) {
        std::printf("Otsu's threshold alone, on the same held-out cases: %s Dice %.4f (%s, %s)\n", rival.output.c_str(),
                    rival.dice, rival.input.c_str(), rival.bright ? "bright" : "dark");
    }
    if (const auto spot = learning::darkestSpotOfRun(options, task); spot && spot->area) {
        std::printf("The darkest spot alone, on the same held-out patients: %s AUC %.4f\n", spot->output.c_str(),
                    *spot->area);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "Something unexpected went wrong: %s\n", error.what());
        return 1;
    }
}
