#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "device/drive.hpp"
#include "device/parameters.hpp"
#include "device/readout.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/step_watch.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::device {

/// Sampling times of a case, all in s from the start of the drive.
struct Schedule {
  std::vector<double> sample_times;    ///< every output.interval from 0, and the end
  std::vector<double> snapshot_times;  ///< output.snapshots of them, evenly from 0 to the end
  std::vector<double> reading_times;   ///< before the first pulse, and after each
  double end = 0.0;
};

[[nodiscard]] Schedule make_schedule(const Drive& drive, const Output& output);

/// That of a case: without the times of what is not recorded of it.
[[nodiscard]] Schedule make_schedule(const DeviceParameters& parameters);

/// Integrates to that moment (s) under the drive's current, ending a step on every corner on the way.
/// Errors: those of TimeIntegration::advance().
void advance(micromagnetics::TimeIntegration& integration, const Drive& drive, double moment);

/// The state of a device before the first pulse or after one.
struct Reading {
  double wall_position = 0.0;  ///< m
  double conductance = 0.0;    ///< S
  double wall_count = 0.0;     ///< on the first of the ranks that share the case, as the following one
  double wall_crossing = 0.0;  ///< m, see device::wall_crossing()
};

/// Results of a case, one entry per sample time except for the readings and the snapshots. Where ranks share the case,
/// all of them have the same record, but only the first has the snapshots and the numbers of walls.
struct CaseRecord {
  std::vector<micromagnetics::Vector3> magnetization;  ///< mean over the magnetic cells
  std::vector<double> wall_position;                   ///< m
  std::vector<double> conductance;                     ///< S
  std::vector<micromagnetics::Energies> energy;        ///< J
  bool is_up_down = false;                             ///< which way round the wall was at the start
  std::vector<Reading> readings;                       ///< before the first pulse, and after each
  std::vector<float> snapshots;  ///< magnetisation, [snapshot][y][x][component]; zero in the notches
};

/// State of a simulation between two steps, from which it resumes to the bit on any number of ranks.
struct SimulationState {
  micromagnetics::IntegrationState integration;
  CaseRecord record;              ///< up to now
  std::uint64_t next_sample = 0;  ///< index into Schedule::sample_times
  std::uint64_t next_snapshot = 0;
  std::uint64_t next_reading = 0;
};

/// Whether a case of those parameters can resume from the state: its vectors have the sizes of the mesh and the
/// schedule, and its indices and times lie within them.
[[nodiscard]] bool fits(const SimulationState& state, const DeviceParameters& parameters);

/// The simulation of one case, from the start of the drive to its end. If ranks share the demagnetising field's mesh
/// they share the case: they all make and call this object alike.
class Simulation {
 public:
  /// Starts from the magnetisation `initial` (of the whole track).
  Simulation(const DeviceParameters& parameters, const std::shared_ptr<micromagnetics::DemagField>& demag,
             std::span<const double> initial);
  /// Resumes from a state that fits() the parameters, the same state on all ranks.
  Simulation(const DeviceParameters& parameters, const std::shared_ptr<micromagnetics::DemagField>& demag,
             SimulationState state);

  /// Runs to the end and returns the record. watch.after_step may call state(). Errors: SimulationError if the
  /// integration cannot meet its tolerance.
  [[nodiscard]] const CaseRecord& run(const micromagnetics::StepWatch& watch = {});

  /// Whole only on the first of several ranks.
  [[nodiscard]] SimulationState state() const;
  /// Simulated so far, s.
  [[nodiscard]] double time() const { return integration_.time(); }

 private:
  void take_sample();
  void take_snapshot();
  void take_reading();
  [[nodiscard]] double position_of_wall(const micromagnetics::Vector3& mean) const;

  DeviceParameters parameters_;
  Drive drive_;
  Schedule schedule_;
  micromagnetics::LlgsSystem system_;
  micromagnetics::TimeIntegration integration_;
  WallLocator wall_locator_;
  CaseRecord record_;
  std::size_t next_sample_ = 0;
  std::size_t next_snapshot_ = 0;
  std::size_t next_reading_ = 0;
};

}  // namespace spinsweep::device
