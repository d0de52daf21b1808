#pragma once

#include <hdf5.h>

#include <string>
#include <string_view>

#include "base/handle.hpp"

/// Owners for HDF5's ids and the check of its return codes.
namespace spinsweep::store {

using UniqueAttribute = UniqueHandle<hid_t, &H5Aclose, H5I_INVALID_HID>;
using UniqueDataset = UniqueHandle<hid_t, &H5Dclose, H5I_INVALID_HID>;
using UniqueFile = UniqueHandle<hid_t, &H5Fclose, H5I_INVALID_HID>;
/// A group or a dataset, whichever a path leads to.
using UniqueObject = UniqueHandle<hid_t, &H5Oclose, H5I_INVALID_HID>;
using UniquePropertyList = UniqueHandle<hid_t, &H5Pclose, H5I_INVALID_HID>;
using UniqueDataspace = UniqueHandle<hid_t, &H5Sclose, H5I_INVALID_HID>;
using UniqueDatatype = UniqueHandle<hid_t, &H5Tclose, H5I_INVALID_HID>;

/// Keeps HDF5 from printing its error stack: raise() puts it into the exception instead.
void silence_hdf5();

/// Throws EnvironmentError "where: problem (HDF5: ...)" with the innermost description on HDF5's error stack.
[[noreturn]] void raise(std::string_view where, std::string_view problem);

/// Returns the result of an HDF5 call (an id, a herr_t, a htri_t). A negative one is an error, see raise().
template <class Result>
Result checked(Result result, std::string_view where, std::string_view problem) {
  if (result < 0) {
    raise(where, problem);
  }
  return result;
}

/// How every file is opened: the format of HDF5 1.8, whose superblock carries no open-for-write flag that a killed
/// process would leave behind, and no locks, which would keep readers out of a file that a run writes (the environment
/// variable HDF5_USE_FILE_LOCKING overrides this).
[[nodiscard]] UniquePropertyList file_access(std::string_view where);

}  // namespace spinsweep::store
