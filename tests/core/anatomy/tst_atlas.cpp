// SPDX-License-Identifier: Apache-2.0
#include "anatomy_support.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <set>

using namespace sulcus;
using namespace sulcus::anatomy;
using namespace sulcus::anatomy::testing;

class AtlasTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!templatesInstalled())
            QSKIP("the brain templates of mricron-data are not installed");
        std::filesystem::remove(kCache / "brain-atlas.bin"); // this test speaks of the rules as they are now
        QVERIFY(atlas() != nullptr);
    }

    void codesReadBack() {
        std::set<std::string> codes;
        for (const Region region : allRegions()) {
            QVERIFY(regionFromString(toString(region)) == region);
            codes.insert(toString(region));
            QCOMPARE(nameMessageId(region).substr(0, 7), std::string("region."));
        }
        QCOMPARE(codes.size(), std::size_t{16});
        QVERIFY(!regionFromString("XYZ"));
    }

    void theTemporalLobeEndsLevelAsTheSourceAtlasCutsIt() {
        // The straight edge of the pictures is the source's: no temporal label lies above it, many lie right below.
        const imaging::LabelMap& map = atlas()->placeMap();
        std::array<int, 2> columns{}; // at the edge, above it
        for (int i = 0; i < map.geometry.size[0]; ++i)
            for (int side = 0; side < 2; ++side) {
                bool any = false;
                const int k = static_cast<int>(24 + side - map.geometry.origin[2]);
                for (int j = 0; j < map.geometry.size[1]; ++j)
                    if (const std::uint8_t value = map.at({i, j, k}); value != 0) {
                        const Place& place = atlas()->places()[value - 1U];
                        any = any || (place.region == Region::Temporal && !place.filled);
                    }
                columns[static_cast<std::size_t>(side)] += any;
            }
        QVERIFY(columns[0] > 50);
        QCOMPARE(columns[1], 0);
    }

    void knownPointsReadTheirRegion_data() {
        QTest::addColumn<double>("right");
        QTest::addColumn<double>("anterior");
        QTest::addColumn<double>("superior");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("side");
        const auto row = [](const char* name, double x, double y, double z, const char* code, const char* side) {
            QTest::newRow(name) << x << y << z << code << side;
        };
        row("pons left", -6, -24, -32, "BST", "left");
        row("pons right", 8, -20, -34, "BST", "right");
        row("medulla", 4, -38, -54, "BST", "right");
        row("midbrain", -8, -24, -12, "BST", "left");
        row("red nucleus", 5, -20, -8, "BST", "right");
        row("lateral ventricle left", -8, 4, 18, "VEN", "left");
        row("lateral ventricle right", 10, 4, 20, "VEN", "right");
        row("trigone right", 26, -44, 6, "VEN", "right");
        row("third ventricle", 0, -20, 4, "VEN", "both");
        row("fourth ventricle", 0, -42, -32, "VEN", "both");
        row("hand knob", -36, -20, 60, "FRO", "left");
        row("middle frontal gyrus", 40, 34, 28, "FRO", "right");
        row("frontal white matter", -20, 40, 22, "FRO", "left");
        row("Broca", -50, 18, 14, "FRO", "left");
        row("postcentral gyrus", -46, -28, 54, "PAR", "left");
        row("angular gyrus", 48, -60, 36, "PAR", "right");
        row("superior temporal gyrus", -60, -20, 4, "TEM", "left");
        row("hippocampus", 28, -20, -14, "TEM", "right");
        row("calcarine cortex", -8, -88, 4, "OCC", "left");
        row("insula", -38, 6, 0, "INS", "left");
        row("anterior cingulate", 6, 36, 18, "CIN", "right");
        row("putamen", -26, 4, 2, "BG", "left");
        row("thalamus", 12, -18, 8, "THA", "right");
        row("cerebellar hemisphere", 30, -62, -40, "CER", "right");
        row("middle cerebellar peduncle", -28, -46, -34, "CER", "left");
        row("genu", 0, 26, 4, "CC", "both");
        row("body of corpus callosum", 0, -6, 26, "CC", "both");
        row("splenium", 0, -36, 16, "CC", "both");
        row("pineal", 0, -32, 0, "PIN", "both");
        row("hypothalamus", 4, -4, -10, "HYP", "both");
        row("sella", 0, 4, -30, "SEL", "both");
        row("cerebellopontine angle", 22, -24, -34, "CPA", "right");
    }

    void knownPointsReadTheirRegion() {
        QFETCH(double, right);
        QFETCH(double, anterior);
        QFETCH(double, superior);
        QFETCH(QString, code);
        QFETCH(QString, side);
        const auto place = atlas()->at(mni(right, anterior, superior));
        QVERIFY(place.has_value());
        QCOMPARE(QString::fromStdString(toString(place->region)), code);
        QCOMPARE(QString::fromStdString(toString(place->side)), side);
    }

    void leftIsWhereTemplateXIsPositive() {
        const auto& g = atlas()->geometry();
        const auto& map = atlas()->placeMap();
        std::size_t wrong = 0;
        for (int k = 0; k < g.size[2]; ++k)
            for (int j = 0; j < g.size[1]; ++j)
                for (int i = 0; i < g.size[0]; ++i) {
                    const std::uint8_t value = map.at({i, j, k});
                    if (value == 0)
                        continue;
                    const Place& place = atlas()->places()[value - 1U];
                    const double x = g.origin[0] + i;
                    wrong += (place.side == Side::Left && x <= 0) || (place.side == Side::Right && x > 0);
                    // A name never contradicts its side.
                    if (place.structure.ends_with("_L"))
                        wrong += place.side != Side::Left;
                    if (place.structure.ends_with("_R"))
                        wrong += place.side != Side::Right;
                }
        QCOMPARE(wrong, std::size_t{0});
    }

    void everyVoxelOfTheBrainHasAPlace() {
        const auto& brain = *atlas()->brain();
        std::size_t without = 0;
        for (std::size_t n = 0; n < brain.voxels.size(); ++n)
            without += brain.voxels[n] > 0.0F && atlas()->placeMap().voxels[n] == 0;
        QCOMPARE(without, std::size_t{0});
    }

    void theGrownMapContinuesTheMap() {
        const auto& inside = atlas()->placeMap().voxels;
        const auto& grown = atlas()->nearestMap().voxels;
        for (std::size_t n = 0; n < inside.size(); ++n)
            QVERIFY(inside[n] == 0 || inside[n] == grown[n]);
        QVERIFY(!atlas()->at(mni(-76, -20, 10)));
        const auto near = atlas()->nearest(mni(-76, -20, 10)); // beside the left temporal lobe
        QVERIFY(near && near->region == Region::Temporal && near->side == Side::Left);
        QVERIFY(!atlas()->nearest(mni(0, 0, 300)));
    }

    void volumesAreThoseOfABrain() {
        // Ranges from the atlas' own template (a large brain), wide enough for changes of the fill rule.
        QVERIFY(std::abs(atlas()->regionMl(Region::Brainstem, Side::Both) - 37.0) < 8.0);
        QVERIFY(std::abs(atlas()->regionMl(Region::Ventricles, Side::Both) - 32.0) < 12.0);
        QVERIFY(atlas()->regionMl(Region::Frontal, Side::Both) > 400.0);
        QVERIFY(atlas()->regionMl(Region::Temporal, Side::Both) > 250.0);
        for (const Region region : {Region::Frontal, Region::Parietal, Region::Temporal, Region::Occipital,
                                    Region::Cerebellum, Region::BasalGanglia, Region::Thalamus}) {
            const double left = atlas()->regionMl(region, Side::Left);
            const double right = atlas()->regionMl(region, Side::Right);
            QVERIFY2(left > 0.75 * right && right > 0.75 * left, toString(region).c_str());
            QVERIFY(std::abs(left + right - atlas()->regionMl(region, Side::Both)) < 1e-6);
        }
        for (const Region region : allRegions())
            QVERIFY2(atlas()->regionMl(region, Side::Both) > 0.1, toString(region).c_str());
    }

    void namedAreasLieWhereTheyShould_data() {
        QTest::addColumn<double>("right");
        QTest::addColumn<double>("anterior");
        QTest::addColumn<double>("superior");
        QTest::addColumn<QString>("area");
        QTest::newRow("hand knob") << -36.0 << -20.0 << 60.0 << "motor_strip left";
        QTest::newRow("face of the motor strip, right") << 54.0 << -2.0 << 40.0 << "motor_strip right";
        QTest::newRow("pars triangularis") << -48.0 << 26.0 << 14.0 << "broca left";
        QTest::newRow("right pars triangularis") << 48.0 << 26.0 << 14.0 << "";
        QTest::newRow("back of superior temporal gyrus") << -58.0 << -40.0 << 14.0 << "wernicke left";
        QTest::newRow("posterior limb") << 22.0 << -12.0 << 10.0 << "internal_capsule right";
        QTest::newRow("optic radiation") << -32.0 << -62.0 << 8.0 << "optic_radiation left";
        QTest::newRow("thalamus") << 12.0 << -18.0 << 8.0 << "";
    }

    void namedAreasLieWhereTheyShould() {
        QFETCH(double, right);
        QFETCH(double, anterior);
        QFETCH(double, superior);
        QFETCH(QString, area);
        const auto& g = atlas()->geometry();
        const auto voxel = g.nearestVoxel(mni(right, anterior, superior));
        const std::uint8_t value = atlas()->areaMap().at(voxel);
        QString found;
        if (value != 0) {
            const NamedArea& named = atlas()->areas()[value - 1U];
            found = QString::fromStdString(named.id + " " + toString(named.side));
        }
        QCOMPARE(found, area);
    }

    void surfacesCoverAllAreas() {
        std::set<std::string> ids;
        for (const AreaSurface& surface : atlas()->surfaces()) {
            ids.insert(surface.areaId);
            QVERIFY2(!surface.points.empty(), surface.areaId.c_str());
        }
        for (const char* id : {"motor_strip", "broca", "wernicke", "internal_capsule", "optic_radiation", "FRO", "BST"})
            QVERIFY2(ids.count(id) == 1, id);
    }

    void theCacheGivesTheSameAtlasAtOnce() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        std::filesystem::copy(kCache / "brain-atlas.bin", path / "brain-atlas.bin");
        QElapsedTimer timer;
        timer.start();
        const auto again = Atlas::load(kTemplates, path, TaskContext{});
        qInfo("from the cache in %lld ms", timer.elapsed());
        QVERIFY(again.has_value());
        QCOMPARE((*again)->placeMap().voxels, atlas()->placeMap().voxels);
        QCOMPARE((*again)->nearestMap().voxels, atlas()->nearestMap().voxels);
        QCOMPARE((*again)->areaMap().voxels, atlas()->areaMap().voxels);
        QCOMPARE((*again)->brain()->voxels, atlas()->brain()->voxels);
        QCOMPARE((*again)->places().size(), atlas()->places().size());
    }

    void aDamagedCacheIsBuiltAnew() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        std::filesystem::copy(kCache / "brain-atlas.bin", path / "brain-atlas.bin");
        QFile file(QString::fromStdString((path / "brain-atlas.bin").string()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(file.size() / 2);
        file.write("damage");
        file.close();
        QElapsedTimer timer;
        timer.start();
        const auto rebuilt = Atlas::load(kTemplates, path, TaskContext{});
        qInfo("built in %lld ms", timer.elapsed());
        QVERIFY(rebuilt.has_value());
        QCOMPARE((*rebuilt)->placeMap().voxels, atlas()->placeMap().voxels);
        QVERIFY(timer.elapsed() < 20000);
    }

    void missingTemplatesNameThePackage() {
        QTemporaryDir folder;
        const auto loaded = Atlas::load(folder.path().toStdString(), folder.path().toStdString(), TaskContext{});
        QVERIFY(!loaded);
        QVERIFY(loaded.error().code == ErrorCode::NotFound);
        QCOMPARE(loaded.error().message.id, std::string("anatomy.templates_missing"));
        QCOMPARE(loaded.error().message.parameters.at("package"), std::string("mricron-data"));
    }

    void aFolderThatCannotBeWrittenIsNoError() {
        const auto loaded = Atlas::load(kTemplates, "/proc/no-such-place", TaskContext{});
        QVERIFY(loaded.has_value());
    }

    void cancelledBuildSaysSo() {
        QTemporaryDir folder;
        std::stop_source stop;
        stop.request_stop();
        const auto loaded = Atlas::load(kTemplates, folder.path().toStdString(), TaskContext(stop.get_token(), {}));
        QVERIFY(!loaded);
        QVERIFY(loaded.error().code == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(AtlasTest)
#include "tst_atlas.moc"
