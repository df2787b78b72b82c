// SPDX-License-Identifier: Apache-2.0
#include "core/clinic/hospital.h"
#include "core/store/shipped_tables.h"

#include <QTest>
#include <algorithm>
#include <cmath>

using namespace sulcus;
using namespace sulcus::clinic;
using anatomy::Region;

namespace {

Hospital hospital(const char* id, std::vector<std::string> departments, const char* country = "KR",
                  double latitude = 37.5, double longitude = 127.0) {
    Hospital result;
    result.id = id;
    result.nameEn = id;
    result.country = country;
    result.latitude = latitude;
    result.longitude = longitude;
    result.departments = std::move(departments);
    for (const std::string& code : result.departments)
        result.verified[code] = false;
    return result;
}

std::vector<std::string> ids(const std::vector<RankedHospital>& ranked) {
    std::vector<std::string> result;
    for (const RankedHospital& row : ranked)
        result.push_back(row.hospital.id);
    return result;
}

HospitalQuery queryOf(Finding finding) {
    HospitalQuery query;
    query.finding = finding;
    query.limit = 0;
    return query;
}

} // namespace

class TestHospital : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void greatCirclesHaveKnownLengths() {
        QCOMPARE(greatCircleKm(10.0, 20.0, 10.0, 20.0), 0.0);
        // A quarter and a half of the earth's girth are exact on a sphere; 1e-6 km is rounding.
        const double quarter = 6371.0088 * std::acos(-1.0) / 2.0;
        QVERIFY(std::abs(greatCircleKm(0.0, 0.0, 90.0, 0.0) - quarter) < 1e-6);
        QVERIFY(std::abs(greatCircleKm(0.0, 0.0, 0.0, 180.0) - 2.0 * quarter) < 1e-6);
        QVERIFY(std::abs(greatCircleKm(0.0, 179.5, 0.0, -179.5) - 4.0 * quarter / 360.0) < 1e-6);
        // Seoul City Hall to Busan City Hall is 325 km on maps; ellipsoid and sphere differ by under 0.5 %.
        QVERIFY(std::abs(greatCircleKm(37.5663, 126.9779, 35.1798, 129.0750) - 325.0) < 3.0);
    }

    void distanceIsAMetric() {
        const auto& hospitals = store::shippedHospitals();
        for (std::size_t i = 0; i + 2 < hospitals.size(); ++i) {
            const Hospital &a = hospitals[i], &b = hospitals[i + 1], &c = hospitals[i + 2];
            const double ab = greatCircleKm(a.latitude, a.longitude, b.latitude, b.longitude);
            const double ba = greatCircleKm(b.latitude, b.longitude, a.latitude, a.longitude);
            const double bc = greatCircleKm(b.latitude, b.longitude, c.latitude, c.longitude);
            const double ac = greatCircleKm(a.latitude, a.longitude, c.latitude, c.longitude);
            QVERIFY(std::abs(ab - ba) < 1e-9);
            QVERIFY(ac <= ab + bc + 1e-9);
        }
    }

    void wantedDepartmentsFollowFindingAndRegion() {
        HospitalQuery query = queryOf(Finding::BrainTumour);
        QCOMPARE(wantedDepartments(query), (std::vector<std::string>{"NO", "NS"}));
        query.mainRegion = Region::Sellar;
        QCOMPARE(wantedDepartments(query), (std::vector<std::string>{"SB", "NS"}));
        query.mainRegion = Region::PontineAngle;
        query.seizures = true;
        QCOMPARE(wantedDepartments(query), (std::vector<std::string>{"SB", "NS", "EP"}));
        query.mainRegion = Region::Temporal;
        query.child = true;
        QCOMPARE(wantedDepartments(query), (std::vector<std::string>{"PN", "NO", "NS", "EP"}));
        QCOMPARE(wantedDepartments(queryOf(Finding::LungLesion)), std::vector<std::string>{"TH"});
        QCOMPARE(wantedDepartments(queryOf(Finding::LiverLesion)), std::vector<std::string>{"HB"});
        QCOMPARE(wantedDepartments(queryOf(Finding::Aneurysm)), (std::vector<std::string>{"NV", "NS"}));
    }

    void fitComesBeforeCountryBeforeDistance() {
        const std::vector<Hospital> directory{
            hospital("near_unfit", {"TH"}),
            hospital("near_half", {"NS"}, "KR", 37.5, 127.0),
            hospital("far_home", {"NO", "NS"}, "KR", 33.5, 126.5),
            hospital("near_home", {"NO", "NS"}, "KR", 37.6, 127.0),
            hospital("abroad_near", {"NO", "NS"}, "JP", 37.55, 127.0),
        };
        HospitalQuery query = queryOf(Finding::BrainTumour);
        query.country = "kr";
        query.latitude = 37.5;
        query.longitude = 127.0;
        const auto ranked = rankHospitals(directory, query);
        QCOMPARE(ids(ranked), (std::vector<std::string>{"near_home", "far_home", "abroad_near", "near_half"}));
        QVERIFY(ranked.front().km.has_value());
        for (std::size_t i = 1; i < ranked.size(); ++i)
            QVERIFY(ranked[i - 1].score >= ranked[i].score);
        query.limit = 2;
        QCOMPARE(rankHospitals(directory, query).size(), std::size_t{2});
    }

    void withoutAPlaceVerifiedDepartmentsComeFirst() {
        std::vector<Hospital> directory{hospital("a_general", {"NO", "NS"}), hospital("b_seen", {"NO", "NS"})};
        directory[1].verified = {{"NO", true}, {"NS", true}};
        const auto ranked = rankHospitals(directory, queryOf(Finding::BrainTumour));
        QCOMPARE(ids(ranked), (std::vector<std::string>{"b_seen", "a_general"}));
        QVERIFY(!ranked.front().km.has_value());
    }

    void oneCoordinateIsNoPlace() {
        HospitalQuery query = queryOf(Finding::BrainTumour);
        query.latitude = 37.5;
        QVERIFY(!rankHospitals({hospital("a", {"NS"})}, query).front().km.has_value());
    }

    void adultsAreNotSentToChildrensHospitals() {
        std::vector<Hospital> directory{hospital("children", {"PN", "NO", "NS"}), hospital("all", {"NS"})};
        directory[0].childrenOnly = true;
        HospitalQuery query = queryOf(Finding::BrainTumour);
        QCOMPARE(ids(rankHospitals(directory, query)), std::vector<std::string>{"all"});
        query.child = true;
        QCOMPARE(ids(rankHospitals(directory, query)), (std::vector<std::string>{"children", "all"}));
    }

    void everyFindingHasHospitalsInKorea() {
        for (const Finding finding :
             {Finding::BrainTumour, Finding::LungLesion, Finding::LiverLesion, Finding::Aneurysm}) {
            HospitalQuery query = queryOf(finding);
            query.country = "KR";
            query.limit = 10;
            const auto ranked = rankHospitals(store::shippedHospitals(), query);
            QCOMPARE(ranked.size(), std::size_t{10});
            for (const RankedHospital& row : ranked) {
                QCOMPARE(row.hospital.country, std::string("KR"));
                QCOMPARE(row.matching, wantedDepartments(query));
            }
        }
    }

    void citiesOfTheDirectoryAreFound() {
        const auto cities = hospitalCities(store::shippedHospitals());
        QVERIFY(cities.size() > 40);
        const auto busan = findCity(store::shippedHospitals(), "busan");
        QVERIFY(busan.has_value());
        QCOMPARE(busan->country, std::string("KR"));
        QVERIFY(greatCircleKm(busan->latitude, busan->longitude, 35.18, 129.075) < 15.0);
        QVERIFY(findCity(store::shippedHospitals(), "London, GB").has_value());
        QVERIFY(!findCity(store::shippedHospitals(), "Atlantis").has_value());
    }
};

QTEST_GUILESS_MAIN(TestHospital)
#include "tst_hospital.moc"
