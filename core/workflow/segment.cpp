// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/ct_region.h"
#include "core/imaging/resample.h"
#include "core/workflow/exclusive_use.h"
#include "core/workflow/label_eras.h"
#include "core/workflow/network_cache.h"
#include "core/workflow/network_input.h"
#include "core/workflow/workflow.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>

namespace sulcus::workflow {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

learning::Device toLearning(DeviceChoice device) {
    switch (device) {
    case DeviceChoice::Cpu:
        return learning::Device::Cpu;
    case DeviceChoice::Cuda:
        return learning::Device::Cuda;
    case DeviceChoice::Automatic:
        break;
    }
    return learning::Device::Automatic;
}

std::vector<SegmentationResult::LabelCount> labelCounts(const std::array<std::size_t, 256>& counts,
                                                        const learning::Bundle& bundle, imaging::LabelEra era,
                                                        double voxelMl) {
    std::vector<SegmentationResult::LabelCount> labels;
    const auto add = [&](std::uint8_t value, const std::string& code) {
        labels.push_back({value, code, counts[value], static_cast<double>(counts[value]) * voxelMl});
    };
    if (era == imaging::LabelEra::Plain) {
        for (const auto& label : bundle.labels)
            add(static_cast<std::uint8_t>(label.value), label.code);
    } else {
        for (const auto& label : imaging::labelDefinitions(era)) {
            // The cavity is not an output of the networks here: it is listed only where a mask has it.
            if (label.code != "CAV" || counts[label.value] != 0)
                add(label.value, label.code);
        }
    }
    return labels;
}

double residentPeakMb() {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with("VmHWM:"))
            return std::stod(line.substr(6)) / 1024.0;
    }
    return 0.0;
}

/// Of the tissue of a CT; trunks stay far below (`imaging::boneShare`).
constexpr double kBoneOfAHead = 0.13;

} // namespace

Result<SegmentationResult> segment(const imaging::Case& imagingCase, const SegmentOptions& options,
                                   const TaskContext& task) {
    const auto start = Clock::now();
    SegmentationResult result;

    task.report(0.0, "stage.loading_network");
    auto network = networkOf(options.bundle, toLearning(options.device), task);
    if (!network)
        return fail(std::move(network.error()));
    auto& loaded = **network;
    const auto inUse = lockUnlessCancelled(loaded.inUse, task);
    if (!inUse.owns_lock())
        return failCancelled();
    const auto& bundle = loaded.segmenter.bundle();
    if (!bundle.task.starts_with("segmentation"))
        return fail(ErrorCode::InvalidInput, "workflow.bundle_is_no_segmentation",
                    {{"bundle", bundle.name}, {"task", bundle.task}});
    result.seconds.load = secondsSince(start);

    const auto gathering = Clock::now();
    auto input = gatherInput(imagingCase, bundle.inputs, bundle.name, task);
    if (!input)
        return fail(std::move(input.error()));
    result.seconds.preprocess = secondsSince(gathering);

    learning::SegmentationOptions runOptions;
    runOptions.keepProbabilities = options.keepProbabilities;
    runOptions.flipAveraging = options.flipAveraging;
    runOptions.sidesKnown = imagingCase.geometry().hasOrientation;
    runOptions.spacingKnown =
        std::none_of(imagingCase.warnings.begin(), imagingCase.warnings.end(),
                     [](const Message& warning) { return warning.id == "imaging.spacing_missing"; });
    auto made = loaded.segmenter.run(input->field, input->present, runOptions, task.part(0.05, 0.97));
    if (!made) {
        // A network does not know what its image is called.
        if (made.error().message.id == "learning.image_empty")
            made.error().message.parameters["case"] = imagingCase.files.id;
        return fail(std::move(made.error()));
    }
    input->field.values = {};
    if (task.cancelled())
        return failCancelled();

    const auto finishing = Clock::now();
    imaging::LabelMap lps;
    lps.geometry = input->lps;
    lps.voxels.assign(made->labels.values.begin(), made->labels.values.end());
    if (lps.voxels.size() != lps.geometry.voxelCount())
        return fail(ErrorCode::Internal, "workflow.network_grid", {{"bundle", bundle.name}});
    const auto& own = imagingCase.geometry();
    auto mask = isLps(own) ? std::move(lps) : imaging::fromLps(lps, own);
    mask.geometry = own;

    const bool brats = isBratsBundle(bundle);
    result.era = imaging::LabelEra::Plain;
    if (brats) {
        result.era =
            options.era == imaging::LabelEra::Brats2023 ? imaging::LabelEra::Brats2023 : imaging::LabelEra::Brats2021;
        if (result.era != imaging::LabelEra::Brats2021)
            mask = imaging::convertEra(mask, imaging::LabelEra::Brats2021, result.era);
    }
    mask.description = "Sulcus " + bundle.name + " " + bundle.version + ", labels " + imaging::toString(result.era);
    if (imagingCase.synthetic)
        mask.description += ", synthetic";

    const auto counts = countLabels(mask);
    result.labels = labelCounts(counts, bundle, result.era, own.voxelMl());
    for (const auto target : targetsOf(result.era))
        result.targetMl[target] = targetMl(counts, target, result.era, own);
    if (counts[0] == mask.voxels.size())
        result.warnings.push_back(Message{"workflow.nothing_found", {{"bundle", bundle.name}}});
    if (const auto ct = imagingCase.find(imaging::Sequence::Ct); ct && bundle.inputs == std::vector<std::string>{"ct"})
        if (const double share = imaging::boneShare(*ct); share >= kBoneOfAHead)
            result.warnings.push_back(Message{
                "workflow.looks_like_head",
                {{"bundle", bundle.name}, {"percent", std::to_string(static_cast<int>(std::lround(100.0 * share)))}}});

    if (made->probabilities) {
        const auto perChannel = made->probabilities->voxelsPerChannel();
        for (int c = 0; c < made->probabilities->channels; ++c) {
            const auto first =
                made->probabilities->values.begin() + static_cast<std::ptrdiff_t>(perChannel * static_cast<size_t>(c));
            auto volume = std::make_shared<imaging::Volume>();
            volume->geometry = input->lps;
            volume->voxels.assign(first, first + static_cast<std::ptrdiff_t>(perChannel));
            // Voxel centres of the two grids coincide, so trilinear resampling only reorders.
            if (!isLps(own))
                *volume = imaging::resampleTo(*volume, own);
            result.probabilities.push_back(std::move(volume));
            const auto index = static_cast<std::size_t>(c);
            result.probabilityNames.push_back(index < bundle.outputs.size() ? bundle.outputs[index].name : "");
        }
    }
    result.mask = std::make_shared<const imaging::LabelMap>(std::move(mask));

    result.warnings.insert(result.warnings.end(), made->warnings.begin(), made->warnings.end());
    result.seconds.preprocess += made->secondsPreprocess;
    result.seconds.network = made->secondsNetwork;
    result.seconds.postprocess = made->secondsPostprocess + secondsSince(finishing);
    result.seconds.total = secondsSince(start);
    result.peakMb = std::max(made->peakMb, residentPeakMb());
    result.device = made->device;
    result.bundleName = bundle.name;
    result.bundleVersion = bundle.version;
    result.weightsSha256 = bundle.weightsSha256;
    task.report(1.0);
    return result;
}

} // namespace sulcus::workflow
