#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/schema.hpp"

/// A small study's file, with one of everything that a results file can hold.
namespace spinsweep::store::samples {

inline constexpr std::int64_t revision = 7;
inline constexpr std::uint64_t cases = 6;
inline constexpr std::uint64_t times = 5;
inline constexpr std::uint64_t message_length = 40;

/// 200 kB of TOML with letters outside ASCII: far more than HDF5's 64 kB limit on plain attributes.
[[nodiscard]] std::string long_text();

/// Groups: / (dimension component), /synapse, /network/curves (a parent that is not listed; uses /'s dimension).
[[nodiscard]] Schema sample_schema();

}  // namespace spinsweep::store::samples
