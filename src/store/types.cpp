#include "store/types.hpp"

#include <array>

namespace spinsweep::store {

namespace {

struct Properties {
  std::size_t size;
  std::string_view name;
  hid_t in_memory;
  hid_t in_file;
};

hid_t utf8_string() {
  const hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  return type;
}

const Properties& properties_of(Type type) {
  static const hid_t text = utf8_string();
  // In the order of Type. A text is a reference into one of the file's heaps.
  static const std::array<Properties, 8> properties = {{{8, "float64", H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE},
                                                        {4, "float32", H5T_NATIVE_FLOAT, H5T_IEEE_F32LE},
                                                        {1, "int8", H5T_NATIVE_INT8, H5T_STD_I8LE},
                                                        {4, "int32", H5T_NATIVE_INT32, H5T_STD_I32LE},
                                                        {8, "int64", H5T_NATIVE_INT64, H5T_STD_I64LE},
                                                        {1, "uint8", H5T_NATIVE_UINT8, H5T_STD_U8LE},
                                                        {1, "character", H5T_C_S1, H5T_C_S1},
                                                        {16, "text", text, text}}};
  return properties.at(static_cast<std::size_t>(type));
}

}  // namespace

std::size_t size_of(Type type) {
  return properties_of(type).size;
}

std::string_view name_of(Type type) {
  return properties_of(type).name;
}

hid_t memory_type(Type type) {
  return properties_of(type).in_memory;
}

hid_t file_type(Type type) {
  return properties_of(type).in_file;
}

}  // namespace spinsweep::store
