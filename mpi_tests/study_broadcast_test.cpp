#include <gtest/gtest.h>

#include <boost/mpi/collectives/broadcast.hpp>
#include <boost/mpi/communicator.hpp>

#include "parallel/communicator.hpp"
#include "parallel/shared_counter.hpp"
#include "study/read_study.hpp"
#include "study/study_serialization.hpp"

namespace spinsweep::sweep {
namespace {

TEST(Study, HasTheSameCasesInTheSameOrderOnEveryRank) {
  const std::string text =
      "[material]\ntemperature = 300\n[synapse]\n[synapse.sweep]\n\"pulse.current_density\" = [1e11, "
      "2e11]\n\"material.dmi\" = [1e-3, 2e-3]\n"
      "\"notches.count\" = [5, 10]\n";
  const study::Study wanted = study::parse_study(text, "study.toml");
  const parallel::Communicator world(MPI_COMM_WORLD);
  study::Study study;
  if (world.rank() == 0) {
    study = wanted;
  }
  boost::mpi::broadcast(boost::mpi::communicator(world.get(), boost::mpi::comm_attach), study, 0);
  ASSERT_EQ(study.synapse.cases.size(), wanted.synapse.cases.size());
  for (std::size_t k = 0; k < wanted.synapse.cases.size(); ++k) {
    EXPECT_EQ(study.synapse.cases[k].thermal.seed, wanted.synapse.cases[k].thermal.seed);
    for (const auto& parameter : study::parameters()) {
      EXPECT_EQ(parameter.get(study.synapse.cases[k]), parameter.get(wanted.synapse.cases[k])) << parameter.path;
    }
  }
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
}  // namespace spinsweep::sweep
