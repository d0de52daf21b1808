#include "network/make_network.hpp"

namespace spinsweep::network {

std::vector<int> layer_sizes(const NetworkSettings& settings, const DataSetShape& data_set) {
  std::vector<int> sizes = {data_set.pixels};
  sizes.insert(sizes.end(), settings.hidden.begin(), settings.hidden.end());
  sizes.push_back(data_set.classes);
  return sizes;
}

Mlp<float> make_network(const NetworkSettings& settings, const DataSetShape& data_set,
                        const std::vector<double>& activation) {
  return {layer_sizes(settings, data_set), Activation(activation)};
}

}  // namespace spinsweep::network
