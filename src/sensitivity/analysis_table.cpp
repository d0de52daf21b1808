#include "sensitivity/analysis_table.hpp"

#include "sensitivity/analysis_parameters.hpp"

namespace spinsweep::sensitivity::analysis_table {

bool has_notches(const LayoutInput& input) {
  return largest_notch_count(input.study) > 0;
}

bool has_parameters(const LayoutInput& input) {
  return has_outcomes(input) || has_quantities(input);
}

bool has_quantities(const LayoutInput& input) {
  return analysed_axis_count(input.study.weights()) > 0;
}

bool has_sampled_quantities(const LayoutInput& input) {
  return has_quantities(input) && has_saltelli_sample(input.study.weights());
}

bool has_outcomes(const LayoutInput& input) {
  return input.study.has_network && parameter.size(input) > 0;
}

bool has_sampled_outcomes(const LayoutInput& input) {
  return has_outcomes(input) &&
         (has_saltelli_sample(input.study.weights()) || has_saltelli_sample(input.study.neurons()));
}

bool has_sample_accuracies(const LayoutInput& input) {
  return has_outcomes(input) && training::network_table::has_device_samples(input);
}

bool has_sampled_sample_accuracies(const LayoutInput& input) {
  return has_sampled_outcomes(input) && training::network_table::has_device_samples(input);
}

bool has_retained_outcomes(const LayoutInput& input) {
  return has_outcomes(input) && training::network_table::has_retention(input);
}

bool has_sampled_retained_outcomes(const LayoutInput& input) {
  return has_sampled_outcomes(input) && training::network_table::has_retention(input);
}

}  // namespace spinsweep::sensitivity::analysis_table
