// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/invocation.h"
#include "core/anatomy/location.h"
#include "core/clinic/cross_check.h"
#include "core/clinic/hospital.h"
#include "core/imaging/comparison.h"

/// Answers in words: short, aligned, with units.
namespace sulcus::cli {

std::string comparisonText(const imaging::Comparison& comparison);
std::string locationText(const anatomy::Location& location);
std::string crossCheckText(const clinic::CrossCheck& check, const clinic::Knowledge& knowledge);
std::string hospitalsText(const std::vector<clinic::RankedHospital>& hospitals, const std::string& from);
std::string warningsText(const std::vector<Message>& warnings);

struct CaseNotes {
    std::string name;
    std::vector<Message> warnings;
};
/// The notes of several cases: each sentence once, with the first case that it is of; of one kind that names file after
/// file the first few.
std::string notesText(const std::vector<CaseNotes>& cases);

/// Name of a place: "Temporal lobe, left".
std::string placeName(anatomy::Region region, Side side);

} // namespace sulcus::cli
