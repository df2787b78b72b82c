// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/case_facts.h"

#include "core/anatomy/atlas.h"
#include "core/workflow/label_eras.h"

#include <algorithm>
#include <cmath>

namespace sulcus::workflow {

namespace {

double percentileOf(std::vector<float>& values, double share) {
    if (values.empty())
        return 0.0;
    const auto nth = static_cast<std::ptrdiff_t>(std::lround(share * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + nth, values.end());
    return values[static_cast<std::size_t>(nth)];
}

SequenceFacts factsOf(const imaging::CaseVolume& one, bool zeroIsBackground) {
    SequenceFacts facts;
    facts.sequence = one.sequence;
    const auto& voxels = one.volume->voxels;
    if (voxels.empty())
        return facts;
    const auto [low, high] = std::minmax_element(voxels.begin(), voxels.end());
    facts.minimum = *low;
    facts.maximum = *high;
    const auto zeros = std::count(voxels.begin(), voxels.end(), 0.0F);
    facts.foregroundShare = 1.0 - static_cast<double>(zeros) / static_cast<double>(voxels.size());
    std::vector<float> counted;
    counted.reserve(voxels.size());
    std::copy_if(voxels.begin(), voxels.end(), std::back_inserter(counted),
                 [zeroIsBackground](float v) { return !zeroIsBackground || v != 0.0F; });
    double sum = 0.0;
    for (const auto v : counted)
        sum += v;
    facts.mean = counted.empty() ? 0.0 : sum / static_cast<double>(counted.size());
    facts.percentile1 = percentileOf(counted, 0.01);
    facts.percentile99 = percentileOf(counted, 0.99);
    return facts;
}

} // namespace

Result<CaseFacts> caseFacts(const imaging::Case& imagingCase, const Paths& paths, const TaskContext& task) {
    CaseFacts facts;
    const auto& grid = imagingCase.geometry();
    const bool brats = imagingCase.files.kind == imaging::CaseKind::BratsMri;
    for (const auto& one : imagingCase.volumes) {
        if (task.cancelled())
            return failCancelled();
        facts.sequences.push_back(factsOf(one, brats));
    }
    if (grid.hasOrientation)
        facts.orientation = {grid.axisLetter(0), grid.axisLetter(1), grid.axisLetter(2)};
    if (imagingCase.truth) {
        const auto era = brats ? std::optional(imagingCase.files.era) : std::optional(imaging::LabelEra::Plain);
        facts.truthEra = detectEra(*imagingCase.truth, imagingCase.files.truth.value_or(imagingCase.files.folder), era);
        facts.truthLabels = report::labelVolumes(*imagingCase.truth, facts.truthEra);
    }
    if (!grid.isSlice) {
        auto regions = atlas(paths, task);
        if (regions) {
            const auto alignment = anatomy::fixedAlignment(imagingCase, **regions);
            facts.space = alignment.space;
            // What keeps a brain from being placed is no matter for a chest.
            if (brats)
                facts.warnings = alignment.notes;
        } else if (regions.error().code == ErrorCode::Cancelled) {
            return failCancelled();
        } else {
            facts.warnings.push_back(regions.error().message);
        }
    }
    return facts;
}

} // namespace sulcus::workflow
