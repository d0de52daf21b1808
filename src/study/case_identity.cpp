#include "study/case_identity.hpp"

#include <cmath>
#include <map>

#include "device/initial_state.hpp"
#include "study/parameter.hpp"

namespace spinsweep::study {

CaseKey physical_key(const device::DeviceParameters& parameters_of_case) {
  device::DeviceParameters p = parameters_of_case;
  if (p.notches.count == 0) {
    p.notches = {};
  }
  if (p.material.temperature == 0.0) {
    p.thermal = {};
  }
  CaseKey key = {static_cast<double>(p.kind), p.tolerance, p.wall.relax ? 1.0 : 0.0};
  key.push_back(static_cast<double>(p.thermal.seed >> 32U));
  key.push_back(static_cast<double>(p.thermal.seed & 0xffffffffU));
  for (const auto& parameter : parameters()) {
    key.push_back(parameter.get(p));
  }
  return key;
}

CaseKey initial_state_key_of(const device::DeviceParameters& parameters) {
  return physical_key(device::initial_state_key(parameters));
}

bool is_comparable(const device::DeviceParameters& parameters) {
  return !std::isnan(parameters.pulse.current_density) && parameters.wall.file.empty();
}

namespace {

/// Bisections of the same device find the same, so their cases are identical step by step. One by one they cannot be
/// told to be, for most current densities are not known beforehand.
std::vector<std::size_t> first_identical_steps(const DevicePlan& plan) {
  std::map<CaseKey, std::vector<std::size_t>> known;
  std::vector<std::size_t> first(plan.cases.size());
  for (const auto& steps : bisections(plan)) {
    const auto& bound = plan.cases[steps.front()];
    const auto& model = is_comparable(bound) ? known.try_emplace(physical_key(bound), steps).first->second : steps;
    for (std::size_t k = 0; k < steps.size(); ++k) {
      first[steps[k]] = model[k];
    }
  }
  return first;
}

}  // namespace

std::vector<std::size_t> first_identical_cases(const DevicePlan& plan) {
  if (plan.bisection.exists()) {
    return first_identical_steps(plan);
  }
  std::map<CaseKey, std::size_t> known;
  std::vector<std::size_t> first;
  for (std::size_t k = 0; k < plan.cases.size(); ++k) {
    const auto& p = plan.cases[k];
    first.push_back(is_comparable(p) ? known.try_emplace(physical_key(p), k).first->second : k);
  }
  return first;
}

}  // namespace spinsweep::study
