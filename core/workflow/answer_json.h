// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/evaluate.h"
#include "core/workflow/workflow.h"

#include <functional>
#include <string>
#include <vector>

/// Answers as JSON text, for scripts and for the database. Keys are described in resources/schema/cli.schema.json.
/// A value that does not exist is null, never NaN; lengths are mm, volumes ml, shares 0..1.
namespace sulcus::workflow {

/// Makes the sentence of a message; core itself has none.
using SentenceMaker = std::function<std::string(const Message&)>;

std::string toJson(const imaging::Comparison& comparison);
std::string toJson(const SegmentationResult& result, const SentenceMaker& sentence);
std::string toJson(const anatomy::Location& location, const SentenceMaker& sentence);
std::string toJson(const clinic::CrossCheck& check, const SentenceMaker& sentence);
std::string toJson(const std::vector<clinic::RankedHospital>& hospitals);
std::string toJson(const Evaluation& evaluation, const SentenceMaker& sentence);

} // namespace sulcus::workflow
