// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

/// The rules of the house that a machine can check by reading the sources. Each function returns one line per
/// violation, "path:line: what is wrong", and nothing when the tree is in order.
namespace sulcus::layout {

using Violations = std::vector<std::string>;

/// A layer includes only its own headers and those of the layers below it.
Violations checkLayers(const std::filesystem::path& root);

/// Third-party headers stop at the module that owns them, also when they are reached through a project header.
Violations checkThirdParty(const std::filesystem::path& root);

/// SPDX line first, `#pragma once` in headers, no `using namespace` in headers, no nested event loop.
Violations checkStyle(const std::filesystem::path& root);

/// Only the folders and text files that the architecture names stand at the top.
Violations checkTopLevel(const std::filesystem::path& root);

/// No image of a patient and no file over 32 MiB in the tree.
Violations checkFiles(const std::filesystem::path& root);

/// Every message id that a source names has a sentence; `known` are the catalogue's ids.
Violations checkMessages(const std::filesystem::path& root, const std::set<std::string>& known);

/// Every `sulcus_add_test` source mirrors a folder of the tree.
std::vector<std::filesystem::path> sourceFiles(const std::filesystem::path& root);

} // namespace sulcus::layout
