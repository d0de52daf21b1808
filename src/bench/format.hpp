#pragma once

#include <string>
#include <vector>

#include "bench/section.hpp"

namespace spinsweep::bench {

/// The rows of a section as a table of at most 80 columns.
[[nodiscard]] std::string as_table(const Section& section, const std::vector<Row>& rows);

/// The measured rows of one section.
struct Measured {
  Section section;
  std::vector<Row> rows;
};

/// {"<section>": [{"name": ..., "value": ..., "unit": ...}, ...], ...}
[[nodiscard]] std::string as_json(const std::vector<Measured>& measured);

}  // namespace spinsweep::bench
