// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/network_input.h"

#include "core/imaging/resample.h"

#include <algorithm>
#include <new>

namespace sulcus::workflow {

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

} // namespace

bool isLps(const imaging::Geometry& geometry) { return imaging::sameGrid(geometry, imaging::lpsGeometry(geometry)); }

std::vector<std::uint8_t> labelsInLps(const imaging::LabelMap& map) {
    if (isLps(map.geometry))
        return map.voxels;
    imaging::Volume values;
    values.geometry = map.geometry;
    values.voxels.assign(map.voxels.begin(), map.voxels.end());
    const auto lps = imaging::toLps(values);
    return {lps.voxels.begin(), lps.voxels.end()};
}

Result<NetworkInput> gatherInput(const imaging::Case& imagingCase, const std::vector<std::string>& inputs,
                                 const std::string& askedBy, const TaskContext& task) {
    NetworkInput input;
    input.lps = imaging::lpsGeometry(imagingCase.geometry());
    if (input.lps.size[2] > 1 && (input.lps.size[0] == 1 || input.lps.size[1] == 1))
        return fail(ErrorCode::InvalidInput, "workflow.slice_not_axial",
                    {{"case", imagingCase.files.id}, {"bundle", askedBy}});
    auto& field = input.field;
    field.channels = static_cast<int>(inputs.size());
    field.width = input.lps.size[0];
    field.height = input.lps.size[1];
    field.depth = input.lps.size[2];
    field.spacingMm = input.lps.spacing;

    std::vector<imaging::VolumePtr> volumes;
    for (const auto& name : inputs) {
        volumes.push_back(volumeFor(imagingCase, inputs, name));
        input.present.push_back(volumes.back() != nullptr);
    }
    if (std::none_of(input.present.begin(), input.present.end(), [](bool p) { return p; }))
        return fail(ErrorCode::InvalidInput, "workflow.bundle_does_not_fit_case",
                    {{"bundle", askedBy}, {"inputs", joined(inputs)}, {"case", imagingCase.files.id}});

    const auto perChannel = field.voxelsPerChannel();
    try {
        field.values.assign(perChannel * static_cast<std::size_t>(field.channels), 0.0F);
        for (std::size_t c = 0; c < volumes.size(); ++c) {
            if (task.cancelled())
                return failCancelled();
            if (!volumes[c])
                continue;
            const auto target = field.values.begin() + static_cast<std::ptrdiff_t>(c * perChannel);
            // i runs fastest in a volume and width in a field: in LPS order the two arrays are the same.
            if (isLps(volumes[c]->geometry)) {
                std::copy(volumes[c]->voxels.begin(), volumes[c]->voxels.end(), target);
            } else {
                const auto lps = imaging::toLps(*volumes[c]);
                std::copy(lps.voxels.begin(), lps.voxels.end(), target);
            }
        }
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "workflow.out_of_memory", {{"case", imagingCase.files.id}});
    }
    return input;
}

} // namespace sulcus::workflow
