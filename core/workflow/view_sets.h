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
    /// `ViewSets::columns`: true, false, or nothing where the cell is empty. Empty without a table.
    std::map<std::string, std::optional<bool>> truth;
};

/// Does a table's column speak of a network's output? In any case of its ASCII letters.
bool sameColumn(const std::string& column, const std::string& output);

/// A folder of angiography patients.
struct ViewSets {
    std::vector<ViewSet> sets; ///< in the order of their names
    /// Of the table beside Index, in its order ("Aneurysm", "ICA", ...): those that say 0 or 1.
    std::vector<std::string> columns;
    std::filesystem::path table;                          ///< empty: none
    bool synthetic = false;                               ///< all patients are
    std::vector<std::pair<std::string, Message>> leftOut; ///< patients that cannot be used, each with its reason
};

/// What a folder holds of eight-view angiography:
///  - one patient: eight pictures, no table (its parent's table and README are looked at);
///  - folders of patients with a table beside them;
///  - "file runs": pictures of all patients in the folder itself (or in `images/`) with a table. Names like 12_3.png or
///    12-view3.png belong to patient 12; pictures without such names are taken eight at a time in the order of their
///    numbers, for the lines of the table in their order; then there must be eight for each line.
/// A folder that holds nothing but one folder (and notes such as a README or DICOMDIR) stands for that one, two levels
/// down at most. The table is a CSV with an Index column, separated by commas, semicolons or tabs; of several the one
/// whose lines meet the most patients. Index names a patient's folder. The same number at the end is enough where no
/// other patient and no other line has it, and where the words before it agree, are missing or general ("patient").
/// Left out, with a reason: not eight pictures, no line in the table, a line without pictures, a line that other
/// pictures have already, lines of one patient that differ, a cell that is neither 0 nor 1 in a column that speaks of
/// these. Errors: NotFound ("workflow.no_views": nothing of the kind), InvalidInput ("workflow.views_wrong_number":
/// pictures of one patient that are not eight; "workflow.views_not_eight_a_line"; "workflow.views_table_wide" and
/// "workflow.views_table_no_index": a CSV with a column Aneurysm, or Index, that cannot be read), Unreadable (the
/// folder may not be read).
Result<ViewSets> findViewSets(const std::filesystem::path& folder);

/// Is this folder meant for `findViewSets`, which then opens it or says what is amiss? Told by names, the header of a
/// picture and the first bytes of files without an ending, of a bounded number of each: cheap enough for the GUI
/// thread. Yes for
///  - a folder with a table that has an Index column and pictures, or folders of eight or of a line of that table;
///  - eight pictures;
///  - two to fifteen pictures otherwise, and folders of patients without a table, where it is sure that they are views:
///    single X-ray frames (modality XA or RF), pictures marked synthetic, names like 12_3.png or view_3.png, or (one
///    patient's) a line of the table beside the folder.
/// Never for DICOM slices (CT, MR, PT, NM).
bool looksLikeViewSets(const std::filesystem::path& folder);

/// The pictures of one patient as grey values [1, 1, H, W]. Errors: those of `imaging::readVolume`, ShapeMismatch (a
/// picture with more than one slice), Cancelled.
Result<std::vector<learning::Field>> readViews(const ViewSet& set, const TaskContext& task);

} // namespace sulcus::workflow
