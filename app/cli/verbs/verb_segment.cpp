// SPDX-License-Identifier: Apache-2.0
#include "app/cli/text_table.h"
#include "app/cli/verbs/arguments.h"
#include "app/cli/verbs/print.h"
#include "core/imaging/image_io.h"
#include "core/workflow/answer_json.h"
#include "core/workflow/label_eras.h"

#include <array>

namespace sulcus::cli {

namespace {

struct SegmentArguments {
    std::string casePath;
    std::string output;
    std::string labels;
    std::string probabilities;
    DeviceArguments device;
};

// Known before the network runs: a name that cannot be written would otherwise cost the person the whole run.
std::string checkMaskName(const std::string& name) {
    for (const std::string_view ending : {".nii", ".nii.gz", ".nrrd", ".mha"}) {
        if (name.size() > ending.size() && name.ends_with(ending))
            return {};
    }
    return "\"" + name + "\" does not end in .nii.gz, .nii, .nrrd or .mha";
}

std::string segmentText(const workflow::SegmentationResult& made, const std::optional<imaging::Comparison>& comparison,
                        const std::string& output) {
    std::string text = line("Bundle", made.bundleName + " " + made.bundleVersion + " on " + made.device);
    TextTable labels({"Label", "value", "voxels", "ml"});
    for (const auto& label : made.labels)
        labels.add({label.code, std::to_string(label.value), std::to_string(label.voxels), decimal(label.ml, 2)});
    text += "\n" + labels.text() + "\n";
    std::string targets;
    for (const auto& [target, ml] : made.targetMl)
        targets += (targets.empty() ? "" : ", ") + imaging::toString(target) + " " + decimal(ml, 2) + " ml";
    text += line("Regions", targets);
    if (comparison) {
        std::string dice;
        for (const auto& [target, region] : comparison->regions)
            dice += (dice.empty() ? "" : ", ") + imaging::toString(target) + " " + decimal(region.dice, 3);
        text += line("Dice", dice + " against the case's truth");
    }
    const auto& s = made.seconds;
    text += line("Seconds", decimal(s.total, 1) + " (load " + decimal(s.load, 1) + ", prepare " +
                                decimal(s.preprocess, 1) + ", network " + decimal(s.network, 1) + ", finish " +
                                decimal(s.postprocess, 1) + "); peak memory " + decimal(made.peakMb, 0) + " MB");
    text += warningsText(made.warnings);
    return text + line("Mask", output);
}

Result<void> runSegment(const SegmentArguments& arguments, Invocation& invocation) {
    auto options = segmentOptions(arguments.device, invocation);
    if (!options)
        return fail(std::move(options.error()));
    if (auto ready = invocation.prepareOutput(arguments.output); !ready)
        return ready;
    const std::filesystem::path maps = arguments.probabilities;
    if (!maps.empty()) {
        options->keepProbabilities = true;
        if (auto ready = invocation.prepareOutput(maps / "probability.nii.gz"); !ready)
            return ready;
    }
    auto opened = workflow::openCase(arguments.casePath, invocation.task().part(0.0, 0.1));
    if (!opened)
        return fail(std::move(opened.error()));
    const auto& imagingCase = **opened;
    options->era = eraOption(arguments.labels).value_or(imagingCase.files.era);
    auto made = workflow::segment(imagingCase, *options, invocation.task().part(0.1, 0.95));
    if (!made)
        return fail(std::move(made.error()));
    made->warnings.insert(made->warnings.begin(), imagingCase.warnings.begin(), imagingCase.warnings.end());

    std::optional<imaging::Comparison> comparison;
    if (imagingCase.truth) {
        const bool plain = made->era == imaging::LabelEra::Plain;
        const auto truthEra =
            plain ? imaging::LabelEra::Plain
                  : workflow::detectEra(*imagingCase.truth, imagingCase.files.truth.value_or(arguments.casePath),
                                        imagingCase.files.era);
        auto compared =
            imaging::compareLabelMaps(*made->mask, made->era, *imagingCase.truth, truthEra,
                                      plain ? imaging::ComparisonScheme::Binary : imaging::ComparisonScheme::Brats,
                                      invocation.task().part(0.95, 1.0));
        if (!compared)
            return fail(std::move(compared.error()));
        comparison = std::move(*compared);
    }
    if (invocation.task().cancelled())
        return failCancelled();
    if (auto written = imaging::writeLabelMap(*made->mask, arguments.output); !written)
        return written;
    Json written = Json::array();
    std::string mapsText;
    for (std::size_t n = 0; n < made->probabilities.size(); ++n) {
        const auto file = maps / (imagingCase.files.id + "_probability_" + made->probabilityNames[n] + ".nii.gz");
        if (auto saved = imaging::writeVolume(*made->probabilities[n], file); !saved)
            return saved;
        written.push_back(file.string());
        mapsText += line("Probability", file.string());
    }

    if (invocation.json()) {
        Json json{{"case", imagingCase.files.id}, {"synthetic", imagingCase.synthetic}, {"mask", arguments.output}};
        json["probabilities"] = std::move(written);
        json.update(Json::parse(workflow::toJson(*made, [](const Message& m) { return sentence(m); })));
        json["comparison"] = comparison ? Json::parse(report::toJson(*comparison)) : Json(nullptr);
        invocation.print(json);
        return {};
    }
    auto text = line("Case", imagingCase.files.id + (imagingCase.synthetic ? " (synthetic)" : ""));
    invocation.print(text + segmentText(*made, comparison, arguments.output) + mapsText);
    invocation.printPurpose();
    return {};
}

} // namespace

void addSegment(Verbs& verbs) {
    auto* verb = addVerb(verbs, "segment", "Draw a mask of a case with a network bundle");
    auto arguments = std::make_shared<SegmentArguments>();
    verb->add_option("CASE", arguments->casePath, "Folder of a case, or a single volume file")->required();
    verb->add_option("-o,--output", arguments->output, "Mask file to write (.nii.gz, .nii, .nrrd, .mha)")
        ->required()
        ->check(checkMaskName);
    verb->add_option("--probabilities", arguments->probabilities,
                     "Folder to write the network's probability of each output to, 0 to 1 on the case's grid");
    addDeviceOptions(verb, arguments->device);
    addLabelsOption(verb, arguments->labels,
                    "Numbering of the mask: 2021 (enhancing 4) or 2023 (enhancing 3); default: that of the case");
    verbs.table[verb] = [arguments](Invocation& invocation) { return runSegment(*arguments, invocation); };
}

} // namespace sulcus::cli
