#pragma once

#include <filesystem>
#include <vector>

#include "fuzz/mutate_bytes.hpp"
#include "fuzz/random.hpp"

namespace spinsweep::fuzz {

/// Parts of an HDF5 file that hold no elements of datasets.
[[nodiscard]] std::vector<ByteRange> metadata_of(const std::filesystem::path& file);

/// Changes a results file by HDF5's own means, so that it stays a sound HDF5 file that is no sound results file: the
/// stored sweep file, an attribute, or a dataset that is lost, of another shape or type, full of hostile numbers, or
/// led to from another place.
void rewrite_results(const std::filesystem::path& file, Random& random);

/// The same for a field of discretisedfield: an attribute or a dataset.
void rewrite_field(const std::filesystem::path& file, Random& random);

}  // namespace spinsweep::fuzz
