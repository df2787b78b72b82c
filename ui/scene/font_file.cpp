// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/font_file.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>

namespace sulcus::scene {
namespace {

std::uint32_t bigEndian(const unsigned char* bytes, int count) {
    std::uint32_t value = 0;
    for (int n = 0; n < count; ++n)
        value = value << 8 | bytes[n];
    return value;
}

enum class FirstMap { Unreadable, Unicode, Other };

/// Looks at the first entry of the font's `cmap` table (OpenType specification, "cmap").
FirstMap firstMapOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::array<unsigned char, 16> bytes{};
    const auto read = [&](std::size_t count) {
        return static_cast<bool>(in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(count)));
    };
    if (!read(12))
        return FirstMap::Unreadable;
    const std::uint32_t tables = bigEndian(&bytes[4], 2);
    for (std::uint32_t n = 0; n < tables; ++n) {
        if (!read(16))
            return FirstMap::Unreadable;
        if (std::string(bytes.begin(), bytes.begin() + 4) != "cmap")
            continue;
        in.seekg(bigEndian(&bytes[8], 4) + 4); // past version and count
        if (!read(4))
            return FirstMap::Unreadable;
        const std::uint32_t platform = bigEndian(&bytes[0], 2);
        const std::uint32_t encoding = bigEndian(&bytes[2], 2);
        return platform == 0 || (platform == 3 && (encoding == 1 || encoding == 10)) ? FirstMap::Unicode
                                                                                     : FirstMap::Other;
    }
    return FirstMap::Unreadable;
}

std::string choose(const std::filesystem::path& file) {
    switch (firstMapOf(file)) {
    case FirstMap::Unicode:
        return file.string();
    case FirstMap::Unreadable:
        return {};
    case FirstMap::Other:
        break;
    }
    for (const char* sister : {"NanumBarunGothic.ttf", "NanumSquareR.ttf", "NanumMyeongjo.ttf"})
        if (const auto other = file.parent_path() / sister; firstMapOf(other) == FirstMap::Unicode)
            return other.string();
    return file.string();
}

} // namespace

std::string drawableFontFile(const std::string& path) {
    if (path.empty())
        return {};
    static std::mutex mutex;
    static std::map<std::string, std::string> known;
    const std::lock_guard lock(mutex);
    const auto found = known.find(path);
    if (found != known.end())
        return found->second;
    return known[path] = choose(path);
}

} // namespace sulcus::scene
