#include "study/toml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/printable.hpp"
#include "study/nearest.hpp"
#include "study/parameter.hpp"
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

/// Whether any key of a device is below that path.
bool holds_device_keys(const std::string& path) {
  const std::string prefix = path + ".";
  return std::ranges::any_of(device_keys(), [&](const auto& key) { return key.path.starts_with(prefix); });
}

/// Moves the axes of a sweep whose keys are not in quotes, pulse.current_density = [...], out of the tables that TOML
/// makes of them.
void flatten(toml::table&& nested, const std::string& path, toml::table& sweep) {
  for (auto&& [key, value] : nested) {
    const std::string name = path.empty() ? std::string(key.str()) : fmt::format("{}.{}", path, key.str());
    if (value.is_table() && holds_device_keys(name)) {
      flatten(std::move(*value.as_table()), name, sweep);
    } else if (sweep.contains(name)) {
      fail(value, fmt::format("{} is swept twice, in quotes and without", name));
    } else {
      // With the place of the key, which messages and the order of the axes need.
      value.visit(
          [&, place = key.source()](auto& node) { sweep.insert_or_assign(toml::key(name, place), std::move(node)); });
    }
  }
}

void flatten_sweeps(toml::table& document) {
  for (const device::Kind* kind : device::kinds()) {
    toml::table* section = document[kind->name].as_table();
    toml::table* sweep = section != nullptr ? (*section)["sweep"].as_table() : nullptr;
    if (sweep != nullptr) {
      toml::table nested = std::move(*sweep);
      sweep->clear();
      flatten(std::move(nested), "", *sweep);
    }
  }
}

/// An axis that the command line gives replaces that of the file; one of its keys alone changes that key, and a step
/// takes the place of a count and the other way round.
void replace_axis(toml::table& axis, const toml::table& change) {
  if (change.contains("from") && change.contains("to")) {
    axis.clear();
  } else if (change.contains("count")) {
    axis.erase("step");
  } else if (change.contains("step")) {
    axis.erase("count");
  }
}

/// `path`: of a table, with a dot behind it.
bool is_sweep(const std::string& path) {
  return std::ranges::any_of(device::kinds(),
                             [&](const auto* kind) { return path == fmt::format("{}.sweep.", kind->name); });
}

/// Nodes are moved, for a copy forgets its place. `path`: of the table, with a dot behind it.
void merge(toml::table& target, toml::table&& changes, const std::string& path = "") {
  for (auto&& [key, value] : changes) {
    toml::node* present = target.get(key);
    if (present != nullptr && present->is_table() && value.is_table()) {
      if (is_sweep(path)) {
        replace_axis(*present->as_table(), *value.as_table());
      }
      merge(*present->as_table(), std::move(*value.as_table()), fmt::format("{}{}.", path, key.str()));
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

/// The known word that `name` is the end of, as dmi is of material.dmi, or the nearest one; empty if none is near.
std::string suggestion(const std::string& name, const std::vector<std::string>& known) {
  const auto whole = std::ranges::find_if(known, [&](const auto& word) { return word.ends_with("." + name); });
  return whole != known.end() ? *whole : nearest(name, known);
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

const toml::table& read_table(const toml::node& node, std::string_view name) {
  if (!node.is_table()) {
    fail_type(node, std::string(name), "a table");
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
  const std::string like = renamed.empty() ? suggestion(name, known) : "";
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
  flatten_sweeps(document);
  for (const auto& change : overrides) {
    toml::table override = parse_override(change);
    flatten_sweeps(override);
    merge(document, std::move(override));
  }
  return document;
}

}  // namespace spinsweep::study
