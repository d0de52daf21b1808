#include "characterization/variant_curves.hpp"

#include <spdlog/spdlog.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "base/error.hpp"
#include "characterization/pinned_levels.hpp"
#include "characterization/variant_table.hpp"
#include "device/drive.hpp"
#include "device/readout.hpp"
#include "simulation/case_table.hpp"
#include "store/case_status.hpp"
#include "study/network_devices.hpp"

namespace spinsweep::characterization {

namespace {

/// Joule heat of the drive in the heavy metal under the track (volume L W t_HM), mean over the variant's current
/// densities, J.
double update_energy(const study::DevicePlan& plan, const study::Variant& variant) {
  double sum = 0.0;
  for (const std::size_t index : variant.cases) {
    const auto& p = plan.cases[index];
    const double volume = p.track.length * p.track.width * p.heavy_metal.thickness;
    sum += device::Drive(p.pulse).heat(p.heavy_metal.resistivity, volume);
  }
  return sum / static_cast<double>(variant.cases.size());
}

/// Final conductances of a variant at each of its current densities, means over the realisations; empty if a case is
/// not done.
std::vector<double> final_conductances(const results::DeviceResults& device,
                                       const std::vector<store::CaseStatus>& status, const study::DevicePlan& plan,
                                       const study::Variant& variant) {
  std::vector<double> values;
  for (const auto& realizations : ensembles(plan, variant)) {
    double sum = 0.0;
    for (const std::size_t index : realizations) {
      if (status[index] != store::CaseStatus::done) {
        return {};
      }
      sum += device.kept(simulation::case_table::final_conductance, index);
    }
    values.push_back(sum / static_cast<double>(realizations.size()));
  }
  return values;
}

/// Why nothing can be derived from the cases of a variant, or nothing: a case that ends with another number of walls
/// than one, and not as one domain.
std::string wrong_walls(const results::DeviceResults& device, const study::Variant& variant) {
  for (const std::size_t index : variant.cases) {
    const double walls = device.kept(simulation::case_table::final_wall_count, index);
    if (!device::is_of_one_wall(walls)) {
      return fmt::format("case {} ends with {}", index, device::describe_walls(walls));
    }
  }
  return {};
}

/// Of every variant of the device with an activation.
void derive_activations(results::Results& results, bool writes, VariantCurves& curves) {
  // The activation of a wall that moves as it should is met to a hundredth.
  constexpr double largest_usual_residual = 0.1;
  const study::DevicePlan& plan = results.study().neurons();
  const results::DeviceResults device = results.of(*plan.base.kind);
  const auto status = device.statuses(simulation::case_table::status);
  const auto list = variants(plan);
  for (std::size_t v = 0; v < list.size(); ++v) {
    std::vector<double>& activation = curves.activations.emplace_back();
    const std::string name = variant_name(plan, v, list[v]);
    const auto conductance = final_conductances(device, status, plan, list[v]);
    if (conductance.empty()) {
      curves.failures.push_back({name, "not all of its cases are done"});
      continue;
    }
    if (const std::string reason = wrong_walls(device, list[v]); !reason.empty()) {
      curves.failures.push_back({name, "it has no activation: " + reason});
      continue;
    }
    std::vector<double> current_density;
    for (const auto& realizations : ensembles(plan, list[v])) {
      current_density.push_back(plan.cases[realizations.front()].pulse.current_density);
    }
    ActivationFit fit;
    try {
      fit = fit_activation(current_density, conductance, results.study().network.activation_order,
                           conductance_range(plan.cases[list[v].cases.front()].mtj));
    } catch (const SimulationError& error) {
      curves.failures.push_back({name, fmt::format("it has no activation: {}", error.what())});
      continue;
    }
    activation = fit.coefficients;
    if (writes) {
      if (fit.residual > largest_usual_residual) {
        spdlog::warn("{}: the polynomial misses its curve, which goes from 0 to 1, by {:.2f} (root mean square)", name,
                     fit.residual);
      }
      results[variant_table::activation_coefficient].at(v).write(fit.coefficients);
      results[variant_table::activation_residual].at(v).write(fit.residual);
    }
  }
}

/// Of neurons without a device.
void note_ideal_activation(results::Results& results, bool writes, VariantCurves& curves) {
  const std::vector<double> rectified = {1.0};
  curves.activations = {rectified};
  if (writes) {
    std::vector<double> coefficients(results[variant_table::activation_coefficient].shape().back(), 0.0);
    coefficients.front() = rectified.front();
    results[variant_table::activation_coefficient].at(0).write(coefficients);
    results[variant_table::activation_residual].at(0).write(0.0);
  }
}

/// Of devices that were measured.
void note_measured_levels(results::Results& results, bool writes, VariantCurves& curves) {
  const std::vector<network::MeasuredDevices>& measured = results.study().measured;
  for (std::size_t v = 0; v < measured.size(); ++v) {
    curves.levels.push_back(measured[v].means);
    if (writes) {
      for (std::size_t level = 0; level < measured[v].means.size(); ++level) {
        results[variant_table::measured_conductance].at(v, level).write(measured[v].conductances[level]);
      }
      results[variant_table::measured_deviation].at(v).write(measured[v].deviations());
      write_levels(results, v, measured[v].means);
    }
  }
}

/// Of every variant of the device with levels. Collective.
void derive_levels(results::Results& results, const parallel::Communicator& communicator, VariantCurves& curves) {
  const study::Study& study = results.study();
  const study::DevicePlan& plan = study.weights();
  const results::DeviceResults device = results.of(*plan.base.kind);
  const auto status = device.statuses(simulation::case_table::status);
  const auto list = variants(plan);
  const bool pinned = study.network.level_source == "relaxed_at_notches";
  const bool programmed = study.network.level_source == "programmed";
  PinnedLevels walls;
  if (programmed) {
    walls.levels = stored_levels(results, communicator);
  }
  if (pinned) {
    walls = pinned_levels(plan, list, study.run, results, communicator);
    curves.outcome = walls.outcome;
    if (curves.outcome.interrupted) {
      return;
    }
  }
  for (std::size_t v = 0; v < list.size(); ++v) {
    const std::string name = variant_name(plan, v, list[v]);
    std::vector<double>& levels = curves.levels.emplace_back();
    if (pinned || programmed) {
      levels = walls.levels[v];
    } else {
      const auto conductances = final_conductances(device, status, plan, list[v]);
      if (const auto reason = conductances.empty() ? std::string() : wrong_walls(device, list[v]); !reason.empty()) {
        walls.failures.emplace(v, "it has no levels: " + reason);
      } else {
        levels = distinct_levels(conductances, plan.cases[list[v].cases.front()]);
      }
      if (communicator.rank() == 0) {
        write_levels(results, v, levels);
      }
    }
    if (walls.failures.contains(v)) {
      curves.failures.push_back({name, walls.failures[v]});
    } else if (levels.empty()) {
      curves.failures.push_back(
          {name, programmed ? "its levels have not been written" : "not all of its cases are done"});
    } else if (levels.size() == 1) {
      curves.failures.push_back({name, "its conductance has one level, a network needs two at least"});
    }
    if (communicator.rank() == 0) {
      results[variant_table::update_energy].at(v).write(update_energy(plan, list[v]));
    }
  }
}

}  // namespace

ActivationFit fit_activation(std::span<const double> current_density, std::span<const double> conductance, int order,
                             double full_scale) {
  // A wall that goes 2.6 nm into the default detector changes the conductance by a hundredth, one that stays outside by
  // a ten thousandth, with its tail. Stretched to 0 to 1, both would look like an activation.
  constexpr double smallest_share = 0.01;
  const auto [lowest, highest] = std::minmax_element(conductance.begin(), conductance.end());
  if (!(*highest - *lowest >= smallest_share * full_scale)) {
    throw SimulationError(
        fmt::format("its conductance goes from {:.4e} to {:.4e} S over the current densities, less than {:g} % of "
                    "the range of the junction: the wall does not reach the junction, or never leaves it",
                    *lowest, *highest, 100.0 * smallest_share));
  }
  const auto normalized = [](std::span<const double> values) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    Eigen::VectorXd result(static_cast<Eigen::Index>(values.size()));
    for (std::size_t k = 0; k < values.size(); ++k) {
      result[static_cast<Eigen::Index>(k)] = (values[k] - *low) / (*high - *low);
    }
    return result;
  };
  // Mirror images have the same activation: the current counts by its modulus unless it has both signs, and a
  // conductance that falls with it is that of a junction whose pinned layer points the other way.
  std::vector<double> current(current_density.begin(), current_density.end());
  if (std::all_of(current.begin(), current.end(), [](double j) { return j <= 0.0; })) {
    std::transform(current.begin(), current.end(), current.begin(), std::negate());
  }
  const auto at_weakest = static_cast<std::size_t>(std::min_element(current.begin(), current.end()) - current.begin());
  const auto at_strongest =
      static_cast<std::size_t>(std::max_element(current.begin(), current.end()) - current.begin());
  const Eigen::VectorXd x = normalized(current);
  Eigen::VectorXd y = normalized(conductance);
  if (conductance[at_strongest] < conductance[at_weakest]) {
    y = 1.0 - y.array();
  }
  Eigen::MatrixXd powers(x.size(), order);
  for (int k = 0; k < order; ++k) {
    powers.col(k) = x.array().pow(k + 1);
  }
  const Eigen::VectorXd solution = powers.colPivHouseholderQr().solve(y);
  const double misfit = (powers * solution - y).norm() / std::sqrt(static_cast<double>(x.size()));
  return {{solution.begin(), solution.end()}, misfit};
}

VariantCurves derive_variants(results::Results& results, const parallel::Communicator& communicator) {
  VariantCurves curves;
  const bool writes = communicator.rank() == 0;
  if (study::has_ideal_neurons(results.study())) {
    note_ideal_activation(results, writes, curves);
  } else {
    derive_activations(results, writes, curves);
  }
  if (study::has_measured_weights(results.study())) {
    note_measured_levels(results, writes, curves);
  } else {
    derive_levels(results, communicator, curves);
  }
  for (const engine::Failure& failure : curves.failures) {
    if (communicator.rank() == 0 && !curves.outcome.interrupted) {
      spdlog::warn("{}: {}", failure.name, failure.reason);
    }
  }
  return curves;
}

}  // namespace spinsweep::characterization
