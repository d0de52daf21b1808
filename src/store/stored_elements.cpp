#include "store/stored_elements.hpp"

#include <optional>
#include <system_error>

#include "base/error.hpp"
#include "store/types.hpp"

namespace spinsweep::store {

namespace {

/// Deflate, the compression of every HDF5 library, makes at most 1032 bytes of one (zlib's technical details).
constexpr std::uint64_t greatest_expansion = 1032;

/// Elements times their size, as far as that is a number.
std::optional<std::uint64_t> bytes_of(const std::vector<std::uint64_t>& extent, std::uint64_t element) {
  std::uint64_t bytes = element;
  for (const std::uint64_t size : extent) {
    if (__builtin_mul_overflow(bytes, size, &bytes)) {
      return std::nullopt;
    }
  }
  return bytes;
}

}  // namespace

bool elements_are_present(const UniqueDataset& dataset, std::uint64_t bytes, std::uint64_t file_size,
                          const std::string& where) {
  const UniquePropertyList creation(checked(H5Dget_create_plist(dataset.get()), where, "is damaged"));
  const H5D_layout_t layout = H5Pget_layout(creation.get());
  const std::uint64_t stored = H5Dget_storage_size(dataset.get());
  if (layout == H5D_CHUNKED) {
    const std::uint64_t most = H5Pget_nfilters(creation.get()) > 0 ? greatest_expansion * stored : stored;
    return stored <= file_size && bytes <= most;
  }
  if (layout == H5D_COMPACT) {
    return stored == bytes;
  }
  const haddr_t offset = H5Dget_offset(dataset.get());
  return stored == bytes && offset != HADDR_UNDEF && offset <= file_size && stored <= file_size - offset;
}

void require_elements(const UniqueDataset& dataset, const std::vector<std::uint64_t>& extent, const std::string& where,
                      const std::filesystem::path& path, Access access) {
  const UniqueDatatype type(checked(H5Dget_type(dataset.get()), where, "is damaged"));
  // HDF5 gives the size of a text in memory.
  const std::size_t element = H5Tis_variable_str(type.get()) > 0 ? size_of(Type::text) : H5Tget_size(type.get());
  const std::optional<std::uint64_t> wanted = bytes_of(extent, element);
  const UniquePropertyList creation(checked(H5Dget_create_plist(dataset.get()), where, "is damaged"));
  if (H5Pget_layout(creation.get()) == H5D_CHUNKED && access == Access::write) {
    throw EnvironmentError(where + ": is stored in chunks, which ranks cannot write each for itself; expected a file " +
                           "as a run makes it (h5repack -l CONTI -f NONE makes one again)");
  }
  std::error_code ignored;
  if (!wanted || !elements_are_present(dataset, *wanted, std::filesystem::file_size(path, ignored), where)) {
    throw EnvironmentError(where + ": its elements are not all in the file, which is damaged");
  }
}

}  // namespace spinsweep::store
