// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/side.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sulcus::anatomy {

/// The places that the knowledge tables and the atlas speak of. Codes are the three-letter (or two-letter) ones of the
/// tables.
enum class Region {
    Frontal,        ///< FRO
    Parietal,       ///< PAR
    Temporal,       ///< TEM, hippocampus and amygdala included
    Occipital,      ///< OCC
    Insula,         ///< INS
    Cingulate,      ///< CIN
    BasalGanglia,   ///< BG
    Thalamus,       ///< THA
    Cerebellum,     ///< CER
    Brainstem,      ///< BST
    Sellar,         ///< SEL, approximate box
    Hypothalamus,   ///< HYP, approximate box
    Pineal,         ///< PIN, approximate box
    Ventricles,     ///< VEN
    CorpusCallosum, ///< CC
    PontineAngle,   ///< CPA, approximate box
};

/// "FRO", "PAR", ...
std::string toString(Region region);
std::optional<Region> regionFromString(std::string_view code);
const std::vector<Region>& allRegions();
/// Message id of the region's name, "region.fro".
std::string nameMessageId(Region region);
/// True for regions that the atlas only knows as a box: said wherever they are shown.
bool isApproximate(Region region);

} // namespace sulcus::anatomy
