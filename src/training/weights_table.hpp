#pragma once

#include "training/network_table.hpp"

/// The weights of the networks on the devices, in studies that ask for them by `store_weights`: a part of /network.
namespace spinsweep::training::weights_table {

using namespace results;
using network_table::deployed;
using network_table::group;
using network_table::layer;

[[nodiscard]] bool stores_weights(const LayoutInput& input);
/// Of the data set that has the most outputs; 1 if no deployment has a range for each channel.
[[nodiscard]] std::uint64_t channel_count(const LayoutInput& input);
/// Most levels, or differences of two, that a weight can have.
[[nodiscard]] std::uint64_t largest_code_count(const LayoutInput& input);

inline const Dimension channel{"channel", channel_count};
inline const Dimension code{"code", largest_code_count};

inline const Variable<float> weight(
    group, "weight", deployed + baseline_table::network_parameter, "1", "weights and biases of the network",
    only_if(stores_weights), governed_by(network_table::status),
    remark("of methods in `store_weights`; layer after layer the weights [input][output], then the biases"));
inline const Variable<std::int32_t> level(
    group, "weight_level", deployed + baseline_table::network_parameter, "1",
    "place in the codebook of the level nearest to each weight", only_if(stores_weights),
    governed_by(network_table::status),
    remark("the weight on the device is `codebook` there; of `fine_tuned` the requantized one; 0 for parameters "
           "without a codebook"));
inline const Variable<double> codebook(
    group, "codebook", deployed + layer + channel + code, "1", "weight of each level of the device",
    only_if(stores_weights), governed_by(network_table::status),
    remark("ascending, single precision; `channel`: 0, or each output if its mapping is per channel; NaN beyond, and "
           "where the weights of the layer are not on levels"));
inline const Variable<double> bias_codebook(group, "bias_codebook", deployed + layer + channel + code, "1",
                                            "bias of each level of the device", only_if(stores_weights),
                                            governed_by(network_table::status), remark("NaN where biases are digital"));

}  // namespace spinsweep::training::weights_table
