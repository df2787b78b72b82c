// SPDX-License-Identifier: Apache-2.0
#include "app/sulcus/window_services.h"

#include "app/sulcus/open_choices.h"
#include "core/imaging/image_io.h"
#include "core/learning/bundle.h"
#include "core/learning/segmenter.h"
#include "core/workflow/chain.h"
#include "core/workflow/demo/demo_case.h"
#include "ui/report/report_painter.h"

namespace sulcus::app {

namespace fs = std::filesystem;

namespace {

constexpr unsigned kDemoSeed = 1;
constexpr const char* kDemoName = "SulcusDemo_0001";

/// The demo case is made once and kept in the cache. It is written under another name first, so that a half-made one
/// is never taken for it.
Result<fs::path> demoCase(const workflow::Paths& paths, const TaskContext& task) {
    const fs::path folder = paths.cache / "demo" / kDemoName;
    std::error_code error;
    if (fs::exists(folder / (std::string(kDemoName) + "_seg.nii.gz"), error))
        return folder;
    const fs::path making = paths.cache / "demo" / "making" / kDemoName;
    fs::remove_all(making, error);
    fs::create_directories(making.parent_path(), error);
    auto written = workflow::writeDemoCase(making, kDemoSeed, paths.templates, task);
    if (!written)
        return fail(std::move(written.error()));
    fs::remove_all(folder, error);
    fs::rename(making, folder, error);
    if (error)
        return fail(ErrorCode::Unreadable, "app.demo_not_kept", {{"folder", folder.string()}}, error.message());
    return folder;
}

} // namespace

session::Services windowServices(const workflow::Paths& paths, const QString& language) {
    session::Services services;
    services.openCase = workflow::openCase;
    services.choices = openChoices;
    services.openFiles = [](const imaging::CaseFiles& files,
                            const TaskContext& task) -> Result<session::Services::CasePtr> {
        auto opened = imaging::readCase(files, task);
        if (!opened)
            return fail(std::move(opened.error()));
        return std::make_shared<const imaging::Case>(std::move(*opened));
    };
    services.listCases = imaging::listCases;
    services.caseThumbnail = [cache = paths.cache](const fs::path& path, const TaskContext& task) {
        return caseThumbnail(path, cache, task);
    };
    services.demoCase = [paths](const TaskContext& task) { return demoCase(paths, task); };
    services.bundles = [paths] {
        auto bundles = learning::listBundles(paths.models);
        // Networks that draw no mask have a view of their own.
        std::erase_if(bundles, [](const learning::Bundle& bundle) { return bundle.task == "classification"; });
        return bundles;
    };
    services.devices = [] { return learning::availableDevices(); };
    services.segment = workflow::segment;
    services.placeInAtlas = [paths](const imaging::Case& imagingCase,
                                    const TaskContext& task) -> Result<session::AtlasPlacement> {
        auto atlas = workflow::atlas(paths, task);
        if (!atlas)
            return fail(std::move(atlas.error()));
        session::AtlasPlacement placement;
        placement.atlas = std::move(*atlas);
        placement.alignment = anatomy::fixedAlignment(imagingCase, *placement.atlas);
        return placement;
    };
    const auto broughtBy = [paths](auto bring) {
        return [paths, bring](const imaging::Case& imagingCase, const imaging::LabelMap& tumour,
                              const TaskContext& task) -> Result<session::AtlasPlacement> {
            auto atlas = workflow::atlas(paths, task.part(0.0, 0.1));
            if (!atlas)
                return fail(std::move(atlas.error()));
            auto alignment = bring(imagingCase, &tumour, **atlas, task.part(0.1, 1.0));
            if (!alignment)
                return fail(std::move(alignment.error()));
            return session::AtlasPlacement{std::move(*atlas), std::move(*alignment)};
        };
    };
    services.registerToAtlas = broughtBy(anatomy::registerToTemplate);
    services.deformToAtlas = broughtBy(anatomy::registerDeformably);
    services.atlas = [paths](const TaskContext& task) { return workflow::atlas(paths, task); };
    services.findingOf = workflow::findingOf;
    services.locate = [paths](const imaging::Case& imagingCase, const imaging::LabelMap& mask, imaging::LabelEra era,
                              workflow::Alignment alignment, const TaskContext& task) {
        return workflow::locateMask(imagingCase, mask, era, paths, alignment, task);
    };
    services.compare = [](const imaging::LabelMap& mask, imaging::LabelEra era, const imaging::LabelMap& truth,
                          imaging::LabelEra truthEra, const TaskContext& task) {
        const bool plain = era == imaging::LabelEra::Plain || truthEra == imaging::LabelEra::Plain;
        return imaging::compareLabelMaps(mask, era, truth, truthEra,
                                         plain ? imaging::ComparisonScheme::Binary : imaging::ComparisonScheme::Brats,
                                         task);
    };
    services.readMask = imaging::readLabelMap;
    services.writeMask = imaging::writeLabelMap;
    services.makeReport = [paths](const workflow::ReportRequest& request, const TaskContext& task) {
        return workflow::makeReport(request, paths, task);
    };
    services.paintReport = [language](const report::ReportContent& content, const TaskContext&) {
        paint::ReportStyle style;
        style.language = language;
        return paint::paintReport(content, style);
    };
    services.writeReport = [language](const report::ReportContent& content, const fs::path& file, const TaskContext&) {
        paint::ReportStyle style;
        style.language = language;
        return paint::writeReport(content, file, style);
    };
    return services;
}

} // namespace sulcus::app
