// SPDX-License-Identifier: Apache-2.0
#include "core/base/csv.h"

#include <QTest>
#include <cmath>

using namespace sulcus;

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
        const CsvTable old = parseCsv("a;b\r1;2\r\"x\ry\";3"); // of spreadsheets that end lines in CR
        QCOMPARE(old.records.size(), std::size_t{2});
        QCOMPARE(old.records[1].fields, (std::vector<std::string>{"x\ry", "3"}));
        QCOMPARE(old.records[1].line, std::size_t{3});
        QCOMPARE(parseCsv("a|b\n1|2\n").header.size(), std::size_t{2});
    }

    void columnsAreFoundByAnyOfTheirNames() {
        const CsvTable table = parseCsv("Patient ID,Birth_Year\n");
        QCOMPARE(table.column("patient_id"), std::size_t{0});
        QCOMPARE(table.firstColumn({"year", "birthyear"}), std::size_t{1});
        QCOMPARE(table.column("name"), table.header.size());
    }

    void blanksAroundQuotesDoNotCount() {
        const CsvTable table = parseCsv("a,b,c\n \"x, y\" ,\t\"\",  z \n1\n");
        QCOMPARE(table.records[0].fields, (std::vector<std::string>{"x, y", "", "  z "}));
        QVERIFY(table.records[0].complete);
        QCOMPARE(table.records[0].field(2), std::string_view("z"));
        QCOMPARE(table.records[1].field(1), std::string_view());
    }

    void numbersHaveSixDigitsAndAPoint() {
        QCOMPARE(csvNumber(0.123456789), std::string("0.123457"));
        QCOMPARE(csvNumber(12.0), std::string("12"));
        QCOMPARE(csvNumber(std::nullopt), std::string());
        QCOMPARE(numberIn("0.25"), 0.25);
        QVERIFY(std::isnan(numberIn("")) && std::isnan(numberIn("1,5")) && std::isnan(numberIn("3 mm")));
    }

    void brokenQuotesAreMarked() {
        QVERIFY(!parseCsv("a,b\n\"open,1\n").records.at(0).complete);
        QVERIFY(!parseCsv("a,b\n\"x\"y,1\n").records.at(0).complete);
        QCOMPARE(parseCsv("").records.size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
