// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/images_panel.h"

#include "ui/scene/palette.h"
#include "ui/session/message_catalogue.h"
#include "ui/widgets/key_choices.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QAction>
#include <QColorDialog>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidgetAction>
#include <cmath>

namespace sulcus::widgets {

namespace {

void clearLayout(QLayout* layout) {
    while (QLayoutItem* const item = layout->takeAt(0)) {
        if (item->widget() != nullptr)
            item->widget()->deleteLater();
        delete item;
    }
}

QColor toColour(const std::array<std::uint8_t, 3>& rgb) { return {rgb[0], rgb[1], rgb[2]}; }

QIcon swatchIcon(const QColor& colour) {
    QPixmap pixmap(36, 36);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(0, 0, 0, 120), 2));
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(3, 3, 30, 30), 8, 8);
    return QIcon(pixmap);
}

} // namespace

// Sequences
// ------------------------------------------------------------------------------------------------------------

SequencesPanel::SequencesPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_actions(actions) {
    setNamed(this, QStringLiteral("sequencesPanel"), tr("Sequences"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 8);
    layout->setSpacing(8);
    auto* const title = new QHBoxLayout;
    m_caseName = makeHeading({}, this);
    m_caseName->setObjectName(QStringLiteral("caseName"));
    m_caseName->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_caseName->setWordWrap(true);
    title->addWidget(m_caseName, 1);
    m_badge = new QLabel(tr("synthetic"), this);
    m_badge->setProperty("role", "badge");
    m_badge->setToolTip(tr("A made-up demo case, not a person."));
    setNamed(m_badge, QStringLiteral("syntheticBadge"), tr("synthetic case"));
    title->addWidget(m_badge, 0, Qt::AlignTop);
    layout->addLayout(title);
    m_facts = makeMuted({}, this);
    m_facts->setObjectName(QStringLiteral("caseFacts"));
    layout->addWidget(m_facts);
    m_grid = new QGridLayout;
    m_grid->setSpacing(4);
    layout->addLayout(m_grid);
    m_presetRow = new QWidget(this);
    auto* const row = new QHBoxLayout(m_presetRow);
    row->setContentsMargins(0, 0, 0, 0);
    m_window = makeMuted({}, m_presetRow);
    m_window->setObjectName(QStringLiteral("windowLevel"));
    m_window->setToolTip(tr("Window width and level. Ctrl + drag in a view changes them."));
    row->addWidget(m_window, 1);
    m_presets = new QComboBox(m_presetRow);
    setNamed(m_presets, QStringLiteral("windowPreset"), tr("Window preset"));
    m_presets->setToolTip(tr("Grey window for an organ (keys 1 to 5)"));
    m_presets->addItem(tr("Preset"));
    for (const session::WindowPreset& preset : session::ctPresets())
        m_presets->addItem(session::sentence(preset.messageId));
    row->addWidget(m_presets);
    row->addWidget(makeActionTool(m_actions.action(QStringLiteral("display-auto")), m_presetRow));
    layout->addWidget(m_presetRow);
    connect(m_presets, &QComboBox::activated, this, [this](int index) {
        if (index > 0)
            m_actions.action(QStringLiteral("preset-%1").arg(index))->trigger();
        else
            follow();
    });
    auto& session = m_workbench.session();
    connect(&session, &session::CaseSession::caseOpened, this, &SequencesPanel::rebuild);
    connect(&session, &session::CaseSession::caseClosed, this, &SequencesPanel::rebuild);
    connect(&session.display(), &session::StateNotifier::changed, this, &SequencesPanel::follow);
    connect(&session.view(), &session::StateNotifier::changed, this, &SequencesPanel::follow);
    rebuild();
}

void SequencesPanel::rebuild() {
    clearLayout(m_grid);
    m_buttons.clear();
    auto& session = m_workbench.session();
    const bool open = session.hasCase();
    m_presetRow->setVisible(open);
    m_badge->setVisible(open && session.data()->imagingCase->synthetic);
    if (!open) {
        m_caseName->setText(tr("No case open"));
        m_facts->clear();
        return;
    }
    const imaging::Case& imagingCase = *session.data()->imagingCase;
    m_caseName->setText(QString::fromStdString(imagingCase.files.id));
    const imaging::Geometry& grid = imagingCase.geometry();
    const auto mm = [](double value) { return QString::number(value, 'g', 3); };
    m_facts->setText(tr("%1 × %2 × %3 voxels of %4 × %5 × %6 mm")
                         .arg(grid.size[0])
                         .arg(grid.size[1])
                         .arg(grid.size[2])
                         .arg(mm(grid.spacing[0]), mm(grid.spacing[1]), mm(grid.spacing[2])) +
                     (imagingCase.truth ? tr(" · with truth") : QString()) +
                     (grid.hasOrientation ? QString() : tr(" · left and right unknown")));
    int column = 0;
    bool ct = false;
    for (const imaging::CaseVolume& entry : imagingCase.volumes) {
        auto* const button = new QToolButton(this);
        button->setCheckable(true);
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        const auto picture = m_workbench.thumbnails().find(entry.sequence);
        if (picture != m_workbench.thumbnails().end())
            button->setIcon(QPixmap::fromImage(picture->second));
        button->setIconSize(QSize(50, 50));
        button->setText(sequenceShortName(entry.sequence));
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setStyleSheet(QStringLiteral("QToolButton { padding: 3px 1px; }"));
        setNamed(button, QStringLiteral("sequence_%1").arg(QString::fromStdString(imaging::toString(entry.sequence))),
                 sequenceName(entry.sequence));
        QString tip = sequenceTip(entry.sequence);
        if (entry.sequence == imaging::Sequence::Ct)
            ct = true;
        else
            tip += QStringLiteral("  [%1]").arg(
                m_actions.action(QStringLiteral("preset-%1").arg(column + 1))->shortcut().toString());
        button->setToolTip(tip);
        connect(button, &QToolButton::clicked, this, [this, sequence = entry.sequence] {
            m_workbench.session().view().update([&](session::ViewState& view) { view.shown = sequence; });
        });
        m_grid->addWidget(button, 0, column++);
        m_buttons[entry.sequence] = button;
    }
    for (const imaging::Sequence missing : imagingCase.files.missing) {
        auto* const gap = makeMuted(tr("%1 missing").arg(sequenceShortName(missing)), this);
        gap->setAlignment(Qt::AlignCenter);
        m_grid->addWidget(gap, 0, column++);
    }
    m_presets->setVisible(ct);
    follow();
}

void SequencesPanel::follow() {
    auto& session = m_workbench.session();
    if (!session.hasCase())
        return;
    for (const auto& [sequence, button] : m_buttons)
        button->setChecked(sequence == session.view()->shown);
    const auto window = session.display()->windows.find(session.view()->shown);
    if (window == session.display()->windows.end())
        return;
    m_presets->setCurrentIndex(session::ctPresetIndex(window->second) + 1);
    m_window->setText(tr("Window %1 · Level %2")
                          .arg(window->second.width, 0, 'f', window->second.width < 20 ? 2 : 0)
                          .arg(window->second.level, 0, 'f', window->second.width < 20 ? 2 : 0));
}

// Segment
// --------------------------------------------------------------------------------------------------------------

SegmentPanel::SegmentPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_workbench(workbench) {
    setNamed(this, QStringLiteral("segmentPanel"), tr("Segment"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 10);
    layout->setSpacing(8);
    m_run =
        makeActionButton(actions.action(QStringLiteral("segment-run")), QStringLiteral("segmentButton"), true, this);
    layout->addWidget(m_run);

    m_progress = new QWidget(this);
    setNamed(m_progress, QStringLiteral("segmentProgress"), tr("Progress of the segmentation"));
    auto* const progress = new QVBoxLayout(m_progress);
    progress->setContentsMargins(0, 0, 0, 0);
    progress->setSpacing(6);
    m_bar = new QProgressBar(m_progress);
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    setNamed(m_bar, QStringLiteral("segmentBar"), tr("Progress"));
    progress->addWidget(m_bar);
    auto* const row = new QHBoxLayout;
    m_stage = makeMuted({}, m_progress);
    m_stage->setObjectName(QStringLiteral("segmentStage"));
    row->addWidget(m_stage, 1);
    m_cancel = new QPushButton(tr("Cancel"), m_progress);
    connect(&actions, &session::ActionCatalog::refreshed, this, [this, &actions] {
        m_cancel->setToolTip(tr("Stop the network; nothing changes. [%1]").arg(keyText(actions, "job-cancel")));
    });
    setNamed(m_cancel, QStringLiteral("segmentCancel"), tr("Cancel the segmentation"));
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_workbench.segmentJob() != nullptr)
            m_workbench.segmentJob()->cancel();
    });
    row->addWidget(m_cancel);
    progress->addLayout(row);
    layout->addWidget(m_progress);

    auto* const choices = new QHBoxLayout;
    choices->setSpacing(6);
    m_bundle = new QComboBox(this);
    setNamed(m_bundle, QStringLiteral("bundleChoice"), tr("Network"));
    m_bundle->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_bundle->setMinimumContentsLength(10);
    choices->addWidget(m_bundle, 3);
    m_device = new QComboBox(this);
    setNamed(m_device, QStringLiteral("deviceChoice"), tr("Where the network runs"));
    m_device->setToolTip(tr("Where the network runs. Automatic takes a graphics card when there is one."));
    choices->addWidget(m_device, 2);
    layout->addLayout(choices);
    m_result = makeMuted({}, this);
    m_result->setObjectName(QStringLiteral("segmentResult"));
    layout->addWidget(m_result);

    connect(m_bundle, &QComboBox::activated, this,
            [this](int index) { m_workbench.chooseBundle(m_bundle->itemData(index).toString().toStdString()); });
    connect(m_device, &QComboBox::activated, this, [this](int index) {
        m_workbench.chooseDevice(static_cast<workflow::DeviceChoice>(m_device->itemData(index).toInt()));
    });
    connect(&m_workbench, &session::Workbench::bundlesChanged, this, &SegmentPanel::fillBundles);
    connect(&m_workbench.session().data(), &session::StateNotifier::changed, this, &SegmentPanel::follow);
    connect(&m_workbench.runner(), &session::JobRunner::changed, this, &SegmentPanel::followJob);
    fillBundles();
    follow();
    followJob();
}

void SegmentPanel::fillBundles() {
    const QSignalBlocker block(m_bundle);
    m_bundle->clear();
    for (const learning::Bundle& bundle : m_workbench.bundles()) {
        if (bundle.task.rfind("segmentation", 0) != 0)
            continue;
        m_bundle->addItem(QString::fromStdString(bundle.name), QString::fromStdString(bundle.folder.string()));
        const int row = m_bundle->count() - 1;
        m_bundle->setItemData(row,
                              tr("%1 %2\n%3\nTrained on: %4\nWeights %5...")
                                  .arg(QString::fromStdString(bundle.name), QString::fromStdString(bundle.version),
                                       QString::fromStdString(bundle.intendedUse),
                                       QString::fromStdString(bundle.trainingData),
                                       QString::fromStdString(bundle.weightsSha256.substr(0, 12))),
                              Qt::ToolTipRole);
        if (bundle.folder == m_workbench.chosenBundle())
            m_bundle->setCurrentIndex(row);
    }
    m_bundle->setEnabled(m_bundle->count() > 0);
    if (m_bundle->count() == 0) {
        m_bundle->addItem(tr("no network found"));
        m_bundle->setToolTip(tr("No network bundle was found. Start with --models FOLDER."));
    } else {
        m_bundle->setToolTip(m_bundle->currentData(Qt::ToolTipRole).toString());
    }
    const QSignalBlocker blockDevice(m_device);
    m_device->clear();
    m_device->addItem(tr("Automatic"), static_cast<int>(workflow::DeviceChoice::Automatic));
    m_device->addItem(tr("CPU"), static_cast<int>(workflow::DeviceChoice::Cpu));
    for (const std::string& device : m_workbench.devices())
        if (device.rfind("cuda", 0) == 0) {
            m_device->addItem(tr("Graphics card"), static_cast<int>(workflow::DeviceChoice::Cuda));
            break;
        }
    m_device->setCurrentIndex(m_device->findData(static_cast<int>(m_workbench.device())));
}

void SegmentPanel::follow() {
    auto& session = m_workbench.session();
    const session::MaskOrigin& origin = session.data()->origin;
    if (!session.hasMask())
        m_result->clear();
    else if (origin.bundleName.empty())
        m_result->setText(tr("Mask read from a file or the truth"));
    else
        m_result->setText(
            tr("%1 %2 · %3 s on %4")
                .arg(QString::fromStdString(origin.bundleName), QString::fromStdString(origin.bundleVersion))
                .arg(origin.seconds, 0, 'f', 1)
                .arg(deviceName(origin.device)));
    m_result->setVisible(!m_result->text().isEmpty());
    followJob();
}

void SegmentPanel::followJob() {
    session::Job* const job = m_workbench.segmentJob();
    m_progress->setVisible(job != nullptr);
    m_run->setVisible(job == nullptr);
    if (job == nullptr)
        return;
    m_bar->setRange(0, job->fraction() > 0.0 ? 1000 : 0);
    m_bar->setValue(static_cast<int>(std::lround(job->fraction() * 1000.0)));
    QString text = job->state() == session::JobState::Queued       ? tr("Waiting...")
                   : job->state() == session::JobState::Cancelling ? tr("Stopping...")
                   : job->stage().isEmpty()                        ? tr("Starting...")
                                                                   : session::sentence(job->stage().toStdString());
    if (job->state() == session::JobState::Running && job->remainingSeconds())
        text += QStringLiteral(" · ") + tr("%1 left").arg(duration(*job->remainingSeconds()));
    m_stage->setText(text);
    m_cancel->setEnabled(job->state() != session::JobState::Cancelling);
}

// Labels
// ---------------------------------------------------------------------------------------------------------------

LabelsPanel::LabelsPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_workbench(workbench) {
    setNamed(this, QStringLiteral("labelsPanel"), tr("Labels"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 12);
    layout->setSpacing(8);
    auto* const top = new QHBoxLayout;
    top->addWidget(makeHeading(tr("Labels"), this), 1);
    for (const char* const id : {"display-mask", "display-outline", "view-centre"})
        top->addWidget(makeActionTool(actions.action(QLatin1String(id)), this));
    layout->addLayout(top);
    m_empty = makeMuted(tr("No mask yet. Segment the case, or read a mask from a file."), this);
    layout->addWidget(m_empty);
    m_rows = new QGridLayout;
    m_rows->setHorizontalSpacing(4);
    m_rows->setVerticalSpacing(0);
    m_rows->setColumnStretch(2, 1);
    layout->addLayout(m_rows);

    m_controls = new QWidget(this);
    auto* const controls = new QVBoxLayout(m_controls);
    controls->setContentsMargins(0, 2, 0, 0);
    controls->setSpacing(8);
    auto* const opacity = new QHBoxLayout;
    opacity->addWidget(makeMuted(tr("Opacity"), m_controls));
    m_opacity = new QSlider(Qt::Horizontal, m_controls);
    m_opacity->setRange(0, 100);
    setNamed(m_opacity, QStringLiteral("maskOpacity"), tr("Opacity of the mask"));
    connect(&actions, &session::ActionCatalog::refreshed, this, [this, &actions] {
        m_opacity->setToolTip(
            tr("Opacity of the mask  [%1] less  [%2] more")
                .arg(keyText(actions, "display-opacity-down"), keyText(actions, "display-opacity-up")));
    });
    opacity->addWidget(m_opacity, 1);
    m_opacityText = makeMuted({}, m_controls);
    m_opacityText->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("100 %")));
    m_opacityText->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    opacity->addWidget(m_opacityText);
    controls->addLayout(opacity);
    m_palette = new QComboBox(m_controls);
    setNamed(m_palette, QStringLiteral("paletteChoice"), tr("Colours of the labels"));
    m_palette->addItem(tr("Colours safe for colour-blind readers"),
                       static_cast<int>(session::Palette::ColourBlindSafe));
    m_palette->addItem(tr("Classic BraTS colours"), static_cast<int>(session::Palette::ClassicBrats));
    m_palette->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    controls->addWidget(m_palette);
    m_compareRow = new QWidget(m_controls);
    auto* const compare = new QVBoxLayout(m_compareRow);
    compare->setContentsMargins(0, 0, 0, 0);
    m_compare = new SegmentedChoice(QStringLiteral("compareChoice"), tr("Mask or truth"), m_compareRow);
    m_compare->addChoice(tr("Mask"), static_cast<int>(session::CompareMode::Mask), tr("Show the mask"));
    m_compare->addChoice(tr("Truth"), static_cast<int>(session::CompareMode::Truth),
                         tr("Show the truth that came with the case"));
    m_compare->addChoice(tr("Difference"), static_cast<int>(session::CompareMode::Difference),
                         tr("Blue: both agree. Orange: only in the mask. Yellow: only in the truth."));
    compare->addWidget(m_compare);
    m_compareTarget =
        new SegmentedChoice(QStringLiteral("compareTarget"), tr("Region whose difference shows"), m_compareRow);
    for (const imaging::Target target :
         {imaging::Target::WholeTumour, imaging::Target::TumourCore, imaging::Target::EnhancingTumour})
        m_compareTarget->addChoice(QString::fromStdString(imaging::toString(target)), static_cast<int>(target),
                                   targetName(target));
    compare->addWidget(m_compareTarget);
    m_legend = new QLabel(m_compareRow);
    m_legend->setTextFormat(Qt::RichText);
    m_legend->setWordWrap(true);
    setNamed(m_legend, QStringLiteral("compareLegend"), tr("What the colours of the difference mean"));
    compare->addWidget(m_legend);
    controls->addWidget(m_compareRow);
    layout->addWidget(m_controls);
    m_targets = new QLabel(this);
    setNamed(m_targets, QStringLiteral("targetTable"), tr("Volumes and overlap"));
    m_targets->setTextFormat(Qt::RichText);
    m_targets->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_targets);

    auto& session = m_workbench.session();
    connect(m_opacity, &QSlider::valueChanged, this, [this](int value) {
        m_workbench.session().display().update(
            [&](session::DisplayState& display) { display.maskOpacity = value / 100.0; });
    });
    connect(m_palette, &QComboBox::activated, this, [this](int index) {
        auto& state = m_workbench.session();
        const auto palette = static_cast<session::Palette>(m_palette->itemData(index).toInt());
        state.display().update([&](session::DisplayState& display) {
            display.palette = palette;
            display.labels = session::defaultLooks(state.data()->era, palette);
        });
    });
    connect(m_compareTarget, &SegmentedChoice::chosen, this, [this](int value) {
        m_workbench.session().display().update(
            [&](session::DisplayState& state) { state.compareTarget = static_cast<imaging::Target>(value); });
    });
    connect(m_compare, &SegmentedChoice::chosen, this, [this](int value) {
        m_workbench.session().display().update(
            [&](session::DisplayState& display) { display.compare = static_cast<session::CompareMode>(value); });
    });
    connect(&session.data(), &session::StateNotifier::changed, this, &LabelsPanel::rebuild);
    connect(&session.display(), &session::StateNotifier::changed, this, &LabelsPanel::follow);
    connect(&Theme::instance(), &Theme::changed, this, &LabelsPanel::rebuild);
    rebuild();
}

void LabelsPanel::rebuild() {
    auto& session = m_workbench.session();
    const imaging::LabelEra era = session.data()->era;
    // BraTS labels always have their row, so that the panel does not jump; other maps show what they hold.
    std::vector<std::uint8_t> values;
    if (session.hasCase()) {
        for (const imaging::LabelDefinition& label : imaging::labelDefinitions(era))
            if (era != imaging::LabelEra::Plain &&
                (label.code != "CAV" || session.data()->labelMl.contains(label.value)))
                values.push_back(label.value);
        for (const auto& [value, ml] : session.data()->labelMl)
            if (std::find(values.begin(), values.end(), value) == values.end())
                values.push_back(value);
    }
    std::vector<std::uint8_t> shown;
    for (const auto& [value, row] : m_row)
        shown.push_back(value);
    std::vector<std::uint8_t> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    // The same values of another network are other organs.
    const std::string& maker = session.data()->origin.bundleName;
    if (sorted != shown || era != m_era || maker != m_maker) {
        clearLayout(m_rows);
        m_row.clear();
        m_era = era;
        m_maker = maker;
        int line = 0;
        for (const std::uint8_t value : values) {
            Row row;
            const QString name = m_workbench.labelName(value);
            row.eye = new QToolButton(this);
            row.eye->setCheckable(true);
            row.eye->setProperty("quiet", true);
            row.eye->setIconSize(QSize(17, 17));
            setNamed(row.eye, QStringLiteral("labelEye_%1").arg(value), tr("Show %1").arg(name));
            row.swatch = new QToolButton(this);
            row.swatch->setIconSize(QSize(17, 17));
            setNamed(row.swatch, QStringLiteral("labelColour_%1").arg(value), tr("Colour and opacity of %1").arg(name));
            row.swatch->setToolTip(tr("Colour and opacity of %1").arg(name));
            row.name = new QLabel(name, this);
            row.name->setToolTip(name);
            row.name->setMinimumWidth(60);
            row.name->setWordWrap(true);
            row.ml = new QLabel(this);
            setNamed(row.ml, QStringLiteral("labelMl_%1").arg(value), tr("Volume of %1").arg(name));
            row.ml->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_rows->addWidget(row.eye, line, 0);
            m_rows->addWidget(row.swatch, line, 1);
            m_rows->addWidget(row.name, line, 2);
            m_rows->addWidget(row.ml, line, 3);
            connect(row.eye, &QToolButton::clicked, this, [this, value](bool on) {
                m_workbench.session().display().update(
                    [&](session::DisplayState& display) { display.labels[value].visible = on; });
            });
            connect(row.swatch, &QToolButton::clicked, this, [this, value] { showLook(value); });
            m_row[value] = row;
            ++line;
        }
    }
    follow();
}

void LabelsPanel::follow() {
    auto& session = m_workbench.session();
    const session::CaseData& data = session.data().value();
    const session::DisplayState& display = session.display().value();
    const bool mask = session.hasMask();
    m_empty->setVisible(!mask);
    m_controls->setVisible(session.hasCase() && (mask || session.hasTruth()));
    m_compareRow->setVisible(session.hasTruth());
    m_compare->setValue(static_cast<int>(display.compare));
    m_compareTarget->setValue(static_cast<int>(display.compareTarget));
    m_compareTarget->setVisible(display.compare == session::CompareMode::Difference &&
                                data.era != imaging::LabelEra::Plain);
    m_legend->setVisible(display.compare == session::CompareMode::Difference);
    const auto key = [](const scene::Rgb& rgb, const QString& text) {
        return QStringLiteral("<span style='color:%1'>\u25A0</span>&nbsp;%2").arg(toColour(rgb).name(), text);
    };
    m_legend->setText(key(scene::kAgreeColour, tr("both")) + QStringLiteral(" &nbsp; ") +
                      key(scene::kFalsePositiveColour, tr("only mask")) + QStringLiteral(" &nbsp; ") +
                      key(scene::kFalseNegativeColour, tr("only truth")));
    m_compare->button(static_cast<int>(session::CompareMode::Difference))->setEnabled(mask);
    m_palette->setVisible(data.era != imaging::LabelEra::Plain);
    for (const auto& [value, row] : m_row) {
        const auto look = display.labels.find(value);
        const bool visible = look == display.labels.end() || look->second.visible;
        row.eye->setChecked(visible);
        row.eye->setIcon(
            Theme::instance().icon(visible ? QStringLiteral("eye") : QStringLiteral("eye-off"),
                                   visible ? Theme::instance().colours().text : Theme::instance().colours().muted));
        row.eye->setToolTip(visible ? tr("Hide %1").arg(row.name->text()) : tr("Show %1").arg(row.name->text()));
        row.swatch->setIcon(
            swatchIcon(look == display.labels.end() ? QColor(Qt::gray) : toColour(look->second.colour)));
        const auto ml = data.labelMl.find(value);
        row.ml->setText(ml == data.labelMl.end() ? (mask ? millilitres(0.0) : QString()) : millilitres(ml->second));
    }
    {
        const QSignalBlocker block(m_opacity);
        m_opacity->setValue(static_cast<int>(std::lround(display.maskOpacity * 100.0)));
    }
    m_opacityText->setText(percent(display.maskOpacity));
    m_palette->setCurrentIndex(m_palette->findData(static_cast<int>(display.palette)));
    if (!mask) {
        m_targets->hide();
        return;
    }
    const QString muted = Theme::instance().colours().muted.name();
    QString html = QStringLiteral("<table width='100%' cellspacing='0' cellpadding='3'><tr style='color:%1'><td>%2</td>"
                                  "<td align='right'>%3</td>")
                       .arg(muted, tr("Region"), tr("Volume"));
    const bool compared = data.comparison.has_value();
    if (compared)
        html += QStringLiteral("<td align='right'>%1</td>").arg(tr("Dice"));
    html += QStringLiteral("</tr>");
    for (const auto& [target, ml] : data.targetMl) {
        html += QStringLiteral("<tr><td>%1</td><td align='right'>%2</td>").arg(targetName(target), millilitres(ml));
        if (compared) {
            const auto region = data.comparison->regions.find(target);
            const QString dice = region != data.comparison->regions.end() && region->second.dice
                                     ? QString::number(*region->second.dice, 'f', 3)
                                     : QStringLiteral("–");
            html += QStringLiteral("<td align='right'><b>%1</b></td>").arg(dice);
        }
        html += QStringLiteral("</tr>");
    }
    m_targets->setText(html + QStringLiteral("</table>"));
    m_targets->setToolTip(compared ? tr("Dice compares the mask with the truth: 1 is the same, 0 is nothing in common.")
                                   : QString());
    m_targets->show();
}

void LabelsPanel::showLook(std::uint8_t label) {
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto* const holder = new QWidget(menu);
    auto* const layout = new QHBoxLayout(holder);
    layout->setContentsMargins(10, 6, 10, 6);
    layout->addWidget(makeMuted(tr("Opacity"), holder));
    auto* const slider = new QSlider(Qt::Horizontal, holder);
    slider->setRange(0, 100);
    slider->setMinimumWidth(140);
    setNamed(slider, QStringLiteral("labelOpacity"), tr("Opacity of this label"));
    auto& display = m_workbench.session().display();
    const auto now = display->labels.find(label);
    const session::LabelLook look = now == display->labels.end() ? session::LabelLook{} : now->second;
    slider->setValue(static_cast<int>(std::lround(look.opacity * 100.0)));
    layout->addWidget(slider);
    auto* const action = new QWidgetAction(menu);
    action->setDefaultWidget(holder);
    menu->addAction(action);
    QAction* const choose = menu->addAction(tr("Choose a colour..."));
    connect(slider, &QSlider::valueChanged, this, [this, label](int value) {
        m_workbench.session().display().update(
            [&](session::DisplayState& state) { state.labels[label].opacity = value / 100.0; });
    });
    connect(choose, &QAction::triggered, this, [this, label, look] {
        auto* const dialog = new QColorDialog(toColour(look.colour), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QColorDialog::colorSelected, this, [this, label](const QColor& colour) {
            m_workbench.session().display().update([&](session::DisplayState& state) {
                state.labels[label].colour = {static_cast<std::uint8_t>(colour.red()),
                                              static_cast<std::uint8_t>(colour.green()),
                                              static_cast<std::uint8_t>(colour.blue())};
            });
        });
        dialog->open();
    });
    menu->popup(m_row.at(label).swatch->mapToGlobal(QPoint(0, m_row.at(label).swatch->height())));
}

} // namespace sulcus::widgets
