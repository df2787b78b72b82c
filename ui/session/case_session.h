// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/case_state.h"
#include "ui/session/mask_edit.h"
#include "ui/session/state.h"

#include <QObject>
#include <QUndoStack>
#include <optional>

namespace sulcus::session {

/// The open case: its four states and its undo stack. Data of the mask changes through `changeMask` alone.
///
/// Thread: GUI.
class CaseSession : public QObject {
    Q_OBJECT
public:
    explicit CaseSession(QObject* parent = nullptr);
    ~CaseSession() override;

    State<CaseData>& data() { return m_data; }
    State<FindingData>& findings() { return m_findings; }
    State<DisplayState>& display() { return m_display; }
    State<ViewState>& view() { return m_view; }
    State<StorageState>& storage() { return m_storage; }
    QUndoStack& undoStack() { return m_undo; }

    bool hasCase() const { return m_data->imagingCase != nullptr; }
    bool hasMask() const { return m_data->mask != nullptr; }
    bool hasTruth() const { return hasCase() && m_data->imagingCase->truth != nullptr; }
    const imaging::Geometry& geometry() const { return m_data->imagingCase->geometry(); }

    /// Replaces everything: a fresh case with an empty undo stack. Palette, layout and the like stay as the person had
    /// them.
    void open(std::shared_ptr<const imaging::Case> imagingCase, const CaseLook& look);
    void close();

    /// Puts a new mask in place as a named step of the undo stack. A change that changes nothing leaves no step. `era`
    /// is the numbering of the new mask's labels, when it is not that of the mask before; undo brings that back too.
    void changeMask(const QString& name, imaging::LabelMapPtr after, const MaskOrigin& origin,
                    std::optional<imaging::LabelEra> era = std::nullopt);

    bool canUndo() const;
    bool canRedo() const { return m_undo.canRedo(); }
    QString undoName() const { return m_undo.undoText(); }
    QString redoName() const { return m_undo.redoText(); }
    void undo();
    void redo();
    void markSaved(const std::filesystem::path& maskFile);

    /// Bytes that the undo stack may hold in all; the oldest steps are forgotten first, the newest never.
    void setUndoBytes(std::size_t bytes) { m_undoBytes = bytes; }
    std::size_t undoBytesUsed() const;

    /// Label value of the mask at a world point; 0 outside or without a mask.
    std::uint8_t labelAt(imaging::WorldPoint point) const;

    static constexpr int kUndoDepth = 100;

Q_SIGNALS:
    void caseOpened();
    void caseClosed();
    void maskChanged(); ///< after every change, undo and redo included

private:
    void applyMask(imaging::LabelMapPtr mask);
    void trimUndo();

    State<CaseData> m_data;
    State<FindingData> m_findings;
    State<DisplayState> m_display;
    State<ViewState> m_view;
    State<StorageState> m_storage;
    QUndoStack m_undo;
    std::size_t m_undoBytes = 256u * 1024u * 1024u;
};

} // namespace sulcus::session
