// SPDX-License-Identifier: Apache-2.0
#include "core/clinic/knowledge.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace sulcus::clinic {

namespace {

constexpr std::array kRules{
    std::pair{SideRule::None, std::string_view("none")},
    std::pair{SideRule::Contralateral, std::string_view("contralateral")},
    std::pair{SideRule::Ipsilateral, std::string_view("ipsilateral")},
    std::pair{SideRule::Bilateral, std::string_view("bilateral")},
    std::pair{SideRule::Dominant, std::string_view("dominant")},
    std::pair{SideRule::NonDominant, std::string_view("nondominant")},
    std::pair{SideRule::Crossed, std::string_view("crossed")},
};

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return result;
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> result;
    std::string word;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\n') {
            if (!word.empty())
                result.push_back(std::exchange(word, {}));
        } else {
            word += c;
        }
    }
    if (!word.empty())
        result.push_back(word);
    return result;
}

/// Smallest number of inserted, deleted or replaced bytes that turns one text into the other.
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

template <typename Row, typename Matches>
const Row* findRow(const std::vector<Row>& rows, Matches matches) {
    const auto found = std::find_if(rows.begin(), rows.end(), matches);
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

std::string toString(SideRule rule) {
    for (const auto& [value, name] : kRules)
        if (value == rule)
            return std::string(name);
    return "none";
}

std::optional<SideRule> sideRuleFromString(std::string_view text) {
    for (const auto& [value, name] : kRules)
        if (name == text)
            return value;
    return std::nullopt;
}

std::string nameMessageId(SideRule rule) {
    switch (rule) {
    case SideRule::Contralateral:
        return "side_rule.contralateral";
    case SideRule::Ipsilateral:
        return "side_rule.ipsilateral";
    case SideRule::Bilateral:
        return "side_rule.bilateral";
    case SideRule::Dominant:
        return "side_rule.dominant";
    case SideRule::NonDominant:
        return "side_rule.nondominant";
    case SideRule::Crossed:
        return "side_rule.crossed";
    case SideRule::None:
        break;
    }
    return "side_rule.none";
}

const Symptom* Knowledge::symptom(std::string_view id) const {
    return findRow(symptoms, [&](const Symptom& row) { return row.id == id; });
}

const SymptomGroup* Knowledge::group(std::string_view id) const {
    return findRow(groups, [&](const SymptomGroup& row) { return row.id == id; });
}

const RegionFact* Knowledge::region(anatomy::Region region) const {
    return findRow(regions, [&](const RegionFact& row) { return row.region == region; });
}

const KnowledgeSource* Knowledge::source(std::string_view key) const {
    return findRow(sources, [&](const KnowledgeSource& row) { return row.key == key; });
}

const Department* Knowledge::department(std::string_view code) const {
    return findRow(departments, [&](const Department& row) { return row.code == code; });
}

std::vector<SymptomLink> Knowledge::linksOf(std::string_view symptomId) const {
    std::vector<SymptomLink> result;
    std::copy_if(links.begin(), links.end(), std::back_inserter(result),
                 [&](const SymptomLink& link) { return link.symptomId == symptomId; });
    return result;
}

std::vector<BackgroundFact> Knowledge::factsOf(std::string_view symptomId) const {
    std::vector<BackgroundFact> result;
    std::copy_if(facts.begin(), facts.end(), std::back_inserter(result),
                 [&](const BackgroundFact& fact) { return fact.symptomId == symptomId; });
    return result;
}

bool Knowledge::sideMatters(std::string_view symptomId) const {
    return std::any_of(links.begin(), links.end(), [&](const SymptomLink& link) {
        return link.symptomId == symptomId &&
               (link.sideRule == SideRule::Contralateral || link.sideRule == SideRule::Ipsilateral ||
                link.sideRule == SideRule::Crossed);
    });
}

std::vector<const Symptom*> Knowledge::search(std::string_view text) const {
    const std::vector<std::string> wanted = words(lowered(text));
    std::vector<const Symptom*> result;
    for (const Symptom& row : symptoms) {
        const std::string everything =
            lowered(row.id + '\n' + row.nameEn + '\n' + row.nameKo + '\n' + row.questionEn + '\n' + row.questionKo);
        if (std::all_of(wanted.begin(), wanted.end(),
                        [&](const std::string& word) { return everything.find(word) != std::string::npos; }))
            result.push_back(&row);
    }
    return result;
}

std::vector<std::string> Knowledge::nearestSymptomIds(std::string_view text, std::size_t limit) const {
    const std::string wanted = lowered(text);
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const Symptom& row : symptoms) {
        const bool contained = !wanted.empty() && (row.id.find(wanted) != std::string::npos ||
                                                   lowered(row.nameEn).find(wanted) != std::string::npos);
        ranked.emplace_back(contained ? 0 : editDistance(wanted, row.id), row.id);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> result;
    for (const auto& [distance, id] : ranked) {
        // Beyond half the word it is no longer a slip of the finger.
        if (result.size() >= limit || distance > std::max<std::size_t>(2, wanted.size() / 2))
            break;
        result.push_back(id);
    }
    return result;
}

} // namespace sulcus::clinic
