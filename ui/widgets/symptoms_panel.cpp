// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/symptoms_panel.h"

#include "ui/session/symptom_words.h"
#include "ui/widgets/brain_painter.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/symptom_detail_row.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QComboBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace sulcus::widgets {

namespace {
constexpr int kIdRole = Qt::UserRole;
constexpr int kSideWidth = 88;

/// Rows as high as their wrapped text needs.
class WrappingDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        const auto* const tree = qobject_cast<const QTreeView*>(option.widget);
        if (tree == nullptr || index.column() != 0)
            return size;
        // Indentation, box and margins take their share of the column.
        const int depth = index.parent().isValid() ? 2 : 1;
        const bool spanned = tree->isFirstColumnSpanned(index.row(), index.parent());
        const int column = spanned ? tree->viewport()->width() : tree->columnWidth(0);
        const int room = column - depth * tree->indentation() - 34;
        const QRect needed = option.fontMetrics.boundingRect(QRect(0, 0, std::max(room, 60), 4000), Qt::TextWordWrap,
                                                             index.data().toString());
        size.setHeight(std::max(needed.height(), option.fontMetrics.height()) + 7);
        return size;
    }
};
} // namespace

SymptomTree::SymptomTree(QWidget* parent) : QTreeWidget(parent) {
    // The height of a row follows the width of its column.
    connect(header(), &QHeaderView::sectionResized, this, [this] { scheduleDelayedItemsLayout(); });
}

void SymptomTree::resizeEvent(QResizeEvent* event) {
    QTreeWidget::resizeEvent(event);
    scheduleDelayedItemsLayout(); // the height of a row follows its width
}

bool SymptomTree::event(QEvent* event) {
    // Letters and digits are actions of the window (B shows boxes, 1 to 5 choose a sequence); in the list they mean the
    // list's own things.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        const bool plain = (key->modifiers() & ~Qt::ShiftModifier) == Qt::NoModifier;
        if (plain && !key->text().isEmpty() && key->text().at(0).isLetterOrNumber()) {
            event->accept();
            return true;
        }
    }
    return QTreeWidget::event(event);
}

void SymptomTree::keyPressEvent(QKeyEvent* event) {
    QTreeWidgetItem* const item = currentItem();
    const bool plain = (event->modifiers() & ~Qt::ShiftModifier) == Qt::NoModifier;
    if (item != nullptr && item->parent() != nullptr && item->checkState(0) == Qt::Checked && plain) {
        switch (event->key()) {
        case Qt::Key_L:
            Q_EMIT sideKeyPressed(item, Side::Left);
            return;
        case Qt::Key_R:
            Q_EMIT sideKeyPressed(item, Side::Right);
            return;
        case Qt::Key_B:
            Q_EMIT sideKeyPressed(item, Side::Both);
            return;
        case Qt::Key_U:
            Q_EMIT sideKeyPressed(item, Side::Unknown);
            return;
        case Qt::Key_0:
        case Qt::Key_1:
        case Qt::Key_2:
        case Qt::Key_3:
            Q_EMIT severityKeyPressed(item, event->key() - Qt::Key_0);
            return;
        default:
            break;
        }
    }
    if (item != nullptr && item->parent() != nullptr &&
        (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        item->setCheckState(0, item->checkState(0) == Qt::Checked ? Qt::Unchecked : Qt::Checked);
        return;
    }
    if (plain && !event->text().isEmpty() && event->text().at(0).isLetter()) {
        Q_EMIT searchKeyPressed(event->text());
        return;
    }
    QTreeWidget::keyPressEvent(event);
}

SymptomsPanel::SymptomsPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_workbench(workbench) {
    setNamed(this, QStringLiteral("symptomsPanel"), tr("Patient and symptoms"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 10);
    layout->setSpacing(8);

    // What the person does first stands first: the form of the patient, the list of patients, the brain.
    auto* const ways = new QHBoxLayout;
    ways->setSpacing(6);
    for (const auto& [id, name] :
         {std::pair{"patient-book", "symptomsPatients"}, std::pair{"patient-form", "symptomsForm"},
          std::pair{"brain-explore", "symptomsBrain"}}) {
        QToolButton* const tool = makeActionTool(actions.action(QLatin1String(id)), this);
        tool->setObjectName(QLatin1String(name));
        tool->setIconSize(QSize(16, 16));
        ways->addWidget(tool);
    }
    auto* const patient = new QHBoxLayout;
    m_pseudonym = new QLineEdit(this);
    m_pseudonym->setPlaceholderText(tr("Pseudonym, e.g. P-017"));
    m_pseudonym->setClearButtonEnabled(true);
    m_pseudonym->setToolTip(tr("A code for the patient. Do not type a name."));
    setNamed(m_pseudonym, QStringLiteral("patientPseudonym"), tr("Patient pseudonym"));
    patient->addWidget(m_pseudonym, 1);
    patient->addLayout(ways);
    layout->addLayout(patient);
    m_patientNote = makeMuted({}, this);
    m_patientNote->setObjectName(QStringLiteral("patientNote"));
    auto* saveRow = new QHBoxLayout;
    saveRow->setSpacing(6);
    m_visit = new QDateEdit(this);
    m_visit->setCalendarPopup(true);
    m_visit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    setNamed(m_visit, QStringLiteral("visitDate"), tr("Day of the visit"));
    m_visit->setToolTip(tr("Day of the visit: symptoms and the mask's volumes are stored for it"));
    if (auto* const words = m_visit->findChild<QLineEdit*>())
        words->setAccessibleName(tr("Day of the visit"));
    saveRow->addWidget(m_visit);
    saveRow->addWidget(
        makeActionButton(actions.action(QStringLiteral("visit-new")), QStringLiteral("visitNew"), false, this));
    saveRow->addStretch(1);
    layout->addLayout(saveRow);
    saveRow = new QHBoxLayout;
    saveRow->addStretch(1);
    saveRow->addWidget(
        makeActionButton(actions.action(QStringLiteral("patient-save")), QStringLiteral("patientSave"), false, this));
    layout->addLayout(saveRow);
    layout->addWidget(m_patientNote);
    connect(m_visit, &QDateEdit::dateChanged, this,
            [this](QDate day) { m_workbench.setVisitDate(day.toString(Qt::ISODate).toStdString()); });

    auto* const handRow = new QHBoxLayout;
    QLabel* const handLabel = makeMuted(tr("Writes with"), this);
    handLabel->setWordWrap(false);
    handLabel->setToolTip(tr("Language usually lies in the hemisphere opposite the writing hand."));
    handRow->addWidget(handLabel);
    m_hand = new SegmentedChoice(QStringLiteral("handedness"), tr("Writing hand"), this);
    m_hand->addChoice(tr("left"), static_cast<int>(clinic::Handedness::Left));
    m_hand->addChoice(tr("right"), static_cast<int>(clinic::Handedness::Right));
    m_hand->addChoice(tr("unknown"), static_cast<int>(clinic::Handedness::Unknown));
    handRow->addWidget(m_hand, 1);
    layout->addLayout(handRow);
    layout->addWidget(makeLine(this));

    m_search = new QLineEdit(this);
    m_search->setPlaceholderText(tr("Search symptoms: weak, speech, sight..."));
    m_search->setClearButtonEnabled(true);
    const auto* const searching = actions.action(QStringLiteral("symptoms-search"));
    const auto followKey = [this, searching] {
        QString tip = tr("Type a word, press Down, tick with Space, then L, R or B for the side.");
        if (const QKeySequence key = searching->shortcut(); !key.isEmpty())
            tip += QStringLiteral("  [%1]").arg(key.toString(QKeySequence::NativeText));
        m_search->setToolTip(tip);
    };
    connect(searching, &QAction::changed, this, followKey);
    followKey();
    setNamed(m_search, QStringLiteral("symptomSearch"), tr("Search symptoms"));
    layout->addWidget(m_search);
    m_noneFound = makeMuted({}, this);
    m_noneFound->setObjectName(QStringLiteral("symptomNotFound"));
    m_noneFound->setWordWrap(true);
    m_noneFound->hide();
    layout->addWidget(m_noneFound);
    m_tree = new SymptomTree(this);
    setNamed(m_tree, QStringLiteral("symptomTree"), tr("Symptoms"));
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(8);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(false);
    m_tree->setWordWrap(true);
    m_tree->setTextElideMode(Qt::ElideNone);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    m_tree->header()->resizeSection(1, kSideWidth);
    m_tree->setItemDelegate(new WrappingDelegate(m_tree));
    m_tree->setMinimumHeight(150);
    layout->addWidget(m_tree, 1);
    m_detail = new SymptomDetailRow(m_workbench, this);
    layout->addWidget(m_detail);
    auto* const bottom = new QHBoxLayout;
    m_count = makeMuted({}, this);
    m_count->setObjectName(QStringLiteral("symptomCount"));
    bottom->addWidget(m_count, 1);
    m_clear = new QPushButton(tr("Clear"), this);
    m_clear->setProperty("flat", true);
    m_clear->setToolTip(tr("Take all symptoms out"));
    setNamed(m_clear, QStringLiteral("symptomClear"), tr("Clear all symptoms"));
    bottom->addWidget(m_clear);
    layout->addLayout(bottom);
    m_suggested = new QLabel(this);
    m_suggested->setWordWrap(true);
    m_suggested->setTextFormat(Qt::RichText);
    setNamed(m_suggested, QStringLiteral("suggestedRegions"), tr("Regions that the symptoms suggest"));
    layout->addWidget(m_suggested);
    m_picture = new QLabel(this);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->hide();
    setNamed(m_picture, QStringLiteral("symptomBrain"), tr("The brain from three sides with these regions"));
    layout->addWidget(m_picture);
    m_painter = new BrainPainter(m_workbench, this);
    connect(m_painter, &BrainPainter::painted, this, [this] {
        m_picture->setPixmap(QPixmap::fromImage(m_painter->picture()));
        // On a low screen the list needs the room while a symptom's details are open.
        constexpr int kRoomForBoth = 760;
        m_picture->setVisible(!m_workbench.session().findings()->symptoms.empty() &&
                              (height() >= kRoomForBoth || !m_detail->isVisible()));
    });

    connect(m_pseudonym, &QLineEdit::editingFinished, this, [this] {
        m_workbench.setPseudonym(m_pseudonym->text().trimmed().toStdString());
        m_workbench.lookForPseudonym();
    });
    connect(m_pseudonym, &QLineEdit::textEdited, this,
            [this](const QString& text) { m_workbench.setPseudonym(text.trimmed().toStdString()); });
    connect(m_hand, &SegmentedChoice::chosen, this,
            [this](int value) { m_workbench.setHandedness(static_cast<clinic::Handedness>(value)); });
    connect(m_search, &QLineEdit::textChanged, this, &SymptomsPanel::filter);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        // Return in the search ticks the first hit.
        for (auto& [id, item] : m_items)
            if (!item->isHidden() && item == m_tree->currentItem()) {
                item->setCheckState(0, item->checkState(0) == Qt::Checked ? Qt::Unchecked : Qt::Checked);
                break;
            }
    });
    connect(m_tree, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item, int column) {
        if (!m_filling && column == 0)
            toggled(item);
    });
    connect(m_tree, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem* item, int column) {
        if (item->parent() == nullptr)
            item->setExpanded(!item->isExpanded());
        else if (column == 1 && item->checkState(0) != Qt::Checked)
            item->setCheckState(0, Qt::Checked);
    });
    connect(m_tree, &SymptomTree::sideKeyPressed, this, [this](QTreeWidgetItem* item, Side side) {
        setSide(item->data(0, kIdRole).toString().toStdString(), side);
    });
    connect(m_tree, &SymptomTree::severityKeyPressed, this, [this](QTreeWidgetItem* item, int severity) {
        m_detail->showSymptom(item->data(0, kIdRole).toString().toStdString());
        m_detail->setSeverity(severity);
    });
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        m_detail->showSymptom(item == nullptr ? std::string() : item->data(0, kIdRole).toString().toStdString());
        followPicture();
    });
    connect(m_tree, &SymptomTree::searchKeyPressed, this, [this](const QString& text) {
        m_search->setFocus();
        m_search->setText(text);
    });
    connect(m_clear, &QPushButton::clicked, this, [this] { m_workbench.setSymptoms({}); });
    connect(&m_workbench, &session::Workbench::knowledgeChanged, this, &SymptomsPanel::fill);
    connect(&m_workbench, &session::Workbench::patientChanged, this, &SymptomsPanel::readPatient);
    connect(&m_workbench.session().findings(), &session::StateNotifier::changed, this, &SymptomsPanel::follow);
    connect(&Theme::instance(), &Theme::changed, this, &SymptomsPanel::fill);
    auto* const down = new QAction(this);
    down->setShortcut(QKeySequence(Qt::Key_Down));
    down->setShortcutContext(Qt::WidgetShortcut);
    m_search->addAction(down);
    connect(down, &QAction::triggered, this, [this] { m_tree->setFocus(); });
    fill();
    readPatient();
}

void SymptomsPanel::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool SymptomsPanel::sideMatters(const std::string& id) const {
    const auto& knowledge = m_workbench.knowledge();
    return knowledge &&
           std::any_of(knowledge->links.begin(), knowledge->links.end(), [&](const clinic::SymptomLink& link) {
               return link.symptomId == id &&
                      (link.sideRule == clinic::SideRule::Contralateral ||
                       link.sideRule == clinic::SideRule::Ipsilateral || link.sideRule == clinic::SideRule::Crossed);
           });
}

void SymptomsPanel::fill() {
    m_filling = true;
    m_tree->clear();
    m_items.clear();
    if (const auto& knowledge = m_workbench.knowledge()) {
        std::map<std::string, QTreeWidgetItem*> groups;
        const ThemeColours& c = Theme::instance().colours();
        for (const clinic::Symptom& symptom : knowledge->symptoms) {
            QTreeWidgetItem*& group = groups[symptom.group];
            if (group == nullptr) {
                group = new QTreeWidgetItem(m_tree);
                group->setText(0, symptomGroupName(symptom.group));
                group->setFlags(Qt::ItemIsEnabled);
                group->setFirstColumnSpanned(true);
                QFont font = m_tree->font();
                font.setBold(true);
                group->setFont(0, font);
                group->setForeground(0, c.accent);
                group->setExpanded(true);
            }
            auto* const item = new QTreeWidgetItem(group);
            item->setText(0, symptomName(*knowledge, symptom.id));
            QStringList tip{QString::fromStdString(speaksKorean() ? symptom.nameEn : symptom.nameKo)};
            for (const clinic::BackgroundFact& fact : knowledge->factsOf(symptom.id))
                tip << QString::fromStdString(speaksKorean() ? fact.textKo : fact.textEn);
            item->setToolTip(0, tip.join(QLatin1Char('\n')));
            item->setData(0, kIdRole, QString::fromStdString(symptom.id));
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            item->setCheckState(0, Qt::Unchecked);
            m_items[symptom.id] = item;
        }
    }
    m_filling = false;
    filter();
    follow();
}

void SymptomsPanel::filter() {
    const QStringList words = m_search->text().simplified().toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const auto& knowledge = m_workbench.knowledge();
    QTreeWidgetItem* first = nullptr;
    for (int g = 0; g < m_tree->topLevelItemCount(); ++g) {
        QTreeWidgetItem* const group = m_tree->topLevelItem(g);
        bool any = false;
        for (int n = 0; n < group->childCount(); ++n) {
            QTreeWidgetItem* const item = group->child(n);
            // Both languages, the patient's question, the group's name and medical terms are searched.
            const clinic::Symptom* const symptom = knowledge->symptom(item->data(0, kIdRole).toString().toStdString());
            const QString text =
                (item->text(0) + QLatin1Char(' ') + group->text(0) + QLatin1Char(' ') +
                 QString::fromStdString(symptom->nameEn) + QLatin1Char(' ') + QString::fromStdString(symptom->nameKo) +
                 QLatin1Char(' ') + QString::fromStdString(symptom->questionEn) + QLatin1Char(' ') +
                 QString::fromStdString(symptom->questionKo) + QLatin1Char(' ') +
                 session::symptomSearchWords(symptom->id))
                    .toLower();
            const bool hit =
                std::all_of(words.begin(), words.end(), [&](const QString& word) { return text.contains(word); });
            item->setHidden(!hit);
            any = any || hit;
            if (hit && first == nullptr)
                first = item;
        }
        group->setHidden(!any);
        if (!words.isEmpty())
            group->setExpanded(true);
    }
    m_noneFound->setText(
        tr("No symptom matches “%1”. Try another word, or clear the search.").arg(m_search->text().simplified()));
    m_noneFound->setVisible(!words.isEmpty() && first == nullptr && knowledge);
    if (!words.isEmpty() && first != nullptr)
        m_tree->setCurrentItem(first);
}

void SymptomsPanel::toggled(QTreeWidgetItem* item) {
    if (item->parent() == nullptr)
        return;
    const std::string id = item->data(0, kIdRole).toString().toStdString();
    std::vector<clinic::ReportedSymptom> symptoms = m_workbench.session().findings()->symptoms;
    std::erase_if(symptoms, [&](const clinic::ReportedSymptom& symptom) { return symptom.id == id; });
    if (item->checkState(0) == Qt::Checked)
        symptoms.push_back({id, Side::Unknown});
    m_workbench.setSymptoms(std::move(symptoms));
}

void SymptomsPanel::setSide(const std::string& id, Side side) {
    std::vector<clinic::ReportedSymptom> symptoms = m_workbench.session().findings()->symptoms;
    for (clinic::ReportedSymptom& symptom : symptoms)
        if (symptom.id == id && sideMatters(id))
            symptom.side = side;
    m_workbench.setSymptoms(std::move(symptoms));
}

void SymptomsPanel::follow() {
    const session::FindingData& findings = m_workbench.session().findings().value();
    m_filling = true;
    bool widthChanged = false;
    for (const auto& [id, item] : m_items) {
        const auto chosen = std::find_if(findings.symptoms.begin(), findings.symptoms.end(),
                                         [&](const clinic::ReportedSymptom& symptom) { return symptom.id == id; });
        const bool on = chosen != findings.symptoms.end();
        // What was said of it stands below its name.
        const auto known = findings.details.find(id);
        QString text = symptomName(*m_workbench.knowledge(), id);
        if (on && known != findings.details.end())
            text += QLatin1Char('\n') + SymptomDetailRow::summary(known->second);
        if (item->text(0) != text)
            item->setText(0, text);
        if ((item->checkState(0) == Qt::Checked) != on)
            item->setCheckState(0, on ? Qt::Checked : Qt::Unchecked);
        auto* box = qobject_cast<QComboBox*>(m_tree->itemWidget(item, 1));
        // A row without a side has the whole width for its words.
        const bool sided = on && sideMatters(id);
        if (item->isFirstColumnSpanned() == sided) {
            item->setFirstColumnSpanned(!sided);
            widthChanged = true;
        }
        if (!sided) {
            if (box != nullptr)
                m_tree->removeItemWidget(item, 1);
            continue;
        }
        if (box == nullptr) {
            box = new QComboBox(m_tree);
            box->setProperty("compact", true);
            setNamed(box, QStringLiteral("side_%1").arg(QString::fromStdString(id)),
                     tr("Side of %1").arg(symptomName(*m_workbench.knowledge(), id)));
            box->setToolTip(tr("Side of the body, as the patient says it  [L] [R] [B] [U]"));
            box->addItem(tr("side?"), static_cast<int>(Side::Unknown));
            box->addItem(tr("left"), static_cast<int>(Side::Left));
            box->addItem(tr("right"), static_cast<int>(Side::Right));
            box->addItem(tr("both"), static_cast<int>(Side::Both));
            connect(box, &QComboBox::activated, this,
                    [this, box, key = id] { setSide(key, static_cast<Side>(box->currentData().toInt())); });
            m_tree->setItemWidget(item, 1, box);
        }
        const QSignalBlocker block(box);
        box->setCurrentIndex(box->findData(static_cast<int>(chosen->side)));
    }
    m_filling = false;
    if (widthChanged)
        m_tree->doItemsLayout(); // rows that got more room need less height
    const QString pseudonym = QString::fromStdString(findings.patient.pseudonym);
    if (!m_pseudonym->hasFocus() && m_pseudonym->text().trimmed() != pseudonym) {
        const QSignalBlocker block(m_pseudonym);
        m_pseudonym->setText(pseudonym);
    }
    {
        const QSignalBlocker block(m_visit);
        // A visit lies behind us; the day moves on while the program runs.
        m_visit->setMaximumDate(QDate::currentDate());
        m_visit->setDate(QDate::fromString(QString::fromStdString(m_workbench.visitDate()), Qt::ISODate));
    }
    m_hand->setValue(static_cast<int>(findings.handedness));
    const auto count = static_cast<int>(findings.symptoms.size());
    m_count->setText(count == 0 ? tr("No symptom chosen") : tr("Symptoms chosen: %1").arg(count));
    m_clear->setEnabled(count > 0);
    if (findings.patient.id != 0)
        m_patientNote->setText(!m_workbench.patientUnsaved() ? tr("Known patient · saved")
                               : m_workbench.visitStored()   ? tr("Known patient · changes not saved")
                                                             : tr("Known patient · new visit, not saved"));
    else
        m_patientNote->setText(m_workbench.patientUnsaved() ? tr("Not saved yet") : QString());
    m_patientNote->setVisible(!m_patientNote->text().isEmpty());

    // With the side where the symptoms give one: "Frontal lobe, left".
    QStringList strong;
    QStringList weak;
    for (const clinic::SuggestedPlace& place : m_workbench.suggestedPlaces())
        (place.suggestion == clinic::Suggestion::Strong ? strong : weak) << regionName(place.region, place.side);
    const ThemeColours& c = Theme::instance().colours();
    QString html;
    if (!strong.isEmpty())
        html += QStringLiteral("<span style='color:%1'>%2</span> <b>%3</b>")
                    .arg(c.muted.name(), tr("Strongly suggested:"), strong.join(QStringLiteral("; ")).toHtmlEscaped());
    if (!weak.isEmpty()) {
        if (!html.isEmpty())
            html += QStringLiteral("<br/>");
        constexpr int kMost = 4;
        if (weak.size() > kMost)
            weak = weak.mid(0, kMost) << QStringLiteral("...");
        html += QStringLiteral("<span style='color:%1'>%2</span> %3")
                    .arg(c.muted.name(), tr("Weakly:"), weak.join(QStringLiteral("; ")).toHtmlEscaped());
    }
    m_suggested->setText(html);
    m_suggested->setVisible(!html.isEmpty());
    followPicture();
}

void SymptomsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    followPicture();
}

void SymptomsPanel::followPicture() {
    if (m_workbench.session().findings()->symptoms.empty()) {
        m_painter->clear();
        m_picture->hide();
        return;
    }
    // Mask or not: here stands what the symptoms say. The verdict's picture joins both.
    paint::BrainPictureStyle style;
    style.width = std::clamp(width() - 24, 200, 420);
    style.pixelRatio = devicePixelRatioF();
    style.dark = Theme::instance().kind() == ThemeKind::Dark;
    style.key = false;
    m_painter->request(paint::brainMarks(m_workbench.suggestedPlaces()), style);
}

void SymptomsPanel::readPatient() {
    const QSignalBlocker block(m_pseudonym);
    m_pseudonym->setText(QString::fromStdString(m_workbench.session().findings()->patient.pseudonym));
    follow();
}

} // namespace sulcus::widgets
