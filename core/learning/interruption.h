// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <exception>
#include <functional>

namespace sulcus::learning {

/// Thrown by `pollInterruption`; caught by whoever opened the scope and turned into `Cancelled` there.
struct Interrupted : std::exception {
    const char* what() const noexcept override { return "interrupted"; }
};

/// While it lives, long work of this thread asks `wanted` at each of its small steps (a block of a network, a sample
/// of a cache, a channel of an image) and is abandoned when the answer is yes.
///
/// One training step of a large network takes longer than a person waits for Cancel, and what it is made of (layers,
/// losses, augmentation) knows nothing of tasks. Scopes nest: the outer ones are asked too. A poll costs a few
/// nanoseconds and the call of `wanted`.
class InterruptionScope {
public:
    explicit InterruptionScope(std::function<bool()> wanted);
    ~InterruptionScope();
    InterruptionScope(const InterruptionScope&) = delete;
    InterruptionScope& operator=(const InterruptionScope&) = delete;

    /// Throws `Interrupted` when this scope's work, or that of one around it, is not wanted any more. From any thread.
    void poll();
    /// Whether `poll` has thrown: libraries that were passed through may have made another exception of it.
    bool happened() const { return m_happened; }

private:
    std::function<bool()> m_wanted;
    InterruptionScope* m_outer;
    std::atomic<bool> m_happened{false};
};

/// Asks the innermost scope of this thread. Without one nothing happens.
void pollInterruption();

} // namespace sulcus::learning
