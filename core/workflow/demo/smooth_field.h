// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace sulcus::workflow {

/// Random numbers that are the same on every machine and compiler: splitmix64 (Steele, Lea & Flood 2014) over a
/// counter.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t bits();
    double uniform(); ///< 0 <= u < 1
    double uniform(double from, double to) { return from + (to - from) * uniform(); }
    int whole(int from, int to); ///< inclusive
    double normal();             ///< sum of four uniforms, mean 0, variance 1, never beyond 3.5

private:
    std::uint64_t m_state;
};

/// A value of variance 1 that depends on nothing but a key and a position: noise that any loop order reproduces.
float hashedNormal(std::uint64_t key, std::uint64_t position);

/// A smooth random function over a grid of voxels: cubic B-splines on a lattice of random values, mean 0, variance
/// about 1.
class SmoothField {
public:
    /// `step` is the distance of lattice points in voxels: bumps are about twice as wide.
    SmoothField(std::array<int, 3> size, double step, std::uint64_t seed);

    /// Values for i = from..to of one row, written to values[from]..values[to].
    void row(int j, int k, int from, int to, float* values) const;
    float at(double i, double j, double k) const;

private:
    float lattice(int a, int b, int c) const;

    std::array<int, 3> m_size;
    double m_step;
    std::array<int, 3> m_points{};
    std::vector<float> m_values;
};

} // namespace sulcus::workflow
