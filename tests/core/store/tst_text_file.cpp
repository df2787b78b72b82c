// SPDX-License-Identifier: Apache-2.0
#include "core/store/text_file.h"

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

using namespace sulcus;
using namespace sulcus::store;

class TestTextFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyWellFormedUtf8Passes() {
        QVERIFY(isUtf8("plain 한글 é"));
        QVERIFY(!isUtf8("\xC7\xD1")); // EUC-KR
        QVERIFY(!isUtf8("\xED\x95")); // cut short
        QVERIFY(!isUtf8("\xFF"));
    }

    void filesAreReadOrRefusedInOneSentence() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("표.csv")).toStdString();
        QVERIFY(writeTextFile(path, "a,b\n").has_value());
        QCOMPARE(readTextFile(path).value(), std::string("a,b\n"));
        const auto mode = std::filesystem::status(path).permissions();
        QCOMPARE(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        QVERIFY(readTextFile(path.string() + "x").error().code == ErrorCode::NotFound);
        QVERIFY(readTextFile(path.parent_path()).error().code == ErrorCode::Unreadable);
        std::ofstream(path) << "\xC7\xD1";
        QCOMPARE(readTextFile(path).error().message.id, std::string("store.text_not_utf8"));
        QVERIFY(writeTextFile("/proc/sulcus/out.csv", "x").error().code == ErrorCode::Unreadable);
    }
};

QTEST_GUILESS_MAIN(TestTextFile)
#include "tst_text_file.moc"
