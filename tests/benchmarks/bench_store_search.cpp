// SPDX-License-Identifier: Apache-2.0
// How long the search over many patients takes: bench_store_search [PATIENTS] (100000 when left out).
#include "core/store/store.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

using namespace sulcus;

namespace {

double millisecondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 100000;
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("sulcus-bench-" + std::to_string(::getpid()) + ".sqlite");
    auto opened = store::Store::open(file);
    if (!opened) {
        std::fprintf(stderr, "cannot open %s\n", file.c_str());
        return 1;
    }
    store::Store& database = **opened;

    static const char* const kFamily[] = {"김", "이", "박", "최", "Anders", "Berg", "Chen", "Dupont"};
    static const char* const kGiven[] = {"민수", "서연", "지훈", "Ada", "Bo", "Cleo"};
    auto start = std::chrono::steady_clock::now();
    const auto filled = database.inTransaction([&]() -> Result<void> {
        for (int i = 0; i < count; ++i) {
            store::Patient patient;
            patient.pseudonym = "P" + std::to_string(1000000 + i * 7919LL % 9000000) + "-" + std::to_string(i);
            patient.name = std::string(kFamily[i % 8]) + ' ' + kGiven[i / 8 % 6] + ' ' + std::to_string(i);
            if (i == count / 100)
                patient.name = "Oldest Needle";
            if (auto saved = database.savePatient(patient); !saved)
                return fail(std::move(saved.error()));
        }
        return {};
    });
    if (!filled) {
        std::fprintf(stderr, "filling failed: %s\n", filled.error().context.c_str());
        return 1;
    }
    std::printf("%d patients written in %.0f ms\n", count, millisecondsSince(start));

    std::printf("%-14s %8s %10s %10s\n", "text", "found", "median ms", "worst ms");
    for (const char* text :
         {"", "P", "p1", "p12", "p123", "p1234567", "김", "김 민수", "이 서연 1", "Anders", "oldest", "nobody"}) {
        std::vector<double> times;
        std::size_t found = 0;
        for (int run = 0; run < 21; ++run) {
            start = std::chrono::steady_clock::now();
            const auto patients = database.searchPatients(text);
            times.push_back(millisecondsSince(start));
            found = patients ? patients->size() : 0;
        }
        std::sort(times.begin(), times.end());
        std::printf("%-14s %8zu %10.2f %10.2f\n", text, found, times[times.size() / 2], times.back());
    }
    opened->reset();
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(file.string() + suffix);
    return 0;
}
