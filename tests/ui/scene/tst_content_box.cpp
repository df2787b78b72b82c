// SPDX-License-Identifier: Apache-2.0
#include "ui/scene/content_box.h"

#include <QTest>
#include <cmath>

using namespace sulcus;
using namespace sulcus::scene;

namespace {

/// A box of tissue in an empty grid of 60 x 50 x 40 voxels.
imaging::Volume boxed(imaging::VoxelIndex first, imaging::VoxelIndex last) {
    imaging::Volume volume;
    volume.geometry.size = {60, 50, 40};
    volume.geometry.spacing = {1.0, 2.0, 1.5};
    volume.voxels.assign(volume.geometry.voxelCount(), -7.0F);
    for (int k = first.k; k <= last.k; ++k)
        for (int j = first.j; j <= last.j; ++j)
            for (int i = first.i; i <= last.i; ++i)
                volume.voxels[volume.geometry.offset({i, j, k})] = static_cast<float>(i + j + k);
    return volume;
}

} // namespace

class TestContentBox : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBoxIsThatOfTheTissue() {
        const auto box = contentBox(boxed({10, 12, 5}, {39, 30, 29}));
        QVERIFY(box.has_value());
        QVERIFY(((*box)[0] == imaging::VoxelIndex{10, 12, 5}));
        QVERIFY(((*box)[1] == imaging::VoxelIndex{39, 30, 29}));
    }

    void withoutABackgroundThereIsNoBox() {
        QVERIFY(!contentBox({}).has_value());
        QVERIFY(!contentBox(boxed({1, 1, 1}, {0, 0, 0})).has_value());    // nothing in it
        QVERIFY(!contentBox(boxed({0, 0, 0}, {20, 20, 20})).has_value()); // tissue in a corner
    }

    void theFramingHoldsTheBoxInEveryPlane() {
        const imaging::Volume volume = boxed({10, 12, 5}, {39, 30, 29});
        const auto box = *contentBox(volume);
        for (const Plane plane : {Plane::Axial, Plane::Sagittal, Plane::Coronal}) {
            const SliceFrame frame = sliceFrame(volume.geometry, plane, false);
            const Framing framing = framingOf(box, frame);
            QVERIFY(framing.zoom > 1.2);
            const PlanePoint centre = frame.planeFromWorld(*framing.centre);
            // What one sees at this zoom, in a view that the whole slice just fills.
            const double halfWide = frame.columns() * frame.columnSpacing() / framing.zoom / 2.0;
            const double halfTall = frame.rows() * frame.rowSpacing() / framing.zoom / 2.0;
            for (const imaging::VoxelIndex& v : box) {
                const PlanePoint p =
                    frame.planeFromWorld(volume.geometry.worldFromIndex({double(v.i), double(v.j), double(v.k)}));
                QVERIFY(std::abs(p.x - centre.x) <= halfWide);
                QVERIFY(std::abs(p.y - centre.y) <= halfTall);
            }
        }
    }

    void aSpeckIsNotBlownUp() {
        const imaging::Volume volume = boxed({30, 25, 20}, {30, 25, 20});
        QCOMPARE(framingOf(*contentBox(volume), sliceFrame(volume.geometry, Plane::Axial, false)).zoom, 3.0);
    }
};

QTEST_GUILESS_MAIN(TestContentBox)
#include "tst_content_box.moc"
