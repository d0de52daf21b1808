#include "network/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <utility>

#if defined(__SSE2__)
#include <pmmintrin.h>
#include <xmmintrin.h>
#endif

namespace spinsweep::network {

namespace {

/// Rounds subnormal numbers to zero while it lives. Adam's moments of pixels that are hardly ever lit decay into the
/// subnormal range within an epoch, where every operation costs a hundred times more.
class FlushSubnormals {
 public:
  FlushSubnormals(const FlushSubnormals&) = delete;
  FlushSubnormals& operator=(const FlushSubnormals&) = delete;
#if defined(__SSE2__)
  FlushSubnormals() : saved_(_mm_getcsr()) {
    _MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_ON);
    _MM_SET_DENORMALS_ZERO_MODE(_MM_DENORMALS_ZERO_ON);
  }
  ~FlushSubnormals() {
    _mm_setcsr(saved_);
  }

 private:
  unsigned saved_;
#else
  FlushSubnormals() = default;
#endif
};

class Adam {
 public:
  Adam(std::size_t parameters, double learning_rate)
      : learning_rate_(learning_rate), mean_(parameters, 0.0F), square_(parameters, 0.0F) {}

  void step(std::span<float> parameters, std::span<const float> gradient) {
    constexpr double decay_mean = 0.9;
    constexpr double decay_square = 0.999;
    constexpr double epsilon = 1e-8;
    ++steps_;
    const double bias = std::sqrt(1.0 - std::pow(decay_square, steps_)) / (1.0 - std::pow(decay_mean, steps_));
    const auto rate = static_cast<float>(learning_rate_ * bias);
    const auto scaled_epsilon = static_cast<float>(epsilon * std::sqrt(1.0 - std::pow(decay_square, steps_)));
    float* mean = mean_.data();
    float* square = square_.data();
    float* weight = parameters.data();
    const float* slope = gradient.data();
#pragma omp simd
    for (std::size_t k = 0; k < mean_.size(); ++k) {
      mean[k] = 0.9F * mean[k] + 0.1F * slope[k];
      square[k] = 0.999F * square[k] + 0.001F * slope[k] * slope[k];
      weight[k] -= rate * mean[k] / (std::sqrt(square[k]) + scaled_epsilon);
    }
  }

 private:
  double learning_rate_;
  int steps_ = 0;
  std::vector<float> mean_;
  std::vector<float> square_;
};

/// Enough for four ranks to share a batch, few enough for matrix products of a useful size.
constexpr int shards = 4;

/// The [begin, end) of part `index` of `parts` equal parts of `count`.
std::pair<int, int> part(int count, int parts, int index) {
  return {count * index / parts, count * (index + 1) / parts};
}

/// Gradients of one batch, shard by shard.
class ShardedGradient {
 public:
  ShardedGradient(std::size_t parameters, const parallel::Communicator& communicator)
      : parameters_(parameters), communicator_(communicator), shard_gradients_(shards * parameters) {
    for (int rank = 0; rank < communicator.size(); ++rank) {
      const auto [begin, end] = part(shards, communicator.size(), rank);
      counts_.push_back((end - begin) * static_cast<int>(parameters));
      displacements_.push_back(begin * static_cast<int>(parameters));
    }
  }

  /// Gradient of the mean loss over the batch `order`, on every rank; returns this rank's share of the summed loss.
  double compute(const Mlp<float>& network, const ImageSet& data, std::span<const int> order,
                 std::span<float> gradient) {
    double loss = 0.0;
    const auto [first, last] = part(shards, communicator_.size(), communicator_.rank());
    const auto pixels = static_cast<std::size_t>(data.pixels());
    for (int shard = first; shard < last; ++shard) {
      const std::span<float> target = of_shard(shard);
      std::fill(target.begin(), target.end(), 0.0F);
      const auto [begin, end] = part(static_cast<int>(order.size()), shards, shard);
      if (begin == end) {
        continue;
      }
      images_.resize(static_cast<std::size_t>(end - begin) * pixels);
      labels_.resize(static_cast<std::size_t>(end - begin));
      for (int k = begin; k < end; ++k) {
        const auto sample = static_cast<std::size_t>(order[static_cast<std::size_t>(k)]);
        std::copy_n(data.images.begin() + static_cast<std::ptrdiff_t>(sample * pixels), pixels,
                    images_.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(k - begin) * pixels));
        labels_[static_cast<std::size_t>(k - begin)] = data.labels[sample];
      }
      loss += network.add_gradient(images_, labels_, target);
    }
    if (communicator_.size() > 1) {
      MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, shard_gradients_.data(), counts_.data(), displacements_.data(),
                     MPI_FLOAT, communicator_.get());
    }
    const float scale = 1.0F / static_cast<float>(order.size());
    static_assert(shards == 4, "the sum below is written out so that it is one pass");
    const float* a = of_shard(0).data();
    const float* b = of_shard(1).data();
    const float* c = of_shard(2).data();
    const float* d = of_shard(3).data();
    float* sum = gradient.data();
#pragma omp simd
    for (std::size_t k = 0; k < parameters_; ++k) {
      sum[k] = scale * ((a[k] + b[k]) + (c[k] + d[k]));
    }
    return loss;
  }

 private:
  std::span<float> of_shard(int shard) {
    return std::span(shard_gradients_).subspan(static_cast<std::size_t>(shard) * parameters_, parameters_);
  }

  std::size_t parameters_;
  const parallel::Communicator& communicator_;
  AlignedVector<float> shard_gradients_;  ///< [shard][parameter]
  std::vector<int> counts_;
  std::vector<int> displacements_;
  AlignedVector<float> images_;
  std::vector<std::uint8_t> labels_;
};

}  // namespace

std::vector<int> sample_order(int count, std::uint64_t seed, int epoch) {
  std::vector<int> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  std::mt19937_64 generator(seed * 1000003 + static_cast<std::uint64_t>(epoch));
  // Fisher and Yates' shuffle, since std::shuffle may differ between standard libraries.
  for (std::size_t k = order.size(); k > 1; --k) {
    std::swap(order[k - 1], order[generator() % k]);
  }
  return order;
}

std::vector<double> train(Mlp<float>& network, const ImageSet& data, const TrainingSettings& settings,
                          const parallel::Communicator& communicator) {
  const FlushSubnormals guard;
  const std::size_t parameters = network.parameters().size();
  Adam adam(parameters, settings.learning_rate);
  ShardedGradient sharded(parameters, communicator);
  std::vector<float> gradient(parameters);
  std::vector<double> losses;
  for (int epoch = 0; epoch < settings.epochs; ++epoch) {
    const std::vector<int> order = sample_order(data.count, settings.seed, epoch);
    double loss = 0.0;
    for (std::size_t begin = 0; begin < order.size(); begin += static_cast<std::size_t>(settings.batch_size)) {
      const std::size_t size = std::min(static_cast<std::size_t>(settings.batch_size), order.size() - begin);
      loss += sharded.compute(network, data, std::span(order).subspan(begin, size), gradient);
      adam.step(network.parameters(), gradient);
    }
    MPI_Allreduce(MPI_IN_PLACE, &loss, 1, MPI_DOUBLE, MPI_SUM, communicator.get());
    losses.push_back(loss / data.count);
  }
  return losses;
}

}  // namespace spinsweep::network
