#pragma once

#include <cstdint>
#include <filesystem>

#include "store/results_file.hpp"

namespace spinsweep::store {

/// Whether the file begins as HDF5 files do, whatever state it is in. Not collective.
[[nodiscard]] bool has_hdf5_signature(const std::filesystem::path& file);

/// Makes sure that the file is a spinsweep results file whose layout is the one this program writes.
/// Not collective. Errors: EnvironmentError naming the missing attribute, or both layouts and the spinsweep that wrote
/// the file.
void require_spinsweep_file(const ResultsFile& file, std::int64_t revision);

}  // namespace spinsweep::store
