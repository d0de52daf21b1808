#pragma once

#include <hdf5.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/schema.hpp"

namespace spinsweep::store {

/// Makes a dataset the dimension scale `name`. Errors: EnvironmentError.
void make_scale(hid_t dataset, std::string_view where, const std::string& name);

/// Ties the axes of datasets to dimension scales, as the HDF5 Dimension Scale Specification says: each dataset refers
/// to the scale of each of its axes (DIMENSION_LIST), and each scale to all axes that it is the scale of
/// (REFERENCE_LIST). HDF5's high-level library does the same, but not every HDF5 is built with it
/// (docs/decisions/0135).
///
/// `where` names the file in errors, which are EnvironmentErrors. Serial driver only, before the run.
class ScaleReferences {
 public:
  ScaleReferences(hid_t file, std::string_view where) : file_(file), where_(where) {}

  /// `axes`: of the dataset at `path`, which is no scale itself; there may be none.
  void attach(const std::string& path, const std::vector<Axis>& axes);

  /// Writes what the scales refer to, once everything is attached.
  void write_back_references() const;

 private:
  /// As the high-level library has it: its older versions read the file's bytes into such a structure unconverted.
  struct AttachedAxis {
    hobj_ref_t dataset = 0;
    int dimension = 0;
    int gap = 0;
  };

  [[nodiscard]] hobj_ref_t reference_to(const std::string& path) const;

  hid_t file_;
  std::string where_;
  std::map<std::string, std::vector<AttachedAxis>> attached_;  ///< by the scale's path
};

}  // namespace spinsweep::store
