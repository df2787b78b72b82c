// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/display_panel.h"

#include "ui/session/message_catalogue.h"
#include "ui/session/window_presets.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/reading_actions.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

namespace sulcus::widgets {

DisplayPanel::DisplayPanel(session::Workbench& workbench, session::ActionCatalog& actions, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_actions(actions) {
    setNamed(this, QStringLiteral("displayPanel"), tr("Display"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 6, 12, 6);
    layout->setSpacing(6);
    m_header = new QToolButton(this);
    setNamed(m_header, QStringLiteral("displayHeader"), tr("Display"));
    m_header->setText(tr("Display"));
    m_header->setToolTip(tr("Grey window, colours, probabilities, overlay, 3-D"));
    m_header->setCheckable(true);
    m_header->setProperty("quiet", true);
    m_header->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_header->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QFont bold = m_header->font();
    bold.setWeight(QFont::DemiBold);
    m_header->setFont(bold);
    layout->addWidget(m_header);
    m_body = new QWidget(this);
    auto* const form = new QGridLayout(m_body);
    form->setContentsMargins(0, 0, 0, 4);
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(6);
    form->setColumnStretch(1, 1);
    int line = 0;
    const auto row = [&](const QString& name, QWidget* control) {
        form->addWidget(makeMuted(name, m_body), line, 0);
        form->addWidget(control, line++, 1);
    };
    const auto combo = [&](const char* name, const QString& accessible, const QString& tip) {
        auto* const box = new QComboBox(m_body);
        setNamed(box, QLatin1String(name), accessible);
        box->setToolTip(tip);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
        return box;
    };
    m_preset = combo("greyPreset", tr("Grey window preset"),
                     tr("Grey window for an organ, or for a part of the brain's values; digits do the same"));
    row(tr("Preset"), m_preset);
    const auto spin = [&](const char* name, const QString& accessible) {
        auto* const box = new QDoubleSpinBox(m_body);
        setNamed(box, QLatin1String(name), accessible);
        // Screen readers meet the field inside a spin box, not the box.
        if (auto* const field = box->findChild<QLineEdit*>())
            field->setAccessibleName(accessible);
        box->setRange(-100000.0, 100000.0);
        box->setKeyboardTracking(false);
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
        box->setMinimumWidth(56);
        return box;
    };
    m_width = spin("windowWidth", tr("Window width"));
    m_width->setMinimum(0.001);
    m_width->setToolTip(tr("Width of the grey window, in the image's own units"));
    m_level = spin("windowLevelValue", tr("Window level"));
    m_level->setToolTip(tr("Middle of the grey window, in the image's own units"));
    auto* const window = new QWidget(m_body);
    auto* const both = new QHBoxLayout(window);
    both->setContentsMargins(0, 0, 0, 0);
    both->setSpacing(4);
    both->addWidget(m_width, 1);
    both->addWidget(m_level, 1);
    both->addWidget(makeActionTool(m_actions.action(QStringLiteral("display-auto")), window));
    row(tr("W · L"), window);
    m_colours = combo("colourMap", tr("Colour map"), tr("How grey values become colours"));
    for (int n = 0; n < 4; ++n)
        m_colours->addItem(colourMapName(static_cast<session::ColourMap>(n)));
    row(tr("Colours"), m_colours);
    m_probability = combo("probabilityChoice", tr("Probability map"), {});
    row(tr("Probability"), m_probability);
    m_probabilityOpacity = new QSlider(Qt::Horizontal, m_body);
    setNamed(m_probabilityOpacity, QStringLiteral("probabilityOpacity"), tr("Opacity of the probability map"));
    m_probabilityOpacity->setRange(0, 100);
    row(QString(), m_probabilityOpacity);
    auto* const overlay = new QWidget(m_body);
    auto* const overlayRow = new QHBoxLayout(overlay);
    overlayRow->setContentsMargins(0, 0, 0, 0);
    overlayRow->setSpacing(2);
    m_overlay = new QLabel(overlay);
    m_overlay->setObjectName(QStringLiteral("overlayName"));
    m_overlay->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    overlayRow->addWidget(m_overlay, 1);
    overlayRow->addWidget(makeActionTool(m_actions.action(QStringLiteral("overlay-open")), overlay));
    m_overlayEye = makeActionTool(m_actions.action(QStringLiteral("display-overlay")), overlay);
    overlayRow->addWidget(m_overlayEye);
    m_overlayRemove = makeActionTool(m_actions.action(QStringLiteral("overlay-remove")), overlay);
    overlayRow->addWidget(m_overlayRemove);
    row(tr("Overlay"), overlay);
    m_rendering = combo("renderingChoice", tr("What the 3-D view draws"),
                        tr("Surfaces alone, or the voxels themselves as a cloud"));
    for (int n = 0; n < 5; ++n)
        m_rendering->addItem(renderingName(static_cast<session::VolumeRendering>(n)));
    row(tr("3-D"), m_rendering);
    layout->addWidget(m_body);

    auto& session = m_workbench.session();
    connect(m_header, &QToolButton::toggled, this, &DisplayPanel::setOpen);
    connect(m_preset, &QComboBox::activated, this, [this](int index) {
        if (index > 0)
            m_actions.action(QStringLiteral("preset-%1").arg(m_preset->itemData(index).toInt()))->trigger();
    });
    const auto setWindow = [this] {
        auto& state = m_workbench.session();
        state.display().update([&](session::DisplayState& display) {
            display.windows[state.view()->shown] = {m_width->value(), m_level->value()};
        });
    };
    connect(m_width, &QDoubleSpinBox::valueChanged, this, setWindow);
    connect(m_level, &QDoubleSpinBox::valueChanged, this, setWindow);
    connect(m_colours, &QComboBox::activated, this, [this](int index) {
        m_workbench.session().display().update(
            [&](session::DisplayState& display) { display.colourMap = static_cast<session::ColourMap>(index); });
    });
    connect(m_probability, &QComboBox::activated, this, [this](int index) {
        m_workbench.session().display().update(
            [&](session::DisplayState& display) { display.probabilityOutput = index - 1; });
    });
    connect(m_probabilityOpacity, &QSlider::valueChanged, this, [this](int value) {
        m_workbench.session().display().update(
            [&](session::DisplayState& display) { display.probabilityOpacity = value / 100.0; });
    });
    connect(m_rendering, &QComboBox::activated, this, [this](int index) {
        m_workbench.session().display().update(
            [&](session::DisplayState& display) { display.rendering = static_cast<session::VolumeRendering>(index); });
    });
    m_follow.setSingleShot(true);
    m_follow.setInterval(0);
    connect(&m_follow, &QTimer::timeout, this, &DisplayPanel::follow);
    for (session::StateNotifier* const state : {static_cast<session::StateNotifier*>(&session.data()),
                                                static_cast<session::StateNotifier*>(&session.display()),
                                                static_cast<session::StateNotifier*>(&session.view())})
        connect(state, &session::StateNotifier::changed, &m_follow, qOverload<>(&QTimer::start));
    connect(&Theme::instance(), &Theme::changed, &m_follow, qOverload<>(&QTimer::start));
    setOpen(false);
    follow();
}

bool DisplayPanel::isOpen() const { return m_header->isChecked(); }

void DisplayPanel::setOpen(bool open) {
    m_header->setChecked(open);
    m_body->setVisible(open);
    follow();
}

void DisplayPanel::fillPresets() {
    const imaging::Sequence shown = m_workbench.session().view()->shown;
    if (m_preset->count() > 0 && (shown == imaging::Sequence::Ct) == (m_presetsFor == imaging::Sequence::Ct))
        return;
    m_presetsFor = shown;
    m_preset->clear();
    m_preset->addItem(tr("Choose..."));
    int key = 1;
    if (shown == imaging::Sequence::Ct) {
        for (const session::WindowPreset& preset : session::ctPresets())
            m_preset->addItem(session::sentence(preset.messageId), key++);
        return;
    }
    key = 5; // the digits before choose a sequence
    for (const session::PercentilePreset& preset : session::mriPresets())
        m_preset->addItem(session::sentence(preset.messageId), key++);
}

void DisplayPanel::follow() {
    auto& session = m_workbench.session();
    const ThemeColours& c = Theme::instance().colours();
    m_header->setIcon(Theme::instance().icon(
        m_header->isChecked() ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), c.muted));
    setEnabled(session.hasCase());
    if (!session.hasCase() || !m_header->isChecked())
        return;
    const session::DisplayState& display = session.display().value();
    fillPresets();
    m_preset->setCurrentIndex(0);
    if (const auto window = display.windows.find(session.view()->shown);
        window != display.windows.end() && m_presetsFor == imaging::Sequence::Ct)
        m_preset->setCurrentIndex(session::ctPresetIndex(window->second) + 1);
    if (const auto window = display.windows.find(session.view()->shown); window != display.windows.end()) {
        const QSignalBlocker blockWidth(m_width);
        const QSignalBlocker blockLevel(m_level);
        const int decimals = window->second.width < 20.0 ? 3 : 0;
        for (QDoubleSpinBox* const box : {m_width, m_level})
            box->setDecimals(decimals);
        m_width->setValue(window->second.width);
        m_level->setValue(window->second.level);
    }
    m_colours->setCurrentIndex(static_cast<int>(display.colourMap));
    const auto& answer = m_workbench.networkAnswer();
    if (m_probability->count() != static_cast<int>(answer.probabilityNames.size()) + 1) {
        m_probability->clear();
        m_probability->addItem(tr("None"));
        for (const std::string& name : answer.probabilityNames)
            m_probability->addItem(QString::fromStdString(name));
    }
    const bool probable = !answer.probabilities.empty();
    m_probability->setEnabled(probable);
    m_probability->setToolTip(probable ? tr("What the network thought of each voxel, as colours")
                                       : tr("No probabilities are kept: segment the case first."));
    m_probability->setCurrentIndex(probable ? display.probabilityOutput + 1 : 0);
    m_probabilityOpacity->setEnabled(probable && display.probabilityOutput >= 0);
    {
        const QSignalBlocker block(m_probabilityOpacity);
        m_probabilityOpacity->setValue(static_cast<int>(std::lround(display.probabilityOpacity * 100.0)));
    }
    const bool overlay = session.data()->overlay != nullptr;
    const QString name = overlay ? QString::fromStdString(session.data()->overlayName) : tr("none");
    m_overlay->setText(m_overlay->fontMetrics().elidedText(name, Qt::ElideMiddle, std::max(60, m_overlay->width())));
    m_overlay->setToolTip(name);
    m_overlayEye->setVisible(overlay);
    m_overlayRemove->setVisible(overlay);
    m_rendering->setCurrentIndex(static_cast<int>(display.rendering));
}

} // namespace sulcus::widgets
