#include "network/model_file.hpp"

#include <zlib.h>

#include <algorithm>
#include <boost/archive/binary_oarchive.hpp>
#include <boost/serialization/vector.hpp>
#include <cstring>
#include <sstream>

#include "base/bounded_archive.hpp"
#include "base/error.hpp"

namespace spinsweep::network {

namespace {

constexpr std::string_view magic = "spinsweep-model-1\n";

struct StoredModel {
  std::vector<int> sizes;
  std::vector<double> activation;
  std::vector<float> parameters;

  template <class Archive>
  void serialize(Archive& archive, unsigned /*version*/) {
    archive& sizes& activation& parameters;
  }
};

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

/// Errors: EnvironmentError if Boost cannot make sense of it.
StoredModel parse(const std::string& body) {
  StoredModel model;
  try {
    std::istringstream stream(body);
    BoundedArchive archive(stream, body.size());
    archive >> model;
  } catch (const std::exception& error) {
    throw EnvironmentError(std::string("the model cannot be read: ") + error.what());
  }
  return model;
}

/// Parameters of an Mlp of these layers, which pads each layer's weights and biases to a multiple of 16.
std::uint64_t parameter_count(const std::vector<int>& sizes) {
  const auto padded = [](std::uint64_t count) { return (count + 15) / 16 * 16; };
  std::uint64_t total = 0;
  for (std::size_t k = 1; k < sizes.size(); ++k) {
    const auto outputs = static_cast<std::uint64_t>(sizes[k]);
    total += padded(static_cast<std::uint64_t>(sizes[k - 1]) * outputs) + padded(outputs);
  }
  return total;
}

/// Whether so many parameters can belong to layers of these sizes, found out without taking memory for them.
bool holds_parameters(const std::vector<int>& sizes, std::size_t parameters) {
  double weights = 0.0;
  for (std::size_t k = 1; k < sizes.size(); ++k) {
    weights += static_cast<double>(sizes[k - 1]) * sizes[k];
  }
  return weights <= static_cast<double>(parameters);
}

}  // namespace

std::string save_model(const Mlp<float>& network) {
  const auto parameters = network.parameters();
  const StoredModel model{network.sizes(), network.activation().coefficients(), {parameters.begin(), parameters.end()}};
  std::ostringstream stream;
  {
    boost::archive::binary_oarchive archive(stream);
    archive << model;
  }
  const std::string body = stream.str();
  const std::uint32_t sum = checksum(body);
  std::string bytes(magic);
  bytes.append(reinterpret_cast<const char*>(&sum), sizeof sum);
  return bytes + body;
}

std::uint64_t model_bytes(const std::vector<int>& sizes, std::size_t coefficients) {
  // All but the numbers is the same for any network.
  const Mlp<float> smallest({1, 1}, Activation({0.0}));
  return save_model(smallest).size() + (sizes.size() - smallest.sizes().size()) * sizeof(int) +
         (coefficients - 1) * sizeof(double) + (parameter_count(sizes) - smallest.parameters().size()) * sizeof(float);
}

Mlp<float> load_model(const std::string& bytes) {
  std::uint32_t sum = 0;
  if (bytes.size() < magic.size() + sizeof sum || !bytes.starts_with(magic)) {
    throw EnvironmentError("these bytes are not a spinsweep model");
  }
  std::memcpy(&sum, bytes.data() + magic.size(), sizeof sum);
  const std::string body = bytes.substr(magic.size() + sizeof sum);
  if (checksum(body) != sum) {
    throw EnvironmentError("the model is damaged: its checksum does not fit");
  }
  const StoredModel model = parse(body);
  if (model.sizes.size() < 2 || model.activation.empty() ||
      std::any_of(model.sizes.begin(), model.sizes.end(), [](int size) { return size < 1; }) ||
      !holds_parameters(model.sizes, model.parameters.size())) {
    throw EnvironmentError("the model is damaged: its parameters do not fit its layers");
  }
  Mlp<float> network(model.sizes, Activation(model.activation));
  if (network.parameters().size() != model.parameters.size()) {
    throw EnvironmentError("the model is damaged: its parameters do not fit its layers");
  }
  std::copy(model.parameters.begin(), model.parameters.end(), network.parameters().begin());
  return network;
}

}  // namespace spinsweep::network
