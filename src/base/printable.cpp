#include "base/printable.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace spinsweep {

std::string printable(std::string_view text) {
  constexpr std::size_t most_bytes = 300;
  std::size_t end = std::min(text.size(), most_bytes);
  // Not inside a UTF-8 character.
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  std::string line;
  for (const char character : text.substr(0, end)) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '\n') {
      line += "\\n";
    } else if (character == '\t') {
      line += "\\t";
    } else if (byte < 0x20U || byte == 0x7fU) {
      line += fmt::format("\\x{:02x}", byte);
    } else {
      line += character;
    }
  }
  return end < text.size() ? line + "..." : line;
}

}  // namespace spinsweep
