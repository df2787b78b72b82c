// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/case.h"
#include "core/imaging/comparison.h"
#include "core/imaging/components.h"
#include "core/imaging/threshold.h"
#include "core/workflow/demo/demo_case.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace sulcus;
using namespace sulcus::imaging;
using namespace sulcus::workflow;

/// What must hold for any seed, and that a seed decides everything.
class DemoSeeds : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::set<std::array<int, 3>> m_places;

    static QByteArray bytesOf(const QString& file) {
        QFile f(file);
        return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase() {
        if (!QDir(QString::fromLatin1(kTemplateFolder)).exists()) {
            QSKIP("SULCUS_SKIPPED_WHOLE_TEST the package mricron-data is not installed");
        }
    }

    void everySeedGivesAUsableTumour_data() {
        QTest::addColumn<unsigned>("seed");
        for (const unsigned seed : {2U, 11U}) {
            QTest::addRow("%u", seed) << seed;
        }
    }
    void everySeedGivesAUsableTumour() {
        QFETCH(unsigned, seed);
        const std::filesystem::path folder = m_dir.filePath(QStringLiteral("Demo_%1").arg(seed)).toStdString();
        QVERIFY(writeDemoCase(folder, seed, kTemplateFolder, TaskContext()));
        const auto read = readCase(*findCase(folder), TaskContext());
        QVERIFY(read);
        const Volume& flair = *read->find(Sequence::Flair);

        // Neither Otsu's threshold of the brain nor that of the whole picture finds the tumour.
        LabelMap whole;
        whole.geometry = flair.geometry;
        const float cut = otsuThreshold(flair.voxels);
        for (const float v : flair.voxels) {
            whole.voxels.push_back(v > cut ? 1 : 0);
        }
        for (const LabelMap& otsu : {otsuMask(flair), whole}) {
            const auto r = compareLabelMaps(otsu, LabelEra::Plain, *read->truth, LabelEra::Brats2021,
                                            ComparisonScheme::Binary, TaskContext());
            QVERIFY(r);
            QVERIFY2(*r->regions.at(Target::Mask).dice < 0.6, qPrintable(QString::number(seed)));
        }

        const auto pieces = findComponents(*read->truth, [](std::uint8_t l) { return l != 0; });
        QVERIFY(pieces.front().ml > 30.0 && pieces.front().ml < 150.0);
        // At least nine tenths lie on one side of the BraTS midline.
        std::array<double, 2> sides{};
        for (int k = 0; k < 155; ++k) {
            for (int j = 0; j < 240; ++j) {
                for (int i = 0; i < 240; ++i) {
                    if (read->truth->at({i, j, k}) != 0) {
                        sides[i < 119 ? 0 : 1] += 1.0;
                    }
                }
            }
        }
        QVERIFY2(std::max(sides[0], sides[1]) / (sides[0] + sides[1]) > 0.9, qPrintable(QString::number(seed)));
        m_places.insert({pieces.front().inside.i, pieces.front().inside.j, pieces.front().inside.k});
    }

    void seedsGiveDifferentPlaces() { QCOMPARE(m_places.size(), std::size_t(2)); }

    void sameSeedGivesTheSameBytes_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("first") << QStringLiteral("a");
        QTest::newRow("again") << QStringLiteral("b");
    }
    void sameSeedGivesTheSameBytes() {
        QFETCH(QString, name);
        const QString folder = m_dir.filePath(name + QStringLiteral("/Same"));
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(writeDemoCase(folder.toStdString(), 5, kTemplateFolder, TaskContext()));
        for (const char* file :
             {"Same_flair.nii.gz", "Same_t1.nii.gz", "Same_t1ce.nii.gz", "Same_t2.nii.gz", "Same_seg.nii.gz"}) {
            const QByteArray first = bytesOf(m_dir.filePath(QStringLiteral("a/Same/") + QLatin1String(file)));
            QVERIFY(first.size() > 1000);
            QVERIFY2(name == "a" || first == bytesOf(m_dir.filePath(QStringLiteral("b/Same/") + QLatin1String(file))),
                     file);
        }
    }
};

QTEST_GUILESS_MAIN(DemoSeeds)
#include "tst_demo_seeds.moc"
