// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace sulcus::learning {

/// One output label of a bundle.
struct BundleLabel {
    int value = 0;    ///< in the written label map
    std::string code; ///< "NCR", "ED", "ET", "lung_left", ...
    std::string name; ///< English
    std::array<unsigned char, 3> colour{};
};

/// One output channel of the network.
struct BundleOutput {
    std::string name;       ///< "WT", "TC", "ET", "lung", "liver"
    double threshold = 0.5; ///< of the probability; ignored for exclusive classes
};

/// All that inference needs to know of a trained network: `models/<name>/bundle.json`, validated field by field.
/// The layout of the file is described in models/README.md.
struct Bundle {
    int schemaVersion = 1;
    std::string name;
    std::string version;
    std::string task; ///< "segmentation-3d", "segmentation-2d", "classification"
    std::string architecture;
    std::map<std::string, std::string> architectureOptions; ///< as text, for display; the network reads the JSON itself
    std::vector<std::string> inputs; ///< sequences or modality in channel order: "flair", "t1", "t1ce", "t2"; "ct"
    std::vector<double> spacingMm;   ///< of the network's grid; empty = the input's own
    std::vector<BundleOutput> outputs;
    bool nestedOutputs = true; ///< sigmoid regions that contain each other, else softmax classes
    std::vector<BundleLabel> labels;
    std::string intendedUse;
    std::string trainingData;
    std::string licence;
    std::string weightsSha256;
    std::filesystem::path folder;
    double expectedSeconds = 0.0;
    double expectedMb = 0.0;
};

/// Reads and validates `folder/bundle.json` (not the weights). Errors name the field: "learning.bundle_field".
Result<Bundle> readBundle(const std::filesystem::path& folder);

/// Accepts a `bundle.json` that was changed by hand: loads it with its weights, as for use, and writes its seal anew.
/// Errors: those of `readBundle`, "learning.bundle_hash", "learning.file_not_written".
Result<void> sealBundle(const std::filesystem::path& folder);

/// Bundles in `folder`, sorted by name; unreadable ones are left out and returned in `broken`.
std::vector<Bundle> listBundles(const std::filesystem::path& folder, std::vector<Error>* broken = nullptr);

} // namespace sulcus::learning
