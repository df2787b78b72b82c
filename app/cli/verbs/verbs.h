// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/invocation.h"

#include <memory>

/// One function per verb: adds the sub-command with its options, and what to run when it was chosen. CLI11 has checked
/// the arguments before; a `Result` that fails becomes one sentence on stderr and exit status 1.
namespace sulcus::cli {

struct Verbs {
    CLI::App& root;
    CommonOptions& common;
    VerbTable table;
};

void addInfo(Verbs& verbs);
void addBundles(Verbs& verbs);
void addSegment(Verbs& verbs);
void addClassify(Verbs& verbs);
void addCompare(Verbs& verbs);
void addEvaluate(Verbs& verbs);
void addLocate(Verbs& verbs);
void addCrossCheck(Verbs& verbs);
void addSymptoms(Verbs& verbs);
void addHospitals(Verbs& verbs);
void addDemo(Verbs& verbs);
void addReport(Verbs& verbs);
void addRun(Verbs& verbs);
void addDb(Verbs& verbs);
void addPrepare(Verbs& verbs);
void addTrain(Verbs& verbs);
void addPredict(Verbs& verbs);
void addCurves(Verbs& verbs);
void addSeal(Verbs& verbs);

} // namespace sulcus::cli
