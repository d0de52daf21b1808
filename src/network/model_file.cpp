#include "network/model_file.hpp"

#include <zlib.h>

#include <boost/archive/binary_iarchive.hpp>
#include <boost/archive/binary_oarchive.hpp>
#include <boost/serialization/vector.hpp>
#include <cstring>
#include <sstream>

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
  StoredModel model;
  std::istringstream stream(body);
  boost::archive::binary_iarchive archive(stream);
  archive >> model;
  Mlp<float> network(model.sizes, Activation(model.activation));
  if (network.parameters().size() != model.parameters.size()) {
    throw EnvironmentError("the model is damaged: its parameters do not fit its layers");
  }
  std::copy(model.parameters.begin(), model.parameters.end(), network.parameters().begin());
  return network;
}

}  // namespace spinsweep::network
