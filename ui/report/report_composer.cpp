// SPDX-License-Identifier: Apache-2.0
#include "ui/report/report_composer.h"

#include "ui/report/brain_picture.h"
#include "ui/report/report_parts.h"
#include "ui/report/slice_figure.h"
#include "ui/report/verdict_look.h"
#include "ui/report/words.h"
#include "ui/session/message_catalogue.h"
#include "ui/session/plain_words.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

namespace sulcus::paint {

using clinic::Verdict;
using report::ReportContent;
using session::sentence;

class ComposedReport::Composer {
public:
    Composer(const ReportContent& content, const ReportStyle& style)
        : c(content), m_style(style), m_flow(m_canvas, Flow::Sheet{}, [this](double w) { return runningHead(w); }) {}

    void compose() {
        header();
        warnings();
        figures();
        findings();
        verdict();
        furtherReasons();
        evidence();
        hospitals();
        closing();
        footers();
    }

    const Canvas& canvas() const { return m_canvas; }

    const Flow::Sheet& sheet() const { return m_flow.sheet(); }

private:
    double width() const { return m_flow.width(); }
    const QString& language() const { return m_style.language; }
    QString caseName() const {
        return c.caseId.empty() ? translate("report", "unnamed case") : QString::fromStdString(c.caseId);
    }
    QString programName() const {
        return c.provenance.programVersion.empty()
                   ? QStringLiteral("Sulcus")
                   : QStringLiteral("Sulcus %1").arg(QString::fromStdString(c.provenance.programVersion));
    }

    Block runningHead(double w) const {
        QString text = titleOf(c) + QStringLiteral("  ·  ") + caseName();
        if (!c.patientPseudonym.empty())
            text += QStringLiteral("  ·  ") + QString::fromStdString(c.patientPseudonym);
        if (c.synthetic)
            text += QStringLiteral("  ·  ") + translate("report", "SYNTHETIC");
        return stack({label(text, {19.0, true, kQuiet, 0.0}, w), space(w, 8.0), rule(w, kLine, 1.5)}, 0.0);
    }

    void header() {
        m_canvas.draw(
            [w = m_flow.sheet().width](QPainter& painter) { painter.fillRect(QRectF(0, 0, w, 14.0), kAccent); });
        Block badge;
        if (c.synthetic)
            badge = framed(label(translate("report", "SYNTHETIC CASE"), {22.0, true, kWarning, 1.0}, 420.0),
                           {20, 10, 20, 10, QColor(255, 243, 224), kWarning, 10.0, Qt::transparent});
        const double titleWidth = width() - (badge.empty() ? 0.0 : badge.width + 30.0);
        const Block title =
            stack({paragraph(titleWidth, titleOf(c), {46.0, true, kText, 0.0}, {Qt::AlignLeft, 2, 1.15}),
                   paragraph(titleWidth, purpose(), {23.0, true, kWarning, 0.0}, {Qt::AlignLeft, 2})},
                  6.0);
        m_flow.add(badge.empty() ? title : row({title, badge}, 30.0), 0.0);

        // Who, what, when: four cells of equal width.
        QStringList sequences;
        if (c.imagingCase)
            for (const imaging::CaseVolume& volume : c.imagingCase->volumes)
                sequences << sequenceName(volume.sequence);
        const QString network = c.provenance.bundleName.empty()
                                    ? translate("report", "none: the mask was given")
                                    : QString::fromStdString(c.provenance.bundleName) + QLatin1Char(' ') +
                                          QString::fromStdString(c.provenance.bundleVersion);
        const QString date = dateOf(c.provenance.createdAt, language());
        const QString dash(QChar(0x2013));
        const std::vector<std::pair<QString, QString>> cells{
            {translate("report", "Case"), caseName()},
            {translate("report", "Patient (pseudonym)"),
             c.patientPseudonym.empty() ? dash : QString::fromStdString(c.patientPseudonym)},
            {translate("report", "Date"), date.isEmpty() ? dash : date},
            {translate("report", "Images"), sequences.isEmpty() ? dash : sequences.join(QStringLiteral(", "))},
            {translate("report", "Network"),
             network + (c.provenance.edited ? translate("report", ", edited by hand") : QString())}};
        constexpr double kPad = 24.0;
        constexpr double kGap = 26.0;
        const std::array<double, 5> shares{0.235, 0.17, 0.195, 0.19, 0.21};
        const double room = width() - 2.0 * kPad - 4.0 * kGap;
        std::vector<Block> blocks;
        for (std::size_t n = 0; n < cells.size(); ++n) {
            const double w = room * shares[n];
            blocks.push_back(stack({paragraph(w, cells[n].first, {16.0, true, kQuiet, 0.3}, {Qt::AlignLeft, 2}),
                                    paragraph(w, cells[n].second, {20.0, true, kText, 0.0}, {Qt::AlignLeft, 3})},
                                   3.0));
        }
        m_flow.add(
            framed(row(std::move(blocks), kGap), {kPad, 16, kPad, 16, kPanel, Qt::transparent, 10.0, Qt::transparent}),
            22.0);
    }

    void warnings() {
        if (c.warnings.empty())
            return;
        const double inner = width() - 62.0;
        std::vector<Block> lines{paragraph(inner, translate("report", "Please note"), {20.0, true, kWarning, 0.0})};
        const int shown = std::min<int>(m_style.mostWarnings, static_cast<int>(c.warnings.size()));
        for (int n = 0; n < shown; ++n)
            lines.push_back(bullet(sentence(c.warnings[static_cast<std::size_t>(n)]), inner, {20.0, false, kText, 0.0},
                                   kWarning, 4));
        if (shown < static_cast<int>(c.warnings.size()))
            lines.push_back(bullet(more(static_cast<int>(c.warnings.size()) - shown), inner, kSmallQuiet, kQuiet));
        m_flow.add(framed(stack(std::move(lines), 3.0),
                          {32, 14, 30, 14, QColor(255, 248, 236), Qt::transparent, 8.0, kWarning}),
                   18.0);
    }

    /// Swatches of the labels, and what the dashes and the letters mean, in as many lines as it takes.
    Block legend() const {
        std::vector<Block> items;
        const TypeStyle style{19.0, false, kText, 0.0};
        constexpr double kMost = 620.0;
        int shown = 0;
        for (const report::LabelVolume& one : c.labels) {
            if (one.ml <= 0.0)
                continue;
            if (++shown > 12)
                continue;
            items.push_back(
                row({swatch(colourOf(one)), label(labelName(one, c.era), style, kMost)}, 8.0, Vertical::Middle));
        }
        if (shown > 12)
            items.push_back(label(more(shown - 12), kSmallQuiet, kMost));
        if (c.comparison && c.imagingCase && c.imagingCase->truth)
            items.push_back(row({drawing(44.0, 28.0,
                                         [](QPainter& painter) {
                                             painter.fillRect(QRectF(0, 4, 44, 20), QColor(40, 46, 52));
                                             QPen pen(Qt::white, 2.4);
                                             pen.setDashPattern({4.0, 3.0});
                                             painter.setPen(pen);
                                             painter.drawLine(QPointF(4, 14), QPointF(40, 14));
                                         }),
                                 label(c.era == imaging::LabelEra::Plain ? translate("report", "Truth")
                                                                         : translate("report", "Truth (whole tumour)"),
                                       style, kMost)},
                                8.0, Vertical::Middle));
        if (c.imagingCase && !c.imagingCase->volumes.empty()) {
            const imaging::Geometry& grid = c.imagingCase->geometry();
            items.push_back(label(grid.hasOrientation
                                      ? translate("report", "The patient's left is on the right.")
                                      : translate("report", "The file states no orientation: no sides are shown."),
                                  kSmallQuiet, width()));
        }
        return wrapped(std::move(items), 30.0, 6.0, width());
    }

    /// Items one after the other, in lines.
    static Block wrapped(std::vector<Block> items, double gap, double lineGap, double width) {
        std::vector<Block> lines;
        std::vector<Block> line;
        double used = 0.0;
        for (Block& item : items) {
            if (!line.empty() && used + gap + item.width > width) {
                lines.push_back(row(std::move(line), gap, Vertical::Middle));
                line.clear();
                used = 0.0;
            }
            used += (line.empty() ? 0.0 : gap) + item.width;
            line.push_back(std::move(item));
        }
        if (!line.empty())
            lines.push_back(row(std::move(line), gap, Vertical::Middle));
        return stack(std::move(lines), lineGap);
    }

    void figures() {
        const Block slices = sliceFigures(c, width());
        const Block key = legend();
        if (slices.empty()) {
            m_flow.add(key, 24.0);
            return;
        }
        std::vector<Block> parts{slices};
        if (!key.empty())
            parts.push_back(key);
        m_flow.add(stack(std::move(parts), 12.0), 24.0);
    }

    Block volumes(double w) const {
        const bool truth = c.comparison.has_value();
        std::vector<Block> blocks{heading(
            truth ? translate("report", "Volumes and agreement with the truth") : translate("report", "Volumes"), w)};
        const double number = truth ? 84.0 : 120.0;
        std::vector<Column> columns{{w - (truth ? 4.0 : 1.0) * (number + kCellGap), Qt::AlignLeft},
                                    {number, Qt::AlignRight}};
        std::vector<QString> names{translate("report", "Part"), translate("report", "ml")};
        if (truth) {
            columns.insert(columns.end(),
                           {{number, Qt::AlignRight}, {number, Qt::AlignRight}, {number, Qt::AlignRight}});
            names.insert(names.end(),
                         {translate("report", "Truth ml"), QStringLiteral("Dice"), translate("report", "HD95 mm")});
        }
        blocks.push_back(tableHead(columns, names));
        const auto line = [&](Block name, double ml, const imaging::RegionComparison* compared, bool bold) {
            const TypeStyle& type = bold ? kBodyBold : kBody;
            std::vector<Block> cells{std::move(name), cell(columns[1], millilitres(ml), type)};
            if (truth) {
                cells.push_back(cell(columns[2], compared ? millilitres(compared->mlTruth) : QString()));
                cells.push_back(cell(columns[3], compared ? decimal(compared->dice, 2) : QString(), type));
                cells.push_back(cell(columns[4], compared ? decimal(compared->hd95Mm, 1) : QString()));
            }
            blocks.push_back(tableRow(columns, std::move(cells)));
        };
        const auto comparedWith = [&](imaging::Target target) -> const imaging::RegionComparison* {
            if (!c.comparison)
                return nullptr;
            const auto it = c.comparison->regions.find(target);
            return it == c.comparison->regions.end() ? nullptr : &it->second;
        };
        std::set<imaging::Target> targets;
        for (const auto& [target, ml] : c.targetMl)
            targets.insert(target);
        if (c.comparison)
            for (const auto& [target, region] : c.comparison->regions)
                targets.insert(target);
        for (const imaging::Target target : targets) {
            const auto ml = c.targetMl.find(target);
            const imaging::RegionComparison* const compared = comparedWith(target);
            line(cell(columns[0], targetName(target), kBodyBold, 3),
                 ml != c.targetMl.end() ? ml->second : compared->mlPrediction, compared, true);
        }
        constexpr std::size_t kMostLabels = 14;
        std::size_t shown = 0;
        for (const report::LabelVolume& one : c.labels) {
            if (++shown > kMostLabels)
                continue;
            line(row({swatch(colourOf(one)),
                      paragraph(columns[0].width - 30.0, labelName(one, c.era), kBody, {Qt::AlignLeft, 3})},
                     8.0),
                 one.ml, nullptr, false);
        }
        if (shown > kMostLabels)
            blocks.push_back(paragraph(w, more(static_cast<int>(shown - kMostLabels)), kSmallQuiet));
        if (c.labels.empty() && targets.empty())
            blocks.push_back(paragraph(w, translate("report", "There is no mask to measure."), kBody));
        if (truth) {
            QString note = translate("report", "%1 of all voxels agree, background included.")
                               .arg(decimal(100.0 * c.comparison->accuracy, 2) + QStringLiteral(" %"));
            if (std::any_of(c.comparison->regions.begin(), c.comparison->regions.end(),
                            [](const auto& entry) { return !entry.second.dice || !entry.second.hd95Mm; }))
                note += QLatin1Char(' ') + translate("report", "A dash: not defined, one side is empty.");
            blocks.push_back(stack({space(w, 6.0), paragraph(w, note, kSmallQuiet)}, 0.0));
        }
        return stack(std::move(blocks), 0.0);
    }

    /// A bar from 0 to 1.
    static Block bar(double w, double share, const QColor& colour) {
        return drawing(w, 28.0, [w, share, colour](QPainter& painter) {
            QPainterPath track;
            track.addRoundedRect(QRectF(0, 8, w, 13), 3, 3);
            painter.fillPath(track, QColor(230, 235, 239));
            painter.setClipPath(track);
            painter.fillRect(QRectF(0, 8, w * std::clamp(share, 0.0, 1.0), 13), colour);
        });
    }

    /// Shares of the two halves of the brain, one bar each: a full bar and an empty one cannot be taken for a half.
    Block sideBars(const anatomy::TargetLocation& whole, double w) const {
        const TypeStyle style{20.0, true, kText, 0.0};
        const auto line = [&](const QString& words, double share, const QColor& colour) {
            Block name = label(words, style, w * 0.4);
            name.width = w * 0.24;
            return row({name, bar(w - name.width - 16.0, share, colour)}, 16.0, Vertical::Middle);
        };
        return stack({line(translate("report", "Right %1").arg(percent(whole.rightShare)), whole.rightShare,
                           QColor(86, 180, 233)),
                      line(translate("report", "Left %1").arg(percent(whole.leftShare)), whole.leftShare, kAccent)},
                     0.0);
    }

    Block place(double w) const {
        std::vector<Block> blocks{heading(translate("report", "Place"), w)};
        if (!c.location || c.location->targets.empty()) {
            QString why = translate("report", "The place in the brain was not determined.");
            if (c.locationProblem)
                why = sentence(*c.locationProblem);
            blocks.push_back(paragraph(w, why, kBody));
            return stack(std::move(blocks), 6.0);
        }
        const anatomy::Location& location = *c.location;
        const anatomy::TargetLocation& whole = location.whole();
        if (!location.reliable) {
            blocks.push_back(framed(paragraph(w - 50.0,
                                              translate("report", "Only a hint: the brain could not be brought to the "
                                                                  "template well enough."),
                                              {20.0, true, kWarning, 0.0}),
                                    {30, 8, 20, 8, QColor(255, 248, 236), Qt::transparent, 6.0, kWarning}));
        }
        if (!whole.regions.empty()) {
            const anatomy::RegionShare& main = whole.regions.front();
            blocks.push_back(
                paragraph(w, {{regionName(main.region, main.side, c, language()), {28.0, true, kText, 0.0}},
                              {QStringLiteral("   ") + translate("report", "%1 of the tumour").arg(percent(main.share)),
                               kSmallQuiet}}));
        }
        blocks.push_back(sideBars(whole, w));
        // What the bars above show of the other side must not be denied below them.
        constexpr double kShown = 0.005; // rounds to 1 %
        const bool trace = std::min(whole.leftShare, whole.rightShare) >= kShown;
        blocks.push_back(paragraph(w,
                                   whole.crossesMidline ? translate("report", "Crosses the midline.")
                                   : trace              ? translate("report", "Hardly crosses the midline (under 5 %).")
                                                        : translate("report", "Does not cross the midline."),
                                   kSmallQuiet));

        blocks.push_back(space(w, 4.0));
        const double shareWidth = 84.0;
        const double mlWidth = 110.0;
        const double barWidth = 130.0;
        const std::vector<Column> columns{{w - shareWidth - mlWidth - barWidth - 3.0 * kCellGap, Qt::AlignLeft},
                                          {barWidth, Qt::AlignLeft},
                                          {shareWidth, Qt::AlignRight},
                                          {mlWidth, Qt::AlignRight}};
        const int count = static_cast<int>(whole.regions.size());
        const int shown = std::min(count, m_style.mostRegions);
        for (int n = 0; n < shown; ++n) {
            const anatomy::RegionShare& region = whole.regions[static_cast<std::size_t>(n)];
            QString name = regionName(region.region, region.side, c, language());
            if (region.approximate && !name.contains(translate("report", "approximate")))
                name += translate("report", " (approximate)");
            blocks.push_back(tableRow(columns,
                                      {cell(columns[0], name, kSmall), bar(barWidth, region.share, QColor(230, 159, 0)),
                                       cell(columns[2], percent(region.share), {19.0, true, kText, 0.0}),
                                       cell(columns[3], millilitres(region.ml) + QStringLiteral(" ml"), kSmallQuiet)},
                                      false, 1.0));
        }
        if (shown < count)
            blocks.push_back(paragraph(w, more(count - shown), kSmallQuiet));
        if (whole.outsideShare >= 0.005)
            blocks.push_back(paragraph(w,
                                       translate("report", "Of this, %1 lies beyond the edge of the atlas' brain and "
                                                           "is counted to the nearest region.")
                                           .arg(percent(whole.outsideShare)),
                                       kSmallQuiet));
        if (location.components.size() > 1)
            blocks.push_back(
                paragraph(w,
                          translate("report", "The tumour is in %1 separate pieces; the largest holds %2 ml.")
                              .arg(location.components.size())
                              .arg(millilitres(location.components.front().component.ml)),
                          kSmallQuiet));
        return stack(std::move(blocks), 5.0);
    }

    /// Distances to named areas, and how the place was found.
    Block neighbours(double w) const {
        if (!c.location)
            return {};
        const anatomy::Location& location = *c.location;
        std::vector<Block> blocks;
        if (!location.distances.empty()) {
            blocks.push_back(heading(translate("report", "Distance from the tumour"), w));
            const std::vector<Column> columns{{w - 170.0 - kCellGap, Qt::AlignLeft}, {170.0, Qt::AlignRight}};
            const int count = static_cast<int>(location.distances.size());
            const int shown = std::min(count, m_style.mostDistances);
            for (int n = 0; n < shown; ++n) {
                const anatomy::AreaDistance& distance = location.distances[static_cast<std::size_t>(n)];
                QString name = areaName(distance, c, language());
                if (distance.approximate && !name.contains(translate("report", "approximate")))
                    name += translate("report", " (approximate)");
                const bool touched = distance.mm <= 0.0;
                blocks.push_back(tableRow(
                    columns,
                    {cell(columns[0], name, kSmall),
                     cell(columns[1],
                          touched ? translate("report", "touched") : decimal(distance.mm, 0) + QStringLiteral(" mm"),
                          {19.0, true, touched ? kWarning : kText, 0.0})},
                    true, 3.0));
            }
            if (shown < count)
                blocks.push_back(stack({space(w, 4.0), paragraph(w, more(count - shown), kSmallQuiet)}, 0.0));
            blocks.push_back(space(w, 12.0));
        }
        QString method;
        if (location.method == "fixed")
            method = translate("report", "Place by the fixed transform of the image's space (%1) to the template")
                         .arg(QString::fromStdString(anatomy::toString(location.space)).toUpper());
        else if (location.method == "registered")
            method = translate("report", "Place by registering this brain to the template");
        else if (location.method == "deformable")
            method = translate("report", "Place by registering this brain to the template and bending that to it");
        else
            method = translate("report", "Method: %1").arg(QString::fromStdString(location.method));
        if (location.brainDice > 0.0)
            method += translate("report", "; the brains overlap with Dice %1").arg(decimal(location.brainDice, 2));
        method += location.reliable ? translate("report", ": reliable.") : translate("report", ": not reliable.");
        blocks.push_back(paragraph(w, method, kSmallQuiet));
        for (std::size_t n = 0; n < std::min<std::size_t>(4, location.notes.size()); ++n)
            blocks.push_back(paragraph(w, sentence(location.notes[n]), kSmallQuiet, {Qt::AlignLeft, 4}));
        return stack(std::move(blocks), 0.0);
    }

    void findings() {
        constexpr double kGap = 54.0;
        const bool brain = c.finding == clinic::Finding::BrainTumour &&
                           (c.location || c.locationProblem || c.era != imaging::LabelEra::Plain);
        if (!brain) {
            m_flow.add(volumes(width()), 30.0);
            return;
        }
        const double left = std::floor((width() - kGap) * 0.5);
        const double right = width() - kGap - left;
        std::vector<Block> leftParts{volumes(left)};
        std::vector<Block> rightParts{place(right)};
        const Block picture = brainPicture(c, left);
        const Block near = neighbours(right);
        if (!picture.empty())
            leftParts.push_back(
                stack({heading(translate("report", "The brain from three sides"), left), picture}, 0.0));
        if (!near.empty())
            rightParts.push_back(near);
        m_flow.add(row({stack(std::move(leftParts), 26.0), stack(std::move(rightParts), 22.0)}, kGap), 28.0);
    }

    /// Symptoms by name with their side, "; "-separated.
    QString namesOf(const std::vector<std::string>& ids, std::size_t most) const {
        QStringList names;
        for (std::size_t n = 0; n < std::min(most, ids.size()); ++n)
            names << symptomName(ids[n], c, language());
        QString text = names.join(QStringLiteral(";  "));
        if (ids.size() > most)
            text += QStringLiteral(";  ") + more(static_cast<int>(ids.size() - most));
        return text;
    }

    void verdict() {
        if (!c.crossCheck) {
            if (c.symptoms.empty() || c.finding != clinic::Finding::BrainTumour)
                return;
            // Symptoms were given, but there is no place to compare them with.
            m_flow.add(
                framed(paragraph(width() - 62.0,
                                 translate("report", "Symptoms were entered, but they could not be compared with the "
                                                     "place, since the place is not known."),
                                 kBodyBold),
                       {32, 16, 30, 16, kPanel, Qt::transparent, 8.0, kQuiet}),
                28.0);
            return;
        }
        const clinic::CrossCheck& check = *c.crossCheck;
        const VerdictLook look = lookOf(check.verdict);
        constexpr double kIcon = 96.0;
        constexpr double kPad = 28.0;
        const double inner = width() - 2.0 * kPad - kIcon - 28.0;
        const Block icon = drawing(kIcon, kIcon, [look](QPainter& painter) {
            painter.scale(kIcon / 100.0, kIcon / 100.0);
            painter.setPen(Qt::NoPen);
            painter.setBrush(look.ink);
            painter.drawEllipse(QPointF(50, 50), 50, 50);
            painter.setBrush(Qt::NoBrush);
            look.icon(painter);
        });
        // The answer belongs on the first page. When its reasons are too many for what is left of it, the box takes as
        // many as fit and the rest are listed with the evidence.
        const auto box = [&](std::size_t most) {
            std::vector<Block> lines{
                paragraph(inner, translate("report", "Place against symptoms"), {18.0, true, look.ink, 0.4}),
                paragraph(inner, sentence(clinic::nameMessageId(check.verdict)), {34.0, true, look.ink, 0.0},
                          {Qt::AlignLeft, 3, 1.18}),
                space(inner, 2.0)};
            for (std::size_t n = 0; n < std::min(most, check.reasons.size()); ++n)
                lines.push_back(bullet(sentence(check.reasons[n]), inner, {21.0, false, kText, 0.0}, look.ink, 4));
            if (check.reasons.size() > most)
                lines.push_back(bullet(translate("report", "%1 more reasons stand with the evidence below.")
                                           .arg(check.reasons.size() - most),
                                       inner, kSmallQuiet, kQuiet));
            if (!check.unexplained.empty())
                lines.push_back(
                    paragraph(inner,
                              {{translate("report", "Not explained by this place:  "), {21.0, true, kText, 0.0}},
                               {namesOf(check.unexplained, 8), {21.0, false, kText, 0.0}}},
                              {Qt::AlignLeft, 4}));
            if (!check.expected.empty())
                lines.push_back(
                    paragraph(inner,
                              {{translate("report", "Expected here, not entered:  "), {21.0, true, kText, 0.0}},
                               {namesOf(check.expected, 8), {21.0, false, kText, 0.0}}},
                              {Qt::AlignLeft, 4}));
            return framed(row({icon, stack(std::move(lines), 5.0)}, 28.0),
                          {kPad, 20, kPad, 20, look.fill, Qt::transparent, 12.0, look.ink});
        };
        constexpr std::size_t kMostReasons = 12;
        constexpr double kGap = 26.0;
        std::size_t most = std::min(kMostReasons, check.reasons.size());
        Block set = box(most);
        while (most > 1 && set.height + kGap > m_flow.remaining())
            set = box(--most);
        if (set.height + kGap > m_flow.remaining()) { // not even so: overleaf there is room for all
            most = std::min(kMostReasons, check.reasons.size());
            set = box(most);
        }
        m_reasonsShown = most;
        m_flow.add(set, kGap);
    }

    /// Reasons that the verdict's box had no room for.
    void furtherReasons() {
        if (!c.crossCheck || m_reasonsShown >= c.crossCheck->reasons.size())
            return;
        constexpr std::size_t kMost = 16;
        std::vector<Block> lines{heading(translate("report", "Further reasons"), width())};
        std::size_t n = m_reasonsShown;
        for (; n < std::min(m_reasonsShown + kMost, c.crossCheck->reasons.size()); ++n)
            lines.push_back(bullet(sentence(c.crossCheck->reasons[n]), width(), {20.0, false, kText, 0.0}, kAccent, 4));
        if (n < c.crossCheck->reasons.size())
            lines.push_back(
                bullet(more(static_cast<int>(c.crossCheck->reasons.size() - n)), width(), kSmallQuiet, kQuiet));
        m_flow.add(stack(std::move(lines), 4.0), 30.0);
    }

    /// Where a link's side rule points, in words.
    QString pointsTo(const clinic::LinkLine& line) const {
        QString text =
            line.link.region ? regionName(*line.link.region, c, language()) : translate("report", "no place");
        if (!text.isEmpty())
            text[0] = text[0].toUpper();
        if (line.pointsTo == Side::Left || line.pointsTo == Side::Right)
            text = translate("report", "%1, %2").arg(text, sideName(line.pointsTo));
        return text;
    }

    static QString sourcesOf(const clinic::SymptomLink& link) {
        QStringList keys;
        for (const std::string& key : link.sources)
            keys << (key == "~" ? translate("report", "textbook") : QString::fromStdString(key));
        return keys.join(QStringLiteral(", "));
    }

    /// The mask reaches into the region, but with less than the share that the verdict counts.
    bool holdsALittle(const clinic::SymptomLink& link) const {
        if (!c.location)
            return false;
        const auto& regions = c.location->whole().regions;
        return std::any_of(regions.begin(), regions.end(),
                           [&](const anatomy::RegionShare& share) { return share.region == *link.region; });
    }

    void evidence() {
        if (c.symptoms.empty()) {
            if (c.finding == clinic::Finding::BrainTumour && c.location)
                m_flow.add(
                    stack({heading(translate("report", "Symptoms"), width()),
                           paragraph(
                               width(),
                               translate("report", "No symptoms were entered, so the place is not compared with any."),
                               kBody)},
                          2.0),
                    30.0);
            return;
        }
        if (c.finding != clinic::Finding::BrainTumour && !c.crossCheck) {
            QStringList names;
            for (const clinic::ReportedSymptom& symptom : c.symptoms)
                names << symptomName(symptom.id, c, language());
            names.removeDuplicates();
            m_flow.add(
                stack({heading(translate("report", "Symptoms entered"), width()),
                       paragraph(width(), names.join(QStringLiteral(", ")), kBody),
                       paragraph(width(), translate("report", "Symptoms are compared with places in the brain only."),
                                 kSmallQuiet)},
                      2.0),
                30.0);
            return;
        }
        const std::vector<Column> columns{{370.0, Qt::AlignLeft}, {110.0, Qt::AlignLeft},
                                          {330.0, Qt::AlignLeft}, {90.0, Qt::AlignLeft},
                                          {120.0, Qt::AlignLeft}, {width() - 1020.0 - 5.0 * kCellGap, Qt::AlignLeft}};
        const Block head =
            tableHead(columns, {translate("report", "Symptom"), translate("report", "Its side"),
                                translate("report", "Points to"), translate("report", "Strength"),
                                translate("report", "In the tumour"), translate("report", "Sources, note")});
        std::vector<Block> rows;
        int left = 0;
        const auto add = [&](const std::vector<Block>& cells, bool line) {
            if (static_cast<int>(rows.size()) < m_style.mostSymptoms)
                rows.push_back(tableRow(columns, cells, line, 4.0));
            else
                ++left;
        };
        std::set<std::string> listed; // a symptom given twice is one to the verdict
        for (const clinic::ReportedSymptom& symptom : c.symptoms) {
            if (!listed.insert(symptom.id).second)
                continue;
            std::vector<const clinic::LinkLine*> lines;
            if (c.crossCheck)
                for (const clinic::LinkLine& line : c.crossCheck->lines)
                    if (line.link.symptomId == symptom.id)
                        lines.push_back(&line);
            const QString side = sideName(symptom.side);
            const Block name = cell(columns[0], symptomName(symptom.id, c, language()), {19.0, true, kText, 0.0}, 4);
            const Block sideCell = cell(columns[1], side.isEmpty() ? QString(QChar(0x2013)) : side, kSmall);
            if (lines.empty()) {
                add({name, sideCell,
                     cell(columns[2], c.crossCheck ? translate("report", "no place") : QString(QChar(0x2013)),
                          kSmallQuiet),
                     space(columns[3].width, 0.0), space(columns[4].width, 0.0), space(columns[5].width, 0.0)},
                    true);
                continue;
            }
            for (std::size_t n = 0; n < lines.size(); ++n) {
                const clinic::LinkLine& line = *lines[n];
                Block fits;
                const double w = columns[4].width;
                if (line.sideFit == clinic::LinkLine::SideFit::Contradicts && line.inMask)
                    fits = paragraph(w, translate("report", "other side"), {19.0, true, kWarning, 0.0});
                else if (line.inMask)
                    fits =
                        row({tick(QColor(0, 110, 82)), paragraph(w - 30.0, translate("report", "yes"), kSmall)}, 8.0);
                else
                    fits = paragraph(w,
                                     !line.link.region         ? QString(QChar(0x2013))
                                     : holdsALittle(line.link) ? translate("report", "hardly")
                                                               : translate("report", "no"),
                                     kSmallQuiet);
                std::vector<Run> source{{sourcesOf(line.link), kSmall}};
                if (!line.link.note.empty())
                    source.push_back({(line.link.sources.empty() ? QString() : QStringLiteral("  ·  ")) +
                                          QString::fromStdString(line.link.note),
                                      kSmallQuiet});
                add({n == 0 ? name : space(columns[0].width, 0.0), n == 0 ? sideCell : space(columns[1].width, 0.0),
                     cell(columns[2], pointsTo(line), line.link.region ? kSmall : kSmallQuiet, 3),
                     dots(line.link.strength), fits, paragraph(columns[5].width, source, {Qt::AlignLeft, 4})},
                    n + 1 == lines.size());
            }
        }
        const QString hand = c.crossCheck ? handednessName(c.handedness) : QString();
        m_flow.addRows(heading(translate("report", "Symptoms entered and what they point to"), width(), hand), head,
                       rows, 34.0);
        if (left > 0)
            m_flow.add(paragraph(width(), more(left), kSmallQuiet), 8.0);
        if (c.crossCheck)
            m_flow.add(
                paragraph(width(),
                          translate("report", "Strength: one to three dots, this program's reading of the sources, not "
                                              "published numbers."),
                          kSmallQuiet),
                8.0);
        sources();
    }

    void sources() {
        if (!c.crossCheck || !c.knowledge)
            return;
        std::set<std::string> keys;
        for (const clinic::LinkLine& line : c.crossCheck->lines)
            keys.insert(line.link.sources.begin(), line.link.sources.end());
        std::vector<Run> runs;
        for (const clinic::KnowledgeSource& source : c.knowledge->sources) {
            if (!keys.contains(source.key) || source.key == "~")
                continue;
            if (!runs.empty())
                runs.push_back({QStringLiteral("   "), kSmallQuiet});
            runs.push_back({QString::fromStdString(source.key) + QChar(QChar::Nbsp), {18.0, true, kQuiet, 0.0}});
            QString text = QString::fromStdString(source.title);
            // Of a long address the site is enough on paper; the whole stands in the twin.
            QString where = QString::fromStdString(source.where);
            if (const qsizetype slash = where.indexOf(QLatin1Char('/')); slash > 0 && where.size() > 40)
                where.truncate(slash);
            if (!where.isEmpty())
                text += QStringLiteral(" (%1)").arg(where);
            runs.push_back({text + QLatin1Char('.'), {18.0, false, kQuiet, 0.0}});
        }
        if (!runs.empty())
            m_flow.add(paragraph(width(), runs, {Qt::AlignLeft, 14}), 8.0);
    }

    Block departments(const clinic::RankedHospital& ranked, double w) const {
        std::vector<Block> items;
        for (const std::string& code : ranked.matching) {
            const auto verified = ranked.hospital.verified.find(code);
            const bool seen = verified != ranked.hospital.verified.end() && verified->second;
            const QColor ink = seen ? QColor(0, 110, 82) : kQuiet;
            std::vector<Block> parts;
            if (seen)
                parts.push_back(tick(ink, 17.0));
            QString name = departmentName(code, c, language());
            if (!seen)
                name += translate("report", " (unverified)");
            parts.push_back(label(name, {18.0, seen, seen ? kText : kQuiet, 0.0}, w - 30.0));
            items.push_back(row(std::move(parts), 6.0, Vertical::Middle));
        }
        if (items.empty())
            return paragraph(w, QString(QChar(0x2013)), kSmallQuiet);
        return wrapped(std::move(items), 22.0, 0.0, w);
    }

    void hospitals() {
        if (c.hospitals.empty())
            return;
        const bool distances =
            std::any_of(c.hospitals.begin(), c.hospitals.end(), [](const auto& h) { return h.km.has_value(); });
        const double km = distances ? 110.0 : 0.0;
        std::vector<Column> columns{{470.0, Qt::AlignLeft}, {260.0, Qt::AlignLeft}};
        std::vector<QString> names{translate("report", "Hospital"), translate("report", "City")};
        if (distances) {
            columns.push_back({km, Qt::AlignRight});
            names.push_back(translate("report", "Distance"));
        }
        double used = 0.0;
        for (const Column& column : columns)
            used += column.width + kCellGap;
        // A little air between the right-aligned distances and what follows.
        columns.push_back({4.0, Qt::AlignLeft});
        names.push_back(QString());
        columns.push_back({width() - used - 4.0 - kCellGap, Qt::AlignLeft});
        names.push_back(translate("report", "Departments that fit"));
        std::vector<Block> rows;
        const int count = static_cast<int>(c.hospitals.size());
        const int shown = std::min(count, m_style.mostHospitals);
        for (int n = 0; n < shown; ++n) {
            const clinic::RankedHospital& ranked = c.hospitals[static_cast<std::size_t>(n)];
            const clinic::Hospital& hospital = ranked.hospital;
            const bool korean = language().startsWith(QLatin1String("ko"));
            const QString english = QString::fromStdString(hospital.nameEn);
            const QString local = QString::fromStdString(hospital.nameLocal);
            const QString first = korean && !local.isEmpty() ? local : english;
            const QString second = korean && !local.isEmpty() ? english : local;
            std::vector<Block> name{paragraph(columns[0].width, first, {20.0, true, kText, 0.0}, {Qt::AlignLeft, 3})};
            if (!second.isEmpty() && second != first)
                name.push_back(paragraph(columns[0].width, second, {18.0, false, kQuiet, 0.0}, {Qt::AlignLeft, 2}));
            QString city = QString::fromStdString(hospital.city);
            if (!hospital.country.empty())
                city += (city.isEmpty() ? QString() : QStringLiteral(", ")) + session::countryWord(hospital.country);
            std::vector<Block> cells{stack(std::move(name), 0.0), cell(columns[1], city, kSmall, 3)};
            if (distances)
                cells.push_back(cell(columns[2],
                                     ranked.km ? decimal(*ranked.km, *ranked.km < 10.0 ? 1 : 0) + QStringLiteral(" km")
                                               : QString(QChar(0x2013)),
                                     kSmall));
            cells.push_back(space(4.0, 0.0));
            cells.push_back(departments(ranked, columns.back().width));
            rows.push_back(tableRow(columns, std::move(cells), true, 6.0));
        }
        QString aside = findingName(c.finding);
        if (!c.hospitalsFrom.empty())
            aside += QStringLiteral("  ·  ") +
                     translate("report", "distances from %1").arg(QString::fromStdString(c.hospitalsFrom));
        m_flow.addRows(heading(translate("report", "Hospitals: examples to verify"), width(), aside),
                       tableHead(columns, names), rows, 34.0);
        QString note =
            translate("report", "A tick: the department was seen on a page of the hospital. Unverified: general "
                                "knowledge. Check with the hospital before relying on either.");
        if (c.finding == clinic::Finding::LungLesion || c.finding == clinic::Finding::LiverLesion)
            note = translate("report", "The network outlines the organ and looks for no lesion in it: the list is for "
                                       "one that somebody else has found.") +
                   QLatin1Char(' ') + note;
        if (shown < count)
            note += QLatin1Char(' ') + more(count - shown);
        m_flow.add(paragraph(width(), note, kSmallQuiet), 8.0);
    }

    void closing() {
        // What must be said whatever the verdict, beside where everything came from.
        const report::Provenance& p = c.provenance;
        constexpr double kGap = 54.0;
        std::vector<Block> cautions;
        const double half = std::floor((width() - kGap) / 2.0);
        const double leftWidth = c.crossCheck && !c.crossCheck->cautions.empty() ? half : 0.0;
        if (leftWidth > 0.0) {
            cautions.push_back(heading(translate("report", "Bear in mind"), leftWidth));
            for (std::size_t n = 0; n < std::min<std::size_t>(8, c.crossCheck->cautions.size()); ++n)
                cautions.push_back(
                    bullet(sentence(c.crossCheck->cautions[n]), leftWidth, {20.0, false, kText, 0.0}, kAccent, 5));
        }
        const double w = leftWidth > 0.0 ? width() - kGap - leftWidth : width();
        const Column key{210.0, Qt::AlignLeft};
        const Column value{w - key.width - kCellGap, Qt::AlignLeft};
        std::vector<Block> lines{heading(translate("report", "How this was made"), w)};
        const auto line = [&](const QString& name, const QString& text, bool hash = false) {
            if (text.isEmpty())
                return;
            ParagraphOptions options;
            options.maxLines = 4;
            options.breakWords = hash;
            lines.push_back(row(
                {paragraph(key.width, name, kSmallQuiet), paragraph(value.width, text, kSmall, options)}, kCellGap));
        };
        line(translate("report", "Program"), programName());
        const QString bundle = QString::fromStdString(p.bundleName);
        line(translate("report", "Network bundle"),
             bundle.isEmpty()
                 ? translate("report", "none: the mask was given, not made here")
                 : bundle + (p.bundleVersion.empty() ? QString()
                                                     : QLatin1Char(' ') + QString::fromStdString(p.bundleVersion)));
        line(translate("report", "Weights (SHA-256)"), QString::fromStdString(p.weightsSha256), true);
        line(translate("report", "Device"), QString::fromStdString(p.device));
        if (!bundle.isEmpty() || p.edited) // of a mask that was given nobody knows
            line(translate("report", "Edits"), p.edited ? translate("report", "the mask was edited by hand")
                                               : p.readFromFile
                                                   ? translate("report", "not known: the mask was read from a file")
                                                   : translate("report", "the mask was not edited"));
        line(translate("report", "Label numbers"), QString::fromStdString(imaging::toString(c.era)));
        if (c.imagingCase && !c.imagingCase->volumes.empty()) {
            const imaging::Geometry& grid = c.imagingCase->geometry();
            line(translate("report", "Grid"),
                 translate("report", "%1 x %2 x %3 voxels of %4 x %5 x %6 mm")
                     .arg(grid.size[0])
                     .arg(grid.size[1])
                     .arg(grid.size[2])
                     .arg(decimal(grid.spacing[0], 2), decimal(grid.spacing[1], 2), decimal(grid.spacing[2], 2)));
        }
        line(translate("report", "Made"), dateOf(p.createdAt, language()));
        if (c.synthetic)
            line(translate("report", "Case"), translate("report", "synthetic: computed, no person's images"));
        const Block made = stack(std::move(lines), 4.0);
        m_flow.add(leftWidth > 0.0 ? row({stack(std::move(cautions), 5.0), made}, kGap) : made, 36.0);
    }

    void footers() {
        const Flow::Sheet& sheet = m_flow.sheet();
        const int pages = m_canvas.pageCount();
        for (int page = 0; page < pages; ++page) {
            m_canvas.turnTo(page);
            const double top = sheet.height - 104.0;
            const Block number =
                label(translate("report", "Page %1 of %2").arg(page + 1).arg(pages), {18.0, false, kQuiet, 0.0}, 300.0);
            const double textWidth = width() - number.width - 40.0;
            const Block text = paragraph(textWidth,
                                         {{purpose(), {19.0, true, kWarning, 0.0}},
                                          {QStringLiteral("   ") + programName() + QStringLiteral("  ·  ") + caseName(),
                                           {18.0, false, kQuiet, 0.0}}},
                                         {Qt::AlignLeft, 2});
            rule(width(), kLine, 1.5).place(m_canvas, {sheet.left, top});
            text.place(m_canvas, {sheet.left, top + 14.0});
            number.place(m_canvas, {sheet.left + width() - number.width, top + 14.0});
        }
    }

    const ReportContent& c;
    const ReportStyle& m_style;
    Canvas m_canvas;
    Flow m_flow;
    std::size_t m_reasonsShown = 0;
};

ComposedReport::ComposedReport(const ReportContent& content, const ReportStyle& style)
    : m_composer(std::make_unique<Composer>(content, style)) {
    m_composer->compose();
}

ComposedReport::~ComposedReport() = default;

const Canvas& ComposedReport::canvas() const { return m_composer->canvas(); }

const Flow::Sheet& ComposedReport::sheet() const { return m_composer->sheet(); }

} // namespace sulcus::paint
