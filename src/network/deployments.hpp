#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "network/deployment.hpp"
#include "network/method.hpp"

namespace spinsweep::network {

[[nodiscard]] const Method& method_of(const Deployment& deployment);

/// How the FP32 network is trained further for a deployment; nothing if it is not.
[[nodiscard]] std::optional<FurtherTraining> further_training_of(const Deployment& deployment);

/// The first deployment that trains the same network as this one, on the same synapse with the same seed: itself if no
/// earlier one does. Only noise may differ that training does not draw, or a part of the mapping that the method does
/// not use.
[[nodiscard]] std::size_t training_of(const std::vector<Deployment>& deployments, std::size_t deployment);

/// Every different further training, in the order of the first deployment that has it. Deployments that train further
/// are compared with a control: the FP32 network trained for as long and with the same learning rates, but with free
/// weights. Deployments share it if these agree.
[[nodiscard]] std::vector<FurtherTraining> controls_of(const std::vector<Deployment>& deployments);

/// The names of the controls: the method, or the first deployment that has the control where a method has several.
[[nodiscard]] std::vector<std::string> control_names(const std::vector<Deployment>& deployments);

/// Which of them a deployment is compared with; nothing if it does not train further.
[[nodiscard]] std::optional<std::size_t> control_of(const std::vector<Deployment>& deployments, std::size_t deployment);

}  // namespace spinsweep::network
