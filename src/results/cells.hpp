#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <functional>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "results/kept_columns.hpp"
#include "store/case_status.hpp"
#include "store/results_file.hpp"

namespace spinsweep::results {

/// Reads the elements of a variable at an index along its first dimensions: all, a row or a single one. Errors:
/// EnvironmentError as store::ResultsFile.
template <store::Storable T>
class Reader {
 public:
  Reader(const store::ResultsFile& file, std::string path) : file_(&file), path_(std::move(path)) {}

  /// The elements at an index along the next dimensions.
  template <std::integral... Index>
  [[nodiscard]] Reader at(Index... index) const {
    Reader more = *this;
    (more.start_.push_back(static_cast<std::uint64_t>(index)), ...);
    return more;
  }
  [[nodiscard]] Reader at(std::span<const std::uint64_t> index) const {
    Reader more = *this;
    more.start_.insert(more.start_.end(), index.begin(), index.end());
    return more;
  }

  [[nodiscard]] const std::string& path() const { return path_; }

  /// Numbers of elements along the dimensions that are left.
  [[nodiscard]] store::Extent shape() const {
    const store::Extent all = file_->shape(path_);
    return {all.begin() + static_cast<std::ptrdiff_t>(std::min(start_.size(), all.size())), all.end()};
  }

  /// All elements, row-major.
  [[nodiscard]] std::vector<T> read() const { return read(shape()); }

  /// The first `extent` elements along each dimension that is left.
  [[nodiscard]] std::vector<T> read(const store::Extent& extent) const {
    const auto [start, count] = block(extent);
    return file_->read<T>(path_, start, count);
  }

  /// The first `count` along the next dimension, whole along the others.
  [[nodiscard]] std::vector<T> first(std::uint64_t count) const {
    store::Extent extent = shape();
    extent.front() = count;
    return read(extent);
  }

  [[nodiscard]] T value() const { return read(store::Extent(shape().size(), 1)).front(); }

 protected:
  struct Block {
    store::Extent start;
    store::Extent count;
  };

  [[nodiscard]] Block block(const store::Extent& extent) const {
    Block block{start_, store::Extent(start_.size(), 1)};
    block.start.resize(start_.size() + extent.size(), 0);
    block.count.insert(block.count.end(), extent.begin(), extent.end());
    return block;
  }

  [[nodiscard]] const store::Extent& index() const { return start_; }

 private:
  const store::ResultsFile* file_;
  std::string path_;
  store::Extent start_;
};

/// Reads and writes elements of a file that is open for writing.
template <store::Storable T>
class Cells : public Reader<T> {
 public:
  Cells(store::ResultsFile& file, KeptColumns& kept, std::string path)
      : Reader<T>(file, std::move(path)), file_(&file), kept_(&kept) {}

  template <std::integral... Index>
  [[nodiscard]] Cells at(Index... index) const {
    return {Reader<T>::at(index...), *this};
  }
  [[nodiscard]] Cells at(std::span<const std::uint64_t> index) const { return {Reader<T>::at(index), *this}; }

  void write(T value) { write(std::span<const T>(&value, 1), store::Extent(this->shape().size(), 1)); }

  /// Writes row-major values: whole rows of the other dimensions, as many along the next one as the values fill.
  void write(std::span<const T> values) {
    store::Extent extent = this->shape();
    if (!extent.empty()) {
      extent.front() =
          values.size() / std::accumulate(extent.begin() + 1, extent.end(), std::uint64_t{1}, std::multiplies<>());
    }
    write(values, extent);
  }

  /// The first `extent` elements along each dimension that is left.
  void write(std::span<const T> values, const store::Extent& extent) {
    const auto [start, count] = this->block(extent);
    file_->write<T>(this->path(), start, count, values);
    kept_->note(this->path(), place(), values);
  }

  void write_text(const std::string& text) requires std::same_as<T, char> {
    file_->write_text(this->path(), this->index().front(), text);
    kept_->note_text(this->path(), this->index().front(), text);
  }

  /// Sets a status without waiting for the disk: for one that may be lost in a power cut, such as that a case has
  /// begun.
  void mark(store::CaseStatus status) requires std::same_as<T, std::int8_t> { write(static_cast<std::int8_t>(status)); }

  /// Sets a status that makes rows valid: the rows are on the disk before the status is. Returns when both are.
  void commit(store::CaseStatus status) requires std::same_as<T, std::int8_t> {
    file_->sync();
    mark(status);
    file_->sync();
  }

 private:
  Cells(Reader<T> reader, const Cells& other) : Reader<T>(std::move(reader)), file_(other.file_), kept_(other.kept_) {}

  /// Place of the first element in row-major order.
  [[nodiscard]] std::uint64_t place() const {
    const store::Extent all = file_->shape(this->path());
    std::uint64_t place = 0;
    for (std::size_t k = 0; k < all.size(); ++k) {
      place = place * all[k] + (k < this->index().size() ? this->index()[k] : 0);
    }
    return place;
  }

  store::ResultsFile* file_;
  KeptColumns* kept_;
};

}  // namespace spinsweep::results
