#include "exchange_torque.hpp"

#include <algorithm>
#include <cmath>

#include "micromagnetics/derivative_pass.hpp"

namespace spinsweep::benchmarks {

using micromagnetics::BasicVector3;
using micromagnetics::cross;

namespace {

BasicVector3<Pack<double>> load_vector(const double* from, std::size_t k, std::size_t size) {
  return {load(from + k), load(from + k + size), load(from + k + 2 * size)};
}

void store_vector(const BasicVector3<Pack<double>>& value, double* to, std::size_t k, std::size_t size) {
  copy_to(value.x, to + k);
  copy_to(value.y, to + k + size);
  copy_to(value.z, to + k + 2 * size);
}

/// Calls action(k, component_size, exchange field of v there) for every pack of
/// cells.
template <class Action>
void for_each_field(const micromagnetics::LlgsSystem& system, const double* v, Action&& action) {
  const micromagnetics::FieldLayout& layout = system.layout();
  const std::size_t size = layout.component_size();
  const auto exchange = system.local_field().get<micromagnetics::ExchangeField>();
  for (int j = 0; j < layout.ny(); ++j) {
    const std::size_t end = layout.index(layout.nx(), j);
    for (std::size_t k = layout.index(0, j); k < end; k += Pack<double>::size()) {
      const auto stencil = micromagnetics::stencil_at([](const double* from) { return load(from); }, v, v + size,
                                                      v + 2 * size, system.neighbours().data(), k, layout.row_stride());
      action(k, size, field_of(exchange, stencil));
    }
  }
}

}  // namespace

ExchangeTorque::ExchangeTorque(const micromagnetics::LlgsSystem& system)
    : system_(system),
      factor_(system.material().gyromagnetic_ratio / (1.0 + system.material().damping * system.material().damping)),
      damping_(system.material().damping),
      m_(system.layout().size(), 0.0),
      field_(system.layout().size(), 0.0) {}

double ExchangeTorque::strength() const {
  return factor_ * std::sqrt(1.0 + damping_ * damping_) *
         system_.local_field().get<micromagnetics::ExchangeField>().coefficient;
}

void ExchangeTorque::evaluate(const double* m, double* result) const {
  for_each_field(system_, m, [&](std::size_t k, std::size_t size, const BasicVector3<Pack<double>>& field) {
    const BasicVector3<Pack<double>> at = load_vector(m, k, size);
    const BasicVector3<Pack<double>> precession = cross(at, field);
    store_vector(Pack<double>(-factor_) * (precession + Pack<double>(damping_) * cross(at, precession)), result, k,
                 size);
  });
}

void ExchangeTorque::linearize(const double* m) {
  std::copy(m, m + m_.size(), m_.begin());
  for_each_field(system_, m, [&](std::size_t k, std::size_t size, const BasicVector3<Pack<double>>& field) {
    store_vector(field, field_.data(), k, size);
  });
}

void ExchangeTorque::apply_shifted(double shift, const double* v, double* result) const {
  for_each_field(system_, v, [&](std::size_t k, std::size_t size, const BasicVector3<Pack<double>>& field_of_v) {
    const BasicVector3<Pack<double>> at = load_vector(m_.data(), k, size);
    const BasicVector3<Pack<double>> field = load_vector(field_.data(), k, size);
    const BasicVector3<Pack<double>> change = load_vector(v, k, size);
    const BasicVector3<Pack<double>> precession = cross(change, field) + cross(at, field_of_v);
    const BasicVector3<Pack<double>> relaxation = cross(change, cross(at, field)) + cross(at, precession);
    store_vector(
        Pack<double>(shift) * change + Pack<double>(factor_) * (precession + Pack<double>(damping_) * relaxation),
        result, k, size);
  });
}

}  // namespace spinsweep::benchmarks
