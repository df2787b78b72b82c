// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/clinic/knowledge.h"

#include <optional>
#include <string>
#include <string_view>
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
    Language language = Language::English; ///< of the symptom names inside reasons
};

/// Share of the whole tumour from which a region counts as one of the mask's.
inline constexpr double kRegionShare = 0.10;
/// Share on one side from which the mask counts as lying there.
inline constexpr double kSideShare = 0.90;

/// The six answers, in the order in which their rules are tried (first that holds).
enum class Verdict { NothingAboutPlace, AgreesWrongSide, Agrees, Partly, NotExplained, Weak };
std::string
toString(Verdict verdict); ///< "nothing_about_place", "agrees_wrong_side", "agrees", "partly", "not_explained", "weak"

/// Message id of the verdict in a few words, "verdict.agrees".
std::string nameMessageId(Verdict verdict);
std::optional<Verdict> verdictFromString(std::string_view text);

enum class Suggestion { None, Weak, Strong };
std::string toString(Suggestion suggestion); ///< "none", "weak", "strong"

/// One link that a chosen symptom brought in.
struct LinkLine {
    SymptomLink link;
    Side symptomSide = Side::Unknown;
    Side pointsTo = Side::Unknown; ///< side of the brain that the side rule gives; Unknown = says nothing
    bool inMask = false;
    /// Against the side of a mask that lies on one side; NoStatement when either says nothing of the side.
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
    Side maskSide = Side::Unknown;         ///< Left or Right from kSideShare on, else Both; Unknown for an empty mask
    std::vector<std::string> contradicted; ///< symptom ids with a link into the mask (or to a side) whose side is wrong
};

/// Compares the mask's place with what the symptoms suggest. Pure; any thread. Symptom ids that the knowledge lacks
/// are ignored (validate first with `unknownSymptoms`); a symptom given twice counts once, its sides joined.
///
/// The mask's regions are those with at least kRegionShare of the whole tumour, or the largest alone if none reaches
/// it; the largest is the main region. A region is strongly suggested by one link of strength 3 or two of strength 2
/// or more, weakly by any other link of strength 1 or more. Links to no region (ANY) never give a place; one with a
/// side rule (one-sided headache) counts for the side, whatever the main region is.
///
/// First rule that holds:
///  1. NothingAboutPlace: no symptom links to a region.
///  2. AgreesWrongSide: the main region is strongly suggested, the mask lies on one side, there is a link that gives a
///     side for the main region, and every such link gives the other side.
///  3. Agrees: the main region is strongly suggested.
///  4. Partly: another region of the mask is strongly suggested, or the main region weakly.
///  5. NotExplained: a region outside the mask is strongly suggested, and none inside it even weakly.
///  6. Weak: what is left.
///
/// Sides: contralateral and ipsilateral follow the symptom's side; `dominant` is the hemisphere opposite the writing
/// hand, `nondominant` the other; crossed signs lie in the brainstem on the side of the face, which is the side that a
/// crossed symptom carries. Unknown handedness counts as right-handed, and a reason says so when it mattered.
///
/// `unexplained` holds symptoms that have a link to a region, none of them in the mask, and no link to ANY (those may
/// come from raised pressure anywhere). `expected` leaves out signs of the dominant or non-dominant hemisphere when
/// the mask lies on the other one.
///
/// `ranked` score: half the mask's share (0..1), half the suggestion: 0.6 + 0.4 s when strong, 0.5 s when weak, with
/// s = sum / (sum + 3) of the link strengths.
CrossCheck crossCheck(const CrossCheckInput& input, const Knowledge& knowledge);

std::vector<std::string> unknownSymptoms(const std::vector<ReportedSymptom>& symptoms, const Knowledge& knowledge);

/// Parses "id[:left|right|both]"; blanks at the ends are dropped. Empty for an empty id or an unknown side. Whether the
/// id exists is for `unknownSymptoms`.
std::optional<ReportedSymptom> parseReportedSymptom(std::string_view text);

/// Parses a list "id[:side],id[:side],..."; empty when one entry is malformed. An empty text gives an empty list.
std::optional<std::vector<ReportedSymptom>> parseReportedSymptoms(std::string_view text);
/// "id" or "id:left".
std::string toString(const ReportedSymptom& symptom);

/// The hemisphere that a link points to for a symptom on `symptomSide`; Unknown when it says nothing.
Side pointsTo(SideRule rule, Side symptomSide, Handedness handedness);

/// Regions that symptoms alone suggest, strongest first: what lights up before any mask exists.
std::vector<RankedRegion> suggestedRegions(const std::vector<ReportedSymptom>& symptoms, const Knowledge& knowledge);

/// The same with sides: which half of the brain to tint. `side` is Both when nothing says more.
struct SuggestedPlace {
    anatomy::Region region = anatomy::Region::Frontal;
    Side side = Side::Both;
    Suggestion suggestion = Suggestion::None;
    int strengthSum = 0;
};
std::vector<SuggestedPlace> suggestedPlaces(const std::vector<ReportedSymptom>& symptoms, Handedness handedness,
                                            const Knowledge& knowledge);

} // namespace sulcus::clinic
