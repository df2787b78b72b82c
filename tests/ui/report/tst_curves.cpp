// SPDX-License-Identifier: Apache-2.0
#include "ui/report/curves.h"
#include "ui/scene/curve_chart.h"
#include "ui/session/message_catalogue.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace sulcus;

namespace {

const QByteArray kTable =
    "epoch,step,learning_rate,train_loss,train_mse,train_dice_WT,validation_loss,validation_dice_WT,"
    "seconds,best\n"
    "1,10,0.001,0.9,,0.2,0.8,0.3,12.5,1\n"
    "2,20,0.001,0.6,,0.5,0.6,0.55,12.1,1\n"
    "3,30,0.0005,0.5,,0.6,,,12.0,0\n"
    "4,40,0.0005,0.4,,0.7,0.5,0.68,12.2,1\n";

QString write(const QTemporaryDir& folder, const QByteArray& text) {
    const QString path = folder.filePath(QStringLiteral("metrics.csv"));
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    return path;
}

} // namespace

class TestCurves : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tableIsRead();
    void emptyCellsAreNoNumbers();
    void halfWrittenLineIsLeftOut();
    void panelsHoldWhatBelongsTogether();
    void trainingIsDashed();
    void aClassificationShowsItsAreasAndNoDice();
    void filesThatAreNoTableAreRefused_data();
    void filesThatAreNoTableAreRefused();
    void tableWithoutScoresIsRefused();
    void pictureIsWritten();
};

void TestCurves::tableIsRead() {
    QTemporaryDir folder;
    const auto metrics = paint::readMetrics(write(folder, kTable).toStdString());
    QVERIFY(metrics.has_value());
    QCOMPARE(metrics->stepName, std::string("epoch"));
    QCOMPARE(metrics->steps, (std::vector<double>{1, 2, 3, 4}));
    QCOMPARE(metrics->columns.size(), std::size_t{9});
    QCOMPARE(metrics->columns[1].name, std::string("learning_rate"));
    QCOMPARE(metrics->columns[1].values[2], 0.0005);
}

void TestCurves::emptyCellsAreNoNumbers() {
    QTemporaryDir folder;
    const auto metrics = paint::readMetrics(write(folder, kTable).toStdString());
    QVERIFY(std::isnan(metrics->columns[5].values[2]));
    QCOMPARE(metrics->columns[5].values[3], 0.5);
}

void TestCurves::halfWrittenLineIsLeftOut() {
    QTemporaryDir folder;
    const auto metrics = paint::readMetrics(write(folder, kTable + "5,50,0.00").toStdString());
    QCOMPARE(metrics->steps.size(), std::size_t{4});
}

void TestCurves::panelsHoldWhatBelongsTogether() {
    QTemporaryDir folder;
    const auto panels = paint::curvePanels(*paint::readMetrics(write(folder, kTable).toStdString()));
    QCOMPARE(panels.size(), std::size_t{3}); // the column of squared errors is empty
    QCOMPARE(panels[0].curves.size(), std::size_t{2});
    QCOMPARE(panels[1].curves.size(), std::size_t{2});
    QCOMPARE(*panels[1].yHigh, 1.0);
    QVERIFY(panels[2].logarithmicY);
}

void TestCurves::trainingIsDashed() {
    QTemporaryDir folder;
    const auto panels = paint::curvePanels(*paint::readMetrics(write(folder, kTable).toStdString()));
    for (const scene::Curve& curve : panels[1].curves)
        QCOMPARE(curve.dashed, QString::fromStdString(curve.name).contains(QStringLiteral("training")));
    QVERIFY(panels[1].curves[0].colour == panels[1].curves[1].colour);
}

void TestCurves::aClassificationShowsItsAreasAndNoDice() {
    QTemporaryDir folder;
    const QByteArray table = "epoch,step,learning_rate,train_loss,train_mse,train_auc_Aneurysm,validation_loss,"
                             "validation_auc_Aneurysm,validation_accuracy_Aneurysm,seconds,best\n"
                             "1,10,0.01,0.9,0.2,0.5,0.8,0.6,0.5,3,1\n2,20,0.01,0.8,0.2,0.7,0.7,0.75,0.6,6,1\n";
    const auto panels = paint::curvePanels(*paint::readMetrics(write(folder, table).toStdString()));
    const auto area =
        std::find_if(panels.begin(), panels.end(), [](const auto& panel) { return panel.title == "AUC"; });
    QVERIFY(area != panels.end());
    QCOMPARE(area->curves.size(), std::size_t{2});
    QVERIFY(area->curves[0].name.rfind("AUC Aneurysm", 0) == 0);
    for (const auto& panel : panels) {
        QVERIFY(panel.wholeX);
        for (const auto& curve : panel.curves)
            QVERIFY(curve.name.find("Dice") == std::string::npos);
    }
}

void TestCurves::filesThatAreNoTableAreRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("heading alone") << QByteArray("epoch,train_loss\n");
    QTest::newRow("one column") << QByteArray("epoch\n1\n2\n");
    QTest::newRow("no table") << QByteArray("once upon a time\nthere was, a, file\n");
}

void TestCurves::filesThatAreNoTableAreRefused() {
    QFETCH(QByteArray, text);
    QTemporaryDir folder;
    const auto metrics = paint::readMetrics(write(folder, text).toStdString());
    QVERIFY(!metrics.has_value());
    QCOMPARE(metrics.error().message.id, std::string("ui_report.curves_no_table"));
    QVERIFY(session::sentence(metrics.error().message).contains(folder.path()));
    QVERIFY(!paint::readMetrics(folder.filePath(QStringLiteral("none.csv")).toStdString()).has_value());
}

void TestCurves::tableWithoutScoresIsRefused() {
    const auto image = paint::paintCurves({"epoch", {1, 2}, {{"seconds", {3, 4}}}});
    QVERIFY(!image.has_value());
    QVERIFY(image.error().code == ErrorCode::InvalidInput);
}

void TestCurves::pictureIsWritten() {
    QTemporaryDir folder;
    const QString csv = write(folder, kTable);
    const QString png = folder.filePath(QStringLiteral("curves.png"));
    const auto written =
        paint::writeCurves(csv.toStdString(), png.toStdString(), {QStringLiteral("brain-tumour"), 1200});
    QVERIFY2(written.has_value(), written ? "" : written.error().message.id.c_str());
    const QImage image(png);
    QCOMPARE(image.width(), 1200);
    // White paper with something on it, at the top (title) as well as below (chart).
    QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
    const auto inkIn = [&](int top, int bottom) {
        for (int y = top; y < bottom; ++y)
            for (int x = 0; x < image.width(); ++x)
                if (qGray(image.pixel(x, y)) < 128)
                    return true;
        return false;
    };
    QVERIFY(inkIn(0, 90));
    QVERIFY(inkIn(150, image.height()));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2);
}

QTEST_MAIN(TestCurves)
#include "tst_curves.moc"
