#include "network/gradient_exchange.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "base/error.hpp"

namespace spinsweep::network {

namespace {

constexpr std::size_t line = 16;  ///< floats of a cache line: slices and gradients begin on one

std::size_t whole_lines(std::size_t count) {
  return (count + line - 1) / line * line;
}

/// A window of memory shared by all ranks of a node.
class SharedWindow {
 public:
  SharedWindow(std::size_t floats, const parallel::Communicator& communicator) {
    // The first line is lost to alignment.
    const auto bytes = static_cast<MPI_Aint>((floats + line) * sizeof(float));
    void* memory = nullptr;
    if (MPI_Win_allocate_shared(bytes, sizeof(float), MPI_INFO_NULL, communicator.get(), static_cast<void*>(&memory),
                                &window_) != MPI_SUCCESS) {
      throw EnvironmentError("MPI cannot allocate a window of shared memory for training");
    }
    MPI_Win_lock_all(MPI_MODE_NOCHECK, window_);
  }
  SharedWindow(const SharedWindow&) = delete;
  SharedWindow& operator=(const SharedWindow&) = delete;
  SharedWindow(SharedWindow&&) = delete;
  SharedWindow& operator=(SharedWindow&&) = delete;
  ~SharedWindow() {
    MPI_Win_unlock_all(window_);
    MPI_Win_free(&window_);
  }

  [[nodiscard]] float* of_rank(int rank) const {
    MPI_Aint bytes = 0;
    int unit = 0;
    void* memory = nullptr;
    MPI_Win_shared_query(window_, rank, &bytes, &unit, static_cast<void*>(&memory));
    const auto space = static_cast<std::size_t>(bytes);
    std::size_t rest = space;
    return static_cast<float*>(std::align(line * sizeof(float), space - line * sizeof(float), memory, rest));
  }

  /// Makes earlier writes visible to ranks that call it after the next barrier.
  void sync() const { MPI_Win_sync(window_); }

 private:
  MPI_Win window_ = MPI_WIN_NULL;
};

class SharedMemoryExchange final : public GradientExchange {
 public:
  SharedMemoryExchange(std::size_t parameter_count, const parallel::Communicator& communicator)
      : GradientExchange(parameter_count, communicator),
        communicator_(communicator),
        count_(parameter_count),
        window_((nodes().size() + 1) * whole_lines(parameter_count), communicator) {
    for (int rank = 0; rank < communicator.size(); ++rank) {
      float* gradient = window_.of_rank(rank) + whole_lines(count_);
      for (const ShardNode& node : nodes_of_rank(communicator.size(), rank)) {
        terms_.push_back({node, gradient + slice().begin});
        if (rank == communicator.rank()) {
          // The padding of the layers is never written again and must have a zero gradient.
          std::fill_n(gradient, whole_lines(count_), 0.0F);
          gradients_.push_back(gradient);
        }
        gradient += whole_lines(count_);
      }
    }
    parameters_ = window_.of_rank(0);
  }

  [[nodiscard]] std::span<float> parameters() override { return {parameters_, count_}; }
  [[nodiscard]] const std::vector<float*>& gradients() override { return gradients_; }

  void begin() override {
    window_.sync();
    MPI_Ibarrier(communicator_.get(), &barrier_);
  }
  void end_gradients() override {
    MPI_Wait(&barrier_, MPI_STATUS_IGNORE);
    window_.sync();
  }
  void share_parameters() override {
    window_.sync();
    MPI_Barrier(communicator_.get());
    window_.sync();
  }

 private:
  const parallel::Communicator& communicator_;
  std::size_t count_;
  SharedWindow window_;
  float* parameters_ = nullptr;
  std::vector<float*> gradients_;
  MPI_Request barrier_ = MPI_REQUEST_NULL;
};

class MessageExchange final : public GradientExchange {
 public:
  MessageExchange(std::size_t parameter_count, const parallel::Communicator& communicator)
      : GradientExchange(parameter_count, communicator),
        communicator_(communicator),
        parameters_(parameter_count),
        own_(nodes().size() * whole_lines(parameter_count)),
        sent_(nodes().size() * parameter_count) {
    std::size_t received = 0;
    std::size_t sent = 0;
    for (int rank = 0; rank < communicator.size(); ++rank) {
      const Part part = slice_of(parameter_count, communicator.size(), rank);
      slices_.push_back(part);
      slice_counts_.push_back(static_cast<int>(part.size()));
      slice_places_.push_back(static_cast<int>(part.begin));
      send_counts_.push_back(static_cast<int>(nodes().size() * part.size()));
      send_places_.push_back(static_cast<int>(sent));
      sent += nodes().size() * part.size();
      const auto theirs = nodes_of_rank(communicator.size(), rank);
      receive_counts_.push_back(static_cast<int>(theirs.size() * slice().size()));
      receive_places_.push_back(static_cast<int>(received));
      received += theirs.size() * slice().size();
    }
    received_.resize(received);
    for (std::size_t n = 0; n < nodes().size(); ++n) {
      gradients_.push_back(own_.data() + n * whole_lines(parameter_count));
    }
    const float* place = received_.data();
    for (int rank = 0; rank < communicator.size(); ++rank) {
      for (const ShardNode& node : nodes_of_rank(communicator.size(), rank)) {
        terms_.push_back({node, place});
        place += slice().size();
      }
    }
  }

  [[nodiscard]] std::span<float> parameters() override { return parameters_; }
  [[nodiscard]] const std::vector<float*>& gradients() override { return gradients_; }

  void begin() override {
    float* to = sent_.data();
    for (const Part& part : slices_) {
      for (const float* gradient : gradients_) {
        to = std::copy(gradient + part.begin, gradient + part.end, to);
      }
    }
    MPI_Ialltoallv(sent_.data(), send_counts_.data(), send_places_.data(), MPI_FLOAT, received_.data(),
                   receive_counts_.data(), receive_places_.data(), MPI_FLOAT, communicator_.get(), &exchange_);
  }
  void end_gradients() override { MPI_Wait(&exchange_, MPI_STATUS_IGNORE); }
  void share_parameters() override {
    MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, parameters_.data(), slice_counts_.data(), slice_places_.data(),
                   MPI_FLOAT, communicator_.get());
  }

 private:
  const parallel::Communicator& communicator_;
  AlignedVector<float> parameters_;
  AlignedVector<float> own_;       ///< [node][parameter]
  AlignedVector<float> sent_;      ///< [rank][node][parameter of the rank's slice]
  AlignedVector<float> received_;  ///< [rank][node of the rank][parameter of the own slice]
  std::vector<Part> slices_;
  std::vector<float*> gradients_;
  std::vector<int> slice_counts_, slice_places_, send_counts_, send_places_, receive_counts_, receive_places_;
  MPI_Request exchange_ = MPI_REQUEST_NULL;
};

bool on_one_node(const parallel::Communicator& communicator) {
  MPI_Comm node = MPI_COMM_NULL;
  MPI_Comm_split_type(communicator.get(), MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node);
  int size = 0;
  MPI_Comm_size(node, &size);
  MPI_Comm_free(&node);
  int together = size == communicator.size() ? 1 : 0;
  MPI_Allreduce(MPI_IN_PLACE, &together, 1, MPI_INT, MPI_MIN, communicator.get());
  return together == 1;
}

}  // namespace

GradientExchange::GradientExchange(std::size_t parameter_count, const parallel::Communicator& communicator)
    : nodes_(nodes_of_rank(communicator.size(), communicator.rank())),
      slice_(slice_of(parameter_count, communicator.size(), communicator.rank())) {}

Part GradientExchange::slice_of(std::size_t parameters, int ranks, int rank) {
  const Part lines = part_of(whole_lines(parameters) / line, ranks, rank);
  return {std::min(parameters, lines.begin * line), std::min(parameters, lines.end * line)};
}

void GradientExchange::add_up(std::size_t begin, std::span<float> sum) const {
  add_up_node({0, shard_count}, begin, sum);
}

void GradientExchange::add_up_node(const ShardNode& node, std::size_t begin, std::span<float> sum) const {
  const auto term = std::find_if(terms_.begin(), terms_.end(), [&](const Term& candidate) {
    return candidate.node.first == node.first && candidate.node.count == node.count;
  });
  if (term != terms_.end()) {
    std::copy_n(term->slice + begin, sum.size(), sum.begin());
    return;
  }
  const int half = node.count / 2;
  std::array<float, 1024> other;
  for (std::size_t done = 0; done < sum.size(); done += other.size()) {
    const std::size_t part = std::min(other.size(), sum.size() - done);
    const std::span<float> left = sum.subspan(done, part);
    const std::span<float> right = std::span(other).first(part);
    add_up_node({node.first, half}, begin + done, left);
    add_up_node({node.first + half, half}, begin + done, right);
    float* total = left.data();
    // Adding zero turns -0, which a flushed sum may be, into the +0 that a rank with both halves has.
#pragma omp simd
    for (std::size_t k = 0; k < part; ++k) {
      total[k] = (total[k] + right[k]) + 0.0F;
    }
  }
}

std::unique_ptr<GradientExchange> make_exchange(std::size_t parameter_count, const parallel::Communicator& communicator,
                                                ExchangeKind kind) {
  if (kind == ExchangeKind::automatic) {
    kind = on_one_node(communicator) ? ExchangeKind::shared_memory : ExchangeKind::messages;
  }
  if (kind == ExchangeKind::shared_memory) {
    return std::make_unique<SharedMemoryExchange>(parameter_count, communicator);
  }
  return std::make_unique<MessageExchange>(parameter_count, communicator);
}

}  // namespace spinsweep::network
