// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/case.h"

#include <array>
#include <memory>

namespace sulcus::tests {

/// A tiny case of four sequences (30 x 20 x 10 voxels of 2 mm) with one bright box, and label maps for it.
struct Phantom {
    static imaging::Geometry grid() {
        imaging::Geometry geometry;
        geometry.size = {30, 20, 10};
        geometry.spacing = {2.0, 2.0, 2.0};
        return geometry;
    }

    /// Labels inside the box [4, 12) x [4, 12) x [2, 8): 2 outside, `core` in the inner half, `enhancing` in its shell.
    static imaging::LabelMap mask(std::uint8_t enhancing = 4) {
        imaging::LabelMap map;
        map.geometry = grid();
        map.voxels.assign(map.geometry.voxelCount(), 0);
        for (int k = 2; k < 8; ++k)
            for (int j = 4; j < 12; ++j)
                for (int i = 4; i < 12; ++i) {
                    const bool inner = i >= 6 && i < 10 && j >= 6 && j < 10 && k >= 4 && k < 6;
                    const bool middle = inner && i >= 7 && i < 9 && j >= 7 && j < 9;
                    map.voxels[map.geometry.offset({i, j, k})] = middle ? 1 : inner ? enhancing : 2;
                }
        return map;
    }

    static std::shared_ptr<imaging::Case> makeCase() {
        auto made = std::make_shared<imaging::Case>();
        made->files.id = "Phantom_001";
        made->files.folder = "/phantom";
        for (const auto sequence :
             {imaging::Sequence::Flair, imaging::Sequence::T1, imaging::Sequence::T1ce, imaging::Sequence::T2}) {
            auto volume = std::make_shared<imaging::Volume>();
            volume->geometry = grid();
            volume->voxels.assign(volume->geometry.voxelCount(), 100.0F);
            made->volumes.push_back({sequence, volume});
        }
        return made;
    }
};

} // namespace sulcus::tests
