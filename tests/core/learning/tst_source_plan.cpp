// SPDX-License-Identifier: Apache-2.0
#include "core/learning/source_plan.h"

#include <QtTest>

using namespace sulcus::learning;

namespace {

nlohmann::json planWith(const char* sources) {
    return {{"preparation", {{"sources", nlohmann::json::parse(sources)}}}};
}

QString refusal(const char* sources) {
    const auto plan = planWith(sources);
    try {
        parseSources(JsonFields(plan, ""));
    } catch (const FieldError& error) {
        return QString::fromStdString(error.field);
    }
    return "accepted";
}

} // namespace

class TestSourcePlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLongestBeginningDecides() {
        const auto plan = planWith(R"([{"set": "kmader", "as": "k"}, {"set": "kmader_test", "skip": true}])");
        const auto sources = parseSources(JsonFields(plan, ""));
        QVERIFY(sourceFor(sources, "kmader_test")->skip);
        QCOMPARE(sourceFor(sources, "kmader_train")->as, std::string("k"));
        QVERIFY(sourceFor(sources, "other") == nullptr);
        const nlohmann::json none = nlohmann::json::object();
        QVERIFY(parseSources(JsonFields(none, "")).empty());
    }

    void wrongFieldsAreNamed() {
        QCOMPARE(refusal(R"([{}])"), QString("preparation.sources[0].set"));
        QCOMPARE(refusal(R"([{"set": "a", "every": 0}])"), QString("preparation.sources[0].every"));
        QCOMPARE(refusal(R"([{"set": "a", "hounsfield": {"prefix": "b", "by": "magic"}}])"),
                 QString("preparation.sources[0].hounsfield.by"));
        QCOMPARE(
            refusal(R"([{"set": "a", "hounsfield": {"prefix": "b", "lines": [{"low": [5, 0], "high": [5, 9]}]}}])"),
            QString("preparation.sources[0].hounsfield.lines[0].high"));
    }

    void rowsHaveTheirOwnLine() {
        const auto plan = planWith(R"([{"set": "a", "hounsfield": {"prefix": "b", "lines": [
            {"rows": [0, 1], "low": [100, -1000], "high": [200, 0]}, {"low": [0, -1000], "high": [100, 0]}]}}])");
        const auto map = *parseSources(JsonFields(plan, "")).front().hounsfield;
        const std::vector<float> picture{0.0F, 100.0F, 200.0F};
        QCOMPARE(*toHounsfield(picture.data(), 3, 1, map), (std::vector<float>{-2000.0F, -1000.0F, 0.0F}));
        QCOMPARE(*toHounsfield(picture.data(), 3, 2, map), (std::vector<float>{-1000.0F, 0.0F, 1000.0F}));
    }

    // A picture of air, lung, fat and muscle: the two peaks are found, and what the heaps stand for comes out.
    void fatAndMuscleGiveTheScale() {
        std::vector<float> picture(400, 5.0F);
        picture.insert(picture.end(), 300, 45.0F);
        picture.insert(picture.end(), 500, 90.0F);
        picture.insert(picture.end(), 700, 110.0F);
        HounsfieldMap map;
        map.airBelow = 30.0;
        const auto hu = toHounsfield(picture.data(), picture.size(), 0, map);
        QVERIFY(hu.has_value());
        QCOMPARE(hu->front(), -1000.0F);
        QVERIFY(std::abs((*hu)[800] + 105.0F) < 8.5F); // one number is 8 HU here
        QVERIFY(std::abs(hu->back() - 55.0F) < 8.5F);
        map.checks = {{40.0, 0.0, 0.2}};
        QVERIFY(!toHounsfield(picture.data(), picture.size(), 0, map)); // more than a fifth is muscle
        const std::vector<float> black(50, 0.0F);
        QVERIFY(!toHounsfield(black.data(), black.size(), 0, {}));
    }

    void theBorderIsCounted() {
        std::vector<unsigned char> labels(25, 0);
        labels[12] = 1; // the middle is no border
        QCOMPARE(labelledBorderShare(labels.data(), 5, 5), 0.0);
        for (std::size_t n = 0; n < 5; ++n)
            labels[n] = 1;
        QCOMPARE(labelledBorderShare(labels.data(), 5, 5), 5.0 / 16.0);
    }
};

QTEST_GUILESS_MAIN(TestSourcePlan)
#include "tst_source_plan.moc"
