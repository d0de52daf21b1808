#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace spinsweep::study {

/// How a sampled sweep draws its points: sample = { method = "sobol", count = 256 }.
struct Sampling {
  std::string method;
  std::size_t count = 0;
};

/// The names that `method` may have.
///
/// sobol: `count` points of a low-discrepancy sequence, I. M. Sobol, USSR Comput. Math. Math. Phys. 7, 86 (1967), with
/// the direction numbers of S. Joe and F. Y. Kuo, SIAM J. Sci. Comput. 30, 2635 (2008).
///
/// saltelli: count * (d + 2) points for the Sobol indices of d axes: matrix A, matrix B, then for each axis A with that
/// axis' column taken from B. A. Saltelli et al., Comput. Phys. Commun. 181, 259 (2010), table 2.
[[nodiscard]] const std::vector<std::string>& sampling_methods();

/// Points of the unit cube, [point][axis], each coordinate from 0 (included) to 1 (excluded).
[[nodiscard]] std::vector<std::vector<double>> sample_unit_cube(const Sampling& sampling, std::size_t axes);

}  // namespace spinsweep::study
