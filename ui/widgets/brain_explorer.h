// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/workbench.h"
#include "ui/viewport/volume_view.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QTextBrowser;

namespace sulcus::widgets {

/// A brain to learn from, with or without a case: regions light up as symptoms are ticked, and a region that is clicked
/// says what it does and which symptoms point to it. Its surfaces come from the atlas and are built beside the window.
class BrainExplorer : public QWidget {
    Q_OBJECT
public:
    BrainExplorer(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent = nullptr);

    bool built() const { return m_built; }
    viewport::VolumeView* view() const { return m_view; }
    /// Opens a region's page and marks it in the picture; empty closes it.
    void chooseRegion(std::optional<anatomy::Region> region);
    std::optional<anatomy::Region> chosenRegion() const { return m_chosen; }

    /// How a region on a side is drawn now.
    enum class Tint { None, Weak, Strong, Tumour, Both, Chosen };
    Tint tintOf(anatomy::Region region, Side side) const;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void want(); ///< the atlas, then the brain, unless they are there or on their way
    void build();
    void follow();
    void describe();
    void fillRegions();
    void linkClicked(const QString& link);

    session::Workbench& m_workbench;
    viewport::VolumeView* m_view;
    QLabel* m_legend;
    QLabel* m_state;
    QComboBox* m_regions;
    QTextBrowser* m_text;
    QTimer m_redraw;
    QPointer<session::Job> m_job;
    bool m_built = false;
    std::optional<anatomy::Region> m_chosen;
};

} // namespace sulcus::widgets
