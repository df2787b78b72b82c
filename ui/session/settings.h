// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/case_state.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <map>
#include <memory>

class QSettings;

namespace sulcus::session {

/// What the program remembers of the person's habits between two starts: looks and places, never patients.
class Settings {
public:
    /// `file` empty: the user's own settings file.
    explicit Settings(const QString& file = {});
    ~Settings();

    bool darkTheme() const;
    void setDarkTheme(bool dark);
    QString lastFolder() const;
    void setLastFolder(const QString& folder);
    QString datasetFolder() const; ///< that was browsed last; empty: none
    void setDatasetFolder(const QString& folder);
    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray& geometry);
    /// Widths of the panels beside the views, in pixels; 0: never changed by a person.
    struct PanelWidths {
        int left = 0;
        int right = 0;
    };
    PanelWidths panelWidths() const;
    void setPanelWidths(const PanelWidths& widths);
    /// Writes what was set to the file now, not at the end of the program.
    void flush();
    QString language() const; ///< "en", "ko" or empty: as the system
    void setLanguage(const QString& language);

    /// The habits in the display and view state: opacity, outline, palette, sides, layout. Windows and colours of a
    /// case are not habits.
    void read(DisplayState& display, ViewState& view) const;
    void write(const DisplayState& display, const ViewState& view);

    /// Keys that the person gave to actions, by action id, in QKeySequence's portable text; an empty list: no key.
    /// Actions that keep their own keys are not in it.
    std::map<QString, QStringList> keys() const;
    void setKeys(const std::map<QString, QStringList>& chosen);

private:
    std::unique_ptr<QSettings> m_file;
};

} // namespace sulcus::session
