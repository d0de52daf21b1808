#pragma once

#include <algorithm>
#include <vector>

namespace spinsweep::network {

/// Every batch is cut into this many shards, independent of the number of ranks, and their sums are added pairwise:
/// (((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7))). A rank adds the shards below its own nodes of this tree, so 1, 2, 4 or
/// 8 ranks exchange one sum each; the result is bitwise identical on any number of ranks (docs/decisions/0030).
constexpr int shard_count = 8;

/// A node of the tree: the shards [first, first + count), count a power of two that divides first.
struct ShardNode {
  int first = 0;
  int count = 0;
};

/// [begin, end) of part `index` of `parts` nearly equal parts of `count`.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::size_t size() const { return end - begin; }
};

[[nodiscard]] inline Part part_of(std::size_t count, int parts, int index) {
  const auto p = static_cast<std::size_t>(parts);
  const auto i = static_cast<std::size_t>(index);
  return {count * i / p, count * (i + 1) / p};
}

/// The fewest nodes that cover a rank's shards; none for a rank without shards, when there are more ranks than shards.
[[nodiscard]] inline std::vector<ShardNode> nodes_of_rank(int ranks, int rank) {
  const Part own = part_of(shard_count, ranks, rank);
  std::vector<ShardNode> nodes;
  auto first = static_cast<int>(own.begin);
  const auto end = static_cast<int>(own.end);
  while (first < end) {
    int count = shard_count;
    while (first % count != 0 || first + count > end) {
      count /= 2;
    }
    nodes.push_back({first, count});
    first += count;
  }
  return nodes;
}

}  // namespace spinsweep::network
