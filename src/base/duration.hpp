#pragma once

#include <string>

namespace spinsweep {

/// A time in s as text: "0.3 s", "45 s", "12 min", "3.4 h".
[[nodiscard]] std::string duration(double seconds);

}  // namespace spinsweep
