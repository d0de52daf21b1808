#pragma once

#include <any>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "base/key.hpp"
#include "device/parameters.hpp"
#include "network/settings.hpp"
#include "study/bisection.hpp"
#include "study/deadline.hpp"
#include "study/part.hpp"
#include "study/sampling.hpp"

namespace spinsweep::study {

/// A swept parameter.
struct Axis {
  std::string path;
  std::vector<double> values;  ///< NaN where a bisection finds them while the sweep runs
};

/// All cases of one device, in the order of the axes, the last one running fastest.
struct DevicePlan {
  device::DeviceParameters base;  ///< what the cases have in common
  std::vector<Axis> axes;
  std::vector<device::DeviceParameters> cases;  ///< never empty in a study's list
  std::string sweep_text;                       ///< the axes as the resolved sweep file has them
  Sampling sampling;                            ///< how the sampled axes were drawn; no method: a grid
  std::vector<std::string> sampled_axes;        ///< paths, in the order of the sample's columns
  Bisection bisection;                          ///< of pulse.current_density, if that axis is bisected
};

/// The bytes of files by their names.
using FileContents = std::map<std::string, std::string>;

/// How a study is run: nothing that it finds depends on it.
struct RunSettings {
  double checkpoint_interval = 60.0;
  double time_limit = std::numeric_limits<double>::infinity();
  int ranks_per_case = 1;
  // Of one run, not of the sweep file: every rank sets them from its own command line and environment.
  std::int64_t max_failures = std::numeric_limits<std::int64_t>::max();  ///< the run stops at that many failed cases
  bool retry_failed = false;                                             ///< simulate failed cases again
  Part part;                                                             ///< the cases to simulate
  Deadline deadline;                                                     ///< of the batch job that the run is

  static void declare(auto& key) {
    using enum keys::Role;
    key("checkpoint_interval", &RunSettings::checkpoint_interval, "s", keys::positive,
        "computing time between two checkpoints of a case or a training", run);
    key("time_limit", &RunSettings::time_limit, "s", keys::positive,
        "computing time after which a case fails; the relaxation of its initial wall, which cases may share, has the "
        "same limit of its own",
        run);
    key("ranks_per_case", &RunSettings::ranks_per_case, "1", keys::between(1, 1e6),
        "ranks that simulate one case together; see below. Changes no result, to the bit", run);
  }
};

/// A sweep file, read, checked and expanded.
struct Study {
  std::string name = "study";
  std::int64_t seed = 1;
  std::vector<DevicePlan> devices;  ///< of the kinds that the sweep file has, in the order of device::kinds()
  RunSettings run;
  bool has_network = false;
  network::NetworkSettings network;
  std::map<std::string, std::any> stages;  ///< the settings of every DeclaredSection that the sweep file has
  FileContents file_contents;              ///< of the files that devices name and keep, once they have been read
  std::vector<network::MeasuredDevices> measured;  ///< of network.measured_devices, once their files have been read
  std::string text;  ///< resolved_text(): the sweep file with every default filled in, stored in the results file

  /// The plan of a kind; one without cases if the study has none.
  [[nodiscard]] const DevicePlan& plan(const device::Kind& kind) const;
  /// The plan of the device whose levels are a network's weights, and of the one whose activation is that of its
  /// neurons; one without cases if the study has none.
  [[nodiscard]] const DevicePlan& weights() const { return plan_deriving(device::Derived::levels); }
  [[nodiscard]] const DevicePlan& neurons() const { return plan_deriving(device::Derived::activation); }

  static void declare(auto& key) {
    key("name", &Study::name, "name of the study", keys::Role::run);
    key("seed", &Study::seed, "1", keys::between(0, 0x1p48),
        "first seed of the networks; every random number of the study derives from it");
  }

 private:
  [[nodiscard]] const DevicePlan& plan_deriving(device::Derived derived) const;
};

/// Whether cases that differ along the axis are different devices: not by the current density, which drives a device
/// and is no part of it, nor by the realisations of the noise that thermal.realizations asks for.
[[nodiscard]] bool tells_variants_apart(const DevicePlan& plan, const Axis& axis);

/// Cases that differ in the current density and the realisation of the noise only: one device.
struct Variant {
  /// Indices into DevicePlan::cases, current density ascending. If they are bisected, the steps of one bisection in
  /// their order; the cases of a point that was drawn again are none of them, but identical to them.
  std::vector<std::size_t> cases;
};

[[nodiscard]] std::vector<Variant> variants(const DevicePlan& plan);

/// The cases of a variant by their current density, ascending: the realisations of each.
[[nodiscard]] std::vector<std::vector<std::size_t>> ensembles(const DevicePlan& plan, const Variant& variant);

/// "synapse variant 1: notches.count 5"
[[nodiscard]] std::string variant_name(const DevicePlan& plan, std::size_t number, const Variant& variant);

/// The steps of every bisection of a plan that has one: indices into DevicePlan::cases.
[[nodiscard]] std::vector<std::vector<std::size_t>> bisections(const DevicePlan& plan);

/// "case 3: notches.count 5, pulse.current_density 3e+11"
[[nodiscard]] std::string case_name(const DevicePlan& plan, std::size_t index);
/// The same for a case whose current density a bisection has found: `parameters` are the plan's with that.
[[nodiscard]] std::string case_name(const DevicePlan& plan, std::size_t index,
                                    const device::DeviceParameters& parameters);

}  // namespace spinsweep::study
