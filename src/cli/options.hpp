#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Options with messages and help for newcomers.
namespace spinsweep::cli {

/// Errors: CLI::ValidationError "--name: invalid value 'x': must be an integer >= lowest".
[[nodiscard]] std::int64_t parse_integer(const std::string& name, const std::string& text, std::int64_t lowest,
                                         std::int64_t highest);

/// "invalid value 'x' (choose from a, b, c)"
[[nodiscard]] std::string invalid_choice(const std::string& text, const std::vector<std::string>& choices);

template <class Target>
struct IntegerOf {
  using type = Target;
};
template <class Integer>
struct IntegerOf<std::optional<Integer>> {
  using type = Integer;
};

/// An integer >= lowest. Target: an integer or an optional one.
template <class Target>
CLI::Option* add_integer(CLI::App& command, const std::string& name, Target& target, std::int64_t lowest,
                         const std::string& description) {
  using Integer = typename IntegerOf<Target>::type;
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  constexpr auto highest =
      std::in_range<Integer>(most) ? most : static_cast<std::int64_t>(std::numeric_limits<Integer>::max());
  return command
      .add_option_function<std::string>(
          name,
          [&target, name, lowest](const std::string& text) {
            target = static_cast<Integer>(parse_integer(name, text, lowest, highest));
          },
          description)
      ->type_name("N");
}

/// One of a few words. Errors: CLI::ValidationError "--name: invalid value 'x' (choose from a, b, c)".
template <class Value>
CLI::Option* add_choice(CLI::App& command, const std::string& name, Value& target,
                        const std::vector<std::pair<std::string, Value>>& choices, const std::string& description) {
  std::vector<std::string> words;
  std::transform(choices.begin(), choices.end(), std::back_inserter(words),
                 [](const auto& each) { return each.first; });
  return command
      .add_option_function<std::string>(
          name,
          [&target, name, choices, words](const std::string& text) {
            const auto chosen = std::find(words.begin(), words.end(), text);
            if (chosen == words.end()) {
              throw CLI::ValidationError(name, invalid_choice(text, words));
            }
            target = choices[static_cast<std::size_t>(chosen - words.begin())].second;
          },
          description)
      ->type_name(fmt::format("{}", fmt::join(words, "|")));
}

/// The option --set of every subcommand that reads a sweep file.
CLI::Option* add_overrides(CLI::App& command, std::vector<std::string>& overrides);

}  // namespace spinsweep::cli
