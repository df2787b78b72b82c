// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/store.h"
#include "ui/session/job_runner.h"

#include <QObject>
#include <filesystem>
#include <functional>
#include <memory>

namespace sulcus::session {

/// The database as the window sees it: questions go to the Store lane, answers come back on the GUI thread. The
/// connection is opened and used there alone.
class StoreService : public QObject {
    Q_OBJECT
public:
    StoreService(JobRunner& runner, std::filesystem::path file, QObject* parent = nullptr);
    ~StoreService() override;

    /// Of the database; empty: it is in memory.
    const std::filesystem::path& file() const { return m_file; }

    /// `work` runs with the open store. When opening failed, every question gets that error.
    template <typename T>
    Job* ask(const QString& title, std::function<Result<T>(store::Store&)> work, QObject* guard,
             std::function<void(Result<T>)> then) {
        return m_runner.submit<T>(
            Lane::Store, title,
            [connection = m_connection, work = std::move(work)](const TaskContext&) -> Result<T> {
                auto store = connection->open();
                if (!store)
                    return fail(std::move(store.error()));
                return work(**store);
            },
            guard, std::move(then));
    }

private:
    /// Lives on the Store lane.
    struct Connection {
        std::filesystem::path file;
        std::unique_ptr<store::Store> store;
        Result<store::Store*> open();
    };
    JobRunner& m_runner;
    std::filesystem::path m_file;
    std::shared_ptr<Connection> m_connection;
};

} // namespace sulcus::session
