// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/case_browser_page.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

namespace sulcus::widgets {

namespace {

constexpr int kPicture = 96;
constexpr int kWide = 148;
constexpr int kHigh = 152;
constexpr int kCaseRole = Qt::UserRole + 1;
constexpr int kFlagsRole = Qt::UserRole + 2;
constexpr int kTruthFlag = 1;
constexpr int kMaskFlag = 2;
constexpr int kReportFlag = 4;
constexpr int kOpenFlag = 8;

/// A case as a card: picture, name in the middle elided, and what is there of it.
class CardDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {kWide, kHigh}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const ThemeColours& c = Theme::instance().colours();
        const int flags = index.data(kFlagsRole).toInt();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF card = QRectF(option.rect).adjusted(4, 4, -4, -4);
        const bool chosen = option.state & QStyle::State_Selected;
        const bool under = option.state & QStyle::State_MouseOver;
        painter->setPen(QPen(chosen || (flags & kOpenFlag) ? c.accent : c.border, chosen ? 2 : 1));
        painter->setBrush(under || chosen ? c.hover : c.panel);
        painter->drawRoundedRect(card, 8, 8);
        const QRectF place(card.center().x() - kPicture / 2.0, card.top() + 6, kPicture, kPicture);
        painter->fillRect(place, Qt::black);
        const QImage picture = index.data(Qt::DecorationRole).value<QImage>();
        if (!picture.isNull()) {
            painter->setRenderHint(QPainter::SmoothPixmapTransform);
            painter->drawImage(place, picture);
        }
        QFont font = option.font;
        font.setPointSizeF(font.pointSizeF() - 1.0);
        painter->setFont(font);
        painter->setPen(c.text);
        const QRectF name(card.left() + 6, place.bottom() + 3, card.width() - 12, QFontMetrics(font).height());
        painter->drawText(name, Qt::AlignCenter,
                          QFontMetrics(font).elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle,
                                                        static_cast<int>(name.width())));
        const std::pair<int, const char*> signs[] = {
            {kTruthFlag, "compare"}, {kMaskFlag, "mask"}, {kReportFlag, "report"}};
        int count = 0;
        for (const auto& [flag, icon] : signs)
            count += (flags & flag) != 0 ? 1 : 0;
        double x = card.center().x() - count * 9.0;
        for (const auto& [flag, icon] : signs)
            if (flags & flag) {
                Theme::instance()
                    .icon(QLatin1String(icon), c.muted)
                    .paint(painter, QRectF(x, name.bottom() + 2, 15, 15).toRect());
                x += 18;
            }
        painter->restore();
    }
};

} // namespace

CaseBrowserPage::CaseBrowserPage(session::CaseBrowser& browser, QWidget* parent) : QWidget(parent), m_browser(browser) {
    setNamed(this, QStringLiteral("caseBrowser"), tr("Cases of a dataset"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 10);
    layout->setSpacing(10);
    auto* const top = new QHBoxLayout;
    top->setSpacing(8);
    m_title = makeHeading({}, this);
    m_title->setObjectName(QStringLiteral("datasetName"));
    top->addWidget(m_title);
    m_count = makeMuted({}, this);
    m_count->setObjectName(QStringLiteral("datasetCount"));
    m_count->setWordWrap(false);
    top->addWidget(m_count);
    top->addStretch(1);
    const auto button = [&](const char* name, const QString& text, const QString& tip) {
        auto* const made = new QPushButton(text, this);
        setNamed(made, QLatin1String(name), text);
        made->setToolTip(tip);
        top->addWidget(made);
        return made;
    };
    connect(button("datasetOther", tr("Another folder..."), tr("Lists the cases of another folder")),
            &QPushButton::clicked, this, &CaseBrowserPage::folderWanted);
    connect(button("datasetClose", tr("Back"), tr("Back to the case, or to the start page")), &QPushButton::clicked,
            this, &CaseBrowserPage::closed);
    layout->addLayout(top);
    auto* const second = new QHBoxLayout;
    second->setSpacing(8);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter by name"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(150);
    setNamed(m_filter, QStringLiteral("datasetFilter"), tr("Filter cases by name"));
    m_filter->installEventFilter(this);
    second->addWidget(m_filter, 1);
    m_which = new SegmentedChoice(QStringLiteral("datasetWhich"), tr("Which cases"), this);
    using session::CaseFilter;
    m_which->addChoice(tr("All"), static_cast<int>(CaseFilter::All), tr("Every case"));
    m_which->addChoice(tr("Segmented"), static_cast<int>(CaseFilter::Segmented),
                       tr("Cases with a mask that was made here"));
    m_which->addChoice(tr("Not yet"), static_cast<int>(CaseFilter::NotSegmented), tr("Cases without such a mask"));
    m_which->addChoice(tr("Truth"), static_cast<int>(CaseFilter::WithTruth), tr("Cases that came with a truth"));
    m_which->addChoice(tr("Report"), static_cast<int>(CaseFilter::WithReport), tr("Cases with a report"));
    m_which->setValue(static_cast<int>(CaseFilter::All));
    second->addWidget(m_which, 2);
    layout->addLayout(second);
    m_list = new QListView(this);
    setNamed(m_list, QStringLiteral("datasetList"), tr("Cases"));
    m_items = new QStandardItemModel(this);
    m_list->setModel(m_items);
    m_list->setItemDelegate(new CardDelegate(m_list));
    m_list->setViewMode(QListView::IconMode);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMovement(QListView::Static);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setStyleSheet(QStringLiteral("QListView { background: transparent; }"));
    layout->addWidget(m_list, 1);
    layout->addWidget(makeMuted(tr("Double-click or Return opens a case. Marks: truth, mask, report."), this));

    m_visible.setSingleShot(true);
    m_visible.setInterval(30);
    connect(&m_visible, &QTimer::timeout, this, &CaseBrowserPage::wantVisible);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, &m_visible, qOverload<>(&QTimer::start));
    connect(m_filter, &QLineEdit::textChanged, this, &CaseBrowserPage::fill);
    connect(m_which, &SegmentedChoice::chosen, this, &CaseBrowserPage::fill);
    connect(m_list, &QListView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT caseChosen(index.data(kCaseRole).toInt()); });
    connect(&m_browser, &session::CaseBrowser::listed, this, &CaseBrowserPage::fill);
    connect(&m_browser, &session::CaseBrowser::flagsChanged, this, &CaseBrowserPage::fill);
    connect(&m_browser, &session::CaseBrowser::thumbnailChanged, this, &CaseBrowserPage::follow);
    connect(&Theme::instance(), &Theme::changed, m_list->viewport(), qOverload<>(&QWidget::update));
    fill();
}

void CaseBrowserPage::focusFilter() { m_filter->setFocus(); }

void CaseBrowserPage::fill() {
    const auto& entries = m_browser.entries();
    m_rows = m_browser.find(m_filter->text(), static_cast<session::CaseFilter>(m_which->value()));
    const int open = m_browser.current();
    m_items->clear();
    for (const int index : m_rows) {
        const auto& entry = entries[static_cast<std::size_t>(index)];
        auto* const item = new QStandardItem(QString::fromStdString(entry.listed.id));
        const QString group = QString::fromStdString(entry.listed.group);
        item->setToolTip(QString::fromStdString(entry.listed.path.string()) +
                         (group.isEmpty() ? QString() : QStringLiteral("\n") + group));
        item->setData(index, kCaseRole);
        item->setData((entry.listed.hasTruth ? kTruthFlag : 0) | (entry.listed.hasMask ? kMaskFlag : 0) |
                          (entry.listed.hasReport ? kReportFlag : 0) | (index == open ? kOpenFlag : 0),
                      kFlagsRole);
        if (!entry.thumbnail.isNull())
            item->setData(entry.thumbnail, Qt::DecorationRole);
        m_items->appendRow(item);
        if (index == open)
            m_list->setCurrentIndex(item->index());
    }
    const QString folder = QString::fromStdString(m_browser.folder().string());
    m_title->setText(QFileInfo(folder).fileName());
    m_title->setToolTip(folder);
    m_count->setText(m_rows.size() == entries.size()
                         ? (entries.size() == 1 ? tr("1 case") : tr("%1 cases").arg(entries.size()))
                         : tr("%1 of %2 cases").arg(m_rows.size()).arg(entries.size()));
    m_visible.start();
}

void CaseBrowserPage::follow(int index) {
    const auto row = std::find(m_rows.begin(), m_rows.end(), index);
    if (row == m_rows.end())
        return;
    const auto& entry = m_browser.entries()[static_cast<std::size_t>(index)];
    if (!entry.thumbnail.isNull())
        m_items->item(static_cast<int>(row - m_rows.begin()))->setData(entry.thumbnail, Qt::DecorationRole);
}

void CaseBrowserPage::wantVisible() {
    if (!isVisible())
        return;
    // What is on the screen first, then one more screen of it.
    const int high = m_list->viewport()->height();
    std::vector<int> wanted;
    for (const int shift : {0, 1})
        for (std::size_t row = 0; row < m_rows.size(); ++row) {
            const QRect card = m_list->visualRect(m_items->index(static_cast<int>(row), 0));
            if (card.bottom() >= shift * high && card.top() < (shift + 1) * high)
                wanted.push_back(m_rows[row]);
        }
    m_browser.wantThumbnails(wanted);
}

void CaseBrowserPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    fill();
}

void CaseBrowserPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_visible.start();
}

bool CaseBrowserPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down && m_items->rowCount() > 0) {
            if (!m_list->currentIndex().isValid())
                m_list->setCurrentIndex(m_items->index(0, 0));
            m_list->setFocus();
            return true;
        }
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_items->rowCount() > 0) {
            Q_EMIT caseChosen(m_items->item(std::max(0, m_list->currentIndex().row()))->data(kCaseRole).toInt());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sulcus::widgets
