#pragma once

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/handle.hpp"

/// The system calls behind a results file. Errors: EnvironmentError with the file or folder and the message of the
/// system.
namespace spinsweep::store {

using UniqueDescriptor = UniqueHandle<int, &::close, -1>;

enum class Access { read, write };

/// A plain descriptor of an existing, non-empty regular file, not inherited by programs this one starts. The message
/// states whether it is missing, a folder, empty or forbidden.
[[nodiscard]] UniqueDescriptor open_existing(const std::filesystem::path& path, Access access);

/// Waits until what was written to the file through any descriptor is on the disk. `path` is for the message only.
void flush_data(const UniqueDescriptor& descriptor, const std::filesystem::path& path);

/// Waits until the file's data, its length and its name are on the disk.
void flush_file_and_folder(const std::filesystem::path& path);

/// The folder a file lies in: "." for a bare name.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& path);

/// Makes sure that files can be made in the folder.
void require_writable_folder(const std::filesystem::path& folder);

/// Makes sure that `bytes` more fit on the file system of the folder that is to hold `path`. The message states both
/// numbers.
void require_free_bytes(const std::filesystem::path& path, std::uint64_t bytes);

/// ": No space left on device" if `bytes` more do not fit on the file system of the file's folder, otherwise empty: for
/// the message about a failed write when HDF5 does not report the reason.
[[nodiscard]] std::string reason_of_failed_write(const std::filesystem::path& path, std::uint64_t bytes);

/// Reserves the disk space of the whole file, so that a run that has begun cannot fail because others fill the disk.
/// The bytes still read as zeros. Does nothing on file systems that cannot reserve space. Errors: EnvironmentError if
/// there is not enough.
void reserve_bytes(const std::filesystem::path& path);

}  // namespace spinsweep::store
