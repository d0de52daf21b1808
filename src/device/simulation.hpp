#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "device/parameters.hpp"
#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::device {

/// When a case is sampled, all times in s from the start of the pulse.
struct Schedule {
  std::vector<double> sample_times;    ///< every output.interval from 0, and the end
  std::vector<double> snapshot_times;  ///< output.snapshots of them, evenly from 0 to the end
  double pulse_end = 0.0;
  double end = 0.0;
};

[[nodiscard]] Schedule make_schedule(const Pulse& pulse, const Output& output);

/// What a case yields. One entry per sample time unless said otherwise.
struct CaseRecord {
  std::vector<micromagnetics::Vector3> magnetization;  ///< mean over the magnetic cells
  std::vector<double> wall_position;                   ///< m
  std::vector<double> conductance;                     ///< S
  std::vector<micromagnetics::Energies> energy;        ///< J
  std::vector<float> snapshots;  ///< magnetisation, [snapshot][y][x][component]; zero in the notches
  std::int64_t demag_evaluations = 0;
  std::int64_t local_evaluations = 0;
};

/// Conductance of the device for a magnetisation m, S: the neuron's detector or the synapse's whole track.
[[nodiscard]] double conductance(const DeviceParameters& parameters, micromagnetics::LlgsSystem& system,
                                 std::span<const double> m);

/// Simulates one case: pulse, then rest, from the magnetisation `initial` (layout of the track's mesh).
/// Errors: SimulationError if the integration cannot meet its tolerance.
[[nodiscard]] CaseRecord simulate(const DeviceParameters& parameters, std::span<const double> initial,
                                  std::shared_ptr<micromagnetics::DemagField> demag);

}  // namespace spinsweep::device
