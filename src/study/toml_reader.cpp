#include "study/toml_reader.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/printable.hpp"
#include "study/nearest.hpp"
#include "study/renamed_keys.hpp"

namespace spinsweep::study {

namespace {

std::string type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return "text";
    case toml::node_type::integer:
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

[[noreturn]] void fail_type(const toml::node& node, const std::string& name, const std::string& expected) {
  fail(node, fmt::format("{} is {}, expected {}", name, type_name(node), expected));
}

toml::table parse_one(const std::string& text, const std::string& source) {
  try {
    return toml::parse(text, source);
  } catch (const toml::parse_error& error) {
    const auto& begin = error.source().begin;
    throw InputError(fmt::format("{}:{}:{}: {}", source, begin.line, begin.column, printable(error.description())));
  }
}

/// Nodes are moved, for a copy forgets its place.
void merge(toml::table& target, toml::table&& changes) {
  for (auto&& [key, value] : changes) {
    toml::node* present = target.get(key);
    if (present != nullptr && present->is_table() && value.is_table()) {
      merge(*present->as_table(), std::move(*value.as_table()));
    } else {
      value.visit(
          [&target, name = std::string(key.str())](auto& node) { target.insert_or_assign(name, std::move(node)); });
    }
  }
}

/// What names the place of nodes that the command line gives.
constexpr std::string_view override_mark = "--set ";

/// "key=value" as a document of one key.
toml::table parse_override(const std::string& text) {
  const std::string source = std::string(override_mark) + text;
  if (text.find('=') == std::string::npos || text.find_first_of("\r\n") != std::string::npos) {
    throw InputError(fmt::format("{}: expected key=value, such as synapse.cell=5e-9", printable(source)));
  }
  try {
    return toml::parse(text, source);
  } catch (const toml::parse_error& error) {
    throw InputError(fmt::format("{}: {}; expected key=value with a TOML value, text in quotes", printable(source),
                                 printable(error.description())));
  }
}

bool is_override(const toml::source_region& source) {
  return source.path && source.path->starts_with(override_mark);
}

std::string place(const toml::source_region& source) {
  if (is_override(source)) {
    return printable(*source.path);
  }
  return fmt::format("{}:{}:{}", source.path ? *source.path : std::string("sweep"), source.begin.line,
                     source.begin.column);
}

}  // namespace

bool is_override(const std::string& place) {
  return place.starts_with(override_mark);
}

std::string place(const toml::node& node) {
  return place(node.source());
}

void fail(const toml::node& node, const std::string& message) {
  throw InputError(place(node) + ": " + printable(message));
}

double read_number(const toml::node& node, const std::string& name) {
  if (!node.is_number()) {
    fail_type(node, name, "a number");
  }
  // Not value<double>(), which is empty for whole numbers that no double holds exactly.
  const auto* integer = node.as_integer();
  const double value = integer != nullptr ? static_cast<double>(integer->get()) : node.as_floating_point()->get();
  if (!std::isfinite(value)) {
    fail(node, name + " is not finite, expected an ordinary number");
  }
  return value;
}

std::int64_t read_integer(const toml::node& node, const std::string& name, std::int64_t lowest, std::int64_t highest) {
  if (const auto* integer = node.as_integer()) {
    const std::int64_t value = integer->get();
    if (value < lowest || value > highest) {
      fail(node, fmt::format("{} is {}, expected {} to {}", name, value, lowest, highest));
    }
    return value;
  }
  const double value = read_number(node, name);
  if (value != std::round(value)) {
    fail(node, fmt::format("{} is {:g}, expected a whole number", name, value));
  }
  if (value < static_cast<double>(lowest) || value > static_cast<double>(highest)) {
    fail(node, fmt::format("{} is {:g}, expected {} to {}", name, value, lowest, highest));
  }
  return static_cast<std::int64_t>(value);
}

bool read_bool(const toml::node& node, const std::string& name) {
  if (!node.is_boolean()) {
    fail_type(node, name, "true or false");
  }
  return *node.value<bool>();
}

std::string read_string(const toml::node& node, const std::string& name) {
  if (!node.is_string()) {
    fail_type(node, name, "text in quotes");
  }
  return *node.value<std::string>();
}

const toml::table& read_table(const toml::node& node, const std::string& name) {
  if (!node.is_table()) {
    fail_type(node, name, "a table");
  }
  return *node.as_table();
}

std::vector<std::string> read_strings(const toml::node& node, const std::string& name) {
  if (!node.is_array()) {
    fail_type(node, name, "a list of texts");
  }
  std::vector<std::string> list;
  for (const auto& element : *node.as_array()) {
    list.push_back(read_string(element, name));
  }
  return list;
}

void fail_unknown(const toml::key& key, const toml::node& node, const std::vector<std::string>& known,
                  const std::string& name_in_full) {
  const std::string name(key.str());
  const std::string renamed = new_name_of_key(name_in_full.empty() ? name : name_in_full);
  const std::string like = renamed.empty() ? nearest(name, known) : "";
  const std::string advice = !renamed.empty() ? fmt::format("; it is called {} now", renamed)
                             : !like.empty()  ? fmt::format("; did you mean {}?", like)
                                              : "";
  // A key that an override has put into a table of the file has no place of its own.
  const bool is_in_file = key.source().path && !is_override(node.source());
  throw InputError(place(is_in_file ? key.source() : node.source()) + ": " +
                   printable(fmt::format("unknown key {}{}", name, advice)));
}

toml::table parse_document(const std::string& text, const std::string& source,
                           const std::vector<std::string>& overrides) {
  toml::table document = parse_one(text, source);
  for (const auto& change : overrides) {
    merge(document, parse_override(change));
  }
  return document;
}

}  // namespace spinsweep::study
