// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/location.h"
#include "core/clinic/cross_check.h"
#include "core/clinic/hospital.h"
#include "core/imaging/case.h"
#include "core/imaging/comparison.h"
#include "core/imaging/ct_region.h"
#include "core/store/store.h"

#include <QImage>
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The four kinds of state, kept apart: data, display, view, storage. Plain values; `CaseSession` holds them.
namespace sulcus::session {

/// Width and level of a grey window, in the volume's own units (HU for a CT).
struct Window {
    double width = 1.0;
    double level = 0.5;
    bool operator==(const Window&) const = default;
};

/// Where the present mask came from.
struct MaskOrigin {
    std::string bundleName; ///< empty: read from a file or drawn by hand
    std::string bundleVersion;
    std::string weightsSha256;
    std::string device;
    double seconds = 0.0;
    bool edited = false;
};

/// Data: what the person came for.
struct CaseData {
    std::shared_ptr<const imaging::Case> imagingCase; ///< null: no case is open
    imaging::LabelMapPtr mask;                        ///< null: none yet
    imaging::LabelEra era = imaging::LabelEra::Brats2021;
    MaskOrigin origin;
    std::map<std::uint8_t, double> labelMl;        ///< of the mask, by label value; follows every change
    std::map<imaging::Target, double> targetMl;    ///< WT, TC, ET (or Mask) of the mask
    std::optional<imaging::Comparison> comparison; ///< with the truth, when there is one; computed beside the window
    std::vector<imaging::Component> components;    ///< of the whole tumour, largest first; computed beside the window
    imaging::LabelMapPtr overlay; ///< a second label map on whatever grid, shown as outlines; null: none
    std::string overlayName;      ///< its file's name
};

/// What a chosen symptom's row says besides its side; the verdict does not use it.
struct SymptomDetail {
    std::string onset; ///< ISO day or free words
    int severity = 0;  ///< 0 unknown, 1 mild, 2 moderate, 3 severe
    std::string note;
    bool operator==(const SymptomDetail&) const = default;
};

/// Data: what is known of the person and what follows from it.
struct FindingData {
    store::Patient patient; ///< id 0: not stored
    std::vector<clinic::ReportedSymptom> symptoms;
    std::map<std::string, SymptomDetail> details; ///< by symptom id, where there is something to say
    clinic::Handedness handedness = clinic::Handedness::Unknown;
    std::optional<anatomy::Location> location;
    std::optional<anatomy::Location> before; ///< the fixed answer that a registration refined, to show the change
    std::optional<Message> locationProblem;  ///< why there is no place
    std::optional<clinic::CrossCheck> crossCheck;
    clinic::HospitalQuery hospitalQuery;
    std::vector<clinic::RankedHospital> hospitals;
};

/// How one label looks.
struct LabelLook {
    std::array<std::uint8_t, 3> colour{};
    double opacity = 1.0; ///< times the mask's opacity
    bool visible = true;
};

enum class Palette { ColourBlindSafe, ClassicBrats };
enum class CompareMode {
    Mask,      ///< the mask alone
    Truth,     ///< the truth alone
    Difference ///< agreement, missed and too much
};

/// How intensities become colours inside the window.
enum class ColourMap { Grey, Hot, Viridis, Bone };
/// What the 3-D view shows of the voxels themselves.
enum class VolumeRendering { Off, MriBrain, CtBone, CtSoft, CtLung };

/// Display: how things look. Never changes data.
struct DisplayState {
    std::map<imaging::Sequence, Window> windows;
    bool invert = false;
    bool interpolate = true;
    bool neurological = false;
    bool maskVisible = true;
    bool outline = false;
    double maskOpacity = 0.45;
    Palette palette = Palette::ColourBlindSafe;
    CompareMode compare = CompareMode::Mask;
    /// The region whose difference shows; a mask of one region has no choice.
    imaging::Target compareTarget = imaging::Target::WholeTumour;
    std::map<std::uint8_t, LabelLook> labels;
    bool crosshairVisible = true;
    bool boxesVisible = false;
    bool brainSurface = true; ///< 3-D: transparent brain
    bool slicesIn3d = false;
    ColourMap colourMap = ColourMap::Grey;
    bool scaleBarVisible = true;
    int probabilityOutput = -1; ///< of the last network answer; -1: none on show
    double probabilityOpacity = 0.6;
    bool overlayVisible = true;
    VolumeRendering rendering = VolumeRendering::Off;
};

enum class ViewKind { Axial, Sagittal, Coronal, Volume };
enum class ViewLayout {
    Four,
    OneAndThree,
    Single,
    Row,        ///< every sequence on the plane of `large`, side by side
    SideBySide, ///< mask and truth on the plane of `large`
    Montage     ///< many slices of the plane of `large`
};
constexpr int kViewLayouts = 6;

/// View: where the person looks.
struct ViewState {
    imaging::Sequence shown = imaging::Sequence::Flair;
    imaging::WorldPoint cursor;
    std::optional<imaging::WorldPoint> hovered; ///< under the pointer, inside the volume
    ViewLayout layout = ViewLayout::Four;
    ViewKind large = ViewKind::Axial; ///< the view that is large in OneAndThree and Single
    bool cursorLinked = true;         ///< false: a click moves the slice of its own view alone
    bool zoomLinked = false;          ///< zoom and pan of one plane go for the others too
    int montageColumns = 5;
    int montageRows = 4;
    double montageStepMm = 5.0; ///< between neighbouring slices; at least one voxel
};

/// Storage: where things lie on disk and in the database, and what is not there yet.
struct StorageState {
    std::filesystem::path path;
    std::string caseId;
    std::filesystem::path maskFile; ///< last written or read; empty: never
    std::int64_t studyId = 0;
    bool unsaved = false; ///< the mask has changes that are in no file
};

/// What is computed of a case while it is read, for the window's first picture.
struct CaseLook {
    std::map<imaging::Sequence, Window> windows;
    std::map<imaging::Sequence, QImage> thumbnails;          ///< middle axial slice, square, about 96 pixels
    imaging::CtRegion ctRegion = imaging::CtRegion::Unknown; ///< of the first CT or picture
};

/// Level and width that hold the 1st to 99th percentile of the non-zero voxels (an MRI has no absolute units); a CT
/// gets the window of what it seems to show (`guessCtRegion`): lung, soft tissue, or brain. Pure; any thread.
Window automaticWindow(const imaging::Volume& volume, imaging::Sequence sequence);
/// Pure; any thread.
CaseLook lookAt(const imaging::Case& imagingCase);

struct WindowPreset {
    const char* id; ///< "brain", "lung", ...; message id "preset.<id>"
    const char* messageId;
    Window window;
};
/// CT windows in HU: brain, lung, soft tissue, liver, bone (handbook interface.md section 3).
const std::vector<WindowPreset>& ctPresets();
/// The preset with exactly this window; -1: none.
int ctPresetIndex(const Window& window);

/// Colours of a palette for the labels of an era.
std::map<std::uint8_t, LabelLook> defaultLooks(imaging::LabelEra era, Palette palette);

/// Voxels per label value, 0 left out.
std::map<std::uint8_t, std::size_t> countLabels(const imaging::LabelMap& map);

} // namespace sulcus::session
