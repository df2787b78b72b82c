// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QString>
#include <QWidget>
#include <functional>
#include <vector>

class QAction;
class QToolButton;
class QVBoxLayout;

/// Small pieces that the panels are made of.
namespace sulcus::widgets {

QLabel* makeHeading(const QString& text, QWidget* parent);
QLabel* makeMuted(const QString& text, QWidget* parent);
QFrame* makeLine(QWidget* parent);

/// A column that scrolls when it does not fit, on the panel's ground.
class PanelScroll : public QScrollArea {
    Q_OBJECT
public:
    explicit PanelScroll(QWidget* content, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

/// A row of buttons of which one is chosen.
class SegmentedChoice : public QWidget {
    Q_OBJECT
public:
    SegmentedChoice(const QString& objectName, const QString& accessibleName, QWidget* parent);
    void addChoice(const QString& text, int value, const QString& tip = {});
    void setValue(int value); ///< no signal
    int value() const { return m_value; }
    QPushButton* button(int value) const;

Q_SIGNALS:
    void chosen(int value); ///< by the person

private:
    std::vector<std::pair<int, QPushButton*>> m_buttons;
    int m_value = -1;
};

/// A push button that does what an action does and looks as enabled as it is.
QPushButton* makeActionButton(QAction* action, const QString& objectName, bool primary, QWidget* parent);
QToolButton* makeActionTool(QAction* action, QWidget* parent);

/// The line that stands under every result.
QLabel* makeEducationNote(QWidget* parent);
QString educationNote();

void setNamed(QWidget* widget, const QString& objectName, const QString& accessibleName);

} // namespace sulcus::widgets
