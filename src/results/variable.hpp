#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "device/parameters.hpp"
#include "results/dimension.hpp"
#include "store/case_status.hpp"
#include "store/schema.hpp"
#include "store/types.hpp"

namespace spinsweep::results {

/// What a variable is to a reader: the attribute `role`.
enum class Role { result, axis, coordinate, name, status, message, cost, checkpoint };

/// "result", "axis", ...
[[nodiscard]] std::string_view name_of(Role role);

class Group;

/// The declaration of a variable.
struct Description {
  const Group* group = nullptr;
  std::string name;
  store::Type type = store::Type::float64;
  Dimensions dimensions;
  std::string units;
  std::string long_name;
  std::string short_name;  ///< as figures and tables call it; empty: its name in words
  std::string remark;      ///< for docs/results-file.md only
  std::string coordinates;
  Role role = Role::result;
  bool zero_until_written = false;  ///< else a float64 reads as NaN until it is known
  bool kept = false;                ///< see KeptColumns
  std::vector<store::Flag> flags;
  const Description* status = nullptr;           ///< decides whether a row counts
  bool (*exists)(const LayoutInput&) = nullptr;  ///< nullptr: always
  std::function<store::InitialData(const LayoutInput&)> initial;
};

/// A group of the results file and the variables declared for it, in the order of their declarations.
class Group {
 public:
  /// Variables that follow from what a study sweeps.
  using SweptAxes = std::vector<Description> (*)(const LayoutInput&);
  /// For a group that each kind of device has, with the same variables.
  struct OfEachKind {};

  /// condition: which studies have it; nullptr: all.
  explicit Group(std::string path, bool (*condition)(const study::Study&) = nullptr, SweptAxes axes = nullptr)
      : path_(std::move(path)), exists_(condition), swept_axes_(axes) {}
  Group(OfEachKind /*tag*/, SweptAxes axes) : swept_axes_(axes) {}
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;
  Group(Group&&) = delete;
  Group& operator=(Group&&) = delete;
  ~Group() = default;

  void add(const Description& description) { variables_.push_back(&description); }

  [[nodiscard]] const std::vector<const Description*>& variables() const { return variables_; }
  [[nodiscard]] SweptAxes swept_axes() const { return swept_axes_; }

  [[nodiscard]] bool is_of_each_kind() const { return path_.empty(); }
  [[nodiscard]] bool exists(const study::Study& study) const { return exists_ == nullptr || exists_(study); }

  [[nodiscard]] const std::string& path() const { return path_; }
  /// "/synapse", of a group that each kind has.
  [[nodiscard]] static std::string path_of(const device::Kind& kind) { return "/" + std::string(kind.name); }

 private:
  std::string path_;
  bool (*exists_)(const study::Study&) = nullptr;
  SweptAxes swept_axes_;
  std::vector<const Description*> variables_;
};

/// A variable of the results file, declared at namespace scope by the stage that makes it:
///
///     inline const Variable<double> test_accuracy{network_group, "test_accuracy", run + deployment, "1",
///                                                 "fraction of test images classified correctly",
///                                                 governed_by(status)};
/// T: store::Storable, or std::string for texts that are known when the file is created.
template <class T>
class Variable {
 public:
  /// options: governed_by() and the other functions at the end of this header.
  template <class... Options>
  Variable(Group& group, std::string name, Dimensions dimensions, std::string units, std::string long_name,
           const Options&... options) {
    description_.group = &group;
    description_.name = std::move(name);
    description_.type = store::type_of<T>();
    description_.dimensions = std::move(dimensions);
    description_.units = std::move(units);
    description_.long_name = std::move(long_name);
    (options(description_), ...);
    group.add(description_);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  Variable(Variable&&) = delete;
  Variable& operator=(Variable&&) = delete;
  ~Variable() = default;

  [[nodiscard]] const Description& description() const { return description_; }
  [[nodiscard]] const Dimensions& dimensions() const { return description_.dimensions; }

 private:
  Description description_;
};

/// How far each case, training, ... is: a store::CaseStatus.
class Status : public Variable<std::int8_t> {
 public:
  template <class... Options>
  Status(Group& group, std::string name, Dimensions dimensions, std::string long_name, const Options&... options)
      : Variable(
            group, std::move(name), std::move(dimensions), "", std::move(long_name),
            [](Description& variable) {
              variable.role = Role::status;
              variable.kept = true;
              variable.flags = store::status_flags();
            },
            options...) {}
};

/// The names of what lies along a dimension, which follow from the study.
class Names : public Variable<std::string> {
 public:
  template <class... Options>
  Names(Group& group, std::string name, const Dimension& dimension, std::string long_name,
        std::function<store::InitialData(const LayoutInput&)> names, const Options&... options)
      : Variable(
            group, std::move(name), {&dimension}, "", std::move(long_name),
            [&names](Description& variable) {
              variable.role = Role::name;
              variable.initial = std::move(names);
            },
            options...) {}
};

/// Rows of the variable count where the status is done: they are merged, reused and copied with it. The variable's
/// first dimensions must be those of the status.
inline auto governed_by(const Status& status) {
  return [&status](Description& variable) { variable.status = &status.description(); };
}

/// Only files whose study fulfils this have the variable.
inline auto only_if(bool (*exists)(const LayoutInput&)) {
  return [exists](Description& variable) { variable.exists = exists; };
}

/// What the variable holds from the beginning.
inline auto filled_with(std::function<store::InitialData(const LayoutInput&)> initial) {
  return [initial = std::move(initial)](Description& variable) { variable.initial = initial; };
}

inline auto acting_as(Role role) {
  return [role](Description& variable) { variable.role = role; };
}

/// The name in figures and tables.
inline auto called(const char* short_name) {
  return [short_name](Description& variable) { variable.short_name = short_name; };
}

/// For docs/results-file.md, behind the long name.
inline auto remark(const char* text) {
  return [text](Description& variable) { variable.remark = text; };
}

/// Of a variable that is a code.
inline auto meaning(std::vector<store::Flag> flags) {
  return [flags = std::move(flags)](Description& variable) { variable.flags = flags; };
}

inline auto with_coordinates(const char* names) {
  return [names](Description& variable) { variable.coordinates = names; };
}

/// For large variables: until a row is written it holds zeros, which take no time to write.
inline constexpr auto zero_until_written = [](Description& variable) { variable.zero_until_written = true; };

/// An open file keeps a copy in memory of what is read and written, see KeptColumns.
inline constexpr auto kept_in_memory = [](Description& variable) { variable.kept = true; };

}  // namespace spinsweep::results
