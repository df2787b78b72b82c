// SPDX-License-Identifier: Apache-2.0
#include "core/store/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

namespace sulcus::store {

namespace {

constexpr std::uintmax_t kLargestTextFile = 256u << 20;

/// Would a spreadsheet run what follows the apostrophes?
bool isFormula(std::string_view text) {
    const std::size_t first = text.find_first_not_of('\'');
    return first != std::string_view::npos && std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos;
}

bool isNumber(std::string_view text) {
    double value = 0.0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc{} && end == text.data() + text.size() && std::isfinite(value);
}

} // namespace

std::string withGuard(const std::string& text) { return isFormula(text) && !isNumber(text) ? '\'' + text : text; }

std::string withoutGuard(const std::string& text) {
    return text.starts_with('\'') && isFormula(text) ? text.substr(1) : text;
}

bool isUtf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80         ? 1
                                   : lead >> 5 == 0x6  ? 2
                                   : lead >> 4 == 0xE  ? 3
                                   : lead >> 3 == 0x1E ? 4
                                                       : 0;
        if (length == 0 || i + length > text.size())
            return false;
        for (std::size_t j = 1; j < length; ++j)
            if (static_cast<unsigned char>(text[i + j]) >> 6 != 0x2)
                return false;
        i += length;
    }
    return true;
}

Result<std::string> readTextFile(const std::filesystem::path& file) {
    std::error_code failure;
    if (!std::filesystem::exists(file, failure))
        return fail(ErrorCode::NotFound, "store.file_missing", {{"file", file.string()}});
    if (!std::filesystem::is_regular_file(file, failure))
        return fail(ErrorCode::Unreadable, "store.text_unreadable", {{"file", file.string()}}, "not a regular file");
    const std::uintmax_t size = std::filesystem::file_size(file, failure);
    if (failure || size > kLargestTextFile)
        return fail(ErrorCode::Unreadable, "store.text_unreadable", {{"file", file.string()}},
                    failure ? failure.message() : "larger than 256 MiB");
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    if (!stream)
        return fail(ErrorCode::Unreadable, "store.text_unreadable", {{"file", file.string()}}, "read failed");
    std::string text = std::move(bytes).str();
    if (!isUtf8(text))
        return fail(ErrorCode::Unreadable, "store.text_not_utf8", {{"file", file.string()}});
    return text;
}

Result<void> writeTextFile(const std::filesystem::path& file, std::string_view text) {
    const std::filesystem::path part = file.string() + ".part";
    const auto refused = [&](const char* step) {
        const std::string reason = std::strerror(errno);
        ::unlink(part.c_str());
        return fail(ErrorCode::Unreadable, "store.file_not_writable", {{"file", file.string()}},
                    std::string(step) + ": " + reason);
    };
    // Created for its owner alone: an export may hold what patients told.
    ::unlink(part.c_str());
    const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return refused("open");
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t n = ::write(descriptor, text.data() + written, text.size() - written);
        if (n < 0) {
            ::close(descriptor);
            return refused("write");
        }
        written += static_cast<std::size_t>(n);
    }
    if (::fsync(descriptor) != 0 || ::close(descriptor) != 0)
        return refused("close");
    if (::rename(part.c_str(), file.c_str()) != 0)
        return refused("rename");
    return {};
}

} // namespace sulcus::store
