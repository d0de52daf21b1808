#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "parallel/agree.hpp"
#include "store/results_file.hpp"
#include "sweep/run_study.hpp"

namespace spinsweep::sweep {

/// Tiny devices, and two data sets of their own size and number of classes.
inline constexpr const char* tiny_study = R"(
[study]
name = "tiny"
[material]
anisotropy = 1.0e6
damping = 0.6
[neuron]
length = 96e-9
width = 24e-9
cell = 4e-9
initial_wall = { position = 20e-9, width = 8e-9 }
pulse = { duration = 0.2e-9 }
mtj.window = { from = 24e-9, to = 72e-9 }
[neuron.sweep]
"pulse.current_density" = [0.5e12, 1e12, 1.5e12, 2e12]
[synapse]
cell = 15e-9
initial_wall = { relax = false }
pulse = { duration = 50e-12, relaxation = 0.0 }
[synapse.sweep]
"notches.count" = [2, 3]
[network]
datasets = ["bright", "dark"]
hidden = [10]
seeds = 2
epochs = 2
fine_tune_epochs = 1
qat_epochs = 2
device_samples = 2
device_to_device_sigma = 0.1
read_noise = 0.05
[[network.deployment]]
method = ["ptq", "fine_tuned", "qat"]
mapping = ["max_abs", "mse+differential_pair"]
)";

inline std::string big_endian(std::uint32_t number) {
  return {static_cast<char>(number >> 24U), static_cast<char>(number >> 16U), static_cast<char>(number >> 8U),
          static_cast<char>(number)};
}

/// Images of 4 x 5 pixels whose class lights a row.
inline void write_data_set(const std::filesystem::path& folder, unsigned classes, unsigned brightness) {
  std::filesystem::create_directories(folder);
  std::mt19937 generator(brightness);
  for (const auto& [part, count] : {std::pair<std::string, unsigned>{"train", 300}, {"t10k", 100}}) {
    std::ofstream images(folder / (part + "-images-idx3-ubyte"), std::ios::binary);
    std::ofstream labels(folder / (part + "-labels-idx1-ubyte"), std::ios::binary);
    images << big_endian(0x803) << big_endian(count) << big_endian(4) << big_endian(5);
    labels << big_endian(0x801) << big_endian(count);
    for (unsigned k = 0; k < count; ++k) {
      const unsigned label = k % classes;
      labels << static_cast<char>(label);
      for (unsigned pixel = 0; pixel < 20; ++pixel) {
        images << static_cast<char>(generator() % 60 + (pixel / 5 == label ? brightness : 0));
      }
    }
  }
}

/// Training in situ on the devices of the jump tables beside the study.
inline const std::vector<std::string> in_situ = {
    "network.jump_table={increasing=\"up.txt\",decreasing=\"down.txt\"}",
    "network.deployment=[{method=\"in_situ\",mapping=\"max_abs+differential_pair\",in_situ={epochs=2,learning_rate=0.1}"
    "},"
    "{method=\"in_situ\",mapping=\"max_abs\",in_situ={epochs=2,learning_rate=0.1,update=\"whole\",start=\"fp32\"}}]"};

class NetworkStage : public testing::Test {
 protected:
  NetworkStage() {
    auto number = static_cast<int>(getpid());
    MPI_Bcast(&number, 1, MPI_INT, 0, world.get());
    folder = std::filesystem::temp_directory_path() / ("spinsweep-network-" + std::to_string(number));
    parallel::collectively(world, [&] {
      if (world.rank() == 0) {
        write_data_set(folder / "bright", 4, 180);
        write_data_set(folder / "dark", 3, 90);
        std::ofstream(folder / "tiny.toml") << tiny_study;
        std::ofstream(folder / "up.txt") << "a header\n1e-4,2e-4\n0,1\n-1e-6,-2e-6\n5e-6,4e-6\n";
        std::ofstream(folder / "down.txt") << "a header\n1e-4,2e-4\n0,1\n-3e-6,-6e-6\n1e-6,0\n";
      }
    });
  }
  ~NetworkStage() override {
    world.barrier();
    if (world.rank() == 0) {
      std::filesystem::remove_all(folder);
    }
  }

  RunOutcome run(const std::string& file, const std::vector<std::string>& overrides = {}, Stage stage = Stage::all) {
    RunRequest request;
    request.stage = stage;
    request.sweep_file = folder / sweep;
    request.results_file = folder / file;
    request.overrides = overrides;
    request.overrides.push_back("network.data_folder=\"" + folder.string() + "\"");
    return run_study(request, world);
  }

  [[nodiscard]] std::vector<double> read(const std::string& file, const std::string& variable) const {
    return store::ResultsFile::open_for_reading(folder / file).read<double>(variable);
  }

  parallel::Communicator world = parallel::Communicator(MPI_COMM_WORLD);
  std::filesystem::path folder;
  std::string sweep = "tiny.toml";
};

}  // namespace spinsweep::sweep
