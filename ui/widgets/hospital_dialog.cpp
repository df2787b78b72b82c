// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/hospital_dialog.h"

#include "ui/session/message_catalogue.h"
#include "ui/widgets/directory_parts.h"
#include "ui/widgets/hospital_map.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/wording.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace sulcus::widgets {

namespace {

constexpr int kIdRole = Qt::UserRole;
constexpr const char* kCodes[] = {"NS", "NO", "SB", "PN", "EP", "NV", "TH", "HB", "RT"};

QString searchable(const clinic::Hospital& hospital) {
    QString all = QString::fromStdString(hospital.nameEn + ' ' + hospital.nameLocal + ' ' + hospital.city + ' ') +
                  countryName(hospital.country);
    for (const std::string& code : hospital.departments)
        all += QLatin1Char(' ') + departmentName(code);
    return all.toLower();
}

} // namespace

HospitalDialog::HospitalDialog(session::Workbench& workbench, QWidget* parent)
    : QDialog(parent), m_workbench(workbench), m_book(workbench.store()) {
    const auto [layout, split] = makeDirectoryFrame(*this, QStringLiteral("hospitalDialog"), tr("Hospital directory"));
    split->addWidget(makeList());
    split->addWidget(makeForm());
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    m_report = new QPlainTextEdit(this);
    setNamed(m_report, QStringLiteral("importReport"), tr("What was read from the file"));
    m_report->setReadOnly(true);
    m_report->setMaximumHeight(110);
    m_report->hide();
    layout->addWidget(m_report);
    layout->addWidget(
        makeMuted(tr("The entries are examples to verify: ask the hospital before you send anyone."), this));

    connect(&m_workbench, &session::Workbench::knowledgeChanged, this, &HospitalDialog::fillList);
    connect(&m_book, &session::HospitalBook::changed, &m_workbench, &session::Workbench::reloadHospitals);
    connect(&m_book, &session::HospitalBook::imported, this, &HospitalDialog::showImport);
    connect(&m_book, &session::HospitalBook::exported, this, [this](const QString& file) {
        m_report->setPlainText(tr("Written to %1").arg(file));
        m_report->show();
    });
    connect(&m_book, &session::HospitalBook::failed, this,
            [this](const Message& message) { showProblem(*m_problem, message); });
    finishDirectory(*this, {1100, 740});
    present(nullptr);
    fillList();
    m_search->setFocus();
}

QWidget* HospitalDialog::makeList() {
    const auto [side, column, search, list] = makeSearchColumn(
        this, {"directorySearch", tr("Find a hospital"), tr("Find by name, city, country or department")},
        {"directoryList", tr("Hospitals")}, 3);
    m_search = search;
    m_list = list;
    m_map = new HospitalMap(side);
    m_map->setObjectName(QStringLiteral("directoryMap"));
    m_map->setToolTip(tr("Wheel zooms, drag moves, double-click shows all"));
    column->addWidget(m_map, 2);
    m_count = makeMuted({}, side);
    m_count->setObjectName(QStringLiteral("directoryCount"));
    column->addWidget(m_count);
    auto* const buttons = new QHBoxLayout;
    auto* const add = makeNamedButton({"hospitalNew", tr("New hospital"), tr("New hospital")}, side);
    auto* const read =
        makeNamedButton({"hospitalImport", tr("Read hospitals from a CSV file"), tr("Read CSV...")}, side);
    auto* const write =
        makeNamedButton({"hospitalExport", tr("Write the directory to a CSV file"), tr("Write CSV...")}, side);
    for (QPushButton* const button : {add, read, write})
        buttons->addWidget(button);
    column->addLayout(buttons);
    connect(m_search, &QLineEdit::textChanged, this, &HospitalDialog::fillList);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (item != nullptr)
            choose(item->data(kIdRole).toString());
    });
    connect(m_map, &HospitalMap::chosen, this, &HospitalDialog::choose);
    connect(add, &QPushButton::clicked, this, [this] {
        present(nullptr);
        m_name->setFocus();
    });
    connect(read, &QPushButton::clicked, this, [this] { askFile(false); });
    connect(write, &QPushButton::clicked, this, [this] { askFile(true); });
    return side;
}

QWidget* HospitalDialog::makeForm() {
    auto* const content = new QWidget(this);
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(4, 0, 8, 0);
    column->setSpacing(6);
    m_origin = makeMuted({}, content);
    m_origin->setObjectName(QStringLiteral("hospitalOrigin"));
    column->addWidget(m_origin);
    auto* const form = new QGridLayout;
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(4);
    int row = 0;
    const auto field = [&](const QString& label, const char* name, QLineEdit*& edit) {
        edit = new QLineEdit(content);
        setNamed(edit, QLatin1String(name), label);
        connect(edit, &QLineEdit::textChanged, this, &HospitalDialog::followEdits);
        form->addWidget(makeMuted(label, content), row, 0);
        form->addWidget(edit, row++, 1);
    };
    field(tr("Name in English"), "hospitalName", m_name);
    field(tr("Local name"), "hospitalLocal", m_local);
    field(tr("City"), "hospitalTown", m_city);
    field(tr("Region"), "hospitalRegion", m_region);
    field(tr("Country code"), "hospitalNation", m_country);
    m_country->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[A-Za-z]{0,2}")), m_country));
    m_country->setPlaceholderText(tr("two letters, e.g. KR"));
    field(tr("Web page"), "hospitalWeb", m_website);
    const auto degrees = [&](const QString& label, const char* name, double most, QDoubleSpinBox*& box) {
        box = new QDoubleSpinBox(content);
        box->setRange(-most, most);
        box->setDecimals(4);
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
        box->setSuffix(QStringLiteral("°"));
        setNamed(box, QLatin1String(name), label);
        form->addWidget(makeMuted(label, content), row, 0);
        form->addWidget(box, row++, 1);
    };
    degrees(tr("Latitude, north +"), "hospitalLatitude", 90.0, m_latitude);
    degrees(tr("Longitude, east +"), "hospitalLongitude", 180.0, m_longitude);
    form->setColumnStretch(1, 1);
    column->addLayout(form);
    m_tertiary = new QCheckBox(tr("Tertiary hospital"), content);
    m_tertiary->setObjectName(QStringLiteral("hospitalTertiary"));
    m_children = new QCheckBox(tr("Children only"), content);
    m_children->setObjectName(QStringLiteral("hospitalChildren"));
    auto* const kinds = new QHBoxLayout;
    kinds->addWidget(m_tertiary);
    kinds->addWidget(m_children);
    kinds->addStretch(1);
    column->addLayout(kinds);
    column->addWidget(makeHeading(tr("Departments"), content));
    auto* const departments = new QGridLayout;
    departments->setHorizontalSpacing(12);
    departments->setVerticalSpacing(2);
    int line = 0;
    for (const char* const code : kCodes) {
        auto* const has = new QCheckBox(departmentName(code), content);
        has->setObjectName(QStringLiteral("department_%1").arg(QLatin1String(code)));
        auto* const seen = new QCheckBox(tr("page seen"), content);
        seen->setObjectName(QStringLiteral("seen_%1").arg(QLatin1String(code)));
        seen->setAccessibleName(tr("A page of the hospital was seen: %1").arg(departmentName(code)));
        seen->setEnabled(false);
        connect(has, &QCheckBox::toggled, seen, &QCheckBox::setEnabled);
        departments->addWidget(has, line, 0);
        departments->addWidget(seen, line++, 1);
        m_departments[code] = {has, seen};
    }
    departments->setColumnStretch(0, 1);
    column->addLayout(departments);
    m_problem = makeProblemLine("hospitalProblem", content);
    column->addWidget(m_problem);
    column->addStretch(1);

    auto* const side = new QWidget(this);
    auto* const outer = new QVBoxLayout(side);
    outer->setContentsMargins(8, 0, 0, 0);
    outer->addWidget(new PanelScroll(content, side), 1);
    auto* const buttons = new QHBoxLayout;
    m_save = makeNamedButton({"hospitalSave", tr("Save the hospital"), tr("Save")}, side);
    m_save->setProperty("primary", true);
    m_reset = makeNamedButton({"hospitalReset", tr("Bring the shipped entry back"), tr("As shipped")}, side);
    m_reset->setToolTip(tr("Takes your changes of a shipped entry back"));
    m_remove = makeNamedButton({"hospitalRemove", tr("Delete the hospital"), tr("Delete")}, side);
    m_remove->setToolTip(tr("A shipped entry can be brought back with “As shipped”"));
    buttons->addWidget(m_save, 1);
    for (QPushButton* const other : {m_reset, m_remove}) {
        other->setMinimumHeight(m_save->sizeHint().height());
        buttons->addWidget(other);
    }
    outer->addLayout(buttons);
    connect(m_save, &QPushButton::clicked, this, &HospitalDialog::save);
    connect(m_remove, &QPushButton::clicked, this, &HospitalDialog::remove);
    connect(m_reset, &QPushButton::clicked, this, [this] { m_book.reset(m_id); });
    return side;
}

void HospitalDialog::fillList() {
    const QSignalBlocker block(m_list);
    m_list->clear();
    const QStringList words = m_search->text().simplified().toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<HospitalMap::Dot> dots;
    const clinic::Hospital* shown = nullptr;
    for (const clinic::Hospital& hospital : m_workbench.hospitalDirectory()) {
        const QString all = searchable(hospital);
        if (!std::all_of(words.begin(), words.end(), [&](const QString& word) { return all.contains(word); }))
            continue;
        const bool local = speaksKorean() && hospital.country == "KR" && !hospital.nameLocal.empty();
        const QString name = QString::fromStdString(local ? hospital.nameLocal : hospital.nameEn);
        auto* const item =
            new QListWidgetItem(QStringLiteral("%1  ·  %2, %3%4")
                                    .arg(name, QString::fromStdString(hospital.city), countryName(hospital.country),
                                         hospital.editedByUser ? QStringLiteral("  ") + tr("(yours)") : QString()),
                                m_list);
        item->setData(kIdRole, QString::fromStdString(hospital.id));
        item->setToolTip(QString::fromStdString(local ? hospital.nameEn : hospital.nameLocal));
        dots.push_back({QString::fromStdString(hospital.id), name, hospital.latitude, hospital.longitude, 0, true});
        if (hospital.id == m_id) {
            m_list->setCurrentItem(item);
            shown = &hospital;
        }
    }
    m_count->setText(tr("Hospitals: %1").arg(dots.size()));
    m_map->setDots(std::move(dots), std::nullopt);
    if (shown != nullptr)
        present(shown);
}

void HospitalDialog::choose(const QString& id) {
    const auto& directory = m_workbench.hospitalDirectory();
    const auto found = std::find_if(directory.begin(), directory.end(),
                                    [&](const clinic::Hospital& hospital) { return hospital.id == id.toStdString(); });
    if (found == directory.end())
        return;
    present(&*found);
    const QSignalBlocker block(m_list);
    for (int n = 0; n < m_list->count(); ++n)
        if (m_list->item(n)->data(kIdRole).toString() == id) {
            m_list->setCurrentRow(n);
            m_list->scrollToItem(m_list->item(n));
        }
}

void HospitalDialog::present(const clinic::Hospital* hospital) {
    const clinic::Hospital empty;
    const clinic::Hospital& h = hospital != nullptr ? *hospital : empty;
    m_id = h.id;
    m_name->setText(QString::fromStdString(h.nameEn));
    m_local->setText(QString::fromStdString(h.nameLocal));
    m_city->setText(QString::fromStdString(h.city));
    m_region->setText(QString::fromStdString(h.region));
    m_country->setText(QString::fromStdString(h.country));
    m_website->setText(QString::fromStdString(h.website));
    m_latitude->setValue(h.latitude);
    m_longitude->setValue(h.longitude);
    m_tertiary->setChecked(h.tertiary);
    m_children->setChecked(h.childrenOnly);
    for (const auto& [code, boxes] : m_departments) {
        const bool has = std::find(h.departments.begin(), h.departments.end(), code) != h.departments.end();
        const auto mark = h.verified.find(code);
        boxes.first->setChecked(has);
        boxes.second->setChecked(has && mark != h.verified.end() && mark->second);
    }
    m_origin->setText(h.id.empty()     ? tr("A new entry")
                      : h.editedByUser ? tr("Added or changed by you")
                                       : tr("Shipped with the program"));
    m_map->setChosen(QString::fromStdString(h.id));
    m_problem->hide();
    followEdits();
}

clinic::Hospital HospitalDialog::edited() const {
    clinic::Hospital hospital;
    hospital.nameEn = m_name->text().simplified().toStdString();
    hospital.nameLocal = m_local->text().simplified().toStdString();
    hospital.city = m_city->text().simplified().toStdString();
    hospital.region = m_region->text().simplified().toStdString();
    hospital.country = m_country->text().toUpper().toStdString();
    hospital.website = m_website->text().trimmed().toStdString();
    hospital.latitude = m_latitude->value();
    hospital.longitude = m_longitude->value();
    hospital.tertiary = m_tertiary->isChecked();
    hospital.childrenOnly = m_children->isChecked();
    for (const char* const code : kCodes) {
        const auto& [has, seen] = m_departments.at(code);
        if (!has->isChecked())
            continue;
        hospital.departments.emplace_back(code);
        hospital.verified[code] = seen->isChecked();
    }
    hospital.id =
        m_id.empty() ? session::HospitalBook::freshId(hospital.nameEn, m_workbench.hospitalDirectory()) : m_id;
    return hospital;
}

void HospitalDialog::save() {
    const clinic::Hospital hospital = edited();
    m_id = hospital.id;
    m_problem->hide();
    m_book.save(hospital);
}

void HospitalDialog::remove() {
    const std::string id = m_id;
    present(nullptr);
    m_id = id; // still there for “As shipped”
    m_origin->setText(tr("Deleted"));
    m_reset->setEnabled(true);
    m_remove->setEnabled(false);
    m_save->setEnabled(false);
    m_book.remove(id);
}

void HospitalDialog::followEdits() {
    const bool named = !m_name->text().simplified().isEmpty();
    m_save->setEnabled(named);
    m_save->setToolTip(named ? QString() : tr("A hospital needs a name."));
    m_remove->setEnabled(!m_id.empty());
    const auto& directory = m_workbench.hospitalDirectory();
    m_reset->setEnabled(std::any_of(directory.begin(), directory.end(), [&](const clinic::Hospital& hospital) {
        return hospital.id == m_id && hospital.editedByUser;
    }));
}

void HospitalDialog::askFile(bool write) {
    auto* const dialog = new QFileDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilter(tr("Tables (*.csv *.tsv *.txt)"));
    dialog->setAcceptMode(write ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(write ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    if (write) {
        dialog->setDefaultSuffix(QStringLiteral("csv"));
        dialog->selectFile(QStringLiteral("hospitals.csv"));
    }
    connect(dialog, &QFileDialog::fileSelected, this, [this, write](const QString& file) {
        if (write)
            m_book.exportCsv(file.toStdString());
        else
            m_book.importCsv(file.toStdString());
    });
    dialog->open();
}

void HospitalDialog::showImport() {
    const store::ImportReport& report = *m_book.lastImport();
    QStringList lines{tr("Added %1, changed %2, unchanged %3, refused %4.")
                          .arg(report.added)
                          .arg(report.updated)
                          .arg(report.unchanged)
                          .arg(report.refused.size())};
    for (const store::RefusedLine& line : report.refused)
        lines << tr("Line %1: %2").arg(line.line).arg(session::sentence(line.reason));
    if (!report.ignoredColumns.empty()) {
        QStringList columns;
        for (const std::string& column : report.ignoredColumns)
            columns << QString::fromStdString(column);
        lines << tr("Columns that were not used: %1").arg(columns.join(QStringLiteral(", ")));
    }
    m_report->setPlainText(lines.join(QLatin1Char('\n')));
    m_report->show();
}

} // namespace sulcus::widgets
