#pragma once

#include <limits>

/// How a struct describes the keys of the sweep file that fill its members, beside those members:
///
///     struct Pulse {
///       double duration = 0.0;
///       static void declare(auto& key) { key("duration", &Pulse::duration, "s", keys::positive, "length of the
///       pulse"); }
///     };
///
/// Parsing, the resolved text, identity, axes and documentation follow from it (base/key_table.hpp has the calls).
namespace spinsweep::keys {

/// What depends on a key, and so whether another value makes another device or another study.
enum class Role {
  physics,     ///< everything, from the initial magnetisation on: the default
  dynamics,    ///< what happens to a case and is recorded of it, but not the magnetisation it starts from
  evaluation,  ///< what is derived from simulated cases, not the cases
  run,         ///< how the computation is carried out: no result
};

/// The numbers that a key accepts, ends included.
struct Range {
  double lowest;
  double highest;
};

inline constexpr Range any{-std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
inline constexpr Range positive{std::numeric_limits<double>::min(), std::numeric_limits<double>::max()};
inline constexpr Range not_negative{0.0, std::numeric_limits<double>::max()};
[[nodiscard]] constexpr Range between(double lowest, double highest) {
  return {lowest, highest};
}

}  // namespace spinsweep::keys
