#include "results/kept_columns.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "parallel/all_gather.hpp"
#include "parallel/broadcast.hpp"

namespace spinsweep::results {

namespace {

template <class T>
std::vector<double> numbers_of(const store::ResultsFile& file, const std::string& path) {
  const auto values = file.read<T>(path);
  return {values.begin(), values.end()};
}

}  // namespace

void KeptColumns::load(const store::ResultsFile& file, const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    if (entry.description.kept && entry.description.type != store::Type::character) {
      columns_[entry.path()].numbers = entry.description.type == store::Type::int8
                                           ? numbers_of<std::int8_t>(file, entry.path())
                                           : numbers_of<double>(file, entry.path());
    }
  }
  for (const Entry& entry : entries) {
    if (entry.description.kept && entry.description.type == store::Type::character) {
      const auto& status = column(store::join(entry.group, entry.description.status->name)).numbers;
      auto& texts = columns_[entry.path()].texts;
      for (std::uint64_t row = 0; row < status.size(); ++row) {
        if (is(static_cast<std::int8_t>(status[row]), store::CaseStatus::failed)) {
          texts[row] = file.read_text(entry.path(), row);
        }
      }
    }
  }
}

void KeptColumns::broadcast(const parallel::Communicator& communicator) {
  columns_ = parallel::broadcast(std::move(columns_), communicator);
}

void KeptColumns::share(const parallel::Communicator& communicator) {
  for (const auto& of_rank : parallel::all_gather(news_, communicator)) {
    std::ranges::for_each(of_rank, [this](const News& news) { apply(news); });
  }
  news_.clear();
}

void KeptColumns::note_text(const std::string& path, std::uint64_t row, const std::string& text) {
  if (columns_.contains(path)) {
    apply(news_.emplace_back(News{path, row, 0.0, text}));
  }
}

const KeptColumns::Column& KeptColumns::column(const std::string& path) const {
  const auto found = columns_.find(path);
  if (found == columns_.end()) {
    throw Error(path + " is not kept in memory");
  }
  return found->second;
}

void KeptColumns::apply(const News& news) {
  Column& column = columns_.at(news.path);
  if (column.numbers.empty()) {
    column.texts[news.place] = news.text;
  } else {
    column.numbers.at(news.place) = news.number;
  }
}

}  // namespace spinsweep::results
