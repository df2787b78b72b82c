// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/parts.h"

#include "ui/session/action_catalog.h"

#include <QAction>
#include <QButtonGroup>
#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace sulcus::widgets {

QLabel* makeHeading(const QString& text, QWidget* parent) {
    auto* const label = new QLabel(text, parent);
    label->setProperty("role", "heading");
    return label;
}

QLabel* makeMuted(const QString& text, QWidget* parent) {
    auto* const label = new QLabel(text, parent);
    label->setProperty("role", "muted");
    label->setWordWrap(true);
    return label;
}

QFrame* makeLine(QWidget* parent) {
    auto* const line = new QFrame(parent);
    line->setProperty("role", "line");
    line->setFixedHeight(1);
    return line;
}

PanelScroll::PanelScroll(QWidget* content, QWidget* parent) : QScrollArea(parent) {
    content->setProperty("panel", true);
    setWidget(content);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    content->installEventFilter(this);
}

QSize PanelScroll::sizeHint() const {
    // As wide as the content needs, not as it would like: a long name must not take its width from the anatomy.
    const int needed = widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width();
    return {std::max(minimumWidth(), needed), widget()->sizeHint().height()};
}

bool PanelScroll::eventFilter(QObject* watched, QEvent* event) {
    // No sideways scrolling: the column is as wide as its content needs. What is hidden has no style yet and would ask
    // for twice its width, which a small screen does not have and a window does not give back.
    if (watched == widget() &&
        (event->type() == QEvent::Show || (event->type() == QEvent::LayoutRequest && widget()->isVisible())))
        setMinimumWidth(widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width());
    return QScrollArea::eventFilter(watched, event);
}

SegmentedChoice::SegmentedChoice(const QString& objectName, const QString& accessibleName, QWidget* parent)
    : QWidget(parent) {
    setNamed(this, objectName, accessibleName);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
}

void SegmentedChoice::addChoice(const QString& text, int value, const QString& tip) {
    auto* const button = new QPushButton(text, this);
    button->setCheckable(true);
    button->setProperty("segment", true);
    button->setProperty("segmentFirst", m_buttons.empty());
    button->setProperty("segmentLast", true);
    if (!m_buttons.empty()) {
        QPushButton* const before = m_buttons.back().second;
        before->setProperty("segmentLast", false);
        before->style()->unpolish(before);
        before->style()->polish(before);
    }
    setNamed(button, objectName() + QString::number(value), accessibleName() + QStringLiteral(": ") + text);
    button->setToolTip(tip);
    layout()->addWidget(button);
    m_buttons.emplace_back(value, button);
    connect(button, &QPushButton::clicked, this, [this, value] {
        const bool changed = value != m_value;
        setValue(value);
        if (changed)
            Q_EMIT chosen(value);
    });
}

void SegmentedChoice::setValue(int value) {
    m_value = value;
    for (const auto& [which, button] : m_buttons)
        button->setChecked(which == value);
}

QPushButton* SegmentedChoice::button(int value) const {
    for (const auto& [which, button] : m_buttons)
        if (which == value)
            return button;
    return nullptr;
}

QPushButton* makeActionButton(QAction* action, const QString& objectName, bool primary, QWidget* parent) {
    auto* const button = new QPushButton(parent);
    button->setProperty("primary", primary);
    const auto follow = [button, action] {
        button->setText(session::withoutMnemonic(action->text()));
        button->setIcon(action->icon());
        button->setToolTip(action->toolTip());
        button->setEnabled(action->isEnabled());
    };
    setNamed(button, objectName, session::withoutMnemonic(action->text()));
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

QToolButton* makeActionTool(QAction* action, QWidget* parent) {
    auto* const button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setIconSize(QSize(18, 18));
    setNamed(button, action->objectName() + QStringLiteral("-tool"), session::withoutMnemonic(action->text()));
    return button;
}

QString educationNote() {
    return QCoreApplication::translate("parts", "Education and research only, not for diagnosis");
}

QLabel* makeEducationNote(QWidget* parent) { return makeMuted(educationNote(), parent); }

void setNamed(QWidget* widget, const QString& objectName, const QString& accessibleName) {
    widget->setObjectName(objectName);
    widget->setAccessibleName(accessibleName);
}

} // namespace sulcus::widgets
