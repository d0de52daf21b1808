#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "base/constants.hpp"
#include "micromagnetics/derivative_pass.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/vector_pack.hpp"

namespace spinsweep::tests {

/// Heun's method for the stochastic LLGS equation with every field evaluated at both stages, as plain as possible:
/// J. L. Garcia-Palacios and F. J. Lazaro, Phys. Rev. B 58, 14937 (1998). On one rank.
class HeunReference {
 public:
  HeunReference(micromagnetics::LlgsSystem& system, std::uint64_t seed) : system_(system), generator_(seed) {
    for (auto* field : {&demag_, &noise_, &slope_, &slope_2_, &predicted_}) {
      field->assign(system.layout().size(), 0.0);
    }
  }

  void advance(double duration, int steps, std::span<double> m) {
    const double step = duration / steps;
    for (int k = 0; k < steps; ++k) {
      draw_noise(step);
      derivative(m, slope_);
      for (std::size_t i = 0; i < m.size(); ++i) {
        predicted_[i] = m[i] + step * slope_[i];
      }
      derivative(predicted_, slope_2_);
      for (std::size_t i = 0; i < m.size(); ++i) {
        m[i] += 0.5 * step * (slope_[i] + slope_2_[i]);
      }
      static_cast<void>(micromagnetics::normalize(system_.layout(), m));
    }
  }

 private:
  void draw_noise(double step) {
    const micromagnetics::Material& p = system_.material();
    const double deviation = std::sqrt(2.0 * p.damping * constants::boltzmann_constant * p.temperature /
                                       (p.gyromagnetic_ratio * constants::vacuum_permeability *
                                        p.saturation_magnetization * system_.mesh().cell_volume() * step));
    const micromagnetics::FieldLayout& layout = system_.layout();
    for (std::size_t component = 0; component < 3; ++component) {
      for (int j = 0; j < layout.ny(); ++j) {
        for (int i = 0; i < layout.nx(); ++i) {
          noise_[component * layout.component_size() + layout.index(i, j)] = deviation * normal_(generator_);
        }
      }
    }
  }

  void derivative(std::span<const double> m, std::vector<double>& result) {
    system_.demagnetizing_field(m, demag_);
    double* to = result.data();
    for_each_derivative(system_, system_.torque_at(0.0), m.data(),
                        {{demag_.data(), noise_.data(), noise_.data()}, {1.0, 1.0, 0.0}},
                        [to](std::size_t k, std::size_t size, const micromagnetics::VectorPack& derivative) {
                          store_vectors(derivative, to, k, size);
                        });
  }

  micromagnetics::LlgsSystem& system_;
  std::mt19937_64 generator_;
  std::normal_distribution<double> normal_;
  std::vector<double> demag_;
  std::vector<double> noise_;
  std::vector<double> slope_;
  std::vector<double> slope_2_;
  std::vector<double> predicted_;
};

}  // namespace spinsweep::tests
