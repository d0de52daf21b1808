#pragma once

#include <mpi.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <vector>

#include "network/mlp.hpp"
#include "network/shard_tree.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::network {

/// Exchange between the ranks that train one network: each contributes the gradients of its nodes of the shards' tree
/// and updates its own slice of the parameters; afterwards all have the updated parameters.
///
/// A step is: write gradients(), begin(), work that needs neither gradients nor parameters, end_gradients(), then for
/// the own slice add_up() and write parameters(), then share_parameters(). All but gradients(), parameters() and
/// add_up() are collective.
class GradientExchange {
 public:
  GradientExchange(std::size_t parameter_count, const parallel::Communicator& communicator);
  GradientExchange(const GradientExchange&) = delete;
  GradientExchange& operator=(const GradientExchange&) = delete;
  GradientExchange(GradientExchange&&) = delete;
  GradientExchange& operator=(GradientExchange&&) = delete;
  virtual ~GradientExchange() = default;

  [[nodiscard]] const std::vector<ShardNode>& nodes() const { return nodes_; }
  [[nodiscard]] const Part& slice() const { return slice_; }  ///< of the parameters that this rank updates

  /// Every parameter, aligned to the widest register.
  [[nodiscard]] virtual std::span<float> parameters() = 0;

  /// Where the gradient of each node goes, laid out like the parameters.
  [[nodiscard]] virtual const std::vector<float*>& gradients() = 0;

  /// The parameters that a rank updates.
  [[nodiscard]] static Part slice_of(std::size_t parameters, int ranks, int rank);

  virtual void begin() = 0;
  virtual void end_gradients() = 0;
  virtual void share_parameters() = 0;

  /// The sum over all shards, added in the order of the tree, for the parameters [begin, begin + sum.size()) of the
  /// slice.
  void add_up(std::size_t begin, std::span<float> sum) const;

  /// The parameters of the own slice.
  [[nodiscard]] std::span<float> own_parameters() { return parameters().subspan(slice_.begin, slice_.size()); }

  /// Calls use(begin, sum of the gradients, parameters) for the slice in blocks, which stay in the L1 cache from the
  /// sum to the update.
  template <class Use>
  void for_each_block(Use&& use) {
    std::array<float, 1024> sum;
    const std::span<float> own = own_parameters();
    for (std::size_t begin = 0; begin < own.size(); begin += sum.size()) {
      const std::span<float> gradient = std::span(sum).first(std::min(sum.size(), own.size() - begin));
      add_up(begin, gradient);
      use(begin, gradient, own.subspan(begin, gradient.size()));
    }
  }

 protected:
  /// Where the gradient of a node begins that belongs to this rank's slice.
  struct Term {
    ShardNode node;
    const float* slice = nullptr;
  };
  std::vector<Term> terms_;

 private:
  void add_up_node(const ShardNode& node, std::size_t begin, std::span<float> sum) const;

  std::vector<ShardNode> nodes_;
  Part slice_;
};

/// How the ranks reach each other's gradients.
enum class ExchangeKind {
  automatic,      ///< shared memory if all ranks are on one node
  shared_memory,  ///< read in place from a window of shared memory
  messages        ///< one non-blocking all-to-all of slices for the gradients, one all-gather for the parameters
};

/// Collective. Errors: EnvironmentError if MPI fails.
[[nodiscard]] std::unique_ptr<GradientExchange> make_exchange(std::size_t parameter_count,
                                                              const parallel::Communicator& communicator,
                                                              ExchangeKind kind);

}  // namespace spinsweep::network
