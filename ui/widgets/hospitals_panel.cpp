// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/hospitals_panel.h"

#include "ui/widgets/hospital_map.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QAbstractTextDocumentLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDesktopServices>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTextDocument>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace sulcus::widgets {

namespace {

constexpr int kHtmlRole = Qt::UserRole + 1;
constexpr int kUrlRole = Qt::UserRole + 2;
constexpr int kIdRole = Qt::UserRole + 3;

/// Draws a small HTML text per row: name, place, departments with their marks.
class HospitalDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        painter->save();
        const ThemeColours& c = Theme::instance().colours();
        const QRect rect = option.rect.adjusted(0, 2, -2, -2);
        const bool active = (option.state & (QStyle::State_MouseOver | QStyle::State_Selected)) != 0;
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(active ? c.accent : c.border);
        painter->setBrush(active ? c.hover : c.raised);
        painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
        QTextDocument document;
        layOut(document, option, index, rect.width() - 20);
        painter->translate(rect.topLeft() + QPoint(10, 7));
        QAbstractTextDocumentLayout::PaintContext context;
        context.palette.setColor(QPalette::Text, c.text);
        document.documentLayout()->draw(painter, context);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto* const view = qobject_cast<const QListView*>(option.widget);
        const int width = view != nullptr ? view->viewport()->width() : 300;
        QTextDocument document;
        layOut(document, option, index, width - 22);
        return {width, static_cast<int>(document.size().height()) + 18};
    }

private:
    static void layOut(QTextDocument& document, const QStyleOptionViewItem& option, const QModelIndex& index,
                       int width) {
        document.setDocumentMargin(0);
        document.setDefaultFont(option.font);
        document.setHtml(index.data(kHtmlRole).toString());
        document.setTextWidth(width);
    }
};

/// A list that lays its rows out again when it grows or shrinks, since their height follows its width.
class WrappingList final : public QListView {
public:
    using QListView::QListView;

protected:
    void resizeEvent(QResizeEvent* event) override {
        QListView::resizeEvent(event);
        scheduleDelayedItemsLayout();
    }
};

} // namespace

HospitalsPanel::HospitalsPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_workbench(workbench) {
    setNamed(this, QStringLiteral("hospitalsPanel"), tr("Hospitals"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 10);
    layout->setSpacing(8);
    m_wanted = new QLabel(this);
    m_wanted->setWordWrap(true);
    m_wanted->setTextFormat(Qt::RichText);
    m_wanted->setObjectName(QStringLiteral("wantedDepartments"));
    layout->addWidget(m_wanted);
    auto* const form = new QGridLayout;
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(6);
    m_city = new QComboBox(this);
    m_city->setEditable(true);
    m_city->setInsertPolicy(QComboBox::NoInsert);
    m_city->completer()->setFilterMode(Qt::MatchContains);
    m_city->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_city->lineEdit()->setPlaceholderText(tr("Any city"));
    m_city->setToolTip(tr("Distances are measured from here: a city of the list, or degrees north and east such as "
                          "37.57, 126.98"));
    setNamed(m_city, QStringLiteral("hospitalCity"), tr("City to measure distance from"));
    m_country = new QComboBox(this);
    m_country->setToolTip(tr("Hospitals of this country come first"));
    setNamed(m_country, QStringLiteral("hospitalCountry"), tr("Country"));
    m_finding = new QComboBox(this);
    m_finding->setToolTip(tr("What was found decides which departments are looked for"));
    setNamed(m_finding, QStringLiteral("hospitalFinding"), tr("Finding"));
    m_finding->addItem(tr("Brain tumour"), static_cast<int>(clinic::Finding::BrainTumour));
    m_finding->addItem(tr("Lung"), static_cast<int>(clinic::Finding::LungLesion));
    m_finding->addItem(tr("Liver"), static_cast<int>(clinic::Finding::LiverLesion));
    m_finding->addItem(tr("Aneurysm"), static_cast<int>(clinic::Finding::Aneurysm));
    m_child = new QCheckBox(tr("child"), this);
    m_child->setToolTip(tr("Looks for paediatric departments, and takes hospitals for children in"));
    m_child->setObjectName(QStringLiteral("hospitalChild"));
    for (QComboBox* const box : {m_finding, m_city, m_country}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
    }
    form->addWidget(makeMuted(tr("Finding"), this), 0, 0);
    form->addWidget(m_finding, 0, 1);
    form->addWidget(m_child, 0, 2);
    form->addWidget(makeMuted(tr("Country"), this), 1, 0);
    form->addWidget(m_country, 1, 1, 1, 2);
    form->addWidget(makeMuted(tr("Near"), this), 2, 0);
    form->addWidget(m_city, 2, 1, 1, 2);
    form->setColumnStretch(1, 1);
    layout->addLayout(form);
    m_search = new QLineEdit(this);
    m_search->setPlaceholderText(tr("Filter by name, city or department"));
    m_search->setClearButtonEnabled(true);
    setNamed(m_search, QStringLiteral("hospitalSearch"), tr("Filter hospitals"));
    auto* const searchRow = new QHBoxLayout;
    searchRow->setSpacing(4);
    searchRow->addWidget(m_search, 1);
    m_mapButton = new QToolButton(this);
    m_mapButton->setText(tr("Map"));
    m_mapButton->setCheckable(true);
    m_mapButton->setToolTip(tr("Plots the positions; offline, without coasts or roads"));
    setNamed(m_mapButton, QStringLiteral("hospitalMapButton"), tr("Show the map"));
    searchRow->addWidget(m_mapButton);
    searchRow->addWidget(makeActionTool(actions.action(QStringLiteral("hospital-directory")), this));
    layout->addLayout(searchRow);
    m_map = new HospitalMap(this);
    m_map->setMinimumHeight(170);
    m_map->hide();
    layout->addWidget(m_map, 1);
    connect(m_mapButton, &QToolButton::toggled, m_map, &QWidget::setVisible);
    connect(m_map, &HospitalMap::chosen, this, [this](const QString& id) {
        for (int row = 0; row < m_items->rowCount(); ++row)
            if (m_items->item(row)->data(kIdRole).toString() == id) {
                m_list->setCurrentIndex(m_items->index(row, 0));
                m_list->scrollTo(m_items->index(row, 0), QAbstractItemView::PositionAtTop);
            }
    });
    m_items = new QStandardItemModel(this);
    m_list = new WrappingList(this);
    setNamed(m_list, QStringLiteral("hospitalList"), tr("Hospitals, best first"));
    m_list->setModel(m_items);
    m_list->setItemDelegate(new HospitalDelegate(m_list));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setMinimumHeight(150);
    layout->addWidget(m_list, 1);
    m_count = makeMuted({}, this);
    layout->addWidget(m_count);
    QLabel* const notice = makeMuted(tr("Examples to verify: ✓ a page of the hospital was seen, ? general knowledge. "
                                        "Ask the hospital before you send anyone."),
                                     this);
    notice->setObjectName(QStringLiteral("hospitalNotice"));
    layout->addWidget(notice);

    connect(m_finding, &QComboBox::activated, this, &HospitalsPanel::ask);
    connect(m_child, &QCheckBox::toggled, this, &HospitalsPanel::ask);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) { m_map->setChosen(index.data(kIdRole).toString()); });
    connect(m_country, &QComboBox::activated, this, &HospitalsPanel::ask);
    connect(m_city, &QComboBox::activated, this, &HospitalsPanel::ask);
    connect(m_city->lineEdit(), &QLineEdit::editingFinished, this, [this] {
        if (m_city->currentText().isEmpty())
            m_city->setCurrentIndex(0);
        else if (const int row = cityRow(); row >= 0)
            m_city->setCurrentIndex(row);
        ask();
    });
    connect(m_search, &QLineEdit::textChanged, this, &HospitalsPanel::follow);
    connect(m_list, &QListView::activated, this, [](const QModelIndex& index) {
        const QUrl url(index.data(kUrlRole).toString());
        if (url.isValid() && !url.isEmpty())
            QDesktopServices::openUrl(url);
    });
    connect(&m_workbench, &session::Workbench::knowledgeChanged, this, &HospitalsPanel::fillPlaces);
    connect(&m_workbench.session().findings(), &session::StateNotifier::changed, this, &HospitalsPanel::follow);
    connect(&Theme::instance(), &Theme::changed, this, &HospitalsPanel::follow);
    fillPlaces();
}

void HospitalsPanel::fillPlaces() {
    const QSignalBlocker blockCountry(m_country);
    const QSignalBlocker blockCity(m_city);
    m_country->clear();
    m_city->clear();
    m_country->addItem(tr("Any country"), QString());
    m_city->addItem(tr("Any city"), QVariant());
    std::map<QString, QString> countries;
    std::map<QString, QPointF> cities;
    for (const clinic::Hospital& hospital : m_workbench.hospitalDirectory()) {
        countries[countryName(hospital.country)] = QString::fromStdString(hospital.country);
        cities.try_emplace(QString::fromStdString(hospital.city) + QStringLiteral(", ") + countryName(hospital.country),
                           QPointF(hospital.latitude, hospital.longitude));
    }
    for (const auto& [name, code] : countries)
        m_country->addItem(name, code);
    for (const auto& [name, place] : cities)
        m_city->addItem(name, place);
    follow();
}

int HospitalsPanel::cityRow() const {
    // "boston" is as good as "Boston, United States".
    for (const auto how : {Qt::MatchFixedString, Qt::MatchStartsWith, Qt::MatchContains})
        if (const int row = m_city->findText(m_city->currentText().trimmed(), how); row >= 0)
            return row;
    return -1;
}

std::optional<QPointF> HospitalsPanel::coordinatesFrom(const QString& text) {
    const QStringList parts = text.split(QRegularExpression(QStringLiteral("[,;\\s]+")), Qt::SkipEmptyParts);
    if (parts.size() != 2)
        return std::nullopt;
    bool north = false;
    bool east = false;
    const QPointF place(parts[0].toDouble(&north), parts[1].toDouble(&east));
    if (!north || !east || std::abs(place.x()) > 90.0 || std::abs(place.y()) > 180.0)
        return std::nullopt;
    return place;
}

void HospitalsPanel::ask() {
    clinic::HospitalQuery query = m_workbench.session().findings()->hospitalQuery;
    const clinic::HospitalQuery before = query;
    query.finding = static_cast<clinic::Finding>(m_finding->currentData().toInt());
    query.child = m_child->isChecked();
    query.country = m_country->currentData().toString().toStdString();
    query.latitude.reset();
    query.longitude.reset();
    if (const auto place = coordinatesFrom(m_city->currentText())) {
        query.latitude = place->x();
        query.longitude = place->y();
    } else if (m_city->currentIndex() > 0 && m_city->currentText() == m_city->itemText(m_city->currentIndex())) {
        const QPointF place = m_city->currentData().toPointF();
        query.latitude = place.x();
        query.longitude = place.y();
    }
    if (query.country == before.country && query.latitude == before.latitude && query.longitude == before.longitude &&
        query.finding == before.finding && query.child == before.child)
        return;
    m_workbench.setHospitalQuery(query);
}

void HospitalsPanel::follow() {
    const session::FindingData& findings = m_workbench.session().findings().value();
    const ThemeColours& c = Theme::instance().colours();
    {
        const QSignalBlocker blockFinding(m_finding);
        const QSignalBlocker blockChild(m_child);
        m_finding->setCurrentIndex(m_finding->findData(static_cast<int>(findings.hospitalQuery.finding)));
        m_child->setChecked(findings.hospitalQuery.child);
    }
    std::vector<HospitalMap::Dot> dots;
    const std::vector<std::string> wanted = clinic::wantedDepartments(findings.hospitalQuery);
    QStringList names;
    for (const std::string& code : wanted)
        names << departmentName(code).toHtmlEscaped();
    m_wanted->setText(QStringLiteral("<span style='color:%1'>%2</span> %3")
                          .arg(c.muted.name(), tr("Looking for:"), names.join(QStringLiteral(", "))));
    const QString filter = m_search->text().simplified().toLower();
    m_items->clear();
    constexpr int kMost = 40;
    int rank = 0;
    int hits = 0;
    for (const clinic::RankedHospital& entry : findings.hospitals) {
        ++rank;
        const clinic::Hospital& hospital = entry.hospital;
        if (!findings.hospitalQuery.country.empty() && hospital.country != findings.hospitalQuery.country)
            continue;
        QStringList departments;
        QString plain;
        for (const std::string& code : hospital.departments) {
            const bool fits = std::find(entry.matching.begin(), entry.matching.end(), code) != entry.matching.end();
            const auto mark = hospital.verified.find(code);
            const bool verified = mark != hospital.verified.end() && mark->second;
            plain += departmentName(code) + QLatin1Char(' ');
            if (!fits)
                continue;
            departments << QStringLiteral("<span style='color:%1'>%2&nbsp;%3</span>")
                               .arg((verified ? c.good : c.warn).name(),
                                    verified ? QStringLiteral("✓") : QStringLiteral("?"),
                                    departmentName(code).toHtmlEscaped());
        }
        const QString name = QString::fromStdString(
            speaksKorean() && !hospital.nameLocal.empty() && hospital.country == "KR" ? hospital.nameLocal
                                                                                      : hospital.nameEn);
        const QString all = (QString::fromStdString(hospital.nameEn) + QString::fromStdString(hospital.nameLocal) +
                             QString::fromStdString(hospital.city) + plain)
                                .toLower();
        if (!filter.isEmpty() && !all.contains(filter))
            continue;
        if (++hits > kMost)
            continue;
        QString place = QString::fromStdString(hospital.city) + QStringLiteral(", ") + countryName(hospital.country);
        if (entry.km)
            place += QStringLiteral(" · ") +
                     (*entry.km < 10.0 ? tr("%1 km").arg(*entry.km, 0, 'f', 1) : tr("%1 km").arg(*entry.km, 0, 'f', 0));
        auto* const item = new QStandardItem(name);
        item->setData(
            QStringLiteral("<span style='color:%1'>%2</span> <b>%3</b><br/><span style='color:%1'>%4</span><br/>%5")
                .arg(c.muted.name())
                .arg(rank)
                .arg(name.toHtmlEscaped(), place.toHtmlEscaped(), departments.join(QStringLiteral("&nbsp;&nbsp; "))),
            kHtmlRole);
        item->setData(QString::fromStdString(hospital.website), kUrlRole);
        item->setData(QString::fromStdString(hospital.id), kIdRole);
        dots.push_back({QString::fromStdString(hospital.id), name, hospital.latitude, hospital.longitude, rank, true});
        item->setToolTip(
            QString::fromStdString(hospital.nameLocal) +
            (hospital.website.empty() ? QString() : QStringLiteral("\n") + QString::fromStdString(hospital.website)));
        item->setAccessibleText(name + QStringLiteral(", ") + place);
        m_items->appendRow(item);
    }
    const clinic::HospitalQuery& query = findings.hospitalQuery;
    m_map->setDots(std::move(dots), query.latitude && query.longitude
                                        ? std::optional(QPointF(*query.latitude, *query.longitude))
                                        : std::nullopt);
    m_count->setText(hits > kMost ? tr("The first %1 of %2").arg(kMost).arg(hits)
                                  : tr("Hospitals found: %1").arg(hits));
}

} // namespace sulcus::widgets
