#include "micromagnetics/thermal_stepper.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "micromagnetics/derivative_pass.hpp"
#include "micromagnetics/vector_pack.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// With shorter steps a case takes months.
constexpr double shortest_inner_step = 1e-16;

using Reals = Pack<double>;

/// Calls use(index) for every pack of cells.
template <class Use>
void for_each_pack(const FieldLayout& layout, Use use) {
  for (int j = 0; j < layout.ny(); ++j) {
    for (std::size_t k = layout.index(0, j); k < layout.index(layout.nx(), j); k += Reals::size()) {
      use(k);
    }
  }
}

}  // namespace

ThermalStepper::ThermalStepper(LlgsSystem& system, std::uint64_t seed, std::optional<ThermalSteps> steps)
    : system_(system),
      inner_(system, seed),
      series_(TurnSeries::exact(system.material().damping)),
      given_steps_(steps) {
  field_.assign(system.layout().size(), 0.0);
  restart();
}

void ThermalStepper::restart() {
  restarted_ = true;
  Material hottest = system_.material();
  hottest.temperature = system_.largest_temperature();
  steps_ = given_steps_ ? *given_steps_
                        : longest_thermal_steps(hottest, system_.mesh(), system_.local_field(),
                                                system_.strongest_torque(), system_.demag().saturation_magnetization(),
                                                system_.local_materials(), system_.local_torques());
  if (!(steps_.inner >= shortest_inner_step)) {
    throw SimulationError(
        fmt::format("the thermal time step, {:.2g} s, is too short to simulate the case: exchange, anisotropy, DMI or "
                    "current are too strong for the cell",
                    steps_.inner));
  }
}

StepperState ThermalStepper::state() const {
  StepperState state;
  state.restarted = restarted_;
  state.reference_time = step_end_;
  state.counts = counts_;
  return state;
}

void ThermalStepper::restore(const StepperState& state) {
  restart();
  restarted_ = state.restarted;
  step_end_ = state.reference_time;
  counts_ = state.counts;
}

double ThermalStepper::step(double time, double end, std::span<double> m) {
  if (restarted_) {
    step_end_ = time;
    restarted_ = false;
  }
  // Much longer than the rounding of a time, and much shorter than a step.
  const double same = 1e-6 * steps_.outer;
  const double left = std::max(corner_, end) - step_end_;
  const double duration = left < steps_.outer + same ? left : steps_.outer;
  const double next = step_end_ + duration;
  if (next > end + same) {
    return end;
  }
  take_outer_step(duration, m);
  if (!system_.decomposition().all(normalize(system_.layout(), m))) {
    throw SimulationError(
        fmt::format("the magnetisation is not finite any more after a thermal step at t = {} ns", next * 1e9));
  }
  step_end_ = next;
  return std::abs(next - end) < same ? end : next;
}

void ThermalStepper::take_outer_step(double duration, std::span<double> m) {
  const int inner_steps = steps_.inner_steps_of_half(duration);
  std::uint64_t update = inner_.updates(counts_.fast_steps, 2 * counts_.steps);
  update = inner_.advance(step_end_, 0.5 * duration, inner_steps, update, m);
  turn_in_far_field(duration, m);
  inner_.advance(step_end_ + 0.5 * duration, 0.5 * duration, inner_steps, update, m);
  counts_.fast_steps += 2 * inner_steps;
  ++counts_.steps;
}

[[gnu::flatten]] void ThermalStepper::turn_in_far_field(double duration, std::span<double> m) {
  const FieldLayout& layout = system_.layout();
  const std::size_t size = layout.component_size();
  system_.demagnetizing_field(m, field_);
  ++counts_.demag_evaluations;
  ++counts_.whole_demag_evaluations;
  system_.ghost_rows().exchange(m.data(), {0, layout.nx()});
  const auto load_reals = [](const double* from) { return load(from); };
  double* field = field_.data();
  double* cells = m.data();
  const double* neighbours = system_.neighbours().data();
  const NearDemagField& near = inner_.near_field();
  const LocalMaterials* materials = system_.local_materials();
  const double* moment = materials != nullptr && materials->is_varied() ? materials->moment().data() : nullptr;
  const auto of_moments = [=, row = layout.row_stride()](BasicStencil<Reals> stencil, std::size_t k) {
    if (moment != nullptr) {
      stencil.centre = load(moment + k) * stencil.centre;
      stencil.east = load(moment + k + 1) * stencil.east;
      stencil.west = load(moment + k - 1) * stencil.west;
      stencil.north = load(moment + k + row) * stencil.north;
      stencil.south = load(moment + k - row) * stencil.south;
    }
    return stencil;
  };
  for_each_pack(layout, [=](std::size_t k) {
    const auto stencil =
        stencil_at(load_reals, cells, cells + size, cells + 2 * size, neighbours, k, layout.row_stride());
    store_vectors(load_vectors(field, k, size) - near.field(of_moments(stencil, k)), field, k, size);
  });
  const Material& material = system_.material();
  const Reals half_angle = 0.5 * duration * material.gyromagnetic_ratio / (1.0 + material.damping * material.damping);
  for_each_pack(layout, [=, series = series_](std::size_t k) {
    const VectorPack before = load_vectors(cells, k, size);
    const VectorPack g = half_angle * load_vectors(field, k, size);
    store_vectors(where_magnetic(before, turned(before, g, series.at(dot(g, g)))), cells, k, size);
  });
}

}  // namespace spinsweep::micromagnetics
