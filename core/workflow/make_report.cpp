// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/atlas.h"
#include "core/workflow/grids.h"
#include "core/workflow/workflow.h"

#include <algorithm>
#include <memory>

namespace sulcus::workflow {

namespace {

// Codes and colours that a bundle states win over those that a plain map's bare values would get.
std::vector<report::LabelVolume> namedVolumes(const imaging::LabelMap& mask, imaging::LabelEra era,
                                              const std::vector<report::LabelVolume>& names) {
    auto volumes = report::labelVolumes(mask, era);
    if (era != imaging::LabelEra::Plain)
        return volumes;
    for (auto& volume : volumes) {
        const auto named =
            std::find_if(names.begin(), names.end(), [&](const auto& label) { return label.value == volume.value; });
        if (named != names.end()) {
            volume.code = named->code;
            volume.colour = named->colour;
        }
    }
    return volumes;
}

bool hasSeizure(const std::vector<clinic::ReportedSymptom>& symptoms, const clinic::Knowledge& knowledge) {
    return std::any_of(symptoms.begin(), symptoms.end(), [&](const clinic::ReportedSymptom& reported) {
        const auto* symptom = knowledge.symptom(reported.id);
        return symptom != nullptr && symptom->group == "seizure";
    });
}

} // namespace

Result<report::ReportContent> makeReport(const ReportRequest& request, const Paths& paths, const TaskContext& task) {
    if (!request.imagingCase || request.imagingCase->volumes.empty() || !request.mask)
        return fail(ErrorCode::InvalidInput, "workflow.report_needs_case_and_mask");
    const auto& imagingCase = *request.imagingCase;
    const auto& mask = *request.mask;
    if (auto fits = checkSameGrid(mask.geometry, imagingCase, "workflow.mask_grid_differs"); !fits)
        return fail(std::move(fits.error()));
    task.report(0.0, "stage.gathering_report");

    report::ReportContent content;
    content.imagingCase = request.imagingCase;
    content.mask = request.mask;
    content.era = request.era;
    content.caseId = imagingCase.files.id;
    content.patientPseudonym = request.patientPseudonym;
    content.synthetic = imagingCase.synthetic;
    content.symptoms = request.symptoms;
    content.handedness = request.handedness;
    content.knowledge = request.knowledge;
    content.provenance = request.provenance;
    content.warnings = imagingCase.warnings;

    content.figures = report::figuresThroughLargest(imagingCase, &mask, request.era);
    content.labels = namedVolumes(mask, request.era, request.labelNames);
    content.targetMl = report::targetVolumes(mask, request.era);
    content.finding = request.hospitalQuery.finding;
    content.hospitalsFrom = request.hospitalsFrom;
    if (task.cancelled())
        return failCancelled();

    if (request.truth) {
        if (auto fits = checkSameGrid(request.truth->geometry, imagingCase, "workflow.truth_grid_differs"); !fits)
            return fail(std::move(fits.error()));
        const auto scheme = request.era == imaging::LabelEra::Plain ? imaging::ComparisonScheme::Binary
                                                                    : imaging::ComparisonScheme::Brats;
        auto comparison = imaging::compareLabelMaps(mask, request.era, *request.truth, request.truthEra, scheme,
                                                    task.part(0.05, 0.3));
        if (!comparison)
            return fail(std::move(comparison.error()));
        content.comparison = std::move(*comparison);
    }

    const bool empty = std::all_of(mask.voxels.begin(), mask.voxels.end(), [](std::uint8_t v) { return v == 0; });
    if (empty)
        content.warnings.push_back({"workflow.report_of_empty_mask", {}});
    content.location = request.location;
    const bool brain = request.hospitalQuery.finding == clinic::Finding::BrainTumour;
    if (!content.location && brain && !empty) {
        auto located = locateMask(imagingCase, mask, request.era, paths, request.alignment, task.part(0.3, 0.95));
        if (located) {
            content.location = std::move(*located);
        } else if (located.error().code == ErrorCode::Cancelled) {
            return failCancelled();
        } else {
            content.locationProblem = located.error().message;
        }
    }
    if (brain && !empty) {
        // The picture of the brain needs the atlas alone: it stays when the place could not be found.
        if (auto regions = atlas(paths, task))
            content.brain = std::make_shared<const report::BrainViews>(report::brainViews(**regions));
    }
    if (content.location && content.provenance.alignmentMethod.empty())
        content.provenance.alignmentMethod = content.location->method;

    auto query = request.hospitalQuery;
    if (content.location && request.knowledge && !request.symptoms.empty()) {
        auto checked = crossCheckLocation(*content.location, request.symptoms, request.handedness, *request.knowledge,
                                          request.language);
        if (!checked)
            return fail(std::move(checked.error()));
        content.crossCheck = std::move(*checked);
    }
    if (!query.mainRegion && content.crossCheck)
        query.mainRegion = content.crossCheck->mainRegion;
    if (!query.mainRegion && content.location && !content.location->whole().regions.empty())
        query.mainRegion = content.location->whole().regions.front().region;
    if (request.knowledge && hasSeizure(request.symptoms, *request.knowledge))
        query.seizures = true;
    // Nothing was found, so nobody is to be sent anywhere.
    if (!empty)
        content.hospitals = clinic::rankHospitals(request.hospitals, query);
    task.report(1.0);
    return content;
}

} // namespace sulcus::workflow
