// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>

namespace sulcus::session {

/// Guess of how long a job still takes, from how its fraction has grown.
///
/// Says nothing before a second has passed and two per cent are done: a number that jumps is worse than none. Recent
/// progress counts alone (the last ten seconds), because the steps of one job run at different speeds.
class RemainingTime {
public:
    /// `fraction` 0..1, `elapsedSeconds` since the start. Calls in order of time.
    void update(double fraction, double elapsedSeconds);
    /// Seconds still to go, empty while unknown.
    std::optional<double> seconds() const;

private:
    struct Sample {
        double fraction = 0.0;
        double elapsed = 0.0;
    };
    std::deque<Sample> m_samples;
    std::optional<double> m_seconds;
};

} // namespace sulcus::session
