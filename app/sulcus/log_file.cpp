// SPDX-License-Identifier: Apache-2.0
#include "app/sulcus/log_file.h"

#include "core/base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <system_error>
#include <vector>

namespace sulcus::app {

void logToFile(const std::filesystem::path& file) {
    constexpr std::size_t kBytes = 1024 * 1024;
    constexpr std::size_t kFiles = 3;
    auto terminal = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    terminal->set_level(spdlog::level::warn);
    std::vector<spdlog::sink_ptr> sinks{terminal};
    try {
        std::filesystem::create_directories(file.parent_path());
        sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(), kBytes, kFiles));
        std::error_code ignored;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                                     ignored);
    } catch (const std::exception&) {
        // Running without a log file is better than not running.
    }
    auto logger = std::make_shared<spdlog::logger>("sulcus", sinks.begin(), sinks.end());
    logger->set_level(spdlog::level::info);
    logger->flush_on(spdlog::level::info);
    setLogSink([logger](LogLevel level, std::string_view module, std::string_view line) {
        static constexpr spdlog::level::level_enum kLevels[] = {spdlog::level::debug, spdlog::level::info,
                                                                spdlog::level::warn, spdlog::level::err};
        logger->log(kLevels[static_cast<int>(level)], "{}: {}", module, line);
    });
}

} // namespace sulcus::app
