// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/imaging/case.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>

namespace sulcus::workflow {

/// Is this the image half of a pair of NumPy arrays, "[X_]image_u8.npy[.gz]" beside "[X_]label_u8.npy[.gz]"?
bool isArraySet(const std::filesystem::path& file);

/// What such a set is called: "X" of "X_image_u8.npy.gz", the folder's name where there is no X; as `findDataset` does.
std::string arraySetName(const std::filesystem::path& image);

/// Hands each slice of such a pair to `visit`, as a case of one slice with its truth: image [N, rows, columns], labels
/// the same. Names and patients come from "[X_]index.csv" where it lies beside them. Only slices of `patients` are
/// handed over; an empty set means all. A slice's id is its row and, where the index has one, its name ("12_a.png"),
/// without the set's name. `visit` may stop by failing.
/// Errors: those of the NumPy reader, ShapeMismatch ("workflow.prepare_array_shapes"), Cancelled.
Result<void> forEachArraySlice(const std::filesystem::path& image, const std::set<std::string>& patients,
                               const std::function<Result<void>(std::shared_ptr<const imaging::Case>)>& visit,
                               const TaskContext& task);

} // namespace sulcus::workflow
