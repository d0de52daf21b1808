#include "study/case_identity.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "study/named_files.hpp"
#include "study/parameter.hpp"

namespace spinsweep::study {

namespace {

void add_bytes(const void* bytes, std::size_t count, CaseKey& key) {
  key.append(static_cast<const char*>(bytes), count);
}

template <class Number>
void add_number(Number number, CaseKey& key) {
  add_bytes(&number, sizeof(number), key);
}

/// To twelve digits: values that differ by the rounding of their calculation are the same.
void add_rounded(double number, CaseKey& key) {
  constexpr int digits = 12;
  if (std::abs(number) < 1e-290 || !std::isfinite(number)) {
    add_number(number == 0.0 ? 0.0 : number, key);  // -0 is 0
    return;
  }
  int exponent = static_cast<int>(std::floor(std::log10(std::abs(number))));
  auto digits_of = std::llround(number / std::pow(10.0, exponent - digits + 1));
  if (std::abs(digits_of) >= std::llround(std::pow(10.0, digits))) {
    digits_of /= 10;
    ++exponent;
  }
  add_number(digits_of, key);
  add_number(exponent, key);
}

void add_text(const std::string& text, CaseKey& key) {
  add_number(text.size(), key);
  key += text;
}

void add_value(const keys::Value& value, CaseKey& key) {
  struct Writer {
    CaseKey& key;
    void operator()(bool held) const { add_number(held, key); }
    void operator()(std::int64_t held) const { add_number(held, key); }
    void operator()(double held) const { add_rounded(held, key); }
    void operator()(const std::string& held) const { add_text(held, key); }
    void operator()(const std::vector<std::int64_t>& held) const {
      add_number(held.size(), key);
      std::for_each(held.begin(), held.end(), *this);
    }
    void operator()(const std::vector<std::string>& held) const {
      add_number(held.size(), key);
      std::for_each(held.begin(), held.end(), *this);
    }
    void operator()(const std::vector<keys::Row>& held) const {
      add_number(held.size(), key);
      for (const keys::Row& row : held) {
        add_number(row.size(), key);
        for (const auto& [name, cell] : row) {
          add_text(name, key);
          std::visit(*this, cell);
        }
      }
    }
  };
  std::visit(Writer{key}, value);
}

CaseKey key_of_roles(const device::DeviceParameters& parameters, std::initializer_list<keys::Role> roles) {
  device::DeviceParameters p = parameters;
  if (p.notches.count == 0 && p.notches.list.empty()) {
    p.notches = {};
  }
  if (!p.disorder.exists()) {
    p.disorder = {};
  }
  if (p.material.temperature == 0.0) {
    p.thermal = {};
  }
  p.thermal.record = device::record_of(parameters);
  CaseKey key;
  add_text(std::string(p.kind->name), key);
  for (const auto& parameter : device_keys()) {
    if (std::find(roles.begin(), roles.end(), parameter.role) != roles.end()) {
      add_value(parameter.value(p), key);
    }
  }
  add_number(p.disorder.seed, key);
  return key;
}

}  // namespace

CaseKey physical_key(const device::DeviceParameters& parameters) {
  CaseKey key = key_of_roles(parameters, {keys::Role::physics, keys::Role::dynamics});
  add_number(parameters.material.temperature == 0.0 ? 0 : parameters.thermal.seed, key);
  if (parameters.heating) {
    // They are of the evaluation otherwise.
    for (const double property : {parameters.heavy_metal.thickness, parameters.heavy_metal.resistivity,
                                  parameters.substrate.conductivity, parameters.substrate.diffusivity}) {
      add_rounded(property, key);
    }
  }
  return key;
}

CaseKey initial_state_key_of(const device::DeviceParameters& parameters) {
  return key_of_roles(parameters, {keys::Role::physics});
}

bool is_comparable(const device::DeviceParameters& parameters) {
  return !std::isnan(parameters.pulse.current_density) &&
         std::ranges::none_of(named_files(), [&](const NamedFile& file) {
           return !file.name_in(parameters).empty() && file.checksum_in(parameters).empty();
         });
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
