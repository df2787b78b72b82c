// SPDX-License-Identifier: Apache-2.0
#include "ui/session/hospital_book.h"

#include <QCoreApplication>
#include <QString>
#include <algorithm>

namespace sulcus::session {

namespace {
QString words(const char* text) { return QCoreApplication::translate("HospitalBook", text); }
} // namespace

HospitalBook::HospitalBook(StoreService& store, QObject* parent) : QObject(parent), m_store(store) {}

void HospitalBook::run(const QString& title, std::function<Result<void>(store::Store&)> work) {
    m_store.ask<void>(title, std::move(work), this, [this](Result<void> done) {
        if (done)
            Q_EMIT changed();
        else
            Q_EMIT failed(done.error().message);
    });
}

void HospitalBook::save(const clinic::Hospital& hospital) {
    run(words("Saving the hospital"), [hospital](store::Store& store) { return store.saveHospital(hospital); });
}

void HospitalBook::remove(const std::string& id) {
    run(words("Removing the hospital"), [id](store::Store& store) { return store.removeHospital(id); });
}

void HospitalBook::reset(const std::string& id) {
    run(words("Bringing the hospital back as it came"), [id](store::Store& store) { return store.resetHospital(id); });
}

void HospitalBook::importCsv(const std::filesystem::path& file) {
    m_store.ask<store::ImportReport>(
        words("Reading hospitals from a file"),
        [file](store::Store& store) {
            store::ImportOptions options;
            options.update = true;
            return store::importCsv(store, store::Table::Hospitals, file, options);
        },
        this,
        [this](Result<store::ImportReport> report) {
            if (!report) {
                Q_EMIT failed(report.error().message);
                return;
            }
            m_lastImport = std::move(*report);
            Q_EMIT imported();
            Q_EMIT changed();
        });
}

void HospitalBook::exportCsv(const std::filesystem::path& file) {
    m_store.ask<void>(
        words("Writing the hospitals"),
        [file](store::Store& store) { return store::exportCsv(store, store::Table::Hospitals, file); }, this,
        [this, file](Result<void> written) {
            if (written)
                Q_EMIT exported(QString::fromStdString(file.string()));
            else
                Q_EMIT failed(written.error().message);
        });
}

std::string HospitalBook::freshId(const std::string& name, const std::vector<clinic::Hospital>& taken) {
    std::string base;
    for (const QChar letter : QString::fromStdString(name).normalized(QString::NormalizationForm_D).toLower()) {
        if ((letter >= QLatin1Char('a') && letter <= QLatin1Char('z')) ||
            (letter >= QLatin1Char('0') && letter <= QLatin1Char('9')))
            base += letter.toLatin1();
        else if (!letter.isMark() && !base.empty() && base.back() != '-' && base.size() < 40)
            base += '-';
    }
    while (!base.empty() && base.back() == '-')
        base.pop_back();
    if (base.empty())
        base = "hospital";
    std::string id = base;
    for (int n = 2; std::any_of(taken.begin(), taken.end(), [&](const auto& hospital) { return hospital.id == id; });
         ++n)
        id = base + "-" + std::to_string(n);
    return id;
}

} // namespace sulcus::session
