#include "store/catalogue.hpp"

#include <hdf5_hl.h>

#include <set>
#include <string_view>

#include "base/error.hpp"
#include "store/hdf5.hpp"
#include "store/schema.hpp"

namespace spinsweep::store {

namespace {

struct Member {
  std::string name;
  H5O_type_t type;
  haddr_t address;
};

extern "C" herr_t collect_link(hid_t /*group*/, const char* name, const H5L_info_t* /*info*/, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

extern "C" herr_t collect_scale(hid_t /*dataset*/, unsigned /*axis*/, hid_t scale, void* name) {
  const ssize_t length = H5Iget_name(scale, nullptr, 0);
  if (length <= 0) {
    return -1;
  }
  std::string path(static_cast<std::size_t>(length) + 1, '\0');
  H5Iget_name(scale, path.data(), path.size());
  path.resize(static_cast<std::size_t>(length));
  *static_cast<std::string*>(name) = path.substr(path.rfind('/') + 1);
  return 1;
}

std::vector<Member> members(const ResultsFile& file, const std::string& path) {
  const std::string where = file.path().string() + ":" + path;
  const UniqueObject group = file.open_object(path);
  std::vector<std::string> names;
  hsize_t start = 0;
  checked(H5Literate(group.get(), H5_INDEX_CRT_ORDER, H5_ITER_INC, &start, &collect_link, &names), where,
          "its members could not be listed");
  std::vector<Member> list;
  for (auto& name : names) {
    H5O_info_t info = {};
    checked(H5Oget_info_by_name2(group.get(), name.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT), where, "is damaged");
    list.push_back({std::move(name), info.type, info.addr});
  }
  return list;
}

/// known: where the groups lie that were found before, so that links in a circle have an end.
void add_groups(const ResultsFile& file, const std::string& path, std::set<haddr_t>& known,
                std::vector<std::string>& groups) {
  for (const Member& member : members(file, path)) {
    if (member.type == H5O_TYPE_GROUP) {
      const std::string group = join(path, member.name);
      if (!known.insert(member.address).second) {
        throw EnvironmentError(file.path().string() + ":" + group +
                               ": is a group under another name; the file is damaged");
      }
      groups.push_back(group);
      add_groups(file, group, known, groups);
    }
  }
}

}  // namespace

std::vector<std::string> list_groups(const ResultsFile& file) {
  std::vector<std::string> groups;
  H5O_info_t root = {};
  checked(H5Oget_info2(file.open_object("/").get(), &root, H5O_INFO_BASIC), file.path().string(), "is damaged");
  std::set<haddr_t> known = {root.addr};
  add_groups(file, "/", known, groups);
  return groups;
}

std::vector<std::string> list_variables(const ResultsFile& file, const std::string& group) {
  constexpr std::string_view only_a_dimension = "This is a netCDF dimension but not a netCDF variable";
  std::vector<std::string> variables;
  for (Member& member : members(file, group)) {
    const std::string path = join(group, member.name);
    if (member.type == H5O_TYPE_DATASET &&
        !(file.has_attribute(path, "NAME") && file.text_attribute(path, "NAME").starts_with(only_a_dimension))) {
      variables.push_back(std::move(member.name));
    }
  }
  return variables;
}

std::vector<std::string> dimensions_of(const ResultsFile& file, const std::string& variable) {
  const std::string where = file.path().string() + ":" + variable;
  const UniqueObject dataset = file.open_object(variable);
  std::vector<std::string> names(file.shape(variable).size());
  for (unsigned axis = 0; axis < names.size(); ++axis) {
    const auto attached = H5DSis_scale(dataset.get()) > 0
                              ? 0
                              : checked(H5DSiterate_scales(dataset.get(), axis, nullptr, &collect_scale, &names[axis]),
                                        where, "its dimensions could not be listed");
    if (attached == 0) {
      names[axis] = variable.substr(variable.rfind('/') + 1);
    }
  }
  return names;
}

}  // namespace spinsweep::store
