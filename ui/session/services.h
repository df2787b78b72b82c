// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/atlas.h"
#include "core/anatomy/location.h"
#include "core/anatomy/registration.h"
#include "core/base/result.h"
#include "core/base/task_context.h"
#include "core/clinic/hospital.h"
#include "core/imaging/case.h"
#include "core/imaging/case_list.h"
#include "core/imaging/comparison.h"
#include "core/learning/bundle.h"
#include "core/report/report_content.h"
#include "core/workflow/workflow.h"

#include <QImage>
#include <QString>
#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sulcus::session {

/// A case brought to the atlas: what region names under the pointer need.
struct AtlasPlacement {
    std::shared_ptr<const anatomy::Atlas> atlas;
    anatomy::TemplateAlignment alignment;
};

/// One of several things that a path may mean: a series of a DICOM folder, a volume of a 4-D file.
struct OpenChoice {
    imaging::CaseFiles files; ///< what `openFiles` reads
    QString title;            ///< the scanner's description, may be empty
    QString modality;         ///< "CT", "MR", ...; empty for a 4-D file
    int number = 0;           ///< of the series, or of the volume counted from 1
    std::array<int, 3> size{0, 0, 0};
    std::array<double, 3> spacing{1.0, 1.0, 1.0}; ///< mm
    bool uneven = false;
    double tiltDegrees = 0.0;
    int phases = 1;
    QImage thumbnail; ///< may be null
};

/// What the window asks of the rest of the program. `app` fills it with core/workflow and ui/report; tests fill it with
/// functions of their own. Every function runs on a worker and touches its arguments only.
struct Services {
    using CasePtr = std::shared_ptr<const imaging::Case>;

    std::function<Result<CasePtr>(const std::filesystem::path&, const TaskContext&)> openCase;
    /// What a path may mean, when it is more than one thing; empty when `openCase` needs no answer.
    std::function<Result<std::vector<OpenChoice>>(const std::filesystem::path&, const TaskContext&)> choices;
    std::function<Result<CasePtr>(const imaging::CaseFiles&, const TaskContext&)> openFiles;
    /// Every case below a folder, sorted by name. Errors: those of `imaging::listCases`.
    std::function<Result<std::vector<imaging::ListedCase>>(const std::filesystem::path&, const TaskContext&)> listCases;
    /// A small picture of a case; made once and kept in the cache folder.
    std::function<Result<QImage>(const std::filesystem::path&, const TaskContext&)> caseThumbnail;
    /// Writes the demo case into the cache unless it lies there already; gives its folder.
    std::function<Result<std::filesystem::path>(const TaskContext&)> demoCase;
    std::function<std::vector<learning::Bundle>()> bundles;
    std::function<std::vector<std::string>()> devices;
    std::function<Result<workflow::SegmentationResult>(const imaging::Case&, const workflow::SegmentOptions&,
                                                       const TaskContext&)>
        segment;
    std::function<Result<AtlasPlacement>(const imaging::Case&, const TaskContext&)> placeInAtlas;
    /// Registers the case itself, the tumour (never null) left out of the metric. Empty: places are refined by `locate`
    /// alone, and only when the person asks.
    std::function<Result<AtlasPlacement>(const imaging::Case&, const imaging::LabelMap& tumour, const TaskContext&)>
        registerToAtlas;
    /// The same, and the template is bent to this brain after that: up to a minute.
    std::function<Result<AtlasPlacement>(const imaging::Case&, const imaging::LabelMap& tumour, const TaskContext&)>
        deformToAtlas;
    /// The atlas alone, for a brain that is shown before any case is open.
    std::function<Result<std::shared_ptr<const anatomy::Atlas>>(const TaskContext&)> atlas;
    /// What a bundle looks for; empty: a brain tumour.
    std::function<clinic::Finding(const learning::Bundle&)> findingOf;
    std::function<Result<anatomy::Location>(const imaging::Case&, const imaging::LabelMap&, imaging::LabelEra,
                                            workflow::Alignment, const TaskContext&)>
        locate;
    std::function<Result<imaging::Comparison>(const imaging::LabelMap&, imaging::LabelEra, const imaging::LabelMap&,
                                              imaging::LabelEra, const TaskContext&)>
        compare;
    std::function<Result<imaging::LabelMap>(const std::filesystem::path&, const TaskContext&)> readMask;
    std::function<Result<void>(const imaging::LabelMap&, const std::filesystem::path&)> writeMask;
    std::function<Result<report::ReportContent>(const workflow::ReportRequest&, const TaskContext&)> makeReport;
    /// The report's first page as a picture, for the preview.
    std::function<Result<QImage>(const report::ReportContent&, const TaskContext&)> paintReport;
    /// Writes the picture and, beside it, the JSON twin.
    std::function<Result<void>(const report::ReportContent&, const std::filesystem::path&, const TaskContext&)>
        writeReport;
};

} // namespace sulcus::session
