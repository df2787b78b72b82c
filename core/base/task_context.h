// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string_view>

namespace sulcus {

/// What long work sees of its surroundings: whether it was asked to stop, and where to say how far it is.
///
/// Cheap to copy. A default-constructed context is never cancelled and reports to nobody.
/// Thread: `report` may be called from any thread; the sink must be thread-safe.
class TaskContext {
public:
    /// `fraction` 0..1 of the whole task, `stage` a message id of the catalogue ("stage.reading") or empty for "as
    /// before".
    using ProgressSink = std::function<void(double fraction, std::string_view stage)>;

    TaskContext() = default;
    TaskContext(std::stop_token token, ProgressSink sink);

    bool cancelled() const { return m_token.stop_requested(); }
    void report(double fraction, std::string_view stage = {}) const;

    /// A nested step: its 0..1 becomes `from`..`to` of this task's bar.
    TaskContext part(double from, double to) const;

    const std::stop_token& stopToken() const { return m_token; }

private:
    std::stop_token m_token;
    std::shared_ptr<const ProgressSink> m_sink;
    double m_from = 0.0;
    double m_to = 1.0;
};

} // namespace sulcus
