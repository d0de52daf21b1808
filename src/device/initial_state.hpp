#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "device/parameters.hpp"
#include "micromagnetics/demag_field.hpp"

namespace spinsweep::device {

/// Magnetisation of a straight wall, m_z = tanh((x - position)/width), in the layout of the track's mesh, normalised,
/// zero in the notches. Its centre points along x as the sign of the DMI has it; without DMI it is a Bloch wall, along
/// y.
[[nodiscard]] std::vector<double> straight_wall(const DeviceParameters& parameters);

/// The magnetisation a case starts from: a straight wall or that of wall.file, relaxed without current and at zero
/// temperature if wall.relax says so. It depends on geometry, material, applied field and wall only: cases that agree
/// in initial_state_key() share it. after_step is called after every step of the relaxation. Errors: SimulationError if
/// the relaxation fails; those of state_from_file(); whatever after_step throws.
[[nodiscard]] std::vector<double> initial_state(
    const DeviceParameters& parameters, std::shared_ptr<micromagnetics::DemagField> demag,
    const std::function<void()>& after_step = [] {});

/// Equal for two cases if and only if they start from the same magnetisation: their parameters without those of the
/// current, the temperature, the read-out and the output.
[[nodiscard]] DeviceParameters initial_state_key(const DeviceParameters& parameters);

}  // namespace spinsweep::device
