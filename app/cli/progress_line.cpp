// SPDX-License-Identifier: Apache-2.0
#include "app/cli/progress_line.h"

#include "ui/session/message_catalogue.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace sulcus::cli {

namespace {
constexpr auto kBetweenUpdates = std::chrono::milliseconds(100);
// Below this share an estimate of what is left jumps about.
constexpr double kShareForEstimate = 0.05;
} // namespace

TaskContext::ProgressSink ProgressLine::sink() {
    if (!m_enabled)
        return {};
    return [this](double fraction, std::string_view stage) { show(fraction, stage); };
}

void ProgressLine::show(double fraction, std::string_view stage) {
    const std::lock_guard lock(m_mutex);
    const auto now = Clock::now();
    const bool newStage = !stage.empty() && stage != m_stage;
    if (newStage)
        m_stage = stage;
    if (!newStage && m_visible && now - m_lastShown < kBetweenUpdates)
        return;
    m_lastShown = now;
    const auto words = m_stage.empty() ? std::string() : session::sentence(m_stage).toStdString();
    std::string left;
    const double elapsed = std::chrono::duration<double>(now - m_start).count();
    if (fraction > kShareForEstimate && fraction < 1.0 && elapsed > 1.0) {
        const auto seconds = static_cast<int>(std::lround(elapsed / fraction * (1.0 - fraction)));
        char text[32];
        std::snprintf(text, sizeof text, "  %d:%02d left", seconds / 60, seconds % 60);
        left = text;
    }
    const auto percent = static_cast<int>(std::lround(std::clamp(fraction, 0.0, 1.0) * 100.0));
    std::fprintf(stderr, "\r\033[K%3d %%  %s%s", percent, words.c_str(), left.c_str());
    std::fflush(stderr);
    m_visible = true;
}

void ProgressLine::clear() {
    const std::lock_guard lock(m_mutex);
    if (!m_visible)
        return;
    std::fputs("\r\033[K", stderr);
    std::fflush(stderr);
    m_visible = false;
}

} // namespace sulcus::cli
