// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/region.h"

#include <array>

namespace sulcus::anatomy {

namespace {

struct RegionRow {
    Region region;
    const char* code;
    const char* nameId;
    bool approximate;
};

constexpr std::array<RegionRow, 16> kRegions{{
    {Region::Frontal, "FRO", "region.fro", false},
    {Region::Parietal, "PAR", "region.par", false},
    {Region::Temporal, "TEM", "region.tem", false},
    {Region::Occipital, "OCC", "region.occ", false},
    {Region::Insula, "INS", "region.ins", false},
    {Region::Cingulate, "CIN", "region.cin", false},
    {Region::BasalGanglia, "BG", "region.bg", false},
    {Region::Thalamus, "THA", "region.tha", false},
    {Region::Cerebellum, "CER", "region.cer", false},
    {Region::Brainstem, "BST", "region.bst", false},
    {Region::Sellar, "SEL", "region.sel", true},
    {Region::Hypothalamus, "HYP", "region.hyp", true},
    {Region::Pineal, "PIN", "region.pin", true},
    {Region::Ventricles, "VEN", "region.ven", false},
    {Region::CorpusCallosum, "CC", "region.cc", false},
    {Region::PontineAngle, "CPA", "region.cpa", true},
}};

const RegionRow& row(Region region) { return kRegions.at(static_cast<std::size_t>(region)); }

} // namespace

std::string toString(Region region) { return row(region).code; }

std::optional<Region> regionFromString(std::string_view code) {
    for (const RegionRow& r : kRegions)
        if (code == r.code)
            return r.region;
    return std::nullopt;
}

const std::vector<Region>& allRegions() {
    static const std::vector<Region> regions = [] {
        std::vector<Region> all;
        for (const RegionRow& r : kRegions)
            all.push_back(r.region);
        return all;
    }();
    return regions;
}

std::string nameMessageId(Region region) { return row(region).nameId; }

bool isApproximate(Region region) { return row(region).approximate; }

} // namespace sulcus::anatomy
