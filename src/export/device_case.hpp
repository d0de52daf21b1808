#pragma once

#include <string>
#include <vector>

#include "characterization/pulse_statistics.hpp"
#include "device/parameters.hpp"
#include "micromagnetics/mesh.hpp"
#include "results/results.hpp"

/// Results in the formats of other programs.
namespace spinsweep::exports {

/// A saddle point of the energy between two levels, or over an end of the track.
struct SaddlePoint {
  std::string name;                  ///< as in file names: "saddle00", "loss_left"
  double position;                   ///< of the wall, m
  std::vector<float> magnetization;  ///< [y][x][component], zero in the notches
};

/// One finished case of a results file.
class DeviceCase {
 public:
  /// device: its kind, "synapse". Errors: EnvironmentError if the file is no results file, InputError if it has no
  /// such device or case, or the case is not done.
  DeviceCase(const std::string& results_file, const std::string& device, std::uint64_t index);

  /// "synapse_case0003"
  [[nodiscard]] std::string name() const;
  /// "case 3: notches.count 5, pulse.current_density 3e+11"
  [[nodiscard]] const std::string& description() const { return description_; }
  [[nodiscard]] const device::DeviceParameters& parameters() const { return parameters_; }
  [[nodiscard]] const micromagnetics::Mesh& mesh() const { return mesh_; }
  [[nodiscard]] const std::vector<double>& sample_times() const { return sample_times_; }      ///< s
  [[nodiscard]] const std::vector<double>& snapshot_times() const { return snapshot_times_; }  ///< s

  /// Errors: InputError if less than that was recorded of the case.
  void require_recorded(device::Record record) const;

  /// Magnetisation at a snapshot time, [y][x][component], zero in the notches.
  [[nodiscard]] std::vector<float> snapshot(std::uint64_t snapshot) const;

  /// The saddle points of the case's variant: between its levels from left to right, then over the ends of the track
  /// where such a path is known. Errors: InputError if its retention is not known, with the
  /// reason if it failed.
  [[nodiscard]] std::vector<SaddlePoint> saddle_points() const;

  /// Shape of the variable with the snapshots of all cases: (case, snapshot, y, x, component).
  [[nodiscard]] store::Extent snapshot_shape() const;

  /// A variable over (case, time, ...): its values for this case, row by row.
  [[nodiscard]] std::vector<double> trace(const results::Variable<double>& variable) const;

  /// What the pulses of its variant did to the conductance.
  [[nodiscard]] characterization::TrainJumps jumps() const;

 private:
  [[nodiscard]] std::size_t variant() const;

  results::Results results_;
  std::string device_;
  std::uint64_t index_;
  device::DeviceParameters parameters_;
  micromagnetics::Mesh mesh_;
  std::vector<double> sample_times_;
  std::vector<double> snapshot_times_;
  std::string description_;
};

}  // namespace spinsweep::exports
