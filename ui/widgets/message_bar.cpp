// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/message_bar.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace sulcus::widgets {

namespace {
constexpr int kInfoMilliseconds = 7000;
}

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_button(new QPushButton(this)),
      m_close(new QToolButton(this)) {
    setNamed(this, QStringLiteral("messageBar"), tr("Message"));
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(10);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setNamed(m_text, QStringLiteral("messageText"), tr("Message"));
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    setNamed(m_button, QStringLiteral("messageButton"), tr("Accept"));
    layout->addWidget(m_button);
    setNamed(m_close, QStringLiteral("messageClose"), tr("Close the message"));
    m_close->setToolTip(tr("Close the message"));
    layout->addWidget(m_close);
    m_hide.setSingleShot(true);
    m_hide.setInterval(kInfoMilliseconds);
    connect(&m_hide, &QTimer::timeout, this, &MessageBar::dismiss);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_button, &QPushButton::clicked, this, [this] {
        const auto accepted = std::exchange(m_accepted, nullptr);
        m_dismissed = nullptr;
        dismiss();
        if (accepted)
            accepted();
    });
    connect(&Theme::instance(), &Theme::changed, this, &MessageBar::restyle);
    hide();
}

QString MessageBar::text() const { return m_text->text(); }

void MessageBar::show(session::NoteKind kind, const QString& text) {
    if (isVisible() && kind == session::NoteKind::Info && m_kind != session::NoteKind::Info)
        return;
    if (m_accepted && kind == session::NoteKind::Info)
        return; // a question waits for its answer
    m_accepted = nullptr;
    m_dismissed = nullptr;
    present(kind, text);
    m_button->hide();
    if (kind == session::NoteKind::Info)
        m_hide.start();
    else
        m_hide.stop();
}

void MessageBar::ask(const QString& text, const QString& button, std::function<void()> accepted,
                     std::function<void()> dismissed) {
    m_accepted = std::move(accepted);
    m_dismissed = std::move(dismissed);
    present(session::NoteKind::Info, text);
    m_button->setText(button);
    m_button->setAccessibleName(button);
    m_button->show();
    m_hide.stop();
}

void MessageBar::present(session::NoteKind kind, const QString& text) {
    m_kind = kind;
    m_text->setText(text);
    setAccessibleDescription(text);
    restyle();
    QFrame::show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::dismiss() {
    m_hide.stop();
    const auto dismissed = std::exchange(m_dismissed, nullptr);
    m_accepted = nullptr;
    hide();
    if (dismissed)
        dismissed();
}

void MessageBar::restyle() {
    const ThemeColours& c = Theme::instance().colours();
    const bool info = m_kind == session::NoteKind::Info;
    const QColor colour = info ? c.accent : (m_kind == session::NoteKind::Warning ? c.warn : c.bad);
    const QString icon = info                                   ? QStringLiteral("info")
                         : m_kind == session::NoteKind::Warning ? QStringLiteral("warning")
                                                                : QStringLiteral("problem");
    m_icon->setPixmap(Theme::instance().pixmap(icon, 20, colour, devicePixelRatioF()));
    m_close->setIcon(Theme::instance().icon(QStringLiteral("close")));
    setStyleSheet(QStringLiteral("#messageBar { background: %1; border: 0; border-left: 4px solid %2; }")
                      .arg(c.raised.name(), colour.name()));
}

} // namespace sulcus::widgets
