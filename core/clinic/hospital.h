// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/region.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sulcus::clinic {

/// NS neurosurgery, NO neuro-oncology, SB skull base and pituitary, PN paediatric neurosurgery, EP epilepsy surgery, NV
/// neurovascular, TH thoracic, HB hepatobiliary, RT radiosurgery or proton therapy.
struct Hospital {
    std::string id;
    std::string nameEn;
    std::string nameLocal;
    std::string city;
    std::string region;
    std::string country; ///< ISO 3166-1 alpha-2
    double latitude = 0.0;
    double longitude = 0.0;
    std::vector<std::string> departments; ///< codes
    std::map<std::string, bool> verified; ///< code -> a page was seen; false = general knowledge, shown as unverified
    std::string website;                  ///< may be empty
};

enum class Finding { BrainTumour, LungLesion, LiverLesion, Aneurysm };

struct HospitalQuery {
    Finding finding = Finding::BrainTumour;
    std::optional<anatomy::Region> mainRegion; ///< SEL, HYP, CPA ask for skull base; others for neuro-oncology
    bool child = false;
    bool seizures = false;
    std::optional<double> latitude; ///< of where the patient is, degrees; both or none
    std::optional<double> longitude;
    std::string country; ///< preferred ISO code, empty = any
    int limit = 10;      ///< 0 = all
};

struct RankedHospital {
    Hospital hospital;
    std::optional<double> km;          ///< great circle (haversine, mean earth radius 6371.0088 km)
    std::vector<std::string> matching; ///< department codes that fit, the wanted ones first
    double score = 0.0;
};

/// Departments wanted for a finding, most wanted first.
std::vector<std::string> wantedDepartments(const HospitalQuery& query);
/// Best first. Pure; any thread.
std::vector<RankedHospital> rankHospitals(const std::vector<Hospital>& hospitals, const HospitalQuery& query);

double greatCircleKm(double latitudeA, double longitudeA, double latitudeB, double longitudeB);

} // namespace sulcus::clinic
