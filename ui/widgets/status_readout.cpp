// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/status_readout.h"

#include "ui/session/message_catalogue.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <cmath>

namespace sulcus::widgets {

StatusReadout::StatusReadout(session::Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_place(new QLabel(this)),
      m_values(new QLabel(this)),
      m_what(new QLabel(this)) {
    setNamed(this, QStringLiteral("statusReadout"), tr("Position and values"));
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 2, 4, 2);
    layout->setSpacing(16);
    for (QLabel* const label : {m_what, m_place, m_values}) {
        label->setTextFormat(Qt::RichText);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        layout->addWidget(label);
    }
    m_what->setObjectName(QStringLiteral("statusWhat"));
    m_place->setObjectName(QStringLiteral("statusPlace"));
    m_values->setObjectName(QStringLiteral("statusValues"));
    m_place->setToolTip(tr("World position in millimetres (LPS: growing to the patient's left, back and head, from the "
                           "file's origin) and voxel"));
    m_values->setToolTip(tr("Value of every sequence here"));
    layout->setStretch(0, 5);
    layout->setStretch(1, 6);
    layout->setStretch(2, 6);
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(0);
    connect(&m_redraw, &QTimer::timeout, this, &StatusReadout::follow);
    const auto later = [this] {
        if (!m_redraw.isActive())
            m_redraw.start();
    };
    connect(&m_workbench.session().data(), &session::StateNotifier::changed, this, later);
    connect(&m_workbench.session().view(), &session::StateNotifier::changed, this, later);
    connect(&Theme::instance(), &Theme::changed, this, later);
    follow();
}

QSize StatusReadout::minimumSizeHint() const { return {200, QWidget::minimumSizeHint().height()}; }

QString StatusReadout::text() const {
    return m_place->text() + QLatin1Char(' ') + m_values->text() + QLatin1Char(' ') + m_what->text();
}

void StatusReadout::follow() {
    auto& session = m_workbench.session();
    if (!session.hasCase()) {
        m_place->clear();
        m_values->clear();
        m_what->clear();
        return;
    }
    const session::ViewState& view = session.view().value();
    const imaging::WorldPoint point = view.hovered.value_or(view.cursor);
    const imaging::Geometry& grid = session.geometry();
    const imaging::VoxelIndex voxel = grid.nearestVoxel(point);
    const QString muted = Theme::instance().colours().muted.name();
    m_place->setText(
        QStringLiteral(
            "<span style='color:%1'>%2</span> %3, %4, %5 <span style='color:%1'>mm &nbsp;%6</span> %7, %8, %9")
            .arg(muted, grid.hasOrientation ? QStringLiteral("LPS") : QStringLiteral("xyz"))
            .arg(point.x, 0, 'f', 1)
            .arg(point.y, 0, 'f', 1)
            .arg(point.z, 0, 'f', 1)
            .arg(tr("voxel"))
            .arg(voxel.i)
            .arg(voxel.j)
            .arg(voxel.k));
    if (!grid.contains(voxel)) {
        m_values->clear();
        m_what->clear();
        return;
    }
    QString values;
    for (const imaging::CaseVolume& entry : session.data()->imagingCase->volumes) {
        const float value = entry.volume->at(voxel);
        values +=
            QStringLiteral("<span style='color:%1'>%2</span> %3&nbsp;&nbsp; ")
                .arg(muted, sequenceShortName(entry.sequence))
                .arg(static_cast<double>(value), 0, 'f', std::abs(value) < 20.0F && value != std::round(value) ? 2 : 0);
    }
    m_values->setText(values);
    QStringList what;
    const std::uint8_t label = session.labelAt(point);
    if (label != 0)
        what << QStringLiteral("<b>%1</b>").arg(m_workbench.labelName(label));
    if (const auto place = m_workbench.placeAt(point))
        what << placeName(*place);
    m_what->setText(what.join(QStringLiteral(" · ")));
    m_what->setToolTip(m_what->text());
}

JobStrip::JobStrip(session::Workbench& workbench, QAction* cancel, QWidget* parent)
    : QWidget(parent),
      m_workbench(workbench),
      m_text(new QLabel(this)),
      m_bar(new QProgressBar(this)),
      m_cancel(new QToolButton(this)) {
    setNamed(this, QStringLiteral("jobStrip"), tr("Running work"));
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(8);
    m_text->setObjectName(QStringLiteral("jobText"));
    m_bar->setFixedWidth(110);
    m_bar->setTextVisible(false);
    setNamed(m_bar, QStringLiteral("jobBar"), tr("Progress"));
    m_cancel->setDefaultAction(cancel);
    m_cancel->setIconSize(QSize(15, 15));
    setNamed(m_cancel, QStringLiteral("jobCancel"), tr("Cancel the running work"));
    layout->addStretch(1); // while the status bar shows a tip, the strip has all of its width
    layout->addWidget(m_text);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel);
    connect(&m_workbench.runner(), &session::JobRunner::changed, this, &JobStrip::follow);
    follow();
}

void JobStrip::follow() {
    session::Job* shown = nullptr;
    int others = 0;
    for (session::Job* const job : m_workbench.runner().jobs()) {
        // Questions to the database take milliseconds: naming them would only flicker.
        if (job->lane() == session::Lane::Store || job->state() == session::JobState::Queued)
            continue;
        if (shown == nullptr)
            shown = job;
        else
            ++others;
    }
    setVisible(shown != nullptr);
    if (shown == nullptr)
        return;
    QString text = shown->title();
    if (shown->state() == session::JobState::Cancelling)
        text += QStringLiteral(" · ") + tr("stopping");
    else if (shown->remainingSeconds() && shown->fraction() > 0.0)
        text += QStringLiteral(" · ") + tr("%1 left").arg(duration(*shown->remainingSeconds()));
    if (others > 0)
        text += QStringLiteral("  +%1").arg(others);
    m_text->setText(text);
    m_text->setMinimumWidth(m_text->sizeHint().width());
    m_bar->setRange(0, shown->fraction() > 0.0 ? 1000 : 0);
    m_bar->setValue(static_cast<int>(std::lround(shown->fraction() * 1000.0)));
}

} // namespace sulcus::widgets
