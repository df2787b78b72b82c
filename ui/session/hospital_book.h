// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/exchange.h"
#include "ui/session/store_service.h"

#include <QObject>
#include <filesystem>
#include <optional>
#include <string>

namespace sulcus::session {

/// Changes to the hospital directory. Each goes to the Store lane; `changed` follows what worked, `failed` what did
/// not. Thread: GUI.
class HospitalBook : public QObject {
    Q_OBJECT
public:
    explicit HospitalBook(StoreService& store, QObject* parent = nullptr);

    void save(const clinic::Hospital& hospital);
    void remove(const std::string& id);
    /// A shipped hospital as it came.
    void reset(const std::string& id);
    void importCsv(const std::filesystem::path& file);
    void exportCsv(const std::filesystem::path& file);
    /// What the last import said.
    const std::optional<store::ImportReport>& lastImport() const { return m_lastImport; }

    /// An id for a new hospital, from its name; never one of `taken`.
    static std::string freshId(const std::string& name, const std::vector<clinic::Hospital>& taken);

Q_SIGNALS:
    void changed();
    void imported();
    void exported(const QString& file);
    void failed(const sulcus::Message& message);

private:
    void run(const QString& title, std::function<Result<void>(store::Store&)> work);

    StoreService& m_store;
    std::optional<store::ImportReport> m_lastImport;
};

} // namespace sulcus::session
