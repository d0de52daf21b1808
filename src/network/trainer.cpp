#include "network/trainer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.hpp"
#include "network/backpropagation.hpp"
#include "network/batch.hpp"
#include "network/flush_subnormals.hpp"
#include "network/optimizer.hpp"
#include "parallel/agree.hpp"
#include "parallel/on_root.hpp"
#include "parallel/run_collective.hpp"

namespace spinsweep::network {

namespace {

/// The batches of all epochs, one after the other.
class BatchSequence {
 public:
  BatchSequence(const TrainingSet& data, const TrainingSettings& settings, const std::vector<ShardNode>& nodes)
      : data_(data), settings_(settings), nodes_(nodes) {}

  [[nodiscard]] int steps_per_epoch() const { return training_steps(data_.count(), 1, settings_.batch_size); }
  [[nodiscard]] int steps() const { return training_steps(data_.count(), settings_.epochs, settings_.batch_size); }

  void prepare(int step, Batch<float>& batch) {
    const int epoch = step / steps_per_epoch();
    const int within = step % steps_per_epoch();
    if (epoch != epoch_of_order_) {
      order_ = sample_order(data_.count(), settings_.seed, epoch);
      epoch_of_order_ = epoch;
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
  int epoch_of_order_ = -1;
};

/// A shard belongs to one rank and the others contribute zero, so the result does not depend on the order of summation.
std::array<double, shard_count> sum_over_ranks(std::array<double, shard_count> losses,
                                               const parallel::Communicator& communicator) {
  MPI_Allreduce(MPI_IN_PLACE, losses.data(), shard_count, MPI_DOUBLE, MPI_SUM, communicator.get());
  return losses;
}

/// Mean loss of an epoch from the sums of each shard, added in a fixed order.
double mean_loss(const std::array<double, shard_count>& losses, int count, const parallel::Communicator& communicator) {
  const auto sums = sum_over_ranks(losses, communicator);
  return std::accumulate(sums.begin(), sums.end(), 0.0) / count;
}

/// Consistent on all ranks, which have the same parameters and the same loss. Errors: SimulationError.
void refuse_divergence(double loss, std::span<const float> parameters, std::size_t epoch) {
  const bool all_finite = std::all_of(parameters.begin(), parameters.end(), [](float x) { return std::isfinite(x); });
  if (!std::isfinite(loss) || !all_finite) {
    throw SimulationError(
        fmt::format("the training diverged in epoch {}: a weight or the loss is not finite; try a smaller "
                    "learning rate",
                    epoch));
  }
}

enum class Request : int { none, save, stop };

/// Requests of any rank between two steps: a checkpoint when it is due, from the first rank, or a stop, from any.
class Requests {
 public:
  Requests(const TrainingSettings& settings, const parallel::Communicator& communicator)
      : settings_(settings), communicator_(communicator) {}

  /// Collective.
  [[nodiscard]] Request next() {
    int wanted = static_cast<int>(Request::none);
    if (settings_.should_stop()) {
      wanted = static_cast<int>(Request::stop);
    } else if (communicator_.rank() == 0 && settings_.save && Clock::now() - saved_ > settings_.checkpoint_interval) {
      wanted = static_cast<int>(Request::save);
      saved_ = Clock::now();
    }
    MPI_Allreduce(MPI_IN_PLACE, &wanted, 1, MPI_INT, MPI_MAX, communicator_.get());
    return static_cast<Request>(wanted);
  }

 private:
  using Clock = std::chrono::steady_clock;

  const TrainingSettings& settings_;
  const parallel::Communicator& communicator_;
  Clock::time_point saved_ = Clock::now();
};

void refuse_state_of_another_training(const TrainingState& state, std::size_t parameters, int steps,
                                      int steps_per_epoch) {
  if (state.weights.size() != parameters || state.mean.size() != parameters || state.square.size() != parameters ||
      state.step < 0 || state.step >= steps ||
      state.epoch_losses.size() != static_cast<std::size_t>(state.step / steps_per_epoch)) {
    throw InputError(fmt::format(
        "the checkpoint belongs to another training: it has {} parameters after {} steps, this training has {} "
        "parameters and {} steps",
        state.weights.size(), state.step, parameters, steps));
  }
}

}  // namespace

int training_steps(int samples, int epochs, int batch_size) {
  const std::int64_t steps = (std::int64_t{samples} + batch_size - 1) / batch_size * epochs;
  if (steps > std::numeric_limits<int>::max()) {
    throw InputError(
        fmt::format("{} epochs of {} images in batches of {} are {} steps, expected at most {}; take fewer "
                    "epochs or a larger network.batch_size",
                    epochs, samples, batch_size, steps, std::numeric_limits<int>::max()));
  }
  return static_cast<int>(steps);
}

std::vector<int> sample_order(int count, std::uint64_t seed, int epoch) {
  std::vector<int> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  const CounterRandom random(seed, CounterRandom::Purpose::sample_order);
  // Fisher-Yates shuffle.
  for (std::size_t k = order.size(); k > 1; --k) {
    std::swap(order[k - 1],
              order[random.wide(static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(epoch), 0) % k]);
  }
  return order;
}

namespace {

std::vector<double> train_over(GradientExchange& exchange, Mlp<float>& network, const TrainingSet& data,
                               const TrainingSettings& settings, const parallel::Communicator& communicator) {
  constexpr int steps_between_requests = 16;
  const auto parameters = exchange.parameters();
  BatchSequence batches(data, settings, exchange.nodes());
  TrainingState state;
  std::array<double, shard_count> shard_losses{};
  if (settings.resume != nullptr) {
    const TrainingState& before = *settings.resume;
    refuse_state_of_another_training(before, parameters.size(), batches.steps(), batches.steps_per_epoch());
    state.step = before.step;
    state.epoch_losses = before.epoch_losses;
    for (const ShardNode& node : exchange.nodes()) {
      std::copy_n(before.shard_losses.begin() + node.first, node.count, shard_losses.begin() + node.first);
    }
  }
  const auto optimizer = make_optimizer(network, settings, batches.steps(), exchange, communicator);
  exchange.share_parameters();

  const auto save = [&] {
    if (settings.save) {
      state.shard_losses = sum_over_ranks(shard_losses, communicator);
      optimizer->gather(state, communicator);
      parallel::on_root(communicator, [&] { settings.save(state); });
    }
  };
  Requests requests(settings, communicator);
  Backpropagation<float> backpropagation(
      network, {.label_smoothing = settings.label_smoothing, .dropout = settings.dropout, .seed = settings.seed});
  Batch<float> batch;
  batches.prepare(state.step, batch);
  while (state.step < batches.steps()) {
    if (state.step % steps_between_requests == 0) {
      const Request request = requests.next();
      if (request != Request::none) {
        save();
      }
      if (request == Request::stop) {
        throw Interrupted();
      }
    }
    backpropagation.run(parameters, batch, exchange.nodes(), exchange.gradients(), shard_losses);
    exchange.begin();
    const std::size_t batch_size = batch.size();
    if (state.step + 1 < batches.steps()) {
      batches.prepare(state.step + 1, batch);
    }
    exchange.end_gradients();
    optimizer->move(state.step, batch_size);
    exchange.share_parameters();
    ++state.step;
    if (state.step % batches.steps_per_epoch() == 0) {
      state.epoch_losses.push_back(mean_loss(shard_losses, data.count(), communicator));
      refuse_divergence(state.epoch_losses.back(), parameters, state.epoch_losses.size());
      shard_losses.fill(0.0);
    }
  }
  std::copy(parameters.begin(), parameters.end(), network.parameters().begin());
  if (settings.levels != nullptr) {
    settings.levels->quantize(network);
  }
  if (settings.finish) {
    optimizer->gather(state, communicator);
    parallel::on_root(communicator, [&] { settings.finish(state); });
  }
  return state.epoch_losses;
}

}  // namespace

std::vector<double> train(Mlp<float>& network, const TrainingSet& data, const TrainingSettings& settings,
                          const parallel::Communicator& communicator) {
  const FlushSubnormals guard;
  const auto exchange = make_exchange(network.parameters().size(), communicator, settings.exchange);
  std::vector<double> losses;
  parallel::run_collective(communicator,
                           [&] { losses = train_over(*exchange, network, data, settings, communicator); });
  // No rank may free the shared memory while another still copies from it.
  communicator.barrier();
  return losses;
}

}  // namespace spinsweep::network
