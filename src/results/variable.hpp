#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "device/parameters.hpp"
#include "results/dimension.hpp"
#include "store/schema.hpp"
#include "store/types.hpp"

namespace spinsweep::results {

/// What a variable is to a reader: the attribute `role`.
enum class Role { result, axis, coordinate, name, status, message, cost, checkpoint };

/// "result", "axis", ...
[[nodiscard]] std::string_view name_of(Role role);

class Group;

/// What is declared of a variable.
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
  bool kept = false;                ///< see Results::kept()
  std::vector<store::Flag> flags;
  const Description* status = nullptr;           ///< what says whether a row counts
  bool (*exists)(const LayoutInput&) = nullptr;  ///< nullptr: always
  std::function<store::InitialData(const LayoutInput&)> initial;
};

/// Something said of a variable besides its type, dimensions and unit.
using Option = std::function<void(Description&)>;

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
///     inline const Variable<double> test_accuracy{network_group, "test_accuracy", run + scheme, "1",
///                                                 "fraction of test images classified correctly",
///                                                 governed_by(scheme_status)};
template <store::Storable T>
class Variable {
 public:
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
      : Variable(group, std::move(name), std::move(dimensions), "", std::move(long_name), &Status::describe,
                 options...) {}

 private:
  static void describe(Description& description);
};

/// Rows of the variable count where the status says done: with the status they are merged, reused and copied. Its first
/// dimensions must be those of the status.
[[nodiscard]] Option governed_by(const Status& status);

/// Only files whose study fulfils this have the variable.
[[nodiscard]] Option only_if(bool (*exists)(const LayoutInput&));

/// What the variable holds from the beginning.
[[nodiscard]] Option filled_with(std::function<store::InitialData(const LayoutInput&)> initial);

[[nodiscard]] Option acting_as(Role role);

[[nodiscard]] Option called(std::string short_name);

/// For docs/results-file.md, behind the long name.
[[nodiscard]] Option remark(std::string text);

[[nodiscard]] Option with_coordinates(std::string names);

/// For large variables: until a row is written it holds zeros, which take no time to write.
[[nodiscard]] Option zero_until_written();

/// An open file keeps a copy in memory of what is read and written, see Results::kept().
[[nodiscard]] Option kept_in_memory();

}  // namespace spinsweep::results
