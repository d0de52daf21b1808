#include "results/variable.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"

namespace spinsweep::results {

std::string_view name_of(Role role) {
  static constexpr std::array<std::string_view, 8> names = {"result", "axis",    "coordinate", "name",
                                                            "status", "message", "cost",       "checkpoint"};
  return names.at(static_cast<std::size_t>(role));
}

const std::string& Group::path(device::Kind kind) const {
  const study::DevicePlan study::Study::*const plan =
      kind == device::Kind::neuron ? &study::Study::neuron : &study::Study::synapse;
  const auto found = std::ranges::find(places_, plan, &Place::device);
  if (found == places_.end()) {
    throw Error(path() + " has no place for that kind of device");
  }
  return found->path;
}

}  // namespace spinsweep::results
