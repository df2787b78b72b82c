// SPDX-License-Identifier: Apache-2.0
#include "core/base/csv.h"
#include "core/store/shipped_tables.h"
#include "core/store/text_file.h"

#include <QTest>
#include <filesystem>
#include <map>
#include <set>

using namespace sulcus;
using namespace sulcus::store;

/// The shipped tables against the facts that they were made from.
class TestShippedFacts : public QObject {
    Q_OBJECT

    std::filesystem::path m_facts = std::filesystem::path(SULCUS_SOURCE_DIR) / ".." / "shared" / "knowledge";

private Q_SLOTS:
    void initTestCase() {
        if (!std::filesystem::exists(m_facts))
            QSKIP("SULCUS_SKIPPED_WHOLE_TEST: ../shared/knowledge is absent");
    }

    void linksSayWhatTheFactsSay() {
        const CsvTable facts = parseCsv(readTextFile(m_facts / "symptom_region.csv").value(), '|');
        QCOMPARE(facts.records.size(), shippedKnowledge().links.size());
        for (std::size_t i = 0; i < facts.records.size(); ++i) {
            const auto& fields = facts.records[i].fields;
            const clinic::SymptomLink& link = shippedKnowledge().links[i];
            QCOMPARE(link.symptomId, fields.at(0));
            QCOMPARE(link.region ? anatomy::toString(*link.region) : "ANY", fields.at(3));
            QCOMPARE(std::to_string(link.strength), fields.at(4));
            QCOMPARE(clinic::toString(link.sideRule), fields.at(5));
            std::string sources;
            for (const std::string& key : link.sources)
                sources += (sources.empty() ? "" : ",") + key;
            QCOMPARE(sources, fields.at(7));
            QCOMPARE(shippedKnowledge().symptom(link.symptomId)->group, fields.at(2));
            QCOMPARE(link.note.empty(), fields.at(6).empty());
        }
    }

    void hospitalsSayWhatTheFactsSay() {
        const CsvTable facts = parseCsv(readTextFile(m_facts / "hospitals.csv").value(), '|');
        QCOMPARE(facts.records.size(), shippedHospitals().size());
        for (std::size_t i = 0; i < facts.records.size(); ++i) {
            const auto& fields = facts.records[i].fields;
            const clinic::Hospital& hospital = shippedHospitals()[i];
            QCOMPARE(hospital.id, fields.at(0));
            QCOMPARE(hospital.nameEn, fields.at(1));
            QCOMPARE(hospital.nameLocal, fields.at(2));
            QCOMPARE(hospital.country, fields.at(5));
            QCOMPARE(hospital.latitude, QString::fromStdString(fields.at(6)).toDouble());
            QCOMPARE(hospital.longitude, QString::fromStdString(fields.at(7)).toDouble());
            QCOMPARE(hospital.website, fields.at(9));
            std::string evidence;
            for (const std::string& code : hospital.departments)
                evidence += (evidence.empty() ? "" : "; ") + code + '=' +
                            (hospital.verified.at(code) ? "page" : "general knowledge");
            QCOMPARE(evidence, fields.at(10));
        }
    }
};

QTEST_GUILESS_MAIN(TestShippedFacts)
#include "tst_shipped_facts.moc"
