#include "base/wrapped_text.hpp"

#include <sstream>

namespace spinsweep {

std::string wrapped(const std::string& text, std::size_t indent) {
  constexpr std::size_t columns = 80;
  std::istringstream words(text);
  std::string lines;
  std::size_t column = indent;
  for (std::string word; words >> word;) {
    if (column == indent) {
      lines += word;
    } else if (column + 1 + word.size() < columns) {
      lines += ' ' + word;
      ++column;
    } else {
      lines += '\n' + std::string(indent, ' ') + word;
      column = indent;
    }
    column += word.size();
  }
  return lines;
}

}  // namespace spinsweep
