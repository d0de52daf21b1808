#pragma once

#include <string>
#include <vector>

#include "network/idx.hpp"
#include "store/schema.hpp"
#include "study/study.hpp"

/// The groups of the results file, one file each, and what they are made of.
namespace spinsweep::sweep {

/// A number per element that reads as NaN until it is known.
[[nodiscard]] store::Variable later(std::string name, std::vector<std::string> dimensions, std::string units,
                                    std::string long_name);

/// A variable that reads as zero until it is written.
[[nodiscard]] store::Variable rows(std::string name, std::vector<std::string> dimensions, std::string units,
                                   std::string long_name, store::Type type = store::Type::float64);

/// /neuron or /synapse: the cases of a device.
[[nodiscard]] store::Group device_group(const study::DevicePlan& plan, device::Kind kind, int cases_at_once);

/// /variants: what each device can store or compute.
[[nodiscard]] store::Group variants_group(const study::Study& study);

/// A study may be gone on with on more ranks than it was begun with: rows for checkpoints.
[[nodiscard]] std::uint64_t checkpoint_rows(int ranks);

/// /network: how networks do on each pair of devices. ranks: how many networks are trained at a time at most.
[[nodiscard]] store::Group network_group(const study::Study& study, const std::vector<network::DataSetShape>& data_sets,
                                         int ranks);

/// /network/baseline: the FP32 networks that all variants of the synapse start from.
[[nodiscard]] store::Group baseline_group(const study::Study& study,
                                          const std::vector<network::DataSetShape>& data_sets);

/// /analysis: what the devices and the accuracies tell. network: the study's network_group(), or nullptr.
[[nodiscard]] store::Group analysis_group(const study::Study& study, const store::Group* network);

}  // namespace spinsweep::sweep
