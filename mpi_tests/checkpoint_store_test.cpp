#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/interruption.hpp"
#include "device/initial_state.hpp"
#include "device/track_geometry.hpp"
#include "layout/results_schema.hpp"
#include "shared_folder.hpp"
#include "simulation/checkpoint.hpp"
#include "store/create.hpp"
#include "store/results_file.hpp"
#include "study/read_study.hpp"

namespace spinsweep::simulation {
namespace {

/// The checkpoints of a study of one case, which the first rank writes and takes.
class CheckpointStoreOfACase : public testing::Test {
 protected:
  CheckpointStoreOfACase() {
    if (folder_.world().rank() == 0) {
      store::create(path_, layout::results_schema(study_, {}, folder_.world().size()));
    }
    folder_.world().barrier();
  }

  [[nodiscard]] const device::DeviceParameters& parameters() const { return study_.weights().cases.front(); }

  /// The state after a number of steps; checkpoints are distinguished by wall_time.
  [[nodiscard]] Checkpoint checkpoint_after(int steps, double wall_time) const {
    const device::DeviceParameters& p = parameters();
    device::Simulation simulation(
        p, std::make_shared<micromagnetics::DemagField>(device::make_mesh(p), p.material.saturation_magnetization),
        device::straight_wall(p));
    try {
      static_cast<void>(simulation.run({.after_step = [&](double /*time*/) {
        if (--steps == 0) {
          throw Interrupted();
        }
      }}));
    } catch (const Interrupted&) {
    }
    return {wall_time, simulation.state()};
  }

  /// Saves them in one run, and returns what the next run takes.
  [[nodiscard]] std::optional<Checkpoint> taken_after(const std::vector<Checkpoint>& saved) const {
    for (const bool saving : {true, false}) {
      auto file = store::ResultsFile::open_for_writing(path_, folder_.world());
      CheckpointStore checkpoints(file, "synapse", {true}, folder_.world());
      std::optional<Checkpoint> taken;
      if (folder_.world().rank() == 0) {
        for (std::size_t k = 0; saving && k < saved.size(); ++k) {
          EXPECT_TRUE(checkpoints.save(0, saved[k]));
        }
        taken = saving ? std::nullopt : checkpoints.take(0, parameters());
      }
      taken = checkpoint_of_first(std::move(taken), folder_.world());
      folder_.world().barrier();
      file.close();
      if (!saving) {
        return taken;
      }
    }
    return {};
  }

  study::Study study_ = study::parse_study(
      "[synapse]\nlength = 120e-9\nwidth = 30e-9\ncell = 3e-9\nnotches = { count = 0 }\n"
      "initial_wall = { position = 60e-9, relax = false }\npulse = { duration = 1e-12, relaxation = 0.0 }\n"
      "output = { interval = 1e-13, snapshots = 2 }\n[synapse.sweep]\n\"material.damping\" = [0.3]\n",
      "study.toml");
  tests::SharedFolder folder_;
  std::string path_ = folder_.file("results.h5");
};

TEST_F(CheckpointStoreOfACase, GivesAllRanksTheNewestCheckpoint) {
  const auto taken = taken_after({checkpoint_after(2, 1.0), checkpoint_after(3, 2.0)});
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->wall_time, 2.0);
  EXPECT_EQ(taken->simulation.integration.magnetization, checkpoint_after(3, 2.0).simulation.integration.magnetization);
}

TEST_F(CheckpointStoreOfACase, FallsBackToTheOneBeforeIfTheNewestIsOfAnotherMesh) {
  Checkpoint other = checkpoint_after(3, 2.0);
  other.simulation.integration.magnetization.resize(40);
  const auto taken = taken_after({checkpoint_after(2, 1.0), other});
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->wall_time, 1.0);
}

TEST_F(CheckpointStoreOfACase, HasNoneIfNoneIsOfItsMesh) {
  Checkpoint other = checkpoint_after(3, 2.0);
  other.simulation.integration.stepper.history.fields.front().clear();
  EXPECT_FALSE(taken_after({other, other}).has_value());
}

TEST_F(CheckpointStoreOfACase, NeverWritesOverTheNewestCheckpointOfARowThatItTookOver) {
  constexpr std::uint64_t other_owner = 7;
  const auto every_owner = [](std::uint64_t /*owner*/) { return true; };
  auto file = store::ResultsFile::open_for_writing(path_, folder_.world());
  const auto with_rows = [&](const std::function<void(engine::CheckpointRows&)>& work) {
    engine::CheckpointRows rows(file, "/synapse/checkpoint", every_owner, folder_.world());
    if (folder_.world().rank() == 0) {
      work(rows);
    }
    folder_.world().barrier();
  };
  with_rows([](engine::CheckpointRows& rows) { EXPECT_TRUE(rows.save(0, "first")); });
  for (const int before : {2, 4, 6}) {
    with_rows([&](engine::CheckpointRows& rows) {
      // The rank has written more checkpoints than the row that it takes over has seen.
      for (int k = 0; k < before; ++k) {
        EXPECT_TRUE(rows.save(other_owner, "of another"));
      }
      const auto newest = rows.take(0);
      ASSERT_TRUE(newest.has_value());
      EXPECT_TRUE(rows.save(0, "after " + *newest));
      std::vector<std::string> objects;
      for (std::uint64_t slot = 0; slot < 2; ++slot) {
        const auto bytes = file.read<std::uint8_t>("/synapse/checkpoint", {0, slot, 0}, {1, 1, 100});
        const auto content = engine::unpack_slot({bytes.begin(), bytes.end()});
        ASSERT_TRUE(content.has_value());
        objects.push_back(content->object);
      }
      EXPECT_THAT(objects, testing::UnorderedElementsAre(*newest, "after " + *newest));
    });
  }
  file.close();
}

}  // namespace
}  // namespace spinsweep::simulation
