#include "results/kept_columns.hpp"

#include <boost/mpi/collectives/all_gather.hpp>
#include <boost/mpi/collectives/broadcast.hpp>
#include <boost/mpi/communicator.hpp>
#include <boost/serialization/map.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>

#include "base/error.hpp"

namespace boost::serialization {

template <class Archive>
void serialize(Archive& archive, spinsweep::results::KeptColumns::Column& column, unsigned /*version*/) {
  archive& column.numbers& column.texts;
}

template <class Archive>
void serialize(Archive& archive, spinsweep::results::KeptColumns::News& news, unsigned /*version*/) {
  archive& news.path& news.place& news.number& news.text;
}

}  // namespace boost::serialization

namespace spinsweep::results {

namespace {

template <class T>
std::vector<double> numbers_of(const store::ResultsFile& file, const std::string& path) {
  const auto values = file.read<T>(path);
  return {values.begin(), values.end()};
}

boost::mpi::communicator attach(const parallel::Communicator& communicator) {
  return {communicator.get(), boost::mpi::comm_attach};
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
        if (says(static_cast<std::int8_t>(status[row]), store::CaseStatus::failed)) {
          texts[row] = file.read_text(entry.path(), row);
        }
      }
    }
  }
}

void KeptColumns::broadcast(const parallel::Communicator& communicator) {
  boost::mpi::broadcast(attach(communicator), columns_, 0);
}

void KeptColumns::share(const parallel::Communicator& communicator) {
  std::vector<std::vector<News>> of_ranks;
  boost::mpi::all_gather(attach(communicator), news_, of_ranks);
  news_.clear();
  for (const auto& of_rank : of_ranks) {
    for (const News& news : of_rank) {
      apply(news);
    }
  }
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
