// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/chain.h"

#include "core/learning/bundle.h"
#include "core/workflow/label_eras.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace sulcus::workflow {

std::string nowUtc() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

clinic::Finding findingOf(const learning::Bundle& bundle) {
    const auto speaksOf = [&bundle](std::string_view word) {
        if (bundle.name.find(word) != std::string::npos)
            return true;
        const auto contains = [word](const std::string& text) { return text.find(word) != std::string::npos; };
        return std::any_of(bundle.outputs.begin(), bundle.outputs.end(),
                           [&](const learning::BundleOutput& output) { return contains(output.name); }) ||
               std::any_of(bundle.labels.begin(), bundle.labels.end(),
                           [&](const learning::BundleLabel& label) { return contains(label.code); });
    };
    if (speaksOf("lung"))
        return clinic::Finding::LungLesion;
    if (speaksOf("liver"))
        return clinic::Finding::LiverLesion;
    if (speaksOf("angio") || speaksOf("aneurysm"))
        return clinic::Finding::Aneurysm;
    return clinic::Finding::BrainTumour;
}

std::filesystem::path placeOf(const imaging::CaseFiles& files) {
    return files.kind == imaging::CaseKind::SingleVolume && !files.volumes.empty() ? files.volumes.begin()->second
                                                                                   : files.folder;
}

Result<PatientContext> patientOfCase(store::Store& store, const imaging::CaseFiles& files,
                                     const std::string& pseudonym) {
    PatientContext context;
    if (!pseudonym.empty()) {
        auto found = store.findPatientByPseudonym(pseudonym);
        if (!found)
            return fail(std::move(found.error()));
        if (!*found)
            return fail(ErrorCode::NotFound, "workflow.patient_unknown", {{"patient", pseudonym}});
        context.patient = std::move(**found);
        context.tie = PatientTie::Named;
    } else {
        auto owner = store.ownerOfCase(files.id, placeOf(files));
        if (!owner)
            return fail(std::move(owner.error()));
        context.namesake = std::move(owner->namesake);
        if (!owner->patient)
            return context;
        context.patient = std::move(owner->patient);
        context.tie = PatientTie::Place;
    }
    auto visits = store.visits(context.patient->id);
    if (!visits)
        return fail(std::move(visits.error()));
    const auto latest = std::max_element(visits->begin(), visits->end(), [](const auto& a, const auto& b) {
        return std::pair(a.date, a.id) < std::pair(b.date, b.id);
    });
    if (latest == visits->end())
        return context;
    context.visit = *latest;
    auto symptoms = store.symptoms(latest->id);
    if (!symptoms)
        return fail(std::move(symptoms.error()));
    for (const auto& stored : *symptoms)
        context.symptoms.push_back(stored.symptom);
    return context;
}

Result<ChainResult> runChain(const ChainRequest& request, const Paths& paths, const TaskContext& task) {
    ChainResult chain;
    chain.imagingCase = request.imagingCase;
    if (!chain.imagingCase) {
        auto opened = openCase(request.casePath, task.part(0.0, 0.1));
        if (!opened)
            return fail(std::move(opened.error()));
        chain.imagingCase = std::move(*opened);
    }
    const auto& imagingCase = *chain.imagingCase;

    ReportRequest report;
    report.imagingCase = chain.imagingCase;
    report.hospitalQuery = request.hospitalQuery;
    if (request.mask) {
        report.mask = request.mask;
        report.era = request.maskEra;
    } else {
        auto bundle = learning::readBundle(request.segmentation.bundle);
        if (!bundle)
            return fail(std::move(bundle.error()));
        report.hospitalQuery.finding = findingOf(*bundle);
        for (const auto& label : bundle->labels)
            report.labelNames.push_back({static_cast<std::uint8_t>(label.value), label.code, label.colour, 0.0});
        auto options = request.segmentation;
        if (request.eraOfCase)
            options.era = imagingCase.files.era;
        auto made = segment(imagingCase, options, task.part(0.1, 0.8));
        if (!made)
            return fail(std::move(made.error()));
        report.mask = made->mask;
        report.era = made->era;
        report.provenance.bundleName = made->bundleName;
        report.provenance.bundleVersion = made->bundleVersion;
        report.provenance.weightsSha256 = made->weightsSha256;
        report.provenance.device = made->device;
        chain.segmentation = std::move(*made);
    }
    report.truth = imagingCase.truth;
    if (report.truth)
        report.truthEra = report.era == imaging::LabelEra::Plain
                              ? imaging::LabelEra::Plain
                              : detectEra(*report.truth, imagingCase.files.truth.value_or(imagingCase.files.folder),
                                          imagingCase.files.era);
    report.symptoms = request.symptoms;
    report.handedness = request.handedness;
    report.patientPseudonym = request.patientPseudonym;
    report.knowledge = request.knowledge;
    report.hospitals = request.hospitals;
    report.hospitalsFrom = request.hospitalsFrom;
    report.alignment = request.alignment;
    report.provenance.programVersion = request.programVersion;
    report.provenance.createdAt = request.createdAt.empty() ? nowUtc() : request.createdAt;

    auto content = makeReport(report, paths, task.part(0.8, 1.0));
    if (!content)
        return fail(std::move(content.error()));
    chain.content = std::move(*content);
    if (chain.segmentation)
        chain.content.warnings.insert(chain.content.warnings.end(), chain.segmentation->warnings.begin(),
                                      chain.segmentation->warnings.end());
    return chain;
}

Result<void> recordChain(store::Store& store, const ChainResult& chain, const ChainFiles& files,
                         const std::string& crossCheckJson, std::int64_t patientId) {
    const auto& content = chain.content;
    const auto now = content.provenance.createdAt.empty() ? nowUtc() : content.provenance.createdAt;
    store::Study study;
    study.patientId = patientId;
    study.caseId = content.caseId;
    study.path = placeOf(chain.imagingCase->files).string();
    study.openedAt = now;
    study.synthetic = content.synthetic;
    auto studyId = store.saveStudy(study);
    if (!studyId)
        return fail(std::move(studyId.error()));

    store::StoredSegmentation segmentation;
    segmentation.studyId = *studyId;
    segmentation.path = files.mask.string();
    segmentation.bundle = content.provenance.bundleName;
    segmentation.bundleVersion = content.provenance.bundleVersion;
    segmentation.weightsSha256 = content.provenance.weightsSha256;
    segmentation.edited = content.provenance.edited;
    segmentation.createdAt = now;
    for (const auto& [target, ml] : content.targetMl)
        segmentation.mlPerTarget.emplace_back(imaging::toString(target), ml);
    if (auto saved = store.saveSegmentation(segmentation); !saved)
        return fail(std::move(saved.error()));

    if (content.crossCheck) {
        const store::StoredCrossCheck check{0, *studyId, clinic::toString(content.crossCheck->verdict), crossCheckJson,
                                            now};
        if (auto saved = store.saveCrossCheck(check); !saved)
            return fail(std::move(saved.error()));
    }
    if (!files.report.empty()) {
        if (auto saved = store.saveReport({0, *studyId, files.report.string(), now}); !saved)
            return fail(std::move(saved.error()));
    }
    return {};
}

} // namespace sulcus::workflow
