// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/atlas_data.h"
#include "core/anatomy/nearest_source.h"
#include "core/imaging/brats_space.h"
#include "core/imaging/image_io.h"
#include "core/imaging/resample.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <tuple>

namespace sulcus::anatomy {

namespace {

using imaging::LabelMap;
using imaging::Volume;

// The T1 template's own scale: fluid stays under 50, grey matter lies near 85, white matter near 108.
constexpr float kFluidBelow = 60.0F;
constexpr float kPartialFluidBelow = 80.0F;
constexpr float kWhiteAbove = 85.0F;

/// How far a deep structure may grow into unlabelled white matter, mm. Beyond that the white matter belongs to a lobe.
constexpr float kDeepReachMm = 6.0F;
constexpr float kInnerCortexReachMm = 4.0F; // insula and cingulate gyrus
constexpr float kCallosumReachMm = 3.0F;

constexpr std::uint8_t kCallosumGenu = 3, kCallosumBody = 4, kCallosumSplenium = 5;

/// A voxel's place in the axes that atlases are written in: right, anterior, superior, mm.
struct Ras {
    int x = 0;
    int y = 0;
    int z = 0;
    int lateral() const { return std::abs(x); }
};

struct Box {
    int lateralFrom, lateralTo, yFrom, yTo, zFrom, zTo;
    bool contains(Ras p) const {
        return p.lateral() >= lateralFrom && p.lateral() <= lateralTo && p.y >= yFrom && p.y <= yTo && p.z >= zFrom &&
               p.z <= zTo;
    }
};

// Where fluid is ventricle and not sulcus or cistern, read off the template.
constexpr std::array<Box, 4> kLateralVentricle{{
    {2, 26, -32, 38, -3, 32},   // frontal horn and body
    {12, 26, -60, -32, -3, 32}, // body, beside the cisterns under the splenium
    {8, 40, -84, -26, 16, 28},  // trigone, occipital horn above
    {14, 40, -84, -26, -12, 16} // trigone, occipital horn beside the cisterns
}};
constexpr Box kTemporalHorn{22, 40, -44, -8, -24, 0};
constexpr Box kThirdVentricle{0, 5, -30, 2, -9, 14};
constexpr Box kFourthVentricle{0, 14, -58, -32, -48, -20};

// Structures without a label anywhere: boxes, and called approximate wherever they are shown.
constexpr Box kPineal{0, 5, -38, -25, -4, 6};
constexpr Box kHypothalamus{0, 7, -14, 4, -17, -4};
constexpr Box kSellar{0, 12, -6, 16, -40, -13};
constexpr Box kPontineAngle{10, 26, -46, -18, -44, -22};

/// Outline of the brainstem at one height: back, front and half width, mm.
struct StemSlice {
    double z, back, front, halfWidth;
};
constexpr std::array<StemSlice, 14> kStem{{{-71, -52, -30, 11},
                                           {-60, -50, -28, 11},
                                           {-52, -48, -24, 12},
                                           {-48, -47, -16, 13},
                                           {-44, -46, -10, 16},
                                           {-38, -45, -8, 18},
                                           {-32, -42, -8, 19},
                                           {-26, -40, -8, 18},
                                           {-22, -39, -8, 18},
                                           {-18, -38, -8, 18},
                                           {-12, -38, -8, 19},
                                           {-6, -38, -14, 16},
                                           {-2, -38, -22, 12},
                                           {0, -38, -24, 10}}};

bool insideStem(Ras p) {
    if (p.z > kStem.back().z || (p.y < -30 && p.z > -4))
        return false; // above the colliculi lies the pineal region
    std::size_t upper = 1;
    while (upper + 1 < kStem.size() && kStem[upper].z < p.z)
        ++upper;
    const StemSlice& a = kStem[upper - 1];
    const StemSlice& b = kStem[upper];
    const double t = std::clamp((p.z - a.z) / (b.z - a.z), 0.0, 1.0);
    const double back = a.back + t * (b.back - a.back);
    const double front = a.front + t * (b.front - a.front);
    const double halfWidth = a.halfWidth + t * (b.halfWidth - a.halfWidth);
    if (p.lateral() > halfWidth || p.y < back || p.y > front)
        return false;
    // A little fuller than an ellipse: the peduncles and the pons have shoulders.
    const double u = p.x / halfWidth;
    const double v = (p.y - (back + front) / 2.0) / ((front - back) / 2.0);
    return u * u + v * v <= 1.35;
}

const char* stemPart(Ras p) { return p.z >= -20 ? "Midbrain" : p.z >= -47 ? "Pons" : "Medulla"; }

struct SourceLabel {
    std::string name; ///< without its side
    Region region = Region::Frontal;
};

bool startsWith(const std::string& text, std::string_view prefix) {
    return text.compare(0, prefix.size(), prefix) == 0;
}

/// Which region an AAL structure belongs to. What is not listed is frontal: the paracentral lobule too, which carries
/// the leg's motor strip.
///
/// Where no groove parts two lobes AAL cuts with a plane: behind the Sylvian fissure the temporal lobe ends level, at
/// z = 24 mm, and pictures show that edge. It is the atlas' convention, so it stays.
Region regionOfStructure(const std::string& name) {
    static const std::array<std::pair<std::string_view, Region>, 24> prefixes{{
        {"Cerebelum", Region::Cerebellum},  {"Vermis", Region::Cerebellum},      {"Cingulum", Region::Cingulate},
        {"Insula", Region::Insula},         {"Hippocampus", Region::Temporal},   {"ParaHippocampal", Region::Temporal},
        {"Amygdala", Region::Temporal},     {"Fusiform", Region::Temporal},      {"Heschl", Region::Temporal},
        {"Temporal", Region::Temporal},     {"Calcarine", Region::Occipital},    {"Cuneus", Region::Occipital},
        {"Lingual", Region::Occipital},     {"Occipital", Region::Occipital},    {"Postcentral", Region::Parietal},
        {"Parietal", Region::Parietal},     {"SupraMarginal", Region::Parietal}, {"Angular", Region::Parietal},
        {"Precuneus", Region::Parietal},    {"Caudate", Region::BasalGanglia},   {"Putamen", Region::BasalGanglia},
        {"Pallidum", Region::BasalGanglia}, {"Thalamus", Region::Thalamus},      {"Olfactory", Region::Frontal},
    }};
    for (const auto& [prefix, region] : prefixes)
        if (startsWith(name, prefix))
            return region;
    return Region::Frontal;
}

Result<std::map<int, SourceLabel>> readStructureNames(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::map<int, SourceLabel> labels;
    std::string line;
    while (std::getline(in, line)) {
        std::istringstream words(line);
        int value = 0;
        std::string name;
        if (!(words >> value >> name) || value < 1 || value > 255)
            continue;
        if (name.size() > 2 && (name.ends_with("_L") || name.ends_with("_R")))
            name.resize(name.size() - 2);
        labels[value] = {name, regionOfStructure(name)};
    }
    if (labels.size() < 100)
        return fail(ErrorCode::Unreadable, "anatomy.template_unexpected", {{"file", file.string()}},
                    "too few structure names");
    return labels;
}

const char* callosumPart(std::uint8_t tract) {
    return tract == kCallosumGenu   ? "Genu_of_corpus_callosum"
           : tract == kCallosumBody ? "Body_of_corpus_callosum"
                                    : "Splenium_of_corpus_callosum";
}

bool isCallosum(std::uint8_t tract) { return tract >= kCallosumGenu && tract <= kCallosumSplenium; }

/// Names of the JHU tracts that run through the brainstem.
std::string stemTract(std::uint8_t tract) {
    switch (tract) {
    case 1:
        return "Middle_cerebellar_peduncle";
    case 2:
        return "Pontine_crossing_tract";
    case 7:
    case 8:
        return "Corticospinal_tract";
    case 9:
    case 10:
        return "Medial_lemniscus";
    case 11:
    case 12:
        return "Inferior_cerebellar_peduncle";
    case 13:
    case 14:
        return "Superior_cerebellar_peduncle";
    case 15:
    case 16:
        return "Cerebral_peduncle";
    default:
        return {};
    }
}

/// Builds the maps; one object per build, holding the sources while it works.
class Builder {
public:
    Builder(Volume brain, LabelMap structures, LabelMap tracts, LabelMap cyto, std::map<int, SourceLabel> names)
        : m_template(std::move(brain)),
          m_structures(std::move(structures)),
          m_tracts(std::move(tracts)),
          m_cyto(std::move(cyto)),
          m_names(std::move(names)),
          m_geometry(m_template.geometry),
          m_count(m_geometry.voxelCount()) {}

    Result<AtlasData> build(const TaskContext& task) {
        cleanBrain();
        task.report(0.1);
        carveVentricles();
        carveStem();
        if (task.cancelled())
            return failCancelled();
        task.report(0.2);
        assignLabels();
        assignBoxes();
        if (!fillGaps(task))
            return failCancelled();
        assignAreas();
        task.report(1.0);
        return finish();
    }

private:
    Ras ras(std::size_t n) const {
        const auto ni = static_cast<std::size_t>(m_geometry.size[0]);
        const auto nj = static_cast<std::size_t>(m_geometry.size[1]);
        return {static_cast<int>(-(m_geometry.origin[0] + static_cast<double>(n % ni))),
                static_cast<int>(-(m_geometry.origin[1] + static_cast<double>(n / ni % nj))),
                static_cast<int>(m_geometry.origin[2] + static_cast<double>(n / (ni * nj)))};
    }
    /// Left means LPS x > 0; the midline column itself is given to the right.
    static Side sideOf(Ras p) { return p.x < 0 ? Side::Left : Side::Right; }

    template <typename Visit>
    void eachNeighbour(std::size_t n, Visit visit) const {
        const auto ni = static_cast<std::size_t>(m_geometry.size[0]);
        const auto nj = static_cast<std::size_t>(m_geometry.size[1]);
        const std::size_t i = n % ni;
        const std::size_t j = n / ni % nj;
        const std::size_t k = n / (ni * nj);
        if (i > 0)
            visit(n - 1);
        if (i + 1 < ni)
            visit(n + 1);
        if (j > 0)
            visit(n - ni);
        if (j + 1 < nj)
            visit(n + ni);
        if (k > 0)
            visit(n - ni * nj);
        if (k + 1 < static_cast<std::size_t>(m_geometry.size[2]))
            visit(n + ni * nj);
    }

    /// Clears pieces (6-neighbourhood) smaller than `least` voxels, or all but the largest when `least` is 0.
    void keepPieces(std::vector<std::uint8_t>& mask, std::size_t least) const {
        std::vector<std::uint8_t> seen(m_count, 0);
        std::vector<std::vector<std::size_t>> pieces;
        for (std::size_t n = 0; n < m_count; ++n) {
            if (!mask[n] || seen[n])
                continue;
            std::vector<std::size_t> piece{n};
            seen[n] = 1;
            for (std::size_t at = 0; at < piece.size(); ++at)
                eachNeighbour(piece[at], [&](std::size_t m) {
                    if (mask[m] && !seen[m]) {
                        seen[m] = 1;
                        piece.push_back(m);
                    }
                });
            pieces.push_back(std::move(piece));
        }
        std::size_t largest = 0;
        for (const auto& piece : pieces)
            largest = std::max(largest, piece.size());
        for (const auto& piece : pieces)
            if (piece.size() < (least == 0 ? largest : least))
                for (const std::size_t n : piece)
                    mask[n] = 0;
    }

    /// The skull-stripped template trails threads of dura: what falls off under an erosion by one voxel is not brain.
    void cleanBrain() {
        std::vector<std::uint8_t> core(m_count, 0);
        for (std::size_t n = 0; n < m_count; ++n) {
            bool deep = m_template.voxels[n] > 0.0F;
            if (deep)
                eachNeighbour(n, [&](std::size_t m) { deep = deep && m_template.voxels[m] > 0.0F; });
            core[n] = deep;
        }
        keepPieces(core, 0);
        m_brain = core;
        for (std::size_t n = 0; n < m_count; ++n)
            if (core[n])
                eachNeighbour(n, [&](std::size_t m) {
                    if (m_template.voxels[m] > 0.0F)
                        m_brain[m] = 1;
                });
    }

    bool unlabelled(std::size_t n) const { return m_structures.voxels[n] == 0; }
    Region structureRegion(std::size_t n) const {
        const auto found = m_names.find(m_structures.voxels[n]);
        return found == m_names.end() ? Region::Frontal : found->second.region;
    }
    bool isDeepGrey(std::size_t n) const {
        return !unlabelled(n) && (structureRegion(n) == Region::BasalGanglia || structureRegion(n) == Region::Thalamus);
    }
    bool isCerebellum(std::size_t n) const { return !unlabelled(n) && structureRegion(n) == Region::Cerebellum; }

    void carveVentricles() {
        std::vector<std::uint8_t> lateral(m_count, 0);
        std::vector<std::uint8_t> third(m_count, 0);
        std::vector<std::uint8_t> fourth(m_count, 0);
        for (std::size_t n = 0; n < m_count; ++n) {
            if (!m_brain[n] || m_template.voxels[n] >= kFluidBelow)
                continue;
            const Ras p = ras(n);
            // AAL lies a few millimetres off in places: its caudate and thalamus reach into fluid, its vermis too.
            if (unlabelled(n) || isDeepGrey(n))
                lateral[n] =
                    kTemporalHorn.contains(p) || std::any_of(kLateralVentricle.begin(), kLateralVentricle.end(),
                                                             [&](const Box& box) { return box.contains(p); });
            third[n] = kThirdVentricle.contains(p) && p.z >= -9 + std::max(0, -(p.y + 14)) / 2;
            fourth[n] = kFourthVentricle.contains(p) && (unlabelled(n) || isCerebellum(n));
        }
        keepPieces(lateral, 300);
        keepPieces(third, 60);
        keepPieces(fourth, 200);
        m_ventricle.assign(m_count, 0);
        for (std::size_t n = 0; n < m_count; ++n)
            m_ventricle[n] = third[n] ? 3 : fourth[n] ? 4 : lateral[n] ? 1 : 0;
        // The rim of partial volume belongs to the ventricle too.
        const std::vector<std::uint8_t> inner = m_ventricle;
        for (std::size_t n = 0; n < m_count; ++n)
            if (inner[n])
                eachNeighbour(n, [&](std::size_t m) {
                    if (!m_ventricle[m] && m_brain[m] && unlabelled(m) && m_template.voxels[m] < kPartialFluidBelow &&
                        !isCallosum(m_tracts.voxels[m]))
                        m_ventricle[m] = inner[n];
                });
    }

    void carveStem() {
        m_stem.assign(m_count, 0);
        for (std::size_t n = 0; n < m_count; ++n) {
            if (m_brain[n] && unlabelled(n) && !m_ventricle[n] && insideStem(ras(n))) {
                const std::uint8_t tract = m_tracts.voxels[n];
                m_stem[n] = m_template.voxels[n] >= kFluidBelow || tract == 2 || (tract >= 7 && tract <= 10);
            }
        }
        keepPieces(m_stem, 500);
    }

    std::uint8_t placeIndex(Region region, Side side, const std::string& structure, bool filled) {
        const auto key = std::make_tuple(static_cast<int>(region), static_cast<int>(side), structure, filled);
        const auto found = m_placeOf.find(key);
        if (found != m_placeOf.end())
            return found->second;
        assert(m_places.size() < 255); // the names of AAL and JHU give about 190
        m_places.push_back({region, side, structure, filled});
        const auto index = static_cast<std::uint8_t>(m_places.size());
        m_placeOf.emplace(key, index);
        return index;
    }
    std::uint8_t sidedPlace(Region region, Ras p, const std::string& name) {
        const Side side = sideOf(p);
        return placeIndex(region, side, name + (side == Side::Left ? "_L" : "_R"), false);
    }

    void assignLabels() {
        m_map.assign(m_count, 0);
        for (std::size_t n = 0; n < m_count; ++n) {
            const Ras p = ras(n);
            if (m_ventricle[n] == 1)
                m_map[n] = sidedPlace(Region::Ventricles, p, "Lateral_ventricle");
            else if (m_ventricle[n])
                m_map[n] = placeIndex(Region::Ventricles, Side::Both,
                                      m_ventricle[n] == 3 ? "Third_ventricle" : "Fourth_ventricle", false);
            else if (m_stem[n]) {
                const std::string tract = stemTract(m_tracts.voxels[n]);
                m_map[n] = sidedPlace(Region::Brainstem, p, tract.empty() ? stemPart(p) : tract);
            } else if (m_brain[n] && unlabelled(n) && isCallosum(m_tracts.voxels[n]) &&
                       m_template.voxels[n] > kWhiteAbove)
                m_map[n] = placeIndex(Region::CorpusCallosum, Side::Both, callosumPart(m_tracts.voxels[n]), false);
            else if (m_brain[n] && !unlabelled(n)) {
                const auto found = m_names.find(m_structures.voxels[n]);
                if (found != m_names.end())
                    m_map[n] = sidedPlace(found->second.region, p, found->second.name);
            }
        }
    }

    /// Boxes take only what no label claims: fluid, tissue between labels and, at the skull base, what lies outside the
    /// brain.
    void assignBoxes() {
        m_box.assign(m_count, 0);
        for (std::size_t n = 0; n < m_count; ++n) {
            if (m_map[n] != 0 || !unlabelled(n))
                continue;
            const Ras p = ras(n);
            const bool tissue = m_brain[n] && m_template.voxels[n] >= kFluidBelow;
            if (kPineal.contains(p) && m_brain[n])
                m_box[n] = placeIndex(Region::Pineal, Side::Both, {}, false);
            else if (kHypothalamus.contains(p) && tissue)
                m_box[n] = placeIndex(Region::Hypothalamus, Side::Both, {}, false);
            else if (kSellar.contains(p))
                m_box[n] = placeIndex(Region::Sellar, Side::Both, {}, false);
            else if (kPontineAngle.contains(p) && !tissue)
                m_box[n] = placeIndex(Region::PontineAngle, sideOf(p), {}, false);
        }
    }

    /// Gaps take the nearest label of their own half; deep structures only reach so far, so that the white matter under
    /// a lobe is the lobe's. Outside the brain the same, up to kReachMm.
    bool fillGaps(const TaskContext& task) {
        const auto ni = static_cast<std::size_t>(m_geometry.size[0]);
        const auto isLobe = [](Region r) {
            return r == Region::Frontal || r == Region::Parietal || r == Region::Temporal || r == Region::Occipital ||
                   r == Region::Cerebellum;
        };
        m_nearest = m_map;
        double done = 0.25;
        for (const bool left : {true, false}) {
            // LPS i grows to the left: the right half comes first and keeps the midline column.
            const auto midline = static_cast<std::size_t>(-m_geometry.origin[0]);
            const std::size_t from = left ? midline + 1 : 0;
            const std::size_t width = left ? ni - from : midline + 1;
            const std::array<int, 3> size{static_cast<int>(width), m_geometry.size[1], m_geometry.size[2]};
            const auto whole = [&](std::size_t h) { return h / width * ni + from + h % width; };
            const auto search = [&](bool lobes) {
                NearestSource field = nearestSource(
                    size, {1.0, 1.0, 1.0},
                    [&](std::size_t h) {
                        const std::uint8_t at = m_map[whole(h)];
                        if (at == 0 || !m_brain[whole(h)])
                            return false;
                        const Region r = m_places[at - 1].region;
                        return lobes ? isLobe(r) : !isLobe(r) && r != Region::Ventricles;
                    },
                    [&] { return task.cancelled(); });
                done += 0.18;
                task.report(done);
                return field;
            };
            const NearestSource lobe = search(true);
            const NearestSource deep = search(false);
            if (lobe.source.empty() || deep.source.empty())
                return false;
            for (std::size_t h = 0; h < lobe.source.size(); ++h) {
                const std::size_t n = whole(h);
                if (m_map[n] != 0)
                    continue;
                fillVoxel(n, lobe.source[h] < 0 ? -1 : static_cast<std::int64_t>(whole(lobe.source[h])),
                          std::sqrt(lobe.distanceSquared[h]),
                          deep.source[h] < 0 ? -1 : static_cast<std::int64_t>(whole(deep.source[h])),
                          std::sqrt(deep.distanceSquared[h]));
            }
        }
        // A midline structure that grows into the midline's white matter stays one of both sides.
        m_filled.resize(m_count);
        for (std::size_t n = 0; n < m_count; ++n) {
            if (m_box[n]) {
                m_nearest[n] = m_box[n];
                m_filled[n] = m_box[n];
            } else {
                m_filled[n] = m_brain[n] ? m_nearest[n] : 0;
            }
        }
        return true;
    }

    void fillVoxel(std::size_t n, std::int64_t lobe, float lobeMm, std::int64_t deep, float deepMm) {
        std::int64_t source = lobe;
        float mm = lobeMm;
        if (deep >= 0 && deepMm < lobeMm) {
            const Region r = m_places[m_map[deep] - 1].region;
            const std::uint8_t tract = m_tracts.voxels[n];
            const bool capsule = tract >= 17 && tract <= 22; // lies between basal ganglia and thalamus, and is theirs
            const bool deepGrey = r == Region::BasalGanglia || r == Region::Thalamus;
            const bool innerCortex = r == Region::Insula || r == Region::Cingulate;
            const float reach = r == Region::CorpusCallosum ? kCallosumReachMm
                                : innerCortex               ? kInnerCortexReachMm
                                                            : kDeepReachMm;
            if (deepMm <= reach || (capsule && deepGrey) || (r == Region::Brainstem && !m_brain[n])) {
                source = deep;
                mm = deepMm;
            }
        }
        if (source < 0 || (!m_brain[n] && mm > kReachMm))
            return;
        const Place& from = m_places[m_map[source] - 1];
        const Side side = from.side == Side::Both ? Side::Both : sideOf(ras(n));
        m_nearest[n] = placeIndex(from.region, side, {}, true);
    }

    void assignAreas() {
        m_areaMap.assign(m_count, 0);
        const auto areaIndex = [&](const char* id, Side side, bool approximate) {
            for (std::size_t a = 0; a < m_areas.size(); ++a)
                if (m_areas[a].id == id && m_areas[a].side == side)
                    return static_cast<std::uint8_t>(a + 1);
            m_areas.push_back({id, side, approximate});
            return static_cast<std::uint8_t>(m_areas.size());
        };
        for (std::size_t n = 0; n < m_count; ++n) {
            if (!m_brain[n])
                continue;
            const Ras p = ras(n);
            const Side side = sideOf(p);
            const std::uint8_t tract = m_tracts.voxels[n];
            const int cyto = m_cyto.voxels[n];
            const auto named = m_names.find(m_structures.voxels[n]);
            const std::string name = named == m_names.end() ? std::string() : named->second.name;
            // Speech is named on the left alone, where nearly everybody has it.
            if (tract >= 17 && tract <= 22)
                m_areaMap[n] = areaIndex("internal_capsule", side, false);
            else if (tract == 29 || tract == 30)
                m_areaMap[n] = areaIndex("optic_radiation", side, false);
            else if (side == Side::Left && (name == "Frontal_Inf_Oper" || name == "Frontal_Inf_Tri"))
                m_areaMap[n] = areaIndex("broca", side, false);
            else if (side == Side::Left && p.y <= -28 && (name == "Temporal_Sup" || (cyto == 22 && name.empty())))
                m_areaMap[n] = areaIndex("wernicke", side, true);
            else if (name == "Precentral" || (cyto == 4 && (name.empty() || name == "Paracentral_Lobule")))
                m_areaMap[n] = areaIndex("motor_strip", side, false);
        }
    }

    LabelMap toMap(std::vector<std::uint8_t> voxels, const char* description) const {
        return {m_geometry, std::move(voxels), description};
    }

    AtlasData finish() {
        for (std::size_t n = 0; n < m_count; ++n)
            if (!m_brain[n])
                m_template.voxels[n] = 0.0F;
        AtlasData data;
        data.brain = std::make_shared<const Volume>(std::move(m_template));
        data.placeMap = toMap(std::move(m_filled), "places of the atlas");
        data.nearestMap = toMap(std::move(m_nearest), "places of the atlas, grown outwards");
        data.areaMap = toMap(std::move(m_areaMap), "named areas of the atlas");
        data.places = std::move(m_places);
        data.areas = std::move(m_areas);
        return data;
    }

    Volume m_template;
    LabelMap m_structures;
    LabelMap m_tracts;
    LabelMap m_cyto;
    std::map<int, SourceLabel> m_names;
    imaging::Geometry m_geometry;
    std::size_t m_count;

    std::vector<std::uint8_t> m_brain;
    std::vector<std::uint8_t> m_ventricle; ///< 1 lateral, 3 third, 4 fourth
    std::vector<std::uint8_t> m_stem;
    std::vector<std::uint8_t> m_map;     ///< labels alone
    std::vector<std::uint8_t> m_box;     ///< approximate boxes
    std::vector<std::uint8_t> m_nearest; ///< everything within reach
    std::vector<std::uint8_t> m_filled;  ///< brain and boxes
    std::vector<std::uint8_t> m_areaMap;
    std::vector<Place> m_places;
    std::vector<NamedArea> m_areas;
    std::map<std::tuple<int, int, std::string, bool>, std::uint8_t> m_placeOf;
};

tl::unexpected<Error> unexpectedTemplate(const std::filesystem::path& file, const char* why) {
    return fail(ErrorCode::Unreadable, "anatomy.template_unexpected", {{"file", file.string()}}, why);
}

} // namespace

TemplateFiles templateFiles(const std::filesystem::path& folder) {
    return {folder / "ch2bet.nii.gz", folder / "aal.nii.gz", folder / "aal.nii.txt",
            folder / "JHU-WhiteMatter-labels-1mm.nii.gz", folder / "brodmann.nii.gz"};
}

Result<AtlasData> buildAtlas(const TemplateFiles& files, const TaskContext& task) {
    const TaskContext reading = task.part(0.0, 0.2);
    auto brain = imaging::readVolume(files.brain, reading);
    if (!brain)
        return fail(std::move(brain.error()));
    std::array<LabelMap, 3> maps;
    const std::array<std::filesystem::path, 3> mapFiles{files.structures, files.tracts, files.cytoarchitecture};
    for (std::size_t m = 0; m < maps.size(); ++m) {
        auto map = imaging::readLabelMap(mapFiles[m], reading);
        if (!map)
            return fail(std::move(map.error()));
        maps[m] = std::move(*map);
        if (task.cancelled())
            return failCancelled();
    }
    auto names = readStructureNames(files.structureNames);
    if (!names)
        return fail(std::move(names.error()));
    const imaging::Geometry expected = imaging::templateGeometry();
    if (!imaging::sameGrid(brain->geometry, expected))
        return unexpectedTemplate(files.brain, "another grid than 181x217x181 at 1 mm");
    if (!imaging::sameGrid(maps[0].geometry, expected))
        return unexpectedTemplate(files.structures, "another grid than the template");
    Volume lps = imaging::toLps(*brain);
    const imaging::Geometry grid = lps.geometry;
    Builder builder(std::move(lps), imaging::resampleTo(maps[0], grid), imaging::resampleTo(maps[1], grid),
                    imaging::resampleTo(maps[2], grid), std::move(*names));
    return builder.build(task.part(0.2, 1.0));
}

} // namespace sulcus::anatomy
