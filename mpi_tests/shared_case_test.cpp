#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <vector>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "micromagnetics/relaxation.hpp"
#include "micromagnetics/whole_field.hpp"

namespace spinsweep::device {
namespace {

using micromagnetics::DemagField;
using micromagnetics::Mesh;
using micromagnetics::RowDecomposition;

/// The study's synapse, shorter: its wall passes a notch, the block of active columns follows it.
DeviceParameters synapse() {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.track.length = 750e-9;
  p.notches = {.count = 2, .diameter = 20e-9, .first = 200e-9, .pitch = 300e-9};
  p.pulse = {.current_density = 0.6e12, .duration = 0.35e-9, .relaxation = 0.1e-9};
  p.output.snapshots = 3;
  return p;
}

DeviceParameters neuron() {
  DeviceParameters p = kind_of<Neuron>.defaults();
  p.track.length = 200e-9;
  p.track.cell = 2e-9;
  p.window = {.from = 50e-9, .to = 150e-9};
  p.pulse = {.current_density = 0.3e12, .duration = 0.1e-9, .relaxation = 0.05e-9};
  return p;
}

class SharedCase : public testing::Test {
 protected:
  [[nodiscard]] std::shared_ptr<DemagField> alone(const DeviceParameters& p) const {
    return std::make_shared<DemagField>(make_mesh(p), p.material.saturation_magnetization);
  }
  [[nodiscard]] std::shared_ptr<DemagField> shared(const DeviceParameters& p) const {
    const Mesh mesh = make_mesh(p);
    return std::make_shared<DemagField>(mesh, p.material.saturation_magnetization, RowDecomposition(mesh.ny, world_));
  }
  [[nodiscard]] bool is_first() const { return world_.rank() == 0; }

  void expect_same(const CaseRecord& record, const CaseRecord& expected) const {
    ASSERT_EQ(record.magnetization.size(), expected.magnetization.size());
    for (std::size_t k = 0; k < expected.magnetization.size(); ++k) {
      EXPECT_EQ(record.magnetization[k].x, expected.magnetization[k].x);
      EXPECT_EQ(record.magnetization[k].y, expected.magnetization[k].y);
      EXPECT_EQ(record.magnetization[k].z, expected.magnetization[k].z);
    }
    EXPECT_EQ(record.wall_position, expected.wall_position);
    EXPECT_EQ(record.conductance, expected.conductance);
    EXPECT_EQ(record.energy, expected.energy);
    if (is_first()) {
      EXPECT_EQ(record.snapshots, expected.snapshots);
    }
  }

  void expect_same(const SimulationState& state, const SimulationState& expected) const {
    EXPECT_EQ(state.integration.time, expected.integration.time);
    EXPECT_EQ(state.integration.stepper.counts.active_columns, expected.integration.stepper.counts.active_columns);
    if (is_first()) {
      EXPECT_EQ(state.integration.magnetization, expected.integration.magnetization);
      EXPECT_EQ(state.integration.stepper.history.fields, expected.integration.stepper.history.fields);
      EXPECT_EQ(state.integration.stepper.reference_field, expected.integration.stepper.reference_field);
    }
  }

  micromagnetics::StepCounts expect_run_as_by_one_rank(const DeviceParameters& p) const {
    const auto initial = initial_state(p, alone(p));
    Simulation on_one(p, alone(p), initial);
    Simulation on_all(p, shared(p), initial);
    const CaseRecord& expected = on_one.run();
    expect_same(on_all.run(), expected);
    expect_same(on_all.state(), on_one.state());
    const auto counts = on_all.state().integration.stepper.counts;
    const auto expected_counts = on_one.state().integration.stepper.counts;
    EXPECT_EQ(counts.demag_evaluations, expected_counts.demag_evaluations);
    EXPECT_EQ(counts.local_evaluations, expected_counts.local_evaluations);
    return counts;
  }

  parallel::Communicator world_{MPI_COMM_WORLD};
};

TEST_F(SharedCase, RelaxedWallIsThatOfOneRankToTheBit) {
  const DeviceParameters p = synapse();
  EXPECT_EQ(initial_state(p, shared(p)), initial_state(p, alone(p)));
}

TEST_F(SharedCase, SynapseRunsAsOnOneRankToTheBit) {
  const DeviceParameters p = synapse();
  const micromagnetics::StepCounts counts = expect_run_as_by_one_rank(p);
  EXPECT_LT(counts.active_columns, counts.local_evaluations * make_mesh(p).nx) << "no column was ever frozen";
}

TEST_F(SharedCase, DisorderedFilmRunsAsOnOneRankToTheBit) {
  DeviceParameters p = synapse();
  p.disorder.roughness.deviation = 2e-9;
  p.disorder.grains = {.size = 20e-9, .anisotropy_spread = 0.05, .axis_spread = 0.05, .exchange = 0.8};
  (void)expect_run_as_by_one_rank(p);
}

TEST_F(SharedCase, WarmDisorderedFilmRunsAsOnOneRankToTheBit) {
  DeviceParameters p = neuron();
  p.pulse.duration = 0.02e-9;
  p.pulse.relaxation = 0.0;
  p.output.interval = 0.01e-9;
  p.material.temperature = 300.0;
  p.disorder.grains = {.size = 20e-9, .anisotropy_spread = 0.05, .axis_spread = 0.05, .exchange = 0.8};
  (void)expect_run_as_by_one_rank(p);
}

TEST_F(SharedCase, NeuronRunsAsOnOneRankToTheBit) {
  (void)expect_run_as_by_one_rank(neuron());
}

TEST_F(SharedCase, ThermalNoiseIsThatOfOneRankToTheBit) {
  DeviceParameters p = neuron();
  p.material.temperature = 300.0;
  p.thermal.seed = 7;
  p.pulse.duration = 2.3e-12;
  p.pulse.relaxation = 1.5e-12;
  p.output.interval = 0.7e-12;
  p.initial_wall.relax = false;
  (void)expect_run_as_by_one_rank(p);
}

/// What `simulation` knows after a number of steps.
SimulationState state_after(Simulation& simulation, int steps) {
  SimulationState state;
  try {
    (void)simulation.run({.after_step = [&](double /*time*/) {
      if (--steps == 0) {
        state = simulation.state();
        throw Interrupted();
      }
    }});
    ADD_FAILURE() << "the case was over before it could be stopped";
  } catch (const Interrupted&) {
  }
  return state;
}

TEST_F(SharedCase, CaseStoppedOnAllRanksResumesOnOneToTheBit) {
  const DeviceParameters p = neuron();
  const auto initial = initial_state(p, alone(p));
  Simulation uninterrupted(p, alone(p), initial);
  const CaseRecord& expected = uninterrupted.run();
  Simulation stopped(p, shared(p), initial);
  SimulationState state = state_after(stopped, 30);
  if (is_first()) {
    Simulation resumed(p, alone(p), std::move(state));
    expect_same(resumed.run(), expected);
  }
}

TEST_F(SharedCase, CaseStoppedOnOneRankResumesOnAllToTheBit) {
  const DeviceParameters p = neuron();
  const auto initial = initial_state(p, alone(p));
  Simulation uninterrupted(p, alone(p), initial);
  const CaseRecord& expected = uninterrupted.run();
  Simulation stopped(p, alone(p), initial);
  Simulation resumed(p, shared(p), state_after(stopped, 30));
  expect_same(resumed.run(), expected);
}

TEST_F(SharedCase, InitialMagnetizationThatIsNotFiniteOnOneRankFailsOnAll) {
  const DeviceParameters p = neuron();
  const Mesh mesh = make_mesh(p);
  auto initial = straight_wall(p);
  initial[micromagnetics::FieldLayout(mesh).index(3, mesh.ny - 1)] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(Simulation(p, shared(p), initial), SimulationError);
}

TEST_F(SharedCase, ToleranceThatCannotBeMetFailsOnAllRanksAlike) {
  DeviceParameters p = neuron();
  p.applied_field.z = 1e300;
  p.initial_wall.relax = false;
  Simulation simulation(p, shared(p), straight_wall(p));
  EXPECT_THROW((void)simulation.run(), SimulationError);
}

}  // namespace
}  // namespace spinsweep::device
