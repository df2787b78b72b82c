// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/nifti_codec.h"

#include "core/imaging/volume_memory.h"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <optional>

namespace sulcus::imaging {

namespace {

static_assert(std::endian::native == std::endian::little, "the byte order test below assumes a little-endian machine");

namespace fs = std::filesystem;

using Gz = std::unique_ptr<gzFile_s, int (*)(gzFile)>;

/// zlib reads plain files through the same calls, so gzipped or not makes no difference below.
Gz openGz(const fs::path& file) {
    Gz gz(gzopen(file.c_str(), "rb"), gzclose);
    if (gz) {
        gzbuffer(gz.get(), 1U << 18U);
    }
    return gz;
}

constexpr std::size_t kHeaderBytes1 = 348;
constexpr std::size_t kHeaderBytes2 = 540;
constexpr std::int64_t kLongestAxis = 1 << 20;
constexpr std::uint64_t kBestDeflateRatio = 1040; ///< zlib cannot do better than 1032 to 1

struct Stored {
    const char* name;
    int bytes;
    int components;
};

/// NIfTI's datatype codes that hold something to look at.
std::optional<Stored> storedType(int code) {
    switch (code) {
    case 2:
        return Stored{"uint8", 1, 1};
    case 4:
        return Stored{"int16", 2, 1};
    case 8:
        return Stored{"int32", 4, 1};
    case 16:
        return Stored{"float32", 4, 1};
    case 64:
        return Stored{"float64", 8, 1};
    case 128:
        return Stored{"rgb24", 1, 3};
    case 256:
        return Stored{"int8", 1, 1};
    case 512:
        return Stored{"uint16", 2, 1};
    case 768:
        return Stored{"uint32", 4, 1};
    case 1024:
        return Stored{"int64", 8, 1};
    case 1280:
        return Stored{"uint64", 8, 1};
    case 2304:
        return Stored{"rgba32", 1, 4};
    default:
        return std::nullopt;
    }
}

struct Parsed {
    ImageHeader header;
    int typeCode = 0;
    Stored stored{"", 0, 0};
    bool swapped = false;
    double slope = 1.0;
    double intercept = 0.0;
    std::uint64_t offset = 0;
    fs::path dataFile;
    std::vector<Message> warnings;

    std::uint64_t frameBytes() const {
        return static_cast<std::uint64_t>(header.geometry.voxelCount()) * static_cast<std::uint64_t>(stored.bytes) *
               static_cast<std::uint64_t>(stored.components);
    }
};

/// Reads numbers of the file's byte order out of a header block.
class Fields {
public:
    Fields(const unsigned char* bytes, bool swapped) : m_bytes(bytes), m_swapped(swapped) {}

    template <typename T>
    T at(std::size_t offset) const {
        std::array<unsigned char, sizeof(T)> b{};
        std::copy_n(m_bytes + offset, sizeof(T), b.begin());
        if (m_swapped) {
            std::reverse(b.begin(), b.end());
        }
        return std::bit_cast<T>(b);
    }
    std::string text(std::size_t offset, std::size_t longest) const {
        const char* start = reinterpret_cast<const char*>(m_bytes + offset);
        return {start, strnlen(start, longest)};
    }

private:
    const unsigned char* m_bytes;
    bool m_swapped;
};

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// "x.img" and "x.img.gz" are described by "x.hdr", the other way round for the voxels. Either may be gzipped alone.
std::optional<fs::path> partner(const fs::path& file, const std::string& from, const std::string& to) {
    std::string name = file.string();
    const std::string low = lowered(name);
    std::string tail;
    for (const std::string& candidate : {from, from + ".gz"}) {
        if (low.ends_with(candidate)) {
            tail = candidate;
        }
    }
    if (tail.empty()) {
        return std::nullopt;
    }
    const std::string stem = name.substr(0, name.size() - tail.size());
    const bool upper = std::isupper(static_cast<unsigned char>(name[stem.size() + 1])) != 0;
    for (std::string ending : {to, to + ".gz"}) {
        if (upper) {
            std::transform(ending.begin(), ending.end(), ending.begin(),
                           [](unsigned char c) { return std::toupper(c); });
        }
        if (fs::exists(stem + ending)) {
            return stem + ending;
        }
    }
    return fs::path(stem + to);
}

struct Affine {
    std::array<double, 9> m{}; ///< row-major, mm per voxel, RAS
    std::array<double, 3> t{};
};

Affine affineFromQuaternion(double b, double c, double d, const std::array<double, 3>& offset, double qfac,
                            const std::array<double, 3>& spacing) {
    // nifti1.h, method 2: a is what is left of unit length; rounding may leave it slightly negative.
    double a = 1.0 - (b * b + c * c + d * d);
    if (a < 1e-7) {
        const double scale = 1.0 / std::sqrt(std::max(b * b + c * c + d * d, 1e-30));
        b *= scale;
        c *= scale;
        d *= scale;
        a = 0.0;
    } else {
        a = std::sqrt(a);
    }
    Affine f;
    f.m = {a * a + b * b - c * c - d * d, 2 * (b * c - a * d),           2 * (b * d + a * c),
           2 * (b * c + a * d),           a * a + c * c - b * b - d * d, 2 * (c * d - a * b),
           2 * (b * d - a * c),           2 * (c * d + a * b),           a * a + d * d - c * c - b * b};
    for (std::size_t row = 0; row < 3; ++row) {
        f.m[row * 3 + 0] *= spacing[0];
        f.m[row * 3 + 1] *= spacing[1];
        f.m[row * 3 + 2] *= spacing[2] * qfac;
    }
    f.t = offset;
    return f;
}

/// The rotation (or reflection) nearest to a matrix of unit columns: the orthogonal factor of its polar decomposition,
/// by Newton's iteration (Higham 1986).
std::array<double, 9> nearestRotation(std::array<double, 9> m) {
    for (int step = 0; step < 50; ++step) {
        const double d = m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
                         m[2] * (m[3] * m[7] - m[4] * m[6]);
        const std::array<double, 9> inverseTransposed{
            (m[4] * m[8] - m[5] * m[7]) / d, (m[5] * m[6] - m[3] * m[8]) / d, (m[3] * m[7] - m[4] * m[6]) / d,
            (m[2] * m[7] - m[1] * m[8]) / d, (m[0] * m[8] - m[2] * m[6]) / d, (m[1] * m[6] - m[0] * m[7]) / d,
            (m[1] * m[5] - m[2] * m[4]) / d, (m[2] * m[3] - m[0] * m[5]) / d, (m[0] * m[4] - m[1] * m[3]) / d};
        double change = 0.0;
        for (std::size_t n = 0; n < 9; ++n) {
            const double next = 0.5 * (m[n] + inverseTransposed[n]);
            change = std::max(change, std::abs(next - m[n]));
            m[n] = next;
        }
        if (change < 1e-12) {
            break;
        }
    }
    return m;
}

enum class Placement { Exact, Sheared, Impossible };

/// RAS affine -> LPS geometry.
Placement place(Geometry& g, const Affine& f) {
    std::array<double, 9> unit{};
    for (std::size_t column = 0; column < 3; ++column) {
        const double length = std::hypot(f.m[column], f.m[3 + column], f.m[6 + column]);
        if (!(length > 1e-6) || !std::isfinite(length)) {
            return Placement::Impossible;
        }
        g.spacing[column] = length;
        for (std::size_t row = 0; row < 3; ++row) {
            // Negative zeros would otherwise show in files written back.
            unit[row * 3 + column] = (row < 2 ? -1.0 : 1.0) * f.m[row * 3 + column] / length + 0.0;
        }
    }
    double worst = 0.0;
    for (std::size_t a = 0; a < 3; ++a) {
        const std::size_t b = (a + 1) % 3;
        worst = std::max(worst, std::abs(unit[a] * unit[b] + unit[3 + a] * unit[3 + b] + unit[6 + a] * unit[6 + b]));
    }
    const double d = unit[0] * (unit[4] * unit[8] - unit[5] * unit[7]) -
                     unit[1] * (unit[3] * unit[8] - unit[5] * unit[6]) +
                     unit[2] * (unit[3] * unit[7] - unit[4] * unit[6]);
    if (!(std::abs(d) > 0.1)) {
        return Placement::Impossible;
    }
    for (std::size_t axis = 0; axis < 3; ++axis) {
        if (!std::isfinite(f.t[axis])) {
            return Placement::Impossible;
        }
        g.origin[axis] = (axis < 2 ? -f.t[axis] : f.t[axis]) + 0.0;
    }
    g.direction = worst > 1e-6 ? nearestRotation(unit) : unit;
    for (double& v : g.direction) {
        v = std::abs(v) < 1e-9 ? 0.0 : v;
    }
    return worst > 5e-3 ? Placement::Sheared : Placement::Exact;
}

tl::unexpected<Error> damaged(const fs::path& file, const char* what) {
    return fail(ErrorCode::Unreadable, "imaging.header_damaged", {{"file", file.string()}}, what);
}

bool finiteAll(const std::array<double, 9>& m, const std::array<double, 3>& t) {
    return std::all_of(m.begin(), m.end(), [](double v) { return std::isfinite(v); }) &&
           std::all_of(t.begin(), t.end(), [](double v) { return std::isfinite(v); });
}

Result<Parsed> parse(const fs::path& file) {
    Parsed p;
    const std::string low = lowered(file.string());
    const bool isImagePart = low.ends_with(".img") || low.ends_with(".img.gz");
    const fs::path headerFile = isImagePart ? *partner(file, ".img", ".hdr") : file;
    if (!fs::exists(headerFile)) {
        return fail(ErrorCode::NotFound, "imaging.pair_missing",
                    {{"file", file.string()}, {"partner", headerFile.filename().string()}});
    }

    std::array<unsigned char, kHeaderBytes2> raw{};
    Gz gz = openGz(headerFile);
    const int got = gz ? gzread(gz.get(), raw.data(), static_cast<unsigned>(raw.size())) : -1;
    gz.reset();
    if (got < 0) {
        return fail(ErrorCode::Unreadable, "imaging.not_an_image", {{"file", file.string()}}, "gzip stream");
    }
    if (static_cast<std::size_t>(got) < kHeaderBytes1) {
        return fail(ErrorCode::Unreadable, got == 0 ? "imaging.file_empty" : "imaging.file_truncated",
                    {{"file", headerFile.string()}});
    }
    std::int32_t headerSize = 0;
    std::memcpy(&headerSize, raw.data(), 4);
    const auto swappedSize = static_cast<std::int32_t>(__builtin_bswap32(static_cast<std::uint32_t>(headerSize)));
    p.swapped = swappedSize == 348 || swappedSize == 540;
    if (p.swapped) {
        headerSize = swappedSize;
    }
    if (headerSize != 348 && headerSize != 540) {
        return fail(ErrorCode::Unreadable, "imaging.not_an_image", {{"file", file.string()}});
    }
    const bool second = headerSize == 540;
    if (second && static_cast<std::size_t>(got) < kHeaderBytes2) {
        return fail(ErrorCode::Unreadable, "imaging.file_truncated", {{"file", headerFile.string()}});
    }

    const Fields f(raw.data(), p.swapped);
    const std::string magic = second ? f.text(4, 4) : f.text(344, 4);
    const bool single = magic == (second ? "n+2" : "n+1");
    const bool pair = magic == (second ? "ni2" : "ni1");
    const bool analyze = !second && !single && !pair;
    if (second && !single && !pair) {
        return damaged(file, "NIfTI-2 magic");
    }
    const bool namedAsPair = isImagePart || low.ends_with(".hdr") || low.ends_with(".hdr.gz");
    if (analyze && !namedAsPair) {
        // 348 at the start but neither a NIfTI mark nor an Analyze name.
        return fail(ErrorCode::Unreadable, "imaging.not_an_image", {{"file", file.string()}});
    }
    p.header.format = second ? "NIfTI-2" : (analyze ? "Analyze" : "NIfTI-1");

    std::array<std::int64_t, 8> dim{};
    std::array<double, 8> pixdim{};
    for (std::size_t n = 0; n < 8; ++n) {
        dim[n] = second ? f.at<std::int64_t>(16 + 8 * n) : f.at<std::int16_t>(40 + 2 * n);
        pixdim[n] = second ? f.at<double>(104 + 8 * n) : static_cast<double>(f.at<float>(76 + 4 * n));
    }
    p.typeCode = second ? f.at<std::int16_t>(12) : f.at<std::int16_t>(70);
    const double offset = second ? static_cast<double>(f.at<std::int64_t>(168)) : static_cast<double>(f.at<float>(108));
    p.slope = second ? f.at<double>(176) : static_cast<double>(f.at<float>(112));
    p.intercept = second ? f.at<double>(184) : static_cast<double>(f.at<float>(116));
    p.header.description = second ? f.text(240, 80) : f.text(148, 80);
    const int units = second ? f.at<std::int32_t>(500) : raw[123];
    const int qform = second ? f.at<std::int32_t>(344) : f.at<std::int16_t>(252);
    const int sform = second ? f.at<std::int32_t>(348) : f.at<std::int16_t>(254);

    if (dim[0] < 1 || dim[0] > 7) {
        return damaged(file, "number of dimensions");
    }
    std::uint64_t frames = 1;
    std::uint64_t voxels = 1;
    for (std::size_t n = 1; n <= static_cast<std::size_t>(dim[0]); ++n) {
        if (dim[n] < 1 || dim[n] > kLongestAxis) {
            return damaged(file, "dimension");
        }
        auto& product = n <= 3 ? voxels : frames;
        product *= static_cast<std::uint64_t>(dim[n]);
        if (product > (1ULL << 50U)) {
            return damaged(file, "number of voxels");
        }
        if (n <= 3) {
            p.header.geometry.size[n - 1] = static_cast<int>(dim[n]);
        }
    }
    for (std::size_t n = static_cast<std::size_t>(dim[0]); n < 3; ++n) {
        p.header.geometry.size[n] = 1;
    }
    if (frames > static_cast<std::uint64_t>(std::numeric_limits<int>::max())) {
        return damaged(file, "number of frames");
    }
    p.header.timePoints = static_cast<int>(frames);

    const auto stored = storedType(p.typeCode);
    if (!stored) {
        return fail(ErrorCode::Unsupported, "imaging.pixel_type_unsupported", {{"file", file.string()}},
                    "datatype " + std::to_string(p.typeCode));
    }
    p.stored = *stored;
    p.header.pixelType = stored->name;
    p.header.components = stored->components;

    Geometry& g = p.header.geometry;
    g.isSlice = g.size[2] == 1;
    double toMm = 1.0;
    if (!analyze) {
        toMm = (units & 7) == 1 ? 1000.0 : ((units & 7) == 3 ? 0.001 : 1.0);
    }
    std::array<double, 3> spacing{};
    bool spacingMissing = false;
    for (std::size_t n = 0; n < 3; ++n) {
        spacing[n] = std::abs(pixdim[n + 1]) * toMm;
        if (!std::isfinite(spacing[n]) || spacing[n] < 1e-6) {
            spacing[n] = 1.0;
            spacingMissing = spacingMissing || (n < 2 || !g.isSlice);
        }
    }

    Affine byRows;
    Affine byQuaternion;
    if (second) {
        for (std::size_t n = 0; n < 12; ++n) {
            const double v = f.at<double>(400 + 8 * n) * toMm;
            (n % 4 == 3 ? byRows.t[n / 4] : byRows.m[n / 4 * 3 + n % 4]) = v;
        }
        byQuaternion =
            affineFromQuaternion(f.at<double>(352), f.at<double>(360), f.at<double>(368),
                                 {f.at<double>(376) * toMm, f.at<double>(384) * toMm, f.at<double>(392) * toMm},
                                 pixdim[0] < 0 ? -1.0 : 1.0, spacing);
    } else {
        for (std::size_t n = 0; n < 12; ++n) {
            const double v = static_cast<double>(f.at<float>(280 + 4 * n)) * toMm;
            (n % 4 == 3 ? byRows.t[n / 4] : byRows.m[n / 4 * 3 + n % 4]) = v;
        }
        byQuaternion = affineFromQuaternion(f.at<float>(256), f.at<float>(260), f.at<float>(264),
                                            {f.at<float>(268) * toMm, f.at<float>(272) * toMm, f.at<float>(276) * toMm},
                                            pixdim[0] < 0 ? -1.0 : 1.0, spacing);
    }

    // The rows win when both are there, as nifti1.h recommends: they carry the later alignment.
    Placement placed = Placement::Impossible;
    if (!analyze && sform > 0 && finiteAll(byRows.m, byRows.t)) {
        placed = place(g, byRows);
    }
    if (placed != Placement::Exact && !analyze && qform > 0 && finiteAll(byQuaternion.m, byQuaternion.t)) {
        Geometry other = g;
        if (place(other, byQuaternion) == Placement::Exact) {
            g = other;
            placed = Placement::Exact;
        }
    }
    if (placed == Placement::Impossible) {
        // Neither form: Analyze's habit is right to left, back to front, bottom to top, but nothing promises the first,
        // so the picture is laid that way and no side is named.
        g.spacing = spacing;
        g.direction = {1, 0, 0, 0, -1, 0, 0, 0, 1};
        g.origin = {0.0, spacing[1] * (g.size[1] - 1), 0.0};
        g.hasOrientation = false;
        p.warnings.push_back({"imaging.no_orientation", {{"file", file.filename().string()}}});
    } else if (placed == Placement::Sheared) {
        p.warnings.push_back({"imaging.shear_ignored", {{"file", file.filename().string()}}});
    }
    if (spacingMissing && placed == Placement::Impossible) {
        p.warnings.push_back({"imaging.spacing_missing", {{"file", file.filename().string()}}});
    }

    if (!std::isfinite(p.slope) || p.slope == 0.0 || stored->components > 1) {
        p.slope = 1.0;
        p.intercept = 0.0;
    }
    if (!std::isfinite(p.intercept) || analyze) {
        p.intercept = 0.0;
    }

    const std::uint64_t least = single ? static_cast<std::uint64_t>(headerSize) : 0;
    if (!std::isfinite(offset) || offset < 0.0 || offset > 1e15) {
        return damaged(file, "offset of the voxels");
    }
    p.offset = std::max(least, static_cast<std::uint64_t>(offset));
    p.header.voxelBytes = p.frameBytes() * frames;
    p.dataFile = single ? headerFile : (isImagePart ? file : partner(file, ".hdr", ".img").value_or(file));
    return p;
}

/// Is the file a gzip stream? (Not by its name: plain files named .gz exist, and zlib reads them.)
bool isGzip(const fs::path& file) {
    std::unique_ptr<FILE, int (*)(FILE*)> in(std::fopen(file.c_str(), "rb"), std::fclose);
    std::array<unsigned char, 2> b{};
    return in && std::fread(b.data(), 1, 2, in.get()) == 2 && b[0] == 0x1F && b[1] == 0x8B;
}

template <typename T>
void convert(const unsigned char* from, std::size_t count, bool swapped, double slope, double intercept, float* to) {
    const bool plain = slope == 1.0 && intercept == 0.0;
    for (std::size_t n = 0; n < count; ++n) {
        std::array<unsigned char, sizeof(T)> b{};
        std::memcpy(b.data(), from + n * sizeof(T), sizeof(T));
        if (swapped) {
            std::reverse(b.begin(), b.end());
        }
        const T value = std::bit_cast<T>(b);
        to[n] = plain ? static_cast<float>(value) : static_cast<float>(static_cast<double>(value) * slope + intercept);
    }
}

void convertColour(const unsigned char* from, std::size_t count, int components, float* to) {
    for (std::size_t n = 0; n < count; ++n) {
        const unsigned char* c = from + n * static_cast<std::size_t>(components);
        // The luminance weights that ITK uses, so that colour looks alike in every format.
        to[n] = 0.2125F * static_cast<float>(c[0]) + 0.7154F * static_cast<float>(c[1]) +
                0.0721F * static_cast<float>(c[2]);
    }
}

void convertChunk(const Parsed& p, const unsigned char* from, std::size_t count, float* to) {
    switch (p.typeCode) {
    case 2:
        return convert<std::uint8_t>(from, count, p.swapped, p.slope, p.intercept, to);
    case 4:
        return convert<std::int16_t>(from, count, p.swapped, p.slope, p.intercept, to);
    case 8:
        return convert<std::int32_t>(from, count, p.swapped, p.slope, p.intercept, to);
    case 16:
        return convert<float>(from, count, p.swapped, p.slope, p.intercept, to);
    case 64:
        return convert<double>(from, count, p.swapped, p.slope, p.intercept, to);
    case 256:
        return convert<std::int8_t>(from, count, p.swapped, p.slope, p.intercept, to);
    case 512:
        return convert<std::uint16_t>(from, count, p.swapped, p.slope, p.intercept, to);
    case 768:
        return convert<std::uint32_t>(from, count, p.swapped, p.slope, p.intercept, to);
    case 1024:
        return convert<std::int64_t>(from, count, p.swapped, p.slope, p.intercept, to);
    case 1280:
        return convert<std::uint64_t>(from, count, p.swapped, p.slope, p.intercept, to);
    default:
        return convertColour(from, count, p.stored.components, to);
    }
}

} // namespace

bool looksLikeNifti(const fs::path& file) {
    const std::string low = lowered(file.string());
    if (low.ends_with(".img") || low.ends_with(".img.gz")) {
        return fs::exists(*partner(file, ".img", ".hdr"));
    }
    Gz gz = openGz(file);
    std::uint32_t size = 0;
    if (!gz || gzread(gz.get(), &size, 4) != 4) {
        return false;
    }
    const std::uint32_t other = __builtin_bswap32(size);
    return size == 348 || size == 540 || other == 348 || other == 540;
}

Result<ImageHeader> readNiftiHeader(const fs::path& file) {
    auto parsed = parse(file);
    if (!parsed) {
        return fail(std::move(parsed.error()));
    }
    return parsed->header;
}

Result<Volume> readNifti(const fs::path& file, const ReadOptions& options, const TaskContext& task) {
    auto parsed = parse(file);
    if (!parsed) {
        return fail(std::move(parsed.error()));
    }
    const Parsed& p = *parsed;
    std::error_code failed;
    const std::uint64_t onDisk = fs::file_size(p.dataFile, failed);
    if (failed) {
        return fail(ErrorCode::NotFound, "imaging.pair_missing",
                    {{"file", file.string()}, {"partner", p.dataFile.filename().string()}});
    }
    if (options.timePoint < 0 || options.timePoint >= p.header.timePoints) {
        return fail(ErrorCode::InvalidInput, "imaging.no_such_frame",
                    {{"file", file.string()},
                     {"wanted", std::to_string(options.timePoint + 1)},
                     {"count", std::to_string(p.header.timePoints)}});
    }
    const std::uint64_t skip = p.offset + p.frameBytes() * static_cast<std::uint64_t>(options.timePoint);
    const std::uint64_t needed = skip + p.frameBytes();
    const std::uint64_t possible = isGzip(p.dataFile) ? onDisk * kBestDeflateRatio : onDisk;
    const std::string size = toString(p.header.geometry.size);
    // The memory comes first: for a header that promises a hundred gigabytes, the size is the more useful sentence even
    // when the bytes are not there.
    constexpr std::uint64_t kWorkingBytes = 16ULL << 20U;
    if (auto fits = checkFitsMemory(file, size, p.header.geometry.voxelCount() * sizeof(float) + kWorkingBytes);
        !fits) {
        return fail(std::move(fits.error()));
    }
    if (needed > possible) {
        return fail(ErrorCode::Unreadable, "imaging.file_truncated", {{"file", p.dataFile.string()}},
                    std::to_string(onDisk) + " of " + std::to_string(needed) + " bytes");
    }

    Volume volume;
    volume.geometry = p.header.geometry;
    volume.description = p.header.description;
    volume.warnings = p.warnings;
    if (p.header.timePoints > 1) {
        volume.warnings.push_back({"imaging.one_of_several",
                                   {{"file", file.filename().string()},
                                    {"count", std::to_string(p.header.timePoints)},
                                    {"shown", std::to_string(options.timePoint + 1)}}});
    }
    try {
        volume.voxels.resize(volume.geometry.voxelCount());
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "imaging.too_large",
                    {{"file", file.string()},
                     {"size", size},
                     {"needed", bytesText(volume.geometry.voxelCount() * sizeof(float))},
                     {"available", bytesText(availableMemoryBytes())}});
    }

    Gz gz = openGz(p.dataFile);
    if (!gz || gzseek(gz.get(), static_cast<z_off_t>(skip), SEEK_SET) < 0) {
        return fail(ErrorCode::Unreadable, "imaging.file_truncated", {{"file", p.dataFile.string()}}, "seek");
    }
    const std::size_t voxelBytes = static_cast<std::size_t>(p.stored.bytes * p.stored.components);
    const std::size_t perChunk = (4U << 20U) / voxelBytes;
    std::vector<unsigned char> chunk(perChunk * voxelBytes);
    for (std::size_t done = 0; done < volume.voxels.size();) {
        if (task.cancelled()) {
            return failCancelled();
        }
        const std::size_t count = std::min(perChunk, volume.voxels.size() - done);
        const int wanted = static_cast<int>(count * voxelBytes);
        if (gzread(gz.get(), chunk.data(), static_cast<unsigned>(wanted)) != wanted) {
            int code = Z_OK;
            const char* text = gzerror(gz.get(), &code);
            return fail(ErrorCode::Unreadable, "imaging.file_truncated", {{"file", p.dataFile.string()}},
                        text != nullptr ? text : "");
        }
        convertChunk(p, chunk.data(), count, volume.voxels.data() + done);
        done += count;
        task.report(static_cast<double>(done) / static_cast<double>(volume.voxels.size()));
    }
    return volume;
}

} // namespace sulcus::imaging
