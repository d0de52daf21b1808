#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "store/types.hpp"

/// What a results file holds, as plain data: create() turns it into a file.
namespace spinsweep::store {

/// An axis. Every variable over it has this length along it.
struct Dimension {
  std::string name;
  std::uint64_t size = 0;  ///< elements, at least 1
};

/// Strings are UTF-8 of any length.
using AttributeValue = std::variant<std::string, double, std::int64_t, std::vector<double>, std::vector<std::int64_t>,
                                    std::vector<std::string>>;

struct Attribute {
  std::string name;
  AttributeValue value;
};

/// One value of a variable that is a code, and what it means: a single word, as flag_meanings demands.
struct Flag {
  std::int64_t value = 0;
  std::string meaning;
};

/// The same value in every element, written when the file is created.
struct Everywhere {
  double value = 0.0;
};

/// What a variable holds when the file is created: nothing, which reads as zeros and takes no space on disk; one value
/// in every element; all elements in row-major order.
using InitialData =
    std::variant<std::monostate, Everywhere, std::vector<double>, std::vector<std::int64_t>, std::vector<std::string>>;

/// A quantity over some dimensions, slowest first. The one variable named like a dimension of its own group and lying
/// over just that dimension is its coordinate.
struct Variable {
  std::string name;
  Type type = Type::float64;
  std::vector<std::string> dimensions = {};  ///< names, looked up in the own group, then in its parents; none: a scalar
  std::string units = {};                    ///< "1" for a pure number; empty only for flags and text
  std::string long_name = {};
  std::string coordinates = {};  ///< names of further coordinates in the same group, separated by spaces
  std::optional<double> fill_value = std::nullopt;  ///< what stands for "missing" (the attribute _FillValue)
  std::vector<Flag> flags = {};                     ///< becomes flag_values and flag_meanings
  InitialData initial = {};
  std::vector<Attribute> attributes = {};
};

struct Group {
  std::string path = "/";  ///< absolute: "/synapse"; parents that are not listed are made
  std::vector<Dimension> dimensions = {};
  std::vector<Variable> variables = {};
  std::vector<Attribute> attributes = {};
};

struct Schema {
  std::int64_t revision = 0;               ///< of the file's layout: the root attribute spinsweep_schema
  std::string program_version = {};        ///< the root attribute spinsweep_version
  std::vector<Attribute> attributes = {};  ///< of the root group, besides these two
  std::vector<Group> groups = {};
};

/// "/" and "a" give "/a", "/a" and "b" give "/a/b".
[[nodiscard]] std::string join(std::string_view group, std::string_view name);

/// "/a/b" gives "/a", "/a" gives "/".
[[nodiscard]] std::string_view parent(std::string_view path);

/// A dimension as a variable meets it.
struct Axis {
  std::string path;  ///< of its dimension scale: "/synapse/case"
  std::uint64_t size = 0;
};

/// The axes of a variable of `group`, slowest first. Errors: Error if a dimension is found neither there nor in a
/// parent.
[[nodiscard]] std::vector<Axis> axes_of(const Schema& schema, const Group& group, const Variable& variable);

/// Whether the variable is the coordinate of a dimension of its own group.
[[nodiscard]] bool is_coordinate(const Group& group, const Variable& variable);

/// Elements of a variable with these axes; at most 2^63 - 1, here and below.
[[nodiscard]] std::uint64_t element_count(const std::vector<Axis>& axes);

/// Bytes of all variables together: what the file takes once every case is done, but for some kB of metadata.
[[nodiscard]] std::uint64_t data_bytes(const Schema& schema);

}  // namespace spinsweep::store
