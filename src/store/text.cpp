#include "store/text.hpp"

#include <algorithm>

namespace spinsweep::store {

namespace {

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Bytes of the UTF-8 character that starts the text; 0 if none does. Overlong forms, surrogates and values past
/// U+10FFFF are no characters: Python refuses them.
std::size_t character_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first == 0) {
    return 0;
  }
  if (first < 0x80) {
    return 1;
  }
  const std::size_t length = first >= 0xC2 && first < 0xE0   ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || text.size() < length || !std::ranges::all_of(text.substr(1, length - 1), is_continuation)) {
    return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool outside = (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
  return overlong || outside ? 0 : length;
}

}  // namespace

std::string to_row(std::string_view text, std::size_t length) {
  std::string row;
  while (!text.empty()) {
    const std::size_t bytes = character_length(text);
    const std::string_view character = bytes == 0 ? std::string_view("?") : text.substr(0, bytes);
    if (row.size() + character.size() > length) {
      break;
    }
    row += character;
    text.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
  row.resize(length, '\0');
  return row;
}

std::string from_row(std::string_view row) {
  const auto last = row.find_last_not_of('\0');
  return std::string(row.substr(0, last == std::string_view::npos ? 0 : last + 1));
}

}  // namespace spinsweep::store
