// SPDX-License-Identifier: Apache-2.0
#include "core/store/shipped_tables.h"

#include "core/base/csv.h"

#include "knowledge_embedded.h"

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace sulcus::store {

namespace {

/// A shipped table by columns. The tables are part of the program and tested, so a fault in one is a programmer's
/// error.
class Rows {
public:
    explicit Rows(std::string_view fileName) {
        for (const EmbeddedFile& file : knowledgeFiles())
            if (file.name == fileName) {
                m_table = parseCsv(file.bytes, ',');
                return;
            }
        throw std::logic_error("shipped table missing: " + std::string(fileName));
    }

    std::size_t size() const { return m_table.records.size(); }

    const std::string& at(std::size_t row, std::string_view column) const {
        const std::size_t index = m_table.column(column);
        if (index >= m_table.records[row].fields.size())
            throw std::logic_error("shipped table lacks a field: " + std::string(column));
        return m_table.records[row].fields[index];
    }

    int integer(std::size_t row, std::string_view column) const { return std::atoi(at(row, column).c_str()); }

    double number(std::size_t row, std::string_view column) const {
        // Not strtod: that follows the locale, and a German desktop would read 37.5 as 37.
        const std::string& text = at(row, column);
        double value = 0.0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (failure != std::errc{} || end != text.data() + text.size())
            throw std::logic_error("shipped table: not a number in " + std::string(column));
        return value;
    }

private:
    CsvTable m_table;
};

std::vector<std::string> keys(const std::string& text) {
    std::vector<std::string> result;
    std::string key;
    for (const char c : text + ' ') {
        if (c != ' ') {
            key += c;
        } else if (!key.empty()) {
            result.push_back(std::move(key));
            key.clear();
        }
    }
    return result;
}

anatomy::Region regionOrThrow(const std::string& code) {
    const std::optional<anatomy::Region> region = anatomy::regionFromString(code);
    if (!region)
        throw std::logic_error("shipped table: unknown region " + code);
    return *region;
}

clinic::Knowledge readKnowledge() {
    clinic::Knowledge knowledge;
    const Rows groups("symptom_groups.csv");
    for (std::size_t i = 0; i < groups.size(); ++i)
        knowledge.groups.push_back({groups.at(i, "id"), groups.at(i, "name_en"), groups.at(i, "name_ko")});

    const Rows symptoms("symptoms.csv");
    for (std::size_t i = 0; i < symptoms.size(); ++i)
        knowledge.symptoms.push_back({symptoms.at(i, "id"), symptoms.at(i, "group"), symptoms.at(i, "name_en"),
                                      symptoms.at(i, "name_ko"), symptoms.at(i, "question_en"),
                                      symptoms.at(i, "question_ko")});

    const Rows links("links.csv");
    for (std::size_t i = 0; i < links.size(); ++i) {
        clinic::SymptomLink link;
        link.symptomId = links.at(i, "symptom");
        if (links.at(i, "region") != "ANY")
            link.region = regionOrThrow(links.at(i, "region"));
        link.strength = links.integer(i, "strength");
        const std::optional<clinic::SideRule> rule = clinic::sideRuleFromString(links.at(i, "side_rule"));
        if (!rule)
            throw std::logic_error("shipped table: unknown side rule");
        link.sideRule = *rule;
        link.note = links.at(i, "note");
        link.sources = keys(links.at(i, "sources"));
        knowledge.links.push_back(std::move(link));
    }

    const Rows regions("regions.csv");
    for (std::size_t i = 0; i < regions.size(); ++i)
        knowledge.regions.push_back({regionOrThrow(regions.at(i, "code")), regions.at(i, "name_en"),
                                     regions.at(i, "name_ko"), regions.at(i, "does"), regions.at(i, "signs"),
                                     regions.at(i, "tumour"), keys(regions.at(i, "sources")), regions.at(i, "does_ko"),
                                     regions.at(i, "signs_ko"), regions.at(i, "tumour_ko")});

    const Rows sources("sources.csv");
    for (std::size_t i = 0; i < sources.size(); ++i)
        knowledge.sources.push_back(
            {sources.at(i, "key"), sources.at(i, "title"), sources.at(i, "where"), sources.integer(i, "rank")});

    const Rows facts("background_facts.csv");
    for (std::size_t i = 0; i < facts.size(); ++i)
        knowledge.facts.push_back({facts.at(i, "id"), facts.at(i, "symptom"), facts.at(i, "text_en"),
                                   facts.at(i, "text_ko"), keys(facts.at(i, "sources"))});

    const Rows departments("departments.csv");
    for (std::size_t i = 0; i < departments.size(); ++i)
        knowledge.departments.push_back(
            {departments.at(i, "code"), departments.at(i, "name_en"), departments.at(i, "name_ko")});
    return knowledge;
}

std::vector<clinic::Hospital> readHospitals() {
    std::vector<clinic::Hospital> hospitals;
    std::map<std::string, std::size_t> index;
    const Rows rows("hospitals.csv");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        clinic::Hospital hospital;
        hospital.id = rows.at(i, "id");
        hospital.nameEn = rows.at(i, "name_en");
        hospital.nameLocal = rows.at(i, "name_local");
        hospital.city = rows.at(i, "city");
        hospital.region = rows.at(i, "region");
        hospital.country = rows.at(i, "country");
        hospital.latitude = rows.number(i, "latitude");
        hospital.longitude = rows.number(i, "longitude");
        hospital.website = rows.at(i, "website");
        hospital.tertiary = rows.at(i, "tertiary") == "yes";
        hospital.childrenOnly = rows.at(i, "patients") == "children";
        index[hospital.id] = hospitals.size();
        hospitals.push_back(std::move(hospital));
    }
    const Rows departments("hospital_departments.csv");
    for (std::size_t i = 0; i < departments.size(); ++i) {
        clinic::Hospital& hospital = hospitals.at(index.at(departments.at(i, "hospital")));
        const std::string& code = departments.at(i, "department");
        hospital.departments.push_back(code);
        hospital.verified[code] = departments.at(i, "evidence") == "page";
    }
    return hospitals;
}

} // namespace

const clinic::Knowledge& shippedKnowledge() {
    static const clinic::Knowledge knowledge = readKnowledge();
    return knowledge;
}

const std::vector<clinic::Hospital>& shippedHospitals() {
    static const std::vector<clinic::Hospital> hospitals = readHospitals();
    return hospitals;
}

const std::string& shippedFingerprint() {
    static const std::string fingerprint = [] {
        std::uint64_t hash = 14695981039346656037ull;
        const auto add = [&](std::string_view bytes) {
            for (const char c : bytes)
                hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
            hash = (hash ^ 0xFFu) * 1099511628211ull; // a byte that no UTF-8 text holds: the end of a part
        };
        for (const EmbeddedFile& file : knowledgeFiles()) {
            add(file.name);
            add(file.bytes);
        }
        char text[17];
        std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
        return std::string(text);
    }();
    return fingerprint;
}

} // namespace sulcus::store
