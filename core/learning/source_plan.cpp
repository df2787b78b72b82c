// SPDX-License-Identifier: Apache-2.0
#include "core/learning/source_plan.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sulcus::learning {

namespace {

constexpr double kFatHu = -105.0;
constexpr double kMuscleHu = 55.0;
constexpr float kAirHu = -1000.0F;
constexpr int kPeaksFrom = 60;
constexpr int kPeaksBelow = 135;
constexpr int kLeastApart = 10;
constexpr int kMostApart = 26;

std::pair<double, double> pointOf(const JsonFields& line, const char* name) {
    const auto point = line.numbers(name, -1e6, 1e6);
    if (point.size() != 2) {
        line.refuse(name, "must be a number of the picture and its HU");
    }
    return {point[0], point[1]};
}

HounsfieldMap parseHounsfield(const JsonFields& fields) {
    HounsfieldMap map;
    map.prefix = fields.text("prefix");
    if (fields.has("lines")) {
        for (const auto& item : fields.objects("lines")) {
            HounsfieldMap::Line line;
            line.low = pointOf(item, "low");
            line.high = pointOf(item, "high");
            if (!(line.high.first > line.low.first)) {
                item.refuse("high", "must stand above low");
            }
            if (item.has("rows")) {
                const auto rows = item.integers("rows", 0, 1'000'000);
                if (rows.size() != 2 || rows[1] < rows[0]) {
                    item.refuse("rows", "must be the first and the last row");
                }
                line.firstRow = static_cast<std::size_t>(rows[0]);
                line.lastRow = static_cast<std::size_t>(rows[1]);
            }
            map.lines.push_back(line);
        }
    } else {
        fields.oneOf("by", {"fat_and_muscle"});
    }
    map.airBelow = fields.number("air_below", 0.0, 255.0, 0.0);
    if (fields.has("checks")) {
        for (const auto& item : fields.objects("checks")) {
            HounsfieldMap::Check check;
            check.aboveHu = item.number("above_hu", -1100.0, 4000.0);
            check.leastShare = item.number("least_share", 0.0, 1.0, 0.0);
            check.mostShare = item.number("most_share", 0.0, 1.0, 1.0);
            map.checks.push_back(check);
        }
    }
    return map;
}

/// Numbers of fat and muscle, darker first; empty where the histogram has no two such peaks.
std::optional<std::pair<int, int>> peaksOf(const float* values, std::size_t count) {
    std::array<double, 256> histogram{};
    for (std::size_t i = 0; i < count; ++i) {
        const auto number = std::lround(std::clamp(values[i], 0.0F, 255.0F));
        if (number >= kPeaksFrom) {
            histogram[static_cast<std::size_t>(number)] += 1.0;
        }
    }
    const auto at = [&](int n) { return n < 0 || n > 255 ? 0.0 : histogram[static_cast<std::size_t>(n)]; };
    const auto smooth = [&](int n) { return at(n - 2) + 2.0 * at(n - 1) + 3.0 * at(n) + 2.0 * at(n + 1) + at(n + 2); };
    int highest = 0;
    for (int n = 1; n < kPeaksBelow; ++n) {
        highest = smooth(n) > smooth(highest) ? n : highest;
    }
    int beside = -1;
    for (int n = 0; n < 256; ++n) {
        const int apart = std::abs(n - highest);
        if (apart >= kLeastApart && apart <= kMostApart && (beside < 0 || smooth(n) > smooth(beside))) {
            beside = n;
        }
    }
    if (beside < 0 || !(smooth(highest) > 0.0) || !(smooth(beside) > 0.0)) {
        return std::nullopt;
    }
    return std::minmax(highest, beside);
}

bool passes(const std::vector<float>& hu, const std::vector<HounsfieldMap::Check>& checks) {
    return std::all_of(checks.begin(), checks.end(), [&](const HounsfieldMap::Check& check) {
        const auto above = std::count_if(hu.begin(), hu.end(), [&](float v) { return v > check.aboveHu; });
        const double share = static_cast<double>(above) / static_cast<double>(hu.size());
        return share >= check.leastShare && share <= check.mostShare;
    });
}

} // namespace

std::vector<SourcePlan> parseSources(const JsonFields& plan) {
    std::vector<SourcePlan> sources;
    if (!plan.has("preparation") || !plan.object("preparation").has("sources")) {
        return sources;
    }
    const auto preparation = plan.object("preparation");
    for (const auto& item : preparation.objects("sources")) {
        SourcePlan source;
        source.set = item.text("set");
        source.skip = item.flag("skip", false);
        source.as = item.text("as", std::string());
        source.patient = item.text("patient", std::string());
        source.every = item.integer("every", 1, 1'000'000, 1);
        source.first = item.integer("first", 0, 1'000'000, 0);
        source.largestBorderShare = item.number("largest_border_share", 0.0, 1.0, 1.0);
        if (item.has("hounsfield")) {
            source.hounsfield = parseHounsfield(item.object("hounsfield"));
        }
        sources.push_back(std::move(source));
    }
    return sources;
}

const SourcePlan* sourceFor(const std::vector<SourcePlan>& sources, const std::string& name) {
    const SourcePlan* found = nullptr;
    for (const auto& source : sources) {
        if (name.compare(0, source.set.size(), source.set) == 0 &&
            (found == nullptr || source.set.size() > found->set.size())) {
            found = &source;
        }
    }
    return found;
}

std::optional<std::vector<float>> toHounsfield(const float* values, std::size_t count, std::size_t row,
                                               const HounsfieldMap& map) {
    std::pair<double, double> low;
    std::pair<double, double> high;
    if (map.lines.empty()) {
        const auto peaks = peaksOf(values, count);
        if (!peaks) {
            return std::nullopt;
        }
        low = {peaks->first, kFatHu};
        high = {peaks->second, kMuscleHu};
    } else {
        const auto line = std::find_if(map.lines.begin(), map.lines.end(), [&](const HounsfieldMap::Line& one) {
            return row >= one.firstRow && row <= one.lastRow;
        });
        if (line == map.lines.end()) {
            return std::nullopt;
        }
        low = line->low;
        high = line->high;
    }
    const double slope = (high.second - low.second) / (high.first - low.first);
    std::vector<float> hu(count);
    std::transform(values, values + count, hu.begin(), [&](float value) {
        const double number = static_cast<double>(value);
        return number < map.airBelow ? kAirHu : static_cast<float>((number - low.first) * slope + low.second);
    });
    return count > 0 && passes(hu, map.checks) ? std::optional(std::move(hu)) : std::nullopt;
}

double labelledBorderShare(const unsigned char* labels, int height, int width) {
    int labelled = 0;
    int border = 0;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            if (y == 0 || x == 0 || y + 1 == height || x + 1 == width) {
                ++border;
                labelled += labels[static_cast<std::ptrdiff_t>(y) * width + x] != 0 ? 1 : 0;
            }
        }
    }
    return border > 0 ? static_cast<double>(labelled) / border : 0.0;
}

} // namespace sulcus::learning
