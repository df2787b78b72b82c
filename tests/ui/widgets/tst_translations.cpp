// SPDX-License-Identifier: Apache-2.0
#include "ui/session/message_catalogue.h"
#include "ui/session/plain_words.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QRawFont>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace sulcus;

namespace {

struct Entry {
    QString context;
    QString source;
    QString translation;
};

std::vector<Entry> koreanEntries() {
    QFile file(QStringLiteral(SULCUS_SOURCE_DIR "/resources/translations/sulcus_ko.ts"));
    std::vector<Entry> entries;
    if (!file.open(QIODevice::ReadOnly))
        return entries;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("source"))
            entries.push_back({context, xml.readElementText(), {}});
        else if (xml.name() == QLatin1String("translation") || xml.name() == QLatin1String("numerusform")) {
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            if (!entries.empty() && entries.back().translation.trimmed().isEmpty())
                entries.back().translation = text;
        }
    }
    return entries;
}

QStringList placesOf(const QString& text) {
    static const QRegularExpression place(QStringLiteral("%[0-9n]|\\{[a-zA-Z_]+\\}"));
    QStringList places;
    for (auto it = place.globalMatch(text); it.hasNext();)
        places << it.next().captured();
    places.sort();
    places.removeDuplicates();
    return places;
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTranslationKeepsItsPlaces() {
        const auto entries = koreanEntries();
        QVERIFY(entries.size() > 400);
        for (const Entry& entry : entries) {
            QVERIFY2(!entry.translation.trimmed().isEmpty() || entry.source.trimmed() == "and",
                     qPrintable(entry.source));
            QVERIFY2(placesOf(entry.source) == placesOf(entry.translation),
                     qPrintable(entry.source + " -> " + entry.translation));
        }
    }

    void oneWordIsKeptForOneThing() {
        // Left: what is never written; it would be a second word for the thing on the right.
        const std::vector<std::pair<QString, QString>> words{{QStringLiteral("레이블"), QStringLiteral("라벨")},
                                                             {QStringLiteral("네트워크"), QStringLiteral("신경망")}};
        for (const Entry& entry : koreanEntries())
            for (const auto& [other, word] : words)
                QVERIFY2(!entry.translation.contains(other), qPrintable(entry.translation + " : " + word));
    }

    void everySentenceOfTheCatalogueHasAKoreanTwin() {
        QSet<QString> known;
        for (const Entry& entry : koreanEntries()) {
            if (entry.context == QLatin1String("messages"))
                known << entry.source;
        }
        // No translator is installed here, so a sentence without parameters is its English source.
        for (const QString& id : session::messageIds()) {
            const QString source = session::sentence(id.toStdString());
            QVERIFY2(known.contains(source), qPrintable(id + QStringLiteral(": ") + source));
        }
    }

    void everyTextHasAKoreanTwin_data() {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("call"); // what stands before the literal
        QTest::addColumn<QString>("context");
        QTest::addColumn<int>("least");
        // Contexts of tr() at run time are class names with their namespace: any will do.
        QTest::newRow("window") << "/ui/widgets"
                                << "\\btr\\(" << QString() << 250;
        QTest::newRow("report") << "/ui/report"
                                << "\\btranslate\\(\\s*\"report\","
                                << "report" << 120;
    }

    void everyTextHasAKoreanTwin() {
        QFETCH(QString, folder);
        QFETCH(QString, call);
        QFETCH(QString, context);
        QFETCH(int, least);
        QSet<QString> known;
        for (const Entry& entry : koreanEntries())
            if (context.isEmpty() || entry.context == context)
                known.insert(entry.source);
        const QRegularExpression begin(call + QStringLiteral("\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)"));
        static const QRegularExpression literal(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\""));
        const QDir sources(QStringLiteral(SULCUS_SOURCE_DIR) + folder);
        int checked = 0;
        for (const QString& name : sources.entryList({QStringLiteral("*.cpp")})) {
            QFile file(sources.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString code = QString::fromUtf8(file.readAll());
            for (auto it = begin.globalMatch(code); it.hasNext();) {
                QString text;
                for (auto part = literal.globalMatch(it.next().captured(1)); part.hasNext();)
                    text += part.next().captured(1);
                text.replace(QLatin1String("\\n"), QLatin1String("\n"))
                    .replace(QLatin1String("\\\""), QLatin1String("\""));
                QVERIFY2(known.contains(text), qPrintable(name + ": " + text));
                ++checked;
            }
        }
        QVERIFY(checked > least);
    }

    void noGlyphOfTheShippedFontsIsMissing() {
        const QFont font(QStringLiteral("NanumGothic"));
        const QRawFont raw = QRawFont::fromFont(font, QFontDatabase::Korean);
        const QRawFont signs = QRawFont::fromFont(QFont(QStringLiteral("DejaVu Sans")));
        if (!raw.familyName().contains(QStringLiteral("Nanum")))
            QSKIP("fonts-nanum is not installed");
        for (const Entry& entry : koreanEntries())
            for (const QChar letter : entry.translation)
                QVERIFY2(letter.isSpace() || raw.supportsCharacter(letter) || signs.supportsCharacter(letter),
                         qPrintable(entry.translation + QStringLiteral(" : ") + letter));
    }

    void theWindowSpeaksKoreanWithItsTranslator() {
        widgets::loadResources();
        QTranslator translator;
        QVERIFY(translator.load(QStringLiteral(":/translations/sulcus_ko.qm")));
        QVERIFY(QApplication::installTranslator(&translator));
        QCOMPARE(widgets::sideName(Side::Left), QString::fromUtf8("왼쪽"));
        QCOMPARE(session::sentence("region.fro"), QString::fromUtf8("전두엽"));
        QCOMPARE(widgets::regionName(anatomy::Region::Frontal, Side::Right), QString::fromUtf8("오른쪽 전두엽"));
        // A bundle names its labels in English; only codes of its own keep that name.
        QCOMPARE(session::labelWord({4, "ET", "Enhancing tumour", {}}), session::sentence("label.et"));
        QVERIFY(session::labelWord({4, "ET", "Enhancing tumour", {}}) != QString("Enhancing tumour"));
        QCOMPARE(session::labelWord({9, "spleen", "Spleen", {}}), QString("Spleen"));
        QApplication::removeTranslator(&translator);
        QCOMPARE(widgets::sideName(Side::Left), QString("left"));
        QCOMPARE(session::labelWord({4, "ET", "Enhancing tumour", {}}), QString("Enhancing tumour"));
    }
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
