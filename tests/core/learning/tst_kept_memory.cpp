// SPDX-License-Identifier: Apache-2.0
#include "core/learning/kept_memory.h"

#include <QtTest>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <vector>

using namespace sulcus::learning;

namespace {

constexpr std::size_t kBlock = std::size_t{64} << 20;

/// What of the process lies in memory, MB.
double residentMb() {
    std::ifstream stream("/proc/self/statm");
    double total = 0.0;
    double resident = 0.0;
    stream >> total >> resident;
    return resident * 4096.0 / 1e6;
}

void useBlock() {
    const std::vector<char> block(kBlock, 1);
    QVERIFY(block[kBlock / 2] == 1);
}

} // namespace

class KeptMemoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void freedMemoryStaysAndGoesWithTheLast() {
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("only glibc's own malloc can be told to keep what is freed; here another one serves");
#endif
        useBlock();
        const double before = residentMb();
        auto first = std::make_unique<KeptMemory>();
        {
            const KeptMemory second;
            useBlock();
            QVERIFY2(residentMb() > before + 60.0, qPrintable(QString::number(residentMb() - before)));
        }
        QVERIFY(residentMb() > before + 60.0);
        first.reset();
        QVERIFY2(residentMb() < before + 10.0, qPrintable(QString::number(residentMb() - before)));
        // And afterwards large blocks go back at once, as ever.
        useBlock();
        QVERIFY(residentMb() < before + 10.0);
    }
};

QTEST_GUILESS_MAIN(KeptMemoryTest)
#include "tst_kept_memory.moc"
