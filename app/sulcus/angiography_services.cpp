// SPDX-License-Identifier: Apache-2.0
#include "app/sulcus/window_services.h"
#include "core/learning/bundle.h"
#include "core/workflow/angiography/synthetic_angiography.h"
#include "core/workflow/angiography/vessel_tree.h"
#include "core/workflow/classify.h"

#include <algorithm>
#include <cmath>

namespace sulcus::app {

namespace {

/// 8-bit grey; frames of more bits are spread over their own range.
QImage toImage(const learning::Field& view) {
    const auto [low, high] = std::minmax_element(view.values.begin(), view.values.end());
    const bool picture = low != view.values.end() && *low >= 0.0F && *high <= 255.0F;
    const float from = picture || low == view.values.end() ? 0.0F : *low;
    const float range = picture || low == view.values.end() ? 255.0F : std::max(1e-6F, *high - *low);
    QImage image(view.width, view.height, QImage::Format_Grayscale8);
    std::size_t n = 0;
    for (int y = 0; y < view.height; ++y) {
        auto* const row = image.scanLine(y);
        for (int x = 0; x < view.width; ++x, ++n)
            row[x] = static_cast<uchar>(std::clamp(std::lround((view.values[n] - from) / range * 255.0F), 0L, 255L));
    }
    return image;
}

} // namespace

session::AngiographyServices angiographyServices(const workflow::Paths& paths) {
    session::AngiographyServices services;
    services.recognises = workflow::looksLikeViewSets;
    services.find = [](const std::filesystem::path& folder, const TaskContext&) {
        return workflow::findViewSets(folder);
    };
    services.views = [](const workflow::ViewSet& set, const TaskContext& task) -> Result<std::vector<QImage>> {
        const auto views = workflow::readViews(set, task);
        if (!views)
            return fail(views.error());
        std::vector<QImage> images;
        std::transform(views->begin(), views->end(), std::back_inserter(images), toImage);
        return images;
    };
    services.classify = [paths](const workflow::ViewSet& set,
                                const TaskContext& task) -> Result<workflow::ClassifiedViews> {
        workflow::ClassifyOptions options;
        for (const auto& bundle : learning::listBundles(paths.models)) {
            if (bundle.task == "classification" && bundle.inputs.size() == set.views.size() && options.bundle.empty())
                options.bundle = bundle.folder;
        }
        if (options.bundle.empty())
            return fail(ErrorCode::NotFound, "app.no_classifier", {{"folder", paths.models.string()}});
        options.heatMaps = true;
        return workflow::classify(set, options, task);
    };
    services.syntheticAngles.assign(workflow::kAngiographyAngles.begin(), workflow::kAngiographyAngles.end());
    services.locations = workflow::aneurysmLocations();
    return services;
}

} // namespace sulcus::app
