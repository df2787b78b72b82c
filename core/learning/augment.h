// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/cache.h"
#include "core/learning/random.h"

#include <array>
#include <vector>

namespace sulcus::learning {

/// How training pieces vary. Probabilities 0..1; everything 0 gives plain crops.
struct Augmentation {
    double flip = 0.5;            ///< of each in-plane axis named in `flipAxes`
    std::vector<int> flipAxes{2}; ///< 0 = depth, 1 = height, 2 = width (left-right)
    double rotate = 0.5;          ///< a rotation about a random axis (2-D: about the depth axis)
    double rotateDegrees = 20.0;
    double scale = 0.5;
    double scaleLow = 0.8;
    double scaleHigh = 1.25;
    double shift = 0.0;           ///< at most so much of the piece's size, per axis (not along depth in 2-D)
    double mirrorHalf = 0.0;      ///< 2-D: see `mirroredHalf`
    double window = 0.0;          ///< a new grey window, see `drawWindow`
    double windowDarkest = -0.5;  ///< lower end: from here ...
    double windowDark = 0.15;     ///< ... to here
    double windowBright = 0.85;   ///< upper end: from here ...
    double windowBrightest = 3.0; ///< ... to here
    double contrast = 0.6;        ///< z * U(1 - r, 1 + r) + U(-s, s), per channel
    double contrastRange = 0.3;
    double brightnessRange = 0.3;
    double gamma = 0.3; ///< on the piece's own range, exponent from gammaLow to gammaHigh
    double gammaLow = 0.7;
    double gammaHigh = 1.5;
    double curve =
        0.0; ///< a random rising curve of broken lines maps the values, per channel (other scanners' contrast)
    double curveSlope = 2.0; ///< its steepest and, as 1 / this, its flattest piece
    double mix = 0.0; ///< each channel gets a little of the others: sequences are weighted otherwise on other scanners
    double mixRange = 0.2;  ///< the largest share of another channel, added or taken away
    double bias = 0.0;      ///< a smooth field over the piece, linear and quadratic: uneven coils
    double biasRange = 0.6; ///< its largest addition, in units of the values
    double noise = 0.2;
    double noiseDeviation = 0.15;
    double blur = 0.15;
    double blurSigma = 1.0; ///< voxels, at most
    double lowResolution = 0.15;
    double fade = 0.0;               ///< what is labelled differs less from the rest, see `drawPiece`
    double fadeLeast = 0.3;          ///< the smallest share of the difference that is left, per channel from here to 1
    double transplant = 0.0;         ///< another sample's labelled tissue is put into this one (whole images only)
    double dropOne = 0.25;           ///< one random channel becomes 0 everywhere
    double dropTwo = 0.05;           ///< two of them (needs at least three channels)
    std::vector<double> dropWeights; ///< how often each channel is the dropped one, relative; empty: all alike
    /// Exact 0 stays 0 (skull-stripped MRI); false: it is a value like any other (air in a CT).
    bool keepBackground = true;
};

/// A training piece: image [C, D, H, W] and label values [D, H, W] on the same voxels; 255 = ignore.
struct Piece {
    std::vector<float> image;
    std::vector<unsigned char> labels;
};

/// Where the pieces of one sample may be centred: the voxels of each output, found once.
struct ForegroundIndex {
    std::vector<std::vector<int>> voxels; ///< per output, linear index into the label map
};
ForegroundIndex foregroundIndex(const LabelField& labels, const std::vector<OutputSpec>& outputs);

/// A centre (d, h, w, in voxels): with probability `foregroundShare` on a random voxel of a random output that the
/// sample has, else anywhere where the piece lies inside the sample as far as it fits.
std::array<double, 3> drawCentre(const CacheSample& sample, const ForegroundIndex& foreground, double foregroundShare,
                                 const std::array<int, 3>& shape, Random& random);

/// Where a transplanted lesion comes from; no sample, no transplant.
struct Donor {
    const CacheSample* sample = nullptr;
    std::array<double, 3> centre{}; ///< d, h, w in the donor's voxels
};

/// Which channels a sequence drop empties this time: none, one or two different ones.
std::vector<int> drawDropped(const Augmentation& how, int channels, Random& random);

/// Cuts a piece of `shape` (d, h, w) around `centre`, moved, turned, mirrored and recoloured as `how` says. Image and
/// labels go through one transform (linear and nearest), so they stay aligned. What lies outside a whole image is
/// background (0, label 0); outside a piece it is unknown (0, label 255). All randomness comes from `random`.
///
/// A `donor` with a sample gives the piece a second lesion: what lies labelled around the donor's centre, turned and
/// scaled on its own, replaces the tissue at the same place of the piece, labels included. Background stays background.
/// After the idea of Zhang et al. 2021, "CarveMix".
///
/// `fade` draws what is labelled towards the mean of the unlabelled image around it, each channel by a share of its own
/// and over a soft edge: lesions that stand out less than those at hand, as other scanners show them.
Piece drawPiece(const CacheSample& sample, const std::array<double, 3>& centre, const std::array<int, 3>& shape,
                const Augmentation& how, Random& random, const Donor& donor = {});

/// Reads the plan's "augmentation" object. Throws FieldError.
Augmentation parseAugmentation(const JsonFields& fields);

} // namespace sulcus::learning
