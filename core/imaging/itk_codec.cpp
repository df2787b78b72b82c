// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/itk_codec.h"

#include "core/imaging/dicom_header.h"
#include "core/imaging/volume_memory.h"

#include <fcntl.h>
#include <gdcmTrace.h>
#include <itkBMPImageIO.h>
#include <itkGDCMImageIO.h>
#include <itkImage.h>
#include <itkImageFileReader.h>
#include <itkImageFileWriter.h>
#include <itkImportImageFilter.h>
#include <itkJPEGImageIO.h>
#include <itkMetaDataObject.h>
#include <itkMetaImageIO.h>
#include <itkNiftiImageIO.h>
#include <itkNrrdImageIO.h>
#include <itkPNGImageIO.h>
#include <itkTIFFImageIO.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string_view>

namespace sulcus::imaging {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kBestDeflateRatio = 1040;

/// The libraries' own warnings would go to stderr past the log, where nobody who reads a command's output expects them;
/// GDCM's quote the values of elements, a patient's name among them.
void silenceLibraries() {
    static std::once_flag once;
    std::call_once(once, [] {
        itk::Object::SetGlobalWarningDisplay(false);
        gdcm::Trace::DebugOff();
        gdcm::Trace::WarningOff();
        gdcm::Trace::ErrorOff();
    });
}

/// While one lives, what the codecs inside GDCM (JPEG, JPEG 2000) write straight to the process's standard error goes
/// nowhere: what is wrong with a file is said once, in a sentence. Nothing of the program's own may write to it inside
/// the scope, so it is held round single calls of a library. Workers may hold several at once.
class QuietTerminal {
public:
    QuietTerminal() {
        const std::lock_guard lock(state().mutex);
        if (state().users++ != 0) {
            return;
        }
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (nowhere < 0) {
            return;
        }
        state().kept = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
        if (state().kept >= 0) {
            ::dup2(nowhere, STDERR_FILENO);
        }
        ::close(nowhere);
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;
    ~QuietTerminal() {
        const std::lock_guard lock(state().mutex);
        if (--state().users == 0 && state().kept >= 0) {
            ::dup2(state().kept, STDERR_FILENO);
            ::close(state().kept);
            state().kept = -1;
        }
    }

private:
    struct State {
        std::mutex mutex;
        int users = 0;
        int kept = -1;
    };
    static State& state() {
        static State one;
        return one;
    }
};

/// The reader of one format, made by hand: no factory search, so a file is never tried by a reader that was not meant.
itk::ImageIOBase::Pointer makeIo(ItkFormat format) {
    switch (format) {
    case ItkFormat::Nrrd:
        return itk::NrrdImageIO::New().GetPointer();
    case ItkFormat::MetaImage:
        return itk::MetaImageIO::New().GetPointer();
    case ItkFormat::Tiff:
        return itk::TIFFImageIO::New().GetPointer();
    case ItkFormat::Png:
        return itk::PNGImageIO::New().GetPointer();
    case ItkFormat::Jpeg:
        return itk::JPEGImageIO::New().GetPointer();
    case ItkFormat::Bmp:
        return itk::BMPImageIO::New().GetPointer();
    case ItkFormat::Nifti:
        return itk::NiftiImageIO::New().GetPointer();
    case ItkFormat::Dicom:
        break;
    }
    return itk::GDCMImageIO::New().GetPointer();
}

const char* formatName(ItkFormat format) {
    switch (format) {
    case ItkFormat::Nrrd:
        return "NRRD";
    case ItkFormat::MetaImage:
        return "MetaImage";
    case ItkFormat::Tiff:
        return "TIFF";
    case ItkFormat::Png:
        return "PNG";
    case ItkFormat::Jpeg:
        return "JPEG";
    case ItkFormat::Bmp:
        return "BMP";
    case ItkFormat::Nifti:
        return "NIfTI-1";
    case ItkFormat::Dicom:
        break;
    }
    return "DICOM";
}

std::string pixelTypeName(itk::IOComponentEnum type) {
    using E = itk::IOComponentEnum;
    switch (type) {
    case E::UCHAR:
        return "uint8";
    case E::CHAR:
        return "int8";
    case E::USHORT:
        return "uint16";
    case E::SHORT:
        return "int16";
    case E::UINT:
        return "uint32";
    case E::INT:
        return "int32";
    case E::ULONG:
    case E::ULONGLONG:
        return "uint64";
    case E::LONG:
    case E::LONGLONG:
        return "int64";
    case E::FLOAT:
        return "float32";
    case E::DOUBLE:
        return "float64";
    default:
        return "unknown";
    }
}

std::string firstText(const fs::path& file, std::size_t count) {
    std::ifstream in(file, std::ios::binary);
    std::string text(count, '\0');
    in.read(text.data(), static_cast<std::streamsize>(count));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

/// Where ITK keeps the free text of a header: NRRD has a field for it, MetaImage takes any. Empty: no place.
std::string descriptionKey(ItkFormat format) {
    return format == ItkFormat::Nrrd ? "NRRD_content" : format == ItkFormat::MetaImage ? "Description" : "";
}

/// Does the file say where left is?
bool saysOrientation(const fs::path& file, ItkFormat format, const itk::MetaDataDictionary& dictionary) {
    switch (format) {
    case ItkFormat::Nrrd: {
        std::string space;
        return itk::ExposeMetaData<std::string>(dictionary, "NRRD_space", space) &&
               space.find("xyz") == std::string::npos;
    }
    case ItkFormat::MetaImage: {
        const std::string head = firstText(file, 4096);
        return head.find("TransformMatrix") != std::string::npos || head.find("Orientation") != std::string::npos ||
               head.find("Rotation") != std::string::npos;
    }
    case ItkFormat::Nifti:
        return true;
    case ItkFormat::Dicom:
    case ItkFormat::Tiff:
    case ItkFormat::Png:
    case ItkFormat::Jpeg:
    case ItkFormat::Bmp:
        break;
    }
    return false; // DICOM is answered by its own header
}

struct Opened {
    itk::ImageIOBase::Pointer io;
    ImageHeader header;
    std::vector<Message> warnings;
};

Error unreadable(const fs::path& file, const char* text) {
    // Of a file that is DICOM by its header only the picture can be at fault.
    if (looksLikeDicom(file)) {
        if (const auto header = readDicomHeader(file); header && header->hasPixelData) {
            const bool packed = !header->transferSyntax.empty() && header->pixelDataBytes == 0;
            return Error{
                ErrorCode::Unreadable,
                {packed ? "imaging.dicom_codec_failed" : "imaging.dicom_picture_failed", {{"file", file.string()}}},
                text};
        }
    }
    return Error{ErrorCode::Unreadable, {"imaging.not_an_image", {{"file", file.string()}}}, text};
}

Result<Opened> openUnguarded(const fs::path& file, ItkFormat format) {
    Opened o;
    std::optional<DicomHeader> dicom;
    if (format == ItkFormat::Dicom) {
        auto header = readDicomHeader(file);
        if (!header) {
            return fail(std::move(header.error()));
        }
        if (auto shown = checkDicomPicture(file, *header); !shown) {
            return fail(std::move(shown.error()));
        }
        dicom = std::move(*header);
    }
    o.io = makeIo(format);
    o.io->SetFileName(file.string());
    {
        const QuietTerminal quiet;
        o.io->ReadImageInformation();
    }

    const unsigned dimensions = o.io->GetNumberOfDimensions();
    if (dimensions < 1 || dimensions > 4) {
        return fail(ErrorCode::Unsupported, "imaging.too_many_dimensions",
                    {{"file", file.string()}, {"count", std::to_string(dimensions)}});
    }
    // What pictures call their resolution is that of the printed page.
    const bool isPicture =
        format == ItkFormat::Tiff || format == ItkFormat::Png || format == ItkFormat::Jpeg || format == ItkFormat::Bmp;
    if (isPicture) {
        o.warnings.push_back({"imaging.spacing_missing", {{"file", file.filename().string()}}});
    }
    Geometry& g = o.header.geometry;
    for (unsigned axis = 0; axis < 3; ++axis) {
        const auto size = axis < dimensions ? o.io->GetDimensions(axis) : 1;
        if (size < 1 || size > (1U << 20U)) {
            return fail(ErrorCode::Unreadable, "imaging.header_damaged", {{"file", file.string()}}, "dimension");
        }
        g.size[axis] = static_cast<int>(size);
        double spacing = axis < dimensions && !isPicture ? std::abs(o.io->GetSpacing(axis)) : 1.0;
        if (!std::isfinite(spacing) || spacing < 1e-6) {
            spacing = 1.0;
            o.warnings.push_back({"imaging.spacing_missing", {{"file", file.filename().string()}}});
        }
        g.spacing[axis] = spacing;
        const double origin = axis < dimensions ? o.io->GetOrigin(axis) : 0.0;
        g.origin[axis] = std::isfinite(origin) ? origin : 0.0;
    }
    if (dimensions >= 3) {
        for (unsigned column = 0; column < 3; ++column) {
            const std::vector<double> axis = o.io->GetDirection(column);
            for (unsigned row = 0; row < 3; ++row) {
                g.direction[row * 3 + column] = axis[row];
            }
        }
        const auto& d = g.direction;
        const double determinant = d[0] * (d[4] * d[8] - d[5] * d[7]) - d[1] * (d[3] * d[8] - d[5] * d[6]) +
                                   d[2] * (d[3] * d[7] - d[4] * d[6]);
        if (!(std::abs(determinant) > 0.1)) {
            g.direction = {1, 0, 0, 0, 1, 0, 0, 0, 1};
            g.hasOrientation = false;
        }
    }
    o.header.timePoints =
        dimensions == 4 ? static_cast<int>(std::min<std::uint64_t>(o.io->GetDimensions(3), 1U << 20U)) : 1;
    if (o.header.timePoints < 1) {
        return fail(ErrorCode::Unreadable, "imaging.header_damaged", {{"file", file.string()}}, "dimension");
    }
    o.header.components = static_cast<int>(o.io->GetNumberOfComponents());
    o.header.pixelType = pixelTypeName(o.io->GetComponentType());
    o.header.format = formatName(format);
    o.header.voxelBytes = g.voxelCount() * static_cast<std::uint64_t>(o.header.timePoints) *
                          static_cast<std::uint64_t>(o.header.components) * o.io->GetComponentSize();
    if (const auto key = descriptionKey(format); !key.empty()) {
        itk::ExposeMetaData<std::string>(o.io->GetMetaDataDictionary(), key, o.header.description);
    }
    g.isSlice = g.size[2] == 1;
    if (dicom) {
        o.header.modality = dicom->modality;
        // Enhanced objects hold their orientation inside functional groups, which GDCM reads.
        const bool enhanced =
            dicom->sopClass == "1.2.840.10008.5.1.4.1.1.4.1" || dicom->sopClass == "1.2.840.10008.5.1.4.1.1.2.1";
        g.hasOrientation = g.hasOrientation && (dicom->orientation.has_value() || enhanced);
        if (!dicom->pixelSpacing && !enhanced) {
            o.warnings.push_back({"imaging.spacing_missing", {{"file", file.filename().string()}}});
        }
    } else {
        g.hasOrientation = g.hasOrientation && saysOrientation(file, format, o.io->GetMetaDataDictionary());
    }
    if (!g.hasOrientation) {
        o.warnings.push_back({"imaging.no_orientation", {{"file", file.filename().string()}}});
    }

    const bool colour = o.io->GetPixelType() == itk::IOPixelEnum::RGB || o.io->GetPixelType() == itk::IOPixelEnum::RGBA;
    if (o.header.components > 1 && !colour && !(o.header.components == 2 && format == ItkFormat::Png)) {
        return fail(ErrorCode::Unsupported, "imaging.vectors_unsupported",
                    {{"file", file.string()}, {"count", std::to_string(o.header.components)}});
    }
    if (o.header.pixelType == "unknown") {
        return fail(ErrorCode::Unsupported, "imaging.pixel_type_unsupported", {{"file", file.string()}});
    }
    return o;
}

/// The value of `key = value` in a MetaImage header, empty when absent.
std::string metaValue(const std::string& head, std::string_view key) {
    std::istringstream lines(head);
    std::string line;
    while (std::getline(lines, line)) {
        const std::size_t equals = line.find('=');
        if (equals == std::string::npos || !std::string_view(line).starts_with(key)) {
            continue;
        }
        std::string value = line.substr(equals + 1);
        value.erase(0, value.find_first_not_of(" \t"));
        value.erase(value.find_last_not_of(" \t\r") + 1);
        return value;
    }
    return {};
}

/// MetaIO fills what is missing of a file with whatever memory held, and says nothing.
Result<void> checkMetaImageData(const fs::path& file, std::uint64_t voxelBytes) {
    const std::string head = firstText(file, 8192);
    const std::string data = metaValue(head, "ElementDataFile");
    const std::string packed = metaValue(head, "CompressedData");
    if (data.starts_with("LIST") || data.find('%') != std::string::npos) {
        return {};
    }
    const bool local = data == "LOCAL" || data == "Local" || data == "local";
    const fs::path holder = local ? file : file.parent_path() / data;
    std::error_code failed;
    const std::uint64_t onDisk = fs::file_size(holder, failed);
    if (failed) {
        return fail(ErrorCode::NotFound, "imaging.pair_missing", {{"file", file.string()}, {"partner", data}});
    }
    if (!packed.starts_with('T') && !packed.starts_with('t') && onDisk < voxelBytes) {
        return fail(ErrorCode::Unreadable, "imaging.file_truncated", {{"file", holder.string()}});
    }
    return {};
}

/// Everything ITK throws ends here.
template <typename Work>
auto guarded(const fs::path& file, Work&& work) -> decltype(work()) {
    silenceLibraries();
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "imaging.too_large",
                    {{"file", file.string()},
                     {"size", "?"},
                     {"needed", "?"},
                     {"available", bytesText(availableMemoryBytes())}});
    } catch (const itk::ExceptionObject& e) {
        return fail(unreadable(file, e.GetDescription()));
    } catch (const std::exception& e) {
        return fail(unreadable(file, e.what()));
    }
}

/// Pixels of one time point, as float, with ITK's conversion of colour to luminance.
template <unsigned D>
std::vector<float> readPixels(const fs::path& file, itk::ImageIOBase* io, std::size_t perFrame, int frame) {
    using Image = itk::Image<float, D>;
    auto reader = itk::ImageFileReader<Image>::New();
    reader->SetImageIO(io);
    reader->SetFileName(file.string());
    {
        const QuietTerminal quiet;
        reader->Update();
    }
    const float* buffer = reader->GetOutput()->GetBufferPointer();
    const std::size_t held = reader->GetOutput()->GetLargestPossibleRegion().GetNumberOfPixels();
    const std::size_t start = perFrame * static_cast<std::size_t>(frame);
    if (start + perFrame > held) {
        throw std::runtime_error("fewer voxels than the header promised");
    }
    return {buffer + start, buffer + start + perFrame};
}

/// Puts the description into the header that ITK wrote, which leaves it empty, packs the file if its name says so, and
/// removes ITK's.
Result<void> finishNifti(const fs::path& plain, const fs::path& file, const std::string& description) {
    constexpr std::size_t kDescription = 148; ///< nifti1.h: char descrip[80]
    constexpr std::size_t kLongest = 79;
    std::ifstream in(plain, std::ios::binary);
    std::vector<char> bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    in.close();
    std::error_code ignored;
    fs::remove(plain, ignored);
    if (bytes.size() < 352) {
        return fail(ErrorCode::Unreadable, "imaging.write_failed", {{"file", file.string()}}, "short NIfTI file");
    }
    std::fill_n(bytes.begin() + kDescription, kLongest + 1, '\0');
    std::copy_n(description.begin(), std::min(description.size(), kLongest), bytes.begin() + kDescription);

    const bool packed = file.extension() == ".gz";
    // Level 5 takes half the time of zlib's default for one percent more bytes.
    gzFile gz = gzopen(file.c_str(), packed ? "wb5" : "wbT");
    bool written = gz != nullptr;
    constexpr std::size_t kChunk = 1U << 24U;
    for (std::size_t at = 0; written && at < bytes.size(); at += kChunk) {
        const auto count = static_cast<unsigned>(std::min(kChunk, bytes.size() - at));
        written = gzwrite(gz, bytes.data() + at, count) == static_cast<int>(count);
    }
    written = gz != nullptr && gzclose(gz) == Z_OK && written;
    if (!written) {
        return fail(ErrorCode::Unreadable, "imaging.write_failed", {{"file", file.string()}}, "zlib");
    }
    return {};
}

template <typename Pixel, typename Source>
Result<void> writeAs(const Geometry& g, const std::vector<Source>& voxels, const std::string& description,
                     const fs::path& file) {
    return guarded(file, [&]() -> Result<void> {
        using Image = itk::Image<Pixel, 3>;
        auto image = Image::New();
        typename Image::SizeType size;
        typename Image::SpacingType spacing;
        typename Image::PointType origin;
        typename Image::DirectionType direction;
        for (unsigned axis = 0; axis < 3; ++axis) {
            size[axis] = static_cast<itk::SizeValueType>(g.size[axis]);
            spacing[axis] = g.spacing[axis];
            origin[axis] = g.origin[axis];
            for (unsigned column = 0; column < 3; ++column) {
                direction[axis][column] = g.direction[axis * 3 + column];
            }
        }
        image->SetRegions(typename Image::RegionType(size));
        image->SetSpacing(spacing);
        image->SetOrigin(origin);
        image->SetDirection(direction);
        image->Allocate();
        std::transform(voxels.begin(), voxels.end(), image->GetBufferPointer(),
                       [](Source v) { return static_cast<Pixel>(v); });
        const std::string name = file.filename().string();
        fs::path target = file;
        ItkFormat format = ItkFormat::Nifti;
        if (name.ends_with(".nii") || name.ends_with(".nii.gz")) {
            target += ".plain.nii";
        } else if (name.ends_with(".nrrd")) {
            format = ItkFormat::Nrrd;
        } else if (name.ends_with(".mha")) {
            format = ItkFormat::MetaImage;
        } else {
            return fail(ErrorCode::Unsupported, "imaging.write_format_unknown", {{"file", file.string()}});
        }
        if (const auto key = descriptionKey(format); !key.empty() && !description.empty()) {
            std::string line = description;
            std::replace_if(
                line.begin(), line.end(), [](unsigned char c) { return std::iscntrl(c) != 0; }, ' ');
            itk::EncapsulateMetaData<std::string>(image->GetMetaDataDictionary(), key, line);
        }
        auto writer = itk::ImageFileWriter<Image>::New();
        writer->SetImageIO(makeIo(format));
        writer->SetFileName(target.string());
        writer->SetInput(image);
        writer->UseCompressionOn();
        try {
            const QuietTerminal quiet;
            writer->Update();
        } catch (const itk::ExceptionObject& e) {
            std::error_code ignored;
            fs::remove(target, ignored);
            return fail(ErrorCode::Unreadable, "imaging.write_failed", {{"file", file.string()}}, e.GetDescription());
        }
        return format == ItkFormat::Nifti ? finishNifti(target, file, description) : Result<void>{};
    });
}

} // namespace

std::optional<ItkFormat> itkFormatOf(const fs::path& file) {
    const std::string head = firstText(file, 512);
    const auto begins = [&](std::string_view mark) { return std::string_view(head).starts_with(mark); };
    using namespace std::string_view_literals;
    // First of all, since DICOM leaves its first 128 bytes free: some files are TIFF and DICOM at once.
    if (std::string_view(head).substr(std::min<std::size_t>(head.size(), 128)).starts_with("DICM"sv)) {
        return ItkFormat::Dicom;
    }
    if (begins("NRRD000"sv)) {
        return ItkFormat::Nrrd;
    }
    if (begins("\x89PNG\r\n\x1a\n"sv)) {
        return ItkFormat::Png;
    }
    if (begins("II*\0"sv) || begins("MM\0*"sv) || begins("II+\0"sv) || begins("MM\0+"sv)) {
        return ItkFormat::Tiff;
    }
    if (begins("\xFF\xD8\xFF"sv)) {
        return ItkFormat::Jpeg;
    }
    if (begins("BM"sv) && head.size() >= 54) {
        return ItkFormat::Bmp;
    }
    if (head.find("NDims") != std::string::npos &&
        (begins("ObjectType"sv) || begins("Comment"sv) || begins("NDims"sv))) {
        return ItkFormat::MetaImage;
    }
    if (looksLikeDicom(file)) {
        return ItkFormat::Dicom;
    }
    return std::nullopt;
}

Result<ImageHeader> readItkHeader(const fs::path& file, ItkFormat format) {
    return guarded(file, [&]() -> Result<ImageHeader> {
        auto opened = openUnguarded(file, format);
        if (!opened) {
            return fail(std::move(opened.error()));
        }
        return std::move(opened->header);
    });
}

Result<Volume> readItk(const fs::path& file, ItkFormat format, const ReadOptions& options, const TaskContext& task) {
    return guarded(file, [&]() -> Result<Volume> {
        auto opened = openUnguarded(file, format);
        if (!opened) {
            return fail(std::move(opened.error()));
        }
        const ImageHeader& h = opened->header;
        if (options.timePoint < 0 || options.timePoint >= h.timePoints) {
            return fail(ErrorCode::InvalidInput, "imaging.no_such_frame",
                        {{"file", file.string()},
                         {"wanted", std::to_string(options.timePoint + 1)},
                         {"count", std::to_string(h.timePoints)}});
        }
        // ITK holds the stored bytes, its float image and our copy at once.
        const std::size_t perFrame = h.geometry.voxelCount();
        const std::uint64_t floats = perFrame * static_cast<std::uint64_t>(h.timePoints) * sizeof(float);
        if (auto fits =
                checkFitsMemory(file, toString(h.geometry.size), h.voxelBytes + floats + perFrame * sizeof(float));
            !fits) {
            return fail(std::move(fits.error()));
        }
        std::error_code ignored;
        const std::uint64_t onDisk = fs::file_size(file, ignored);
        const std::string name = file.filename().string();
        const bool holdsItsPixels = (format == ItkFormat::Nrrd && !name.ends_with(".nhdr")) ||
                                    format == ItkFormat::Png ||
                                    (format == ItkFormat::MetaImage && !name.ends_with(".mhd"));
        if (holdsItsPixels && h.voxelBytes > onDisk * kBestDeflateRatio) {
            return fail(ErrorCode::Unreadable, "imaging.file_truncated", {{"file", file.string()}});
        }
        if (format == ItkFormat::MetaImage) {
            if (auto complete = checkMetaImageData(file, h.voxelBytes); !complete) {
                return fail(std::move(complete.error()));
            }
        }
        if (task.cancelled()) {
            return failCancelled();
        }
        Volume volume;
        volume.geometry = h.geometry;
        volume.description = h.description;
        volume.modality = h.modality;
        volume.warnings = opened->warnings;
        if (h.timePoints > 1) {
            volume.warnings.push_back({"imaging.one_of_several",
                                       {{"file", name},
                                        {"count", std::to_string(h.timePoints)},
                                        {"shown", std::to_string(options.timePoint + 1)}}});
        }
        const bool four = opened->io->GetNumberOfDimensions() == 4;
        volume.voxels = four ? readPixels<4>(file, opened->io, perFrame, options.timePoint)
                             : readPixels<3>(file, opened->io, perFrame, 0);
        task.report(1.0);
        return volume;
    });
}

Result<std::vector<float>> readDicomPixels(const fs::path& file) {
    return guarded(file, [&]() -> Result<std::vector<float>> {
        auto io = makeIo(ItkFormat::Dicom);
        io->SetFileName(file.string());
        {
            const QuietTerminal quiet;
            io->ReadImageInformation();
        }
        const std::size_t count = static_cast<std::size_t>(io->GetDimensions(0)) * io->GetDimensions(1);
        return readPixels<3>(file, io, count, 0);
    });
}

Result<void> writeItk(const Volume& volume, const fs::path& file) {
    const bool whole = std::all_of(volume.voxels.begin(), volume.voxels.end(),
                                   [](float v) { return v == std::floor(v) && v >= -32768.0F && v <= 32767.0F; });
    return whole ? writeAs<std::int16_t>(volume.geometry, volume.voxels, volume.description, file)
                 : writeAs<float>(volume.geometry, volume.voxels, volume.description, file);
}

Result<void> writeItk(const LabelMap& map, const fs::path& file) {
    return writeAs<std::uint8_t>(map.geometry, map.voxels, map.description, file);
}

} // namespace sulcus::imaging
