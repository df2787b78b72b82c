// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/choice_dialog.h"

#include "ui/widgets/parts.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>

namespace sulcus::widgets {

namespace {

QString spacingText(double mm) { return QString::number(mm, 'g', 3); }

QPixmap pictureOf(const session::OpenChoice& choice) {
    QPixmap picture(72, 72);
    picture.fill(Qt::black);
    if (!choice.thumbnail.isNull())
        picture = QPixmap::fromImage(choice.thumbnail.scaled(72, 72, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    return picture;
}

} // namespace

ChoiceDialog::ChoiceDialog(std::vector<session::OpenChoice> choices, QWidget* parent)
    : QDialog(parent), m_choices(std::move(choices)) {
    setNamed(this, QStringLiteral("choiceDialog"), tr("What to open"));
    setWindowTitle(tr("What to open"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 12);
    layout->setSpacing(10);
    const bool dicom = !m_choices.empty() && m_choices.front().files.seriesUid.has_value();
    layout->addWidget(makeMuted(dicom ? tr("This folder holds %1 DICOM series.").arg(m_choices.size())
                                      : tr("This file holds %1 volumes.").arg(m_choices.size()),
                                this));
    m_list = new QListWidget(this);
    setNamed(m_list, QStringLiteral("choiceList"), tr("Series or volumes"));
    m_list->setIconSize(QSize(72, 72));
    m_list->setSpacing(2);
    m_list->setFrameShape(QFrame::NoFrame);
    for (const session::OpenChoice& choice : m_choices) {
        QStringList first;
        if (dicom)
            first << tr("Series %1").arg(choice.number);
        else
            first << tr("Volume %1").arg(choice.number);
        if (!choice.modality.isEmpty())
            first << choice.modality;
        if (!choice.title.isEmpty())
            first << choice.title;
        QStringList third;
        if (choice.uneven)
            third << tr("uneven gaps: they will be evened out");
        if (std::abs(choice.tiltDegrees) > 0.1)
            third << tr("tilted by %1°: it will be straightened").arg(choice.tiltDegrees, 0, 'f', 1);
        if (choice.phases > 1)
            third << tr("%1 pictures at each position: the first is read").arg(choice.phases);
        const QString second =
            tr("%1 × %2 × %3 voxels of %4 × %5 × %6 mm")
                .arg(choice.size[0])
                .arg(choice.size[1])
                .arg(choice.size[2])
                .arg(spacingText(choice.spacing[0]), spacingText(choice.spacing[1]), spacingText(choice.spacing[2]));
        QString text = first.join(QStringLiteral(" · ")) + QLatin1Char('\n') + second;
        if (!third.isEmpty())
            text += QLatin1Char('\n') + third.join(QStringLiteral("; "));
        new QListWidgetItem(QIcon(pictureOf(choice)), text, m_list);
    }
    m_list->setCurrentRow(0);
    layout->addWidget(m_list, 1);
    auto* const buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto* const cancel = new QPushButton(tr("Cancel"), this);
    setNamed(cancel, QStringLiteral("choiceCancel"), tr("Cancel"));
    cancel->setAutoDefault(false);
    buttons->addWidget(cancel);
    m_open = new QPushButton(tr("Open"), this);
    setNamed(m_open, QStringLiteral("choiceOpen"), tr("Open"));
    m_open->setProperty("primary", true);
    m_open->setDefault(true);
    buttons->addWidget(m_open);
    layout->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_open, &QPushButton::clicked, this, &ChoiceDialog::take);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &ChoiceDialog::take);
    resize(560, 460);
}

void ChoiceDialog::take() {
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    Q_EMIT chosen(m_choices[static_cast<std::size_t>(row)]);
    accept();
}

} // namespace sulcus::widgets
