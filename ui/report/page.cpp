// SPDX-License-Identifier: Apache-2.0
#include "ui/report/page.h"

#include <QPainter>
#include <QTextLayout>
#include <algorithm>
#include <cmath>
#include <memory>

namespace sulcus::paint {

QFont fontOf(const TypeStyle& style) {
    QFont font;
    font.setFamilies({QStringLiteral("DejaVu Sans"), QStringLiteral("Nanum Gothic"), QStringLiteral("NanumGothic")});
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(style.size))));
    font.setBold(style.bold);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(QFont::PreferAntialias);
    if (style.tracking != 0.0)
        font.setLetterSpacing(QFont::AbsoluteSpacing, style.tracking);
    return font;
}

void Canvas::draw(Drawing drawing) { m_pages[static_cast<std::size_t>(m_page)].push_back(std::move(drawing)); }

void Canvas::note(PlacedItem item) {
    item.page = m_page;
    m_items.push_back(std::move(item));
}

void Canvas::turnTo(int page) {
    m_page = page;
    if (page >= pageCount())
        m_pages.resize(static_cast<std::size_t>(page) + 1);
}

void Canvas::paint(int page, QPainter& painter) const {
    for (const Drawing& drawing : m_pages[static_cast<std::size_t>(page)]) {
        painter.save();
        drawing(painter);
        painter.restore();
    }
}

namespace {

/// A paragraph once it is laid out: drawn as often as asked, on any device.
struct SetText {
    std::unique_ptr<QTextLayout> layout;
    QRectF ink; ///< of the lines, from the paragraph's top left
    QString text;
    double height = 0.0;
    bool shortened = false;
};

/// Lays `text` out in lines of `width`; returns how many lines there are.
void layLines(SetText& set, double width, const ParagraphOptions& options, double size) {
    QTextLayout& layout = *set.layout;
    QTextOption option;
    option.setWrapMode(options.breakWords ? QTextOption::WrapAnywhere : QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setUseDesignMetrics(true);
    layout.setTextOption(option);
    const double step = std::ceil(size * options.leading);
    double y = 0.0;
    set.ink = {};
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        const double used = line.naturalTextWidth();
        double x = 0.0;
        if (options.align & Qt::AlignRight)
            x = width - used;
        else if (options.align & Qt::AlignHCenter)
            x = (width - used) / 2.0;
        // A line of a taller fallback font gets the room it needs.
        const double height = std::max(step, std::ceil(line.height()));
        line.setPosition({x, y + (height - line.height()) / 2.0});
        set.ink |= QRectF(x, y + (height - line.height()) / 2.0, used, line.height());
        y += height;
    }
    layout.endLayout();
    set.height = y;
}

std::shared_ptr<const SetText> setText(double width, std::vector<Run> runs, const ParagraphOptions& options) {
    auto set = std::make_shared<SetText>();
    double size = 0.0;
    for (Run& run : runs) {
        size = std::max(size, run.style.size);
        run.text.replace(QLatin1Char('\n'), QChar::LineSeparator);
        run.text.replace(QLatin1Char('\t'), QLatin1Char(' '));
    }
    if (runs.empty())
        return set;
    const auto lay = [&] {
        QString all;
        QList<QTextLayout::FormatRange> formats;
        for (const Run& run : runs) {
            QTextLayout::FormatRange range;
            range.start = static_cast<int>(all.size());
            range.length = static_cast<int>(run.text.size());
            range.format.setFont(fontOf(run.style));
            range.format.setForeground(run.style.colour);
            formats.push_back(range);
            all += run.text;
        }
        set->text = all;
        set->layout = std::make_unique<QTextLayout>(all, fontOf(runs.front().style));
        set->layout->setFormats(formats);
        layLines(*set, width, options, size);
    };
    lay();
    if (options.maxLines > 0 && set->layout->lineCount() > options.maxLines) {
        // Cut after the last line allowed, then take characters away until the ellipsis fits on it.
        const QTextLine last = set->layout->lineAt(options.maxLines - 1);
        int keep = last.textStart() + last.textLength();
        const std::vector<Run> whole = runs;
        do {
            int left = keep;
            runs.clear();
            for (const Run& run : whole) {
                if (left <= 0)
                    break;
                Run part = run;
                part.text = run.text.left(left);
                left -= static_cast<int>(run.text.size());
                runs.push_back(part);
            }
            if (runs.empty())
                runs.push_back({QString(), whole.front().style});
            QString& tail = runs.back().text;
            while (!tail.isEmpty() && (tail.back().isSpace() || tail.back().isHighSurrogate()))
                tail.chop(1);
            tail += QChar(0x2026);
            lay();
            --keep;
        } while (keep > 0 && set->layout->lineCount() > options.maxLines);
        set->shortened = true;
    }
    return set;
}

Block blockOf(double width, std::shared_ptr<const SetText> set) {
    Block block;
    block.width = width;
    block.height = set->height;
    block.place = [set](Canvas& canvas, QPointF at) {
        if (!set->layout || set->text.isEmpty())
            return;
        canvas.note({PlacedItem::Kind::Text, 0, set->ink.translated(at), set->text, set->shortened});
        canvas.draw([set, at](QPainter& painter) { set->layout->draw(&painter, at); });
    };
    return block;
}

} // namespace

Block paragraph(double width, const std::vector<Run>& runs, const ParagraphOptions& options) {
    return blockOf(width, setText(width, runs, options));
}

Block paragraph(double width, const QString& text, const TypeStyle& style, const ParagraphOptions& options) {
    return paragraph(width, std::vector<Run>{{text, style}}, options);
}

Block label(const QString& text, const TypeStyle& style, double maxWidth) {
    ParagraphOptions options;
    options.maxLines = 1;
    const auto set = setText(maxWidth, {{text, style}}, options);
    return blockOf(std::min(maxWidth, std::ceil(set->ink.width()) + 1.0), set);
}

Block stack(std::vector<Block> blocks, double gap) {
    std::erase_if(blocks, [](const Block& block) { return block.empty(); });
    Block result;
    for (const Block& block : blocks) {
        result.width = std::max(result.width, block.width);
        result.height += block.height;
    }
    if (blocks.empty())
        return result;
    result.height += gap * static_cast<double>(blocks.size() - 1);
    result.place = [blocks = std::move(blocks), gap](Canvas& canvas, QPointF at) {
        for (const Block& block : blocks) {
            block.place(canvas, at);
            at.ry() += block.height + gap;
        }
    };
    return result;
}

Block row(std::vector<Block> blocks, double gap, Vertical vertical) {
    Block result;
    for (const Block& block : blocks) {
        result.width += block.width;
        result.height = std::max(result.height, block.height);
    }
    if (blocks.empty())
        return result;
    result.width += gap * static_cast<double>(blocks.size() - 1);
    const double height = result.height;
    result.place = [blocks = std::move(blocks), gap, vertical, height](Canvas& canvas, QPointF at) {
        for (const Block& block : blocks) {
            const double drop = vertical == Vertical::Middle ? (height - block.height) / 2.0 : 0.0;
            if (!block.empty())
                block.place(canvas, {at.x(), at.y() + drop});
            at.rx() += block.width + gap;
        }
    };
    return result;
}

Block space(double width, double height) {
    return {width, height, [](Canvas&, QPointF) {}};
}

Block aligned(Block block, double width, Qt::Alignment alignment) {
    double shift = 0.0;
    if (alignment & Qt::AlignRight)
        shift = width - block.width;
    else if (alignment & Qt::AlignHCenter)
        shift = (width - block.width) / 2.0;
    Block result{width, block.height, {}};
    result.place = [block = std::move(block), shift](Canvas& canvas, QPointF at) {
        if (!block.empty())
            block.place(canvas, {at.x() + shift, at.y()});
    };
    return result;
}

Block framed(Block block, const Frame& frame) {
    Block result{block.width + frame.left + frame.right, block.height + frame.top + frame.bottom, {}};
    const QSizeF size(result.width, result.height);
    result.place = [block = std::move(block), frame, size](Canvas& canvas, QPointF at) {
        canvas.draw([frame, size, at](QPainter& painter) {
            QPainterPath path;
            path.addRoundedRect(QRectF(at, size), frame.radius, frame.radius);
            if (frame.fill.alpha() > 0)
                painter.fillPath(path, frame.fill);
            if (frame.leftBar.alpha() > 0) {
                painter.setClipPath(path);
                painter.fillRect(QRectF(at.x(), at.y(), 9.0, size.height()), frame.leftBar);
                painter.setClipping(false);
            }
            if (frame.border.alpha() > 0)
                painter.strokePath(path, QPen(frame.border, 1.5));
        });
        if (!block.empty())
            block.place(canvas, {at.x() + frame.left, at.y() + frame.top});
    };
    return result;
}

Block drawing(double width, double height, Canvas::Drawing draw) {
    Block block{width, height, {}};
    block.place = [draw = std::move(draw)](Canvas& canvas, QPointF at) {
        canvas.draw([draw, at](QPainter& painter) {
            painter.translate(at);
            draw(painter);
        });
    };
    return block;
}

Block rule(double width, QColor colour, double thickness) {
    return drawing(width, thickness, [width, colour, thickness](QPainter& painter) {
        painter.fillRect(QRectF(0, 0, width, thickness), colour);
    });
}

Flow::Flow(Canvas& canvas, Sheet sheet, std::function<Block(double)> runningHead)
    : m_canvas(canvas), m_sheet(sheet), m_runningHead(std::move(runningHead)), m_y(sheet.top) {}

void Flow::turn() {
    m_canvas.turnTo(m_canvas.page() + 1);
    m_y = m_sheet.top;
    if (const Block head = m_runningHead(width()); !head.empty()) {
        head.place(m_canvas, {m_sheet.left, m_y});
        m_y += head.height;
        m_y += 34.0;
    }
    m_atTop = true;
}

void Flow::put(const Block& block) {
    if (!block.empty())
        block.place(m_canvas, {m_sheet.left, m_y});
    m_y += block.height;
    m_atTop = false;
}

void Flow::add(const Block& block, double gapBefore) {
    if (block.empty())
        return;
    if (!m_atTop && remaining() < block.height + gapBefore)
        turn();
    if (!m_atTop)
        m_y += gapBefore;
    put(block);
}

void Flow::addRows(const Block& title, const Block& head, const std::vector<Block>& rows, double gapBefore,
                   double rowGap) {
    if (rows.empty())
        return;
    // The title, the head and the first two rows stay together; a last row never stands alone overleaf. A table that
    // would be torn although a page of its own could hold it goes overleaf whole, unless that leaves a large hole.
    const double start = title.height + head.height + rows.front().height +
                         (rows.size() > 1 ? rowGap + rows[1].height : 0.0) +
                         (rows.size() == 3 ? rowGap + rows[2].height : 0.0);
    double whole = title.height + head.height + rowGap * static_cast<double>(rows.size() - 1);
    for (const Block& row : rows)
        whole += row.height;
    const double body = m_sheet.height - m_sheet.top - m_sheet.bottom;
    const bool torn = remaining() < whole + gapBefore && whole < 0.9 * body && remaining() < 0.35 * body;
    if (!m_atTop && (remaining() < start + gapBefore || torn))
        turn();
    if (!m_atTop)
        m_y += gapBefore;
    put(title);
    put(head);
    for (std::size_t n = 0; n < rows.size(); ++n) {
        const bool first = n == 0;
        double need = rows[n].height + (first ? 0.0 : rowGap);
        if (n + 2 == rows.size() && n > 1)
            need += rowGap + rows[n + 1].height;
        if (!first && remaining() < need) {
            turn();
            put(head);
        } else if (!first) {
            m_y += rowGap;
        }
        put(rows[n]);
    }
}

} // namespace sulcus::paint
