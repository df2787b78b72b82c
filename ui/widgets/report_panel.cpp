// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/report_panel.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QDialog>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <cmath>

namespace sulcus::widgets {

ReportPanel::ReportPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_workbench(workbench) {
    setNamed(this, QStringLiteral("reportPanel"), tr("Report"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 10);
    layout->setSpacing(8);
    m_export =
        makeActionButton(actions.action(QStringLiteral("report-export")), QStringLiteral("reportExport"), true, this);
    layout->addWidget(m_export);
    m_preview = makeActionButton(actions.action(QStringLiteral("report-preview")), QStringLiteral("reportPreview"),
                                 false, this);
    layout->addWidget(m_preview);
    m_state = makeMuted({}, this);
    m_state->setObjectName(QStringLiteral("reportState"));
    layout->addWidget(m_state);
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_picture = new QLabel(m_scroll);
    setNamed(m_picture, QStringLiteral("reportPicture"), tr("Preview of the report"));
    m_picture->setCursor(Qt::PointingHandCursor);
    m_picture->setToolTip(tr("Click to enlarge"));
    m_picture->installEventFilter(this);
    m_scroll->setWidget(m_picture);
    m_scroll->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(makeEducationNote(this));
    connect(&m_workbench, &session::Workbench::previewChanged, this, &ReportPanel::follow);
    connect(&m_workbench.session().data(), &session::StateNotifier::changed, this, &ReportPanel::follow);
    follow();
}

void ReportPanel::follow() {
    const QString why = m_workbench.whyNoReport();
    const bool picture = !m_workbench.reportPreview().isNull();
    if (!why.isEmpty())
        m_state->setText(why);
    else if (m_workbench.reporting())
        m_state->setText(tr("Painting the report..."));
    else if (!picture)
        m_state->setText(tr(
            "The report holds slices with contours, volumes, place, verdict, hospitals and where the mask came from. "
            "A JSON file with the same facts is written beside the picture."));
    else
        m_state->clear();
    m_state->setVisible(!m_state->text().isEmpty());
    m_picture->setVisible(picture);
    fitPicture();
}

void ReportPanel::fitPicture() {
    const QImage& page = m_workbench.reportPreview();
    if (page.isNull()) {
        m_picture->clear();
        m_picture->resize(0, 0);
        return;
    }
    const double ratio = devicePixelRatioF();
    const int width = std::max(40, m_scroll->viewport()->width());
    QImage scaled = page.scaledToWidth(static_cast<int>(std::lround(width * ratio)), Qt::SmoothTransformation);
    scaled.setDevicePixelRatio(ratio);
    m_picture->setPixmap(QPixmap::fromImage(scaled));
    m_picture->resize(scaled.deviceIndependentSize().toSize());
}

void ReportPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitPicture();
}

bool ReportPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_picture && event->type() == QEvent::MouseButtonRelease && !m_workbench.reportPreview().isNull()) {
        auto* const dialog = new QDialog(window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(tr("Report"));
        dialog->setObjectName(QStringLiteral("reportDialog"));
        auto* const layout = new QVBoxLayout(dialog);
        layout->setContentsMargins(0, 0, 0, 0);
        auto* const scroll = new QScrollArea(dialog);
        auto* const label = new QLabel(scroll);
        label->setPixmap(QPixmap::fromImage(m_workbench.reportPreview()));
        scroll->setWidget(label);
        layout->addWidget(scroll);
        const QSize limit = screen()->availableSize() * 0.9;
        dialog->resize(m_workbench.reportPreview().size().boundedTo(limit) + QSize(14, 14));
        dialog->show();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sulcus::widgets
