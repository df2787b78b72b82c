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
#include <charconv>
#include <cmath>
#include <cstdio>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

namespace sulcus::imaging {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestLabel = 64;
constexpr std::string_view kSegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.4";

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

std::array<double, 3> normalOf(const std::array<double, 6>& o) {
    return {o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]};
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
        const auto normal = normalOf(o);
        slice.along = p[0] * normal[0] + p[1] * normal[1] + p[2] * normal[2];
        // Of several phases at one place the first stands for all.
        if (seen.insert(std::round(slice.along * 1000.0)).second)
            slices.push_back(std::move(slice));
    }
    std::sort(slices.begin(), slices.end(), [](const Slice& a, const Slice& b) { return a.along < b.along; });
    return slices;
}

// Written into each segment's description, so that the numbers of a map outlive segment numbers, which have no gaps.
constexpr std::string_view kValueMark = "Label value ";

tl::unexpected<Error> notRead(const fs::path& file, ErrorCode code, std::string why) {
    return fail(code, "imaging.seg_not_read", {{"file", file.filename().string()}}, std::move(why));
}

/// A frame and where it lies.
struct Frame {
    Slice slice;
    Uint16 segment = 0;
    double between = 0.0; ///< mm from slice to slice as the file states it, 0 when it does not
};

/// A loaded object with all that is not a pixel.
struct Loaded {
    fs::path file;
    std::unique_ptr<DcmSegmentation> object;
    Uint16 rows = 0;
    Uint16 columns = 0;
    std::vector<Frame> frames;

    std::unique_ptr<DcmIODTypes::Frame> pixels(std::size_t frame) const {
        const DcmIODTypes::Frame* const packed = object->getFrame(frame);
        return std::unique_ptr<DcmIODTypes::Frame>(
            packed == nullptr ? nullptr : DcmSegUtils::unpackBinaryFrame(packed, rows, columns));
    }
};

Result<Loaded> load(const fs::path& file) {
    quieten();
    std::error_code error;
    if (!fs::exists(file, error))
        return fail(ErrorCode::NotFound, "imaging.file_missing", {{"file", file.string()}});
    Loaded loaded;
    loaded.file = file;
    DcmSegmentation* raw = nullptr;
    const OFCondition good = DcmSegmentation::loadFile(file.c_str(), raw);
    loaded.object.reset(raw);
    if (good.bad() || !loaded.object)
        return notRead(file, ErrorCode::Unreadable, good.text() != nullptr ? good.text() : "");
    if (loaded.object->getSegmentationType() != DcmSegTypes::ST_BINARY)
        return notRead(file, ErrorCode::Unsupported, "not binary");
    DcmFileFormat header;
    if (header.loadFile(file.c_str(), EXS_Unknown, EGL_noChange, 512).bad() ||
        header.getDataset()->findAndGetUint16(DCM_Rows, loaded.rows).bad() ||
        header.getDataset()->findAndGetUint16(DCM_Columns, loaded.columns).bad() || loaded.rows == 0 ||
        loaded.columns == 0 || loaded.object->getNumberOfFrames() == 0)
        return notRead(file, ErrorCode::Unreadable, "rows, columns or frames");

    FGInterface& groups = loaded.object->getFunctionalGroups();
    for (std::size_t n = 0; n < loaded.object->getNumberOfFrames(); ++n) {
        const auto number = static_cast<Uint32>(n);
        auto* const position = dynamic_cast<FGPlanePosPatient*>(groups.get(number, DcmFGTypes::EFG_PLANEPOSPATIENT));
        auto* const orientation =
            dynamic_cast<FGPlaneOrientationPatient*>(groups.get(number, DcmFGTypes::EFG_PLANEORIENTPATIENT));
        auto* const measures = dynamic_cast<FGPixelMeasures*>(groups.get(number, DcmFGTypes::EFG_PIXELMEASURES));
        auto* const which = dynamic_cast<FGSegmentation*>(groups.get(number, DcmFGTypes::EFG_SEGMENTATION));
        Frame frame;
        std::array<Float64, 3> p{};
        std::array<Float64, 6> o{};
        std::array<Float64, 2> spacing{};
        bool complete = position != nullptr && orientation != nullptr && measures != nullptr && which != nullptr;
        complete = complete && position->getImagePositionPatient(p[0], p[1], p[2]).good() &&
                   orientation->getImageOrientationPatient(o[0], o[1], o[2], o[3], o[4], o[5]).good() &&
                   measures->getPixelSpacing(spacing[0], 0).good() && measures->getPixelSpacing(spacing[1], 1).good() &&
                   which->getReferencedSegmentNumber(frame.segment).good();
        if (!complete || frame.segment == 0 || frame.segment > 255 || !(spacing[0] > 0.0) || !(spacing[1] > 0.0))
            return notRead(file, ErrorCode::Unreadable, "frame " + std::to_string(n + 1));
        Float64 between = 0.0;
        if (measures->getSpacingBetweenSlices(between).good())
            frame.between = std::abs(between);
        else if (measures->getSliceThickness(between).good())
            frame.between = std::abs(between);
        frame.slice.header.position = p;
        frame.slice.header.orientation = o;
        frame.slice.header.pixelSpacing = spacing;
        const auto normal = normalOf(o);
        frame.slice.along = p[0] * normal[0] + p[1] * normal[1] + p[2] * normal[2];
        loaded.frames.push_back(std::move(frame));
    }
    return loaded;
}

/// A pixel must be about a voxel of the grid, or painting pixel by pixel would leave holes.
bool isAboutAVoxel(const Slice& slice, const Geometry& grid) {
    const ContinuousIndex corner = grid.indexFromWorld(slice.at(0, 0));
    for (const auto& [column, row] : {std::pair(1, 0), std::pair(0, 1)}) {
        const ContinuousIndex next = grid.indexFromWorld(slice.at(column, row));
        const double step = std::hypot(next.i - corner.i, next.j - corner.j, next.k - corner.k);
        if (step < 0.8 || step > 1.25)
            return false;
    }
    return true;
}

/// Segment numbers on `grid`; where segments overlap, the highest.
Result<LabelMap> paint(const Loaded& loaded, const Geometry& grid, const TaskContext& task) {
    LabelMap map;
    map.geometry = grid;
    map.voxels.assign(grid.voxelCount(), 0);
    std::size_t inside = 0;
    std::size_t outside = 0;
    for (std::size_t n = 0; n < loaded.frames.size(); ++n) {
        if (task.cancelled())
            return failCancelled();
        const Frame& frame = loaded.frames[n];
        if (!isAboutAVoxel(frame.slice, grid))
            return fail(ErrorCode::ShapeMismatch, "imaging.seg_other_grid", {{"file", loaded.file.filename().string()}},
                        "pixel size");
        const auto pixels = loaded.pixels(n);
        if (!pixels)
            return notRead(loaded.file, ErrorCode::Unreadable, "pixels of frame " + std::to_string(n + 1));
        for (int row = 0; row < loaded.rows; ++row)
            for (int column = 0; column < loaded.columns; ++column) {
                if (pixels->pixData[static_cast<std::size_t>(row) * loaded.columns +
                                    static_cast<std::size_t>(column)] == 0)
                    continue;
                const VoxelIndex voxel = grid.nearestVoxel(frame.slice.at(column, row));
                if (!grid.contains(voxel)) {
                    ++outside;
                    continue;
                }
                ++inside;
                std::uint8_t& value = map.voxels[grid.offset(voxel)];
                value = std::max(value, static_cast<std::uint8_t>(frame.segment));
            }
    }
    // A hundredth may fall off the border by rounding; more was drawn on other pictures.
    if (outside * 100 > inside)
        return fail(ErrorCode::ShapeMismatch, "imaging.seg_other_grid", {{"file", loaded.file.filename().string()}},
                    std::to_string(outside) + " pixels outside");
    return map;
}

/// The grid on which the frames lie by themselves, in whatever order they stand in the file.
Result<Geometry> gridOf(const Loaded& loaded) {
    const auto uneven = [&](const char* why) {
        return fail(ErrorCode::Unsupported, "imaging.seg_uneven", {{"file", loaded.file.filename().string()}}, why);
    };
    const Slice& first =
        std::min_element(loaded.frames.begin(), loaded.frames.end(), [](const Frame& a, const Frame& b) {
            return a.slice.along < b.slice.along;
        })->slice;
    const auto& o = *first.header.orientation;
    const auto normal = normalOf(o);
    double last = first.along;
    double gap = 0.0; // the smallest step between two frames
    std::set<double> places;
    for (const Frame& frame : loaded.frames) {
        for (std::size_t n = 0; n < 6; ++n)
            if (std::abs((*frame.slice.header.orientation)[n] - o[n]) > 1e-3)
                return uneven("orientation");
        for (std::size_t n = 0; n < 2; ++n)
            if (std::abs((*frame.slice.header.pixelSpacing)[n] - (*first.header.pixelSpacing)[n]) > 1e-3)
                return uneven("pixel spacing");
        places.insert(std::round(frame.slice.along * 1e3) / 1e3);
        last = std::max(last, frame.slice.along);
    }
    for (auto place = places.begin(); std::next(place) != places.end(); ++place)
        gap = gap == 0.0 ? *std::next(place) - *place : std::min(gap, *std::next(place) - *place);
    const double stated = loaded.frames.front().between;
    // Empty slices have no frame, so the frames' own step may be a multiple of the slices'.
    if (gap == 0.0 || (stated > 1e-3 && stated < gap))
        gap = stated > 1e-3 ? stated : 1.0;
    for (const Frame& frame : loaded.frames) {
        const double steps = (frame.slice.along - first.along) / gap;
        const auto& p = *frame.slice.header.position;
        const auto& f = *first.header.position;
        double aside = 0.0;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const double off = p[axis] - f[axis] - normal[axis] * (frame.slice.along - first.along);
            aside += off * off;
        }
        if (std::abs(steps - std::round(steps)) > 0.1 || std::sqrt(aside) > 0.1 * (*first.header.pixelSpacing)[0])
            return uneven("positions");
    }
    Geometry grid;
    const double count = std::round((last - first.along) / gap) + 1.0;
    if (count > 10000.0)
        return uneven("number of slices");
    grid.size = {loaded.columns, loaded.rows, static_cast<int>(count)};
    grid.spacing = {(*first.header.pixelSpacing)[1], (*first.header.pixelSpacing)[0], gap};
    grid.origin = *first.header.position;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        grid.direction[axis * 3] = o[axis];
        grid.direction[axis * 3 + 1] = o[axis + 3];
        grid.direction[axis * 3 + 2] = normal[axis];
    }
    return grid;
}

/// Segment number -> label value: what Sulcus wrote into every segment, else the number itself.
std::array<std::uint8_t, 256> valuesOf(DcmSegmentation& object) {
    std::array<std::uint8_t, 256> values{};
    std::array<std::uint8_t, 256> numbers{};
    std::array<bool, 256> taken{};
    bool marked = true;
    for (std::size_t n = 1; n <= object.getNumberOfSegments() && n < 256; ++n) {
        numbers[n] = static_cast<std::uint8_t>(n);
        OFString text;
        if (DcmSegment* const segment = object.getSegment(n))
            segment->getSegmentDescription(text);
        const std::string_view said(text.c_str(), text.size());
        int value = 0;
        if (said.starts_with(kValueMark))
            std::from_chars(said.data() + kValueMark.size(), said.data() + said.size(), value);
        marked = marked && value > 0 && value < 256 && !taken[static_cast<std::size_t>(value & 0xFF)];
        if (!marked)
            continue;
        values[n] = static_cast<std::uint8_t>(value);
        taken[values[n]] = true;
    }
    return marked ? values : numbers;
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
        made->setSegmentDescription((std::string(kValueMark) + std::to_string(segment.value)).c_str());
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

bool isDicomSegmentation(const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error) || !looksLikeDicom(file))
        return false;
    const auto header = readDicomHeader(file);
    return header && header->sopClass == kSegmentationStorage;
}

Result<DicomSegmentation> readDicomSegmentation(const fs::path& file, const Geometry& grid) {
    auto loaded = load(file);
    if (!loaded)
        return fail(std::move(loaded.error()));
    auto map = paint(*loaded, grid, TaskContext());
    if (!map)
        return fail(std::move(map.error()));
    DicomSegmentation read;
    read.map = std::move(*map);
    DcmSegmentation& object = *loaded->object;
    for (std::size_t n = 1; n <= object.getNumberOfSegments() && n < 256; ++n) {
        OFString label;
        if (DcmSegment* const segment = object.getSegment(n))
            segment->getSegmentLabel(label);
        read.segments.push_back({static_cast<std::uint8_t>(n), label.c_str(), {}});
    }
    std::set<std::string> uids;
    FGInterface& groups = object.getFunctionalGroups();
    for (std::size_t frame = 0; frame < loaded->frames.size(); ++frame)
        if (auto* const derivation = dynamic_cast<FGDerivationImage*>(
                groups.get(static_cast<Uint32>(frame), DcmFGTypes::EFG_DERIVATIONIMAGE)))
            for (DerivationImageItem* const item : derivation->getDerivationImageItems())
                for (SourceImageItem* const source : item->getSourceImageItems()) {
                    OFString uid;
                    if (source->getImageSOPInstanceReference().getReferencedSOPInstanceUID(uid).good())
                        uids.insert(uid.c_str());
                }
    read.pictureUids.assign(uids.begin(), uids.end());
    return read;
}

Result<LabelMap> readSegmentationMask(const fs::path& file, const std::optional<Geometry>& grid,
                                      const TaskContext& task) {
    auto loaded = load(file);
    if (!loaded)
        return fail(std::move(loaded.error()));
    Geometry target;
    if (grid) {
        target = *grid;
    } else {
        auto own = gridOf(*loaded);
        if (!own)
            return fail(std::move(own.error()));
        target = *own;
    }
    auto map = paint(*loaded, target, task);
    if (!map)
        return map;
    const auto values = valuesOf(*loaded->object);
    for (std::uint8_t& voxel : map->voxels)
        voxel = values[voxel];
    return map;
}

} // namespace sulcus::imaging
