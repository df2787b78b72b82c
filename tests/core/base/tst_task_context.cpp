// SPDX-License-Identifier: Apache-2.0
#include "core/base/task_context.h"

#include <QTest>
#include <string>
#include <vector>

using namespace sulcus;

class TestTaskContext : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultContextIsSilentAndNeverCancelled() {
        const TaskContext task;
        task.report(0.5, "stage.reading");
        QVERIFY(!task.cancelled());
    }

    void stopRequestIsSeenByEveryCopy() {
        std::stop_source source;
        const TaskContext task(source.get_token(), {});
        const TaskContext part = task.part(0.2, 0.4);
        QVERIFY(!part.cancelled());
        source.request_stop();
        QVERIFY(task.cancelled());
        QVERIFY(part.cancelled());
    }

    void nestedPartsShareOneBar() {
        std::vector<double> seen;
        const TaskContext task({}, [&](double fraction, std::string_view) { seen.push_back(fraction); });
        task.part(0.5, 1.0).part(0.0, 0.5).report(1.0);
        task.part(0.5, 1.0).part(0.5, 1.0).report(0.0);
        task.part(0.0, 0.5).report(2.0); // beyond the end counts as the end
        QCOMPARE(seen, (std::vector<double>{0.75, 0.75, 0.5}));
    }

    void stageIsPassedOn() {
        std::string stage;
        const TaskContext task({}, [&](double, std::string_view name) { stage = name; });
        task.part(0.1, 0.2).report(0.0, "stage.reading");
        QCOMPARE(stage, std::string("stage.reading"));
    }
};

QTEST_GUILESS_MAIN(TestTaskContext)
#include "tst_task_context.moc"
