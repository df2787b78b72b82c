// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/evaluate.h"

#include "core/base/csv.h"
#include "core/imaging/dicom_header.h"
#include "core/imaging/image_io.h"
#include "core/workflow/array_cases.h"
#include "core/workflow/dataset_layouts.h"
#include "core/workflow/label_eras.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>
#include <string_view>

namespace sulcus::workflow {

namespace {

// SplitMix64 (Steele, Lea & Flood 2014): the standard library's distributions differ between implementations, and an
// interval must not depend on the machine.
class Draws {
public:
    explicit Draws(std::uint64_t seed) : m_state(seed) {}
    std::size_t below(std::size_t limit) {
        m_state += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        z ^= z >> 31U;
        return static_cast<std::size_t>(z % limit);
    }

private:
    std::uint64_t m_state;
};

double percentile(const std::vector<double>& sorted, double share) {
    const double position = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(position));
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (position - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// Why a truth that lies beside a case was not taken.
constexpr std::array<std::string_view, 5> kTruthRefused{"imaging.truth_unreadable", "imaging.truth_other_grid",
                                                        "imaging.truth_other_spacing", "imaging.truth_other_direction",
                                                        "imaging.truth_other_place"};

/// What Otsu's threshold would score. Cases that come in other sequences than the first one take no part: only like
/// with like has a mean.
class Rival {
public:
    void add(const imaging::Case& imagingCase, imaging::LabelEra era) {
        const auto& truth = *imagingCase.truth;
        std::vector<std::string> inputs;
        std::vector<float> values;
        for (const auto& one : imagingCase.volumes) {
            if (one.volume->voxels.size() != truth.voxels.size())
                continue;
            const auto name = imaging::toString(one.sequence);
            inputs.emplace_back(one.sequence == imaging::Sequence::Other ? "image" : name);
            values.insert(values.end(), one.volume->voxels.begin(), one.volume->voxels.end());
        }
        if (inputs.empty() || (m_tally && inputs != m_inputs))
            return;
        const bool brain = era != imaging::LabelEra::Plain;
        if (!m_tally) {
            m_inputs = inputs;
            m_tally.emplace(inputs, outputsOf(brain));
        }
        auto labels = imaging::convertEra(truth, era, kTally).voxels;
        if (!brain) // a mask of 255 is a mask, not "unknown"
            std::replace_if(
                labels.begin(), labels.end(), [](auto v) { return v != 0; }, std::uint8_t{1});
        m_tally->add(values.data(), labels.data(), labels.size(), brain);
    }
    std::vector<learning::OtsuRival::Score> scores() const {
        return m_tally ? m_tally->scores() : std::vector<learning::OtsuRival::Score>();
    }

private:
    /// The numbering that truths of any are counted in.
    static constexpr auto kTally = imaging::LabelEra::Brats2021;

    static std::vector<learning::OutputSpec> outputsOf(bool brain) {
        if (!brain)
            return {{imaging::toString(imaging::Target::Mask), {1}}};
        const int enhancing = imaging::enhancingValue(kTally);
        return {{imaging::toString(imaging::Target::WholeTumour), {1, 2, enhancing}},
                {imaging::toString(imaging::Target::TumourCore), {1, enhancing}},
                {imaging::toString(imaging::Target::EnhancingTumour), {enhancing}}};
    }

    std::vector<std::string> m_inputs;
    std::optional<learning::OtsuRival> m_tally;
};

EvaluationRow evaluateCase(const imaging::Case& imagingCase, const std::filesystem::path& path,
                           const SegmentOptions& options, const TaskContext& task, Evaluation& evaluation,
                           Rival& rival) {
    EvaluationRow row;
    row.path = path;
    row.caseId = imagingCase.files.id;
    row.warnings = imagingCase.warnings;
    const auto problem = [&row](Error error) {
        row.problem = std::move(error);
        return row;
    };
    if (!imagingCase.truth) {
        Message why{"workflow.case_without_truth", {{"case", row.caseId}}};
        // A truth that is there and was not taken has its reason among the warnings.
        const auto refused = std::find_if(row.warnings.begin(), row.warnings.end(), [](const Message& warning) {
            return std::find(kTruthRefused.begin(), kTruthRefused.end(), warning.id) != kTruthRefused.end();
        });
        if (refused != row.warnings.end()) {
            why = std::move(*refused);
            row.warnings.erase(refused);
        }
        return problem(Error{ErrorCode::NotFound, std::move(why), {}});
    }
    // In the truth's own numbering, so that the mask can stand beside it in a viewer.
    const auto truthEra = detectEra(*imagingCase.truth, imagingCase.files.truth.value_or(path), imagingCase.files.era);
    auto how = options;
    if (truthEra != imaging::LabelEra::Plain)
        how.era = truthEra;
    auto made = segment(imagingCase, how, task.part(0.0, 0.9));
    if (!made)
        return problem(std::move(made.error()));
    row.seconds = made->seconds.total;
    row.warnings.insert(row.warnings.end(), made->warnings.begin(), made->warnings.end());
    evaluation.bundleName = made->bundleName;
    evaluation.bundleVersion = made->bundleVersion;
    evaluation.weightsSha256 = made->weightsSha256;
    evaluation.device = made->device;
    const bool plain = made->era == imaging::LabelEra::Plain;
    auto comparison = imaging::compareLabelMaps(
        *made->mask, made->era, *imagingCase.truth, plain ? imaging::LabelEra::Plain : truthEra,
        plain ? imaging::ComparisonScheme::Binary : imaging::ComparisonScheme::Brats, task.part(0.9, 1.0));
    if (!comparison)
        return problem(std::move(comparison.error()));
    row.comparison = std::move(*comparison);
    rival.add(imagingCase, plain ? imaging::LabelEra::Plain : truthEra);
    row.mask = made->mask;
    return row;
}

EvaluationRow evaluateOne(const std::filesystem::path& path, const SegmentOptions& options, const TaskContext& task,
                          Evaluation& evaluation, Rival& rival) {
    auto opened = openCase(path, task.part(0.0, 0.15));
    if (opened)
        return evaluateCase(**opened, path, options, task.part(0.15, 1.0), evaluation, rival);
    EvaluationRow row;
    row.path = path;
    row.caseId = path.filename().string();
    row.problem = std::move(opened.error());
    return row;
}

/// A slice that its set gives no name has its row for an id, which stands in every set.
imaging::Case named(imaging::Case slice, const std::filesystem::path& set) {
    auto& id = slice.files.id;
    if (std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; }))
        id = arraySetName(set) + "_" + id;
    return slice;
}

/// Do two pictures of the folder itself belong to one series? Reads headers up to the second of them.
bool holdsSeries(const std::filesystem::path& folder) {
    std::set<std::string> series;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (!entry->is_regular_file(error) || !imaging::looksLikeDicom(entry->path()))
            continue;
        const auto header = imaging::readDicomHeader(entry->path());
        if (header && header->hasPixelData && !header->seriesUid.empty() && !series.insert(header->seriesUid).second)
            return true;
    }
    return false;
}

std::optional<double> partOf(const std::optional<MeanInterval>& interval, double MeanInterval::*part) {
    return interval ? std::optional((*interval).*part) : std::nullopt;
}

} // namespace

std::optional<MeanInterval> bootstrapMean(const std::vector<double>& values, int draws, std::uint64_t seed) {
    if (values.empty())
        return std::nullopt;
    const auto n = values.size();
    MeanInterval interval;
    interval.cases = n;
    interval.mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(n);
    Draws random(seed);
    std::vector<double> means(static_cast<std::size_t>(std::max(draws, 1)));
    for (auto& mean : means) {
        double sum = 0.0;
        for (std::size_t i = 0; i < n; ++i)
            sum += values[random.below(n)];
        mean = sum / static_cast<double>(n);
    }
    std::sort(means.begin(), means.end());
    interval.low = percentile(means, 0.025);
    interval.high = percentile(means, 0.975);
    return interval;
}

std::vector<std::filesystem::path> casesIn(const std::filesystem::path& folder) {
    const auto itself = imaging::findCase(folder);
    if (itself && (itself->kind == imaging::CaseKind::BratsMri || holdsSeries(folder)))
        return {folder};
    std::vector<std::filesystem::path> cases;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const auto& path = entry->path();
        const bool image = entry->is_regular_file(error) && imaging::hasImageExtension(path);
        if (image || (entry->is_directory(error) && imaging::findCase(path)))
            cases.push_back(path);
    }
    // A folder to learn from: its truths are no cases, and its images may lie one folder down.
    if (const auto dataset = findDataset(folder);
        dataset && std::all_of(dataset->begin(), dataset->end(),
                               [](const auto& item) { return item.kind != DatasetItem::Kind::BratsCase; })) {
        cases.clear();
        for (const auto& item : *dataset)
            cases.push_back(item.image);
    }
    std::sort(cases.begin(), cases.end());
    cases.erase(std::unique(cases.begin(), cases.end()), cases.end());
    return cases;
}

double meanDice(const imaging::Comparison& comparison) { return meanOf(comparison, Measure::Dice).value_or(0.0); }

void summarise(Evaluation& evaluation) {
    const auto key = [](const EvaluationRow& row) { return row.comparison ? meanDice(*row.comparison) : -1.0; };
    std::stable_sort(evaluation.rows.begin(), evaluation.rows.end(),
                     [&](const EvaluationRow& a, const EvaluationRow& b) { return key(a) < key(b); });
    struct Values {
        std::vector<double> dice, iou, hd95Mm, sensitivity, specificity;
    };
    std::map<imaging::Target, Values> gathered;
    const auto add = [](std::vector<double>& values, const std::optional<double>& value) {
        if (value)
            values.push_back(*value);
    };
    for (const auto& row : evaluation.rows) {
        if (!row.comparison)
            continue;
        for (const auto& [target, region] : row.comparison->regions) {
            auto& values = gathered[target];
            add(values.dice, region.dice);
            add(values.iou, region.iou);
            add(values.hd95Mm, region.hd95Mm);
            add(values.sensitivity, region.sensitivity);
            add(values.specificity, region.specificity);
        }
    }
    evaluation.means.clear();
    for (const auto& [target, values] : gathered)
        evaluation.means[target] =
            RegionMeans{bootstrapMean(values.dice), bootstrapMean(values.iou), bootstrapMean(values.hd95Mm),
                        bootstrapMean(values.sensitivity), bootstrapMean(values.specificity)};
}

Result<Evaluation> evaluate(const std::vector<std::filesystem::path>& cases, const SegmentOptions& options,
                            const TaskContext& task, const std::function<void(const EvaluationRow&)>& rowDone) {
    return evaluatePatients(cases, {}, options, task, rowDone);
}

Result<Evaluation> evaluatePatients(const std::vector<std::filesystem::path>& cases,
                                    const std::set<std::string>& patients, const SegmentOptions& options,
                                    const TaskContext& task, const std::function<void(const EvaluationRow&)>& rowDone) {
    if (cases.empty())
        return fail(ErrorCode::InvalidInput, "workflow.no_cases");
    // A bundle that cannot be read would otherwise fail once per case.
    auto bundle = learning::readBundle(options.bundle);
    if (!bundle)
        return fail(std::move(bundle.error()));
    Evaluation evaluation;
    evaluation.bundleName = bundle->name;
    evaluation.bundleVersion = bundle->version;
    evaluation.weightsSha256 = bundle->weightsSha256;
    Rival rival;
    const auto share = 1.0 / static_cast<double>(cases.size());
    for (std::size_t n = 0; n < cases.size(); ++n) {
        const auto from = static_cast<double>(n) * share;
        const auto part = task.part(from, from + share);
        const auto take = [&](EvaluationRow row) -> Result<void> {
            if (task.cancelled() || (row.problem && row.problem->code == ErrorCode::Cancelled))
                return failCancelled();
            if (rowDone)
                rowDone(row);
            row.mask.reset();
            evaluation.rows.push_back(std::move(row));
            return {};
        };
        if (isArraySet(cases[n])) {
            auto done = forEachArraySlice(
                cases[n], patients,
                [&](const std::shared_ptr<const imaging::Case>& slice) {
                    auto row = evaluateCase(named(*slice, cases[n]), cases[n], options,
                                            TaskContext(task.stopToken(), {}), evaluation, rival);
                    row.slice = true;
                    return take(std::move(row));
                },
                part);
            if (!done)
                return fail(std::move(done.error()));
            continue;
        }
        if (auto taken = take(evaluateOne(cases[n], options, part, evaluation, rival)); !taken)
            return fail(std::move(taken.error()));
    }
    summarise(evaluation);
    evaluation.baseline = rival.scores();
    return evaluation;
}

std::string toCsv(const Evaluation& evaluation) {
    std::string csv = "case,region,dice,iou,hd95_mm,sensitivity,specificity,ml_prediction,ml_truth,seconds\n";
    for (const auto& row : evaluation.rows) {
        if (!row.comparison)
            continue;
        for (const auto& [target, region] : row.comparison->regions)
            csv += csvLine({row.caseId, imaging::toString(target), csvNumber(region.dice), csvNumber(region.iou),
                            csvNumber(region.hd95Mm), csvNumber(region.sensitivity), csvNumber(region.specificity),
                            csvNumber(region.mlPrediction), csvNumber(region.mlTruth), csvNumber(row.seconds)});
    }
    const std::pair<const char*, double MeanInterval::*> parts[] = {
        {"mean", &MeanInterval::mean}, {"interval_low", &MeanInterval::low}, {"interval_high", &MeanInterval::high}};
    for (const auto& [target, means] : evaluation.means)
        for (const auto& [name, part] : parts)
            csv += csvLine({name, imaging::toString(target), csvNumber(partOf(means.dice, part)),
                            csvNumber(partOf(means.iou, part)), csvNumber(partOf(means.hd95Mm, part)),
                            csvNumber(partOf(means.sensitivity, part)), csvNumber(partOf(means.specificity, part)), "",
                            "", ""});
    return csv;
}

} // namespace sulcus::workflow
