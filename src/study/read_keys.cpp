#include "study/read_keys.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "base/error.hpp"
#include "study/renamed_keys.hpp"
#include "study/sections.hpp"
#include "study/toml_reader.hpp"

namespace spinsweep::study {

namespace {

using keys::Description;
using keys::Type;
using keys::Value;

/// The end of a message about a number out of its range.
std::string accepted_numbers(const keys::Range& range) {
  if (range.lowest == keys::positive.lowest) {
    return "a positive number";
  }
  if (range.highest == keys::any.highest) {
    return fmt::format("{:g} or more", range.lowest);
  }
  return fmt::format("{:g} to {:g}", range.lowest, range.highest);
}

std::int64_t read_bounded_integer(const toml::node& node, const std::string& name, const keys::Range& range) {
  return read_integer(node, name, static_cast<std::int64_t>(range.lowest), static_cast<std::int64_t>(range.highest));
}

std::vector<std::int64_t> read_integers(const toml::node& node, const std::string& name, const keys::Range& range) {
  if (!node.is_array()) {
    fail(node, name + " must be a list of whole numbers");
  }
  std::vector<std::int64_t> values;
  for (const auto& element : *node.as_array()) {
    values.push_back(read_bounded_integer(element, name, range));
  }
  return values;
}

std::string read_text(const toml::node& node, const Description& key, const std::string& name) {
  std::string value = read_string(node, name);
  if (value.empty()) {
    fail(node, name + " is empty, expected text");
  }
  check_choice(node, key, name, value);
  return value;
}

/// One name or a list of different names.
std::vector<std::string> read_texts(const toml::node& node, const Description& key, const std::string& name) {
  auto values = node.is_string() ? std::vector{read_string(node, name)} : read_strings(node, name);
  if (values.empty()) {
    fail(node, fmt::format("{} is empty, expected at least one name", name));
  }
  std::set<std::string> known;
  for (const auto& value : values) {
    check_choice(node, key, name, value);
    if (!known.insert(value).second) {
      fail(node, fmt::format("{} names \"{}\" twice", name, value));
    }
  }
  return values;
}

Value read_unchecked(const toml::node& node, const Description& key, const std::string& name);

/// A list of tables of the keys in key.columns.
std::vector<keys::Row> read_rows(const toml::node& node, const Description& key, const std::string& name) {
  if (!node.is_array()) {
    fail(node, name + " must be a list of tables");
  }
  std::vector<std::string> known;
  std::ranges::transform(key.columns, std::back_inserter(known), &Description::path);
  std::vector<keys::Row> rows;
  for (const auto& element : *node.as_array()) {
    const std::string name_of_row = fmt::format("{}[{}]", name, rows.size());
    const toml::table& table = read_table(element, name_of_row);
    for (const auto& [path, value] : table) {
      if (std::ranges::find(known, path.str()) == known.end()) {
        fail_unknown(path, value, known);
      }
    }
    keys::Row& row = rows.emplace_back();
    for (const Description& column : key.columns) {
      const toml::node* cell = table.get(column.path);
      if (cell != nullptr) {
        const std::string full_name = fmt::format("{}.{}", name_of_row, column.path);
        row.emplace_back(column.path, keys::detail::to_cell(read_unchecked(*cell, column, full_name)));
      } else if (column.is_required) {
        fail(element, fmt::format("{} has no {}", name_of_row, column.path));
      }
    }
  }
  if (rows.empty()) {
    fail(node, name + " is empty, expected at least one table");
  }
  return rows;
}

Value read_unchecked(const toml::node& node, const Description& key, const std::string& name) {
  switch (key.type) {
    case Type::boolean:
      return read_bool(node, name);
    case Type::integer:
      return read_bounded_integer(node, name, key.range);
    case Type::integers:
      return read_integers(node, name, key.range);
    case Type::text:
      return read_text(node, key, name);
    case Type::texts:
      return read_texts(node, key, name);
    case Type::tables:
      return read_rows(node, key, name);
    case Type::number:
      break;
  }
  const double number = read_number(node, name);
  check_number(node, key, name, number);
  return number;
}

Value read_value(const toml::node& node, const Description& key, const std::string& name) {
  Value value = read_unchecked(node, key, name);
  if (key.check) {
    try {
      key.check(value);
    } catch (const InputError& error) {
      fail(node, fmt::format("{}: {}", name, error.what()));
    }
  }
  return value;
}

/// What may stand in a table of the section whose keys begin with `prefix`, for the "did you mean" of a mistake.
std::vector<std::string> names_below(const std::string& prefix, const std::vector<BoundKey>& keys) {
  std::vector<std::string> names;
  for (const auto& key : keys) {
    if (key.name.starts_with(prefix)) {
      const std::string rest = key.name.substr(prefix.size());
      names.push_back(rest.substr(0, rest.find('.')));
    }
  }
  return names;
}

void read_table_of_keys(const toml::table& table, const std::string& prefix, const std::vector<BoundKey>& keys,
                        Places& places, const std::vector<std::string>& others) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (std::find(others.begin(), others.end(), name) != others.end()) {
      continue;
    }
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const BoundKey& k) { return k.name == name; });
    if (found != keys.end()) {
      const Value value = read_value(node, *found->key, found->name_in_full);
      for (const BoundKey& bound : keys) {
        if (bound.name == name) {
          bound.assign(value);
        }
      }
      places[found->key->path] = place(node);
    } else if (names_below(name + ".", keys).empty()) {
      auto known = names_below(prefix, keys);
      if (prefix.empty()) {
        known.insert(known.end(), others.begin(), others.end());
      }
      const std::string& full = keys.front().name_in_full;
      fail_unknown(key, node, known, full.substr(0, full.size() - keys.front().name.size()) + name);
    } else if (!node.is_table()) {
      fail(node, fmt::format("{} must be a table", name));
    } else {
      read_table_of_keys(*node.as_table(), name + ".", keys, places, others);
    }
  }
}

BoundKey bind_one(const Parameter& key, std::string name, device::DeviceParameters& target) {
  return {&key, std::move(name), key.path, [&key, &target](const Value& value) { key.assign(target, value); }};
}

}  // namespace

std::vector<BoundKey> bind_shared(const std::string& section, device::DeviceParameters& target) {
  std::vector<BoundKey> bound;
  for (const auto& key : device_keys()) {
    if (shared_section(key.path) == section) {
      bound.push_back(bind_one(key, key.path.substr(section.size() + 1), target));
    }
  }
  return bound;
}

std::vector<BoundKey> bind_own(device::DeviceParameters& target) {
  std::vector<BoundKey> bound;
  for (const auto& key : device_keys()) {
    const std::string shared = shared_section(key.path);
    if (target.kind->has_keys_for(key.only_for) && (shared.empty() || shared == "material")) {
      bound.push_back(bind_one(key, key.path, target));
    }
  }
  return bound;
}

void read_keys(const toml::table& section, const std::vector<BoundKey>& keys, Places& places,
               const std::vector<std::string>& others) {
  read_table_of_keys(section, "", keys, places, others);
}

void check_number(const toml::node& node, const Description& key, const std::string& name, double value) {
  if (key.type == Type::integer && value != std::round(value)) {
    fail(node, fmt::format("{} is {:g}, expected a whole number", name, value));
  }
  if (value < key.range.lowest || value > key.range.highest) {
    fail(node, fmt::format("{} is {:g}, expected {}", name, value, accepted_numbers(key.range)));
  }
}

void check_choice(const toml::node& node, const Description& key, const std::string& name, const std::string& value) {
  if (const std::string renamed = new_name_of_choice(value); !renamed.empty() && (!key.choices.empty() || key.check)) {
    fail(node, fmt::format("{} is \"{}\", which is called \"{}\" now", name, value, renamed));
  }
  if (!key.choices.empty() && std::find(key.choices.begin(), key.choices.end(), value) == key.choices.end()) {
    fail(node, fmt::format("{} is \"{}\", expected {} of: {}", name, value, key.type == Type::text ? "one" : "some",
                           fmt::join(key.choices, ", ")));
  }
}

}  // namespace spinsweep::study
