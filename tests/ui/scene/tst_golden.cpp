// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/scene/phantom.h"
#include "ui/scene/curve_chart.h"
#include "ui/scene/offscreen.h"
#include "ui/scene/palette.h"

#include <QDir>
#include <QImage>
#include <QTest>

using namespace sulcus;
using namespace sulcus::scene;

namespace {

Picture fromImage(const QImage& image) {
    const QImage rgba = image.convertToFormat(QImage::Format_RGBA8888);
    Picture picture{rgba.width(), rgba.height(), {}};
    for (int y = 0; y < rgba.height(); ++y)
        picture.rgba.insert(picture.rgba.end(), rgba.constScanLine(y), rgba.constScanLine(y) + 4 * rgba.width());
    return picture;
}

QImage toImage(const Picture& picture) {
    return QImage(picture.rgba.data(), picture.width, picture.height, 4 * picture.width, QImage::Format_RGBA8888)
        .convertToFormat(QImage::Format_RGB32);
}

} // namespace

/// Pictures of the phantom against pictures that a person has looked at. The metric is `pictureDifference`; 1.0 of 255
/// leaves room for another driver's rounding at edges, while a missing letter or a shifted mask gives 2 and more.
/// SULCUS_UPDATE_GOLDEN=1 writes new ones (look at them!). On failure the new picture and the difference are kept in
/// the build tree.
class TestGolden : public QObject {
    Q_OBJECT

    static void compare(const QString& name, const Result<Picture>& picture) {
        QVERIFY2(picture.has_value(), picture ? "" : picture.error().message.id.c_str());
        const QString golden = QStringLiteral(SULCUS_SOURCE_DIR "/tests/data/golden/scene_%1.png").arg(name);
        const QImage image = toImage(*picture);
        if (qEnvironmentVariableIsSet("SULCUS_UPDATE_GOLDEN")) {
            QDir().mkpath(QStringLiteral(SULCUS_SOURCE_DIR "/tests/data/golden"));
            QVERIFY(image.save(golden));
            return;
        }
        const QImage expected(golden);
        QVERIFY2(!expected.isNull(), qPrintable(golden));
        const double difference = pictureDifference(*picture, fromImage(expected));
        if (difference < 1.0)
            return;
        const QString folder = QStringLiteral(SULCUS_BINARY_DIR "/tests/failed");
        QDir().mkpath(folder);
        image.save(folder + "/scene_" + name + ".png");
        QImage apart = image.convertToFormat(QImage::Format_RGB32);
        for (int y = 0; y < std::min(apart.height(), expected.height()); ++y)
            for (int x = 0; x < std::min(apart.width(), expected.width()); ++x) {
                const QRgb a = apart.pixel(x, y);
                const QRgb b = expected.pixel(x, y);
                apart.setPixel(
                    x, y,
                    qRgb(std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))));
            }
        apart.save(folder + "/scene_" + name + "_difference.png");
        QFAIL(qPrintable(QStringLiteral("%1 differs by %2 (see %3)").arg(name).arg(difference).arg(folder)));
    }

    imaging::VolumePtr m_volume;
    imaging::LabelMapPtr m_mask;
    DisplaySettings m_settings;

    Result<Picture> slice(Plane plane, const DisplaySettings& settings, const SlicePictureOptions& options = {}) const {
        return renderSlicePicture(m_volume, m_mask, imaging::LabelEra::Brats2021, plane,
                                  m_volume->geometry.nearestVoxel(test::kBallCentre), settings, 260, 220, options);
    }

private Q_SLOTS:
    void initTestCase() {
        const auto volume = test::phantomVolume(test::phantomGeometry({0, -1, 0, 0, 0, 1, -1, 0, 0}));
        m_mask = test::phantomMask(*volume);
        m_volume = volume;
        m_settings.windowWidth = 400;
        m_settings.windowLevel = 200;
        m_settings.labels[2] = LabelStyle{kSkyBlue, 1.0, true};
    }

    void axialWithFilledMask() { compare("axial_fill", slice(Plane::Axial, m_settings)); }

    void coronalWithOutlineNeurological() {
        auto settings = m_settings;
        settings.maskStyle = MaskStyle::Outline;
        settings.neurological = true;
        compare("coronal_outline", slice(Plane::Coronal, settings));
    }

    void sagittalWithComparisonAndNotes() {
        auto truth = std::make_shared<imaging::LabelMap>(*m_mask);
        truth->geometry.origin[1] -= 3.0;
        SlicePictureOptions options;
        options.truth = truth;
        options.target = imaging::Target::WholeTumour;
        options.zoom = 2.0;
        options.centreOnCursor = true;
        Annotation note;
        note.points = {{20, -40, 40}, {20, -25, 52}};
        note.text = "19.2 mm";
        options.annotations = {note};
        compare("sagittal_comparison", slice(Plane::Sagittal, m_settings, options));
    }

    void axialWithProbability() {
        auto probability = std::make_shared<imaging::Volume>(*m_volume);
        const auto& grid = probability->geometry;
        for (int k = 0; k < grid.size[2]; ++k)
            for (int j = 0; j < grid.size[1]; ++j)
                for (int i = 0; i < grid.size[0]; ++i) {
                    const auto p = grid.worldFromIndex({double(i), double(j), double(k)});
                    const auto c = test::kBallCentre;
                    const double d = std::hypot(p.x - c.x, p.y - c.y, p.z - c.z);
                    probability->voxels[grid.offset({i, j, k})] = static_cast<float>(std::exp(-d * d / 100.0));
                }
        SlicePictureOptions options;
        options.probability = probability;
        auto settings = m_settings;
        settings.maskVisible = false;
        compare("axial_probability", slice(Plane::Axial, settings, options));
    }

    void overlayOfAnotherGrid() {
        // A mask of thrice the voxel size, moved aside: outlines in colours of their own over the filled mask.
        auto second = std::make_shared<imaging::LabelMap>();
        second->geometry.size = {20, 20, 20};
        second->geometry.spacing = {6.0, 6.0, 6.0};
        const auto c = test::kBallCentre;
        second->geometry.origin = {c.x - 60.0, c.y - 60.0, c.z - 60.0};
        second->voxels.assign(second->geometry.voxelCount(), 0);
        for (int k = 8; k < 12; ++k)
            for (int j = 8; j < 13; ++j)
                for (int i = 9; i < 15; ++i)
                    second->voxels[second->geometry.offset({i, j, k})] = i < 12 ? 1 : 2;
        SlicePictureOptions options;
        options.overlay = second;
        compare("axial_overlay", slice(Plane::Axial, m_settings, options));
    }

    void colourMapViridisInverted() {
        auto settings = m_settings;
        settings.colourMap = ColourMap::Viridis;
        settings.invert = true;
        settings.maskVisible = false;
        compare("axial_viridis", slice(Plane::Axial, settings));
    }

    void voxelsAsACloud() {
        SurfacePictureOptions options;
        options.volume = m_volume;
        options.rendered = m_volume;
        options.cursor = {10, -20, 30};
        options.supersampling = 1;
        auto settings = m_settings;
        settings.rendering = RenderingPreset::MriBrain;
        compare("cloud", renderSurfacePicture({}, nullptr, imaging::LabelEra::Brats2021, settings,
                                              ViewDirection::Oblique, 260, 220, options));
    }

    void surfaceFromTheFront() {
        const auto surfaces = buildSurfaces(*m_mask, {}, {});
        QVERIFY(surfaces.has_value());
        SurfacePictureOptions options;
        options.volume = m_volume;
        options.cursor = {10, -20, 30};
        auto settings = m_settings;
        settings.boxesVisible = true;
        compare("surface", renderSurfacePicture(*surfaces, nullptr, imaging::LabelEra::Brats2021, settings,
                                                ViewDirection::Oblique, 260, 220, options));
    }

    void curvesDarkAndLight() {
        CurvePanel panel;
        panel.title = "Dice";
        panel.xTitle = "Epoch";
        panel.yLow = 0.0;
        panel.yHigh = 1.0;
        panel.curves = {
            Curve{"training", {1, 2, 3, 4, 5}, {0.2, 0.5, 0.7, 0.8, 0.85}, kSkyBlue, true, false, true},
            Curve{"validation", {1, 2, 3, 4, 5}, {0.1, 0.4, 0.6, 0.66, 0.7}, kVermilion, false, false, true}};
        ChartStyle style;
        compare("curves_dark", renderCurvesPicture({panel}, style, 320, 220));
        style.dark = false;
        compare("curves_light", renderCurvesPicture({panel}, style, 320, 220));
    }
};

QTEST_MAIN(TestGolden)
#include "tst_golden.moc"
