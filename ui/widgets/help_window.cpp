// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/help_window.h"

#include "ui/widgets/key_choices.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wording.h"

#include <QFile>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QTextBrowser>
#include <QTextDocumentFragment>
#include <QVBoxLayout>
#include <algorithm>

namespace sulcus::widgets {

const QStringList& helpPages() {
    static const QStringList pages{QStringLiteral("first-minute"), QStringLiteral("viewing"), QStringLiteral("editing"),
                                   QStringLiteral("segmenting"),   QStringLiteral("verdict"), QStringLiteral("report"),
                                   QStringLiteral("training"),     QStringLiteral("formats"), QStringLiteral("limits")};
    return pages;
}

namespace {

QString readPage(const QString& language, const QString& page) {
    QFile file(QStringLiteral(":/help/%1/%2.html").arg(language, page));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The heading of a page.
QString titleOf(const QString& html) {
    static const QRegularExpression heading(QStringLiteral("<h1>(.*?)</h1>"));
    return QTextDocumentFragment::fromHtml(heading.match(html).captured(1)).toPlainText();
}

} // namespace

QString helpPage(const QString& page, const session::ActionCatalog& actions) {
    QString html = speaksKorean() ? readPage(QStringLiteral("ko"), page) : QString();
    if (html.isEmpty())
        html = readPage(QStringLiteral("en"), page);
    static const QRegularExpression place(QStringLiteral("\\{(key|action):([a-z0-9-]+)\\}"));
    QString out;
    qsizetype from = 0;
    for (auto it = place.globalMatch(html); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        out += html.mid(from, match.capturedStart() - from);
        from = match.capturedEnd();
        const QAction* const action = actions.find(match.captured(2));
        if (action == nullptr)
            continue;
        if (match.captured(1) == QLatin1String("action")) {
            out += QStringLiteral("<b>%1</b>")
                       .arg(session::withoutMnemonic(action->text()).remove(QStringLiteral("...")).toHtmlEscaped());
            continue;
        }
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        out += QStringLiteral("<code>%1</code>").arg(key.isEmpty() ? QStringLiteral("–") : key.toHtmlEscaped());
    }
    return out + html.mid(from);
}

HelpWindow::HelpWindow(session::ActionCatalog& actions, QWidget* parent) : QDialog(parent), m_actions(actions) {
    setNamed(this, QStringLiteral("helpWindow"), tr("Help"));
    setWindowTitle(tr("Help"));
    auto* const columns = new QHBoxLayout(this);
    columns->setContentsMargins(14, 14, 14, 14);
    columns->setSpacing(12);
    auto* const left = new QVBoxLayout;
    left->setSpacing(8);
    m_search = new QLineEdit(this);
    m_search->setPlaceholderText(tr("Search the help"));
    m_search->setClearButtonEnabled(true);
    setNamed(m_search, QStringLiteral("helpSearch"), tr("Search the help"));
    left->addWidget(m_search);
    m_list = new QListWidget(this);
    setNamed(m_list, QStringLiteral("helpPages"), tr("Help pages"));
    m_list->setFrameShape(QFrame::NoFrame);
    left->addWidget(m_list, 1);
    left->addWidget(makeEducationNote(this));
    columns->addLayout(left, 1);
    m_text = new QTextBrowser(this);
    setNamed(m_text, QStringLiteral("helpText"), tr("Help page"));
    m_text->setOpenLinks(false);
    m_text->document()->setDocumentMargin(18);
    columns->addWidget(m_text, 3);
    connect(m_search, &QLineEdit::textChanged, this, &HelpWindow::fill);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (item != nullptr && item->data(Qt::UserRole).toString() != m_page)
            showPage(item->data(Qt::UserRole).toString());
    });
    connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) { showPage(url.path()); });
    connect(&Theme::instance(), &Theme::changed, this, &HelpWindow::restyle);
    resize(940, 680);
    fill();
    restyle();
    showPage(helpPages().front());
    m_search->setFocus();
}

void HelpWindow::restyle() {
    const ThemeColours& c = Theme::instance().colours();
    m_text->document()->setDefaultStyleSheet(
        QStringLiteral("h1 { font-size: 17pt; font-weight: 600; color: %1; } h2 { font-size: 12pt; font-weight: 600; "
                       "color: %2; margin-top: 14px; } p, li, td { color: %1; line-height: 135%; } code { color: %2; "
                       "font-family: 'DejaVu Sans Mono'; } a { color: %2; } td { padding: 3px 14px 3px 0; } .note { "
                       "color: %3; }")
            .arg(c.text.name(), c.accent.name(), c.muted.name()));
    if (!m_page.isEmpty())
        showPage(m_page);
}

void HelpWindow::fill() {
    const QStringList words = m_search->text().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    m_list->clear();
    for (const QString& page : helpPages()) {
        const QString html = helpPage(page, m_actions);
        const QString plain = QTextDocumentFragment::fromHtml(html).toPlainText();
        if (!std::all_of(words.begin(), words.end(),
                         [&](const QString& word) { return plain.contains(word, Qt::CaseInsensitive); }))
            continue;
        auto* const item = new QListWidgetItem(titleOf(html), m_list);
        item->setData(Qt::UserRole, page);
        if (page == m_page)
            m_list->setCurrentItem(item);
    }
    if (m_list->currentItem() == nullptr && m_list->count() > 0)
        m_list->setCurrentRow(0);
    // The first place of the first word comes into sight.
    m_text->moveCursor(QTextCursor::Start);
    if (!words.isEmpty())
        m_text->find(words.front());
}

void HelpWindow::showPage(const QString& page) {
    if (!helpPages().contains(page))
        return;
    m_page = page;
    m_text->setHtml(helpPage(page, m_actions));
    for (int n = 0; n < m_list->count(); ++n)
        if (m_list->item(n)->data(Qt::UserRole).toString() == page)
            m_list->setCurrentRow(n);
}

} // namespace sulcus::widgets
