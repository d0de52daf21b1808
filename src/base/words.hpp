#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace spinsweep {

/// What separates the words of a text.
inline constexpr std::string_view blanks = " \t\r\n";

/// The text without blanks at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// The number in a word, such as "1e-9"; none if it holds anything else.
[[nodiscard]] std::optional<double> number_in(std::string_view word);

/// "1 case", "2 cases". `plural`: where the noun takes more than an s.
[[nodiscard]] std::string counted(std::int64_t count, std::string_view noun, std::string_view plural = {});
[[nodiscard]] std::string counted(std::integral auto count, std::string_view noun, std::string_view plural = {}) {
  return counted(static_cast<std::int64_t>(count), noun, plural);
}

}  // namespace spinsweep
