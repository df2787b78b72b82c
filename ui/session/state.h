// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <utility>

namespace sulcus::session {

/// Emits `changed`. Listeners only note and schedule; they draw later from the latest state.
class StateNotifier : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
Q_SIGNALS:
    void changed();
};

/// A plain struct with a signal. Thread: GUI.
template <typename T>
class State final : public StateNotifier {
public:
    using StateNotifier::StateNotifier;

    const T& value() const { return m_value; }
    const T* operator->() const { return &m_value; }

    void set(T value) {
        m_value = std::move(value);
        Q_EMIT changed();
    }
    /// Changes several fields at once: one signal.
    template <typename Change>
    void update(Change change) {
        change(m_value);
        Q_EMIT changed();
    }

private:
    T m_value;
};

} // namespace sulcus::session
