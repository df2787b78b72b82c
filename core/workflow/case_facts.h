// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/registration.h"
#include "core/workflow/workflow.h"

#include <vector>

namespace sulcus::workflow {

/// Intensities of one volume. MRI has no absolute units, so its percentiles and mean leave the background (exact zeros)
/// out; a CT (or any single volume) counts every voxel.
struct SequenceFacts {
    imaging::Sequence sequence = imaging::Sequence::Other;
    double minimum = 0.0;
    double maximum = 0.0;
    double percentile1 = 0.0;
    double percentile99 = 0.0;
    double mean = 0.0;
    double foregroundShare = 0.0; ///< voxels that are not zero, 0..1
};

/// What can be said of a case before anything is computed from it.
struct CaseFacts {
    std::vector<SequenceFacts> sequences;
    std::string orientation; ///< letters of where i, j, k grow towards ("LPS"); empty when the file does not say
    anatomy::Space space = anatomy::Space::Unknown;
    imaging::LabelEra truthEra = imaging::LabelEra::Brats2021;
    std::vector<report::LabelVolume> truthLabels;
    std::vector<Message> warnings; ///< a missing atlas, notes of the space's recognition
};

/// Thread: any worker. A missing atlas leaves the space unknown and warns. Errors: Cancelled.
Result<CaseFacts> caseFacts(const imaging::Case& imagingCase, const Paths& paths, const TaskContext& task);

} // namespace sulcus::workflow
