// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/classify.h"
#include "core/workflow/view_sets.h"
#include "ui/session/job_runner.h"

#include <QImage>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace sulcus::session {

/// What the angiography view asks of the rest of the program. All but `recognises` run on a worker.
struct AngiographyServices {
    /// Could this folder be opened here rather than as a case? Cheap, on the GUI thread.
    std::function<bool(const std::filesystem::path&)> recognises;
    std::function<Result<workflow::ViewSets>(const std::filesystem::path&, const TaskContext&)> find;
    /// The pictures of one patient, 8-bit grey.
    std::function<Result<std::vector<QImage>>(const workflow::ViewSet&, const TaskContext&)> views;
    /// The network's answer with its heat maps.
    std::function<Result<workflow::ClassifiedViews>(const workflow::ViewSet&, const TaskContext&)> classify;
    std::vector<double> syntheticAngles; ///< degrees, of the views of a synthetic set
    std::vector<std::string> locations;  ///< where no table names any
};

/// An open folder of angiography patients and what the student said of them. The network's answer, its heat maps and
/// the truth stay hidden until the student has answered.
///
/// Thread: GUI. Listeners read the state anew on `changed`.
class AngiographySession : public QObject {
    Q_OBJECT
public:
    struct Answer {
        std::optional<bool> aneurysm;
        QString location; ///< empty: none chosen
        bool given = false;
    };
    /// How an answer compares with the truth.
    enum class Outcome {
        Right,       ///< the artery too, where there is an aneurysm
        ArteryOpen,  ///< right that there is one; no artery was named, or the truth does not tell it
        WrongArtery, ///< right that there is one, but it sits on another artery
        Wrong
    };
    struct Tally {
        int right = 0;         ///< aneurysm or not
        int arteries = 0;      ///< aneurysms seen whose artery was named and is known
        int arteriesRight = 0; ///< of those
    };
    struct Score {
        int answered = 0; ///< patients whose truth is known
        Tally student;
        Tally network; ///< over the same patients; its artery is the likeliest place
    };

    explicit AngiographySession(JobRunner& runner, QObject* parent = nullptr);
    /// Before these are set no folder is recognised.
    void setServices(AngiographyServices services) { m_services = std::move(services); }

    bool recognises(const std::filesystem::path& path) const {
        return m_services.recognises && m_services.recognises(path);
    }
    void open(const std::filesystem::path& folder);
    void close();
    bool isOpen() const { return !m_sets.sets.empty(); }

    int patients() const { return static_cast<int>(m_sets.sets.size()); }
    int patient() const { return m_patient; }
    void go(int patient); ///< held to the patients that there are
    /// Place of the patient of this name in the folder; -1 when there is none.
    int find(const std::string& name) const;
    QString name() const;
    bool synthetic() const; ///< of the patient who is shown
    const std::vector<std::pair<std::string, Message>>& leftOut() const { return m_sets.leftOut; }
    const std::vector<QImage>& views() const { return m_views; }
    /// How the C-arm stood for a view; nothing where the files do not say.
    std::optional<workflow::ViewAngle> angle(std::size_t view) const;
    QStringList locations() const;

    const Answer& answer() const { return m_answers.at(m_patient); }
    void setAneurysm(bool there);
    void setLocation(const QString& location);
    /// Why the answer cannot be given yet, translated; empty when it can.
    QString whyNotAnswer() const;
    void giveAnswer();

    /// The network's answer, once the student has given one and the network is done; else null.
    const workflow::ClassifiedViews* network() const;
    /// The network is still at work, or failed for this patient.
    bool waiting() const { return !m_job.isNull(); }
    std::optional<Message> problem() const { return m_problem; }
    /// What a reader of the pictures ought to know; tells nothing of the answer, and is there before it.
    std::vector<Message> warnings() const { return m_network ? m_network->warnings : std::vector<Message>(); }
    std::optional<bool> truth() const; ///< hidden before the answer too
    QStringList trueLocations() const;
    /// Of the student's answer; nothing before it, and without a truth.
    std::optional<Outcome> outcome() const;
    /// The network's likeliest place, also when it reaches no threshold; empty where the network sees no aneurysm or
    /// knows no places, and before the student's answer.
    QString networkLocation() const;
    /// Of the network's answer with that place; nothing before the student's answer, and without a truth.
    std::optional<Outcome> networkOutcome() const;
    bool heatVisible() const { return m_heatVisible; }
    void setHeatVisible(bool on);
    Score score() const { return m_score; }

Q_SIGNALS:
    void changed();
    void opened();
    void closed();
    void failed(const sulcus::Message& message);

private:
    void load();
    void count();
    Outcome judged(bool said, const QString& location, bool known) const;

    AngiographyServices m_services;
    JobRunner& m_runner;
    workflow::ViewSets m_sets;
    int m_patient = 0;
    int m_visit = 0; ///< counts loads: answers of an earlier visit come too late
    std::vector<QImage> m_views;
    std::map<int, Answer> m_answers;
    std::optional<workflow::ClassifiedViews> m_network;
    std::optional<Message> m_problem;
    QPointer<Job> m_openJob;
    QPointer<Job> m_viewsJob;
    QPointer<Job> m_job;
    bool m_heatVisible = true;
    Score m_score;
    std::map<int, bool> m_counted;
};

} // namespace sulcus::session
