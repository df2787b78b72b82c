// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/report/report_painter.h"

#include <QColor>
#include <QFont>
#include <QPainterPath>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <functional>
#include <vector>

class QPainter;

/// Setting a page: blocks that know their size before anything is drawn, put one below the other over as many pages as
/// it takes. All lengths are in units of 1/200 inch; the painter scales them to the picture's resolution.
namespace sulcus::paint {

struct Ink {
    static constexpr QRgb kText = 0xff1b2229;
    static constexpr QRgb kQuiet = 0xff5a6672;
    static constexpr QRgb kLine = 0xffcfd6dc;
    static constexpr QRgb kPanel = 0xfff3f6f8;
    static constexpr QRgb kAccent = 0xff0f4c6b;
    static constexpr QRgb kWarning = 0xff9a5200;
};

/// How a run of text looks.
struct TypeStyle {
    double size = 22.0; ///< height of the font
    bool bold = false;
    QColor colour = QColor::fromRgb(Ink::kText);
    double tracking = 0.0; ///< extra space between letters
};

struct Run {
    QString text;
    TypeStyle style;
};

struct ParagraphOptions {
    Qt::Alignment align = Qt::AlignLeft;
    int maxLines = 0;        ///< 0: as many as it takes; the last line ends in an ellipsis when there would be more
    double leading = 1.28;   ///< distance of the baselines, times the font's size
    bool breakWords = false; ///< break anywhere (hashes, paths)
};

/// DejaVu Sans, and Nanum Gothic for Korean.
QFont fontOf(const TypeStyle& style);

/// Collects what is drawn on each page, and where text and pictures lie.
class Canvas {
public:
    using Drawing = std::function<void(QPainter&)>;
    void draw(Drawing drawing);
    void note(PlacedItem item);
    void turnTo(int page);
    int page() const { return m_page; }
    int pageCount() const { return static_cast<int>(m_pages.size()); }
    void paint(int page, QPainter& painter) const;
    const std::vector<PlacedItem>& items() const { return m_items; }

private:
    std::vector<std::vector<Drawing>> m_pages{1};
    std::vector<PlacedItem> m_items;
    int m_page = 0;
};

/// Something of known size that can be put anywhere, whole.
struct Block {
    double width = 0.0;
    double height = 0.0;
    std::function<void(Canvas&, QPointF topLeft)> place;

    bool empty() const { return !place; }
};

Block paragraph(double width, const std::vector<Run>& runs, const ParagraphOptions& options = {});
Block paragraph(double width, const QString& text, const TypeStyle& style = {}, const ParagraphOptions& options = {});
/// As wide as its text, in one line.
Block label(const QString& text, const TypeStyle& style, double maxWidth);
Block stack(std::vector<Block> blocks, double gap);
enum class Vertical { Top, Middle };
Block row(std::vector<Block> blocks, double gap, Vertical vertical = Vertical::Top);
Block space(double width, double height);
/// Widened to `width`, contents at the given side.
Block aligned(Block block, double width, Qt::Alignment alignment);
struct Frame {
    double left = 0, top = 0, right = 0, bottom = 0; ///< padding
    QColor fill = Qt::transparent;
    QColor border = Qt::transparent;
    double radius = 0.0;
    QColor leftBar = Qt::transparent; ///< a thick bar along the left edge
};
Block framed(Block block, const Frame& frame);
/// A drawing in the coordinates 0..width x 0..height.
Block drawing(double width, double height, Canvas::Drawing draw);
Block rule(double width, QColor colour, double thickness = 1.5);

/// Fills pages from top to bottom.
class Flow {
public:
    struct Sheet {
        double width = 1654.0;
        double height = 2339.0;
        double left = 100.0;
        double right = 100.0;
        double top = 78.0;
        double bottom = 130.0; ///< the footer's band included
    };

    /// `runningHead` heads every page but the first.
    Flow(Canvas& canvas, Sheet sheet, std::function<Block(double width)> runningHead);

    double width() const { return m_sheet.width - m_sheet.left - m_sheet.right; }
    const Sheet& sheet() const { return m_sheet; }
    double remaining() const { return m_sheet.height - m_sheet.bottom - m_y; }
    void add(const Block& block, double gapBefore);
    /// `head` stays with the first row and is repeated when the rows go on overleaf.
    void addRows(const Block& title, const Block& head, const std::vector<Block>& rows, double gapBefore,
                 double rowGap = 0.0);

private:
    void put(const Block& block);
    void turn();

    Canvas& m_canvas;
    Sheet m_sheet;
    std::function<Block(double)> m_runningHead;
    double m_y;
    bool m_atTop = true;
};

} // namespace sulcus::paint
