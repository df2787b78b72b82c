// SPDX-License-Identifier: Apache-2.0
#include "ui/report/brain_picture.h"

#include "ui/report/contour.h"
#include "ui/report/words.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <set>
#include <vector>

namespace sulcus::paint {

namespace {

using report::BrainProjection;
using report::BrainView;

struct Colours {
    QColor tumour; ///< of the regions that hold it
    QColor tumourLine;
    QColor symptom; ///< hatching
    QColor ring;
    QColor ringShade;
    QColor brain;
    QColor lobeLine;
    QColor brainLine;
    QColor text;
};

// Okabe-Ito orange, blue and vermilion, darker or lighter where thin lines need it.
const Colours kPaper{{230, 159, 0, 120}, {184, 127, 0},   {0, 90, 150},
                     {160, 45, 0},       Qt::white,       {238, 241, 244},
                     {190, 198, 206},    {120, 130, 140}, QColor::fromRgb(Ink::kQuiet)};
const Colours kDark{{230, 159, 0, 110}, {240, 180, 50}, {110, 195, 245}, {255, 130, 70}, {20, 24, 28},
                    {52, 58, 65},       {92, 100, 109}, {160, 168, 176}, {200, 206, 212}};

std::uint64_t bitsOf(const std::vector<MarkedRegion>& regions) {
    std::uint64_t bits = 0;
    for (const MarkedRegion& marked : regions)
        bits |= report::placeBits(marked.region, marked.side);
    return bits;
}

QPainterPath pathOf(const BrainView& view, std::uint64_t bits) {
    const QPainterPath all = contour(view.width, view.height, [&](int x, int y) {
        return (view.places[static_cast<std::size_t>(y) * static_cast<std::size_t>(view.width) +
                            static_cast<std::size_t>(x)] &
                bits) != 0;
    });
    // Specks at the seams of the atlas say nothing at this size.
    constexpr double kSpeck = 6.0;
    QPainterPath path;
    for (const QPolygonF& loop : all.toSubpathPolygons())
        if (const QRectF bounds = loop.boundingRect(); bounds.width() > kSpeck || bounds.height() > kSpeck)
            path.addPolygon(loop);
    return path;
}

/// Slanted lines across `area`, `spacing` apart.
void hatch(QPainter& painter, const QPainterPath& area, double spacing, const QPen& pen) {
    if (area.isEmpty())
        return;
    painter.save();
    painter.setClipPath(area, Qt::IntersectClip);
    painter.setPen(pen);
    const QRectF bounds = area.boundingRect();
    const double reach = bounds.height();
    for (double x = std::floor((bounds.left() - reach) / spacing) * spacing; x < bounds.right() + reach; x += spacing)
        painter.drawLine(QPointF(x, bounds.bottom()), QPointF(x + reach, bounds.top()));
    painter.restore();
}

struct Silhouette {
    QPainterPath brain;
    std::vector<QPainterPath> lobes;
    QPainterPath mask;
    QPainterPath suggested;
    bool weakly = false;
    std::vector<std::pair<QPointF, double>> tumour; ///< pixels
    QRectF bounds;
};

Silhouette silhouetteOf(const BrainView& view, const BrainMarks& marks) {
    Silhouette s;
    s.brain = contour(view.width, view.height, [&](int x, int y) { return view.inside(x, y); });
    std::set<anatomy::Region> seen;
    for (std::size_t n = 0; n < view.places.size(); ++n)
        if (view.places[n] != 0)
            seen.insert(view.regionSeen[n]);
    for (const anatomy::Region region : seen)
        s.lobes.push_back(contour(view.width, view.height, [&](int x, int y) {
            return view.inside(x, y) &&
                   view.regionSeen[static_cast<std::size_t>(y) * static_cast<std::size_t>(view.width) +
                                   static_cast<std::size_t>(x)] == region;
        }));
    s.mask = pathOf(view, bitsOf(marks.tumour));
    s.suggested = pathOf(view, bitsOf(marks.suggested));
    s.weakly = marks.weakly;
    for (const BrainMarks::Ball& ball : marks.pieces) {
        const auto p = view.positionOf(ball.centre);
        s.tumour.emplace_back(QPointF(p.column, p.row), ball.radiusMm / std::abs(view.acrossStep));
    }
    s.bounds = s.brain.boundingRect();
    return s;
}

void paintSilhouette(QPainter& painter, const Silhouette& s, double scale, const Colours& colours) {
    const QTransform toPage = QTransform::fromScale(scale, scale);
    const QPainterPath brain = toPage.map(s.brain);
    painter.fillPath(brain, colours.brain);
    const QPainterPath mask = toPage.map(s.mask);
    painter.fillPath(mask, colours.tumour);
    for (const QPainterPath& lobe : s.lobes)
        painter.strokePath(toPage.map(lobe), QPen(colours.lobeLine, 1.2));
    painter.strokePath(mask, QPen(colours.tumourLine, 2.0));
    const QPainterPath suggested = toPage.map(s.suggested);
    hatch(painter, suggested, s.weakly ? 15.0 : 8.5, QPen(colours.symptom, s.weakly ? 1.1 : 1.5));
    painter.strokePath(suggested, QPen(colours.symptom, s.weakly ? 1.4 : 2.2, s.weakly ? Qt::DashLine : Qt::SolidLine));
    painter.strokePath(brain, QPen(colours.brainLine, 2.0));
    painter.setBrush(Qt::NoBrush);
    for (const auto& [centre, radius] : s.tumour) {
        const double r = std::max(4.0, radius * scale);
        painter.setPen(QPen(colours.ringShade, 6.0));
        painter.drawEllipse(centre * scale, r, r);
        painter.setPen(QPen(colours.ring, 3.2));
        painter.drawEllipse(centre * scale, r, r);
    }
}

Block viewBlock(std::shared_ptr<const Silhouette> s, double width, double height, double scale, const QString& caption,
                const std::array<QString, 4>& letters, const Colours& colours) {
    const Block picture = [&] {
        Block block{width, height, {}};
        block.place = [s, width, height, scale, letters, caption, colours](Canvas& canvas, QPointF at) {
            canvas.note({PlacedItem::Kind::Picture, 0, QRectF(at, QSizeF(width, height)), caption, false});
            canvas.draw([s, at, width, height, scale, colours](QPainter& painter) {
                painter.translate(at.x() + width / 2.0 - s->bounds.center().x() * scale,
                                  at.y() + height / 2.0 - s->bounds.center().y() * scale);
                paintSilhouette(painter, *s, scale, colours);
            });
            const TypeStyle style{18.0, true, colours.text, 0.0};
            const auto letter = [&](const QString& text, double x, double y) {
                const Block set = label(text, style, 60.0);
                set.place(canvas, {at.x() + (x < 0   ? 0.0
                                             : x > 0 ? width - set.width
                                                     : (width - set.width) / 2.0),
                                   at.y() + (y < 0   ? 0.0
                                             : y > 0 ? height - set.height
                                                     : (height - set.height) / 2.0)});
            };
            letter(letters[0], -1, 0);
            letter(letters[1], 1, 0);
            letter(letters[2], 0, -1);
            letter(letters[3], 0, 1);
        };
        return block;
    }();
    return stack({picture, paragraph(width, caption, {18.0, false, colours.text, 0.0}, {Qt::AlignHCenter, 2})}, 4.0);
}

/// A sample of a pattern and what it stands for.
Block key(Canvas::Drawing sample, const QString& text, double width, const Colours& colours) {
    const TypeStyle style{18.0, false, colours.text, 0.0};
    constexpr double kSample = 34.0;
    return row({drawing(kSample, 22.0, std::move(sample)), paragraph(width - kSample - 10.0, text, style)}, 10.0);
}

Block threeViews(const report::BrainViews& brain, const BrainMarks& marks, double width, const Colours& colours,
                 bool withKey) {
    const BrainView& sagittal = brain[marks.half == Side::Right ? 3 : 2];
    std::vector<std::shared_ptr<const Silhouette>> silhouettes;
    double total = 0.0;
    double tallest = 1.0;
    for (const BrainView* const view : {&brain[0], &brain[1], &sagittal}) {
        auto s = std::make_shared<const Silhouette>(silhouetteOf(*view, marks));
        if (s->bounds.isEmpty())
            return {};
        total += s->bounds.width();
        tallest = std::max(tallest, s->bounds.height());
        silhouettes.push_back(std::move(s));
    }
    constexpr double kGap = 14.0;
    constexpr double kLetters = 52.0; // room at both edges together
    const double scale = std::min((width - 2.0 * kGap - 3.0 * kLetters) / total, 270.0 / tallest);
    if (!(scale > 0.0))
        return {};
    const double height = tallest * scale + kLetters;

    const QString left = QStringLiteral("L");
    const QString right = QStringLiteral("R");
    const QString front = QStringLiteral("A");
    const QString back = QStringLiteral("P");
    const QString up = QStringLiteral("S");
    const QString down = QStringLiteral("I");
    const QString halfCaption = marks.half == Side::Right ? translate("report", "Sagittal, right half")
                                                          : translate("report", "Sagittal, left half");
    const std::array<QString, 3> captions{translate("report", "Axial"), translate("report", "Coronal"), halfCaption};
    const std::array<std::array<QString, 4>, 3> letters{
        {{right, left, front, back}, {right, left, up, down}, {front, back, up, down}}};
    std::vector<Block> pictures;
    const double spare = (width - 2.0 * kGap - 3.0 * kLetters - total * scale) / 3.0;
    for (std::size_t n = 0; n < 3; ++n)
        pictures.push_back(viewBlock(silhouettes[n], silhouettes[n]->bounds.width() * scale + kLetters + spare, height,
                                     scale, captions[n], letters[n], colours));
    std::vector<Block> parts{row(std::move(pictures), kGap)};

    std::vector<Block> keys;
    if (withKey && !marks.tumour.empty())
        keys.push_back(key(
            [colours](QPainter& painter) {
                painter.setBrush(colours.tumour);
                painter.setPen(QPen(colours.tumourLine, 2.0));
                painter.drawRect(QRectF(2, 3, 30, 17));
            },
            translate("report", "Regions that hold at least 10 % of the tumour"), width, colours));
    if (withKey && !marks.suggested.empty())
        keys.push_back(key(
            [colours, weakly = marks.weakly](QPainter& painter) {
                QPainterPath box;
                box.addRect(QRectF(2, 3, 30, 17));
                hatch(painter, box, weakly ? 15.0 : 8.5, QPen(colours.symptom, weakly ? 1.1 : 1.5));
                painter.strokePath(box,
                                   QPen(colours.symptom, weakly ? 1.4 : 2.0, weakly ? Qt::DashLine : Qt::SolidLine));
            },
            marks.weakly ? translate("report", "Regions that the symptoms weakly suggest")
                         : translate("report", "Regions that the symptoms strongly suggest"),
            width, colours));
    if (withKey && !marks.pieces.empty())
        keys.push_back(key(
            [colours](QPainter& painter) {
                painter.setPen(QPen(colours.ring, 3.2));
                painter.drawEllipse(QPointF(17, 11.5), 9.0, 9.0);
            },
            translate("report", "Tumour: a ball of its volume at its place in the template"), width, colours));
    if (!keys.empty())
        parts.push_back(stack(std::move(keys), 4.0));
    return stack(std::move(parts), 12.0);
}

} // namespace

BrainMarks brainMarks(const std::optional<anatomy::Location>& location,
                      const std::optional<clinic::CrossCheck>& crossCheck) {
    BrainMarks marks;
    if (location && !location->targets.empty()) {
        const anatomy::TargetLocation& whole = location->whole();
        for (const anatomy::RegionShare& region : whole.regions)
            if (region.share >= clinic::kRegionShare)
                marks.tumour.push_back({region.region, region.side});
        if (whole.rightShare > whole.leftShare)
            marks.half = Side::Right;
        constexpr double kCrumbMl = 0.1; // smaller pieces would only dirty the picture
        for (const anatomy::ComponentLocation& component : location->components)
            if (component.component.ml >= kCrumbMl && marks.pieces.size() < 6)
                marks.pieces.push_back({component.centroidTemplate,
                                        std::cbrt(3.0 * component.component.ml * 1000.0 / (4.0 * std::numbers::pi))});
    }
    if (crossCheck) {
        std::vector<MarkedRegion> weak;
        for (const clinic::LinkLine& line : crossCheck->lines) {
            if (!line.link.region || line.link.strength < 1)
                continue;
            const auto ranked = std::find_if(crossCheck->ranked.begin(), crossCheck->ranked.end(),
                                             [&](const auto& r) { return r.region == *line.link.region; });
            const bool strong = ranked != crossCheck->ranked.end() && ranked->suggestion == clinic::Suggestion::Strong;
            // The sides of a strong suggestion are those of the links that make it strong.
            if (!strong)
                weak.push_back({*line.link.region, line.pointsTo});
            else if (line.link.strength >= 2)
                marks.suggested.push_back({*line.link.region, line.pointsTo});
        }
        // Hints beside a strong suggestion would hatch most of the brain and hide it.
        if (marks.suggested.empty()) {
            marks.suggested = std::move(weak);
            marks.weakly = !marks.suggested.empty();
        }
    }
    return marks;
}

BrainMarks brainMarks(const std::vector<clinic::SuggestedPlace>& suggested) {
    BrainMarks marks;
    const bool strong = std::any_of(suggested.begin(), suggested.end(),
                                    [](const auto& s) { return s.suggestion == clinic::Suggestion::Strong; });
    int left = 0;
    int right = 0;
    for (const clinic::SuggestedPlace& place : suggested) {
        if (place.suggestion == clinic::Suggestion::None || (strong && place.suggestion != clinic::Suggestion::Strong))
            continue;
        marks.suggested.push_back({place.region, place.side});
        left += place.side == Side::Left ? 1 : 0;
        right += place.side == Side::Right ? 1 : 0;
    }
    marks.weakly = !strong && !marks.suggested.empty();
    marks.half = right > left ? Side::Right : Side::Left;
    return marks;
}

Block brainPicture(const report::ReportContent& content, double width) {
    if (!content.brain || content.brain->size() < 4)
        return {};
    const BrainMarks marks = brainMarks(content.location, content.crossCheck);
    return marks.empty() ? Block{} : threeViews(*content.brain, marks, width, kPaper, true);
}

QImage paintBrain(const report::BrainViews& views, const BrainMarks& marks, const BrainPictureStyle& style) {
    if (views.size() < 4 || style.width < 120)
        return {};
    // Set at the page's measure, where lines and letters have their sizes, then scaled to the width asked for.
    constexpr double kMeasure = 700.0;
    constexpr double kEdge = 6.0;
    const Block block = threeViews(views, marks, kMeasure - 2.0 * kEdge, style.dark ? kDark : kPaper, style.key);
    if (block.empty())
        return {};
    const double scale = style.width / kMeasure;
    QImage image(static_cast<int>(std::lround(style.width * style.pixelRatio)),
                 static_cast<int>(std::ceil((block.height + 2.0 * kEdge) * scale * style.pixelRatio)),
                 QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return {};
    image.fill(Qt::transparent);
    Canvas canvas;
    block.place(canvas, {kEdge, kEdge});
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.scale(scale * style.pixelRatio, scale * style.pixelRatio);
    canvas.paint(0, painter);
    painter.end();
    image.setDevicePixelRatio(style.pixelRatio);
    return image;
}

} // namespace sulcus::paint
