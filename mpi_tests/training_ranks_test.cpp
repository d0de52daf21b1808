#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <bit>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "network/evaluation.hpp"
#include "network/trainer.hpp"

namespace spinsweep::network {
namespace {

/// nonzero: fraction of the pixels, %.
ImageSet noise(int count, int height, int width, unsigned classes, unsigned nonzero = 30) {
  ImageSet data{.count = count, .height = height, .width = width, .images = {}, .labels = {}};
  std::mt19937 generator(2);
  for (int k = 0; k < data.count; ++k) {
    for (int pixel = 0; pixel < data.pixels(); ++pixel) {
      data.images.push_back(static_cast<std::uint8_t>(generator() % 100 < nonzero ? 1 + generator() % 255 : 0));
    }
    data.labels.push_back(static_cast<std::uint8_t>(generator() % classes));
  }
  return data;
}

/// FNV-1a over the bits of every weight.
std::uint64_t hash(const Mlp<float>& network) {
  std::uint64_t value = 0xcbf29ce484222325U;
  for (const float parameter : network.parameters()) {
    const auto bits = std::bit_cast<std::uint32_t>(parameter);
    for (unsigned shift = 0; shift < 32U; shift += 8U) {
      value = (value ^ ((bits >> shift) & 0xffU)) * 0x100000001b3U;
    }
  }
  return value;
}

struct Training {
  std::string what;
  std::vector<int> sizes;
  TrainingSettings settings;
  unsigned nonzero = 30;  ///< fraction of the pixels, %
};

/// "20-33-17-3, 80 % nonzero pixels, plain"
void PrintTo(const Training& training, std::ostream* stream) {
  *stream << fmt::format("{}, {} % nonzero pixels, {}", fmt::join(training.sizes, "-"), training.nonzero,
                         training.what);
}

class TrainingOnRanks : public testing::TestWithParam<Training> {};

TEST_P(TrainingOnRanks, GivesTheWeightsOfOneRankToTheLastBit) {
  const ImageSet images = noise(333, 4, 5, 3, GetParam().nonzero);
  const TrainingSet data(images);
  const parallel::Communicator world(MPI_COMM_WORLD);
  const parallel::Communicator alone(MPI_COMM_SELF);
  Mlp<float> together(GetParam().sizes, Activation({0.9, 0.2}));
  together.initialize(9);
  Mlp<float> by_one = together;
  const auto losses = train(together, data, GetParam().settings, world);
  const auto losses_by_one = train(by_one, data, GetParam().settings, alone);
  EXPECT_EQ(hash(together), hash(by_one));
  EXPECT_EQ(losses, losses_by_one);
  EXPECT_EQ(evaluate(together, images, 3, world).confusion, evaluate(by_one, images, 3, alone).confusion);
}

const TrainingSettings plain = {.epochs = 3, .batch_size = 50, .learning_rate = 1e-2, .seed = 4};
const TrainingSettings by_messages = {
    .epochs = 3, .batch_size = 50, .learning_rate = 1e-2, .seed = 4, .exchange = ExchangeKind::messages};
const TrainingSettings regularized = {.epochs = 2,
                                      .batch_size = 64,
                                      .learning_rate = 1e-2,
                                      .seed = 5,
                                      .schedule = Schedule::cosine,
                                      .label_smoothing = 0.1,
                                      .dropout = 0.2};
const TrainingSettings smaller_than_the_shards = {.epochs = 1, .batch_size = 5, .learning_rate = 1e-2, .seed = 4};

INSTANTIATE_TEST_SUITE_P(
    OfNetworks, TrainingOnRanks,
    testing::Values(Training{"plain", {20, 12, 3}, plain}, Training{"plain", {20, 3}, plain},
                    Training{"plain", {20, 33, 17, 3}, plain}, Training{"by messages", {20, 128, 3}, by_messages},
                    Training{"plain", {20, 33, 17, 3}, plain, 80},
                    Training{"by messages", {20, 128, 3}, by_messages, 80},
                    Training{"regularized", {20, 40, 24, 3}, regularized},
                    Training{"batches smaller than the number of shards", {20, 16, 3}, smaller_than_the_shards}));

TEST(TrainingOnRanks, LeavesEveryParameterOnALevelTheSameOnAnyNumberOfRanks) {
  const TrainingSet data(noise(333, 4, 5, 3));
  const parallel::Communicator world(MPI_COMM_WORLD);
  const parallel::Communicator alone(MPI_COMM_SELF);
  Mlp<float> together({20, 12, 3}, Activation({1.0}));
  together.initialize(9);
  const std::vector<double> conductances = {1.0e-4, 1.2e-4, 1.5e-4, 1.9e-4, 2.0e-4};
  const Placement placement(together, DeviceLevels(conductances),
                            PlacementRule{Mapping("mse"), 99.9, Biases::own_range});
  Mlp<float> by_one = together;
  TrainingSettings settings = plain;
  settings.levels = &placement;
  train(together, data, settings, world);
  train(by_one, data, settings, alone);
  EXPECT_TRUE(placement.holds(together));
  EXPECT_EQ(hash(together), hash(by_one));
}

/// The state of a training that is stopped at look number `looks` + 1 for a request, the same on all ranks.
TrainingState stopped(Mlp<float> network, const TrainingSet& data, TrainingSettings settings, int looks,
                      const parallel::Communicator& communicator) {
  TrainingState state;
  settings.should_stop = [&, asked = 0]() mutable { return ++asked > looks && communicator.rank() == 0; };
  settings.save = [&](const TrainingState& reached) { state = reached; };
  EXPECT_THROW(train(network, data, settings, communicator), Interrupted);
  const auto share = [&](auto& numbers, MPI_Datatype type) {
    auto size = static_cast<int>(numbers.size());
    MPI_Bcast(&size, 1, MPI_INT, 0, communicator.get());
    numbers.resize(static_cast<std::size_t>(size));
    MPI_Bcast(numbers.data(), size, type, 0, communicator.get());
  };
  MPI_Bcast(&state.step, 1, MPI_INT, 0, communicator.get());
  share(state.weights, MPI_FLOAT);
  share(state.mean, MPI_FLOAT);
  share(state.square, MPI_FLOAT);
  share(state.epoch_losses, MPI_DOUBLE);
  MPI_Bcast(&state.pulses, 1, MPI_INT64_T, 0, communicator.get());
  MPI_Bcast(state.shard_losses.data(), shard_count, MPI_DOUBLE, 0, communicator.get());
  return state;
}

enum class Weights { free, on_levels, on_noisy_levels, by_scaled_pulses, by_whole_pulses };

void PrintTo(Weights weights, std::ostream* stream) {
  constexpr const char* names[] = {"free weights", "weights on levels", "weights on levels with errors of writing",
                                   "weights by scaled pulses", "weights by whole pulses"};
  *stream << names[static_cast<int>(weights)];
}

/// What holds the weights of a training.
class Holder {
 public:
  Holder(Weights weights, const Mlp<float>& network, const std::vector<double>& conductances,
         const std::string& mapping)
      : placement_(network, DeviceLevels(conductances), PlacementRule{Mapping(mapping), 99.9, Biases::own_range}),
        weights_(weights) {
    Deployment deployment{.name = "", .method = "in_situ", .mapping = "max_abs+differential_pair"};
    deployment.settings.in_situ.update = weights == Weights::by_whole_pulses ? PulseUpdate::whole : PulseUpdate::scaled;
    const analysis::JumpTable up{{1e-4, 2e-4}, {0.0, 1.0}, {{-1e-6, -2e-6}, {5e-6, 4e-6}}};
    const analysis::JumpTable down{{1e-4, 2e-4}, {0.0, 1.0}, {{-3e-6, -6e-6}, {1e-6, 0.0}}};
    devices_.emplace(pulsed_devices(network, deployment, {up, down}));
    noise_.device_to_device_sigma = 0.05;
    noise_.stuck_at_fraction = 0.01;
  }

  void hold(TrainingSettings& settings) const {
    if (weights_ == Weights::on_levels || weights_ == Weights::on_noisy_levels) {
      settings.levels = &placement_;
      settings.noise = weights_ == Weights::on_noisy_levels ? &noise_ : nullptr;
    } else if (weights_ != Weights::free) {
      settings.pulsed = &*devices_;
    }
  }

 private:
  Placement placement_;
  Weights weights_;
  std::optional<PulsedDevices> devices_;
  DeviceNoise noise_;
};

class InterruptedTraining : public testing::TestWithParam<Weights> {};

TEST_P(InterruptedTraining, ResumesToTheLastBitOnAnyNumberOfRanks) {
  const TrainingSet data(noise(333, 4, 5, 3));
  const parallel::Communicator world(MPI_COMM_WORLD);
  const parallel::Communicator alone(MPI_COMM_SELF);
  Mlp<float> start({20, 33, 3}, Activation({0.9, 0.2}));
  start.initialize(9);
  const Holder holder(GetParam(), start, {1.0e-4, 1.2e-4, 1.5e-4, 2.0e-4}, "mse");
  TrainingSettings settings = {
      .epochs = 3, .batch_size = 5, .learning_rate = 1e-2, .seed = 4, .schedule = Schedule::cosine, .dropout = 0.1};
  holder.hold(settings);
  std::int64_t pulses = 0;
  settings.finish = [&](const TrainingState& state) { pulses = state.pulses; };
  Mlp<float> whole = start;
  const auto losses = train(whole, data, settings, alone);
  const std::int64_t pulses_of_whole = pulses;
  // 67 steps an epoch, a look before every sixteenth: at once, in the first epoch, just before its end, in the second.
  for (const int looks : {0, 2, 4, 6}) {
    TrainingState state = stopped(start, data, settings, looks, world);
    EXPECT_EQ(state.step, 16 * looks);
    settings.resume = &state;
    // A second stop on the way.
    if (looks == 2) {
      state = stopped(start, data, settings, 3, world);
      EXPECT_EQ(state.step, 80);
    }
    for (const auto* ranks : {&world, &alone}) {
      Mlp<float> resumed = start;
      EXPECT_EQ(train(resumed, data, settings, *ranks), losses);
      EXPECT_EQ(hash(resumed), hash(whole)) << "stopped after step " << state.step;
      EXPECT_TRUE(ranks->rank() != 0 || pulses == pulses_of_whole) << "stopped after step " << state.step;
    }
    settings.resume = nullptr;
  }
}

TEST_P(InterruptedTraining, IsSavedAsOftenAsAskedForWithoutChangingTheResult) {
  const TrainingSet data(noise(333, 4, 5, 3));
  const parallel::Communicator world(MPI_COMM_WORLD);
  Mlp<float> start({20, 12, 3}, Activation({1.0}));
  start.initialize(9);
  const Holder holder(GetParam(), start, {1.0e-4, 1.2e-4, 2.0e-4}, "max_abs");
  TrainingSettings settings = {.epochs = 1, .batch_size = 5, .learning_rate = 1e-2};
  holder.hold(settings);
  Mlp<float> unsaved = start;
  train(unsaved, data, settings, world);
  std::vector<int> steps;
  settings.checkpoint_interval = std::chrono::duration<double>(0.0);
  settings.save = [&](const TrainingState& state) { steps.push_back(state.step); };
  Mlp<float> saved = start;
  train(saved, data, settings, world);
  EXPECT_EQ(hash(saved), hash(unsaved));
  EXPECT_EQ(steps, world.rank() == 0 ? std::vector<int>({0, 16, 32, 48, 64}) : std::vector<int>());
}

TEST_P(InterruptedTraining, ThatIsNotInterruptedGivesTheWeightsOfOneRankToTheLastBit) {
  const TrainingSet data(noise(333, 4, 5, 3));
  const parallel::Communicator world(MPI_COMM_WORLD);
  const parallel::Communicator alone(MPI_COMM_SELF);
  Mlp<float> together({20, 33, 17, 3}, Activation({0.9, 0.2}));
  together.initialize(9);
  Mlp<float> by_one = together;
  const Holder holder(GetParam(), together, {1.0e-4, 1.2e-4, 1.5e-4, 2.0e-4}, "mse");
  for (const ExchangeKind exchange : {ExchangeKind::automatic, ExchangeKind::messages}) {
    TrainingSettings settings = plain;
    settings.exchange = exchange;
    holder.hold(settings);
    train(together, data, settings, world);
    train(by_one, data, settings, alone);
    EXPECT_EQ(hash(together), hash(by_one));
  }
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, InterruptedTraining,
                         testing::Values(Weights::free, Weights::on_levels, Weights::on_noisy_levels,
                                         Weights::by_scaled_pulses, Weights::by_whole_pulses));

TEST(InterruptedTraining, RefusesTheStateOfAnotherTraining) {
  const TrainingSet data(noise(333, 4, 5, 3));
  const parallel::Communicator world(MPI_COMM_WORLD);
  Mlp<float> small({20, 12, 3}, Activation({1.0}));
  const TrainingState state = stopped(small, data, {.epochs = 2, .batch_size = 5}, 1, world);
  Mlp<float> large({20, 40, 3}, Activation({1.0}));
  EXPECT_THROW(train(large, data, {.epochs = 2, .batch_size = 5, .resume = &state}, world), InputError);
  EXPECT_THROW(train(small, data, {.epochs = 1, .batch_size = 50, .resume = &state}, world), InputError)
      << "it has been done already";
}

TEST(InterruptedTraining, ThatCannotBeSavedFailsOnEveryRank) {
  const TrainingSet data(noise(333, 4, 5, 3));
  const parallel::Communicator world(MPI_COMM_WORLD);
  Mlp<float> network({20, 12, 3}, Activation({1.0}));
  TrainingSettings settings = {.epochs = 1, .batch_size = 5, .checkpoint_interval = std::chrono::seconds(0)};
  settings.save = [](const TrainingState&) { throw EnvironmentError("the disk is full"); };
  EXPECT_THROW(train(network, data, settings, world), EnvironmentError);
}

}  // namespace
}  // namespace spinsweep::network
