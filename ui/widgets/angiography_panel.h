// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/action_catalog.h"
#include "ui/session/angiography_session.h"

#include <QImage>
#include <QTimer>
#include <QWidget>
#include <vector>

class QComboBox;
class QFrame;
class QLabel;
class QPushButton;

namespace sulcus::widgets {

class SegmentedChoice;

/// One view of a patient, as large as fits, with the heat map over it.
class AngiographyTile : public QWidget {
    Q_OBJECT
public:
    explicit AngiographyTile(QWidget* parent = nullptr);
    void setView(const QImage& view, const QString& caption);
    /// Null: no heat map.
    void setHeat(const QImage& heat);
    bool hasHeat() const { return !m_heat.isNull(); }
    const QImage& view() const { return m_view; }
    QSize sizeHint() const override { return {240, 260}; }
    QSize minimumSizeHint() const override { return {120, 130}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_view;
    QImage m_heat;
    QString m_caption;
};

/// Heat 0..1 of one view as a picture to lay over it: transparent where there is none, then blue-violet, orange,
/// yellow (told apart by lightness too, so by every eye).
QImage heatPicture(const learning::Field& heat);

/// Eight tiles of one patient in the order of their angles; beside them the student's answer, and after it the
/// network's, the truth and the heat maps.
class AngiographyPanel : public QWidget {
    Q_OBJECT
public:
    /// Adds the actions "angio-..." to the catalogue; made once, before menus are.
    static void addActions(session::AngiographySession& angiography, session::ActionCatalog& actions);

    AngiographyPanel(session::AngiographySession& angiography, session::ActionCatalog& actions,
                     QWidget* parent = nullptr);

private:
    void follow();
    void restyle();
    void nameHeatButton();
    QString resultHtml() const;
    QString networkHtml() const;
    QString truthHtml() const;

    session::AngiographySession& m_angiography;
    session::ActionCatalog& m_actions;
    std::vector<AngiographyTile*> m_tiles;
    QLabel* m_name;
    QLabel* m_place;
    QLabel* m_synthetic;
    QLabel* m_warning;
    SegmentedChoice* m_choice;
    QLabel* m_locationTitle;
    QComboBox* m_location;
    QPushButton* m_answer;
    QLabel* m_hint;
    QLabel* m_result;
    QPushButton* m_heat;
    QLabel* m_heatNote;
    QFrame* m_legend;
    QLabel* m_score;
    QTimer m_redraw;
    QStringList m_shownLocations;
};

} // namespace sulcus::widgets
