// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/case_session.h"
#include "ui/session/job_runner.h"
#include "ui/session/services.h"
#include "ui/session/store_service.h"

#include <QImage>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <bitset>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace sulcus::session {

enum class NoteKind { Info, Warning, Problem };

/// What a note is about. A success removes the problems of its own topic; General belongs to nothing else.
enum class NoteTopic {
    General,
    Open,    ///< a case
    Segment, ///< a network at work
    Read,    ///< a mask or an overlay
    Write,   ///< any file of the person's choice
    Place,
    Patient
};

/// What the last segmentation of the open case gave. Kept so that labels can be taken from it one by one, and so that a
/// click can decide a region anew from what the network was unsure of.
struct NetworkAnswer {
    imaging::LabelMapPtr mask; ///< null: no network has run on this case
    imaging::LabelEra era = imaging::LabelEra::Brats2021;
    MaskOrigin origin;
    std::vector<imaging::VolumePtr>
        probabilities;                         ///< one per output, 0..1 on the case's grid; empty: too large to keep
    std::vector<std::string> probabilityNames; ///< "WT", "TC", "ET"
    const imaging::Volume* probability(std::string_view name) const; ///< null when there is none of that name
};

/// What the person can ask of the program, joined to the session: opening, segmenting, placing, checking, reporting.
/// Widgets call it and show what its states and signals say.
///
/// Nothing here waits: work goes to the runner's lanes. Thread: GUI.
class Workbench : public QObject {
    Q_OBJECT
public:
    /// `database` empty: in memory.
    Workbench(Services services, JobRunner& runner, const std::filesystem::path& database, QObject* parent = nullptr);
    ~Workbench() override;

    CaseSession& session() { return m_session; }
    const CaseSession& session() const { return m_session; }
    JobRunner& runner() { return m_runner; }
    const Services& services() const { return m_services; }
    StoreService& store() { return m_store; }

    /// Loads knowledge, hospitals, recent cases and the list of bundles. Called once after the window is up.
    void start();

    /// Language of names inside reasons.
    void setLanguage(clinic::Language language) { m_language = language; }

    /// Opens a case, or asks by `choiceNeeded` when the path holds several things.
    void openCase(const std::filesystem::path& path);
    void openChoice(const OpenChoice& choice);
    /// Reads a case that is likely to be opened next, so that `openCase` finds it ready. One at a time; a new path
    /// drops the one before. Failures are silent: opening says them.
    void readAhead(const std::filesystem::path& path);
    bool hasReadAhead(const std::filesystem::path& path) const;
    void openDemo();
    void closeCase();

    const std::vector<learning::Bundle>& bundles() const { return m_bundles; }
    /// What the bundle that made the mask says of a label; null for BraTS labels and masks of unknown origin.
    const learning::BundleLabel* bundleLabel(std::uint8_t value) const;
    /// The label's name in the person's language: of its era, of the bundle that made the mask, or its number.
    QString labelName(std::uint8_t value) const;
    const std::vector<std::string>& devices() const { return m_devices; }
    /// Bundle that the next `segment` runs; the first that fits the open case unless one was chosen.
    std::filesystem::path chosenBundle() const { return m_bundle; }
    void chooseBundle(const std::filesystem::path& folder);
    /// Puts a bundle from outside the folder of bundles (a newly trained one) into the list, in place of an older one
    /// in the same folder.
    void addBundle(const learning::Bundle& bundle);
    workflow::DeviceChoice device() const { return m_device; }
    void chooseDevice(workflow::DeviceChoice device);

    /// Why the person cannot segment now, translated; empty when they can.
    QString whyNotSegment() const;
    void segment();
    bool segmenting() const { return !m_segmentJob.isNull(); }
    Job* segmentJob() const { return m_segmentJob; }
    const NetworkAnswer& networkAnswer() const { return m_answer; }
    /// Puts the network's answer in place as one undo step: the whole of it, or of the labels chosen alone. Labels in
    /// `locked` keep their voxels.
    void takeAnswer();
    void takeAnswer(const std::bitset<256>& labels, const std::bitset<256>& locked);

    /// Puts a label map of any grid over the case, as outlines; it is never edited. An empty path takes it away.
    void openOverlay(const std::filesystem::path& file);

    void importMask(const std::filesystem::path& file);
    void saveMask(const std::filesystem::path& file);
    void copyTruthToMask();

    /// Registers the case itself and refines the place. Done by itself after a network's answer or a mask that was
    /// read; later edits keep that registration. One that is refused leaves the fixed answer as it was.
    /// `Deformable` also bends the template to this brain; only a person asks for that.
    void refinePlace(workflow::Alignment how = workflow::Alignment::Registered);
    bool refining() const { return !m_refineJob.isNull(); }
    bool locating() const { return !m_locateJob.isNull() || !m_refineJob.isNull(); }

    const std::shared_ptr<const clinic::Knowledge>& knowledge() const { return m_knowledge; }
    void setSymptoms(std::vector<clinic::ReportedSymptom> symptoms);
    /// Onset, severity and note of a chosen symptom.
    void setSymptomDetail(const std::string& id, SymptomDetail detail);
    void setHandedness(clinic::Handedness handedness);
    void setPseudonym(const std::string& pseudonym);
    /// Offers the stored patient of the entered pseudonym (`patientOffered`), if there is one and none is taken yet.
    void lookForPseudonym();
    void setHospitalQuery(const clinic::HospitalQuery& query);
    const std::vector<clinic::Hospital>& hospitalDirectory() const { return m_directory; }
    /// Reads the directory again after a change; `knowledgeChanged` follows.
    void reloadHospitals();
    /// Regions that the chosen symptoms suggest, even with no case open.
    std::vector<clinic::RankedRegion> suggestedRegions() const;
    /// The same with sides.
    std::vector<clinic::SuggestedPlace> suggestedPlaces() const;

    /// Day of the visit that `savePatient` writes, ISO; today unless another was set.
    std::string visitDate() const;
    /// Another day: of a visit that is stored already, its day is corrected.
    void setVisitDate(const std::string& isoDay);
    /// The visit at hand is in the database.
    bool visitStored() const { return m_visitId != 0; }
    /// The next save writes a further visit of this patient, today until told otherwise; the symptoms stay as a start.
    void newVisit();

    /// Writes patient, the visit with its symptoms, and, of an open case, study, measured mask and verdict into the
    /// database.
    void savePatient();
    /// Patient of an earlier study of this case; offered, not taken.
    const std::optional<store::Patient>& offeredPatient() const { return m_offered; }
    void takeOfferedPatient();
    void dismissOfferedPatient();
    void takePatient(const store::Patient& patient);
    bool patientUnsaved() const { return m_patientUnsaved; }
    /// The database no longer holds this patient: the form keeps its words, and a save makes a new one.
    void patientRemoved(std::int64_t id);
    /// The database holds other words about this patient: the form follows if it shows them.
    void patientStored(const store::Patient& patient);
    /// A new form for another person: no pseudonym, no symptoms.
    void clearPatient();
    /// Places and symptoms are compared for brains: false for an open CT.
    bool comparesPlace() const;
    /// Opens, segments, takes the stored patient and symptoms of the case, finds the place and the verdict. An empty
    /// path goes on with the open case. `chainFinished` follows, once, unless a step fails or is cancelled.
    void runChain(const std::filesystem::path& path);
    bool chaining() const { return m_chain != ChainStep::None; }

    const std::vector<store::RecentCase>& recentCases() const { return m_recent; }

    QString whyNoReport() const;
    void previewReport();
    const QImage& reportPreview() const { return m_preview; }
    bool reporting() const { return !m_reportJob.isNull(); }
    void exportReport(const std::filesystem::path& png);

    /// Name of the region at a world point of the open case, translated by id; empty when not known.
    std::optional<anatomy::Place> placeAt(imaging::WorldPoint point) const;
    /// Atlas of the running program, once a case was placed or `wantAtlas` was answered; null before.
    const std::shared_ptr<const anatomy::Atlas>& atlas() const { return m_atlas; }
    /// Loads the atlas beside the window unless it is there; `atlasReady` follows.
    void wantAtlas();
    const std::map<imaging::Sequence, QImage>& thumbnails() const { return m_thumbnails; }

    /// Moves the cursor to the middle of the largest component of the mask.
    void centreOnMask();

Q_SIGNALS:
    /// A sentence for the message bar.
    void noted(sulcus::session::NoteKind kind, const sulcus::Message& message,
               sulcus::session::NoteTopic topic = sulcus::session::NoteTopic::General);
    /// Something went well that has no sentence of its own.
    void settled(sulcus::session::NoteTopic topic);
    void recentChanged();
    void bundlesChanged();
    void knowledgeChanged();
    void previewChanged();
    void patientOffered();
    void patientChanged(); ///< taken, saved or reset: the form reads it anew
    void aboutToSegment(); ///< a network is about to run
    void segmented();      ///< a network's answer is in place
    void answerHeld();     ///< a network has answered, but the mask holds hand work: the person chooses what to take
    void located();        ///< a place (or its problem) is in the findings
    void opened();         ///< a case is open and its views may be shown
    /// The path of `openCase` holds several things: the person chooses one, and `openChoice` goes on.
    void choiceNeeded(const std::vector<sulcus::session::OpenChoice>& choices);
    void atlasReady();
    void chainFinished(); ///< place and verdict are in the findings
    void reportWritten(const QString& file);

private:
    void note(NoteKind kind, Message message, NoteTopic topic = NoteTopic::General);
    void noteError(const Error& error, NoteTopic topic = NoteTopic::General);
    void adopt(Services::CasePtr imagingCase, CaseLook look);
    void pickBundle();
    void scheduleMaskFollowUps();
    void followMask();
    void locate();
    void answerTaken(const imaging::LabelMapPtr& before);
    void adoptPlace(Result<anatomy::Location> location);
    void chainOn();
    void endChain() { m_chain = ChainStep::None; }
    void crossCheck();
    void rankHospitals();
    void rememberStudy();
    void reloadRecent();
    void lookForPatient();
    void forgetVisit();
    std::optional<workflow::ReportRequest> reportRequest() const;
    bool takeReadAhead(const std::filesystem::path& path);

    enum class ChainStep { None, Opening, Patient, Segmenting, Placing };

    Services m_services;
    JobRunner& m_runner;
    StoreService m_store;
    CaseSession m_session;
    std::vector<learning::Bundle> m_bundles;
    std::vector<std::string> m_devices;
    std::filesystem::path m_bundle;
    bool m_bundleChosen = false;
    workflow::DeviceChoice m_device = workflow::DeviceChoice::Automatic;
    std::shared_ptr<const clinic::Knowledge> m_knowledge;
    std::vector<clinic::Hospital> m_directory;
    std::vector<store::RecentCase> m_recent;
    std::optional<store::Patient> m_offered;
    bool m_patientUnsaved = false;
    clinic::Language m_language = clinic::Language::English;
    std::shared_ptr<const anatomy::Atlas> m_atlas;
    std::optional<AtlasPlacement> m_placement;
    bool m_refineNext = false; ///< the next mask is whole and new: its place is found without waiting for more
    bool m_refused = false;    ///< the open case could not be registered: not tried again unasked
    ChainStep m_chain = ChainStep::None;
    std::map<imaging::Sequence, QImage> m_thumbnails;
    imaging::CtRegion m_ctRegion = imaging::CtRegion::Unknown;
    QImage m_preview;
    NetworkAnswer m_answer;
    QTimer m_followUp;
    std::filesystem::path m_aheadPath;
    Services::CasePtr m_aheadCase; ///< null: none, or still being read
    CaseLook m_aheadLook;
    QPointer<Job> m_aheadJob;
    QPointer<Job> m_openJob;
    QPointer<Job> m_segmentJob;
    QPointer<Job> m_locateJob;
    QPointer<Job> m_refineJob;
    QPointer<Job> m_atlasJob;
    QPointer<Job> m_measureJob;
    QPointer<Job> m_reportJob;
    std::string m_visitDate;    ///< ISO day; empty: today
    std::int64_t m_visitId = 0; ///< of the visit at hand; 0: not stored
};

/// ISO 8601 UTC of this moment, as the database and reports hold it.
std::string utcNow();

} // namespace sulcus::session
