#include "fuzz/rewrite_hdf5.hpp"

#include <hdf5.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "base/error.hpp"
#include "fuzz/mutate_text.hpp"
#include "store/attributes.hpp"
#include "store/hdf5.hpp"

namespace spinsweep::fuzz {

namespace {

using store::checked;

constexpr std::string_view problem = "cannot be rewritten";
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

extern "C" herr_t note_path(hid_t /*root*/, const char* path, const H5L_info_t* /*info*/, void* paths) {
  static_cast<std::vector<std::string>*>(paths)->emplace_back(path);
  return 0;
}

/// Paths of one kind of object, H5I_GROUP or H5I_DATASET. H5Ovisit() would tell the kind by itself, but HDF5 1.10 and
/// 1.14 do not call it alike.
std::vector<std::string> objects(const store::UniqueFile& file, H5I_type_t type, const std::string& where) {
  std::vector<std::string> paths;
  checked(H5Lvisit(file.get(), H5_INDEX_NAME, H5_ITER_INC, &note_path, &paths), where, problem);
  std::erase_if(paths, [&](const std::string& path) {
    const store::UniqueObject object(H5Oopen(file.get(), path.c_str(), H5P_DEFAULT));
    return H5Iget_type(object.get()) != type;
  });
  return paths;
}

hsize_t hostile_size(Random& random) {
  constexpr std::array<hsize_t, 6> sizes = {0, 1, 2, 7, 1000, hsize_t{1} << 40U};
  return random.pick(sizes);
}

/// A dataset in the place of another, whose elements take no room in the file until they are written.
void replace_dataset(const store::UniqueFile& file, const std::string& path, Random& random, const std::string& where) {
  std::vector<hsize_t> extent;
  {
    const store::UniqueDataset old(checked(H5Dopen2(file.get(), path.c_str(), H5P_DEFAULT), where, problem));
    const store::UniqueDataspace space(H5Dget_space(old.get()));
    extent.resize(static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space.get()))));
    H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr);
  }
  if (extent.empty() || random.one_in(4)) {
    extent.push_back(hostile_size(random));
  } else {
    extent[random.below(extent.size())] = hostile_size(random);
  }
  const std::array<hid_t, 6> types = {H5T_IEEE_F64LE, H5T_STD_I8LE, H5T_STD_I64BE,
                                      H5T_C_S1,       H5T_STD_U8LE, H5T_IEEE_F32LE};
  checked(H5Ldelete(file.get(), path.c_str(), H5P_DEFAULT), where, problem);
  const store::UniqueDataspace space(
      checked(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), where, problem));
  const store::UniquePropertyList creation(H5Pcreate(H5P_DATASET_CREATE));
  H5Pset_alloc_time(creation.get(), H5D_ALLOC_TIME_LATE);
  const store::UniqueDataset made(
      H5Dcreate2(file.get(), path.c_str(), random.pick(types), space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
}

void fill_with_hostile_numbers(const store::UniqueFile& file, const std::string& path, Random& random,
                               const std::string& where) {
  constexpr std::array<double, 8> numbers = {0.0, -1.0, 3.0, 1e300, -1e300, not_a_number, 1e9, 127.0};
  const store::UniqueDataset dataset(checked(H5Dopen2(file.get(), path.c_str(), H5P_DEFAULT), where, problem));
  const store::UniqueDataspace space(H5Dget_space(dataset.get()));
  std::vector<double> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get())));
  const double same = random.pick(numbers);
  const bool all_the_same = random.one_in(2);
  for (double& value : values) {
    value = all_the_same ? same : random.pick(numbers);
  }
  H5Dwrite(dataset.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
}

void damage_elements(const store::UniqueFile& file, const std::string& path, Random& random, const std::string& where) {
  const store::UniqueDataset dataset(checked(H5Dopen2(file.get(), path.c_str(), H5P_DEFAULT), where, problem));
  const store::UniqueDatatype type(H5Dget_type(dataset.get()));
  if (H5Tis_variable_str(type.get()) > 0) {
    return;  // its elements are addresses
  }
  const auto size = static_cast<std::size_t>(H5Dget_storage_size(dataset.get()));
  std::string bytes(size, '\0');
  H5Dread(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data());
  bytes = mutate_bytes(bytes, random);
  bytes.resize(size);
  H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data());
}

void damage_sweep_text(const store::UniqueFile& file, Random& random, const std::string& where) {
  const store::UniqueObject root(H5Oopen(file.get(), "/", H5P_DEFAULT));
  const std::string text = mutate_text(store::read_text_attribute(root.get(), where, "sweep"), random);
  checked(H5Adelete(root.get(), "sweep"), where, problem);
  store::write_attribute(root.get(), where, {"sweep", text});
}

/// One of these values in the place of an attribute of `object`, or none.
void replace_attribute(const store::UniqueObject& object, const std::string& name,
                       const std::vector<store::AttributeValue>& values, Random& random, const std::string& where) {
  checked(H5Adelete(object.get(), name.c_str()), where, problem);
  if (!random.one_in(4)) {
    store::write_attribute(object.get(), where, {name, random.pick(values)});
  }
}

std::vector<store::AttributeValue> hostile_attributes() {
  return {std::string("text\nof two lines"), not_a_number, std::int64_t{-1}, std::vector<double>{4.0, 4.0},
          std::vector<std::string>{"a", "b"}};
}

void damage_identity(const store::UniqueFile& file, Random& random, const std::string& where) {
  const std::array<std::string, 3> names = {"spinsweep_version", "spinsweep_schema", "sweep"};
  const std::string& name = random.pick(names);
  const store::UniqueObject root(H5Oopen(file.get(), "/", H5P_DEFAULT));
  replace_attribute(root, name, hostile_attributes(), random, where);
}

void damage_attribute_of_field(const store::UniqueFile& file, Random& random, const std::string& where) {
  constexpr std::array<std::pair<const char*, const char*>, 5> attributes = {{{"/", "type"},
                                                                              {"/", "ubermag-hdf5-file-version"},
                                                                              {"/field/mesh", "n"},
                                                                              {"/field/mesh/region", "pmin"},
                                                                              {"/field/mesh/region", "pmax"}}};
  std::vector<store::AttributeValue> values = hostile_attributes();
  values.insert(values.end(), {std::vector<double>{1e300, -1e300, 1.0}, std::vector<double>{not_a_number, 3.0, 0.0},
                               std::vector<std::int64_t>{1'000'000, 1'000'000, 1}});
  const auto& [path, name] = random.pick(attributes);
  const store::UniqueObject object(H5Oopen(file.get(), path, H5P_DEFAULT));
  replace_attribute(object, name, values, random, where);
}

void link_elsewhere(const store::UniqueFile& file, const std::string& path, Random& random, const std::string& where) {
  checked(H5Ldelete(file.get(), path.c_str(), H5P_DEFAULT), where, problem);
  const std::array<const char*, 4> places = {"/", "/nowhere", "/synapse", "/network/status"};
  const char* place = random.pick(places);
  if (random.one_in(2)) {
    H5Lcreate_soft(place, file.get(), path.c_str(), H5P_DEFAULT, H5P_DEFAULT);
  } else if (random.one_in(4)) {
    H5Lcreate_external("elsewhere.h5", place, file.get(), path.c_str(), H5P_DEFAULT, H5P_DEFAULT);
  } else {
    H5Lcreate_hard(file.get(), place, file.get(), path.c_str(), H5P_DEFAULT, H5P_DEFAULT);
  }
}

}  // namespace

std::vector<ByteRange> metadata_of(const std::filesystem::path& path) {
  const std::string where = path.string();
  const store::UniqueFile file(checked(H5Fopen(where.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), where, problem));
  std::vector<ByteRange> data;
  for (const auto& name : objects(file, H5I_DATASET, where)) {
    const store::UniqueDataset dataset(checked(H5Dopen2(file.get(), name.c_str(), H5P_DEFAULT), where, problem));
    const haddr_t offset = H5Dget_offset(dataset.get());
    if (offset != HADDR_UNDEF) {
      data.emplace_back(offset, offset + H5Dget_storage_size(dataset.get()));
    }
  }
  std::sort(data.begin(), data.end());
  std::vector<ByteRange> rest;
  std::size_t end = 0;
  for (const auto& [first, last] : data) {
    if (first > end) {
      rest.emplace_back(end, first);
    }
    end = std::max(end, last);
  }
  rest.emplace_back(end, std::filesystem::file_size(path));
  std::erase_if(rest, [](const ByteRange& range) { return range.first == range.second; });
  return rest;
}

namespace {

store::UniqueFile open_to_rewrite(const std::string& where) {
  store::silence_hdf5();
  return store::UniqueFile(checked(H5Fopen(where.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), where, problem));
}

/// What becomes of a dataset, in one of six ways.
void rewrite_dataset(const store::UniqueFile& file, const std::string& dataset, std::size_t way, Random& random,
                     const std::string& where) {
  const auto groups = objects(file, H5I_GROUP, where);
  switch (way) {
    case 0:
    case 1:
      replace_dataset(file, dataset, random, where);
      break;
    case 2:
      fill_with_hostile_numbers(file, dataset, random, where);
      break;
    case 3:
      damage_elements(file, dataset, random, where);
      break;
    case 4:
      link_elsewhere(file, random.one_in(3) ? random.pick(groups) : dataset, random, where);
      break;
    default:
      checked(H5Ldelete(file.get(), dataset.c_str(), H5P_DEFAULT), where, problem);
  }
}

}  // namespace

void rewrite_results(const std::filesystem::path& path, Random& random) {
  const std::string where = path.string();
  const store::UniqueFile file = open_to_rewrite(where);
  const std::string dataset = random.pick(objects(file, H5I_DATASET, where));
  const std::size_t way = random.below(8);
  if (way == 0) {
    damage_sweep_text(file, random, where);
  } else if (way == 1) {
    damage_identity(file, random, where);
  } else {
    rewrite_dataset(file, dataset, way - 2, random, where);
  }
}

void rewrite_field(const std::filesystem::path& path, Random& random) {
  const std::string where = path.string();
  const store::UniqueFile file = open_to_rewrite(where);
  if (random.one_in(2)) {
    damage_attribute_of_field(file, random, where);
  } else {
    const std::string dataset = random.pick(objects(file, H5I_DATASET, where));
    rewrite_dataset(file, dataset, random.below(6), random, where);
  }
}

}  // namespace spinsweep::fuzz
