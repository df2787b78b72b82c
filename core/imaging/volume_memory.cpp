// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/volume_memory.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <limits>

namespace sulcus::imaging {

namespace {

/// A number from a control-group file; the largest number when the file is absent or says "max".
std::uint64_t numberFrom(const char* path) {
    std::ifstream in(path);
    std::uint64_t value = 0;
    return (in >> value) ? value : std::numeric_limits<std::uint64_t>::max();
}

} // namespace

std::uint64_t availableMemoryBytes() {
    std::uint64_t available = 0;
    std::ifstream meminfo("/proc/meminfo");
    std::string key;
    std::uint64_t kib = 0;
    std::string unit;
    while (meminfo >> key >> kib) {
        std::getline(meminfo, unit);
        if (key == "MemAvailable:") {
            available = kib * 1024;
            break;
        }
    }
    const std::uint64_t limit = numberFrom("/sys/fs/cgroup/memory.max");
    if (limit != std::numeric_limits<std::uint64_t>::max()) {
        const std::uint64_t used = numberFrom("/sys/fs/cgroup/memory.current");
        // The group's count includes the file cache, which the kernel gives back on demand.
        std::ifstream stat("/sys/fs/cgroup/memory.stat");
        std::string name;
        std::uint64_t bytes = 0;
        std::uint64_t cache = 0;
        while (stat >> name >> bytes) {
            cache += name == "inactive_file" || name == "active_file" ? bytes : 0;
        }
        const std::uint64_t held = used > cache ? used - cache : 0;
        const std::uint64_t left = held < limit ? limit - held : 0;
        available = available == 0 ? left : std::min(available, left);
    }
    return available;
}

Result<void> checkFitsMemory(const std::filesystem::path& file, const std::string& size, std::uint64_t bytes) {
    const std::uint64_t available = availableMemoryBytes();
    if (available == 0 || bytes <= available - available / 10) {
        return {};
    }
    return fail(
        ErrorCode::OutOfMemory, "imaging.too_large",
        {{"file", file.string()}, {"size", size}, {"needed", bytesText(bytes)}, {"available", bytesText(available)}});
}

std::string bytesText(std::uint64_t bytes) {
    constexpr const char* kUnits[] = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1000.0 && unit + 1 < std::size(kUnits)) {
        value /= 1000.0;
        ++unit;
    }
    char text[32];
    std::snprintf(text, sizeof text, unit == 0 || value >= 100.0 ? "%.0f %s" : "%.1f %s", value, kUnits[unit]);
    return text;
}

} // namespace sulcus::imaging
