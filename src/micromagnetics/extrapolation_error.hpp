#pragma once

#include <span>

#include "micromagnetics/columns.hpp"
#include "micromagnetics/llgs_system.hpp"

namespace spinsweep::micromagnetics {

/// The error of m per time that extrapolating the demagnetising field over a step has made, 1/s: the largest torque in
/// the given columns of half the difference between the field as it was extrapolated to the step's end and as it was
/// evaluated there. The difference grows from zero at least linearly, so its mean over the step is at most that half.
/// m, evaluated: vector fields at the step's end. Collective where ranks share the system.
[[nodiscard]] double extrapolation_error(const LlgsSystem& system, Columns columns, std::span<const double> m,
                                         const FieldCombination& extrapolated, std::span<const double> evaluated);

}  // namespace spinsweep::micromagnetics
