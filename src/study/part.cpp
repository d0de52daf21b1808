#include "study/part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <regex>

#include "base/error.hpp"

namespace spinsweep::study {

Part parse_part(const std::string& text) {
  static const std::regex form("([0-9]{1,6})/([0-9]{1,6})");
  std::smatch numbers;
  Part part;
  if (std::regex_match(text, numbers, form)) {
    part = {std::stoul(numbers[1]), std::stoul(numbers[2])};
  }
  if (numbers.empty() || part.index >= part.count) {
    throw InputError(fmt::format("--part {}: expected INDEX/COUNT with INDEX from 0 to COUNT - 1, such as 0/4", text));
  }
  return part;
}

std::vector<bool> pieces_of(const Part& part, const std::vector<double>& costs) {
  std::vector<std::size_t> order(costs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return costs[a] > costs[b]; });
  std::vector<bool> chosen(costs.size());
  for (std::size_t place = part.index; place < order.size(); place += part.count) {
    chosen[order[place]] = true;
  }
  return chosen;
}

}  // namespace spinsweep::study
