#pragma once

#include <fftw3-mpi.h>

#include "micromagnetics/fftw_handles.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep {

/// What a demagnetising field of nx x ny cells would cost by FFTW-MPI's own transforms in two dimensions: three real
/// transforms to frequencies and three back, of 2 nx x 2 ny numbers shared among the ranks by lines across the track.
/// The spectrum stays transposed, which saves half of the exchanges. FFTW-MPI skips no padding.
class FftwMpiTransforms {
 public:
  /// Collective.
  FftwMpiTransforms(int nx, int ny, const parallel::Communicator& world);

  /// Collective.
  void run();

 private:
  micromagnetics::FftwReals values_;
  micromagnetics::FftwComplexes spectrum_;
  micromagnetics::FftwPlan forward_;
  micromagnetics::FftwPlan backward_;
};

}  // namespace spinsweep
