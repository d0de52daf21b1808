#include "store/schema_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "store/attributes.hpp"
#include "store/dimension_scales.hpp"

namespace spinsweep::store {

namespace {

constexpr std::string_view not_created = "could not be created";
constexpr unsigned creation_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

UniquePropertyList group_creation(std::string_view where) {
  UniquePropertyList list(checked(H5Pcreate(H5P_GROUP_CREATE), where, not_created));
  checked(H5Pset_link_creation_order(list.get(), creation_order), where, not_created);
  checked(H5Pset_attr_creation_order(list.get(), creation_order), where, not_created);
  return list;
}

UniquePropertyList dataset_creation(std::string_view where, Type type = Type::float64) {
  UniquePropertyList list(checked(H5Pcreate(H5P_DATASET_CREATE), where, not_created));
  checked(H5Pset_layout(list.get(), H5D_CONTIGUOUS), where, not_created);
  checked(H5Pset_alloc_time(list.get(), H5D_ALLOC_TIME_EARLY), where, not_created);
  // HDF5 insists on filling texts.
  checked(H5Pset_fill_time(list.get(), type == Type::text ? H5D_FILL_TIME_IFSET : H5D_FILL_TIME_NEVER), where,
          not_created);
  checked(H5Pset_attr_creation_order(list.get(), creation_order), where, not_created);
  return list;
}

UniqueDataspace dataspace(const std::vector<Axis>& axes) {
  if (axes.empty()) {
    return UniqueDataspace(H5Screate(H5S_SCALAR));
  }
  std::vector<hsize_t> extent;
  extent.reserve(axes.size());
  for (const Axis& axis : axes) {
    extent.push_back(axis.size);
  }
  return UniqueDataspace(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr));
}

struct InitialWriter {
  hid_t dataset;
  const std::string& where;
  const Variable& variable;
  const std::vector<Axis>& axes;

  void write(hid_t given, const void* data, std::size_t size) const {
    if (size != element_count(axes)) {
      throw Error(fmt::format("{}: {} initial values for {} elements", where, size, element_count(axes)));
    }
    checked(H5Dwrite(dataset, given, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), where, "could not be written");
  }
  void operator()(std::monostate) const {}
  void operator()(Everywhere everywhere) const { (*this)(std::vector<double>(element_count(axes), everywhere.value)); }
  void operator()(const std::vector<double>& values) const { write(H5T_NATIVE_DOUBLE, values.data(), values.size()); }
  void operator()(const std::vector<std::int64_t>& values) const {
    write(H5T_NATIVE_INT64, values.data(), values.size());
  }
  void operator()(const std::vector<std::string>& texts) const {
    std::vector<const char*> data;
    std::ranges::transform(texts, std::back_inserter(data), &std::string::c_str);
    write(memory_type(Type::text), static_cast<const void*>(data.data()), data.size());
  }
};

class SchemaWriter {
 public:
  SchemaWriter(hid_t file, std::string_view where, const Schema& schema)
      : file_(file), where_(where), schema_(schema) {}

  void write_all() const {
    const UniqueObject root(checked(H5Oopen(file_, "/", H5P_DEFAULT), where_, not_created));
    write_attribute(root.get(), where_, {"spinsweep_version", schema_.program_version});
    write_attribute(root.get(), where_, {"spinsweep_schema", schema_.revision});
    for (const Attribute& attribute : schema_.attributes) {
      write_attribute(root.get(), where_, attribute);
    }
    for (const Group& group : schema_.groups) {
      create_group(group.path);
      create_members(group);
    }
    // Scales are attached once all of them exist, so that the order of the groups does not matter.
    ScaleReferences references(file_, where_);
    for (const Group& group : schema_.groups) {
      for (const Variable& variable : group.variables) {
        if (!is_coordinate(group, variable)) {
          references.attach(join(group.path, variable.name), axes_of(schema_, group, variable));
        }
      }
    }
    references.write_back_references();
  }

 private:
  [[nodiscard]] std::string located(const std::string& path) const { return where_ + ":" + path; }

  void create_group(const std::string& path) const {
    if (path == "/" || H5Lexists(file_, path.c_str(), H5P_DEFAULT) > 0) {
      return;
    }
    create_group(std::string(parent(path)));
    const std::string where = located(path);
    const UniqueObject group(checked(
        H5Gcreate2(file_, path.c_str(), H5P_DEFAULT, group_creation(where).get(), H5P_DEFAULT), where, not_created));
  }

  void create_members(const Group& group) const {
    const UniqueObject object(
        checked(H5Oopen(file_, group.path.c_str(), H5P_DEFAULT), located(group.path), not_created));
    for (const Attribute& attribute : group.attributes) {
      write_attribute(object.get(), located(group.path), attribute);
    }
    for (const Dimension& dimension : group.dimensions) {
      create_scale(group, dimension);
    }
    for (const Variable& variable : group.variables) {
      if (!is_coordinate(group, variable)) {
        create_variable(group, variable);
      }
    }
  }

  void create_scale(const Group& group, const Dimension& dimension) const {
    const std::string where = located(join(group.path, dimension.name));
    if (dimension.size == 0) {
      throw Error(where + ": a dimension without elements");
    }
    for (const Variable& variable : group.variables) {
      if (variable.name == dimension.name && is_coordinate(group, variable)) {
        const UniqueDataset dataset = create_variable(group, variable);
        make_scale(dataset.get(), where, dimension.name);
        return;
      }
    }
    const std::string path = join(group.path, dimension.name);
    const UniqueDataset dataset(
        checked(H5Dcreate2(file_, path.c_str(), H5T_IEEE_F32BE, dataspace({{path, dimension.size}}).get(), H5P_DEFAULT,
                           dataset_creation(where).get(), H5P_DEFAULT),
                where, not_created));
    // netCDF-4 recognises such a dimension by this text, which includes the length.
    std::array<char, 80> name = {};
    std::snprintf(name.data(), name.size(), "This is a netCDF dimension but not a netCDF variable.%10llu",
                  static_cast<unsigned long long>(dimension.size));
    make_scale(dataset.get(), where, name.data());
  }

  UniqueDataset create_variable(const Group& group, const Variable& variable) const {
    const std::string path = join(group.path, variable.name);
    const std::string where = located(path);
    const std::vector<Axis> axes = axes_of(schema_, group, variable);
    const UniquePropertyList creation = dataset_creation(where, variable.type);
    if (variable.fill_value) {
      checked(H5Pset_fill_value(creation.get(), H5T_NATIVE_DOUBLE, &*variable.fill_value), where, not_created);
    }
    UniqueDataset dataset(checked(H5Dcreate2(file_, path.c_str(), file_type(variable.type), dataspace(axes).get(),
                                             H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                                  where, not_created));
    describe(dataset.get(), where, variable);
    std::visit(InitialWriter{dataset.get(), where, variable, axes}, variable.initial);
    return dataset;
  }

  static void describe(hid_t dataset, const std::string& where, const Variable& variable) {
    if (variable.fill_value) {
      write_attribute_as(dataset, where, "_FillValue", variable.type, *variable.fill_value);
    }
    if (variable.type == Type::character) {
      write_attribute(dataset, where, {"_Encoding", "utf-8"});
    }
    write_attribute(dataset, where, {"long_name", variable.long_name});
    for (const auto& [name, text] : {std::pair{"units", variable.units}, {"coordinates", variable.coordinates}}) {
      if (!text.empty()) {
        write_attribute(dataset, where, {name, text});
      }
    }
    if (!variable.flags.empty()) {
      describe_flags(dataset, where, variable);
    }
    for (const Attribute& attribute : variable.attributes) {
      write_attribute(dataset, where, attribute);
    }
  }

  static void describe_flags(hid_t dataset, const std::string& where, const Variable& variable) {
    std::vector<std::int64_t> values;
    std::string meanings;
    for (const Flag& flag : variable.flags) {
      values.push_back(flag.value);
      meanings += (meanings.empty() ? "" : " ") + flag.meaning;
    }
    write_attribute_as(dataset, where, "flag_values", variable.type, values);
    write_attribute(dataset, where, {"flag_meanings", meanings});
  }

  hid_t file_;
  std::string where_;
  const Schema& schema_;
};

}  // namespace

UniquePropertyList file_creation(std::string_view where) {
  UniquePropertyList list(checked(H5Pcreate(H5P_FILE_CREATE), where, not_created));
  checked(H5Pset_link_creation_order(list.get(), creation_order), where, not_created);
  checked(H5Pset_attr_creation_order(list.get(), creation_order), where, not_created);
  return list;
}

void write_schema(hid_t file, std::string_view where, const Schema& schema) {
  SchemaWriter(file, where, schema).write_all();
}

}  // namespace spinsweep::store
