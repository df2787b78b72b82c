// SPDX-License-Identifier: Apache-2.0
// bench_locate CASE MASK: milliseconds from a mask to its place by the fixed transform, median and worst of 20.
#include "core/anatomy/location.h"
#include "core/imaging/image_io.h"
#include "core/workflow/workflow.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <vector>

using namespace sulcus;

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: bench_locate CASE MASK\n");
        return 2;
    }
    const auto atlas = anatomy::Atlas::load(
        "/usr/share/mricron/templates", std::filesystem::temp_directory_path() / "sulcus-bench-atlas", TaskContext());
    const auto opened = workflow::openCase(argv[1], TaskContext());
    const auto mask = imaging::readLabelMap(argv[2], TaskContext());
    if (!atlas || !opened || !mask) {
        std::fprintf(stderr, "the atlas, the case or the mask cannot be read\n");
        return 1;
    }
    const auto alignment = anatomy::fixedAlignment(**opened, **atlas);
    std::vector<double> milliseconds;
    for (int n = 0; n < 20; ++n) {
        const auto start = std::chrono::steady_clock::now();
        const auto place = anatomy::locate(*mask, imaging::LabelEra::Brats2021, alignment, **atlas, TaskContext());
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
        if (!place) {
            return 1;
        }
        milliseconds.push_back(taken.count());
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    std::printf("locate: median %.1f ms, worst %.1f ms\n", milliseconds[10], milliseconds.back());
    return 0;
}
