// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QStringList>
#include <QStyle>
#include <QStyleOptionButton>
#include <QWidget>

namespace sulcus::test {

/// Object names and words of what stands cut in `window`: buttons and single-line labels narrower than their words,
/// wrapped labels lower than theirs, hints wider than their line. Hidden widgets do not count.
inline QStringList cutTexts(const QWidget& window) {
    QStringList cut;
    const auto note = [&](const QWidget& widget, const QString& words) {
        cut << widget.metaObject()->className() + QLatin1Char(' ') + widget.objectName() + QStringLiteral(": ") + words;
    };
    for (const QAbstractButton* const button : window.findChildren<QAbstractButton*>())
        if (button->isVisibleTo(&window) && !button->text().isEmpty() &&
            button->width() < button->minimumSizeHint().width() - 1)
            note(*button, button->text());
    for (const QLabel* const label : window.findChildren<QLabel*>()) {
        if (!label->isVisibleTo(&window) || label->text().isEmpty())
            continue;
        const bool tooLow = label->wordWrap() && label->height() < label->heightForWidth(label->width()) - 1;
        const bool tooNarrow = !label->wordWrap() && label->width() < label->sizeHint().width() - 1;
        if (tooLow || tooNarrow)
            note(*label, label->text());
    }
    for (const QLineEdit* const line : window.findChildren<QLineEdit*>()) {
        constexpr int kEdges = 16; // frame and inner margins
        if (line->isVisibleTo(&window) && line->text().isEmpty() &&
            line->width() - kEdges < line->fontMetrics().horizontalAdvance(line->placeholderText()))
            note(*line, line->placeholderText());
    }
    return cut;
}

} // namespace sulcus::test
