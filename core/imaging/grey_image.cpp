// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/grey_image.h"

#include <itkImage.h>
#include <itkImageFileWriter.h>
#include <itkPNGImageIO.h>

#include <algorithm>

namespace sulcus::imaging {

Result<void> writeGreyImage(int width, int height, const std::vector<std::uint8_t>& pixels,
                            const std::filesystem::path& file) {
    using Image = itk::Image<unsigned char, 2>;
    const std::filesystem::path temporary = file.parent_path() / ("." + file.filename().string() + ".part.png");
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
        writer->SetFileName(temporary.string());
        writer->SetInput(image);
        writer->Update();
        std::filesystem::rename(temporary, file);
        return {};
    } catch (const std::exception& error) {
        std::error_code ignored;
        std::filesystem::remove(temporary, ignored);
        return fail(ErrorCode::Unreadable, "imaging.write_failed", {{"file", file.string()}}, error.what());
    }
}

} // namespace sulcus::imaging
