// SPDX-License-Identifier: Apache-2.0
#include "core/store/csv.h"

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

using namespace sulcus;
using namespace sulcus::store;

class TestCsv : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenComesBack() {
        const std::vector<std::vector<std::string>> rows{
            {"a", "b", "c"},
            {"plain", "", "with, comma"},
            {"\"quoted\"", "two\nlines", "semi;colon"},
            {"한글", "tab\there", " "},
            {"", "", ""},
            {"ends with CR\r", "\r\n", "\"\""},
        };
        std::string text;
        for (const auto& row : rows)
            text += csvLine(row);
        const CsvTable table = parseCsv(text, ',');
        QCOMPARE(table.header, rows.front());
        QCOMPARE(table.records.size(), rows.size() - 1);
        for (std::size_t i = 1; i < rows.size(); ++i) {
            QCOMPARE(table.records[i - 1].fields, rows[i]);
            QVERIFY(table.records[i - 1].complete);
        }
    }

    void linesAreCountedInTheText() {
        const CsvTable table = parseCsv("h1,h2\n\n\"two\nlines\",x\nlast,y");
        QCOMPARE(table.records.size(), std::size_t{2});
        QCOMPARE(table.records[0].line, std::size_t{3});
        QCOMPARE(table.records[1].line, std::size_t{5});
        QCOMPARE(table.records[1].fields, (std::vector<std::string>{"last", "y"}));
    }

    void windowsFilesAndOtherDelimitersAreRead() {
        const CsvTable marked = parseCsv("\xEF\xBB\xBFid;name\r\n1;Kim, A\r\n");
        QCOMPARE(marked.header, (std::vector<std::string>{"id", "name"}));
        QCOMPARE(marked.records.at(0).fields, (std::vector<std::string>{"1", "Kim, A"}));
        QCOMPARE(parseCsv("a\tb\n1\t2\n").header.size(), std::size_t{2});
        QCOMPARE(parseCsv("a|b\n1|2\n").header.size(), std::size_t{2});
    }

    void columnsAreFoundByAnyOfTheirNames() {
        const CsvTable table = parseCsv("Patient ID,Birth_Year\n");
        QCOMPARE(table.column("patient_id"), std::size_t{0});
        QCOMPARE(table.firstColumn({"year", "birthyear"}), std::size_t{1});
        QCOMPARE(table.column("name"), table.header.size());
    }

    void brokenQuotesAreMarked() {
        QVERIFY(!parseCsv("a,b\n\"open,1\n").records.at(0).complete);
        QVERIFY(!parseCsv("a,b\n\"x\"y,1\n").records.at(0).complete);
        QCOMPARE(parseCsv("").records.size(), std::size_t{0});
    }

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

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
