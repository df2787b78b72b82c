// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/case.h"
#include "core/imaging/label_scheme.h"
#include "core/learning/bundle.h"

#include <array>
#include <filesystem>
#include <optional>
#include <vector>

namespace sulcus::workflow {

/// How many voxels carry each label value.
std::array<std::size_t, 256> countLabels(const imaging::LabelMap& map);

/// Which numbers a mask file uses, as far as its name, its header text and its values say. `around` is the era of the
/// case it belongs to, when there is one. What decides, in this order: the header text that this program writes; a 3
/// where there is no 4 (only 2023+ has it); a value above 4 (no BraTS numbering: Plain); the case; 1 alone (Plain,
/// unless name or header text say BraTS); the file's name (`-seg`, `BraTS-GLI-`: 2023+); else 2021. Value 4 beside 3 in
/// a case of unknown era reads as a cavity (2023+).
imaging::LabelEra detectEra(const imaging::LabelMap& map, const std::filesystem::path& file,
                            std::optional<imaging::LabelEra> around = {});

/// What a case says of the masks made of it: BraTS cases their own numbering, a CT and a volume of unknown kind Plain;
/// nothing where one MRI sequence lies alone, whose mask may be either.
std::optional<imaging::LabelEra> eraAround(const imaging::Case& imagingCase);

/// Values above 0 that a numbering does not have, in order; none for Plain, where every value is itself.
std::vector<std::uint8_t> valuesOutside(const imaging::LabelMap& map, imaging::LabelEra era);

/// "2021", "2023", "plain", and the long names "brats2021", "brats2023".
std::optional<imaging::LabelEra> eraFromString(std::string_view text);

/// Does this bundle speak of BraTS regions (outputs WT, TC, ET or labels NCR, ED, ET)?
bool isBratsBundle(const learning::Bundle& bundle);

/// The targets that are measured in an era: WT, TC, ET, or Mask for Plain.
std::vector<imaging::Target> targetsOf(imaging::LabelEra era);

/// Millilitres of a target from label counts.
double targetMl(const std::array<std::size_t, 256>& counts, imaging::Target target, imaging::LabelEra era,
                const imaging::Geometry& geometry);

} // namespace sulcus::workflow
