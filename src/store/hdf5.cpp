#include "store/hdf5.hpp"

#include "base/error.hpp"

namespace spinsweep::store {

void close_attribute(hid_t id) noexcept {
  H5Aclose(id);
}
void close_dataset(hid_t id) noexcept {
  H5Dclose(id);
}
void close_file(hid_t id) noexcept {
  H5Fclose(id);
}
void close_object(hid_t id) noexcept {
  H5Oclose(id);
}
void close_property_list(hid_t id) noexcept {
  H5Pclose(id);
}
void close_dataspace(hid_t id) noexcept {
  H5Sclose(id);
}
void close_datatype(hid_t id) noexcept {
  H5Tclose(id);
}

void silence_hdf5() {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

namespace {

extern "C" herr_t keep_first_description(unsigned position, const H5E_error2_t* error, void* description) {
  if (position == 0 && error->desc != nullptr) {
    *static_cast<std::string*>(description) = error->desc;
  }
  return 0;
}

}  // namespace

std::string hdf5_description() {
  std::string description;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, &keep_first_description, &description);
  return description;
}

void raise(std::string_view where, std::string_view problem) {
  const std::string description = hdf5_description();
  std::string message = std::string(where) + ": " + std::string(problem);
  if (!description.empty()) {
    message += " (HDF5 says: " + description + ")";
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
