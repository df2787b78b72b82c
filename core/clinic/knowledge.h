// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/region.h"
#include "core/base/side.h"

#include <optional>
#include <string>
#include <vector>

namespace sulcus::clinic {

enum class SideRule { None, Contralateral, Ipsilateral, Bilateral, Dominant, NonDominant, Crossed };
std::string toString(SideRule rule); ///< as the table has it: "none", "contralateral", ...
std::optional<SideRule> sideRuleFromString(std::string_view text);

/// One line of the knowledge table: a symptom points to a region. Strengths 0..3 are this program's reading of the
/// sources.
struct SymptomLink {
    std::string symptomId;
    std::optional<anatomy::Region> region; ///< empty = ANY: never gives a place
    int strength = 0;
    SideRule sideRule = SideRule::None;
    std::string note;                 ///< English
    std::vector<std::string> sources; ///< keys ("E01"); "~" is shown as "textbook"
};

struct Symptom {
    std::string id;
    std::string group; ///< "general", "seizure", "motor", ...
    std::string nameEn;
    std::string nameKo;
};

struct KnowledgeSource {
    std::string key;
    std::string title;
    std::string where;
};

struct RegionFact {
    anatomy::Region region = anatomy::Region::Frontal;
    std::string nameEn;
    std::string nameKo;
    std::string does;   ///< what it does, English
    std::string signs;  ///< signs that point there
    std::string tumour; ///< facts about tumours there
    std::vector<std::string> sources;
};

/// The knowledge tables as values, read from the database (core/store).
struct Knowledge {
    std::vector<Symptom> symptoms;
    std::vector<SymptomLink> links;
    std::vector<RegionFact> regions;
    std::vector<KnowledgeSource> sources;

    const Symptom* symptom(std::string_view id) const;
};

} // namespace sulcus::clinic
