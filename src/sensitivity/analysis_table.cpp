#include "sensitivity/analysis_table.hpp"

#include "sensitivity/analysis_parameters.hpp"

namespace spinsweep::sensitivity::analysis_table {

namespace {

bool has_synapse_parameters(const LayoutInput& input) {
  return analysed_axis_count(input.study.synapse) > 0;
}

}  // namespace

std::uint64_t notch_count(const LayoutInput& input) {
  return largest_notch_count(input.study);
}

std::uint64_t spacing_count(const LayoutInput& input) {
  return characterization::variant_table::largest_level_count(input) - 1;
}

std::uint64_t parameter_count(const LayoutInput& input) {
  return analysed_axis_count(input.study.synapse) + analysed_axis_count(input.study.neuron);
}

std::uint64_t quantity_count(const LayoutInput& input) {
  return device_quantities(input.study).size();
}

bool has_notches(const LayoutInput& input) {
  return largest_notch_count(input.study) > 0;
}

bool has_parameters(const LayoutInput& input) {
  return has_outcomes(input) || has_quantities(input);
}

bool has_quantities(const LayoutInput& input) {
  return has_synapse_parameters(input);
}

bool has_sampled_quantities(const LayoutInput& input) {
  return has_quantities(input) && has_saltelli_sample(input.study.synapse);
}

bool has_outcomes(const LayoutInput& input) {
  return input.study.has_network && parameter_count(input) > 0;
}

bool has_sampled_outcomes(const LayoutInput& input) {
  return has_outcomes(input) && (has_saltelli_sample(input.study.synapse) || has_saltelli_sample(input.study.neuron));
}

}  // namespace spinsweep::sensitivity::analysis_table
