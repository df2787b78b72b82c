// SPDX-License-Identifier: Apache-2.0
#include "core/anatomy/atlas_data.h"

#include <cstring>
#include <fstream>
#include <random>
#include <type_traits>

namespace sulcus::anatomy {

namespace {

// Raise this number whenever the build rules change: old caches are then built anew.
constexpr std::uint32_t kCacheVersion = 1;
constexpr char kMagic[8] = {'S', 'U', 'L', 'C', 'A', 'T', 'L', '\n'};

/// FNV-1a over eight bytes at a time: fast enough to check twenty megabytes in a few milliseconds.
std::uint64_t hashBytes(const char* bytes, std::size_t count, std::uint64_t hash = 1469598103934665603ULL) {
    constexpr std::uint64_t kPrime = 1099511628211ULL;
    std::size_t at = 0;
    for (; at + 8 <= count; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + at, 8);
        hash = (hash ^ word) * kPrime;
        hash ^= hash >> 29;
    }
    for (; at < count; ++at)
        hash = (hash ^ static_cast<unsigned char>(bytes[at])) * kPrime;
    return hash;
}

class Writer {
public:
    template <typename T>
    void value(const T& v) {
        static_assert(std::is_trivially_copyable_v<T>);
        m_bytes.append(reinterpret_cast<const char*>(&v), sizeof v);
    }
    void text(const std::string& s) {
        value(static_cast<std::uint32_t>(s.size()));
        m_bytes += s;
    }
    void map(const std::vector<std::uint8_t>& voxels) {
        m_bytes.append(reinterpret_cast<const char*>(voxels.data()), voxels.size());
    }
    const std::string& bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};

class Reader {
public:
    explicit Reader(const std::vector<char>& bytes) : m_bytes(bytes) {}
    template <typename T>
    T value() {
        T v{};
        if (take(sizeof v))
            std::memcpy(&v, m_bytes.data() + m_at - sizeof v, sizeof v);
        return v;
    }
    std::string text() {
        const auto size = value<std::uint32_t>();
        return take(size) ? std::string(m_bytes.data() + m_at - size, size) : std::string();
    }
    const std::uint8_t* map(std::size_t size) {
        return take(size) ? reinterpret_cast<const std::uint8_t*>(m_bytes.data()) + m_at - size : nullptr;
    }
    bool good() const { return m_good; }

private:
    bool take(std::size_t size) {
        m_good = m_good && size <= m_bytes.size() - m_at;
        if (m_good)
            m_at += size;
        return m_good;
    }
    const std::vector<char>& m_bytes;
    std::size_t m_at = 0;
    bool m_good = true;
};

std::optional<std::vector<char>> readAll(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    if (!in)
        return std::nullopt;
    std::vector<char> bytes(static_cast<std::size_t>(in.tellg()));
    in.seekg(0);
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!in)
        return std::nullopt;
    return bytes;
}

std::optional<AtlasData> parse(Reader& in) {
    AtlasData data;
    imaging::Geometry g;
    g.size = in.value<std::array<int, 3>>();
    g.origin = in.value<std::array<double, 3>>();
    if (!in.good() || g.size[0] < 1 || g.size[1] < 1 || g.size[2] < 1 || g.size[0] > 1024 || g.size[1] > 1024 ||
        g.size[2] > 1024)
        return std::nullopt;
    const auto placeCount = in.value<std::uint32_t>();
    for (std::uint32_t p = 0; p < placeCount && in.good(); ++p) {
        Place place;
        place.region = static_cast<Region>(in.value<std::int32_t>());
        place.side = static_cast<Side>(in.value<std::int32_t>());
        place.filled = in.value<std::uint8_t>() != 0;
        place.structure = in.text();
        data.places.push_back(std::move(place));
    }
    const auto areaCount = in.value<std::uint32_t>();
    for (std::uint32_t a = 0; a < areaCount && in.good(); ++a) {
        NamedArea area;
        area.id = in.text();
        area.side = static_cast<Side>(in.value<std::int32_t>());
        area.approximate = in.value<std::uint8_t>() != 0;
        data.areas.push_back(std::move(area));
    }
    const std::size_t count = g.voxelCount();
    const std::uint8_t* const brain = in.map(count);
    const std::uint8_t* const nearest = in.map(count);
    const std::uint8_t* const area = in.map(count);
    const std::uint8_t* const places = in.map(count);
    if (!in.good())
        return std::nullopt;
    imaging::Volume volume;
    volume.geometry = g;
    volume.description = "skull-stripped template";
    volume.voxels.assign(brain, brain + count);
    data.brain = std::make_shared<const imaging::Volume>(std::move(volume));
    data.nearestMap = {g, {nearest, nearest + count}, "places of the atlas, grown outwards"};
    data.areaMap = {g, {area, area + count}, "named areas of the atlas"};
    data.placeMap = {g, {places, places + count}, "places of the atlas"};
    return data;
}

} // namespace

Result<std::uint64_t> fingerprint(const TemplateFiles& files) {
    std::uint64_t hash = hashBytes(kMagic, sizeof kMagic);
    for (const std::filesystem::path& file : files.all()) {
        const auto bytes = readAll(file);
        if (!bytes)
            return fail(ErrorCode::NotFound, "anatomy.templates_missing",
                        {{"file", file.string()}, {"package", "mricron-data"}});
        hash = hashBytes(bytes->data(), bytes->size(), hash);
    }
    return hash;
}

std::filesystem::path cacheFile(const std::filesystem::path& cacheFolder) { return cacheFolder / "brain-atlas.bin"; }

std::optional<AtlasData> readAtlasCache(const std::filesystem::path& file, std::uint64_t sourceFingerprint) {
    const auto bytes = readAll(file);
    constexpr std::size_t kHeader = sizeof kMagic + sizeof(std::uint32_t) + 2 * sizeof(std::uint64_t);
    if (!bytes || bytes->size() < kHeader || std::memcmp(bytes->data(), kMagic, sizeof kMagic) != 0)
        return std::nullopt;
    Reader in(*bytes);
    in.map(sizeof kMagic);
    if (in.value<std::uint32_t>() != kCacheVersion || in.value<std::uint64_t>() != sourceFingerprint ||
        in.value<std::uint64_t>() != hashBytes(bytes->data() + kHeader, bytes->size() - kHeader))
        return std::nullopt;
    return parse(in);
}

bool writeAtlasCache(const AtlasData& data, const std::filesystem::path& file, std::uint64_t sourceFingerprint) {
    Writer body;
    body.value(data.placeMap.geometry.size);
    body.value(data.placeMap.geometry.origin);
    body.value(static_cast<std::uint32_t>(data.places.size()));
    for (const Place& place : data.places) {
        body.value(static_cast<std::int32_t>(place.region));
        body.value(static_cast<std::int32_t>(place.side));
        body.value(static_cast<std::uint8_t>(place.filled));
        body.text(place.structure);
    }
    body.value(static_cast<std::uint32_t>(data.areas.size()));
    for (const NamedArea& area : data.areas) {
        body.text(area.id);
        body.value(static_cast<std::int32_t>(area.side));
        body.value(static_cast<std::uint8_t>(area.approximate));
    }
    const std::vector<std::uint8_t> brain(data.brain->voxels.begin(), data.brain->voxels.end());
    body.map(brain);
    body.map(data.nearestMap.voxels);
    body.map(data.areaMap.voxels);
    body.map(data.placeMap.voxels);

    std::error_code ignored;
    std::filesystem::create_directories(file.parent_path(), ignored);
    std::filesystem::path temporary = file;
    // Two programs may build at once: each writes its own file, and the last rename wins with equal contents.
    temporary += ".part" + std::to_string(std::random_device{}());
    {
        std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
        Writer header;
        header.value(kMagic);
        header.value(kCacheVersion);
        header.value(sourceFingerprint);
        header.value(hashBytes(body.bytes().data(), body.bytes().size()));
        out.write(header.bytes().data(), static_cast<std::streamsize>(header.bytes().size()));
        out.write(body.bytes().data(), static_cast<std::streamsize>(body.bytes().size()));
        out.close();
        if (!out) {
            std::filesystem::remove(temporary, ignored);
            return false;
        }
    }
    std::error_code failed;
    std::filesystem::rename(temporary, file, failed);
    if (failed)
        std::filesystem::remove(temporary, ignored);
    return !failed;
}

} // namespace sulcus::anatomy
