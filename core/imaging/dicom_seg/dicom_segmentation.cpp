// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/dicom_seg/dicom_segmentation.h"

#include "core/imaging/dicom_header.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmfg/fgderimg.h>
#include <dcmtk/dcmfg/fgfracon.h>
#include <dcmtk/dcmfg/fgpixmsr.h>
#include <dcmtk/dcmfg/fgplanor.h>
#include <dcmtk/dcmfg/fgplanpo.h>
#include <dcmtk/dcmfg/fgseg.h>
#include <dcmtk/dcmseg/segdoc.h>
#include <dcmtk/dcmseg/segment.h>
#include <dcmtk/dcmseg/segutils.h>
#include <dcmtk/oflog/oflog.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <set>

namespace sulcus::imaging {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestLabel = 64;

/// DCMTK prints to the terminal unless it is told not to.
void quieten() {
    static const bool once = [] {
        OFLog::configure(OFLogger::FATAL_LOG_LEVEL);
        return true;
    }();
    static_cast<void>(once);
}

/// A decimal string of DICOM holds 16 bytes.
OFString decimal(double value) {
    char text[32];
    for (int digits = 12; digits > 0; --digits) {
        const int length = std::snprintf(text, sizeof text, "%.*g", digits, value);
        if (length <= 16)
            break;
    }
    return text;
}

/// A picture of the series and where it lies.
struct Slice {
    fs::path file;
    DicomHeader header;
    std::string sopClass;
    std::string sopInstance;
    double along = 0.0; ///< mm along the slices' normal

    WorldPoint at(int column, int row) const {
        const auto& p = *header.position;
        const auto& o = *header.orientation;
        const double x = column * (*header.pixelSpacing)[1];
        const double y = row * (*header.pixelSpacing)[0];
        return {p[0] + o[0] * x + o[3] * y, p[1] + o[1] * x + o[4] * y, p[2] + o[2] * x + o[5] * y};
    }
};

tl::unexpected<Error> notWritten(const fs::path& file, const OFCondition& why) {
    return fail(ErrorCode::Unreadable, "imaging.seg_not_written", {{"file", file.string()}},
                why.text() != nullptr ? why.text() : "");
}

/// Red, green and blue (0..255) as DICOM's CIELab of 16 bits (PS3.3 C.10.7.1.1), from sRGB by way of XYZ (D50).
std::array<Uint16, 3> toDicomLab(const std::array<std::uint8_t, 3>& rgb) {
    std::array<double, 3> linear{};
    for (std::size_t n = 0; n < 3; ++n) {
        const double v = rgb[n] / 255.0;
        linear[n] = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    }
    const double x = (0.4360747 * linear[0] + 0.3850649 * linear[1] + 0.1430804 * linear[2]) / 0.9642;
    const double y = 0.2225045 * linear[0] + 0.7168786 * linear[1] + 0.0606169 * linear[2];
    const double z = (0.0139322 * linear[0] + 0.0971045 * linear[1] + 0.7141733 * linear[2]) / 0.8249;
    const auto f = [](double t) { return t > 216.0 / 24389.0 ? std::cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0; };
    const double l = 116.0 * f(y) - 16.0;
    const double a = 500.0 * (f(x) - f(y));
    const double b = 200.0 * (f(y) - f(z));
    const auto scaled = [](double value, double low, double span) {
        return static_cast<Uint16>(std::lround(std::clamp((value - low) / span, 0.0, 1.0) * 65535.0));
    };
    return {scaled(l, 0.0, 100.0), scaled(a, -128.0, 255.0), scaled(b, -128.0, 255.0)};
}

Result<std::vector<Slice>> slicesOf(const std::vector<fs::path>& pictures, const TaskContext& task) {
    if (pictures.empty())
        return fail(ErrorCode::InvalidInput, "imaging.seg_no_pictures");
    std::vector<Slice> slices;
    std::set<double> seen;
    for (const fs::path& picture : pictures) {
        if (task.cancelled())
            return failCancelled();
        auto header = readDicomHeader(picture);
        if (!header)
            return fail(std::move(header.error()));
        if (!header->position || !header->orientation || !header->pixelSpacing || header->frames > 1)
            return fail(ErrorCode::Unsupported, "imaging.seg_no_geometry", {{"file", picture.filename().string()}});
        if (!slices.empty() &&
            (header->rows != slices.front().header.rows || header->columns != slices.front().header.columns))
            return fail(ErrorCode::Unsupported, "imaging.seg_no_geometry", {{"file", picture.filename().string()}});
        DcmFileFormat dicom;
        if (dicom.loadFile(picture.c_str(), EXS_Unknown, EGL_noChange, 512).bad())
            return fail(ErrorCode::Unreadable, "imaging.seg_no_geometry", {{"file", picture.filename().string()}});
        Slice slice{picture, std::move(*header), {}, {}, 0.0};
        OFString text;
        dicom.getDataset()->findAndGetOFString(DCM_SOPClassUID, text);
        slice.sopClass = text.c_str();
        dicom.getDataset()->findAndGetOFString(DCM_SOPInstanceUID, text);
        slice.sopInstance = text.c_str();
        const auto& o = *slice.header.orientation;
        const auto& p = *slice.header.position;
        slice.along = p[0] * (o[1] * o[5] - o[2] * o[4]) + p[1] * (o[2] * o[3] - o[0] * o[5]) +
                      p[2] * (o[0] * o[4] - o[1] * o[3]);
        // Of several phases at one place the first stands for all.
        if (seen.insert(std::round(slice.along * 1000.0)).second)
            slices.push_back(std::move(slice));
    }
    std::sort(slices.begin(), slices.end(), [](const Slice& a, const Slice& b) { return a.along < b.along; });
    return slices;
}

} // namespace

Result<void> writeDicomSegmentation(const LabelMap& map, const std::vector<fs::path>& pictures,
                                    const std::vector<SegmentDescription>& segments, const fs::path& file,
                                    const TaskContext& task) {
    quieten();
    auto slices = slicesOf(pictures, task.part(0.0, 0.4));
    if (!slices)
        return fail(std::move(slices.error()));
    std::array<bool, 256> present{};
    for (const std::uint8_t value : map.voxels)
        present[value] = true;
    std::vector<SegmentDescription> written;
    for (const SegmentDescription& segment : segments)
        if (segment.value != 0 && present[segment.value])
            written.push_back(segment);
    if (written.empty())
        return fail(ErrorCode::InvalidInput, "imaging.seg_empty");

    const DicomHeader& first = slices->front().header;
    const auto rows = static_cast<Uint16>(first.rows);
    const auto columns = static_cast<Uint16>(first.columns);
    DcmSegmentation* raw = nullptr;
    const IODGeneralEquipmentModule::EquipmentInfo equipment("Sulcus", "Sulcus", "0", "1");
    const ContentIdentificationMacro content("1", "SEGMENTATION", "Label map made with Sulcus", "Sulcus");
    OFCondition good = DcmSegmentation::createBinarySegmentation(raw, rows, columns, equipment, content);
    const std::unique_ptr<DcmSegmentation> object(raw);
    if (good.bad())
        return notWritten(file, good);
    good = object->importHierarchy(slices->front().file.c_str(), OFTrue, OFTrue, OFTrue, OFFalse, OFTrue);
    if (good.bad())
        return notWritten(file, good);
    object->getSeries().setSeriesNumber("300");
    object->getSeries().setSeriesDescription("Segmentation (Sulcus)");
    // A frame of reference may be missing in old files; the object must have one.
    OFString frameOfReference;
    if (object->getFrameOfReference().getFrameOfReferenceUID(frameOfReference).bad() || frameOfReference.empty()) {
        char uid[100];
        object->getFrameOfReference().setFrameOfReferenceUID(dcmGenerateUniqueIdentifier(uid));
    }

    std::vector<Uint16> numbers;
    for (const SegmentDescription& segment : written) {
        DcmSegment* made = nullptr;
        const CodeSequenceMacro category("49755003", "SCT", "Morphologically Altered Structure");
        const CodeSequenceMacro type("4147007", "SCT", "Mass");
        good = DcmSegment::create(made, segment.label.substr(0, kLongestLabel).c_str(), category, type,
                                  DcmSegTypes::SAT_SEMIAUTOMATIC, "Sulcus");
        if (good.bad())
            return notWritten(file, good);
        made->setSegmentDescription(("Label value " + std::to_string(segment.value)).c_str());
        const auto lab = toDicomLab(segment.colour);
        made->setRecommendedDisplayCIELabValue(lab[0], lab[1], lab[2]);
        Uint16 number = 0;
        good = object->addSegment(made, number);
        if (good.bad()) {
            delete made;
            return notWritten(file, good);
        }
        numbers.push_back(number);
    }

    FGPixelMeasures measures;
    measures.setPixelSpacing(decimal((*first.pixelSpacing)[0]) + "\\" + decimal((*first.pixelSpacing)[1]));
    double gap = first.sliceThickness.value_or(1.0);
    if (slices->size() > 1)
        gap = (slices->back().along - slices->front().along) / static_cast<double>(slices->size() - 1);
    measures.setSliceThickness(decimal(first.sliceThickness.value_or(gap)));
    measures.setSpacingBetweenSlices(decimal(gap));
    const auto& o = *first.orientation;
    const std::unique_ptr<FGPlaneOrientationPatient> orientation(FGPlaneOrientationPatient::createMinimal(
        decimal(o[0]), decimal(o[1]), decimal(o[2]), decimal(o[3]), decimal(o[4]), decimal(o[5])));
    if (!orientation || (good = object->addForAllFrames(measures)).bad() ||
        (good = object->addForAllFrames(*orientation)).bad())
        return notWritten(file, good);
    char dimension[100];
    dcmGenerateUniqueIdentifier(dimension);
    IODMultiframeDimensionModule& dimensions = object->getDimensions();
    dimensions.addDimensionIndex(DCM_ReferencedSegmentNumber, dimension, DCM_SegmentIdentificationSequence, "Segment");
    dimensions.addDimensionIndex(DCM_ImagePositionPatient, dimension, DCM_PlanePositionSequence, "Position");

    std::vector<Uint8> pixels(static_cast<std::size_t>(rows) * columns);
    std::vector<std::uint8_t> labels(pixels.size());
    for (std::size_t n = 0; n < slices->size(); ++n) {
        if (task.cancelled())
            return failCancelled();
        task.report(0.4 + 0.5 * static_cast<double>(n) / static_cast<double>(slices->size()),
                    "stage.writing_segmentation");
        const Slice& slice = (*slices)[n];
        std::array<bool, 256> here{};
        for (int row = 0; row < rows; ++row)
            for (int column = 0; column < columns; ++column) {
                const VoxelIndex voxel = map.geometry.nearestVoxel(slice.at(column, row));
                const std::uint8_t value = map.geometry.contains(voxel) ? map.at(voxel) : std::uint8_t{0};
                labels[static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column)] = value;
                here[value] = true;
            }
        for (std::size_t s = 0; s < written.size(); ++s) {
            if (!here[written[s].value])
                continue;
            for (std::size_t p = 0; p < pixels.size(); ++p)
                pixels[p] = labels[p] == written[s].value ? 1 : 0;
            const std::unique_ptr<FGPlanePosPatient> position(FGPlanePosPatient::createMinimal(
                decimal((*slice.header.position)[0]), decimal((*slice.header.position)[1]),
                decimal((*slice.header.position)[2])));
            FGFrameContent content;
            content.setStackID("1");
            content.setInStackPositionNumber(static_cast<Uint32>(n + 1));
            content.setDimensionIndexValues(numbers[s], 0);
            content.setDimensionIndexValues(static_cast<Uint32>(n + 1), 1);
            FGDerivationImage derivation;
            DerivationImageItem* item = nullptr;
            const CodeSequenceMacro code("113076", "DCM", "Segmentation");
            good = derivation.addDerivationImageItem(code, "", item);
            if (good.good() && item != nullptr) {
                auto source = std::make_unique<SourceImageItem>();
                source->getPurposeOfReferenceCode().set("121322", "DCM", "Source image for image processing operation");
                ImageSOPInstanceReferenceMacro& reference = source->getImageSOPInstanceReference();
                good = reference.setReferencedSOPClassUID(slice.sopClass.c_str());
                if (good.good())
                    good = reference.setReferencedSOPInstanceUID(slice.sopInstance.c_str());
                item->getSourceImageItems().push_back(source.release());
            }
            OFVector<FGBase*> groups;
            groups.push_back(position.get());
            groups.push_back(&content);
            groups.push_back(&derivation);
            if (good.good())
                good = object->addFrame(pixels.data(), numbers[s], groups);
            if (good.bad())
                return notWritten(file, good);
        }
    }

    const fs::path making = file.parent_path() / (file.filename().string() + ".part");
    good = object->saveFile(making.c_str());
    std::error_code error;
    if (good.good())
        fs::rename(making, file, error);
    if (good.bad() || error) {
        std::error_code ignored;
        fs::remove(making, ignored);
        return good.bad()
                   ? notWritten(file, good)
                   : fail(ErrorCode::Unreadable, "imaging.seg_not_written", {{"file", file.string()}}, error.message());
    }
    task.report(1.0);
    return {};
}

Result<DicomSegmentation> readDicomSegmentation(const fs::path& file, const Geometry& grid) {
    quieten();
    std::error_code error;
    if (!fs::exists(file, error))
        return fail(ErrorCode::NotFound, "imaging.file_missing", {{"file", file.string()}});
    DcmSegmentation* raw = nullptr;
    const OFCondition loaded = DcmSegmentation::loadFile(file.c_str(), raw);
    const std::unique_ptr<DcmSegmentation> object(raw);
    if (loaded.bad() || !object)
        return fail(ErrorCode::Unreadable, "imaging.seg_not_read", {{"file", file.filename().string()}},
                    loaded.text() != nullptr ? loaded.text() : "");
    if (object->getSegmentationType() != DcmSegTypes::ST_BINARY)
        return fail(ErrorCode::Unsupported, "imaging.seg_not_read", {{"file", file.filename().string()}});
    Uint16 rows = 0;
    Uint16 columns = 0;
    DcmFileFormat header;
    if (header.loadFile(file.c_str(), EXS_Unknown, EGL_noChange, 512).bad() ||
        header.getDataset()->findAndGetUint16(DCM_Rows, rows).bad() ||
        header.getDataset()->findAndGetUint16(DCM_Columns, columns).bad())
        return fail(ErrorCode::Unreadable, "imaging.seg_not_read", {{"file", file.filename().string()}});

    DicomSegmentation read;
    read.map.geometry = grid;
    read.map.voxels.assign(grid.voxelCount(), 0);
    for (std::size_t n = 1; n <= object->getNumberOfSegments() && n < 256; ++n) {
        OFString label;
        if (DcmSegment* const segment = object->getSegment(n))
            segment->getSegmentLabel(label);
        read.segments.push_back({static_cast<std::uint8_t>(n), label.c_str(), {}});
    }
    std::set<std::string> uids;
    FGInterface& groups = object->getFunctionalGroups();
    for (std::size_t frame = 0; frame < object->getNumberOfFrames(); ++frame) {
        const auto number = static_cast<Uint32>(frame);
        auto* const position = dynamic_cast<FGPlanePosPatient*>(groups.get(number, DcmFGTypes::EFG_PLANEPOSPATIENT));
        auto* const orientation =
            dynamic_cast<FGPlaneOrientationPatient*>(groups.get(number, DcmFGTypes::EFG_PLANEORIENTPATIENT));
        auto* const measures = dynamic_cast<FGPixelMeasures*>(groups.get(number, DcmFGTypes::EFG_PIXELMEASURES));
        auto* const which = dynamic_cast<FGSegmentation*>(groups.get(number, DcmFGTypes::EFG_SEGMENTATION));
        Slice slice;
        std::array<Float64, 3> p{};
        std::array<Float64, 6> o{};
        std::array<Float64, 2> spacing{};
        Uint16 segment = 0;
        bool complete = position != nullptr && orientation != nullptr && measures != nullptr && which != nullptr;
        complete = complete && position->getImagePositionPatient(p[0], p[1], p[2]).good() &&
                   orientation->getImageOrientationPatient(o[0], o[1], o[2], o[3], o[4], o[5]).good() &&
                   measures->getPixelSpacing(spacing[0], 0).good() && measures->getPixelSpacing(spacing[1], 1).good() &&
                   which->getReferencedSegmentNumber(segment).good();
        const DcmIODTypes::Frame* const packed = object->getFrame(frame);
        if (!complete || packed == nullptr || segment == 0 || segment > 255)
            return fail(ErrorCode::Unreadable, "imaging.seg_not_read", {{"file", file.filename().string()}});
        slice.header.position = p;
        slice.header.orientation = o;
        slice.header.pixelSpacing = spacing;
        const std::unique_ptr<DcmIODTypes::Frame> pixels(DcmSegUtils::unpackBinaryFrame(packed, rows, columns));
        if (!pixels)
            return fail(ErrorCode::Unreadable, "imaging.seg_not_read", {{"file", file.filename().string()}});
        for (int row = 0; row < rows; ++row)
            for (int column = 0; column < columns; ++column) {
                if (pixels->pixData[static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column)] == 0)
                    continue;
                const VoxelIndex voxel = grid.nearestVoxel(slice.at(column, row));
                if (grid.contains(voxel)) {
                    std::uint8_t& value = read.map.voxels[grid.offset(voxel)];
                    value = std::max(value, static_cast<std::uint8_t>(segment));
                }
            }
        if (auto* const derivation =
                dynamic_cast<FGDerivationImage*>(groups.get(number, DcmFGTypes::EFG_DERIVATIONIMAGE)))
            for (DerivationImageItem* const item : derivation->getDerivationImageItems())
                for (SourceImageItem* const source : item->getSourceImageItems()) {
                    OFString uid;
                    if (source->getImageSOPInstanceReference().getReferencedSOPInstanceUID(uid).good())
                        uids.insert(uid.c_str());
                }
    }
    read.pictureUids.assign(uids.begin(), uids.end());
    return read;
}

} // namespace sulcus::imaging
