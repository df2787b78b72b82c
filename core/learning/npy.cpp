// SPDX-License-Identifier: Apache-2.0
#include "core/learning/npy.h"

#include "core/learning/interruption.h"

#ifdef SULCUS_HAS_ZLIB
#include <zlib.h>
#endif

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

namespace sulcus::learning {

namespace {

template <typename T>
void convert(const std::string& bytes, std::size_t offset, std::vector<float>& values) {
    constexpr std::size_t kPiece = std::size_t{1} << 24;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i % kPiece == 0) {
            pollInterruption();
        }
        T value;
        std::memcpy(&value, bytes.data() + offset + i * sizeof(T), sizeof(T));
        values[i] = static_cast<float>(value);
    }
}

/// The whole file, unpacked if need be. Without zlib (a bare training machine) packed files stay packed, and are
/// refused for their lack of a signature.
bool readWhole(const std::filesystem::path& file, std::string& bytes) {
#ifdef SULCUS_HAS_ZLIB
    // zlib passes files through that are not compressed.
    const gzFile stream = gzopen(file.c_str(), "rb");
    if (stream == nullptr) {
        return false;
    }
    std::vector<char> buffer(1 << 20);
    int got = 0;
    try {
        while ((got = gzread(stream, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0) {
            pollInterruption();
            bytes.append(buffer.data(), static_cast<std::size_t>(got));
        }
    } catch (...) {
        gzclose(stream);
        throw;
    }
    const bool closed = gzclose(stream) == Z_OK;
    return got == 0 && closed;
#else
    std::ifstream stream(file, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    return stream.good() || stream.eof();
#endif
}

/// The text after `'key':` up to the end of the header dictionary.
std::string afterKey(const std::string& header, const std::string& key) {
    const auto at = header.find("'" + key + "':");
    return at == std::string::npos ? std::string() : header.substr(at + key.size() + 3);
}

} // namespace

Result<NumberArray> readNpy(const std::filesystem::path& file) {
    const auto broken = [&](const char* why) {
        return fail(ErrorCode::Unreadable, "learning.npy_unreadable", {{"file", file.string()}}, why);
    };
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) {
        return fail(ErrorCode::NotFound, "learning.file_missing", {{"file", file.string()}});
    }
    std::string bytes;
    if (!readWhole(file, bytes)) {
        return broken("cannot be read, or its compressed data is damaged");
    }
    if (bytes.size() < 12 || bytes.compare(0, 6, "\x93NUMPY") != 0) {
        return broken("no NumPy signature");
    }
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
    const bool longHeader = byte(6) >= 2;
    const std::size_t start = longHeader ? 12 : 10;
    const std::size_t length =
        longHeader ? byte(8) | byte(9) << 8 | byte(10) << 16 | byte(11) << 24 : byte(8) | byte(9) << 8;
    if (start + length > bytes.size()) {
        return broken("header is cut short");
    }
    const std::string header = bytes.substr(start, length);

    NumberArray array;
    std::size_t count = 1;
    const std::string shape = afterKey(header, "shape");
    const auto open = shape.find('(');
    const auto close = shape.find(')');
    if (open == std::string::npos || close == std::string::npos) {
        return broken("no shape");
    }
    for (std::size_t i = open + 1; i < close;) {
        if (shape[i] < '0' || shape[i] > '9') {
            ++i;
            continue;
        }
        std::size_t value = 0;
        for (; i < close && shape[i] >= '0' && shape[i] <= '9'; ++i) {
            value = value * 10 + static_cast<std::size_t>(shape[i] - '0');
        }
        array.shape.push_back(value);
        count *= value;
        if (count > bytes.size()) {
            return broken("shape is larger than the file");
        }
    }
    const std::string order = afterKey(header, "fortran_order");
    const std::string descr = afterKey(header, "descr");
    const auto quote = descr.find('\'');
    const std::string type = quote == std::string::npos ? std::string() : descr.substr(quote + 1, 3);
    const auto unsupported = [&](const std::string& why) {
        return fail(ErrorCode::Unsupported, "learning.npy_unsupported", {{"file", file.string()}, {"type", why}});
    };
    if (order.find("True") < order.find("False")) {
        return unsupported("Fortran order");
    }
    if (type.size() != 3 || type[0] == '>') {
        return unsupported(type);
    }
    const std::string kind = type.substr(1);
    const std::size_t width = static_cast<std::size_t>(kind[1] - '0');
    if (width > 8 || start + length + count * width > bytes.size()) {
        return broken("data is cut short");
    }
    array.values.resize(count);
    const std::size_t data = start + length;
    if (kind == "u1" || kind == "b1") {
        convert<std::uint8_t>(bytes, data, array.values);
    } else if (kind == "i1") {
        convert<std::int8_t>(bytes, data, array.values);
    } else if (kind == "u2") {
        convert<std::uint16_t>(bytes, data, array.values);
    } else if (kind == "i2") {
        convert<std::int16_t>(bytes, data, array.values);
    } else if (kind == "u4") {
        convert<std::uint32_t>(bytes, data, array.values);
    } else if (kind == "i4") {
        convert<std::int32_t>(bytes, data, array.values);
    } else if (kind == "f4") {
        convert<float>(bytes, data, array.values);
    } else if (kind == "f8") {
        convert<double>(bytes, data, array.values);
    } else {
        return unsupported(type);
    }
    return array;
}

} // namespace sulcus::learning
