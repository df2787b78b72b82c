// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/grey_image.h"

#include <itkImage.h>
#include <itkImageFileWriter.h>
#include <itkPNGImageIO.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>

namespace sulcus::imaging {

namespace {

struct Closing {
    int descriptor;
    ~Closing() { close(descriptor); }
};

} // namespace

Result<void> writeGreyImage(int width, int height, const std::vector<std::uint8_t>& pixels,
                            const std::filesystem::path& file) {
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
        std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
        out << std::ifstream(encoded, std::ios::binary).rdbuf();
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

} // namespace sulcus::imaging
