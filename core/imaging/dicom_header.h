// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace sulcus::imaging {

/// What the top level of a DICOM file says of its picture, read by this module's own walker: GDCM asserts (and so ends
/// the process) on some damaged or unusual files, and is only shown those that passed `checkDicomPicture`. Never holds
/// a patient's name, number or dates.
struct DicomHeader {
    std::string transferSyntax;
    std::string sopClass;
    std::string modality;
    std::string studyUid;
    std::string seriesUid;
    std::string seriesDescription;
    std::string frameOfReference;
    int seriesNumber = 0;
    int instanceNumber = 0;
    int acquisitionNumber = 0;
    int rows = 0;
    int columns = 0;
    int frames = 1;
    int samples = 1;
    int bitsAllocated = 0;
    bool isSigned = false;
    double rescaleSlope = 1.0;
    std::optional<std::array<double, 2>> pixelSpacing; ///< mm: between rows, between columns
    std::optional<double> sliceThickness;              ///< mm
    std::optional<double> gantryTilt;                  ///< degrees
    std::optional<double> primaryAngle;                ///< C-arm about the patient's long axis, degrees, LAO positive
    std::optional<double> secondaryAngle;              ///< C-arm tilt, degrees, cranial positive
    std::optional<std::array<double, 3>> position;     ///< LPS mm of the first voxel
    std::optional<std::array<double, 6>> orientation;  ///< row then column cosines
    bool hasPixelData = false;
    std::uint64_t pixelDataBytes = 0; ///< 0 when encapsulated (compressed)
    std::uint64_t fileBytes = 0;
};

/// Does the file begin as DICOM does (with its preamble, or as old files without one)?
bool looksLikeDicom(const std::filesystem::path& file);

/// Walks the elements up to the pixel data. Errors: NotFound, Unreadable (not DICOM, or its structure is broken).
Result<DicomHeader> readDicomHeader(const std::filesystem::path& file);

/// Refuses what holds no picture, what the program does not show (dose grids, directories, films), and pictures whose
/// bytes are not all there. Errors: Unsupported, Unreadable.
Result<void> checkDicomPicture(const std::filesystem::path& file, const DicomHeader& header);

} // namespace sulcus::imaging
