#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace spinsweep::engine {

/// The counters of a TaskQueue in a single process.
struct PlainCounters {
  std::vector<std::int64_t> numbers;
  std::int64_t add(std::size_t index, std::int64_t number) {
    return std::exchange(numbers[index], numbers[index] + number);
  }
  [[nodiscard]] std::vector<std::int64_t> all() const { return numbers; }
};

}  // namespace spinsweep::engine
