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

/// Errors: EnvironmentError if Boost cannot parse it.
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

/// Whether these are the parameters of a network of these layers, checked before memory is allocated for them.
bool is_complete(const StoredModel& model) {
  try {
    return !model.activation.empty() && ParameterLayout(model.sizes).parameter_count() == model.parameters.size();
  } catch (const InputError&) {
    return false;
  }
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

std::uint64_t model_bytes(const ParameterLayout& layout, std::size_t coefficients) {
  // The overhead is the same for every network.
  const Mlp<float> smallest({1, 1}, Activation({0.0}));
  return save_model(smallest).size() + (layout.sizes().size() - smallest.sizes().size()) * sizeof(int) +
         (coefficients - 1) * sizeof(double) +
         (layout.parameter_count() - smallest.layout().parameter_count()) * sizeof(float);
}

Mlp<float> load_model(const std::string& bytes) {
  std::uint32_t sum = 0;
  if (bytes.size() < magic.size() + sizeof sum || !bytes.starts_with(magic)) {
    throw EnvironmentError("these bytes are not a spinsweep model");
  }
  std::memcpy(&sum, bytes.data() + magic.size(), sizeof sum);
  const std::string body = bytes.substr(magic.size() + sizeof sum);
  if (checksum(body) != sum) {
    throw EnvironmentError("the model is damaged: its checksum does not match");
  }
  const StoredModel model = parse(body);
  if (!is_complete(model)) {
    throw EnvironmentError("the model is damaged: its parameters do not fit its layers");
  }
  Mlp<float> network(model.sizes, Activation(model.activation));
  std::copy(model.parameters.begin(), model.parameters.end(), network.parameters().begin());
  return network;
}

}  // namespace spinsweep::network
