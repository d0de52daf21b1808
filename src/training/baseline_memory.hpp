#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "network/evaluation.hpp"

namespace spinsweep::training {

/// A trained FP32 network as it can be stored and sent.
struct StoredBaseline {
  std::string model;  ///< as save_model() made it
  std::vector<double> loss;
  double accuracy = 0.0;
  std::vector<std::int64_t> confusion = {};  ///< empty: not evaluated since it was read from the results file

  template <class Archive>
  void serialize(Archive& archive, unsigned /*version*/) {
    archive& model& loss& accuracy& confusion;
  }
};

/// The FP32 networks that this rank has trained or read, so that the runs on them need not read the results file.
/// Networks beyond its size are read again.
class BaselineMemory {
 public:
  void keep(std::size_t number, const StoredBaseline& baseline) {
    constexpr std::size_t most_bytes = std::size_t{256} << 20U;
    if (bytes_ + baseline.model.size() <= most_bytes && kept_.insert_or_assign(number, baseline).second) {
      bytes_ += baseline.model.size();
    }
  }

  /// nullptr if it is not kept.
  [[nodiscard]] const StoredBaseline* find(std::size_t number) const {
    const auto found = kept_.find(number);
    return found == kept_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::size_t, StoredBaseline> kept_;
  std::size_t bytes_ = 0;
};

}  // namespace spinsweep::training
