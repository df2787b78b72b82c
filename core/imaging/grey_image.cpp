// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/grey_image.h"

#include <itkImage.h>
#include <itkImageFileWriter.h>
#include <itkPNGImageIO.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sulcus::imaging {

namespace {

struct Closing {
    int descriptor;
    ~Closing() { close(descriptor); }
};

constexpr std::string_view kSignature = "\x89PNG\r\n\x1A\n";
constexpr std::string_view kSource = "Source";
constexpr std::size_t kAfterHeader = 8 + 25; ///< signature and IHDR, which comes first in every PNG
constexpr std::uint32_t kLongestText = 1U << 16U;

std::string bigEndian(std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU);
    return bytes;
}

/// A chunk "tEXt": keyword, zero, text. ITK's writer has no way to ask for one.
std::string textChunk(const std::string& text) {
    const std::string body = std::string("tEXt").append(kSource).append(1, '\0').append(text);
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return bigEndian(static_cast<std::uint32_t>(body.size() - 4)) + body + bigEndian(static_cast<std::uint32_t>(sum));
}

} // namespace

Result<void> writeGreyImage(int width, int height, const std::vector<std::uint8_t>& pixels,
                            const std::filesystem::path& file, const std::string& source) {
    using Image = itk::Image<unsigned char, 2>;
    // libpng inside ITK corrupts the heap when the disk is full: the picture is encoded in memory, where that cannot
    // happen, and written from there.
    const std::filesystem::path temporary = file.parent_path() / ("." + file.filename().string() + ".part.png");
    const int memory = memfd_create("sulcus-grey-image", MFD_CLOEXEC);
    if (memory < 0)
        return fail(ErrorCode::OutOfMemory, "imaging.write_failed", {{"file", file.string()}});
    const std::filesystem::path encoded = "/proc/self/fd/" + std::to_string(memory);
    const Closing closing{memory};
    try {
        const auto image = Image::New();
        Image::SizeType size;
        size[0] = static_cast<itk::SizeValueType>(width);
        size[1] = static_cast<itk::SizeValueType>(height);
        image->SetRegions(Image::RegionType(size));
        image->Allocate();
        std::copy(pixels.begin(), pixels.end(), image->GetBufferPointer());
        const auto writer = itk::ImageFileWriter<Image>::New();
        writer->SetImageIO(itk::PNGImageIO::New());
        writer->SetFileName(encoded.string());
        writer->SetInput(image);
        writer->Update();
        std::ifstream in(encoded, std::ios::binary);
        std::string picture((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        if (picture.size() < kAfterHeader || !picture.starts_with(kSignature))
            throw std::runtime_error("the picture was not encoded");
        if (!source.empty())
            picture.insert(kAfterHeader, textChunk(source));
        std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
        out << picture;
        out.close();
        if (!out)
            throw std::runtime_error("the file could not be written to its end");
        std::filesystem::rename(temporary, file);
        return {};
    } catch (const std::exception& error) {
        std::error_code ignored;
        std::filesystem::remove(temporary, ignored);
        return fail(ErrorCode::Unreadable, "imaging.write_failed", {{"file", file.string()}}, error.what());
    }
}

std::optional<std::string> pictureSource(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string signature(kSignature.size(), '\0');
    if (!in.read(signature.data(), static_cast<std::streamsize>(signature.size())) || signature != kSignature)
        return std::nullopt;
    std::array<unsigned char, 8> head{};
    while (in.read(reinterpret_cast<char*>(head.data()), head.size())) {
        const std::uint32_t length = static_cast<std::uint32_t>(head[0]) << 24U |
                                     static_cast<std::uint32_t>(head[1]) << 16U |
                                     static_cast<std::uint32_t>(head[2]) << 8U | head[3];
        const std::string_view type(reinterpret_cast<const char*>(head.data()) + 4, 4);
        if (type == "IEND")
            break;
        if (type != "tEXt" || length > kLongestText) {
            in.seekg(static_cast<std::streamoff>(length) + 4, std::ios::cur);
            continue;
        }
        std::string text(length, '\0');
        if (!in.read(text.data(), static_cast<std::streamsize>(length)))
            break;
        const auto end = text.find('\0');
        if (end != std::string::npos && text.compare(0, end, kSource) == 0)
            return text.substr(end + 1);
        in.seekg(4, std::ios::cur);
    }
    return std::nullopt;
}

} // namespace sulcus::imaging
