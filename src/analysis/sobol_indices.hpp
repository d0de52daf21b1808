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
/// Sources: indices as correlations of which chance is taken off, G. Glen, K. Isaacs, Environ. Model. Softw. 37, 157
/// (2012); the correlation, A. Janon et al., ESAIM: Probab. Stat. 18, 342 (2014), eq. (6); intervals by resampling
/// rows, G. E. B. Archer, A. Saltelli, I. M. Sobol, J. Stat. Comput. Simul. 58, 99 (1997). Errors: Error if the columns
/// are not equally long.
[[nodiscard]] std::vector<SobolIndex> sobol_indices(const SaltelliValues& values,
                                                    const BootstrapSettings& settings = {});

/// Splits the values at the points in the order A, B, then A with each column in turn taken from B, as a sampled sweep
/// draws them. Errors: Error if their number is not a multiple of parameters + 2.
[[nodiscard]] SaltelliValues split_saltelli(std::span<const double> values, std::size_t parameters);

}  // namespace spinsweep::analysis
