// SPDX-License-Identifier: Apache-2.0
#include "ui/session/mask_edit.h"

#include <cstring>

namespace sulcus::session {

MaskDelta maskDelta(const imaging::LabelMap* before, const imaging::LabelMap& after) {
    MaskDelta delta;
    const std::size_t count = after.voxels.size();
    const std::uint8_t* const to = after.voxels.data();
    static constexpr std::size_t kBlock = 4096;
    static const std::vector<std::uint8_t> zeros(kBlock, 0);
    for (std::size_t start = 0; start < count; start += kBlock) {
        const std::size_t length = std::min(kBlock, count - start);
        const std::uint8_t* const from = before != nullptr ? before->voxels.data() + start : zeros.data();
        // Most of a map stays the same from edit to edit: equal blocks cost one memcmp.
        if (std::memcmp(from, to + start, length) == 0)
            continue;
        for (std::size_t n = 0; n < length; ++n) {
            const std::uint8_t a = from[n];
            const std::uint8_t b = to[start + n];
            if (a == b)
                continue;
            ++delta.changedVoxels;
            const auto offset = static_cast<std::uint32_t>(start + n);
            if (!delta.runs.empty()) {
                MaskDelta::Run& last = delta.runs.back();
                if (last.offset + last.length == offset && last.before == a && last.after == b) {
                    ++last.length;
                    continue;
                }
            }
            delta.runs.push_back({offset, 1, a, b});
        }
    }
    delta.runs.shrink_to_fit();
    return delta;
}

imaging::LabelMapPtr withDelta(const imaging::LabelMap& map, const MaskDelta& delta, DeltaDirection direction) {
    auto result = std::make_shared<imaging::LabelMap>(map);
    for (const MaskDelta::Run& run : delta.runs)
        std::memset(result->voxels.data() + run.offset, direction == DeltaDirection::Undo ? run.before : run.after,
                    run.length);
    return result;
}

MaskCommand::MaskCommand(const QString& name, imaging::LabelMapPtr before, imaging::LabelMapPtr after, Current current,
                         Apply apply)
    : QUndoCommand(name),
      m_delta(maskDelta(before.get(), *after)),
      m_hadMask(before != nullptr),
      m_first(std::move(after)),
      m_current(std::move(current)),
      m_apply(std::move(apply)),
      m_geometry(m_first->geometry) {}

void MaskCommand::undo() {
    if (isObsolete())
        return;
    if (!m_hadMask) {
        m_apply(nullptr);
        return;
    }
    const imaging::LabelMapPtr now = m_current();
    if (now)
        m_apply(withDelta(*now, m_delta, DeltaDirection::Undo));
}

void MaskCommand::redo() {
    if (m_first) {
        m_apply(std::exchange(m_first, nullptr));
        return;
    }
    imaging::LabelMapPtr now = m_current();
    if (!now) {
        auto blank = std::make_shared<imaging::LabelMap>();
        blank->geometry = m_geometry;
        blank->voxels.assign(m_geometry.voxelCount(), 0);
        now = blank;
    }
    m_apply(withDelta(*now, m_delta, DeltaDirection::Redo));
}

void MaskCommand::forget() {
    m_delta = {};
    setObsolete(true);
}

} // namespace sulcus::session
