// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/report/brain_picture.h"
#include "ui/session/workbench.h"

#include <QImage>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <memory>

namespace sulcus::widgets {

/// Paints the small picture of the brain from three sides beside the window: the mask's regions filled, those of the
/// symptoms hatched. Loads the atlas when a picture is first asked for. Thread: GUI.
class BrainPainter : public QObject {
    Q_OBJECT
public:
    explicit BrainPainter(session::Workbench& workbench, QObject* parent = nullptr);

    /// Asks for a picture `width` logical pixels wide; `painted` follows. Of several questions the last one wins.
    void request(paint::BrainMarks marks, const paint::BrainPictureStyle& style);
    /// What the findings say now: mask and symptoms, or the symptoms alone while there is no place.
    static paint::BrainMarks marksOf(session::Workbench& workbench);
    void clear();
    const QImage& picture() const { return m_picture; }

Q_SIGNALS:
    void painted();

private:
    void paintLast();

    session::Workbench& m_workbench;
    std::shared_ptr<const report::BrainViews> m_views;
    paint::BrainMarks m_marks;
    paint::BrainPictureStyle m_style;
    bool m_wanted = false;
    QTimer m_soon; ///< many changes of one turn make one picture
    QPointer<session::Job> m_job;
    QImage m_picture;
};

} // namespace sulcus::widgets
