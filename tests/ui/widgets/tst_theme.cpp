// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QApplication>
#include <QDir>
#include <QFontMetrics>
#include <QPalette>
#include <QRawFont>
#include <QTest>

using namespace sulcus::widgets;

Q_DECLARE_METATYPE(sulcus::widgets::ThemeKind)

class TestTheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTextCanBeRead_data() {
        QTest::addColumn<ThemeKind>("kind");
        QTest::newRow("dark") << ThemeKind::Dark;
        QTest::newRow("light") << ThemeKind::Light;
    }
    void everyTextCanBeRead() {
        QFETCH(ThemeKind, kind);
        const ThemeColours c = themeColours(kind);
        for (const QColor& ground : {c.window, c.panel, c.raised}) {
            for (const QColor& ink : {c.text, c.muted, c.accent, c.good, c.warn, c.bad}) {
                const double ratio = contrastRatio(ink, ground);
                QVERIFY2(ratio >= 4.5,
                         qPrintable(QStringLiteral("%1 on %2: %3").arg(ink.name(), ground.name()).arg(ratio)));
            }
        }
        // Chosen rows lie on the colour of the pointer, chosen words on the accent.
        for (const QColor& ink : {c.text, c.muted})
            QVERIFY2(contrastRatio(ink, c.hover) >= 4.5, qPrintable(ink.name()));
        Theme::instance().apply(kind);
        const QPalette palette = QApplication::palette();
        QVERIFY(contrastRatio(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.5);
        QVERIFY(contrastRatio(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= 4.5);
        QVERIFY(contrastRatio(palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase)) >= 4.5);
        // What cannot be used now is told apart from what can, and can be read all the same.
        for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
            const QColor disabled = palette.color(QPalette::Disabled, role);
            for (const QColor& ground : {c.window, c.panel, c.raised})
                QVERIFY2(contrastRatio(disabled, ground) >= 4.5, qPrintable(ground.name()));
            QVERIFY(contrastRatio(disabled, c.text) >= 2.0);
        }
        QVERIFY(contrastRatio(c.onAccent, c.accent) >= 4.5);
        QVERIFY(contrastRatio(c.onAccent, c.warn) >= 4.5); // the badge
    }

    void blackOnWhiteIsTwentyOne() {
        QVERIFY(std::abs(contrastRatio(Qt::black, Qt::white) - 21.0) < 0.01);
        QVERIFY(std::abs(contrastRatio(Qt::white, Qt::white) - 1.0) < 0.01);
    }

    void everyIconDraws() {
        Theme::instance().apply(ThemeKind::Dark);
        const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
        QVERIFY(files.size() > 30);
        for (const QString& file : files) {
            const QPixmap picture = Theme::instance().pixmap(QFileInfo(file).baseName(), 24, Qt::white, 1.0);
            const QImage image = picture.toImage();
            int drawn = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    drawn += qAlpha(image.pixel(x, y)) > 128 ? 1 : 0;
            QVERIFY2(drawn > 20, qPrintable(file));
        }
    }

    void numbersReadLikeNumbers() {
        QCOMPARE(percent(0.004), QString("0.4 %"));
        QCOMPARE(percent(0.72), QString("72 %"));
        QCOMPARE(millilitres(12.345), QString("12.3 ml"));
        QCOMPARE(duration(0.2), QString("about a second"));
        QCOMPARE(duration(200.0), QString("about 3 min"));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
