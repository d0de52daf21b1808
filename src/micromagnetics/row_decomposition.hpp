#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

#include "micromagnetics/mesh.hpp"
#include "parallel/agree.hpp"
#include "parallel/communicator.hpp"

namespace spinsweep::micromagnetics {

/// Rows [begin, end) of a mesh.
struct Rows {
  int begin = 0;
  int end = 0;

  [[nodiscard]] int count() const { return end - begin; }

  friend bool operator==(const Rows&, const Rows&) = default;
};

/// Decomposition of a mesh by rows: each rank that takes part in a simulation owns a block of rows that runs along the
/// whole track. The columns around the wall, where the work is, are thereby divided among all ranks
/// (docs/decisions/0014).
///
/// The functions marked collective must be called by every rank. They give all ranks the result that a loop over all
/// rows gives on one rank, to the bit.
class RowDecomposition {
 public:
  /// One rank has all rows.
  explicit RowDecomposition(int rows) : rows_(rows) {}

  /// Divides the rows among the ranks of `group`, in the order of the ranks. The group must outlive this object and its
  /// copies. Errors: InputError if there are more ranks than rows.
  RowDecomposition(int rows, const parallel::Communicator& group);

  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] int ranks() const { return group_ == nullptr ? 1 : group_->size(); }
  [[nodiscard]] int rank() const { return group_ == nullptr ? 0 : group_->rank(); }
  [[nodiscard]] bool shared() const { return ranks() > 1; }
  [[nodiscard]] Rows of(int rank) const;
  [[nodiscard]] Rows own() const { return of(rank()); }
  /// Null if one rank has all rows.
  [[nodiscard]] const parallel::Communicator* group() const { return group_; }

  /// The largest of the ranks' numbers, which must not be NaN. Collective.
  [[nodiscard]] double largest(double own) const;
  /// The same for each entry. Collective.
  void largest_of_each(std::span<double> own) const;
  /// Whether it is true on all ranks. Collective.
  [[nodiscard]] bool all(bool own) const;

  /// Runs `work`, which must not be collective, on every rank; if it throws on one, it does on all. Collective.
  template <class Work>
  void collectively(Work&& work) const {
    if (shared()) {
      parallel::collectively(*group_, std::forward<Work>(work));
    } else {
      std::forward<Work>(work)();
    }
  }

  /// What `make` returns, run likewise. Collective.
  template <class Make>
  [[nodiscard]] auto made_collectively(Make&& make) const {
    std::optional<std::invoke_result_t<Make>> made;
    collectively([&] { made.emplace(std::forward<Make>(make)()); });
    return *std::move(made);
  }

  /// Sums over all rows in the order of the rows: add(sums) adds a rank's own rows to those of the ranks before.
  /// Collective.
  template <std::size_t Count, class Add>
  [[nodiscard]] std::array<double, Count> sum_in_order(Add add) const {
    std::array<double, Count> sums{};
    receive_from_rank_before(sums);
    add(sums);
    send_to_rank_after(sums);
    share_of_last_rank(sums);
    return sums;
  }

 private:
  void receive_from_rank_before(std::span<double> numbers) const;
  void send_to_rank_after(std::span<const double> numbers) const;
  void share_of_last_rank(std::span<double> numbers) const;

  int rows_;
  const parallel::Communicator* group_ = nullptr;
};

/// The part of the mesh that the calling rank owns.
[[nodiscard]] Mesh own_mesh(const Mesh& mesh, const RowDecomposition& decomposition);

}  // namespace spinsweep::micromagnetics
