// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/scene/phantom.h"
#include "ui/scene/surface.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <map>

using namespace sulcus;
using namespace sulcus::scene;

namespace {

imaging::LabelMap ballMap(const std::array<double, 9>& direction, double radius, std::uint8_t label) {
    imaging::LabelMap map;
    map.geometry = test::phantomGeometry(direction);
    map.voxels.assign(map.geometry.voxelCount(), 0);
    for (int k = 0; k < map.geometry.size[2]; ++k)
        for (int j = 0; j < map.geometry.size[1]; ++j)
            for (int i = 0; i < map.geometry.size[0]; ++i) {
                const auto p = map.geometry.worldFromIndex({double(i), double(j), double(k)});
                if (std::hypot(p.x - 10.0, p.y + 20.0, p.z - 30.0) <= radius)
                    map.voxels[map.geometry.offset({i, j, k})] = label;
            }
    return map;
}

/// Every edge belongs to two triangles that run along it in opposite directions.
bool isClosed(const Surface& surface) {
    std::map<std::pair<int, int>, int> edges;
    for (std::size_t t = 0; t < surface.triangles.size(); t += 3)
        for (std::size_t c = 0; c < 3; ++c)
            ++edges[{surface.triangles[t + c], surface.triangles[t + (c + 1) % 3]}];
    for (const auto& [edge, count] : edges) {
        const auto back = edges.find({edge.second, edge.first});
        if (count != 1 || back == edges.end())
            return false;
    }
    return true;
}

} // namespace

class TestSurface : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ballKeepsItsVolumeAndPlaceInEveryStorageOrder() {
        constexpr double kRadius = 15.0;
        const double ml = 4.0 / 3.0 * 3.14159265358979 * kRadius * kRadius * kRadius / 1000.0;
        for (const auto& order :
             {test::kLps, std::array<double, 9>{-1, 0, 0, 0, -1, 0, 0, 0, 1},
              std::array<double, 9>{-1, 0, 0, 0, 1, 0, 0, 0, 1}, std::array<double, 9>{0, 0, 1, 1, 0, 0, 0, -1, 0}}) {
            const auto surfaces = buildSurfaces(ballMap(order, kRadius, 4), {}, {});
            QVERIFY(surfaces.has_value());
            QCOMPARE(surfaces->size(), std::size_t{1});
            const Surface& ball = *surfaces->front();
            QCOMPARE(int(ball.label), 4);
            // Half a voxel's diagonal at most moves the border: 1.1 mm of 15 is far above what smoothing does.
            QVERIFY2(std::abs(ball.volumeMl() - ml) < 0.06 * ml, qPrintable(QString::number(ball.volumeMl())));
            QVERIFY(isClosed(ball));
            QVERIFY(std::abs((ball.first[0] + ball.last[0]) / 2 - 10.0) < 0.3);
            QVERIFY(std::abs((ball.first[1] + ball.last[1]) / 2 + 20.0) < 0.3);
            QVERIFY(std::abs((ball.first[2] + ball.last[2]) / 2 - 30.0) < 0.3);
            for (std::size_t n = 0; n < ball.points.size(); n += 3) {
                const double outward = ball.normals[n] * (ball.points[n] - 10.0) +
                                       ball.normals[n + 1] * (ball.points[n + 1] + 20.0) +
                                       ball.normals[n + 2] * (ball.points[n + 2] - 30.0);
                QVERIFY(outward > 0.0);
            }
        }
    }

    void labelAtTheGridsBorderIsClosedToo() {
        imaging::LabelMap map;
        map.geometry.size = {6, 5, 4};
        map.voxels.assign(120, 1);
        SurfaceOptions options;
        options.smoothingIterations = 0;
        const auto surfaces = buildSurfaces(map, options, {});
        QVERIFY(surfaces.has_value());
        QVERIFY(isClosed(*surfaces->front()));
        // The box without its bevelled edges and corners.
        QVERIFY(surfaces->front()->volumeMl() > 0.09 && surfaces->front()->volumeMl() < 0.12);
    }

    void everyLabelGetsItsSurfaceAndOnlyTheWanted() {
        imaging::LabelMap map = ballMap(test::kLps, 15.0, 2);
        const auto inner = ballMap(test::kLps, 8.0, 1);
        for (std::size_t n = 0; n < map.voxels.size(); ++n)
            if (inner.voxels[n])
                map.voxels[n] = 1;
        const auto both = buildSurfaces(map, {}, {});
        QCOMPARE(both->size(), std::size_t{2});
        QCOMPARE(int(both->at(0)->label), 1);
        QCOMPARE(int(both->at(1)->label), 2);
        SurfaceOptions one;
        one.labels = {2};
        QCOMPARE(buildSurfaces(map, one, {})->size(), std::size_t{1});
        SurfaceOptions whole;
        whole.wholeMask = true;
        const auto merged = buildSurfaces(map, whole, {});
        QCOMPARE(merged->size(), std::size_t{1});
        QCOMPARE(merged->front()->voxelCount, both->at(0)->voxelCount + both->at(1)->voxelCount);
    }

    void emptyMapGivesNoSurface() {
        imaging::LabelMap map;
        map.geometry.size = {3, 3, 3};
        map.voxels.assign(27, 0);
        QVERIFY(buildSurfaces(map, {}, {})->empty());
    }

    void decimationKeepsTheShape() {
        SurfaceOptions options;
        options.maxTriangles = 2000;
        const auto map = ballMap(test::kLps, 15.0, 1);
        const auto full = buildSurfaces(map, {}, {});
        const auto small = buildSurfaces(map, options, {});
        QVERIFY(small->front()->triangleCount() < 2600);
        QVERIFY(std::abs(small->front()->volumeMl() - full->front()->volumeMl()) < 0.05 * full->front()->volumeMl());
    }

    void cancelledBuildSaysSo() {
        std::stop_source stop;
        stop.request_stop();
        const TaskContext task(stop.get_token(), {});
        const auto surfaces = buildSurfaces(ballMap(test::kLps, 10.0, 1), {}, task);
        QVERIFY(!surfaces.has_value());
        QVERIFY(surfaces.error().code == ErrorCode::Cancelled);
        QVERIFY(buildOuterSurface(*test::phantomVolume(test::phantomGeometry(test::kLps)), task).error().code ==
                ErrorCode::Cancelled);
    }

    void outerSurfaceWrapsWhatIsNotBackground() {
        imaging::Volume volume;
        const auto map = ballMap(test::kLps, 17.0, 1);
        volume.geometry = map.geometry;
        volume.voxels.resize(map.voxels.size());
        for (std::size_t n = 0; n < map.voxels.size(); ++n)
            volume.voxels[n] = map.voxels[n] ? 80.0F : 0.0F;
        const auto outer = buildOuterSurface(volume, {});
        QVERIFY(outer.has_value() && *outer);
        const double ml = 4.0 / 3.0 * 3.14159265358979 * 17.0 * 17.0 * 17.0 / 1000.0;
        QVERIFY(std::abs((*outer)->volumeMl() - ml) < 0.1 * ml);
        QVERIFY(std::abs(((*outer)->first[2] + (*outer)->last[2]) / 2 - 30.0) < 1.0);
    }

    void backgroundIsToldFromPatient() {
        imaging::Volume volume;
        volume.geometry.size = {100, 100, 10};
        volume.voxels.resize(100'000);
        const auto fill = [&](float outside, float airLow, float airStep, float tissue) {
            for (std::size_t n = 0; n < volume.voxels.size(); ++n)
                volume.voxels[n] = n % 10 < 4   ? outside
                                   : n % 10 < 7 ? airLow + airStep * static_cast<float>(n % 13)
                                                : tissue + static_cast<float>(n % 17);
        };
        fill(0.0F, 400.0F, 1.0F, 500.0F); // a stripped brain
        QCOMPARE(backgroundLimit(volume), 0.0F);
        fill(-2000.0F, -1000.0F, 1.0F, 30.0F); // a CT with padding
        QCOMPARE(backgroundLimit(volume), -300.0F);
        fill(0.0F, 1.0F, 1.0F, 500.0F); // a head in noisy air, with a constant border
        QVERIFY(backgroundLimit(volume) > 20.0F && backgroundLimit(volume) < 500.0F);
        volume.voxels.assign(100, 7.0F);
        QCOMPARE(backgroundLimit(volume), 7.0F);
        volume.voxels.clear();
        QCOMPARE(backgroundLimit(volume), 0.0F);
    }

    void pictureHasNoOuterSurface() {
        imaging::Volume slice;
        slice.geometry.size = {20, 20, 1};
        slice.geometry.isSlice = true;
        slice.voxels.assign(400, 1.0F);
        const auto outer = buildOuterSurface(slice, {});
        QVERIFY(outer.has_value());
        QVERIFY(!*outer);
    }

    void filesHoldEveryTriangle() {
        const auto surfaces = buildSurfaces(ballMap(test::kLps, 6.0, 3), {}, {});
        const QTemporaryDir dir;
        const auto path = [&](const char* name) { return std::filesystem::path(dir.filePath(name).toStdString()); };
        QVERIFY(writeSurfaces(*surfaces, path("ball.stl")).has_value());
        QVERIFY(writeSurfaces(*surfaces, path("ball.ply")).has_value());
        const auto triangles = static_cast<qint64>(surfaces->front()->triangleCount());
        QFile stl(dir.filePath("ball.stl"));
        QCOMPARE(stl.size(), 84 + 50 * triangles);
        QFile ply(dir.filePath("ball.ply"));
        QVERIFY(ply.open(QIODevice::ReadOnly));
        const QByteArray bytes = ply.readAll();
        const qint64 header = bytes.indexOf("end_header\n") + 11;
        const auto points = static_cast<qint64>(surfaces->front()->points.size() / 3);
        QCOMPARE(bytes.size() - header, 25 * points + 13 * triangles);
        QVERIFY(bytes.contains("element face " + QByteArray::number(triangles)));
    }

    void badFileNamesAreRefused() {
        const auto surfaces = buildSurfaces(ballMap(test::kLps, 6.0, 3), {}, {});
        QVERIFY(writeSurfaces(*surfaces, "ball.obj").error().code == ErrorCode::Unsupported);
        QVERIFY(writeSurfaces(*surfaces, "/nowhere/at/all/ball.stl").error().code == ErrorCode::Unreadable);
    }
};

QTEST_APPLESS_MAIN(TestSurface)
#include "tst_surface.moc"
