// SPDX-License-Identifier: Apache-2.0
#include "ui/session/workbench.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

namespace sulcus::session {

namespace fs = std::filesystem;
using imaging::LabelMapPtr;

namespace {

/// A scan of the chest is no head: registering it to a brain would only cost time.
bool mayShowABrain(const imaging::Case& imagingCase) {
    return imagingCase.volumes.front().sequence != imaging::Sequence::Ct && !imagingCase.geometry().isSlice;
}

/// Forgets a job that has ended; a newer one that took its place stays.
void forget(QPointer<Job>& job) {
    if (job && job->state() == JobState::Done)
        job.clear();
}

std::vector<clinic::MaskRegion> maskRegions(const anatomy::TargetLocation& target) {
    std::vector<clinic::MaskRegion> regions;
    for (const anatomy::RegionShare& share : target.regions)
        regions.push_back({share.region, share.side, share.share});
    return regions;
}

} // namespace

void Workbench::locate() {
    for (const QPointer<Job>& job : {m_locateJob, m_refineJob})
        if (job)
            job->cancel();
    const LabelMapPtr mask = m_session.data()->mask;
    const auto imagingCase = m_session.data()->imagingCase;
    if (!mask || !imagingCase || !m_services.locate)
        return;
    const imaging::LabelEra era = m_session.data()->era;
    // A case is registered once: its images stay the same however its mask is edited.
    std::optional<AtlasPlacement> registered;
    if (m_placement && m_placement->atlas && m_placement->alignment.method != "fixed" &&
        m_placement->alignment.isKnown())
        registered = m_placement;
    m_locateJob = m_runner.submit<anatomy::Location>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Finding the place"),
        [services = m_services, mask, imagingCase, era,
         registered](const TaskContext& task) -> Result<anatomy::Location> {
            if (registered)
                return anatomy::locate(*mask, era, registered->alignment, *registered->atlas, task);
            return services.locate(*imagingCase, *mask, era, workflow::Alignment::Fixed, task);
        },
        this,
        [this, mask, imagingCase, again = registered.has_value()](Result<anatomy::Location> location) {
            forget(m_locateJob);
            if (m_session.data()->mask != mask)
                return;
            m_refineNext = false;
            if (!location && location.error().code == ErrorCode::Cancelled) {
                if (!m_locateJob)
                    endChain();
                return;
            }
            const bool placed = location.has_value();
            const bool noSpace = !placed && location.error().code == ErrorCode::Unsupported;
            adoptPlace(std::move(location));
            // A mask in the making need not wait for a registration; a whole one is worth it, once.
            const bool whole = placed && !m_session.data()->origin.edited;
            if (m_services.registerToAtlas && !again && !m_refused && mayShowABrain(*imagingCase) && (whole || noSpace))
                refinePlace();
        });
    m_session.findings().update([](FindingData& findings) { findings.before.reset(); });
}

void Workbench::adoptPlace(Result<anatomy::Location> location) {
    m_session.findings().update([&](FindingData& findings) {
        findings.location.reset();
        findings.locationProblem.reset();
        if (location)
            findings.location = std::move(*location);
        else
            findings.locationProblem = location.error().message;
    });
    crossCheck();
    Q_EMIT located();
    if (m_chain == ChainStep::Placing) {
        endChain();
        Q_EMIT chainFinished();
    }
}

bool Workbench::comparesPlace() const {
    const auto imagingCase = const_cast<CaseSession&>(m_session).data()->imagingCase;
    return !imagingCase || imagingCase->volumes.front().sequence != imaging::Sequence::Ct;
}

void Workbench::refinePlace(workflow::Alignment how) {
    const LabelMapPtr mask = m_session.data()->mask;
    const auto imagingCase = m_session.data()->imagingCase;
    if (!mask || !imagingCase || m_refineJob)
        return;
    struct Refined {
        AtlasPlacement placement;
        anatomy::Location location;
    };
    const imaging::LabelEra era = m_session.data()->era;
    m_refineJob = m_runner.submit<Refined>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Refining the place"),
        [services = m_services, mask, imagingCase, era, how](const TaskContext& task) -> Result<Refined> {
            Refined refined;
            const auto& bring =
                how == workflow::Alignment::Deformable ? services.deformToAtlas : services.registerToAtlas;
            if (!bring) {
                auto location = services.locate(*imagingCase, *mask, era, how, task);
                if (!location)
                    return fail(std::move(location.error()));
                refined.location = std::move(*location);
                return refined;
            }
            auto placement = bring(*imagingCase, *mask, task.part(0.0, 0.95));
            if (!placement)
                return fail(std::move(placement.error()));
            auto location = anatomy::locate(*mask, era, placement->alignment, *placement->atlas, task.part(0.95, 1.0));
            if (!location)
                return fail(std::move(location.error()));
            refined.placement = std::move(*placement);
            refined.location = std::move(*location);
            return refined;
        },
        this,
        [this, mask, imagingCase](Result<Refined> refined) {
            forget(m_refineJob);
            if (m_session.data()->imagingCase != imagingCase)
                return;
            if (!refined) {
                m_session.findings().update([](FindingData&) {}); // it no longer runs
                if (refined.error().code == ErrorCode::Cancelled)
                    return;
                m_refused = true;
                if (m_session.findings()->location)
                    note(NoteKind::Warning, refined.error().message, NoteTopic::Place);
                else if (m_session.data()->mask == mask)
                    adoptPlace(fail(std::move(refined.error())));
                return;
            }
            Q_EMIT settled(NoteTopic::Place);
            if (refined->placement.atlas)
                m_placement = std::move(refined->placement);
            if (m_session.data()->mask != mask) {
                if (!m_locateJob)
                    locate();
                return;
            }
            const std::optional<anatomy::Location> before = m_session.findings()->location;
            adoptPlace(std::move(refined->location));
            m_session.findings().update([&](FindingData& findings) {
                if (before && before->method != findings.location->method)
                    findings.before = before;
            });
            m_session.view().update([](ViewState&) {}); // names under the pointer follow
        });
    m_session.findings().update([](FindingData&) {});
}

void Workbench::runChain(const fs::path& path) {
    if (path.empty()) {
        if (!m_session.hasCase())
            return;
        m_chain = ChainStep::Patient;
        if (!m_offered) {
            chainOn();
            return;
        }
        takeOfferedPatient(); // goes on when the symptoms are there
        return;
    }
    openCase(path);
    m_chain = ChainStep::Opening;
}

void Workbench::chainOn() {
    if (m_chain != ChainStep::Patient)
        return;
    if (const QString why = whyNotSegment(); !why.isEmpty()) {
        endChain();
        note(NoteKind::Problem, {"session.chain_stopped", {{"reason", why.toStdString()}}});
        return;
    }
    m_chain = ChainStep::Segmenting;
    segment();
}

void Workbench::wantAtlas() {
    if (m_atlas || m_atlasJob || !m_services.atlas)
        return;
    using AtlasPtr = std::shared_ptr<const anatomy::Atlas>;
    m_atlasJob = m_runner.submit<AtlasPtr>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Loading the atlas"),
        [services = m_services](const TaskContext& task) { return services.atlas(task); }, this,
        [this](Result<AtlasPtr> atlas) {
            m_atlasJob.clear();
            if (!atlas) {
                noteError(atlas.error());
                return;
            }
            if (m_atlas)
                return;
            m_atlas = std::move(*atlas);
            Q_EMIT atlasReady();
        });
}

void Workbench::crossCheck() {
    const FindingData& findings = m_session.findings().value();
    std::optional<clinic::CrossCheck> answer;
    if (findings.location && m_knowledge) {
        const anatomy::Location& location = *findings.location;
        const anatomy::TargetLocation& whole = location.whole();
        clinic::CrossCheckInput input;
        input.wholeTumour = maskRegions(whole);
        const auto core = location.targets.find(imaging::Target::TumourCore);
        if (core != location.targets.end())
            input.core = maskRegions(core->second);
        input.leftShare = whole.leftShare;
        input.rightShare = whole.rightShare;
        input.symptoms = findings.symptoms;
        input.handedness = findings.handedness;
        input.language = m_language;
        answer = clinic::crossCheck(input, *m_knowledge);
    }
    m_session.findings().update([&](FindingData& data) { data.crossCheck = std::move(answer); });
    rankHospitals();
}

std::vector<clinic::RankedRegion> Workbench::suggestedRegions() const {
    const FindingData& findings = const_cast<CaseSession&>(m_session).findings().value();
    return m_knowledge ? clinic::suggestedRegions(findings.symptoms, *m_knowledge)
                       : std::vector<clinic::RankedRegion>{};
}

std::vector<clinic::SuggestedPlace> Workbench::suggestedPlaces() const {
    const FindingData& findings = const_cast<CaseSession&>(m_session).findings().value();
    return m_knowledge ? clinic::suggestedPlaces(findings.symptoms, findings.handedness, *m_knowledge)
                       : std::vector<clinic::SuggestedPlace>{};
}

void Workbench::reloadHospitals() {
    m_store.ask<std::vector<clinic::Hospital>>(
        QCoreApplication::translate("Workbench", "Reading the hospitals"),
        [](store::Store& store) { return store.hospitals(); }, this,
        [this](Result<std::vector<clinic::Hospital>> hospitals) {
            if (!hospitals) {
                noteError(hospitals.error());
                return;
            }
            m_directory = std::move(*hospitals);
            Q_EMIT knowledgeChanged();
            rankHospitals();
        });
}

void Workbench::setHospitalQuery(const clinic::HospitalQuery& query) {
    m_session.findings().update([&](FindingData& findings) { findings.hospitalQuery = query; });
    rankHospitals();
}

void Workbench::rankHospitals() {
    clinic::HospitalQuery query = m_session.findings()->hospitalQuery;
    query.mainRegion.reset();
    const FindingData& now = m_session.findings().value();
    if (now.crossCheck)
        query.mainRegion = now.crossCheck->mainRegion;
    query.seizures = std::any_of(now.symptoms.begin(), now.symptoms.end(), [&](const clinic::ReportedSymptom& symptom) {
        const clinic::Symptom* const known = m_knowledge ? m_knowledge->symptom(symptom.id) : nullptr;
        return known != nullptr && known->group == "seizure";
    });
    query.limit = 0;
    auto ranked = clinic::rankHospitals(m_directory, query);
    m_session.findings().update([&](FindingData& findings) {
        findings.hospitalQuery = query;
        findings.hospitals = std::move(ranked);
    });
}

std::optional<anatomy::Place> Workbench::placeAt(imaging::WorldPoint point) const {
    if (!m_placement || !m_placement->atlas)
        return std::nullopt;
    return anatomy::placeAt(point, m_placement->alignment, *m_placement->atlas);
}

} // namespace sulcus::session
