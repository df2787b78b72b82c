// SPDX-License-Identifier: Apache-2.0
#include "core/imaging/editing/label_delta.h"
#include "core/workflow/case_fit.h"
#include "ui/session/message_catalogue.h"
#include "ui/session/plain_words.h"
#include "ui/session/window_presets.h"
#include "ui/session/workbench.h"

#include <QCoreApplication>
#include <algorithm>
#include <string_view>
#include <utility>

namespace sulcus::session {

namespace fs = std::filesystem;
using imaging::LabelMapPtr;

namespace {

bool fits(const learning::Bundle& bundle, const imaging::Case& imagingCase) {
    return workflow::fitsCase(bundle.inputs, imagingCase);
}

/// Whether a network marks the organ that such a CT is taken for.
bool showsOrgan(const learning::Bundle& bundle, imaging::CtRegion region) {
    const QString organ = region == imaging::CtRegion::Chest     ? QStringLiteral("lung")
                          : region == imaging::CtRegion::Abdomen ? QStringLiteral("liver")
                                                                 : QString();
    return !organ.isEmpty() &&
           std::any_of(bundle.labels.begin(), bundle.labels.end(), [&](const learning::BundleLabel& label) {
               return QString::fromStdString(label.name).contains(organ, Qt::CaseInsensitive);
           });
}

/// A CT that shows chest and abdomen opens in the window of one of them. In that one the other's organ may be all white
/// or all black, and no outline can be judged; a window that the person chose stays.
void followOrgan(CaseSession& session, const learning::Bundle& bundle) {
    const imaging::VolumePtr ct = session.data()->imagingCase->find(imaging::Sequence::Ct);
    const char* const preset = showsOrgan(bundle, imaging::CtRegion::Chest)     ? "lung"
                               : showsOrgan(bundle, imaging::CtRegion::Abdomen) ? "soft"
                                                                                : nullptr;
    if (!ct || preset == nullptr)
        return;
    const auto& presets = ctPresets();
    const auto wanted = std::find_if(presets.begin(), presets.end(), [&](const WindowPreset& candidate) {
        return std::string_view(candidate.id) == preset;
    });
    if (wanted == presets.end())
        return;
    const auto shown = session.display()->windows.find(imaging::Sequence::Ct);
    if (shown == session.display()->windows.end() || shown->second != automaticWindow(*ct, imaging::Sequence::Ct))
        return;
    const Window window = ctWindow(static_cast<std::size_t>(wanted - presets.begin()), *ct);
    session.display().update([&](DisplayState& display) { display.windows[imaging::Sequence::Ct] = window; });
}

/// Probabilities are kept unless they would take more than this.
constexpr std::size_t kKeptProbabilityBytes = std::size_t{1536} << 20;

} // namespace

const imaging::Volume* NetworkAnswer::probability(std::string_view name) const {
    for (std::size_t n = 0; n < probabilities.size() && n < probabilityNames.size(); ++n)
        if (probabilityNames[n] == name)
            return probabilities[n].get();
    return nullptr;
}

void Workbench::pickBundle() {
    if (m_bundles.empty()) {
        m_bundle.clear();
        return;
    }
    if (m_bundleChosen && std::any_of(m_bundles.begin(), m_bundles.end(),
                                      [&](const learning::Bundle& bundle) { return bundle.folder == m_bundle; }))
        return;
    m_bundle = m_bundles.front().folder;
    if (!m_session.hasCase())
        return;
    bool found = false;
    for (const learning::Bundle& bundle : m_bundles) {
        if (bundle.task.rfind("segmentation", 0) != 0 || !fits(bundle, *m_session.data()->imagingCase))
            continue;
        const bool wanted = showsOrgan(bundle, m_ctRegion);
        if (wanted || !found)
            m_bundle = bundle.folder;
        found = true;
        if (wanted)
            break;
    }
    Q_EMIT bundlesChanged();
}

const learning::BundleLabel* Workbench::bundleLabel(std::uint8_t value) const {
    const CaseData& data = const_cast<CaseSession&>(m_session).data().value();
    if (data.era != imaging::LabelEra::Plain || data.origin.bundleName.empty())
        return nullptr;
    const auto bundle = std::find_if(m_bundles.begin(), m_bundles.end(), [&](const learning::Bundle& known) {
        return known.name == data.origin.bundleName;
    });
    if (bundle == m_bundles.end())
        return nullptr;
    const auto label = std::find_if(bundle->labels.begin(), bundle->labels.end(),
                                    [&](const learning::BundleLabel& known) { return known.value == value; });
    return label == bundle->labels.end() ? nullptr : &*label;
}

QString Workbench::labelName(std::uint8_t value) const {
    if (value == 0)
        return QCoreApplication::translate("Workbench", "background");
    const imaging::LabelEra era = const_cast<CaseSession&>(m_session).data()->era;
    if (const learning::BundleLabel* const label = bundleLabel(value))
        return labelWord(*label);
    if (era != imaging::LabelEra::Plain)
        for (const imaging::LabelDefinition& label : imaging::labelDefinitions(era))
            if (label.value == value)
                return sentence(label.messageId);
    return QCoreApplication::translate("Workbench", "label %1").arg(value);
}

void Workbench::addBundle(const learning::Bundle& bundle) {
    std::erase_if(m_bundles, [&](const learning::Bundle& other) { return other.folder == bundle.folder; });
    m_bundles.push_back(bundle);
    Q_EMIT bundlesChanged();
}

void Workbench::chooseBundle(const fs::path& folder) {
    m_bundle = folder;
    m_bundleChosen = true;
    Q_EMIT bundlesChanged();
}

void Workbench::chooseDevice(workflow::DeviceChoice device) { m_device = device; }

QString Workbench::whyNotSegment() const {
    if (!m_session.hasCase())
        return QCoreApplication::translate("Workbench", "Open a case first.");
    if (m_segmentJob)
        return QCoreApplication::translate("Workbench", "A network is already at work.");
    if (m_bundles.empty())
        return QCoreApplication::translate("Workbench", "No network bundle was found. Start with --models FOLDER.");
    const auto chosen = std::find_if(m_bundles.begin(), m_bundles.end(),
                                     [&](const learning::Bundle& bundle) { return bundle.folder == m_bundle; });
    if (chosen != m_bundles.end() && !fits(*chosen, *const_cast<CaseSession&>(m_session).data()->imagingCase))
        return QCoreApplication::translate("Workbench", "This network needs sequences that the case does not have.");
    return {};
}

void Workbench::segment() {
    if (!whyNotSegment().isEmpty())
        return;
    const auto imagingCase = m_session.data()->imagingCase;
    workflow::SegmentOptions options;
    options.bundle = m_bundle;
    options.device = m_device;
    options.era = m_session.data()->era;
    std::size_t outputs = 3;
    std::optional<clinic::Finding> finding;
    for (const learning::Bundle& bundle : m_bundles)
        if (bundle.folder == m_bundle) {
            outputs = std::max<std::size_t>(1, bundle.outputs.size());
            if (m_services.findingOf)
                finding = m_services.findingOf(bundle);
        }
    options.keepProbabilities = imagingCase->geometry().voxelCount() * outputs * sizeof(float) <= kKeptProbabilityBytes;
    Q_EMIT aboutToSegment();
    m_segmentJob = m_runner.submit<workflow::SegmentationResult>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Segmenting"),
        [services = m_services, imagingCase, options](const TaskContext& task) {
            return services.segment(*imagingCase, options, task);
        },
        this,
        [this, imagingCase, finding](Result<workflow::SegmentationResult> result) {
            m_segmentJob.clear();
            if (!result) {
                endChain();
                noteError(result.error(), NoteTopic::Segment);
                return;
            }
            if (m_session.data()->imagingCase != imagingCase)
                return;
            Q_EMIT settled(NoteTopic::Segment);
            if (finding)
                m_session.findings().update([&](FindingData& findings) { findings.hospitalQuery.finding = *finding; });
            m_answer = {result->mask,
                        result->era,
                        {result->bundleName, result->bundleVersion, result->weightsSha256, result->device,
                         result->seconds.total, false},
                        std::move(result->probabilities),
                        std::move(result->probabilityNames)};
            for (const Message& warning : result->warnings)
                note(NoteKind::Warning, warning);
            // Hand work is never overwritten by a network without a question.
            if (m_session.hasMask() && m_session.data()->origin.edited) {
                m_session.data().update([](CaseData&) {});
                Q_EMIT answerHeld();
            } else {
                takeAnswer();
            }
        });
    m_session.data().update([](CaseData&) {}); // conditions of actions look at the job
}

void Workbench::takeAnswer() {
    if (!m_answer.mask)
        return;
    const LabelMapPtr before = m_session.data()->mask;
    m_refineNext = true;
    m_session.display().update([](DisplayState& display) { display.maskVisible = true; });
    m_session.changeMask(QCoreApplication::translate("Workbench", "Segment with %1")
                             .arg(QString::fromStdString(m_answer.origin.bundleName)),
                         m_answer.mask, m_answer.origin, m_answer.era);
    m_session.display().update([&](DisplayState& display) {
        for (std::uint8_t value = 1; value < 255; ++value)
            if (const learning::BundleLabel* const label = bundleLabel(value))
                display.labels[value].colour = label->colour;
    });
    for (const learning::Bundle& bundle : m_bundles)
        if (bundle.name == m_answer.origin.bundleName)
            followOrgan(m_session, bundle);
    Q_EMIT segmented();
    answerTaken(before);
}

void Workbench::answerTaken(const LabelMapPtr& before) {
    if (m_chain == ChainStep::Segmenting)
        m_chain = ChainStep::Placing;
    if (m_session.data()->mask != before)
        return;
    // The same answer as before: its place is known or on its way.
    m_refineNext = false;
    if (m_chain == ChainStep::Placing && !m_followUp.isActive() && !m_locateJob) {
        endChain();
        Q_EMIT chainFinished();
    }
}

void Workbench::takeAnswer(const std::bitset<256>& labels, const std::bitset<256>& locked) {
    if (!m_answer.mask || !m_session.hasMask())
        return;
    imaging::LabelMap source = m_answer.mask->geometry.size == m_session.geometry().size
                                   ? *m_answer.mask
                                   : imaging::LabelMap{m_session.geometry(), {}, {}};
    if (source.voxels.empty())
        return;
    if (m_answer.era != m_session.data()->era)
        source = imaging::convertEra(source, m_answer.era, m_session.data()->era);
    imaging::EditRules rules;
    rules.locked = locked;
    auto after = std::make_shared<imaging::LabelMap>(*m_session.data()->mask);
    imaging::copyLabels(*m_session.data()->mask, source, labels, rules).apply(*after);
    MaskOrigin origin = m_session.data()->origin;
    origin.edited = true;
    m_session.changeMask(QCoreApplication::translate("Workbench", "Take labels of %1")
                             .arg(QString::fromStdString(m_answer.origin.bundleName)),
                         std::move(after), origin);
    Q_EMIT segmented();
    answerTaken(nullptr);
}

} // namespace sulcus::session
