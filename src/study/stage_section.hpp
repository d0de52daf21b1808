#pragma once

#include <algorithm>
#include <any>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/key_table.hpp"
#include "study/study.hpp"

namespace spinsweep::study {

/// A section of the sweep file that a stage above this folder has declared. Its settings are held as std::any.
struct StageSection {
  std::string name;
  std::any defaults;
  std::vector<keys::Key<std::any>> keys;
  /// What is wrong with settings that are each in range; empty if nothing is.
  std::function<std::string(const std::any&)> fault;
};

/// All that the program has, by name.
[[nodiscard]] std::vector<StageSection>& stage_sections();

/// Declares a section of the sweep file that fills a struct, at namespace scope in a header of the stage:
///
///     inline const study::DeclaredSection<PinningSettings> section{"pinning"};
///
/// The struct may have a function `std::string fault() const`: what is wrong with settings that do not go together.
template <class Settings>
class DeclaredSection {
 public:
  explicit DeclaredSection(std::string name) : name_(std::move(name)) {
    StageSection section{name_, Settings(), {}, [](const std::any&) { return std::string(); }};
    if constexpr (requires(const Settings& settings) { settings.fault(); }) {
      section.fault = [](const std::any& held) { return std::any_cast<const Settings&>(held).fault(); };
    }
    for (const auto& key : keys::keys_of<Settings>()) {
      keys::Key<std::any>& any = section.keys.emplace_back();
      static_cast<keys::Description&>(any) = key;
      any.value = [key](const std::any& held) { return key.value(std::any_cast<const Settings&>(held)); };
      any.assign = [key](std::any& held, const keys::Value& value) {
        key.assign(std::any_cast<Settings&>(held), value);
      };
      any.is_given = [key](const std::any& held) { return key.is_given(std::any_cast<const Settings&>(held)); };
    }
    auto& all = stage_sections();
    all.insert(std::ranges::upper_bound(all, name_, {}, &StageSection::name), std::move(section));
  }

  /// Whether the sweep file has the section.
  [[nodiscard]] bool is_in(const Study& study) const { return study.stages.contains(name_); }

  /// What it says. Errors: std::out_of_range if the file has no such section.
  [[nodiscard]] const Settings& of(const Study& study) const {
    return std::any_cast<const Settings&>(study.stages.at(name_));
  }

 private:
  std::string name_;
};

}  // namespace spinsweep::study
