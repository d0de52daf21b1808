#include "programming/programming_table.hpp"

#include <algorithm>

#include "programming/method.hpp"

namespace spinsweep::programming::programming_table {

bool exists(const study::Study& study) {
  return section.is_in(study) && !study.weights().cases.empty();
}

std::size_t most_levels(const study::Study& study) {
  const study::DevicePlan& plan = study.weights();
  int most = 1;
  for (const study::Variant& v : variants(plan)) {
    most = std::max(most, plan.cases[v.cases.front()].notches.count);
  }
  return static_cast<std::size_t>(most) + 1;
}

std::uint64_t target_count(const LayoutInput& input) {
  return most_levels(input.study);
}

std::uint64_t recipe_count(const LayoutInput& input) {
  const Settings& settings = section.of(input.study);
  return method_of(settings.method).recipes(settings, most_levels(input.study));
}

std::uint64_t realization_count(const LayoutInput& input) {
  return static_cast<std::uint64_t>(section.of(input.study).realizations);
}

std::uint64_t outcome_count(const LayoutInput& input) {
  return target_count(input) + 1;
}

}  // namespace spinsweep::programming::programming_table
