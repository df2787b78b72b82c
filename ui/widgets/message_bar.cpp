// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/message_bar.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QToolButton>
#include <algorithm>

namespace sulcus::widgets {

using session::NoteKind;
using session::NoteTopic;

namespace {
constexpr int kInfoMilliseconds = 7000;
} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_count(makeMuted({}, this)),
      m_button(new QPushButton(this)),
      m_close(new QToolButton(this)) {
    setNamed(this, QStringLiteral("messageBar"), tr("Message"));
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(10);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setNamed(m_text, QStringLiteral("messageText"), tr("Message"));
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    m_body = new QBoxLayout(QBoxLayout::LeftToRight);
    m_body->setSpacing(8);
    m_body->addWidget(m_text, 1);
    setNamed(m_button, QStringLiteral("messageButton"), tr("Accept"));
    m_body->addWidget(m_button);
    layout->addLayout(m_body, 1);
    m_count->setObjectName(QStringLiteral("messageCount"));
    m_count->setWordWrap(false);
    layout->addWidget(m_count, 0, Qt::AlignTop);
    setNamed(m_close, QStringLiteral("messageClose"), tr("Close the message"));
    layout->addWidget(m_close, 0, Qt::AlignTop);
    m_hide.setSingleShot(true);
    m_hide.setInterval(kInfoMilliseconds);
    connect(&m_hide, &QTimer::timeout, this, &MessageBar::close);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::close);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_entries.empty())
            return;
        const auto accepted = m_entries.back().accepted;
        m_entries.back().dismissed = nullptr;
        close();
        if (accepted)
            accepted();
    });
    connect(&Theme::instance(), &Theme::changed, this, &MessageBar::restyle);
    hide();
}

QString MessageBar::text() const { return m_entries.empty() ? QString() : m_entries.back().text; }

void MessageBar::show(NoteKind kind, const QString& text, NoteTopic topic) {
    if (kind != NoteKind::Info) {
        push({kind, topic, text, {}, nullptr, nullptr});
        return;
    }
    settle(topic);
    const bool taken = std::any_of(m_entries.begin(), m_entries.end(), [](const Entry& entry) {
        return entry.kind != NoteKind::Info || !entry.button.isEmpty();
    });
    if (taken || topic != NoteTopic::General) {
        Q_EMIT said(text);
        return;
    }
    m_entries.clear();
    push({kind, topic, text, {}, nullptr, nullptr});
}

void MessageBar::ask(const QString& text, const QString& button, std::function<void()> accepted,
                     std::function<void()> dismissed) {
    std::erase_if(m_entries, [](const Entry& entry) { return !entry.button.isEmpty(); });
    push({NoteKind::Info, NoteTopic::General, text, button, std::move(accepted), std::move(dismissed)});
}

void MessageBar::push(Entry entry) {
    // What is said twice stands once; information under a problem has had its time.
    std::erase_if(m_entries, [&](const Entry& other) {
        return other.text == entry.text || (other.kind == NoteKind::Info && other.button.isEmpty());
    });
    m_entries.push_back(std::move(entry));
    present();
}

void MessageBar::settle(NoteTopic topic) {
    if (topic == NoteTopic::General)
        return;
    if (std::erase_if(m_entries, [&](const Entry& entry) { return entry.topic == topic; }) > 0)
        present();
}

void MessageBar::clear() {
    m_entries.clear();
    present();
}

void MessageBar::present() {
    m_hide.stop();
    if (m_entries.empty()) {
        hide();
        return;
    }
    const Entry& entry = m_entries.back();
    m_text->setText(entry.text);
    setAccessibleDescription(entry.text);
    m_button->setText(entry.button);
    m_button->setAccessibleName(entry.button.isEmpty() ? tr("Accept") : entry.button);
    m_button->setVisible(!entry.button.isEmpty());
    const int waiting = count();
    m_count->setText(waiting > 1 ? tr("%1 messages").arg(waiting) : QString());
    m_count->setVisible(waiting > 1);
    m_close->setToolTip(waiting > 1 ? tr("Close the message; the one before it follows") : tr("Close the message"));
    if (entry.kind == NoteKind::Info && entry.button.isEmpty())
        m_hide.start();
    restyle();
    QFrame::show();
    arrange();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::close() {
    m_hide.stop();
    if (m_entries.empty())
        return;
    const auto dismissed = m_entries.back().dismissed;
    m_entries.pop_back();
    present();
    if (dismissed)
        dismissed();
}

void MessageBar::arrange() {
    // A long sentence gets the whole width, its button the row below.
    const int margins = 12 + 6 + 20 + m_close->sizeHint().width() + 3 * layout()->spacing() +
                        (m_count->text().isEmpty() ? 0 : m_count->sizeHint().width());
    const int room = width() - margins - m_button->sizeHint().width();
    const bool beside = m_entries.empty() || m_entries.back().button.isEmpty() ||
                        m_text->fontMetrics().horizontalAdvance(text()) <= room;
    const auto direction = beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (m_body->direction() != direction) {
        m_body->setDirection(direction);
        m_body->setAlignment(m_button, beside ? Qt::Alignment() : Qt::AlignLeft);
    }
    // The height follows from the words at this width: left to the layout, the bar keeps the height that it needed when
    // it was narrow.
    const int button = m_button->isVisibleTo(this) ? m_button->sizeHint().height() : 0;
    const int words = std::max(80, width() - margins - (beside && button > 0 ? m_button->sizeHint().width() : 0));
    const int lines = m_text->heightForWidth(words);
    const int content = beside ? std::max(lines, button) : lines + m_body->spacing() + button;
    const auto around = layout()->contentsMargins();
    setFixedHeight(std::max(content, m_close->sizeHint().height()) + around.top() + around.bottom());
}

void MessageBar::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    // A layout that is being applied does not hear of new size limits: they follow when it is through.
    if (event->size().width() != event->oldSize().width())
        QMetaObject::invokeMethod(this, &MessageBar::arrange, Qt::QueuedConnection);
}

void MessageBar::restyle() {
    const ThemeColours& c = Theme::instance().colours();
    const NoteKind kind = m_entries.empty() ? NoteKind::Info : m_entries.back().kind;
    const QColor colour = kind == NoteKind::Info ? c.accent : kind == NoteKind::Warning ? c.warn : c.bad;
    const QString icon = kind == NoteKind::Info      ? QStringLiteral("info")
                         : kind == NoteKind::Warning ? QStringLiteral("warning")
                                                     : QStringLiteral("problem");
    m_icon->setPixmap(Theme::instance().pixmap(icon, 20, colour, devicePixelRatioF()));
    m_close->setIcon(Theme::instance().icon(QStringLiteral("close")));
    setStyleSheet(QStringLiteral("#messageBar { background: %1; border: 0; border-left: 4px solid %2; }")
                      .arg(c.raised.name(), colour.name()));
}

} // namespace sulcus::widgets
