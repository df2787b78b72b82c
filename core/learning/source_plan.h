// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/json_fields.h"

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sulcus::learning {

/// How the numbers of one source of pictures become Hounsfield units: the picture is a window of a CT whose ends the
/// files do not say.
struct HounsfieldMap {
    /// Straight through two points (number, HU), for a range of a set's rows.
    struct Line {
        std::size_t firstRow = 0;
        std::size_t lastRow = std::numeric_limits<std::size_t>::max();
        std::pair<double, double> low;
        std::pair<double, double> high;
    };
    std::string prefix;      ///< names of the copies in HU begin so
    std::vector<Line> lines; ///< the first whose rows fit; empty: by the peaks of fat and muscle
    double airBelow = 0.0;   ///< peaks only: smaller numbers are air, -1000 HU
    /// Copies are kept whose share of pixels above `aboveHu` lies within these bounds: others are not what the map
    /// supposes.
    struct Check {
        double aboveHu = 0.0;
        double leastShare = 0.0;
        double mostShare = 1.0;
    };
    std::vector<Check> checks;
};

/// What `sulcus-cli prepare` does with one source of a plan's data, told by the beginning of its name.
struct SourcePlan {
    std::string set;                 ///< the name of the set, file or case begins so
    bool skip = false;               ///< not for training: held back to be measured on
    std::string as;                  ///< names begin so instead of with the source's own name; empty: as they are
    std::string patient;             ///< all of it is of one patient; empty: as found
    int every = 1;                   ///< of a volume's slices, or of a set's rows, each so many-th
    int first = 0;                   ///< beginning with this one
    double largestBorderShare = 1.0; ///< a slice whose mask covers more of the picture's border is left out
    std::optional<HounsfieldMap> hounsfield; ///< also a copy in HU, beside the picture as it is
};

/// The "preparation.sources" of a plan; empty where it has none. Throws FieldError.
std::vector<SourcePlan> parseSources(const JsonFields& plan);

/// The rule whose `set` the name begins with, the longest first; null for none.
const SourcePlan* sourceFor(const std::vector<SourcePlan>& sources, const std::string& name);

/// One picture in Hounsfield units, `row` its place in its set; empty when the map does not fit the picture (no peaks
/// of fat and muscle, a check that fails).
///
/// By peaks: in the histogram of 8-bit numbers from 60 on, smoothed by 1 2 3 2 1, the highest peak below 135 and the
/// highest between 10 and 26 numbers beside it are fat (-105 HU) and muscle (55 HU).
std::optional<std::vector<float>> toHounsfield(const float* values, std::size_t count, std::size_t row,
                                               const HounsfieldMap& map);

/// Share of a picture's border pixels, 0..1, that are labelled; `labels` row by row.
double labelledBorderShare(const unsigned char* labels, int height, int width);

} // namespace sulcus::learning
