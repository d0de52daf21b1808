#include "store/schema_check.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"

namespace spinsweep::store {

namespace {

[[noreturn]] void refuse(const std::string& object, const std::string& problem) {
  throw Error("results file schema: " + object + " " + problem);
}

void check_name(const Group& group, const std::string& name) {
  if (name.empty() || name.find('/') != std::string::npos) {
    refuse(join(group.path, name), "has a name that is empty or holds a slash");
  }
}

void check_units(const std::string& path, const Variable& variable) {
  if (variable.long_name.empty()) {
    refuse(path, "has no long_name");
  }
  const bool is_code_or_text =
      !variable.flags.empty() || variable.type == Type::character || variable.type == Type::text;
  if (variable.units.empty() && !is_code_or_text) {
    refuse(path, "has no units (\"1\" for a pure number)");
  }
}

bool is_number(Type type) {
  return type != Type::character && type != Type::text;
}

bool is_floating(Type type) {
  return type == Type::float64 || type == Type::float32;
}

void check_initial(const std::string& path, const Variable& variable, const std::vector<Axis>& axes) {
  struct Visitor {
    const std::string& path;
    const Variable& variable;
    const std::vector<Axis>& axes;

    void expect(bool type_fits, std::size_t given, std::uint64_t wanted) const {
      if (!type_fits) {
        refuse(path, "is " + std::string(name_of(variable.type)) + ", its initial data are of another kind");
      }
      if (given != wanted) {
        refuse(path, "has " + std::to_string(given) + " initial values for " + std::to_string(wanted) + " elements");
      }
    }
    void operator()(std::monostate) const {}
    void operator()(Everywhere) const { expect(is_number(variable.type), 1, 1); }
    void operator()(const std::vector<double>& values) const {
      expect(is_floating(variable.type), values.size(), element_count(axes));
    }
    void operator()(const std::vector<std::int64_t>& values) const {
      expect(is_number(variable.type) && !is_floating(variable.type), values.size(), element_count(axes));
    }
    void operator()(const std::vector<std::string>& texts) const {
      expect(variable.type == Type::text, texts.size(), element_count(axes));
    }
  };
  std::visit(Visitor{path, variable, axes}, variable.initial);
}

void check_flags(const std::string& path, const Variable& variable) {
  for (const Flag& flag : variable.flags) {
    if (flag.meaning.empty() || flag.meaning.find(' ') != std::string::npos) {
      refuse(path, "has a flag whose meaning is not one word: '" + flag.meaning + "'");
    }
  }
}

void check_group(const Schema& schema, const Group& group) {
  if (!group.path.starts_with('/') || (group.path.size() > 1 && group.path.ends_with('/'))) {
    refuse(group.path, "is not a path like /synapse");
  }
  std::set<std::string> names;
  for (const Dimension& dimension : group.dimensions) {
    check_name(group, dimension.name);
    const std::string path = join(group.path, dimension.name);
    if (!names.insert(dimension.name).second) {
      refuse(path, "is defined twice");
    }
    if (dimension.size == 0) {
      refuse(path, "has no elements");
    }
  }
  for (const Variable& variable : group.variables) {
    check_name(group, variable.name);
    const std::string path = join(group.path, variable.name);
    const std::vector<Axis> axes = axes_of(schema, group, variable);
    check_units(path, variable);
    check_flags(path, variable);
    check_initial(path, variable, axes);
    if (!is_coordinate(group, variable) && !names.insert(variable.name).second) {
      refuse(path, "has the name of another variable or dimension of its group");
    }
  }
}

}  // namespace

void check(const Schema& schema) {
  std::set<std::string> paths;
  for (const Group& group : schema.groups) {
    if (!paths.insert(group.path).second) {
      refuse(group.path, "is defined twice");
    }
    check_group(schema, group);
  }
}

}  // namespace spinsweep::store
