// SPDX-License-Identifier: Apache-2.0
#include "core/learning/cache.h"

#include "core/base/csv.h"
#include "core/learning/half.h"
#include "core/learning/interruption.h"
#include "core/learning/npy.h"
#include "core/learning/preprocess.h"
#include "core/learning/slices.h"
#include "core/learning/whole_file.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fstream>
#include <system_error>

namespace sulcus::learning {

namespace {

using json = nlohmann::ordered_json;

Result<void> writeBytes(const std::filesystem::path& file, const void* bytes, std::size_t count) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(count));
    stream.close();
    if (!stream) {
        return fail(ErrorCode::Unreadable, "learning.file_not_written", {{"file", file.string()}});
    }
    return {};
}

Result<std::string> readBytes(const std::filesystem::path& file, std::size_t expected) {
    auto bytes = readWholeFile(file);
    if (bytes && bytes->size() != expected) {
        return fail(ErrorCode::Unreadable, "learning.cache_file_size", {{"file", file.string()}});
    }
    return bytes;
}

Result<nlohmann::json> readJson(const std::filesystem::path& file) {
    const auto text = readWholeFile(file);
    if (!text) {
        return fail(text.error());
    }
    auto document = parseJson<nlohmann::json>(*text);
    if (document.is_discarded()) {
        return fail(ErrorCode::Unreadable, "learning.not_json", {{"file", file.string()}});
    }
    return document;
}

/// The name as JSON can hold it. Bytes that are no UTF-8 are spelt out: one sign for all of them would make one patient
/// of several.
std::string inUtf8(const std::string& name) {
    const auto kept = json(name).dump(-1, ' ', false, json::error_handler_t::ignore);
    if (json::parse(kept).get<std::string>() == name) {
        return name;
    }
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string text;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        text += byte < 0x80 ? std::string(1, c) : std::string{'%', kDigits[byte / 16], kDigits[byte % 16]};
    }
    return text;
}

/// `<n>.image` and `<n>.label`.
std::vector<std::filesystem::path> sampleFiles(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code code;
    for (std::filesystem::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
        const auto stem = entry->path().stem().string();
        const auto ending = entry->path().extension();
        const bool number = std::all_of(stem.begin(), stem.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
        if (number && (ending == ".image" || ending == ".label")) {
            files.push_back(entry->path());
        }
    }
    return files;
}

/// Do the slices depend on the plan's size? With a spacing they keep their extent.
bool fitsSlices(const NetworkSpec& spec) { return spec.task == "segmentation-2d" && spec.spacingMm.empty(); }

bool sameNormalisation(const nlohmann::json& made, const NetworkSpec& spec) {
    const nlohmann::json wanted = toJson(spec)["normalisation"];
    return std::all_of(wanted.items().begin(), wanted.items().end(), [&](const auto& item) {
        return !made.contains(item.key()) || made.at(item.key()) == item.value();
    });
}

} // namespace

/// Lies in the cache's own folder, so that files need only be renamed in the end, on whatever disk that folder is.
struct CacheWriter::Part {
    explicit Part(const std::filesystem::path& target) : folder(target / ("new.part-" + std::to_string(::getpid()))) {
        std::error_code code;
        for (auto above = std::filesystem::absolute(target, code);
             !above.empty() && above != above.parent_path() && !std::filesystem::exists(above, code);
             above = above.parent_path()) {
            made.push_back(above);
        }
    }
    ~Part() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
        for (const auto& one : made) {
            std::filesystem::remove(one, ignored); // only an empty one goes
        }
    }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

    std::filesystem::path folder;
    std::vector<std::filesystem::path> made; ///< innermost first
};

Result<CacheWriter> CacheWriter::create(const std::filesystem::path& folder, const NetworkSpec& spec, bool replace) {
    std::error_code code;
    if (!replace && std::filesystem::exists(folder / "index.json", code)) {
        return fail(ErrorCode::InvalidInput, "learning.cache_exists", {{"folder", folder.string()}});
    }
    CacheWriter writer;
    writer.m_folder = folder;
    writer.m_part = std::make_shared<Part>(folder);
    std::filesystem::remove_all(writer.m_part->folder, code);
    std::filesystem::create_directories(writer.m_part->folder, code);
    if (code) {
        return fail(ErrorCode::Unreadable, "learning.file_not_written", {{"file", folder.string()}}, code.message());
    }
    writer.m_spec = spec;
    writer.m_index["schema_version"] = 1;
    writer.m_index["inputs"] = spec.inputs;
    writer.m_index["spacing_mm"] = spec.spacingMm;
    writer.m_index["normalisation"] = toJson(spec)["normalisation"];
    if (fitsSlices(spec)) {
        writer.m_index["patch"] = spec.patch;
        writer.m_index["fit_body"] = spec.fitBody;
    }
    if (spec.task == "classification") {
        writer.m_index["outputs"] = json::array();
        for (const auto& output : spec.outputs) {
            writer.m_index["outputs"].push_back(output.name);
        }
    }
    writer.m_index["samples"] = json::array();
    writer.m_index["left_out"] = json::array();
    return writer;
}

Result<void> CacheWriter::addCase(const std::string& name, const std::string& patient, Field image,
                                  const std::vector<bool>& present, LabelField labels) {
    if (image.channels != static_cast<int>(m_spec.inputs.size()) || image.depth != labels.depth ||
        image.height != labels.height || image.width != labels.width) {
        return fail(ErrorCode::ShapeMismatch, "learning.case_shape", {{"case", name}});
    }
    if (m_spec.task == "segmentation-2d") {
        auto added = addSlices(name, patient, image, present, labels);
        return added ? Result<void>() : fail(std::move(added.error()));
    }
    auto prepared = prepareImage(std::move(image), present, m_spec);
    if (!prepared) {
        return fail(ErrorCode::InvalidInput, "learning.image_empty", {{"case", name}});
    }
    CacheSample sample;
    sample.name = name;
    sample.patient = patient;
    labels = cropped(labels, prepared->box);
    sample.labels = m_spec.spacingMm.size() == 3 ? resampledLabels(labels, prepared->image.spacingMm, m_spec) : labels;
    sample.image = std::move(prepared->image);
    return write(sample);
}

Result<CacheWriter::SliceNames> CacheWriter::addSlices(const std::string& name, const std::string& patient,
                                                       const Field& image, const std::vector<bool>& present,
                                                       const LabelField& labels, double smallestShare,
                                                       const std::function<bool(int)>& wanted) {
    if (image.channels != static_cast<int>(m_spec.inputs.size()) || image.depth != labels.depth ||
        image.height != labels.height || image.width != labels.width) {
        return fail(ErrorCode::ShapeMismatch, "learning.case_shape", {{"case", name}});
    }
    const auto [lowest, highest] = std::minmax_element(image.values.begin(), image.values.end());
    if (image.values.empty() || *lowest == *highest) {
        return fail(ErrorCode::InvalidInput, "learning.image_empty", {{"case", name}});
    }
    const SliceReader reader(image, present, m_spec);
    const auto plane = static_cast<std::ptrdiff_t>(image.height) * image.width;
    SliceNames names;
    for (int d = 0; d < image.depth; ++d) {
        pollInterruption();
        if (wanted && !wanted(d)) {
            continue;
        }
        std::string number = std::to_string(d);
        number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');
        const auto sliceName = image.depth == 1 ? name : name + "_k" + number;
        const auto first = labels.values.begin() + plane * d;
        const auto labelled = plane - std::count(first, first + plane, static_cast<unsigned char>(0));
        if (static_cast<double>(labelled) < smallestShare * static_cast<double>(plane)) {
            names.leftOut.push_back(sliceName);
            continue;
        }
        CacheSample sample;
        sample.name = sliceName;
        sample.patient = patient;
        sample.image = reader.slice(d);
        sample.labels = labelSlice(labels, d, reader.grid(), m_spec);
        if (auto written = write(sample); !written) {
            return fail(std::move(written.error()));
        }
        names.written.push_back(sliceName);
    }
    return names;
}

Result<void> CacheWriter::addPiece(const std::string& name, const std::string& patient, const Field& normalised,
                                   const LabelField& labels) {
    if (normalised.channels != static_cast<int>(m_spec.inputs.size()) || normalised.depth != labels.depth ||
        normalised.height != labels.height || normalised.width != labels.width) {
        return fail(ErrorCode::ShapeMismatch, "learning.case_shape", {{"case", name}});
    }
    CacheSample sample;
    sample.name = name;
    sample.patient = patient;
    sample.wholeImage = false;
    if (m_spec.spacingMm.size() == 3) {
        const std::array<double, 3> spacing{m_spec.spacingMm[0], m_spec.spacingMm[1], m_spec.spacingMm[2]};
        sample.image = resampled(normalised, spacing);
        sample.labels = resampledLabels(labels, spacing, m_spec);
    } else {
        sample.image = normalised;
        sample.labels = labels;
    }
    return write(sample);
}

Result<void> CacheWriter::addViews(const std::string& name, const std::string& patient, Field prepared,
                                   std::vector<unsigned char> classes) {
    if (prepared.channels != static_cast<int>(m_spec.inputs.size()) || classes.size() != m_spec.outputs.size()) {
        return fail(ErrorCode::ShapeMismatch, "learning.case_shape", {{"case", name}});
    }
    CacheSample sample;
    sample.name = name;
    sample.patient = patient;
    sample.image = std::move(prepared);
    sample.classes = std::move(classes);
    return write(sample);
}

Result<void> CacheWriter::write(const CacheSample& sample) {
    const std::string number = std::to_string(m_index["samples"].size());
    std::vector<std::uint16_t> halves(sample.image.values.size());
    std::transform(sample.image.values.begin(), sample.image.values.end(), halves.begin(), toHalf);
    if (auto written = writeFile(number + ".image", halves.data(), halves.size() * 2); !written) {
        return written;
    }
    if (sample.classes.empty()) {
        const auto& labels = sample.labels.values;
        if (auto written = writeFile(number + ".label", labels.data(), labels.size()); !written) {
            return written;
        }
    }
    m_index["samples"].push_back(json{{"name", inUtf8(sample.name)},
                                      {"patient", inUtf8(sample.patient)},
                                      {"whole_image", sample.wholeImage},
                                      {"shape", {sample.image.depth, sample.image.height, sample.image.width}},
                                      {"spacing_mm", sample.image.spacingMm},
                                      {"type", "float16"}});
    if (!sample.classes.empty()) {
        m_index["samples"].back()["classes"] = sample.classes;
    }
    return {};
}

void CacheWriter::leaveOut(const std::string& name, const std::string& reason) {
    m_index["left_out"].push_back(json{{"name", inUtf8(name)}, {"reason", inUtf8(reason)}});
}

Result<void> CacheWriter::writeFile(const std::string& name, const void* bytes, std::size_t count) {
    m_bytes += count;
    return writeBytes(m_part->folder / name, bytes, count);
}

Result<void> CacheWriter::finish() {
    const std::string text = m_index.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
    if (auto written = writeFile("index.json", text.data(), text.size()); !written) {
        return written;
    }
    std::error_code code;
    std::filesystem::remove(m_folder / "index.json", code);
    if (!code) {
        std::error_code ignored;
        for (const auto& file : sampleFiles(m_folder)) {
            std::filesystem::remove(file, ignored);
        }
    }
    auto files = sampleFiles(m_part->folder);
    files.push_back(m_part->folder / "index.json");
    for (auto file = files.begin(); file != files.end() && !code; ++file) {
        std::filesystem::rename(*file, m_folder / file->filename(), code);
    }
    if (code) {
        return fail(ErrorCode::Unreadable, "learning.file_not_written", {{"file", (m_folder / "index.json").string()}},
                    code.message());
    }
    m_part.reset();
    return {};
}

Result<Cache> readCache(const std::filesystem::path& folder, const NetworkSpec& spec) {
    const auto file = folder / "index.json";
    auto document = readJson(file);
    if (!document) {
        return fail(std::move(document.error()));
    }
    try {
        const JsonFields fields(*document, "");
        if (fields.integer("schema_version", 1, 1000) != 1) {
            fields.refuse("schema_version", "is of a newer program");
        }
        Cache cache;
        cache.inputs = fields.texts("inputs");
        if (cache.inputs != spec.inputs) {
            return fail(ErrorCode::ShapeMismatch, "learning.cache_inputs", {{"folder", folder.string()}});
        }
        const auto spacing = fields.numbers("spacing_mm", 0.0, 100.0);
        if (spacing != spec.spacingMm) {
            return fail(ErrorCode::ShapeMismatch, "learning.cache_spacing", {{"folder", folder.string()}});
        }
        if (fields.has("normalisation") && !sameNormalisation(fields.any("normalisation"), spec)) {
            return fail(ErrorCode::ShapeMismatch, "learning.cache_normalisation", {{"folder", folder.string()}});
        }
        if (fitsSlices(spec) && fields.has("patch") &&
            (fields.integers("patch", 1, 4096) != spec.patch || fields.flag("fit_body", false) != spec.fitBody)) {
            return fail(ErrorCode::ShapeMismatch, "learning.cache_slices", {{"folder", folder.string()}});
        }
        const bool classify = spec.task == "classification";
        if (classify) {
            const auto names = fields.texts("outputs");
            const bool same = std::equal(names.begin(), names.end(), spec.outputs.begin(), spec.outputs.end(),
                                         [](const auto& name, const auto& output) { return name == output.name; });
            if (!same) {
                return fail(ErrorCode::ShapeMismatch, "learning.cache_outputs", {{"folder", folder.string()}});
            }
        }
        for (const auto& item : fields.objects("left_out")) {
            cache.leftOut.emplace_back(item.text("name"), item.text("reason"));
        }
        std::size_t number = 0;
        for (const auto& item : fields.objects("samples")) {
            pollInterruption();
            CacheSample sample;
            sample.name = item.text("name");
            sample.patient = item.text("patient");
            sample.wholeImage = item.flag("whole_image", true);
            const auto shape = item.integers("shape", 1, 4096);
            const auto mm = item.numbers("spacing_mm", 1e-6, 1000.0);
            if (shape.size() != 3 || mm.size() != 3) {
                item.refuse("shape", "must have three values");
            }
            sample.image = {
                static_cast<int>(spec.inputs.size()), shape[0], shape[1], shape[2], {mm[0], mm[1], mm[2]}, {}};
            sample.labels = {shape[0], shape[1], shape[2], sample.image.spacingMm, {}};
            const std::size_t voxels = sample.image.voxelsPerChannel();
            const std::size_t count = voxels * spec.inputs.size();
            const bool half = item.oneOf("type", {"float16", "uint8"}) == "float16";
            auto image = readBytes(folder / (std::to_string(number) + ".image"), count * (half ? 2 : 1));
            if (!image) {
                return fail(std::move(image.error()));
            }
            std::string label(voxels, 0);
            if (classify) {
                if (shape[0] != 1 || shape[1] != spec.patch[0] || shape[2] != spec.patch[1]) {
                    return fail(ErrorCode::ShapeMismatch, "learning.cache_patch", {{"folder", folder.string()}});
                }
                for (const int value : item.integers("classes", 0, 255)) {
                    sample.classes.push_back(static_cast<unsigned char>(value));
                }
                if (sample.classes.size() != spec.outputs.size()) {
                    item.refuse("classes", "must have one number for each output");
                }
            } else if (auto read = readBytes(folder / (std::to_string(number) + ".label"), voxels); read) {
                label = std::move(*read);
            } else {
                return fail(std::move(read.error()));
            }
            sample.image.values.resize(count);
            if (half) {
                const auto* bytes = reinterpret_cast<const unsigned char*>(image->data());
                for (std::size_t i = 0; i < count; ++i) {
                    sample.image.values[i] = fromHalf(
                        static_cast<std::uint16_t>(bytes[2 * i] | (static_cast<unsigned>(bytes[2 * i + 1]) << 8)));
                }
            } else {
                const auto scale = static_cast<float>(item.number("scale", 1e-9, 1e9));
                const auto offset = static_cast<float>(item.number("offset", -1e9, 1e9));
                std::transform(image->begin(), image->end(), sample.image.values.begin(), [&](char byte) {
                    return static_cast<float>(static_cast<unsigned char>(byte)) * scale + offset;
                });
            }
            sample.labels.values.assign(label.begin(), label.end());
            cache.samples.push_back(std::move(sample));
            ++number;
        }
        if (cache.samples.empty()) {
            fields.refuse("samples", "is empty");
        }
        return cache;
    } catch (const FieldError& error) {
        return fail(ErrorCode::Unreadable, "learning.json_field",
                    {{"file", file.string()}, {"field", error.field}, {"problem", error.what()}});
    }
}

namespace {

Result<void> addPatchSet(CacheWriter& writer, const JsonFields& item, const std::filesystem::path& base) {
    const auto images = readNpy(base / item.text("image"));
    if (!images) {
        return fail(images.error());
    }
    const auto labels = readNpy(base / item.text("label"));
    if (!labels) {
        return fail(labels.error());
    }
    const auto& shape = images->shape;
    if (shape.size() != 5 || labels->shape.size() != 4 || labels->shape[0] != shape[0] ||
        labels->shape[1] != shape[2] || labels->shape[2] != shape[3] || labels->shape[3] != shape[4]) {
        item.refuse("image", "is not [N, C, a, b, c] with labels [N, a, b, c]");
    }
    const auto index = readWholeFile(base / item.text("index"));
    const auto names = index ? parseCsv(*index, ',').records : std::vector<CsvRecord>();
    if (names.size() != shape[0]) {
        item.refuse("index", "does not have one line for each patch");
    }
    const bool reversed = item.oneOf("axes", {"ijk", "kji"}) == "ijk";
    const auto mm = item.numbers("spacing_mm", 1e-3, 100.0);
    if (mm.size() != 3) {
        item.refuse("spacing_mm", "must have three values");
    }
    const auto scale = static_cast<float>(item.number("scale", 1e-9, 1e9));
    const auto offset = static_cast<float>(item.number("offset", -1e9, 1e9));
    const std::size_t channels = shape[1];
    const std::size_t width = reversed ? shape[2] : shape[4];
    const std::size_t height = shape[3];
    const std::size_t depth = reversed ? shape[4] : shape[2];
    const std::size_t voxels = width * height * depth;
    const auto source = [&](std::size_t d, std::size_t h, std::size_t w) {
        return reversed ? (w * height + h) * depth + d : (d * height + h) * width + w;
    };
    for (std::size_t n = 0; n < shape[0]; ++n) {
        const auto size = [](std::size_t value) { return static_cast<int>(value); };
        Field image{size(channels), size(depth), size(height), size(width), {mm[0], mm[1], mm[2]}, {}};
        image.values.resize(channels * voxels);
        LabelField label{size(depth), size(height), size(width), {mm[0], mm[1], mm[2]}, {}};
        label.values.resize(voxels);
        std::size_t target = 0;
        for (std::size_t d = 0; d < depth; ++d) {
            for (std::size_t h = 0; h < height; ++h) {
                for (std::size_t w = 0; w < width; ++w, ++target) {
                    const std::size_t from = source(d, h, w);
                    label.values[target] = static_cast<unsigned char>(labels->values[n * voxels + from]);
                    bool background = true;
                    for (std::size_t c = 0; c < channels; ++c) {
                        const float value = images->values[(n * channels + c) * voxels + from] * scale + offset;
                        image.values[c * voxels + target] = value;
                        background = background && std::abs(value) <= 0.5F * scale;
                    }
                    // Eight bits cannot hold 0 exactly; the background must.
                    for (std::size_t c = 0; background && c < channels; ++c) {
                        image.values[c * voxels + target] = 0.0F;
                    }
                }
            }
        }
        pollInterruption();
        if (auto added = writer.addPiece(std::string(names[n].field(1)), std::string(names[n].field(2)), image, label);
            !added) {
            return added;
        }
    }
    return {};
}

Result<ArrayCase> readArrayCase(const JsonFields& item, const std::filesystem::path& base) {
    auto image = readNpy(base / item.text("image"));
    if (!image) {
        return fail(std::move(image.error()));
    }
    auto label = readNpy(base / item.text("label"));
    if (!label) {
        return fail(std::move(label.error()));
    }
    const auto mm = item.numbers("spacing_mm", 1e-3, 100.0);
    if (mm.size() != 3) {
        item.refuse("spacing_mm", "must have three values");
    }
    if (image->shape.size() != 4 || label->shape.size() != 3) {
        item.refuse("image", "is not [C, D, H, W] with labels [D, H, W]");
    }
    const auto size = [](std::size_t value) { return static_cast<int>(value); };
    ArrayCase result;
    result.name = item.text("name");
    result.patient = item.text("patient");
    result.image = Field{size(image->shape[0]), size(image->shape[1]), size(image->shape[2]),
                         size(image->shape[3]), {mm[0], mm[1], mm[2]}, std::move(image->values)};
    result.labels =
        LabelField{size(label->shape[0]), size(label->shape[1]), size(label->shape[2]), {mm[0], mm[1], mm[2]}, {}};
    result.labels.values.resize(label->values.size());
    std::transform(label->values.begin(), label->values.end(), result.labels.values.begin(),
                   [](float value) { return static_cast<unsigned char>(value); });
    return result;
}

tl::unexpected<Error> wrongField(const std::filesystem::path& file, const FieldError& error) {
    return fail(ErrorCode::Unreadable, "learning.json_field",
                {{"file", file.string()}, {"field", error.field}, {"problem", error.what()}});
}

} // namespace

Result<void> forEachArrayCase(const std::filesystem::path& list,
                              const std::function<Result<void>(ArrayCase&&)>& visit) {
    const auto document = readJson(list);
    if (!document) {
        return fail(document.error());
    }
    try {
        const JsonFields fields(*document, "");
        for (const auto& item : fields.objects("cases")) {
            pollInterruption();
            auto found = readArrayCase(item, list.parent_path());
            if (!found) {
                return fail(std::move(found.error()));
            }
            if (auto visited = visit(std::move(*found)); !visited) {
                return visited;
            }
        }
        return {};
    } catch (const FieldError& error) {
        return wrongField(list, error);
    }
}

Result<void> prepareFromArrays(const std::filesystem::path& list, const NetworkSpec& spec,
                               const std::filesystem::path& folder, bool replace) {
    const auto document = readJson(list);
    if (!document) {
        return fail(document.error());
    }
    auto writer = CacheWriter::create(folder, spec, replace);
    if (!writer) {
        return fail(std::move(writer.error()));
    }
    try {
        const JsonFields fields(*document, "");
        if (!fields.has("cases") && !fields.has("patch_sets")) {
            fields.refuse("cases", "is missing, and so is \"patch_sets\": there is nothing to prepare");
        }
        if (fields.has("cases")) {
            auto added = forEachArrayCase(list, [&](ArrayCase&& found) {
                return writer->addCase(found.name, found.patient, std::move(found.image), {}, std::move(found.labels));
            });
            if (!added) {
                return added;
            }
        }
        if (fields.has("patch_sets")) {
            for (const auto& item : fields.objects("patch_sets")) {
                if (auto added = addPatchSet(*writer, item, list.parent_path()); !added) {
                    return added;
                }
            }
        }
    } catch (const FieldError& error) {
        return wrongField(list, error);
    }
    return writer->finish();
}

} // namespace sulcus::learning
