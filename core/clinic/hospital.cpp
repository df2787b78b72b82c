// SPDX-License-Identifier: Apache-2.0
#include "core/clinic/hospital.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace sulcus::clinic {

namespace {

constexpr double kEarthRadiusKm = 6371.0088; // mean radius R1 of the IUGG

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return result;
}

bool has(const std::vector<std::string>& list, const std::string& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

struct Candidate {
    RankedHospital row;
    double fit = 0.0;
    bool inCountry = false;
    int verified = 0;
};

} // namespace

double greatCircleKm(double latitudeA, double longitudeA, double latitudeB, double longitudeB) {
    constexpr double kRadians = std::numbers::pi / 180.0;
    const double sinLatitude = std::sin((latitudeB - latitudeA) * kRadians / 2.0);
    const double sinLongitude = std::sin((longitudeB - longitudeA) * kRadians / 2.0);
    const double h = sinLatitude * sinLatitude +
                     std::cos(latitudeA * kRadians) * std::cos(latitudeB * kRadians) * sinLongitude * sinLongitude;
    return 2.0 * kEarthRadiusKm * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

std::vector<std::string> wantedDepartments(const HospitalQuery& query) {
    switch (query.finding) {
    case Finding::LungLesion:
        return {"TH"};
    case Finding::LiverLesion:
        return {"HB"};
    case Finding::Aneurysm:
        return query.child ? std::vector<std::string>{"NV", "PN", "NS"} : std::vector<std::string>{"NV", "NS"};
    case Finding::BrainTumour:
        break;
    }
    using anatomy::Region;
    const bool skullBase = query.mainRegion == Region::Sellar || query.mainRegion == Region::Hypothalamus ||
                           query.mainRegion == Region::PontineAngle;
    std::vector<std::string> wanted;
    if (query.child)
        wanted.push_back("PN");
    wanted.push_back(skullBase ? "SB" : "NO");
    wanted.push_back("NS");
    if (query.seizures)
        wanted.push_back("EP");
    return wanted;
}

std::vector<RankedHospital> rankHospitals(const std::vector<Hospital>& hospitals, const HospitalQuery& query) {
    const std::vector<std::string> wanted = wantedDepartments(query);
    const bool located = query.latitude && query.longitude;
    const std::string country = lowered(query.country);

    std::vector<Candidate> candidates;
    for (const Hospital& hospital : hospitals) {
        if (hospital.childrenOnly && !query.child)
            continue;
        Candidate candidate;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (!has(hospital.departments, wanted[i]))
                continue;
            candidate.row.matching.push_back(wanted[i]);
            candidate.fit += std::ldexp(1.0, static_cast<int>(wanted.size() - 1 - i));
            const auto mark = hospital.verified.find(wanted[i]);
            candidate.verified += mark != hospital.verified.end() && mark->second ? 1 : 0;
        }
        if (candidate.row.matching.empty())
            continue;
        candidate.row.hospital = hospital;
        candidate.inCountry = !country.empty() && lowered(hospital.country) == country;
        if (located)
            candidate.row.km = greatCircleKm(*query.latitude, *query.longitude, hospital.latitude, hospital.longitude);
        // Half the earth's girth is 20,015 km: nearness stays below one, so that it never outweighs the country.
        const double nearness = candidate.row.km ? 1.0 - *candidate.row.km / 20100.0 : 0.0;
        candidate.row.score = candidate.fit * 10.0 + (candidate.inCountry ? 5.0 : 0.0) + nearness;
        candidates.push_back(std::move(candidate));
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        if (a.row.score != b.row.score)
            return a.row.score > b.row.score;
        if (a.verified != b.verified)
            return a.verified > b.verified;
        return a.row.hospital.nameEn < b.row.hospital.nameEn;
    });
    if (query.limit > 0 && candidates.size() > static_cast<std::size_t>(query.limit))
        candidates.resize(static_cast<std::size_t>(query.limit));

    std::vector<RankedHospital> result;
    result.reserve(candidates.size());
    for (Candidate& candidate : candidates)
        result.push_back(std::move(candidate.row));
    return result;
}

std::vector<City> hospitalCities(const std::vector<Hospital>& hospitals) {
    struct Sum {
        double latitude = 0.0;
        double longitude = 0.0;
        int count = 0;
    };
    std::map<std::pair<std::string, std::string>, Sum> sums;
    for (const Hospital& hospital : hospitals) {
        if (hospital.city.empty())
            continue;
        Sum& sum = sums[{hospital.country, hospital.city}];
        sum.latitude += hospital.latitude;
        sum.longitude += hospital.longitude;
        ++sum.count;
    }
    std::vector<City> result;
    for (const auto& [key, sum] : sums)
        result.push_back({key.second, key.first, sum.latitude / sum.count, sum.longitude / sum.count});
    return result;
}

std::optional<City> findCity(const std::vector<Hospital>& hospitals, std::string_view name) {
    const std::string wanted = lowered(name);
    for (City& city : hospitalCities(hospitals))
        if (lowered(city.name) == wanted || lowered(city.name + ", " + city.country) == wanted)
            return std::move(city);
    return std::nullopt;
}

} // namespace sulcus::clinic
