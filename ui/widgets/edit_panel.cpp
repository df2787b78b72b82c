// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/edit_panel.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QAction>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

namespace sulcus::widgets {

using session::EditState;
using session::EditTool;

namespace {

constexpr int kToolColumns = 4;
// The slider runs over the brush's size in equal ratios.
constexpr double kSliderSteps = 100.0;
constexpr double kSmallestMm = 0.5;
constexpr double kLargestMm = 80.0;

int toSlider(double mm) {
    return static_cast<int>(
        std::lround(kSliderSteps * std::log(mm / kSmallestMm) / std::log(kLargestMm / kSmallestMm)));
}
double fromSlider(int value) { return kSmallestMm * std::pow(kLargestMm / kSmallestMm, value / kSliderSteps); }

QVBoxLayout* section(QWidget* parent, const QString& heading) {
    auto* const layout = new QVBoxLayout(parent);
    layout->setContentsMargins(12, 8, 12, 10);
    layout->setSpacing(8);
    if (!heading.isEmpty())
        layout->addWidget(makeHeading(heading, parent));
    return layout;
}

QHBoxLayout* labelled(const QString& text, QWidget* control, QWidget* parent) {
    auto* const row = new QHBoxLayout;
    auto* const label = new QLabel(text, parent);
    label->setBuddy(control);
    row->addWidget(label, 1);
    row->addWidget(control);
    return row;
}

/// Screen readers meet the field inside a spin box, not the box.
void setNamedSpin(QDoubleSpinBox* box, const QString& objectName, const QString& accessibleName) {
    setNamed(box, objectName, accessibleName);
    if (auto* const field = box->findChild<QLineEdit*>())
        field->setAccessibleName(accessibleName);
}

QIcon labelIcon(const QColor& colour, bool active) {
    QPixmap pixmap(36, 36);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(active ? Theme::instance().colours().accent : QColor(0, 0, 0, 120), active ? 4 : 2));
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(4, 4, 28, 28), 8, 8);
    return QIcon(pixmap);
}

} // namespace

EditPanel::EditPanel(session::MaskEditor& editor, session::Workbench& workbench, session::ActionCatalog& actions,
                     QWidget* parent)
    : QWidget(parent), m_editor(editor), m_workbench(workbench), m_actions(actions) {
    setNamed(this, QStringLiteral("editPanel"), tr("Edit the mask"));
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(0);
    QWidget* const parts[] = {makeTools(), makeOptions(), makeLabels(), makeRange(), makeOperations()};
    for (QWidget* const part : parts) {
        if (part != parts[0] && part != parts[1])
            column->addWidget(makeLine(this));
        column->addWidget(part);
    }
    column->addStretch(1);
    connect(&m_editor.state(), &session::StateNotifier::changed, this, &EditPanel::follow);
    connect(&m_editor, &session::MaskEditor::previewChanged, this, &EditPanel::followPreview);
    auto& session = m_workbench.session();
    connect(&session.data(), &session::StateNotifier::changed, this, &EditPanel::rebuildLabels);
    connect(&session.display(), &session::StateNotifier::changed, this, &EditPanel::follow);
    connect(&Theme::instance(), &Theme::changed, this, &EditPanel::follow);
    rebuildLabels();
    followPreview();
}

QDoubleSpinBox* EditPanel::spin(const QString& name, const QString& accessible, double low, double high, double step,
                                const QString& unit, double EditState::*member) {
    auto* const box = new QDoubleSpinBox(this);
    setNamedSpin(box, name, accessible);
    box->setRange(low, high);
    box->setSingleStep(step);
    box->setDecimals(step < 0.1 ? 2 : 1);
    box->setSuffix(QStringLiteral(" ") + unit);
    box->setKeyboardTracking(false);
    box->setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("00000.00 mm")) + 26);
    m_spins[box] = member;
    connect(box, &QDoubleSpinBox::valueChanged, this, [this, member](double value) {
        m_editor.state().update([&](EditState& state) { state.*member = value; });
    });
    return box;
}

QWidget* EditPanel::makeTools() {
    auto* const part = new QWidget(this);
    auto* const layout = section(part, {});
    layout->setContentsMargins(12, 8, 12, 4);
    auto* const grid = new QGridLayout;
    grid->setSpacing(4);
    int n = 0;
    for (const char* const id : {"tool-navigate", "tool-brush", "tool-eraser", "tool-polygon", "tool-flood",
                                 "tool-relabel", "tool-add", "tool-remove"}) {
        QToolButton* const button = makeActionTool(m_actions.action(QLatin1String(id)), part);
        button->setIconSize(QSize(22, 22));
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setMinimumHeight(36);
        grid->addWidget(button, n / kToolColumns, n % kToolColumns);
        ++n;
    }
    layout->addLayout(grid);
    return part;
}

QWidget* EditPanel::makeOptions() {
    auto* const part = new QWidget(this);
    auto* const layout = section(part, {});
    layout->setContentsMargins(12, 4, 12, 10);
    m_hint = makeMuted({}, part);
    m_hint->setObjectName(QStringLiteral("toolHint"));
    layout->addWidget(m_hint);

    m_brush = new QWidget(part);
    auto* const brush = new QVBoxLayout(m_brush);
    brush->setContentsMargins(0, 0, 0, 0);
    brush->setSpacing(6);
    auto* const size = new QHBoxLayout;
    m_size = new QSlider(Qt::Horizontal, m_brush);
    m_size->setRange(0, static_cast<int>(kSliderSteps));
    setNamed(m_size, QStringLiteral("brushSlider"), tr("Size of the brush"));
    m_size->setToolTip(tr("Size of the brush  [+] [-]  Shift + wheel in a view"));
    size->addWidget(m_size, 1);
    size->addWidget(spin(QStringLiteral("brushSize"), tr("Diameter of the brush in mm"), 0.2, 120.0, 0.5, tr("mm"),
                         &EditState::brushMm));
    brush->addLayout(size);
    m_ball = new QCheckBox(session::withoutMnemonic(m_actions.action(QStringLiteral("brush-ball"))->text()), m_brush);
    setNamed(m_ball, QStringLiteral("brushBall"), m_ball->text());
    m_ball->setToolTip(m_actions.action(QStringLiteral("brush-ball"))->toolTip());
    connect(m_ball, &QCheckBox::clicked, m_actions.action(QStringLiteral("brush-ball")), &QAction::setChecked);
    brush->addWidget(m_ball);
    layout->addWidget(m_brush);
    connect(m_size, &QSlider::valueChanged, this, [this](int value) {
        m_editor.state().update([&](EditState& state) { state.brushMm = fromSlider(value); });
    });

    m_flood = new QWidget(part);
    auto* const flood = new QVBoxLayout(m_flood);
    flood->setContentsMargins(0, 0, 0, 0);
    flood->setSpacing(6);
    auto* const tolerance =
        spin(QStringLiteral("floodTolerance"), tr("Tolerance of the flood"), 0.0, 1e6, 1.0, {}, &EditState::tolerance);
    tolerance->setSuffix({});
    tolerance->setToolTip(tr("How much brighter or darker than the click, in the unit of the image"));
    flood->addLayout(labelled(tr("Tolerance ±"), tolerance, m_flood));
    auto* const reach = spin(QStringLiteral("floodReach"), tr("Reach of the flood in mm"), 0.0, 500.0, 5.0, tr("mm"),
                             &EditState::reachMm);
    reach->setSpecialValueText(tr("no limit"));
    reach->setToolTip(tr("Never farther than this from the click"));
    flood->addLayout(labelled(tr("Reach"), reach, m_flood));
    m_inSlice = new QCheckBox(tr("Only in this slice"), m_flood);
    setNamed(m_inSlice, QStringLiteral("floodInSlice"), m_inSlice->text());
    connect(m_inSlice, &QCheckBox::clicked, this,
            [this](bool on) { m_editor.state().update([&](EditState& state) { state.floodInSlice = on; }); });
    flood->addWidget(m_inSlice);
    layout->addWidget(m_flood);

    m_correct = new QWidget(part);
    auto* const correct = new QVBoxLayout(m_correct);
    correct->setContentsMargins(0, 0, 0, 0);
    correct->addLayout(labelled(tr("Reach"),
                                spin(QStringLiteral("correctionReach"), tr("Reach of a correction in mm"), 2.0, 200.0,
                                     5.0, tr("mm"), &EditState::correctionMm),
                                m_correct));
    QAction* const labelOnly = m_actions.action(QStringLiteral("correct-label-only"));
    m_labelOnly = new QCheckBox(session::withoutMnemonic(labelOnly->text()), m_correct);
    setNamed(m_labelOnly, QStringLiteral("correctLabelOnly"), m_labelOnly->text());
    m_labelOnly->setToolTip(labelOnly->toolTip());
    connect(m_labelOnly, &QCheckBox::clicked, labelOnly, &QAction::setChecked);
    correct->addWidget(m_labelOnly);
    layout->addWidget(m_correct);

    m_preview = new QWidget(part);
    auto* const preview = new QVBoxLayout(m_preview);
    preview->setContentsMargins(0, 0, 0, 0);
    preview->setSpacing(6);
    m_previewText = new QLabel(m_preview);
    m_previewText->setObjectName(QStringLiteral("previewText"));
    m_previewText->setWordWrap(true);
    preview->addWidget(m_previewText);
    auto* const buttons = new QHBoxLayout;
    buttons->addWidget(makeActionButton(m_actions.action(QStringLiteral("edit-accept")),
                                        QStringLiteral("previewAccept"), true, m_preview));
    buttons->addWidget(makeActionButton(m_actions.action(QStringLiteral("edit-discard")),
                                        QStringLiteral("previewDiscard"), false, m_preview));
    preview->addLayout(buttons);
    layout->addWidget(m_preview);
    return part;
}

QWidget* EditPanel::makeLabels() {
    auto* const part = new QWidget(this);
    auto* const layout = section(part, tr("Paint with"));
    m_rows = new QGridLayout;
    m_rows->setHorizontalSpacing(4);
    m_rows->setVerticalSpacing(2);
    m_rows->setColumnStretch(0, 1);
    layout->addLayout(m_rows);
    return part;
}

QWidget* EditPanel::makeRange() {
    auto* const part = new QWidget(this);
    auto* const layout = section(part, tr("Intensity range"));
    auto* const row = new QHBoxLayout;
    const auto bound = [&](const char* name, const QString& accessible, bool low) {
        auto* const box = new QDoubleSpinBox(part);
        setNamedSpin(box, QLatin1String(name), accessible);
        box->setRange(-1e6, 1e7);
        box->setDecimals(1);
        box->setKeyboardTracking(false);
        box->setToolTip(tr("Of the sequence on view; every sequence keeps its own range"));
        connect(box, &QDoubleSpinBox::valueChanged, this, [this, low](double value) { setRange(low, value); });
        row->addWidget(box, 1);
        return box;
    };
    m_low = bound("rangeLow", tr("Lower end of the range"), true);
    row->addWidget(new QLabel(tr("to"), part));
    m_high = bound("rangeHigh", tr("Upper end of the range"), false);
    layout->addLayout(row);
    QAction* const only = m_actions.action(QStringLiteral("edit-only-range"));
    m_onlyRange = new QCheckBox(session::withoutMnemonic(only->text()), part);
    setNamed(m_onlyRange, QStringLiteral("onlyRange"), m_onlyRange->text());
    m_onlyRange->setToolTip(only->toolTip());
    connect(m_onlyRange, &QCheckBox::clicked, only, &QAction::setChecked);
    layout->addWidget(m_onlyRange);
    layout->addWidget(
        makeActionButton(m_actions.action(QStringLiteral("op-range")), QStringLiteral("opRange"), false, part));
    return part;
}

QWidget* EditPanel::makeOperations() {
    auto* const part = new QWidget(this);
    auto* const layout = section(part, tr("Change the active label"));
    const auto button = [&](const char* id, const char* name) {
        QPushButton* const made =
            makeActionButton(m_actions.action(QLatin1String(id)), QLatin1String(name), false, part);
        made->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        return made;
    };
    const auto pair = [&](QWidget* a, QWidget* b) {
        auto* const row = new QHBoxLayout;
        row->setSpacing(6);
        row->addWidget(a, 1);
        row->addWidget(b, dynamic_cast<QDoubleSpinBox*>(b) != nullptr ? 0 : 1);
        layout->addLayout(row);
    };
    layout->addWidget(button("op-between", "opBetween"));
    layout->addWidget(button("op-holes", "opHoles"));
    pair(button("op-smooth", "opSmooth"), spin(QStringLiteral("smoothMm"), tr("How far smoothing reaches in mm"), 0.2,
                                               20.0, 0.5, tr("mm"), &EditState::smoothMm));
    pair(button("op-grow", "opGrow"), button("op-shrink", "opShrink"));
    layout->addLayout(labelled(tr("Margin"),
                               spin(QStringLiteral("marginMm"), tr("Margin for growing and shrinking in mm"), 0.2, 50.0,
                                    0.5, tr("mm"), &EditState::marginMm),
                               part));
    layout->addWidget(button("op-erase", "opErase"));
    layout->addWidget(makeHeading(tr("Pieces"), part));
    m_whole = new QCheckBox(tr("Of the whole mask"), part);
    setNamed(m_whole, QStringLiteral("piecesOfWhole"), m_whole->text());
    m_whole->setToolTip(tr("Off: of the active label alone"));
    connect(m_whole, &QCheckBox::clicked, this,
            [this](bool on) { m_editor.state().update([&](EditState& state) { state.wholeMask = on; }); });
    layout->addWidget(m_whole);
    layout->addWidget(button("op-largest", "opLargest"));
    pair(button("op-islands", "opIslands"), spin(QStringLiteral("islandMl"), tr("Islands smaller than this go"), 0.01,
                                                 1000.0, 0.05, tr("ml"), &EditState::islandMl));
    layout->addWidget(makeHeading(tr("All labels"), part));
    layout->addWidget(button("op-seeds", "opSeeds"));
    layout->addWidget(button("mask-copy-labels", "copyLabels"));
    return part;
}

void EditPanel::setRange(bool low, double value) {
    m_editor.state().update([&](EditState& state) {
        (low ? state.range.low : state.range.high) = static_cast<float>(value);
        // One end pushes the other along: a range is never upside down.
        if (state.range.low > state.range.high)
            (low ? state.range.high : state.range.low) = static_cast<float>(value);
    });
}

void EditPanel::rebuildLabels() {
    std::vector<std::uint8_t> values = m_editor.labels();
    if (!values.empty())
        values.push_back(0);
    std::vector<std::uint8_t> shown;
    for (const auto& [value, row] : m_row)
        shown.push_back(value);
    std::vector<std::uint8_t> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const std::string& maker = m_workbench.session().data()->origin.bundleName;
    if (sorted != shown || maker != m_maker) {
        m_maker = maker;
        while (QLayoutItem* const item = m_rows->takeAt(0)) {
            if (item->widget() != nullptr)
                item->widget()->deleteLater();
            delete item;
        }
        m_row.clear();
        int line = 0;
        for (const std::uint8_t value : values) {
            Row row;
            const QString name = value == 0 ? tr("Background") : m_workbench.labelName(value);
            row.choose = new QToolButton(this);
            row.choose->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            row.choose->setCheckable(value != 0);
            row.choose->setText(name);
            row.choose->setIconSize(QSize(17, 17));
            row.choose->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
            setNamed(row.choose, QStringLiteral("activeLabel_%1").arg(value), tr("Paint with %1").arg(name));
            row.lock = new QToolButton(this);
            row.lock->setCheckable(true);
            row.lock->setProperty("quiet", true);
            row.lock->setIconSize(QSize(17, 17));
            setNamed(row.lock, QStringLiteral("labelLock_%1").arg(value), tr("Lock %1").arg(name));
            if (value == 0) {
                row.choose->setEnabled(false);
                row.choose->setToolTip(tr("The eraser paints with the background."));
            } else {
                row.choose->setToolTip(tr("Paint with %1  [ and ] step through the labels").arg(name));
                connect(row.choose, &QToolButton::clicked, this, [this, value] {
                    m_editor.setLabel(value);
                    follow();
                });
            }
            connect(row.lock, &QToolButton::clicked, this, [this, value](bool on) { m_editor.setLocked(value, on); });
            m_rows->addWidget(row.choose, line, 0);
            m_rows->addWidget(row.lock, line, 1);
            m_row[value] = row;
            ++line;
        }
    }
    follow();
}

void EditPanel::follow() {
    const EditState& state = m_editor.now();
    for (const auto& [box, member] : m_spins) {
        const QSignalBlocker block(box);
        box->setValue(state.*member);
    }
    {
        const QSignalBlocker low(m_low);
        const QSignalBlocker high(m_high);
        const QSignalBlocker size(m_size);
        const double width = state.range.high - state.range.low;
        for (QDoubleSpinBox* const box : {m_low, m_high}) {
            box->setDecimals(width < 10.0 ? 2 : width < 100.0 ? 1 : 0);
            box->setSingleStep(width < 10.0 ? 0.05 : width < 100.0 ? 0.5 : 5.0);
        }
        m_low->setValue(state.range.low);
        m_high->setValue(state.range.high);
        m_size->setValue(toSlider(state.brushMm));
    }
    m_ball->setChecked(state.ball);
    m_onlyRange->setChecked(state.onlyInRange);
    m_inSlice->setChecked(state.floodInSlice);
    m_labelOnly->setChecked(state.removeLabelOnly);
    m_whole->setChecked(state.wholeMask);
    const EditTool tool = state.tool;
    m_brush->setVisible(tool == EditTool::Brush || tool == EditTool::Eraser);
    m_flood->setVisible(tool == EditTool::Flood);
    m_correct->setVisible(tool == EditTool::Add || tool == EditTool::Remove);
    QString hint = tr("Choose a tool. Every change can be undone.");
    for (const char* const id :
         {"tool-brush", "tool-eraser", "tool-polygon", "tool-flood", "tool-relabel", "tool-add", "tool-remove",
          "measure-distance", "measure-angle", "measure-rectangle", "measure-ellipse"})
        if (m_actions.action(QLatin1String(id))->isChecked()) {
            const session::ActionSpec& spec = m_actions.spec(QLatin1String(id));
            hint = session::withoutMnemonic(spec.text) + QStringLiteral(": ") + spec.tip;
        }
    m_hint->setText(hint);
    const auto& looks = m_workbench.session().display()->labels;
    for (const auto& [value, row] : m_row) {
        const auto look = looks.find(value);
        const bool active = value == state.label;
        const QColor colour = look == looks.end()
                                  ? QColor(value == 0 ? Qt::black : Qt::gray)
                                  : QColor(look->second.colour[0], look->second.colour[1], look->second.colour[2]);
        row.choose->setIcon(labelIcon(colour, active && value != 0));
        if (value != 0)
            row.choose->setChecked(active);
        const bool locked = state.locked.test(value);
        row.lock->setChecked(locked);
        row.lock->setIcon(
            Theme::instance().icon(locked ? QStringLiteral("lock") : QStringLiteral("unlock"),
                                   locked ? Theme::instance().colours().accent : Theme::instance().colours().muted));
        row.lock->setToolTip(value == 0 ? (locked ? tr("Paint stays inside the mask. Click to free the background.")
                                                  : tr("Lock the background: paint stays inside the mask."))
                             : locked   ? tr("Locked: never overwritten. Click to free it.")
                                        : tr("Lock: never overwrite this label.  [J] for the active one"));
    }
}

void EditPanel::followPreview() {
    const bool corners = !m_editor.corners().empty();
    m_preview->setVisible(m_editor.pending());
    if (m_editor.preview())
        m_previewText->setText(tr("%1: %2").arg(m_editor.preview()->name, millilitres(m_editor.preview()->ml)));
    else if (corners)
        m_previewText->setText(tr("Outline with %n corners", nullptr, static_cast<int>(m_editor.corners().size())));
    m_actions.refresh();
}

} // namespace sulcus::widgets
