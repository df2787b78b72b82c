// SPDX-License-Identifier: Apache-2.0
#include "core/learning/training_watch.h"
#include "tests/core/learning/phantom.h"

#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <thread>

using namespace sulcus;
using namespace sulcus::learning;

namespace {

std::vector<TrainingPoint> curve(const std::vector<double>& train, const std::vector<double>& validation) {
    std::vector<TrainingPoint> points(train.size());
    for (std::size_t n = 0; n < train.size(); ++n) {
        points[n].epoch = static_cast<int>(n) + 1;
        points[n].trainLoss = train[n];
        points[n].validationLoss = validation[n];
    }
    return points;
}

} // namespace

class TrainingWatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void overFittingIsSaidWithItsEpoch();
    void healthyCurvesSayNothing_data();
    void healthyCurvesSayNothing();
    void pausedTrainerGoesOnWhenResumed();
    void stopEndsAPauseAndForbidsAnother();
    void tableOfMetricsIsRead();
    void areasAreReadAsAreas();
    void otherTablesAreRefused();
    void unwritablePictureNamesTheFile();
};

void TrainingWatchTest::overFittingIsSaidWithItsEpoch() {
    const auto points =
        curve({1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1}, {1.0, 0.8, 0.7, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2});
    const auto said = whenValidationTurned(points);
    QVERIFY(said.has_value());
    QCOMPARE(said->id, std::string("learning.validation_turned"));
    QCOMPARE(said->parameters.at("epoch"), std::string("4"));
}

void TrainingWatchTest::healthyCurvesSayNothing_data() {
    QTest::addColumn<std::vector<double>>("train");
    QTest::addColumn<std::vector<double>>("validation");
    using V = std::vector<double>;
    QTest::newRow("none yet") << V{} << V{};
    QTest::newRow("too short") << V{3, 2, 1, 0.5} << V{1, 2, 3, 4};
    QTest::newRow("both fall") << V{9, 8, 7, 6, 5, 4, 3, 2} << V{9, 8, 7, 6, 5, 4, 3, 2};
    QTest::newRow("validation levels off") << V{9, 8, 7, 6, 5, 4, 3, 2, 1} << V{9, 5, 4, 4, 4, 4, 4, 4, 4};
    QTest::newRow("one epoch jumps") << V{9, 8, 7, 6, 5, 4, 3, 2, 1} << V{9, 8, 7, 6, 5, 4, 3, 2, 3};
    QTest::newRow("both rise: the rate is too high")
        << V{5, 4, 3, 4, 5, 6, 7, 8, 9, 9} << V{5, 4, 3, 4, 5, 6, 7, 8, 9, 9};
}

void TrainingWatchTest::healthyCurvesSayNothing() {
    QFETCH(std::vector<double>, train);
    QFETCH(std::vector<double>, validation);
    QVERIFY(!whenValidationTurned(curve(train, validation)).has_value());
}

void TrainingWatchTest::pausedTrainerGoesOnWhenResumed() {
    TrainingControl control;
    control.pause();
    QVERIFY(control.paused());
    std::atomic<bool> through = false;
    std::thread trainer([&] {
        control.waitWhilePaused({});
        through = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    QVERIFY(!through);
    control.resume();
    trainer.join();
    QVERIFY(through);
}

void TrainingWatchTest::stopEndsAPauseAndForbidsAnother() {
    TrainingControl control;
    control.pause();
    std::thread trainer([&] { control.waitWhilePaused({}); });
    control.stop();
    trainer.join();
    QVERIFY(control.stopping());
    control.pause();
    QVERIFY(!control.paused());
}

void TrainingWatchTest::tableOfMetricsIsRead() {
    QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "metrics.csv";
    phantom::writeText(file,
                       "epoch,step,learning_rate,train_loss,train_mse,train_dice_WT,train_dice_TC,validation_loss,"
                       "validation_dice_WT,validation_dice_TC,seconds,best\n"
                       "1,4,0.01,0.9,0.2,0.3,,0.8,0.4,0.5,1.5,1\n"
                       "2,8,0.01,0.7,0.1,0.5,0.6,0.85,0.35,0.45,3.5,0\n"
                       "3,12,0.0");
    const auto points = readTrainingPoints(file);
    QVERIFY(points.has_value());
    QCOMPARE(points->size(), 2U);
    QCOMPARE((*points)[0].step, 4);
    QVERIFY(std::isnan((*points)[0].trainDice[1]));
    QCOMPARE((*points)[1].validationDice, (std::vector<double>{0.35, 0.45}));
    QCOMPARE((*points)[1].validationLoss, 0.85);
    QVERIFY((*points)[0].best && !(*points)[1].best);
}

void TrainingWatchTest::areasAreReadAsAreas() {
    QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "metrics.csv";
    phantom::writeText(file, "epoch,step,train_loss,train_auc_Aneurysm,validation_auc_Aneurysm,"
                             "validation_accuracy_Aneurysm,seconds,best\n1,4,0.9,0.6,0.75,0.5,1.5,1\n");
    const auto points = readTrainingPoints(file);
    QVERIFY(points.has_value());
    QCOMPARE(points->front().score, std::string("auc"));
    QCOMPARE(points->front().trainDice, (std::vector<double>{0.6}));
    QCOMPARE(points->front().validationDice, (std::vector<double>{0.75}));
}

void TrainingWatchTest::otherTablesAreRefused() {
    QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "metrics.csv";
    QCOMPARE(readTrainingPoints(file).error().message.id, std::string("learning.file_missing"));
    phantom::writeText(file, "name,patient\na,b\n");
    QCOMPARE(readTrainingPoints(file).error().message.id, std::string("learning.metrics_unreadable"));
}

void TrainingWatchTest::unwritablePictureNamesTheFile() {
    QTemporaryDir folder;
    const auto blocked = std::filesystem::path(folder.path().toStdString()) / "file";
    phantom::writeText(blocked, "not a folder");
    TrainingPicture picture;
    picture.epoch = 12;
    picture.width = picture.height = 1;
    picture.input = picture.truth = picture.prediction = {0};
    QCOMPARE(pictureStem(picture), std::string("epoch_0012"));
    const auto written = writePicture(picture, blocked);
    QVERIFY(!written);
    QVERIFY(written.error().message.parameters.at("file").find("epoch_0012_input.pgm") != std::string::npos);
}

QTEST_GUILESS_MAIN(TrainingWatchTest)
#include "tst_training_watch.moc"
