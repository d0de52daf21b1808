#pragma once

#include <string>
#include <vector>

#include "base/key_table.hpp"
#include "study/parameter.hpp"
#include "study/study.hpp"

namespace spinsweep::study {

/// A number as TOML, with as many digits as bring the same number back.
[[nodiscard]] std::string toml_number(double value);

/// A string as TOML.
[[nodiscard]] std::string toml_text(const std::string& text);

/// The values of an axis, [value, value, ...]
[[nodiscard]] std::string toml_list(const Parameter& parameter, const std::vector<double>& values);

/// The value of a key as TOML.
[[nodiscard]] std::string toml_value(const keys::Value& value);

/// The sweep file with every default filled in, keys in the order of the documentation: two files that mean the same
/// study have the same text, and reading the text gives that study again.
[[nodiscard]] std::string resolved_text(const Study& study);

/// The first line in which two resolved texts differ, for a message: "[material] dmi = 0.001" and the like, or
/// "nothing" where one text has ended. Both are empty if the studies are the same. Keys that say how a study is run
/// (where the data lie, how long a case may take), not what it finds, do not count.
struct Difference {
  std::string first;
  std::string second;
};
[[nodiscard]] Difference first_difference(const std::string& first, const std::string& second);

}  // namespace spinsweep::study
