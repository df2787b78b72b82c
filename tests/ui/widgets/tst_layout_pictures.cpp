// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/session/fake_services.h"
#include "ui/scene/picture.h"
#include "ui/session/job_runner.h"
#include "ui/session/workbench.h"
#include "ui/viewport/vtk_widget.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/view_area.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QTest>

using namespace sulcus;
using namespace sulcus::session;
using namespace sulcus::widgets;

namespace {

scene::Picture fromImage(const QImage& image) {
    const QImage rgba = image.convertToFormat(QImage::Format_RGBA8888);
    scene::Picture picture{rgba.width(), rgba.height(), {}};
    for (int y = 0; y < rgba.height(); ++y)
        picture.rgba.insert(picture.rgba.end(), rgba.constScanLine(y), rgba.constScanLine(y) + 4 * rgba.width());
    return picture;
}

} // namespace

/// The views of every layout against pictures that a person has looked at. The metric is `scene::pictureDifference`
/// (mean difference of 4x4 blocks, 0 to 255): 1.5 forgives another driver's rounding along the many outlines and
/// letters; a view in the wrong place or a missing mask gives 5 and more. SULCUS_UPDATE_GOLDEN=1 writes new ones (look
/// at them!). On failure the new picture is kept in the build tree.
class TestLayoutPictures : public QObject {
    Q_OBJECT

    std::shared_ptr<test::FakeWorld> m_world = std::make_shared<test::FakeWorld>();
    std::unique_ptr<JobRunner> m_runner;
    std::unique_ptr<Workbench> m_bench;
    std::unique_ptr<ViewArea> m_area;

    void compare(const QString& name) {
        QTRY_VERIFY(m_runner->idle());
        QTest::qWait(120); // the surfaces follow a resting hand after 60 ms
        QTRY_VERIFY(m_runner->idle());
        QCoreApplication::processEvents();
        const QImage picture = m_area->snapshot();
        QCOMPARE(picture.size(), QSize(720, 540));
        const QString golden = QStringLiteral(SULCUS_SOURCE_DIR "/tests/data/golden/layout_%1.png").arg(name);
        if (qEnvironmentVariableIsSet("SULCUS_UPDATE_GOLDEN")) {
            QVERIFY(picture.save(golden));
            return;
        }
        const QImage expected(golden);
        QVERIFY2(!expected.isNull(), qPrintable(golden));
        const double difference = scene::pictureDifference(fromImage(picture), fromImage(expected));
        if (difference < 1.5)
            return;
        const QString folder = QStringLiteral(SULCUS_BINARY_DIR "/tests/failed");
        QDir().mkpath(folder);
        picture.save(folder + "/layout_" + name + ".png");
        QFAIL(qPrintable(QStringLiteral("%1 differs by %2 (see %3)").arg(name).arg(difference).arg(folder)));
    }
    void layout(ViewLayout which, ViewKind large = ViewKind::Axial) {
        m_bench->session().view().update([&](ViewState& view) {
            view.layout = which;
            view.large = large;
        });
    }

private Q_SLOTS:
    void initTestCase() {
        Theme::instance().apply(ThemeKind::Dark);
        m_runner = std::make_unique<JobRunner>();
        m_bench = std::make_unique<Workbench>(test::fakeServices(m_world), *m_runner, std::filesystem::path{});
        m_area = std::make_unique<ViewArea>(*m_bench);
        m_area->resize(720, 540);
        m_area->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_area.get()));
        m_bench->openDemo();
        QTRY_VERIFY(m_bench->session().hasCase());
        m_bench->copyTruthToMask();
        QTRY_VERIFY(m_runner->idle());
        // A fixed place, so that nothing depends on which voxel a component calls its middle.
        m_bench->session().view().update([](ViewState& view) { view.cursor = {28.0, 28.0, 20.0}; });
    }
    void cleanupTestCase() {
        m_area.reset();
        m_bench.reset();
        m_runner.reset();
    }

    void fourViews() {
        layout(ViewLayout::Four);
        compare("four");
    }
    void oneLargeAndThree() {
        layout(ViewLayout::OneAndThree, ViewKind::Coronal);
        compare("three");
    }
    void oneView() {
        layout(ViewLayout::Single, ViewKind::Sagittal);
        compare("single");
    }
    void everySequence() {
        layout(ViewLayout::Row);
        compare("row");
    }
    void maskBesideTruth() {
        layout(ViewLayout::SideBySide);
        compare("side");
    }
    void lightBox() {
        m_bench->session().view().update([](ViewState& view) {
            view.montageColumns = 4;
            view.montageRows = 3;
            view.montageStepMm = 3.0;
        });
        layout(ViewLayout::Montage);
        compare("montage");
    }
    void differenceInTheLightBox() {
        m_bench->session().display().update([](DisplayState& display) { display.compare = CompareMode::Difference; });
        compare("montage_difference");
        m_bench->session().display().update([](DisplayState& display) { display.compare = CompareMode::Mask; });
    }
};

int main(int argc, char** argv) {
    viewport::VtkWidget::setDefaultFormat();
    QApplication application(argc, argv);
    TestLayoutPictures test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_layout_pictures.moc"
