// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/rendering_grid.h"

#include <algorithm>

namespace sulcus::scene {

Result<imaging::VolumePtr> reduceForRendering(const imaging::VolumePtr& volume, int maxAxis, const TaskContext& task) {
    const imaging::Geometry& from = volume->geometry;
    std::array<int, 3> block{};
    for (std::size_t axis = 0; axis < 3; ++axis)
        block[axis] = std::max(1, (from.size[axis] + maxAxis - 1) / maxAxis);
    if (block == std::array<int, 3>{1, 1, 1})
        return volume;
    auto reduced = std::make_shared<imaging::Volume>();
    imaging::Geometry& to = reduced->geometry;
    to = from;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        to.size[axis] = (from.size[axis] + block[axis] - 1) / block[axis];
        to.spacing[axis] = from.spacing[axis] * block[axis];
    }
    const imaging::WorldPoint first =
        from.worldFromIndex({(block[0] - 1) / 2.0, (block[1] - 1) / 2.0, (block[2] - 1) / 2.0});
    to.origin = {first.x, first.y, first.z};
    reduced->modality = volume->modality;
    reduced->voxels.assign(to.voxelCount(), 0.0F);
    std::vector<float> sum(static_cast<std::size_t>(to.size[0]) * static_cast<std::size_t>(to.size[1]));
    std::vector<int> count(sum.size());
    for (int k = 0; k < to.size[2]; ++k) {
        if (task.cancelled())
            return failCancelled();
        std::fill(sum.begin(), sum.end(), 0.0F);
        std::fill(count.begin(), count.end(), 0);
        const int last = std::min(from.size[2], (k + 1) * block[2]);
        for (int z = k * block[2]; z < last; ++z)
            for (int y = 0; y < from.size[1]; ++y) {
                const float* row = volume->voxels.data() + from.offset({0, y, z});
                const std::size_t at = static_cast<std::size_t>(y / block[1]) * static_cast<std::size_t>(to.size[0]);
                for (int x = 0; x < from.size[0]; ++x) {
                    const std::size_t cell = at + static_cast<std::size_t>(x / block[0]);
                    sum[cell] += row[x];
                    ++count[cell];
                }
            }
        float* out = reduced->voxels.data() + to.offset({0, 0, k});
        for (std::size_t n = 0; n < sum.size(); ++n)
            out[n] = sum[n] / static_cast<float>(count[n]);
    }
    return imaging::VolumePtr(std::move(reduced));
}

} // namespace sulcus::scene
