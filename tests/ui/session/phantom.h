// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/case.h"

#include <cmath>
#include <memory>

namespace sulcus::test {

/// A small case: four ellipsoids as brain, a ball of `radius` voxels as tumour in the truth.
inline std::shared_ptr<const imaging::Case> phantomCase(std::array<int, 3> size = {48, 56, 40}, int radius = 8,
                                                        std::string id = "phantom") {
    imaging::Geometry grid;
    grid.size = size;
    auto truth = std::make_shared<imaging::LabelMap>();
    truth->geometry = grid;
    truth->voxels.assign(grid.voxelCount(), 0);
    auto made = std::make_shared<imaging::Case>();
    made->files.id = std::move(id);
    made->files.folder = "/phantom";
    made->files.era = imaging::LabelEra::Brats2021;
    const imaging::VoxelIndex middle{size[0] * 3 / 5, size[1] / 2, size[2] / 2};
    int weight = 1;
    for (const imaging::Sequence sequence :
         {imaging::Sequence::Flair, imaging::Sequence::T1, imaging::Sequence::T1ce, imaging::Sequence::T2}) {
        auto volume = std::make_shared<imaging::Volume>();
        volume->geometry = grid;
        volume->voxels.assign(grid.voxelCount(), 0.0F);
        for (int k = 0; k < size[2]; ++k)
            for (int j = 0; j < size[1]; ++j)
                for (int i = 0; i < size[0]; ++i) {
                    const double x = (i - size[0] / 2.0) / (size[0] * 0.45);
                    const double y = (j - size[1] / 2.0) / (size[1] * 0.45);
                    const double z = (k - size[2] / 2.0) / (size[2] * 0.45);
                    if (x * x + y * y + z * z > 1.0)
                        continue;
                    const double r = std::hypot(i - middle.i, j - middle.j, k - middle.k);
                    const bool tumour = r <= radius;
                    volume->voxels[grid.offset({i, j, k})] = static_cast<float>(
                        100 * weight + 20.0 * std::sin(i * 0.7) * std::cos(j * 0.5) + (tumour ? 150 : 0));
                    if (tumour)
                        truth->voxels[grid.offset({i, j, k})] =
                            static_cast<std::uint8_t>(r < radius * 0.4 ? 1 : (r < radius * 0.6 ? 4 : 2));
                }
        made->volumes.push_back({sequence, volume});
        ++weight;
    }
    made->truth = truth;
    return made;
}

} // namespace sulcus::test
