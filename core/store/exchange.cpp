// SPDX-License-Identifier: Apache-2.0
#include "core/store/exchange.h"

#include "core/base/csv.h"
#include "core/store/text_file.h"
#include "core/store/text_keys.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <map>
#include <set>
#include <utility>

namespace sulcus::store {

namespace {

using Json = nlohmann::json;

constexpr const char* kArchiveFormat = "sulcus-archive";
constexpr int kArchiveVersion = 1;

constexpr std::array kTables{
    std::pair{Table::Patients, std::string_view("patients")},
    std::pair{Table::Symptoms, std::string_view("symptoms")},
    std::pair{Table::Hospitals, std::string_view("hospitals")},
    std::pair{Table::Studies, std::string_view("studies")},
};

// ---- columns

using Names = std::vector<std::string_view>;

const Names kPseudonymNames{"pseudonym", "patient_id", "patient_no", "patient", "code", "id", "환자번호", "환자"};
const Names kNameNames{"name", "patient_name", "full_name", "이름", "성명"};
const Names kBirthNames{"birth_year",    "year_of_birth", "birth",    "birth_date",
                        "date_of_birth", "dob",           "출생연도", "생년월일"};
const Names kSexNames{"sex", "gender", "성별"};
const Names kHandNames{"handedness", "hand", "writing_hand", "손잡이"};
const Names kNoteNames{"note", "notes", "memo", "comment", "비고"};
const Names kSymptomNames{"symptom", "symptoms", "symptom_id", "symptom_name", "증상"};
const Names kSideNames{"side", "laterality", "쪽"};
const Names kOnsetNames{"onset", "since", "시작"};
const Names kSeverityNames{"severity", "grade", "정도"};
const Names kDateNames{"visit_date", "date", "visit", "방문일", "날짜"};
// A table of symptoms must say whose they are; a bare "id" there may be the row's own.
const Names kOwnerNames{"pseudonym", "patient_id", "patient_no", "patient", "code", "환자번호", "환자"};
const Names kHospitalIdNames{"id", "hospital_id", "code"};
const Names kHospitalNames{"name_en", "name", "hospital", "hospital_name", "병원명", "병원"};
const Names kLocalNames{"name_local", "local_name", "name_ko"};
const Names kCityNames{"city", "town", "도시"};
const Names kRegionNames{"region", "state", "province", "region_or_state", "지역"};
const Names kCountryNames{"country", "country_code", "nation", "국가"};
const Names kLatitudeNames{"latitude", "lat", "위도"};
const Names kLongitudeNames{"longitude", "lon", "lng", "long", "경도"};
const Names kDepartmentNames{"departments", "department", "dept", "진료과"};
const Names kVerifiedNames{"verified"};
const Names kWebsiteNames{"website", "url", "homepage", "web", "홈페이지"};
const Names kTertiaryNames{"tertiary"};
const Names kChildrenNames{"children_only", "children"};

/// The fields of one record by meaning.
class Line {
public:
    Line(const CsvTable& table, const CsvRecord& record) : m_table(table), m_record(record) {}

    /// Trimmed; empty if the column or the field is missing.
    std::string field(const Names& names) const {
        return withoutGuard(std::string(m_record.field(m_table.firstColumn(names))));
    }

private:
    const CsvTable& m_table;
    const CsvRecord& m_record;
};

bool has(const CsvTable& table, const Names& names) { return table.firstColumn(names) < table.header.size(); }

std::vector<std::string> unusedColumns(const CsvTable& table, const std::vector<const Names*>& used) {
    std::set<std::size_t> taken;
    for (const Names* names : used)
        taken.insert(table.firstColumn(*names));
    std::vector<std::string> result;
    for (std::size_t i = 0; i < table.header.size(); ++i)
        if (!taken.contains(i))
            result.push_back(table.header[i]);
    return result;
}

Result<void> demandColumn(const CsvTable& table, const Names& names, const std::filesystem::path& file) {
    if (has(table, names))
        return {};
    return fail(ErrorCode::InvalidInput, "store.column_missing",
                {{"file", file.string()}, {"column", std::string(names.front())}});
}

/// Why a field cannot be taken over; the column's name, never its content.
Message badField(const char* column) { return {"store.line_bad_field", {{"column", column}}}; }

std::vector<std::string> split(const std::string& text, std::string_view separators) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    while (from <= text.size()) {
        const std::size_t to = std::min(text.find_first_of(separators, from), text.size());
        const std::string part = text.substr(from, to - from);
        const std::size_t first = part.find_first_not_of(" \t");
        if (first != std::string::npos)
            parts.push_back(part.substr(first, part.find_last_not_of(" \t") - first + 1));
        from = to + 1;
    }
    return parts;
}

// ---- values

std::optional<std::string> sexOf(const std::string& text) {
    const std::string key = searchKey(text);
    if (key.empty() || key == "unknown")
        return "";
    if (key == "f" || key == "female" || key == "woman" || key == "w" || key == "여" || key == "여자" || key == "여성")
        return "female";
    if (key == "m" || key == "male" || key == "man" || key == "남" || key == "남자" || key == "남성")
        return "male";
    if (key == "other" || key == "o" || key == "x")
        return "other";
    return std::nullopt;
}

std::optional<clinic::Handedness> handOf(const std::string& text) {
    const std::string key = searchKey(text);
    if (key.empty())
        return clinic::Handedness::Unknown;
    if (key == "r" || key == "right-handed" || key == "오른손" || key == "오른손잡이")
        return clinic::Handedness::Right;
    if (key == "l" || key == "left-handed" || key == "왼손" || key == "왼손잡이")
        return clinic::Handedness::Left;
    return clinic::handednessFromString(key);
}

std::optional<std::string> birthYearOf(const std::string& text) {
    if (text.empty())
        return "";
    const bool digits =
        text.size() >= 4 && std::all_of(text.begin(), text.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
    const bool alone = text.size() == 4 || (digits && (text[4] == '-' || text[4] == '.' || text[4] == '/')) ||
                       (digits && text.size() == 8 && text.find_first_not_of("0123456789") == std::string::npos);
    if (!digits || !alone)
        return std::nullopt;
    return text.substr(0, 4);
}

std::optional<Side> sideOf(const std::string& text) {
    const std::string key = searchKey(text);
    if (key.empty())
        return Side::Unknown;
    if (key == "l" || key == "lt" || key == "왼쪽" || key == "좌" || key == "좌측")
        return Side::Left;
    if (key == "r" || key == "rt" || key == "오른쪽" || key == "우" || key == "우측")
        return Side::Right;
    if (key == "b" || key == "bilateral" || key == "양쪽" || key == "양측")
        return Side::Both;
    return sideFromString(key);
}

std::optional<int> severityOf(const std::string& text) {
    static const std::map<std::string, int> kWords{{"", 0},  {"unknown", 0}, {"0", 0},        {"1", 1},     {"2", 2},
                                                   {"3", 3}, {"mild", 1},    {"moderate", 2}, {"severe", 3}};
    const auto found = kWords.find(searchKey(text));
    return found == kWords.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> dayOf(const std::string& text) {
    std::string day = text.substr(0, 10);
    for (char& c : day)
        if (c == '/' || c == '.')
            c = '-';
    if (day.size() == 8 && day.find_first_not_of("0123456789") == std::string::npos)
        day = day.substr(0, 4) + '-' + day.substr(4, 2) + '-' + day.substr(6, 2);
    return isIsoDay(day) ? std::optional(day) : std::nullopt;
}

std::optional<double> degreesOf(const std::string& text, double limit) {
    double value = 0.0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failure != std::errc{} || end != text.data() + text.size() || !(std::abs(value) <= limit))
        return std::nullopt;
    return value;
}

bool isYes(const std::string& text) {
    const std::string key = searchKey(text);
    return key == "yes" || key == "1" || key == "true" || key == "y";
}

/// By id, or by the English or Korean name.
const clinic::Symptom* symptomNamed(const clinic::Knowledge& knowledge, const std::string& text) {
    const std::string key = searchKey(text);
    for (const clinic::Symptom& symptom : knowledge.symptoms)
        if (symptom.id == key || searchKey(symptom.nameEn) == key || searchKey(symptom.nameKo) == key)
            return &symptom;
    return nullptr;
}

const clinic::Department* departmentNamed(const clinic::Knowledge& knowledge, const std::string& text) {
    const std::string key = searchKey(text);
    for (const clinic::Department& department : knowledge.departments)
        if (searchKey(department.code) == key || searchKey(department.nameEn) == key ||
            searchKey(department.nameKo) == key)
            return &department;
    return nullptr;
}

std::optional<std::vector<std::string>> departmentsOf(const clinic::Knowledge& knowledge, const std::string& text) {
    const auto resolve = [&](std::string_view separators) -> std::optional<std::vector<std::string>> {
        std::vector<std::string> codes;
        for (const std::string& part : split(text, separators)) {
            const clinic::Department* department = departmentNamed(knowledge, part);
            if (department == nullptr)
                return std::nullopt;
            if (std::find(codes.begin(), codes.end(), department->code) == codes.end())
                codes.push_back(department->code);
        }
        return codes;
    };
    // Names hold blanks, codes do not: names first.
    if (auto names = resolve(";,/"))
        return names;
    return resolve(";,/ ");
}

std::string slug(const std::string& text) {
    std::string result;
    for (const char c : searchKey(text)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            result += c;
        else if (!result.empty() && result.back() != '-' && static_cast<unsigned char>(c) < 0x80)
            result += '-';
        else if (static_cast<unsigned char>(c) >= 0x80) {
            // Letters beyond ASCII as their bytes, so that two Korean names never give one id.
            std::array<char, 3> hex{};
            std::snprintf(hex.data(), hex.size(), "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
            result += hex.data();
        }
    }
    while (!result.empty() && result.back() == '-')
        result.pop_back();
    return result;
}

bool same(const Patient& a, const Patient& b) {
    return a.pseudonym == b.pseudonym && a.name == b.name && a.birthYear == b.birthYear && a.sex == b.sex &&
           a.handedness == b.handedness && a.note == b.note;
}

bool same(const clinic::Hospital& a, const clinic::Hospital& b) {
    return a.nameEn == b.nameEn && a.nameLocal == b.nameLocal && a.city == b.city && a.region == b.region &&
           a.country == b.country && a.latitude == b.latitude && a.longitude == b.longitude &&
           a.departments == b.departments && a.verified == b.verified && a.website == b.website &&
           a.tertiary == b.tertiary && a.childrenOnly == b.childrenOnly;
}

bool same(const VisitSymptom& a, const VisitSymptom& b) {
    return a.symptom == b.symptom && a.onset == b.onset && a.severity == b.severity && a.note == b.note;
}

// ---- import

/// Adds symptoms to the visit of a day, which is made when there is none.
Result<bool> addToVisit(Store& store, std::int64_t patientId, const std::string& day,
                        const std::vector<VisitSymptom>& entered) {
    Result<std::vector<Visit>> visits = store.visits(patientId);
    if (!visits)
        return fail(std::move(visits.error()));
    Visit visit;
    visit.patientId = patientId;
    visit.date = day;
    for (const Visit& candidate : *visits)
        if (candidate.date == day)
            visit = candidate;
    std::vector<VisitSymptom> all;
    if (visit.id != 0) {
        Result<std::vector<VisitSymptom>> present = store.symptoms(visit.id);
        if (!present)
            return fail(std::move(present.error()));
        all = std::move(*present);
    }
    bool changed = visit.id == 0;
    for (const VisitSymptom& symptom : entered) {
        const auto twin = std::find_if(
            all.begin(), all.end(), [&](const VisitSymptom& other) { return other.symptom.id == symptom.symptom.id; });
        if (twin == all.end()) {
            all.push_back(symptom);
            changed = true;
        } else if (!same(*twin, symptom)) {
            *twin = symptom;
            changed = true;
        }
    }
    if (changed)
        if (Result<std::int64_t> saved = store.saveVisit(visit, all); !saved)
            return fail(std::move(saved.error()));
    return changed;
}

struct Context {
    Store& store;
    const clinic::Knowledge& knowledge;
    const ImportOptions& options;
    std::string today;
    ImportReport& report;
};

/// What became of one line: nothing to say, or why it was refused.
using Outcome = Result<std::optional<Message>>;

Outcome taken() { return std::optional<Message>(); }
Outcome refusedFor(Message reason) { return std::optional(std::move(reason)); }
/// What the line holds is its own fault; anything else stops the import.
Outcome refusedOrFailed(Error error) {
    if (error.code == ErrorCode::InvalidInput)
        return refusedFor(std::move(error.message));
    return fail(std::move(error));
}

Result<std::optional<std::vector<VisitSymptom>>> symptomsOfLine(const Context& context, const Line& line) {
    std::vector<VisitSymptom> entered;
    for (const std::string& name : split(line.field(kSymptomNames), ";")) {
        // "weakness_one_side:left" as on the command line, or a name with the side in its own column.
        std::string plain = name;
        std::optional<Side> side = sideOf(line.field(kSideNames));
        if (symptomNamed(context.knowledge, plain) == nullptr)
            if (const auto parsed = clinic::parseReportedSymptom(name); parsed && parsed->side != Side::Unknown) {
                plain = parsed->id;
                side = parsed->side;
            }
        const clinic::Symptom* symptom = symptomNamed(context.knowledge, plain);
        if (symptom == nullptr || !side)
            return std::optional<std::vector<VisitSymptom>>();
        VisitSymptom row;
        row.symptom = {symptom->id, *side};
        entered.push_back(row);
    }
    return std::optional(std::move(entered));
}

Outcome importPatient(const Context& context, const CsvTable& table, const Line& line) {
    Patient patient;
    patient.pseudonym = line.field(kPseudonymNames);
    if (patient.pseudonym.empty())
        return refusedFor(badField("pseudonym"));
    const auto year = birthYearOf(line.field(kBirthNames));
    const auto sex = sexOf(line.field(kSexNames));
    const auto hand = handOf(line.field(kHandNames));
    if (!year)
        return refusedFor(badField("birth_year"));
    if (!sex)
        return refusedFor(badField("sex"));
    if (!hand)
        return refusedFor(badField("handedness"));
    patient.name = line.field(kNameNames);
    patient.birthYear = *year;
    patient.sex = *sex;
    patient.handedness = *hand;
    patient.note = line.field(kNoteNames);

    std::vector<VisitSymptom> symptoms;
    std::string day = context.today;
    if (has(table, kSymptomNames)) {
        auto entered = symptomsOfLine(context, line);
        if (!entered)
            return fail(std::move(entered.error()));
        if (!*entered)
            return refusedFor(badField("symptoms"));
        symptoms = std::move(**entered);
        if (const std::string text = line.field(kDateNames); !text.empty()) {
            const auto parsed = dayOf(text);
            if (!parsed)
                return refusedFor(badField("visit_date"));
            day = *parsed;
        }
    }

    auto present = context.store.findPatientByPseudonym(patient.pseudonym);
    if (!present)
        return fail(std::move(present.error()));
    bool changed = false;
    if (*present) {
        // A column that the file lacks says nothing about the patient.
        patient.id = (*present)->id;
        if (!has(table, kNameNames))
            patient.name = (*present)->name;
        if (!has(table, kBirthNames))
            patient.birthYear = (*present)->birthYear;
        if (!has(table, kSexNames))
            patient.sex = (*present)->sex;
        if (!has(table, kHandNames))
            patient.handedness = (*present)->handedness;
        if (!has(table, kNoteNames))
            patient.note = (*present)->note;
        changed = !same(patient, **present);
        if (changed && !context.options.update)
            return refusedFor({"store.line_exists", {}});
    }
    if (!*present || changed) {
        auto id = context.store.savePatient(patient);
        if (!id)
            return refusedOrFailed(std::move(id.error()));
        patient.id = *id;
    }
    if (!symptoms.empty()) {
        const Result<bool> added = addToVisit(context.store, patient.id, day, symptoms);
        if (!added)
            return refusedOrFailed(added.error());
        changed = changed || *added;
    }
    ++(!*present ? context.report.added : changed ? context.report.updated : context.report.unchanged);
    return taken();
}

Outcome importSymptoms(const Context& context, const Line& line) {
    auto patient = context.store.findPatientByPseudonym(line.field(kOwnerNames));
    if (!patient)
        return fail(std::move(patient.error()));
    if (!*patient)
        return refusedFor({"store.line_patient_unknown", {}});
    if (!sideOf(line.field(kSideNames)))
        return refusedFor(badField("side"));
    const std::optional<int> severity = severityOf(line.field(kSeverityNames));
    if (!severity)
        return refusedFor(badField("severity"));
    auto entered = symptomsOfLine(context, line);
    if (!entered)
        return fail(std::move(entered.error()));
    if (!*entered || (*entered)->empty())
        return refusedFor(badField("symptom"));
    std::string day = context.today;
    if (const std::string text = line.field(kDateNames); !text.empty()) {
        const auto parsed = dayOf(text);
        if (!parsed)
            return refusedFor(badField("visit_date"));
        day = *parsed;
    }
    for (VisitSymptom& symptom : **entered) {
        symptom.onset = line.field(kOnsetNames);
        symptom.severity = *severity;
        symptom.note = line.field(kNoteNames);
    }
    const Result<bool> added = addToVisit(context.store, (*patient)->id, day, **entered);
    if (!added)
        return refusedOrFailed(added.error());
    ++(*added ? context.report.added : context.report.unchanged);
    return taken();
}

Outcome importHospital(const Context& context, const Line& line, std::map<std::string, clinic::Hospital>& directory) {
    clinic::Hospital hospital;
    hospital.nameEn = line.field(kHospitalNames);
    if (hospital.nameEn.empty())
        return refusedFor(badField("name"));
    const auto latitude = degreesOf(line.field(kLatitudeNames), 90.0);
    const auto longitude = degreesOf(line.field(kLongitudeNames), 180.0);
    if (!latitude)
        return refusedFor(badField("latitude"));
    if (!longitude)
        return refusedFor(badField("longitude"));
    hospital.latitude = *latitude;
    hospital.longitude = *longitude;
    hospital.city = line.field(kCityNames);
    hospital.id = line.field(kHospitalIdNames);
    if (hospital.id.empty())
        hospital.id = "own-" + slug(hospital.nameEn + ' ' + hospital.city);
    hospital.nameLocal = line.field(kLocalNames);
    hospital.region = line.field(kRegionNames);
    hospital.country = line.field(kCountryNames);
    for (char& c : hospital.country)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    hospital.website = line.field(kWebsiteNames);
    hospital.tertiary = isYes(line.field(kTertiaryNames));
    hospital.childrenOnly = isYes(line.field(kChildrenNames));
    const auto departments = departmentsOf(context.knowledge, line.field(kDepartmentNames));
    const auto verified = departmentsOf(context.knowledge, line.field(kVerifiedNames));
    if (!departments)
        return refusedFor(badField("departments"));
    if (!verified)
        return refusedFor(badField("verified"));
    hospital.departments = *departments;
    for (const std::string& code : *departments)
        hospital.verified[code] = std::find(verified->begin(), verified->end(), code) != verified->end();

    const auto present = directory.find(hospital.id);
    if (present != directory.end()) {
        if (same(present->second, hospital)) {
            ++context.report.unchanged;
            return taken();
        }
        if (!context.options.update)
            return refusedFor({"store.line_exists", {}});
    }
    if (Result<void> saved = context.store.saveHospital(hospital); !saved) {
        if (saved.error().code != ErrorCode::InvalidInput)
            return fail(std::move(saved.error()));
        return refusedFor(badField("country"));
    }
    ++(present == directory.end() ? context.report.added : context.report.updated);
    directory[hospital.id] = std::move(hospital);
    return taken();
}

// ---- archive

Json toJson(const VisitSymptom& symptom) {
    return {{"symptom", symptom.symptom.id},
            {"side", toString(symptom.symptom.side)},
            {"onset", symptom.onset},
            {"severity", symptom.severity},
            {"note", symptom.note}};
}

Json toJson(const PatientRecord& record) {
    const Patient& patient = record.patient;
    Json visits = Json::array();
    std::map<std::int64_t, std::size_t> visitNumber;
    for (const VisitRecord& row : record.visits) {
        Json symptoms = Json::array();
        for (const VisitSymptom& symptom : row.symptoms)
            symptoms.push_back(toJson(symptom));
        visitNumber[row.visit.id] = visits.size();
        visits.push_back({{"date", row.visit.date}, {"note", row.visit.note}, {"symptoms", std::move(symptoms)}});
    }
    Json studies = Json::array();
    for (const StudyRecord& row : record.studies) {
        Json segmentations = Json::array();
        for (const StoredSegmentation& segmentation : row.segmentations) {
            Json ml = Json::object();
            for (const auto& [target, value] : segmentation.mlPerTarget)
                ml[target] = value;
            segmentations.push_back({{"path", segmentation.path},
                                     {"bundle", segmentation.bundle},
                                     {"bundle_version", segmentation.bundleVersion},
                                     {"weights_sha256", segmentation.weightsSha256},
                                     {"edited", segmentation.edited},
                                     {"created_at", segmentation.createdAt},
                                     {"ml", std::move(ml)}});
        }
        Json checks = Json::array();
        for (const StoredCrossCheck& check : row.crossChecks)
            checks.push_back({{"verdict", check.verdict}, {"json", check.json}, {"created_at", check.createdAt}});
        Json reports = Json::array();
        for (const StoredReport& report : row.reports)
            reports.push_back({{"path", report.path}, {"created_at", report.createdAt}});
        Json study{{"case", row.study.caseId},
                   {"path", row.study.path},
                   {"opened_at", row.study.openedAt},
                   {"synthetic", row.study.synthetic},
                   {"examined_on", row.study.examinedOn},
                   {"segmentations", std::move(segmentations)},
                   {"cross_checks", std::move(checks)},
                   {"reports", std::move(reports)}};
        if (const auto visit = visitNumber.find(row.study.visitId); visit != visitNumber.end())
            study["visit"] = visit->second;
        studies.push_back(std::move(study));
    }
    return {{"pseudonym", patient.pseudonym},
            {"name", patient.name},
            {"birth_year", patient.birthYear},
            {"sex", patient.sex},
            {"handedness", clinic::toString(patient.handedness)},
            {"note", patient.note},
            {"visits", std::move(visits)},
            {"studies", std::move(studies)}};
}

/// Throws what the JSON library throws on a wrong shape.
PatientRecord patientRecordOf(const Json& json) {
    PatientRecord record;
    Patient& patient = record.patient;
    patient.pseudonym = json.at("pseudonym").get<std::string>();
    patient.name = json.value("name", "");
    patient.birthYear = json.value("birth_year", "");
    patient.sex = json.value("sex", "");
    patient.handedness =
        clinic::handednessFromString(json.value("handedness", "unknown")).value_or(clinic::Handedness::Unknown);
    patient.note = json.value("note", "");
    for (const Json& entry : json.value("visits", Json::array())) {
        VisitRecord row;
        // A number of its own, to which studies refer until the database gives the real one.
        row.visit.id = static_cast<std::int64_t>(record.visits.size()) + 1;
        row.visit.date = entry.at("date").get<std::string>();
        row.visit.note = entry.value("note", "");
        for (const Json& symptom : entry.value("symptoms", Json::array())) {
            VisitSymptom entered;
            entered.symptom.id = symptom.at("symptom").get<std::string>();
            entered.symptom.side = sideFromString(symptom.value("side", "unknown")).value_or(Side::Unknown);
            entered.onset = symptom.value("onset", "");
            entered.severity = std::clamp(symptom.value("severity", 0), 0, 3);
            entered.note = symptom.value("note", "");
            row.symptoms.push_back(std::move(entered));
        }
        record.visits.push_back(std::move(row));
    }
    for (const Json& entry : json.value("studies", Json::array())) {
        StudyRecord row;
        row.study.caseId = entry.at("case").get<std::string>();
        row.study.path = entry.at("path").get<std::string>();
        row.study.openedAt = entry.value("opened_at", "");
        row.study.synthetic = entry.value("synthetic", false);
        row.study.examinedOn = entry.value("examined_on", "");
        row.study.visitId = entry.contains("visit") ? entry.at("visit").get<std::int64_t>() + 1 : 0;
        for (const Json& made : entry.value("segmentations", Json::array())) {
            StoredSegmentation segmentation;
            segmentation.path = made.value("path", "");
            segmentation.bundle = made.value("bundle", "");
            segmentation.bundleVersion = made.value("bundle_version", "");
            segmentation.weightsSha256 = made.value("weights_sha256", "");
            segmentation.edited = made.value("edited", false);
            segmentation.createdAt = made.value("created_at", "");
            const Json volumes = made.value("ml", Json::object());
            for (const auto& [target, ml] : volumes.items())
                segmentation.mlPerTarget.emplace_back(target, ml.get<double>());
            row.segmentations.push_back(std::move(segmentation));
        }
        for (const Json& check : entry.value("cross_checks", Json::array()))
            row.crossChecks.push_back(
                {0, 0, check.at("verdict").get<std::string>(), check.value("json", ""), check.value("created_at", "")});
        for (const Json& report : entry.value("reports", Json::array()))
            row.reports.push_back({0, 0, report.at("path").get<std::string>(), report.value("created_at", "")});
        record.studies.push_back(std::move(row));
    }
    return record;
}

Json toJson(const clinic::Hospital& hospital) {
    Json departments = Json::array();
    for (const std::string& code : hospital.departments) {
        const auto mark = hospital.verified.find(code);
        departments.push_back({{"code", code}, {"verified", mark != hospital.verified.end() && mark->second}});
    }
    return {{"id", hospital.id},
            {"name_en", hospital.nameEn},
            {"name_local", hospital.nameLocal},
            {"city", hospital.city},
            {"region", hospital.region},
            {"country", hospital.country},
            {"latitude", hospital.latitude},
            {"longitude", hospital.longitude},
            {"website", hospital.website},
            {"tertiary", hospital.tertiary},
            {"children_only", hospital.childrenOnly},
            {"departments", std::move(departments)}};
}

clinic::Hospital hospitalOf(const Json& json) {
    clinic::Hospital hospital;
    hospital.id = json.at("id").get<std::string>();
    hospital.nameEn = json.at("name_en").get<std::string>();
    hospital.nameLocal = json.value("name_local", "");
    hospital.city = json.value("city", "");
    hospital.region = json.value("region", "");
    hospital.country = json.value("country", "");
    hospital.latitude = json.at("latitude").get<double>();
    hospital.longitude = json.at("longitude").get<double>();
    hospital.website = json.value("website", "");
    hospital.tertiary = json.value("tertiary", false);
    hospital.childrenOnly = json.value("children_only", false);
    for (const Json& department : json.value("departments", Json::array())) {
        hospital.departments.push_back(department.at("code").get<std::string>());
        hospital.verified[hospital.departments.back()] = department.value("verified", false);
    }
    return hospital;
}

// ---- export

std::string decimal(double value) {
    std::array<char, 40> text{};
    const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc{} ? std::string(text.data(), end) : std::string("0");
}

/// A line of an export, which no spreadsheet takes for formulas.
std::string guardedLine(std::vector<std::string> fields) {
    for (std::string& field : fields)
        field = withGuard(field);
    return csvLine(fields);
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : ";") + part;
    return text;
}

/// Calls `row` for every patient, oldest first.
template <typename Row>
Result<void> forEachPatient(Store& store, const TaskContext& task, Row row) {
    Result<std::vector<Patient>> patients = store.searchPatients("", 0);
    if (!patients)
        return fail(std::move(patients.error()));
    std::size_t done = 0;
    for (auto patient = patients->rbegin(); patient != patients->rend(); ++patient) {
        if (task.cancelled())
            return failCancelled();
        if (done++ % 256 == 0)
            task.report(static_cast<double>(done) / static_cast<double>(patients->size()), "stage.writing_table");
        if (Result<void> said = row(*patient); !said)
            return said;
    }
    return {};
}

} // namespace

std::string toString(Table table) {
    for (const auto& [value, name] : kTables)
        if (value == table)
            return std::string(name);
    return {};
}

std::optional<Table> tableFromString(std::string_view text) {
    for (const auto& [value, name] : kTables)
        if (name == text)
            return value;
    return std::nullopt;
}

Result<std::optional<Table>> recogniseCsv(const std::filesystem::path& file) {
    Result<std::string> text = readTextFile(file);
    if (!text)
        return fail(std::move(text.error()));
    const CsvTable table = parseCsv(std::string_view(*text).substr(0, text->find('\n')));
    std::optional<Table> found;
    if (has(table, kLatitudeNames) && has(table, kHospitalNames))
        found = Table::Hospitals;
    else if (has(table, kSymptomNames) && has(table, kOwnerNames) && !has(table, kSexNames) && !has(table, kNameNames))
        found = Table::Symptoms;
    else if (has(table, kPseudonymNames))
        found = Table::Patients;
    return found;
}

Result<ImportReport> importCsv(Store& store, Table table, const std::filesystem::path& file,
                               const ImportOptions& options, const TaskContext& task) {
    Result<std::string> text = readTextFile(file);
    if (!text)
        return fail(std::move(text.error()));
    const CsvTable rows = parseCsv(*text);
    ImportReport report;
    report.table = table;

    std::vector<const Names*> needed;
    std::vector<const Names*> used;
    switch (table) {
    case Table::Patients:
        needed = {&kPseudonymNames};
        used = {&kPseudonymNames, &kNameNames, &kBirthNames, &kSexNames, &kHandNames, &kNoteNames, &kSymptomNames};
        if (has(rows, kSymptomNames))
            used.insert(used.end(), {&kSideNames, &kDateNames});
        break;
    case Table::Symptoms:
        needed = {&kOwnerNames, &kSymptomNames};
        used = {&kOwnerNames, &kSymptomNames, &kSideNames, &kOnsetNames, &kSeverityNames, &kNoteNames, &kDateNames};
        break;
    case Table::Hospitals:
        needed = {&kHospitalNames, &kLatitudeNames, &kLongitudeNames};
        used = {&kHospitalIdNames, &kHospitalNames, &kLocalNames,     &kCityNames,       &kRegionNames,
                &kCountryNames,    &kLatitudeNames, &kLongitudeNames, &kDepartmentNames, &kVerifiedNames,
                &kWebsiteNames,    &kTertiaryNames, &kChildrenNames};
        break;
    case Table::Studies:
        return fail(ErrorCode::Unsupported, "store.studies_not_importable", {{"file", file.string()}});
    }
    for (const Names* names : needed)
        if (Result<void> there = demandColumn(rows, *names, file); !there)
            return fail(std::move(there.error()));
    report.ignoredColumns = unusedColumns(rows, used);

    Result<clinic::Knowledge> knowledge = store.knowledge();
    if (!knowledge)
        return fail(std::move(knowledge.error()));
    std::map<std::string, clinic::Hospital> directory;
    if (table == Table::Hospitals) {
        Result<std::vector<clinic::Hospital>> hospitals = store.hospitals();
        if (!hospitals)
            return fail(std::move(hospitals.error()));
        for (clinic::Hospital& hospital : *hospitals)
            directory[hospital.id] = std::move(hospital);
    }

    const Context context{store, *knowledge, options, options.today.empty() ? utcNow().substr(0, 10) : options.today,
                          report};
    Result<void> done = store.inTransaction([&]() -> Result<void> {
        for (std::size_t i = 0; i < rows.records.size(); ++i) {
            const CsvRecord& record = rows.records[i];
            if (task.cancelled())
                return failCancelled();
            if (i % 256 == 0)
                task.report(static_cast<double>(i) / static_cast<double>(rows.records.size()), "stage.reading_table");
            if (!record.complete || record.fields.size() != rows.header.size()) {
                report.refused.push_back({record.line,
                                          {"store.line_columns",
                                           {{"found", std::to_string(record.fields.size())},
                                            {"expected", std::to_string(rows.header.size())}}}});
                continue;
            }
            const Line line(rows, record);
            Outcome outcome = table == Table::Patients   ? importPatient(context, rows, line)
                              : table == Table::Symptoms ? importSymptoms(context, line)
                                                         : importHospital(context, line, directory);
            if (!outcome)
                return fail(std::move(outcome.error()));
            if (*outcome)
                report.refused.push_back({record.line, std::move(**outcome)});
        }
        return {};
    });
    if (!done)
        return fail(std::move(done.error()));
    return report;
}

Result<void> exportCsv(Store& store, Table table, const std::filesystem::path& file, const TaskContext& task) {
    std::string text;
    Result<void> written;
    switch (table) {
    case Table::Patients:
        text = csvLine({"pseudonym", "name", "birth_year", "sex", "handedness", "note"});
        written = forEachPatient(store, task, [&](const Patient& patient) -> Result<void> {
            text += guardedLine({patient.pseudonym, patient.name, patient.birthYear, patient.sex,
                                 clinic::toString(patient.handedness), patient.note});
            return {};
        });
        break;
    case Table::Symptoms:
        text = csvLine({"patient", "visit_date", "symptom", "side", "onset", "severity", "note"});
        written = forEachPatient(store, task, [&](const Patient& patient) -> Result<void> {
            Result<std::vector<Visit>> visits = store.visits(patient.id);
            if (!visits)
                return fail(std::move(visits.error()));
            for (const Visit& visit : *visits) {
                Result<std::vector<VisitSymptom>> symptoms = store.symptoms(visit.id);
                if (!symptoms)
                    return fail(std::move(symptoms.error()));
                for (const VisitSymptom& entered : *symptoms)
                    text +=
                        guardedLine({patient.pseudonym, visit.date, entered.symptom.id, toString(entered.symptom.side),
                                     entered.onset, std::to_string(entered.severity), entered.note});
            }
            return {};
        });
        break;
    case Table::Studies:
        text = csvLine({"patient", "case", "path", "examined_on", "opened_at", "synthetic", "segmentation", "bundle",
                        "bundle_version", "weights_sha256", "edited", "target", "ml"});
        written = forEachPatient(store, task, [&](const Patient& patient) -> Result<void> {
            Result<PatientRecord> record = store.patientRecord(patient.id);
            if (!record)
                return fail(std::move(record.error()));
            for (const StudyRecord& row : record->studies) {
                const Study& study = row.study;
                const std::vector<std::string> head{patient.pseudonym, study.caseId,   study.path,
                                                    study.examinedOn,  study.openedAt, study.synthetic ? "yes" : "no"};
                const auto say = [&](const std::vector<std::string>& tail) {
                    std::vector<std::string> fields = head;
                    fields.insert(fields.end(), tail.begin(), tail.end());
                    fields.resize(13);
                    text += guardedLine(fields);
                };
                if (row.segmentations.empty())
                    say({});
                for (const StoredSegmentation& made : row.segmentations)
                    for (const auto& [target, ml] : made.mlPerTarget)
                        say({made.path, made.bundle, made.bundleVersion, made.weightsSha256, made.edited ? "yes" : "no",
                             target, decimal(ml)});
            }
            return {};
        });
        break;
    case Table::Hospitals: {
        Result<std::vector<clinic::Hospital>> hospitals = store.hospitals();
        if (!hospitals)
            return fail(std::move(hospitals.error()));
        text = csvLine({"id", "name_en", "name_local", "city", "region", "country", "latitude", "longitude",
                        "departments", "verified", "website", "tertiary", "children_only"});
        for (const clinic::Hospital& hospital : *hospitals) {
            std::vector<std::string> verified;
            for (const std::string& code : hospital.departments)
                if (const auto mark = hospital.verified.find(code); mark != hospital.verified.end() && mark->second)
                    verified.push_back(code);
            text += guardedLine({hospital.id, hospital.nameEn, hospital.nameLocal, hospital.city, hospital.region,
                                 hospital.country, decimal(hospital.latitude), decimal(hospital.longitude),
                                 joined(hospital.departments), joined(verified), hospital.website,
                                 hospital.tertiary ? "yes" : "no", hospital.childrenOnly ? "yes" : "no"});
        }
        break;
    }
    }
    if (!written)
        return written;
    return writeTextFile(file, text);
}

Result<void> exportArchive(Store& store, const std::filesystem::path& file, const TaskContext& task) {
    Json patients = Json::array();
    Result<void> gathered = forEachPatient(store, task, [&](const Patient& patient) -> Result<void> {
        Result<PatientRecord> record = store.patientRecord(patient.id);
        if (!record)
            return fail(std::move(record.error()));
        patients.push_back(toJson(*record));
        return {};
    });
    if (!gathered)
        return gathered;
    Result<std::vector<clinic::Hospital>> hospitals = store.hospitals();
    if (!hospitals)
        return fail(std::move(hospitals.error()));
    Json own = Json::array();
    for (const clinic::Hospital& hospital : *hospitals)
        if (hospital.editedByUser)
            own.push_back(toJson(hospital));
    const Json archive{{"format", kArchiveFormat},
                       {"version", kArchiveVersion},
                       {"written_at", utcNow()},
                       {"patients", std::move(patients)},
                       {"hospitals", std::move(own)}};
    return writeTextFile(file, archive.dump(1, ' ', false, Json::error_handler_t::replace) + '\n');
}

Result<ImportReport> importArchive(Store& store, const std::filesystem::path& file, const TaskContext& task) {
    Result<std::string> text = readTextFile(file);
    if (!text)
        return fail(std::move(text.error()));
    const Json archive = Json::parse(*text, nullptr, false);
    const auto notAnArchive = [&] {
        return fail(ErrorCode::Unreadable, "store.not_an_archive", {{"file", file.string()}});
    };
    try {
        if (archive.is_discarded() || archive.value("format", "") != kArchiveFormat)
            return notAnArchive();
        if (const int version = archive.at("version").get<int>(); version > kArchiveVersion)
            return fail(ErrorCode::StoreIncompatible, "store.newer_archive",
                        {{"file", file.string()},
                         {"found", std::to_string(version)},
                         {"known", std::to_string(kArchiveVersion)}});
        ImportReport report;
        const Json& patients = archive.at("patients");
        Result<void> done = store.inTransaction([&]() -> Result<void> {
            for (std::size_t i = 0; i < patients.size(); ++i) {
                if (task.cancelled())
                    return failCancelled();
                if (i % 256 == 0)
                    task.report(static_cast<double>(i) / static_cast<double>(patients.size()), "stage.reading_table");
                const PatientRecord record = patientRecordOf(patients[i]);
                auto present = store.findPatientByPseudonym(record.patient.pseudonym);
                if (!present)
                    return fail(std::move(present.error()));
                if (*present) {
                    Result<PatientRecord> known = store.patientRecord((*present)->id);
                    if (!known)
                        return fail(std::move(known.error()));
                    if (toJson(*known) == toJson(record))
                        ++report.unchanged;
                    else
                        report.refused.push_back({i + 1, {"store.line_exists", {}}});
                    continue;
                }
                const Result<std::int64_t> added = store.addPatientRecord(record);
                if (added)
                    ++report.added;
                else if (added.error().code == ErrorCode::InvalidInput)
                    report.refused.push_back({i + 1, added.error().message});
                else
                    return fail(added.error());
            }
            for (const Json& hospital : archive.value("hospitals", Json::array()))
                if (Result<void> saved = store.saveHospital(hospitalOf(hospital)); !saved)
                    return saved;
            return {};
        });
        if (!done)
            return fail(std::move(done.error()));
        return report;
    } catch (const Json::exception&) {
        // The library's text may quote the file, which is about patients.
        return notAnArchive();
    }
}

} // namespace sulcus::store
