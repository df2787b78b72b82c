// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/classify.h"
#include "core/workflow/evaluate.h"
#include "core/workflow/workflow.h"

#include <string>
#include <vector>

/// Answers as JSON text, for scripts and for the database, beside those of `report::toJson` and in the same style: a
/// MESSAGE is {"id", "parameters", "text"}; a value that does not exist is null, never NaN; lengths are mm, volumes ml,
/// shares 0..1. Keys are described in resources/schema/cli.schema.json.
namespace sulcus::workflow {

using report::SentenceMaker;

std::string toJson(const SegmentationResult& result, const SentenceMaker& sentence = {});
std::string toJson(const std::vector<clinic::RankedHospital>& hospitals);
std::string toJson(const Evaluation& evaluation, const SentenceMaker& sentence = {});
std::string toJson(const ClassifiedViews& answer, const SentenceMaker& sentence = {});
std::string toJson(const ClassEvaluation& evaluation, const SentenceMaker& sentence = {});
std::string toJson(const std::vector<Message>& messages, const SentenceMaker& sentence = {});

} // namespace sulcus::workflow
