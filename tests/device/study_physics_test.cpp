#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {
namespace {

/// Where the wall of the study's device is at the end of a case of that current density (A/m^2), nm.
double final_position(const Kind& kind, double current_density) {
  DeviceParameters parameters = kind.defaults();
  parameters.pulse.current_density = current_density;
  auto demag =
      std::make_shared<micromagnetics::DemagField>(make_mesh(parameters), parameters.material.saturation_magnetization);
  Simulation simulation(parameters, demag, initial_state(parameters, demag));
  const double position = simulation.run().wall_position.back() * 1e9;
  testing::Test::RecordProperty("final_position_nm", std::to_string(position));
  return position;
}

/// The places a prototype of the same model found when the study's lost constants were chosen (docs/physics.md), to a
/// cell.
struct Place {
  double current_density;  ///< A/m^2
  double position;         ///< nm
};

void PrintTo(const Place& place, std::ostream* out) {
  *out << "at " << place.current_density << " A/m2 the wall ends at " << place.position << " nm";
}

class SynapseOfTheStudy : public testing::TestWithParam<Place> {};

TEST_P(SynapseOfTheStudy, LeavesItsWallAtTheNotchThePulseCarriesItTo) {
  EXPECT_NEAR(final_position(kind_of<Synapse>, GetParam().current_density), GetParam().position, 3.0);
}

INSTANTIATE_TEST_SUITE_P(FirstNotch, SynapseOfTheStudy, testing::Values(Place{0.34e12, 301.0}));
INSTANTIATE_TEST_SUITE_P(SecondNotch, SynapseOfTheStudy, testing::Values(Place{0.36e12, 601.0}));
INSTANTIATE_TEST_SUITE_P(BetweenNotches, SynapseOfTheStudy, testing::Values(Place{0.40e12, 733.0}));
INSTANTIATE_TEST_SUITE_P(ThirdNotch, SynapseOfTheStudy, testing::Values(Place{0.50e12, 900.0}));

class NeuronOfTheStudy : public testing::TestWithParam<Place> {};

TEST_P(NeuronOfTheStudy, MovesItsWallAlmostInProportionToTheCurrent) {
  EXPECT_NEAR(final_position(kind_of<Neuron>, GetParam().current_density), GetParam().position, 1.0);
}

INSTANTIATE_TEST_SUITE_P(Weak, NeuronOfTheStudy, testing::Values(Place{0.10e12, 134.0}));
INSTANTIATE_TEST_SUITE_P(Middle, NeuronOfTheStudy, testing::Values(Place{0.25e12, 221.0}));
INSTANTIATE_TEST_SUITE_P(Strong, NeuronOfTheStudy, testing::Values(Place{0.45e12, 323.0}));

}  // namespace
}  // namespace spinsweep::device
