// SPDX-License-Identifier: Apache-2.0
#include "ui/session/settings.h"

#include <QDir>
#include <QSettings>
#include <algorithm>

namespace sulcus::session {

namespace {
QString key(const char* name) { return QLatin1String(name); }
} // namespace

Settings::Settings(const QString& file)
    : m_file(file.isEmpty() ? std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope,
                                                          QStringLiteral("sulcus"), QStringLiteral("sulcus"))
                            : std::make_unique<QSettings>(file, QSettings::IniFormat)) {}

Settings::~Settings() = default;

bool Settings::darkTheme() const { return m_file->value(key("look/dark"), true).toBool(); }
void Settings::setDarkTheme(bool dark) { m_file->setValue(key("look/dark"), dark); }
QString Settings::lastFolder() const { return m_file->value(key("places/folder"), QDir::homePath()).toString(); }
void Settings::setLastFolder(const QString& folder) { m_file->setValue(key("places/folder"), folder); }
QString Settings::datasetFolder() const { return m_file->value(key("places/dataset")).toString(); }
void Settings::setDatasetFolder(const QString& folder) { m_file->setValue(key("places/dataset"), folder); }
QByteArray Settings::windowGeometry() const { return m_file->value(key("window/geometry")).toByteArray(); }

void Settings::setWindowGeometry(const QByteArray& geometry) { m_file->setValue(key("window/geometry"), geometry); }

Settings::PanelWidths Settings::panelWidths() const {
    return {std::max(0, m_file->value(key("window/left"), 0).toInt()),
            std::max(0, m_file->value(key("window/right"), 0).toInt())};
}

void Settings::setPanelWidths(const PanelWidths& widths) {
    m_file->remove(key("window/state")); // of earlier versions, and empty
    m_file->setValue(key("window/left"), widths.left);
    m_file->setValue(key("window/right"), widths.right);
}

void Settings::flush() { m_file->sync(); }

QString Settings::language() const { return m_file->value(key("look/language")).toString(); }
void Settings::setLanguage(const QString& language) { m_file->setValue(key("look/language"), language); }

void Settings::read(DisplayState& display, ViewState& view) const {
    display.maskOpacity = std::clamp(m_file->value(key("mask/opacity"), display.maskOpacity).toDouble(), 0.0, 1.0);
    display.outline = m_file->value(key("mask/outline"), display.outline).toBool();
    display.palette =
        m_file->value(key("mask/classic"), false).toBool() ? Palette::ClassicBrats : Palette::ColourBlindSafe;
    display.neurological = m_file->value(key("views/neurological"), display.neurological).toBool();
    display.interpolate = m_file->value(key("views/interpolate"), display.interpolate).toBool();
    display.crosshairVisible = m_file->value(key("views/crosshair"), display.crosshairVisible).toBool();
    display.brainSurface = m_file->value(key("views/brain"), display.brainSurface).toBool();
    view.layout =
        static_cast<ViewLayout>(std::clamp(m_file->value(key("views/layout"), 0).toInt(), 0, kViewLayouts - 1));
    view.large = static_cast<ViewKind>(std::clamp(m_file->value(key("views/large"), 0).toInt(), 0, 3));
    view.cursorLinked = m_file->value(key("views/cursorLinked"), view.cursorLinked).toBool();
    view.zoomLinked = m_file->value(key("views/zoomLinked"), view.zoomLinked).toBool();
    view.montageColumns = std::clamp(m_file->value(key("views/montageColumns"), view.montageColumns).toInt(), 1, 10);
    view.montageRows = std::clamp(m_file->value(key("views/montageRows"), view.montageRows).toInt(), 1, 10);
    view.montageStepMm = std::clamp(m_file->value(key("views/montageStep"), view.montageStepMm).toDouble(), 0.1, 100.0);
    display.scaleBarVisible = m_file->value(key("views/scaleBar"), display.scaleBarVisible).toBool();
}

void Settings::write(const DisplayState& display, const ViewState& view) {
    m_file->setValue(key("mask/opacity"), display.maskOpacity);
    m_file->setValue(key("mask/outline"), display.outline);
    m_file->setValue(key("mask/classic"), display.palette == Palette::ClassicBrats);
    m_file->setValue(key("views/neurological"), display.neurological);
    m_file->setValue(key("views/interpolate"), display.interpolate);
    m_file->setValue(key("views/crosshair"), display.crosshairVisible);
    m_file->setValue(key("views/brain"), display.brainSurface);
    m_file->setValue(key("views/layout"), static_cast<int>(view.layout));
    m_file->setValue(key("views/large"), static_cast<int>(view.large));
    m_file->setValue(key("views/cursorLinked"), view.cursorLinked);
    m_file->setValue(key("views/zoomLinked"), view.zoomLinked);
    m_file->setValue(key("views/montageColumns"), view.montageColumns);
    m_file->setValue(key("views/montageRows"), view.montageRows);
    m_file->setValue(key("views/montageStep"), view.montageStepMm);
    m_file->setValue(key("views/scaleBar"), display.scaleBarVisible);
}

std::map<QString, QStringList> Settings::keys() const {
    std::map<QString, QStringList> chosen;
    m_file->beginGroup(key("keys"));
    for (const QString& id : m_file->childKeys())
        chosen[id] = m_file->value(id).toStringList();
    m_file->endGroup();
    return chosen;
}

void Settings::setKeys(const std::map<QString, QStringList>& chosen) {
    m_file->remove(key("keys"));
    for (const auto& [id, keys] : chosen)
        m_file->setValue(QStringLiteral("keys/") + id, keys);
}

} // namespace sulcus::session
