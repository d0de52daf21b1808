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

/// Options whose messages and help say what a newcomer needs to know.
namespace spinsweep::cli {

/// Errors: CLI::ValidationError "--name: x is no whole number from lowest on" if the text is something else.
[[nodiscard]] std::int64_t parse_whole_number(const std::string& name, const std::string& text, std::int64_t lowest,
                                              std::int64_t highest);

/// A whole number, lowest or more. Target: an integer or an optional one.
template <class Integer, class Target>
CLI::Option* add_whole_number(CLI::App& command, const std::string& name, Target& target, std::int64_t lowest,
                              const std::string& description) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  constexpr auto highest =
      std::in_range<Integer>(most) ? most : static_cast<std::int64_t>(std::numeric_limits<Integer>::max());
  return command
      .add_option_function<std::string>(
          name,
          [&target, name, lowest](const std::string& text) {
            target = static_cast<Integer>(parse_whole_number(name, text, lowest, highest));
          },
          description)
      ->type_name("N");
}

template <class Integer>
CLI::Option* add_whole_number(CLI::App& command, const std::string& name, Integer& target, std::int64_t lowest,
                              const std::string& description) {
  return add_whole_number<Integer, Integer>(command, name, target, lowest, description);
}

template <class Integer>
CLI::Option* add_whole_number(CLI::App& command, const std::string& name, std::optional<Integer>& target,
                              std::int64_t lowest, const std::string& description) {
  return add_whole_number<Integer, std::optional<Integer>>(command, name, target, lowest, description);
}

/// One of a few words. Others are refused with "--name: x is none of a, b, c".
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
            const auto chosen =
                std::find_if(choices.begin(), choices.end(), [&](const auto& each) { return each.first == text; });
            if (chosen == choices.end()) {
              throw CLI::ValidationError(name, fmt::format("{} is none of {}", text, fmt::join(words, ", ")));
            }
            target = chosen->second;
          },
          description)
      ->type_name(fmt::format("{}", fmt::join(words, "|")));
}

/// The option --set of every subcommand that reads a sweep file.
CLI::Option* add_overrides(CLI::App& command, std::vector<std::string>& overrides);

}  // namespace spinsweep::cli
