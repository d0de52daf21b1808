#include "fuzz/mutate_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <string_view>

#include "fuzz/mutate_bytes.hpp"

namespace spinsweep::fuzz {

namespace {

using Tokens = std::vector<std::string>;

constexpr std::array<std::string_view, 24> hostile_numbers = {"nan",
                                                              "-nan",
                                                              "inf",
                                                              "-inf",
                                                              "0",
                                                              "-0.0",
                                                              "-1",
                                                              "1",
                                                              "2",
                                                              "3",
                                                              "0.5",
                                                              "1e-320",
                                                              "2.3e-308",
                                                              "1e-9",
                                                              "1e6",
                                                              "1e9",
                                                              "1e308",
                                                              "-1e308",
                                                              "1e999",
                                                              "1_000_000",
                                                              "2147483648",
                                                              "9223372036854775807",
                                                              "-9223372036854775808",
                                                              "18446744073709551616"};

constexpr std::array<std::string_view, 22> hostile_values = {"true",
                                                             "false",
                                                             "\"\"",
                                                             "\"text\"",
                                                             "'\\'",
                                                             "\"\\u0000\"",
                                                             "\"\\ud800\"",
                                                             "\"two\\nlines\"",
                                                             "\"\"\"\nlong\ntext\"\"\"",
                                                             "[]",
                                                             "[[]]",
                                                             "{}",
                                                             "[1, 1]",
                                                             "[1, \"a\"]",
                                                             "[1e-9, 2e-9, 3e-9]",
                                                             "[\"max_abs\", \"max_abs\"]",
                                                             "1979-05-27T07:32:00Z",
                                                             "07:32:00",
                                                             "{ from = 0, to = 0, count = 3 }",
                                                             "{ from = 1e-9, to = 1e-3, step = 1e-9 }",
                                                             "{ from = -1, to = 1, count = 2, log = true }",
                                                             "{ bisect = \"first_depinning\", from = 0, to = 1e12, "
                                                             "tolerance = 1e9 }"};

constexpr std::array<std::string_view, 10> odd_characters = {"\xef\xbb\xbf",
                                                             "\xc3\xa9",
                                                             "\xff",
                                                             "\xed\xa0\x80",
                                                             "\xf0\x9f\x92\xa5",
                                                             "\xe2\x80\xae",
                                                             "\xc0\x80",
                                                             std::string_view("\0", 1),
                                                             "\r",
                                                             "\x1b[31m"};

bool is_word(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return std::isalnum(byte) != 0 || byte >= 0x80 || character == '_' || character == '.' || character == '-' ||
         character == '+';
}

/// Words, numbers, quoted texts and single other characters; put together they are the text again.
Tokens split(const std::string& text) {
  Tokens tokens;
  for (std::size_t k = 0; k < text.size();) {
    std::size_t end = k + 1;
    if (text[k] == '"') {
      end = std::min(text.find_first_of("\"\n", k + 1), text.size() - 1) + 1;
    } else if (is_word(text[k])) {
      while (end < text.size() && is_word(text[end])) {
        ++end;
      }
    }
    tokens.push_back(text.substr(k, end - k));
    k = end;
  }
  return tokens;
}

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t k = 0; k < text.size();) {
    const std::size_t end = std::min(text.find('\n', k), text.size() - 1) + 1;
    lines.push_back(text.substr(k, end - k));
    k = end;
  }
  return lines;
}

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) {
    text += part;
  }
  return text;
}

/// A token that is more than blanks, most of the time.
std::size_t choose(const Tokens& tokens, Random& random) {
  std::size_t place = random.below(tokens.size());
  for (int tries = 0; tries < 20 && std::isspace(static_cast<unsigned char>(tokens[place].front())) != 0; ++tries) {
    place = random.below(tokens.size());
  }
  return place;
}

std::size_t choose_number(const Tokens& tokens, Random& random) {
  std::vector<std::size_t> numbers;
  for (std::size_t k = 0; k < tokens.size(); ++k) {
    if (std::isdigit(static_cast<unsigned char>(tokens[k].front())) != 0) {
      numbers.push_back(k);
    }
  }
  return numbers.empty() ? choose(tokens, random) : numbers[random.below(numbers.size())];
}

/// A number of another size, as a wrong prefix of a unit makes it.
void rescale(std::string& number, Random& random) {
  constexpr std::array<double, 8> factors = {-1.0, 0.0, 0.1, 0.5, 2.0, 3.0, 10.0, 1e9};
  number = fmt::format("{:g}", std::strtod(number.c_str(), nullptr) * random.pick(factors));
}

std::string mutate_lines(const std::string& text, Random& random, const std::vector<std::string>& keys) {
  auto lines = split_lines(text);
  const std::size_t place = random.below(lines.size());
  const auto at = lines.begin() + static_cast<std::ptrdiff_t>(place);
  switch (random.below(keys.empty() ? 3 : 5)) {
    case 0:
      lines.insert(at, lines[place]);
      break;
    case 1:
      lines.erase(at);
      break;
    case 2:
      std::swap(lines[place], lines[random.below(lines.size())]);
      break;
    default:
      lines.insert(at, random.pick(keys) + " = " + hostile_value(random) + "\n");
  }
  return join(lines);
}

std::string mutate_tokens(const std::string& text, Random& random) {
  Tokens tokens = split(text);
  const std::size_t place = choose(tokens, random);
  switch (random.below(8)) {
    case 0:
      std::swap(tokens[place], tokens[choose(tokens, random)]);
      break;
    case 1:
      tokens[place].clear();
      break;
    case 2:
      tokens[place] += tokens[place];
      break;
    case 3:
      tokens[place] = hostile_value(random);
      break;
    case 4:
      tokens[choose_number(tokens, random)] = random.pick(hostile_numbers);
      break;
    default:
      rescale(tokens[choose_number(tokens, random)], random);
  }
  return join(tokens);
}

std::string mutate_once(const std::string& text, Random& random, const std::vector<std::string>& keys) {
  if (text.empty()) {
    return hostile_value(random);
  }
  switch (random.below(10)) {
    case 0:
    case 1:
    case 2:
      return mutate_lines(text, random, keys);
    case 8:
      return mutate_bytes(text, random);
    case 9:
      return std::string(text).insert(random.below(text.size()), random.pick(odd_characters));
    default:
      return mutate_tokens(text, random);
  }
}

}  // namespace

std::string hostile_value(Random& random) {
  constexpr std::size_t deep = 20'000;
  if (random.one_in(60)) {
    return std::string(deep, random.one_in(2) ? '[' : 'x');
  }
  return std::string(random.one_in(2) ? random.pick(hostile_numbers) : random.pick(hostile_values));
}

std::string mutate_text(std::string text, Random& random, const std::vector<std::string>& keys) {
  // One mistake in half of the inputs: what follows the first one is seldom reached.
  const std::size_t times = random.one_in(2) ? 1 : 2 + random.below(3);
  for (std::size_t k = 0; k < times; ++k) {
    text = mutate_once(text, random, keys);
  }
  return text;
}

}  // namespace spinsweep::fuzz
