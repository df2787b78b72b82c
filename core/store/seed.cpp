// SPDX-License-Identifier: Apache-2.0
#include "core/store/seed.h"

#include "core/store/shipped_tables.h"

#include <SQLiteCpp/VariadicBind.h>

#include <map>

namespace sulcus::store {

namespace {

constexpr const char* kFingerprintKey = "knowledge_fingerprint";

/// One prepared statement for many rows.
class Writer {
public:
    Writer(SQLite::Database& database, const char* sql) : m_statement(database, sql) {}

    template <typename... Values>
    void row(const Values&... values) {
        m_statement.reset();
        SQLite::bind(m_statement, values...);
        m_statement.exec();
    }

    SQLite::Statement& statement() { return m_statement; }

private:
    SQLite::Statement m_statement;
};

std::string text(SQLite::Statement& statement, int column) { return statement.getColumn(column).getString(); }

} // namespace

bool knowledgeIsStale(SQLite::Database& database) {
    SQLite::Statement query(database, "SELECT value FROM setting WHERE key = ?");
    query.bind(1, kFingerprintKey);
    return !query.executeStep() || text(query, 0) != shippedFingerprint();
}

void refreshKnowledge(SQLite::Database& database) {
    const clinic::Knowledge& knowledge = shippedKnowledge();
    // Children first.
    for (const char* table :
         {"background_fact_source", "background_fact", "symptom_link_source", "symptom_link", "region_fact_source",
          "region_fact", "knowledge_source", "symptom", "symptom_group", "department"})
        database.exec(std::string("DELETE FROM ") + table);
    database.exec("DELETE FROM hospital WHERE origin = 'shipped'");

    int position = 0;
    Writer groups(database, "INSERT INTO symptom_group (id, position, name_en, name_ko) VALUES (?, ?, ?, ?)");
    for (const clinic::SymptomGroup& group : knowledge.groups)
        groups.row(group.id, position++, group.nameEn, group.nameKo);

    position = 0;
    Writer symptoms(database,
                    "INSERT INTO symptom (id, position, group_id, name_en, name_ko, question_en, question_ko) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const clinic::Symptom& symptom : knowledge.symptoms)
        symptoms.row(symptom.id, position++, symptom.group, symptom.nameEn, symptom.nameKo, symptom.questionEn,
                     symptom.questionKo);

    position = 0;
    Writer sources(database, "INSERT INTO knowledge_source (key, position, title, place, rank) VALUES (?, ?, ?, ?, ?)");
    for (const clinic::KnowledgeSource& source : knowledge.sources)
        sources.row(source.key, position++, source.title, source.where, source.rank);

    position = 0;
    Writer regions(database, "INSERT INTO region_fact (code, position, name_en, name_ko, does, signs, tumour, does_ko, "
                             "signs_ko, tumour_ko) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Writer regionSources(database, "INSERT INTO region_fact_source (code, position, source_key) VALUES (?, ?, ?)");
    for (const clinic::RegionFact& fact : knowledge.regions) {
        const std::string code = anatomy::toString(fact.region);
        regions.row(code, position++, fact.nameEn, fact.nameKo, fact.does, fact.signs, fact.tumour, fact.doesKo,
                    fact.signsKo, fact.tumourKo);
        for (std::size_t i = 0; i < fact.sources.size(); ++i)
            regionSources.row(code, static_cast<int>(i), fact.sources[i]);
    }

    int linkId = 0;
    Writer links(database, "INSERT INTO symptom_link (id, symptom_id, region, strength, side_rule, note) "
                           "VALUES (?, ?, nullif(?, ''), ?, ?, ?)");
    Writer linkSources(database, "INSERT INTO symptom_link_source (link_id, position, source_key) VALUES (?, ?, ?)");
    for (const clinic::SymptomLink& link : knowledge.links) {
        links.row(++linkId, link.symptomId, link.region ? anatomy::toString(*link.region) : std::string(),
                  link.strength, clinic::toString(link.sideRule), link.note);
        for (std::size_t i = 0; i < link.sources.size(); ++i)
            linkSources.row(linkId, static_cast<int>(i), link.sources[i]);
    }

    position = 0;
    Writer facts(database, "INSERT INTO background_fact (id, position, symptom_id, text_en, text_ko) "
                           "VALUES (?, ?, nullif(?, ''), ?, ?)");
    Writer factSources(database, "INSERT INTO background_fact_source (fact_id, position, source_key) VALUES (?, ?, ?)");
    for (const clinic::BackgroundFact& fact : knowledge.facts) {
        facts.row(fact.id, position++, fact.symptomId, fact.textEn, fact.textKo);
        for (std::size_t i = 0; i < fact.sources.size(); ++i)
            factSources.row(fact.id, static_cast<int>(i), fact.sources[i]);
    }

    position = 0;
    Writer departments(database, "INSERT INTO department (code, position, name_en, name_ko) VALUES (?, ?, ?, ?)");
    for (const clinic::Department& department : knowledge.departments)
        departments.row(department.code, position++, department.nameEn, department.nameKo);

    position = 0;
    SQLite::Statement kept(database, "SELECT 1 FROM hospital WHERE id = ?");
    for (const clinic::Hospital& hospital : shippedHospitals()) {
        kept.reset();
        kept.bind(1, hospital.id);
        if (!kept.executeStep())
            writeHospital(database, hospital, position, Origin::Shipped, false);
        ++position;
    }

    Writer setting(database, "INSERT INTO setting (key, value) VALUES (?, ?) "
                             "ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    setting.row(std::string(kFingerprintKey), shippedFingerprint());
}

void writeHospital(SQLite::Database& database, const clinic::Hospital& hospital, int position, Origin origin,
                   bool hidden) {
    SQLite::Statement erase(database, "DELETE FROM hospital WHERE id = ?");
    erase.bind(1, hospital.id);
    erase.exec();
    Writer row(database,
               "INSERT INTO hospital (id, position, origin, hidden, name_en, name_local, city, region, country, "
               "latitude, longitude, website, tertiary, children_only) "
               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    row.row(hospital.id, position, origin == Origin::User ? "user" : "shipped", hidden ? 1 : 0, hospital.nameEn,
            hospital.nameLocal, hospital.city, hospital.region, hospital.country, hospital.latitude, hospital.longitude,
            hospital.website, hospital.tertiary ? 1 : 0, hospital.childrenOnly ? 1 : 0);
    Writer department(database,
                      "INSERT INTO hospital_department (hospital_id, position, code, verified) VALUES (?, ?, ?, ?)");
    for (std::size_t i = 0; i < hospital.departments.size(); ++i) {
        const auto mark = hospital.verified.find(hospital.departments[i]);
        department.row(hospital.id, static_cast<int>(i), hospital.departments[i],
                       mark != hospital.verified.end() && mark->second ? 1 : 0);
    }
}

clinic::Knowledge readKnowledge(SQLite::Database& database) {
    clinic::Knowledge knowledge;
    SQLite::Statement groups(database, "SELECT id, name_en, name_ko FROM symptom_group ORDER BY position");
    while (groups.executeStep())
        knowledge.groups.push_back({text(groups, 0), text(groups, 1), text(groups, 2)});

    SQLite::Statement symptoms(database, "SELECT id, group_id, name_en, name_ko, question_en, question_ko FROM symptom "
                                         "ORDER BY position");
    while (symptoms.executeStep())
        knowledge.symptoms.push_back({text(symptoms, 0), text(symptoms, 1), text(symptoms, 2), text(symptoms, 3),
                                      text(symptoms, 4), text(symptoms, 5)});

    SQLite::Statement sources(database, "SELECT key, title, place, rank FROM knowledge_source ORDER BY position");
    while (sources.executeStep())
        knowledge.sources.push_back(
            {text(sources, 0), text(sources, 1), text(sources, 2), sources.getColumn(3).getInt()});

    std::map<std::string, std::vector<std::string>> regionSources;
    SQLite::Statement regionKeys(database, "SELECT code, source_key FROM region_fact_source ORDER BY code, position");
    while (regionKeys.executeStep())
        regionSources[text(regionKeys, 0)].push_back(text(regionKeys, 1));
    SQLite::Statement regions(database,
                              "SELECT code, name_en, name_ko, does, signs, tumour, does_ko, signs_ko, tumour_ko "
                              "FROM region_fact ORDER BY position");
    while (regions.executeStep()) {
        const std::string code = text(regions, 0);
        if (const std::optional<anatomy::Region> region = anatomy::regionFromString(code))
            knowledge.regions.push_back({*region, text(regions, 1), text(regions, 2), text(regions, 3),
                                         text(regions, 4), text(regions, 5), regionSources[code], text(regions, 6),
                                         text(regions, 7), text(regions, 8)});
    }

    std::map<std::string, std::vector<std::string>> factSources;
    SQLite::Statement factKeys(database,
                               "SELECT fact_id, source_key FROM background_fact_source ORDER BY fact_id, position");
    while (factKeys.executeStep())
        factSources[text(factKeys, 0)].push_back(text(factKeys, 1));
    SQLite::Statement facts(database, "SELECT id, ifnull(symptom_id, ''), text_en, text_ko FROM background_fact "
                                      "ORDER BY position");
    while (facts.executeStep())
        knowledge.facts.push_back(
            {text(facts, 0), text(facts, 1), text(facts, 2), text(facts, 3), factSources[text(facts, 0)]});

    std::map<int, std::vector<std::string>> sourcesOfLink;
    SQLite::Statement linkSources(database,
                                  "SELECT link_id, source_key FROM symptom_link_source ORDER BY link_id, position");
    while (linkSources.executeStep())
        sourcesOfLink[linkSources.getColumn(0).getInt()].push_back(text(linkSources, 1));
    SQLite::Statement links(database,
                            "SELECT id, symptom_id, region, strength, side_rule, note FROM symptom_link ORDER BY id");
    while (links.executeStep()) {
        clinic::SymptomLink link;
        link.symptomId = text(links, 1);
        if (!links.getColumn(2).isNull())
            link.region = anatomy::regionFromString(text(links, 2));
        link.strength = links.getColumn(3).getInt();
        link.sideRule = clinic::sideRuleFromString(text(links, 4)).value_or(clinic::SideRule::None);
        link.note = text(links, 5);
        link.sources = sourcesOfLink[links.getColumn(0).getInt()];
        knowledge.links.push_back(std::move(link));
    }

    SQLite::Statement departments(database, "SELECT code, name_en, name_ko FROM department ORDER BY position");
    while (departments.executeStep())
        knowledge.departments.push_back({text(departments, 0), text(departments, 1), text(departments, 2)});
    return knowledge;
}

std::vector<clinic::Hospital> readHospitals(SQLite::Database& database) {
    std::vector<clinic::Hospital> hospitals;
    std::map<std::string, std::size_t> index;
    SQLite::Statement rows(database,
                           "SELECT id, name_en, name_local, city, region, country, latitude, longitude, website, "
                           "tertiary, children_only, origin FROM hospital WHERE hidden = 0 "
                           "ORDER BY position, id");
    while (rows.executeStep()) {
        clinic::Hospital hospital;
        hospital.id = text(rows, 0);
        hospital.nameEn = text(rows, 1);
        hospital.nameLocal = text(rows, 2);
        hospital.city = text(rows, 3);
        hospital.region = text(rows, 4);
        hospital.country = text(rows, 5);
        hospital.latitude = rows.getColumn(6).getDouble();
        hospital.longitude = rows.getColumn(7).getDouble();
        hospital.website = text(rows, 8);
        hospital.tertiary = rows.getColumn(9).getInt() != 0;
        hospital.childrenOnly = rows.getColumn(10).getInt() != 0;
        hospital.editedByUser = text(rows, 11) == "user";
        index[hospital.id] = hospitals.size();
        hospitals.push_back(std::move(hospital));
    }
    SQLite::Statement departments(database, "SELECT hospital_id, code, verified FROM hospital_department "
                                            "ORDER BY hospital_id, position");
    while (departments.executeStep()) {
        const auto found = index.find(text(departments, 0));
        if (found == index.end())
            continue;
        const std::string code = text(departments, 1);
        hospitals[found->second].departments.push_back(code);
        hospitals[found->second].verified[code] = departments.getColumn(2).getInt() != 0;
    }
    return hospitals;
}

} // namespace sulcus::store
