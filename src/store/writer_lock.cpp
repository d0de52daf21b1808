#include "store/writer_lock.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "base/error.hpp"

namespace spinsweep::store {

namespace {

std::string read_holder(int descriptor) {
  std::array<char, 256> text = {};
  const ssize_t bytes = ::pread(descriptor, text.data(), text.size(), 0);
  return bytes > 0 ? std::string(text.data(), static_cast<std::size_t>(bytes)) : "an unknown process";
}

void write_holder(int descriptor) {
  std::array<char, 200> host = {};
  ::gethostname(host.data(), host.size() - 1);
  const std::string holder = "process " + std::to_string(::getpid()) + " on " + host.data();
  // Only informs those who are refused: the lock is held whether or not this can be written.
  if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, holder.data(), holder.size(), 0) < 0) {
    spdlog::warn("the holder of a results file's lock could not be noted: {}", std::generic_category().message(errno));
  }
}

/// Whether the name still leads to the file that was locked: a holder removes it when it is done.
bool is_current(int descriptor, const std::filesystem::path& path) {
  struct stat opened = {};
  struct stat named = {};
  return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
         opened.st_ino == named.st_ino;
}

bool is_unsupported(int code) {
  return code == ENOSYS || code == ENOLCK || code == EOPNOTSUPP;
}

/// Also the target of a link that does not exist yet: the file is to be made there, not in place of the link.
std::filesystem::path followed(const std::filesystem::path& path) {
  constexpr int most_links = 40;
  std::error_code code;
  std::filesystem::path target = std::filesystem::absolute(path, code);
  for (int links = 0; !code && std::filesystem::is_symlink(std::filesystem::symlink_status(target)); ++links) {
    if (links == most_links) {
      code = std::make_error_code(std::errc::too_many_symbolic_link_levels);
      break;
    }
    target = target.parent_path() / std::filesystem::read_symlink(target, code);
  }
  std::filesystem::path result = code ? std::filesystem::path() : std::filesystem::weakly_canonical(target, code);
  if (code) {
    throw EnvironmentError(path.string() + ": cannot be followed: " + code.message());
  }
  return result;
}

std::filesystem::path lock_file_of(const std::filesystem::path& results) {
  return results.string() + ".lock";
}

/// False if another process holds the lock. is_being_written() holds it for an instant, so one refusal does not count.
bool take_lock(int descriptor) {
  constexpr int tries = 5;
  constexpr useconds_t pause = 20'000;
  for (int k = 0; k < tries; ++k) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
      return true;
    }
    if (errno != EWOULDBLOCK) {
      return false;
    }
    ::usleep(pause);
  }
  errno = EWOULDBLOCK;
  return false;
}

}  // namespace

WriterLock::WriterLock(const std::filesystem::path& results)
    : results_(followed(results)), lock_file_(lock_file_of(results_)) {
  require_writable_folder(folder_of(results_));
  do {
    descriptor_.reset(::open(lock_file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (!descriptor_) {
      throw EnvironmentError(lock_file_.string() + ": cannot be opened: " + std::generic_category().message(errno));
    }
    if (!take_lock(descriptor_.get())) {
      const int code = errno;
      if (code == EWOULDBLOCK) {
        const std::string holder = read_holder(descriptor_.get());
        descriptor_.reset();
        throw EnvironmentError(results.string() + ": another run is writing to it (" + holder + " holds " +
                               lock_file_.string() + ")");
      }
      if (!is_unsupported(code)) {
        descriptor_.reset();
        throw EnvironmentError(lock_file_.string() + ": cannot be locked: " + std::generic_category().message(code));
      }
      spdlog::warn("{}: the file system has no locks, so a second run on this results file cannot be prevented",
                   results.string());
      break;
    }
  } while (!is_current(descriptor_.get(), lock_file_));
  write_holder(descriptor_.get());
}

WriterLock::~WriterLock() {
  if (descriptor_) {
    ::unlink(lock_file_.c_str());
  }
}

bool is_being_written(const std::filesystem::path& results) {
  const UniqueDescriptor descriptor(::open(lock_file_of(followed(results)).c_str(), O_RDONLY | O_CLOEXEC));
  return descriptor && ::flock(descriptor.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

}  // namespace spinsweep::store
