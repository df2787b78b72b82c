// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/anatomy/region.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
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
    bool tertiary = false;                ///< one of Korea's tertiary general hospitals
    bool childrenOnly = false;            ///< takes children only
    bool editedByUser = false;            ///< added or changed in this program; kept when the tables are refreshed
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
/// Best first: department fit, then the preferred country, then distance, then how many of the matching departments
/// were verified, then the name. A fit weighs each wanted department more than all less wanted ones together. Hospitals
/// with none of the wanted departments are left out, and so are those that take children only unless `child` is set.
/// `score` falls along the list. Entries are examples to verify before use, and whoever shows them says so. Pure; any
/// thread.
std::vector<RankedHospital> rankHospitals(const std::vector<Hospital>& hospitals, const HospitalQuery& query);

/// A place that stands in the directory, for choosing where the patient is.
struct City {
    std::string name;
    std::string country;
    double latitude = 0.0; ///< mean of the city's hospitals
    double longitude = 0.0;
};
/// Cities of the directory by country, then name.
std::vector<City> hospitalCities(const std::vector<Hospital>& hospitals);
/// By name without regard to ASCII case; "city, country" picks one of two of the same name.
std::optional<City> findCity(const std::vector<Hospital>& hospitals, std::string_view name);

/// Haversine formula on a sphere of radius 6371.0088 km. Degrees; north and east positive.
double greatCircleKm(double latitudeA, double longitudeA, double latitudeB, double longitudeB);

} // namespace sulcus::clinic
