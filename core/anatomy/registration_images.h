// SPDX-License-Identifier: Apache-2.0
#pragma once

// Inside of core/anatomy: the averaged images and masks on which both registrations work, and how their fit is
// measured. Knows ITK; only the registrations include it.

#include "core/anatomy/registration.h"

#include <itkImage.h>
#include <itkImageMaskSpatialObject.h>

#include <array>
#include <functional>

namespace sulcus::anatomy {

using FloatImage = itk::Image<float, 3>;
using MaskImage = itk::Image<unsigned char, 3>;
using MaskObject = itk::ImageMaskSpatialObject<3>;

/// A volume averaged over blocks of voxels, so that its grid is near `mm`.
struct Blocks {
    std::array<int, 3> factor{1, 1, 1};
    imaging::Geometry geometry;

    Blocks(const imaging::Geometry& g, double mm);

    /// Calls `visit(block offset, voxel offset)` for each voxel that lies in a block.
    template <typename Visit>
    void each(const imaging::Geometry& g, Visit visit) const {
        for (int k = 0; k < geometry.size[2] * factor[2]; ++k)
            for (int j = 0; j < geometry.size[1] * factor[1]; ++j) {
                const std::size_t row = geometry.offset({0, j / factor[1], k / factor[2]});
                const std::size_t from = g.offset({0, j, k});
                for (int i = 0; i < geometry.size[0] * factor[0]; ++i)
                    visit(row + static_cast<std::size_t>(i / factor[0]), from + static_cast<std::size_t>(i));
            }
    }
};

template <typename Image>
typename Image::Pointer makeImage(const imaging::Geometry& g) {
    auto image = Image::New();
    typename Image::RegionType region;
    typename Image::SpacingType spacing;
    typename Image::PointType origin;
    typename Image::DirectionType direction;
    for (unsigned axis = 0; axis < 3; ++axis) {
        region.SetSize(axis, static_cast<itk::SizeValueType>(g.size[axis]));
        spacing[axis] = g.spacing[axis];
        origin[axis] = g.origin[axis];
        for (unsigned column = 0; column < 3; ++column)
            direction[axis][column] = g.direction[3 * axis + column];
    }
    image->SetRegions(region);
    image->SetSpacing(spacing);
    image->SetOrigin(origin);
    image->SetDirection(direction);
    image->Allocate(true);
    return image;
}

/// Brightness from 0 to 1 of nearly all voxels, averaged.
FloatImage::Pointer averaged(const imaging::Volume& volume, const Blocks& blocks);

/// 1 where the case may speak: everywhere but in the tumour (null: none) and its rim.
MaskImage::Pointer speakingPart(const imaging::LabelMap* tumour, const Blocks& blocks);

/// 1 in the template's brain, with `rimMm` of the background around it.
MaskImage::Pointer templatePart(const imaging::Volume& brain, const Blocks& blocks, double rimMm);

MaskObject::Pointer maskObject(MaskImage* image);

/// Template point (LPS mm) -> point of the case (LPS mm).
using ToCase = std::function<imaging::WorldPoint(imaging::WorldPoint)>;

/// Mutual information in bits of the two images over the template's brain, the tumour left out; 32 x 32 bins.
double mutualInformation(const FloatImage& fixed, const imaging::Geometry& f, const FloatImage& moving,
                         const imaging::Geometry& m, const MaskImage& speaking, const ToCase& toCase);

/// What a fit is worth. A head with its skull (`stripped` false) has no outline of the brain to check, so more is asked
/// of the rest.
bool isReliableFit(bool stripped, double brainDice, double bits);

std::string twoDigits(double value);

/// Finer than this no registration here gains anything, and it costs eight times the time.
inline constexpr double kGridMm = 2.0;
/// In skull-stripped cases a rim of background is taken in: the outline guides.
inline constexpr double kBrainRimMm = 6.0;

} // namespace sulcus::anatomy
