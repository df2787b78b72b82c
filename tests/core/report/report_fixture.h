// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_content.h"

#include <cmath>
#include <numbers>

/// Report contents made up from phantoms: no file is read.
namespace sulcus::test {

/// A ball-shaped brain with a three-shelled tumour on the patient's left, BraTS-like axes, `size` voxels of 3 mm each
/// way.
inline std::shared_ptr<imaging::Case> phantomCase(int size = 48) {
    auto result = std::make_shared<imaging::Case>();
    result->files.id = "phantom_001";
    result->synthetic = true;
    imaging::Geometry grid;
    grid.size = {size, size, size};
    grid.spacing = {3.0, 3.0, 3.0};
    const double half = (size - 1) / 2.0;
    grid.origin = {-3.0 * half, -3.0 * half, -3.0 * half};
    const auto truth = std::make_shared<imaging::LabelMap>();
    truth->geometry = grid;
    truth->voxels.assign(grid.voxelCount(), 0);
    for (const imaging::Sequence sequence :
         {imaging::Sequence::Flair, imaging::Sequence::T1, imaging::Sequence::T1ce, imaging::Sequence::T2}) {
        const auto volume = std::make_shared<imaging::Volume>();
        volume->geometry = grid;
        volume->description = "synthetic";
        volume->voxels.assign(grid.voxelCount(), 0.0f);
        std::size_t n = 0;
        for (int k = 0; k < size; ++k)
            for (int j = 0; j < size; ++j)
                for (int i = 0; i < size; ++i, ++n) {
                    const double x = (i - half) / half;
                    const double y = (j - half) / half;
                    const double z = (k - half) / half;
                    const double r = std::sqrt(1.5 * x * x + 1.1 * y * y + 1.5 * z * z);
                    if (r > 0.95)
                        continue;
                    double value = 400.0 + 120.0 * std::sin(9.0 * x) * std::cos(11.0 * y) * std::sin(8.0 * z) +
                                   (r > 0.85 ? -150.0 : 0.0);
                    const double t = std::hypot(x - 0.35, y + 0.25, z - 0.2) + 0.02 * std::sin(12.0 * std::atan2(y, x));
                    if (t < 0.32) {
                        truth->voxels[n] = t < 0.1 ? 1 : t < 0.18 ? 4 : 2;
                        value += sequence == imaging::Sequence::T1ce ? (t < 0.18 && t >= 0.1 ? 420.0 : 0.0) : 260.0;
                    }
                    volume->voxels[n] = static_cast<float>(value);
                }
        result->volumes.push_back({sequence, volume});
    }
    result->truth = truth;
    return result;
}

/// A ball of places: left and right frontal, temporal and occipital sectors.
inline report::BrainViews phantomBrain() {
    imaging::LabelMap map;
    map.geometry.size = {60, 72, 56};
    map.geometry.spacing = {3.0, 3.0, 3.0};
    map.geometry.origin = {90.0, 108.0, -80.0};
    map.geometry.direction = {-1, 0, 0, 0, -1, 0, 0, 0, 1};
    map.voxels.assign(map.geometry.voxelCount(), 0);
    std::vector<anatomy::Place> places;
    for (const anatomy::Region region :
         {anatomy::Region::Frontal, anatomy::Region::Temporal, anatomy::Region::Parietal, anatomy::Region::Occipital})
        for (const Side side : {Side::Left, Side::Right})
            places.push_back({region, side, {}, false});
    std::size_t n = 0;
    for (int k = 0; k < map.geometry.size[2]; ++k)
        for (int j = 0; j < map.geometry.size[1]; ++j)
            for (int i = 0; i < map.geometry.size[0]; ++i, ++n) {
                const double x = 90.0 - 3.0 * i;
                const double y = 108.0 - 3.0 * j;
                const double z = -80.0 + 3.0 * k;
                if (x * x / 4900.0 + y * y / 7600.0 + z * z / 4200.0 > 1.0)
                    continue;
                const int lobe = y < -15 ? 0 : z < -5 ? 1 : y < 45 ? 2 : 3;
                map.voxels[n] = static_cast<std::uint8_t>(1 + 2 * lobe + (x > 0 ? 0 : 1));
            }
    return report::brainViews(map, places);
}

inline std::shared_ptr<clinic::Knowledge> phantomKnowledge() {
    auto knowledge = std::make_shared<clinic::Knowledge>();
    knowledge->symptoms = {{"headache", "general", "Headache", "두통"},
                           {"weakness", "motor", "Weakness of one arm or leg", "한쪽 팔이나 다리의 힘 빠짐"},
                           {"aphasia_expressive", "speech", "Trouble finding or forming words", "말이 잘 나오지 않음"},
                           {"seizure_focal", "seizure", "Jerking that starts on one side", "한쪽에서 시작하는 경련"},
                           {"field_loss", "sight", "Loss of half of the field of view", "시야의 절반이 보이지 않음"},
                           {"apathy", "mind", "Loss of drive, apathy", "의욕 저하"}};
    knowledge->regions = {{anatomy::Region::Frontal, "frontal lobe", "이마엽", "", "", "", {}},
                          {anatomy::Region::Temporal, "temporal lobe", "관자엽", "", "", "", {}},
                          {anatomy::Region::Parietal, "parietal lobe", "마루엽", "", "", "", {}},
                          {anatomy::Region::Occipital, "occipital lobe", "뒤통수엽", "", "", "", {}},
                          {anatomy::Region::Insula, "insula", "섬엽", "", "", "", {}},
                          {anatomy::Region::BasalGanglia, "basal ganglia", "바닥핵", "", "", "", {}}};
    knowledge->sources = {{"E01", "Merck Manual Professional, localising signs of brain tumours", "merckmanuals.com"},
                          {"E03", "Moffitt Cancer Center, symptoms by place", "moffitt.org"},
                          {"E04", "BMJ Best Practice 729, brain tumours in adults", "bestpractice.bmj.com"},
                          {"E20", "Occipital syndromes", "medcrave.com"}};
    knowledge->departments = {{"NS", "neurosurgery", "신경외과"},
                              {"NO", "neuro-oncology", "신경종양"},
                              {"EP", "epilepsy surgery", "뇌전증 수술"},
                              {"RT", "radiosurgery or proton therapy", "방사선수술·양성자치료"}};
    return knowledge;
}

inline anatomy::Location phantomLocation() {
    using anatomy::Region;
    anatomy::Location location;
    location.space = anatomy::Space::Sri24;
    location.method = "fixed";
    location.brainDice = 0.962;
    location.reliable = true;
    anatomy::TargetLocation whole;
    whole.ml = 78.4;
    whole.leftShare = 0.97;
    whole.rightShare = 0.03;
    whole.regions = {{Region::Frontal, Side::Left, 53.6, 0.684, 0.21, false},
                     {Region::Insula, Side::Left, 11.2, 0.143, 0.62, false},
                     {Region::Temporal, Side::Left, 8.9, 0.114, 0.09, false},
                     {Region::BasalGanglia, Side::Left, 3.1, 0.04, 0.25, false},
                     {Region::Frontal, Side::Right, 0.4, 0.005, 0.002, false}};
    location.targets[imaging::Target::WholeTumour] = whole;
    location.targets[imaging::Target::TumourCore] = whole;
    anatomy::ComponentLocation component;
    component.component.ml = 77.9;
    component.component.voxelCount = 77900;
    component.centroidTemplate = {34.0, -30.0, 20.0};
    component.place = anatomy::Place{Region::Frontal, Side::Left, "Frontal_Inf_Tri_L", false};
    location.components.push_back(component);
    location.distances = {{"broca", Side::Left, 0.0, false},
                          {"motor_strip", Side::Left, 6.4, false},
                          {"internal_capsule", Side::Left, 12.0, false},
                          {"wernicke", Side::Left, 31.0, false},
                          {"optic_radiation", Side::Left, 44.0, true}};
    return location;
}

inline clinic::CrossCheck phantomCheck(clinic::Verdict verdict = clinic::Verdict::Agrees) {
    using anatomy::Region;
    clinic::CrossCheck check;
    check.verdict = verdict;
    check.mainRegion = Region::Frontal;
    check.reasons = {{"clinic.main_region", {{"percent", "68"}, {"region", "frontal lobe"}}},
                     {"clinic.mask_left", {{"percent", "97"}}},
                     {"clinic.main_strong",
                      {{"region", "frontal lobe"}, {"symptoms", "Weakness of one arm or leg, Loss of drive, apathy"}}},
                     {"clinic.handedness_unknown", {}}};
    const auto link = [](const char* symptom, std::optional<Region> region, int strength, clinic::SideRule rule,
                         const char* note, std::vector<std::string> sources, Side side, Side to, bool in,
                         clinic::LinkLine::SideFit fit) {
        return clinic::LinkLine{{symptom, region, strength, rule, note, std::move(sources)}, side, to, in, fit};
    };
    using Fit = clinic::LinkLine::SideFit;
    check.lines = {link("weakness", Region::Frontal, 3, clinic::SideRule::Contralateral, "motor strip", {"E01", "E03"},
                        Side::Right, Side::Left, true, Fit::Fits),
                   link("aphasia_expressive", Region::Frontal, 3, clinic::SideRule::Dominant,
                        "Broca's area of the dominant half", {"E01"}, Side::Unknown, Side::Left, true, Fit::Fits),
                   link("weakness", Region::BasalGanglia, 1, clinic::SideRule::Contralateral, "deep lesions",
                        {"E01", "~"}, Side::Right, Side::Left, false, Fit::Fits),
                   link("field_loss", Region::Occipital, 3, clinic::SideRule::Contralateral,
                        "quarter or half of the field, the same in both eyes", {"E01", "E20"}, Side::Right, Side::Left,
                        false, Fit::Fits),
                   link("headache", std::nullopt, 0, clinic::SideRule::None, "most patients have it; says no place",
                        {"E04"}, Side::Unknown, Side::Unknown, false, Fit::NoStatement)};
    check.unexplained = {"field_loss"};
    check.expected = {"apathy", "seizure_focal"};
    check.ranked = {{Region::Frontal, 0.684, clinic::Suggestion::Strong, 6, 1.5},
                    {Region::Occipital, 0.0, clinic::Suggestion::Strong, 3, 0.8},
                    {Region::BasalGanglia, 0.04, clinic::Suggestion::Weak, 1, 0.3}};
    check.cautions = {{"clinic.caution_silent_areas", {}},
                      {"clinic.caution_pressure", {}},
                      {"clinic.caution_shared_tasks", {}},
                      {"clinic.caution_strengths", {}},
                      {"clinic.caution_education", {}}};
    return check;
}

inline std::vector<clinic::RankedHospital> phantomHospitals() {
    std::vector<clinic::RankedHospital> hospitals;
    const auto add = [&](const char* name, const char* local, const char* city, const char* country, double km,
                         std::vector<std::string> matching, bool verified) {
        clinic::RankedHospital ranked;
        ranked.hospital.id = name;
        ranked.hospital.nameEn = name;
        ranked.hospital.nameLocal = local;
        ranked.hospital.city = city;
        ranked.hospital.country = country;
        ranked.hospital.departments = matching;
        for (std::size_t n = 0; n < matching.size(); ++n)
            ranked.hospital.verified[matching[n]] = verified || n == 0;
        ranked.matching = std::move(matching);
        ranked.km = km;
        hospitals.push_back(std::move(ranked));
    };
    add("Example University Hospital", "보기대학교병원", "Seoul", "KR", 3.2, {"NO", "NS", "RT"}, true);
    add("Riverside Medical Centre", "강변병원", "Seoul", "KR", 8.4, {"NO", "NS", "EP", "RT"}, false);
    add("Northern Institute of Neurology and Neurosurgery", "", "London", "GB", 8866.0, {"NO", "NS", "EP"}, true);
    return hospitals;
}

/// Everything a report can hold.
inline report::ReportContent fullContent() {
    report::ReportContent content;
    const auto imagingCase = phantomCase();
    content.imagingCase = imagingCase;
    content.mask = imagingCase->truth;
    content.caseId = "phantom_001";
    content.patientPseudonym = "P-0042";
    content.synthetic = true;
    content.figures = report::figuresThroughLargest(*imagingCase, content.mask.get(), content.era);
    content.labels = report::labelVolumes(*content.mask, content.era);
    content.targetMl = report::targetVolumes(*content.mask, content.era);
    imaging::Comparison comparison;
    comparison.regions[imaging::Target::WholeTumour] = {0.912, 0.838, 2.24, 0.93, 0.999, 78.4, 74.1};
    comparison.regions[imaging::Target::TumourCore] = {0.874, 0.776, 3.61, 0.88, 0.999, 12.1, 13.4};
    comparison.regions[imaging::Target::EnhancingTumour] = {0.841, 0.726, std::nullopt, 0.85, 0.999, 9.8, 9.1};
    comparison.accuracy = 0.9961;
    content.comparison = comparison;
    content.location = phantomLocation();
    content.symptoms = {{"weakness", Side::Right},
                        {"aphasia_expressive", Side::Unknown},
                        {"field_loss", Side::Right},
                        {"headache", Side::Unknown}};
    content.crossCheck = phantomCheck();
    content.knowledge = phantomKnowledge();
    content.brain = std::make_shared<const report::BrainViews>(phantomBrain());
    content.hospitals = phantomHospitals();
    content.hospitalsFrom = "Seoul";
    content.provenance = {"0.1.0",
                          "brain-tumour",
                          "1.0.0",
                          "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                          "CPU, 2 threads",
                          false,
                          "2026-11-21T13:05:09Z",
                          "fixed"};
    return content;
}

} // namespace sulcus::test
