// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/brain_explorer.h"

#include "ui/scene/palette.h"
#include "ui/scene/surface.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace sulcus::widgets {

namespace {

using Tint = BrainExplorer::Tint;

constexpr Side kSides[] = {Side::Left, Side::Right, Side::Both};

/// One label per region and side; 0 stays what is outside.
std::uint8_t labelOf(anatomy::Region region, Side side) {
    const int half = side == Side::Left ? 0 : side == Side::Right ? 1 : 2;
    return static_cast<std::uint8_t>(1 + static_cast<int>(region) * 3 + half);
}

struct BrainSurfaces {
    scene::SurfaceSet regions;
    scene::SurfacePtr brain;
};

/// The atlas' finer places joined to regions, then one surface each.
Result<BrainSurfaces> buildBrain(const anatomy::Atlas& atlas, const TaskContext& task) {
    std::array<std::uint8_t, 256> joined{};
    const std::vector<anatomy::Place>& places = atlas.places();
    for (std::size_t n = 0; n < places.size() && n + 1 < joined.size(); ++n)
        joined[n + 1] = labelOf(places[n].region, places[n].side);
    imaging::LabelMap map;
    map.geometry = atlas.placeMap().geometry;
    map.voxels.resize(atlas.placeMap().voxels.size());
    std::transform(atlas.placeMap().voxels.begin(), atlas.placeMap().voxels.end(), map.voxels.begin(),
                   [&](std::uint8_t place) { return joined[place]; });
    scene::SurfaceOptions options;
    options.maxTriangles = 12'000;
    auto regions = scene::buildSurfaces(map, options, task.part(0.1, 0.9));
    if (!regions)
        return fail(std::move(regions.error()));
    auto brain = scene::buildOuterSurface(*atlas.brain(), task.part(0.9, 1.0));
    if (!brain)
        return fail(std::move(brain.error()));
    return BrainSurfaces{std::move(*regions), std::move(*brain)};
}

scene::LabelStyle styleOf(Tint tint) {
    switch (tint) {
    case Tint::Strong:
        return {scene::kBlue, 1.0, true};
    case Tint::Weak:
        return {scene::kSkyBlue, 0.45, true};
    case Tint::Tumour:
        return {scene::kOrange, 0.9, true};
    case Tint::Both:
        return {scene::kReddishPurple, 1.0, true};
    case Tint::Chosen:
        return {scene::kYellow, 0.75, true};
    case Tint::None:
        break;
    }
    return {{0, 0, 0}, 0.0, false};
}

QString chip(Tint tint, const QString& text) {
    const scene::Rgb c = styleOf(tint).colour;
    return QStringLiteral("<span style='color:%1'>&#9632;</span>&nbsp;%2")
        .arg(QColor(c[0], c[1], c[2]).name(), text.toHtmlEscaped());
}

} // namespace

BrainExplorer::BrainExplorer(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_workbench(workbench) {
    setNamed(this, QStringLiteral("brainExplorer"), tr("Brain and symptoms"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(6);
    auto* const top = new QHBoxLayout;
    auto* const words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(makeHeading(tr("Brain and symptoms"), this));
    words->addWidget(
        makeMuted(tr("Tick symptoms on the right: regions light up. Click the brain: the symptoms."), this));
    top->addLayout(words, 1);
    m_regions = new QComboBox(this);
    m_regions->setToolTip(tr("Opens the page of a region"));
    setNamed(m_regions, QStringLiteral("explorerRegion"), tr("Region"));
    top->addWidget(m_regions);
    QPushButton* const back = new QPushButton(tr("Close"), this);
    setNamed(back, QStringLiteral("explorerClose"), tr("Close the brain"));
    QAction* const toggle = actions.action(QStringLiteral("brain-explore"));
    connect(back, &QPushButton::clicked, toggle, [toggle] { toggle->setChecked(false); });
    top->addWidget(back);
    layout->addLayout(top);

    m_view = new viewport::VolumeView(this);
    setNamed(m_view, QStringLiteral("explorerView"), tr("Brain with the regions that the symptoms suggest"));
    m_view->setMinimumSize(240, 160);
    layout->addWidget(m_view, 5);

    auto* const below = new QHBoxLayout;
    m_legend = new QLabel(this);
    m_legend->setTextFormat(Qt::RichText);
    m_legend->setWordWrap(true);
    m_legend->setObjectName(QStringLiteral("explorerLegend"));
    below->addWidget(m_legend, 1);
    const std::tuple<QString, const char*, scene::ViewDirection> sides[] = {
        {tr("Front"), "explorerFront", scene::ViewDirection::Anterior},
        {tr("Left"), "explorerLeft", scene::ViewDirection::Left},
        {tr("Right"), "explorerRight", scene::ViewDirection::Right},
        {tr("Back"), "explorerBack", scene::ViewDirection::Posterior},
        {tr("Top"), "explorerTop", scene::ViewDirection::Superior},
    };
    for (const auto& [text, name, direction] : sides) {
        auto* const button = new QPushButton(text, this);
        button->setProperty("flat", true);
        setNamed(button, QLatin1String(name), tr("Look from: %1").arg(text));
        connect(button, &QPushButton::clicked, m_view, [this, where = direction] { m_view->lookFrom(where); });
        below->addWidget(button);
    }
    layout->addLayout(below);
    m_state = makeMuted({}, this);
    m_state->setObjectName(QStringLiteral("explorerState"));
    connect(m_state, &QLabel::linkActivated, this, &BrainExplorer::want);
    layout->addWidget(m_state);
    m_text = new QTextBrowser(this);
    setNamed(m_text, QStringLiteral("explorerText"), tr("About the region"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->document()->setDocumentMargin(0);
    m_text->setMinimumHeight(96);
    layout->addWidget(m_text, 2);
    layout->addWidget(
        makeMuted(tr("Strengths are this program's reading of its sources. %1.").arg(educationNote()), this));

    m_redraw.setSingleShot(true);
    m_redraw.setInterval(0);
    connect(&m_redraw, &QTimer::timeout, this, &BrainExplorer::follow);
    const auto later = [this] { m_redraw.start(); };
    connect(&m_workbench.session().findings(), &session::StateNotifier::changed, this, later);
    connect(&m_workbench, &session::Workbench::knowledgeChanged, this, later);
    connect(&Theme::instance(), &Theme::changed, this, later);
    connect(&m_workbench, &session::Workbench::atlasReady, this, &BrainExplorer::build);
    connect(&m_workbench.runner(), &session::JobRunner::jobFinished, this, later);
    connect(m_view, &viewport::VolumeView::cursorMoved, this, [this](imaging::WorldPoint point) {
        if (!m_workbench.atlas())
            return;
        if (const auto place = m_workbench.atlas()->nearest(point))
            chooseRegion(place->region);
    });
    connect(m_regions, &QComboBox::activated, this, [this] {
        const QVariant chosen = m_regions->currentData();
        chooseRegion(chosen.isValid() ? std::optional(static_cast<anatomy::Region>(chosen.toInt())) : std::nullopt);
    });
    connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) { linkClicked(url.toString()); });
    fillRegions();
    follow();
}

void BrainExplorer::fillRegions() {
    const QSignalBlocker block(m_regions);
    m_regions->clear();
    m_regions->addItem(tr("All regions"));
    for (const anatomy::Region region : anatomy::allRegions())
        m_regions->addItem(regionName(region), static_cast<int>(region));
}

void BrainExplorer::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    want();
}

void BrainExplorer::want() {
    if (m_workbench.atlas())
        build();
    else
        m_workbench.wantAtlas();
    follow();
}

void BrainExplorer::build() {
    if (m_built || m_job || !isVisible() || !m_workbench.atlas())
        return;
    m_job = m_workbench.runner().submit<BrainSurfaces>(
        session::Lane::Io, tr("Building the brain"),
        [atlas = m_workbench.atlas()](const TaskContext& task) { return buildBrain(*atlas, task); }, this,
        [this](Result<BrainSurfaces> brain) {
            if (!brain)
                return;
            m_built = true;
            m_view->setVolume(m_workbench.atlas()->brain());
            m_view->setMaskSurfaces(std::move(brain->regions), imaging::LabelEra::Plain);
            m_view->setOuterSurface(std::move(brain->brain));
            follow();
            m_view->lookFrom(scene::ViewDirection::Oblique);
        });
}

BrainExplorer::Tint BrainExplorer::tintOf(anatomy::Region region, Side side) const {
    if (m_chosen == region)
        return Tint::Chosen;
    const auto covers = [side](Side said) {
        return said == side || said == Side::Both || said == Side::Unknown || side == Side::Both;
    };
    clinic::Suggestion suggestion = clinic::Suggestion::None;
    for (const clinic::SuggestedPlace& place : m_workbench.suggestedPlaces())
        if (place.region == region && covers(place.side))
            suggestion = std::max(suggestion, place.suggestion);
    bool tumour = false;
    if (const auto& location = m_workbench.session().findings()->location)
        for (const anatomy::RegionShare& share : location->whole().regions)
            tumour = tumour || (share.region == region && share.share >= clinic::kRegionShare && covers(share.side));
    if (tumour)
        return suggestion == clinic::Suggestion::Strong ? Tint::Both : Tint::Tumour;
    return suggestion == clinic::Suggestion::Strong ? Tint::Strong
           : suggestion == clinic::Suggestion::Weak ? Tint::Weak
                                                    : Tint::None;
}

void BrainExplorer::follow() {
    if (!isVisible())
        return;
    scene::DisplaySettings settings;
    settings.maskOpacity = 1.0;
    settings.crosshairVisible = false;
    settings.brainOpacity = 0.20;
    bool tumour = false;
    for (const anatomy::Region region : anatomy::allRegions())
        for (const Side side : kSides) {
            const Tint tint = tintOf(region, side);
            settings.labels[labelOf(region, side)] = styleOf(tint);
            tumour = tumour || tint == Tint::Tumour || tint == Tint::Both;
        }
    m_view->setDisplay(settings);
    QStringList legend{chip(Tint::Strong, tr("strongly suggested")), chip(Tint::Weak, tr("weakly suggested"))};
    if (tumour)
        legend << chip(Tint::Tumour, tr("holds the mask")) << chip(Tint::Both, tr("both"));
    if (m_chosen)
        legend << chip(Tint::Chosen, tr("chosen"));
    m_legend->setText(legend.join(QStringLiteral(" &nbsp; ")));
    // Cancel stops whatever runs, the building of this brain too: it must not wait for nothing.
    m_state->setText(m_built                       ? QString()
                     : m_workbench.runner().idle() ? QStringLiteral("%1 <a href='build'>%2</a>")
                                                         .arg(tr("Building the brain was stopped.").toHtmlEscaped(),
                                                              tr("Build it again").toHtmlEscaped())
                                                   : tr("The brain is being built from the atlas..."));
    m_state->setVisible(!m_built);
    describe();
}

void BrainExplorer::chooseRegion(std::optional<anatomy::Region> region) {
    m_chosen = region;
    const QSignalBlocker block(m_regions);
    m_regions->setCurrentIndex(region ? m_regions->findData(static_cast<int>(*region)) : 0);
    m_text->verticalScrollBar()->setValue(0);
    follow();
}

void BrainExplorer::describe() {
    const auto& knowledge = m_workbench.knowledge();
    if (!knowledge) {
        m_text->clear();
        return;
    }
    const ThemeColours& c = Theme::instance().colours();
    const auto muted = [&](const QString& text) {
        return QStringLiteral("<span style='color:%1'>%2</span>").arg(c.muted.name(), text.toHtmlEscaped());
    };
    QString html;
    if (!m_chosen) {
        QStringList strong;
        QStringList weak;
        for (const clinic::SuggestedPlace& place : m_workbench.suggestedPlaces())
            (place.suggestion == clinic::Suggestion::Strong ? strong : weak)
                << QStringLiteral("<a href='region:%1' style='color:%2'>%3</a>")
                       .arg(QString::fromStdString(anatomy::toString(place.region)), c.text.name(),
                            regionName(place.region, place.side).toHtmlEscaped());
        if (!strong.isEmpty())
            html += QStringLiteral("<p>%1 <b>%2</b></p>").arg(muted(tr("Strongly suggested:")), strong.join("; "));
        if (!weak.isEmpty())
            html += QStringLiteral("<p>%1 %2</p>").arg(muted(tr("Weakly:")), weak.join("; "));
        if (html.isEmpty())
            html = QStringLiteral("<p>%1</p>").arg(muted(tr("No symptom is ticked that points to a region.")));
        m_text->setHtml(html);
        return;
    }
    html += QStringLiteral("<p><b>%1</b>%2</p>")
                .arg(regionName(*m_chosen).toHtmlEscaped(),
                     anatomy::isApproximate(*m_chosen)
                         ? QStringLiteral(" ") + muted(tr("(an approximate box: the atlas has no label for it)"))
                         : QString());
    if (const clinic::RegionFact* const fact = knowledge->region(*m_chosen)) {
        const auto line = [&](const QString& what, const std::string& english, const std::string& korean) {
            const std::string& text = speaksKorean() && !korean.empty() ? korean : english;
            if (!text.empty())
                html += QStringLiteral("<p style='margin:0'>%1 %2</p>")
                            .arg(muted(what), QString::fromStdString(text).toHtmlEscaped());
        };
        line(tr("Does:"), fact->does, fact->doesKo);
        line(tr("Signs:"), fact->signs, fact->signsKo);
        line(tr("Tumours:"), fact->tumour, fact->tumourKo);
        QStringList sources;
        for (const std::string& key : fact->sources) {
            const clinic::KnowledgeSource* const source = knowledge->source(key);
            sources << (key == "~"          ? tr("textbook")
                        : source == nullptr ? QString::fromStdString(key)
                                            : QString::fromStdString(source->title));
        }
        if (!sources.isEmpty())
            html += QStringLiteral("<p style='margin:0'>%1</p>")
                        .arg(muted(tr("Sources:") + QLatin1Char(' ') + sources.join(QStringLiteral("; "))));
    }
    std::vector<clinic::SymptomLink> links;
    for (const clinic::SymptomLink& link : knowledge->links)
        if (link.region == m_chosen && link.strength > 0)
            links.push_back(link);
    std::stable_sort(links.begin(), links.end(), [](const auto& a, const auto& b) { return a.strength > b.strength; });
    const auto& ticked = m_workbench.session().findings()->symptoms;
    QStringList rows;
    for (const clinic::SymptomLink& link : links) {
        const bool on = std::any_of(ticked.begin(), ticked.end(),
                                    [&](const auto& symptom) { return symptom.id == link.symptomId; });
        rows << QStringLiteral("<a href='tick:%1' style='color:%2; text-decoration:none'>%3&nbsp;%4</a>&nbsp;%5")
                    .arg(QString::fromStdString(link.symptomId), (on ? c.accent : c.text).name(),
                         on ? QStringLiteral("☑") : QStringLiteral("☐"),
                         symptomName(*knowledge, link.symptomId).toHtmlEscaped(),
                         muted(QString(link.strength, QChar(0x25CF)) + QString(3 - link.strength, QChar(0x25CB))));
    }
    if (!rows.isEmpty())
        html += QStringLiteral("<p style='margin-top:6px'>%1<br/>%2</p>")
                    .arg(muted(tr("Symptoms that point here (click to tick):")),
                         rows.join(QStringLiteral(" &nbsp;·&nbsp; ")));
    const int at = m_text->verticalScrollBar()->value();
    m_text->setHtml(html);
    m_text->verticalScrollBar()->setValue(at);
}

void BrainExplorer::linkClicked(const QString& link) {
    if (link.startsWith(QLatin1String("region:"))) {
        chooseRegion(anatomy::regionFromString(link.mid(7).toStdString()));
        return;
    }
    if (!link.startsWith(QLatin1String("tick:")))
        return;
    const std::string id = link.mid(5).toStdString();
    std::vector<clinic::ReportedSymptom> symptoms = m_workbench.session().findings()->symptoms;
    if (std::erase_if(symptoms, [&](const auto& symptom) { return symptom.id == id; }) == 0)
        symptoms.push_back({id, Side::Unknown});
    m_workbench.setSymptoms(std::move(symptoms));
}

} // namespace sulcus::widgets
