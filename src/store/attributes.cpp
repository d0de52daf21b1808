#include "store/attributes.hpp"

#include <array>
#include <memory>

#include "base/error.hpp"
#include "store/hdf5.hpp"

namespace spinsweep::store {

namespace {

std::string located(std::string_view where, const std::string& name) {
  return std::string(where) + ": the attribute " + name;
}

UniqueDataspace scalar_space() {
  return UniqueDataspace(H5Screate(H5S_SCALAR));
}

UniqueDataspace vector_space(std::size_t size) {
  const hsize_t length = size;
  return UniqueDataspace(H5Screate_simple(1, &length, nullptr));
}

void write(hid_t object, std::string_view where, const std::string& name, hid_t stored, hid_t given,
           const UniqueDataspace& space, const void* data) {
  constexpr std::string_view problem = "could not be written";
  const UniqueAttribute attribute(checked(
      H5Acreate2(object, name.c_str(), stored, space.get(), H5P_DEFAULT, H5P_DEFAULT), located(where, name), problem));
  checked(H5Awrite(attribute.get(), given, data), located(where, name), problem);
}

struct Writer {
  hid_t object;
  std::string_view where;
  const std::string& name;

  void operator()(const std::string& text) const {
    const char* data = text.c_str();
    write(object, where, name, file_type(Type::text), memory_type(Type::text), scalar_space(),
          static_cast<const void*>(&data));
  }
  void operator()(double value) const {
    write(object, where, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, scalar_space(), &value);
  }
  void operator()(std::int64_t value) const {
    write(object, where, name, H5T_STD_I64LE, H5T_NATIVE_INT64, scalar_space(), &value);
  }
  void operator()(const std::vector<double>& values) const {
    write(object, where, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, vector_space(values.size()), values.data());
  }
  void operator()(const std::vector<std::int64_t>& values) const {
    write(object, where, name, H5T_STD_I64LE, H5T_NATIVE_INT64, vector_space(values.size()), values.data());
  }
  void operator()(const std::vector<std::string>& texts) const {
    std::vector<const char*> data;
    data.reserve(texts.size());
    for (const std::string& text : texts) {
      data.push_back(text.c_str());
    }
    write(object, where, name, file_type(Type::text), memory_type(Type::text), vector_space(texts.size()),
          static_cast<const void*>(data.data()));
  }
};

UniqueAttribute open(hid_t object, std::string_view where, const std::string& name) {
  if (!has_attribute(object, where, name)) {
    throw EnvironmentError(located(where, name) + " is missing");
  }
  return UniqueAttribute(checked(H5Aopen(object, name.c_str(), H5P_DEFAULT), located(where, name), "is damaged"));
}

/// Errors: EnvironmentError if the attribute is larger than any that a results file has.
std::size_t element_count(const UniqueAttribute& attribute, const UniqueDatatype& type, const std::string& where) {
  constexpr std::size_t most_bytes = 1U << 20U;
  const UniqueDataspace space(checked(H5Aget_space(attribute.get()), where, "is damaged"));
  const auto count = static_cast<std::size_t>(checked(H5Sget_simple_extent_npoints(space.get()), where, "is damaged"));
  if (count > most_bytes || H5Tget_size(type.get()) > most_bytes) {
    throw EnvironmentError(where + " is larger than any attribute of a results file");
  }
  return count;
}

std::string read_variable_length(const UniqueAttribute& attribute, const std::string& where) {
  char* data = nullptr;
  checked(H5Aread(attribute.get(), memory_type(Type::text), static_cast<void*>(&data)), where, "could not be read");
  const std::unique_ptr<char, decltype(&H5free_memory)> owner(data, &H5free_memory);
  return data == nullptr ? std::string() : std::string(data);
}

}  // namespace

void write_attribute(hid_t object, std::string_view where, const Attribute& attribute) {
  std::visit(Writer{object, where, attribute.name}, attribute.value);
}

void write_attribute_as(hid_t object, std::string_view where, const std::string& name, Type type,
                        const std::vector<std::int64_t>& values) {
  write(object, where, name, file_type(type), H5T_NATIVE_INT64, vector_space(values.size()), values.data());
}

void write_attribute_as(hid_t object, std::string_view where, const std::string& name, Type type, double value) {
  write(object, where, name, file_type(type), H5T_NATIVE_DOUBLE, scalar_space(), &value);
}

bool has_attribute(hid_t object, std::string_view where, const std::string& name) {
  return checked(H5Aexists(object, name.c_str()), located(where, name), "is damaged") > 0;
}

std::string read_text_attribute(hid_t object, std::string_view where, const std::string& name) {
  const std::string attribute_name = located(where, name);
  const UniqueAttribute attribute = open(object, where, name);
  const UniqueDatatype type(checked(H5Aget_type(attribute.get()), attribute_name, "is damaged"));
  if (H5Tget_class(type.get()) != H5T_STRING || element_count(attribute, type, attribute_name) != 1) {
    throw EnvironmentError(attribute_name + " is not one string");
  }
  if (H5Tis_variable_str(type.get()) > 0) {
    return read_variable_length(attribute, attribute_name);
  }
  std::string text(H5Tget_size(type.get()), '\0');
  checked(H5Aread(attribute.get(), type.get(), text.data()), attribute_name, "could not be read");
  return text.substr(0, text.find('\0'));
}

std::vector<double> read_number_attribute(hid_t object, std::string_view where, const std::string& name) {
  const std::string attribute_name = located(where, name);
  const UniqueAttribute attribute = open(object, where, name);
  const UniqueDatatype type(checked(H5Aget_type(attribute.get()), attribute_name, "is damaged"));
  const H5T_class_t kind = H5Tget_class(type.get());
  if (kind != H5T_INTEGER && kind != H5T_FLOAT) {
    throw EnvironmentError(attribute_name + " is not a number");
  }
  std::vector<double> values(element_count(attribute, type, attribute_name));
  checked(H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, values.data()), attribute_name, "could not be read");
  return values;
}

}  // namespace spinsweep::store
