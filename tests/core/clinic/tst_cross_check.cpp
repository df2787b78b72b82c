// SPDX-License-Identifier: Apache-2.0
#include "core/clinic/cross_check.h"
#include "core/store/shipped_tables.h"

#include <QTest>
#include <algorithm>
#include <sstream>

using namespace sulcus;
using namespace sulcus::clinic;
using anatomy::Region;

namespace {

/// "FRO:0.7 TEM:0.2"
std::vector<MaskRegion> maskOf(const QString& text) {
    std::vector<MaskRegion> result;
    for (const QString& part : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QStringList pair = part.split(QLatin1Char(':'));
        MaskRegion region;
        region.region = anatomy::regionFromString(pair.at(0).toStdString()).value();
        region.share = pair.at(1).toDouble();
        result.push_back(region);
    }
    return result;
}

CrossCheckInput inputOf(const QString& mask, double left, double right, const QString& symptoms,
                        Handedness handedness = Handedness::Right) {
    CrossCheckInput input;
    input.wholeTumour = maskOf(mask);
    input.leftShare = left;
    input.rightShare = right;
    input.symptoms = parseReportedSymptoms(symptoms.toStdString()).value();
    input.handedness = handedness;
    return input;
}

CrossCheck check(const QString& mask, double left, double right, const QString& symptoms,
                 Handedness handedness = Handedness::Right) {
    return crossCheck(inputOf(mask, left, right, symptoms, handedness), store::shippedKnowledge());
}

bool holds(const std::vector<std::string>& list, const char* id) {
    return std::find(list.begin(), list.end(), id) != list.end();
}

bool says(const CrossCheck& answer, const char* messageId) {
    return std::any_of(answer.reasons.begin(), answer.reasons.end(),
                       [&](const Message& message) { return message.id == messageId; });
}

const LinkLine& line(const CrossCheck& answer, const char* symptom, const char* region) {
    for (const LinkLine& candidate : answer.lines)
        if (candidate.link.symptomId == symptom &&
            (candidate.link.region ? anatomy::toString(*candidate.link.region) : "ANY") == region)
            return candidate;
    qFatal("no such line");
}

} // namespace

class TestCrossCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void verdictFollowsTheOrderedRules_data() {
        QTest::addColumn<QString>("mask");
        QTest::addColumn<double>("left");
        QTest::addColumn<double>("right");
        QTest::addColumn<QString>("symptoms");
        QTest::addColumn<QString>("hand");
        QTest::addColumn<QString>("verdict");
        const auto row = [](const char* name, const char* mask, double left, double right, const char* symptoms,
                            const char* hand, const char* verdict) {
            QTest::newRow(name) << QString::fromLatin1(mask) << left << right << QString::fromLatin1(symptoms)
                                << QString::fromLatin1(hand) << QString::fromLatin1(verdict);
        };
        const char* const nothing = "nothing_about_place";
        const char* const wrong = "agrees_wrong_side";
        const char* const agrees = "agrees";
        const char* const partly = "partly";
        const char* const unexplained = "not_explained";
        const char* const weak = "weak";

        // Rule 1: no symptom links to a region.
        row("1 no symptoms", "FRO:1", 1, 0, "", "right", nothing);
        row("1 headache alone", "FRO:1", 1, 0, "headache", "right", nothing);
        row("1 several general signs", "TEM:1", 0, 1, "headache,drowsy,confusion,emotional", "right", nothing);
        row("1 one-sided headache gives a side only", "FRO:1", 1, 0, "headache_one_side:left", "right", nothing);
        row("1 even on the wrong side", "FRO:1", 1, 0, "headache_one_side:right", "right", nothing);
        row("1 unknown ids are ignored", "FRO:1", 1, 0, "no_such_symptom", "right", nothing);
        row("1 comes before all without a mask", "", 0, 0, "headache", "right", nothing);

        // Rule 2: strong, one-sided, every sided link points to the other side.
        row("2 contralateral", "FRO:1", 1, 0, "weakness_one_side:left", "right", wrong);
        row("2 contralateral mirrored", "FRO:1", 0, 1, "weakness_one_side:right", "right", wrong);
        row("2 ipsilateral", "CER:1", 1, 0, "limb_ataxia:right", "right", wrong);
        row("2 ipsilateral mirrored", "CER:1", 0, 1, "limb_ataxia:left", "right", wrong);
        row("2 dominant, right-handed", "FRO:1", 0, 1, "speech_expressive", "right", wrong);
        row("2 dominant, left-handed", "FRO:1", 1, 0, "speech_expressive", "left", wrong);
        row("2 dominant, hand unknown", "FRO:1", 0, 1, "speech_expressive", "unknown", wrong);
        row("2 nondominant, right-handed", "PAR:1", 1, 0, "neglect", "right", wrong);
        row("2 nondominant, left-handed", "PAR:1", 0, 1, "neglect", "left", wrong);
        row("2 crossed, face on the other side", "BST:1", 0.95, 0.05, "crossed:right", "right", wrong);
        row("2 at exactly 90 %", "FRO:1", 0.9, 0.1, "weakness_one_side:left", "right", wrong);
        row("2 two sided links, both wrong", "FRO:1", 1, 0, "weakness_one_side:left,seizure_motor:left", "right",
            wrong);
        row("2 sideless links do not save it", "FRO:1", 1, 0, "weakness_one_side:left,apathy", "right", wrong);
        row("2 one-sided headache on the wrong side", "FRO:1", 0, 1, "apathy,headache_one_side:left", "right", wrong);
        row("2 a wrong weak link still speaks", "TEM:1", 1, 0, "memory,hemianopia:left", "right", wrong);

        // Rule 3: strong.
        row("3 contralateral", "FRO:1", 0, 1, "weakness_one_side:left", "right", agrees);
        row("3 contralateral mirrored", "FRO:1", 1, 0, "weakness_one_side:right", "right", agrees);
        row("3 ipsilateral", "CER:1", 0, 1, "limb_ataxia:right", "right", agrees);
        row("3 dominant, right-handed", "TEM:1", 1, 0, "speech_receptive", "right", agrees);
        row("3 dominant, left-handed", "TEM:1", 0, 1, "speech_receptive", "left", agrees);
        row("3 dominant, hand unknown", "TEM:1", 1, 0, "speech_receptive", "unknown", agrees);
        row("3 nondominant, right-handed", "PAR:1", 0, 1, "neglect", "right", agrees);
        row("3 nondominant, left-handed", "PAR:1", 1, 0, "anosognosia", "left", agrees);
        row("3 crossed, on the side of the face", "BST:1", 0.95, 0.05, "crossed:left", "right", agrees);
        row("3 no side said", "FRO:1", 1, 0, "weakness_one_side", "right", agrees);
        row("3 both sides said", "FRO:1", 1, 0, "weakness_one_side:both", "right", agrees);
        row("3 rule without a side", "FRO:1", 1, 0, "apathy", "right", agrees);
        row("3 bilateral rule", "SEL:1", 0.95, 0.05, "bitemporal:left", "right", agrees);
        row("3 below 90 % the side is not judged", "FRO:1", 0.89, 0.11, "weakness_one_side:left", "right", agrees);
        row("3 one right sided link is enough", "FRO:1", 1, 0, "weakness_one_side:left,seizure_motor:right", "right",
            agrees);
        row("3 one-sided headache on the right side", "FRO:1", 1, 0, "weakness_one_side:left,headache_one_side:left",
            "right", agrees);
        row("3 two links of strength 2", "BST:1", 0.5, 0.5, "dysarthria,nystagmus", "right", agrees);
        row("3 the same symptom twice is one link, strong by 3", "FRO:1", 0, 1, "seizure_motor:left,seizure_motor:left",
            "right", agrees);
        row("3 another strong region outside changes nothing", "FRO:1", 0, 1, "weakness_one_side:left,swallow", "right",
            agrees);
        row("3 main is the larger of two", "FRO:0.55 TEM:0.45", 1, 0, "apathy", "right", agrees);
        row("3 none reaches 10 %, the largest stands", "FRO:0.09 TEM:0.05", 1, 0, "apathy", "right", agrees);

        // Rule 4: another region of the mask strongly, or the main one weakly.
        row("4 another region of the mask", "FRO:0.6 TEM:0.4", 1, 0, "memory", "right", partly);
        row("4 another region at exactly 10 %", "FRO:0.9 OCC:0.1", 1, 0, "flashes:right", "right", partly);
        row("4 another region, its side wrong", "FRO:0.6 OCC:0.4", 1, 0, "flashes:left", "right", partly);
        row("4 main weakly by strength 1", "FRO:1", 1, 0, "seizure_general", "right", partly);
        row("4 main weakly by one of strength 2", "TEM:1", 1, 0, "word_finding", "right", partly);
        row("4 weak main beats strong outside", "FRO:1", 1, 0, "memory", "right", partly);
        row("4 the same symptom twice is one link", "TEM:1", 1, 0, "voices,voices", "right", partly);
        row("4 strengths 2 and 1 stay weak", "FRO:1", 1, 0, "attention,seizure_general", "right", partly);
        row("4 wrong side does not matter when weak", "BG:1", 1, 0, "weakness_one_side:left", "right", partly);

        // Rule 5: strong outside, nothing inside.
        row("5 strong outside", "OCC:1", 1, 0, "apathy", "right", unexplained);
        row("5 region below 10 % is outside", "FRO:0.91 OCC:0.09", 1, 0, "flashes:right", "right", unexplained);
        row("5 two of strength 2 outside", "FRO:1", 1, 0, "dysarthria,nystagmus", "right", unexplained);
        row("5 mask in no region", "", 1, 0, "apathy", "right", unexplained);

        // Rule 6: what is left.
        row("6 weak outside only", "FRO:1", 1, 0, "colour_loss:right", "right", weak);
        row("6 weakly in another region of the mask", "FRO:0.6 OCC:0.4", 1, 0, "colour_loss:right", "right", weak);
        row("6 strong outside but weak inside", "CIN:0.6 PAR:0.4", 1, 0, "flashes:right,reading", "right", weak);
        row("6 mask in no region, hints", "", 0, 0, "voices", "right", weak);
    }

    void verdictFollowsTheOrderedRules() {
        QFETCH(QString, mask);
        QFETCH(double, left);
        QFETCH(double, right);
        QFETCH(QString, symptoms);
        QFETCH(QString, hand);
        QFETCH(QString, verdict);
        const CrossCheck answer = check(mask, left, right, symptoms, handednessFromString(hand.toStdString()).value());
        QCOMPARE(QString::fromStdString(toString(answer.verdict)), verdict);
        QVERIFY(!answer.reasons.empty());
        QCOMPARE(answer.cautions.size(), std::size_t{5});
    }

    void mirroringBrainAndSymptomsKeepsTheVerdict() {
        // Dominance is the one rule that knows left from right, so the writing hand is mirrored too.
        const auto mirrored = [](CrossCheckInput input) {
            std::swap(input.leftShare, input.rightShare);
            for (ReportedSymptom& symptom : input.symptoms)
                symptom.side = opposite(symptom.side);
            input.handedness = input.handedness == Handedness::Left ? Handedness::Right : Handedness::Left;
            return input;
        };
        const Knowledge& knowledge = store::shippedKnowledge();
        for (const Symptom& symptom : knowledge.symptoms)
            for (const Region region : anatomy::allRegions())
                for (const Side side : {Side::Unknown, Side::Left, Side::Right, Side::Both}) {
                    CrossCheckInput input;
                    input.wholeTumour = {{region, Side::Unknown, 1.0}};
                    input.leftShare = 0.97;
                    input.rightShare = 0.03;
                    input.symptoms = {{symptom.id, side}};
                    input.handedness = Handedness::Right;
                    const CrossCheck answer = crossCheck(input, knowledge);
                    const CrossCheck twin = crossCheck(mirrored(input), knowledge);
                    QVERIFY(answer.verdict == twin.verdict);
                    QCOMPARE(answer.unexplained, twin.unexplained);
                    QCOMPARE(answer.contradicted, twin.contradicted);
                    QCOMPARE(answer.expected, twin.expected);
                }
    }

    void partsOfARegionAreAddedUp() {
        CrossCheckInput input = inputOf(QStringLiteral("TEM:0.4 FRO:0.3 FRO:0.3"), 0.5, 0.5, QStringLiteral("apathy"));
        input.wholeTumour[1].side = Side::Left;
        input.wholeTumour[2].side = Side::Right;
        const CrossCheck answer = crossCheck(input, store::shippedKnowledge());
        QVERIFY(*answer.mainRegion == Region::Frontal);
        QVERIFY(answer.verdict == Verdict::Agrees);
    }

    void sharesThatAreNoNumbersAreIgnored() {
        CrossCheckInput input = inputOf(QStringLiteral("FRO:0.5"), 1, 0, QStringLiteral("apathy"));
        input.wholeTumour.push_back({Region::Temporal, Side::Left, std::nan("")});
        input.wholeTumour.push_back({Region::Occipital, Side::Left, -3.0});
        const CrossCheck answer = crossCheck(input, store::shippedKnowledge());
        QVERIFY(*answer.mainRegion == Region::Frontal);
        for (const RankedRegion& row : answer.ranked)
            QVERIFY(std::isfinite(row.score));
    }

    void sideRulesPoint_data() {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("symptomSide");
        QTest::addColumn<QString>("hand");
        QTest::addColumn<QString>("brain");
        const auto row = [](const char* rule, const char* side, const char* hand, const char* brain) {
            QTest::addRow("%s %s %s", rule, side, hand) << rule << side << hand << brain;
        };
        for (const char* hand : {"right", "left", "unknown"}) {
            row("contralateral", "left", hand, "right");
            row("contralateral", "right", hand, "left");
            row("contralateral", "both", hand, "unknown");
            row("contralateral", "unknown", hand, "unknown");
            row("ipsilateral", "left", hand, "left");
            row("ipsilateral", "right", hand, "right");
            row("ipsilateral", "both", hand, "unknown");
            row("crossed", "left", hand, "left");
            row("crossed", "right", hand, "right");
            row("bilateral", "left", hand, "unknown");
            row("none", "right", hand, "unknown");
        }
        for (const char* side : {"left", "right", "both", "unknown"}) {
            row("dominant", side, "right", "left");
            row("dominant", side, "left", "right");
            row("dominant", side, "unknown", "left");
            row("nondominant", side, "right", "right");
            row("nondominant", side, "left", "left");
            row("nondominant", side, "unknown", "right");
        }
    }

    void sideRulesPoint() {
        QFETCH(QString, rule);
        QFETCH(QString, symptomSide);
        QFETCH(QString, hand);
        QFETCH(QString, brain);
        const Side side =
            pointsTo(sideRuleFromString(rule.toStdString()).value(), sideFromString(symptomSide.toStdString()).value(),
                     handednessFromString(hand.toStdString()).value());
        QCOMPARE(QString::fromStdString(toString(side)), brain);
    }

    void linesCarryEveryLinkStrongestFirst() {
        const CrossCheck answer =
            check(QStringLiteral("FRO:0.8 BG:0.2"), 0, 1, QStringLiteral("headache,weakness_one_side:left,gait"));
        QCOMPARE(answer.lines.size(), std::size_t{1 + 4 + 3});
        for (std::size_t i = 1; i < answer.lines.size(); ++i)
            QVERIFY(answer.lines[i - 1].link.strength >= answer.lines[i].link.strength);
        for (const LinkLine& row : answer.lines)
            QVERIFY(!row.link.sources.empty());
        const LinkLine& frontal = line(answer, "weakness_one_side", "FRO");
        QVERIFY(frontal.inMask);
        QVERIFY(frontal.pointsTo == Side::Right);
        QVERIFY(frontal.sideFit == LinkLine::SideFit::Fits);
        QVERIFY(!line(answer, "weakness_one_side", "THA").inMask);
        QVERIFY(line(answer, "gait", "VEN").sideFit == LinkLine::SideFit::NoStatement);
        QVERIFY(line(answer, "headache", "ANY").pointsTo == Side::Unknown);
    }

    void symptomsThatTheMaskDoesNotExplainAreListed() {
        const CrossCheck answer =
            check(QStringLiteral("FRO:1"), 1, 0, QStringLiteral("apathy,swallow,headache,vomiting,hemianopia:right"));
        QVERIFY(answer.verdict == Verdict::Agrees);
        QCOMPARE(answer.unexplained, (std::vector<std::string>{"swallow", "hemianopia"}));
    }

    void wrongSidesAreNamed() {
        const CrossCheck answer =
            check(QStringLiteral("FRO:1"), 1, 0, QStringLiteral("weakness_one_side:left,seizure_motor:right"));
        QCOMPARE(answer.contradicted, std::vector<std::string>{"weakness_one_side"});
        QVERIFY(says(answer, "clinic.some_sides_contradict"));
        QVERIFY(says(check(QStringLiteral("FRO:1"), 1, 0, QStringLiteral("weakness_one_side:left")),
                     "clinic.all_sides_contradict"));
    }

    void expectedSignsAreThoseOfTheMainRegionNotEntered() {
        const CrossCheck answer = check(QStringLiteral("FRO:1"), 1, 0, QStringLiteral("apathy"));
        QCOMPARE(answer.expected, (std::vector<std::string>{"seizure_motor", "weakness_one_side", "incontinence",
                                                            "speech_expressive", "disinhibition"}));
        // On the right, a right-handed person's language is not at stake.
        QVERIFY(!holds(check(QStringLiteral("FRO:1"), 0, 1, QStringLiteral("apathy")).expected, "speech_expressive"));
        const CrossCheck rightParietal = check(QStringLiteral("PAR:1"), 0, 1, QStringLiteral("headache"));
        QVERIFY(holds(rightParietal.expected, "neglect"));
        QVERIFY(!holds(rightParietal.expected, "gerstmann"));
        const CrossCheck leftHanded =
            check(QStringLiteral("PAR:1"), 0, 1, QStringLiteral("headache"), Handedness::Left);
        QVERIFY(holds(leftHanded.expected, "gerstmann"));
        QVERIFY(!holds(leftHanded.expected, "neglect"));
        const CrossCheck midline = check(QStringLiteral("PAR:1"), 0.5, 0.5, QStringLiteral("headache"));
        QVERIFY(holds(midline.expected, "neglect") && holds(midline.expected, "gerstmann"));
    }

    void unknownHandednessIsSaid() {
        QVERIFY(says(check(QStringLiteral("FRO:1"), 1, 0, QStringLiteral("speech_expressive"), Handedness::Unknown),
                     "clinic.handedness_unknown"));
        QVERIFY(!says(check(QStringLiteral("FRO:1"), 1, 0, QStringLiteral("speech_expressive"), Handedness::Right),
                      "clinic.handedness_unknown"));
    }

    void aCoreElsewhereIsSaid() {
        CrossCheckInput input = inputOf(QStringLiteral("FRO:0.6 INS:0.4"), 1, 0, QStringLiteral("apathy"));
        input.core = maskOf(QStringLiteral("INS:0.9 FRO:0.1"));
        QVERIFY(says(crossCheck(input, store::shippedKnowledge()), "clinic.core_elsewhere"));
        input.core = maskOf(QStringLiteral("FRO:0.9 INS:0.1"));
        QVERIFY(!says(crossCheck(input, store::shippedKnowledge()), "clinic.core_elsewhere"));
    }

    void reasonsNameSymptomsInTheAskedLanguage() {
        CrossCheckInput input = inputOf(QStringLiteral("FRO:1"), 1, 0, QStringLiteral("apathy"));
        input.language = Language::Korean;
        for (const Message& reason : crossCheck(input, store::shippedKnowledge()).reasons)
            if (reason.id == "clinic.main_strong")
                QCOMPARE(reason.parameters.at("symptoms"), store::shippedKnowledge().symptom("apathy")->nameKo);
    }

    void rankingHeedsMaskAndSymptoms() {
        const CrossCheck answer =
            check(QStringLiteral("TEM:0.5 FRO:0.4 OCC:0.1"), 1, 0, QStringLiteral("weakness_one_side:right"));
        QVERIFY(answer.ranked.front().region == Region::Frontal);
        for (std::size_t i = 1; i < answer.ranked.size(); ++i)
            QVERIFY(answer.ranked[i - 1].score >= answer.ranked[i].score);
        for (const RankedRegion& row : answer.ranked)
            QVERIFY(row.score >= 0.0 && row.score <= 1.0);
    }

    void moreSupportNeverLowersARegion() {
        const Knowledge& knowledge = store::shippedKnowledge();
        for (const Symptom& extra : knowledge.symptoms) {
            const auto before = suggestedRegions({{"voices", Side::Unknown}, {"gait", Side::Unknown}}, knowledge);
            const auto after = suggestedRegions(
                {{"voices", Side::Unknown}, {"gait", Side::Unknown}, {extra.id, Side::Unknown}}, knowledge);
            for (const RankedRegion& row : before) {
                const auto same = std::find_if(after.begin(), after.end(),
                                               [&](const RankedRegion& other) { return other.region == row.region; });
                QVERIFY(same != after.end());
                QVERIFY(same->score >= row.score);
                QVERIFY(same->suggestion >= row.suggestion);
            }
        }
    }

    void symptomsAloneLightUpPlaces() {
        const auto places = suggestedPlaces({{"limb_ataxia", Side::Left}, {"weakness_one_side", Side::Left}},
                                            Handedness::Right, store::shippedKnowledge());
        const auto side = [&](Region region) {
            for (const SuggestedPlace& place : places)
                if (place.region == region)
                    return place.side;
            return Side::Unknown;
        };
        QVERIFY(side(Region::Cerebellum) == Side::Left);
        QVERIFY(side(Region::Frontal) == Side::Right);
        QVERIFY(side(Region::BasalGanglia) == Side::Right);
        QVERIFY(suggestedRegions({{"headache", Side::Unknown}}, store::shippedKnowledge()).empty());
    }

    void reportedSymptomsParse() {
        QVERIFY(*parseReportedSymptom("gait") == (ReportedSymptom{"gait", Side::Unknown}));
        QVERIFY(*parseReportedSymptom(" gait : left ") == (ReportedSymptom{"gait", Side::Left}));
        QVERIFY(*parseReportedSymptom("gait:both") == (ReportedSymptom{"gait", Side::Both}));
        QVERIFY(!parseReportedSymptom(""));
        QVERIFY(!parseReportedSymptom(":left"));
        QVERIFY(!parseReportedSymptom("gait:links"));
        QVERIFY(!parseReportedSymptom("gait:"));
        QCOMPARE(parseReportedSymptoms("")->size(), std::size_t{0});
        QCOMPARE(parseReportedSymptoms("gait,memory:left")->size(), std::size_t{2});
        QVERIFY(!parseReportedSymptoms("gait,,memory"));
        QVERIFY(!parseReportedSymptoms("gait,"));
        for (const char* text : {"gait", "gait:left", "gait:right", "gait:both"})
            QCOMPARE(toString(*parseReportedSymptom(text)), std::string(text));
    }

    void unknownSymptomsAreFound() {
        QVERIFY(unknownSymptoms({{"gait", Side::Left}, {"gaitt", Side::Left}}, store::shippedKnowledge()) ==
                std::vector<std::string>{"gaitt"});
    }

    void namesComeBack() {
        for (const Verdict verdict : {Verdict::NothingAboutPlace, Verdict::AgreesWrongSide, Verdict::Agrees,
                                      Verdict::Partly, Verdict::NotExplained, Verdict::Weak})
            QVERIFY(*verdictFromString(toString(verdict)) == verdict);
        QVERIFY(!verdictFromString("perhaps"));
        for (const Handedness hand : {Handedness::Unknown, Handedness::Left, Handedness::Right})
            QVERIFY(*handednessFromString(toString(hand)) == hand);
        QVERIFY(!handednessFromString("both"));
    }
};

QTEST_GUILESS_MAIN(TestCrossCheck)
#include "tst_cross_check.moc"
