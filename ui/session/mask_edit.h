// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/volume.h"

#include <QUndoCommand>
#include <cstdint>
#include <functional>
#include <vector>

namespace sulcus::session {

/// What changed between two label maps of one grid, as runs of voxels that went from one value to one other.
struct MaskDelta {
    struct Run {
        std::uint32_t offset = 0;
        std::uint32_t length = 0;
        std::uint8_t before = 0;
        std::uint8_t after = 0;
    };
    std::vector<Run> runs;
    std::size_t changedVoxels = 0;

    std::size_t bytes() const { return runs.capacity() * sizeof(Run); }
    bool empty() const { return runs.empty(); }
};

/// Both maps must have the same number of voxels; a null `before` counts as background.
MaskDelta maskDelta(const imaging::LabelMap* before, const imaging::LabelMap& after);

enum class DeltaDirection { Undo, Redo };
/// A new map with the delta taken back or applied; the input is untouched.
imaging::LabelMapPtr withDelta(const imaging::LabelMap& map, const MaskDelta& delta, DeltaDirection direction);

/// One named change of the mask on the undo stack. `apply` receives the map that is now the mask (null: no mask).
class MaskCommand : public QUndoCommand {
public:
    using Current = std::function<imaging::LabelMapPtr()>;
    using Apply = std::function<void(imaging::LabelMapPtr)>;

    /// `before` may be null (there was no mask).
    MaskCommand(const QString& name, imaging::LabelMapPtr before, imaging::LabelMapPtr after, Current current,
                Apply apply);

    void undo() override;
    void redo() override;

    std::size_t bytes() const { return m_delta.bytes(); }
    /// Forgets the delta: the change can no longer be undone. Makes room when the stack grows too large.
    void forget();

private:
    MaskDelta m_delta;
    bool m_hadMask;
    imaging::LabelMapPtr m_first; ///< handed over by the first redo, which QUndoStack::push calls
    Current m_current;
    Apply m_apply;
    imaging::Geometry m_geometry;
};

} // namespace sulcus::session
