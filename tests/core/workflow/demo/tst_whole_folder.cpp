// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/demo/whole_folder.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace sulcus;
using sulcus::workflow::WholeFolder;
namespace fs = std::filesystem;

class TestWholeFolder : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path root() const { return m_folder->path().toStdString(); }
    std::size_t entries() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(root()), fs::directory_iterator()));
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theFolderAppearsWhole() {
        WholeFolder whole(root() / "case");
        QVERIFY(whole.begin().has_value());
        std::ofstream(whole.making() / "a") << 'a';
        QVERIFY(!fs::exists(root() / "case"));
        QVERIFY(whole.finish().has_value());
        QVERIFY(fs::exists(root() / "case" / "a"));
        QCOMPARE(entries(), std::size_t{1});
    }

    void whatIsNotFinishedLeavesNothing() {
        {
            WholeFolder whole(root() / "case");
            QVERIFY(whole.begin().has_value());
            std::ofstream(whole.making() / "a") << 'a';
        }
        QCOMPARE(entries(), std::size_t{0});
    }

    void filesOfAFolderThatExistsAreReplaced() {
        fs::create_directories(root() / "case" / "sub");
        std::ofstream(root() / "case" / "sub" / "old") << 'o';
        std::ofstream(root() / "case" / "kept") << 'k';
        WholeFolder whole(root() / "case");
        QVERIFY(whole.begin().has_value());
        fs::create_directories(whole.making() / "sub");
        std::ofstream(whole.making() / "sub" / "new") << 'n';
        QVERIFY(whole.finish().has_value());
        QVERIFY(fs::exists(root() / "case" / "kept") && fs::exists(root() / "case" / "sub" / "new"));
        QVERIFY(!fs::exists(root() / "case" / "sub" / "old"));
    }

    void aFileInTheWayIsRefused() {
        std::ofstream(root() / "case") << 'x';
        QVERIFY(!WholeFolder(root() / "case").begin());
        QVERIFY(fs::is_regular_file(root() / "case"));
    }
};

QTEST_APPLESS_MAIN(TestWholeFolder)
#include "tst_whole_folder.moc"
