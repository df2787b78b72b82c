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
/// Message id of the rule in words, "side_rule.contralateral".
std::string nameMessageId(SideRule rule);

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

struct SymptomGroup {
    std::string id; ///< "general", "seizure", "motor", ...
    std::string nameEn;
    std::string nameKo;
};

struct Symptom {
    std::string id;
    std::string group; ///< id of a SymptomGroup
    std::string nameEn;
    std::string nameKo;
    std::string questionEn = {}; ///< in plain words, for the form that a patient fills in
    std::string questionKo = {};
};

struct KnowledgeSource {
    std::string key;
    std::string title;
    std::string where;
    int rank = 2; ///< 1 reference works and series, shown first; 2 other; 3 weak web pages and unread rows
};

/// A hospital department that the directory knows.
struct Department {
    std::string code; ///< "NS", ...
    std::string nameEn;
    std::string nameKo;
};

struct RegionFact {
    anatomy::Region region = anatomy::Region::Frontal;
    std::string nameEn;
    std::string nameKo;
    std::string does;   ///< what it does, English
    std::string signs;  ///< signs that point there
    std::string tumour; ///< facts about tumours there
    std::vector<std::string> sources;
    std::string doesKo = {};
    std::string signsKo = {};
    std::string tumourKo = {};
};

/// A fact worth a tooltip: how common a symptom is, or what to keep in mind about all of them.
struct BackgroundFact {
    std::string id;
    std::string symptomId; ///< empty: about no symptom in particular
    std::string textEn;
    std::string textKo;
    std::vector<std::string> sources;
};

/// The knowledge tables as values, read from the database (core/store).
struct Knowledge {
    std::vector<Symptom> symptoms;
    std::vector<SymptomLink> links;
    std::vector<RegionFact> regions;
    std::vector<KnowledgeSource> sources;
    std::vector<SymptomGroup> groups = {}; ///< in the order in which a checklist shows them
    std::vector<Department> departments = {};
    std::vector<BackgroundFact> facts = {};

    const Symptom* symptom(std::string_view id) const;
    const SymptomGroup* group(std::string_view id) const;
    const RegionFact* region(anatomy::Region region) const;
    const KnowledgeSource* source(std::string_view key) const;
    const Department* department(std::string_view code) const;
    /// Links of one symptom, in the table's order.
    std::vector<SymptomLink> linksOf(std::string_view symptomId) const;
    /// Facts about one symptom; those about none in particular for an empty id.
    std::vector<BackgroundFact> factsOf(std::string_view symptomId) const;
    /// True if the side of this symptom says something about the side of the brain: a form then asks for it.
    bool sideMatters(std::string_view symptomId) const;
    /// Symptoms whose id, name or question contains every word of `text`, in the table's order. English is compared
    /// without regard to case; an empty text gives all.
    std::vector<const Symptom*> search(std::string_view text) const;
    /// Ids that look most like `text` (at most `limit`, best first): for "did you mean".
    std::vector<std::string> nearestSymptomIds(std::string_view text, std::size_t limit = 3) const;
};

/// Names of things in the two languages that the tables speak.
enum class Language { English, Korean };

} // namespace sulcus::clinic
