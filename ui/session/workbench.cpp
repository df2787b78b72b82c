// SPDX-License-Identifier: Apache-2.0
#include "ui/session/workbench.h"

#include "core/base/log.h"
#include "core/imaging/dicom_seg/dicom_segmentation.h"
#include "core/imaging/editing/label_delta.h"
#include "core/workflow/case_fit.h"
#include "ui/session/message_catalogue.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <utility>

namespace sulcus::session {

namespace fs = std::filesystem;
using imaging::LabelMapPtr;

namespace {

// Edits come in bursts; place and measures follow when the hand rests.
constexpr int kFollowUpMilliseconds = 200;

/// A case with its first look, made together on the Io lane.
struct OpenedCase {
    Services::CasePtr imagingCase;
    CaseLook look;
    std::vector<OpenChoice> choices = {}; ///< instead of a case: the path holds several things
};

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

/// Probabilities are kept unless they would take more than this.
constexpr std::size_t kKeptProbabilityBytes = std::size_t{1536} << 20;

/// A scan of the chest is no head: registering it to a brain would only cost time.
bool mayShowABrain(const imaging::Case& imagingCase) {
    return imagingCase.volumes.front().sequence != imaging::Sequence::Ct && !imagingCase.geometry().isSlice;
}

/// The answer in few words, for the history of a study; ids only, no text about the person.
std::string shortAnswer(const clinic::CrossCheck& check) {
    const auto list = [](const std::vector<std::string>& ids) {
        QJsonArray array;
        for (const std::string& id : ids)
            array.append(QString::fromStdString(id));
        return array;
    };
    QJsonObject answer;
    answer[QStringLiteral("verdict")] = QString::fromStdString(clinic::toString(check.verdict));
    if (check.mainRegion)
        answer[QStringLiteral("main_region")] = QString::fromStdString(anatomy::toString(*check.mainRegion));
    answer[QStringLiteral("unexplained")] = list(check.unexplained);
    answer[QStringLiteral("expected")] = list(check.expected);
    return QJsonDocument(answer).toJson(QJsonDocument::Compact).toStdString();
}

/// Notes mask and verdict of a study, unless the latest stored ones say the same.
Result<void> storeAnswer(store::Store& store, const store::StoredSegmentation& segmentation,
                         const std::optional<store::StoredCrossCheck>& crossCheck) {
    auto earlier = store.segmentations(segmentation.studyId);
    if (!earlier)
        return fail(std::move(earlier.error()));
    const bool known = !earlier->empty() && earlier->back().mlPerTarget == segmentation.mlPerTarget &&
                       earlier->back().weightsSha256 == segmentation.weightsSha256 &&
                       earlier->back().edited == segmentation.edited && earlier->back().path == segmentation.path;
    if (!known)
        if (auto saved = store.saveSegmentation(segmentation); !saved)
            return fail(std::move(saved.error()));
    if (!crossCheck)
        return {};
    auto checks = store.crossChecks(segmentation.studyId);
    if (!checks)
        return fail(std::move(checks.error()));
    if (checks->empty() || checks->back().json != crossCheck->json)
        if (auto saved = store.saveCrossCheck(*crossCheck); !saved)
            return fail(std::move(saved.error()));
    return {};
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

const imaging::Volume* NetworkAnswer::probability(std::string_view name) const {
    for (std::size_t n = 0; n < probabilities.size() && n < probabilityNames.size(); ++n)
        if (probabilityNames[n] == name)
            return probabilities[n].get();
    return nullptr;
}

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

void Workbench::note(NoteKind kind, Message message) { Q_EMIT noted(kind, message); }

void Workbench::noteError(const Error& error) {
    if (error.code == ErrorCode::Cancelled) {
        note(NoteKind::Info, error.message);
        return;
    }
    log(LogLevel::Warning, "window", error.message.id + (error.context.empty() ? "" : ": " + error.context));
    note(NoteKind::Problem, error.message);
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

void Workbench::openCase(const fs::path& path) {
    endChain();
    if (takeReadAhead(path))
        return;
    if (m_openJob)
        m_openJob->cancel();
    const QString name = QFileInfo(QString::fromStdString(path.string())).fileName();
    m_openJob = m_runner.submit<OpenedCase>(
        Lane::Io, QCoreApplication::translate("Workbench", "Opening %1").arg(name),
        [services = m_services, path](const TaskContext& task) -> Result<OpenedCase> {
            // What cannot be looked into is left to the reader, which has a sentence for it.
            if (services.choices)
                if (auto choices = services.choices(path, task.part(0.0, 0.2)); choices && choices->size() > 1)
                    return OpenedCase{nullptr, {}, std::move(*choices)};
            auto imagingCase = services.openCase(path, task.part(services.choices ? 0.2 : 0.0, 0.9));
            if (!imagingCase)
                return fail(std::move(imagingCase.error()));
            OpenedCase opened{std::move(*imagingCase), {}};
            opened.look = lookAt(*opened.imagingCase);
            task.report(1.0);
            return opened;
        },
        this,
        [this](Result<OpenedCase> opened) {
            if (!opened) {
                noteError(opened.error());
                return;
            }
            if (!opened->imagingCase) {
                Q_EMIT choiceNeeded(opened->choices);
                return;
            }
            adopt(std::move(opened->imagingCase), std::move(opened->look));
        });
}

void Workbench::openChoice(const OpenChoice& choice) {
    if (m_openJob)
        m_openJob->cancel();
    m_openJob = m_runner.submit<OpenedCase>(
        Lane::Io, QCoreApplication::translate("Workbench", "Opening %1").arg(QString::fromStdString(choice.files.id)),
        [services = m_services, files = choice.files](const TaskContext& task) -> Result<OpenedCase> {
            auto imagingCase = services.openFiles(files, task.part(0.0, 0.9));
            if (!imagingCase)
                return fail(std::move(imagingCase.error()));
            OpenedCase opened{std::move(*imagingCase), {}};
            opened.look = lookAt(*opened.imagingCase);
            return opened;
        },
        this,
        [this](Result<OpenedCase> opened) {
            if (!opened) {
                noteError(opened.error());
                return;
            }
            adopt(std::move(opened->imagingCase), std::move(opened->look));
        });
}

void Workbench::readAhead(const fs::path& path) {
    if (path == m_aheadPath)
        return;
    if (m_aheadJob)
        m_aheadJob->cancel();
    m_aheadCase.reset();
    m_aheadPath = path;
    if (path.empty())
        return;
    m_aheadJob = m_runner.submit<OpenedCase>(
        Lane::Io, QCoreApplication::translate("Workbench", "Reading the next case"),
        [services = m_services, path](const TaskContext& task) -> Result<OpenedCase> {
            auto imagingCase = services.openCase(path, task);
            if (!imagingCase)
                return fail(std::move(imagingCase.error()));
            OpenedCase opened{std::move(*imagingCase), {}};
            opened.look = lookAt(*opened.imagingCase);
            return opened;
        },
        this,
        [this, path](Result<OpenedCase> opened) {
            if (path != m_aheadPath)
                return;
            if (opened) {
                m_aheadCase = std::move(opened->imagingCase);
                m_aheadLook = std::move(opened->look);
            } else {
                m_aheadPath.clear();
            }
        });
}

bool Workbench::hasReadAhead(const fs::path& path) const { return m_aheadCase && path == m_aheadPath; }

bool Workbench::takeReadAhead(const fs::path& path) {
    const bool ready = hasReadAhead(path);
    // A reading under way would only hold the lane: the opening reads the file that the person wants.
    if (m_aheadJob)
        m_aheadJob->cancel();
    const Services::CasePtr ahead = std::exchange(m_aheadCase, nullptr);
    m_aheadPath.clear();
    if (!ready)
        return false;
    if (m_openJob)
        m_openJob->cancel();
    // On the next turn, as any other opening: whoever asked may still have to note that they wait for it.
    QTimer::singleShot(0, this, [this, ahead, look = std::move(m_aheadLook)] { adopt(ahead, look); });
    return true;
}

void Workbench::openDemo() {
    endChain();
    if (m_openJob)
        m_openJob->cancel();
    m_openJob = m_runner.submit<OpenedCase>(
        Lane::Io, QCoreApplication::translate("Workbench", "Preparing the demo case"),
        [services = m_services](const TaskContext& task) -> Result<OpenedCase> {
            auto folder = services.demoCase(task.part(0.0, 0.7));
            if (!folder)
                return fail(std::move(folder.error()));
            auto imagingCase = services.openCase(*folder, task.part(0.7, 0.95));
            if (!imagingCase)
                return fail(std::move(imagingCase.error()));
            OpenedCase opened{std::move(*imagingCase), {}};
            opened.look = lookAt(*opened.imagingCase);
            return opened;
        },
        this,
        [this](Result<OpenedCase> opened) {
            if (!opened) {
                noteError(opened.error());
                return;
            }
            adopt(std::move(opened->imagingCase), std::move(opened->look));
        });
}

void Workbench::adopt(Services::CasePtr imagingCase, CaseLook look) {
    if (m_chain != ChainStep::Opening)
        endChain();
    const bool kept = !m_session.hasCase() && m_patientUnsaved;
    m_refused = false;
    for (const QPointer<Job>& job : {m_segmentJob, m_locateJob, m_refineJob, m_measureJob, m_reportJob})
        if (job)
            job->cancel();
    m_followUp.stop();
    m_placement.reset();
    m_refineNext = false;
    m_preview = {};
    m_offered.reset();
    m_patientUnsaved = kept;
    m_answer = {};
    m_thumbnails = look.thumbnails;
    m_ctRegion = look.ctRegion;
    m_session.open(imagingCase, look);
    pickBundle();
    for (const Message& warning : imagingCase->warnings)
        note(NoteKind::Warning, warning);
    Q_EMIT patientChanged();
    Q_EMIT previewChanged();
    Q_EMIT opened();
    lookForPatient();
    if (!m_services.placeInAtlas)
        return;
    m_runner.submit<AtlasPlacement>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Placing the case in the atlas"),
        [services = m_services, imagingCase](const TaskContext& task) {
            return services.placeInAtlas(*imagingCase, task);
        },
        this,
        [this, imagingCase](Result<AtlasPlacement> placement) {
            // Without an atlas the regions stay unnamed; locating a mask says why.
            if (!placement)
                return;
            if (!m_atlas) {
                m_atlas = placement->atlas;
                Q_EMIT atlasReady();
            }
            if (m_session.data()->imagingCase == imagingCase && !m_placement) {
                m_placement = std::move(*placement);
                m_session.view().update([](ViewState&) {});
            }
        });
}

void Workbench::closeCase() {
    endChain();
    for (const QPointer<Job>& job : {m_openJob, m_segmentJob, m_locateJob, m_refineJob, m_measureJob, m_reportJob})
        if (job)
            job->cancel();
    m_followUp.stop();
    m_placement.reset();
    m_refineNext = false;
    m_offered.reset();
    m_preview = {};
    m_answer = {};
    m_session.close();
    reloadRecent();
    Q_EMIT patientChanged();
    Q_EMIT previewChanged();
}

// Networks
// -------------------------------------------------------------------------------------------------------------

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
    if (const learning::BundleLabel* const label = bundleLabel(value)) {
        const std::string id = "label." + label->code;
        return hasSentence(id) ? sentence(id) : QString::fromStdString(label->name);
    }
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
                noteError(result.error());
                return;
            }
            if (m_session.data()->imagingCase != imagingCase)
                return;
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

// Mask
// -----------------------------------------------------------------------------------------------------------------

void Workbench::importMask(const fs::path& file) {
    if (!m_session.hasCase())
        return;
    const auto imagingCase = m_session.data()->imagingCase;
    const std::string name = file.filename().string();
    m_runner.submit<LabelMapPtr>(
        Lane::Io, QCoreApplication::translate("Workbench", "Reading %1").arg(QString::fromStdString(name)),
        [services = m_services, imagingCase, file, name](const TaskContext& task) -> Result<LabelMapPtr> {
            auto map = imaging::isDicomSegmentation(file)
                           ? imaging::readSegmentationMask(file, imagingCase->geometry(), task)
                           : services.readMask(file, task);
            if (!map)
                return fail(std::move(map.error()));
            if (!imaging::sameGridIgnoringOrigin(map->geometry, imagingCase->geometry()))
                return fail(ErrorCode::ShapeMismatch, "session.mask_other_grid", {{"file", name}});
            map->geometry = imagingCase->geometry();
            return std::make_shared<const imaging::LabelMap>(std::move(*map));
        },
        this,
        [this, imagingCase, file](Result<LabelMapPtr> map) {
            if (!map) {
                noteError(map.error());
                return;
            }
            if (m_session.data()->imagingCase != imagingCase)
                return;
            m_refineNext = true;
            m_session.changeMask(QCoreApplication::translate("Workbench", "Read mask"), *map, {});
            m_session.markSaved(file);
        });
}

void Workbench::openOverlay(const fs::path& file) {
    if (!m_session.hasCase())
        return;
    if (file.empty()) {
        m_session.data().update([](CaseData& data) {
            data.overlay.reset();
            data.overlayName.clear();
        });
        return;
    }
    const std::string name = file.filename().string();
    m_runner.submit<LabelMapPtr>(
        Lane::Io, QCoreApplication::translate("Workbench", "Reading %1").arg(QString::fromStdString(name)),
        [services = m_services, file,
         grid = m_session.data()->imagingCase->geometry()](const TaskContext& task) -> Result<LabelMapPtr> {
            auto map = imaging::isDicomSegmentation(file) ? imaging::readSegmentationMask(file, grid, task)
                                                          : services.readMask(file, task);
            if (!map)
                return fail(std::move(map.error()));
            return std::make_shared<const imaging::LabelMap>(std::move(*map));
        },
        this,
        [this, imagingCase = m_session.data()->imagingCase, name](Result<LabelMapPtr> map) {
            if (!map) {
                noteError(map.error());
                return;
            }
            if (m_session.data()->imagingCase != imagingCase)
                return;
            m_session.display().update([](DisplayState& display) { display.overlayVisible = true; });
            m_session.data().update([&](CaseData& data) {
                data.overlay = std::move(*map);
                data.overlayName = name;
            });
        });
}

void Workbench::saveMask(const fs::path& file) {
    const LabelMapPtr mask = m_session.data()->mask;
    if (!mask)
        return;
    m_runner.submit<void>(
        Lane::Io, QCoreApplication::translate("Workbench", "Saving the mask"),
        [services = m_services, mask, file](const TaskContext&) { return services.writeMask(*mask, file); }, this,
        [this, mask, file](Result<void> written) {
            if (!written) {
                noteError(written.error());
                return;
            }
            if (m_session.data()->mask == mask)
                m_session.markSaved(file);
            note(NoteKind::Info, {"session.mask_saved", {{"file", file.string()}}});
        });
}

void Workbench::copyTruthToMask() {
    if (!m_session.hasTruth())
        return;
    m_refineNext = true;
    m_session.changeMask(QCoreApplication::translate("Workbench", "Copy truth to mask"),
                         m_session.data()->imagingCase->truth, {});
    centreOnMask();
}

void Workbench::scheduleMaskFollowUps() {
    m_preview = {};
    Q_EMIT previewChanged();
    m_followUp.start(m_refineNext ? 0 : kFollowUpMilliseconds);
}

void Workbench::followMask() {
    if (m_measureJob)
        m_measureJob->cancel();
    const LabelMapPtr mask = m_session.data()->mask;
    const auto imagingCase = m_session.data()->imagingCase;
    if (!mask || !imagingCase) {
        m_session.findings().update([](FindingData& findings) {
            findings.location.reset();
            findings.before.reset();
            findings.locationProblem.reset();
        });
        for (const QPointer<Job>& job : {m_locateJob, m_refineJob})
            if (job)
                job->cancel();
        crossCheck();
        Q_EMIT located();
        return;
    }
    // The place first: it takes milliseconds, and distances between surfaces may take seconds.
    locate();
    struct Measures {
        std::vector<imaging::Component> components;
        std::optional<imaging::Comparison> comparison;
    };
    const imaging::LabelEra era = m_session.data()->era;
    m_measureJob = m_runner.submit<Measures>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Measuring"),
        [services = m_services, mask, imagingCase, era](const TaskContext& task) -> Result<Measures> {
            Measures measures;
            const imaging::Target whole =
                era == imaging::LabelEra::Plain ? imaging::Target::Mask : imaging::Target::WholeTumour;
            measures.components = imaging::findComponents(
                *mask, [&](std::uint8_t value) { return imaging::belongsTo(value, whole, era); });
            if (imagingCase->truth && services.compare) {
                auto comparison = services.compare(*mask, era, *imagingCase->truth, imagingCase->files.era, task);
                if (comparison)
                    measures.comparison = std::move(*comparison);
                else if (comparison.error().code == ErrorCode::Cancelled)
                    return failCancelled();
            }
            return measures;
        },
        this,
        [this, mask](Result<Measures> measures) {
            if (!measures || m_session.data()->mask != mask)
                return;
            const bool first = m_session.data()->components.empty();
            m_session.data().update([&](CaseData& data) {
                data.components = std::move(measures->components);
                data.comparison = std::move(measures->comparison);
            });
            if (first && m_session.undoStack().index() > 0 && !m_session.data()->origin.edited)
                centreOnMask();
        });
}

void Workbench::centreOnMask() {
    const CaseData& data = m_session.data().value();
    if (!data.mask)
        return;
    if (!data.components.empty()) {
        const imaging::VoxelIndex inside = data.components.front().inside;
        const imaging::WorldPoint point = data.mask->geometry.worldFromIndex(
            {static_cast<double>(inside.i), static_cast<double>(inside.j), static_cast<double>(inside.k)});
        m_session.view().update([&](ViewState& view) { view.cursor = point; });
    }
}

// Place and verdict
// ----------------------------------------------------------------------------------------------------

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
                    note(NoteKind::Warning, refined.error().message);
                else if (m_session.data()->mask == mask)
                    adoptPlace(fail(std::move(refined.error())));
                return;
            }
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

// The chain
// -------------------------------------------------------------------------------------------------------------

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

void Workbench::setSymptoms(std::vector<clinic::ReportedSymptom> symptoms) {
    if (symptoms == m_session.findings()->symptoms)
        return;
    m_patientUnsaved = true;
    m_session.findings().update([&](FindingData& findings) {
        findings.symptoms = std::move(symptoms);
        std::erase_if(findings.details, [&](const auto& entry) {
            return std::none_of(findings.symptoms.begin(), findings.symptoms.end(),
                                [&](const clinic::ReportedSymptom& symptom) { return symptom.id == entry.first; });
        });
    });
    crossCheck();
}

void Workbench::setSymptomDetail(const std::string& id, SymptomDetail detail) {
    const FindingData& now = m_session.findings().value();
    const bool chosen = std::any_of(now.symptoms.begin(), now.symptoms.end(),
                                    [&](const clinic::ReportedSymptom& symptom) { return symptom.id == id; });
    const auto known = now.details.find(id);
    if (!chosen || detail == (known == now.details.end() ? SymptomDetail{} : known->second))
        return;
    m_patientUnsaved = true;
    m_session.findings().update([&](FindingData& findings) {
        if (detail == SymptomDetail{})
            findings.details.erase(id);
        else
            findings.details[id] = std::move(detail);
    });
}

void Workbench::setHandedness(clinic::Handedness handedness) {
    if (handedness == m_session.findings()->handedness)
        return;
    m_patientUnsaved = true;
    m_session.findings().update([&](FindingData& findings) { findings.handedness = handedness; });
    crossCheck();
}

void Workbench::setPseudonym(const std::string& pseudonym) {
    if (pseudonym == m_session.findings()->patient.pseudonym)
        return;
    m_patientUnsaved = true;
    m_session.findings().update([&](FindingData& findings) { findings.patient.pseudonym = pseudonym; });
}

void Workbench::lookForPseudonym() {
    const std::string pseudonym = m_session.findings()->patient.pseudonym;
    if (pseudonym.empty() || m_session.findings()->patient.id != 0 || (m_offered && m_offered->pseudonym == pseudonym))
        return;
    m_store.ask<std::optional<store::Patient>>(
        QCoreApplication::translate("Workbench", "Looking for the patient"),
        [pseudonym](store::Store& store) { return store.findPatientByPseudonym(pseudonym); }, this,
        [this, pseudonym](Result<std::optional<store::Patient>> found) {
            const FindingData& now = m_session.findings().value();
            if (!found || !found->has_value() || now.patient.id != 0 || now.patient.pseudonym != pseudonym)
                return;
            m_offered = std::move(**found);
            Q_EMIT patientOffered();
        });
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

// Patients and the database
// --------------------------------------------------------------------------------------------

void Workbench::lookForPatient() {
    struct Found {
        std::optional<store::Patient> patient;
        std::optional<store::Patient> namesake;
        std::int64_t studyId = 0;
    };
    const StorageState storage = m_session.storage().value();
    const bool synthetic = m_session.data()->imagingCase->synthetic;
    m_store.ask<Found>(
        QCoreApplication::translate("Workbench", "Remembering the case"),
        [storage, synthetic](store::Store& store) -> Result<Found> {
            Found found;
            store::Study study;
            if (auto owner = store.ownerOfCase(storage.caseId, storage.path)) {
                found.patient = std::move(owner->patient);
                found.namesake = std::move(owner->namesake);
            }
            study.caseId = storage.caseId;
            study.path = storage.path.string();
            study.openedAt = utcNow();
            study.synthetic = synthetic;
            auto id = store.saveStudy(study);
            if (!id)
                return fail(std::move(id.error()));
            found.studyId = *id;
            return found;
        },
        this,
        [this, path = storage.path](Result<Found> found) {
            if (m_session.storage()->path != path)
                return;
            const bool chained = m_chain == ChainStep::Opening;
            if (chained)
                m_chain = ChainStep::Patient;
            if (!found) {
                noteError(found.error());
                chainOn();
                return;
            }
            m_session.storage().update([&](StorageState& state) { state.studyId = found->studyId; });
            if (found->patient) {
                if (chained) {
                    takePatient(*found->patient); // goes on when the symptoms are there
                } else if (m_session.findings()->patient.id != found->patient->id) {
                    m_offered = std::move(found->patient);
                    Q_EMIT patientOffered();
                }
            } else {
                // A name alone ties nobody to images: the person is told, and decides by typing the pseudonym.
                if (found->namesake)
                    Q_EMIT noted(NoteKind::Info,
                                 {"session.patient_of_same_name",
                                  {{"case", m_session.storage()->caseId}, {"patient", found->namesake->pseudonym}}});
                chainOn();
            }
            reloadRecent();
        });
}

void Workbench::takeOfferedPatient() {
    if (!m_offered)
        return;
    const store::Patient patient = *m_offered;
    m_offered.reset();
    takePatient(patient);
    Q_EMIT patientOffered();
}

void Workbench::dismissOfferedPatient() {
    m_offered.reset();
    Q_EMIT patientOffered();
}

void Workbench::takePatient(const store::Patient& patient) {
    m_store.ask<std::vector<store::VisitSymptom>>(
        QCoreApplication::translate("Workbench", "Reading the patient"),
        [id = patient.id](store::Store& store) -> Result<std::vector<store::VisitSymptom>> {
            auto visits = store.visits(id);
            if (!visits)
                return fail(std::move(visits.error()));
            if (visits->empty())
                return std::vector<store::VisitSymptom>{};
            const auto latest =
                std::max_element(visits->begin(), visits->end(), [](const store::Visit& a, const store::Visit& b) {
                    return std::pair(a.date, a.id) < std::pair(b.date, b.id);
                });
            return store.symptoms(latest->id);
        },
        this,
        [this, patient](Result<std::vector<store::VisitSymptom>> symptoms) {
            if (!symptoms) {
                noteError(symptoms.error());
                chainOn();
                return;
            }
            // What was ticked before the patient was recognised is of this patient too, and newer than what is stored.
            const bool entered =
                m_patientUnsaved && m_session.findings()->patient.id == 0 && !m_session.findings()->symptoms.empty();
            m_session.findings().update([&](FindingData& findings) {
                findings.patient = patient;
                if (!entered || findings.handedness == clinic::Handedness::Unknown)
                    findings.handedness = patient.handedness;
                if (!entered) {
                    findings.symptoms.clear();
                    findings.details.clear();
                }
                for (const store::VisitSymptom& entry : *symptoms) {
                    if (std::any_of(findings.symptoms.begin(), findings.symptoms.end(),
                                    [&](const clinic::ReportedSymptom& known) { return known.id == entry.symptom.id; }))
                        continue;
                    findings.symptoms.push_back(entry.symptom);
                    const SymptomDetail detail{entry.onset, entry.severity, entry.note};
                    if (detail != SymptomDetail{})
                        findings.details[entry.symptom.id] = detail;
                }
            });
            m_patientUnsaved = entered;
            Q_EMIT patientChanged();
            crossCheck();
            chainOn();
        });
}

void Workbench::savePatient() {
    const FindingData findings = m_session.findings().value();
    if (findings.patient.pseudonym.empty()) {
        note(NoteKind::Problem, {"session.pseudonym_missing", {}});
        return;
    }
    const StorageState storage = m_session.storage().value();
    const bool hasCase = m_session.hasCase();
    const bool synthetic = hasCase && m_session.data()->imagingCase->synthetic;
    std::optional<store::StoredSegmentation> segmentation;
    std::optional<store::StoredCrossCheck> crossCheck;
    if (m_session.hasMask()) {
        const CaseData& data = m_session.data().value();
        segmentation.emplace();
        segmentation->path = storage.maskFile.string();
        segmentation->bundle = data.origin.bundleName;
        segmentation->bundleVersion = data.origin.bundleVersion;
        segmentation->weightsSha256 = data.origin.weightsSha256;
        segmentation->edited = data.origin.edited;
        segmentation->createdAt = utcNow();
        for (const auto& [target, ml] : data.targetMl)
            segmentation->mlPerTarget.emplace_back(imaging::toString(target), ml);
        std::sort(segmentation->mlPerTarget.begin(), segmentation->mlPerTarget.end());
        if (findings.crossCheck)
            crossCheck = {0, 0, clinic::toString(findings.crossCheck->verdict), shortAnswer(*findings.crossCheck),
                          utcNow()};
    }
    struct Saved {
        store::Patient patient;
        std::int64_t studyId = 0;
    };
    m_store.ask<Saved>(
        QCoreApplication::translate("Workbench", "Saving the patient"),
        [findings, storage, hasCase, synthetic, segmentation,
         crossCheck](store::Store& store) mutable -> Result<Saved> {
            store::Patient patient = findings.patient;
            patient.handedness = findings.handedness;
            // A known name whose record was never taken over: nothing that is stored may be lost by saving.
            bool notTaken = false;
            if (patient.id == 0) {
                auto same = store.findPatientByPseudonym(patient.pseudonym);
                if (!same)
                    return fail(std::move(same.error()));
                if (same->has_value()) {
                    notTaken = true;
                    store::Patient known = **same;
                    if (patient.handedness != clinic::Handedness::Unknown)
                        known.handedness = patient.handedness;
                    patient = known;
                }
            }
            auto id = store.savePatient(patient);
            if (!id)
                return fail(std::move(id.error()));
            patient.id = *id;
            store::Visit visit;
            visit.patientId = patient.id;
            visit.date = utcNow().substr(0, 10);
            // One visit a day: saving twice corrects the first.
            auto visits = store.visits(patient.id);
            if (visits)
                for (const store::Visit& earlier : *visits)
                    if (earlier.date == visit.date)
                        visit = earlier;
            std::vector<store::VisitSymptom> rows;
            for (const clinic::ReportedSymptom& symptom : findings.symptoms) {
                const auto known = findings.details.find(symptom.id);
                const SymptomDetail detail = known == findings.details.end() ? SymptomDetail{} : known->second;
                rows.push_back({symptom, detail.onset, detail.severity, detail.note});
            }
            if (notTaken && visit.id != 0) {
                auto stored = store.symptoms(visit.id);
                if (!stored)
                    return fail(std::move(stored.error()));
                for (store::VisitSymptom& entry : *stored)
                    if (std::none_of(rows.begin(), rows.end(), [&](const store::VisitSymptom& row) {
                            return row.symptom.id == entry.symptom.id;
                        }))
                        rows.push_back(std::move(entry));
            }
            auto visitId = store.saveVisit(visit, rows);
            if (!visitId)
                return fail(std::move(visitId.error()));
            Saved saved{patient, 0};
            if (hasCase) {
                store::Study study;
                study.patientId = patient.id;
                study.visitId = *visitId;
                study.caseId = storage.caseId;
                study.path = storage.path.string();
                study.openedAt = utcNow();
                study.synthetic = synthetic;
                auto studyId = store.saveStudy(study);
                if (!studyId)
                    return fail(std::move(studyId.error()));
                saved.studyId = *studyId;
                if (segmentation) {
                    segmentation->studyId = *studyId;
                    if (crossCheck)
                        crossCheck->studyId = *studyId;
                    if (auto stored = storeAnswer(store, *segmentation, crossCheck); !stored)
                        return fail(std::move(stored.error()));
                }
            }
            return saved;
        },
        this,
        [this, path = storage.path](Result<Saved> saved) {
            if (!saved) {
                noteError(saved.error());
                return;
            }
            m_session.findings().update([&](FindingData& data) { data.patient = saved->patient; });
            if (saved->studyId != 0 && m_session.storage()->path == path)
                m_session.storage().update([&](StorageState& state) { state.studyId = saved->studyId; });
            m_patientUnsaved = false;
            note(NoteKind::Info, {"session.patient_saved", {}});
            Q_EMIT patientChanged();
        });
}

void Workbench::patientRemoved(std::int64_t id) {
    if (m_offered && m_offered->id == id)
        dismissOfferedPatient();
    if (id == 0 || m_session.findings()->patient.id != id)
        return;
    m_session.findings().update([](FindingData& findings) { findings.patient.id = 0; });
    m_patientUnsaved = true;
    if (m_session.hasCase()) {
        // The study went with the patient.
        m_session.storage().update([](StorageState& state) { state.studyId = 0; });
        lookForPatient();
    }
    Q_EMIT patientChanged();
}

void Workbench::patientStored(const store::Patient& patient) {
    if (patient.id == 0 || m_session.findings()->patient.id != patient.id)
        return;
    m_session.findings().update([&](FindingData& findings) {
        findings.patient = patient;
        findings.handedness = patient.handedness;
    });
    Q_EMIT patientChanged();
    crossCheck();
}

void Workbench::clearPatient() {
    m_session.findings().update([](FindingData& findings) {
        findings.patient = {};
        findings.symptoms.clear();
        findings.details.clear();
        findings.handedness = clinic::Handedness::Unknown;
    });
    m_patientUnsaved = false;
    Q_EMIT patientChanged();
    crossCheck();
}

// Report
// ---------------------------------------------------------------------------------------------------------------

QString Workbench::whyNoReport() const {
    if (!m_session.hasCase())
        return QCoreApplication::translate("Workbench", "Open a case first.");
    if (!m_session.hasMask())
        return QCoreApplication::translate("Workbench",
                                           "A report needs a mask: segment the case or read a mask first.");
    return {};
}

std::optional<workflow::ReportRequest> Workbench::reportRequest() const {
    auto& session = const_cast<CaseSession&>(m_session);
    const CaseData& data = session.data().value();
    if (!data.imagingCase || !data.mask)
        return std::nullopt;
    const FindingData& findings = session.findings().value();
    workflow::ReportRequest request;
    request.imagingCase = data.imagingCase;
    request.mask = data.mask;
    request.era = data.era;
    for (const auto& [value, ml] : data.labelMl)
        if (const learning::BundleLabel* const label = bundleLabel(value))
            request.labelNames.push_back({value, label->code, label->colour, 0.0});
    request.truth = data.imagingCase->truth;
    request.truthEra = data.imagingCase->files.era;
    request.location = findings.location;
    request.symptoms = findings.symptoms;
    request.handedness = findings.handedness;
    request.patientPseudonym = findings.patient.pseudonym;
    request.knowledge = m_knowledge;
    request.hospitals = m_directory;
    request.hospitalQuery = findings.hospitalQuery;
    request.hospitalQuery.limit = 5;
    request.provenance.programVersion = QCoreApplication::applicationVersion().toStdString();
    request.provenance.bundleName = data.origin.bundleName;
    request.provenance.bundleVersion = data.origin.bundleVersion;
    request.provenance.weightsSha256 = data.origin.weightsSha256;
    request.provenance.device = data.origin.device;
    request.provenance.edited = data.origin.edited;
    request.provenance.createdAt = utcNow();
    if (findings.location)
        request.provenance.alignmentMethod = findings.location->method;
    return request;
}

void Workbench::previewReport() {
    const auto request = reportRequest();
    if (!request || m_reportJob)
        return;
    m_reportJob = m_runner.submit<QImage>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Painting the report"),
        [services = m_services, request = *request](const TaskContext& task) -> Result<QImage> {
            auto content = services.makeReport(request, task.part(0.0, 0.5));
            if (!content)
                return fail(std::move(content.error()));
            return services.paintReport(*content, task.part(0.5, 1.0));
        },
        this,
        [this, mask = request->mask](Result<QImage> picture) {
            m_reportJob.clear();
            if (!picture) {
                noteError(picture.error());
                return;
            }
            if (m_session.data()->mask == mask)
                m_preview = std::move(*picture);
            Q_EMIT previewChanged();
        });
    Q_EMIT previewChanged();
}

void Workbench::exportReport(const fs::path& png) {
    const auto request = reportRequest();
    if (!request)
        return;
    m_runner.submit<void>(
        Lane::Compute, QCoreApplication::translate("Workbench", "Writing the report"),
        [services = m_services, request = *request, png](const TaskContext& task) -> Result<void> {
            auto content = services.makeReport(request, task.part(0.0, 0.5));
            if (!content)
                return fail(std::move(content.error()));
            return services.writeReport(*content, png, task.part(0.5, 1.0));
        },
        this,
        [this, png, studyId = m_session.storage()->studyId](Result<void> written) {
            if (!written) {
                noteError(written.error());
                return;
            }
            note(NoteKind::Info, {"session.report_written", {{"file", png.string()}}});
            Q_EMIT reportWritten(QString::fromStdString(png.string()));
            if (studyId == 0)
                return;
            m_store.ask<std::int64_t>(
                QCoreApplication::translate("Workbench", "Remembering the report"),
                [studyId, path = png.string()](store::Store& store) {
                    return store.saveReport({0, studyId, path, utcNow()});
                },
                this,
                [this](Result<std::int64_t> saved) {
                    if (!saved)
                        noteError(saved.error());
                });
        });
}

std::optional<anatomy::Place> Workbench::placeAt(imaging::WorldPoint point) const {
    if (!m_placement || !m_placement->atlas)
        return std::nullopt;
    return anatomy::placeAt(point, m_placement->alignment, *m_placement->atlas);
}

} // namespace sulcus::session
