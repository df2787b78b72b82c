// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/prepare.h"

#include "core/base/csv.h"
#include "core/imaging/image_io.h"
#include "core/learning/cache.h"
#include "core/learning/interruption.h"
#include "core/learning/npy.h"
#include "core/learning/plan.h"
#include "core/learning/preprocess.h"
#include "core/learning/source_plan.h"
#include "core/learning/whole_file.h"
#include "core/workflow/array_cases.h"
#include "core/workflow/dataset_layouts.h"
#include "core/workflow/index_table.h"
#include "core/workflow/label_eras.h"
#include "core/workflow/network_input.h"
#include "core/workflow/prepare_views.h"
#include "core/workflow/workflow.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>
#include <unordered_set>

namespace sulcus::workflow {

namespace fs = std::filesystem;

namespace {

double labelledShare(const std::vector<unsigned char>& labels) {
    if (labels.empty())
        return 0.0;
    const auto zeros = std::count(labels.begin(), labels.end(), static_cast<unsigned char>(0));
    return 1.0 - static_cast<double>(zeros) / static_cast<double>(labels.size());
}

/// The same inside the box of what is not zero in any input: the empty air around a body would make every share small.
double labelledShareOfBody(const learning::Field& image, const std::vector<unsigned char>& labels) {
    const std::array<int, 3> size{image.depth, image.height, image.width};
    std::array<int, 3> low = size;
    std::array<int, 3> high{-1, -1, -1};
    double labelled = 0.0;
    std::size_t i = 0;
    for (int d = 0; d < image.depth; ++d)
        for (int h = 0; h < image.height; ++h)
            for (int w = 0; w < image.width; ++w, ++i) {
                bool body = labels[i] != 0;
                labelled += body ? 1.0 : 0.0;
                for (std::size_t c = 0; c < static_cast<std::size_t>(image.channels) && !body; ++c)
                    body = image.values[c * labels.size() + i] != 0.0F;
                const std::array<int, 3> at{d, h, w};
                for (std::size_t axis = 0; axis < 3 && body; ++axis) {
                    low[axis] = std::min(low[axis], at[axis]);
                    high[axis] = std::max(high[axis], at[axis]);
                }
            }
    double box = 1.0;
    for (std::size_t axis = 0; axis < 3; ++axis)
        box *= std::max(1, high[axis] - low[axis] + 1);
    return labelled / box;
}

// Pictures of masks hold 0 and 255; 255 means "ignore" in a cache.
void readMaskPicture(std::vector<unsigned char>& labels, bool picture) {
    for (auto& value : labels) {
        if (picture || value == 255)
            value = value == 0 ? 0 : 1;
    }
}

/// The look of a picture on 16 x 16 tiles, on a scale where its own range is 1.
std::vector<float> thumbnail(const learning::Field& image) {
    constexpr int kTiles = 16;
    auto small =
        learning::resampledTo(image,
                              {static_cast<double>(image.width) / kTiles * image.spacingMm[0],
                               static_cast<double>(image.height) / kTiles * image.spacingMm[1], image.spacingMm[2]},
                              1, kTiles, kTiles);
    const auto [low, high] = std::minmax_element(image.values.begin(), image.values.end());
    const float from = *low;
    const float range = std::max(*high - *low, 1e-6F);
    for (auto& value : small.values)
        value = (value - from) / range;
    return std::move(small.values);
}

/// Which channels of a set of patches are the plan's inputs, in their order; none when one is not there. A set of four
/// holds FLAIR, T1, T1ce and T2; of another number all are taken as the inputs themselves.
std::vector<std::size_t> channelsOfPatches(std::size_t channels, const learning::NetworkSpec& spec) {
    static constexpr std::array kSequences{imaging::Sequence::Flair, imaging::Sequence::T1, imaging::Sequence::T1ce,
                                           imaging::Sequence::T2};
    std::vector<std::size_t> chosen;
    if (channels != kSequences.size()) {
        chosen.resize(channels);
        std::iota(chosen.begin(), chosen.end(), std::size_t{0});
        return chosen;
    }
    for (const auto& input : spec.inputs) {
        const auto place = std::find_if(kSequences.begin(), kSequences.end(), [&](imaging::Sequence sequence) {
            return imaging::toString(sequence) == input;
        });
        if (place == kSequences.end())
            return {};
        chosen.push_back(static_cast<std::size_t>(place - kSequences.begin()));
    }
    return chosen;
}

class Preparation {
public:
    Preparation(const PrepareOptions& options, const learning::TrainingPlan& plan, learning::CacheWriter& cache)
        : m_options(options), m_plan(plan), m_cache(cache) {}

    Result<void> add(const DatasetItem& item, const TaskContext& task) {
        switch (item.kind) {
        case DatasetItem::Kind::BratsCase:
        case DatasetItem::Kind::Pair:
            return addFiles(item, task);
        case DatasetItem::Kind::ArraySet:
            return addArrays(item, task);
        }
        return {};
    }

    /// `PrepareOptions::empty`.
    Result<void> addEmpty(const fs::path& path, const TaskContext& task) {
        const auto take = [&](const imaging::Case& imagingCase, const std::string& name) -> Result<void> {
            auto input = gatherInput(imagingCase, m_plan.spec.inputs, m_plan.name, task);
            if (!input)
                return leaveOutUnlessCancelled(name, std::move(input.error()));
            learning::LabelField labels{
                input->field.depth, input->field.height, input->field.width, input->field.spacingMm, {}};
            labels.values.assign(input->field.voxelsPerChannel(), 0);
            return writeSlices(name, name, "empty", input->field, input->present, labels, sourceOf(name));
        };
        const auto stem = "empty_" + (path.has_filename() ? path : path.parent_path()).stem().stem().string();
        if (!twoDimensional()) {
            leaveOut(stem, Message{"workflow.prepare_dimension", {{"name", stem}}});
            return {};
        }
        if (isArraySet(path))
            return forEachArraySlice(
                path, {},
                [&](const std::shared_ptr<const imaging::Case>& slice) {
                    return take(*slice, stem + "_" + slice->files.id);
                },
                task);
        auto opened = openCase(path, task);
        return opened ? take(**opened, stem) : leaveOutUnlessCancelled(stem, std::move(opened.error()));
    }

    PrepareSummary summary;

private:
    void leaveOut(const std::string& name, Message reason) {
        m_cache.leaveOut(name, reason.id);
        summary.leftOut.push_back({name, std::move(reason)});
    }

    // Cancelled ends the preparation, a full disk too; whatever else is wrong with one case leaves out that case.
    Result<void> leaveOutUnlessCancelled(const std::string& name, Error error) {
        if (error.code == ErrorCode::Cancelled)
            return failCancelled();
        leaveOut(name, std::move(error.message));
        return {};
    }

    std::string patientOf(const DatasetItem& item) const {
        const auto known = m_options.patients.find(item.name);
        const auto* const source = sourceOf(item.name);
        if (known == m_options.patients.end() && source != nullptr && !source->patient.empty())
            return source->patient;
        return known == m_options.patients.end() ? item.patient : known->second;
    }

    bool full() const { return m_options.mostMb > 0.0 && m_cache.mb() >= m_options.mostMb; }

    bool seenBefore(const std::string& name, const std::vector<float>& image) {
        const std::string_view bytes(reinterpret_cast<const char*>(image.data()), image.size() * sizeof(float));
        if (m_seen.insert(std::hash<std::string_view>{}(bytes)).second)
            return false;
        leaveOut(name, Message{"workflow.prepare_duplicate", {{"name", name}}});
        return true;
    }

    // A picture that was packed again (JPEG) has other bytes and the same look. Neighbouring slices of a body differ by
    // a hundred times as much.
    bool looksLikeAnother(const std::string& name, const learning::Field& image) {
        if (image.depth != 1 || image.channels != 1)
            return false;
        constexpr double kSame = 2e-4;
        auto look = thumbnail(image);
        for (const auto& other : m_looks) {
            double sum = 0.0;
            for (std::size_t i = 0; i < look.size(); ++i)
                sum += std::abs(look[i] - other[i]);
            if (sum < kSame * static_cast<double>(look.size())) {
                leaveOut(name, Message{"workflow.prepare_duplicate", {{"name", name}}});
                return true;
            }
        }
        m_looks.push_back(std::move(look));
        return false;
    }

    const learning::SourcePlan* sourceOf(const std::string& name) const {
        return learning::sourceFor(m_plan.sources, name);
    }

    bool noRoomFor(const std::string& name) {
        if (!full())
            return false;
        leaveOut(name, Message{"workflow.prepare_full", {{"name", name}}});
        return true;
    }

    double smallestShare() const { return m_options.smallestShare.value_or(m_plan.leastLabelledShare); }

    bool unwanted(const std::string& name, const learning::Field& image, const std::vector<unsigned char>& labels,
                  bool piece) {
        if (seenBefore(name, image.values))
            return true;
        // A patch was cut where there is something to learn; its share says nothing of its case.
        const double least = piece ? m_options.smallestShare.value_or(0.0) : smallestShare();
        if ((piece ? labelledShare(labels) : labelledShareOfBody(image, labels)) < least) {
            leaveOut(name, Message{"workflow.prepare_too_little", {{"name", name}}});
            return true;
        }
        return noRoomFor(name);
    }

    Result<void> write(const std::string& name, const std::string& patient, const std::string& layout,
                       learning::Field image, const std::vector<bool>& present, learning::LabelField labels) {
        if (twoDimensional())
            return writeSlices(name, patient, layout, image, present, labels, sourceOf(name));
        if (unwanted(name, image, labels.values, false))
            return {};
        if (auto written = m_cache.addCase(name, patient, std::move(image), present, std::move(labels)); !written) {
            // An empty or misshapen image is a matter of that image; a disk that is full is not.
            if (written.error().code == ErrorCode::Unreadable || written.error().code == ErrorCode::Internal)
                return written;
            leaveOut(name, written.error().message);
            return {};
        }
        summary.samples.push_back({name, patient, layout});
        return {};
    }

    // A volume becomes its slices; what is left out is left out slice by slice.
    Result<void> writeSlices(const std::string& name, const std::string& patient, const std::string& layout,
                             const learning::Field& image, const std::vector<bool>& present,
                             const learning::LabelField& labels, const learning::SourcePlan* source) {
        if (seenBefore(name, image.values) || looksLikeAnother(name, image) || noRoomFor(name))
            return {};
        return putSlices(name, patient, layout, image, present, labels, source);
    }

    Result<void> putSlices(const std::string& name, const std::string& patient, const std::string& layout,
                           const learning::Field& image, const std::vector<bool>& present,
                           const learning::LabelField& labels, const learning::SourcePlan* source) {
        // A set of slices was thinned row by row already.
        std::function<bool(int)> wanted;
        if (source != nullptr && image.depth > 1)
            wanted = [source](int slice) {
                return slice >= source->first && (slice - source->first) % source->every == 0;
            };
        auto written =
            m_cache.addSlices(name, patient, image, present, labels, layout == "empty" ? 0.0 : smallestShare(), wanted);
        if (!written) {
            if (written.error().code == ErrorCode::Unreadable || written.error().code == ErrorCode::Internal)
                return fail(std::move(written.error()));
            leaveOut(name, written.error().message);
            return {};
        }
        for (const auto& slice : written->written)
            summary.samples.push_back({slice, patient, layout});
        for (const auto& slice : written->leftOut)
            leaveOut(slice, Message{"workflow.prepare_too_little", {{"name", slice}}});
        return {};
    }

    bool twoDimensional() const { return m_plan.spec.task.ends_with("2d"); }

    Result<void> addFiles(const DatasetItem& item, const TaskContext& task) {
        const auto* const source = sourceOf(item.name);
        if (source != nullptr && source->skip) {
            leaveOut(item.name, Message{"workflow.prepare_set_aside", {{"name", item.name}}});
            return {};
        }
        auto opened = openCase(item.image, task.part(0.0, 0.6));
        if (!opened)
            return leaveOutUnlessCancelled(item.name, std::move(opened.error()));
        const auto& imagingCase = **opened;
        imaging::LabelMapPtr truth = imagingCase.truth;
        if (!item.label.empty()) {
            auto read = imaging::readLabelMap(item.label, task.part(0.6, 0.7));
            if (!read)
                return leaveOutUnlessCancelled(item.name, std::move(read.error()));
            truth = std::make_shared<const imaging::LabelMap>(std::move(*read));
        }
        if (!truth) {
            leaveOut(item.name, Message{"workflow.case_without_truth", {{"case", item.name}}});
            return {};
        }
        const auto& grid = imagingCase.geometry();
        if (!imaging::sameGridIgnoringOrigin(truth->geometry, grid)) {
            leaveOut(item.name, Message{"workflow.prepare_grids_differ", {{"name", item.name}}});
            return {};
        }
        if (grid.isSlice && !twoDimensional()) {
            leaveOut(item.name, Message{"workflow.prepare_dimension", {{"name", item.name}}});
            return {};
        }
        auto input = gatherInput(imagingCase, m_plan.spec.inputs, m_plan.name, task.part(0.7, 0.8));
        if (!input)
            return leaveOutUnlessCancelled(item.name, std::move(input.error()));
        learning::LabelField labels;
        labels.depth = input->field.depth;
        labels.height = input->field.height;
        labels.width = input->field.width;
        labels.spacingMm = input->field.spacingMm;
        const bool brats = item.kind == DatasetItem::Kind::BratsCase;
        const auto era = brats ? detectEra(*truth, imagingCase.files.truth.value_or(item.image), imagingCase.files.era)
                               : imaging::LabelEra::Plain;
        imaging::LabelMap placed = era == imaging::LabelEra::Brats2023
                                       ? imaging::convertEra(*truth, era, imaging::LabelEra::Brats2021)
                                       : *truth;
        placed.geometry = grid;
        labels.values = labelsInLps(placed);
        readMaskPicture(labels.values, grid.isSlice);
        return write(item.name, patientOf(item), item.layout, std::move(input->field), input->present,
                     std::move(labels));
    }

    Result<void> addArrays(const DatasetItem& item, const TaskContext& task) {
        const auto* const source = sourceOf(item.name);
        if (source != nullptr && source->skip) {
            leaveOut(item.name, Message{"workflow.prepare_set_aside", {{"name", item.name}}});
            return {};
        }
        auto image = learning::readNpy(item.image);
        if (!image)
            return fail(std::move(image.error()));
        auto label = learning::readNpy(item.label);
        if (!label)
            return fail(std::move(label.error()));
        const bool slices = image->shape.size() == 3;
        const bool patches = image->shape.size() == 5;
        const auto expected = slices ? image->shape
                              : patches
                                  ? std::vector{image->shape[0], image->shape[2], image->shape[3], image->shape[4]}
                                  : std::vector<std::size_t>();
        if (expected.empty() || label->shape != expected)
            return fail(ErrorCode::ShapeMismatch, "workflow.prepare_array_shapes",
                        {{"file", item.image.string()}, {"other", item.label.string()}});
        const auto channels = slices ? std::vector<std::size_t>{0} : channelsOfPatches(image->shape[1], m_plan.spec);
        if (channels.size() != m_plan.spec.inputs.size() || slices != twoDimensional()) {
            leaveOut(item.name, Message{"workflow.prepare_dimension", {{"name", item.name}}});
            return {};
        }
        if (patches && m_plan.spec.normalisation.method != "zscore_nonzero") {
            leaveOut(item.name, Message{"workflow.prepare_z_scores", {{"name", item.name}}});
            return {};
        }
        const auto rows = item.index.empty() ? RowNames() : readIndex(item.index);
        const auto set =
            source != nullptr && !source->as.empty() ? source->as + item.name.substr(source->set.size()) : item.name;
        const auto first = source != nullptr ? static_cast<std::size_t>(source->first) : std::size_t{0};
        const auto every = source != nullptr ? static_cast<std::size_t>(source->every) : std::size_t{1};
        for (std::size_t row = first; row < image->shape[0]; row += every) {
            if (task.cancelled())
                return failCancelled();
            task.report(static_cast<double>(row) / static_cast<double>(image->shape[0]), "stage.preparing_data");
            auto ending = "_" + std::to_string(row);
            const auto patient = row < rows.patients.size() && !rows.patients[row].empty() ? rows.patients[row]
                                 : source != nullptr && !source->patient.empty()           ? source->patient
                                                                                           : set + ending;
            if (row < rows.names.size() && !rows.names[row].empty())
                ending += "_" + rows.names[row];
            auto added = slices ? addSlice(*image, *label, row, {set, ending}, patient, source)
                                : addPatch(*image, channels, *label, row, set + ending, patient);
            if (!added)
                return added;
        }
        return {};
    }

    Result<void> addSlice(const learning::NumberArray& image, const learning::NumberArray& label, std::size_t row,
                          const std::pair<std::string, std::string>& setAndEnding, const std::string& patient,
                          const learning::SourcePlan* source) {
        const auto& [set, ending] = setAndEnding;
        const auto name = set + ending;
        learning::Field field;
        field.channels = 1;
        field.depth = 1;
        field.height = static_cast<int>(image.shape[1]);
        field.width = static_cast<int>(image.shape[2]);
        const auto count = field.voxelsPerChannel();
        const auto first = static_cast<std::ptrdiff_t>(row * count);
        const auto last = first + static_cast<std::ptrdiff_t>(count);
        field.values.assign(image.values.begin() + first, image.values.begin() + last);
        learning::LabelField labels{1, field.height, field.width, field.spacingMm, {}};
        labels.values.assign(label.values.begin() + first, label.values.begin() + last);
        if (source != nullptr && learning::labelledBorderShare(labels.values.data(), labels.height, labels.width) >
                                     source->largestBorderShare) {
            leaveOut(name, Message{"workflow.prepare_mask_at_border", {{"name", name}}});
            return {};
        }
        if (source == nullptr || !source->hounsfield)
            return write(name, patient, "numpy", std::move(field), {true}, std::move(labels));
        const auto before = summary.samples.size();
        if (auto written = write(name, patient, "numpy", field, {true}, labels); !written)
            return written;
        if (summary.samples.size() == before)
            return {}; // a picture that is not wanted is not wanted in Hounsfield units either
        auto hounsfield = learning::toHounsfield(field.values.data(), field.values.size(), row, *source->hounsfield);
        const auto copy = source->hounsfield->prefix + ending;
        if (!hounsfield) {
            leaveOut(copy, Message{"workflow.prepare_no_hounsfield", {{"name", copy}}});
            return {};
        }
        field.values = std::move(*hounsfield);
        // Past the search for doubles: it has the look of the picture that it was made from.
        return putSlices(copy, patient, "numpy", field, {true}, labels, nullptr);
    }

    // The patches' own scale (data's README): value = (z + 5) / 20 * 255, axes i, j, k, voxels of the 128^3 grid.
    Result<void> addPatch(const learning::NumberArray& image, const std::vector<std::size_t>& channels,
                          const learning::NumberArray& label, std::size_t row, const std::string& name,
                          const std::string& patient) {
        constexpr float kScale = 20.0F / 255.0F;
        constexpr float kOffset = -5.0F;
        const auto ni = image.shape[2];
        const auto nj = image.shape[3];
        const auto nk = image.shape[4];
        const auto count = ni * nj * nk;
        learning::Field field;
        field.channels = static_cast<int>(channels.size());
        field.depth = static_cast<int>(nk);
        field.height = static_cast<int>(nj);
        field.width = static_cast<int>(ni);
        field.spacingMm = {1.875, 1.875, 1.211};
        field.values.resize(count * channels.size());
        learning::LabelField labels{field.depth, field.height, field.width, field.spacingMm, {}};
        labels.values.resize(count);
        for (std::size_t i = 0; i < ni; ++i)
            for (std::size_t j = 0; j < nj; ++j)
                for (std::size_t k = 0; k < nk; ++k) {
                    const auto from = (i * nj + j) * nk + k;
                    const auto to = (k * nj + j) * ni + i;
                    for (std::size_t c = 0; c < channels.size(); ++c) {
                        const auto value = image.values[(row * image.shape[1] + channels[c]) * count + from];
                        field.values[c * count + to] = value == 0.0F ? 0.0F : value * kScale + kOffset;
                    }
                    labels.values[to] = static_cast<unsigned char>(label.values[row * count + from]);
                }
        if (unwanted(name, field, labels.values, true))
            return {};
        if (auto written = m_cache.addPiece(name, patient, field, labels); !written)
            return written;
        summary.samples.push_back({name, patient, "numpy"});
        return {};
    }

    const PrepareOptions& m_options;
    const learning::TrainingPlan& m_plan;
    learning::CacheWriter& m_cache;
    std::unordered_set<std::size_t> m_seen;
    std::vector<std::vector<float>> m_looks; ///< of the pictures so far
};

/// Why nothing came of all the data: what most of it was left out for, where that is a reason to act upon.
Message nothingLeft(const std::string& plan, const std::vector<LeftOut>& leftOut) {
    for (const auto& [reason, id] : {std::pair{"workflow.prepare_dimension", "workflow.prepare_nothing_dimension"},
                                     std::pair{"workflow.prepare_too_little", "workflow.prepare_nothing_labelled"}}) {
        const auto same = [wanted = std::string(reason)](const LeftOut& one) { return one.reason.id == wanted; };
        const auto first = std::find_if(leftOut.begin(), leftOut.end(), same);
        if (first != leftOut.end() && 2 * std::count_if(first, leftOut.end(), same) > std::ssize(leftOut))
            return Message{id, {{"plan", plan}, {"name", first->name}}};
    }
    return Message{"workflow.prepare_nothing", {{"plan", plan}}};
}

Result<PrepareSummary> fillCache(const PrepareOptions& options, const learning::TrainingPlan& plan,
                                 const std::vector<DatasetItem>& items, const TaskContext& task) {
    auto cache = learning::CacheWriter::create(options.cache, plan.spec, options.replace);
    if (!cache)
        return fail(std::move(cache.error()));
    Preparation preparation(options, plan, *cache);
    for (std::size_t n = 0; n < items.size(); ++n) {
        if (task.cancelled())
            return failCancelled();
        const auto share = 1.0 / static_cast<double>(items.size());
        const auto from = share * static_cast<double>(n);
        task.report(from, "stage.preparing_data");
        if (auto added = preparation.add(items[n], task.part(from, from + share)); !added)
            return fail(std::move(added.error()));
    }
    for (const auto& path : options.empty) {
        if (task.cancelled())
            return failCancelled();
        if (auto added = preparation.addEmpty(path, TaskContext(task.stopToken(), {})); !added)
            return fail(std::move(added.error()));
    }
    if (preparation.summary.samples.empty())
        return fail(Error{ErrorCode::InvalidInput, nothingLeft(plan.name, preparation.summary.leftOut), {}});
    if (auto finished = cache->finish(); !finished)
        return fail(std::move(finished.error()));
    preparation.summary.mb = cache->mb();
    return std::move(preparation.summary);
}

} // namespace

Result<std::map<std::string, std::string>> readPatients(const fs::path& file) {
    std::error_code error;
    if (!fs::exists(file, error))
        return fail(ErrorCode::NotFound, "workflow.patients_table_missing", {{"file", file.string()}});
    const auto text = learning::readWholeFile(file);
    if (!text)
        return fail(text.error());
    const auto table = parseCsv(*text);
    const auto columns = table.header.size();
    auto name = table.column("name");
    auto patient = table.firstColumn({"patient", "patient_id"});
    auto records = table.records;
    if (name == columns && patient == columns)
        records.insert(records.begin(), CsvRecord{1, table.header}); // no heading
    // A heading that has but one of the words, or none: the other column, the plain order.
    if (name == columns)
        name = patient == 0 ? 1 : 0;
    if (patient == columns)
        patient = name == 0 ? 1 : 0;
    std::map<std::string, std::string> patients;
    for (const auto& record : records) {
        const std::string named(record.field(name));
        const std::string meant(record.field(patient));
        if (named.empty())
            continue;
        if (meant.empty())
            return fail(ErrorCode::InvalidInput, "workflow.patients_line_empty",
                        {{"file", file.string()}, {"line", std::to_string(record.line)}, {"name", named}});
        patients[named] = meant;
    }
    if (patients.empty())
        return fail(ErrorCode::Unreadable, "workflow.patients_table_empty", {{"file", file.string()}});
    return patients;
}

Result<void> checkPatients(const std::map<std::string, std::string>& patients, const std::vector<std::string>& names) {
    const bool matches =
        std::any_of(names.begin(), names.end(), [&](const std::string& name) { return patients.contains(name); });
    if (patients.empty() || names.empty() || matches)
        return {};
    return fail(ErrorCode::InvalidInput, "workflow.patients_match_nothing",
                {{"name", patients.begin()->first}, {"image", names.front()}});
}

Result<PrepareSummary> prepare(const PrepareOptions& options, const TaskContext& task) {
    auto plan = learning::readPlan(options.plan);
    if (!plan)
        return fail(std::move(plan.error()));
    if (plan->spec.task == "classification")
        return prepareViewCache(options, *plan, task);
    std::vector<DatasetItem> items;
    for (const auto& folder : options.data) {
        auto found = findDataset(folder);
        if (!found)
            return fail(std::move(found.error()));
        items.insert(items.end(), found->begin(), found->end());
    }
    std::vector<std::string> names;
    for (const auto& item : items)
        names.push_back(item.name);
    if (auto known = checkPatients(options.patients, names); !known)
        return fail(std::move(known.error()));
    Result<PrepareSummary> filled = failCancelled();
    try {
        const learning::InterruptionScope scope([&task] { return task.cancelled(); });
        filled = fillCache(options, *plan, items, task);
    } catch (const learning::Interrupted&) {
        // In the midst of a large array or volume.
    }
    return filled;
}

} // namespace sulcus::workflow
