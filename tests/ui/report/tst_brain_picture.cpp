// SPDX-License-Identifier: Apache-2.0
#include "tests/core/report/report_fixture.h"
#include "ui/report/brain_picture.h"

#include <QGuiApplication>
#include <QTest>

using namespace sulcus;
using anatomy::Region;

namespace {

/// Share of the picture's columns, from its left, where `colour`-like pixels have their middle; -1 when there are none.
/// Only the first of the three views is looked at.
double middleOf(const QImage& image, const std::function<bool(const QColor&)>& colour) {
    double sum = 0.0;
    int count = 0;
    const int width = image.width() / 3;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < width; ++x)
            if (colour(image.pixelColor(x, y))) {
                sum += x;
                ++count;
            }
    return count < 20 ? -1.0 : sum / count / width;
}

bool orange(const QColor& c) { return c.alpha() > 200 && c.red() > 200 && c.green() > 150 && c.blue() < 160; }
bool blue(const QColor& c) { return c.alpha() > 200 && c.red() < 60 && c.blue() > 120; }

} // namespace

class TestBrainPicture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leftRegionsAreOnTheRight();
    void suggestionsAreHatchedOnTheirSide();
    void hintsGiveWayToStrongSuggestions();
    void crumbsAreNotMarked();
    void smallSharesAreNotMarked();
    void unmarkedBrainIsDrawn();
    void noViewsGiveNoPicture();
    void pictureFollowsWidthAndRatio();
};

void TestBrainPicture::leftRegionsAreOnTheRight() {
    const report::BrainViews views = test::phantomBrain();
    paint::BrainMarks marks;
    marks.tumour = {{Region::Frontal, Side::Left}};
    QVERIFY(middleOf(paint::paintBrain(views, marks, {.width = 600, .key = false}), orange) > 0.5);
    marks.tumour = {{Region::Frontal, Side::Right}};
    QVERIFY(middleOf(paint::paintBrain(views, marks, {.width = 600, .key = false}), orange) < 0.5);
}

void TestBrainPicture::suggestionsAreHatchedOnTheirSide() {
    const paint::BrainMarks marks = paint::brainMarks(
        std::vector<clinic::SuggestedPlace>{{Region::Occipital, Side::Left, clinic::Suggestion::Strong, 3}});
    QVERIFY(middleOf(paint::paintBrain(test::phantomBrain(), marks, {.width = 600, .key = false}), blue) > 0.5);
}

void TestBrainPicture::hintsGiveWayToStrongSuggestions() {
    std::vector<clinic::SuggestedPlace> places{{Region::Occipital, Side::Left, clinic::Suggestion::Weak, 1}};
    paint::BrainMarks marks = paint::brainMarks(places);
    QCOMPARE(marks.suggested.size(), std::size_t{1});
    QVERIFY(marks.weakly);
    places.push_back({Region::Frontal, Side::Right, clinic::Suggestion::Strong, 3});
    marks = paint::brainMarks(places);
    QCOMPARE(marks.suggested.size(), std::size_t{1});
    QVERIFY(marks.suggested.front().region == Region::Frontal);
    QVERIFY(!marks.weakly);
    QVERIFY(marks.half == Side::Right);
    // The verdict's own lines: two strong regions, and the basal ganglia, which are a hint.
    marks = paint::brainMarks(std::nullopt, test::phantomCheck());
    for (const paint::MarkedRegion& marked : marks.suggested)
        QVERIFY(marked.region == Region::Frontal || marked.region == Region::Occipital);
}

void TestBrainPicture::crumbsAreNotMarked() {
    anatomy::Location location = test::phantomLocation();
    anatomy::ComponentLocation crumb = location.components.front();
    crumb.component.ml = 0.02;
    location.components.push_back(crumb);
    const paint::BrainMarks marks = paint::brainMarks(location, std::nullopt);
    QCOMPARE(marks.pieces.size(), std::size_t{1});
    // A ball of 77.9 ml: radius 26.5 mm.
    QVERIFY(std::abs(marks.pieces.front().radiusMm - 26.49) < 0.01);
}

void TestBrainPicture::smallSharesAreNotMarked() {
    const paint::BrainMarks marks = paint::brainMarks(test::phantomLocation(), std::nullopt);
    QCOMPARE(marks.tumour.size(), std::size_t{3});
    QVERIFY(marks.half == Side::Left);
}

void TestBrainPicture::unmarkedBrainIsDrawn() {
    const QImage image = paint::paintBrain(test::phantomBrain(), {}, {.dark = true});
    QVERIFY(!image.isNull());
    QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
}

void TestBrainPicture::noViewsGiveNoPicture() {
    QVERIFY(paint::paintBrain({}, {}).isNull());
    QVERIFY(paint::brainPicture({}, 500.0).empty());
}

void TestBrainPicture::pictureFollowsWidthAndRatio() {
    const QImage one = paint::paintBrain(test::phantomBrain(), {}, {.width = 300});
    const QImage two = paint::paintBrain(test::phantomBrain(), {}, {.width = 300, .pixelRatio = 2.0});
    QCOMPARE(one.width(), 300);
    QCOMPARE(two.width(), 600);
    QCOMPARE(two.devicePixelRatio(), 2.0);
}

QTEST_MAIN(TestBrainPicture)
#include "tst_brain_picture.moc"
