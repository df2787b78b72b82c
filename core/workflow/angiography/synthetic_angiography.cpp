// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/angiography/synthetic_angiography.h"

#include "core/imaging/grey_image.h"
#include "core/workflow/angiography/vessel_tree.h"

#include <cstdio>
#include <fstream>
#include <string>

namespace sulcus::workflow {

namespace {

/// Travels with each picture when a patient's folder is copied away from table and README; `findViewSets` looks for the
/// word "synthetic".
constexpr const char* kSyntheticSource = "synthetic, made by Sulcus demo; no patient is shown";

} // namespace

Result<void> writeSyntheticAngiography(const std::filesystem::path& folder, const SyntheticAngiographyOptions& options,
                                       const TaskContext& task) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    std::ofstream table(folder / "labels.csv");
    if (!table)
        return fail(ErrorCode::Unreadable, "imaging.write_failed", {{"file", (folder / "labels.csv").string()}});
    table << "Index,Aneurysm";
    for (const std::string& location : aneurysmLocations())
        table << ',' << location;
    table << '\n';

    for (int patient = 1; patient <= options.patients; ++patient) {
        const std::uint64_t seed = options.seed * 1000003ULL + static_cast<std::uint64_t>(patient);
        const bool withAneurysm = ((seed * 0x9E3779B97F4A7C15ULL) >> 63) != 0;
        const VesselTree tree = makeVesselTree(seed, withAneurysm);
        char name[32];
        std::snprintf(name, sizeof name, "patient_%04d", patient);
        const std::filesystem::path patientFolder = folder / name;
        std::filesystem::create_directories(patientFolder, failed);
        for (std::size_t view = 0; view < kAngiographyAngles.size(); ++view) {
            if (task.cancelled())
                return failCancelled();
            const std::vector<std::uint8_t> pixels =
                projectVesselTree(tree, kAngiographyAngles[view], options.imageSize, seed * 8 + view);
            const auto written = imaging::writeGreyImage(options.imageSize, options.imageSize, pixels,
                                                         patientFolder / ("view_" + std::to_string(view + 1) + ".png"),
                                                         kSyntheticSource);
            if (!written)
                return written;
        }
        table << name << ',' << (withAneurysm ? 1 : 0);
        for (std::size_t location = 0; location < aneurysmLocations().size(); ++location)
            table << ',' << (withAneurysm && tree.aneurysms.front().location == static_cast<int>(location) ? 1 : 0);
        table << '\n';
        task.report(static_cast<double>(patient) / options.patients, "stage.projecting");
    }
    std::ofstream(folder / "README.txt")
        << "Synthetic eight-view angiography made by Sulcus (seed " << options.seed << ").\n"
        << "No patient is shown. For education and research only; never for diagnosis.\n";
    return {};
}

} // namespace sulcus::workflow
