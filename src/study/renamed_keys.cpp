#include "study/renamed_keys.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace spinsweep::study {

namespace {

using Renamed = std::pair<std::string_view, std::string_view>;

constexpr std::array renamed_keys = {
    Renamed{"device", "solver"},
    Renamed{"material.spin_polarization", "material.spin_hall_angle"},
    Renamed{"material.field_like_torque", "material.field_like_ratio"},
    Renamed{"wall", "initial_wall"},
    Renamed{"wall.position", "initial_wall.position"},
    Renamed{"wall.width", "initial_wall.width"},
    Renamed{"pulse.rest", "pulse.relaxation"},
    Renamed{"detector", "mtj.window"},
    Renamed{"detector.from", "mtj.window.from"},
    Renamed{"detector.to", "mtj.window.to"},
    Renamed{"junction", "mtj"},
    Renamed{"junction.parallel", "mtj.resistance_parallel"},
    Renamed{"junction.antiparallel", "mtj.resistance_antiparallel"},
    Renamed{"network.levels", "network.level_source"},
    Renamed{"network.schemes", "method of [[network.deployment]]"},
    Renamed{"network.mapping", "mapping of [[network.deployment]]"},
    Renamed{"network.on_level_epochs", "network.qat_epochs"},
    Renamed{"network.on_level_learning_rate", "network.qat_learning_rate"},
    Renamed{"network.chips", "network.device_samples"},
    Renamed{"network.device_spread", "network.device_to_device_sigma"},
    Renamed{"network.programming_error", "network.programming_noise"},
    Renamed{"network.conductance_error", "network.noise_scale"},
    Renamed{"network.stuck_devices", "network.stuck_at_fraction"},
    Renamed{"network.retention_drift", "network.retention_relaxation"},
    Renamed{"network.read_voltage", "synapse.read.voltage"},
    Renamed{"network.read_duration", "synapse.read.duration"},
    Renamed{"network.heavy_metal_thickness", "synapse.heavy_metal.thickness"},
    Renamed{"network.heavy_metal_resistivity", "synapse.heavy_metal.resistivity"},
};

constexpr std::array renamed_words = {
    Renamed{"quantized", "ptq"},
    Renamed{"on_level", "qat"},
    Renamed{"pinned", "relaxed_at_notches"},
    Renamed{"reached", "after_pulse"},
    Renamed{"float", "digital"},
    Renamed{"own_scale", "own_range"},
    Renamed{"layer_scale", "shared_range"},
    Renamed{"pair", "differential_pair"},
    Renamed{"per_output", "per_channel"},
    Renamed{"mean_square", "mse"},
    Renamed{"mean_square_affine", "mse_affine"},
};

template <class Table>
std::string find(const Table& table, std::string_view name) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Renamed& entry) { return entry.first == name; });
  return found == table.end() ? std::string() : std::string(found->second);
}

}  // namespace

std::string new_name_of_key(const std::string& name) {
  return find(renamed_keys, name);
}

std::string new_name_of_choice(const std::string& choice) {
  std::string renamed;
  for (std::size_t begin = 0; begin <= choice.size();) {
    const std::size_t end = std::min(choice.find('+', begin), choice.size());
    const std::string word = choice.substr(begin, end - begin);
    const std::string new_word = find(renamed_words, word);
    renamed += (begin > 0 ? "+" : "") + (new_word.empty() ? word : new_word);
    begin = end + 1;
  }
  return renamed == choice ? std::string() : renamed;
}

}  // namespace spinsweep::study
