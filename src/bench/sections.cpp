#include "bench/ceilings.hpp"
#include "bench/device_case.hpp"
#include "bench/field_evaluation.hpp"
#include "bench/section.hpp"
#include "bench/training.hpp"
#include "bench/yardstick.hpp"

namespace spinsweep::bench {

std::vector<Section> sections() {
  return {{"ceilings", "This core's ceilings", measure_ceilings},
          {"yardstick", "Yardstick: six real transforms of 1000 x 100", measure_yardstick},
          {"field", "One field evaluation on 500 x 50 cells", measure_field_evaluation},
          {"synapse", "Synapse, 500 x 50 cells of 3 nm, 0.36e12 A/m2", measure_synapse},
          {"neuron", "Neuron, 512 x 64 cells of 1 nm, 0.30e12 A/m2", measure_neuron},
          {"training", "Training of 784-128-10: forward, backward and Adam", measure_training}};
}

}  // namespace spinsweep::bench
