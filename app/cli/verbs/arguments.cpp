// SPDX-License-Identifier: Apache-2.0
#include "app/cli/verbs/arguments.h"

#include "app/program_paths.h"
#include "core/imaging/dicom_seg/dicom_segmentation.h"
#include "core/imaging/image_io.h"
#include "core/imaging/resample.h"
#include "core/learning/segmenter.h"
#include "core/workflow/chain.h"
#include "core/workflow/label_eras.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <sstream>
#include <system_error>

namespace sulcus::cli {

CLI::App* addVerb(Verbs& verbs, const std::string& name, const std::string& description) {
    auto* verb = verbs.root.add_subcommand(name, description);
    verb->add_flag("--json", verbs.common.json, "Answer as JSON on stdout");
    verb->add_option("--models", verbs.common.models, "Folder of the network bundles");
    verb->add_option("--db", verbs.common.database, "Database file");
    verb->add_flag("--progress", verbs.common.progress, "Show progress on stderr even when it is no terminal");
    return verb;
}

void addDeviceOptions(CLI::App* verb, DeviceArguments& arguments) {
    verb->add_option("--bundle", arguments.bundle, "Name of a bundle, or the path of its folder")
        ->capture_default_str();
    verb->add_option("--device", arguments.device, "Where the network runs")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
        ->capture_default_str();
    verb->add_flag("--flips", arguments.flips,
                   "Average over mirrored inputs, along the axes that the bundle names; each doubles the time");
}

Result<workflow::SegmentOptions> segmentOptions(const DeviceArguments& arguments, const Invocation& invocation) {
    auto folder = app::findBundle(arguments.bundle, invocation.paths());
    if (!folder)
        return fail(std::move(folder.error()));
    // Debian's LibTorch starts with one thread.
    learning::setComputeThreads(0);
    workflow::SegmentOptions options;
    options.bundle = std::move(*folder);
    options.device = arguments.device == "cpu"    ? workflow::DeviceChoice::Cpu
                     : arguments.device == "cuda" ? workflow::DeviceChoice::Cuda
                                                  : workflow::DeviceChoice::Automatic;
    options.flipAveraging = arguments.flips;
    return options;
}

void addLabelsOption(CLI::App* verb, std::string& labels, const std::string& description) {
    verb->add_option("--labels", labels, description)
        ->check(CLI::IsMember({"2021", "2023", "plain", "brats2021", "brats2023"}));
}

std::optional<imaging::LabelEra> eraOption(const std::string& labels) { return workflow::eraFromString(labels); }

void addClinicOptions(CLI::App* verb, ClinicArguments& arguments) {
    verb->add_option_function<std::vector<std::string>>(
            "--symptoms",
            [&arguments](const std::vector<std::string>& words) {
                arguments.symptomsGiven = true;
                if (std::all_of(words.begin(), words.end(), [](const std::string& word) { return word.empty(); }))
                    throw CLI::ValidationError("--symptoms", "no symptom is named; leave the option out, or name ids "
                                                             "that \"sulcus-cli symptoms\" lists");
                for (const auto& word : words) {
                    if (word.empty())
                        continue;
                    const auto symptom = clinic::parseReportedSymptom(word);
                    if (!symptom)
                        throw CLI::ValidationError("--symptoms",
                                                   "\"" + word + "\" is not of the form id[:left|right|both]");
                    if (std::any_of(arguments.symptoms.begin(), arguments.symptoms.end(),
                                    [&](const clinic::ReportedSymptom& known) { return known.id == symptom->id; }))
                        throw CLI::ValidationError("--symptoms", "\"" + symptom->id +
                                                                     "\" is named twice; both sides are written \"" +
                                                                     symptom->id + ":both\"");
                    arguments.symptoms.push_back(*symptom);
                }
            },
            "Symptoms as id[:left|right|both], separated by commas; no side means unknown")
        ->delimiter(',')
        ->allow_extra_args(false) // else a case named after it would be taken for a symptom
        ->type_name("ID[:SIDE],...");
    verb->add_option("--handedness", arguments.handedness, "Writing hand (unknown counts as right)")
        ->check(CLI::IsMember({"right", "left", "unknown"}));
    verb->add_option("--patient", arguments.patient,
                     "Pseudonym; symptoms and handedness of this patient in the database are used unless given here");
}

CLI::Validator atLeast(double least) {
    std::ostringstream words;
    words << least;
    return CLI::Validator(
        [least, words = words.str()](std::string& text) {
            double value = 0.0;
            return CLI::detail::lexical_cast(text, value) && value >= least
                       ? std::string()
                       : "\"" + text + "\" is not a number of at least " + words;
        },
        "NUMBER>=" + words.str());
}

CLI::Validator wholeNumber(long long least, std::optional<long long> most) {
    const std::string range = most ? "from " + std::to_string(least) + " to " + std::to_string(*most)
                                   : "of at least " + std::to_string(least);
    return CLI::Validator(
        [least, most, range](std::string& text) {
            long long value = 0;
            const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (failure == std::errc{} && end == text.data() + text.size() && value >= least &&
                value <= most.value_or(value))
                return std::string();
            return "\"" + text + "\" is not a whole number " + range;
        },
        "NUMBER>=" + std::to_string(least));
}

CLI::Validator aboveZero() {
    return CLI::Validator(
        [](std::string& text) {
            double value = 0.0;
            return CLI::detail::lexical_cast(text, value) && std::isfinite(value) && value > 0.0
                       ? std::string()
                       : "\"" + text + "\" is not a number above 0";
        },
        "NUMBER>0");
}

CLI::Validator named() {
    return CLI::Validator([](std::string& text) { return text.empty() ? "the name is empty" : std::string(); },
                          "FOLDER");
}

void addHospitalOptions(CLI::App* verb, HospitalArguments& arguments) {
    verb->add_option("--city", arguments.city, "Measure distances from a city of the directory");
    verb->add_option("--near", arguments.near, "Measure distances from LATITUDE,LONGITUDE in degrees")
        ->check([](const std::string& text) {
            double latitude = 0.0;
            double longitude = 0.0;
            char end = 0;
            const bool good = std::sscanf(text.c_str(), "%lf,%lf%c", &latitude, &longitude, &end) == 2 &&
                              latitude >= -90.0 && latitude <= 90.0 && longitude >= -180.0 && longitude <= 180.0;
            return good ? std::string() : "\"" + text + "\" is not of the form LATITUDE,LONGITUDE";
        });
    verb->add_option("--country", arguments.country, "Preferred country, two letters (KR, US, ...)");
    verb->add_flag("--child", arguments.child, "The patient is a child");
    verb->add_option("--limit", arguments.limit, "Longest list; 0 lists all")
        ->check(wholeNumber(0, 1000000))
        ->capture_default_str();
}

Result<HospitalQuestion> hospitalQuestion(const HospitalArguments& arguments,
                                          const std::vector<clinic::Hospital>& hospitals) {
    HospitalQuestion question;
    auto& query = question.query;
    query.finding = arguments.finding == "lung"       ? clinic::Finding::LungLesion
                    : arguments.finding == "liver"    ? clinic::Finding::LiverLesion
                    : arguments.finding == "aneurysm" ? clinic::Finding::Aneurysm
                                                      : clinic::Finding::BrainTumour;
    if (!arguments.region.empty())
        query.mainRegion = anatomy::regionFromString(arguments.region);
    query.child = arguments.child;
    query.seizures = arguments.seizures;
    query.limit = arguments.limit;
    query.country = arguments.country;
    for (auto& letter : query.country)
        letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    const bool anyThere = std::any_of(hospitals.begin(), hospitals.end(), [&](const clinic::Hospital& hospital) {
        return hospital.country == query.country;
    });
    if (!query.country.empty() && !anyThere) {
        std::set<std::string> countries;
        for (const auto& hospital : hospitals)
            countries.insert(hospital.country);
        std::string known;
        for (const auto& country : countries)
            if (!country.empty())
                known += (known.empty() ? "" : ", ") + country;
        return fail(ErrorCode::NotFound, "app.country_unknown", {{"country", query.country}, {"known", known}});
    }
    if (!arguments.near.empty()) {
        double latitude = 0.0;
        double longitude = 0.0;
        std::sscanf(arguments.near.c_str(), "%lf,%lf", &latitude, &longitude);
        query.latitude = latitude;
        query.longitude = longitude;
        question.from = arguments.near;
    } else if (!arguments.city.empty()) {
        const auto city = clinic::findCity(hospitals, arguments.city);
        if (!city)
            return fail(ErrorCode::NotFound, "app.city_unknown", {{"city", arguments.city}});
        query.latitude = city->latitude;
        query.longitude = city->longitude;
        question.from = city->name + ", " + city->country;
    }
    return question;
}

void addAlignmentOption(CLI::App* verb, std::string& alignment) {
    verb->add_option("--alignment", alignment,
                     "How the case comes to the atlas: the fixed transform of its space, a registration of the case, "
                     "that and a bend of the template to this brain (a minute; refused where it fits no better), or "
                     "fixed when that is reliable")
        ->check(CLI::IsMember({"auto", "fixed", "registered", "deformable"}))
        ->capture_default_str();
}

workflow::Alignment alignmentOption(const std::string& alignment) {
    return alignment == "fixed"        ? workflow::Alignment::Fixed
           : alignment == "registered" ? workflow::Alignment::Registered
           : alignment == "deformable" ? workflow::Alignment::Deformable
                                       : workflow::Alignment::Automatic;
}

namespace {

/// Other programs store the axes in an order of their own. A map of another box stays as it is, for whoever compares.
void turnIfNeeded(imaging::LabelMap& map, const imaging::Geometry& grid) {
    if (!imaging::sameGridIgnoringOrigin(map.geometry, grid))
        imaging::turnOnto(map, grid);
}

} // namespace

Result<imaging::LabelMapPtr> openLabelMap(const std::filesystem::path& file,
                                          const std::optional<imaging::Geometry>& grid, const TaskContext& task) {
    auto map = imaging::isDicomSegmentation(file) ? imaging::readSegmentationMask(file, grid, task)
                                                  : imaging::readLabelMap(file, task);
    if (!map)
        return fail(std::move(map.error()));
    if (grid)
        turnIfNeeded(*map, *grid);
    return std::make_shared<const imaging::LabelMap>(std::move(*map));
}

Result<void> checkLabels(const imaging::LabelMap& map, imaging::LabelEra era, const std::filesystem::path& file) {
    const auto strange = workflow::valuesOutside(map, era);
    if (strange.empty())
        return {};
    std::string known;
    for (const auto& label : imaging::labelDefinitions(era))
        known += (known.empty() ? "" : ", ") + std::to_string(label.value);
    std::string values;
    for (const auto value : strange)
        values += (values.empty() ? "" : ", ") + std::to_string(value);
    return fail(ErrorCode::InvalidInput, "app.labels_outside",
                {{"file", file.string()}, {"values", values}, {"known", known}, {"numbering", imaging::toString(era)}});
}

Result<CaseAndMask> openCaseAndMask(const std::filesystem::path& casePath, const std::filesystem::path& maskPath,
                                    const std::string& labels, const TaskContext& task) {
    CaseAndMask opened;
    // The mask first: it is the small file, and a wrong path then shows before the case is read. A DICOM segmentation
    // needs the grid of the case.
    const bool segmentation = imaging::isDicomSegmentation(maskPath);
    if (!segmentation) {
        auto mask = openLabelMap(maskPath, std::nullopt, task.part(0.0, 0.05));
        if (!mask)
            return fail(std::move(mask.error()));
        opened.mask = std::move(*mask);
    }
    auto imagingCase = workflow::openCase(casePath, task.part(0.05, 0.95));
    if (!imagingCase)
        return fail(std::move(imagingCase.error()));
    opened.imagingCase = std::move(*imagingCase);
    if (segmentation) {
        auto mask = openLabelMap(maskPath, opened.imagingCase->geometry(), task.part(0.95, 1.0));
        if (!mask)
            return fail(std::move(mask.error()));
        opened.mask = std::move(*mask);
    } else {
        auto mask = *opened.mask;
        turnIfNeeded(mask, opened.imagingCase->geometry());
        opened.mask = std::make_shared<const imaging::LabelMap>(std::move(mask));
    }
    const auto& files = opened.imagingCase->files;
    const bool brats = files.kind == imaging::CaseKind::BratsMri;
    const auto asked = eraOption(labels);
    opened.era = asked.value_or(workflow::detectEra(*opened.mask, maskPath, workflow::eraAround(*opened.imagingCase)));
    // A mask of a BraTS case has its numbers; only a person can say that other ones are meant.
    const auto expected = brats && !asked && opened.era == imaging::LabelEra::Plain ? files.era : opened.era;
    if (auto known = checkLabels(*opened.mask, expected, maskPath); !known)
        return fail(std::move(known.error()));
    return opened;
}

namespace {

Result<Tables> readTables(std::unique_ptr<store::Store> store, bool stored) {
    Tables tables;
    auto knowledge = store->knowledge();
    if (!knowledge)
        return fail(std::move(knowledge.error()));
    tables.knowledge = std::make_shared<const clinic::Knowledge>(std::move(*knowledge));
    auto hospitals = store->hospitals();
    if (!hospitals)
        return fail(std::move(hospitals.error()));
    tables.hospitals = std::move(*hospitals);
    tables.store = std::move(store);
    tables.stored = stored;
    return tables;
}

} // namespace

Result<Tables> openTables(const Invocation& invocation) {
    const auto& file = invocation.paths().database;
    std::error_code error;
    if (std::filesystem::exists(file, error)) {
        store::OpenOptions options;
        options.readOnly = store::OpenOptions::ReadOnly::IfNeeded;
        auto store = store::Store::open(file, options);
        if (!store)
            return fail(std::move(store.error()));
        return readTables(std::move(*store), true);
    }
    if (invocation.databaseGiven())
        return openDatabase(invocation);
    auto store = store::Store::openInMemory();
    if (!store)
        return fail(std::move(store.error()));
    return readTables(std::move(*store), false);
}

Result<Tables> openDatabase(const Invocation& invocation) {
    auto store = store::Store::open(invocation.paths().database);
    if (!store)
        return fail(std::move(store.error()));
    return readTables(std::move(*store), true);
}

Result<ClinicValues> clinicValues(const ClinicArguments& arguments, const imaging::CaseFiles& files, Tables& tables,
                                  bool strict) {
    ClinicValues values;
    values.pseudonym = arguments.patient;
    values.symptoms = arguments.symptoms;
    values.patientReason = arguments.patient.empty() ? "none (the database knows nobody for this case)"
                                                     : arguments.patient + " (the name given; the database has nobody "
                                                                           "of it)";
    if (tables.stored) {
        auto context = workflow::patientOfCase(*tables.store, files, arguments.patient);
        if (!context && context.error().code == ErrorCode::NotFound && !strict)
            context = workflow::PatientContext{};
        if (!context)
            return fail(std::move(context.error()));
        if (context->patient) {
            values.patientId = context->patient->id;
            values.pseudonym = context->patient->pseudonym;
            values.handedness = context->patient->handedness;
            if (!arguments.symptomsGiven)
                values.symptoms = context->symptoms;
            values.patientReason = values.pseudonym + (context->tie == workflow::PatientTie::Named
                                                           ? " (named with --patient)"
                                                           : " (the database ties " +
                                                                 store::placeOnDisk(workflow::placeOf(files)).string() +
                                                                 " to this patient)");
        } else if (context->namesake) {
            const auto& other = context->namesake->pseudonym;
            values.patientReason = "none (another \"" + files.id + "\" belongs to " + other +
                                   "; if these are images of that patient, add --patient " + other + ")";
        }
    } else if (strict && !arguments.patient.empty()) {
        return fail(ErrorCode::NotFound, "workflow.patient_unknown", {{"patient", arguments.patient}});
    }
    if (!arguments.handedness.empty())
        values.handedness = clinic::handednessFromString(arguments.handedness).value_or(clinic::Handedness::Unknown);
    return values;
}

} // namespace sulcus::cli
