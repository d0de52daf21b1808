#include "fields/number_format.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/words.hpp"

namespace spinsweep::fields {

namespace {

using Kind = NumberFormat::Kind;
using Named = std::pair<std::string_view, NumberFormat>;

// VTK User's Guide, 11th edition (Kitware), "VTK file formats"; a long has 8 bytes on every platform that writes it so.
constexpr std::array<Named, 12> legacy_formats = {{{"unsigned_char", {Kind::unsigned_integer, 1}},
                                                   {"char", {Kind::signed_integer, 1}},
                                                   {"unsigned_short", {Kind::unsigned_integer, 2}},
                                                   {"short", {Kind::signed_integer, 2}},
                                                   {"unsigned_int", {Kind::unsigned_integer, 4}},
                                                   {"int", {Kind::signed_integer, 4}},
                                                   {"vtktypeint64", {Kind::signed_integer, 8}},
                                                   {"vtktypeuint64", {Kind::unsigned_integer, 8}},
                                                   {"unsigned_long", {Kind::unsigned_integer, 8}},
                                                   {"long", {Kind::signed_integer, 8}},
                                                   {"float", {Kind::floating_point, 4}},
                                                   {"double", {Kind::floating_point, 8}}}};
constexpr std::array<Named, 10> xml_formats = {{{"UInt8", {Kind::unsigned_integer, 1}},
                                                {"Int8", {Kind::signed_integer, 1}},
                                                {"UInt16", {Kind::unsigned_integer, 2}},
                                                {"Int16", {Kind::signed_integer, 2}},
                                                {"UInt32", {Kind::unsigned_integer, 4}},
                                                {"Int32", {Kind::signed_integer, 4}},
                                                {"UInt64", {Kind::unsigned_integer, 8}},
                                                {"Int64", {Kind::signed_integer, 8}},
                                                {"Float32", {Kind::floating_point, 4}},
                                                {"Float64", {Kind::floating_point, 8}}}};

std::optional<NumberFormat> find(const auto& formats, std::string_view name) {
  const auto found = std::ranges::find(formats, name, &Named::first);
  return found == formats.end() ? std::nullopt : std::optional(found->second);
}

template <class Number>
std::vector<double> decode(std::string_view bytes, std::endian order) {
  std::vector<double> numbers(bytes.size() / sizeof(Number));
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    std::array<char, sizeof(Number)> stored{};
    std::copy_n(bytes.data() + k * sizeof(Number), sizeof(Number), stored.begin());
    if (order != std::endian::native) {
      std::ranges::reverse(stored);
    }
    numbers[k] = static_cast<double>(std::bit_cast<Number>(stored));
  }
  return numbers;
}

template <class One, class Two, class Four, class Eight>
std::vector<double> decode_integers(std::string_view bytes, std::size_t size, std::endian order) {
  switch (size) {
    case 1:
      return decode<One>(bytes, order);
    case 2:
      return decode<Two>(bytes, order);
    case 4:
      return decode<Four>(bytes, order);
    default:
      return decode<Eight>(bytes, order);
  }
}

}  // namespace

std::optional<NumberFormat> legacy_vtk_format(std::string_view name) {
  return find(legacy_formats, name);
}

std::optional<NumberFormat> xml_vtk_format(std::string_view name) {
  return find(xml_formats, name);
}

std::vector<double> decode_numbers(std::string_view bytes, NumberFormat format, std::endian order) {
  switch (format.kind) {
    case Kind::signed_integer:
      return decode_integers<std::int8_t, std::int16_t, std::int32_t, std::int64_t>(bytes, format.bytes, order);
    case Kind::unsigned_integer:
      return decode_integers<std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t>(bytes, format.bytes, order);
    default:
      return format.bytes == sizeof(float) ? decode<float>(bytes, order) : decode<double>(bytes, order);
  }
}

std::optional<std::vector<double>> numbers_in(std::string_view text) {
  std::vector<double> numbers;
  for (auto begin = text.find_first_not_of(blanks); begin != std::string_view::npos;
       begin = text.find_first_not_of(blanks)) {
    text.remove_prefix(begin);
    const std::string_view word = text.substr(0, text.find_first_of(blanks));
    const auto number = number_in(word);
    if (!number) {
      return std::nullopt;
    }
    numbers.push_back(*number);
    text.remove_prefix(word.size());
  }
  return numbers;
}

}  // namespace spinsweep::fields
