// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/edit_tools.h"

#include "ui/widgets/label_choice.h"
#include "ui/widgets/view_area.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <algorithm>
#include <cmath>

namespace sulcus::widgets {

using session::EditOperation;
using session::EditPointer;
using session::EditTool;

namespace {

/// Logical pixels that the hand cannot tell apart.
constexpr double kClosePixels = 8.0;
// Apart from every label of both palettes.
constexpr std::array<std::uint8_t, 3> kMeasureColour{128, 255, 170};
constexpr std::array<std::uint8_t, 3> kDiameterColour{255, 255, 255};

struct ToolAction {
    const char* id;
    EditTool tool;
};
constexpr ToolAction kTools[] = {
    {"tool-navigate", EditTool::Navigate},
    {"tool-brush", EditTool::Brush},
    {"tool-eraser", EditTool::Eraser},
    {"tool-polygon", EditTool::Polygon},
    {"tool-flood", EditTool::Flood},
    {"tool-relabel", EditTool::Relabel},
    {"tool-add", EditTool::Add},
    {"tool-remove", EditTool::Remove},
    {"measure-distance", EditTool::Distance},
    {"measure-angle", EditTool::Angle},
    {"measure-rectangle", EditTool::Rectangle},
    {"measure-ellipse", EditTool::Ellipse},
};

} // namespace

QString measurementText(const session::Measurement& measurement) {
    const auto number = [](double value) { return QString::number(value, 'f', std::abs(value) < 10.0 ? 2 : 0); };
    switch (measurement.kind) {
    case EditTool::Distance:
        return QStringLiteral("%1 mm").arg(measurement.value, 0, 'f', 1);
    case EditTool::Angle:
        return QStringLiteral("%1°").arg(measurement.value, 0, 'f', 1);
    default:
        break;
    }
    const imaging::RegionStatistics& region = measurement.region;
    QString text = QStringLiteral("%1 mm²").arg(region.areaMm2, 0, 'f', 0);
    if (region.voxelCount > 0)
        text += QStringLiteral(" · %1 ± %2 (%3 ... %4)")
                    .arg(number(region.mean), number(region.standardDeviation), number(region.minimum),
                         number(region.maximum));
    return text;
}

EditTools::EditTools(session::Workbench& workbench, session::ActionCatalog& actions, QObject* parent)
    : QObject(parent), m_workbench(workbench), m_actions(actions), m_editor(workbench), m_measurements(workbench) {
    m_follow.setSingleShot(true);
    m_follow.setInterval(0);
    connect(&m_follow, &QTimer::timeout, this, &EditTools::follow);
    m_annotate.setSingleShot(true);
    m_annotate.setInterval(0);
    connect(&m_annotate, &QTimer::timeout, this, &EditTools::annotate);
    makeActions();
    const auto later = qOverload<>(&QTimer::start);
    connect(&m_editor.state(), &session::StateNotifier::changed, &m_follow, later);
    connect(&m_editor.state(), &session::StateNotifier::changed, &m_annotate, later);
    connect(&m_editor, &session::MaskEditor::previewChanged, &m_follow, later);
    connect(&m_editor, &session::MaskEditor::previewChanged, &m_annotate, later);
    connect(&m_measurements, &session::Measurements::changed, &m_follow, later);
    connect(&m_measurements, &session::Measurements::changed, &m_annotate, later);
    connect(&m_measurements, &session::Measurements::piecesChanged, &m_follow, later);
    connect(&m_measurements, &session::Measurements::piecesChanged, &m_annotate, later);
    connect(&m_workbench.session().view(), &session::StateNotifier::changed, &m_follow, later);
}

EditTools::~EditTools() = default;

void EditTools::makeActions() {
    using Keys = QList<QKeySequence>;
    const QString edit = tr("Edit the mask");
    const QString measure = tr("Measure");
    const auto tool = [&](const char* id, const QString& category, const QString& text, const QString& tip,
                          const char* icon, const char* key, EditTool which) {
        m_actions.addCheckable({QLatin1String(id), category, text, tip, QLatin1String(icon),
                                Keys{QKeySequence(QLatin1String(key))}, true,
                                [this, which] { return m_editor.whyNot(which); }},
                               which == EditTool::Navigate, [this, which](bool on) {
                                   if (on)
                                       m_editor.setTool(which);
                                   else if (m_editor.now().tool == which)
                                       m_editor.setTool(EditTool::Navigate);
                                   m_follow.start();
                               });
    };
    tool("tool-navigate", edit, tr("&Look around"), tr("The left button moves the crosshair"), "crosshair", "V",
         EditTool::Navigate);
    tool("tool-brush", edit, tr("&Brush"), tr("Paints the active label; Shift + wheel changes its size, Ctrl erases"),
         "brush", "Q", EditTool::Brush);
    tool("tool-eraser", edit, tr("&Eraser"), tr("Takes labels away; Shift + wheel changes its size, Ctrl paints"),
         "eraser", "E", EditTool::Eraser);
    tool("tool-polygon", edit, tr("&Polygon"),
         tr("Click corners or draw freely; Return or a click on the first corner fills it; Ctrl erases"), "polygon",
         "L", EditTool::Polygon);
    tool("tool-flood", edit, tr("&Flood"),
         tr("Click: what is joined and about as bright; drag to widen; Return or a click inside takes it"), "flood",
         "F", EditTool::Flood);
    tool("tool-relabel", edit, tr("&Relabel a piece"), tr("Click a piece of the mask to give it the active label"),
         "relabel", "R", EditTool::Relabel);
    tool("tool-add", edit, tr("Correct: &tumour here"),
         tr("Click what the network missed: its own doubts decide how far it goes"), "plus", "Y", EditTool::Add);
    tool("tool-remove", edit, tr("Correct: &no tumour here"),
         tr("Click what is no tumour: the piece, or the part that the network was unsure of, goes"), "minus", "U",
         EditTool::Remove);
    tool("measure-distance", measure, tr("&Distance"), tr("Drag from one end to the other"), "ruler", "M",
         EditTool::Distance);
    tool("measure-angle", measure, tr("&Angle"), tr("Drag the first arm, then click the end of the second"), "angle",
         "Shift+M", EditTool::Angle);
    tool("measure-rectangle", measure, tr("&Rectangle"), tr("Area, mean, spread and extremes inside"), "rectangle", "Z",
         EditTool::Rectangle);
    tool("measure-ellipse", measure, tr("&Ellipse"), tr("Area, mean, spread and extremes inside"), "ellipse", "Shift+Z",
         EditTool::Ellipse);

    const auto needsCase = [this] { return m_workbench.session().hasCase() ? QString() : tr("Open a case first."); };
    const auto add = [&](const char* id, const QString& category, const QString& text, const QString& tip,
                         const char* icon, const Keys& keys, std::function<QString()> why, std::function<void()> run) {
        m_actions.add({QLatin1String(id), category, text, tip, QLatin1String(icon), keys, false, std::move(why)},
                      std::move(run));
    };
    const auto pending = [this] {
        return m_editor.pending() ? QString() : tr("There is no outline or preview to take.");
    };
    add("edit-accept", edit, tr("&Take the preview"), tr("Closes the polygon or paints what the preview shows"), "ok",
        Keys{QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)}, pending, [this] { m_editor.accept(); });
    add("edit-discard", edit, tr("&Drop the preview"),
        tr("Takes the last corner back, or gives the preview up; Esc gives all of it up"), "close",
        Keys{QKeySequence(Qt::Key_Backspace)}, pending, [this] { m_editor.removeCorner(); });
    add("brush-larger", edit, tr("Larger brush"), tr("Shift + wheel does the same"), "",
        Keys{QKeySequence("+"), QKeySequence("=")}, needsCase, [this] { m_editor.scaleBrush(1.0); });
    add("brush-smaller", edit, tr("Smaller brush"), tr("Shift + wheel does the same"), "", Keys{QKeySequence("-")},
        needsCase, [this] { m_editor.scaleBrush(-1.0); });
    m_actions.addCheckable({QStringLiteral("brush-ball"), edit, tr("Brush as a &ball"),
                            tr("Paints in neighbouring slices too; off: a disk in one slice"), QStringLiteral("cube"),
                            Keys{QKeySequence("Shift+Q")}, true, needsCase},
                           false, [this](bool on) {
                               if (m_editor.now().ball != on)
                                   m_editor.state().update([&](session::EditState& state) { state.ball = on; });
                           });
    m_actions.addCheckable({QStringLiteral("edit-only-range"), edit, tr("Paint only inside the &range"),
                            tr("Brush, eraser, polygon and flood leave other intensities alone"),
                            QStringLiteral("range"), Keys{QKeySequence("K")}, true, needsCase},
                           false, [this](bool on) {
                               if (m_editor.now().onlyInRange != on)
                                   m_editor.state().update([&](session::EditState& state) { state.onlyInRange = on; });
                           });
    m_actions.addCheckable(
        {QStringLiteral("correct-label-only"), edit, tr("Take away only the active &label"),
         tr("“No tumour here” then means “not this label”: the voxels become what the network saw there besides it; "
            "off: whatever lies under the click goes"),
         QStringLiteral("minus"), Keys{QKeySequence("Shift+U")}, true, needsCase},
        false, [this](bool on) {
            if (m_editor.now().removeLabelOnly != on)
                m_editor.state().update([&](session::EditState& state) { state.removeLabelOnly = on; });
        });
    add("label-next", edit, tr("Next &label"), tr("The label that the tools paint"), "", Keys{QKeySequence("]")},
        needsCase, [this] { m_editor.stepLabel(1); });
    add("label-previous", edit, tr("Previous label"), tr("The label that the tools paint"), "", Keys{QKeySequence("[")},
        needsCase, [this] { m_editor.stepLabel(-1); });
    add("label-lock", edit, tr("Loc&k the active label"), tr("A locked label is never overwritten"), "lock",
        Keys{QKeySequence("J")}, needsCase, [this] {
            const std::uint8_t label = m_editor.now().label;
            m_editor.setLocked(label, !m_editor.now().locked.test(label));
        });

    const auto operation = [&](const char* id, const QString& text, const QString& tip, const char* key,
                               EditOperation which) {
        add(
            id, edit, text, tip, "", Keys{QKeySequence(QLatin1String(key))},
            [this, which] { return m_editor.whyNot(which); },
            [this, which] {
                int axis = 2;
                if (m_views != nullptr && m_views->slice(m_views->activeView()) != nullptr)
                    axis = m_views->slice(m_views->activeView())->frame().axisNormal;
                m_editor.apply(which, axis);
            });
    };
    operation("op-range", tr("Fill the &range"), tr("A preview of every voxel inside the range; Return takes it"),
              "Ctrl+Shift+T", EditOperation::FillRange);
    operation("op-between", tr("Fill &between slices"),
              tr("Blends the drawn slices of the active label, across the view that was clicked last"), "Ctrl+Shift+F",
              EditOperation::FillBetween);
    operation("op-holes", tr("Fill &holes"), tr("Cavities inside the active label"), "Ctrl+Shift+X",
              EditOperation::FillHoles);
    operation("op-largest", tr("Keep the &largest piece"), tr("Every other piece goes"), "Ctrl+Shift+K",
              EditOperation::KeepLargest);
    operation("op-islands", tr("Remove &islands"), tr("Pieces smaller than the volume given"), "Ctrl+Shift+I",
              EditOperation::RemoveIslands);
    operation("op-smooth", tr("&Smooth"), tr("Rounds the outline of the active label off"), "Ctrl+Shift+M",
              EditOperation::Smooth);
    operation("op-grow", tr("&Grow"), tr("Adds a margin round the active label"), "Ctrl+Shift+Up", EditOperation::Grow);
    operation("op-shrink", tr("Sh&rink"), tr("Takes a margin off the active label"), "Ctrl+Shift+Down",
              EditOperation::Shrink);
    operation("op-seeds", tr("Grow from see&ds"),
              tr("Paint a little of every label and, with one more, of what is outside: all grow until they meet"),
              "Ctrl+Shift+G", EditOperation::GrowFromSeeds);
    operation("op-erase", tr("&Erase the label"), tr("Takes the active label away everywhere"), "Ctrl+Shift+E",
              EditOperation::EraseLabel);
    add(
        "mask-copy-labels", edit, tr("&Copy labels..."),
        tr("Takes chosen labels from the truth or from the network's last answer"), "compare",
        Keys{QKeySequence("Ctrl+Shift+C")},
        [this] {
            if (!m_workbench.session().hasCase())
                return tr("Open a case first.");
            return m_workbench.session().hasTruth() || m_workbench.networkAnswer().mask
                       ? QString()
                       : tr("This case has no truth, and no network has run on it.");
        },
        [this] { copyLabels(); });

    const auto needsPieces = [this] {
        return m_measurements.pieces().empty() ? tr("The mask has no pieces.") : QString();
    };
    add("piece-next", measure, tr("&Next piece"), tr("The cursor goes to the next smaller piece of the mask"), "",
        Keys{QKeySequence(".")}, needsPieces, [this] { jump(1); });
    add("piece-previous", measure, tr("&Previous piece"), tr("The cursor goes to the next larger piece of the mask"),
        "", Keys{QKeySequence(",")}, needsPieces, [this] { jump(-1); });
    const auto needsMeasurement = [this] {
        return m_measurements.list().empty() && !m_measurements.drawing() ? tr("Nothing is measured yet.") : QString();
    };
    add("measure-remove", measure, tr("&Remove the last measurement"), tr("Line, angle or region drawn last"), "",
        Keys{QKeySequence(Qt::Key_Delete)}, needsMeasurement, [this] { m_measurements.removeLast(); });
    add("measure-clear", measure, tr("Remove &all measurements"), tr("Lines, angles and regions"), "",
        Keys{QKeySequence("Shift+Del")}, needsMeasurement, [this] { m_measurements.clear(); });
}

std::vector<const char*> EditTools::toolMenu() {
    return {"tool-navigate", "tool-brush", "tool-eraser", "tool-polygon",      "tool-flood",
            "tool-relabel",  "tool-add",   "tool-remove", "correct-label-only"};
}

std::vector<const char*> EditTools::labelMenu() {
    return {"label-next",    "label-previous", "label-lock",     "brush-larger",
            "brush-smaller", "brush-ball",     "edit-only-range"};
}

std::vector<const char*> EditTools::maskMenu() {
    return {"op-range",  "op-between", "op-holes",  "op-largest", "op-islands",
            "op-smooth", "op-grow",    "op-shrink", "op-seeds",   "op-erase"};
}

std::vector<const char*> EditTools::measureMenu() {
    return {"measure-distance",
            "measure-angle",
            "measure-rectangle",
            "measure-ellipse",
            "-",
            "piece-next",
            "piece-previous",
            "-",
            "measure-remove",
            "measure-clear"};
}

void EditTools::attach(ViewArea& views) {
    m_views = &views;
    connect(&views, &ViewArea::masksShown, &m_annotate, qOverload<>(&QTimer::start));
    // Return and Backspace belong to whatever has the keyboard; only in the views they speak of the preview.
    for (const char* const id : {"edit-accept", "edit-discard", "measure-remove"}) {
        QAction* const action = m_actions.action(QLatin1String(id));
        views.window()->removeAction(action);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        views.addAction(action);
    }
    connect(&m_editor, &session::MaskEditor::strokeChanged, this, [this] {
        const auto stroke = m_editor.stroke();
        m_views->showStroke(stroke, stroke ? m_hand.data() : nullptr);
    });
    connect(&m_workbench, &session::Workbench::answerHeld, this,
            [this] { askForLabels(m_views->window(), m_editor, m_workbench, LabelSource::HeldAnswer); });
    follow();
}

void EditTools::follow() {
    for (const ToolAction& entry : kTools)
        m_actions.action(QLatin1String(entry.id))->setChecked(m_editor.now().tool == entry.tool);
    m_actions.action(QStringLiteral("brush-ball"))->setChecked(m_editor.now().ball);
    m_actions.action(QStringLiteral("correct-label-only"))->setChecked(m_editor.now().removeLabelOnly);
    m_actions.action(QStringLiteral("edit-only-range"))->setChecked(m_editor.now().onlyInRange);
    m_actions.refresh();
    connectViews();
}

void EditTools::connectViews() {
    if (m_views == nullptr)
        return;
    const bool editing = m_editor.now().tool != EditTool::Navigate;
    bool fresh = false;
    for (viewport::SliceView* const view : m_views->findChildren<viewport::SliceView*>()) {
        if (editing && view->tool() != viewport::Tool::Edit)
            view->setTool(viewport::Tool::Edit);
        else if (!editing && view->tool() == viewport::Tool::Edit)
            view->setTool(viewport::Tool::Crosshair);
        if (m_known.contains(view))
            continue;
        m_known.insert(view);
        fresh = true;
        view->installEventFilter(this);
        connect(view, &QObject::destroyed, this, [this, view] { m_known.remove(view); });
        connect(view, &viewport::SliceView::pressed, this,
                [this, view](imaging::WorldPoint point, Qt::MouseButton, Qt::KeyboardModifiers modifiers) {
                    m_hand = view;
                    const EditPointer pointer = pointerIn(view, point, modifiers);
                    if (session::measures(m_editor.now().tool))
                        m_measurements.press(m_editor.now().tool, pointer);
                    else
                        m_editor.press(pointer);
                });
        connect(view, &viewport::SliceView::moved, this,
                [this, view](imaging::WorldPoint point, Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers) {
                    m_hand = view;
                    m_point = point;
                    const EditPointer pointer = pointerIn(view, point, modifiers);
                    if (session::measures(m_editor.now().tool))
                        buttons == Qt::NoButton ? m_measurements.hover(pointer) : m_measurements.drag(pointer);
                    else if (buttons & Qt::LeftButton)
                        m_editor.drag(pointer);
                    m_annotate.start();
                });
        connect(view, &viewport::SliceView::released, this,
                [this, view](imaging::WorldPoint point, Qt::MouseButton, Qt::KeyboardModifiers modifiers) {
                    const EditPointer pointer = pointerIn(view, point, modifiers);
                    if (session::measures(m_editor.now().tool))
                        m_measurements.release(pointer);
                    else
                        m_editor.release(pointer);
                });
        connect(view, &viewport::SliceView::shiftWheelTurned, this, [this](int steps) { m_editor.scaleBrush(steps); });
        connect(view, &viewport::SliceView::hovered, this, [this, view](imaging::WorldPoint, bool inside) {
            if (!inside && m_hand == view) {
                m_hand = nullptr;
                m_annotate.start();
            }
        });
    }
    if (fresh)
        m_annotate.start();
}

EditPointer EditTools::pointerIn(const viewport::SliceView* view, imaging::WorldPoint point,
                                 Qt::KeyboardModifiers modifiers) const {
    EditPointer pointer;
    pointer.point = point;
    pointer.sliceAxis = view->frame().axisNormal;
    pointer.control = modifiers & Qt::ControlModifier;
    pointer.closeMm = kClosePixels * imaging::distanceMm(view->worldAt({0, 0}), view->worldAt({1, 0}));
    return pointer;
}

std::vector<scene::Annotation> EditTools::annotationsFor(const viewport::SliceView* view) const {
    using Kind = scene::Annotation::Kind;
    std::vector<scene::Annotation> notes;
    const auto draw = [&](const session::Measurement& measurement) {
        scene::Annotation note;
        note.kind = measurement.kind == EditTool::Rectangle ? Kind::Rectangle
                    : measurement.kind == EditTool::Ellipse ? Kind::Ellipse
                                                            : Kind::Polyline;
        note.points = measurement.points;
        note.colour = kMeasureColour;
        note.text = measurementText(measurement).toStdString();
        notes.push_back(std::move(note));
    };
    for (const session::Measurement& measurement : m_measurements.list())
        draw(measurement);
    if (m_measurements.drawing())
        draw(*m_measurements.drawing());
    // The diameters are the mask's: beside the truth, or where the truth stands in its place, they would seem the
    // truth's.
    const bool ofMask = m_workbench.session().hasMask() && view->mask() == m_workbench.session().data()->mask;
    if (const auto piece = m_measurements.chosenPiece(); ofMask && piece && *piece < m_measurements.pieces().size()) {
        const imaging::Diameters& diameters = m_measurements.pieces()[*piece].diameters;
        for (const imaging::Segment* const segment : {&diameters.longest, &diameters.perpendicular}) {
            scene::Annotation note;
            note.points = {segment->from, segment->to};
            note.colour = kDiameterColour;
            note.text = QStringLiteral("%1 mm").arg(segment->mm, 0, 'f', 1).toStdString();
            notes.push_back(std::move(note));
        }
    }
    const auto& labels = m_workbench.session().display()->labels;
    const auto look = labels.find(m_editor.now().label);
    const std::array<std::uint8_t, 3> colour =
        look == labels.end() ? std::array<std::uint8_t, 3>{230, 230, 230} : look->second.colour;
    if (!m_editor.corners().empty()) {
        scene::Annotation outline;
        outline.points = m_editor.corners();
        if (view == m_hand && m_editor.now().tool == EditTool::Polygon)
            outline.points.push_back(m_point);
        outline.colour = colour;
        outline.kind = outline.points.size() > 2 ? Kind::Polygon : Kind::Polyline;
        notes.push_back(std::move(outline));
        scene::Annotation first;
        first.kind = Kind::Marker;
        first.points = {m_editor.corners().front()};
        first.colour = colour;
        notes.push_back(std::move(first));
    }
    const EditTool tool = m_editor.now().tool;
    if (view == m_hand && (tool == EditTool::Brush || tool == EditTool::Eraser)) {
        scene::Annotation ring;
        ring.kind = Kind::Circle;
        ring.points = {m_point};
        ring.radiusMm = m_editor.now().brushMm / 2.0;
        ring.colour = tool == EditTool::Eraser ? std::array<std::uint8_t, 3>{240, 240, 240} : colour;
        notes.push_back(std::move(ring));
    }
    return notes;
}

void EditTools::annotate() {
    if (m_views == nullptr)
        return;
    const imaging::LabelMapPtr preview = m_editor.preview() ? m_editor.preview()->map : nullptr;
    for (viewport::SliceView* const view : m_views->findChildren<viewport::SliceView*>()) {
        view->setAnnotations(annotationsFor(view));
        view->setPreview(preview);
    }
}

bool EditTools::eventFilter(QObject* watched, QEvent* event) {
    // Esc stops jobs; while something is being drawn it gives that up instead.
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    if (static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape ||
        !(m_editor.pending() || m_measurements.drawing().has_value()))
        return QObject::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    m_editor.discard();
    m_measurements.cancel();
    return true;
}

void EditTools::jump(int by) {
    const auto count = static_cast<int>(m_measurements.pieces().size());
    if (count == 0)
        return;
    const int now = m_measurements.chosenPiece() ? static_cast<int>(*m_measurements.chosenPiece()) : (by > 0 ? -1 : 0);
    m_measurements.jumpTo(static_cast<std::size_t>(((now + by) % count + count) % count));
    if (m_views != nullptr)
        m_views->centreAll();
}

void EditTools::copyLabels() {
    if (m_views != nullptr)
        askForLabels(m_views->window(), m_editor, m_workbench,
                     m_workbench.session().hasTruth() ? LabelSource::Truth : LabelSource::Answer);
}

} // namespace sulcus::widgets
