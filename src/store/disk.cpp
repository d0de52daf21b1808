#include "store/disk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

#include "base/error.hpp"

namespace spinsweep::store {

namespace {

[[noreturn]] void raise_system(const std::filesystem::path& path, const std::string& problem) {
  const int code = errno;
  throw EnvironmentError(path.string() + ": " + problem + ": " + std::generic_category().message(code));
}

}  // namespace

UniqueDescriptor open_existing(const std::filesystem::path& path, Access access) {
  const bool writing = access == Access::write;
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) {
      throw EnvironmentError(path.string() + ": no such file");
    }
    raise_system(path, "cannot be opened");
  }
  if (S_ISDIR(status.st_mode)) {
    throw EnvironmentError(path.string() + ": a folder, not a results file");
  }
  if (!S_ISREG(status.st_mode)) {
    throw EnvironmentError(path.string() + ": not a regular file");
  }
  UniqueDescriptor descriptor(::open(path.c_str(), (writing ? O_RDWR : O_RDONLY) | O_CLOEXEC));
  if (!descriptor) {
    raise_system(path, writing ? "cannot be opened for writing" : "cannot be opened for reading");
  }
  if (status.st_size == 0) {
    throw EnvironmentError(path.string() + ": not a spinsweep results file (it is empty)");
  }
  return descriptor;
}

void flush_data(const UniqueDescriptor& descriptor, const std::filesystem::path& path) {
  while (::fdatasync(descriptor.get()) != 0) {
    if (errno != EINTR) {
      raise_system(path, "could not be flushed to the disk");
    }
  }
}

void flush_file_and_folder(const std::filesystem::path& path) {
  for (const auto& [entry, flags] : {std::pair{path, O_RDONLY}, std::pair{folder_of(path), O_RDONLY | O_DIRECTORY}}) {
    const UniqueDescriptor descriptor(::open(entry.c_str(), flags | O_CLOEXEC));
    if (!descriptor || ::fsync(descriptor.get()) != 0) {
      raise_system(entry, "could not be flushed to the disk");
    }
  }
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

void require_writable_folder(const std::filesystem::path& folder) {
  struct stat status = {};
  if (::stat(folder.c_str(), &status) != 0) {
    if (errno == ENOENT) {
      throw EnvironmentError(folder.string() + ": no such folder");
    }
    raise_system(folder, "cannot be used as a folder for results");
  }
  if (!S_ISDIR(status.st_mode)) {
    throw EnvironmentError(folder.string() + ": not a folder");
  }
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    raise_system(folder, "no file can be made in this folder");
  }
}

void require_free_bytes(const std::filesystem::path& path, std::uint64_t bytes) {
  struct statvfs status = {};
  const std::filesystem::path folder = folder_of(path);
  if (::statvfs(folder.c_str(), &status) != 0) {
    raise_system(folder, "its free space could not be found out");
  }
  const std::uint64_t available = static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
  if (available < bytes) {
    throw EnvironmentError(path.string() + ": needs " + std::to_string(bytes) + " bytes of disk space, " +
                           std::to_string(available) + " are available in " + folder.string());
  }
}

std::string reason_of_failed_write(const std::filesystem::path& path, std::uint64_t bytes) {
  struct statvfs status = {};
  const bool is_full =
      ::statvfs(folder_of(path).c_str(), &status) == 0 &&
      static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize < std::max(bytes, std::uint64_t{1});
  return is_full ? ": " + std::generic_category().message(ENOSPC) : "";
}

void reserve_bytes(const std::filesystem::path& path) {
  const UniqueDescriptor descriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  struct stat status = {};
  if (!descriptor || ::fstat(descriptor.get(), &status) != 0) {
    raise_system(path, "its disk space could not be reserved");
  }
  // Not posix_fallocate: where the file system cannot do it, that would write out every byte.
  while (::fallocate(descriptor.get(), 0, 0, status.st_size) != 0) {
    if (errno == EOPNOTSUPP || errno == ENOSYS) {
      return;
    }
    if (errno != EINTR) {
      raise_system(path, "its " + std::to_string(status.st_size) + " bytes could not be reserved on the disk");
    }
  }
}

}  // namespace spinsweep::store
