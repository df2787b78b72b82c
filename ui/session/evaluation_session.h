// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/classify.h"
#include "core/workflow/evaluate.h"
#include "ui/session/job_runner.h"

#include <QObject>
#include <QPointer>
#include <QTemporaryDir>
#include <compare>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::session {

/// What an evaluation asks of the rest of the program; as `Services`.
struct EvaluationServices {
    using RowDone = std::function<void(const workflow::EvaluationRow&)>;
    std::function<Result<workflow::Evaluation>(const std::vector<std::filesystem::path>&,
                                               const workflow::SegmentOptions&, const TaskContext&, const RowDone&)>
        evaluate;
    std::function<void(workflow::Evaluation&)> summarise; ///< of the rows so far; on the GUI thread, cheap
    std::function<std::string(const workflow::Evaluation&)> toCsv;
    std::function<Result<void>(const imaging::LabelMap&, const std::filesystem::path&)> writeMask;
    /// The cases in a folder: itself, or the folders and images in it. On the GUI thread: names are looked at, no
    /// image is read.
    std::function<std::vector<std::filesystem::path>(const std::filesystem::path&)> casesIn;
    /// For bundles that classify: could the folder hold patients of several views? Cheap, on the GUI thread.
    std::function<bool(const std::filesystem::path&)> holdsViews;
    std::function<Result<workflow::ClassEvaluation>(const std::vector<std::filesystem::path>&,
                                                    const workflow::ClassifyOptions&, const TaskContext&)>
        evaluateClasses;
    std::function<std::string(const workflow::ClassEvaluation&)> classesToCsv;
};

/// What tells the rows of a table apart: slices of one set share their path, patients of two folders may share a name.
struct RowKey {
    std::filesystem::path path;
    std::string name;
    auto operator<=>(const RowKey&) const = default;
};
RowKey keyOf(const workflow::EvaluationRow& row);
RowKey keyOf(const workflow::ClassEvaluationRow& row);

/// What came of adding a folder.
struct AddedCases {
    int found = 0;
    int added = 0; ///< that were not in the list before
};

/// One evaluation as the window sees it: a bundle, cases with truth, rows that come in one after the other. Runs on the
/// viewer's Compute lane. The masks are kept in a temporary folder until the next one starts. Thread: GUI.
class EvaluationSession : public QObject {
    Q_OBJECT
public:
    EvaluationSession(EvaluationServices services, JobRunner& runner, QObject* parent = nullptr);
    ~EvaluationSession() override;

    const std::vector<std::filesystem::path>& cases() const { return m_cases; }
    /// Adds the cases of a folder, or the folder itself where it holds patients of several views; what is in the list
    /// already is not added twice.
    AddedCases addCases(const std::filesystem::path& folder);
    /// Empties the list, and with it the table. Not while one is being made.
    void clearCases();

    void start(const std::filesystem::path& bundle, workflow::DeviceChoice device);
    /// The same for a bundle that classifies, over the folders of `cases` that hold views.
    void startClasses(const std::filesystem::path& bundle, workflow::DeviceChoice device);
    bool holdsViews(const std::filesystem::path& folder) const;
    void cancel();
    bool running() const { return !m_job.isNull(); }
    bool stopping() const { return m_job && m_job->state() == JobState::Cancelling; }
    /// Was the last one cancelled? The rows that were done before are still there.
    bool stopped() const { return m_stopped; }
    Job* job() const { return m_job; }

    /// Rows so far, worst first, with their means.
    const workflow::Evaluation& evaluation() const { return m_evaluation; }
    /// What came of the last bundle that classifies; empty after one that segments, and while it runs.
    const std::optional<workflow::ClassEvaluation>& classes() const { return m_classes; }
    bool hasTable() const { return m_classes || !m_evaluation.rows.empty(); }
    double fraction() const { return m_job ? m_job->fraction() : 0.0; }
    /// The mask that the network made of a case; empty when there is none. Of slices of a set none are kept.
    std::filesystem::path maskOf(const workflow::EvaluationRow& row) const;
    const std::optional<Message>& problem() const { return m_problem; }
    /// Errors: Unreadable ("session.file_not_written").
    Result<void> writeCsv(const std::filesystem::path& file) const;

Q_SIGNALS:
    void changed();
    void cleared(); ///< what came of the last one is gone: another starts, or the list was emptied
    void casesChanged();
    void finished();

private:
    struct Mailbox;
    void collect();
    void forget();
    void end(const std::optional<Error>& error);

    EvaluationServices m_services;
    JobRunner& m_runner;
    std::vector<std::filesystem::path> m_cases;
    workflow::Evaluation m_evaluation;
    std::optional<workflow::ClassEvaluation> m_classes;
    std::map<RowKey, std::filesystem::path> m_masks;
    std::optional<Message> m_problem;
    bool m_stopped = false;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Mailbox> m_mailbox;
    QPointer<Job> m_job;
};

} // namespace sulcus::session
