// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/clinic/knowledge.h"

#include <string>
#include <vector>

namespace sulcus::clinic {

enum class Handedness { Unknown, Right, Left };
std::string toString(Handedness handedness);
std::optional<Handedness> handednessFromString(std::string_view text);

struct ReportedSymptom {
    std::string id;
    Side side = Side::Unknown;
    bool operator==(const ReportedSymptom&) const = default;
};

/// A region of the mask with its share of the whole tumour (0..1).
struct MaskRegion {
    anatomy::Region region = anatomy::Region::Frontal;
    Side side = Side::Unknown;
    double share = 0.0;
};

struct CrossCheckInput {
    std::vector<MaskRegion> wholeTumour; ///< any order; several sides of one region are added up
    std::vector<MaskRegion> core;        ///< shown apart
    double leftShare = 0.0;              ///< of the whole tumour
    double rightShare = 0.0;
    std::vector<ReportedSymptom> symptoms;
    Handedness handedness = Handedness::Unknown;
};

/// The six answers, in the order in which their rules are tried (first that holds).
enum class Verdict { NothingAboutPlace, AgreesWrongSide, Agrees, Partly, NotExplained, Weak };
std::string
toString(Verdict verdict); ///< "nothing_about_place", "agrees_wrong_side", "agrees", "partly", "not_explained", "weak"

enum class Suggestion { None, Weak, Strong };

/// One link that a chosen symptom brought in.
struct LinkLine {
    SymptomLink link;
    Side symptomSide = Side::Unknown;
    Side pointsTo = Side::Unknown; ///< side of the brain that the side rule gives; Unknown = says nothing
    bool inMask = false;
    enum class SideFit { NoStatement, Fits, Contradicts } sideFit = SideFit::NoStatement;
};

struct RankedRegion {
    anatomy::Region region = anatomy::Region::Frontal;
    double maskShare = 0.0;
    Suggestion suggestion = Suggestion::None;
    int strengthSum = 0;
    double score = 0.0; ///< orders the list by both: mask share and suggestion
};

struct CrossCheck {
    Verdict verdict = Verdict::NothingAboutPlace;
    std::vector<Message> reasons;         ///< why, in the order of the rules
    std::vector<LinkLine> lines;          ///< every link used, strongest first
    std::vector<std::string> unexplained; ///< symptom ids that the mask's regions do not explain
    std::vector<std::string> expected; ///< symptom ids with a strength-3 link to the main region that were not entered
    std::vector<RankedRegion> ranked;
    std::vector<Message>
        cautions; ///< always printed: silent areas, raised pressure, shared tasks, strengths, education only
    std::optional<anatomy::Region> mainRegion;
};

/// The rules of the knowledge tables' README, in their order. Pure; any thread. Symptom ids that the knowledge lacks
/// are ignored (validate first with `unknownSymptoms`).
CrossCheck crossCheck(const CrossCheckInput& input, const Knowledge& knowledge);

std::vector<std::string> unknownSymptoms(const std::vector<ReportedSymptom>& symptoms, const Knowledge& knowledge);

/// Parses "id[:left|right|both]".
std::optional<ReportedSymptom> parseReportedSymptom(std::string_view text);

/// Regions that symptoms alone suggest, strongest first: what lights up before any mask exists.
std::vector<RankedRegion> suggestedRegions(const std::vector<ReportedSymptom>& symptoms, const Knowledge& knowledge);

} // namespace sulcus::clinic
