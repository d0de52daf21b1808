#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <string_view>

#include "base/error.hpp"
#include "base/printable.hpp"
#include "base/words.hpp"
#include "micromagnetics/ovf.hpp"
#include "micromagnetics/ovf_check_value.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// More than a million cells along an edge are not a track; the limit keeps products of header values from overflowing.
constexpr double most_nodes = 1e6;

/// Keywords are compared without case and blanks.
std::string keyword(std::string_view text) {
  std::string word;
  for (const char character : text) {
    if (std::isspace(static_cast<unsigned char>(character)) == 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
    }
  }
  return word;
}

std::optional<double> number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) {
    text.remove_prefix(1);
  }
  return number_in(text);
}

class Reader {
 public:
  Reader(const std::filesystem::path& path, const std::string& text) : path_(path), text_(text) {}

  OvfField read(OvfComponents allowed) {
    const auto first = next_line();
    const std::string version = first ? keyword(*first) : "";
    is_first_version_ = version == "#oommf:rectangularmeshv1.0";
    if (!is_first_version_ && version != "#oommfovf2.0") {
      fail(
          "begins neither with \"# OOMMF OVF 2.0\" nor with \"# OOMMF: rectangular mesh v1.0\"; only these can be "
          "read");
    }
    const std::string data = read_header();
    expect("meshtype", "rectangular");
    expect("meshunit", "m");
    // OVF 1.0 knows vectors only.
    const double components = is_first_version_ ? 3.0 : header_number("valuedim");
    if (components != 3.0 && (components != 1.0 || allowed == OvfComponents::three)) {
      fail(fmt::format("has {:g} components, expected {}", components,
                       allowed == OvfComponents::three ? "3" : "1 or 3"));
    }
    if (const double layers = nodes("znodes"); layers != 1.0) {
      fail(fmt::format("has {:g} layers of cells, expected 1", layers));
    }
    OvfField field;
    field.mesh = {.nx = static_cast<int>(nodes("xnodes")),
                  .ny = static_cast<int>(nodes("ynodes")),
                  .dx = step("xstepsize"),
                  .dy = step("ystepsize"),
                  .dz = step("zstepsize")};
    field.title = header_["title"];
    field.components = static_cast<int>(components);
    const std::size_t count = static_cast<std::size_t>(field.components) * field.mesh.cells();
    if (data == "datatext") {
      field.values = read_text(count);
    } else if (data == "databinary4") {
      field.values = read_binary<float>(count);
    } else if (data == "databinary8") {
      field.values = read_binary<double>(count);
    } else {
      fail(fmt::format("has \"{}\", expected Data Text, Data Binary 4 or Data Binary 8", data));
    }
    if (is_first_version_ && header_.contains("valuemultiplier")) {
      const double multiplier = header_number("valuemultiplier");
      std::ranges::transform(field.values, field.values.begin(), [=](double value) { return multiplier * value; });
    }
    return field;
  }

 private:
  [[noreturn]] void fail(const std::string& problem) const {
    throw EnvironmentError(fmt::format("{}: {}", path_.string(), printable(problem)));
  }

  std::optional<std::string_view> next_line() {
    if (place_ >= text_.size()) {
      return std::nullopt;
    }
    const std::size_t end = std::min(text_.find('\n', place_), text_.size());
    const std::string_view line = std::string_view(text_).substr(place_, end - place_);
    place_ = end + 1;
    return line;
  }

  /// Reads up to the line that begins the data and returns their kind.
  std::string read_header() {
    while (const auto line = next_line()) {
      std::string_view rest = trimmed(*line);
      if (!rest.starts_with('#') || rest.starts_with("##")) {
        continue;
      }
      rest = rest.substr(1, rest.find("##", 1) == std::string_view::npos ? rest.size() : rest.find("##", 1) - 1);
      const std::size_t colon = rest.find(':');
      if (colon == std::string_view::npos) {
        continue;
      }
      const std::string key = keyword(rest.substr(0, colon));
      const std::string_view value = trimmed(rest.substr(colon + 1));
      if (key == "begin" && keyword(value).starts_with("data")) {
        return keyword(value);
      }
      header_[key] = std::string(value);
    }
    fail("ends before its data begin");
  }

  void expect(const std::string& key, const std::string& wanted) {
    if (!header_.contains(key)) {
      fail(fmt::format("has no {}", key));
    }
    if (keyword(header_[key]) != wanted) {
      fail(fmt::format("has {} {}, expected {}", key, header_[key], wanted));
    }
  }

  double header_number(const std::string& key) {
    if (!header_.contains(key)) {
      fail(fmt::format("has no {}", key));
    }
    const auto value = number(header_[key]);
    if (!value) {
      fail(fmt::format("has {} \"{}\", expected a number", key, header_[key]));
    }
    return *value;
  }

  double nodes(const std::string& key) {
    const double value = header_number(key);
    if (!(value >= 1.0 && value <= most_nodes) || value != std::floor(value)) {
      fail(fmt::format("has {} {:g}, expected a whole number from 1 to a million", key, value));
    }
    return value;
  }

  double step(const std::string& key) {
    const double value = header_number(key);
    if (!(value > 0.0) || !std::isfinite(value)) {
      fail(fmt::format("has {} {:g}, expected a positive number of metres", key, value));
    }
    return value;
  }

  template <class Number>
  std::vector<double> read_binary(std::size_t count) const {
    const std::size_t present = text_.size() - std::min(place_, text_.size());
    const std::size_t wanted = (count + 1) * sizeof(Number);
    if (present < wanted) {
      fail(fmt::format("is truncated: {} bytes of data where {} were expected", present, wanted));
    }
    const auto at = [&](std::size_t k) {
      std::array<char, sizeof(Number)> bytes{};
      std::copy_n(text_.data() + place_ + k * sizeof(Number), sizeof(Number), bytes.begin());
      if (is_first_version_) {
        std::ranges::reverse(bytes);
      }
      return std::bit_cast<Number>(bytes);
    };
    if (at(0) != ovf_check_value<Number>) {
      fail(fmt::format("has a wrong check value before its data: they are damaged or not {}-endian",
                       is_first_version_ ? "big" : "little"));
    }
    std::vector<double> values(count);
    for (std::size_t k = 0; k < count; ++k) {
      values[k] = static_cast<double>(at(k + 1));
    }
    return values;
  }

  std::vector<double> read_text(std::size_t count) {
    std::vector<double> values;
    while (const auto line = next_line()) {
      if (trimmed(*line).starts_with('#')) {
        break;
      }
      std::istringstream words{std::string(*line)};
      for (std::string word; words >> word;) {
        const auto value = number(word);
        if (!value) {
          fail(fmt::format("has \"{}\" among its data, expected a number", word));
        }
        values.push_back(*value);
      }
    }
    if (values.size() != count) {
      fail(fmt::format("has {} numbers of data where {} were expected", values.size(), count));
    }
    return values;
  }

  const std::filesystem::path& path_;
  const std::string& text_;
  std::size_t place_ = 0;
  bool is_first_version_ = false;
  std::map<std::string, std::string> header_;
};

}  // namespace

OvfField read_ovf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    throw EnvironmentError(path.string() + ": cannot be read");
  }
  return parse_ovf(text.str(), path, OvfComponents::three);
}

OvfField parse_ovf(const std::string& contents, const std::filesystem::path& path, OvfComponents components) {
  return Reader(path, contents).read(components);
}

}  // namespace spinsweep::micromagnetics
