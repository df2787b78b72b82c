// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>
#include <QObject>
#include <QString>

namespace sulcus::widgets {

enum class ThemeKind { Dark, Light };

/// The colours that everything is painted with. Text on any of the three grounds has a contrast of at least 4.5:1.
struct ThemeColours {
    QColor window; ///< behind panels
    QColor panel;  ///< docks, cards
    QColor raised; ///< fields, buttons
    QColor hover;  ///< under the pointer
    QColor border;
    QColor text;
    QColor muted;  ///< secondary text
    QColor accent; ///< the one colour that says "do this" or "chosen"
    QColor onAccent;
    QColor good;
    QColor warn;
    QColor bad;
};

/// One palette, style sheet and icon set for the whole program, dark (for reading images) or light.
class Theme : public QObject {
    Q_OBJECT
public:
    static Theme& instance();

    /// Sets palette, style sheet, fonts and icons of the application. Emits `changed`.
    void apply(ThemeKind kind);
    ThemeKind kind() const { return m_kind; }
    const ThemeColours& colours() const { return m_colours; }

    /// An icon of resources/icons in the theme's colours; `colour` invalid: that of text. Empty name: no icon.
    QIcon icon(const QString& name, const QColor& colour = {}) const;
    QPixmap pixmap(const QString& name, int size, const QColor& colour, double pixelRatio) const;

Q_SIGNALS:
    void changed();

private:
    Theme();
    ThemeKind m_kind = ThemeKind::Dark;
    ThemeColours m_colours;
};

/// Makes icons and translations of this library known to Qt; `Theme::apply` does it too. To be called before a
/// translator is loaded.
void loadResources();

/// Colours of a theme: what the contrast test looks at.
ThemeColours themeColours(ThemeKind kind);
/// Contrast ratio 1..21 (WCAG 2.1).
double contrastRatio(const QColor& a, const QColor& b);

} // namespace sulcus::widgets
