#include "fields/legacy_vtk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <vector>

#include "base/words.hpp"
#include "fields/cell_grid.hpp"
#include "fields/number_format.hpp"

namespace spinsweep::fields {

namespace {

constexpr std::string_view beginning = "# vtk DataFile Version";
/// Of cells or numbers; keeps products of the file's sizes from overflowing.
constexpr double largest_count = 1e12;

std::string upper_case(std::string_view text) {
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(),
                         [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return upper;
}

/// VTK compares keywords without regard to case, and some programs write the names of types in capitals.
std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return lower;
}

class LegacyVtkReader {
 public:
  LegacyVtkReader(std::string_view bytes, const std::string& name) : rest_(bytes), name_(name) {}

  FileField read() {
    line();
    line();
    const std::string kind = upper_case(trimmed(line()));
    if (kind != "ASCII" && kind != "BINARY") {
      fail(fmt::format("has \"{}\" in its third line, expected ASCII or BINARY", kind));
    }
    is_binary_ = kind == "BINARY";
    while (skip_blanks()) {
      read_part(upper_case(word("a keyword")));
    }
    return chosen_field(mesh(), std::move(arrays_), name_);
  }

 private:
  [[noreturn]] void fail(const std::string& problem) const { refuse_file(name_, problem); }

  void read_part(const std::string& keyword) {
    if (keyword == "DATASET") {
      dataset_ = upper_case(word("a kind of data set"));
      if (dataset_ != "STRUCTURED_POINTS" && dataset_ != "RECTILINEAR_GRID") {
        fail(fmt::format("holds {}, expected STRUCTURED_POINTS or RECTILINEAR_GRID", dataset_));
      }
    } else if (keyword == "DIMENSIONS") {
      for (GridAxis& axis : axes_) {
        axis.cells = static_cast<double>(count("the dimensions")) - 1.0;
      }
    } else if (keyword == "ORIGIN") {
      (void)text_numbers(3);
    } else if (keyword == "SPACING" || keyword == "ASPECT_RATIO") {
      const std::vector<double> edges = text_numbers(3);
      for (std::size_t k = 0; k < edges.size(); ++k) {
        axes_[k].edge = edges[k];
      }
    } else if (keyword == "X_COORDINATES" || keyword == "Y_COORDINATES" || keyword == "Z_COORDINATES") {
      read_coordinates(axes_[static_cast<std::size_t>(keyword.front() - 'X')]);
    } else if (keyword == "CELL_DATA" || keyword == "POINT_DATA") {
      tuples_ = count("the number of " + keyword);
      is_of_cells_ = keyword == "CELL_DATA";
    } else {
      read_attribute(keyword);
    }
  }

  void read_attribute(const std::string& keyword) {
    if (keyword == "METADATA") {
      line();
      while (!trimmed(line()).empty()) {
      }
    } else if (keyword == "FIELD") {
      read_field_data();
    } else if (keyword == "SCALARS") {
      const std::string array = word("the name of an array");
      const std::string type = word("a type");
      const std::string_view components = trimmed(line());
      const auto number = components.empty() ? 1.0 : number_in(components).value_or(0.0);
      if (const std::string next = upper_case(word("LOOKUP_TABLE")); next != "LOOKUP_TABLE") {
        fail(fmt::format("has \"{}\" behind SCALARS, expected LOOKUP_TABLE", next));
      }
      (void)word("the name of a table");
      keep(array, number, data(type, number, tuples_));
    } else if (keyword == "VECTORS" || keyword == "NORMALS") {
      const std::string array = word("the name of an array");
      keep(array, 3.0, data(word("a type"), 3.0, tuples_));
    } else if (keyword == "LOOKUP_TABLE") {
      (void)word("the name of a table");
      const double size = count("the size of a table");
      (void)data(is_binary_ ? "unsigned_char" : "float", 4.0, size);
    } else {
      fail(fmt::format("has \"{}\", expected a keyword of structured points or rectilinear grids", keyword));
    }
  }

  void read_field_data() {
    (void)word("the name of the field data");
    const double arrays = count("the number of arrays");
    for (double k = 0; k < arrays; ++k) {
      skip_blanks();
      std::string array = word("the name of an array");
      if (array == "METADATA") {
        read_attribute(array);
        array = word("the name of an array");
      }
      const double components = count("the number of components");
      const double tuples = count("the number of tuples");
      keep(array, components, data(word("a type"), components, tuples));
    }
  }

  void keep(const std::string& array, double components, std::vector<double> values) {
    if (is_of_cells_) {
      arrays_.push_back({array, static_cast<int>(components), std::move(values)});
    }
  }

  void read_coordinates(GridAxis& axis) {
    const double number = count("the number of coordinates");
    const std::vector<double> coordinates = data(word("a type"), 1.0, number);
    if (number != axis.cells + 1.0) {
      fail(
          fmt::format("has {:g} coordinates along an axis, expected the {:g} of DIMENSIONS", number, axis.cells + 1.0));
    }
    axis = axis_between(coordinates, name_);
  }

  [[nodiscard]] micromagnetics::Mesh mesh() const {
    if (dataset_.empty()) {
      fail("has no DATASET");
    }
    return mesh_of(axes_[0], axes_[1], axes_[2], name_);
  }

  /// The numbers of an array, which begin on the next line.
  std::vector<double> data(const std::string& type, double components, double tuples) {
    const auto format = legacy_vtk_format(lower_case(type));
    if (!format) {
      fail(fmt::format("has numbers of the type {}, expected one of float, double or whole numbers", type));
    }
    if (!(components >= 1.0 && components <= 9.0) || components != std::floor(components)) {
      fail(fmt::format("has {:g} components in an array, expected 1 to 9", components));
    }
    const double number = components * tuples;
    if (!is_binary_) {
      return text_numbers(number);
    }
    line();
    const double wanted = number * static_cast<double>(format->bytes);
    if (static_cast<double>(rest_.size()) < wanted) {
      fail(fmt::format("is truncated: {} bytes of data where {:.0f} were expected", rest_.size(), wanted));
    }
    const std::string_view bytes = rest_.substr(0, static_cast<std::size_t>(wanted));
    rest_.remove_prefix(bytes.size());
    return decode_numbers(bytes, *format, std::endian::big);
  }

  std::vector<double> text_numbers(double number) {
    std::vector<double> values;
    while (static_cast<double>(values.size()) < number) {
      if (!skip_blanks()) {
        fail(fmt::format("is truncated: {} numbers where {:.0f} were expected", values.size(), number));
      }
      const std::string text = word("a number");
      const auto value = number_in(text);
      if (!value) {
        fail(fmt::format("has \"{}\" among its data, expected a number", text));
      }
      values.push_back(*value);
      if (rest_.empty()) {
        fail(fmt::format("ends with the number {}: it is truncated or lacks its last line break", text));
      }
    }
    return values;
  }

  double count(const std::string& what) {
    const std::string text = word(what);
    const auto value = number_in(text);
    if (!value || !(*value >= 0.0 && *value <= largest_count) || *value != std::floor(*value)) {
      fail(fmt::format("has \"{}\" for {}, expected a whole number", text, what));
    }
    return *value;
  }

  /// Up to the end of the line.
  std::string_view line() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    const std::string_view found = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return found;
  }

  /// Whether anything is left.
  bool skip_blanks() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
    return !rest_.empty();
  }

  std::string word(const std::string& expected) {
    if (!skip_blanks()) {
      fail("ends where " + expected + " was expected");
    }
    std::string found(rest_.substr(0, rest_.find_first_of(blanks)));
    rest_.remove_prefix(found.size());
    return found;
  }

  std::string_view rest_;
  const std::string& name_;
  bool is_binary_ = false;
  bool is_of_cells_ = false;
  std::string dataset_;
  std::array<GridAxis, 3> axes_;
  double tuples_ = 0.0;
  std::vector<CellArray> arrays_;
};

}  // namespace

bool is_legacy_vtk(std::string_view bytes) {
  return bytes.starts_with(beginning);
}

FileField read_legacy_vtk(std::string_view bytes, const std::string& name) {
  return LegacyVtkReader(bytes, name).read();
}

}  // namespace spinsweep::fields
