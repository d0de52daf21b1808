#pragma once

#include <functional>
#include <string>
#include <vector>

namespace spinsweep::bench {

/// One measured number.
struct Row {
  std::string name;  ///< at most 54 characters, so that a line of the table fits in 80 columns
  double value = 0.0;
  std::string unit;  ///< at most 12 characters; "1" for a ratio or a count
};

/// One benchmark; `measure` measures its rows. A new one is one file and one line in sections.cpp.
struct Section {
  std::string name;   ///< key in the JSON output
  std::string title;  ///< heading of the table
  std::function<std::vector<Row>()> measure;
};

/// What `spinsweep bench` measures, in this order.
[[nodiscard]] std::vector<Section> sections();

}  // namespace spinsweep::bench
