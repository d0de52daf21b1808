#pragma once

#include <fftw3.h>

#include <memory>
#include <type_traits>

#include "base/error.hpp"

namespace spinsweep::micromagnetics {

struct FreeFftwPlan {
  void operator()(fftw_plan plan) const { fftw_destroy_plan(plan); }
};

struct FreeFftwMemory {
  void operator()(void* memory) const { fftw_free(memory); }
};

using FftwPlan = std::unique_ptr<std::remove_pointer_t<fftw_plan>, FreeFftwPlan>;
using FftwReals = std::unique_ptr<double[], FreeFftwMemory>;
using FftwComplexes = std::unique_ptr<fftw_complex[], FreeFftwMemory>;

/// Checks an allocation by FFTW. Errors: SimulationError if it failed.
template <class Pointer>
Pointer allocated(Pointer memory) {
  if (memory == nullptr) {
    throw SimulationError("not enough memory for the transforms of the demagnetising field");
  }
  return memory;
}

/// Checks a plan of FFTW. Errors: EnvironmentError if there is none.
inline FftwPlan planned(fftw_plan plan) {
  if (plan == nullptr) {
    throw EnvironmentError("FFTW could not plan the transforms of the demagnetising field");
  }
  return FftwPlan(plan);
}

}  // namespace spinsweep::micromagnetics
