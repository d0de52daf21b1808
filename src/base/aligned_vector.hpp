#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace spinsweep {

/// Memory that begins on a line of the cache.
template <class T>
struct CacheLineAllocator {
  using value_type = T;
  static constexpr std::align_val_t alignment{64};

  CacheLineAllocator() = default;
  template <class U>
  // NOLINTNEXTLINE(google-explicit-constructor): the standard's requirements of an allocator.
  CacheLineAllocator(const CacheLineAllocator<U>& /*other*/) {}

  [[nodiscard]] T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), alignment)); }
  void deallocate(T* memory, std::size_t /*count*/) { ::operator delete(memory, alignment); }

  friend bool operator==(const CacheLineAllocator&, const CacheLineAllocator&) { return true; }
};

/// A vector whose first number begins a line of the cache, so that no pack of numbers lies across two.
template <class T>
using AlignedVector = std::vector<T, CacheLineAllocator<T>>;

}  // namespace spinsweep
