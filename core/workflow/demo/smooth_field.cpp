// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/demo/smooth_field.h"

#include <cmath>

namespace sulcus::workflow {

namespace {

std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;

/// Four 16-bit uniforms of one word, summed: variance 4/12, so a factor of the root of 3 brings it to 1.
double normalFrom(std::uint64_t word) {
    double sum = 0.0;
    for (unsigned part = 0; part < 4; ++part) {
        sum += static_cast<double>((word >> (16U * part)) & 0xFFFFU) / 65536.0;
    }
    return (sum - 2.0) * 1.7320508075688772;
}

std::array<float, 4> splineWeights(double t) {
    const double u = 1.0 - t;
    return {static_cast<float>(u * u * u / 6.0), static_cast<float>((3 * t * t * t - 6 * t * t + 4) / 6.0),
            static_cast<float>((3 * u * u * u - 6 * u * u + 4) / 6.0), static_cast<float>(t * t * t / 6.0)};
}

} // namespace

std::uint64_t Dice::bits() {
    m_state += kGolden;
    return mixed(m_state);
}

double Dice::uniform() { return static_cast<double>(bits() >> 11U) * 0x1.0p-53; }

int Dice::whole(int from, int to) { return from + static_cast<int>(uniform() * (to - from + 1)); }

double Dice::normal() { return normalFrom(bits()); }

float hashedNormal(std::uint64_t key, std::uint64_t position) {
    return static_cast<float>(normalFrom(mixed(key + (position + 1) * kGolden)));
}

SmoothField::SmoothField(std::array<int, 3> size, double step, std::uint64_t seed) : m_size(size), m_step(step) {
    std::size_t count = 1;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        m_points[axis] = static_cast<int>(std::ceil(size[axis] / step)) + 4;
        count *= static_cast<std::size_t>(m_points[axis]);
    }
    // The spline averages neighbours: the squares of its weights sum to 0.479 per axis on average, and the factor
    // undoes it.
    constexpr float kGain = 3.0F;
    m_values.resize(count);
    for (std::size_t n = 0; n < count; ++n) {
        m_values[n] = kGain * hashedNormal(seed, n);
    }
}

float SmoothField::lattice(int a, int b, int c) const {
    return m_values[(static_cast<std::size_t>(c) * static_cast<std::size_t>(m_points[1]) +
                     static_cast<std::size_t>(b)) *
                        static_cast<std::size_t>(m_points[0]) +
                    static_cast<std::size_t>(a)];
}

void SmoothField::row(int j, int k, int from, int to, float* values) const {
    const double v = j / m_step;
    const double w = k / m_step;
    const int b = static_cast<int>(v);
    const int c = static_cast<int>(w);
    const auto wb = splineWeights(v - b);
    const auto wc = splineWeights(w - c);
    // The two slow axes are the same for the whole row, so they are folded first.
    const int first = static_cast<int>(from / m_step);
    const int last = static_cast<int>(to / m_step) + 3;
    std::vector<float> line(static_cast<std::size_t>(m_points[0]), 0.0F);
    for (int q = 0; q < 4; ++q) {
        for (int p = 0; p < 4; ++p) {
            const float weight = wb[static_cast<std::size_t>(p)] * wc[static_cast<std::size_t>(q)];
            for (int a = first; a <= last; ++a) {
                line[static_cast<std::size_t>(a)] += weight * lattice(a, b + p, c + q);
            }
        }
    }
    for (int i = from; i <= to; ++i) {
        const double u = i / m_step;
        const int a = static_cast<int>(u);
        const auto wa = splineWeights(u - a);
        const float* l = line.data() + a;
        values[i] = wa[0] * l[0] + wa[1] * l[1] + wa[2] * l[2] + wa[3] * l[3];
    }
}

float SmoothField::at(double i, double j, double k) const {
    const std::array<double, 3> p{std::fmin(std::fmax(i, 0.0), m_size[0] - 1.0) / m_step,
                                  std::fmin(std::fmax(j, 0.0), m_size[1] - 1.0) / m_step,
                                  std::fmin(std::fmax(k, 0.0), m_size[2] - 1.0) / m_step};
    const std::array<int, 3> base{static_cast<int>(p[0]), static_cast<int>(p[1]), static_cast<int>(p[2])};
    const auto wa = splineWeights(p[0] - base[0]);
    const auto wb = splineWeights(p[1] - base[1]);
    const auto wc = splineWeights(p[2] - base[2]);
    float sum = 0.0F;
    for (int c = 0; c < 4; ++c) {
        for (int b = 0; b < 4; ++b) {
            float line = 0.0F;
            for (int a = 0; a < 4; ++a) {
                line += wa[static_cast<std::size_t>(a)] * lattice(base[0] + a, base[1] + b, base[2] + c);
            }
            sum += wb[static_cast<std::size_t>(b)] * wc[static_cast<std::size_t>(c)] * line;
        }
    }
    return sum;
}

} // namespace sulcus::workflow
