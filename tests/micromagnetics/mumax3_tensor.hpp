#pragma once

#include "micromagnetics/newell.hpp"

namespace spinsweep::micromagnetics {

/// The tensor that mumax3 computes instead of demag_tensor(): the poles on a cell's faces as points, the field averaged
/// over points of the other cell, as many as the distance between the cells asks for, in single precision. Source: A.
/// Vansteenkiste and others, AIP Advances 4, 107133 (2014), and mumax3's mag/demagkernel.go, with its usual accuracy 6.
[[nodiscard]] DemagTensor mumax3_tensor(const std::array<double, 3>& size, double x, double y);

}  // namespace spinsweep::micromagnetics
