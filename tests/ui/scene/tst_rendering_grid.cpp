// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/rendering_grid.h"

#include <QTest>
#include <cmath>
#include <numeric>

using namespace sulcus;

class TestRenderingGrid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSmallVolumeComesBackAsItIs() {
        auto volume = std::make_shared<imaging::Volume>();
        volume->geometry.size = {20, 30, 40};
        volume->voxels.assign(volume->geometry.voxelCount(), 1.0F);
        const auto reduced = scene::reduceForRendering(volume, 40, {});
        QVERIFY(reduced.has_value());
        QCOMPARE(reduced->get(), static_cast<const imaging::Volume*>(volume.get()));
    }

    void meansAndPlacesStay() {
        auto volume = std::make_shared<imaging::Volume>();
        imaging::Geometry& g = volume->geometry;
        g.size = {64, 32, 50};
        g.spacing = {0.5, 1.0, 2.0};
        g.origin = {10.0, -20.0, 30.0};
        g.direction = {0, -1, 0, 0, 0, 1, -1, 0, 0};
        volume->voxels.resize(g.voxelCount());
        // A value that grows evenly through the world: averages of blocks lie on the same plane.
        for (int k = 0; k < g.size[2]; ++k)
            for (int j = 0; j < g.size[1]; ++j)
                for (int i = 0; i < g.size[0]; ++i) {
                    const auto p = g.worldFromIndex({double(i), double(j), double(k)});
                    volume->voxels[g.offset({i, j, k})] = static_cast<float>(2.0 * p.x - p.y + 0.5 * p.z);
                }
        const auto reduced = scene::reduceForRendering(volume, 25, {});
        QVERIFY(reduced.has_value());
        const imaging::Geometry& r = (*reduced)->geometry;
        QCOMPARE(r.size, (std::array<int, 3>{22, 16, 25}));
        for (int k = 0; k < r.size[2]; k += 3)
            for (int j = 0; j < r.size[1]; j += 3)
                for (int i = 0; i + 1 < r.size[0]; i += 3) { // the last block of i is not whole
                    const auto p = r.worldFromIndex({double(i), double(j), double(k)});
                    QVERIFY(std::abs((*reduced)->at({i, j, k}) - (2.0 * p.x - p.y + 0.5 * p.z)) < 1e-3);
                }
    }

    void cancelIsHeard() {
        auto volume = std::make_shared<imaging::Volume>();
        volume->geometry.size = {64, 64, 64};
        volume->voxels.assign(volume->geometry.voxelCount(), 1.0F);
        std::stop_source stop;
        stop.request_stop();
        const auto reduced = scene::reduceForRendering(volume, 16, TaskContext(stop.get_token(), {}));
        QVERIFY(!reduced.has_value());
        QVERIFY(reduced.error().code == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestRenderingGrid)
#include "tst_rendering_grid.moc"
