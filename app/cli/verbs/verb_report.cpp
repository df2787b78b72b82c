// SPDX-License-Identifier: Apache-2.0
#include "app/cli/paint.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/arguments.h"
#include "app/cli/verbs/print.h"
#include "app/program_paths.h"
#include "core/imaging/image_io.h"
#include "core/report/report_content.h"
#include "core/workflow/answer_json.h"
#include "core/workflow/chain.h"
#include "core/workflow/label_eras.h"

namespace sulcus::cli {

namespace {

const report::SentenceMaker kSentence = [](const Message& message) { return sentence(message); };

std::string checkReportName(const std::string& name) {
    return name.ends_with(".png") || name.ends_with(".pdf") ? std::string()
                                                            : "\"" + name + "\" does not end in .png or .pdf";
}

struct ReportArguments {
    std::string casePath;
    std::string mask;
    std::string truth;
    std::string labels;
    std::string output;
    std::string alignment = "auto";
    std::string bundle;
    ClinicArguments clinic;
    HospitalArguments hospitals;
};

std::string reportText(const report::ReportContent& content) {
    std::string text;
    std::string targets;
    for (const auto& [target, ml] : content.targetMl)
        targets += (targets.empty() ? "" : ", ") + imaging::toString(target) + " " + decimal(ml, 2) + " ml";
    text += line("Regions", targets);
    if (content.comparison) {
        std::string dice;
        for (const auto& [target, region] : content.comparison->regions)
            dice += (dice.empty() ? "" : ", ") + imaging::toString(target) + " " + decimal(region.dice, 3);
        text += line("Dice", dice + " against the truth");
    }
    if (content.location && !content.location->whole().regions.empty()) {
        const auto& main = content.location->whole().regions.front();
        text += line("Main place", placeName(main.region, main.side) + " (" + percent(main.share) + " of the mask)");
    }
    if (content.locationProblem)
        text += line("Place", sentence(*content.locationProblem));
    if (content.crossCheck)
        text += line("Verdict", sentence(clinic::nameMessageId(content.crossCheck->verdict)));
    if (!content.hospitals.empty())
        text += line("Hospital", content.hospitals.front().hospital.nameEn + " (first of " +
                                     std::to_string(content.hospitals.size()) + ", to verify)");
    return text + warningsText(content.warnings);
}

// A mask that this program wrote says in its header which network drew it: "Sulcus NAME VERSION, labels ...".
void readMakerOf(const imaging::LabelMap& mask, report::Provenance& provenance) {
    constexpr std::string_view kMark = "Sulcus ";
    if (!mask.description.starts_with(kMark))
        return;
    const auto said = mask.description.substr(kMark.size(), mask.description.find(',') - kMark.size());
    const auto gap = said.rfind(' ');
    provenance.bundleName = said.substr(0, gap);
    if (gap != std::string::npos)
        provenance.bundleVersion = said.substr(gap + 1);
}

/// What a person asks of a case beside its images; all of it is checked before anything slow begins.
struct Asked {
    std::string caseId;
    ClinicValues values;
    HospitalQuestion question;
};

/// `strict`: as in `clinicValues`.
Result<Asked> askedOf(const std::string& casePath, const ClinicArguments& clinic, const HospitalArguments& hospitals,
                      Tables& tables, bool strict) {
    auto files = imaging::findCase(casePath);
    if (!files)
        return fail(std::move(files.error()));
    auto values = clinicValues(clinic, *files, tables, strict);
    if (!values)
        return fail(std::move(values.error()));
    if (auto known = workflow::checkSymptoms(values->symptoms, *tables.knowledge); !known)
        return fail(std::move(known.error()));
    auto question = hospitalQuestion(hospitals, tables.hospitals);
    if (!question)
        return fail(std::move(question.error()));
    return Asked{files->id, std::move(*values), std::move(*question)};
}

/// The same questions go into a report and into the whole chain, whose requests name them alike.
template <typename Request>
void putInto(Request& request, const Asked& asked, const Tables& tables, const std::string& alignment) {
    request.symptoms = asked.values.symptoms;
    request.handedness = asked.values.handedness;
    request.patientPseudonym = asked.values.pseudonym;
    request.knowledge = tables.knowledge;
    request.hospitals = tables.hospitals;
    request.hospitalQuery = asked.question.query;
    request.hospitalsFrom = asked.question.from;
    request.alignment = alignmentOption(alignment);
}

Result<void> runReport(const ReportArguments& arguments, Invocation& invocation) {
    auto tables = openTables(invocation);
    if (!tables)
        return fail(std::move(tables.error()));
    auto asked = askedOf(arguments.casePath, arguments.clinic, arguments.hospitals, *tables, false);
    if (!asked)
        return fail(std::move(asked.error()));
    if (auto ready = invocation.prepareOutput(arguments.output); !ready)
        return ready;
    auto opened =
        openCaseAndMask(arguments.casePath, arguments.mask, arguments.labels, invocation.task().part(0.0, 0.4));
    if (!opened)
        return fail(std::move(opened.error()));
    const auto& imagingCase = *opened->imagingCase;

    workflow::ReportRequest request;
    request.imagingCase = opened->imagingCase;
    request.mask = opened->mask;
    request.era = opened->era;
    if (!arguments.truth.empty()) {
        auto truth = openLabelMap(arguments.truth, imagingCase.geometry(), invocation.task().part(0.4, 0.45));
        if (!truth)
            return fail(std::move(truth.error()));
        request.truthEra =
            eraOption(arguments.labels)
                .value_or(workflow::detectEra(**truth, arguments.truth, workflow::eraAround(imagingCase)));
        request.truth = std::move(*truth);
    }
    if (!arguments.bundle.empty()) {
        auto folder = app::findBundle(arguments.bundle, invocation.paths());
        if (!folder)
            return fail(std::move(folder.error()));
        auto bundle = learning::readBundle(*folder);
        if (!bundle)
            return fail(std::move(bundle.error()));
        for (const auto& label : bundle->labels)
            request.labelNames.push_back({static_cast<std::uint8_t>(label.value), label.code, label.colour, 0.0});
        asked->question.query.finding = workflow::findingOf(*bundle);
        request.provenance.bundleName = bundle->name;
        request.provenance.bundleVersion = bundle->version;
        request.provenance.weightsSha256 = bundle->weightsSha256;
    }
    if (request.provenance.bundleName.empty())
        readMakerOf(*opened->mask, request.provenance);
    putInto(request, *asked, *tables, arguments.alignment);
    request.provenance.readFromFile = true;
    request.provenance.programVersion = app::programVersion();
    request.provenance.createdAt = workflow::nowUtc();
    auto content = workflow::makeReport(request, invocation.paths(), invocation.task().part(0.45, 0.9));
    if (!content)
        return fail(std::move(content.error()));
    if (invocation.task().cancelled())
        return failCancelled();
    invocation.task().report(0.9, "stage.painting");
    if (auto written = PaintSession().report(*content, arguments.output); !written)
        return written;
    const auto twin = paint::twinOf(arguments.output);
    if (invocation.json()) {
        Json json{
            {"report", arguments.output}, {"twin", twin.string()}, {"patient_reason", asked->values.patientReason}};
        json["content"] = Json::parse(report::toJson(*content, kSentence));
        invocation.print(json);
        return {};
    }
    invocation.print(line("Case", content->caseId + (content->synthetic ? " (synthetic)" : "")) +
                     line("Patient", asked->values.patientReason) + reportText(*content) +
                     line("Report", arguments.output) + line("Twin", twin.string()));
    invocation.printPurpose();
    return {};
}

struct RunArguments {
    std::string casePath;
    std::string folder;
    std::string labels;
    std::string alignment = "auto";
    bool noRecord = false;
    DeviceArguments device;
    ClinicArguments clinic;
    HospitalArguments hospitals;
};

Result<void> runWhole(const RunArguments& arguments, Invocation& invocation) {
    auto options = segmentOptions(arguments.device, invocation);
    if (!options)
        return fail(std::move(options.error()));
    auto tables = arguments.noRecord ? openTables(invocation) : openDatabase(invocation);
    if (!tables)
        return fail(std::move(tables.error()));
    auto asked = askedOf(arguments.casePath, arguments.clinic, arguments.hospitals, *tables, true);
    if (!asked)
        return fail(std::move(asked.error()));
    const std::filesystem::path folder = arguments.folder;
    const auto mask = folder / (asked->caseId + "_mask.nii.gz");
    const auto page = folder / (asked->caseId + "_report.png");
    if (auto ready = invocation.prepareOutput(mask); !ready)
        return ready;

    workflow::ChainRequest request;
    request.casePath = arguments.casePath;
    request.segmentation = *options;
    if (const auto era = eraOption(arguments.labels)) {
        request.segmentation.era = *era;
        request.eraOfCase = false;
    }
    putInto(request, *asked, *tables, arguments.alignment);
    request.programVersion = app::programVersion();
    auto chain = workflow::runChain(request, invocation.paths(), invocation.task().part(0.0, 0.95));
    if (!chain)
        return fail(std::move(chain.error()));
    if (invocation.task().cancelled())
        return failCancelled();
    if (auto written = imaging::writeLabelMap(*chain->content.mask, mask); !written)
        return written;
    invocation.task().report(0.95, "stage.painting");
    if (auto written = PaintSession().report(chain->content, page); !written)
        return written;
    const auto& content = chain->content;
    const auto verdict = content.crossCheck ? report::toJson(*content.crossCheck, kSentence) : std::string();
    if (!arguments.noRecord) {
        if (auto recorded =
                workflow::recordChain(*tables->store, *chain, {mask, page}, verdict, asked->values.patientId);
            !recorded)
            return recorded;
    }
    if (invocation.json()) {
        Json json{{"case", content.caseId},  {"synthetic", content.synthetic},       {"mask", mask.string()},
                  {"report", page.string()}, {"twin", paint::twinOf(page).string()}, {"recorded", !arguments.noRecord}};
        json["segmentation"] =
            chain->segmentation ? Json::parse(workflow::toJson(*chain->segmentation, kSentence)) : Json(nullptr);
        json["content"] = Json::parse(report::toJson(content, kSentence));
        invocation.print(json);
        return {};
    }
    invocation.print(line("Case", content.caseId + (content.synthetic ? " (synthetic)" : "")) +
                     line("Patient", asked->values.patientReason) + reportText(content) + line("Mask", mask.string()) +
                     line("Report", page.string()) + line("Twin", paint::twinOf(page).string()));
    invocation.printPurpose();
    return {};
}

} // namespace

void addReport(Verbs& verbs) {
    auto* verb = addVerb(verbs, "report", "Write the report of a case and its mask: a picture and its JSON twin");
    auto arguments = std::make_shared<ReportArguments>();
    verb->add_option("CASE", arguments->casePath, "Folder of a case, or a single volume file")->required();
    verb->add_option("--mask", arguments->mask, "Label map on the case's grid")->required();
    verb->add_option("--truth", arguments->truth, "Label map to compare the mask with");
    verb->add_option("-o,--output", arguments->output, "Picture to write (.png, or .pdf)")
        ->required()
        ->check(checkReportName);
    verb->add_option("--bundle", arguments->bundle, "Bundle that drew the mask, for its label names and provenance");
    addLabelsOption(verb, arguments->labels, "Numbering of mask and truth; default: detected");
    addAlignmentOption(verb, arguments->alignment);
    addClinicOptions(verb, arguments->clinic);
    verb->add_option("--finding", arguments->hospitals.finding, "What the hospitals are to treat")
        ->check(CLI::IsMember({"brain", "lung", "liver", "aneurysm"}))
        ->capture_default_str();
    addHospitalOptions(verb, arguments->hospitals);
    verbs.table[verb] = [arguments](Invocation& invocation) { return runReport(*arguments, invocation); };
}

void addRun(Verbs& verbs) {
    auto* verb = addVerb(verbs, "run",
                         "The whole chain: open, segment, the patient's stored symptoms, verdict, hospitals, report");
    auto arguments = std::make_shared<RunArguments>();
    verb->add_option("CASE", arguments->casePath, "Folder of a case, or a single volume file")->required();
    verb->add_option("-o,--output", arguments->folder, "Folder for mask and report")->required();
    addDeviceOptions(verb, arguments->device);
    addLabelsOption(verb, arguments->labels, "Numbering of the mask: 2021 or 2023; default: that of the case");
    addAlignmentOption(verb, arguments->alignment);
    addClinicOptions(verb, arguments->clinic);
    addHospitalOptions(verb, arguments->hospitals);
    verb->add_flag("--no-record", arguments->noRecord, "Do not note study, volumes and report in the database");
    verbs.table[verb] = [arguments](Invocation& invocation) { return runWhole(*arguments, invocation); };
}

} // namespace sulcus::cli
