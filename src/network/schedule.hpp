#pragma once

namespace spinsweep::network {

/// The learning rate as a function of the step.
enum class Schedule {
  constant,
  cosine  ///< from the learning rate at the first step to zero at the end (I. Loshchilov and F. Hutter, ICLR 2017)
};

}  // namespace spinsweep::network
