#include "network/safetensors.hpp"

#include <gmock/gmock.h>

#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/error.hpp"

namespace spinsweep::network {
namespace {

class Safetensors : public testing::Test {
 protected:
  ~Safetensors() override { std::filesystem::remove(path_); }

  /// A file with this header and numbers 0, 1, 2, ...
  void write(const std::string& header, int numbers) const {
    std::ofstream stream(path_, std::ios::binary);
    const std::uint64_t size = header.size();
    stream.write(reinterpret_cast<const char*>(&size), sizeof size);
    stream << header;
    for (int k = 0; k < numbers; ++k) {
      const auto number = static_cast<float>(k);
      stream.write(reinterpret_cast<const char*>(&number), sizeof number);
    }
  }

  [[nodiscard]] std::string message_of_reading(const std::vector<int>& sizes = {2, 3, 2}) const {
    Mlp<float> network(sizes, Activation({1.0}));
    try {
      read_safetensors(path_, network);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("safetensors_test_" + std::to_string(::getpid()));
};

// 2-3-2; layer 10 is the second one although "10" comes before "9".
const std::string header = R"({"__metadata__":{"format":"pt"},
  "10.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},
  "10.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]},
  "9.weight":{"dtype":"F32","shape":[3,2],"data_offsets":[32,56]},
  "9.bias":{"dtype":"F32","shape":[3],"data_offsets":[56,68]}})";

TEST_F(Safetensors, AreReadAsPyTorchsDenseLayersInTheOrderOfTheirNumbers) {
  write(header, 17);
  Mlp<float> network({2, 3, 2}, Activation({1.0}));
  read_safetensors(path_, network);
  EXPECT_THAT(network.weights(0), testing::ElementsAre(8, 10, 12, 9, 11, 13)) << "[input][output]";
  EXPECT_THAT(network.biases(0), testing::ElementsAre(14, 15, 16));
  EXPECT_THAT(network.weights(1), testing::ElementsAre(0, 3, 1, 4, 2, 5));
  EXPECT_THAT(network.biases(1), testing::ElementsAre(6, 7));
}

TEST_F(Safetensors, OfOtherSizesAreRefusedWithBoth) {
  write(header, 17);
  EXPECT_THAT(message_of_reading({2, 4, 2}),
              testing::HasSubstr("its layers have 2-3-2 neurons, those of the study 2-4-2"));
}

TEST_F(Safetensors, ThatAreMissingOrDamagedAreRefused) {
  EXPECT_THAT(message_of_reading(), testing::HasSubstr("cannot be opened"));
  std::ofstream(path_) << "short";
  EXPECT_THAT(message_of_reading(), testing::HasSubstr("not a safetensors file"));
  std::ofstream(path_) << std::string(100, 'x');
  EXPECT_THAT(message_of_reading(), testing::HasSubstr("not a safetensors file"));
  write("{\"a\":", 4);
  EXPECT_THAT(message_of_reading(), testing::HasSubstr("its header cannot be read"));
  write(header, 16);
  EXPECT_THAT(message_of_reading(), testing::HasSubstr("does not fit the file"));
}

TEST_F(Safetensors, ThatAreNoDenseLayersInSinglePrecisionAreRefused) {
  write(R"({"conv.weight":{"dtype":"F32","shape":[1,1,2,2],"data_offsets":[0,16]},
            "conv.bias":{"dtype":"F32","shape":[1],"data_offsets":[16,20]}})",
        5);
  EXPECT_THAT(message_of_reading(), testing::HasSubstr("layer conv is not dense"));
  write(R"({"a.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]}})", 4);
  EXPECT_THAT(message_of_reading(), testing::HasSubstr("is F64, expected single precision"));
  write(R"({"running_mean":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 2);
  EXPECT_THAT(message_of_reading(), testing::HasSubstr("expected NAME.weight and NAME.bias of dense layers only"));
  write(R"({"a.weight":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,8]}})", 2);
  EXPECT_THAT(message_of_reading(), testing::HasSubstr("its shape does not fit the file"));
}

}  // namespace
}  // namespace spinsweep::network
