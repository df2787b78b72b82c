// SPDX-License-Identifier: Apache-2.0
#include "ui/session/angiography_session.h"

#include <algorithm>

namespace sulcus::session {

namespace {

constexpr const char* kAneurysm = "Aneurysm";

bool isAneurysm(const std::string& column) {
    return QString::fromStdString(column).compare(QLatin1String(kAneurysm), Qt::CaseInsensitive) == 0;
}

} // namespace

AngiographySession::AngiographySession(JobRunner& runner, QObject* parent) : QObject(parent), m_runner(runner) {
    m_answers[0] = {};
}

void AngiographySession::open(const std::filesystem::path& folder) {
    if (m_openJob)
        m_openJob->cancel();
    m_openJob = m_runner.submit<workflow::ViewSets>(
        Lane::Io, tr("Opening angiography"),
        [find = m_services.find, folder](const TaskContext& task) { return find(folder, task); }, this,
        [this](Result<workflow::ViewSets> found) {
            if (!found) {
                if (found.error().code != ErrorCode::Cancelled)
                    Q_EMIT failed(found.error().message);
                return;
            }
            if (found->sets.empty()) {
                // Everything was left out: the first reason says why.
                Q_EMIT failed(found->leftOut.empty() ? Message{"session.no_angiography", {}}
                                                     : found->leftOut.front().second);
                return;
            }
            m_sets = std::move(*found);
            m_answers = {{0, {}}};
            m_counted.clear();
            m_score = {};
            m_patient = 0;
            load();
            Q_EMIT opened();
        });
}

void AngiographySession::close() {
    if (!isOpen())
        return;
    for (const auto& job : {m_openJob, m_viewsJob, m_job}) {
        if (job)
            job->cancel();
    }
    m_sets = {};
    m_views.clear();
    m_network.reset();
    m_answers = {{0, {}}};
    m_patient = 0;
    Q_EMIT closed();
    Q_EMIT changed();
}

void AngiographySession::go(int patient) {
    const int wanted = std::clamp(patient, 0, std::max(0, patients() - 1));
    if (!isOpen() || wanted == m_patient)
        return;
    m_patient = wanted;
    load();
}

int AngiographySession::find(const std::string& name) const {
    const auto found = std::find_if(m_sets.sets.begin(), m_sets.sets.end(),
                                    [&](const workflow::ViewSet& set) { return set.name == name; });
    return found == m_sets.sets.end() ? -1 : static_cast<int>(found - m_sets.sets.begin());
}

void AngiographySession::load() {
    for (const auto& job : {m_viewsJob, m_job}) {
        if (job)
            job->cancel();
    }
    m_answers.try_emplace(m_patient);
    m_views.clear();
    m_network.reset();
    m_problem.reset();
    const auto set = m_sets.sets[static_cast<std::size_t>(m_patient)];
    const int visit = ++m_visit;
    m_viewsJob = m_runner.submit<std::vector<QImage>>(
        Lane::Io, tr("Reading views"),
        [views = m_services.views, set](const TaskContext& task) { return views(set, task); }, this,
        [this, visit](Result<std::vector<QImage>> views) {
            if (visit != m_visit || !isOpen())
                return;
            if (views)
                m_views = std::move(*views);
            else if (views.error().code != ErrorCode::Cancelled)
                Q_EMIT failed(views.error().message);
            Q_EMIT changed();
        });
    // The network starts at once, so that its answer is there when the student has found theirs.
    m_job = m_runner.submit<workflow::ClassifiedViews>(
        Lane::Compute, tr("Asking the network"),
        [classify = m_services.classify, set](const TaskContext& task) { return classify(set, task); }, this,
        [this, visit](Result<workflow::ClassifiedViews> answer) {
            if (visit != m_visit || !isOpen())
                return;
            m_job = nullptr;
            if (answer)
                m_network = std::move(*answer);
            else if (answer.error().code != ErrorCode::Cancelled)
                m_problem = answer.error().message;
            count();
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

QString AngiographySession::name() const {
    return isOpen() ? QString::fromStdString(m_sets.sets[static_cast<std::size_t>(m_patient)].name) : QString();
}

bool AngiographySession::synthetic() const {
    return isOpen() && (m_sets.synthetic || m_sets.sets[static_cast<std::size_t>(m_patient)].synthetic);
}

std::optional<workflow::ViewAngle> AngiographySession::angle(std::size_t view) const {
    if (!isOpen())
        return std::nullopt;
    const auto& angles = m_sets.sets[static_cast<std::size_t>(m_patient)].angles;
    if (view < angles.size())
        return angles[view];
    if (!synthetic() || view >= m_services.syntheticAngles.size())
        return std::nullopt;
    return workflow::ViewAngle{m_services.syntheticAngles[view], std::nullopt};
}

QStringList AngiographySession::locations() const {
    QStringList list;
    for (const auto& column : m_sets.columns) {
        if (!isAneurysm(column))
            list << QString::fromStdString(column);
    }
    if (list.isEmpty()) {
        for (const auto& location : m_services.locations)
            list << QString::fromStdString(location);
    }
    return list;
}

void AngiographySession::setAneurysm(bool there) {
    auto& answer = m_answers[m_patient];
    if (!isOpen() || answer.given)
        return;
    answer.aneurysm = there;
    if (!there)
        answer.location.clear();
    Q_EMIT changed();
}

void AngiographySession::setLocation(const QString& location) {
    auto& answer = m_answers[m_patient];
    if (!isOpen() || answer.given || answer.location == location)
        return;
    answer.location = location;
    Q_EMIT changed();
}

QString AngiographySession::whyNotAnswer() const {
    if (!isOpen())
        return tr("Open an angiography folder first.");
    if (answer().given)
        return tr("You have answered for this patient.");
    if (!answer().aneurysm)
        return tr("Say first whether you see an aneurysm.");
    if (*answer().aneurysm && answer().location.isEmpty() && !locations().isEmpty())
        return tr("Say first where you see it.");
    return {};
}

void AngiographySession::giveAnswer() {
    if (!whyNotAnswer().isEmpty())
        return;
    m_answers[m_patient].given = true;
    count();
    Q_EMIT changed();
}

void AngiographySession::count() {
    const auto* const said = network();
    const auto known = truth();
    if (said == nullptr || !known || m_counted[m_patient])
        return;
    m_counted[m_patient] = true;
    ++m_score.answered;
    const auto add = [&](Tally& tally, std::optional<Outcome> outcome) {
        tally.right += outcome && *outcome != Outcome::Wrong ? 1 : 0;
        const bool rightArtery = *known && outcome == Outcome::Right;
        tally.arteries += rightArtery || outcome == Outcome::WrongArtery ? 1 : 0;
        tally.arteriesRight += rightArtery ? 1 : 0;
    };
    add(m_score.student, outcome());
    add(m_score.network, networkOutcome());
}

AngiographySession::Outcome AngiographySession::judged(bool said, const QString& location, bool known) const {
    if (said != known)
        return Outcome::Wrong;
    if (!known)
        return Outcome::Right;
    if (location.isEmpty())
        return Outcome::ArteryOpen;
    for (const auto& [column, value] : m_sets.sets[static_cast<std::size_t>(m_patient)].truth) {
        if (value && QString::fromStdString(column).compare(location, Qt::CaseInsensitive) == 0)
            return *value ? Outcome::Right : Outcome::WrongArtery;
    }
    return trueLocations().isEmpty() ? Outcome::ArteryOpen : Outcome::WrongArtery;
}

std::optional<AngiographySession::Outcome> AngiographySession::outcome() const {
    const auto known = truth();
    if (!known || !answer().aneurysm)
        return std::nullopt;
    return judged(*answer().aneurysm, answer().location, *known);
}

QString AngiographySession::networkLocation() const {
    const auto* const said = network();
    if (said == nullptr || said->outputs.size() < 2 || !said->outputs.front().positive())
        return {};
    const auto likeliest = std::max_element(said->outputs.begin() + 1, said->outputs.end(),
                                            [](const auto& a, const auto& b) { return a.probability < b.probability; });
    return QString::fromStdString(likeliest->name);
}

std::optional<AngiographySession::Outcome> AngiographySession::networkOutcome() const {
    const auto* const said = network();
    const auto known = truth();
    if (said == nullptr || said->outputs.empty() || !known)
        return std::nullopt;
    return judged(said->outputs.front().positive(), networkLocation(), *known);
}

const workflow::ClassifiedViews* AngiographySession::network() const {
    return isOpen() && answer().given && m_network ? &*m_network : nullptr;
}

std::optional<bool> AngiographySession::truth() const {
    if (!isOpen() || !answer().given)
        return std::nullopt;
    for (const auto& [column, value] : m_sets.sets[static_cast<std::size_t>(m_patient)].truth) {
        if (isAneurysm(column))
            return value;
    }
    return std::nullopt;
}

QStringList AngiographySession::trueLocations() const {
    QStringList list;
    if (!isOpen() || !answer().given)
        return list;
    for (const auto& [column, value] : m_sets.sets[static_cast<std::size_t>(m_patient)].truth) {
        if (!isAneurysm(column) && value.value_or(false))
            list << QString::fromStdString(column);
    }
    return list;
}

void AngiographySession::setHeatVisible(bool on) {
    if (on == m_heatVisible)
        return;
    m_heatVisible = on;
    Q_EMIT changed();
}

} // namespace sulcus::session
