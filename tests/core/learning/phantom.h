// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/cache.h"
#include "core/learning/plan.h"
#include "core/learning/random.h"

#include <QString>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

/// A ball of "brain" with a smaller ball of "tumour" and a "core" in it, in two contrasts: what the learning tests
/// train on.
namespace sulcus::learning::phantom {

struct Phantom {
    Field image;
    LabelField labels;
};

inline Phantom make(int size, std::uint64_t seed) {
    Random random(seed);
    const double middle = (size - 1) / 2.0;
    const double brain = 0.45 * size;
    const double tumour = 0.2 * size;
    const double core = 0.11 * size;
    const double at[3] = {middle + random.uniform(-0.12, 0.12) * size, middle + random.uniform(-0.12, 0.12) * size,
                          middle + random.uniform(-0.12, 0.12) * size};
    Phantom result;
    result.image = Field{2, size, size, size, {1.0, 1.0, 1.0}, {}};
    const std::size_t count = result.image.voxelsPerChannel();
    result.image.values.assign(2 * count, 0.0F);
    result.labels = LabelField{size, size, size, {1.0, 1.0, 1.0}, std::vector<unsigned char>(count, 0)};
    std::size_t i = 0;
    for (int d = 0; d < size; ++d) {
        for (int h = 0; h < size; ++h) {
            for (int w = 0; w < size; ++w, ++i) {
                const double fromMiddle = std::hypot(d - middle, h - middle, w - middle);
                const double fromTumour = std::hypot(d - at[0], h - at[1], w - at[2]);
                if (fromMiddle > brain) {
                    continue;
                }
                const bool inTumour = fromTumour <= tumour;
                const bool inCore = fromTumour <= core;
                result.image.values[i] = static_cast<float>(100.0 + 10.0 * random.normal() + (inTumour ? 120.0 : 0.0));
                result.image.values[count + i] =
                    static_cast<float>(80.0 + 8.0 * random.normal() + (inCore ? 150.0 : 0.0));
                result.labels.values[i] = inCore ? 1 : inTumour ? 2 : 0;
            }
        }
    }
    return result;
}

/// A plan for a tiny network on the phantom; two nested outputs.
inline nlohmann::json plan(int steps, int stepsPerEpoch) {
    return nlohmann::json::parse(R"({
      "schema_version": 1, "name": "phantom", "version": "1.0.0", "intended_use": "tests", "training_data": "phantoms",
      "licence": "Apache-2.0", "task": "segmentation-3d", "architecture": "unet",
      "architecture_options": {"channels": [8, 16], "norm": "instance", "activation": "leaky_relu", "deep_supervision": false,
                               "upsampling": "transposed", "downsampling": "maximum", "dropout": [0.05, 0.1]},
      "inputs": ["first", "second"], "spacing_mm": [1.0, 1.0, 1.0], "patch": [16, 16, 16], "overlap": 0.25,
      "missing_input": "zeros", "normalisation": {"method": "zscore_nonzero"}, "nested": true,
      "outputs": [{"name": "WT", "sources": [1, 2], "value": 2, "threshold": 0.5},
                  {"name": "TC", "sources": [1], "value": 1, "threshold": 0.5}],
      "labels": [{"value": 1, "code": "NCR", "name": "Core", "colour": [0, 114, 178]},
                 {"value": 2, "code": "ED", "name": "Rim", "colour": [240, 228, 66]}],
      "post_processing": {"smallest_component_ml": 0.0},
      "training": {"batch": {"size": 2, "patch": [16, 16, 16], "foreground_share": 0.8},
        "losses": [{"name": "dice"}, {"name": "bce"}],
        "optimiser": {"name": "adamw", "learning_rate": 0.02, "weight_decay": 0.0001, "gradient_clip": 5.0, "average_decay": 0.5},
        "schedule": {"name": "polynomial", "warm_up_steps": 2}, "seed": 3,
        "augmentation": {"rotate": 0.0, "scale": 0.0, "contrast": 0.0, "gamma": 0.0, "noise": 0.0, "blur": 0.0,
                         "low_resolution": 0.0, "drop_one": 0.0, "drop_two": 0.0},
        "validation": {"folds": 2, "fold": -1}}})")
        .patch(
            nlohmann::json::array({{{"op", "add"}, {"path", "/training/steps"}, {"value", steps}},
                                   {{"op", "add"}, {"path", "/training/steps_per_epoch"}, {"value", stepsPerEpoch}}}));
}

inline void writeText(const std::filesystem::path& file, const std::string& text) {
    std::ofstream stream(file, std::ios::trunc);
    stream << text;
}

inline std::string readText(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// A cache of `cases` phantoms of `size` voxels a side.
inline Result<void> writeCache(const std::filesystem::path& folder, const NetworkSpec& spec, int cases, int size) {
    auto writer = CacheWriter::create(folder, spec);
    if (!writer) {
        return fail(writer.error());
    }
    for (int n = 0; n < cases; ++n) {
        auto made = make(size, static_cast<std::uint64_t>(n) + 1);
        auto added = writer->addCase("case" + std::to_string(n), "patient" + std::to_string(n), std::move(made.image),
                                     {}, std::move(made.labels));
        if (!added) {
            return added;
        }
    }
    return writer->finish();
}

inline QString text(const Error& error) {
    QString line = QString::fromStdString(error.message.id + " " + error.context);
    for (const auto& [name, value] : error.message.parameters) {
        line += QString::fromStdString(" " + name + "=" + value);
    }
    return line;
}

/// metrics.csv without the seconds, which differ from run to run.
inline std::vector<std::string> curve(const std::filesystem::path& run) {
    std::istringstream text(readText(run / "metrics.csv"));
    std::vector<std::string> lines;
    std::string line;
    while (std::getline(text, line)) {
        const auto best = line.rfind(',');
        const auto seconds = line.rfind(',', best - 1);
        lines.push_back(line.substr(0, seconds) + line.substr(best));
    }
    return lines;
}

} // namespace sulcus::learning::phantom
