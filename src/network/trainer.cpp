#include "network/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

#include "network/adam.hpp"
#include "network/backpropagation.hpp"
#include "network/batch.hpp"
#include "network/flush_subnormals.hpp"

namespace spinsweep::network {

namespace {

/// The batches of all epochs, one after the other.
class BatchSequence {
 public:
  BatchSequence(const TrainingSet& data, const TrainingSettings& settings, const std::vector<ShardNode>& nodes)
      : data_(data), settings_(settings), nodes_(nodes) {}

  [[nodiscard]] int steps_per_epoch() const {
    return (data_.count() + settings_.batch_size - 1) / settings_.batch_size;
  }
  [[nodiscard]] int steps() const { return settings_.epochs * steps_per_epoch(); }

  void prepare(int step, Batch<float>& batch) {
    const int within = step % steps_per_epoch();
    if (within == 0) {
      order_ = sample_order(data_.count(), settings_.seed, step / steps_per_epoch());
    }
    const auto begin = static_cast<std::size_t>(within) * static_cast<std::size_t>(settings_.batch_size);
    const auto size = std::min(static_cast<std::size_t>(settings_.batch_size), order_.size() - begin);
    batch.prepare(data_, std::span(order_).subspan(begin, size), nodes_, step);
  }

 private:
  const TrainingSet& data_;
  const TrainingSettings& settings_;
  const std::vector<ShardNode>& nodes_;
  std::vector<int> order_;
};

/// Moves this rank's slice of the parameters, by way of hidden weights if the network stays on levels.
class SliceOptimizer {
 public:
  SliceOptimizer(const Mlp<float>& network, const TrainingSettings& settings, int steps, GradientExchange& exchange)
      : settings_(settings), steps_(steps), exchange_(exchange), adam_(exchange.slice().size()) {
    const auto own = exchange_.parameters().subspan(exchange_.slice().begin, exchange_.slice().size());
    if (settings.levels != nullptr) {
      projection_.emplace(network, *settings.levels);
      hidden_.assign(own.begin(), own.end());
    }
  }

  /// Writes the levels that the network starts on.
  void project_all() {
    if (projection_) {
      const Part& slice = exchange_.slice();
      projection_->project(slice.begin, hidden_, exchange_.parameters().subspan(slice.begin, slice.size()));
    }
  }

  void move(int step, std::size_t batch_size) {
    adam_.begin_step(learning_rate(step));
    const float scale = 1.0F / static_cast<float>(batch_size);
    const Part& slice = exchange_.slice();
    // In blocks that stay in the nearest cache between the sum, Adam and the projection.
    std::array<float, 1024> sum;
    for (std::size_t begin = 0; begin < slice.size(); begin += sum.size()) {
      const std::span<float> gradient = std::span(sum).first(std::min(sum.size(), slice.size() - begin));
      const auto visible = exchange_.parameters().subspan(slice.begin + begin, gradient.size());
      exchange_.add_up(begin, gradient);
      if (projection_) {
        const auto hidden = std::span(hidden_).subspan(begin, gradient.size());
        adam_.move(begin, gradient, scale, hidden);
        projection_->project(slice.begin + begin, hidden, visible);
      } else {
        adam_.move(begin, gradient, scale, visible);
      }
    }
  }

 private:
  [[nodiscard]] double learning_rate(int step) const {
    if (settings_.schedule == Schedule::constant) {
      return settings_.learning_rate;
    }
    return settings_.learning_rate * 0.5 * (1.0 + std::cos(std::numbers::pi * step / steps_));
  }

  const TrainingSettings& settings_;
  int steps_;
  GradientExchange& exchange_;
  Adam adam_;
  std::optional<LevelProjection> projection_;
  AlignedVector<float> hidden_;
};

/// Mean loss of an epoch from what each rank has summed of each shard, added in a fixed order.
double mean_loss(std::array<double, shard_count> losses, int count, const parallel::Communicator& communicator) {
  // A shard is one rank's, the others bring zero, so that this adds nothing up in an order of its own.
  MPI_Allreduce(MPI_IN_PLACE, losses.data(), shard_count, MPI_DOUBLE, MPI_SUM, communicator.get());
  return std::accumulate(losses.begin(), losses.end(), 0.0) / count;
}

void stop_if_any_is_asked_to(const TrainingSettings& settings, const parallel::Communicator& communicator) {
  int asked = settings.should_stop() ? 1 : 0;
  MPI_Allreduce(MPI_IN_PLACE, &asked, 1, MPI_INT, MPI_MAX, communicator.get());
  if (asked != 0) {
    throw Interrupted();
  }
}

}  // namespace

std::vector<int> sample_order(int count, std::uint64_t seed, int epoch) {
  std::vector<int> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  const CounterRandom random(seed, CounterRandom::Purpose::sample_order);
  // Fisher and Yates' shuffle.
  for (std::size_t k = order.size(); k > 1; --k) {
    std::swap(order[k - 1],
              order[random.wide(static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(epoch), 0) % k]);
  }
  return order;
}

std::vector<double> train(Mlp<float>& network, const TrainingSet& data, const TrainingSettings& settings,
                          const parallel::Communicator& communicator) {
  constexpr int steps_between_checks = 16;
  const FlushSubnormals guard;
  const auto exchange = make_exchange(network.parameters().size(), communicator, settings.exchange);
  const auto parameters = exchange->parameters();
  const Part& slice = exchange->slice();
  std::copy(network.parameters().begin() + static_cast<std::ptrdiff_t>(slice.begin),
            network.parameters().begin() + static_cast<std::ptrdiff_t>(slice.end),
            parameters.begin() + static_cast<std::ptrdiff_t>(slice.begin));
  BatchSequence batches(data, settings, exchange->nodes());
  SliceOptimizer optimizer(network, settings, batches.steps(), *exchange);
  optimizer.project_all();
  exchange->share_parameters();

  Backpropagation<float> backpropagation(
      network, {.label_smoothing = settings.label_smoothing, .dropout = settings.dropout, .seed = settings.seed});
  std::vector<double> losses;
  std::array<double, shard_count> epoch_losses{};
  Batch<float> batch;
  batches.prepare(0, batch);
  for (int step = 0; step < batches.steps(); ++step) {
    if (step % steps_between_checks == 0) {
      stop_if_any_is_asked_to(settings, communicator);
    }
    backpropagation.run(parameters, batch, exchange->nodes(), exchange->gradients(), epoch_losses);
    exchange->begin();
    const std::size_t batch_size = batch.size();
    if (step + 1 < batches.steps()) {
      batches.prepare(step + 1, batch);
    }
    exchange->end_gradients();
    optimizer.move(step, batch_size);
    exchange->share_parameters();
    if ((step + 1) % batches.steps_per_epoch() == 0) {
      losses.push_back(mean_loss(epoch_losses, data.count(), communicator));
      epoch_losses.fill(0.0);
    }
  }
  std::copy(parameters.begin(), parameters.end(), network.parameters().begin());
  if (settings.levels != nullptr) {
    settings.levels->snap(network);
  }
  // Nobody may take the shared memory away while another still copies from it.
  communicator.barrier();
  return losses;
}

}  // namespace spinsweep::network
