// SPDX-License-Identifier: Apache-2.0
#include "core/learning/whole_file.h"

#include "core/learning/interruption.h"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace sulcus::learning {

Result<std::string> readWholeFile(const std::filesystem::path& file) {
    constexpr std::size_t kPiece = std::size_t{16} << 20;
    std::error_code code;
    // A folder opens like a file and a pipe waits for ever.
    if (std::filesystem::exists(file, code) && !std::filesystem::is_regular_file(file, code)) {
        return fail(ErrorCode::Unreadable, "learning.no_file", {{"file", file.string()}});
    }
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return fail(ErrorCode::NotFound, "learning.file_missing", {{"file", file.string()}});
    }
    const auto size = std::filesystem::file_size(file, code);
    if (code) {
        return fail(ErrorCode::Unreadable, "learning.file_unreadable", {{"file", file.string()}}, code.message());
    }
    std::string bytes(size, '\0');
    for (std::size_t at = 0; at < bytes.size(); at += kPiece) {
        pollInterruption();
        const auto count = std::min(kPiece, bytes.size() - at);
        stream.read(bytes.data() + at, static_cast<std::streamsize>(count));
    }
    if (!stream) {
        return fail(ErrorCode::Unreadable, "learning.file_unreadable", {{"file", file.string()}});
    }
    return bytes;
}

} // namespace sulcus::learning
