#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/key.hpp"

namespace spinsweep::keys {

/// What a table of a list says: its keys, in the order of their declaration, and their values.
using Row = std::vector<std::pair<std::string, std::variant<bool, std::int64_t, double, std::string>>>;

using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::int64_t>, std::vector<std::string>,
                           std::vector<Row>>;

/// The alternatives of Value, in their order.
enum class Type { boolean, integer, number, text, integers, texts, tables };

/// Everything about a key but the member it fills.
struct Description {
  std::string path;  ///< "pulse.current_density"
  Type type = Type::number;
  std::string unit = "1";            ///< SI
  Range range = any;                 ///< of numbers, also of those in a list
  std::vector<std::string> choices;  ///< the texts that are accepted; empty: all
  std::string doc;                   ///< its documentation
  std::string long_name;             ///< the documentation up to its first semicolon, as results files have it
  Role role = Role::physics;
  bool is_axis = true;                ///< whether a number or a choice can be swept
  std::string only_for;               ///< which kinds of device have it, device::Kind::has_keys_for(); empty: all
  std::string follows;                ///< what it follows from where it is not given, "length/count"; empty: nothing
  std::function<void(Value&)> check;  ///< refuses a value (InputError) or brings it into its usual form
  std::vector<Description> columns;   ///< the keys that each table of a list may have
  bool is_required = false;           ///< of a key in a table of a list

  [[nodiscard]] bool is_numeric() const { return type == Type::integer || type == Type::number; }
  /// Whether the key names one of a few choices; as a number it is their index.
  [[nodiscard]] bool is_choice() const { return type == Type::text && !choices.empty(); }
  [[nodiscard]] bool can_be_swept() const { return (is_numeric() && is_axis) || is_choice(); }
};

/// One key of `Target`, the struct that its section of the sweep file fills.
template <class Target>
struct Key : Description {
  std::function<Value(const Target&)> value;  ///< what holds, given or not
  std::function<void(Target&, const Value&)> assign;
  std::function<bool(const Target&)> is_given;  ///< false if it follows from others, is unlimited or empty

  /// Of keys that can be swept, as a double: the number, or the index of the choice.
  [[nodiscard]] double get(const Target& target) const {
    const Value held = value(target);
    if (const auto* choice = std::get_if<std::string>(&held)) {
      return static_cast<double>(std::find(choices.begin(), choices.end(), *choice) - choices.begin());
    }
    const auto* integer = std::get_if<std::int64_t>(&held);
    return integer != nullptr ? static_cast<double>(*integer) : std::get<double>(held);
  }
  void set(Target& target, double number) const {
    if (is_choice()) {
      assign(target, choices.at(static_cast<std::size_t>(std::llround(number))));
    } else {
      assign(target, type == Type::integer ? Value(std::int64_t{std::llround(number)}) : Value(number));
    }
  }
};

namespace detail {

template <class Member>
struct is_optional : std::false_type {};
template <class Member>
struct is_optional<std::optional<Member>> : std::true_type {};

/// The alternative of Value that holds a member of this type; an enumerator is held by its name.
template <class Member>
struct held_as {
  using type = std::conditional_t<std::is_enum_v<Member>, std::string, Member>;
};
template <>
struct held_as<int> {
  using type = std::int64_t;
};
template <class Member>
struct held_as<std::optional<Member>> {
  using type = typename held_as<Member>::type;
};
template <>
struct held_as<std::vector<int>> {
  using type = std::vector<std::int64_t>;
};

/// The Type of the alternative `Held`.
template <class Held, std::size_t index = 0>
constexpr Type type_holding() {
  if constexpr (std::is_same_v<Held, std::variant_alternative_t<index, Value>>) {
    return static_cast<Type>(index);
  } else {
    return type_holding<Held, index + 1>();
  }
}

/// `names` of the enumerators, which count from 0.
template <class Member>
Value to_value(const Member& member, const std::vector<std::string>& names) {
  if constexpr (std::is_enum_v<Member>) {
    return names.at(static_cast<std::size_t>(member));
  } else if constexpr (is_optional<Member>::value) {
    return member ? to_value(*member, names) : Value();
  } else if constexpr (std::is_same_v<Member, std::vector<int>>) {
    return std::vector<std::int64_t>(member.begin(), member.end());
  } else {
    return static_cast<typename held_as<Member>::type>(member);
  }
}

template <class Member>
void from_value(const Value& value, const std::vector<std::string>& names, Member& member) {
  const auto& held = std::get<typename held_as<Member>::type>(value);
  if constexpr (is_optional<Member>::value) {
    from_value(value, names, member.emplace());
  } else if constexpr (std::is_enum_v<Member>) {
    std::size_t index = 0;
    while (names.at(index) != held) {
      ++index;
    }
    member = static_cast<Member>(index);
  } else if constexpr (std::is_same_v<Member, std::vector<int>>) {
    member.assign(held.begin(), held.end());
  } else {
    member = static_cast<Member>(held);
  }
}

/// A value in a table of a list, which holds no lists itself.
inline Row::value_type::second_type to_cell(const Value& value) {
  return std::visit(
      [](const auto& held) -> Row::value_type::second_type {
        if constexpr (std::is_constructible_v<Row::value_type::second_type, decltype(held)>) {
          return held;
        } else {
          throw Error("a table of a list holds a list");
        }
      },
      value);
}

/// Whether an optional key has been given a value.
template <class Member>
bool says_something(const Member& member) {
  if constexpr (is_optional<Member>::value) {
    return member.has_value();
  } else if constexpr (std::is_same_v<Member, double>) {
    return !std::isinf(member);
  } else if constexpr (std::is_same_v<Member, std::string> || std::is_same_v<Member, std::vector<std::string>>) {
    return !member.empty();
  } else {
    return true;
  }
}

}  // namespace detail

template <class Target>
const std::vector<Key<Target>>& keys_of();

/// What a struct `Owner`, itself or as a part of `Target`, declares its keys with. Each call returns the key, so that
/// rarer properties can be set: key("voltage", ...).only_for = "levels".
template <class Target, class Owner, class Access>
class Declarer {
 public:
  Declarer(std::vector<Key<Target>>& keys, std::string prefix, Access access)
      : keys_(keys), prefix_(std::move(prefix)), access_(access) {}

  /// A number or an integer.
  template <class Member>
  Key<Target>& operator()(const std::string& name, Member Owner::*member, const std::string& unit, Range range,
                          const std::string& doc, Role role = Role::physics) {
    Key<Target>& key = add(name, member, {}, doc, role);
    key.unit = unit;
    key.range = range;
    return key;
  }

  /// A number that follows from others where it is not given: `follows` is the formula for the documentation,
  /// `what_follows` computes it.
  Key<Target>& following(const std::string& name, std::optional<double> Owner::*member, const std::string& unit,
                         Range range, const std::string& doc, const std::string& follows,
                         double (*what_follows)(const Target&)) {
    Key<Target>& key = add(name, member, {}, doc, Role::physics);
    key.unit = unit;
    key.range = range;
    key.follows = follows;
    key.value = [access = access_, member, what_follows](const Target& target) -> Value {
      const std::optional<double>& given = access(target).*member;
      return given ? *given : what_follows(target);
    };
    return key;
  }

  /// True or false, a text, or a list of texts.
  template <class Member>
  Key<Target>& operator()(const std::string& name, Member Owner::*member, const std::string& doc,
                          Role role = Role::physics) {
    return add(name, member, {}, doc, role);
  }

  /// One of several texts, or a list of some of them. An enumeration counts from 0 in the order of the choices.
  template <class Member>
  Key<Target>& operator()(const std::string& name, Member Owner::*member, std::vector<std::string> choices,
                          const std::string& doc, Role role = Role::physics) {
    return add(name, member, std::move(choices), doc, role);
  }

  /// Texts that `check` refuses (InputError) or brings into their usual form.
  Key<Target>& checked(const std::string& name, std::vector<std::string> Owner::*member,
                       std::vector<std::string> choices, void (*check)(std::vector<std::string>&),
                       const std::string& doc) {
    Key<Target>& key = add(name, member, std::move(choices), doc, Role::physics);
    key.check = [check](Value& value) { check(std::get<std::vector<std::string>>(value)); };
    return key;
  }

  /// A list of tables; `Element` declares the keys of each.
  template <class Element>
  Key<Target>& list(const std::string& name, std::vector<Element> Owner::*member, const std::string& doc,
                    Role role = Role::physics) {
    Key<Target>& key = keys_.emplace_back();
    key.path = prefix_ + name;
    key.type = Type::tables;
    key.long_name = doc.substr(0, doc.find(';'));
    key.doc = doc;
    key.role = role;
    const auto& columns = keys_of<Element>();
    key.columns.assign(columns.begin(), columns.end());
    key.value = [access = access_, member, &columns](const Target& target) -> Value {
      std::vector<Row> rows;
      for (const Element& element : access(target).*member) {
        Row& row = rows.emplace_back();
        for (const auto& column : columns) {
          if (column.is_given(element)) {
            row.emplace_back(column.path, detail::to_cell(column.value(element)));
          }
        }
      }
      return rows;
    };
    key.assign = [access = access_, member, &columns](Target& target, const Value& value) {
      auto& elements = access(target).*member;
      elements.clear();
      for (const Row& row : std::get<std::vector<Row>>(value)) {
        Element& element = elements.emplace_back();
        for (const auto& [path, cell] : row) {
          const auto column =
              std::find_if(columns.begin(), columns.end(), [&path = path](const auto& c) { return c.path == path; });
          std::visit([&](const auto& held) { column->assign(element, held); }, cell);
        }
      }
    };
    key.is_given = [access = access_, member](const Target& target) { return !(access(target).*member).empty(); };
    return key;
  }

  /// The keys of a member that is a struct, below `name`; beside the own keys if it is empty.
  template <class Part>
  void table(const std::string& name, Part Owner::*member) {
    const auto part_of = [ access = access_, member ](auto& target) -> auto& {
      return access(target).*member;
    };
    Declarer<Target, Part, decltype(part_of)> part(keys_, name.empty() ? prefix_ : prefix_ + name + ".", part_of);
    Part::declare(part);
  }

  /// The keys of a base class; only_for: of those that do not say it themselves.
  template <class Base>
  void base(std::string_view only_for = {}) {
    const std::size_t first = keys_.size();
    Declarer<Target, Base, Access> part(keys_, prefix_, access_);
    Base::declare(part);
    for (std::size_t k = first; k < keys_.size(); ++k) {
      if (keys_[k].only_for.empty()) {
        keys_[k].only_for = only_for;
      }
    }
  }

 private:
  template <class Member>
  Key<Target>& add(const std::string& name, Member Owner::*member, std::vector<std::string> choices,
                   const std::string& doc, Role role) {
    Key<Target>& key = keys_.emplace_back();
    key.path = prefix_ + name;
    key.type = detail::type_holding<typename detail::held_as<Member>::type>();
    key.long_name = doc.substr(0, doc.find(';'));
    key.doc = doc;
    key.role = role;
    key.value = [access = access_, member, choices](const Target& target) {
      return detail::to_value(access(target).*member, choices);
    };
    key.assign = [access = access_, member, choices](Target& target, const Value& value) {
      detail::from_value(value, choices, access(target).*member);
    };
    key.is_given = [access = access_, member](const Target& target) {
      return detail::says_something(access(target).*member);
    };
    key.choices = std::move(choices);
    return key;
  }

  std::vector<Key<Target>>& keys_;
  std::string prefix_;
  Access access_;
};

/// The keys that a struct declares, in that order.
template <class Target>
const std::vector<Key<Target>>& keys_of() {
  static const auto list = [] {
    std::vector<Key<Target>> keys;
    const auto itself = [](auto& target) -> auto& {
      return target;
    };
    Declarer<Target, Target, decltype(itself)> key(keys, "", itself);
    Target::declare(key);
    return keys;
  }();
  return list;
}

}  // namespace spinsweep::keys
