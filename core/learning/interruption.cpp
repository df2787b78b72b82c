// SPDX-License-Identifier: Apache-2.0
#include "core/learning/interruption.h"

#include <utility>

namespace sulcus::learning {

namespace {

thread_local InterruptionScope* innermost = nullptr;

} // namespace

InterruptionScope::InterruptionScope(std::function<bool()> wanted) : m_wanted(std::move(wanted)), m_outer(innermost) {
    innermost = this;
}

InterruptionScope::~InterruptionScope() { innermost = m_outer; }

void InterruptionScope::poll() {
    for (auto* scope = this; scope != nullptr; scope = scope->m_outer) {
        if (scope->m_wanted()) {
            m_happened = true;
            throw Interrupted();
        }
    }
}

void pollInterruption() {
    if (innermost != nullptr) {
        innermost->poll();
    }
}

} // namespace sulcus::learning
