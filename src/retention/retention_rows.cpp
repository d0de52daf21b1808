#include "retention/retention_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <type_traits>

#include "base/constants.hpp"
#include "base/not_a_number.hpp"
#include "retention/markov_chain.hpp"
#include "retention/retention_table.hpp"

namespace spinsweep::retention {

namespace {

namespace table = retention_table;
using micromagnetics::MinimumEnergyPath;
using RowMajorMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// value_of(item) of each item, in their order.
template <class Items, class Value>
auto of_each(const Items& items, const Value& value_of) {
  std::vector<std::remove_cvref_t<std::invoke_result_t<const Value&, const typename Items::value_type&>>> values;
  values.reserve(items.size());
  for (const auto& item : items) {
    values.push_back(std::invoke(value_of, item));
  }
  return values;
}

/// A vector field as maps are stored, [y][x][component].
std::vector<float> as_map(const micromagnetics::FieldLayout& layout, std::span<const double> m) {
  std::vector<float> map;
  for (int j = 0; j < layout.ny(); ++j) {
    for (int i = 0; i < layout.nx(); ++i) {
      for (std::size_t component = 0; component < 3; ++component) {
        map.push_back(static_cast<float>(m[layout.index(i, j) + component * layout.component_size()]));
      }
    }
  }
  return map;
}

bool is_found(const Loss& loss) {
  return loss.kind == LossPath::found;
}

class Rows {
 public:
  Rows(results::Results& results, std::size_t variant, const micromagnetics::LlgsSystem& system,
       const device::DeviceParameters& p, const Landscape& found)
      : results_(results),
        settings_(table::section.of(results.study())),
        variant_(variant),
        system_(system),
        p_(p),
        found_(found),
        lowest_(std::ranges::min_element(found.wells, {}, &Well::energy)->energy),
        forth_(of_each(found.paths, &MinimumEnergyPath::barrier_forth)),
        back_(of_each(found.paths, &MinimumEnergyPath::barrier_back)),
        frequency_forth_(of_each(found.frequencies, &AttemptFrequencies::forth)),
        frequency_back_(of_each(found.frequencies, &AttemptFrequencies::back)) {}

  std::string write_all() {
    write_wells();
    if (!found_.paths.empty()) {
      write_paths();
      write_barriers();
    }
    write_losses();
    write_smallest_barrier();
    return write_probabilities();
  }

 private:
  template <class T>
  [[nodiscard]] auto cells(const results::Variable<T>& variable) {
    return results_[variable].at(variant_);
  }

  [[nodiscard]] double above_lowest(double energy) const { return energy - lowest_; }

  void write_wells() {
    cells(table::wells).write(static_cast<std::int32_t>(found_.wells.size()));
    cells(table::well_position).write(of_each(found_.wells, &Well::position));
    cells(table::well_conductance).write(of_each(found_.wells, &Well::conductance));
    cells(table::well_energy).write(of_each(found_.wells, [&](const Well& well) { return above_lowest(well.energy); }));
  }

  [[nodiscard]] std::vector<double> positions(const MinimumEnergyPath& path) const {
    return of_each(path.images, [&](const std::vector<double>& m) { return wall_position(system_, p_, m); });
  }
  [[nodiscard]] std::vector<double> energies(const MinimumEnergyPath& path) const {
    return of_each(path.energies, [&](double energy) { return above_lowest(energy); });
  }

  template <class Cells>
  void write_map(Cells&& map, std::span<const double> m) const {
    const auto& mesh = system_.mesh();
    map.write(as_map(system_.layout(), m),
              {static_cast<std::uint64_t>(mesh.ny), static_cast<std::uint64_t>(mesh.nx), 3});
  }

  void write_paths() {
    const auto write = [&](const auto& variable, const auto& value_of) {
      cells(variable).write(of_each(found_.paths, value_of));
    };
    write(table::saddle_position,
          [&](const MinimumEnergyPath& path) { return wall_position(system_, p_, path.saddle); });
    write(table::saddle_energy, [&](const MinimumEnergyPath& path) { return above_lowest(path.saddle_energy); });
    write(table::saddle_change, &MinimumEnergyPath::saddle_change);
    write(table::unstable_modes, &MinimumEnergyPath::unstable_modes);
    write(table::images, [](const MinimumEnergyPath& path) { return static_cast<std::int32_t>(path.images.size()); });
    write(table::steps, [](const MinimumEnergyPath& path) { return static_cast<std::int32_t>(path.steps); });
    for (std::size_t k = 0; k < found_.paths.size(); ++k) {
      const MinimumEnergyPath& path = found_.paths[k];
      write_map(cells(table::saddle_magnetization).at(k), path.saddle);
      cells(table::path_position).at(k).write(positions(path));
      cells(table::path_energy).at(k).write(energies(path));
    }
  }

  void write_barriers() {
    cells(table::barrier_forth).write(forth_);
    cells(table::barrier_back).write(back_);
    cells(table::attempt_frequency_forth).write(frequency_forth_);
    cells(table::attempt_frequency_back).write(frequency_back_);
    for (std::size_t t = 0; t < settings_.temperatures.size(); ++t) {
      const auto over_thermal = [&](double barrier) { return barrier / thermal_energy(t); };
      cells(table::barrier_forth_thermal).at(t).write(of_each(forth_, over_thermal));
      cells(table::barrier_back_thermal).at(t).write(of_each(back_, over_thermal));
    }
  }

  [[nodiscard]] double thermal_energy(std::size_t temperature) const {
    return constants::boltzmann_constant * settings_.temperatures[temperature];
  }

  void write_losses() {
    for (std::size_t end = 0; end < found_.losses.size(); ++end) {
      const Loss& loss = found_.losses[end];
      cells(table::loss_path).at(end).write(static_cast<std::int8_t>(loss.kind));
      if (!is_found(loss)) {
        continue;
      }
      const MinimumEnergyPath& path = loss.path;
      const auto write = [&](const auto& variable, const auto& value) { cells(variable).at(end).write(value); };
      write(table::lost_conductance, loss.conductance);
      write(table::loss_barrier, loss.barrier);
      write(table::loss_attempt_frequency, loss.frequency);
      write(table::loss_saddle_position, wall_position(system_, p_, path.saddle));
      write(table::loss_saddle_energy, above_lowest(path.saddle_energy));
      write(table::loss_saddle_change, path.saddle_change);
      write(table::loss_unstable_modes, path.unstable_modes());
      write(table::loss_images, static_cast<std::int32_t>(path.images.size()));
      write(table::loss_steps, static_cast<std::int32_t>(path.steps));
      write(table::loss_path_position, positions(path));
      write(table::loss_path_energy, energies(path));
      write_map(cells(table::loss_saddle_magnetization).at(end), path.saddle);
      for (std::size_t t = 0; t < settings_.temperatures.size(); ++t) {
        cells(table::loss_barrier_thermal).at(t, end).write(loss.barrier / thermal_energy(t));
      }
    }
  }

  void write_smallest_barrier() {
    std::vector<double> all = forth_;
    all.insert(all.end(), back_.begin(), back_.end());
    for (const Loss& loss : found_.losses) {
      if (is_found(loss)) {
        all.push_back(loss.barrier);
      }
    }
    cells(table::smallest_barrier).write(std::ranges::min(all));
  }

  [[nodiscard]] Barriers barriers() const {
    Barriers all{
        .forth = forth_, .back = back_, .frequency_forth = frequency_forth_, .frequency_back = frequency_back_};
    if (std::ranges::any_of(found_.losses, &is_found)) {
      all.ways_out.emplace();
      for (std::size_t end = 0; end < found_.losses.size(); ++end) {
        if (const Loss& loss = found_.losses[end]; is_found(loss)) {
          (*all.ways_out)[end] = {loss.barrier, loss.frequency};
        }
      }
    }
    return all;
  }

  /// Returns how long levels last, in words.
  std::string write_probabilities() {
    const Barriers all = barriers();
    std::string summary;
    for (std::size_t t = 0; t < settings_.temperatures.size(); ++t) {
      const double temperature = settings_.temperatures[t];
      const Eigen::MatrixXd rates = jump_rates(all, temperature);
      for (std::size_t moment = 0; moment < settings_.times.size(); ++moment) {
        write_probabilities(t, moment, jump_probabilities(rates, settings_.times[moment]));
      }
      const double lost_after = time_to_move(all, temperature, table::lost_fraction);
      cells(table::retention_time).at(t).write(lost_after);
      summary += fmt::format("{}1 % lost after {:.2g} s at {} K", t > 0 ? ", " : "", lost_after, temperature);
    }
    cells(table::retention_temperature).write(largest_temperature(all, table::ten_years, table::lost_fraction));
    return summary;
  }

  /// probabilities: of the levels and, where the wall can be lost, of the track without it, as jump_rates() has them.
  void write_probabilities(std::size_t temperature, std::size_t moment, const Eigen::MatrixXd& probabilities) {
    const auto levels = static_cast<Eigen::Index>(found_.wells.size());
    const std::uint64_t count = found_.wells.size();
    const RowMajorMatrix of_levels = probabilities.topLeftCorner(levels, levels);
    cells(table::level_probability)
        .at(temperature, moment)
        .write({of_levels.data(), static_cast<std::size_t>(of_levels.size())}, {count, count});
    RowMajorMatrix of_losses = RowMajorMatrix::Zero(levels, 2);
    for (Eigen::Index end = 0; end < 2; ++end) {
      const LossPath kind = found_.losses[static_cast<std::size_t>(end)].kind;
      if (kind == LossPath::failed) {
        of_losses.col(end).setConstant(not_a_number);
      } else if (kind == LossPath::found) {
        of_losses.col(end) = probabilities.col(levels + end).head(levels);
      }
    }
    cells(table::loss_probability)
        .at(temperature, moment)
        .write({of_losses.data(), static_cast<std::size_t>(of_losses.size())}, {count, 2});
  }

  results::Results& results_;
  const table::Settings& settings_;
  std::size_t variant_;
  const micromagnetics::LlgsSystem& system_;
  const device::DeviceParameters& p_;
  const Landscape& found_;
  double lowest_;  ///< energy of the lowest well, J
  std::vector<double> forth_;
  std::vector<double> back_;
  std::vector<double> frequency_forth_;
  std::vector<double> frequency_back_;
};

}  // namespace

std::string write_retention(results::Results& results, std::size_t variant, const micromagnetics::LlgsSystem& system,
                            const device::DeviceParameters& p, const Landscape& found) {
  return Rows(results, variant, system, p, found).write_all();
}

}  // namespace spinsweep::retention
