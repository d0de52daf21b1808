#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "parallel/communicator.hpp"
#include "results/layout.hpp"
#include "store/case_status.hpp"
#include "store/results_file.hpp"

namespace spinsweep::results {

/// Copies in memory of the variables declared as kept_in_memory: statuses and a few numbers of each case. So a run
/// knows what it has computed without reading its own file.
class KeptColumns {
 public:
  struct Column {
    std::vector<double> numbers;                 ///< all elements, row-major
    std::map<std::uint64_t, std::string> texts;  ///< by row, of a character matrix: those of failed cases

    template <class Archive>
    void serialize(Archive& archive, unsigned /*version*/) {
      archive& numbers& texts;
    }
  };
  /// An element that has been written since the last share().
  struct News {
    std::string path;
    std::uint64_t place = 0;
    double number = 0.0;
    std::string text;

    template <class Archive>
    void serialize(Archive& archive, unsigned /*version*/) {
      archive& path& place& number& text;
    }
  };

  void load(const store::ResultsFile& file, const std::vector<Entry>& entries);

  /// Replaces what the other ranks have by what the first has. Collective.
  void broadcast(const parallel::Communicator& communicator);

  /// Adds what the other ranks have noted. Collective.
  void share(const parallel::Communicator& communicator);

  /// Notes elements that are written from that place on, if the variable is kept.
  template <class T>
  void note(const std::string& path, std::uint64_t place, std::span<const T> values) {
    if (columns_.contains(path)) {
      for (const T value : values) {
        apply(news_.emplace_back(News{path, place++, static_cast<double>(value), {}}));
      }
    }
  }
  void note_text(const std::string& path, std::uint64_t row, const std::string& text);

  /// Errors: Error if the variable is not kept.
  [[nodiscard]] const Column& column(const std::string& path) const;

 private:
  void apply(const News& news);

  std::map<std::string, Column> columns_;
  std::vector<News> news_;
};

}  // namespace spinsweep::results
