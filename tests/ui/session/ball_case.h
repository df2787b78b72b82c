// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/case.h"
#include "core/workflow/workflow.h"

#include <array>
#include <cmath>
#include <memory>
#include <numbers>
#include <string>

namespace sulcus::test {

inline constexpr double kBallMm = 12.0;
inline constexpr std::array<double, 3> kSpacing{1.0, 1.25, 2.0};
inline const imaging::VoxelIndex kMiddle{25, 20, 15};

inline double mmFromMiddle(int i, int j, int k) {
    return std::hypot((i - kMiddle.i) * kSpacing[0], (j - kMiddle.j) * kSpacing[1], (k - kMiddle.k) * kSpacing[2]);
}

/// A bright ball of 12 mm in a dark box, and a second one of 4 mm joined to nothing.
inline std::shared_ptr<const imaging::Case> ballCase() {
    imaging::Geometry grid;
    grid.size = {50, 44, 30};
    grid.spacing = kSpacing;
    auto volume = std::make_shared<imaging::Volume>();
    volume->geometry = grid;
    volume->voxels.assign(grid.voxelCount(), 20.0F);
    auto truth = std::make_shared<imaging::LabelMap>();
    truth->geometry = grid;
    truth->voxels.assign(grid.voxelCount(), 0);
    for (int k = 0; k < grid.size[2]; ++k)
        for (int j = 0; j < grid.size[1]; ++j)
            for (int i = 0; i < grid.size[0]; ++i)
                if (mmFromMiddle(i, j, k) <= kBallMm) {
                    volume->voxels[grid.offset({i, j, k})] = 100.0F;
                    truth->voxels[grid.offset({i, j, k})] = mmFromMiddle(i, j, k) <= 6.0 ? 4 : 2;
                } else if (std::hypot(i - 5.0, (j - 5) * 1.25, (k - 4) * 2.0) <= 4.0) {
                    volume->voxels[grid.offset({i, j, k})] = 100.0F;
                }
    auto made = std::make_shared<imaging::Case>();
    made->files.id = "ball";
    made->files.folder = "/ball";
    made->files.era = imaging::LabelEra::Brats2021;
    made->volumes.push_back({imaging::Sequence::Flair, volume});
    auto other = std::make_shared<imaging::Volume>(*volume);
    made->volumes.push_back({imaging::Sequence::T1, other});
    made->truth = truth;
    return made;
}

/// A network that is sure of the ball, knows its core, and half saw the small one.
inline workflow::SegmentationResult ballAnswer(const imaging::Case& imagingCase) {
    workflow::SegmentationResult result;
    result.mask = imagingCase.truth;
    result.bundleName = "brain-tumour";
    for (const char* const name : {"WT", "TC", "ET"}) {
        auto probability = std::make_shared<imaging::Volume>(*imagingCase.volumes.front().volume);
        const imaging::Geometry& grid = probability->geometry;
        for (int k = 0; k < grid.size[2]; ++k)
            for (int j = 0; j < grid.size[1]; ++j)
                for (int i = 0; i < grid.size[0]; ++i) {
                    const double small = std::hypot(i - 5.0, (j - 5) * 1.25, (k - 4) * 2.0);
                    const double radius = std::string(name) == "WT" ? kBallMm : 6.0;
                    probability->voxels[grid.offset({i, j, k})] = mmFromMiddle(i, j, k) <= radius             ? 0.95F
                                                                  : small <= 4.0 && std::string(name) == "WT" ? 0.3F
                                                                                                              : 0.01F;
                }
        result.probabilities.push_back(probability);
        result.probabilityNames.emplace_back(name);
    }
    return result;
}

inline constexpr double kPi = std::numbers::pi;
inline const double kBallMl = 4.0 / 3.0 * kPi * kBallMm * kBallMm * kBallMm / 1000.0;
/// A voxelised shape differs from the true one by less than its surface times half a voxel's diagonal.
inline double voxelBoundMl(double radiusMm) {
    return 4.0 * kPi * radiusMm * radiusMm * std::hypot(kSpacing[0], kSpacing[1], kSpacing[2]) / 2.0 / 1000.0;
}

} // namespace sulcus::test
