#include "micromagnetics/chessboard_stepper.hpp"

#include "base/constants.hpp"
#include "base/pack.hpp"
#include "micromagnetics/normal_numbers.hpp"
#include "micromagnetics/vector_pack.hpp"

namespace spinsweep::micromagnetics {

namespace {

using Reals = Pack<double>;

double precession_rate(const Material& material) {
  return material.gyromagnetic_ratio / (1.0 + material.damping * material.damping);
}

}  // namespace

ChessboardStepper::ChessboardStepper(LlgsSystem& system, std::uint64_t seed)
    : system_(system),
      seed_(seed),
      near_(system.mesh(), system.demag().saturation_magnetization(), system.demag().tensor()),
      series_(TurnSeries::half_of_cayley_transform(system.material().damping)),
      m_(system.mesh(), system.decomposition()) {
  const std::size_t numbers = padded_normal_numbers(static_cast<std::size_t>(m_.layout().nx()));
  if (const LocalMaterials* materials = system.local_materials()) {
    materials_.emplace(*materials, system.layout(), m_);
  }
  if (const LocalTorques* torques = system.local_torques()) {
    torques_.emplace(*torques, system.layout(), m_);
  }
  first_.resize(numbers);
  second_.resize(numbers);
}

std::uint64_t ChessboardStepper::updates(std::int64_t steps, std::int64_t calls) {
  return static_cast<std::uint64_t>(2 * steps + calls);
}

std::uint64_t ChessboardStepper::advance(double time, double duration, int steps, std::uint64_t update,
                                         std::span<double> m) {
  const double step = duration / steps;
  const Material& material = system_.material();
  diffusion_ = precession_rate(material) * constants::boltzmann_constant *
               system_.temperature_at(time + 0.5 * duration) /
               (constants::vacuum_permeability * material.saturation_magnetization * system_.mesh().cell_volume());
  m_.split(m);
  update_colour<Update::first_half>(0, time + 0.25 * step, step, update++);
  for (int k = 0; k < steps; ++k) {
    if (k > 0) {
      update_colour<Update::whole>(0, time + k * step, step, update++);
    }
    update_colour<Update::whole>(1, time + (k + 0.5) * step, step, update++);
  }
  update_colour<Update::last_half>(0, time + duration - 0.25 * step, step, update++);
  m_.join(m);
  return update;
}

template <ChessboardStepper::Update kind>
void ChessboardStepper::update_colour(int colour, double middle, double duration, std::uint64_t update) {
  const LlgsTorque torque = system_.torque_at(middle);
  if (torques_ && torque.current_density() != 0.0) {
    update_rows<kind>(torques_->under(torque, colour), colour, duration, update);
  } else {
    update_rows<kind>(torque, colour, duration, update);
  }
  m_.exchange_ghosts(colour);
}

template <ChessboardStepper::Update kind, class Torque>
void ChessboardStepper::update_rows(const Torque& torque, int colour, double duration, std::uint64_t update) {
  const auto first_row = static_cast<std::uint32_t>(system_.decomposition().own().begin);
  for (int j = 0; j < m_.layout().ny(); ++j) {
    fill_normal_numbers({seed_, update, first_row + static_cast<std::uint32_t>(j)}, first_, second_);
    if (materials_) {
      update_row<kind>(materials_->of_colour(colour), colour, j, torque, duration);
    } else {
      update_row<kind>(UniformMaterial(), colour, j, torque, duration);
    }
  }
}

template <ChessboardStepper::Update kind, class Materials, class Torque>
[[gnu::flatten]] void ChessboardStepper::update_row(const Materials& materials, int colour, int j,
                                                    const Torque& torque_now, double duration) {
  const FieldLayout& layout = m_.layout();
  const std::size_t size = layout.component_size();
  const std::size_t row = layout.row_stride();
  const LocalField local_field = system_.local_field();
  const Torque torque = torque_now;
  const NearDemagField near = near_;
  const TurnSeries series = series_;
  double* own = m_.data(colour);
  const double* other = m_.data(1 - colour);
  const auto other_at = [=](std::size_t k) { return load_vectors(other, k, size); };
  const auto offset = static_cast<std::size_t>(m_.offset(colour, j));
  const Reals half_angle = precession_rate(system_.material()) * duration / 4.0;
  const std::size_t begin = layout.index(0, j);
  const std::size_t end = layout.index(layout.nx(), j);
  for (std::size_t k = begin; k < end; k += Reals::size()) {
    const VectorPack before = load_vectors(own, k, size);
    VectorPack m = before;
    // Without the part of the exchange field along the cell itself, which turns nothing.
    BasicStencil<Reals> stencil{
        m, other_at(k + offset), other_at(k + offset - 1), other_at(k + row), other_at(k - row), Reals(0.0)};
    const auto& local = materials.at(k, row);
    const auto& of_cell = torque.at(k);
    const auto field_at = [&](const VectorPack& centre) {
      stencil.centre = centre;
      const VectorPack demag = near.field(materials.of_moments(stencil, k));
      return half_angle * of_cell.add_field(stencil, local_field.add_field(stencil, local, demag), local);
    };
    const Reals variance = materials.noise(local, diffusion_ * duration);
    const std::size_t p = k - begin;
    const Reals x1(first_.data() + p, std::experimental::element_aligned);
    const Reals x2(second_.data() + p, std::experimental::element_aligned);
    VectorPack g = field_at(m);
    const Reals square = dot(g, g);
    const auto turn = series.at(square);
    const Reals q = multiply_add(turn.square, square, Reals(1.0));
    Reals noise;
    if constexpr (kind == Update::whole) {
      noise = Reals(2.0) * variance * turn.damping * q / (q * q - Reals(4.0) * turn.damping * turn.damping * square);
    } else {
      const Reals decay = Reals(2.0) * turn.damping * sqrt(square);
      noise = variance * turn.damping / (kind == Update::first_half ? q - decay : q + decay);
    }
    noise = sqrt(noise);
    if constexpr (kind != Update::first_half) {
      m = turned(m, g, turn);
    }
    m = randomly_turned(m, noise * x1, noise * x2);
    if constexpr (kind != Update::last_half) {
      g = field_at(m);
      g = field_at(turned(m, g, series.at(dot(g, g))));
      m = turned(m, g, series.at(dot(g, g)));
    }
    m = where_magnetic(before, m);
    store_vectors(m, own, k, size);
  }
}

}  // namespace spinsweep::micromagnetics
