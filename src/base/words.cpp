#include "base/words.hpp"

#include <fmt/format.h>

#include <charconv>
#include <system_error>

namespace spinsweep {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::optional<double> number_in(std::string_view word) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc() && end == word.data() + word.size() ? std::optional(value) : std::nullopt;
}

std::string counted(std::int64_t count, std::string_view noun, std::string_view plural) {
  if (count != 1 && !plural.empty()) {
    return fmt::format("{} {}", count, plural);
  }
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace spinsweep
