// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"
#include "core/workflow/demo/template_brain.h"
#include "core/workflow/demo/tumour_growth.h"

#include <array>

namespace sulcus::workflow {

enum class Contrast { Flair, T1, T1ce, T2 };
inline constexpr std::array<Contrast, 4> kContrasts{Contrast::Flair, Contrast::T1, Contrast::T1ce, Contrast::T2};

/// Things in a brain that look bright or dark without being tumour: shared by the four contrasts, so that they agree.
struct Distractors {
    std::vector<float> lesion;  ///< share of a white matter lesion
    std::vector<float> vessel;  ///< share of a vessel, sinus or enhancing membrane
    std::vector<float> choroid; ///< share of choroid plexus
};
Distractors makeDistractors(const Brain& brain, const Tumour& tumour, Dice& dice);

/// One MRI contrast of the brain: whole numbers of at least 1 inside, exactly 0 outside. `seed` decides noise, bias and
/// texture.
imaging::Volume makeContrast(Contrast contrast, const Brain& brain, const Tumour& tumour,
                             const Distractors& distractors, std::uint64_t seed);

} // namespace sulcus::workflow
