// SPDX-License-Identifier: Apache-2.0
#include "core/learning/training_watch.h"

#include "core/base/csv.h"
#include "core/learning/whole_file.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <system_error>

namespace sulcus::learning {

namespace {

constexpr double kClearRise = 1.02;

bool startsWith(const std::string& text, const char* prefix) { return text.rfind(prefix, 0) == 0; }

Result<void> writePgm(const std::filesystem::path& file, int width, int height, const std::vector<std::uint8_t>& values,
                      int largest) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << "P5\n" << width << ' ' << height << '\n' << std::clamp(largest, 1, 255) << '\n';
    stream.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size()));
    stream.close();
    if (!stream) {
        return fail(ErrorCode::Unreadable, "learning.file_not_written", {{"file", file.string()}});
    }
    return {};
}

} // namespace

std::optional<Message> whenValidationTurned(const std::vector<TrainingPoint>& points, int patience) {
    constexpr std::size_t kSpan = 3;
    if (points.size() < kSpan + static_cast<std::size_t>(std::max(patience, 1))) {
        return std::nullopt;
    }
    // One epoch's validation jumps up and down; three together show where it goes.
    const auto mean = [&](std::size_t last, double TrainingPoint::*value) {
        double sum = 0.0;
        for (std::size_t n = last + 1 - kSpan; n <= last; ++n) {
            sum += points[n].*value;
        }
        return sum / static_cast<double>(kSpan);
    };
    const std::size_t now = points.size() - 1;
    std::size_t lowest = kSpan - 1;
    for (std::size_t n = kSpan; n <= now; ++n) {
        if (mean(n, &TrainingPoint::validationLoss) < mean(lowest, &TrainingPoint::validationLoss)) {
            lowest = n;
        }
    }
    const bool longAgo = now - lowest >= static_cast<std::size_t>(std::max(patience, 1));
    const bool risen =
        mean(now, &TrainingPoint::validationLoss) > kClearRise * mean(lowest, &TrainingPoint::validationLoss);
    const bool stillLearning = mean(now, &TrainingPoint::trainLoss) < mean(lowest, &TrainingPoint::trainLoss);
    if (!longAgo || !risen || !stillLearning) {
        return std::nullopt;
    }
    // The middle of the three epochs.
    return Message{"learning.validation_turned", {{"epoch", std::to_string(points[lowest - 1].epoch)}}};
}

Result<std::vector<TrainingPoint>> readTrainingPoints(const std::filesystem::path& csv) {
    const auto text = readWholeFile(csv);
    if (!text) {
        return fail(text.error());
    }
    const auto table = parseCsv(*text, ',');
    const auto& names = table.header;
    if (names.size() < 3 || names[0] != "epoch" || names[1] != "step") {
        return fail(ErrorCode::Unreadable, "learning.metrics_unreadable", {{"file", csv.string()}});
    }
    std::vector<TrainingPoint> points;
    for (const auto& record : table.records) {
        if (record.fields.size() != names.size()) {
            continue; // the last line of a run that was killed
        }
        TrainingPoint point;
        for (std::size_t n = 0; n < names.size(); ++n) {
            const double value = numberIn(record.field(n));
            const auto whole = [value] { return std::isfinite(value) ? static_cast<std::int64_t>(value) : 0; };
            const auto& name = names[n];
            if (name == "epoch") {
                point.epoch = static_cast<int>(whole());
            } else if (name == "step") {
                point.step = whole();
            } else if (name == "learning_rate") {
                point.learningRate = value;
            } else if (name == "train_loss") {
                point.trainLoss = value;
            } else if (name == "train_mse") {
                point.trainMse = value;
            } else if (name == "validation_loss") {
                point.validationLoss = value;
            } else if (name == "seconds") {
                point.seconds = value;
            } else if (name == "best") {
                point.best = value == 1.0;
            } else if (startsWith(name, "train_dice_") || startsWith(name, "train_auc_")) {
                point.trainDice.push_back(value);
            } else if (startsWith(name, "validation_dice_") || startsWith(name, "validation_auc_")) {
                point.validationDice.push_back(value);
                point.score = startsWith(name, "validation_auc_") ? "auc" : "dice";
            }
        }
        points.push_back(std::move(point));
    }
    return points;
}

std::string pictureStem(const TrainingPicture& picture) {
    std::string number = std::to_string(picture.epoch);
    return "epoch_" + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number;
}

Result<void> writePicture(const TrainingPicture& picture, const std::filesystem::path& folder) {
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    int largest = 1;
    for (const auto& label : picture.labels) {
        largest = std::max(largest, label.value);
    }
    const auto stem = pictureStem(picture);
    if (auto done = writePgm(folder / (stem + "_input.pgm"), picture.width, picture.height, picture.input, 255);
        !done) {
        return done;
    }
    if (auto done = writePgm(folder / (stem + "_truth.pgm"), picture.width, picture.height, picture.truth, largest);
        !done) {
        return done;
    }
    return writePgm(folder / (stem + "_prediction.pgm"), picture.width, picture.height, picture.prediction, largest);
}

} // namespace sulcus::learning
