#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <string>

#include "base/error.hpp"
#include "parallel/communicator.hpp"
#include "parallel/shared_counter.hpp"
#include "shared_folder.hpp"
#include "study/case_identity.hpp"
#include "study/read_study.hpp"
#include "study/resolved_text.hpp"

namespace spinsweep::study {
namespace {

/// Every value of every key of every section, and every case.
std::string everything_in(const study::Study& study) {
  std::string text = study::resolved_text(study) + study.text;
  for (const DevicePlan& plan : study.devices) {
    for (const auto& p : plan.cases) {
      text += study::physical_key(p) + std::to_string(p.thermal.seed);
    }
  }
  return text;
}

std::uint64_t hash(const std::string& text) {
  std::uint64_t value = 0xcbf29ce484222325;  // FNV-1a, as std::hash need not be the same on all ranks
  for (const char character : text) {
    value = (value ^ static_cast<unsigned char>(character)) * 0x100000001b3;
  }
  return value;
}

TEST(SharedStudy, IsTheSameOnEveryRankInEverySection) {
  // No value is a default, or a rank that had only those would not be found out.
  const std::string text =
      "[study]\nname = \"shared\"\nseed = 9\n[material]\ntemperature = 300\n[solver]\ntolerance = 1e-4\n"
      "checkpoint_interval = 7\ntime_limit = 500\nranks_per_case = 2\n[neuron]\nmaterial.dmi = 2e-3\n"
      "[neuron.sweep]\n\"pulse.current_density\" = [1e11, 2e11, 3e11, 4e11, 5e11]\n[synapse]\n"
      "initial_wall.relax = false\n[synapse.sweep]\n\"pulse.current_density\" = [1e11, 2e11]\n"
      "\"material.dmi\" = { from = 1e-3, to = 2e-3 }\n\"notches.count\" = [5, 10]\n"
      "sample = { method = \"saltelli\", count = 3 }\n[network]\ndatasets = [\"a\", \"b\"]\ndata_folder = \"c\"\n"
      "hidden = [3, 4]\nseeds = 2\nepochs = 3\nlabel_smoothing = 0.1\n"
      "biases = \"own_range\"\ndevice_samples = 4\nactivation_order = 4\n"
      "[[network.deployment]]\nmethod = \"qat\"\nmapping = [\"max_abs\", \"absolute+differential_pair\"]\nqat_epochs = "
      "2\n";
  const tests::SharedFolder folder;
  const std::string path = folder.file("study.toml");
  if (folder.world().rank() == 0) {
    std::ofstream(path) << text;
  }
  const study::Study study = study::read_shared_study(path, {"network.epochs=5"}, folder.world());
  EXPECT_EQ(study.network.epochs, 5);
  EXPECT_EQ(everything_in(study), everything_in(study::parse_study(text, "study.toml", {"network.epochs=5"})));
  std::uint64_t hashes[2] = {hash(everything_in(study)), ~hash(everything_in(study))};
  MPI_Allreduce(MPI_IN_PLACE, hashes, 2, MPI_UINT64_T, MPI_MAX, folder.world().get());
  EXPECT_EQ(hashes[0], ~hashes[1]) << "the largest hash is the smallest";
}

TEST(SharedStudy, IsRefusedOnEveryRankIfTheFirstCannotReadIt) {
  const parallel::Communicator world(MPI_COMM_WORLD);
  EXPECT_THROW((void)study::read_shared_study("/nowhere/study.toml", {}, world), InputError);
}

TEST(SharedCounter, GivesEachNumberOnce) {
  const parallel::Communicator world(MPI_COMM_WORLD);
  constexpr std::int64_t numbers = 500;
  std::int64_t taken[2] = {0, 0};
  {
    parallel::SharedCounter counter(world);
    for (std::int64_t next = counter.next(); next < numbers; next = counter.next()) {
      ++taken[0];
      taken[1] += next;
    }
  }
  MPI_Allreduce(MPI_IN_PLACE, taken, 2, MPI_INT64_T, MPI_SUM, world.get());
  EXPECT_EQ(taken[0], numbers);
  EXPECT_EQ(taken[1], numbers * (numbers - 1) / 2);
}

}  // namespace
}  // namespace spinsweep::study
