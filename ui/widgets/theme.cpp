// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QFontDatabase>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QStyleFactory>
#include <QSvgRenderer>
#include <QToolTip>
#include <cmath>

// Outside any namespace, as the macro demands. Resources of a static library are dropped unless somebody asks for them.
static void initResources() {
    Q_INIT_RESOURCE(icons);
    Q_INIT_RESOURCE(help);
    Q_INIT_RESOURCE(translations);
}

namespace sulcus::widgets {

void loadResources() { initResources(); }

namespace {

/// Draws an SVG with its `currentColor` replaced, at whatever size and pixel ratio is asked for.
class SvgIconEngine final : public QIconEngine {
public:
    SvgIconEngine(QString name, QColor normal, QColor disabled, QColor active)
        : m_name(std::move(name)),
          m_normal(std::move(normal)),
          m_disabled(std::move(disabled)),
          m_active(std::move(active)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(m_name));
        if (!file.open(QIODevice::ReadOnly))
            return;
        const QColor colour = mode == QIcon::Disabled ? m_disabled : (state == QIcon::On ? m_active : m_normal);
        QSvgRenderer renderer(file.readAll().replace("currentColor", colour.name().toLatin1()));
        painter->setRenderHint(QPainter::Antialiasing);
        renderer.render(painter, rect);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new SvgIconEngine(m_name, m_normal, m_disabled, m_active); }

private:
    QString m_name;
    QColor m_normal;
    QColor m_disabled;
    QColor m_active;
};

QPalette paletteOf(const ThemeColours& c) {
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.raised);
    palette.setColor(QPalette::AlternateBase, c.panel);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Button, c.raised);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.bad);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::ToolTipBase, c.raised);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Light, c.hover);
    palette.setColor(QPalette::Midlight, c.border);
    palette.setColor(QPalette::Mid, c.border);
    palette.setColor(QPalette::Dark, c.window.darker(130));
    palette.setColor(QPalette::Shadow, Qt::black);
    // Fainter than secondary text, and still legible: the name of what cannot be used now is worth reading.
    const QColor disabled = c.window.lightness() < 128 ? QColor(0x8d, 0x95, 0xa3) : QColor(0x61, 0x6a, 0x78);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.border);
    return palette;
}

QString styleSheetOf(const ThemeColours& c, const QColor& disabled) {
    QString sheet = QStringLiteral(R"(
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 6px 8px; }
QMainWindow::separator { background: @window; width: 4px; height: 4px; }
QMainWindow::separator:hover { background: @accent; }
QMenuBar { background: @panel; border-bottom: 1px solid @border; padding: 1px 4px; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @panel; border: 1px solid @border; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 10px; border-radius: 4px; }
QMenu::item:selected { background: @hover; }
QMenu::item:disabled { color: @disabled; background: transparent; }
QMenu::separator { height: 1px; background: @border; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }
QToolBar { background: @panel; border: 0; border-bottom: 1px solid @border; spacing: 2px; padding: 3px 6px; }
QToolBar::separator { background: @border; width: 1px; margin: 6px 6px; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px 6px; background: transparent; }
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @border; }
QToolButton:checked { background: @hover; border-color: @accent; }
QToolButton:focus { border-color: @accent; }
QToolButton:disabled { color: @disabled; }
QToolButton:checked:disabled { background: transparent; border-color: transparent; }
QToolButton[quiet="true"], QToolButton[quiet="true"]:checked { background: transparent; border-color: transparent; padding: 3px; }
QToolButton[quiet="true"]:hover { background: @hover; }
QToolButton[quiet="true"]:focus { border-color: @accent; }
QToolButton::menu-indicator { image: none; }
QPushButton { background: @raised; border: 1px solid @border; border-radius: 6px; padding: 6px 14px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @border; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @disabled; background: @panel; }
QPushButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; padding: 9px 14px; }
QPushButton[primary="true"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[primary="true"]:focus { border-color: @text; }
QPushButton[primary="true"]:disabled { background: @raised; color: @disabled; border-color: @border; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; padding: 3px 8px; color: @accent; }
QPushButton[flat="true"]:hover { background: @hover; }
QPushButton[flat="true"]:disabled { color: @disabled; }
QPushButton[segment="true"] { border-radius: 0; padding: 5px 4px; border-left-width: 0; }
QPushButton[segment="true"]:checked { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[segmentFirst="true"] { border-left-width: 1px; border-top-left-radius: 6px; border-bottom-left-radius: 6px; }
QPushButton[segmentLast="true"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { background: @raised; border: 1px solid @border; border-radius: 6px; padding: 5px 8px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { border-color: @accent; }
QSpinBox, QDoubleSpinBox { padding-right: 22px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 20px; border: 0; background: transparent; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 20px; border: 0; background: transparent; }
QSpinBox::up-button:hover, QSpinBox::down-button:hover, QDoubleSpinBox::up-button:hover, QDoubleSpinBox::down-button:hover { background: @hover; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/icons/@upArrow); width: 11px; height: 11px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/icons/@arrow); width: 11px; height: 11px; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url(:/icons/@arrow); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @border; selection-background-color: @hover; selection-color: @text; outline: 0; }
QComboBox[compact="true"] { padding: 1px 6px; }
QAbstractItemView { background: @panel; border: 0; outline: 0; selection-background-color: @hover; selection-color: @text; }
QTreeView::item, QListView::item { padding: 3px 2px; }
QTreeView::item:hover, QListView::item:hover { background: @raised; }
QTreeView::item:selected, QListView::item:selected { background: @hover; color: @text; }
QTreeView::branch { background: transparent; }
QTreeView::indicator, QCheckBox::indicator, QMenu::indicator { width: 16px; height: 16px; }
QTreeView::indicator:unchecked, QCheckBox::indicator:unchecked, QMenu::indicator:unchecked { image: url(:/icons/box-@kind.svg); }
QTreeView::indicator:checked, QCheckBox::indicator:checked, QMenu::indicator:checked { image: url(:/icons/ticked-@kind.svg); }
QMenu::indicator { margin-left: 6px; }
QHeaderView::section { background: @panel; color: @muted; border: 0; border-bottom: 1px solid @border; padding: 5px 8px; }
QTextBrowser { background: @panel; border: 0; }
QScrollArea { background: @panel; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @border; border-radius: 4px; min-height: 28px; margin: 1px; }
QScrollBar::handle:vertical:hover { background: @muted; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: @border; border-radius: 4px; min-width: 28px; margin: 1px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @raised; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QSlider::groove:horizontal { background: @border; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { background: @text; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:focus { background: @accent; }
QSlider:disabled { }
QCheckBox { spacing: 7px; }
QTabBar { background: @panel; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @muted; padding: 8px 6px 7px 6px; border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:hover { color: @text; background: @hover; }
QTabBar::tab:focus { color: @text; }
QStatusBar { background: @panel; border-top: 1px solid @border; }
QStatusBar::item { border: 0; }
QDockWidget { titlebar-close-icon: none; }
QWidget[panel="true"] { background: @panel; }
QFrame[card="true"] { background: @raised; border: 1px solid @border; border-radius: 8px; }
QLabel[role="heading"] { color: @text; font-weight: 600; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="title"] { font-size: 15pt; font-weight: 600; }
QLabel[role="hero"] { font-size: 26pt; font-weight: 600; }
QLabel[role="badge"] { background: @warn; color: @onWarn; border-radius: 8px; padding: 1px 8px; font-weight: 600; }
QFrame[role="line"] { background: @border; max-height: 1px; min-height: 1px; border: 0; }
)");
    const std::pair<const char*, QColor> names[] = {
        {"@onAccent", c.onAccent}, {"@accentHover", c.accent.lighter(112)},
        {"@accent", c.accent},     {"@window", c.window},
        {"@panel", c.panel},       {"@raised", c.raised},
        {"@hover", c.hover},       {"@border", c.border},
        {"@text", c.text},         {"@muted", c.muted},
        {"@disabled", disabled},   {"@onWarn", c.onAccent},
        {"@warn", c.warn},
    };
    const QString kind = QLatin1String(c.window.lightness() < 128 ? "dark" : "light");
    sheet.replace(QLatin1String("@kind"), kind);
    sheet.replace(QLatin1String("@upArrow"), QStringLiteral("arrow-up-%1.svg").arg(kind));
    sheet.replace(QLatin1String("@arrow"), QStringLiteral("arrow-%1.svg").arg(kind));
    for (const auto& [name, colour] : names)
        sheet.replace(QLatin1String(name), colour.name());
    return sheet;
}

double luminance(const QColor& colour) {
    const auto channel = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) + 0.0722 * channel(colour.blueF());
}

} // namespace

ThemeColours themeColours(ThemeKind kind) {
    ThemeColours c;
    if (kind == ThemeKind::Dark) {
        c.window = QColor(0x11, 0x14, 0x19);
        c.panel = QColor(0x1a, 0x1e, 0x25);
        c.raised = QColor(0x24, 0x29, 0x33);
        c.hover = QColor(0x2f, 0x36, 0x42);
        c.border = QColor(0x3a, 0x43, 0x50);
        c.text = QColor(0xe9, 0xec, 0xf1);
        c.muted = QColor(0xa6, 0xaf, 0xbd);
        c.accent = QColor(0x5a, 0xa9, 0xff);
        c.onAccent = QColor(0x0b, 0x16, 0x24);
        c.good = QColor(0x5f, 0xd0, 0xa0);
        c.warn = QColor(0xf2, 0xbd, 0x55);
        c.bad = QColor(0xff, 0x85, 0x75);
    } else {
        c.window = QColor(0xe6, 0xea, 0xf0);
        c.panel = QColor(0xff, 0xff, 0xff);
        c.raised = QColor(0xf1, 0xf4, 0xf8);
        c.hover = QColor(0xdf, 0xe8, 0xf4);
        c.border = QColor(0xc4, 0xcd, 0xd9);
        c.text = QColor(0x19, 0x1f, 0x29);
        c.muted = QColor(0x4f, 0x5b, 0x6c);
        c.accent = QColor(0x0a, 0x5d, 0xbd);
        c.onAccent = QColor(0xff, 0xff, 0xff);
        c.good = QColor(0x0b, 0x6e, 0x47);
        c.warn = QColor(0x85, 0x56, 0x00);
        c.bad = QColor(0xad, 0x22, 0x1b);
    }
    return c;
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

Theme::Theme() : m_colours(themeColours(ThemeKind::Dark)) {}

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

void Theme::apply(ThemeKind kind) {
    initResources();
    m_kind = kind;
    m_colours = themeColours(kind);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    const QPalette palette = paletteOf(m_colours);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QFont font = QApplication::font();
    // Nanum draws Latin and Hangul in one hand; DejaVu has the signs that it lacks.
    font.setFamilies(
        {QStringLiteral("NanumBarunGothic"), QStringLiteral("NanumGothic"), QStringLiteral("DejaVu Sans")});
    font.setPointSizeF(10.0);
    // Nanum joins three full stops to a raised "···"; Qt joins no letters that are spaced, by however little.
    font.setLetterSpacing(QFont::AbsoluteSpacing, 1.0 / 64.0);
    QApplication::setFont(font);
    QToolTip::setFont(font);
    qApp->setStyleSheet(styleSheetOf(m_colours, palette.color(QPalette::Disabled, QPalette::Text)));
    Q_EMIT changed();
}

QIcon Theme::icon(const QString& name, const QColor& colour) const {
    if (name.isEmpty())
        return {};
    const QColor normal = colour.isValid() ? colour : m_colours.text;
    QColor disabled = m_colours.muted;
    disabled = m_kind == ThemeKind::Dark ? disabled.darker(190) : disabled.lighter(190);
    return QIcon(new SvgIconEngine(name, normal, disabled, colour.isValid() ? colour : m_colours.accent));
}

QPixmap Theme::pixmap(const QString& name, int size, const QColor& colour, double pixelRatio) const {
    const int pixels = static_cast<int>(std::lround(size * pixelRatio));
    SvgIconEngine engine(name, colour, colour, colour);
    QPixmap pixmap = engine.pixmap(QSize(pixels, pixels), QIcon::Normal, QIcon::Off);
    pixmap.setDevicePixelRatio(pixelRatio);
    return pixmap;
}

} // namespace sulcus::widgets
