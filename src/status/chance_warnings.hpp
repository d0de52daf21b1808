#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spinsweep::status {

/// Networks whose accuracy is consistent with guessing. Synapses with the same deployment and data set share one
/// warning, which names the first few of them, so that a sensitivity study does not end with a page of warnings.
class ChanceWarnings {
 public:
  void add(std::string_view deployment, std::string_view dataset, const std::string& synapse);

  /// One warning for each deployment and data set, in the order they were first added; empty if there is none.
  /// synapses: number of synapse variants in the study.
  [[nodiscard]] std::string text(std::size_t synapses) const;

 private:
  struct Group {
    std::string what;
    std::vector<std::string> synapses;
  };
  std::vector<Group> groups_;
};

}  // namespace spinsweep::status
