// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sulcus::imaging {

/// Which numbers a BraTS file uses. Value 4 means enhancing tumour up to 2021 and resection cavity after treatment.
enum class LabelEra {
    Brats2021, ///< 1 necrotic/non-enhancing core, 2 oedema, 4 enhancing (2017-2021)
    Brats2023, ///< 1 core, 2 surrounding, 3 enhancing, 4 resection cavity (2023 on)
    Plain      ///< no BraTS meaning: every non-zero label is simply itself (CT organs, binary masks)
};
std::string toString(LabelEra era); ///< "brats2021", "brats2023", "plain"

/// The nested regions that BraTS measures. `Mask` is every non-zero voxel (any label map).
enum class Target { WholeTumour, TumourCore, EnhancingTumour, Mask };
std::string toString(Target target); ///< "WT", "TC", "ET", "mask"

struct LabelDefinition {
    std::uint8_t value = 0;
    std::string code;                     ///< "NCR", "ED", "ET", "CAV", "lung_left", ...
    std::string messageId;                ///< sentence catalogue id of its name, "label.ncr"
    std::array<std::uint8_t, 3> colour{}; ///< default colour, apart under colour blindness (Okabe & Ito 2008)
};

std::optional<LabelEra> eraFromString(std::string_view text);
std::optional<Target> targetFromString(std::string_view text);

/// The labels of a scheme in display order.
std::vector<LabelDefinition> labelDefinitions(LabelEra era);
/// Does `value` belong to `target`? The cavity of 2023+ belongs to none.
bool belongsTo(std::uint8_t value, Target target, LabelEra era);
std::uint8_t enhancingValue(LabelEra era);
/// What the values themselves say: a 3 means 2023 on, a 4 without a 3 up to 2021, any value above 4 plain; empty when
/// they do not tell (only 0, 1 and 2).
std::optional<LabelEra> detectEra(const LabelMap& map);
/// Translates 3 <-> 4 for the enhancing label; other values stay.
LabelMap convertEra(const LabelMap& map, LabelEra from, LabelEra to);

} // namespace sulcus::imaging
