#include "store/results_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <memory>
#include <numeric>

#include "base/error.hpp"
#include "parallel/agree.hpp"
#include "store/attributes.hpp"
#include "store/hdf_watchdog.hpp"
#include "store/stored_elements.hpp"
#include "store/text.hpp"

namespace spinsweep::store {

namespace {

std::string to_text(const Extent& extent) {
  return fmt::format("({})", fmt::join(extent, ", "));
}

UniqueFile open_serial(const std::filesystem::path& path) {
  const HdfWatchdog watchdog(path);
  const std::string name = path.string();
  if (H5Fis_hdf5(name.c_str()) <= 0) {
    throw EnvironmentError(name + ": not a spinsweep results file (it is not an HDF5 file)");
  }
  return UniqueFile(
      checked(H5Fopen(name.c_str(), H5F_ACC_RDONLY, file_access(name).get()), name, "truncated or damaged"));
}

hid_t open_parallel(const std::filesystem::path& path, const parallel::Communicator& communicator) {
  const std::string name = path.string();
  const UniquePropertyList access = file_access(name);
  checked(H5Pset_fapl_mpio(access.get(), communicator.get(), MPI_INFO_NULL), name, "cannot be opened with MPI");
  return checked(H5Fopen(name.c_str(), H5F_ACC_RDWR, access.get()), name, "cannot be opened with MPI");
}

std::vector<hsize_t> to_hdf5(const Extent& extent) {
  return {extent.begin(), extent.end()};
}

}  // namespace

/// Closing is collective. If an exception is on its way out, the other ranks may never come to it, so the file is left
/// to MPI's end: nothing is lost by that, for HDF5 holds back neither metadata (none change) nor rows.
void close_parallel_file(hid_t id) noexcept {
  if (std::uncaught_exceptions() == 0) {
    H5Fclose(id);
  }
}

ResultsFile ResultsFile::open_for_writing(const std::filesystem::path& path, const parallel::Communicator& communicator,
                                          std::optional<WriterLock> lock) {
  silence_hdf5();
  ResultsFile file(path);
  file.lock_ = std::move(lock);
  // Everything that can be found wrong is found before the first collective call.
  parallel::collectively(communicator, [&file, &communicator] {
    file.descriptor_ = open_existing(file.path_, Access::write);
    if (communicator.rank() == 0) {
      if (!file.lock_) {
        file.lock_.emplace(file.path_);
      }
      open_serial(file.path_);
    }
  });
  // A communicator that was just split off has no topology: Open MPI 4.1 corrupts data when HDF5 is given a Cartesian
  // one.
  const parallel::Communicator plain = communicator.split(0);
  parallel::collectively(communicator,
                         [&file, &plain] { file.parallel_file_.reset(open_parallel(file.path_, plain)); });
  return file;
}

ResultsFile ResultsFile::open_for_reading(const std::filesystem::path& path) {
  silence_hdf5();
  ResultsFile file(path);
  // Its messages about a path are clearer than those of HDF5.
  const UniqueDescriptor readable = open_existing(path, Access::read);
  file.serial_file_ = open_serial(path);
  return file;
}

void ResultsFile::close() {
  datasets_.clear();
  std::exception_ptr pending;
  if (parallel_file_) {
    try {
      checked(H5Fflush(parallel_file_.get(), H5F_SCOPE_GLOBAL), located("/"), "could not be written");
      sync();
    } catch (...) {
      pending = std::current_exception();
    }
  }
  descriptor_.reset();
  serial_file_.reset();
  parallel_file_.reset();
  lock_.reset();
  if (pending) {
    std::rethrow_exception(pending);
  }
}

bool ResultsFile::exists(const std::string& object) const {
  const HdfWatchdog watchdog(path_);
  for (std::size_t slash = object.find('/', 1); slash != std::string::npos; slash = object.find('/', slash + 1)) {
    if (checked(H5Lexists(file(), object.substr(0, slash).c_str(), H5P_DEFAULT), located(object), "is damaged") == 0) {
      return false;
    }
  }
  return object == "/" || checked(H5Lexists(file(), object.c_str(), H5P_DEFAULT), located(object), "is damaged") > 0;
}

Extent ResultsFile::shape(const std::string& variable) const {
  dataset(variable);
  return extent_of(datasets_.at(variable), variable);
}

Extent ResultsFile::extent_of(const UniqueDataset& dataset, const std::string& variable) const {
  const UniqueDataspace space(checked(H5Dget_space(dataset.get()), located(variable), "is damaged"));
  const int rank = checked(H5Sget_simple_extent_ndims(space.get()), located(variable), "is damaged");
  std::vector<hsize_t> extent(static_cast<std::size_t>(rank));
  checked(H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr), located(variable), "is damaged");
  return {extent.begin(), extent.end()};
}

Type ResultsFile::type(const std::string& variable) const {
  const UniqueDatatype stored(checked(H5Dget_type(dataset(variable)), located(variable), "is damaged"));
  for (const Type type :
       {Type::float64, Type::float32, Type::int8, Type::int32, Type::int64, Type::uint8, Type::character, Type::text}) {
    if (H5Tequal(stored.get(), file_type(type)) > 0) {
      return type;
    }
  }
  throw EnvironmentError(located(variable) + ": holds a type that no results file has");
}

void ResultsFile::write_text(const std::string& variable, std::uint64_t row, std::string_view text) {
  const Extent extent = shape(variable);
  const std::string bytes = to_row(text, extent.empty() ? 0 : extent.back());
  write<char>(variable, {row, 0}, {1, bytes.size()}, bytes);
}

std::string ResultsFile::read_text(const std::string& variable, std::uint64_t row) const {
  if (type(variable) == Type::text) {
    char* text = nullptr;
    transfer_in(variable, {row}, {1}, Type::text, static_cast<void*>(&text));
    const std::unique_ptr<char, decltype(&H5free_memory)> owner(text, &H5free_memory);
    return text == nullptr ? std::string() : std::string(text);
  }
  const Extent extent = shape(variable);
  const std::vector<char> bytes = read<char>(variable, {row, 0}, {1, extent.empty() ? 0 : extent.back()});
  return from_row({bytes.data(), bytes.size()});
}

std::vector<std::byte> ResultsFile::read_bytes(const std::string& variable, const Extent& start,
                                               const Extent& count) const {
  const Type stored = type(variable);
  std::vector<std::byte> bytes(block_size(count) * size_of(stored));
  transfer_in(variable, start, count, stored, bytes.data());
  return bytes;
}

void ResultsFile::write_bytes(const std::string& variable, const Extent& start, const Extent& count,
                              std::span<const std::byte> bytes) {
  const Type stored = type(variable);
  transfer_out(variable, start, count, stored, bytes.data(), bytes.size() / size_of(stored));
}

void ResultsFile::sync() const {
  flush_data(descriptor_, path_);
}

bool ResultsFile::has_attribute(const std::string& object, const std::string& name) const {
  const UniqueObject owner = open_object(object);
  const HdfWatchdog watchdog(path_);
  return store::has_attribute(owner.get(), located(object), name);
}

std::string ResultsFile::text_attribute(const std::string& object, const std::string& name) const {
  const UniqueObject owner = open_object(object);
  const HdfWatchdog watchdog(path_);
  return read_text_attribute(owner.get(), located(object), name);
}

std::vector<double> ResultsFile::number_attribute(const std::string& object, const std::string& name) const {
  const UniqueObject owner = open_object(object);
  const HdfWatchdog watchdog(path_);
  return read_number_attribute(owner.get(), located(object), name);
}

std::size_t ResultsFile::block_size(const Extent& count) {
  return std::accumulate(count.begin(), count.end(), std::size_t{1}, std::multiplies<>());
}

hid_t ResultsFile::file() const {
  return serial_file_ ? serial_file_.get() : parallel_file_.get();
}

std::string ResultsFile::located(const std::string& object) const {
  return object == "/" ? path_.string() : path_.string() + ":" + object;
}

hid_t ResultsFile::dataset(const std::string& variable) const {
  const auto found = datasets_.find(variable);
  if (found != datasets_.end()) {
    return found->second.get();
  }
  if (!exists(variable)) {
    throw EnvironmentError(located(variable) + ": no such variable");
  }
  const HdfWatchdog watchdog(path_);
  UniqueDataset opened(checked(H5Dopen2(file(), variable.c_str(), H5P_DEFAULT), located(variable), "not a variable"));
  require_elements(opened, extent_of(opened, variable), located(variable), path_,
                   serial_file_ ? Access::read : Access::write);
  return datasets_.emplace(variable, std::move(opened)).first->second.get();
}

UniqueObject ResultsFile::open_object(const std::string& object) const {
  if (!exists(object)) {
    throw EnvironmentError(located(object) + ": no such group or variable");
  }
  const HdfWatchdog watchdog(path_);
  return UniqueObject(checked(H5Oopen(file(), object.c_str(), H5P_DEFAULT), located(object), "is damaged"));
}

UniqueDataspace ResultsFile::select(const std::string& variable, const Extent& start, const Extent& count,
                                    Type wanted) const {
  const Type stored = type(variable);
  if (stored != wanted) {
    throw EnvironmentError(located(variable) + ": holds " + std::string(name_of(stored)) + ", not " +
                           std::string(name_of(wanted)));
  }
  const Extent extent = shape(variable);
  bool inside = start.size() == extent.size() && count.size() == extent.size();
  for (std::size_t axis = 0; inside && axis < extent.size(); ++axis) {
    inside = start[axis] <= extent[axis] && count[axis] <= extent[axis] - start[axis];
  }
  if (!inside) {
    throw EnvironmentError(located(variable) + ": the block of " + to_text(count) + " elements from " + to_text(start) +
                           " on is not inside its shape " + to_text(extent));
  }
  UniqueDataspace space(checked(H5Dget_space(dataset(variable)), located(variable), "is damaged"));
  if (!extent.empty()) {
    checked(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, to_hdf5(start).data(), nullptr, to_hdf5(count).data(),
                                nullptr),
            located(variable), "its elements could not be selected");
  }
  return space;
}

void ResultsFile::transfer_out(const std::string& variable, const Extent& start, const Extent& count, Type wanted,
                               const void* data, std::size_t size) {
  const UniqueDataspace space = select(variable, start, count, wanted);
  if (size != block_size(count)) {
    throw EnvironmentError(located(variable) + ": " + std::to_string(size) + " elements were given for a block of " +
                           to_text(count));
  }
  const hsize_t length = size;
  const UniqueDataspace memory(checked(H5Screate_simple(1, &length, nullptr), located(variable), "cannot be written"));
  if (H5Dwrite(dataset(variable), memory_type(wanted), memory.get(), space.get(), H5P_DEFAULT, data) < 0) {
    // HDF5 on top of MPI does not pass on why.
    raise(located(variable),
          "could not be written" +
              (parallel_file_ ? reason_of_failed_write(path_, size * size_of(wanted)) : std::string()));
  }
}

void ResultsFile::transfer_in(const std::string& variable, const Extent& start, const Extent& count, Type wanted,
                              void* data) const {
  const UniqueDataspace space = select(variable, start, count, wanted);
  const hsize_t length = block_size(count);
  const UniqueDataspace memory(checked(H5Screate_simple(1, &length, nullptr), located(variable), "cannot be read"));
  checked(H5Dread(dataset(variable), memory_type(wanted), memory.get(), space.get(), H5P_DEFAULT, data),
          located(variable), "could not be read");
}

}  // namespace spinsweep::store
