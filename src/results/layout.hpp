#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "results/variable.hpp"
#include "store/results_file.hpp"
#include "store/schema.hpp"
#include "study/study.hpp"

namespace spinsweep::results {

/// The groups of the results file, parents before their children.
using Table = std::vector<const Group*>;

/// A variable that the file of a study has.
struct Entry {
  std::string group;  ///< "/synapse"
  Description description;

  [[nodiscard]] std::string path() const { return store::join(group, description.name); }
};

/// The results file of one study: its variables, and the schema that store::create() makes the file from.
struct Layout {
  std::vector<Entry> entries;
  store::Schema schema;  ///< groups and revision; its attributes are the caller's
};

/// data_sets and ranks: see LayoutInput.
[[nodiscard]] Layout layout_of(const Table& table, const study::Study& study,
                               const std::vector<network::DataSetShape>& data_sets, int ranks);

/// The same for a file that exists: the sizes that data sets and the number of ranks decide are 1.
[[nodiscard]] Layout layout_of(const Table& table, const study::Study& study);

/// The layout's number, the root attribute spinsweep_schema: the CRC-32 of the table, so that any change changes it.
[[nodiscard]] std::int64_t revision_of(const Table& table);

/// Checks that a file has this program's layout and every variable of the study with its type and shape. Not
/// collective. Errors: EnvironmentError that states the difference.
void require_layout(const store::ResultsFile& file, const Table& table, const study::Study& study);

/// The study that a results file was made for, as the file itself has it, and whose layout it has. Not collective.
/// Errors: EnvironmentError.
[[nodiscard]] study::Study read_stored_study(const store::ResultsFile& file, const Table& table);

}  // namespace spinsweep::results
