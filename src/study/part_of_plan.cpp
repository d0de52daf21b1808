#include "study/part_of_plan.hpp"

#include "study/case_identity.hpp"
#include "study/estimate.hpp"

namespace spinsweep::study {

std::vector<std::vector<std::size_t>> work_pieces(const study::DevicePlan& plan) {
  std::vector<std::vector<std::size_t>> pieces;
  if (plan.bisection.exists()) {
    for (const study::Variant& variant : variants(plan)) {
      pieces.push_back(variant.cases);
    }
  } else {
    for (std::size_t k = 0; k < plan.cases.size(); ++k) {
      pieces.push_back({k});
    }
  }
  return pieces;
}

std::vector<bool> cases_of(const study::Part& part, const study::DevicePlan& plan) {
  const auto pieces = work_pieces(plan);
  std::vector<double> costs;
  for (const auto& piece : pieces) {
    costs.push_back(0.0);
    for (const std::size_t k : piece) {
      costs.back() += study::estimated_seconds(plan, k);
    }
  }
  const std::vector<bool> chosen = pieces_of(part, costs);
  std::vector<bool> cases(plan.cases.size());
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    for (const std::size_t k : pieces[p]) {
      cases[k] = chosen[p];
    }
  }
  if (plan.bisection.exists()) {
    // A point that a sample drew again goes with its first draw.
    const auto first = study::first_identical_cases(plan);
    for (std::size_t k = 0; k < cases.size(); ++k) {
      cases[k] = cases[first[k]];
    }
  }
  return cases;
}

}  // namespace spinsweep::study
