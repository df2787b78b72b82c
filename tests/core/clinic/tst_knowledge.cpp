// SPDX-License-Identifier: Apache-2.0
#include "core/clinic/knowledge.h"
#include "core/store/shipped_tables.h"

#include <QTest>

using namespace sulcus;
using namespace sulcus::clinic;

class TestKnowledge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sideRulesComeBack() {
        for (const SideRule rule : {SideRule::None, SideRule::Contralateral, SideRule::Ipsilateral, SideRule::Bilateral,
                                    SideRule::Dominant, SideRule::NonDominant, SideRule::Crossed})
            QVERIFY(*sideRuleFromString(toString(rule)) == rule);
        QVERIFY(!sideRuleFromString("sideways"));
    }

    void searchFindsEnglishKoreanAndPlainWords() {
        const Knowledge& knowledge = store::shippedKnowledge();
        const auto finds = [&](const char* text, const char* id) {
            for (const Symptom* symptom : knowledge.search(text))
                if (symptom->id == id)
                    return true;
            return false;
        };
        QVERIFY(finds("WEAKNESS side", "weakness_one_side"));
        QVERIFY(finds("두통", "headache"));
        QVERIFY(finds("복시", "double_vision"));
        QVERIFY(finds("comb", "apraxia"));
        QVERIFY(!finds("weakness nonsense", "weakness_one_side"));
        QCOMPARE(knowledge.search("").size(), knowledge.symptoms.size());
        QVERIFY(knowledge.search("zzzz").empty());
    }

    void slipsOfTheFingerFindTheirId() {
        const Knowledge& knowledge = store::shippedKnowledge();
        QCOMPARE(knowledge.nearestSymptomIds("hemianopsia").front(), std::string("hemianopia"));
        QCOMPARE(knowledge.nearestSymptomIds("Vertgo").front(), std::string("vertigo"));
        QCOMPARE(knowledge.nearestSymptomIds("weakness").front(), std::string("weakness_one_side"));
        QVERIFY(knowledge.nearestSymptomIds("qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq").empty());
        QVERIFY(knowledge.nearestSymptomIds("seizure").size() <= 3);
    }

    void onlySymptomsWithSidedLinksAskForASide() {
        const Knowledge& knowledge = store::shippedKnowledge();
        QVERIFY(knowledge.sideMatters("weakness_one_side"));
        QVERIFY(knowledge.sideMatters("crossed"));
        QVERIFY(knowledge.sideMatters("headache_one_side"));
        QVERIFY(!knowledge.sideMatters("speech_expressive"));
        QVERIFY(!knowledge.sideMatters("headache"));
        QVERIFY(!knowledge.sideMatters("no_such_symptom"));
    }
};

QTEST_GUILESS_MAIN(TestKnowledge)
#include "tst_knowledge.moc"
