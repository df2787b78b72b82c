// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_content.h"
#include "ui/report/page.h"

#include <QImage>
#include <vector>

namespace sulcus::paint {

struct MarkedRegion {
    anatomy::Region region = anatomy::Region::Frontal;
    Side side = Side::Unknown; ///< Unknown and Both: both halves
};

/// What a brain picture shows.
struct BrainMarks {
    std::vector<MarkedRegion> tumour;    ///< filled
    std::vector<MarkedRegion> suggested; ///< by the symptoms: hatched
    bool weakly = false;                 ///< the suggestions are hints only: hatched wide, dashed outline
    struct Ball {
        imaging::WorldPoint centre; ///< template space, LPS mm
        double radiusMm = 0.0;
    };
    std::vector<Ball> pieces; ///< of the tumour: rings
    Side half = Side::Left;   ///< whose sagittal picture is shown

    bool empty() const { return tumour.empty() && suggested.empty() && pieces.empty(); }
};

/// Regions that hold at least a tenth of the tumour (`clinic::kRegionShare`); regions that the symptoms strongly
/// suggest, or, when there is none, weakly; pieces of at least 0.1 ml as balls of their volume.
BrainMarks brainMarks(const std::optional<anatomy::Location>& location,
                      const std::optional<clinic::CrossCheck>& crossCheck);
/// The same for symptoms without any mask.
BrainMarks brainMarks(const std::vector<clinic::SuggestedPlace>& suggested);

/// Axial, coronal and one sagittal view with a key below, for a page. Empty without views or marks.
Block brainPicture(const report::ReportContent& content, double width);

struct BrainPictureStyle {
    int width = 480; ///< pixels, device-independent
    double pixelRatio = 1.0;
    bool dark = false; ///< light lines on a transparent ground, for the window's dark theme
    bool key = true;   ///< say below what the patterns mean
};

/// The same three views as a picture of their own on a transparent ground; the height follows the width. Unmarked
/// brains are drawn too, so that a window may show it before anything is known. Null without views.
/// Thread: any while a QGuiApplication lives.
QImage paintBrain(const report::BrainViews& views, const BrainMarks& marks, const BrainPictureStyle& style = {});

} // namespace sulcus::paint
