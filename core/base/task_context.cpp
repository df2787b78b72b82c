// SPDX-License-Identifier: Apache-2.0
#include "core/base/task_context.h"

#include <algorithm>
#include <utility>

namespace sulcus {

TaskContext::TaskContext(std::stop_token token, ProgressSink sink)
    : m_token(std::move(token)), m_sink(sink ? std::make_shared<const ProgressSink>(std::move(sink)) : nullptr) {}

void TaskContext::report(double fraction, std::string_view stage) const {
    if (m_sink)
        (*m_sink)(m_from + (m_to - m_from) * std::clamp(fraction, 0.0, 1.0), stage);
}

TaskContext TaskContext::part(double from, double to) const {
    TaskContext nested = *this;
    nested.m_from = m_from + (m_to - m_from) * from;
    nested.m_to = m_from + (m_to - m_from) * to;
    return nested;
}

} // namespace sulcus
