#include "store/schema.hpp"

#include <algorithm>
#include <limits>

#include "base/error.hpp"

namespace spinsweep::store {

namespace {

/// Stands for any larger number of bytes: no disk holds such a file.
constexpr std::uint64_t beyond_counting = std::numeric_limits<std::int64_t>::max();

std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? beyond_counting : std::min(product, beyond_counting);
}

const Dimension* find_dimension(const Schema& schema, std::string_view group_path, std::string_view name) {
  for (const Group& group : schema.groups) {
    if (group.path != group_path) {
      continue;
    }
    const auto found = std::ranges::find(group.dimensions, name, &Dimension::name);
    if (found != group.dimensions.end()) {
      return &*found;
    }
  }
  return nullptr;
}

Axis resolve(const Schema& schema, const Group& group, const Variable& variable, std::string_view name) {
  for (std::string_view path = group.path;; path = parent(path)) {
    if (const Dimension* dimension = find_dimension(schema, path, name)) {
      return {join(path, name), dimension->size};
    }
    if (path == "/") {
      throw Error("results file schema: " + join(group.path, variable.name) + " lies over the dimension '" +
                  std::string(name) + "', which neither its group nor a parent defines");
    }
  }
}

}  // namespace

std::string join(std::string_view group, std::string_view name) {
  std::string path(group);
  if (path != "/") {
    path += '/';
  }
  return path.append(name);
}

std::string_view parent(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == 0 || slash == std::string_view::npos ? std::string_view("/") : path.substr(0, slash);
}

std::vector<Axis> axes_of(const Schema& schema, const Group& group, const Variable& variable) {
  std::vector<Axis> axes;
  axes.reserve(variable.dimensions.size());
  for (const std::string& name : variable.dimensions) {
    axes.push_back(resolve(schema, group, variable, name));
  }
  return axes;
}

bool is_coordinate(const Group& group, const Variable& variable) {
  return variable.dimensions.size() == 1 && variable.dimensions.front() == variable.name &&
         std::ranges::find(group.dimensions, variable.name, &Dimension::name) != group.dimensions.end();
}

std::uint64_t element_count(const std::vector<Axis>& axes) {
  std::uint64_t count = 1;
  for (const Axis& axis : axes) {
    count = times(count, axis.size);
  }
  return count;
}

std::uint64_t data_bytes(const Schema& schema) {
  std::uint64_t bytes = 0;
  for (const Group& group : schema.groups) {
    for (const Variable& variable : group.variables) {
      const std::uint64_t more = times(element_count(axes_of(schema, group, variable)), size_of(variable.type));
      bytes = more > beyond_counting - bytes ? beyond_counting : bytes + more;
    }
  }
  return bytes;
}

}  // namespace spinsweep::store
