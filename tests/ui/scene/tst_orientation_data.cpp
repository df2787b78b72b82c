// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/image_io.h"
#include "ui/scene/offscreen.h"

#include <QTest>
#include <filesystem>
#include <vector>

using namespace sulcus;
using namespace sulcus::scene;
namespace fs = std::filesystem;

namespace {

const fs::path kFormats = fs::path(SULCUS_SOURCE_DIR) / ".." / "shared" / "data" / "formats";

imaging::VolumePtr read(const fs::path& file) {
    auto volume = imaging::readVolume(file, {});
    return volume ? std::make_shared<const imaging::Volume>(std::move(*volume)) : nullptr;
}

DisplaySettings settingsFor(const imaging::Volume& volume) {
    DisplaySettings settings;
    const auto [low, high] = std::minmax_element(volume.voxels.begin(), volume.voxels.end());
    settings.windowWidth = *high - *low;
    settings.windowLevel = (*high + *low) / 2.0;
    return settings;
}

} // namespace

/// Real files that hold one brain in several storage orders.
class TestOrientationData : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (!fs::exists(kFormats)) {
            qInfo("SULCUS_SKIPPED_WHOLE_TEST: %s is not there", kFormats.c_str());
            QSKIP("the data folder is not there");
        }
    }

    void everyStorageOrderShowsTheSamePictureAndLetters() {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(kFormats / "orientations"))
            if (entry.path().string().find(".nii") != std::string::npos)
                files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        QVERIFY(files.size() >= 8);
        std::vector<Picture> first;
        for (const auto& file : files) {
            const auto volume = read(file);
            QVERIFY2(volume != nullptr, file.c_str());
            QVERIFY(volume->geometry.hasOrientation);
            const auto& g = volume->geometry;
            // A point that is the same voxel in every order, off every middle.
            const imaging::WorldPoint point{12.0, -18.0, 22.0};
            for (const Plane plane : {Plane::Axial, Plane::Sagittal, Plane::Coronal}) {
                const auto picture = renderSlicePicture(volume, nullptr, imaging::LabelEra::Plain, plane,
                                                        g.nearestVoxel(point), settingsFor(*volume), 300, 300);
                QVERIFY(picture.has_value());
                const auto n = static_cast<std::size_t>(plane);
                if (first.size() <= n)
                    first.push_back(*picture);
                // Slice numbers in the caption differ with the order; that is a few glyphs in a corner.
                const double difference = pictureDifference(first[n], *picture);
                QVERIFY2(difference < 1.0,
                         qPrintable(QString("%1 plane %2: %3").arg(file.filename().c_str()).arg(n).arg(difference)));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestOrientationData)
#include "tst_orientation_data.moc"
