#pragma once

#include <span>
#include <vector>

#include "analysis/bootstrap.hpp"

namespace spinsweep::analysis {

/// A function's values at the points of a Saltelli sample of d parameters: n points drawn twice, independently, and n
/// mixed points for each parameter.
struct SaltelliValues {
  std::vector<double> a;                   ///< at the rows of matrix A
  std::vector<double> b;                   ///< at the rows of matrix B
  std::vector<std::vector<double>> mixed;  ///< [parameter][row]: at A with that parameter's column taken from B
};

/// Which share of a function's variance a parameter accounts for.
struct SobolIndex {
  double first = 0.0;  ///< by itself; NaN if the function does not vary
  double total = 0.0;  ///< together with all others; NaN if the function does not vary
  Interval first_interval;
  Interval total_interval;
};

/// The indices of every parameter. Rows in which a value is not a number are left out.
/// Sources: first order, A. Saltelli et al., Comput. Phys. Commun. 181, 259 (2010), eq. (b) of table 2; total, M. J. W.
/// Jansen, Comput. Phys. Commun. 117, 35 (1999), eq. (f) of the same table; intervals by resampling rows, G. E. B.
/// Archer, A. Saltelli, I. M. Sobol, J. Stat. Comput. Simul. 58, 99 (1997).
/// Errors: Error if the columns are not equally long.
[[nodiscard]] std::vector<SobolIndex> sobol_indices(const SaltelliValues& values,
                                                    const BootstrapSettings& settings = {});

/// Splits the values at the points in the order A, B, then A with each column in turn taken from B, as a sampled sweep
/// draws them. Errors: Error if their number is not a multiple of parameters + 2.
[[nodiscard]] SaltelliValues split_saltelli(std::span<const double> values, std::size_t parameters);

}  // namespace spinsweep::analysis
