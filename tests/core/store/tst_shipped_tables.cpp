// SPDX-License-Identifier: Apache-2.0
#include "core/store/shipped_tables.h"

#include <QTest>
#include <algorithm>
#include <map>
#include <set>

using namespace sulcus;
using namespace sulcus::store;

namespace {

/// At least one Hangul syllable.
bool isKorean(const std::string& text) {
    const QString wide = QString::fromStdString(text);
    return std::any_of(wide.begin(), wide.end(), [](QChar c) { return c.script() == QChar::Script_Hangul; });
}

} // namespace

class TestShippedTables : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsMissing() {
        const clinic::Knowledge& knowledge = shippedKnowledge();
        QCOMPARE(knowledge.symptoms.size(), std::size_t{69});
        QCOMPARE(knowledge.links.size(), std::size_t{108});
        QCOMPARE(knowledge.regions.size(), anatomy::allRegions().size());
        QCOMPARE(knowledge.departments.size(), std::size_t{9});
        QCOMPARE(shippedHospitals().size(), std::size_t{101});
        const auto count = [](auto holds) {
            return std::count_if(shippedHospitals().begin(), shippedHospitals().end(), holds);
        };
        QCOMPARE(count([](const clinic::Hospital& h) { return h.country == "KR"; }), 53);
        QCOMPARE(count([](const clinic::Hospital& h) { return h.tertiary; }), 47);
        QCOMPARE(count([](const clinic::Hospital& h) { return h.tertiary && h.country != "KR"; }), 0);
        QCOMPARE(count([](const clinic::Hospital& h) { return h.website.empty(); }), 5);
        std::set<std::string> countries;
        for (const clinic::Hospital& hospital : shippedHospitals())
            countries.insert(hospital.country);
        QCOMPARE(countries.size(), std::size_t{21});
    }

    void keysAreUniqueAndMeet() {
        const clinic::Knowledge& knowledge = shippedKnowledge();
        std::set<std::string> ids;
        for (const clinic::Symptom& symptom : knowledge.symptoms) {
            QVERIFY2(ids.insert(symptom.id).second, symptom.id.c_str());
            QVERIFY2(knowledge.group(symptom.group) != nullptr, symptom.id.c_str());
            QVERIFY2(!knowledge.linksOf(symptom.id).empty(), symptom.id.c_str());
        }
        std::set<std::pair<std::string, std::string>> pairs;
        for (const clinic::SymptomLink& link : knowledge.links) {
            QVERIFY2(knowledge.symptom(link.symptomId) != nullptr, link.symptomId.c_str());
            QVERIFY(link.strength >= 0 && link.strength <= 3);
            QVERIFY(!link.sources.empty());
            for (const std::string& key : link.sources)
                QVERIFY2(knowledge.source(key) != nullptr, key.c_str());
            QVERIFY(!link.region || knowledge.region(*link.region) != nullptr);
            QVERIFY(!link.region || link.strength >= 1);
            QVERIFY(pairs.insert({link.symptomId, link.region ? anatomy::toString(*link.region) : "ANY"}).second);
        }
        for (const anatomy::Region region : anatomy::allRegions()) {
            const clinic::RegionFact* fact = knowledge.region(region);
            QVERIFY(fact != nullptr);
            QVERIFY(!fact->does.empty() && !fact->signs.empty() && !fact->tumour.empty() && !fact->sources.empty());
            for (const std::string& key : fact->sources)
                QVERIFY2(knowledge.source(key) != nullptr, key.c_str());
        }
        std::set<std::string> facts;
        for (const clinic::BackgroundFact& fact : knowledge.facts) {
            QVERIFY2(facts.insert(fact.id).second, fact.id.c_str());
            QVERIFY2(fact.symptomId.empty() || knowledge.symptom(fact.symptomId) != nullptr, fact.id.c_str());
            QVERIFY2(!fact.textEn.empty() && !fact.sources.empty(), fact.id.c_str());
            for (const std::string& key : fact.sources)
                QVERIFY2(knowledge.source(key) != nullptr, key.c_str());
        }
        QCOMPARE(knowledge.factsOf("seizure_general").size(), std::size_t{3});
        QVERIFY(!knowledge.factsOf("").empty());
        for (const clinic::KnowledgeSource& source : knowledge.sources)
            QVERIFY(!source.title.empty() && source.rank >= 1 && source.rank <= 3);
    }

    void everythingHasAKoreanName() {
        const clinic::Knowledge& knowledge = shippedKnowledge();
        for (const clinic::Symptom& symptom : knowledge.symptoms) {
            QVERIFY2(isKorean(symptom.nameKo) && isKorean(symptom.questionKo), symptom.id.c_str());
            QVERIFY2(!symptom.nameEn.empty() && symptom.questionEn.ends_with(")") != symptom.questionEn.ends_with("?"),
                     symptom.id.c_str());
        }
        for (const clinic::SymptomGroup& group : knowledge.groups)
            QVERIFY2(isKorean(group.nameKo), group.id.c_str());
        for (const clinic::RegionFact& region : knowledge.regions)
            QVERIFY2(isKorean(region.nameKo) && isKorean(region.doesKo) && isKorean(region.signsKo) &&
                         isKorean(region.tumourKo),
                     region.nameEn.c_str());
        for (const clinic::BackgroundFact& fact : knowledge.facts)
            QVERIFY2(isKorean(fact.textKo), fact.id.c_str());
        for (const clinic::Department& department : knowledge.departments)
            QVERIFY2(isKorean(department.nameKo), department.code.c_str());
        for (const clinic::Hospital& hospital : shippedHospitals())
            QVERIFY2(hospital.country != "KR" || isKorean(hospital.nameLocal), hospital.id.c_str());
    }

    void hospitalsAreWhole() {
        std::set<std::string> ids;
        for (const clinic::Hospital& hospital : shippedHospitals()) {
            QVERIFY2(ids.insert(hospital.id).second, hospital.id.c_str());
            QVERIFY2(!hospital.nameEn.empty() && !hospital.city.empty() && hospital.country.size() == 2,
                     hospital.id.c_str());
            QVERIFY2(std::abs(hospital.latitude) <= 90.0 && std::abs(hospital.longitude) <= 180.0, hospital.id.c_str());
            QVERIFY2(!hospital.departments.empty() && hospital.verified.size() == hospital.departments.size(),
                     hospital.id.c_str());
            for (const std::string& code : hospital.departments)
                QVERIFY2(shippedKnowledge().department(code) != nullptr, code.c_str());
            // Korea's land, as a guard against swapped or mistyped degrees.
            if (hospital.country == "KR")
                QVERIFY2(hospital.latitude > 33.0 && hospital.latitude < 38.7 && hospital.longitude > 125.9 &&
                             hospital.longitude < 129.7,
                         hospital.id.c_str());
        }
    }

    void theFingerprintIsStable() {
        QCOMPARE(shippedFingerprint().size(), std::size_t{16});
        QCOMPARE(shippedFingerprint(), shippedFingerprint());
    }
};

QTEST_GUILESS_MAIN(TestShippedTables)
#include "tst_shipped_tables.moc"
