#pragma once

#include <string>
#include <vector>

#include "base/key.hpp"
#include "network/schedule.hpp"

namespace spinsweep::network {

/// What a pulse makes of a device in training in situ.
enum class PulseUpdate {
  scaled,  ///< one draw, scaled to the change that is asked for: pulses of any length
  whole,   ///< a whole number of pulses, each of them drawn
  exact    ///< the change that is asked for
};

/// The weights that training in situ begins with.
enum class InSituStart { random, fp32 };

/// Jump tables in files; empty: those of the synapse's own pulses.
struct JumpTableFiles {
  std::string increasing = {};
  std::string decreasing = {};
  std::string checksum = {};

  [[nodiscard]] bool is_given() const { return !increasing.empty() || !decreasing.empty(); }

  friend bool operator==(const JumpTableFiles&, const JumpTableFiles&) = default;

  static void declare(auto& key) {
    using J = JumpTableFiles;
    key("increasing", &J::increasing,
        "file of the changes of conductance by a pulse that raises it, in the format of CrossSim 2.0, plain or "
        "gzipped; relative to the folder of the sweep file. Without files, `in_situ` draws from the synapse's own "
        "pulses");
    key("decreasing", &J::decreasing, "the same for the pulses that lower it");
    key("checksum", &J::checksum, "checksum that both files must have; recorded when a study begins");
  }
};

/// The largest magnitude of the weights of a layer.
struct WeightBound {
  double bound = 0.0;

  friend bool operator==(const WeightBound&, const WeightBound&) = default;

  static void declare(auto& key) {
    key("bound", &WeightBound::bound, "1", keys::positive, "largest magnitude of a weight of the layer").is_required =
        true;
  }
};

/// Training on the devices themselves.
struct InSituSettings {
  int epochs = 20;
  double learning_rate = 0.025;
  Schedule schedule = Schedule::step;
  PulseUpdate update = PulseUpdate::scaled;
  InSituStart start = InSituStart::random;
  double headroom = 0.1;
  std::vector<WeightBound> ranges = {};

  friend bool operator==(const InSituSettings&, const InSituSettings&) = default;

  static void declare(auto& key) {
    using S = InSituSettings;
    key("epochs", &S::epochs, "1", keys::between(1.0, 1e6), "epochs of training in situ");
    key("learning_rate", &S::learning_rate, "1", keys::positive,
        "learning rate of its stochastic gradient descent, for the mean gradient of a batch");
    key("schedule", &S::schedule, {"constant", "cosine", "step"},
        "course of that learning rate; `cosine` falls to zero, `step` to three quarters after every five epochs");
    key("update", &S::update, {"scaled", "whole", "exact"},
        "how pulses change a weight; `scaled`: one draw, scaled to the change that is asked for, `whole`: a whole "
        "number of pulses, rounded at random, each of them drawn, `exact`: as asked for, on ideal devices");
    key("start", &S::start, {"random", "fp32"},
        "weights that training begins with; random ones, or those of the FP32 network");
    key("headroom", &S::headroom, "1", keys::between(0.0, 0.45),
        "fraction of the range of conductance at either end that the range of the weights leaves free");
    key.list("ranges", &S::ranges,
             "`{ bound = B }` of each layer, whose weights are spread from -B to B; without it the mapping's rule "
             "spreads those of the FP32 network");
  }
};

}  // namespace spinsweep::network
