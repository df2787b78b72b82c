// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace sulcus::learning {

/// A small generator whose whole state follows from one 64-bit key, so that sample 3 of step 500 draws the same numbers
/// whether or not the run was interrupted before it, and on every platform (the standard library's distributions differ
/// between them).
///
/// Source: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators" (SplitMix64).
class Random {
public:
    explicit Random(std::uint64_t key) : m_state(mix(key)) {}

    /// A key made of several parts (seed, step, index in the batch).
    static std::uint64_t key(std::uint64_t a, std::uint64_t b, std::uint64_t c = 0) {
        return mix(mix(mix(a) + b * kStride) + c * kStride);
    }

    std::uint64_t bits() {
        m_state += kStride;
        return mix(m_state);
    }
    /// In [0, 1).
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
    double uniform(double from, double to) { return from + (to - from) * uniform(); }
    bool chance(double probability) { return uniform() < probability; }
    /// In [0, count); 0 when count is 0.
    std::uint64_t below(std::uint64_t count) {
        return count == 0 ? 0 : static_cast<std::uint64_t>(uniform() * static_cast<double>(count));
    }
    /// Mean 0, deviation 1 (Box and Muller 1958; one of the pair is thrown away to keep the state one number).
    double normal() {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
        return radius * std::cos(2.0 * std::numbers::pi * uniform());
    }

private:
    static constexpr std::uint64_t kStride = 0x9e3779b97f4a7c15ULL;
    static std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    std::uint64_t m_state;
};

} // namespace sulcus::learning
