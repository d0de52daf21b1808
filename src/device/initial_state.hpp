#pragma once

#include <memory>
#include <vector>

#include "device/parameters.hpp"
#include "micromagnetics/demag_field.hpp"
#include "micromagnetics/step_watch.hpp"

namespace spinsweep::device {

/// Magnetisation of a straight wall, m_z = tanh((x - position)/width), in the layout of the track's mesh, normalised,
/// zero in the notches. With strong DMI it is a Neel wall, whose centre points to +x for D > 0 and to -x for D < 0;
/// without DMI it is a Bloch wall with its centre along +y. Between them the centre is at the angle acos(|D|/D_c) to
/// the x axis, D_c = 2 ln(2) mu0 Ms^2 t/pi^2 (A. Thiaville and others, EPL 100, 57002 (2012), with the demagnetising
/// factor t ln(2)/(pi Delta) of a wall), and at least 0.1 rad for |D| < 1.25 D_c: a relaxation turns no wall whose
/// magnetisation is in the plane of symmetry. A wall of the other polarity is that one turned by 180 degrees about the
/// film's normal and put back to its position. A tilted wall is turned about the film's normal, with its centre. Of
/// several walls the nearest one counts in each cell, and each is of the other polarity than the one before.
[[nodiscard]] std::vector<double> straight_wall(const DeviceParameters& parameters);

/// Simulated time in which a wall takes its shape at damping 1, s: its exchange energy is then within 5e-4 of its later
/// value. Before a pulse the relaxation is no longer than this, because the demagnetising field draws an unpinned wall
/// from initial_wall.position towards the middle of the track: in the study's neuron from 64 nm to 64.7 nm in 0.2 ns
/// and to 68.6 nm in 2 ns.
inline constexpr double shape_relaxation = 0.2e-9;

/// Simulated time in which a wall finds its place in a notch, s: the longest that a level is relaxed for.
inline constexpr double level_relaxation = 2e-9;

/// The initial magnetisation of a case: a straight wall or the state in initial_wall.file, relaxed without current and
/// at zero temperature if initial_wall.relax is true. It depends only on keys of the role `physics`: cases that agree
/// in them share it. The relaxation calls the functions of `watch` and ends in equilibrium or after
/// `longest` (simulated, s). Collective on the ranks that share the mesh of the demagnetising field; all of them get
/// the whole field, and those functions must throw on all of them or on none. demag may be null where nothing is
/// relaxed. Errors: SimulationError if the relaxation fails; those of state_from_file(); whatever those functions
/// throw.
[[nodiscard]] std::vector<double> initial_state(const DeviceParameters& parameters,
                                                std::shared_ptr<micromagnetics::DemagField> demag,
                                                const micromagnetics::StepWatch& watch = {},
                                                double longest = shape_relaxation);

}  // namespace spinsweep::device
