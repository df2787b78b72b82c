// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/learning/bundle.h"
#include "core/learning/spec.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <string>

namespace sulcus::learning {

/// A bundle with the parts that only this module reads.
struct BundleFile {
    Bundle bundle;
    NetworkSpec spec;
    std::string weightsFile;                                          ///< name inside the folder
    std::int64_t parameters = 0;                                      ///< numbers in the weights, 0 for torchscript
    nlohmann::ordered_json metrics = nlohmann::ordered_json::array(); ///< [{on, cases, values}]
    std::string costMachine;
};

/// `folder/bundle.json`, every field checked: its own rules first, then the seal, which tells a field that was changed,
/// added or taken away since the file was written. Errors: NotFound, Unreadable, Unsupported.
Result<BundleFile> readBundleFile(const std::filesystem::path& folder);

/// The same of a document that was read already; `folder` is where it belongs. Errors: Unreadable, Unsupported.
Result<BundleFile> parseBundleFile(const nlohmann::ordered_json& document, const std::filesystem::path& folder);

/// Hash of the weights against the JSON's. Errors: NotFound, Unreadable ("learning.bundle_hash").
Result<void> checkWeights(const BundleFile& file);

/// Writes `bundle.json` with its seal. The weights lie there already, or wait as `waitingWeights`: those are put in
/// place once the new description is on the disk, so that a full disk leaves the bundle that was there whole. Errors:
/// Unreadable.
Result<void> writeBundleFile(const BundleFile& file);

/// Writes a `bundle.json` that was changed by hand with its seal made anew, once its fields are right and `accept` says
/// so too. Errors: NotFound, Unreadable, and those of `accept`; then the file is as it was.
Result<void> resealBundleFile(const std::filesystem::path& folder,
                              const std::function<Result<void>(const BundleFile&)>& accept);

/// Does a bundle lie in `folder`, or the weights of one whose description is missing? Either is somebody's work.
bool holdsBundle(const std::filesystem::path& folder);

/// Where new weights wait for their description: "weights.safetensors.new" in the bundle's folder.
std::filesystem::path waitingWeights(const BundleFile& file);

} // namespace sulcus::learning
