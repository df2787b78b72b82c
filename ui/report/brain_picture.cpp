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

const QColor kMaskFill(230, 159, 0);  // Okabe-Ito orange
const QColor kSymptomInk(0, 90, 150); // Okabe-Ito blue, darker for thin lines
const QColor kTumourInk(160, 45, 0);  // Okabe-Ito vermilion, darker
const QColor kBrainFill(238, 241, 244);
const QColor kLobeLine(190, 198, 206);
const QColor kBrainLine(120, 130, 140);
constexpr double kLeastShare = 0.10; // the share that the verdict's rules call a region of the mask

/// Regions to mark, as sets of places.
struct Marks {
    std::uint64_t mask = 0;
    std::uint64_t strong = 0; ///< strongly suggested by the symptoms
    std::uint64_t weak = 0;
    struct Ball {
        imaging::WorldPoint centre;
        double radiusMm = 0.0;
    };
    std::vector<Ball> tumour;
    Side half = Side::Left; ///< whose sagittal picture is shown

    bool any() const { return (mask | strong | weak) != 0 || !tumour.empty(); }
};

Marks marksOf(const report::ReportContent& content) {
    Marks marks;
    if (content.location && !content.location->targets.empty()) {
        const anatomy::TargetLocation& whole = content.location->whole();
        for (const anatomy::RegionShare& region : whole.regions)
            if (region.share >= kLeastShare)
                marks.mask |= report::placeBits(region.region, region.side);
        if (whole.rightShare > whole.leftShare)
            marks.half = Side::Right;
        for (const anatomy::ComponentLocation& component : content.location->components) {
            // Crumbs would only dirty the picture.
            if (component.component.ml < 0.1 || marks.tumour.size() >= 6)
                continue;
            const double mm3 = component.component.ml * 1000.0;
            marks.tumour.push_back({component.centroidTemplate, std::cbrt(3.0 * mm3 / (4.0 * std::numbers::pi))});
        }
    }
    if (content.crossCheck) {
        for (const clinic::LinkLine& line : content.crossCheck->lines) {
            if (!line.link.region || line.link.strength < 1)
                continue;
            const auto ranked = std::find_if(content.crossCheck->ranked.begin(), content.crossCheck->ranked.end(),
                                             [&](const auto& r) { return r.region == *line.link.region; });
            const bool strong =
                ranked != content.crossCheck->ranked.end() && ranked->suggestion == clinic::Suggestion::Strong;
            // The sides of a strong suggestion are those of the links that make it strong.
            if (!strong)
                marks.weak |= report::placeBits(*line.link.region, line.pointsTo);
            else if (line.link.strength >= 2)
                marks.strong |= report::placeBits(*line.link.region, line.pointsTo);
        }
        // Hints beside a strong suggestion would hatch most of the brain and hide it.
        if (marks.strong != 0)
            marks.weak = 0;
    }
    return marks;
}

QPainterPath pathOf(const BrainView& view, std::uint64_t bits) {
    return contour(view.width, view.height, [&](int x, int y) {
        return (view.places[static_cast<std::size_t>(y) * static_cast<std::size_t>(view.width) +
                            static_cast<std::size_t>(x)] &
                bits) != 0;
    });
}

/// Slanted lines across `bounds`, `spacing` apart.
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
    QPainterPath strong;
    QPainterPath weak;
    std::vector<std::pair<QPointF, double>> tumour; ///< pixels
    QRectF bounds;
};

Silhouette silhouetteOf(const BrainView& view, const Marks& marks) {
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
    s.mask = pathOf(view, marks.mask);
    s.strong = pathOf(view, marks.strong);
    s.weak = pathOf(view, marks.weak);
    for (const Marks::Ball& ball : marks.tumour) {
        const auto p = view.positionOf(ball.centre);
        s.tumour.emplace_back(QPointF(p.column, p.row), ball.radiusMm / std::abs(view.acrossStep));
    }
    s.bounds = s.brain.boundingRect();
    return s;
}

void paintSilhouette(QPainter& painter, const Silhouette& s, double scale) {
    const QTransform toPage = QTransform::fromScale(scale, scale);
    const QPainterPath brain = toPage.map(s.brain);
    painter.fillPath(brain, kBrainFill);
    const QPainterPath mask = toPage.map(s.mask);
    QColor fill = kMaskFill;
    fill.setAlpha(120);
    painter.fillPath(mask, fill);
    for (const QPainterPath& lobe : s.lobes)
        painter.strokePath(toPage.map(lobe), QPen(kLobeLine, 1.2));
    painter.strokePath(mask, QPen(kMaskFill.darker(125), 2.0));
    const QPainterPath weak = toPage.map(s.weak);
    hatch(painter, weak, 15.0, QPen(kSymptomInk, 1.1));
    painter.strokePath(weak, QPen(kSymptomInk, 1.4, Qt::DashLine));
    const QPainterPath strong = toPage.map(s.strong);
    hatch(painter, strong, 8.5, QPen(kSymptomInk, 1.5));
    painter.strokePath(strong, QPen(kSymptomInk, 2.2));
    painter.strokePath(brain, QPen(kBrainLine, 2.0));
    painter.setBrush(Qt::NoBrush);
    for (const auto& [centre, radius] : s.tumour) {
        const double r = std::max(4.0, radius * scale);
        painter.setPen(QPen(Qt::white, 6.0));
        painter.drawEllipse(centre * scale, r, r);
        painter.setPen(QPen(kTumourInk, 3.2));
        painter.drawEllipse(centre * scale, r, r);
    }
}

Block viewBlock(std::shared_ptr<const Silhouette> s, double width, double height, double scale, const QString& caption,
                const std::array<QString, 4>& letters) {
    const Block picture = [&] {
        Block block{width, height, {}};
        block.place = [s, width, height, scale, letters, caption](Canvas& canvas, QPointF at) {
            canvas.note({PlacedItem::Kind::Picture, 0, QRectF(at, QSizeF(width, height)), caption, false});
            canvas.draw([s, at, width, height, scale](QPainter& painter) {
                painter.translate(at.x() + width / 2.0 - s->bounds.center().x() * scale,
                                  at.y() + height / 2.0 - s->bounds.center().y() * scale);
                paintSilhouette(painter, *s, scale);
            });
            const TypeStyle style{18.0, true, QColor::fromRgb(Ink::kQuiet), 0.0};
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
    return stack(
        {picture, paragraph(width, caption, {18.0, false, QColor::fromRgb(Ink::kQuiet), 0.0}, {Qt::AlignHCenter, 2})},
        4.0);
}

/// A sample of a pattern and what it stands for.
Block key(Canvas::Drawing sample, const QString& text, double width) {
    const TypeStyle style{18.0, false, QColor::fromRgb(Ink::kQuiet), 0.0};
    constexpr double kSample = 34.0;
    return row({drawing(kSample, 22.0, std::move(sample)), paragraph(width - kSample - 10.0, text, style)}, 10.0);
}

} // namespace

Block brainPicture(const report::ReportContent& content, double width) {
    if (!content.brain || content.brain->size() < 4)
        return {};
    const Marks marks = marksOf(content);
    if (!marks.any())
        return {};
    const BrainView& sagittal = (*content.brain)[marks.half == Side::Right ? 3 : 2];
    const std::vector<const BrainView*> views{&(*content.brain)[0], &(*content.brain)[1], &sagittal};

    std::vector<std::shared_ptr<const Silhouette>> silhouettes;
    double total = 0.0;
    double tallest = 1.0;
    for (const BrainView* const view : views) {
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
                                     scale, captions[n], letters[n]));

    std::vector<Block> keys;
    if (marks.mask != 0)
        keys.push_back(key(
            [](QPainter& painter) {
                QColor fill = kMaskFill;
                fill.setAlpha(120);
                painter.setBrush(fill);
                painter.setPen(QPen(kMaskFill.darker(125), 2.0));
                painter.drawRect(QRectF(2, 3, 30, 17));
            },
            translate("report", "Regions that hold at least 10 % of the tumour"), width));
    if ((marks.strong | marks.weak) != 0)
        keys.push_back(key(
            [](QPainter& painter) {
                QPainterPath box;
                box.addRect(QRectF(2, 3, 30, 17));
                hatch(painter, box, 8.5, QPen(kSymptomInk, 1.5));
                painter.strokePath(box, QPen(kSymptomInk, 2.0));
            },
            marks.strong != 0 ? translate("report", "Regions that the symptoms strongly suggest")
                              : translate("report", "Regions that the symptoms weakly suggest"),
            width));
    if (!marks.tumour.empty())
        keys.push_back(key(
            [](QPainter& painter) {
                painter.setPen(QPen(kTumourInk, 3.2));
                painter.drawEllipse(QPointF(17, 11.5), 9.0, 9.0);
            },
            translate("report", "Tumour: a ball of its volume at its place in the template"), width));
    return stack({row(std::move(pictures), kGap), stack(std::move(keys), 4.0)}, 12.0);
}

} // namespace sulcus::paint
