#pragma once

#include <petscts.h>

#include <exception>

#include "micromagnetics/stepper.hpp"

namespace spinsweep::micromagnetics {

/// Name under which the integrators of stepper.hpp are registered with PETSc, for TSSetType and -ts_type.
inline constexpr const char* stepper_ts_type = "spinsweep";

/// Registers them with PETSc; calling it again does no harm.
void register_stepper_ts();

/// Gives a TS of that type the stepper it drives, and the place where an exception is left that PETSc's C frames cannot
/// carry (the solve then ends with TS_DIVERGED_STEP_REJECTED). Both must outlive the TS. Does nothing for a TS of
/// another type.
void set_stepper(TS ts, Stepper& stepper, std::exception_ptr& pending);

}  // namespace spinsweep::micromagnetics
