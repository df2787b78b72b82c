// SPDX-License-Identifier: Apache-2.0
#include "ui/session/workbench.h"

#include "core/base/log.h"

#include <QCoreApplication>
#include <QDateTime>
#include <utility>

namespace sulcus::session {

namespace fs = std::filesystem;

namespace {

// Edits come in bursts; place and measures follow when the hand rests.
constexpr int kFollowUpMilliseconds = 200;

} // namespace

std::string utcNow() { return QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString(); }

Workbench::Workbench(Services services, JobRunner& runner, const fs::path& database, QObject* parent)
    : QObject(parent), m_services(std::move(services)), m_runner(runner), m_store(runner, database) {
    m_followUp.setSingleShot(true);
    m_followUp.setInterval(kFollowUpMilliseconds);
    connect(&m_followUp, &QTimer::timeout, this, &Workbench::followMask);
    connect(&m_session, &CaseSession::maskChanged, this, &Workbench::scheduleMaskFollowUps);
    qRegisterMetaType<Message>();
}

Workbench::~Workbench() = default;

void Workbench::note(NoteKind kind, Message message, NoteTopic topic) { Q_EMIT noted(kind, message, topic); }

void Workbench::noteError(const Error& error, NoteTopic topic) {
    if (error.code == ErrorCode::Cancelled) {
        note(NoteKind::Info, error.message);
        return;
    }
    log(LogLevel::Warning, "window", error.message.id + (error.context.empty() ? "" : ": " + error.context));
    note(NoteKind::Problem, error.message, topic);
}

void Workbench::start() {
    struct Tables {
        clinic::Knowledge knowledge;
        std::vector<clinic::Hospital> hospitals;
    };
    m_store.ask<Tables>(
        QCoreApplication::translate("Workbench", "Opening the database"),
        [](store::Store& store) -> Result<Tables> {
            auto knowledge = store.knowledge();
            if (!knowledge)
                return fail(std::move(knowledge.error()));
            auto hospitals = store.hospitals();
            if (!hospitals)
                return fail(std::move(hospitals.error()));
            return Tables{std::move(*knowledge), std::move(*hospitals)};
        },
        this,
        [this](Result<Tables> tables) {
            if (!tables) {
                noteError(tables.error());
                return;
            }
            m_knowledge = std::make_shared<const clinic::Knowledge>(std::move(tables->knowledge));
            m_directory = std::move(tables->hospitals);
            Q_EMIT knowledgeChanged();
            crossCheck();
            rankHospitals();
        });
    reloadRecent();
    struct Networks {
        std::vector<learning::Bundle> bundles;
        std::vector<std::string> devices;
    };
    m_runner.submit<Networks>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Looking for networks"),
        [services = m_services](const TaskContext&) -> Result<Networks> {
            return Networks{services.bundles ? services.bundles() : std::vector<learning::Bundle>{},
                            services.devices ? services.devices() : std::vector<std::string>{"cpu"}};
        },
        this,
        [this](Result<Networks> networks) {
            if (!networks)
                return;
            m_bundles = std::move(networks->bundles);
            m_devices = std::move(networks->devices);
            pickBundle();
            Q_EMIT bundlesChanged();
        });
}

void Workbench::reloadRecent() {
    m_store.ask<std::vector<store::RecentCase>>(
        QCoreApplication::translate("Workbench", "Recent cases"),
        [](store::Store& store) { return store.recentCases(); }, this,
        [this](Result<std::vector<store::RecentCase>> recent) {
            if (!recent)
                return; // the reason was shown when the tables were asked for
            m_recent = std::move(*recent);
            Q_EMIT recentChanged();
        });
}

} // namespace sulcus::session
