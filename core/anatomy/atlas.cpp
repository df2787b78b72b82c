// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/atlas.h"

#include "core/anatomy/atlas_data.h"
#include "core/base/log.h"

#include <array>
#include <cmath>
#include <map>
#include <mutex>
#include <utility>

namespace sulcus::anatomy {

struct Atlas::Impl {
    AtlasData data;
    std::map<std::pair<Region, Side>, double> ml;
    std::once_flag surfacesMade;
    std::vector<AreaSurface> surfaces;
};

namespace {

/// The grid runs to Left, Posterior, Superior in steps of 1 mm, so that a look-up is a subtraction.
std::uint8_t valueAt(const imaging::LabelMap& map, imaging::WorldPoint p) {
    const imaging::Geometry& g = map.geometry;
    const imaging::VoxelIndex v{static_cast<int>(std::lround(p.x - g.origin[0])),
                                static_cast<int>(std::lround(p.y - g.origin[1])),
                                static_cast<int>(std::lround(p.z - g.origin[2]))};
    return g.contains(v) ? map.at(v) : std::uint8_t{0};
}

/// Appends to `surfaces[group[v]]` each voxel whose label belongs to a group and that has a neighbour outside it.
void collectSurfaces(const imaging::LabelMap& map, const std::array<int, 256>& group,
                     std::vector<AreaSurface>& surfaces) {
    const imaging::Geometry& g = map.geometry;
    const std::ptrdiff_t strideJ = g.size[0];
    const std::ptrdiff_t strideK = strideJ * g.size[1];
    for (int k = 1; k + 1 < g.size[2]; ++k)
        for (int j = 1; j + 1 < g.size[1]; ++j) {
            const std::uint8_t* v = &map.voxels[g.offset({1, j, k})];
            for (int i = 1; i + 1 < g.size[0]; ++i, ++v) {
                if (*v == 0)
                    continue;
                const int own = group[*v];
                if (group[v[1]] == own && group[v[-1]] == own && group[v[strideJ]] == own &&
                    group[v[-strideJ]] == own && group[v[strideK]] == own && group[v[-strideK]] == own)
                    continue;
                surfaces[static_cast<std::size_t>(own)].points.push_back({static_cast<float>(g.origin[0] + i),
                                                                          static_cast<float>(g.origin[1] + j),
                                                                          static_cast<float>(g.origin[2] + k)});
            }
        }
}

} // namespace

Atlas::Atlas(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Atlas::~Atlas() = default;

Result<std::shared_ptr<const Atlas>> Atlas::load(const std::filesystem::path& templates,
                                                 const std::filesystem::path& cacheFolder, const TaskContext& task) {
    task.report(0.0, "stage.atlas");
    const TemplateFiles files = templateFiles(templates);
    const auto print = fingerprint(files);
    if (!print)
        return fail(print.error());
    const std::filesystem::path cache = cacheFile(cacheFolder);
    std::optional<AtlasData> data = readAtlasCache(cache, *print);
    if (!data) {
        auto built = buildAtlas(files, task);
        if (!built)
            return fail(std::move(built.error()));
        data = std::move(*built);
        if (!writeAtlasCache(*data, cache, *print))
            log(LogLevel::Warning, "anatomy", "the atlas cache could not be written to " + cache.string());
    }
    auto impl = std::make_unique<Impl>();
    impl->data = std::move(*data);
    std::vector<std::size_t> counts(256, 0);
    for (const std::uint8_t value : impl->data.placeMap.voxels)
        ++counts[value];
    const double voxelMl = impl->data.placeMap.geometry.voxelMl();
    for (std::size_t p = 0; p < impl->data.places.size(); ++p) {
        const Place& place = impl->data.places[p];
        const double ml = static_cast<double>(counts[p + 1]) * voxelMl;
        impl->ml[{place.region, Side::Both}] += ml;
        if (place.side != Side::Both)
            impl->ml[{place.region, place.side}] += ml;
    }
    task.report(1.0);
    return std::shared_ptr<const Atlas>(new Atlas(std::move(impl)));
}

const imaging::Geometry& Atlas::geometry() const { return m_impl->data.placeMap.geometry; }

imaging::VolumePtr Atlas::brain() const { return m_impl->data.brain; }

std::optional<Place> Atlas::at(imaging::WorldPoint templatePoint) const {
    const std::uint8_t value = valueAt(m_impl->data.placeMap, templatePoint);
    if (value == 0)
        return std::nullopt;
    return m_impl->data.places[value - 1U];
}

std::optional<Place> Atlas::nearest(imaging::WorldPoint templatePoint) const {
    const std::uint8_t value = valueAt(m_impl->data.nearestMap, templatePoint);
    if (value == 0)
        return std::nullopt;
    return m_impl->data.places[value - 1U];
}

double Atlas::regionMl(Region region, Side side) const {
    const auto found = m_impl->ml.find({region, side});
    return found == m_impl->ml.end() ? 0.0 : found->second;
}

const imaging::LabelMap& Atlas::placeMap() const { return m_impl->data.placeMap; }
const std::vector<Place>& Atlas::places() const { return m_impl->data.places; }
const imaging::LabelMap& Atlas::nearestMap() const { return m_impl->data.nearestMap; }
const imaging::LabelMap& Atlas::areaMap() const { return m_impl->data.areaMap; }
const std::vector<NamedArea>& Atlas::areas() const { return m_impl->data.areas; }

const std::vector<AreaSurface>& Atlas::surfaces() const {
    std::call_once(m_impl->surfacesMade, [this] {
        std::vector<AreaSurface>& surfaces = m_impl->surfaces;
        std::array<int, 256> group{};
        group.fill(-1);
        std::map<std::pair<Region, Side>, int> groupOf;
        const std::vector<Place>& all = m_impl->data.places;
        for (std::size_t p = 0; p < all.size(); ++p) {
            const auto [at, isNew] =
                groupOf.try_emplace({all[p].region, all[p].side}, static_cast<int>(surfaces.size()));
            if (isNew)
                surfaces.push_back({toString(all[p].region), all[p].side, isApproximate(all[p].region), true, {}});
            group[p + 1] = at->second;
        }
        collectSurfaces(m_impl->data.placeMap, group, surfaces);
        group.fill(-1);
        for (std::size_t a = 0; a < m_impl->data.areas.size(); ++a) {
            const NamedArea& area = m_impl->data.areas[a];
            group[a + 1] = static_cast<int>(surfaces.size());
            surfaces.push_back({area.id, area.side, area.approximate, false, {}});
        }
        collectSurfaces(m_impl->data.areaMap, group, surfaces);
    });
    return m_impl->surfaces;
}

} // namespace sulcus::anatomy
