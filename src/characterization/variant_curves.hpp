#pragma once

#include <span>
#include <vector>

#include "engine/stage.hpp"
#include "parallel/communicator.hpp"
#include "results/results.hpp"

namespace spinsweep::characterization {

/// A neuron's activation as fitted.
struct ActivationFit {
  std::vector<double> coefficients;  ///< c1, c2, ... of c1 x + c2 x^2 + ...
  double residual = 0.0;             ///< root mean square misfit, 1
};

/// Least-squares polynomial without a constant term through the normalised curve x' = (x - min)/(max - min) of
/// conductance against current density. full_scale: how far the junction's conductance can change, S. Errors:
/// SimulationError if the curve covers less than a hundredth of it.
[[nodiscard]] ActivationFit fit_activation(std::span<const double> current_density, std::span<const double> conductance,
                                           int order, double full_scale);

/// What the devices can do, written to /variants and returned: the activation of every neuron variant and the levels
/// of every synapse variant. Empty where its cases or it failed, and incomplete if the run was interrupted. Collective.
/// Errors: EnvironmentError.
struct VariantCurves {
  std::vector<std::vector<double>> activations;
  std::vector<std::vector<double>> levels;  ///< S
  std::vector<engine::Failure> failures;    ///< the same on all ranks
  engine::StageOutcome outcome;             ///< of the search for levels
};
VariantCurves derive_variants(results::Results& results, const parallel::Communicator& communicator);

}  // namespace spinsweep::characterization
