#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "store/disk.hpp"
#include "store/hdf5.hpp"

namespace spinsweep::store {

/// Whether `bytes` of a data set's elements lie in a file of `file_size` bytes, whatever its header says. Those stored
/// in chunks, as h5repack and h5py may, take less room if they are compressed.
[[nodiscard]] bool elements_are_present(const UniqueDataset& dataset, std::uint64_t bytes, std::uint64_t file_size,
                                        const std::string& where);

/// Throws EnvironmentError that begins with `where` unless the elements of `dataset`, whose shape is `extent`, lie in
/// the file, whatever its header says: so that nobody takes memory for elements that are not there. Programs such as
/// h5repack store them in chunks and compress them, which is good for reading alone.
void require_elements(const UniqueDataset& dataset, const std::vector<std::uint64_t>& extent, const std::string& where,
                      const std::filesystem::path& path, Access access);

}  // namespace spinsweep::store
