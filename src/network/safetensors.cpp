#include "network/safetensors.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cctype>
#include <cstring>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.hpp"

namespace spinsweep::network {

namespace {

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian");

/// "layers.10" follows "layers.9".
struct NumbersByValue {
  static std::string padded(const std::string& name) {
    constexpr std::size_t width = 12;
    std::string text;
    std::string digits;
    const auto flush = [&] {
      text += digits.empty() ? "" : std::string(width - std::min(width, digits.size()), '0') + digits;
      digits.clear();
    };
    for (const char character : name) {
      if (std::isdigit(static_cast<unsigned char>(character)) != 0) {
        digits += character;
      } else {
        flush();
        text += character;
      }
    }
    flush();
    return text;
  }
  bool operator()(const std::string& a, const std::string& b) const { return padded(a) < padded(b); }
};

struct Tensor {
  std::vector<std::uint64_t> shape;
  std::vector<float> values;
};

struct Layer {
  Tensor weight;
  Tensor bias;
};

/// The whole file, which is a network of a few megabytes.
std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    throw EnvironmentError(path.string() + ": cannot be opened");
  }
  return {std::istreambuf_iterator<char>(stream), {}};
}

Tensor read_tensor(const std::string& where, const nlohmann::json& entry, std::string_view data) {
  Tensor tensor{.shape = entry.at("shape").get<std::vector<std::uint64_t>>(), .values = {}};
  const auto offsets = entry.at("data_offsets").get<std::vector<std::uint64_t>>();
  if (entry.at("dtype") != "F32") {
    throw EnvironmentError(
        fmt::format("{}: is {}, expected single precision, F32", where, entry.at("dtype").get<std::string>()));
  }
  std::uint64_t count = 1;
  for (const std::uint64_t size : tensor.shape) {
    if (size == 0 || count > data.size() / size) {
      throw EnvironmentError(where + ": its shape does not fit the file");
    }
    count *= size;
  }
  if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data.size() ||
      offsets[1] - offsets[0] != count * sizeof(float)) {
    throw EnvironmentError(where + ": its place does not fit the file and its shape");
  }
  tensor.values.resize(count);
  std::memcpy(tensor.values.data(), data.data() + offsets[0], count * sizeof(float));
  return tensor;
}

/// NAME -> its weight and bias, in the order of the layers.
std::map<std::string, Layer, NumbersByValue> read_layers(const std::filesystem::path& path) {
  const std::string bytes = read_bytes(path);
  std::uint64_t header_size = 0;
  if (bytes.size() < sizeof header_size) {
    throw EnvironmentError(path.string() + ": not a safetensors file");
  }
  std::memcpy(&header_size, bytes.data(), sizeof header_size);
  if (header_size > bytes.size() - sizeof header_size) {
    throw EnvironmentError(path.string() + ": not a safetensors file, or truncated");
  }
  const std::string_view data = std::string_view(bytes).substr(sizeof header_size + header_size);
  std::map<std::string, Layer, NumbersByValue> layers;
  try {
    const auto header = nlohmann::json::parse(bytes.substr(sizeof header_size, header_size));
    for (const auto& [name, entry] : header.items()) {
      if (name == "__metadata__") {
        continue;
      }
      const std::string where = fmt::format("{}: tensor {}", path.string(), name);
      const std::size_t dot = name.rfind('.');
      const std::string kind = dot == std::string::npos ? "" : name.substr(dot + 1);
      if (kind != "weight" && kind != "bias") {
        throw EnvironmentError(where + ": expected NAME.weight and NAME.bias of dense layers only");
      }
      Layer& layer = layers[name.substr(0, dot)];
      (kind == "weight" ? layer.weight : layer.bias) = read_tensor(where, entry, data);
    }
  } catch (const nlohmann::json::exception& error) {
    throw EnvironmentError(fmt::format("{}: its header cannot be read: {}", path.string(), error.what()));
  }
  return layers;
}

/// Inputs of the first layer, then the outputs of each.
std::vector<std::uint64_t> sizes_of(const std::filesystem::path& path,
                                    const std::map<std::string, Layer, NumbersByValue>& layers) {
  std::vector<std::uint64_t> sizes;
  for (const auto& [name, layer] : layers) {
    const auto& shape = layer.weight.shape;
    if (shape.size() != 2 || layer.bias.shape != std::vector{shape.front()}) {
      throw EnvironmentError(
          fmt::format("{}: layer {} is not dense: expected {}.weight [output][input] and {}.bias "
                      "[output]",
                      path.string(), name, name, name));
    }
    if (!sizes.empty() && sizes.back() != shape[1]) {
      throw EnvironmentError(fmt::format("{}: layer {} has {} inputs, the layer before it {} outputs", path.string(),
                                         name, shape[1], sizes.back()));
    }
    if (sizes.empty()) {
      sizes.push_back(shape[1]);
    }
    sizes.push_back(shape[0]);
  }
  return sizes;
}

}  // namespace

void read_safetensors(const std::filesystem::path& path, Mlp<float>& network) {
  const auto layers = read_layers(path);
  const std::vector<std::uint64_t> wanted(network.sizes().begin(), network.sizes().end());
  if (const auto sizes = sizes_of(path, layers); sizes != wanted) {
    throw InputError(fmt::format("{}: its layers have {} neurons, those of the study {}", path.string(),
                                 fmt::join(sizes, "-"), fmt::join(wanted, "-")));
  }
  int number = 0;
  for (const auto& [name, layer] : layers) {
    const auto inputs = static_cast<std::size_t>(network.inputs(number));
    const auto outputs = static_cast<std::size_t>(network.outputs(number));
    const auto weights = network.weights(number);
    for (std::size_t output = 0; output < outputs; ++output) {
      for (std::size_t input = 0; input < inputs; ++input) {
        weights[input * outputs + output] = layer.weight.values[output * inputs + input];
      }
    }
    std::ranges::copy(layer.bias.values, network.biases(number).begin());
    ++number;
  }
}

}  // namespace spinsweep::network
