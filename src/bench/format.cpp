#include "bench/format.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace spinsweep::bench {

std::string as_table(const Section& section, const std::vector<Row>& rows) {
  std::string text = section.title + "\n";
  for (const Row& row : rows) {
    text += fmt::format("  {:<54}{:>10.4g} {}\n", row.name, row.value, row.unit == "1" ? "" : row.unit);
  }
  return text;
}

std::string as_json(const std::vector<Measured>& measured) {
  std::vector<std::string> objects;
  objects.reserve(measured.size());
  for (const auto& [section, rows] : measured) {
    std::vector<std::string> entries;
    entries.reserve(rows.size());
    for (const Row& row : rows) {
      entries.push_back(
          fmt::format(R"(    {{"name": "{}", "value": {:.9g}, "unit": "{}"}})", row.name, row.value, row.unit));
    }
    objects.push_back(fmt::format("  \"{}\": [\n{}\n  ]", section.name, fmt::join(entries, ",\n")));
  }
  return fmt::format("{{\n{}\n}}\n", fmt::join(objects, ",\n"));
}

}  // namespace spinsweep::bench
