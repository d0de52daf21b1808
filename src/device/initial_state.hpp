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

/// Simulated time in which a wall takes its shape at damping 1, s. It is not let run longer before a pulse: a wall that
/// nothing pins drifts to the middle of the track, which draws it there by its demagnetising field, and would not be
/// where initial_wall.position says: the study's neuron at 64.7 nm after 0.2 ns, 68.6 nm after 2 ns, for 64 nm. After
/// 0.2 ns its exchange energy is within 5e-4 of what it is from then on.
inline constexpr double shape_relaxation = 0.2e-9;

/// The magnetisation a case starts from: a straight wall or that of initial_wall.file, relaxed without current and at
/// zero temperature if initial_wall.relax says so. It depends on keys of the role `physics` only: cases that agree in
/// them share it. after_step is called after every step of the relaxation, which ends at rest or after `longest`
/// (simulated, s). Ranks that share the demagnetising field's mesh share the relaxation, all call this function and get
/// the whole field (demag may be null where nothing is relaxed); after_step must throw on all of them or on none.
/// Errors: SimulationError if the relaxation fails; those of state_from_file(); whatever after_step throws.
[[nodiscard]] std::vector<double> initial_state(
    const DeviceParameters& parameters, std::shared_ptr<micromagnetics::DemagField> demag,
    const std::function<void()>& after_step = [] {}, double longest = shape_relaxation);

}  // namespace spinsweep::device
