// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/atlas.h"
#include "core/anatomy/deformation.h"
#include "core/imaging/case.h"

#include <array>
#include <memory>
#include <optional>
#include <string>

namespace sulcus::anatomy {

/// The space a case lies in, as recognised from its grid and brain.
enum class Space { Sri24, Mni, Native, Unknown };
std::string toString(Space space); ///< "sri24", "mni", "native", "unknown"

/// Case world (LPS mm) -> template world (LPS mm): y = matrix * x + offset, matrix row-major.
struct AffineTransform {
    std::array<double, 9> matrix{1, 0, 0, 0, 1, 0, 0, 0, 1};
    std::array<double, 3> offset{0, 0, 0};
    imaging::WorldPoint apply(imaging::WorldPoint point) const;
    AffineTransform inverse() const;
};

/// How a case was brought to the template.
struct TemplateAlignment {
    Space space = Space::Unknown;
    std::string method;         ///< "fixed", "registered", "deformable", "none"
    AffineTransform toTemplate; ///< the whole of it, but for "deformable"
    double brainDice = 0.0;     ///< overlap of the case's brain with the template's under this transform
    bool reliable = false;      ///< false: the place is only a hint, and said to be so
    std::vector<Message> notes;
    double mutualInformation = 0.0; ///< of case and template inside the brain, bits; 0 when it was not measured
    /// Only for "deformable" (else null): bends the template to this brain as `toTemplate` has brought it there.
    std::shared_ptr<const Deformation> deformation = nullptr;

    /// Known at all: the method is not "none".
    bool isKnown() const { return method == "fixed" || method == "registered" || method == "deformable"; }
    /// LPS mm of the case -> LPS mm of the template: the affine, then the deformation undone. `near`, a template point
    /// that lies close to the answer, makes that quicker.
    imaging::WorldPoint templatePoint(imaging::WorldPoint casePoint,
                                      std::optional<imaging::WorldPoint> near = std::nullopt) const;
    /// The other way, LPS mm: the deformation, then the affine undone.
    imaging::WorldPoint casePoint(imaging::WorldPoint templatePoint) const;
};

/// The fixed transform that a grid alone suggests (SRI24-era BraTS, whole or resampled to another size, or MNI);
/// empty for any other grid. The brain is not looked at: `brainDice` is 0 and `reliable` false.
std::optional<TemplateAlignment> alignmentFromGrid(const imaging::Geometry& grid);

/// Overlap (Dice) of the case's brain, its non-zero voxels, with the template's brain under `toTemplate`; sampled every
/// 4 mm, milliseconds. Only means something for skull-stripped cases.
double brainOverlap(const imaging::Case& imagingCase, const Atlas& atlas, const AffineTransform& toTemplate);
/// The same under the whole alignment, its deformation included.
double brainOverlap(const imaging::Case& imagingCase, const Atlas& atlas, const TemplateAlignment& alignment);

/// Does the case show the brain alone (background exactly 0, volume of a brain)?
bool isSkullStripped(const imaging::Case& imagingCase);

/// Recognises the space and gives the fixed transform at once (milliseconds).
TemplateAlignment fixedAlignment(const imaging::Case& imagingCase, const Atlas& atlas);

/// Registers the case itself (affine, multi-resolution, voxels of `tumour` left out of the metric; null = none). Starts
/// from the fixed transform or from the outlines of the brains, whichever overlaps better. `tumour` may be any label
/// map on the case's grid; every non-zero voxel is left out. A head with its skull is registered too; its brain overlap
/// cannot be measured, so `brainDice` is then 0 and the mutual information alone decides.
/// Thread: a worker. Under 10 s on two cores. Cancel polled every iteration. Errors: Cancelled, Unsupported (refused:
/// poor overlap, no orientation, a single slice), ShapeMismatch (`tumour` on another grid), Internal.
Result<TemplateAlignment> registerToTemplate(const imaging::Case& imagingCase, const imaging::LabelMap* tumour,
                                             const Atlas& atlas, const TaskContext& task);

/// Registers as above, then bends: a cubic B-spline over control points 48 mm, then 24 mm apart, mutual information
/// with the tumour left out, L-BFGS-B, a penalty on sharp bends and bounds that keep neighbours in their order. The
/// answer is what `withDeformation` makes of it.
/// Thread: a worker. Under a minute on two cores. Cancel polled at every evaluation of the metric. Errors: those of
/// `registerToTemplate`.
/// Source: Rueckert et al. 1999, "Nonrigid registration using free-form deformations"; bounds: Choi & Lee 2000.
Result<TemplateAlignment> registerDeformably(const imaging::Case& imagingCase, const imaging::LabelMap* tumour,
                                             const Atlas& atlas, const TaskContext& task);

/// `affine` (method "registered") with `deformation`, measured anew, or `affine` itself with a note that says why not:
/// the deformation folds in the brain, cannot be undone there, or overlap or shared information fall below the
/// affine's.
TemplateAlignment withDeformation(const imaging::Case& imagingCase, const imaging::LabelMap* tumour,
                                  const TemplateAlignment& affine, const Deformation& deformation, const Atlas& atlas);

/// Least determinant of the deformation's derivative over the template's brain, every 2 mm: 0 and below is a fold.
double smallestStretch(const Deformation& deformation, const Atlas& atlas);

/// The place of a point of the case (LPS mm), for the status line as the mouse moves: a few arithmetic steps. Empty
/// when the case is not aligned or the point lies outside the brain.
std::optional<Place> placeAt(imaging::WorldPoint casePoint, const TemplateAlignment& alignment, const Atlas& atlas);

} // namespace sulcus::anatomy
