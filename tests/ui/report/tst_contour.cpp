// SPDX-License-Identifier: Apache-2.0
#include "ui/report/contour.h"

#include <QPolygonF>
#include <QTest>
#include <cmath>

using namespace sulcus;

namespace {

double area(const QPainterPath& path) {
    double sum = 0.0;
    for (const QPolygonF& loop : path.toSubpathPolygons())
        for (qsizetype n = 0; n + 1 < loop.size(); ++n)
            sum += loop[n].x() * loop[n + 1].y() - loop[n + 1].x() * loop[n].y();
    return std::abs(sum) / 2.0;
}

} // namespace

class TestContour : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingInsideHasNoOutline();
    void discsAreaIsKept();
    void outlineSeparatesInsideFromOutside();
    void holesAreOutlinedToo();
    void touchingCornersStayApart();
    void shapesAtTheEdgeAreClosed();
};

void TestContour::nothingInsideHasNoOutline() {
    QVERIFY(paint::contour(8, 8, [](int, int) { return false; }).isEmpty());
    QVERIFY(paint::contour(0, 0, [](int, int) { return true; }).isEmpty());
}

void TestContour::discsAreaIsKept() {
    for (const double r : {6.0, 12.5, 20.0}) {
        int count = 0;
        const auto in = [r](int x, int y) { return std::hypot(x - 32.0, y - 32.0) <= r; };
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x)
                count += in(x, y) ? 1 : 0;
        // Cutting the corners takes less than half a pixel of area for each pixel along the edge.
        QVERIFY(std::abs(area(paint::contour(64, 64, in)) - count) < 0.5 * 2.0 * 3.1416 * r * 0.5);
    }
}

void TestContour::outlineSeparatesInsideFromOutside() {
    const auto in = [](int x, int y) { return (x * 7 + y * 3) % 11 < 6 && x > 2 && y > 2 && x < 28 && y < 28; };
    QPainterPath path = paint::contour(32, 32, in);
    path.setFillRule(Qt::OddEvenFill);
    for (int y = 0; y < 32; ++y)
        for (int x = 0; x < 32; ++x)
            QCOMPARE(path.contains(QPointF(x, y)), in(x, y));
}

void TestContour::holesAreOutlinedToo() {
    const auto in = [](int x, int y) {
        const double r = std::hypot(x - 10.0, y - 10.0);
        return r < 8.0 && r > 3.0;
    };
    QCOMPARE(paint::contour(21, 21, in).toSubpathPolygons().size(), qsizetype{2});
}

void TestContour::touchingCornersStayApart() {
    const auto in = [](int x, int y) { return (x == 2 && y == 2) || (x == 3 && y == 3); };
    QCOMPARE(paint::contour(6, 6, in).toSubpathPolygons().size(), qsizetype{2});
}

void TestContour::shapesAtTheEdgeAreClosed() {
    const QPainterPath path = paint::contour(4, 4, [](int, int) { return true; });
    QCOMPARE(path.toSubpathPolygons().size(), qsizetype{1});
    QVERIFY(path.toSubpathPolygons().front().isClosed());
    QVERIFY(path.contains(QPointF(0, 0)));
}

QTEST_GUILESS_MAIN(TestContour)
#include "tst_contour.moc"
