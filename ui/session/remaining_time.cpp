// SPDX-License-Identifier: Apache-2.0
#include "ui/session/remaining_time.h"

#include <algorithm>

namespace sulcus::session {

namespace {
constexpr double kWindowSeconds = 10.0;
constexpr double kFirstAnswerSeconds = 1.0;
constexpr double kFirstAnswerFraction = 0.02;
constexpr double kNewGuessWeight = 0.4; // the rest stays with the guess before, so that the figure does not flicker
} // namespace

void RemainingTime::update(double fraction, double elapsedSeconds) {
    fraction = std::clamp(fraction, 0.0, 1.0);
    m_samples.push_back({fraction, elapsedSeconds});
    while (m_samples.size() > 2 && elapsedSeconds - m_samples.front().elapsed > kWindowSeconds)
        m_samples.pop_front();
    if (fraction >= 1.0) {
        m_seconds = 0.0;
        return;
    }
    if (elapsedSeconds < kFirstAnswerSeconds || fraction < kFirstAnswerFraction)
        return;
    const Sample& first = m_samples.front();
    const double grown = fraction - first.fraction;
    const double took = elapsedSeconds - first.elapsed;
    // A stage that reports nothing for longer than the window falls back to the average since the start.
    const double rate = grown > 0.0 && took > 0.0 ? grown / took : fraction / elapsedSeconds;
    const double guess = (1.0 - fraction) / rate;
    m_seconds = m_seconds ? *m_seconds + kNewGuessWeight * (guess - *m_seconds) : guess;
}

std::optional<double> RemainingTime::seconds() const { return m_seconds; }

} // namespace sulcus::session
