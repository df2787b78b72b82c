// SPDX-License-Identifier: Apache-2.0
#include "ui/session/store_service.h"

namespace sulcus::session {

StoreService::StoreService(JobRunner& runner, std::filesystem::path file, QObject* parent)
    : QObject(parent), m_runner(runner), m_file(std::move(file)), m_connection(std::make_shared<Connection>()) {
    m_connection->file = m_file;
}

StoreService::~StoreService() = default;

Result<store::Store*> StoreService::Connection::open() {
    if (!store) {
        auto opened = file.empty() ? store::Store::openInMemory() : store::Store::open(file);
        if (!opened)
            return fail(std::move(opened.error()));
        store = std::move(*opened);
    }
    return store.get();
}

} // namespace sulcus::session
