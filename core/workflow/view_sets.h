// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/learning/field.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::workflow {

/// Views of one angiography patient that the networks expect.
constexpr std::size_t kViewsPerPatient = 8;

/// How the C-arm stood, degrees as in DICOM: about the patient's long axis (left anterior oblique positive), and tilted
/// (cranial positive).
struct ViewAngle {
    double primary = 0.0;
    std::optional<double> secondary;
};

/// The views of one patient and what a table says of the patient.
struct ViewSet {
    std::string name; ///< the table's Index, else the folder's name
    std::filesystem::path folder;
    /// By the angles in their DICOM headers (primary, then secondary) when every file has one, else by the numbers in
    /// their names.
    std::vector<std::filesystem::path> views;
    std::vector<ViewAngle> angles; ///< one a view; empty when not every file says it
    bool synthetic = false;        ///< each picture says so itself, or the README beside the patients
    /// Columns of the table beside Index: true, false, or nothing where the cell is empty. Empty without a table.
    std::map<std::string, std::optional<bool>> truth;
};

/// A folder of angiography patients.
struct ViewSets {
    std::vector<ViewSet> sets;        ///< in the order of their names
    std::vector<std::string> columns; ///< of the table beside Index, in its order ("Aneurysm", "ICA", ...)
    std::filesystem::path table;      ///< empty: none
    bool synthetic = false;           ///< all patients are
    std::vector<std::pair<std::string, Message>> leftOut; ///< patients that cannot be used, each with its reason
};

/// What a folder holds of eight-view angiography:
///  - one patient: eight pictures, no table (its parent's table and README are looked at);
///  - folders of patients with a table beside them;
///  - "file runs": pictures of all patients in the folder itself (or in `images/`) with a table. Names like 12_3.png or
///    12-view3.png belong to patient 12; pictures without such names are taken eight at a time in the order of their
///    numbers, for the lines of the table in their order.
/// The table is the one CSV with an Index column; Index names a patient's folder or ends in the same number.
/// Left out, with a reason: not eight pictures, no line in the table, a line without pictures, an Aneurysm cell that is
/// neither 0 nor 1. Errors: NotFound ("workflow.no_views": nothing of the kind), Unreadable (a table without Index).
Result<ViewSets> findViewSets(const std::filesystem::path& folder);

/// Told by names alone, and cheaply: could `findViewSets` find something in this folder?
bool looksLikeViewSets(const std::filesystem::path& folder);

/// The pictures of one patient as grey values [1, 1, H, W]. Errors: those of `imaging::readVolume`, ShapeMismatch (a
/// picture with more than one slice), Cancelled.
Result<std::vector<learning::Field>> readViews(const ViewSet& set, const TaskContext& task);

} // namespace sulcus::workflow
