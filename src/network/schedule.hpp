#pragma once

namespace spinsweep::network {

/// The learning rate as a function of the step.
enum class Schedule {
  constant,
  cosine,  ///< from the learning rate at the first step to zero at the end (I. Loshchilov and F. Hutter, ICLR 2017)
  step     ///< three quarters of it after every five epochs
};

}  // namespace spinsweep::network
