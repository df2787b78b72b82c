// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/image_io.h"
#include "tests/ui/session/ball_case.h"
#include "tests/ui/session/fake_services.h"
#include "ui/session/autosave.h"
#include "ui/session/mask_editor.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sulcus;
using namespace sulcus::session;

namespace {

/// One run of the program over a folder that outlives it.
struct Run {
    std::shared_ptr<test::FakeWorld> world = std::make_shared<test::FakeWorld>();
    JobRunner runner{JobRunner::Mode::Inline};
    Workbench bench;
    MaskEditor editor;
    Autosave autosave;
    QList<QByteArray> notes;

    explicit Run(const QTemporaryDir& folder)
        : bench((world->phantom = test::ballCase(), test::fakeServices(world)), runner, {}),
          editor(bench),
          autosave(bench, Autosave::folderBeside(folder.filePath("sulcus.db").toStdString())) {
        QObject::connect(&bench, &Workbench::noted,
                         [this](NoteKind, const Message& message) { notes << QByteArray::fromStdString(message.id); });
        bench.start();
        settle();
    }
    void settle() { QTRY_VERIFY(runner.idle()); }
    void open(const char* path = "/ball") {
        bench.openCase(path);
        settle();
        QCoreApplication::processEvents();
    }
    void paint(int i) {
        editor.setTool(EditTool::Brush);
        editor.setLabel(2);
        const EditPointer where{bench.session().geometry().worldFromIndex({double(i), 20, 15}), 2, false, 1.0};
        editor.press(where);
        editor.release(where);
        settle();
    }
    void keep() {
        autosave.saveNow();
        settle();
    }
};

QStringList copiesIn(const QTemporaryDir& folder) {
    return QDir(folder.filePath("sulcus.db.unsaved")).entryList({"*.nii.gz", "*.json"}, QDir::Files);
}

} // namespace

class TestAutosave : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void editsOfACrashedRunAreOfferedAndRestoredToTheByte() {
        QTemporaryDir folder;
        std::vector<std::uint8_t> edited;
        {
            Run run(folder);
            run.open();
            run.paint(20);
            run.bench.session().data().update([](CaseData& data) { data.origin.seconds = 12.5; });
            run.keep();
            QCOMPARE(copiesIn(folder).size(), 2);
            edited = run.bench.session().data()->mask->voxels;
        } // ends without a word: a crash
        Run run(folder);
        QSignalSpy found(&run.autosave, &Autosave::editsFound);
        run.open();
        QTRY_COMPARE(found.count(), 1);
        QVERIFY(!run.bench.session().hasMask()); // nothing happens unasked
        run.autosave.restore();
        run.settle();
        QCOMPARE(run.bench.session().data()->mask->voxels, edited);
        QVERIFY(run.bench.session().storage()->unsaved);
        QVERIFY(run.bench.session().data()->origin.edited);
        QCOMPARE(run.bench.session().data()->origin.seconds, 12.5);
        QCOMPARE(copiesIn(folder).size(), 2); // it stays until the mask is saved
        run.bench.saveMask(folder.filePath("mask.nii.gz").toStdString());
        run.settle();
        QVERIFY(copiesIn(folder).isEmpty());
    }

    void anotherCaseIsNotOfferedTheEdits() {
        QTemporaryDir folder;
        {
            Run run(folder);
            run.open();
            run.paint(20);
            run.keep();
        }
        Run run(folder);
        auto other = std::make_shared<imaging::Case>(*run.world->phantom);
        other->files.id = "another";
        run.world->phantom = other;
        QSignalSpy found(&run.autosave, &Autosave::editsFound);
        run.open();
        QCOMPARE(found.count(), 0);
        QCOMPARE(copiesIn(folder).size(), 2);
    }

    void droppedEditsAreGone() {
        QTemporaryDir folder;
        {
            Run run(folder);
            run.open();
            run.paint(20);
            run.keep();
        }
        Run run(folder);
        run.open();
        QTRY_VERIFY(run.autosave.found().has_value());
        run.autosave.drop();
        QVERIFY(copiesIn(folder).isEmpty());
        QVERIFY(!run.bench.session().hasMask());
    }

    void anUnansweredQuestionKeepsItsCopy() {
        QTemporaryDir folder;
        {
            Run run(folder);
            run.open();
            run.paint(20);
            run.keep();
        }
        {
            Run run(folder);
            run.open();
            QTRY_VERIFY(run.autosave.found().has_value());
            run.paint(30);
            run.keep(); // must not overwrite what waits for an answer
        }
        Run run(folder);
        run.open();
        QTRY_VERIFY(run.autosave.found().has_value());
        run.autosave.restore();
        run.settle();
        QCOMPARE(run.bench.session().labelAt(run.bench.session().geometry().worldFromIndex({20, 20, 15})),
                 std::uint8_t{2});
        QCOMPARE(run.bench.session().labelAt(run.bench.session().geometry().worldFromIndex({30, 20, 15})),
                 std::uint8_t{0});
    }

    void closingInPeaceLeavesNothing() {
        QTemporaryDir folder;
        Run run(folder);
        run.open();
        run.paint(20);
        run.keep();
        QCOMPARE(copiesIn(folder).size(), 2);
        run.bench.closeCase(); // the window asked before
        QVERIFY(copiesIn(folder).isEmpty());
        run.open();
        run.paint(20);
        run.keep();
        run.bench.session().undo(); // as it was opened: nothing to keep
        QVERIFY(copiesIn(folder).isEmpty());
    }

    void aNetworkIsARiskAndSoIsAMinute() {
        QTemporaryDir folder;
        Run run(folder);
        run.open();
        run.paint(20);
        QVERIFY(copiesIn(folder).isEmpty());
        run.bench.segment();
        run.settle();
        QCOMPARE(copiesIn(folder).size(), 2);
        run.autosave.discard();
        run.paint(30);
        run.autosave.setInterval(20);
        QTRY_COMPARE(copiesIn(folder).size(), 2);
    }

    void aCopyUnderWayIsGivenUpWithTheEdits() {
        QTemporaryDir folder;
        Run run(folder);
        run.open();
        run.paint(20);
        run.autosave.saveNow();
        run.bench.closeCase(); // before the job has run
        run.settle();
        QVERIFY(copiesIn(folder).isEmpty());
    }

    void aSecondProgramSaysThatItKeepsNothing() {
        QTemporaryDir folder;
        Run first(folder);
        first.open();
        first.paint(20);
        first.keep();
        Run second(folder);
        second.open();
        QVERIFY(second.notes.contains("session.case_open_elsewhere"));
        QVERIFY(!second.autosave.found().has_value());
        second.paint(30);
        second.keep();
        second.bench.closeCase();
        QCOMPARE(copiesIn(folder).size(), 2); // those of the first
    }

    void aDatabaseInMemoryKeepsNothing() { QVERIFY(Autosave::folderBeside({}).empty()); }

    void nothingInTheFolderSaysWhoItIs() {
        QTemporaryDir folder;
        Run run(folder);
        run.open("/data/Miller_John");
        run.paint(20);
        run.keep();
        for (const QString& name : copiesIn(folder)) {
            QFile file(folder.filePath("sulcus.db.unsaved/") + name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(!name.contains("Miller"));
            QVERIFY(!file.readAll().contains("Miller"));
        }
    }
};

QTEST_GUILESS_MAIN(TestAutosave)
#include "tst_autosave.moc"
