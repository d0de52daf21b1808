#include "micromagnetics/demag_history.hpp"

#include <algorithm>

namespace spinsweep::micromagnetics {

DemagHistory::DemagHistory(std::size_t field_size) {
  for (auto& field : fields_) {
    field.assign(field_size, 0.0);
  }
}

void DemagHistory::restart(double time) {
  count_ = 1;
  times_[order_[0]] = time;
}

void DemagHistory::advance(double time) {
  std::rotate(order_.begin(), order_.begin() + 3, order_.end());
  times_[order_[0]] = time;
  count_ = std::min(count_ + 1, 3);
}

DemagHistoryState DemagHistory::state() const {
  DemagHistoryState state;
  for (int k = 0; k < count_; ++k) {
    const std::size_t used = order_[static_cast<std::size_t>(k)];
    state.times.push_back(times_[used]);
    state.fields.emplace_back(fields_[used].begin(), fields_[used].end());
  }
  return state;
}

void DemagHistory::restore(const DemagHistoryState& state) {
  order_ = {0, 1, 2, 3};
  count_ = static_cast<int>(state.times.size());
  for (std::size_t k = 0; k < state.times.size(); ++k) {
    times_[k] = state.times[k];
    fields_[k].assign(state.fields[k].begin(), state.fields[k].end());
  }
}

FieldCombination DemagHistory::at(double time) const {
  FieldCombination combination{};
  for (int k = 0; k < 3; ++k) {
    const std::size_t used = order_[static_cast<std::size_t>(std::min(k, count_ - 1))];
    combination.field[static_cast<std::size_t>(k)] = fields_[used].data();
    combination.weight[static_cast<std::size_t>(k)] = 0.0;
  }
  for (int k = 0; k < count_; ++k) {
    double weight = 1.0;
    const double own_time = times_[order_[static_cast<std::size_t>(k)]];
    for (int other = 0; other < count_; ++other) {
      if (other != k) {
        const double other_time = times_[order_[static_cast<std::size_t>(other)]];
        weight *= (time - other_time) / (own_time - other_time);
      }
    }
    combination.weight[static_cast<std::size_t>(k)] = weight;
  }
  return combination;
}

}  // namespace spinsweep::micromagnetics
