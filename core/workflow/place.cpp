// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/atlas.h"
#include "core/anatomy/registration.h"
#include "core/workflow/exclusive_use.h"
#include "core/workflow/grids.h"
#include "core/workflow/workflow.h"

#include <algorithm>

namespace sulcus::workflow {

namespace {

struct LoadedAtlas {
    std::timed_mutex mutex;
    std::filesystem::path templates;
    std::shared_ptr<const anatomy::Atlas> atlas;
};

LoadedAtlas& loadedAtlas() {
    static LoadedAtlas loaded;
    return loaded;
}

std::vector<clinic::MaskRegion> maskRegions(const anatomy::TargetLocation& target) {
    std::vector<clinic::MaskRegion> regions;
    for (const auto& share : target.regions)
        regions.push_back({share.region, share.side, share.share});
    return regions;
}

} // namespace

Result<std::shared_ptr<const anatomy::Atlas>> atlas(const Paths& paths, const TaskContext& task) {
    auto& loaded = loadedAtlas();
    const auto lock = lockUnlessCancelled(loaded.mutex, task);
    if (!lock.owns_lock())
        return failCancelled();
    if (loaded.atlas && loaded.templates == paths.templates)
        return loaded.atlas;
    task.report(0.0, "stage.loading_atlas");
    auto made = anatomy::Atlas::load(paths.templates, paths.cache, task);
    if (!made)
        return fail(std::move(made.error()));
    loaded.templates = paths.templates;
    loaded.atlas = *made;
    return loaded.atlas;
}

Result<anatomy::Location> locateMask(const imaging::Case& imagingCase, const imaging::LabelMap& mask,
                                     imaging::LabelEra era, const Paths& paths, Alignment alignment,
                                     const TaskContext& task) {
    if (auto fits = checkSameGrid(mask.geometry, imagingCase, "workflow.mask_grid_differs"); !fits)
        return fail(std::move(fits.error()));
    const bool empty = std::none_of(mask.voxels.begin(), mask.voxels.end(), [](std::uint8_t v) { return v != 0; });
    if (empty)
        return fail(ErrorCode::InvalidInput, "workflow.mask_empty");
    auto regions = atlas(paths, task.part(0.0, 0.2));
    if (!regions)
        return fail(std::move(regions.error()));
    task.report(0.2, "stage.locating");

    anatomy::TemplateAlignment toTemplate;
    const bool asked = alignment == Alignment::Registered || alignment == Alignment::Deformable;
    if (!asked)
        toTemplate = anatomy::fixedAlignment(imagingCase, **regions);
    if (asked || (alignment == Alignment::Automatic && !toTemplate.reliable)) {
        const auto bring =
            alignment == Alignment::Deformable ? anatomy::registerDeformably : anatomy::registerToTemplate;
        auto registered = bring(imagingCase, &mask, **regions, task.part(0.2, 0.9));
        if (!registered)
            return fail(std::move(registered.error()));
        toTemplate = std::move(*registered);
    }
    if (task.cancelled())
        return failCancelled();
    task.report(0.9, "stage.locating");

    // A mask whose header has another origin but the same grid means the same voxels: it is read on the case's grid.
    if (imaging::sameGrid(mask.geometry, imagingCase.geometry()))
        return anatomy::locate(mask, era, toTemplate, **regions, task.part(0.9, 1.0));
    imaging::LabelMap moved = mask;
    moved.geometry = imagingCase.geometry();
    auto located = anatomy::locate(moved, era, toTemplate, **regions, task.part(0.9, 1.0));
    if (located)
        located->notes.push_back(Message{"workflow.mask_origin_differs", {}});
    return located;
}

Result<void> checkSymptoms(const std::vector<clinic::ReportedSymptom>& symptoms, const clinic::Knowledge& knowledge) {
    const auto unknown = clinic::unknownSymptoms(symptoms, knowledge);
    if (unknown.empty())
        return {};
    std::string nearest;
    for (const auto& id : knowledge.nearestSymptomIds(unknown.front()))
        nearest += (nearest.empty() ? "" : ", ") + id;
    if (nearest.empty())
        return fail(ErrorCode::InvalidInput, "workflow.symptom_unlike_any", {{"symptom", unknown.front()}});
    return fail(ErrorCode::InvalidInput, "workflow.symptom_unknown",
                {{"symptom", unknown.front()}, {"nearest", nearest}});
}

Result<clinic::CrossCheck> crossCheckLocation(const anatomy::Location& location,
                                              const std::vector<clinic::ReportedSymptom>& symptoms,
                                              clinic::Handedness handedness, const clinic::Knowledge& knowledge,
                                              clinic::Language language) {
    if (auto known = checkSymptoms(symptoms, knowledge); !known)
        return fail(std::move(known.error()));
    clinic::CrossCheckInput input;
    const auto& whole = location.whole();
    input.wholeTumour = maskRegions(whole);
    if (const auto core = location.targets.find(imaging::Target::TumourCore); core != location.targets.end())
        input.core = maskRegions(core->second);
    input.leftShare = whole.leftShare;
    input.rightShare = whole.rightShare;
    input.symptoms = symptoms;
    input.handedness = handedness;
    input.language = language;
    return clinic::crossCheck(input, knowledge);
}

} // namespace sulcus::workflow
