#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <memory>
#include <new>
#include <vector>

#include "base/error.hpp"
#include "device/initial_state.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"

namespace {

constexpr std::size_t nothing = std::numeric_limits<std::size_t>::max();
/// This program gets no piece of memory as large as that.
std::size_t refused_size = nothing;

void* allocate(std::size_t size, std::size_t alignment) {
  if (size >= refused_size) {
    throw std::bad_alloc();
  }
  void* memory = std::aligned_alloc(alignment, (size / alignment + 1) * alignment);
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  return memory;
}

}  // namespace

// Where GCC 12 takes in some of these and not the others, it warns of memory that is freed the wrong way.
[[gnu::noinline]] void* operator new(std::size_t size) {
  return allocate(size, alignof(std::max_align_t));
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate(size, static_cast<std::size_t>(alignment));
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}

namespace spinsweep::device {
namespace {

using micromagnetics::DemagField;

/// A case that all ranks share, the last of which is short of memory for a while.
class ScarceMemory : public testing::Test {
 protected:
  ScarceMemory() {
    p_.track = {.length = 480e-9, .width = 96e-9, .thickness = 2e-9, .cell = 4e-9};
    p_.notches.count = 0;
    p_.initial_wall.position = 200e-9;
    p_.pulse = {.current_density = 0.0, .duration = 40e-12, .relaxation = 0.0};
    p_.output = {.interval = 10e-12, .snapshots = 2};
    p_.initial_wall.relax = false;
  }

  [[nodiscard]] std::shared_ptr<DemagField> make_field() const {
    const auto mesh = make_mesh(p_);
    return std::make_shared<DemagField>(mesh, p_.material.saturation_magnetization,
                                        micromagnetics::RowDecomposition(mesh.ny, world_));
  }

  void run_short_of_memory() const {
    constexpr std::size_t smaller_than_any_field = 10'000;
    if (world_.rank() + 1 == world_.size()) {
      refused_size = smaller_than_any_field;
    }
  }

  parallel::Communicator world_{MPI_COMM_WORLD};
  DeviceParameters p_ = kind_of<Synapse>.defaults();
};

TEST_F(ScarceMemory, OfOneRankWhenTheTensorIsMadeIsAnErrorOfAll) {
  run_short_of_memory();
  EXPECT_THROW(static_cast<void>(make_field()), Error);
  refused_size = nothing;
}

TEST_F(ScarceMemory, OfOneRankWhenTheCaseBeginsIsAnErrorOfAll) {
  const auto field = make_field();
  const auto initial = straight_wall(p_);
  run_short_of_memory();
  EXPECT_THROW(Simulation(p_, field, initial), Error);
  refused_size = nothing;
}

TEST_F(ScarceMemory, OfOneRankWhenTransformsForAnotherWidthAreMadeIsAnErrorOfAllAndTheNextTimeTheyAreMade) {
  const auto field = make_field();
  const std::vector<double> m(micromagnetics::FieldLayout(own_mesh(make_mesh(p_), field->decomposition())).size(), 0.0);
  std::vector<double> updated(m.size(), 1.0);
  const micromagnetics::Columns columns{16, 80};
  run_short_of_memory();
  EXPECT_THROW(field->update(columns, m.data(), m.data(), m.data(), updated.data()), Error);
  refused_size = nothing;
  field->update(columns, m.data(), m.data(), m.data(), updated.data());
  EXPECT_EQ(updated[micromagnetics::FieldLayout(make_mesh(p_)).index(20, 0)], 0.0);
}

TEST_F(ScarceMemory, OfOneRankWhenAStateIsAskedForIsAnErrorOfAllAndTheCaseGoesOn) {
  Simulation simulation(p_, make_field(), straight_wall(p_));
  int steps = 0;
  EXPECT_EQ(simulation
                .run({.after_step =
                          [&](double /*time*/) {
                            if (++steps == 5) {
                              run_short_of_memory();
                              EXPECT_THROW(static_cast<void>(simulation.state()), Error);
                              refused_size = nothing;
                            }
                          }})
                .conductance.size(),
            5U);
}

}  // namespace
}  // namespace spinsweep::device
