// SPDX-License-Identifier: Apache-2.0
#include "app/sulcus/end_signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <QSocketNotifier>
#include <atomic>
#include <cerrno>
#include <csignal>

namespace sulcus::app {

namespace {

constexpr int kSignals[] = {SIGTERM, SIGINT, SIGHUP};

// A handler may touch little more than a lock-free atomic and write().
std::atomic<int> signalPipe{-1};

extern "C" void tellTheWindow(int number) {
    const int saved = errno;
    const char byte = static_cast<char>(number);
    if (const int pipe = signalPipe.load(); pipe >= 0) {
        [[maybe_unused]] const auto written = write(pipe, &byte, 1);
    }
    errno = saved;
}

void install(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    for (const int number : kSignals)
        sigaction(number, &action, nullptr);
}

} // namespace

EndSignals::EndSignals(QObject* parent) : QObject(parent) {
    int ends[2] = {-1, -1};
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // no pipe: signals keep their default meaning
    m_readEnd = ends[0];
    m_writeEnd = ends[1];
    m_notifier = new QSocketNotifier(m_readEnd, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &EndSignals::read);
    signalPipe = m_writeEnd;
    install(tellTheWindow);
}

EndSignals::~EndSignals() {
    if (m_readEnd < 0)
        return;
    install(SIG_DFL);
    signalPipe = -1;
    delete m_notifier;
    close(m_writeEnd);
    close(m_readEnd);
}

void EndSignals::read() {
    char byte = 0;
    if (::read(m_readEnd, &byte, 1) != 1)
        return;
    install(SIG_DFL);
    Q_EMIT asked(byte);
}

} // namespace sulcus::app
