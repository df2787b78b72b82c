// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/scene/phantom.h"
#include "ui/scene/curve_chart.h"
#include "ui/scene/font_file.h"
#include "ui/scene/offscreen.h"
#include "ui/scene/palette.h"

#include <QTest>
#include <filesystem>
#include <set>
#include <thread>

using namespace sulcus;
using namespace sulcus::scene;

namespace {

constexpr int kSide = 240;

/// Nothing but the image itself: the tests add what they look for.
DisplaySettings bare() {
    DisplaySettings settings;
    settings.windowWidth = 400.0;
    settings.windowLevel = 200.0; // tissue (100) becomes 64, the ball (300) 191
    settings.interpolate = false;
    settings.crosshairVisible = settings.lettersVisible = settings.captionVisible = false;
    settings.scaleBarVisible = settings.frameVisible = false;
    settings.maskOpacity = 1.0;
    return settings;
}

imaging::VoxelIndex ballVoxel(const imaging::Volume& volume) { return volume.geometry.nearestVoxel(test::kBallCentre); }

/// Where the slice scene's documented layout puts a world point: the fitted slice takes 94 % of the tighter side.
std::array<int, 2> expectedPixel(const SliceFrame& frame, imaging::WorldPoint point) {
    const double mm =
        std::max(frame.columns() * frame.columnSpacing(), frame.rows() * frame.rowSpacing()) / (0.94 * kSide);
    const auto p = frame.planeFromWorld(point);
    return {static_cast<int>(kSide / 2.0 + (p.x - (frame.columns() - 1) * frame.columnSpacing() / 2.0) / mm),
            static_cast<int>(kSide / 2.0 - (p.y - (frame.rows() - 1) * frame.rowSpacing() / 2.0) / mm)};
}

int countNear(const Picture& picture, Rgb colour, int tolerance, int x0 = 0, int y0 = 0, int x1 = kSide,
              int y1 = kSide) {
    int count = 0;
    for (int y = y0; y < y1; ++y)
        for (int x = x0; x < x1; ++x) {
            const auto* p = picture.pixel(x, y);
            if (std::abs(p[0] - colour[0]) <= tolerance && std::abs(p[1] - colour[1]) <= tolerance &&
                std::abs(p[2] - colour[2]) <= tolerance)
                ++count;
        }
    return count;
}

} // namespace

class TestOffscreen : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void intensitiesComeOutAsTheWindowSays() {
        const auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        for (const Plane plane : {Plane::Axial, Plane::Sagittal, Plane::Coronal}) {
            const auto picture = renderSlicePicture(volume, nullptr, imaging::LabelEra::Brats2021, plane,
                                                    ballVoxel(*volume), bare(), kSide, kSide);
            QVERIFY2(picture.has_value(), picture ? "" : picture.error().context.c_str());
            const auto frame = sliceFrame(volume->geometry, plane, false);
            const auto ball = expectedPixel(frame, test::kBallCentre);
            QVERIFY(std::abs(picture->pixel(ball[0], ball[1])[0] - 191) <= 1);
            const auto middle = expectedPixel(frame, {10.0, -20.0, 30.0});
            QVERIFY(std::abs(picture->pixel(middle[0], middle[1])[0] - 64) <= 1);
            QCOMPARE(int(picture->pixel(1, 1)[0]), 0); // outside the slice: background
            QCOMPARE(int(picture->pixel(1, 1)[3]), 255);
        }
    }

    void maskColourLiesWhereTheMaskIsAndNowhereElse() {
        const auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        const auto mask = test::phantomMask(*volume);
        auto settings = bare();
        settings.labels[2] = LabelStyle{{10, 200, 30}, 1.0, true};
        const auto fill = renderSlicePicture(volume, mask, imaging::LabelEra::Brats2021, Plane::Axial,
                                             ballVoxel(*volume), settings, kSide, kSide);
        QVERIFY(fill.has_value());
        const auto frame = sliceFrame(volume->geometry, Plane::Axial, false);
        const auto ball = expectedPixel(frame, test::kBallCentre);
        QVERIFY(countNear(*fill, {10, 200, 30}, 3, ball[0] - 5, ball[1] - 5, ball[0] + 5, ball[1] + 5) == 100);
        // Ellipse of 5 mm radius on 1 x 1.25 mm voxels; the slice is 51.25 mm on 225.6 pixels.
        const double area = 3.14159 * 25.0 * (225.6 / 51.25) * (225.6 / 51.25);
        QVERIFY(std::abs(countNear(*fill, {10, 200, 30}, 3) - area) < 0.25 * area);
        settings.maskOpacity = 0.5;
        const auto half = renderSlicePicture(volume, mask, imaging::LabelEra::Brats2021, Plane::Axial,
                                             ballVoxel(*volume), settings, kSide, kSide);
        const auto* blended = half->pixel(ball[0], ball[1]);
        QVERIFY(std::abs(blended[0] - (191 + 10) / 2) <= 3 && std::abs(blended[1] - (191 + 200) / 2) <= 3);
        settings.maskStyle = MaskStyle::Outline;
        const auto outline = renderSlicePicture(volume, mask, imaging::LabelEra::Brats2021, Plane::Axial,
                                                ballVoxel(*volume), settings, kSide, kSide);
        QVERIFY(std::abs(outline->pixel(ball[0], ball[1])[1] - 191) <= 1); // the inside is free
        QVERIFY(countNear(*outline, {10, 200, 30}, 60) > 60);
        settings.maskVisible = false;
        const auto hidden = renderSlicePicture(volume, mask, imaging::LabelEra::Brats2021, Plane::Axial,
                                               ballVoxel(*volume), settings, kSide, kSide);
        QCOMPARE(countNear(*hidden, {10, 200, 30}, 60), 0);
    }

    void neurologicalPictureIsTheMirror() {
        const auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        auto settings = bare();
        for (const Plane plane : {Plane::Axial, Plane::Coronal, Plane::Sagittal}) {
            settings.neurological = false;
            const auto a = renderSlicePicture(volume, nullptr, imaging::LabelEra::Brats2021, plane, ballVoxel(*volume),
                                              settings, kSide, kSide);
            settings.neurological = true;
            const auto b = renderSlicePicture(volume, nullptr, imaging::LabelEra::Brats2021, plane, ballVoxel(*volume),
                                              settings, kSide, kSide);
            Picture mirrored = *b;
            if (plane != Plane::Sagittal)
                for (int y = 0; y < kSide; ++y)
                    for (int x = 0; x < kSide; ++x)
                        std::copy_n(b->pixel(kSide - 1 - x, y), 4,
                                    mirrored.rgba.data() +
                                        4 * (static_cast<std::size_t>(y) * kSide + static_cast<std::size_t>(x)));
            QVERIFY(pictureDifference(*a, mirrored) < 0.5);
            if (plane != Plane::Sagittal)
                QVERIFY(pictureDifference(*a, *b) > 2.0);
        }
    }

    void comparisonShowsThreeColours() {
        const auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        const auto mask = test::phantomMask(*volume);
        auto truth = std::make_shared<imaging::LabelMap>(*mask);
        truth->geometry.origin[0] += 4.0; // the truth lies 4 mm further to the left
        SlicePictureOptions options;
        options.truth = truth;
        options.target = imaging::Target::WholeTumour;
        const auto picture = renderSlicePicture(volume, mask, imaging::LabelEra::Brats2021, Plane::Axial,
                                                ballVoxel(*volume), bare(), kSide, kSide, options);
        QVERIFY(picture.has_value());
        const auto frame = sliceFrame(volume->geometry, Plane::Axial, false);
        const auto at = [&](double x) {
            const auto p = expectedPixel(frame, {test::kBallCentre.x + x, test::kBallCentre.y, test::kBallCentre.z});
            const auto* rgba = picture->pixel(p[0], p[1]);
            return Rgb{rgba[0], rgba[1], rgba[2]};
        };
        QCOMPARE(at(2.0), kAgreeColour);
        QCOMPARE(at(-4.0), kFalsePositiveColour);
        QCOMPARE(at(8.0), kFalseNegativeColour);
    }

    void lettersStandAtTheEdgesAndOnlyWithAnOrientation() {
        auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        auto settings = bare();
        settings.lettersVisible = true;
        const Rgb yellow{255, 221, 128};
        const auto with = renderSlicePicture(volume, nullptr, imaging::LabelEra::Brats2021, Plane::Axial,
                                             ballVoxel(*volume), settings, kSide, kSide);
        const int edge = 30;
        QVERIFY(countNear(*with, yellow, 40, 0, 100, edge, 140) > 10);
        QVERIFY(countNear(*with, yellow, 40, kSide - edge, 100, kSide, 140) > 10);
        QVERIFY(countNear(*with, yellow, 40, 100, 0, 140, edge) > 10);
        QVERIFY(countNear(*with, yellow, 40, 100, kSide - edge, 140, kSide) > 10);
        QCOMPARE(countNear(*with, yellow, 40, edge, edge, kSide - edge, kSide - edge), 0); // never over the middle
        volume = std::make_shared<imaging::Volume>(*volume);
        volume->geometry.hasOrientation = false;
        const auto without = renderSlicePicture(volume, nullptr, imaging::LabelEra::Brats2021, Plane::Axial,
                                                ballVoxel(*volume), settings, kSide, kSide);
        QCOMPARE(countNear(*without, yellow, 40), 0);
    }

    void samePictureTwiceAndFromAnotherThread() {
        const auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        const auto mask = test::phantomMask(*volume);
        DisplaySettings settings;
        settings.windowWidth = 400.0;
        settings.windowLevel = 200.0;
        const auto draw = [&] {
            return renderSlicePicture(volume, mask, imaging::LabelEra::Brats2021, Plane::Coronal, ballVoxel(*volume),
                                      settings, 300, 200);
        };
        const auto first = draw();
        QVERIFY(first.has_value());
        QCOMPARE(pictureDifference(*first, *draw()), 0.0);
        Result<Picture> other = draw();
        std::thread thread([&] { other = draw(); });
        std::thread another([&] { QVERIFY(draw().has_value()); });
        thread.join();
        another.join();
        QCOMPARE(pictureDifference(*first, *other), 0.0);
    }

    void nothingToDrawIsSaid() {
        const auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        const auto code = [&](const imaging::VolumePtr& v, int width, int height) {
            const auto picture =
                renderSlicePicture(v, nullptr, imaging::LabelEra::Brats2021, Plane::Axial, {}, {}, width, height);
            return picture ? ErrorCode::Cancelled : picture.error().code;
        };
        QVERIFY(code(nullptr, 10, 10) == ErrorCode::InvalidInput);
        QVERIFY(code(volume, 0, 10) == ErrorCode::InvalidInput);
        QVERIFY(code(volume, 10, 100'000) == ErrorCode::InvalidInput);
    }

    void surfaceShowsInItsColourAndSide() {
        const auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        const auto mask = test::phantomMask(*volume);
        const auto surfaces = buildSurfaces(*mask, {}, {});
        auto settings = bare();
        settings.labels[2] = LabelStyle{{20, 220, 20}, 1.0, true};
        settings.crosshairVisible = false;
        SurfacePictureOptions options;
        options.volume = volume;
        const auto centreOf = [&](ViewDirection direction) {
            const auto picture = renderSurfacePicture(*surfaces, nullptr, imaging::LabelEra::Brats2021, settings,
                                                      direction, kSide, kSide, options);
            double x = 0;
            double y = 0;
            int count = 0;
            for (int row = 0; row < kSide; ++row)
                for (int column = 0; column < kSide; ++column) {
                    const auto* p = picture->pixel(column, row);
                    if (p[1] > 60 && p[1] > 2 * p[0] && p[1] > 2 * p[2]) {
                        x += column;
                        y += row;
                        ++count;
                    }
                }
            return std::array<double, 3>{x / count - kSide / 2, y / count - kSide / 2, double(count)};
        };
        const auto front = centreOf(ViewDirection::Anterior); // left on the right, superior up
        QVERIFY(front[2] > 100 && front[0] > 10 && front[1] < -10);
        const auto left = centreOf(ViewDirection::Left); // anterior on the left
        QVERIFY(left[2] > 100 && left[0] < -10 && left[1] < -10);
        const auto above = centreOf(ViewDirection::Superior); // left on the left, anterior up
        QVERIFY(above[2] > 100 && above[0] < -10 && above[1] < -10);
    }

    void chartsShowEveryCurveInBothThemes() {
        CurvePanel loss;
        loss.title = "Loss";
        loss.xTitle = "Epoch";
        Curve training{"training", {1, 2, 3, 4}, {1.0, 0.6, 0.4, 0.3}, {230, 159, 0}, false, false, true};
        Curve validation{"validation", {1, 2, 3, 4}, {1.1, std::nan(""), 0.6, 0.55}, {86, 180, 233}, true, false, true};
        loss.curves = {training, validation};
        for (const bool dark : {true, false}) {
            ChartStyle style;
            style.dark = dark;
            const auto picture = renderCurvesPicture({loss, loss}, style, 600, 240);
            QVERIFY(picture.has_value());
            int orange = 0;
            int blue = 0;
            for (int y = 0; y < 240; ++y)
                for (int x = 0; x < 600; ++x) {
                    const auto* p = picture->pixel(x, y);
                    orange += p[0] > p[2] + 80;
                    blue += p[2] > p[0] + 60;
                }
            QVERIFY(orange > 300);
            QVERIFY(blue > 100);
            const int background = picture->pixel(2, 2)[0];
            QVERIFY(dark ? background < 60 : background > 230);
        }
        QVERIFY(renderCurvesPicture({}, {}, 100, 80).has_value());
        QVERIFY(renderCurvesPicture({CurvePanel{}}, {}, 100, 80).has_value());
    }

    void fontThatVtkCannotReadIsReplacedByItsSister() {
        const std::string nanum = "/usr/share/fonts/truetype/nanum/NanumGothic.ttf";
        const std::string dejavu = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
        QCOMPARE(drawableFontFile(""), std::string());
        QCOMPARE(drawableFontFile("/nowhere/at/all.ttf"), std::string());
        QCOMPARE(drawableFontFile(SULCUS_SOURCE_DIR "/LICENSE"), std::string());
        if (std::filesystem::exists(dejavu))
            QCOMPARE(drawableFontFile(dejavu), dejavu);
        if (!std::filesystem::exists(nanum))
            QSKIP("fonts-nanum is not installed");
        QVERIFY(drawableFontFile(nanum) != nanum);
        const auto volume = test::phantomVolume(test::phantomGeometry(test::kLps));
        auto settings = bare();
        settings.captionVisible = true;
        SlicePictureOptions options;
        options.fontFile = nanum;
        const auto lettersOf = [&](const char* caption) {
            options.caption = caption;
            const auto picture = renderSlicePicture(volume, nullptr, imaging::LabelEra::Plain, Plane::Axial, {},
                                                    settings, kSide, kSide, options);
            return countNear(*picture, {240, 240, 240}, 90, 0, 0, 110, 24);
        };
        // Three syllables against a space: both have the slice number behind them.
        QVERIFY(lettersOf("\uAD00\uC0C1\uBA74") > lettersOf(" ") + 60);
    }

    void metricForgivesHalfAPixelAndNothingLarger() {
        Picture a{8, 8, std::vector<std::uint8_t>(256, 0)};
        Picture b = a;
        QCOMPARE(pictureDifference(a, b), 0.0);
        b.rgba[4 * (8 * 2 + 1)] = 240; // a bright dot, and the same dot one pixel on
        a.rgba[4 * (8 * 2 + 2)] = 240;
        QCOMPARE(pictureDifference(a, b), 0.0);
        b.rgba.assign(256, 255);
        QVERIFY(pictureDifference(a, b) > 250.0);
        QCOMPARE(pictureDifference(a, Picture{}), 255.0);
    }
};

QTEST_APPLESS_MAIN(TestOffscreen)
#include "tst_offscreen.moc"
