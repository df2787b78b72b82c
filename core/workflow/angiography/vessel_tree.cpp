// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/angiography/vessel_tree.h"

#include "core/workflow/angiography/synthetic_angiography.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sulcus::workflow {

namespace {

constexpr double kPi = std::numbers::pi;
/// Width of the picture in millimetres: the branches of one carotid and some margin.
constexpr double kFieldMm = 110.0;

/// SplitMix64: the same numbers on every machine, unlike the distributions of the standard library.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    double normal() {
        // The sum of twelve uniforms is close enough to a Gaussian for noise and shapes.
        double sum = -6.0;
        for (int n = 0; n < 12; ++n)
            sum += uniform();
        return sum;
    }
    std::uint64_t next() {
        m_state += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }

private:
    std::uint64_t m_state;
};

VesselPoint operator+(const VesselPoint& a, const VesselPoint& b) { return {a[0] + b[0], a[1] + b[1], a[2] + b[2]}; }
VesselPoint operator*(double s, const VesselPoint& a) { return {s * a[0], s * a[1], s * a[2]}; }
double norm(const VesselPoint& a) { return std::sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]); }
VesselPoint unit(const VesselPoint& a) { return (1.0 / std::max(1e-9, norm(a))) * a; }
VesselPoint cross(const VesselPoint& a, const VesselPoint& b) {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}
VesselPoint randomDirection(Random& random) { return unit({random.normal(), random.normal(), random.normal()}); }

/// Two directions across `axis`.
std::array<VesselPoint, 2> across(const VesselPoint& axis) {
    const VesselPoint helper = std::abs(axis[2]) < 0.9 ? VesselPoint{0, 0, 1} : VesselPoint{1, 0, 0};
    const VesselPoint u = unit(cross(axis, helper));
    return {u, cross(axis, u)};
}

/// A vessel that starts at `from` in `direction` and wanders; the radius shrinks evenly.
VesselSegment wander(Random& random, VesselPoint from, VesselPoint direction, double length, double radius,
                     double endRadius, double tortuosity, const VesselPoint& pull) {
    VesselSegment segment;
    const double step = 0.4;
    const int steps = std::max(2, static_cast<int>(length / step));
    direction = unit(direction);
    // Slow random bending: two sines a vessel about random axes, and a gentle pull outwards.
    const VesselPoint axisA = randomDirection(random);
    const VesselPoint axisB = randomDirection(random);
    const double phaseA = random.uniform(0, 2 * kPi);
    const double phaseB = random.uniform(0, 2 * kPi);
    const double waveA = random.uniform(8, 18);
    const double waveB = random.uniform(18, 40);
    VesselPoint point = from;
    for (int n = 0; n <= steps; ++n) {
        const double s = n * step;
        segment.line.push_back(point);
        segment.radius.push_back(radius + (endRadius - radius) * n / steps);
        const VesselPoint bend = tortuosity * (std::sin(2 * kPi * s / waveA + phaseA) * axisA +
                                               std::sin(2 * kPi * s / waveB + phaseB) * axisB);
        direction = unit(direction + step * (0.12 * bend + 0.02 * pull));
        point = point + step * direction;
    }
    return segment;
}

VesselPoint endDirection(const VesselSegment& segment) {
    const std::size_t last = segment.line.size() - 1;
    return unit(segment.line[last] + (-1.0) * segment.line[last - std::min<std::size_t>(4, last)]);
}

/// Puts one turn of a coil into the middle of a vessel: end on, it looks like a blob.
void addLoop(Random& random, VesselSegment& segment) {
    const std::size_t at = segment.line.size() / 4 +
                           static_cast<std::size_t>(random.uniform() * static_cast<double>(segment.line.size()) / 2.0);
    if (at + 2 >= segment.line.size())
        return;
    const VesselPoint axis = unit(segment.line[at + 1] + (-1.0) * segment.line[at]);
    const auto [u, v] = across(randomDirection(random));
    const double loopRadius = random.uniform(1.6, 3.6);
    const int turns = 48;
    std::vector<VesselPoint> line(segment.line.begin(), segment.line.begin() + static_cast<std::ptrdiff_t>(at));
    std::vector<double> radius(segment.radius.begin(), segment.radius.begin() + static_cast<std::ptrdiff_t>(at));
    const VesselPoint start = segment.line[at];
    const double pitch = random.uniform(1.0, 3.0);
    for (int n = 0; n < turns; ++n) {
        const double angle = 2 * kPi * n / turns;
        line.push_back(start + (loopRadius * (std::cos(angle) - 1.0)) * u + (loopRadius * std::sin(angle)) * v +
                       (pitch * n / turns) * axis);
        radius.push_back(segment.radius[at]);
    }
    const VesselPoint shift = pitch * axis;
    for (std::size_t n = at; n < segment.line.size(); ++n) {
        line.push_back(segment.line[n] + shift);
        radius.push_back(segment.radius[n]);
    }
    segment.line = std::move(line);
    segment.radius = std::move(radius);
}

/// Adds a level vein that is wide in its middle and lies along the rays of one view: there it is a dark round spot,
/// from everywhere else a spindle. An aneurysm is round in all views.
void addLevelVein(Random& random, VesselTree& tree, double side) {
    constexpr double kThin = 0.5;
    const auto view = static_cast<std::size_t>(random.next() % kAngiographyAngles.size());
    const double angle = (kAngiographyAngles[view] + random.uniform(-6.0, 6.0)) * kPi / 180.0;
    const VesselPoint along = unit({-std::sin(angle), std::cos(angle), random.uniform(-0.08, 0.08)});
    const VesselPoint bow = across(along)[0];
    const VesselPoint centre{side * random.uniform(-10.0, 30.0), random.uniform(-15.0, 25.0),
                             random.uniform(-25.0, 38.0)};
    const double length = random.uniform(13.0, 20.0);
    const double widest = random.uniform(1.6, 2.4);
    const double sag = random.uniform(0.0, 0.8);
    const double density = random.uniform(0.8, 1.1);
    VesselSegment segment;
    const int steps = static_cast<int>(length / 0.4);
    for (int n = 0; n <= steps; ++n) {
        const double t = 2.0 * n / steps - 1.0;
        segment.line.push_back(centre + (0.5 * length * t) * along + (sag * t * t) * bow);
        segment.radius.push_back(kThin + (widest - kThin) * std::pow(1.0 - t * t, 0.7));
    }
    const VesselPoint begin = segment.line.front();
    const VesselPoint end = segment.line.back();
    tree.segments.push_back(std::move(segment));
    tree.segments.push_back(
        wander(random, begin, (-1.0) * along, random.uniform(8.0, 18.0), kThin, 0.3, 1.5, {0, 0, 0.5}));
    tree.segments.push_back(wander(random, end, along, random.uniform(8.0, 18.0), kThin, 0.4, 1.5, {0, 0, -0.5}));
    for (std::size_t n = tree.segments.size() - 3; n < tree.segments.size(); ++n)
        tree.segments[n].density = density;
}

/// Adds a vessel and, while it is thick enough, the two it divides into.
void grow(Random& random, VesselTree& tree, std::vector<VesselPoint>& forks, VesselPoint from, VesselPoint direction,
          double length, double radius, int order, const VesselPoint& pull) {
    // Murray 1926: the cube of a parent's radius is the sum of its children's cubes.
    const double split = random.uniform(0.35, 0.65);
    const double childA = radius * std::cbrt(split);
    const double childB = radius * std::cbrt(1.0 - split);
    VesselSegment segment = wander(random, from, direction, length, radius, std::max(childA, childB), 1.0, pull);
    const VesselPoint along = endDirection(segment);
    if (order > 0 && random.uniform() < 0.22)
        addLoop(random, segment);
    const VesselPoint reached = segment.line.back();
    tree.segments.push_back(std::move(segment));
    if (order == 0 || radius < 0.35)
        return;
    forks.push_back(reached);
    const auto [u, v] = across(along);
    const double turn = random.uniform(0, 2 * kPi);
    const VesselPoint side = std::cos(turn) * u + std::sin(turn) * v;
    const double spread = random.uniform(0.35, 0.8);
    grow(random, tree, forks, reached, along + spread * side, length * random.uniform(0.65, 0.95), childA, order - 1,
         pull);
    grow(random, tree, forks, reached, along + (-spread) * side, length * random.uniform(0.65, 0.95), childB, order - 1,
         pull);
}

} // namespace

const std::vector<std::string>& aneurysmLocations() {
    static const std::vector<std::string> names{"ICA", "ACom", "ACA", "MCA", "PCom"};
    return names;
}

VesselTree makeVesselTree(std::uint64_t seed, bool withAneurysm) {
    Random random(seed * 2 + 1);
    VesselTree tree;
    const double scale = random.uniform(0.9, 1.1);
    const double side = random.uniform() < 0.5 ? 1.0 : -1.0; // which carotid was injected

    // The siphon: up the neck, an S through the skull base, to the terminus at the origin.
    VesselSegment siphon;
    const double bulge = random.uniform(3.0, 6.0);
    for (int n = 0; n <= 120; ++n) {
        const double t = n / 120.0;
        const double z = -45.0 * (1.0 - t);
        siphon.line.push_back({side * (8.0 + 2.0 * std::sin(5.0 * t)) * (1.0 - 0.2 * t) - side * 6.4,
                               bulge * std::sin(3.0 * kPi * t) * t, z * scale});
        siphon.radius.push_back(2.2 - 0.4 * t);
    }
    const VesselPoint terminus = siphon.line.back();
    const VesselPoint communicating = siphon.line[95];
    tree.segments.push_back(siphon);

    std::vector<VesselPoint> forks;
    // Anterior cerebral artery: to the midline, then up and over; middle: to the side, fanning out; communicating: to
    // the back.
    VesselSegment aca1 = wander(random, terminus, {-side, -0.4, 0.2}, 13.0 * scale, 1.2, 1.1, 0.5, {0, -0.5, 0.5});
    const VesselPoint acom = aca1.line.back();
    tree.segments.push_back(aca1);
    std::vector<VesselPoint> acaForks;
    grow(random, tree, acaForks, acom, {-0.1 * side, -0.6, 0.8}, 20.0 * scale, 1.1, 3, {0.0, 0.6, 0.5});
    if (random.uniform() < 0.5)
        grow(random, tree, acaForks, acom, {-0.5 * side, -0.5, 0.7}, 18.0 * scale, 0.9, 2, {0.0, 0.5, 0.6});
    VesselSegment mca1 = wander(random, terminus, {side, 0.1, 0.15}, 16.0 * scale, 1.5, 1.4, 0.6, {side * 0.3, 0, 0.3});
    const VesselPoint mcaFork = mca1.line.back();
    const VesselPoint mcaAlong = endDirection(mca1);
    tree.segments.push_back(mca1);
    std::vector<VesselPoint> mcaForks;
    const auto [u, v] = across(mcaAlong);
    grow(random, tree, mcaForks, mcaFork, mcaAlong + 0.6 * u, 16.0 * scale, 1.1, 3, {side * 0.3, 0.3, 0.5});
    grow(random, tree, mcaForks, mcaFork, mcaAlong + (-0.6) * u + 0.2 * v, 16.0 * scale, 1.1, 3,
         {side * 0.3, 0.4, 0.3});
    tree.segments.push_back(wander(random, communicating, {0.2 * side, 1.0, 0.1}, 14.0, 0.8, 0.7, 0.6, {0, 0.5, 0}));
    // A vein-like vessel that passes behind: near crossings in some views.
    tree.segments.push_back(wander(random, {side * random.uniform(5, 25), random.uniform(10, 25), -30.0},
                                   {0.1, 0.1, 1.0}, random.uniform(50, 80), random.uniform(0.8, 1.5), 0.7, 1.2,
                                   {0, 0, 0.3}));

    const int levelVeins = 1 + static_cast<int>(random.next() % 3);
    for (int n = 0; n < levelVeins; ++n)
        addLevelVein(random, tree, side);

    // Dice are thrown in the same order with and without an aneurysm, so that both kinds of head look alike.
    const int location = static_cast<int>(random.next() % aneurysmLocations().size());
    const double radius = random.uniform(1.8, 3.8);
    const double density = random.uniform(0.65, 1.0);
    const VesselPoint outwards = randomDirection(random);
    const double which = random.uniform();
    if (withAneurysm) {
        VesselPoint at = terminus;
        const auto pick = [&](const std::vector<VesselPoint>& from, const VesselPoint& otherwise) {
            const std::size_t first = std::min<std::size_t>(from.size(), 3);
            return first == 0 ? otherwise : from[static_cast<std::size_t>(which * static_cast<double>(first))];
        };
        switch (location) {
        case 1:
            at = acom;
            break;
        case 2:
            at = pick(acaForks, acom);
            break;
        case 3:
            at = which < 0.6 ? mcaFork : pick(mcaForks, mcaFork);
            break;
        case 4:
            at = communicating;
            break;
        default:
            break;
        }
        tree.aneurysms.push_back({location, at + (0.85 * radius) * outwards, radius, density});
    }
    return tree;
}

std::array<double, 2> projectedPoint(const VesselPoint& point, double angleDegrees, int size) {
    const double angle = angleDegrees * kPi / 180.0;
    const double pixelMm = kFieldMm / size;
    // The terminus lies below the middle.
    return {size / 2.0 + (point[0] * std::cos(angle) + point[1] * std::sin(angle)) / pixelMm,
            size * 0.62 - point[2] / pixelMm};
}

std::vector<std::uint8_t> projectVesselTree(const VesselTree& tree, double angleDegrees, int size,
                                            std::uint64_t noiseSeed) {
    const auto pixels = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    const double angle = angleDegrees * kPi / 180.0;
    const double pixelMm = kFieldMm / size;
    std::vector<float> thickness(pixels, 0.0F);
    std::vector<float> own(pixels, 0.0F);
    std::vector<std::size_t> touched;

    const auto stamp = [&](const VesselPoint& p, double radius, double lengthening) {
        const auto [column, row] = projectedPoint(p, angleDegrees, size);
        const double r = radius / pixelMm;
        for (int y = std::max(0, static_cast<int>(std::floor(row - r)));
             y <= std::min(size - 1, static_cast<int>(std::ceil(row + r))); ++y)
            for (int x = std::max(0, static_cast<int>(std::floor(column - r)));
                 x <= std::min(size - 1, static_cast<int>(std::ceil(column + r))); ++x) {
                const double d2 = ((x - column) * (x - column) + (y - row) * (y - row)) * pixelMm * pixelMm;
                if (d2 >= radius * radius)
                    continue;
                const auto chord = static_cast<float>(2.0 * std::sqrt(radius * radius - d2) * lengthening);
                const std::size_t at =
                    static_cast<std::size_t>(y) * static_cast<std::size_t>(size) + static_cast<std::size_t>(x);
                if (own[at] == 0.0F)
                    touched.push_back(at);
                own[at] = std::max(own[at], chord);
            }
    };
    // Within one vessel the longest chord counts; different vessels add up where they cross.
    const auto flush = [&](double density) {
        for (const std::size_t at : touched) {
            thickness[at] += static_cast<float>(density) * own[at];
            own[at] = 0.0F;
        }
        touched.clear();
    };
    for (const VesselSegment& segment : tree.segments) {
        for (std::size_t n = 0; n < segment.line.size(); ++n) {
            const std::size_t next = std::min(n + 1, segment.line.size() - 1);
            const std::size_t before = next == n ? n - 1 : n;
            const VesselPoint along = unit(segment.line[next] + (-1.0) * segment.line[before]);
            const double depth = -along[0] * std::sin(angle) + along[1] * std::cos(angle);
            const double visible = std::sqrt(std::max(0.0, 1.0 - depth * depth));
            // Seen end on, a ray runs along the vessel: longer, up to a few radii of a curved vessel.
            stamp(segment.line[n], segment.radius[n], 1.0 / std::max(0.4, visible));
        }
        flush(segment.density);
    }
    for (const Aneurysm& aneurysm : tree.aneurysms) {
        stamp(aneurysm.centre, aneurysm.radius, 1.0);
        flush(aneurysm.density);
    }

    Random random(noiseSeed * 0x9E3779B9ULL + 17);
    const double gradientX = random.uniform(-18, 18);
    const double gradientY = random.uniform(-18, 18);
    const double base = random.uniform(165, 215);
    const double absorb = random.uniform(0.14, 0.24); // per mm of contrast-filled vessel
    const double noise = random.uniform(4.0, 8.0);
    std::vector<std::uint8_t> image(pixels);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const std::size_t at =
                static_cast<std::size_t>(y) * static_cast<std::size_t>(size) + static_cast<std::size_t>(x);
            const double u = 2.0 * x / size - 1.0;
            const double v = 2.0 * y / size - 1.0;
            const double tissue = base + gradientX * u + gradientY * v - 25.0 * (u * u + v * v);
            const double value =
                tissue * std::exp(-absorb * static_cast<double>(thickness[at])) + noise * random.normal();
            image[at] = static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
        }
    return image;
}

} // namespace sulcus::workflow
