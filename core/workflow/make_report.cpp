// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/components.h"
#include "core/workflow/grids.h"
#include "core/workflow/label_eras.h"
#include "core/workflow/workflow.h"

#include <algorithm>
#include <array>

namespace sulcus::workflow {

namespace {

// Okabe and Ito's colour-blind-safe set, without black; for label values whose colour nobody stated.
constexpr std::array<std::array<std::uint8_t, 3>, 7> kPalette{
    {{230, 159, 0}, {86, 180, 233}, {0, 158, 115}, {240, 228, 66}, {0, 114, 178}, {213, 94, 0}, {204, 121, 167}}};

std::vector<report::LabelVolume> labelVolumes(const std::array<std::size_t, 256>& counts, imaging::LabelEra era,
                                              const std::vector<report::LabelVolume>& names, double voxelMl) {
    std::vector<report::LabelVolume> volumes;
    const auto ml = [&](std::uint8_t value) { return static_cast<double>(counts[value]) * voxelMl; };
    if (era != imaging::LabelEra::Plain) {
        for (const auto& label : imaging::labelDefinitions(era)) {
            if (label.code != "CAV" || counts[label.value] != 0)
                volumes.push_back({label.value, label.code, label.colour, ml(label.value)});
        }
        return volumes;
    }
    for (std::size_t v = 1; v < counts.size(); ++v) {
        if (counts[v] == 0)
            continue;
        const auto value = static_cast<std::uint8_t>(v);
        const auto named =
            std::find_if(names.begin(), names.end(), [&](const auto& label) { return label.value == value; });
        if (named != names.end())
            volumes.push_back({value, named->code, named->colour, ml(value)});
        else
            volumes.push_back({value, "label " + std::to_string(v), kPalette[(v - 1) % kPalette.size()], ml(value)});
    }
    return volumes;
}

// Where the slices go: a voxel inside the largest piece of what is measured, or the middle of the volume.
imaging::VoxelIndex figureCentre(const imaging::LabelMap& mask, imaging::LabelEra era) {
    const auto whole = targetsOf(era).front();
    const auto belongs = [&](std::uint8_t value) { return imaging::belongsTo(value, whole, era); };
    const auto components = imaging::findComponents(mask, belongs);
    if (!components.empty())
        return components.front().inside;
    const auto& size = mask.geometry.size;
    return {size[0] / 2, size[1] / 2, size[2] / 2};
}

std::vector<report::SliceFigure> figuresThrough(const imaging::Case& imagingCase, imaging::VoxelIndex centre) {
    // FLAIR shows the whole tumour; T1ce shows its core. A case without either shows what it has.
    const auto has = [&](imaging::Sequence sequence) { return imagingCase.find(sequence) != nullptr; };
    const auto first = imagingCase.volumes.front().sequence;
    const auto main = has(imaging::Sequence::Flair) ? imaging::Sequence::Flair : first;
    if (imagingCase.geometry().isSlice)
        return {{report::Plane::Axial, main, centre}};
    return {{report::Plane::Axial, main, centre},
            {report::Plane::Sagittal, main, centre},
            {report::Plane::Coronal, main, centre}};
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

    content.figures = figuresThrough(imagingCase, figureCentre(mask, request.era));
    const auto counts = countLabels(mask);
    content.labels = labelVolumes(counts, request.era, request.labelNames, mask.geometry.voxelMl());
    for (const auto target : targetsOf(request.era))
        content.targetMl[target] = targetMl(counts, target, request.era, mask.geometry);
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

    content.location = request.location;
    const bool brain = request.hospitalQuery.finding == clinic::Finding::BrainTumour;
    if (!content.location && brain) {
        auto located = locateMask(imagingCase, mask, request.era, paths, request.alignment, task.part(0.3, 0.95));
        if (located) {
            content.location = std::move(*located);
        } else if (located.error().code == ErrorCode::Cancelled) {
            return failCancelled();
        } else {
            content.locationProblem = located.error().message;
        }
    }
    if (content.location && content.provenance.alignmentMethod.empty())
        content.provenance.alignmentMethod = content.location->method;

    auto query = request.hospitalQuery;
    if (content.location && request.knowledge && !request.symptoms.empty()) {
        auto checked = crossCheckLocation(*content.location, request.symptoms, request.handedness, *request.knowledge);
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
    content.hospitals = clinic::rankHospitals(request.hospitals, query);
    task.report(1.0);
    return content;
}

} // namespace sulcus::workflow
