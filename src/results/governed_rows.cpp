#include "results/governed_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"

namespace spinsweep::results {

namespace {

struct Block {
  store::Extent start;
  store::Extent count;
};

Block block_of(const store::Extent& row, const store::Extent& shape) {
  Block block{row, store::Extent(row.size(), 1)};
  block.start.resize(shape.size(), 0);
  block.count.insert(block.count.end(), shape.begin() + static_cast<std::ptrdiff_t>(row.size()), shape.end());
  return block;
}

}  // namespace

GovernedRows::GovernedRows(const std::vector<Entry>& entries, const Entry& status, const store::ResultsFile& source) {
  std::ranges::copy_if(entries, std::back_inserter(entries_), [&](const Entry& entry) {
    return entry.group == status.group && entry.description.status != nullptr &&
           entry.description.status->name == status.description.name && source.exists(entry.path());
  });
}

void GovernedRows::copy(const store::ResultsFile& source, const store::Extent& from, Results& target,
                        const store::Extent& to) const {
  for (const Entry& entry : entries_) {
    const std::string path = entry.path();
    if (entry.description.type == store::Type::character) {
      target.cells<char>(path).at(to).write_text(source.read_text(path, from.front()));
      continue;
    }
    if (entry.description.kept) {
      target.cells<double>(path).at(to).write(source.read<double>(path, from, store::Extent(from.size(), 1)).front());
      continue;
    }
    const Block there = block_of(from, source.shape(path));
    Block here = block_of(to, target.file().shape(path));
    std::ranges::transform(here.count, there.count, here.count.begin(),
                           [](std::uint64_t a, std::uint64_t b) { return std::min(a, b); });
    target.file().write_bytes(path, here.start, here.count, source.read_bytes(path, there.start, here.count));
  }
}

void GovernedRows::require_equal(const store::ResultsFile& file, const store::ResultsFile& other,
                                 const store::Extent& row) const {
  for (const Entry& entry : entries_) {
    const auto [start, count] = block_of(row, file.shape(entry.path()));
    if (entry.description.role != Role::cost &&
        file.read_bytes(entry.path(), start, count) != other.read_bytes(entry.path(), start, count)) {
      throw EnvironmentError(
          fmt::format("{}: its {} at ({}) differs from what the files before it have, though both are done",
                      file.path().string(), entry.path(), fmt::join(row, ", ")));
    }
  }
}

store::Extent index_of(std::uint64_t place, const store::Extent& shape) {
  store::Extent index(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    index[axis] = place % shape[axis];
    place /= shape[axis];
  }
  return index;
}

}  // namespace spinsweep::results
