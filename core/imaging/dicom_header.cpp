// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/dicom_header.h"

#include <zlib.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string_view>
#include <vector>

namespace sulcus::imaging {

namespace {

constexpr std::uint32_t kUndefinedLength = 0xFFFFFFFFU;
constexpr std::uint32_t kItem = 0xFFFEE000U;
constexpr std::uint32_t kItemEnd = 0xFFFEE00DU;
constexpr std::uint32_t kSequenceEnd = 0xFFFEE0DDU;
constexpr std::uint32_t kPixelData = 0x7FE00010U;
constexpr int kDeepestNesting = 32;
constexpr std::uint32_t kLongestValue = 4096; ///< longer values are of no interest here
constexpr std::size_t kLargestInflated = 512U << 20U;

constexpr std::string_view kImplicitLittle = "1.2.840.10008.1.2";
constexpr std::string_view kExplicitBig = "1.2.840.10008.1.2.2";
constexpr std::string_view kDeflated = "1.2.840.10008.1.2.1.99";

struct Element {
    std::uint32_t tag = 0;
    std::array<char, 2> vr{};
    std::uint32_t length = 0;
};

/// Reads elements from a stream whose end is known, and never past it.
class Walker {
public:
    Walker(std::istream& in, std::uint64_t end) : m_in(in), m_end(end) {}

    void setSyntax(bool explicitVr, bool bigEndian) {
        m_explicit = explicitVr;
        m_big = bigEndian;
    }
    std::uint64_t position() { return static_cast<std::uint64_t>(m_in.tellg()); }
    std::uint64_t end() const { return m_end; }
    bool atEnd() { return position() + 8 > m_end; }

    std::uint16_t half(const unsigned char* b) const {
        return static_cast<std::uint16_t>(m_big ? (b[0] << 8) | b[1] : (b[1] << 8) | b[0]);
    }
    std::uint32_t word(const unsigned char* b) const {
        return m_big ? (static_cast<std::uint32_t>(half(b)) << 16U) | half(b + 2)
                     : (static_cast<std::uint32_t>(half(b + 2)) << 16U) | half(b);
    }

    /// The next tag, its representation and length; the stream then stands at the value. Empty at the end or when
    /// broken.
    std::optional<Element> next() {
        std::array<unsigned char, 8> b{};
        if (position() + 8 > m_end || !read(b.data(), 8)) {
            return std::nullopt;
        }
        Element e;
        e.tag = (static_cast<std::uint32_t>(half(b.data())) << 16U) | half(b.data() + 2);
        if (!m_explicit || (e.tag >> 16U) == 0xFFFEU) {
            e.length = word(b.data() + 4);
            return e;
        }
        e.vr = {static_cast<char>(b[4]), static_cast<char>(b[5])};
        static const std::set<std::array<char, 2>> kLong{{'O', 'B'}, {'O', 'W'}, {'O', 'F'}, {'O', 'D'}, {'O', 'L'},
                                                         {'O', 'V'}, {'S', 'Q'}, {'U', 'N'}, {'U', 'C'}, {'U', 'R'},
                                                         {'U', 'T'}, {'S', 'V'}, {'U', 'V'}};
        if (!std::isalpha(b[4]) || !std::isalpha(b[5])) {
            // Some writers slip an implicit element into an explicit file.
            e.vr = {};
            e.length = word(b.data() + 4);
            return e;
        }
        if (kLong.contains(e.vr)) {
            std::array<unsigned char, 4> l{};
            if (!read(l.data(), 4)) {
                return std::nullopt;
            }
            e.length = word(l.data());
        } else {
            e.length = half(b.data() + 6);
        }
        return e;
    }

    bool skip(std::uint64_t bytes) {
        if (bytes > m_end - position()) {
            return false;
        }
        m_in.seekg(static_cast<std::streamoff>(bytes), std::ios::cur);
        return m_in.good();
    }

    /// Steps over the items of a sequence (or the fragments of compressed pixels) of undefined length.
    bool skipUndefined(int depth) {
        if (depth > kDeepestNesting) {
            return false;
        }
        while (const auto item = next()) {
            if (item->tag == kSequenceEnd) {
                return true;
            }
            if (item->tag != kItem) {
                return false;
            }
            if (item->length != kUndefinedLength) {
                if (!skip(item->length)) {
                    return false;
                }
                continue;
            }
            while (true) {
                const auto inner = next();
                if (!inner) {
                    return false;
                }
                if (inner->tag == kItemEnd) {
                    break;
                }
                if (inner->length == kUndefinedLength ? !skipUndefined(depth + 1) : !skip(inner->length)) {
                    return false;
                }
            }
        }
        return false;
    }

    std::string value(std::uint32_t length) {
        std::string text(length, '\0');
        if (length != 0 && !read(reinterpret_cast<unsigned char*>(text.data()), length)) {
            return {};
        }
        return text;
    }

private:
    bool read(unsigned char* to, std::size_t count) {
        m_in.read(reinterpret_cast<char*>(to), static_cast<std::streamsize>(count));
        return m_in.gcount() == static_cast<std::streamsize>(count);
    }

    std::istream& m_in;
    std::uint64_t m_end;
    bool m_explicit = true;
    bool m_big = false;
};

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\0' || text.back() == ' ')) {
        text.pop_back();
    }
    std::size_t start = 0;
    while (start < text.size() && text[start] == ' ') {
        ++start;
    }
    return text.substr(start);
}

std::vector<double> numbers(const std::string& text) {
    std::vector<double> values;
    std::istringstream in(text);
    std::string one;
    while (std::getline(in, one, '\\')) {
        const std::string cut = trimmed(one);
        char* stop = nullptr;
        const double v = std::strtod(cut.c_str(), &stop);
        if (stop == cut.c_str() || !std::isfinite(v)) {
            return {};
        }
        values.push_back(v);
    }
    return values;
}

template <std::size_t N>
std::optional<std::array<double, N>> exactly(const std::string& text) {
    const auto values = numbers(text);
    if (values.size() != N) {
        return std::nullopt;
    }
    std::array<double, N> out{};
    std::copy(values.begin(), values.end(), out.begin());
    return out;
}

int wholeNumber(const std::string& text, int fallback) {
    const auto values = numbers(text);
    return values.empty() || std::abs(values[0]) > 1e9 ? fallback : static_cast<int>(values[0]);
}

void take(DicomHeader& h, const Walker& walker, const Element& e, const std::string& raw) {
    const auto shortValue = [&]() {
        return raw.size() < 2 ? 0 : static_cast<int>(walker.half(reinterpret_cast<const unsigned char*>(raw.data())));
    };
    switch (e.tag) {
    case 0x00080016U:
        h.sopClass = trimmed(raw);
        break;
    case 0x00080060U:
        h.modality = trimmed(raw);
        break;
    case 0x0008103EU:
        h.seriesDescription = trimmed(raw);
        break;
    case 0x00180050U:
        if (const auto v = numbers(raw); !v.empty()) {
            h.sliceThickness = v[0];
        }
        break;
    case 0x00181120U:
        if (const auto v = numbers(raw); !v.empty()) {
            h.gantryTilt = v[0];
        }
        break;
    case 0x00181510U:
        if (const auto v = numbers(raw); !v.empty()) {
            h.primaryAngle = v[0];
        }
        break;
    case 0x00181511U:
        if (const auto v = numbers(raw); !v.empty()) {
            h.secondaryAngle = v[0];
        }
        break;
    case 0x0020000DU:
        h.studyUid = trimmed(raw);
        break;
    case 0x0020000EU:
        h.seriesUid = trimmed(raw);
        break;
    case 0x00200011U:
        h.seriesNumber = wholeNumber(raw, 0);
        break;
    case 0x00200012U:
        h.acquisitionNumber = wholeNumber(raw, 0);
        break;
    case 0x00200013U:
        h.instanceNumber = wholeNumber(raw, 0);
        break;
    case 0x00200032U:
        h.position = exactly<3>(raw);
        break;
    case 0x00200037U:
        h.orientation = exactly<6>(raw);
        break;
    case 0x00200052U:
        h.frameOfReference = trimmed(raw);
        break;
    case 0x00280002U:
        h.samples = shortValue();
        break;
    case 0x00280008U:
        h.frames = wholeNumber(raw, 1);
        break;
    case 0x00280010U:
        h.rows = shortValue();
        break;
    case 0x00280011U:
        h.columns = shortValue();
        break;
    case 0x00280030U:
        h.pixelSpacing = exactly<2>(raw);
        break;
    case 0x00280100U:
        h.bitsAllocated = shortValue();
        break;
    case 0x00280103U:
        h.isSigned = shortValue() != 0;
        break;
    case 0x00281053U:
        if (const auto v = numbers(raw); !v.empty()) {
            h.rescaleSlope = v[0];
        }
        break;
    default:
        break;
    }
}

/// Raw deflate, as the deflated transfer syntax stores everything after the meta group.
std::optional<std::string> inflateRaw(const std::string& packed) {
    z_stream z{};
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK) {
        return std::nullopt;
    }
    std::string out;
    std::vector<char> chunk(1U << 16U);
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    z.avail_in = static_cast<uInt>(packed.size());
    int state = Z_OK;
    while (state == Z_OK && out.size() < kLargestInflated) {
        z.next_out = reinterpret_cast<Bytef*>(chunk.data());
        z.avail_out = static_cast<uInt>(chunk.size());
        state = inflate(&z, Z_NO_FLUSH);
        const std::size_t made = chunk.size() - z.avail_out;
        out.append(chunk.data(), made);
        if (made == 0 && z.avail_in == 0) {
            break;
        }
    }
    inflateEnd(&z);
    return state == Z_STREAM_END || !out.empty() ? std::optional<std::string>(std::move(out)) : std::nullopt;
}

tl::unexpected<Error> broken(const std::filesystem::path& file, const char* where) {
    return fail(ErrorCode::Unreadable, "imaging.dicom_broken", {{"file", file.string()}}, where);
}

/// Where the first element stands: 132 after a preamble, 0 without one; empty when this is not DICOM.
std::optional<std::uint64_t> startOfElements(std::istream& in, std::uint64_t size) {
    std::array<unsigned char, 132> b{};
    in.read(reinterpret_cast<char*>(b.data()), b.size());
    const auto got = static_cast<std::size_t>(in.gcount());
    in.clear();
    if (got == b.size() && b[128] == 'D' && b[129] == 'I' && b[130] == 'C' && b[131] == 'M') {
        return 132;
    }
    // Old files begin at once with the meta or the identifying group.
    if (got >= 8 && (b[0] == 0x08 || b[0] == 0x02) && b[1] == 0 && b[3] == 0) {
        const bool letters = std::isupper(b[4]) && std::isupper(b[5]);
        const std::uint32_t length = b[4] | (b[5] << 8U) | (b[6] << 16U) | (static_cast<std::uint32_t>(b[7]) << 24U);
        if (letters || (length < 1024 && length + 8 <= size)) {
            return 0;
        }
    }
    return std::nullopt;
}

} // namespace

bool looksLikeDicom(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::error_code ignored;
    const auto size = std::filesystem::file_size(file, ignored);
    return in && !ignored && startOfElements(in, size).has_value();
}

Result<DicomHeader> readDicomHeader(const std::filesystem::path& file) {
    std::ifstream disk(file, std::ios::binary);
    std::error_code failed;
    const std::uint64_t size = std::filesystem::file_size(file, failed);
    if (!disk || failed) {
        return fail(ErrorCode::NotFound, "imaging.file_missing", {{"file", file.string()}});
    }
    const auto start = startOfElements(disk, size);
    if (!start) {
        return fail(ErrorCode::Unreadable, "imaging.not_an_image", {{"file", file.string()}});
    }

    DicomHeader h;
    h.fileBytes = size;
    Walker walker(disk, size);
    disk.seekg(static_cast<std::streamoff>(*start));

    // The meta group is always explicit little endian.
    bool hasMeta = false;
    std::string mediaClass;
    while (true) {
        const auto at = disk.tellg();
        std::array<char, 2> group{};
        disk.read(group.data(), 2);
        disk.clear();
        disk.seekg(at);
        if (group[0] != 2 || group[1] != 0) {
            break;
        }
        const auto e = walker.next();
        if (!e || e->length == kUndefinedLength) {
            return broken(file, "meta group");
        }
        hasMeta = true;
        if (e->length > kLongestValue) {
            if (!walker.skip(e->length)) {
                return broken(file, "meta group");
            }
            continue;
        }
        const std::string raw = walker.value(e->length);
        if (e->tag == 0x00020010U) {
            h.transferSyntax = trimmed(raw);
        } else if (e->tag == 0x00020002U) {
            mediaClass = trimmed(raw);
        }
    }

    std::unique_ptr<std::istringstream> inflated;
    std::optional<Walker> body;
    if (h.transferSyntax == kDeflated) {
        std::string packed((std::istreambuf_iterator<char>(disk)), std::istreambuf_iterator<char>());
        auto plain = inflateRaw(packed);
        if (!plain) {
            return broken(file, "deflated body");
        }
        const std::uint64_t length = plain->size();
        inflated = std::make_unique<std::istringstream>(std::move(*plain));
        body.emplace(*inflated, length);
    } else {
        body.emplace(disk, size);
    }
    if (!hasMeta || h.transferSyntax.empty()) {
        // Nothing says how the elements are written: two capital letters after the first tag mean explicit.
        const auto at = disk.tellg();
        std::array<char, 6> b{};
        disk.read(b.data(), b.size());
        disk.clear();
        disk.seekg(at);
        body->setSyntax(
            std::isupper(static_cast<unsigned char>(b[4])) && std::isupper(static_cast<unsigned char>(b[5])), false);
    } else {
        body->setSyntax(h.transferSyntax != kImplicitLittle, h.transferSyntax == kExplicitBig);
    }

    while (!body->atEnd()) {
        const auto e = body->next();
        if (!e) {
            return broken(file, "element");
        }
        if (e->tag == kPixelData || e->tag == 0x7FE00008U || e->tag == 0x7FE00009U) {
            h.hasPixelData = true;
            h.pixelDataBytes = e->length == kUndefinedLength ? 0 : e->length;
            if (e->length != kUndefinedLength && e->length > body->end() - body->position()) {
                return fail(ErrorCode::Unreadable, "imaging.file_truncated", {{"file", file.string()}});
            }
            break;
        }
        if (e->length == kUndefinedLength) {
            if (!body->skipUndefined(0)) {
                return broken(file, "sequence");
            }
        } else if (e->length > kLongestValue || (e->vr[0] == 'S' && e->vr[1] == 'Q')) {
            if (!body->skip(e->length)) {
                return broken(file, "value longer than the file");
            }
        } else {
            if (e->length > body->end() - body->position()) {
                return broken(file, "value longer than the file");
            }
            take(h, *body, *e, body->value(e->length));
        }
    }
    if (h.sopClass.empty()) {
        h.sopClass = mediaClass;
    }
    return h;
}

Result<void> checkDicomPicture(const std::filesystem::path& file, const DicomHeader& h) {
    const std::map<std::string, std::string> named{{"file", file.string()}};
    if (h.sopClass == "1.2.840.10008.1.3.10") {
        return fail(ErrorCode::Unsupported, "imaging.dicom_directory", named);
    }
    if (h.sopClass.starts_with("1.2.840.10008.5.1.4.1.1.481.") && h.sopClass != "1.2.840.10008.5.1.4.1.1.481.1") {
        // Radiotherapy plans, structures and dose grids; .1 is a plain portal image. A dose grid has pixels, but GDCM
        // asserts on some of them.
        return fail(ErrorCode::Unsupported, "imaging.dicom_radiotherapy", named, h.sopClass);
    }
    if (h.sopClass == "1.2.840.10008.5.1.4.1.1.66.4") {
        return fail(ErrorCode::Unsupported, "imaging.dicom_segmentation", named);
    }
    if (!h.hasPixelData) {
        return fail(ErrorCode::Unsupported, "imaging.dicom_no_picture", named, h.sopClass);
    }
    if (h.transferSyntax.starts_with("1.2.840.10008.1.2.4.10") ||
        h.transferSyntax.starts_with("1.2.840.10008.1.2.4.9") ||
        h.transferSyntax.starts_with("1.2.840.10008.1.2.4.20")) {
        // 4.90 and 4.91 are JPEG 2000; the rest of these are its network forms, films and newer codecs.
        if (h.transferSyntax != "1.2.840.10008.1.2.4.90" && h.transferSyntax != "1.2.840.10008.1.2.4.91") {
            return fail(ErrorCode::Unsupported, "imaging.dicom_codec", named, h.transferSyntax);
        }
    }
    const bool depthKnown = h.bitsAllocated == 8 || h.bitsAllocated == 16 || h.bitsAllocated == 32;
    const bool coloursKnown = h.samples == 1 || h.samples == 3;
    if (h.rows <= 0 || h.columns <= 0 || h.frames <= 0) {
        return broken(file, "rows, columns or frames");
    }
    if (!depthKnown || !coloursKnown) {
        return fail(ErrorCode::Unsupported, "imaging.dicom_pixels", named,
                    std::to_string(h.bitsAllocated) + " bits, " + std::to_string(h.samples) + " samples");
    }
    if (h.pixelDataBytes != 0) {
        const std::uint64_t needed = static_cast<std::uint64_t>(h.rows) * static_cast<std::uint64_t>(h.columns) *
                                     static_cast<std::uint64_t>(h.frames) * static_cast<std::uint64_t>(h.samples) *
                                     static_cast<std::uint64_t>(h.bitsAllocated / 8);
        // Chroma-subsampled colour (YBR 4:2:2) legitimately stores two thirds of that.
        const std::uint64_t least = h.samples == 3 ? needed / 3 * 2 : needed;
        if (h.pixelDataBytes < least) {
            return fail(ErrorCode::Unreadable, "imaging.file_truncated", named);
        }
    }
    return {};
}

} // namespace sulcus::imaging
