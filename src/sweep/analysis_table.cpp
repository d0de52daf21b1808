#include "sweep/analysis_table.hpp"

#include <algorithm>

#include "sweep/analysis_parameters.hpp"

namespace spinsweep::sweep::analysis_table {

namespace {

/// One text of each entry of a list.
template <class List, class Member>
store::InitialData texts(const List& list, Member member) {
  std::vector<std::string> texts;
  std::ranges::transform(list, std::back_inserter(texts), member);
  return texts;
}

bool has_synapse_parameters(const LayoutInput& input) {
  return analysed_axis_count(input.study.synapse) > 0;
}

}  // namespace

std::uint64_t notch_count(const LayoutInput& input) {
  return largest_notch_count(input.study);
}

std::uint64_t spacing_count(const LayoutInput& input) {
  return variant_table::largest_level_count(input) - 1;
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

store::InitialData parameter_names(const LayoutInput& input) {
  return texts(analysed_parameters(input.study), &AnalysedParameter::name);
}

store::InitialData parameter_short_names(const LayoutInput& input) {
  return texts(analysed_parameters(input.study), &AnalysedParameter::short_name);
}

store::InitialData parameter_units(const LayoutInput& input) {
  return texts(analysed_parameters(input.study), &AnalysedParameter::unit);
}

store::InitialData parameter_long_names(const LayoutInput& input) {
  return texts(analysed_parameters(input.study), &AnalysedParameter::long_name);
}

store::InitialData quantity_names(const LayoutInput& input) {
  return texts(device_quantities(input.study), &DeviceQuantity::name);
}

store::InitialData quantity_short_names(const LayoutInput& input) {
  return texts(device_quantities(input.study), &DeviceQuantity::short_name);
}

store::InitialData quantity_units(const LayoutInput& input) {
  return texts(device_quantities(input.study), &DeviceQuantity::unit);
}

store::InitialData quantity_long_names(const LayoutInput& input) {
  return texts(device_quantities(input.study), &DeviceQuantity::long_name);
}

}  // namespace spinsweep::sweep::analysis_table
