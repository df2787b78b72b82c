// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/verdict_panel.h"

#include "ui/session/message_catalogue.h"
#include "ui/widgets/brain_painter.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QAction>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace sulcus::widgets {

namespace {

struct VerdictLook {
    const char* icon;
    QColor colour;
};

VerdictLook lookOf(clinic::Verdict verdict, const ThemeColours& c) {
    switch (verdict) {
    case clinic::Verdict::Agrees:
        return {"ok", c.good};
    case clinic::Verdict::Partly:
        return {"partly", c.warn};
    case clinic::Verdict::AgreesWrongSide:
        return {"swap", c.bad};
    case clinic::Verdict::NotExplained:
        return {"problem", c.bad};
    case clinic::Verdict::Weak:
        return {"question", c.warn};
    case clinic::Verdict::NothingAboutPlace:
        break;
    }
    return {"question", c.muted};
}

QString heading(const QString& text) {
    return QStringLiteral("<p style='margin-top:14px; margin-bottom:5px'><b>%1</b></p>").arg(text.toHtmlEscaped());
}

QString muted(const QString& text) {
    return QStringLiteral("<span style='color:%1'>%2</span>").arg(Theme::instance().colours().muted.name(), text);
}

/// A bar of a table row: text engines draw no boxes, but cells have a ground.
QString bar(double share, const QColor& colour) {
    const int filled = std::clamp(static_cast<int>(std::lround(share * 100.0)), share > 0.0 ? 1 : 0, 100);
    QString cells;
    if (filled > 0)
        cells += QStringLiteral("<td width='%1%' bgcolor='%2' style='font-size:3pt'>&nbsp;</td>")
                     .arg(filled)
                     .arg(colour.name());
    if (filled < 100)
        cells += QStringLiteral("<td width='%1%' bgcolor='%2' style='font-size:3pt'>&nbsp;</td>")
                     .arg(100 - filled)
                     .arg(Theme::instance().colours().raised.name());
    return QStringLiteral("<table width='100%' cellspacing='0' cellpadding='0'><tr>") + cells +
           QStringLiteral("</tr></table>");
}

QString dots(int strength) {
    const QString full = QStringLiteral("<span style='color:%1'>").arg(Theme::instance().colours().accent.name()) +
                         QString(strength, QChar(0x25CF)) + QStringLiteral("</span>");
    return full + muted(QString(3 - std::clamp(strength, 0, 3), QChar(0x25CB)));
}

QString strengthWord(int strength) {
    switch (strength) {
    case 3:
        return VerdictPanel::tr("strong link");
    case 2:
        return VerdictPanel::tr("fair link");
    case 1:
        return VerdictPanel::tr("weak link");
    default:
        return VerdictPanel::tr("no place");
    }
}

QString bullets(const QStringList& lines) {
    QString html = QStringLiteral("<ul style='margin-top:2px; margin-left:-22px'>");
    for (const QString& line : lines)
        html += QStringLiteral("<li style='margin-bottom:3px'>%1</li>").arg(line);
    return html + QStringLiteral("</ul>");
}

/// Keys with the title of what they stand for as a tip; "~" is a rule of textbooks.
QString sourcesOf(const clinic::Knowledge& knowledge, const std::vector<std::string>& keys) {
    QStringList sources;
    for (const std::string& key : keys) {
        const clinic::KnowledgeSource* const source = knowledge.source(key);
        if (key == "~")
            sources << VerdictPanel::tr("textbook");
        else
            sources << QStringLiteral("<a href='#%1' title='%2' style='color:%3; text-decoration:none'>%1</a>")
                           .arg(QString::fromStdString(key),
                                source == nullptr ? QString() : QString::fromStdString(source->title).toHtmlEscaped(),
                                Theme::instance().colours().muted.name());
    }
    return sources.join(QStringLiteral(", "));
}

} // namespace

VerdictPanel::VerdictPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_toHospitals(actions.action(QStringLiteral("tab-hospitals"))) {
    setNamed(this, QStringLiteral("verdictPanel"), tr("Place and verdict"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 6, 10);
    layout->setSpacing(8);
    m_card = new QFrame(this);
    setNamed(m_card, QStringLiteral("verdictCard"), tr("Verdict"));
    auto* const card = new QHBoxLayout(m_card);
    card->setContentsMargins(12, 10, 12, 10);
    card->setSpacing(10);
    m_icon = new QLabel(m_card);
    m_icon->setFixedSize(30, 30);
    card->addWidget(m_icon, 0, Qt::AlignTop);
    auto* const words = new QVBoxLayout;
    words->setSpacing(3);
    m_title = makeHeading({}, m_card);
    m_title->setWordWrap(true);
    setNamed(m_title, QStringLiteral("verdictTitle"), tr("Verdict"));
    words->addWidget(m_title);
    m_meaning = makeMuted({}, m_card);
    m_meaning->setObjectName(QStringLiteral("verdictMeaning"));
    words->addWidget(m_meaning);
    card->addLayout(words, 1);
    layout->addWidget(m_card);
    m_text = new QTextBrowser(this);
    setNamed(m_text, QStringLiteral("verdictText"), tr("Place, reasons and links"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->document()->setDocumentMargin(0);
    layout->addWidget(m_text, 1);
    auto* const bottom = new QHBoxLayout;
    m_refine =
        makeActionButton(actions.action(QStringLiteral("place-refine")), QStringLiteral("placeRefine"), false, this);
    bottom->addWidget(m_refine);
    m_bend = makeActionButton(actions.action(QStringLiteral("place-bend")), QStringLiteral("placeBend"), false, this);
    bottom->addWidget(m_bend);
    bottom->addStretch(1);
    layout->addLayout(bottom);
    layout->addWidget(makeEducationNote(this));

    connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
        if (url.toString() == QLatin1String("tab:hospitals"))
            m_toHospitals->trigger();
    });
    m_painter = new BrainPainter(m_workbench, this);
    connect(m_painter, &BrainPainter::painted, this, [this] { m_redraw.start(); });
    connect(&m_workbench.session().findings(), &session::StateNotifier::changed, this, &VerdictPanel::followPicture);
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(0);
    connect(&m_redraw, &QTimer::timeout, this, &VerdictPanel::follow);
    const auto later = [this] { m_redraw.start(); };
    connect(&m_workbench.session().findings(), &session::StateNotifier::changed, this, later);
    connect(&m_workbench, &session::Workbench::knowledgeChanged, this, later);
    connect(&m_workbench, &session::Workbench::located, this, later);
    connect(&Theme::instance(), &Theme::changed, this, later);
    connect(&Theme::instance(), &Theme::changed, this, &VerdictPanel::followPicture);
    follow();
}

QString VerdictPanel::placeHtml() const {
    auto& session = m_workbench.session();
    const session::FindingData& findings = session.findings().value();
    if (!session.hasMask() || !m_workbench.comparesPlace())
        return {};
    QString html = heading(tr("Where the mask lies"));
    if (!m_painter->picture().isNull() && findings.location) {
        html += QStringLiteral("<p style='margin:0'><img src='brain.png' width='%1'/></p>")
                    .arg(static_cast<int>(m_painter->picture().width() / m_painter->picture().devicePixelRatio()));
        html += QStringLiteral("<p style='margin-top:5px; margin-bottom:8px'>%1</p>")
                    .arg(muted(tr("Filled: regions with at least 10 % of the mask. Hatched: regions that the symptoms "
                                  "suggest. Rings: the pieces.")));
    }
    if (findings.locationProblem)
        return html + QStringLiteral("<p>%1</p>").arg(session::sentence(*findings.locationProblem).toHtmlEscaped());
    if (!findings.location)
        return html + QStringLiteral("<p>%1</p>").arg(muted(tr("Finding the place...")));
    const anatomy::Location& location = *findings.location;
    const anatomy::TargetLocation& whole = location.whole();
    const ThemeColours& c = Theme::instance().colours();
    html += QStringLiteral("<table width='100%' cellspacing='0' cellpadding='2'>");
    int shown = 0;
    double rest = 0.0;
    for (const anatomy::RegionShare& region : whole.regions) {
        if (shown >= 6 || (region.share < 0.01 && shown > 0)) {
            rest += region.share;
            continue;
        }
        const double strength = region.share >= 0.10 ? 1.0 : 0.0;
        html += QStringLiteral("<tr><td width='54%'>%1</td><td width='28%' valign='middle'>%2</td><td align='right' "
                               "width='18%'>%3</td></tr>")
                    .arg(strength > 0.0
                             ? QStringLiteral("<b>%1</b>").arg(regionName(region.region, region.side).toHtmlEscaped())
                             : muted(regionName(region.region, region.side).toHtmlEscaped()),
                         bar(region.share, strength > 0.0 ? c.accent : c.muted), percent(region.share));
        ++shown;
    }
    if (rest >= 0.005)
        html += QStringLiteral("<tr><td>%1</td><td></td><td align='right'>%2</td></tr>")
                    .arg(muted(tr("other places")), muted(percent(rest)));
    html += QStringLiteral("</table>");
    if (whole.outsideShare >= 0.005)
        html += QStringLiteral("<p style='margin-top:3px; margin-bottom:0'>%1</p>")
                    .arg(muted(tr("Of this, %1 lies beyond the edge of the atlas' brain and is counted to the nearest "
                                  "region.")
                                   .arg(percent(whole.outsideShare))));
    QStringList facts;
    facts << tr("Left %1, right %2").arg(percent(whole.leftShare), percent(whole.rightShare));
    if (whole.crossesMidline)
        facts << tr("crosses the midline");
    facts << (location.components.size() == 1 ? tr("one piece") : tr("%1 pieces").arg(location.components.size()));
    html += QStringLiteral("<p style='margin-top:5px; margin-bottom:0'>%1</p>").arg(facts.join(QStringLiteral(" · ")));
    QStringList touched;
    QStringList near;
    for (const anatomy::AreaDistance& area : location.distances) {
        const std::string id = "area." + area.areaId;
        const auto region = anatomy::regionFromString(area.areaId);
        if (!session::hasSentence(id) && !region)
            continue;
        QString name = session::hasSentence(id) ? session::sentence(id) : regionName(*region);
        if (area.side == Side::Left || area.side == Side::Right)
            name = tr("%1 (%2)").arg(name, sideName(area.side));
        if (area.mm <= 0.0)
            touched << name;
        else if (area.mm < 15.0)
            near << tr("%1 %2 mm").arg(name).arg(area.mm, 0, 'f', 0);
    }
    if (!touched.isEmpty())
        html += QStringLiteral("<p style='margin-top:4px; margin-bottom:0'>%1 %2</p>")
                    .arg(muted(tr("Touches:")), touched.join(QStringLiteral(", ")).toHtmlEscaped());
    if (!near.isEmpty())
        html += QStringLiteral("<p style='margin-top:4px; margin-bottom:0'>%1 %2</p>")
                    .arg(muted(tr("Near:")), near.join(QStringLiteral(", ")).toHtmlEscaped());
    QString method = location.method == "registered"   ? tr("Placed by registration to the brain template")
                     : location.method == "deformable" ? tr("Placed by bending the brain template to this brain")
                                                       : tr("Placed by the grid of the file");
    method += tr(", brain overlap %1").arg(percent(location.brainDice));
    if (m_workbench.refining())
        method += QStringLiteral(". ") + tr("A registration of this case is on its way and will refine it.");
    html += QStringLiteral("<p style='margin-top:4px; margin-bottom:0'>%1</p>").arg(muted(method));
    html += changeHtml();
    for (const Message& note : location.notes)
        html += QStringLiteral("<p style='margin-top:4px; margin-bottom:0; color:%1'>%2</p>")
                    .arg(c.warn.name(), session::sentence(note).toHtmlEscaped());
    return html;
}

QString VerdictPanel::changeHtml() const {
    const session::FindingData& findings = m_workbench.session().findings().value();
    if (!findings.before || !findings.location)
        return {};
    const anatomy::TargetLocation& before = findings.before->whole();
    const anatomy::TargetLocation& after = findings.location->whole();
    const auto shareIn = [](const anatomy::TargetLocation& place, const anatomy::RegionShare& region) {
        for (const anatomy::RegionShare& entry : place.regions)
            if (entry.region == region.region && entry.side == region.side)
                return entry.share;
        return 0.0;
    };
    // Regions that matter before or after, by the size of their change.
    std::vector<std::pair<anatomy::RegionShare, double>> changes;
    const auto take = [&](const anatomy::TargetLocation& place) {
        for (const anatomy::RegionShare& region : place.regions) {
            const bool known = std::any_of(changes.begin(), changes.end(), [&](const auto& change) {
                return change.first.region == region.region && change.first.side == region.side;
            });
            const double change = shareIn(after, region) - shareIn(before, region);
            if (!known && std::abs(change) >= 0.01)
                changes.emplace_back(region, change);
        }
    };
    take(after);
    take(before);
    std::stable_sort(changes.begin(), changes.end(),
                     [](const auto& a, const auto& b) { return std::abs(a.second) > std::abs(b.second); });
    QStringList lines;
    for (const auto& [region, change] : changes) {
        if (lines.size() == 3)
            break;
        lines << tr("%1: %2 → %3")
                     .arg(regionName(region.region, region.side), percent(shareIn(before, region)),
                          percent(shareIn(after, region)));
    }
    const QString overlap =
        tr("brain overlap %1 → %2").arg(percent(findings.before->brainDice), percent(findings.location->brainDice));
    return QStringLiteral("<p style='margin-top:4px; margin-bottom:0'>%1 %2</p>")
        .arg(muted(tr("Refined by the registration:")),
             (lines.isEmpty() ? tr("no region changed by 1 % or more") : lines.join(QStringLiteral("; ")))
                     .toHtmlEscaped() +
                 QStringLiteral("; ") + overlap.toHtmlEscaped());
}

QString VerdictPanel::hospitalsHtml() const {
    const session::FindingData& findings = m_workbench.session().findings().value();
    if (!findings.crossCheck || findings.hospitals.empty())
        return {};
    QStringList lines;
    for (std::size_t n = 0; n < std::min<std::size_t>(3, findings.hospitals.size()); ++n) {
        const clinic::RankedHospital& entry = findings.hospitals[n];
        const bool local = speaksKorean() && !entry.hospital.nameLocal.empty() && entry.hospital.country == "KR";
        QString line =
            QString::fromStdString(local ? entry.hospital.nameLocal : entry.hospital.nameEn).toHtmlEscaped() +
            muted(QStringLiteral(" · ") + QString::fromStdString(entry.hospital.city).toHtmlEscaped());
        if (entry.km)
            line += muted(QStringLiteral(" · ") + tr("%1 km").arg(*entry.km, 0, 'f', 0));
        lines << line;
    }
    return heading(tr("Where to go (examples to verify)")) + bullets(lines) +
           QStringLiteral("<p style='margin:0'><a href='tab:hospitals' style='color:%1'>%2</a></p>")
               .arg(Theme::instance().colours().accent.name(), tr("All hospitals"));
}

void VerdictPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    QTimer::singleShot(0, this, &VerdictPanel::followPicture); // the text has its width then
}

void VerdictPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    QTimer::singleShot(0, this, &VerdictPanel::followPicture);
}

void VerdictPanel::followPicture() {
    auto& session = m_workbench.session();
    const session::FindingData& findings = session.findings().value();
    if (!findings.location) {
        m_painter->clear();
        return;
    }
    if (!isVisible())
        return; // its width is not known yet; showEvent asks again
    paint::BrainPictureStyle style;
    style.key = false; // said below in letters of the panel's own size
    style.width = std::clamp(m_text->viewport()->width() - 6, 200, 460);
    style.pixelRatio = devicePixelRatioF();
    style.dark = Theme::instance().kind() == ThemeKind::Dark;
    m_painter->request(BrainPainter::marksOf(m_workbench), style);
}

QString VerdictPanel::linksHtml() const {
    const session::FindingData& findings = m_workbench.session().findings().value();
    if (!findings.crossCheck || !m_workbench.knowledge())
        return {};
    const clinic::CrossCheck& check = *findings.crossCheck;
    const clinic::Knowledge& knowledge = *m_workbench.knowledge();
    const ThemeColours& c = Theme::instance().colours();
    QString html;
    if (!check.reasons.empty()) {
        QStringList lines;
        for (const Message& reason : check.reasons)
            lines << session::sentence(reason).toHtmlEscaped();
        html += heading(tr("Why")) + bullets(lines);
    }
    const auto names = [&](const std::vector<std::string>& ids) {
        QStringList list;
        for (const std::string& id : ids)
            list << symptomName(knowledge, id).toHtmlEscaped();
        return list;
    };
    // What the mask and the symptoms say together, best first.
    QStringList ranked;
    const auto places = m_workbench.suggestedPlaces();
    const auto suggested = [&](const QString& words, anatomy::Region region) {
        const Side side = suggestedSide(places, region);
        return side == Side::Both ? words : tr("%1, %2 side").arg(words, sideName(side));
    };
    for (const clinic::RankedRegion& region : check.ranked) {
        if (ranked.size() == 5)
            break;
        QStringList why;
        if (region.maskShare >= 0.005)
            why << tr("%1 of the mask").arg(percent(region.maskShare));
        if (region.suggestion == clinic::Suggestion::Strong)
            why << suggested(tr("strongly suggested"), region.region);
        if (region.suggestion == clinic::Suggestion::Weak)
            why << suggested(tr("weakly suggested"), region.region);
        ranked << regionName(region.region).toHtmlEscaped() + QLatin1Char(' ') +
                      muted(QStringLiteral("(%1)").arg(why.join(QStringLiteral(", "))));
    }
    if (!ranked.isEmpty() && !findings.symptoms.empty())
        html += heading(tr("Regions by mask and symptoms together")) + bullets(ranked);
    if (!check.unexplained.empty())
        html += heading(tr("Not explained by the mask")) + bullets(names(check.unexplained));
    if (!check.expected.empty())
        html += heading(tr("Expected for this place, not entered")) + bullets(names(check.expected));
    if (!check.lines.empty()) {
        const auto& place = m_workbench.session().findings()->location;
        // The mask reaches into the region, but with less than the share that the verdict counts.
        const auto holdsALittle = [&](anatomy::Region region) {
            return place && std::any_of(place->whole().regions.begin(), place->whole().regions.end(),
                                        [&](const anatomy::RegionShare& share) { return share.region == region; });
        };
        html += heading(tr("Every link that was used"));
        html += QStringLiteral("<table width='100%' cellspacing='0' cellpadding='3'>");
        for (const clinic::LinkLine& line : check.lines) {
            const QString target = line.link.region ? regionName(*line.link.region) : tr("no place");
            QString fit;
            if (line.sideFit == clinic::LinkLine::SideFit::Fits)
                fit = QStringLiteral("<span style='color:%1'>%2</span>").arg(c.good.name(), tr("side fits"));
            else if (line.sideFit == clinic::LinkLine::SideFit::Contradicts)
                fit = QStringLiteral("<span style='color:%1'>%2</span>").arg(c.bad.name(), tr("other side"));
            QStringList facts;
            facts << muted(strengthWord(line.link.strength));
            if (!fit.isEmpty())
                facts << fit;
            if (line.link.region && !line.inMask)
                facts << muted(holdsALittle(*line.link.region) ? tr("hardly in the mask") : tr("not in the mask"));
            facts << sourcesOf(knowledge, line.link.sources);
            html += QStringLiteral("<tr><td><b>%1</b> → %2<br/>%3 %4</td></tr>")
                        .arg(symptomName(knowledge, line.link.symptomId).toHtmlEscaped(), target.toHtmlEscaped(),
                             dots(line.link.strength), facts.join(muted(QStringLiteral(" · "))));
        }
        html += QStringLiteral("</table>");
    }
    if (check.mainRegion) {
        const auto fact =
            std::find_if(knowledge.regions.begin(), knowledge.regions.end(),
                         [&](const clinic::RegionFact& entry) { return entry.region == *check.mainRegion; });
        if (fact != knowledge.regions.end()) {
            html += heading(tr("About this region: %1").arg(regionName(*check.mainRegion)));
            QStringList lines;
            const auto words = [](const std::string& english, const std::string& korean) {
                return QString::fromStdString(speaksKorean() && !korean.empty() ? korean : english);
            };
            if (!fact->does.empty())
                lines << tr("Does: %1").arg(words(fact->does, fact->doesKo)).toHtmlEscaped();
            if (!fact->signs.empty())
                lines << tr("Signs: %1").arg(words(fact->signs, fact->signsKo)).toHtmlEscaped();
            if (!fact->tumour.empty())
                lines << tr("Tumours: %1").arg(words(fact->tumour, fact->tumourKo)).toHtmlEscaped();
            if (const QString sources = sourcesOf(knowledge, fact->sources); !sources.isEmpty())
                lines << muted(tr("Sources: %1").arg(sources));
            html += bullets(lines);
        }
    }
    if (!check.cautions.empty()) {
        QStringList lines;
        for (const Message& caution : check.cautions)
            lines << muted(session::sentence(caution).toHtmlEscaped());
        html += heading(tr("Keep in mind")) + bullets(lines);
    }
    return html;
}

void VerdictPanel::follow() {
    auto& session = m_workbench.session();
    const session::FindingData& findings = session.findings().value();
    const ThemeColours& c = Theme::instance().colours();
    QString title;
    QString meaning;
    VerdictLook look{"info", c.muted};
    if (!session.hasCase()) {
        title = tr("No case open");
        meaning = tr("Open a case, segment it, then tick the symptoms.");
    } else if (!m_workbench.comparesPlace()) {
        title = tr("Place and symptoms are compared for brain cases only");
        meaning = tr("This is a CT. The report holds what was measured.");
    } else if (!session.hasMask()) {
        title = tr("No mask yet");
        meaning = tr("Segment the case first; its place is found by itself.");
    } else if (findings.locationProblem) {
        title = tr("The place is not known");
        meaning = session::sentence(*findings.locationProblem);
        look = {"warning", c.warn};
    } else if (!findings.crossCheck) {
        title = tr("Finding the place...");
    } else if (findings.symptoms.empty()) {
        title = session::sentence("verdict.no_symptoms");
        meaning = tr("Tick symptoms in the tab Symptoms to compare them with the place.");
    } else {
        title = verdictTitle(findings.crossCheck->verdict);
        meaning = verdictMeaning(findings.crossCheck->verdict);
        look = lookOf(findings.crossCheck->verdict, c);
    }
    m_title->setText(title);
    m_meaning->setText(meaning);
    m_meaning->setVisible(!meaning.isEmpty());
    m_icon->setPixmap(Theme::instance().pixmap(QLatin1String(look.icon), 30, look.colour, devicePixelRatioF()));
    m_card->setStyleSheet(
        QStringLiteral(
            "#verdictCard { background: %1; border: 1px solid %2; border-left: 5px solid %3; border-radius: 8px; }")
            .arg(c.raised.name(), c.border.name(), look.colour.name()));
    m_card->setAccessibleDescription(title + QStringLiteral(". ") + meaning);
    const int at = m_text->verticalScrollBar()->value();
    if (!m_painter->picture().isNull())
        m_text->document()->addResource(QTextDocument::ImageResource, QUrl(QStringLiteral("brain.png")),
                                        m_painter->picture());
    m_text->setHtml(placeHtml() + linksHtml() + hospitalsHtml());
    m_text->verticalScrollBar()->setValue(at);
    const bool placed = session.hasMask() && m_workbench.comparesPlace();
    m_refine->setVisible(placed);
    m_bend->setVisible(placed);
}

} // namespace sulcus::widgets
