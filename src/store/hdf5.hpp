#pragma once

#include <hdf5.h>

#include <string>
#include <string_view>

#include "base/handle.hpp"

/// Owners for HDF5's ids and the check of its return codes.
namespace spinsweep::store {

void close_attribute(hid_t id) noexcept;
void close_dataset(hid_t id) noexcept;
void close_file(hid_t id) noexcept;
void close_object(hid_t id) noexcept;
void close_property_list(hid_t id) noexcept;
void close_dataspace(hid_t id) noexcept;
void close_datatype(hid_t id) noexcept;

using UniqueAttribute = UniqueHandle<hid_t, &close_attribute, H5I_INVALID_HID>;
using UniqueDataset = UniqueHandle<hid_t, &close_dataset, H5I_INVALID_HID>;
using UniqueFile = UniqueHandle<hid_t, &close_file, H5I_INVALID_HID>;
/// A group or a dataset, whichever a path leads to.
using UniqueObject = UniqueHandle<hid_t, &close_object, H5I_INVALID_HID>;
using UniquePropertyList = UniqueHandle<hid_t, &close_property_list, H5I_INVALID_HID>;
using UniqueDataspace = UniqueHandle<hid_t, &close_dataspace, H5I_INVALID_HID>;
using UniqueDatatype = UniqueHandle<hid_t, &close_datatype, H5I_INVALID_HID>;

/// Keeps HDF5 from printing its error stack: raise() puts what it says into the exception instead.
void silence_hdf5();

/// The innermost description on HDF5's error stack; empty if it holds none.
[[nodiscard]] std::string hdf5_description();

/// Throws EnvironmentError "where: problem (HDF5 says: ...)".
[[noreturn]] void raise(std::string_view where, std::string_view problem);

/// Passes on what an HDF5 call returned (an id, a herr_t, a htri_t); negative means it failed: see raise().
template <class Result>
Result checked(Result result, std::string_view where, std::string_view problem) {
  if (result < 0) {
    raise(where, problem);
  }
  return result;
}

/// How every file is opened: the format of HDF5 1.8, whose superblock carries no open-for-write flag that a killed
/// process would leave behind, and no locks, which would keep a reader from a live file (an environment that sets
/// HDF5_USE_FILE_LOCKING has the last word).
[[nodiscard]] UniquePropertyList file_access(std::string_view where);

}  // namespace spinsweep::store
