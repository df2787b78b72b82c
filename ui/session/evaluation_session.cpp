// SPDX-License-Identifier: Apache-2.0
#include "ui/session/evaluation_session.h"

#include <QCoreApplication>
#include <QSaveFile>
#include <algorithm>
#include <iterator>

namespace sulcus::session {

namespace fs = std::filesystem;

struct EvaluationSession::Mailbox {
    std::mutex mutex; // guards the two below
    std::vector<workflow::EvaluationRow> rows;
    std::map<RowKey, fs::path> masks;
};

RowKey keyOf(const workflow::EvaluationRow& row) { return {row.path, row.caseId}; }

RowKey keyOf(const workflow::ClassEvaluationRow& row) {
    return {row.answer ? row.answer->folder : fs::path(), row.name};
}

EvaluationSession::EvaluationSession(EvaluationServices services, JobRunner& runner, QObject* parent)
    : QObject(parent), m_services(std::move(services)), m_runner(runner), m_mailbox(std::make_shared<Mailbox>()) {
    connect(&m_runner, &JobRunner::changed, this, &EvaluationSession::collect);
}

EvaluationSession::~EvaluationSession() {
    m_runner.disconnect(this);
    if (m_job)
        m_job->cancel();
}

AddedCases EvaluationSession::addCases(const fs::path& folder) {
    AddedCases added;
    for (const fs::path& found : holdsViews(folder) ? std::vector<fs::path>{folder} : m_services.casesIn(folder)) {
        ++added.found;
        if (std::find(m_cases.begin(), m_cases.end(), found) != m_cases.end())
            continue;
        m_cases.push_back(found);
        ++added.added;
    }
    Q_EMIT casesChanged();
    return added;
}

void EvaluationSession::clearCases() {
    if (running())
        return;
    m_cases.clear();
    forget();
    Q_EMIT casesChanged();
    Q_EMIT changed();
}

bool EvaluationSession::holdsViews(const fs::path& folder) const {
    return m_services.holdsViews && m_services.holdsViews(folder);
}

void EvaluationSession::forget() {
    m_evaluation = {};
    m_classes.reset();
    m_masks.clear();
    m_problem.reset();
    m_stopped = false;
    m_folder = std::make_unique<QTemporaryDir>();
    m_mailbox = std::make_shared<Mailbox>();
    Q_EMIT cleared();
}

void EvaluationSession::end(const std::optional<Error>& error) {
    m_job.clear();
    m_stopped = error && error->code == ErrorCode::Cancelled;
    if (error && !m_stopped)
        m_problem = error->message;
    Q_EMIT changed();
    Q_EMIT finished();
}

void EvaluationSession::startClasses(const fs::path& bundle, workflow::DeviceChoice device) {
    std::vector<fs::path> folders;
    std::copy_if(m_cases.begin(), m_cases.end(), std::back_inserter(folders),
                 [this](const fs::path& path) { return holdsViews(path); });
    if (running() || folders.empty())
        return;
    forget();
    workflow::ClassifyOptions options;
    options.bundle = bundle;
    options.device = device;
    m_job = m_runner.submit<workflow::ClassEvaluation>(
        Lane::Compute, QCoreApplication::translate("EvaluationSession", "Evaluating"),
        [services = m_services, folders, options](const TaskContext& task) {
            return services.evaluateClasses(folders, options, task);
        },
        this,
        [this](Result<workflow::ClassEvaluation> evaluation) {
            if (evaluation)
                m_classes = std::move(*evaluation);
            end(evaluation ? std::nullopt : std::optional(evaluation.error()));
        });
    Q_EMIT changed();
}

void EvaluationSession::start(const fs::path& bundle, workflow::DeviceChoice device) {
    if (running() || m_cases.empty())
        return;
    forget();
    workflow::SegmentOptions options;
    options.bundle = bundle;
    options.device = device;
    const fs::path masks = m_folder->path().toStdString();
    m_job = m_runner.submit<workflow::Evaluation>(
        Lane::Compute, QCoreApplication::translate("EvaluationSession", "Evaluating"),
        [services = m_services, cases = m_cases, options, masks, box = m_mailbox](const TaskContext& task) {
            int number = 0;
            return services.evaluate(cases, options, task, [&](const workflow::EvaluationRow& row) {
                const fs::path file = masks / (std::to_string(++number) + ".nii.gz");
                // Nobody opens a slice of a set.
                const bool kept = row.mask && !row.slice && services.writeMask(*row.mask, file).has_value();
                const std::lock_guard lock(box->mutex);
                box->rows.push_back(row);
                box->rows.back().mask.reset(); // in the file now; twenty of them would fill the memory
                if (kept)
                    box->masks[keyOf(row)] = file;
            });
        },
        this,
        [this](Result<workflow::Evaluation> evaluation) {
            collect();
            if (evaluation)
                m_evaluation = std::move(*evaluation);
            end(evaluation ? std::nullopt : std::optional(evaluation.error()));
        });
    Q_EMIT changed();
}

void EvaluationSession::cancel() {
    if (m_job)
        m_job->cancel();
}

void EvaluationSession::collect() {
    if (!m_job)
        return;
    {
        const std::lock_guard lock(m_mailbox->mutex);
        for (auto& row : m_mailbox->rows)
            m_evaluation.rows.push_back(std::move(row));
        if (!m_mailbox->rows.empty())
            m_services.summarise(m_evaluation);
        m_mailbox->rows.clear();
        m_masks.insert(m_mailbox->masks.begin(), m_mailbox->masks.end());
    }
    Q_EMIT changed();
}

fs::path EvaluationSession::maskOf(const workflow::EvaluationRow& row) const {
    const auto found = m_masks.find(keyOf(row));
    return found == m_masks.end() ? fs::path() : found->second;
}

Result<void> EvaluationSession::writeCsv(const fs::path& file) const {
    QSaveFile out(QString::fromStdString(file.string()));
    const QByteArray text =
        QByteArray::fromStdString(m_classes ? m_services.classesToCsv(*m_classes) : m_services.toCsv(m_evaluation));
    if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size() || !out.commit())
        return fail(ErrorCode::Unreadable, "session.file_not_written", {{"file", file.string()}});
    return {};
}

} // namespace sulcus::session
