// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/array_cases.h"

#include "core/learning/npy.h"
#include "core/workflow/index_table.h"

#include <string_view>
#include <system_error>

namespace sulcus::workflow {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kImage = "image_u8.npy";

fs::path beside(const fs::path& image, const std::string& name) {
    const auto file = image.filename().string();
    const auto at = file.rfind(kImage);
    const auto ending = name.ends_with(".csv") ? std::string() : file.substr(at + kImage.size());
    return image.parent_path() / (file.substr(0, at) + name + ending);
}

} // namespace

bool isArraySet(const fs::path& file) {
    const auto name = file.filename().string();
    std::error_code error;
    return (name.ends_with(kImage) || name.ends_with(std::string(kImage) + ".gz")) &&
           fs::is_regular_file(beside(file, "label_u8.npy"), error);
}

std::string arraySetName(const fs::path& image) {
    const auto file = image.filename().string();
    const auto name = file.substr(0, file.rfind(kImage));
    return name.empty() ? image.parent_path().filename().string() : name.substr(0, name.find_last_not_of('_') + 1);
}

Result<void> forEachArraySlice(const fs::path& image, const std::set<std::string>& patients,
                               const std::function<Result<void>(std::shared_ptr<const imaging::Case>)>& visit,
                               const TaskContext& task) {
    const auto labelFile = beside(image, "label_u8.npy");
    auto images = learning::readNpy(image);
    if (!images)
        return fail(std::move(images.error()));
    auto labels = learning::readNpy(labelFile);
    if (!labels)
        return fail(std::move(labels.error()));
    if (images->shape.size() != 3 || labels->shape != images->shape)
        return fail(ErrorCode::ShapeMismatch, "workflow.prepare_array_shapes",
                    {{"file", image.string()}, {"other", labelFile.string()}});
    const auto rows = readIndex(beside(image, "index.csv"));
    const auto plane = images->shape[1] * images->shape[2];
    for (std::size_t row = 0; row < images->shape[0]; ++row) {
        if (task.cancelled())
            return failCancelled();
        task.report(static_cast<double>(row) / static_cast<double>(images->shape[0]));
        const auto known = [row](const std::vector<std::string>& column) {
            return row < column.size() ? column[row] : std::string();
        };
        if (!patients.empty() && !patients.contains(known(rows.patients)))
            continue;
        imaging::Case one;
        one.files.kind = imaging::CaseKind::SingleVolume;
        one.files.era = imaging::LabelEra::Plain;
        one.files.folder = image.parent_path();
        one.files.id = std::to_string(row) + (known(rows.names).empty() ? "" : "_" + known(rows.names));
        imaging::Volume volume;
        auto& grid = volume.geometry;
        grid.size = {static_cast<int>(images->shape[2]), static_cast<int>(images->shape[1]), 1};
        grid.isSlice = true;
        grid.hasOrientation = false;
        const auto first = static_cast<std::ptrdiff_t>(row * plane);
        const auto last = first + static_cast<std::ptrdiff_t>(plane);
        volume.voxels.assign(images->values.begin() + first, images->values.begin() + last);
        imaging::LabelMap truth;
        truth.geometry = grid;
        truth.voxels.assign(labels->values.begin() + first, labels->values.begin() + last);
        one.volumes.push_back({imaging::Sequence::Other, std::make_shared<const imaging::Volume>(std::move(volume))});
        one.truth = std::make_shared<const imaging::LabelMap>(std::move(truth));
        if (auto visited = visit(std::make_shared<const imaging::Case>(std::move(one))); !visited)
            return visited;
    }
    return {};
}

} // namespace sulcus::workflow
