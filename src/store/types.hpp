#pragma once

#include <hdf5.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace spinsweep::store {

/// What one element of a variable is. Only types that every netCDF-4 reader knows: no enumerations, booleans or
/// fixed-length strings, which xarray drops or crashes on. A text is a UTF-8 string of any length, written when the
/// file is created only: MPI cannot write it.
enum class Type { float64, float32, int8, int32, int64, uint8, character, text };

/// Bytes of one element on disk and, except for texts, in memory.
[[nodiscard]] std::size_t size_of(Type type);

/// "float64", "character", ...: for messages.
[[nodiscard]] std::string_view name_of(Type type);

/// HDF5's type for memory, and the little-endian one for the file. Both belong to the library: not to be closed.
[[nodiscard]] hid_t memory_type(Type type);
[[nodiscard]] hid_t file_type(Type type);

/// The C++ types a variable is written from and read into, each for exactly one Type.
template <class T>
concept Storable = std::same_as<T, double> || std::same_as<T, float> || std::same_as<T, std::int8_t> ||
    std::same_as<T, std::int32_t> || std::same_as<T, std::int64_t> || std::same_as<T, std::uint8_t> ||
    std::same_as<T, char>;

/// The Type of a Storable or of std::string.
template <class T>
[[nodiscard]] constexpr Type type_of() {
  if constexpr (std::same_as<T, double>) {
    return Type::float64;
  } else if constexpr (std::same_as<T, float>) {
    return Type::float32;
  } else if constexpr (std::same_as<T, std::int8_t>) {
    return Type::int8;
  } else if constexpr (std::same_as<T, std::int32_t>) {
    return Type::int32;
  } else if constexpr (std::same_as<T, std::int64_t>) {
    return Type::int64;
  } else if constexpr (std::same_as<T, std::uint8_t>) {
    return Type::uint8;
  } else if constexpr (std::same_as<T, char>) {
    return Type::character;
  } else {
    static_assert(std::same_as<T, std::string>);
    return Type::text;
  }
}

}  // namespace spinsweep::store
