#include "store/hdf5.hpp"

#include "base/error.hpp"

namespace spinsweep::store {

namespace {

extern "C" herr_t keep_first_description(unsigned position, const H5E_error2_t* error, void* description) {
  if (position == 0 && error->desc != nullptr) {
    *static_cast<std::string*>(description) = error->desc;
  }
  return 0;
}

}  // namespace

void silence_hdf5() {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

void raise(std::string_view where, std::string_view problem) {
  std::string description;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, &keep_first_description, &description);
  std::string message = std::string(where) + ": " + std::string(problem);
  if (!description.empty()) {
    message += " (HDF5: " + description + ")";
  }
  throw EnvironmentError(message);
}

UniquePropertyList file_access(std::string_view where) {
  UniquePropertyList list(checked(H5Pcreate(H5P_FILE_ACCESS), where, "HDF5 could not be set up"));
  checked(H5Pset_libver_bounds(list.get(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V18), where, "HDF5 could not be set up");
  checked(H5Pset_file_locking(list.get(), false, true), where, "HDF5 could not be set up");
  return list;
}

}  // namespace spinsweep::store
