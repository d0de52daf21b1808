#pragma once

#include <utility>

namespace spinsweep {

/// Owner of one C handle (an HDF5 id, a PETSc object, an FFTW plan, an MPI communicator).
///
/// Release is called once with the handle when the owner goes out of scope; it must not throw. Null is the value that
/// means "nothing owned". The handle itself is always reachable through get(), so that the library's own functions are
/// called directly.
template <class Handle, auto Release, Handle Null = Handle{}>
class UniqueHandle {
 public:
  UniqueHandle() noexcept = default;
  explicit UniqueHandle(Handle handle) noexcept : handle_(handle) {}
  UniqueHandle(const UniqueHandle&) = delete;
  UniqueHandle& operator=(const UniqueHandle&) = delete;
  UniqueHandle(UniqueHandle&& other) noexcept : handle_(std::exchange(other.handle_, Null)) {}
  UniqueHandle& operator=(UniqueHandle&& other) noexcept {
    if (this != &other) {
      reset(std::exchange(other.handle_, Null));
    }
    return *this;
  }
  ~UniqueHandle() { reset(); }

  [[nodiscard]] Handle get() const noexcept { return handle_; }
  [[nodiscard]] explicit operator bool() const noexcept { return handle_ != Null; }

  /// Releases the present handle and takes ownership of `handle`.
  void reset(Handle handle = Null) noexcept {
    if (handle_ != Null) {
      Release(handle_);
    }
    handle_ = handle;
  }

  /// Address for a library's "create" function to write to; the present handle is released first.
  [[nodiscard]] Handle* out() noexcept {
    reset();
    return &handle_;
  }

 private:
  Handle handle_ = Null;
};

}  // namespace spinsweep
