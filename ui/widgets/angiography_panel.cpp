// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/angiography_panel.h"

#include "ui/session/message_catalogue.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QComboBox>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTextDocumentFragment>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

namespace sulcus::widgets {

namespace {

using Outcome = session::AngiographySession::Outcome;

constexpr int kColumns = 4;
constexpr int kTiles = 8;
constexpr int kSideLines = 19; ///< width of the answers, in heights of a line
constexpr int kYes = 1;
constexpr int kNo = 0;

/// Dark violet to orange to yellow; lightness grows all the way.
QColor heatColour(double share) {
    static const std::array<std::array<double, 3>, 4> stops{
        {{60, 20, 110}, {180, 50, 100}, {245, 130, 30}, {252, 245, 150}}};
    const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(stops.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(at), stops.size() - 2);
    const double part = at - static_cast<double>(low);
    const auto mix = [&](std::size_t c) {
        return static_cast<int>(std::lround(stops[low][c] + part * (stops[low + 1][c] - stops[low][c])));
    };
    return {mix(0), mix(1), mix(2)};
}

/// A strip that explains the colours of the heat map.
class HeatStrip : public QWidget {
public:
    explicit HeatStrip(QWidget* parent) : QWidget(parent) { setFixedHeight(10); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        for (int x = 0; x < width(); ++x)
            painter.fillRect(x, 0, 1, height(), heatColour(static_cast<double>(x) / std::max(1, width() - 1)));
    }
};

QString percentText(double share) { return QLocale().toString(100.0 * share, 'f', 0) + QStringLiteral(" %"); }

/// As radiologists say it; DICOM's angles are positive for left anterior oblique and for cranial.
QString angleText(const workflow::ViewAngle& angle) {
    const auto rounded = [](double degrees) { return std::round(10.0 * degrees) / 10.0; };
    const auto number = [&](double degrees) {
        return QLocale().toString(std::abs(rounded(degrees)), 'g', QLocale::FloatingPointShortest);
    };
    const QString side = rounded(angle.primary) < 0.0   ? AngiographyPanel::tr("RAO %1°")
                         : rounded(angle.primary) > 0.0 ? AngiographyPanel::tr("LAO %1°")
                                                        : QStringLiteral("%1°"); // straight from the front
    const QString around = side.arg(number(angle.primary));
    if (!angle.secondary)
        return around;
    return around + QStringLiteral(", ") +
           (rounded(*angle.secondary) < 0.0 ? AngiographyPanel::tr("CAU %1°") : AngiographyPanel::tr("CRA %1°"))
               .arg(number(*angle.secondary));
}

QString muted(const QString& text) {
    return QStringLiteral("<span style='color:%1'>%2</span>")
        .arg(Theme::instance().colours().muted.name(), text.toHtmlEscaped());
}

/// Half right has a colour between right and wrong; the words say it without the colour too.
QString coloured(Outcome outcome, const QString& text) {
    const auto& colours = Theme::instance().colours();
    const QColor colour = outcome == Outcome::Right         ? colours.good
                          : outcome == Outcome::WrongArtery ? colours.warn
                          : outcome == Outcome::Wrong       ? colours.bad
                                                            : colours.text;
    return QStringLiteral("<div style='color:%1'>%2</div>").arg(colour.name(), text.toHtmlEscaped());
}

/// "3 of 4 right, artery 1 of 2"
QString tallyText(const session::AngiographySession::Tally& tally, int answered) {
    return tally.arteries == 0 ? AngiographyPanel::tr("%1 of %2 right").arg(tally.right).arg(answered)
                               : AngiographyPanel::tr("%1 of %2 right, artery %3 of %4")
                                     .arg(tally.right)
                                     .arg(answered)
                                     .arg(tally.arteriesRight)
                                     .arg(tally.arteries);
}

} // namespace

QImage heatPicture(const learning::Field& heat) {
    QImage picture(heat.width, heat.height, QImage::Format_ARGB32);
    for (int y = 0; y < heat.height; ++y) {
        for (int x = 0; x < heat.width; ++x) {
            const double share =
                static_cast<double>(heat.values[static_cast<std::size_t>(y) * static_cast<std::size_t>(heat.width) +
                                                static_cast<std::size_t>(x)]);
            QColor colour = heatColour(share);
            // Weak evidence must not veil the vessels.
            colour.setAlpha(share < 0.15 ? 0 : static_cast<int>(std::lround(40.0 + 140.0 * share)));
            picture.setPixelColor(x, y, colour);
        }
    }
    return picture;
}

AngiographyTile::AngiographyTile(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void AngiographyTile::setView(const QImage& view, const QString& caption) {
    m_view = view;
    m_caption = caption;
    setAccessibleName(caption);
    update();
}

void AngiographyTile::setHeat(const QImage& heat) {
    m_heat = heat;
    update();
}

void AngiographyTile::paintEvent(QPaintEvent*) {
    const auto& colours = Theme::instance().colours();
    QPainter painter(this);
    painter.fillRect(rect(), Qt::black);
    // The caption has a row of its own: nothing lies over the anatomy.
    const int caption = fontMetrics().height() + 6;
    painter.fillRect(0, 0, width(), caption, colours.panel);
    painter.setPen(colours.muted);
    painter.drawText(QRect(6, 0, width() - 12, caption), Qt::AlignVCenter | Qt::AlignLeft, m_caption);
    if (m_view.isNull())
        return;
    const QRect room(0, caption, width(), height() - caption);
    QRect target(QPoint(0, 0), m_view.size().scaled(room.size(), Qt::KeepAspectRatio));
    target.moveCenter(room.center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(target, m_view);
    if (!m_heat.isNull())
        painter.drawImage(target, m_heat);
}

void AngiographyPanel::addActions(session::AngiographySession& angiography, session::ActionCatalog& actions) {
    using Keys = QList<QKeySequence>;
    const QString category = tr("Angiography");
    const auto needsOpen = [&angiography] {
        return angiography.isOpen() ? QString() : tr("Open an angiography folder first.");
    };
    const auto unanswered = [&angiography, needsOpen] {
        const QString closed = needsOpen();
        return !closed.isEmpty() || !angiography.answer().given ? closed : tr("You have answered for this patient.");
    };
    const auto answered = [&angiography, needsOpen] {
        const QString closed = needsOpen();
        if (!closed.isEmpty())
            return closed;
        return angiography.answer().given ? QString() : tr("Give your own answer first.");
    };
    actions.add({"angio-yes",
                 category,
                 tr("I see an &aneurysm"),
                 tr("Your answer for this patient; then say where"),
                 {},
                 Keys{},
                 false,
                 unanswered},
                [&angiography] { angiography.setAneurysm(true); });
    actions.add(
        {"angio-no", category, tr("I see &none"), tr("Your answer for this patient"), {}, Keys{}, false, unanswered},
        [&angiography] { angiography.setAneurysm(false); });
    actions.add({"angio-answer", category, tr("&Compare with the network"),
                 tr("Shows what the network says, and the truth where the folder has it"), "compare", Keys{}, false,
                 [&angiography] { return angiography.whyNotAnswer(); }},
                [&angiography] { angiography.giveAnswer(); });
    actions.addCheckable({"angio-heat",
                          category,
                          tr("Show where the network &looked"),
                          tr("Colours over each view: the brighter, the more it counted"),
                          {},
                          Keys{},
                          true,
                          answered},
                         true, [&angiography](bool on) { angiography.setHeatVisible(on); });
    actions.add({"angio-next",
                 category,
                 tr("N&ext patient"),
                 tr("The next patient of the folder"),
                 {},
                 Keys{QKeySequence("Ctrl+PgDown")},
                 false,
                 [&angiography, needsOpen] {
                     const QString closed = needsOpen();
                     return !closed.isEmpty()                                    ? closed
                            : angiography.patient() + 1 < angiography.patients() ? QString()
                                                                                 : tr("This is the last patient.");
                 }},
                [&angiography] { angiography.go(angiography.patient() + 1); });
    actions.add({"angio-previous",
                 category,
                 tr("&Previous patient"),
                 tr("The patient before this one"),
                 {},
                 Keys{QKeySequence("Ctrl+PgUp")},
                 false,
                 [&angiography, needsOpen] {
                     const QString closed = needsOpen();
                     return !closed.isEmpty()           ? closed
                            : angiography.patient() > 0 ? QString()
                                                        : tr("This is the first patient.");
                 }},
                [&angiography] { angiography.go(angiography.patient() - 1); });
    actions.add({"angio-close", category, tr("Close the angiograph&y"), tr("Back to the start page"), "close", Keys{},
                 false, needsOpen},
                [&angiography] { angiography.close(); });
}

AngiographyPanel::AngiographyPanel(session::AngiographySession& angiography, session::ActionCatalog& actions,
                                   QWidget* parent)
    : QWidget(parent), m_angiography(angiography), m_actions(actions) {
    setNamed(this, QStringLiteral("angiographyPanel"), tr("Angiography"));
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* const grid = new QGridLayout;
    grid->setContentsMargins(2, 2, 2, 2);
    grid->setSpacing(2);
    for (int n = 0; n < kTiles; ++n) {
        auto* const tile = new AngiographyTile(this);
        tile->setObjectName(QStringLiteral("angioTile_%1").arg(n + 1));
        m_tiles.push_back(tile);
        grid->addWidget(tile, n / kColumns, n % kColumns);
    }
    row->addLayout(grid, 1);

    auto* const content = new QWidget;
    content->setProperty("panel", true);
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(8);
    m_name = makeHeading({}, content);
    m_name->setObjectName(QStringLiteral("angioName"));
    m_name->setWordWrap(true);
    column->addWidget(m_name);
    m_place = makeMuted({}, content);
    m_place->setObjectName(QStringLiteral("angioPlace"));
    m_place->setWordWrap(true);
    column->addWidget(m_place);
    m_synthetic = new QLabel(content);
    m_synthetic->setObjectName(QStringLiteral("angioSynthetic"));
    m_synthetic->setText(tr("Synthetic pictures: no patient is shown."));
    m_synthetic->setWordWrap(true);
    column->addWidget(m_synthetic);
    m_warning = new QLabel(content);
    m_warning->setObjectName(QStringLiteral("angioWarning"));
    m_warning->setWordWrap(true);
    column->addWidget(m_warning);
    auto* const steps = new QHBoxLayout;
    steps->setSpacing(8);
    steps->addWidget(makeActionButton(m_actions.action(QStringLiteral("angio-previous")),
                                      QStringLiteral("angioPrevious"), false, content));
    steps->addWidget(
        makeActionButton(m_actions.action(QStringLiteral("angio-next")), QStringLiteral("angioNext"), false, content));
    column->addLayout(steps);
    column->addWidget(makeLine(content));

    column->addWidget(makeHeading(tr("Is there an aneurysm?"), content));
    m_choice = new SegmentedChoice(QStringLiteral("angioChoice"), tr("Your answer"), content);
    m_choice->addChoice(tr("Yes"), kYes);
    m_choice->addChoice(tr("No"), kNo);
    column->addWidget(m_choice);
    connect(m_choice, &SegmentedChoice::chosen, this, [this](int value) { m_angiography.setAneurysm(value == kYes); });
    m_locationTitle = makeMuted(tr("On which artery?"), content);
    column->addWidget(m_locationTitle);
    m_location = new QComboBox(content);
    setNamed(m_location, QStringLiteral("angioLocation"), tr("Artery of the aneurysm"));
    column->addWidget(m_location);
    connect(m_location, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_angiography.setLocation(index > 0 ? m_location->itemText(index) : QString()); });
    m_answer = makeActionButton(m_actions.action(QStringLiteral("angio-answer")), QStringLiteral("angioAnswer"), true,
                                content);
    m_answer->setMinimumHeight(36);
    column->addWidget(m_answer);
    m_hint = makeMuted({}, content);
    m_hint->setObjectName(QStringLiteral("angioHint"));
    m_hint->setWordWrap(true);
    column->addWidget(m_hint);
    column->addWidget(makeLine(content));

    m_result = new QLabel(content);
    m_result->setObjectName(QStringLiteral("angioResult"));
    m_result->setTextFormat(Qt::RichText);
    m_result->setWordWrap(true);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_result);
    m_heat =
        makeActionButton(m_actions.action(QStringLiteral("angio-heat")), QStringLiteral("angioHeat"), false, content);
    connect(m_actions.action(QStringLiteral("angio-heat")), &QAction::changed, this, &AngiographyPanel::nameHeatButton);
    nameHeatButton();
    column->addWidget(m_heat);
    m_heatNote = makeMuted({}, content);
    m_heatNote->setObjectName(QStringLiteral("angioHeatNote"));
    column->addWidget(m_heatNote);
    m_legend = new QFrame(content);
    auto* const legend = new QHBoxLayout(m_legend);
    legend->setContentsMargins(0, 0, 0, 0);
    legend->addWidget(makeMuted(tr("a little"), m_legend));
    legend->addWidget(new HeatStrip(m_legend), 1);
    legend->addWidget(makeMuted(tr("most"), m_legend));
    column->addWidget(m_legend);
    m_score = makeMuted({}, content);
    m_score->setObjectName(QStringLiteral("angioScore"));
    m_score->setWordWrap(true);
    column->addWidget(m_score);
    column->addStretch(1);
    column->addWidget(makeEducationNote(content));
    auto* const scroll = new PanelScroll(content, this);
    scroll->setFixedWidth(fontMetrics().height() * kSideLines);
    row->addWidget(scroll);

    // Many changes, one redraw.
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(0);
    connect(&m_redraw, &QTimer::timeout, this, &AngiographyPanel::follow);
    connect(&m_angiography, &session::AngiographySession::changed, &m_redraw, qOverload<>(&QTimer::start));
    connect(&Theme::instance(), &Theme::changed, this, &AngiographyPanel::restyle);
    restyle();
}

void AngiographyPanel::restyle() {
    for (QLabel* const label : {m_synthetic, m_warning})
        label->setStyleSheet(QStringLiteral("color: %1;").arg(Theme::instance().colours().warn.name()));
    follow();
}

// A menu puts a tick beside its text, so that one keeps saying "Show"; the text of the button says what a click does.
void AngiographyPanel::nameHeatButton() {
    const QString text = session::withoutMnemonic(m_actions.action(QStringLiteral("angio-heat"))->isChecked()
                                                      ? tr("Hide where the network &looked")
                                                      : tr("Show where the network &looked"));
    m_heat->setText(text);
    m_heat->setAccessibleName(text);
}

QString AngiographyPanel::networkHtml() const {
    const auto* const network = m_angiography.network();
    if (network == nullptr) {
        if (const auto problem = m_angiography.problem())
            return session::sentence(*problem).toHtmlEscaped();
        return muted(tr("The network is still at work."));
    }
    QString html;
    // Where there is an aneurysm, its likeliest place stands out even when no place reaches its threshold.
    const QString likeliest = m_angiography.networkLocation();
    for (std::size_t n = 0; n < network->outputs.size(); ++n) {
        const auto& output = network->outputs[n];
        if (n == 0) {
            // The answer in words first: a percentage alone reads as a yes.
            const QString answer = output.positive()
                                       ? tr("The network: an aneurysm (%1)").arg(percentText(output.probability))
                                       : tr("The network: no aneurysm seen (%1)").arg(percentText(output.probability));
            html +=
                QStringLiteral("<p style='margin:0'><b>%1</b></p><p style='margin:0 0 6px 0'>%2</p>")
                    .arg(answer.toHtmlEscaped(), muted(tr("It says yes above %1.").arg(percentText(output.threshold))));
            continue;
        }
        const QString name = QString::fromStdString(output.name);
        const QString line = name.toHtmlEscaped() + QStringLiteral(": ") + percentText(output.probability);
        html += QStringLiteral("<div>%1</div>")
                    .arg(output.positive() || name == likeliest ? QStringLiteral("<b>%1</b>").arg(line) : muted(line));
    }
    return html;
}

QString AngiographyPanel::truthHtml() const {
    const auto truth = m_angiography.truth();
    const auto outcome = m_angiography.outcome();
    if (!truth || !outcome)
        return QStringLiteral("<p style='margin:8px 0 0 0'>%1</p>")
            .arg(muted(tr("What is true is not known: no table of the folder says it.")));
    const QStringList places = m_angiography.trueLocations();
    const QString place = places.join(QStringLiteral(", "));
    const QString text = !*truth            ? tr("Truth: no aneurysm")
                         : places.isEmpty() ? tr("Truth: an aneurysm")
                                            : tr("Truth: an aneurysm (%1)").arg(place);
    const QString said = m_angiography.answer().location;
    QString own;
    switch (*outcome) {
    case Outcome::Right:
        own = *truth ? tr("Your answer is right, the artery too.") : tr("Your answer is right.");
        break;
    case Outcome::ArteryOpen:
        own = !said.isEmpty()    ? tr("Right: there is an aneurysm. The truth does not name its artery.")
              : places.isEmpty() ? tr("Right: there is an aneurysm. You named no artery.")
                                 : tr("Right: there is an aneurysm. The artery is %1; you named none.").arg(place);
        break;
    case Outcome::WrongArtery:
        own = places.isEmpty() ? tr("Right: there is an aneurysm, but not on %1.").arg(said)
              : places.size() == 1
                  ? tr("Right: there is an aneurysm. The artery is %1, you said %2.").arg(place, said)
                  : tr("Right: there is an aneurysm. The arteries are %1, you said %2.").arg(place, said);
        break;
    case Outcome::Wrong:
        own = tr("Your answer is wrong.");
        break;
    }
    QString html =
        QStringLiteral("<p style='margin:8px 0 0 0'><b>%1</b></p>").arg(text.toHtmlEscaped()) + coloured(*outcome, own);
    if (const auto network = m_angiography.networkOutcome()) {
        const QString likeliest = m_angiography.networkLocation();
        html += coloured(
            *network,
            *network == Outcome::Wrong ? tr("The network is wrong.")
            : !*truth                  ? tr("The network is right.")
            : *network == Outcome::Right
                ? tr("The network is right, and its likeliest place, %1, is the true one.").arg(likeliest)
            : *network == Outcome::WrongArtery
                ? tr("The network is right that there is one, but its likeliest place, %1, is not the true one.")
                      .arg(likeliest)
                : tr("The network is right that there is one."));
    }
    return html;
}

QString AngiographyPanel::resultHtml() const {
    if (!m_angiography.answer().given)
        return muted(tr("The network's answer appears after yours."));
    QString html = networkHtml() + truthHtml();
    if (const auto* const network = m_angiography.network())
        html += QStringLiteral("<p style='margin:8px 0 0 0'>%1</p>")
                    .arg(muted(tr("Network: %1 %2")
                                   .arg(QString::fromStdString(network->bundleName),
                                        QString::fromStdString(network->bundleVersion))));
    return html;
}

void AngiographyPanel::follow() {
    const bool open = m_angiography.isOpen();
    const auto* const network = m_angiography.network();
    const bool heat = network != nullptr && m_angiography.heatVisible();
    for (std::size_t n = 0; n < m_tiles.size(); ++n) {
        QString caption = tr("View %1").arg(n + 1);
        const auto angle = m_angiography.angle(n);
        if (angle)
            caption += QStringLiteral("  ·  ") + angleText(*angle);
        m_tiles[n]->setToolTip(angle ? tr("Where the C-arm looked from: LAO and RAO, left and right anterior oblique; "
                                          "CRA and CAU, cranial and caudal")
                                     : QString());
        m_tiles[n]->setView(n < m_angiography.views().size() ? m_angiography.views()[n] : QImage(), caption);
        m_tiles[n]->setHeat(heat && n < network->heatMaps.size() ? heatPicture(network->heatMaps[n]) : QImage());
    }
    m_name->setText(m_angiography.name());
    QString place =
        open ? tr("Patient %1 of %2").arg(m_angiography.patient() + 1).arg(m_angiography.patients()) : QString();
    if (const auto left = m_angiography.leftOut().size(); left > 0)
        place += QStringLiteral("\n") + tr("%1 left out: the folder and its table do not fit").arg(left);
    m_place->setText(place);
    m_synthetic->setVisible(m_angiography.synthetic());
    QStringList warnings;
    for (const auto& warning : m_angiography.warnings())
        warnings << session::sentence(warning);
    m_warning->setText(warnings.join(QStringLiteral("\n")));
    m_warning->setVisible(!warnings.isEmpty());

    const auto& answer = m_angiography.answer();
    m_choice->setValue(answer.aneurysm ? (*answer.aneurysm ? kYes : kNo) : -1);
    m_choice->setEnabled(open && !answer.given);
    const QStringList locations = m_angiography.locations();
    const QSignalBlocker quiet(m_location);
    if (locations != m_shownLocations || m_location->count() == 0) {
        m_shownLocations = locations;
        m_location->clear();
        m_location->addItem(tr("Choose an artery"));
        m_location->addItems(locations);
    }
    m_location->setCurrentIndex(answer.location.isEmpty() ? 0 : std::max(0, m_location->findText(answer.location)));
    const bool where = open && !answer.given && answer.aneurysm.value_or(false);
    m_location->setEnabled(where);
    m_locationTitle->setEnabled(where);
    m_hint->setText(open && !answer.given ? m_angiography.whyNotAnswer() : QString());
    m_hint->setVisible(!m_hint->text().isEmpty());

    const QString result = resultHtml();
    m_result->setText(result);
    m_result->setAccessibleName(QTextDocumentFragment::fromHtml(result).toPlainText());
    const bool hasHeat = network != nullptr && !network->heatMaps.empty();
    m_heat->setVisible(hasHeat);
    m_legend->setVisible(hasHeat && heat);
    const bool yes = network != nullptr && !network->outputs.empty() && network->outputs.front().positive();
    m_heatNote->setText(
        yes ? tr("Colours: what spoke for an aneurysm.")
            : tr("The network says no. The colours show what came nearest to an aneurysm, not a finding."));
    m_heatNote->setVisible(hasHeat && heat);
    const auto score = m_angiography.score();
    m_score->setText(score.answered == 0 ? QString()
                                         : tr("So far: you %1; the network %2.")
                                               .arg(tallyText(score.student, score.answered),
                                                    tallyText(score.network, score.answered)));
}

} // namespace sulcus::widgets
