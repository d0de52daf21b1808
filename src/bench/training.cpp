#include "bench/training.hpp"

#include <fmt/core.h>
#include <mpi.h>

#include <Eigen/Core>
#include <algorithm>
#include <random>

#include "base/words.hpp"
#include "bench/timing.hpp"
#include "network/trainer.hpp"

namespace spinsweep::bench {

namespace {

using network::Mlp;

/// Multiplications and additions of one sample: weights times values forward, deltas times values for the gradient,
/// weights times deltas backward to the hidden layer.
constexpr double flops_per_sample = 4.0 * (784.0 * 128.0 + 128.0 * 10.0) + 2.0 * 128.0 * 10.0;

/// Random images. nonzero: fraction of the pixels that are not zero.
network::TrainingSet noise(int count, double nonzero) {
  network::ImageSet images{.count = count, .height = 28, .width = 28, .images = {}, .labels = {}};
  std::mt19937 generator(1);
  for (int k = 0; k < count; ++k) {
    for (int pixel = 0; pixel < images.pixels(); ++pixel) {
      const bool is_nonzero = static_cast<double>(generator() % 1000) < 1000.0 * nonzero;
      images.images.push_back(static_cast<std::uint8_t>(is_nonzero ? 1 + generator() % 255 : 0));
    }
    images.labels.push_back(static_cast<std::uint8_t>(generator() % 10));
  }
  return network::TrainingSet(images);
}

/// Median time of one training of one epoch, s, by wall-clock time or by this thread's processor time.
double training_seconds(const network::TrainingSet& data, int batch_size, const parallel::Communicator& communicator,
                        double (*now)()) {
  constexpr int repetitions = 7;
  std::vector<double> seconds;
  for (int k = 0; k < repetitions; ++k) {
    Mlp<float> model({784, 128, 10}, network::Activation({1.0}));
    model.initialize(1);
    communicator.barrier();
    const double start = now();
    network::train(model, data, {.epochs = 1, .batch_size = batch_size, .should_stop = [] { return false; }},
                   communicator);
    seconds.push_back(now() - start);
  }
  std::nth_element(seconds.begin(), seconds.begin() + repetitions / 2, seconds.end());
  return seconds[repetitions / 2];
}

double sgemm_rate() {
  constexpr Eigen::Index edge = 768;
  const Eigen::MatrixXf a = Eigen::MatrixXf::Random(edge, edge);
  const Eigen::MatrixXf b = Eigen::MatrixXf::Random(edge, edge);
  Eigen::MatrixXf c(edge, edge);
  return 2.0 * static_cast<double>(edge * edge * edge) / median_seconds([&] { c.noalias() = a * b; }, 0.3);
}

}  // namespace

std::vector<Row> measure_training() {
  constexpr int samples = 32768;
  struct Load {
    double nonzero;
    const char* like;
    std::vector<int> batch_sizes;
  };
  // As many nonzero pixels as in MNIST and Fashion-MNIST, and all of them.
  const Load loads[] = {{0.19, "19 % nonzero", {64, 128, 256, 1024}},
                        {0.50, "50 % nonzero", {64, 256, 1024}},
                        {1.0, "all nonzero", {64, 1024}}};
  const parallel::Communicator world(MPI_COMM_WORLD);
  const parallel::Communicator alone(MPI_COMM_SELF);
  double rate = sgemm_rate();
  std::vector<Row> rows = {{"Eigen's sgemm, this rank's processor time", rate * 1e-9, "GFLOP/s"}};
  MPI_Allreduce(MPI_IN_PLACE, &rate, 1, MPI_DOUBLE, MPI_SUM, world.get());
  for (const Load& load : loads) {
    const network::TrainingSet data = noise(samples, load.nonzero);
    for (const int batch_size : load.batch_sizes) {
      const double one = samples / training_seconds(data, batch_size, alone, thread_seconds);
      rows.push_back({fmt::format("{}, batch {}, one rank, processor time", load.like, batch_size), one, "samples/s"});
      const double all = samples / training_seconds(data, batch_size, world, MPI_Wtime);
      rows.push_back({fmt::format("{}, batch {}, {}, wall clock", load.like, batch_size, counted(world.size(), "rank")),
                      all, "samples/s"});
      rows.push_back({"  of the ranks' sgemm, counting all pixels", all * flops_per_sample / rate, "1"});
    }
  }
  return rows;
}

}  // namespace spinsweep::bench
