// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QSocketNotifier;

namespace sulcus::app {

/// Turns SIGTERM, SIGINT and SIGHUP (a logout, Ctrl+C, a closed terminal) into `asked` on the GUI thread, so that the
/// program ends by its own way. A second signal has its default meaning again: whoever is in a hurry is not held up.
/// One object per program, made before the window is shown.
class EndSignals : public QObject {
    Q_OBJECT
public:
    explicit EndSignals(QObject* parent = nullptr);
    ~EndSignals() override;

Q_SIGNALS:
    void asked(int signal);

private:
    void read();

    int m_readEnd = -1;
    int m_writeEnd = -1;
    QSocketNotifier* m_notifier = nullptr;
};

} // namespace sulcus::app
