// SPDX-License-Identifier: Apache-2.0
#include "core/learning/plan.h"

#include "core/learning/patch_rule.h"
#include "core/learning/whole_file.h"

namespace sulcus::learning {

namespace {

BatchPlan parseBatch(const JsonFields& fields, const NetworkSpec& spec) {
    const bool flat = spec.task != "segmentation-3d";
    BatchPlan batch;
    batch.size = fields.integer("size", 1, 1024);
    const auto patch = fields.integers("patch", 8, 1024);
    if (patch.size() != (flat ? 2U : 3U)) {
        fields.refuse("patch", flat ? "must have two values" : "must have three values");
    }
    batch.patch = flat ? std::array<int, 3>{1, patch[0], patch[1]} : std::array<int, 3>{patch[0], patch[1], patch[2]};
    batch.foregroundShare = fields.number("foreground_share", 0.0, 1.0, batch.foregroundShare);
    if (fields.has("tiles")) {
        const auto tiles = fields.integers("tiles", 1, 64);
        if (flat || tiles.size() != 3) {
            fields.refuse("tiles", "must have three values, and a plan of three dimensions");
        }
        batch.tiles = {tiles[0], tiles[1], tiles[2]};
        if (tiles[0] * tiles[1] * tiles[2] != batch.size) {
            fields.refuse("tiles", "must multiply to the batch's size");
        }
    }
    // What the network sees are the tiles side by side.
    std::vector<int> seen;
    for (std::size_t axis = flat ? 1 : 0; axis < 3; ++axis) {
        seen.push_back(batch.patch[axis] * batch.tiles[axis]);
    }
    const int images = batch.size / (batch.tiles[0] * batch.tiles[1] * batch.tiles[2]);
    checkPatch(spec, seen, images, fields, "patch");
    return batch;
}

} // namespace

Result<void> checkFold(const TrainingPlan& plan, int fold) {
    if (fold >= plan.folds) {
        return fail(ErrorCode::InvalidInput, "learning.fold_unknown",
                    {{"fold", std::to_string(fold)}, {"last", std::to_string(plan.folds - 1)}});
    }
    return {};
}

Result<TrainingPlan> readPlan(const std::filesystem::path& file) {
    const auto text = readWholeFile(file);
    if (!text) {
        return fail(text.error());
    }
    const auto document = parseJson<nlohmann::json>(*text);
    if (document.is_discarded()) {
        return fail(ErrorCode::Unreadable, "learning.not_json", {{"file", file.string()}});
    }
    return parsePlan(document, file.string());
}

Result<TrainingPlan> parsePlan(const nlohmann::json& document, const std::string& file) {
    try {
        TrainingPlan plan;
        plan.source = document;
        const JsonFields fields(plan.source, "");
        if (fields.integer("schema_version", 1, 1000) != 1) {
            fields.refuse("schema_version", "is of a newer program");
        }
        plan.name = fields.text("name");
        plan.version = fields.text("version");
        plan.intendedUse = fields.text("intended_use");
        plan.trainingData = fields.text("training_data");
        plan.licence = fields.text("licence");
        plan.spec = parseSpec(fields);
        plan.sources = parseSources(fields);
        if (fields.has("preparation")) {
            const auto preparation = fields.object("preparation");
            // Any label at all is a share above nothing.
            const double least = preparation.flag("slices_with_label_only", false) ? 1e-9 : 0.0;
            plan.leastLabelledShare = preparation.number("least_labelled_share", 0.0, 1.0, least);
        }

        const auto training = fields.object("training");
        plan.steps = training.integer("steps", 1, 100'000'000);
        plan.batch = parseBatch(training.object("batch"), plan.spec);
        if (plan.spec.task == "classification" &&
            (plan.batch.patch[1] != plan.spec.patch[0] || plan.batch.patch[2] != plan.spec.patch[1])) {
            training.object("batch").refuse("patch", "must equal the network's patch: a view is never cut");
        }
        plan.pieceEvery = training.integer("piece_every", 0, 1000, 0);
        plan.pieceBatch = plan.batch;
        if (plan.pieceEvery > 0) {
            plan.pieceBatch = parseBatch(training.object("piece_batch"), plan.spec);
        }
        if (training.has("repeats")) {
            const auto repeats = training.any("repeats");
            const auto times = training.object("repeats");
            for (const auto& [beginning, unused] : repeats.items()) {
                plan.repeats[beginning] = times.integer(beginning.c_str(), 1, 1000);
            }
        }
        for (const auto& item : training.objects("losses")) {
            LossPlan term;
            term.name = item.oneOf("name", {"dice", "focal", "bce", "ce", "mse"});
            term.weight = item.number("weight", 0.0, 1000.0, 1.0);
            term.gamma = item.number("gamma", 0.0, 10.0, 2.0);
            term.perCase = item.flag("per_case", false);
            if (item.has("channel_weights")) {
                term.channelWeights = item.numbers("channel_weights", 0.0, 1000.0);
                if (term.channelWeights.size() != plan.spec.outputs.size()) {
                    item.refuse("channel_weights", "must have one number for each output");
                }
            }
            plan.losses.push_back(std::move(term));
        }
        if (plan.losses.empty()) {
            training.refuse("losses", "is empty");
        }
        if (training.has("deep_supervision_weights")) {
            plan.deepSupervisionWeights = training.numbers("deep_supervision_weights", 0.0, 10.0);
        }
        const auto optimiser = training.object("optimiser");
        plan.optimiser = optimiser.oneOf("name", {"adam", "adamw", "sgd"});
        plan.learningRate = optimiser.number("learning_rate", 1e-9, 10.0);
        plan.weightDecay = optimiser.number("weight_decay", 0.0, 1.0, 0.0);
        plan.momentum = optimiser.number("momentum", 0.0, 0.9999, plan.momentum);
        plan.gradientClip = optimiser.number("gradient_clip", 0.0, 1e6, 0.0);
        plan.averageDecay = optimiser.number("average_decay", 0.0, 0.99999, 0.0);
        plan.mixedPrecision = optimiser.flag("mixed_precision", true);
        plan.processorBfloat16 = optimiser.flag("processor_bfloat16", false);
        const auto schedule = training.object("schedule");
        plan.schedule = schedule.oneOf("name", {"polynomial", "plateau", "constant"});
        plan.schedulePower = schedule.number("power", 0.0, 10.0, plan.schedulePower);
        plan.warmUpSteps = schedule.integer("warm_up_steps", 0, 1'000'000, 0);
        plan.plateauFactor = schedule.number("factor", 0.001, 1.0, plan.plateauFactor);
        plan.plateauPatience = schedule.integer("patience", 1, 100000, plan.plateauPatience);
        plan.smallestLearningRate = schedule.number("smallest", 0.0, 1.0, plan.smallestLearningRate);
        plan.stepsPerEpoch = training.integer("steps_per_epoch", 1, 10'000'000);
        plan.earlyStopping = training.integer("early_stopping", 0, 1'000'000, 0);
        plan.seed = static_cast<std::uint64_t>(training.integer("seed", 0, 2'000'000'000, 1));
        plan.augmentation = parseAugmentation(training.object("augmentation"));
        const std::size_t weights = plan.augmentation.dropWeights.size();
        if (weights > 0 && weights != plan.spec.inputs.size()) {
            training.object("augmentation").refuse("drop_weights", "must have one value for each input");
        }
        const auto validation = training.object("validation");
        if (validation.has("patients")) {
            plan.validationPatients = validation.texts("patients");
        }
        plan.folds = validation.integer("folds", 2, 1000, plan.folds);
        plan.fold = validation.integer("fold", -1, plan.folds - 1, 0);
        return plan;
    } catch (const FieldError& error) {
        return fail(ErrorCode::Unreadable, "learning.json_field",
                    {{"file", file}, {"field", error.field}, {"problem", error.what()}});
    }
}

} // namespace sulcus::learning
