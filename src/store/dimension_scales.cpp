#include "store/dimension_scales.hpp"

#include "store/hdf5.hpp"

namespace spinsweep::store {

namespace {

constexpr std::string_view not_created = "could not be created";

/// A text of fixed length, as the specification demands.
void write_fixed_text(hid_t dataset, std::string_view where, const char* attribute, const std::string& text) {
  const UniqueDatatype type(checked(H5Tcopy(H5T_C_S1), where, not_created));
  checked(H5Tset_size(type.get(), text.size() + 1), where, not_created);
  const UniqueDataspace scalar(checked(H5Screate(H5S_SCALAR), where, not_created));
  const UniqueAttribute written(
      checked(H5Acreate2(dataset, attribute, type.get(), scalar.get(), H5P_DEFAULT, H5P_DEFAULT), where, not_created));
  checked(H5Awrite(written.get(), type.get(), text.c_str()), where, not_created);
}

void write_vector(hid_t dataset, std::string_view where, const char* attribute, hid_t type, std::size_t size,
                  const void* data) {
  const hsize_t length = size;
  const UniqueDataspace space(checked(H5Screate_simple(1, &length, nullptr), where, not_created));
  const UniqueAttribute written(
      checked(H5Acreate2(dataset, attribute, type, space.get(), H5P_DEFAULT, H5P_DEFAULT), where, not_created));
  checked(H5Awrite(written.get(), type, data), where, not_created);
}

}  // namespace

void make_scale(hid_t dataset, std::string_view where, const std::string& name) {
  write_fixed_text(dataset, where, "CLASS", "DIMENSION_SCALE");
  write_fixed_text(dataset, where, "NAME", name);
}

void ScaleReferences::attach(const std::string& path, const std::vector<Axis>& axes) {
  if (axes.empty()) {
    return;
  }
  const std::string where = where_ + ":" + path;
  const hobj_ref_t dataset = reference_to(path);
  std::vector<hobj_ref_t> scales;
  for (const Axis& axis : axes) {
    attached_[axis.path].push_back({dataset, static_cast<int>(scales.size())});
    scales.push_back(reference_to(axis.path));
  }
  // An axis may have several scales; here each has one.
  std::vector<hvl_t> lists;
  lists.reserve(scales.size());
  for (hobj_ref_t& scale : scales) {
    lists.push_back({1, &scale});
  }
  const UniqueDatatype type(checked(H5Tvlen_create(H5T_STD_REF_OBJ), where, not_created));
  const UniqueDataset owner(checked(H5Dopen2(file_, path.c_str(), H5P_DEFAULT), where, not_created));
  write_vector(owner.get(), where, "DIMENSION_LIST", type.get(), lists.size(), lists.data());
}

void ScaleReferences::write_back_references() const {
  const UniqueDatatype type(checked(H5Tcreate(H5T_COMPOUND, sizeof(AttachedAxis)), where_, not_created));
  checked(H5Tinsert(type.get(), "dataset", HOFFSET(AttachedAxis, dataset), H5T_STD_REF_OBJ), where_, not_created);
  checked(H5Tinsert(type.get(), "dimension", HOFFSET(AttachedAxis, dimension), H5T_NATIVE_INT), where_, not_created);
  for (const auto& [path, axes] : attached_) {
    const std::string where = where_ + ":" + path;
    const UniqueDataset scale(checked(H5Dopen2(file_, path.c_str(), H5P_DEFAULT), where, not_created));
    write_vector(scale.get(), where, "REFERENCE_LIST", type.get(), axes.size(), axes.data());
  }
}

hobj_ref_t ScaleReferences::reference_to(const std::string& path) const {
  hobj_ref_t reference = 0;
  checked(H5Rcreate(&reference, file_, path.c_str(), H5R_OBJECT, -1), where_ + ":" + path, not_created);
  return reference;
}

}  // namespace spinsweep::store
