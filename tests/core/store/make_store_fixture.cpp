// SPDX-License-Identifier: Apache-2.0
// Writes a fixture database: make_store_fixture VERSION ROWS.sql OUT.sqlite
#include "core/store/store.h"
#include "core/store/text_file.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

using namespace sulcus;

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: make_store_fixture VERSION ROWS.sql OUT.sqlite\n");
        return 2;
    }
    const auto rows = store::readTextFile(argv[2]);
    if (!rows) {
        std::fprintf(stderr, "cannot read %s\n", argv[2]);
        return 1;
    }
    const std::filesystem::path scratch = std::string(argv[3]) + ".scratch";
    store::OpenOptions options;
    options.migrations.emplace();
    for (store::Migration migration : store::shippedMigrations()) {
        if (migration.number > std::atoi(argv[1]))
            break;
        if (migration.number == 1)
            migration.sql += *rows;
        options.migrations->push_back(std::move(migration));
    }
    std::filesystem::remove(scratch);
    {
        auto opened = store::Store::open(scratch, options);
        if (!opened || !(*opened)->backup(argv[3])) {
            std::fprintf(stderr, "cannot write %s\n", argv[3]);
            return 1;
        }
    }
    std::filesystem::remove(scratch);
    return 0;
}
