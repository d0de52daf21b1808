#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parallel/communicator.hpp"
#include "store/disk.hpp"
#include "store/hdf5.hpp"
#include "store/types.hpp"
#include "store/writer_lock.hpp"

namespace spinsweep::store {

/// One number for each axis of a variable, slowest axis first. A scalar has none.
using Extent = std::vector<std::uint64_t>;

void close_parallel_file(hid_t id) noexcept;

/// A results file that is open. Groups, variables and attributes are what create() made them: only the variables'
/// elements are written, so that no instant of a run leaves the file unreadable.
///
/// Variables and groups are given by absolute paths, "/synapse/status". Only opening, close() and the destructor of a
/// file open for writing are collective. Errors are EnvironmentErrors naming the file, the variable and what was
/// expected.
class ResultsFile {
 public:
  /// Collective over `communicator`: every rank may then write anywhere at any time. The first rank holds the writer
  /// lock: `lock`, or one it takes itself. Errors, on all ranks alike: as for reading, or another run is writing.
  [[nodiscard]] static ResultsFile open_for_writing(const std::filesystem::path& path,
                                                    const parallel::Communicator& communicator,
                                                    std::optional<WriterLock> lock = std::nullopt);

  /// Not collective. The file may be written to by a run meanwhile. Errors: missing, unreadable, not HDF5, truncated or
  /// damaged.
  [[nodiscard]] static ResultsFile open_for_reading(const std::filesystem::path& path);

  /// Collective if open for writing; the file is closed even if it throws. Errors, on the rank on which they occur:
  /// those that the destructor, which closes too, cannot report.
  void close();

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  /// Whether there is a group or a variable of this path.
  [[nodiscard]] bool exists(const std::string& object) const;

  /// Elements along each axis.
  [[nodiscard]] Extent shape(const std::string& variable) const;

  [[nodiscard]] Type type(const std::string& variable) const;

  /// Writes `data`, row-major, to the block of `count` elements from `start` on. T must be the variable's type and
  /// `data` have the block's size.
  template <Storable T>
  void write(const std::string& variable, const Extent& start, const Extent& count, std::span<const T> data) {
    transfer_out(variable, start, count, type_of<T>(), data.data(), data.size());
  }

  /// Reads a block, row-major. T must be the variable's type.
  template <Storable T>
  [[nodiscard]] std::vector<T> read(const std::string& variable, const Extent& start, const Extent& count) const {
    std::vector<T> data(block_size(count));
    transfer_in(variable, start, count, type_of<T>(), data.data());
    return data;
  }

  /// Reads the whole variable, row-major.
  template <Storable T>
  [[nodiscard]] std::vector<T> read(const std::string& variable) const {
    const Extent count = shape(variable);
    return read<T>(variable, Extent(count.size(), 0), count);
  }

  /// Writes a row of a character matrix; text that is too long is cut between two characters.
  void write_text(const std::string& variable, std::uint64_t row, std::string_view text);

  /// A row of a character matrix or an element of a list of texts.
  [[nodiscard]] std::string read_text(const std::string& variable, std::uint64_t row) const;

  /// Elements of a block as bytes in the machine's representation, row-major, of any type but text.
  [[nodiscard]] std::vector<std::byte> read_bytes(const std::string& variable, const Extent& start,
                                                  const Extent& count) const;

  /// Writes what read_bytes() gave for a block of the same size of a variable of the same type.
  void write_bytes(const std::string& variable, const Extent& start, const Extent& count,
                   std::span<const std::byte> bytes);

  /// The HDF5 object itself.
  [[nodiscard]] UniqueObject open_object(const std::string& object) const;

  /// Returns once everything this process has written is on the disk. Only for a file open for writing.
  void sync() const;

  /// Attributes of a group ("/" is the root) or variable.
  [[nodiscard]] bool has_attribute(const std::string& object, const std::string& name) const;
  [[nodiscard]] std::string text_attribute(const std::string& object, const std::string& name) const;
  [[nodiscard]] std::vector<double> number_attribute(const std::string& object, const std::string& name) const;

 private:
  explicit ResultsFile(std::filesystem::path path) : path_(std::move(path)) {}

  [[nodiscard]] static std::size_t block_size(const Extent& count);
  [[nodiscard]] hid_t file() const;
  [[nodiscard]] std::string located(const std::string& object) const;
  hid_t dataset(const std::string& variable) const;
  [[nodiscard]] Extent extent_of(const UniqueDataset& dataset, const std::string& variable) const;
  [[nodiscard]] UniqueDataspace select(const std::string& variable, const Extent& start, const Extent& count,
                                       Type type) const;
  void transfer_out(const std::string& variable, const Extent& start, const Extent& count, Type type, const void* data,
                    std::size_t size);
  void transfer_in(const std::string& variable, const Extent& start, const Extent& count, Type type, void* data) const;

  std::filesystem::path path_;
  std::optional<WriterLock> lock_;
  UniqueDescriptor descriptor_;
  UniqueFile serial_file_;
  UniqueHandle<hid_t, &close_parallel_file, H5I_INVALID_HID> parallel_file_;
  mutable std::map<std::string, UniqueDataset> datasets_;  ///< opened on first use
};

}  // namespace spinsweep::store
