#include "sweep/variant_curves.hpp"

#include <spdlog/spdlog.h>

#include <Eigen/Dense>
#include <algorithm>
#include <boost/mpi/collectives/all_gather.hpp>
#include <boost/mpi/communicator.hpp>
#include <boost/serialization/map.hpp>
#include <boost/serialization/string.hpp>
#include <cmath>
#include <map>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "device/initial_state.hpp"
#include "device/readout.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "parallel/agree.hpp"
#include "parallel/describe_error.hpp"
#include "parallel/shared_counter.hpp"
#include "store/case_status.hpp"
#include "study/parameter.hpp"
#include "sweep/demag_cache.hpp"
#include "sweep/results_schema.hpp"
#include "sweep/stop_request.hpp"

namespace spinsweep::sweep {

namespace {

/// Where a wall is put to find a level: at each notch, and beyond both ends, which leaves one domain.
std::vector<double> level_positions(const device::DeviceParameters& p) {
  std::vector<double> positions = device::notch_positions(p.track, p.notches);
  positions.push_back(-p.track.length);
  positions.push_back(2.0 * p.track.length);
  return positions;
}

double relaxed_conductance(device::DeviceParameters p, double position, DemagCache& cache, StopRequest& stop) {
  p.wall.position = position;
  p.wall.relax = true;
  p.wall.file.clear();
  const auto demag = cache.get(p);
  // Long enough for the wall to find its place in the notch, too.
  constexpr double longest = 2e-9;
  const std::vector<double> m = device::initial_state(
      p, demag, [&stop] { stop.throw_if_seen(); }, longest);
  micromagnetics::LlgsSystem system(p.material, device::make_mesh(p.track), device::make_mask(p.track, p.notches),
                                    demag);
  return device::conductance(p, system, m);
}

/// Why variants failed, by their number.
using Reasons = std::map<std::size_t, std::string>;

/// What any rank knows, on all of them. Collective.
Reasons gathered(const Reasons& own, const parallel::Communicator& communicator) {
  std::vector<Reasons> of_ranks;
  boost::mpi::all_gather(boost::mpi::communicator(communicator.get(), boost::mpi::comm_attach), own, of_ranks);
  Reasons all;
  for (Reasons& reasons : of_ranks) {
    all.merge(reasons);
  }
  return all;
}

/// Conductances of every variant's pinned walls, computed by all ranks together; none of those that fail, and why they
/// do in `reasons`. Collective.
std::vector<std::vector<double>> pinned_levels(const study::DevicePlan& plan, const std::vector<study::Variant>& list,
                                               const parallel::Communicator& communicator, Reasons& reasons) {
  struct Task {
    std::size_t variant;
    double position;
  };
  std::vector<Task> tasks;
  for (std::size_t v = 0; v < list.size(); ++v) {
    for (const double position : level_positions(plan.cases[list[v].cases.front()])) {
      tasks.push_back({v, position});
    }
  }
  std::vector<double> found(tasks.size(), 0.0);
  DemagCache cache;
  parallel::SharedCounter counter(communicator);
  StopRequest stop(communicator);
  Reasons own;
  parallel::agree_on(communicator, [&] {
    for (auto k = static_cast<std::size_t>(counter.next()); k < tasks.size();
         k = static_cast<std::size_t>(counter.next())) {
      const std::size_t variant = tasks[k].variant;
      if (own.contains(variant)) {
        continue;
      }
      try {
        found[k] = relaxed_conductance(plan.cases[list[variant].cases.front()], tasks[k].position, cache, stop);
      } catch (const Interrupted&) {
        throw;
      } catch (const EnvironmentError&) {
        throw;
      } catch (const std::exception&) {
        // It fails its variant, not the sweep.
        own.emplace(variant, "its levels could not be found: a wall could not be relaxed: " +
                                 parallel::describe_error(std::current_exception()).message);
      }
    }
  });
  MPI_Allreduce(MPI_IN_PLACE, found.data(), static_cast<int>(found.size()), MPI_DOUBLE, MPI_SUM, communicator.get());
  reasons = gathered(own, communicator);
  std::vector<std::vector<double>> levels(list.size());
  for (std::size_t k = 0; k < tasks.size(); ++k) {
    if (!reasons.contains(tasks[k].variant)) {
      levels[tasks[k].variant].push_back(found[k]);
    }
  }
  return levels;
}

/// Heat of a current pulse in the heavy metal under the track, J^2 rho L W t_HM tau, mean over the variant's current
/// densities, J.
double update_energy(const study::Study& study, const study::Variant& variant) {
  double sum = 0.0;
  for (const std::size_t index : variant.cases) {
    const auto& p = study.synapse.cases[index];
    const double volume = p.track.length * p.track.width * study.network.heavy_metal_thickness;
    sum += p.pulse.current_density * p.pulse.current_density * study.network.heavy_metal_resistivity * volume *
           p.pulse.duration;
  }
  return sum / static_cast<double>(variant.cases.size());
}

/// Final conductances of a variant's cases; empty if one is not done.
std::vector<double> final_conductances(const std::string& group, const study::Variant& variant,
                                       const store::ResultsFile& file) {
  const auto status = file.read<std::int8_t>("/" + group + "/status");
  const auto conductance = file.read<double>("/" + group + "/final_conductance");
  std::vector<double> values;
  for (const std::size_t index : variant.cases) {
    if (!says(status[index], store::CaseStatus::done)) {
      return {};
    }
    values.push_back(conductance[index]);
  }
  return values;
}

/// How far the junction's conductance can change, S.
double range_of(const device::Junction& junction) {
  return std::abs(1.0 / junction.parallel - 1.0 / junction.antiparallel);
}

/// "synapse variant 1: notches.count 5"
std::string name_of(const study::DevicePlan& plan, std::size_t number, const study::Variant& variant) {
  std::string text = fmt::format("{} variant {}", group_name(plan.base.kind), number);
  const char* separator = ": ";
  for (const auto& axis : plan.axes) {
    if (axis.path != "pulse.current_density") {
      const study::Parameter& parameter = *study::find_parameter(plan.base.kind, axis.path);
      text += fmt::format("{}{} {}", separator, axis.path,
                          readable(parameter, parameter.get(plan.cases[variant.cases.front()])));
      separator = ", ";
    }
  }
  return text;
}

/// The activation of a variant whose cases are done. Errors: SimulationError.
ActivationFit activation_of(const study::Study& study, const study::Variant& variant,
                            const std::vector<double>& conductance) {
  std::vector<double> current_density;
  for (const std::size_t index : variant.cases) {
    current_density.push_back(study.neuron.cases[index].pulse.current_density);
  }
  return fit_activation(current_density, conductance, study.network.activation_order,
                        range_of(study.neuron.cases[variant.cases.front()].junction));
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
        fmt::format("its conductance goes from {:.4e} to {:.4e} S over the current densities, less than {:g} % of what "
                    "the junction can do: the wall does not reach the detector, or never leaves it",
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
  const Eigen::VectorXd x = normalized(current_density);
  const Eigen::VectorXd y = normalized(conductance);
  Eigen::MatrixXd powers(x.size(), order);
  for (int k = 0; k < order; ++k) {
    powers.col(k) = x.array().pow(k + 1);
  }
  const Eigen::VectorXd solution = powers.colPivHouseholderQr().solve(y);
  const double misfit = (powers * solution - y).norm() / std::sqrt(static_cast<double>(x.size()));
  return {{solution.begin(), solution.end()}, misfit};
}

std::vector<double> distinct(std::vector<double> values, double resolution) {
  std::sort(values.begin(), values.end());
  std::vector<double> result;
  for (const double value : values) {
    if (result.empty() || value - result.back() > resolution) {
      result.push_back(value);
    }
  }
  return result;
}

VariantCurves derive_variants(const study::Study& study, store::ResultsFile& file,
                              const parallel::Communicator& communicator) {
  // The activation of a wall that moves as it should is met to a hundredth.
  constexpr double largest_usual_residual = 0.1;
  VariantCurves curves;
  const auto neurons = variants(study.neuron);
  for (std::size_t v = 0; v < neurons.size(); ++v) {
    const auto conductance = final_conductances("neuron", neurons[v], file);
    curves.activations.emplace_back();
    if (static_cast<int>(conductance.size()) <= study.network.activation_order) {
      continue;
    }
    const std::string name = name_of(study.neuron, v, neurons[v]);
    ActivationFit fit;
    try {
      fit = activation_of(study, neurons[v], conductance);
    } catch (const SimulationError& error) {
      curves.failures.push_back({name, fmt::format("it has no activation: {}", error.what())});
      continue;
    }
    curves.activations.back() = fit.coefficients;
    if (communicator.rank() == 0) {
      if (fit.residual > largest_usual_residual) {
        spdlog::warn("{}: the polynomial misses its curve, which goes from 0 to 1, by {:.2f} (root mean square)", name,
                     fit.residual);
      }
      file.write<double>("/variants/activation_coefficient", {v, 0}, {1, fit.coefficients.size()}, fit.coefficients);
      file.write<double>("/variants/activation_residual", {v}, {1}, std::span(&fit.residual, 1));
    }
  }
  const auto synapses = variants(study.synapse);
  const bool pinned = study.network.levels == "pinned";
  if (pinned) {
    Reasons reasons;
    curves.levels = pinned_levels(study.synapse, synapses, communicator, reasons);
    for (const auto& [v, reason] : reasons) {
      curves.failures.push_back({name_of(study.synapse, v, synapses[v]), reason});
    }
  }
  for (std::size_t v = 0; v < synapses.size(); ++v) {
    if (!pinned) {
      curves.levels.push_back(final_conductances("synapse", synapses[v], file));
    }
    const auto& p = study.synapse.cases[synapses[v].cases.front()];
    // Walls less than a cell apart are the same state.
    std::vector<double>& levels = curves.levels[v];
    levels = distinct(levels, range_of(p.junction) * p.track.cell / p.track.length);
    if (communicator.rank() == 0) {
      const double energy = update_energy(study, synapses[v]);
      file.write<double>("/variants/update_energy", {v}, {1}, std::span(&energy, 1));
    }
    if (communicator.rank() == 0 && !levels.empty()) {
      const auto count = static_cast<std::int32_t>(levels.size());
      file.write<double>("/variants/level_conductance", {v, 0}, {1, levels.size()}, levels);
      file.write<std::int32_t>("/variants/levels", {v}, {1}, std::span(&count, 1));
    }
  }
  for (const FailedVariant& failure : curves.failures) {
    if (communicator.rank() == 0) {
      spdlog::warn("{}: {}", failure.name, failure.reason);
    }
  }
  return curves;
}

}  // namespace spinsweep::sweep
