#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <memory>
#include <new>

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

void* operator new(std::size_t size) {
  return allocate(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}

namespace spinsweep::device {
namespace {

using micromagnetics::DemagField;

/// A case that all ranks share, the last of which is short of memory for a while.
class ScarceMemory : public testing::Test {
 protected:
  ScarceMemory() {
    p_.track.length = 750e-9;
    p_.notches = {.count = 2, .diameter = 20e-9, .first = 200e-9, .pitch = 300e-9};
    p_.pulse = {.current_density = 0.6e12, .duration = 0.35e-9, .rest = 0.1e-9};
    p_.output.snapshots = 2;
    p_.wall.relax = false;
  }

  [[nodiscard]] std::shared_ptr<DemagField> make_field() const {
    const auto mesh = make_mesh(p_.track);
    return std::make_shared<DemagField>(mesh, p_.material.saturation_magnetization,
                                        micromagnetics::RowStripes(mesh.ny, world_));
  }

  void run_short_of_memory() const {
    constexpr std::size_t size_of_a_field = 50'000;
    if (world_.rank() + 1 == world_.size()) {
      refused_size = size_of_a_field;
    }
  }

  parallel::Communicator world_{MPI_COMM_WORLD};
  DeviceParameters p_ = default_parameters(Kind::synapse);
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

TEST_F(ScarceMemory, OfOneRankInTheMiddleOfTheCaseIsAnErrorOfAllAndTheNextCaseRuns) {
  const auto field = make_field();
  const auto initial = straight_wall(p_);
  Simulation simulation(p_, field, initial);
  int steps = 0;
  EXPECT_THROW(static_cast<void>(simulation.run([&] {
                 if (++steps == 10) {
                   run_short_of_memory();
                 }
               })),
               Error);
  refused_size = nothing;
  EXPECT_GT(steps, 10);
  Simulation next(p_, field, initial);
  EXPECT_EQ(next.run().conductance.size(), 10U);
}

TEST_F(ScarceMemory, OfOneRankWhenAStateIsAskedForIsAnErrorOfAllAndTheCaseGoesOn) {
  Simulation simulation(p_, make_field(), straight_wall(p_));
  int steps = 0;
  EXPECT_EQ(simulation
                .run([&] {
                  if (++steps == 10) {
                    run_short_of_memory();
                    EXPECT_THROW(static_cast<void>(simulation.state()), Error);
                    refused_size = nothing;
                  }
                })
                .conductance.size(),
            10U);
}

}  // namespace
}  // namespace spinsweep::device
