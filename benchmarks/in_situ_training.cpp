/// Training in situ with the settings of CrossSim 2.0's training/MLP_training.py: 784-300-10, logistic neurons,
/// softmax, balanced pairs, batches of 10. crosssim_training.py does the same with CrossSim's own cores. On one rank.
///
///   in_situ_training DATA_FOLDER --dataset mnist --table FOLDER --epochs 20
///
/// FOLDER has dG_increasing.txt and dG_decreasing.txt; without --table the updates are exact.

#include <fmt/core.h>
#include <mpi.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "base/interruption.hpp"
#include "network/evaluation.hpp"
#include "network/pulsed_devices.hpp"
#include "network/trainer.hpp"

namespace {

using namespace spinsweep;

/// Of training/MLP_training.py, for the sum over a batch, and of training/training_net.py.
struct DataSetSettings {
  double exact_rate;
  double pulsed_rate;
  double first_bound;
  double second_bound;
  bool is_standardized;
};
const std::map<std::string, DataSetSettings> settings_of = {{"mnist", {0.01, 0.0025, 0.218, 1.05, true}},
                                                            {"fashion-mnist", {2e-4, 2e-4, 0.7226, 0.8887, false}}};

/// To which an array of CrossSim clips its inputs.
constexpr std::uint8_t largest_input = 100;

/// Of mean 0 and deviation 1/2, or bytes as they are.
network::PixelScale scale_of(const network::ImageSet& set, bool is_standardized) {
  if (!is_standardized) {
    return {.gain = 1.0F, .offset = 0.0F};
  }
  double sum = 0.0;
  double squares = 0.0;
  for (const std::uint8_t byte : set.images) {
    sum += byte;
    squares += static_cast<double>(byte) * byte;
  }
  const auto count = static_cast<double>(set.images.size());
  const double mean = sum / count;
  const double gain = 0.5 / std::sqrt(squares / count - mean * mean);
  return {.gain = static_cast<float>(gain), .offset = static_cast<float>(-gain * mean)};
}

struct Options {
  std::string data_folder;
  std::string dataset = "mnist";
  std::string table;
  std::string inputs;
  network::PulseUpdate update = network::PulseUpdate::scaled;
  int epochs = 20;
  int images = 0;
  std::uint64_t seed = 1;
  double rate = 0.0;
};

/// Tables of which exact updates use the range alone.
analysis::JumpTables tables_of(const std::string& folder) {
  if (folder.empty()) {
    return {{{0.0, 1.0}, {0.0, 1.0}, {{1e-3, 1e-3}, {1e-3, 1e-3}}},
            {{0.0, 1.0}, {0.0, 1.0}, {{-1e-3, -1e-3}, {-1e-3, -1e-3}}}};
  }
  return {analysis::read_jump_table(folder + "/dG_increasing.txt"),
          analysis::read_jump_table(folder + "/dG_decreasing.txt")};
}

void run(const Options& options) {
  const parallel::Communicator self(MPI_COMM_SELF);
  const DataSetSettings& of_set = settings_of.at(options.dataset);
  network::DataSet data = network::read_data_set(options.data_folder + "/" + options.dataset, options.dataset);
  const bool is_standardized = options.inputs.empty() ? of_set.is_standardized : options.inputs == "standardized";
  for (network::ImageSet* set : {&data.train, &data.test}) {
    set->scale = scale_of(*set, is_standardized);
  }
  if (options.inputs == "clipped") {
    for (network::ImageSet* set : {&data.train, &data.test}) {
      std::ranges::transform(set->images, set->images.begin(),
                             [](std::uint8_t byte) { return std::min(byte, largest_input); });
    }
  }
  if (options.images > 0) {
    data.train.count = options.images;
    data.train.images.resize(static_cast<std::size_t>(options.images) * static_cast<std::size_t>(data.train.pixels()));
    data.train.labels.resize(static_cast<std::size_t>(options.images));
  }
  const network::TrainingSet images(data.train);
  network::Mlp<float> model({784, 300, data.classes}, network::Activation::logistic());
  model.initialize(options.seed);
  network::Deployment deployment{.name = "", .method = "in_situ", .mapping = "max_abs+differential_pair"};
  const bool is_exact = options.table.empty();
  deployment.settings.biases = network::Biases::shared_range;
  deployment.settings.in_situ.update = is_exact ? network::PulseUpdate::exact : options.update;
  // Exact updates end at the bounds, pulses at the ends of the conductance.
  deployment.settings.in_situ.headroom = is_exact ? 0.0 : 0.1;
  deployment.settings.in_situ.ranges = {{1.5 * of_set.first_bound}, {1.5 * of_set.second_bound}};
  const network::PulsedDevices devices = pulsed_devices(model, deployment, tables_of(options.table));
  const double rate = options.rate > 0.0 ? options.rate : is_exact ? of_set.exact_rate : of_set.pulsed_rate;
  constexpr int batch = 10;
  network::TrainingState state;
  int epoch = 0;
  bool was_asked = false;
  const auto report = [&] {
    std::copy(state.weights.begin(), state.weights.end(), model.parameters().begin());
    fmt::print("epoch {}: {:.2f} %\n", ++epoch, 100.0 * evaluate(model, data.test, data.classes, self).accuracy);
    std::fflush(stdout);
  };
  // Requests are answered every 16 steps, of which an epoch is a multiple.
  const int looks_of_epoch = network::training_steps(images.count(), 1, batch) / 16;
  for (bool is_done = false; !is_done;) {
    int looks = 0;
    network::TrainingState reached;
    network::TrainingSettings settings{.epochs = options.epochs,
                                       .batch_size = batch,
                                       .learning_rate = rate * batch,
                                       .seed = options.seed,
                                       .schedule = network::Schedule::step,
                                       .pulsed = &devices,
                                       .should_stop = [&] { return looks++ == looks_of_epoch; },
                                       .save = [&](const network::TrainingState& now) { reached = now; },
                                       .checkpoint_interval = std::chrono::hours(24),
                                       .resume = was_asked ? &state : nullptr,
                                       .finish = [&](const network::TrainingState& now) { reached = now; }};
    try {
      network::Mlp<float> copy = model;
      network::train(copy, images, settings, self);
      is_done = true;
    } catch (const Interrupted&) {
    }
    was_asked = true;
    state = reached;
    report();
  }
  fmt::print("{:.1f} pulses on a device, mean\n", static_cast<double>(state.pulses) /
                                                      static_cast<double>(network::pulse_unit) /
                                                      static_cast<double>(device_count(devices, model)));
}

}  // namespace

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  CLI::App app("Training in situ as CrossSim 2.0 does it");
  Options options;
  app.add_option("DATA_FOLDER", options.data_folder)->required();
  app.add_option("--dataset", options.dataset)->check(CLI::IsMember({"mnist", "fashion-mnist"}));
  app.add_option("--table", options.table, "folder of dG_increasing.txt and dG_decreasing.txt");
  app.add_option("--inputs", options.inputs)->check(CLI::IsMember({"standardized", "bytes", "clipped"}));
  app.add_option("--epochs", options.epochs);
  app.add_option("--images", options.images, "train on the first of them alone");
  app.add_option("--seed", options.seed);
  app.add_option("--rate", options.rate, "learning rate for the sum over a batch");
  const std::map<std::string, network::PulseUpdate> updates{{"scaled", network::PulseUpdate::scaled},
                                                            {"whole", network::PulseUpdate::whole},
                                                            {"exact", network::PulseUpdate::exact}};
  app.add_option("--update", options.update)->transform(CLI::CheckedTransformer(updates));
  int status = 0;
  try {
    app.parse(argc, argv);
    run(options);
  } catch (const CLI::ParseError& error) {
    status = app.exit(error);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    status = 1;
  }
  MPI_Finalize();
  return status;
}
