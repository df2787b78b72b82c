// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/brain_painter.h"

namespace sulcus::widgets {

BrainPainter::BrainPainter(session::Workbench& workbench, QObject* parent) : QObject(parent), m_workbench(workbench) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &BrainPainter::paintLast);
    connect(&m_workbench, &session::Workbench::atlasReady, this, &BrainPainter::paintLast);
}

paint::BrainMarks BrainPainter::marksOf(session::Workbench& workbench) {
    const session::FindingData& findings = workbench.session().findings().value();
    return findings.location ? paint::brainMarks(findings.location, findings.crossCheck)
                             : paint::brainMarks(workbench.suggestedPlaces());
}

void BrainPainter::request(paint::BrainMarks marks, const paint::BrainPictureStyle& style) {
    m_marks = std::move(marks);
    m_style = style;
    m_wanted = true;
    if (m_workbench.atlas())
        m_soon.start();
    else
        m_workbench.wantAtlas();
}

void BrainPainter::clear() {
    m_wanted = false;
    if (m_job)
        m_job->cancel();
    m_picture = {};
}

void BrainPainter::paintLast() {
    if (!m_wanted || !m_workbench.atlas())
        return;
    if (m_job)
        m_job->cancel();
    struct Painted {
        std::shared_ptr<const report::BrainViews> views;
        QImage picture;
    };
    // Symptoms change while a network holds the Compute lane; the picture follows at once on the other one.
    m_job = m_workbench.runner().submit<Painted>(
        session::Lane::Io, tr("Painting the brain"),
        [atlas = m_workbench.atlas(), views = m_views, marks = m_marks,
         style = m_style](const TaskContext& task) -> Result<Painted> {
            Painted made{views, {}};
            if (!made.views)
                made.views = std::make_shared<const report::BrainViews>(report::brainViews(*atlas));
            if (task.cancelled())
                return failCancelled();
            made.picture = paint::paintBrain(*made.views, marks, style);
            return made;
        },
        this,
        [this](Result<Painted> made) {
            if (!made)
                return;
            m_views = std::move(made->views);
            if (!m_wanted)
                return;
            m_picture = std::move(made->picture);
            Q_EMIT painted();
        });
}

} // namespace sulcus::widgets
