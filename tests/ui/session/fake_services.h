// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/ui/session/phantom.h"
#include "ui/session/services.h"

#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace sulcus::test {

/// What the fake services were asked, and whether they should fail. Touched by workers one after the other.
struct FakeWorld {
    std::shared_ptr<const imaging::Case> phantom = phantomCase();
    bool failOpen = false;
    bool failSegment = false;
    bool failLocate = false;
    int reports = 0;
    std::string network = "brain-tumour"; ///< the name of the one that answers
};

/// Services that answer from a phantom: the network finds the truth, the tumour lies in the left frontal lobe.
inline session::Services fakeServices(const std::shared_ptr<FakeWorld>& world) {
    session::Services services;
    services.openCase = [world](const std::filesystem::path&,
                                const TaskContext& task) -> Result<std::shared_ptr<const imaging::Case>> {
        task.report(0.5, "stage.reading");
        if (world->failOpen)
            return fail(ErrorCode::NotFound, "imaging.file_missing", {{"file", "nowhere"}});
        return world->phantom;
    };
    services.demoCase = [](const TaskContext&) -> Result<std::filesystem::path> { return "/phantom"; };
    services.bundles = [] {
        learning::Bundle bundle;
        bundle.name = "brain-tumour";
        bundle.version = "1";
        bundle.task = "segmentation-3d";
        bundle.inputs = {"flair", "t1", "t1ce", "t2"};
        bundle.folder = "/models/brain-tumour";
        return std::vector<learning::Bundle>{bundle};
    };
    services.devices = [] { return std::vector<std::string>{"cpu"}; };
    services.segment = [world](const imaging::Case& imagingCase, const workflow::SegmentOptions& options,
                               const TaskContext& task) -> Result<workflow::SegmentationResult> {
        task.report(0.5, "stage.network");
        if (world->failSegment)
            return fail(ErrorCode::OutOfMemory, "session.out_of_memory");
        workflow::SegmentationResult result;
        result.mask = imagingCase.truth;
        result.era = options.era;
        result.bundleName = world->network;
        result.bundleVersion = "1";
        result.device = "cpu";
        result.seconds.total = 1.0;
        return result;
    };
    services.locate = [world](const imaging::Case&, const imaging::LabelMap&, imaging::LabelEra,
                              workflow::Alignment alignment, const TaskContext&) -> Result<anatomy::Location> {
        if (world->failLocate)
            return fail(ErrorCode::InvalidInput, "anatomy.mask_empty");
        anatomy::Location location;
        location.space = anatomy::Space::Sri24;
        location.method = alignment == workflow::Alignment::Deformable   ? "deformable"
                          : alignment == workflow::Alignment::Registered ? "registered"
                                                                         : "fixed";
        location.reliable = true;
        location.brainDice = 0.97;
        anatomy::TargetLocation whole;
        whole.ml = 2.1;
        whole.leftShare = 1.0;
        whole.regions = {{anatomy::Region::Frontal, Side::Left, 1.5, 0.72, 0.02, false},
                         {anatomy::Region::Insula, Side::Left, 0.6, 0.28, 0.05, false}};
        location.targets[imaging::Target::WholeTumour] = whole;
        location.targets[imaging::Target::TumourCore] = whole;
        return location;
    };
    services.compare = [](const imaging::LabelMap&, imaging::LabelEra, const imaging::LabelMap&, imaging::LabelEra,
                          const TaskContext&) -> Result<imaging::Comparison> {
        imaging::Comparison comparison;
        for (const imaging::Target target :
             {imaging::Target::WholeTumour, imaging::Target::TumourCore, imaging::Target::EnhancingTumour})
            comparison.regions[target].dice = 1.0;
        return comparison;
    };
    services.readMask = [world](const std::filesystem::path&, const TaskContext&) -> Result<imaging::LabelMap> {
        return *world->phantom->truth;
    };
    services.writeMask = [](const imaging::LabelMap&, const std::filesystem::path& file) -> Result<void> {
        std::ofstream(file) << "mask";
        return {};
    };
    services.makeReport = [world](const workflow::ReportRequest& request,
                                  const TaskContext&) -> Result<report::ReportContent> {
        ++world->reports;
        report::ReportContent content;
        content.imagingCase = request.imagingCase;
        content.mask = request.mask;
        return content;
    };
    services.paintReport = [](const report::ReportContent&, const TaskContext&) -> Result<QImage> {
        QImage page(60, 80, QImage::Format_RGB32);
        page.fill(0xffffff);
        return page;
    };
    services.writeReport = [](const report::ReportContent&, const std::filesystem::path& file,
                              const TaskContext&) -> Result<void> {
        std::ofstream(file) << "png";
        return {};
    };
    return services;
}

} // namespace sulcus::test
