#include "fields/hdf5_field.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "fields/cell_grid.hpp"
#include "store/attributes.hpp"
#include "store/hdf5.hpp"
#include "store/hdf_watchdog.hpp"
#include "store/stored_elements.hpp"

namespace spinsweep::fields {

namespace {

using store::checked;

class Hdf5Reader {
 public:
  Hdf5Reader(std::string_view bytes, const std::string& name)
      : name_(name), file_size_(bytes.size()), guard_(name), file_(open(bytes, name)) {}

  FileField read() {
    if (!store::has_attribute(file_.get(), name_, "ubermag-hdf5-file-version")) {
      fail("has no attribute ubermag-hdf5-file-version, expected an HDF5 file of discretisedfield");
    }
    const std::string version = store::read_text_attribute(file_.get(), name_, "ubermag-hdf5-file-version");
    const std::string type = store::read_text_attribute(file_.get(), name_, "type");
    if (version != "0.1" || type != "discretisedfield.Field") {
      fail(fmt::format("holds a {} of version {}, expected a discretisedfield.Field of version 0.1", type, version));
    }
    const store::UniqueObject mesh_group = object("field/mesh");
    const store::UniqueObject region = object("field/mesh/region");
    const std::vector<double> n = attribute(mesh_group, "n");
    const std::vector<double> from = attribute(region, "pmin");
    const std::vector<double> to = attribute(region, "pmax");
    std::array<GridAxis, 3> axes;
    for (std::size_t k = 0; k < axes.size(); ++k) {
      axes[k] = {n[k], (to[k] - from[k]) / n[k]};
    }
    const micromagnetics::Mesh mesh = mesh_of(axes[0], axes[1], axes[2], name_);
    return chosen_field(mesh, {array(mesh)}, name_);
  }

 private:
  [[noreturn]] void fail(const std::string& problem) const { refuse_file(name_, problem); }

  static store::UniqueFile open(std::string_view bytes, const std::string& name) {
    constexpr std::size_t increment = 1U << 16U;
    store::silence_hdf5();
    const store::UniquePropertyList access(checked(H5Pcreate(H5P_FILE_ACCESS), name, "HDF5 could not be set up"));
    checked(H5Pset_fapl_core(access.get(), increment, false), name, "HDF5 could not be set up");
    std::string image(bytes);
    checked(H5Pset_file_image(access.get(), image.data(), image.size()), name, "HDF5 could not be set up");
    // HDF5 wants a name that no file has.
    const std::string in_memory = name + " in memory";
    return store::UniqueFile(checked(H5Fopen(in_memory.c_str(), H5F_ACC_RDONLY, access.get()), name, "cannot be read"));
  }

  [[nodiscard]] store::UniqueObject object(const std::string& path) const {
    return store::UniqueObject(
        checked(H5Oopen(file_.get(), path.c_str(), H5P_DEFAULT), name_, "has no object " + path));
  }

  [[nodiscard]] std::vector<double> attribute(const store::UniqueObject& holder, const std::string& attribute) const {
    std::vector<double> numbers = store::read_number_attribute(holder.get(), name_, attribute);
    if (numbers.size() != 3) {
      fail(fmt::format("has {} dimensions in its attribute {}, expected 3", numbers.size(), attribute));
    }
    return numbers;
  }

  /// discretisedfield has [x][y][z][component].
  [[nodiscard]] CellArray array(const micromagnetics::Mesh& mesh) const {
    const store::UniqueDataset dataset(
        checked(H5Dopen2(file_.get(), "field/array", H5P_DEFAULT), name_, "has no data set field/array"));
    const store::UniqueDataspace space(checked(H5Dget_space(dataset.get()), name_, "its array cannot be read"));
    const int rank = H5Sget_simple_extent_ndims(space.get());
    std::array<hsize_t, 4> shape{};
    if (rank == 4) {
      checked(H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr), name_, "its array cannot be read");
    }
    const auto nx = static_cast<hsize_t>(mesh.nx);
    const auto ny = static_cast<hsize_t>(mesh.ny);
    if (rank != 4 || shape[0] != nx || shape[1] != ny || shape[2] != 1 || (shape[3] != 1 && shape[3] != 3)) {
      fail(rank != 4 ? fmt::format("has an array of {} dimensions, expected 4", rank)
                     : fmt::format("has an array of {} x {} x {} x {} numbers, expected {} x {} x 1 x 1 or 3", shape[0],
                                   shape[1], shape[2], shape[3], nx, ny));
    }
    const std::vector<double> stored = numbers(dataset, nx * ny * shape[3]);
    CellArray found{.name = "field", .components = static_cast<int>(shape[3]), .values = {}};
    found.values.reserve(stored.size());
    for (std::size_t j = 0; j < ny; ++j) {
      for (std::size_t i = 0; i < nx; ++i) {
        const auto cell = stored.begin() + static_cast<std::ptrdiff_t>((i * ny + j) * shape[3]);
        found.values.insert(found.values.end(), cell, cell + static_cast<std::ptrdiff_t>(shape[3]));
      }
    }
    return found;
  }

  [[nodiscard]] std::vector<double> numbers(const store::UniqueDataset& dataset, std::size_t count) const {
    const store::UniqueDatatype type(checked(H5Dget_type(dataset.get()), name_, "its array cannot be read"));
    const H5T_class_t kind = H5Tget_class(type.get());
    if (kind != H5T_FLOAT && kind != H5T_INTEGER && kind != H5T_ENUM) {
      fail("has an array of something else than real numbers");
    }
    constexpr std::size_t largest_number = 16;  // bytes
    if (H5Tget_size(type.get()) > largest_number) {
      fail(fmt::format("has numbers of {} bytes, expected at most {}", H5Tget_size(type.get()), largest_number));
    }
    const std::uint64_t size = count * H5Tget_size(type.get());
    if (!store::elements_are_present(dataset, size, file_size_, name_)) {
      fail(fmt::format("has an array of {} bytes of which {} are stored", size, H5Dget_storage_size(dataset.get())));
    }
    std::vector<double> values(count);
    checked(H5Dread(dataset.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), name_,
            "its array cannot be read");
    return values;
  }

  const std::string& name_;
  std::uint64_t file_size_;
  store::HdfWatchdog guard_;
  store::UniqueFile file_;
};

}  // namespace

bool is_hdf5(std::string_view bytes) {
  return bytes.starts_with("\x89HDF\r\n\x1a\n");
}

FileField read_hdf5_field(std::string_view bytes, const std::string& name) {
  return Hdf5Reader(bytes, name).read();
}

}  // namespace spinsweep::fields
