#include "store/types.hpp"

namespace spinsweep::store {

std::size_t size_of(Type type) {
  switch (type) {
    case Type::float64:
    case Type::int64:
      return 8;
    case Type::float32:
    case Type::int32:
      return 4;
    case Type::int8:
    case Type::uint8:
    case Type::character:
      break;
  }
  return 1;
}

std::string_view name_of(Type type) {
  switch (type) {
    case Type::float64:
      return "float64";
    case Type::float32:
      return "float32";
    case Type::int8:
      return "int8";
    case Type::int32:
      return "int32";
    case Type::int64:
      return "int64";
    case Type::uint8:
      return "uint8";
    case Type::character:
      break;
  }
  return "character";
}

hid_t memory_type(Type type) {
  switch (type) {
    case Type::float64:
      return H5T_NATIVE_DOUBLE;
    case Type::float32:
      return H5T_NATIVE_FLOAT;
    case Type::int8:
      return H5T_NATIVE_INT8;
    case Type::int32:
      return H5T_NATIVE_INT32;
    case Type::int64:
      return H5T_NATIVE_INT64;
    case Type::uint8:
      return H5T_NATIVE_UINT8;
    case Type::character:
      break;
  }
  return H5T_C_S1;
}

hid_t file_type(Type type) {
  switch (type) {
    case Type::float64:
      return H5T_IEEE_F64LE;
    case Type::float32:
      return H5T_IEEE_F32LE;
    case Type::int8:
      return H5T_STD_I8LE;
    case Type::int32:
      return H5T_STD_I32LE;
    case Type::int64:
      return H5T_STD_I64LE;
    case Type::uint8:
      return H5T_STD_U8LE;
    case Type::character:
      break;
  }
  return H5T_C_S1;
}

}  // namespace spinsweep::store
