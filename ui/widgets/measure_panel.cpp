// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/measure_panel.h"

#include "ui/widgets/edit_tools.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/wording.h"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace sulcus::widgets {

using session::EditTool;

namespace {

QTreeWidget* makeList(const QString& name, const QString& accessible, int columns, QWidget* parent) {
    auto* const list = new QTreeWidget(parent);
    setNamed(list, name, accessible);
    list->setColumnCount(columns);
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setFrameShape(QFrame::NoFrame);
    list->setAllColumnsShowFocus(true);
    list->header()->setStretchLastSection(false);
    list->header()->setMinimumSectionSize(20);
    return list;
}

} // namespace

MeasurePanel::MeasurePanel(session::Measurements& measurements, session::Workbench& workbench,
                           session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_measurements(measurements), m_workbench(workbench), m_actions(actions) {
    setNamed(this, QStringLiteral("measurePanel"), tr("Measure"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(makeHeading(tr("Measure by hand"), this));
    auto* const tools = new QGridLayout;
    tools->setSpacing(4);
    int column = 0;
    for (const char* const id : {"measure-distance", "measure-angle", "measure-rectangle", "measure-ellipse"}) {
        QToolButton* const button = makeActionTool(m_actions.action(QLatin1String(id)), this);
        button->setIconSize(QSize(22, 22));
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setMinimumHeight(36);
        tools->addWidget(button, 0, column++);
    }
    layout->addLayout(tools);
    m_empty = makeMuted(tr("Choose a tool and drag in a view. Delete takes the last one away."), this);
    layout->addWidget(m_empty);
    m_list = makeList(QStringLiteral("measurementList"), tr("Measurements"), 1, this);
    m_list->setHeaderHidden(true);
    m_list->header()->setStretchLastSection(true);
    m_list->setToolTip(tr("A click goes to the slice that it was drawn on."));
    layout->addWidget(m_list);
    layout->addWidget(makeLine(this));

    auto* const top = new QHBoxLayout;
    top->addWidget(makeHeading(tr("Pieces of the mask"), this), 1);
    layout->addLayout(top);
    m_target = new QComboBox(this);
    setNamed(m_target, QStringLiteral("pieceTarget"), tr("Region whose pieces are listed"));
    for (const imaging::Target target :
         {imaging::Target::WholeTumour, imaging::Target::TumourCore, imaging::Target::EnhancingTumour})
        m_target->addItem(targetName(target), static_cast<int>(target));
    layout->addWidget(m_target);
    m_summary = makeMuted({}, this);
    m_summary->setObjectName(QStringLiteral("pieceSummary"));
    layout->addWidget(m_summary);
    m_pieces = makeList(QStringLiteral("pieceList"), tr("Pieces of the mask"), 4, this);
    m_pieces->setHeaderLabels({tr("No."), tr("Volume"), tr("Diameters"), tr("Product")});
    m_pieces->headerItem()->setToolTip(1, tr("Volume in ml"));
    m_pieces->headerItem()->setToolTip(
        2, tr("Longest diameter on any slice and, across it on that slice, the longest perpendicular one, in mm"));
    m_pieces->headerItem()->setToolTip(3, tr("Product of the two diameters in mm² (bidimensional measure)"));
    m_pieces->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_pieces->header()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_pieces->setToolTip(tr("A click goes to the slice with the longest diameter.  [.] next  [,] previous"));
    layout->addWidget(m_pieces, 1);

    connect(m_target, &QComboBox::activated, this, [this](int index) {
        m_measurements.setTarget(static_cast<imaging::Target>(m_target->itemData(index).toInt()));
    });
    const auto jump = [this](QTreeWidgetItem* item) {
        if (item == nullptr || m_following)
            return;
        m_measurements.jumpTo(static_cast<std::size_t>(item->data(0, Qt::UserRole).toInt()));
        Q_EMIT jumped();
    };
    connect(m_pieces, &QTreeWidget::itemClicked, this, jump);
    connect(m_pieces, &QTreeWidget::itemActivated, this, jump);
    connect(m_list, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem* item) {
        const auto index = static_cast<std::size_t>(item->data(0, Qt::UserRole).toInt());
        if (index >= m_measurements.list().size())
            return;
        m_workbench.session().view().update(
            [&](session::ViewState& view) { view.cursor = m_measurements.list()[index].points.front(); });
    });
    connect(&m_measurements, &session::Measurements::piecesChanged, this, &MeasurePanel::followPieces);
    connect(&m_measurements, &session::Measurements::changed, this, &MeasurePanel::followList);
    followPieces();
    followList();
}

void MeasurePanel::followPieces() {
    m_following = true;
    m_pieces->clear();
    const auto& pieces = m_measurements.pieces();
    const bool plain = m_workbench.session().data()->era == imaging::LabelEra::Plain;
    m_target->setVisible(!plain);
    m_target->setCurrentIndex(m_target->findData(static_cast<int>(m_measurements.target())));
    for (std::size_t n = 0; n < pieces.size(); ++n) {
        const session::MeasuredPiece& piece = pieces[n];
        const double ml = piece.component.ml;
        auto* const item = new QTreeWidgetItem(m_pieces, {QString::number(n + 1),
                                                          QString::number(ml, 'f',
                                                                          ml < 1.0     ? 3
                                                                          : ml < 100.0 ? 1
                                                                                       : 0),
                                                          QStringLiteral("%1 × %2")
                                                              .arg(piece.diameters.longest.mm, 0, 'f', 1)
                                                              .arg(piece.diameters.perpendicular.mm, 0, 'f', 1),
                                                          QString::number(piece.diameters.productMm2, 'f', 0)});
        item->setData(0, Qt::UserRole, static_cast<int>(n));
        for (int column = 0; column < 4; ++column) {
            item->setTextAlignment(column, (column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            item->setToolTip(column, tr("Piece %1: %2, %3 × %4 mm, product %5 mm², longest through space %6 mm")
                                         .arg(n + 1)
                                         .arg(millilitres(ml))
                                         .arg(piece.diameters.longest.mm, 0, 'f', 1)
                                         .arg(piece.diameters.perpendicular.mm, 0, 'f', 1)
                                         .arg(piece.diameters.productMm2, 0, 'f', 0)
                                         .arg(piece.diameters.longest3dMm, 0, 'f', 1));
        }
        if (m_measurements.chosenPiece() == n)
            m_pieces->setCurrentItem(item);
    }
    for (int column = 1; column < 4; ++column)
        m_pieces->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    const std::size_t all = m_measurements.pieceCount();
    m_summary->setText(all == 0              ? tr("No pieces: there is no mask, or this region is not in it.")
                       : all > pieces.size() ? tr("The %1 largest of %2; ml, mm and mm²").arg(pieces.size()).arg(all)
                                             : tr("ml, mm and mm²; largest first"));
    m_pieces->setVisible(all > 0);
    m_following = false;
}

void MeasurePanel::followList() {
    m_list->clear();
    const auto& list = m_measurements.list();
    for (std::size_t n = 0; n < list.size(); ++n) {
        const session::Measurement& measurement = list[n];
        const QString kind = measurement.kind == EditTool::Distance    ? tr("Distance")
                             : measurement.kind == EditTool::Angle     ? tr("Angle")
                             : measurement.kind == EditTool::Rectangle ? tr("Rectangle")
                                                                       : tr("Ellipse");
        const bool region = measurement.kind == EditTool::Rectangle || measurement.kind == EditTool::Ellipse;
        auto* const item = new QTreeWidgetItem(
            m_list, {kind + QStringLiteral(": ") + measurementText(measurement) +
                     (region ? QStringLiteral("  ") + sequenceShortName(measurement.sequence) : QString())});
        item->setData(0, Qt::UserRole, static_cast<int>(n));
        item->setToolTip(0, item->text(0));
    }
    m_empty->setVisible(list.empty());
    m_list->setVisible(!list.empty());
    const int rows = static_cast<int>(std::min<std::size_t>(list.size(), 8));
    m_list->setFixedHeight(rows * (fontMetrics().height() + 10) + 4);
}

} // namespace sulcus::widgets
